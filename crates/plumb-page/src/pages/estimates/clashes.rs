//! Sets of claims that cannot all be true, by what they are about; a page each, with the sources side by side and what the others
//! would need of each claim.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use plumb_account::Key;
use plumb_account::estimate::{Clash, Estimates, need_words, rounded, search_words};
use plumb_core::case::Claim;
use plumb_core::reference::Kind;

use crate::layout::{Context, Page, crumbs};
use crate::site::Maker;
use crate::table;
use crate::words::{count_words, foreign, maybe_period_words};

/// Sets that have a page, the most telling first: more are read by a machine, if at all.
const MOST: usize = 2_000;

/// Sets that are told before all others.
const FIRST: usize = 3;

/// A measure and a place: what a claim is about, but for the time.
type About<'a> = (&'a str, &'a str);
/// First and last year of a claim; none where it is undated.
type Span = Option<(i16, i16)>;

fn told(estimates: &Estimates) -> &[Clash] {
    estimates.clashes.get(..MOST).unwrap_or(&estimates.clashes)
}

fn key(clash: &Clash) -> Key {
    Key::Conflict(clash.claims.clone())
}

/// Adds the page of each set.
pub(super) fn add(maker: &mut Maker<'_>, estimates: &Estimates) {
    maker.pages(told(estimates), |clash| crate::link::path(&key(clash)), page);
}

/// All sets by what they are about; nothing when there are none, or no model.
pub(in crate::pages) fn section(context: Context<'_>) -> Markup {
    let Some(estimates) = context.account.estimates().filter(|estimates| !estimates.clashes.is_empty()) else {
        return html! {};
    };
    let sets = told(estimates);
    html! {
        section id="across" {
            h2 { "Sets of claims that cannot all be true" }
            p {
                "Workers, pay and revenue hang together, and so do one year and the next. Any one claim of a set could give way, and the others \
                 could be true; all together they cannot, as long as nothing changes faster from year to year than the model of the case takes \
                 for granted. No probability enters here. Of " (count_words(estimates.clashes.len(), "set", "sets")) ", the most telling:"
            }
            ul { @for clash in sets.iter().take(FIRST) { li { (line(context, clash, ("", ""))) } } }
            p { "All of them, each with everything that it is about, the most telling first:" }
            @for (about, years) in by_about(context, sets) { (of_quantity(context, about, &years)) }
            p.note {
                @if estimates.clashes.len() > MOST {
                    "The most telling " (MOST) " are shown; all are in " code { "plumb weigh CASE --format json" } ". "
                }
                (search_words(estimates.clash_search.as_ref()))
            }
        }
    }
}

/// The sets by the measures, places and years that their claims are about; what most sets are about comes first.
fn by_about<'a>(context: Context<'a>, sets: &'a [Clash]) -> Vec<(About<'a>, BTreeMap<Span, Vec<&'a Clash>>)> {
    let mut found: BTreeMap<About<'a>, BTreeMap<Span, Vec<&'a Clash>>> = BTreeMap::new();
    for clash in sets {
        let times: BTreeSet<(About<'a>, Span)> = (claims(context, clash))
            .map(|claim| ((claim.measure.as_str(), claim.place.as_str()), span(claim)))
            .collect();
        for (about, years) in times {
            found.entry(about).or_default().entry(years).or_default().push(clash);
        }
    }
    let mut sorted: Vec<_> = found.into_iter().collect();
    let lines = |years: &BTreeMap<Span, Vec<&Clash>>| years.values().map(Vec::len).sum::<usize>();
    sorted.sort_by(|(one, of_one), (two, of_two)| lines(of_two).cmp(&lines(of_one)).then_with(|| one.cmp(two)));
    sorted
}

fn claims<'a>(context: Context<'a>, clash: &'a Clash) -> impl Iterator<Item = &'a Claim> {
    clash.claims.iter().filter_map(move |id| context.account.case.claims.get(id))
}

fn span(claim: &Claim) -> Span {
    let period = claim.period.as_ref()?;
    let first = period.earliest().or_else(|| period.latest())?;
    Some((first.year(), period.latest().unwrap_or(first).year()))
}

fn of_quantity(context: Context<'_>, about: About<'_>, years: &BTreeMap<Span, Vec<&Clash>>) -> Markup {
    let (measure, place) = about;
    html! {
        h3 { (context.name(Kind::Measure, measure)) ", " (context.place(place)) }
        @for (years, sets) in years {
            details.close {
                summary { (span_words(*years)) ": " (count_words(sets.len(), "set", "sets")) }
                ul { @for clash in sets { li { (line(context, clash, about)) } } }
            }
        }
    }
}

