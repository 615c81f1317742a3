//! The page of one measure: what exactly is counted, and the rival claims about it, one place after the other.

use maud::{Markup, html};
use plumb_account::ledger::Strand;
use plumb_core::case::Observation;
use plumb_core::measure::{Measure, Nature};
use plumb_core::reference::Kind;

use super::series;
use crate::chart::interval::{self, Chart, Line, Row};
use crate::layout::{Context, Page, crumbs};
use crate::table::{self, Columns};
use crate::words::{count_words, unit_words};

/// The page of one measure.
pub(super) fn page(context: Context<'_>, measure: &Measure, observations: &[&Observation]) -> Page {
    let strands: &[Strand] = context.account.ledger.measure(&measure.id).map_or(&[], |entry| entry.strands.as_slice());
    let (charted, single): (Vec<&Strand>, Vec<&Strand>) = strands.iter().partition(|strand| strand.claims.len() > 1);
    let body = html! {
        (crumbs(context, &[("index.html", "Answer"), ("ledger.html", "Ledger")], &measure.label))
        h1 { (measure.label) }
        div.lead { p { (measure.definition) } }
        (facts(context, measure, strands))
        @if charted.len() > 2 { (contents(context, &charted, !single.is_empty())) }
        @for strand in charted { (section(context, strand)) }
        (singles(context, measure, &single, strands.len() > single.len()))
        @if !observations.is_empty() { (series::section(context, measure, observations)) }
    };
    Page { title: measure.label.clone(), body }
}

fn facts(context: Context<'_>, measure: &Measure, strands: &[Strand]) -> Markup {
    let claims: usize = strands.iter().map(|strand| strand.claims.len()).sum();
    html! {
        dl.facts {
            @if claims > 0 {
                dt { "In this case" }
                dd {
                    (count_words(claims, "claim", "claims")) " about "
                    (count_words(strands.len(), "place or population", "places and populations"))
                }
            }
            @if !measure.population.is_empty() { dt { "Who is counted" } dd { (measure.population) } }
            dt { "Nature" } dd { (nature(measure.nature)) }
            dt { "Unit" } dd { (unit_words(&measure.unit)) " " span.meta { "(" (measure.unit) ")" } }
            dt { "How it adds up" } dd { (adds(measure)) }
            @if !measure.part_of.is_empty() { dt { "A part of" } dd { (context.names(Kind::Measure, &measure.part_of)) } }
            @if !measure.note.is_empty() { dt { "Note" } dd { (measure.note) } }
        }
    }
}

fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::Stock => "a stock: there at a moment",
        Nature::Flow => "a flow: adds up over a stretch of time",
        Nature::Rate => "a rate: so much in a unit of time or for each person",
        Nature::Share => "a share of a whole",
    }
}

fn adds(measure: &Measure) -> &'static str {
    match (measure.adds_over_places, measure.adds_over_time) {
        (true, true) => "Parts of a place add up to the whole, and so do parts of a period.",
        (true, false) => "Parts of a place add up to the whole. Figures of different times are not added.",
        (false, true) => "Parts of a period add up to the whole. Figures of different places are not added.",
        (false, false) => "It does not: figures of different places or times are not added.",
    }
}

fn contents(context: Context<'_>, strands: &[&Strand], singles: bool) -> Markup {
    html! {
        nav aria-label="On this page" {
            ul.toc {
                @for strand in strands {
                    li {
                        a href={ "#" (anchor(strand)) } { (title(context, strand)) }
                        " " span.count { (strand.claims.len()) }
                    }
                }
                @if singles { li { a href="#single" { "One claim each" } } }
            }
        }
    }
}

fn section(context: Context<'_>, strand: &Strand) -> Markup {
    let id = anchor(strand);
    let contested = (strand.claims.iter()).find_map(|claim| context.contradiction_of(claim));
    html! {
        section id=(id) {
            h2 { (context.place(&strand.place)) @if !strand.population.is_empty() { ": " (strand.population) } }
            @if let Some(key) = contested {
                p.note { "Some of these claims " a href=(context.why(&key)) { "cannot be true together" } "." }
            }
            @if let Some(chart) = interval::of_claims(context, &format!("{id}-chart"), None, &strand.claims) { (chart) }
        }
    }
}

/// Places and populations with a single claim: nothing to hold them against, so they share a chart.
fn singles(context: Context<'_>, measure: &Measure, strands: &[&Strand], among_others: bool) -> Markup {
    let ids: Vec<String> = strands.iter().flat_map(|strand| strand.claims.clone()).collect();
    let claims = ids.iter().filter_map(|id| context.case().claims.get(id));
    let rows: Vec<Row> = claims
        .map(|claim| {
            let mut row = Row::of_claim(context, claim, &measure.unit);
            row.when = html! { (row.who) ", " (row.when) };
            row.who =
                html! { (context.place(&claim.place)) @if !claim.population.is_empty() { ": " (claim.population) } };
            row
        })
        .collect();
    if rows.is_empty() {
        return html! {};
    }
    let scale = interval::scale_of(&rows, measure);
    let title = html! { (count_words(rows.len(), "place or population", "places and populations")) " with one claim" };
    let columns = Columns { place: true, ..Columns::default() };
    let behind = table::claims(context, "The claims of the chart", ids.iter().map(String::as_str), columns);
    let lines = rows.into_iter().map(Line::Row).collect();
    html! {
        section id="single" {
            @if among_others { h2 { "One claim each" } }
            (Chart { id: "single-chart".to_owned(), title, note: html! {}, scale, lines, behind }.markup())
        }
    }
}

/// The name of a strand: its place, and the population where it is narrower than that of the measure.
pub(super) fn title(context: Context<'_>, strand: &Strand) -> String {
    let place = context.place_name(&strand.place);
    if strand.population.is_empty() { place } else { format!("{place}: {}", strand.population) }
}

/// The anchor of a strand on the page of its measure.
pub(super) fn anchor(strand: &Strand) -> String {
    let mut anchor = String::new();
    for letter in strand.place.chars().chain("-".chars()).chain(strand.population.chars()) {
        match letter {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' | '.' => anchor.push(letter),
            ' ' => anchor.push('_'),
            other => anchor.push_str(&format!("~{:x}", u32::from(other))),
        }
    }
    anchor.trim_end_matches('-').to_owned()
}
