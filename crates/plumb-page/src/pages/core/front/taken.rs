//! What is taken: shares of the pay, pay and fixed sums for each worker, and what the state earns, as rivals on a scale.

use maud::{Markup, html};
use plumb_account::ledger::{Chapter, MeasureEntry};
use plumb_core::case::{Claim, Status};
use plumb_core::measure::{Group, Measure, Nature};
use plumb_core::reference::Kind;

use crate::chart::interval::{self, Chart, Line, Row};
use crate::chart::scale::Scale;
use crate::layout::Context;
use crate::table::{self, Columns};
use crate::words::count_words;

/// A measure with fewer claims than this stays in the ledger.
const FEWEST: usize = 2;
/// Rows of one measure on the front page.
const MOST_ROWS: usize = 14;

/// A measure with the claims of it that the front page shows.
struct Part<'a> {
    measure: &'a Measure,
    claims: Vec<&'a Claim>,
}

/// The shares that are taken, beside the prose.
pub(super) fn beside(context: Context<'_>) -> Markup {
    let parts = parts(context, Group::Pay);
    let shares: Vec<&Part<'_>> = parts.iter().filter(|part| part.measure.nature == Nature::Share).collect();
    together(context, "shares", &shares)
}

/// Pay and fixed sums on one scale, then what the state earns.
pub(super) fn charts(context: Context<'_>) -> Markup {
    let pay = parts(context, Group::Pay);
    let first = pay.iter().find(|part| part.measure.nature == Nature::Rate && part.measure.unit.currency().is_some());
    let sums: Vec<&Part<'_>> = first.map_or_else(Vec::new, |first| {
        pay.iter().filter(|part| part.measure.unit.dimension() == first.measure.unit.dimension()).collect()
    });
    let money = parts(context, Group::Money);
    let earns: Vec<&Part<'_>> = money.iter().take(1).collect();
    html! {
        (together(context, "pay", &sums))
        (together(context, "earns", &earns))
    }
}

/// The measures of a chapter that enough claims speak of.
fn parts(context: Context<'_>, group: Group) -> Vec<Part<'_>> {
    let chapter: Option<&Chapter> = context.account.ledger.chapters.iter().find(|chapter| chapter.group == group);
    let entries = chapter.map_or(&[][..], |chapter| chapter.measures.as_slice());
    entries.iter().filter_map(|entry| part(context, entry)).filter(|part| part.claims.len() >= FEWEST).collect()
}

/// The claims of a measure about its own population that stand by themselves: no repeats, nothing weak or superseded.
fn part<'a>(context: Context<'a>, entry: &'a MeasureEntry) -> Option<Part<'a>> {
    let case = context.case();
    let measure = case.measures.get(&entry.measure)?;
    let strands = entry.strands.iter().filter(|strand| strand.population.is_empty());
    let mut claims: Vec<&Claim> = (strands.flat_map(|strand| &strand.claims))
        .filter_map(|id| case.claims.get(id))
        .filter(|claim| !matches!(claim.status, Status::Weak | Status::Superseded))
        .filter(|claim| context.account.ledger.repeats(&claim.id).is_none())
        .filter(|claim| claim.quantity.convert(&measure.unit).is_some())
        .collect();
    claims.sort_by_key(|claim| claim.period.map(|period| period.sort_day()));
    Some(Part { measure, claims })
}

/// Measures of one dimension on one scale, one group under the other.
fn together(context: Context<'_>, id: &str, parts: &[&Part<'_>]) -> Markup {
    let Some(first) = parts.first() else { return html! {} };
    let mut lines = Vec::new();
    let mut shown = Vec::new();
    for part in parts {
        if parts.len() > 1 {
            lines.push(Line::Group(context.name(Kind::Measure, &part.measure.id)));
        }
        // the latest are the ones that a reader asks for
        let from = part.claims.len().saturating_sub(MOST_ROWS);
        for claim in part.claims.iter().skip(from) {
            lines.push(Line::Row(
                Row::of_claim(context, claim, &first.measure.unit).at(&context.place_name(&claim.place)),
            ));
            shown.push(claim.id.as_str());
        }
    }
    let rows = lines.iter().filter_map(|line| if let Line::Row(row) = line { Some(row) } else { None });
    let scale = interval::scale_of(rows, first.measure);
    let columns = Columns { measure: true, place: true, no_source: false };
    let behind = table::claims(context, "The claims of the chart", shown, columns);
    Chart { id: id.to_owned(), title: title(parts, &scale), note: note(context, parts), scale, lines, behind }.markup()
}

fn title(parts: &[&Part<'_>], scale: &Scale) -> Markup {
    html! {
        @for (at, part) in parts.iter().take(3).enumerate() {
            @if at > 0 { "; " }
            (part.measure.label) " " (interval::run(&part.claims, scale))
        }
    }
}

fn note(context: Context<'_>, parts: &[&Part<'_>]) -> Markup {
    let claims: usize = parts.iter().map(|part| part.claims.len()).sum();
    html! {
        (count_words(claims, "claim", "claims"))
        " about all workers; repeats, weak claims and narrower groups stand on the pages of the measures: "
        @for (at, part) in parts.iter().enumerate() { @if at > 0 { ", " } (context.name(Kind::Measure, &part.measure.id)) }
        "."
    }
}
