//! Reference figures by series: exchange rates, minimum wages, trade, aid. Each figure is a row with its drawing and an
//! anchor.

use std::collections::BTreeMap;

use maud::{Markup, html};
use plumb_core::case::Observation;
use plumb_core::measure::Measure;
use plumb_core::reference::Kind;

use super::common::named;
use crate::chart::mark::Mark;
use crate::chart::scale::Scale;
use crate::layout::{Context, Page, crumbs};
use crate::site::Maker;
use crate::table::scroll;
use crate::words::{count_words, period_words, status_mark, unit_words};

/// Adds the page.
pub(super) fn add(maker: &mut Maker<'_>) {
    maker.page("series.html", page);
}

/// The figures of each series, by label of the series.
fn by_series(context: Context<'_>) -> Vec<(&Measure, Vec<&Observation>)> {
    let mut groups: BTreeMap<&str, Vec<&Observation>> = BTreeMap::new();
    for row in &context.case().observations {
        groups.entry(&row.series).or_default().push(row);
    }
    let mut groups: Vec<_> =
        groups.into_iter().filter_map(|(id, rows)| Some((context.case().measures.get(id)?, rows))).collect();
    groups.sort_by(|(one, _), (other, _)| (&one.label, &one.id).cmp(&(&other.label, &other.id)));
    for (_, rows) in &mut groups {
        rows.sort_by_key(|row| (&row.place, row.period.earliest(), row.period.latest()));
    }
    groups
}

fn page(context: Context<'_>) -> Page {
    let groups = by_series(context);
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "Reference figures"))
        h1 { "Reference figures" }
        p.lead {
            (count_words(context.case().observations.len(), "figure", "figures")) " in "
            (count_words(groups.len(), "series", "series"))
            ". They tell of the world around and are no claims about the labour."
        }
        ul.toc { @for (measure, rows) in &groups {
            li { a href={ "#series-" (measure.id) } { (measure.label) } " " span.count { (rows.len()) } }
        } }
        @for (measure, rows) in &groups { (series(context, measure, rows)) }
    };
    Page { title: "Reference figures".to_owned(), body }
}

fn series(context: Context<'_>, measure: &Measure, rows: &[&Observation]) -> Markup {
    html! {
        section {
            h2 id={ "series-" (measure.id) } { (measure.label) }
            p { (measure.definition) " " a.meta href=(context.record(Kind::Measure, &measure.id)) { "about this series" } }
            @for rows in rows.chunk_by(|one, next| one.place == next.place) { (table(context, measure, rows)) }
        }
    }
}

fn table(context: Context<'_>, measure: &Measure, rows: &[&Observation]) -> Markup {
    let place = rows.first().map_or("", |row| row.place.as_str());
    let name = context.case().places.get(place).map_or(place, |place| place.name.as_ref());
    let marks: Vec<Mark> = rows.iter().map(|row| Mark::of_quantity(&row.quantity, row.status, &measure.unit)).collect();
    let scale = Scale::of(marks.iter().flat_map(Mark::numbers), &measure.unit, measure.scale);
    let label = format!("{}, {name}", measure.label);
    let drawn = rows.len() > 1;
    let content = html! {
        table.compact {
            caption { (context.place(place)) " " span.meta { "in " (unit_words(&measure.unit)) } }
            thead { tr {
                th scope="col" { "When" }
                th.num scope="col" { "Figure" }
                @if drawn { th scope="col" { "Drawn from zero" @if scale.is_logarithmic() { ", by factors of ten" } } }
                th scope="col" { "Who says so" }
                th scope="col" { "Read in" }
                th scope="col" { "Note" }
            } }
            tbody {
                @for (row, mark) in rows.iter().zip(&marks) {
                    (observation(context, row, drawn.then_some((mark, &scale))))
                }
            }
        }
    };
    scroll(&label, &content)
}

fn observation(context: Context<'_>, row: &Observation, drawing: Option<(&Mark, &Scale)>) -> Markup {
    html! {
        tr id=(row.id) {
            th.nowrap scope="row" { (period_words(&row.period)) }
            td.num { (row.quantity.figure()) " " (status_mark(row.status)) }
            @if let Some((mark, scale)) = drawing {
                td.drawn { svg.plot aria-hidden="true" height="18" { svg y="50%" { (mark.across(scale)) } } }
            }
            td { @if !row.said_by.is_empty() { (named(&row.said_by)) } }
            td { (context.source_brief(&row.source)) }
            td.text { (row.note) }
        }
    }
}
