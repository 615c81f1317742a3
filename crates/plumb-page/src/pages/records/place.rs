//! The page of a place: where it lies, what is claimed of it, who works there, what its state is bound to and has
//! answered.

use maud::{Markup, html};
use plumb_account::ledger::Strand;
use plumb_core::case::{Answer, Duty};
use plumb_core::place::PlaceInfo;
use plumb_core::reference::Kind;

use super::common::{capital, events, fact, joined, record_list, records, section, sites, text_fact};
use super::inner_map::inner_map;
use super::places::what_there_is;
use super::shelf::Shelf;
use crate::chart::interval;
use crate::layout::{Context, Page, crumbs};
use crate::site::Maker;
use crate::table::{self, Columns};
use crate::words::{count_words, date_words, foreign, position_mark, verify_mark};

/// Claims of a strand that are drawn; longer ones are a table that unfolds.
const DRAWN: usize = 60;
/// Actors, events and links shown before the page sends on to the lists.
const SHOWN: usize = 200;

/// Adds the page of every place that the case speaks about.
pub(super) fn add(maker: &mut Maker<'_>, shelf: &Shelf<'_>) {
    let mut strands: std::collections::BTreeMap<&str, Vec<&Strand>> = std::collections::BTreeMap::new();
    for strand in shelf.account.ledger.strands() {
        strands.entry(&strand.place).or_default().push(strand);
    }
    for code in &shelf.places {
        if let Some(place) = shelf.account.case.places.get(code) {
            let strands = strands.get(code).map_or(&[][..], Vec::as_slice);
            maker.page(&format!("places/{code}.html"), |context| page(context, shelf, place, strands));
        }
    }
}

fn page(context: Context<'_>, shelf: &Shelf<'_>, place: &PlaceInfo, strands: &[&Strand]) -> Page {
    let code = place.code.as_ref();
    let case = context.case();
    let own = |kind| shelf.mentions(Kind::Place, code, kind);
    let within = |kind| shelf.mentions_within(code, kind);
    let body = html! {
        (breadcrumb(context, code))
        h1 { bdi { (place.name) } }
        @let said = what_there_is(shelf, code);
        p.lead { @if said.is_empty() { "The case has nothing on it itself." } @else { "The case has " (said) "." } }
        dl.facts { (facts(context, shelf, place)) }
        (section("What is claimed", &claimed(context, strands)))
        (section("Inside it", &inside(context, shelf, code)))
        (section("Duties that bind it by name", &duties(context, shelf, code)))
        (section("What it has answered", &answers(context, records(&case.answers, &own(Kind::Answer)))))
        (section("Places of work", &sites(context, records(&case.sites, &within(Kind::Site)))))
        (section("Events", &events(context, records(&case.events, &within(Kind::Event)).into_iter().take(SHOWN), true)))
        (section("Actors of this country", &capped(context, Kind::Actor, &own(Kind::Actor), "actors.html")))
        (section("Links that lead here", &capped(context, Kind::Link, &own(Kind::Link), "links.html")))
        (section("Rules of labour law", &record_list(context, Kind::Rule, &within(Kind::Rule))))
        (section("Reference figures", &observed(context, shelf, code)))
    };
    Page { title: place.name.to_string(), body }
}

/// From the list of places down the way on which it lies.
fn breadcrumb(context: Context<'_>, code: &str) -> Markup {
    let path = context.case().places.path(code);
    let outer = path.iter().take(path.len().saturating_sub(1));
    let steps: Vec<(String, &str)> = (outer.filter_map(|code| context.case().places.get(code)))
        .map(|place| (format!("places/{}.html", place.code), place.name.as_ref()))
        .collect();
    let mut above = vec![("places.html", "Places")];
    above.extend(steps.iter().map(|(path, name)| (path.as_str(), *name)));
    crumbs(context, &above, code)
}

fn facts(context: Context<'_>, shelf: &Shelf<'_>, place: &PlaceInfo) -> Markup {
    let groups: Vec<&str> = (context.case().places.containers(&place.code).into_iter())
        .filter(|outer| shelf.places.contains(outer) && !context.case().places.path(&place.code).contains(outer))
        .collect();
    html! {
        (fact("Code", &html! { code { (place.code) } }))
        (text_fact("What it is", place.kind.as_str()))
        (text_fact("Official name", place.official.as_deref().unwrap_or_default()))
        (fact("In other languages", &joined(place.names.iter().map(|(language, name)| foreign(language, name)))))
        (fact("Belongs to", &listed(context, shelf, &groups)))
        (fact("Members", &listed(context, shelf, &place.members.iter().map(AsRef::as_ref).collect::<Vec<_>>())))
    }
}

/// Places in a line, linked where they have a page.
fn listed(context: Context<'_>, shelf: &Shelf<'_>, codes: &[&str]) -> Markup {
    joined(codes.iter().map(|code| {
        let name = context.case().places.get(code).map_or(*code, |place| place.name.as_ref());
        if shelf.places.contains(code) {
            context.place(code)
        } else {
            html! { (name) }
        }
    }))
}

