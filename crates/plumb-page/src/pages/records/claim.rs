//! The derivation page of a figure: what it measures, who says it, in which words of which source, who else carries it,
//! and what others say of the same thing.

use maud::{Markup, html};
use plumb_core::case::{Claim, Status};
use plumb_core::quantity::Qualifier;
use plumb_core::reference::Kind;

use super::common::{capital, defect, fact, name, named, records, section, sites, text_fact};
use super::rivals;
use super::shelf::Shelf;
use crate::layout::{Context, Page, crumbs};
use crate::link;
use crate::site::Maker;
use crate::words::{SIGNS, count_words, date_words, foreign, grade_mark, maybe_period_words};

/// Other claims of one origin that are shown; an origin with more has them all on its page.
const NEIGHBOURS: usize = 10;

/// Adds the page of every claim.
pub(super) fn add(maker: &mut Maker<'_>, shelf: &Shelf<'_>) {
    let claims = maker.account().case.claims.iter().as_slice();
    maker.pages(claims, |claim| link::record(&claim.reference()), |context, claim| page(context, shelf, claim));
}

fn page(context: Context<'_>, shelf: &Shelf<'_>, claim: &Claim) -> Page {
    let figure = claim.quantity.figure().to_string();
    let measure = context.case().measures.get(&claim.measure).map_or(claim.measure.as_str(), |one| one.label.as_str());
    let place = context.case().places.get(&claim.place).map_or(claim.place.as_str(), |place| place.name.as_ref());
    let when = maybe_period_words(claim.period.as_ref());
    let above = [("ledger.html", "Ledger"), (&*format!("measures/{}.html", claim.measure), measure)];
    let body = html! {
        (crumbs(context, &above, &claim.id))
        h1 { (capital(&figure)) }
        p.lead {
            (context.name(Kind::Measure, &claim.measure)) ", " (context.place(&claim.place)) ", " (when)
            ". Stated by " (named(&claim.said_by)) "; read in " (context.source_brief(&claim.source)) "."
        }
        @let marks = context.claim_marks(claim);
        @let contested = context.contested_mark(claim);
        @if !marks.0.is_empty() || !contested.0.is_empty() { p { (marks) " " (contested) } }
        (quotation(context, claim))
        dl.facts {
            (what(context, claim))
            (whence(context, shelf, claim))
        }
        (section("Known errors that bear on it", &defects(context, shelf, claim)))
        (section("Others about the same thing, place and time", &rivals::chart(context, shelf, claim)))
        (section("Contradictions that it stands in", &rivals::contradictions(context, shelf, claim)))
        (section("Places of work that it speaks of", &at_sites(context, shelf, claim)))
        (section("Other figures of the same origin", &neighbours(context, shelf, claim)))
    };
    Page { title: format!("{figure}: {measure}, {place}, {when}"), body }
}

/// The words of the source, where the case keeps them.
fn quotation(context: Context<'_>, claim: &Claim) -> Markup {
    let language = context.case().sources.get(&claim.source).map_or("", |source| source.language.as_str());
    let quote = &claim.locator.quote;
    html! { @if !quote.is_empty() { blockquote { p { (foreign(language, quote)) } } } }
}

/// What is counted, and how the number is meant; the first lines of the page say where and when.
fn what(context: Context<'_>, claim: &Claim) -> Markup {
    let definition = context.case().measures.get(&claim.measure).map_or("", |measure| measure.definition.as_str());
    html! {
        (fact("What it measures", &html! {
            (context.name(Kind::Measure, &claim.measure)) @if !definition.is_empty() { ": " (definition) }
        }))
        (text_fact("Who or what is counted", &claim.subject))
        (text_fact("A narrower group", &claim.population))
        (fact("How it is meant", &html! {
            (qualifier_words(claim.quantity.qualifier()))
            @if !claim.words.is_empty() { "; the source writes “" (claim.words) "”" }
        }))
    }
}

/// Who said it first, where it stands, how far it may be trusted.
fn whence(context: Context<'_>, shelf: &Shelf<'_>, claim: &Claim) -> Markup {
    html! {
        (fact("First said in", &origin(context, shelf, claim)))
        (fact("Read in", &read_in(context, claim)))
        (fact("Status", &status(context, claim)))
        (text_fact("Note", &claim.note))
        (fact("Statement", &html! {
            @for statement in context.case().statements_of(&claim.reference()) { code { (statement.id()) } }
            " " span.meta { "a name made of its content: the same words, the same name" }
        }))
        (fact("In the files", &html! { code { (claim.row.file) ":" (claim.row.line) } ", " code { (claim.id) } }))
    }
}

