//! What others say of the same measure, place, population and time: the chart on the page of a claim, and the
//! contradictions.

use maud::{Markup, html};
use plumb_account::Key;
use plumb_core::case::Claim;
use plumb_core::reference::Kind;

use super::shelf::{Against, Shelf};
use crate::chart::interval::{Chart, Line, Row, scale_of};
use crate::layout::Context;
use crate::table::{self, Columns};
use crate::words::{count_words, period_words};

/// Rivals that are drawn; the page of the measure has all of them. A page of a claim in a crowd must stay short: there
/// are as many such pages as claims.
const DRAWN: usize = 10;

/// Claims of a contradiction that are named.
const NAMED: usize = 6;

/// The chart of a claim and its rivals, by time, with this claim marked. Says so where there is none.
pub(super) fn chart(context: Context<'_>, shelf: &Shelf<'_>, claim: &Claim) -> Markup {
    let claims = with_rivals(shelf, claim);
    let Some(measure) = context.case().measures.get(&claim.measure).filter(|_| claims.len() > 1) else {
        return html! { p { "No other claim of the case speaks about this measure, place and time." } };
    };
    let origins = claims.iter().map(|rival| &rival.origin).collect::<std::collections::BTreeSet<_>>().len();
    let drawn = window(&claims, claim);
    let rows: Vec<Row> = drawn.iter().map(|rival| row(context, rival, claim, &measure.unit)).collect();
    let all = claims.len() == drawn.len();
    let ids = drawn.iter().map(|rival| rival.id.as_str());
    let behind = if all {
        table::claims(context, "The claims of the chart", ids, Columns::default())
    } else {
        html! {}
    };
    let chart = Chart {
        id: "rivals".to_owned(),
        title: html! {
            (count_words(claims.len(), "claim", "claims")) " of " (count_words(origins, "origin", "origins"))
            " about this measure and place, with times that overlap"
        },
        note: html! {
            @if !all {
                "The " (drawn.len()) " nearest in time are drawn; all stand on the page of the measure, "
                (context.name(Kind::Measure, &claim.measure)) "."
            }
        },
        scale: scale_of(&rows, measure),
        lines: rows.into_iter().map(Line::Row).collect(),
        behind,
    };
    chart.markup()
}

fn row(context: Context<'_>, rival: &Claim, claim: &Claim, unit: &plumb_core::unit::Unit) -> Row {
    let row = Row::of_claim(context, rival, unit);
    if rival.id != claim.id {
        return row;
    }
    Row { who: html! { strong { (row.who) } " " span.mark { "this claim" } }, ..row }
}

/// The claim and those of its strand whose period overlaps its own, in the order of the strand.
fn with_rivals<'a>(shelf: &Shelf<'a>, claim: &Claim) -> Vec<&'a Claim> {
    let overlaps = |rival: &Claim| match (claim.period, rival.period) {
        (Some(own), Some(other)) => own.overlaps(&other),
        _ => false,
    };
    shelf.strand(&claim.id).iter().copied().filter(|rival| std::ptr::eq(*rival, claim) || overlaps(rival)).collect()
}

/// At most [`DRAWN`] claims around this one.
fn window<'a, 'b>(claims: &'b [&'a Claim], claim: &Claim) -> &'b [&'a Claim] {
    let at = claims.iter().position(|rival| rival.id == claim.id).unwrap_or_default();
    let start = at.saturating_sub(DRAWN / 2).min(claims.len().saturating_sub(DRAWN));
    claims.get(start..claims.len().min(start + DRAWN)).unwrap_or(claims)
}

/// The contradictions that a claim stands in, each a link.
pub(super) fn contradictions(context: Context<'_>, shelf: &Shelf<'_>, claim: &Claim) -> Markup {
    let found = shelf.contradictions(&claim.id);
    html! { @if !found.is_empty() { ul { @for against in found { li { (one_contradiction(context, against)) } } } } }
}

fn one_contradiction(context: Context<'_>, against: &Against<'_>) -> Markup {
    let contradiction = against.contradiction;
    let named = against.opponents.get(..NAMED).unwrap_or(&against.opponents);
    html! {
        a href=(context.why(&Key::Contradiction(contradiction.key.clone()))) {
            (count_words(contradiction.claims.len(), "claim", "claims")) " of "
            (count_words(contradiction.origins, "origin", "origins")) ", "
            (period_words(&contradiction.key.period)) ", cannot all be true"
        }
        @if let Some(factor) = contradiction.factor { ": the highest is " (factor) " times the lowest" }
        ". This claim excludes "
        @for (at, other) in named.iter().filter_map(|id| context.case().claims.get(id)).enumerate() {
            @if at > 0 { ", " }
            (context.claim_figure(other)) " (" (other.said_by) ")"
        }
        @if against.opponents.len() > NAMED { " and " (against.opponents.len() - NAMED) " more" }
        "."
    }
}