/// The claims about a place, measure by measure, each as a chart with its table.
fn claimed(context: Context<'_>, strands: &[&Strand]) -> Markup {
    let measures = strands.chunk_by(|one, next| one.measure == next.measure);
    html! { @for strands in measures { (one_measure(context, strands)) } }
}

fn one_measure(context: Context<'_>, strands: &[&Strand]) -> Markup {
    let Some(first) = strands.first() else { return html! {} };
    let label = context.case().measures.get(&first.measure).map_or(&first.measure, |measure| &measure.label);
    html! {
        h3 { a href=(context.record(Kind::Measure, &first.measure)) { (label) } }
        @for (at, strand) in strands.iter().enumerate() {
            @if !strand.population.is_empty() { h4 { (capital(&strand.population)) } }
            (one_strand(context, &format!("{}-{at}", strand.measure), strand))
        }
    }
}

fn one_strand(context: Context<'_>, id: &str, strand: &Strand) -> Markup {
    let ids = strand.claims.as_slice();
    if ids.len() <= DRAWN {
        return interval::of_claims(context, id, None, ids).unwrap_or_default();
    }
    let count = count_words(ids.len(), "claim", "claims");
    let caption = format!("{count} of {}", count_words(strand.origins, "origin", "origins"));
    let claims = table::claims(context, &caption, ids.iter().map(String::as_str), Columns::default());
    html! { details { summary { (caption) } (claims) } }
}

fn inside(context: Context<'_>, shelf: &Shelf<'_>, code: &str) -> Markup {
    let children = shelf.children(code);
    html! {
        (inner_map(context, shelf, code))
        @if !children.is_empty() {
            ul { @for child in children {
                @let said = what_there_is(shelf, child);
                li { (context.place(child)) @if !said.is_empty() { ": " (said) } }
            } }
        }
    }
}

fn duties(context: Context<'_>, shelf: &Shelf<'_>, code: &str) -> Markup {
    let duties: Vec<&Duty> = records(&context.case().duties, &shelf.mentions(Kind::Place, code, Kind::Duty));
    let positions = context.account.positions.iter().filter(|position| position.bearer == code).collect::<Vec<_>>();
    html! {
        @if !duties.is_empty() {
            ul { @for duty in duties {
                li {
                    (context.name(Kind::Duty, &duty.id)) ": " (duty.duty)
                    @if let Some(deadline) = duty.deadline { ", by " (date_words(deadline)) } "."
                    @for position in positions.iter().filter(|position| position.duty == duty.id) {
                        " " (position_mark(position))
                    }
                }
            } }
            p { a href=(context.to(&plumb_account::address::state(code))) { "Where it stands, why, and what speaks against its answers" } }
        }
    }
}

fn answers(context: Context<'_>, mut answers: Vec<&Answer>) -> Markup {
    answers.sort_by_key(|answer| answer.date.map(plumb_core::date::PartialDate::earliest));
    html! {
        @if !answers.is_empty() {
            ul { @for answer in answers {
                li {
                    @if let Some(date) = answer.date { (date_words(date)) } @else { "Undated" }
                    ", " (answer.kind) ": "
                    a href=(context.record(Kind::Answer, &answer.id)) { (answer.statement) }
                    ". " span.meta { (context.source_brief(&answer.source)) }
                    @if !answer.verify.is_empty() { " " (verify_mark(&answer.verify)) }
                }
            } }
        }
    }
}

/// A list of links in words, cut where it gets long.
fn capped(context: Context<'_>, kind: Kind, ids: &[&str], all: &str) -> Markup {
    html! {
        (record_list(context, kind, ids.get(..SHOWN).unwrap_or(ids)))
        @if ids.len() > SHOWN {
            p.note { (SHOWN) " of " (ids.len()) " are shown; " a href=(context.to(all)) { "all of them" } "." }
        }
    }
}

/// The series that have figures about the place.
fn observed(context: Context<'_>, shelf: &Shelf<'_>, code: &str) -> Markup {
    let rows = records(&context.case().observations, &shelf.mentions(Kind::Place, code, Kind::Observation));
    let mut series: Vec<(&str, usize, &str)> = Vec::new();
    for row in rows {
        match series.iter_mut().find(|(name, ..)| *name == row.series) {
            Some((_, count, _)) => *count += 1,
            None => series.push((&row.series, 1, &row.id)),
        }
    }
    html! {
        @if !series.is_empty() {
            ul { @for (name, count, first) in series {
                li {
                    @let label = context.case().measures.get(name).map_or(name, |measure| measure.label.as_str());
                    a href=(context.record(Kind::Observation, first)) { (label) } ": " (count_words(count, "figure", "figures"))
                }
            } }
        }
    }
}