/// How a number is meant, in words.
fn qualifier_words(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::Exact => "as an exact number",
        Qualifier::About => "as a number near this, or between these loosely",
        Qualifier::Range => "as a number between these two",
        Qualifier::AtLeast => "as a lower end; no upper end is stated",
        Qualifier::AtMost => "as an upper end; no lower end is stated",
        Qualifier::Undisclosed => "a figure exists and is withheld; it is not zero",
        Qualifier::None => "said to be none at all",
    }
}

fn origin(context: Context<'_>, shelf: &Shelf<'_>, claim: &Claim) -> Markup {
    let carriers = shelf.mentions(Kind::Origin, &claim.origin, Kind::Claim).len();
    let origin = context.case().origins.get(&claim.origin);
    let voice = context.account.ledger.repeats(&claim.id).and_then(|id| context.case().claims.get(id));
    html! {
        (name(context, Kind::Origin, &claim.origin))
        @if let Some(origin) = origin {
            @if let Some(date) = origin.date { ", " (date_words(date)) }
            @if origin.grade.is_some() { " " (grade_mark(origin.grade)) }
            @if !origin.basis.is_empty() { ". Rests on: " (origin.basis) }
        }
        @if carriers > 1 {
            ". " (count_words(carriers - 1, "other figure of the case has", "other figures of the case have"))
            " the same origin"
        }
        "."
        @if let Some(voice) = voice {
            " It repeats " (context.claim_figure(voice)) ", read in " (context.source_brief(&voice.source))
            ", and adds no weight to it."
        }
    }
}

fn read_in(context: Context<'_>, claim: &Claim) -> Markup {
    let seen = context.case().sources.get(&claim.source).map_or("", |source| source.seen.as_str());
    html! {
        (context.source_line(&claim.source))
        @if !claim.locator.place.is_empty() { ", " (claim.locator.place) }
        @if claim.locator.quote.is_empty() { ". The case keeps no quotation" }
        @match seen {
            "excerpt" => "; the place is that in the excerpt that was read",
            "digest" => "; only a digest was read",
            "not-seen" => "; the source itself was not read",
            _ => {},
        }
        "."
    }
}

fn status(context: Context<'_>, claim: &Claim) -> Markup {
    let meaning = SIGNS.iter().find(|sign| sign.class == claim.status.as_str()).map_or("", |sign| sign.meaning);
    html! {
        @if claim.status == Status::Stated { "Stated in the source" }
        @else { (crate::words::status_mark(claim.status)) ": " (meaning) }
        " " a.meta href=(context.to("method.html")) { "what the words mean" }
    }
}

fn defects(context: Context<'_>, shelf: &Shelf<'_>, claim: &Claim) -> Markup {
    let found = shelf.mentions(Kind::Claim, &claim.id, Kind::Defect);
    html! {
        @if !found.is_empty() {
            ul { @for one in records(&context.case().defects, &found) { li { (defect(context, one)) } } }
        }
    }
}

fn at_sites(context: Context<'_>, shelf: &Shelf<'_>, claim: &Claim) -> Markup {
    sites(context, records(&context.case().sites, &shelf.mentions(Kind::Claim, &claim.id, Kind::Site)))
}

fn neighbours(context: Context<'_>, shelf: &Shelf<'_>, claim: &Claim) -> Markup {
    let mut others = shelf.mentions(Kind::Origin, &claim.origin, Kind::Claim);
    others.retain(|id| *id != claim.id);
    let shown = others.get(..NEIGHBOURS).unwrap_or(&others);
    html! {
        @if !others.is_empty() {
            p { "All of them are one voice: " (name(context, Kind::Origin, &claim.origin)) "." }
            ul { @for other in records(&context.case().claims, shown) { li { (neighbour(context, other)) } } }
            @if others.len() > shown.len() {
                p.note { (shown.len()) " of " (others.len()) " are shown; all stand on the page of the origin." }
            }
        }
    }
}

fn neighbour(context: Context<'_>, claim: &Claim) -> Markup {
    html! {
        (context.claim_figure(claim)) ": " (context.name(Kind::Measure, &claim.measure))
        ", " (context.place(&claim.place)) ", " (maybe_period_words(claim.period.as_ref()))
        "; read in " (context.source_brief(&claim.source)) " " (context.claim_marks(claim))
    }
}