fn span_words(years: Span) -> String {
    match years {
        None => "Undated".to_owned(),
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{first}–{last}"),
    }
}

/// A set in words; what its claims are about only where that is not `about`.
fn line(context: Context<'_>, clash: &Clash, about: About<'_>) -> Markup {
    html! {
        @for (at, claim) in claims(context, clash).enumerate() {
            @if at > 0 { "; " }
            bdi { (claim.said_by) } " says " (context.claim_figure(claim)) " ("
            @if claim.measure != about.0 { (context.name(Kind::Measure, &claim.measure)) ", " }
            @if claim.place != about.1 { (context.place(&claim.place)) ", " }
            (maybe_period_words(claim.period.as_ref())) ")"
        }
        ". At least one is off by " (factor_words(clash)) ". "
        a href=(context.why(&key(clash))) { "Side by side" }
    }
}

/// By how much at least one of the claims is off: `a factor of 2.1`.
fn factor_words(clash: &Clash) -> String {
    // beyond that the factor says no more than that a claim must go
    if clash.factor > 1_000.0 {
        "a factor of more than 1,000".to_owned()
    } else {
        format!("a factor of {}", rounded(clash.factor, 2))
    }
}

fn page(context: Context<'_>, clash: &Clash) -> Page {
    let count = clash.claims.len();
    let title = match count {
        1 => "A claim that the model of the case rules out".to_owned(),
        count => format!("{} that cannot all be true", count_words(count, "claim", "claims")),
    };
    let body = html! {
        (crumbs(context, &[("index.html", "Answer"), ("contradictions.html", "Contradictions")], &title))
        h1 { (title) }
        div.lead {
            p {
                @if count == 1 { "No other claim speaks against it, but no values of the quantities can meet it. It is off by " }
                @else { "Any one of them could give way, and the others could be true. At least one is off by " }
                (factor_words(clash)) ", or something changed faster from year to year than the model of the case takes for granted."
            }
        }
        (side_by_side(context, clash))
        @if !clash.ties.is_empty() {
            h2 { "What ties them together" }
            p { "The model of the case leads from one to the next by:" }
            ul.equations { @for equation in &clash.ties { li { code { (equation) } } } }
        }
        h2 { "In the words of the sources" }
        @for claim in claims(context, clash) { (source(context, claim)) }
        p.meta { "The same in the terminal: " code { "plumb why \"" (key(clash)) "\" --case CASE" } }
    };
    Page { title, body }
}

fn side_by_side(context: Context<'_>, clash: &Clash) -> Markup {
    let caption = "What each says, and what the others would need of it";
    html! {
        (table::scroll(caption, &html! {
            table {
                caption { (caption) }
                (table::head(&[("Who says so", ""), ("What", ""), ("Where", ""), ("When", ""), ("Says", "num"), ("The others need", "")]))
                tbody {
                    @for need in &clash.needs {
                        @if let Some(claim) = context.case().claims.get(&need.claim) {
                            tr {
                                th scope="row" { bdi { (claim.said_by) } }
                                td { (context.name(Kind::Measure, &claim.measure)) }
                                td { (context.place(&claim.place)) }
                                td { (maybe_period_words(claim.period.as_ref())) }
                                td.num { (context.claim_figure(claim)) }
                                td.text { (need_words(need)) }
                            }
                        }
                    }
                }
            }
        }))
    }
}

/// Where a claim is read, with its words.
fn source(context: Context<'_>, claim: &Claim) -> Markup {
    let language = context.case().sources.get(&claim.source).map_or("", |source| source.language.as_str());
    let (place, quote) = (&claim.locator.place, &claim.locator.quote);
    html! {
        section.finding {
            p {
                (context.claim_figure(claim)) ": " bdi { (claim.said_by) } ", read in " (context.source_brief(&claim.source))
                @if !place.is_empty() { ", " (place) }
                "; first said in " (context.name(Kind::Origin, &claim.origin)) ". " (context.claim_marks(claim))
            }
            @if !quote.is_empty() { blockquote { p { (foreign(language, quote)) } } }
            @else if !claim.words.is_empty() { p { "The source writes “" (claim.words) "”." } }
            @else { p.meta { "The case keeps no quotation." } }
        }
    }
}
