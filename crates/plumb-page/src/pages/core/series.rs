//! Reference figures over time: one band a place or partner, sources that disagree as separate marks.

use std::collections::BTreeMap;

use maud::{Markup, html};
use plumb_core::case::Observation;
use plumb_core::measure::Measure;
use plumb_core::reference::Kind;

use crate::chart::interval::axis_words;
use crate::chart::mark::{Mark, Shape};
use crate::chart::scale::{Scale, Years};
use crate::chart::years::{Band, Chart, Timed, figures};
use crate::layout::Context;
use crate::table;
use crate::words::{count_words, period_words, status_mark};

/// Height of a band, in pixels.
const HEIGHT: f64 = 110.0;
/// A series with fewer figures than this has one band, in which each mark is named.
const FEW: usize = 8;

/// The observations of each measure, in the order of the table.
pub(super) fn by_measure(context_case: &plumb_core::case::Case) -> BTreeMap<&str, Vec<&Observation>> {
    let mut found: BTreeMap<&str, Vec<&Observation>> = BTreeMap::new();
    for observation in &context_case.observations {
        found.entry(observation.series.as_str()).or_default().push(observation);
    }
    found
}

/// The part of a measure's page that shows its reference figures.
pub(super) fn section(context: Context<'_>, measure: &Measure, observations: &[&Observation]) -> Markup {
    let years = years_of(observations);
    html! {
        section id="reference" {
            h2 { "Reference figures" }
            @if observations.len() > 2 {
                (Chart {
                    id: "reference-chart".to_owned(),
                    title: html! {
                        (measure.label) ", " (years.first()) "–" (years.last()) ": "
                        (count_words(observations.len(), "figure", "figures"))
                    },
                    note: note(measure, observations),
                    years,
                    line: None,
                    close: false,
                    scaled: true,
                    bands: bands(context, measure, observations, years),
                    behind: html! {},
                }.markup())
            }
            (table_of(context, observations))
        }
    }
}

/// What must be known to read the bands of a measure.
pub(super) fn note(measure: &Measure, observations: &[&Observation]) -> Markup {
    let scale = scale_of(measure, observations);
    html! {
        (axis_words(&scale)) "."
        @if !is_short(observations) {
            " Thin lines join years that are close; where sources disagree, each has its mark."
        }
    }
}

fn scale_of(measure: &Measure, observations: &[&Observation]) -> Scale {
    let marks = observations.iter().map(|one| Mark::of_quantity(&one.quantity, one.status, &measure.unit));
    Scale::of(marks.flat_map(|mark| mark.numbers().collect::<Vec<_>>()), &measure.unit, measure.scale)
}

/// The years that the observations span.
pub(super) fn years_of(observations: &[&Observation]) -> Years {
    let years =
        |pick: fn(&Observation) -> Option<jiff::civil::Date>| observations.iter().filter_map(move |one| pick(one));
    let first = years(|one| one.period.earliest().or_else(|| one.period.latest())).min();
    let last = years(|one| one.period.latest().or_else(|| one.period.earliest())).max();
    Years::new(first.map_or(2000, |day| day.year()), last.map_or(2000, |day| day.year()))
}

/// One band a place, all on one scale; the place with the earliest figures first. A short series has one band.
pub(super) fn bands(context: Context<'_>, measure: &Measure, observations: &[&Observation], years: Years) -> Vec<Band> {
    let scale = scale_of(measure, observations);
    let mut by_place: BTreeMap<&str, Vec<&Observation>> = BTreeMap::new();
    for one in observations {
        by_place.entry(one.place.as_str()).or_default().push(one);
    }
    if is_short(observations) {
        return vec![named(context, measure, observations, years, &scale)];
    }
    let mut places: Vec<(&str, Vec<&Observation>)> = by_place.into_iter().collect();
    places.sort_by_key(|(place, figures)| (figures.iter().filter_map(|one| one.period.earliest()).min(), *place));
    (places.into_iter())
        .map(|(place, figures_of)| {
            let marks: Vec<Timed> = figures_of.iter().map(|one| timed(context, one, measure)).collect();
            let body = figures(years, &scale, HEIGHT, &marks, true);
            Band { name: context.place(place), aside: aside(&marks), height: HEIGHT, body }
        })
        .collect()
}

/// Whether a series is so short that its places share a band.
fn is_short(observations: &[&Observation]) -> bool {
    let mut places = observations.iter().map(|one| &one.place);
    let first = places.next();
    observations.len() < FEW && places.any(|place| Some(place) != first)
}

/// One band for all places, in which each mark is named.
fn named(context: Context<'_>, measure: &Measure, observations: &[&Observation], years: Years, scale: &Scale) -> Band {
    let marks: Vec<Timed> = (observations.iter())
        .map(|one| Timed { remark: context.place_name(&one.place), ..timed(context, one, measure) })
        .collect();
    let body = figures(years, scale, HEIGHT, &marks, false);
    Band { name: context.name(Kind::Measure, &measure.id), aside: aside(&marks), height: HEIGHT, body }
}

/// How many figures a band has, and how many of them have no place on its scale.
fn aside(marks: &[Timed]) -> Markup {
    let off = marks.iter().filter(|one| matches!(one.mark.shape, Shape::Nothing(_))).count();
    html! {
        (count_words(marks.len(), "figure", "figures"))
        @if off > 0 { ", " (off) " in another currency or unit: see the table" }
    }
}

fn timed(context: Context<'_>, one: &Observation, measure: &Measure) -> Timed {
    let place = context.place_name(&one.place);
    Timed {
        period: one.period,
        mark: Mark::of_quantity(&one.quantity, one.status, &measure.unit),
        href: context.record(Kind::Observation, &one.id),
        spoken: format!("{place}, {}: {}, {}", period_words(&one.period), one.quantity.figure(), said_by(context, one)),
        remark: String::new(),
    }
}

/// Who says so: named, or else the publisher of the source.
fn said_by<'a>(context: Context<'a>, one: &'a Observation) -> &'a str {
    if !one.said_by.is_empty() {
        return &one.said_by;
    }
    context.case().sources.get(&one.source).map_or("", |source| source.publisher.as_str())
}

/// The table of observations.
pub(super) fn table_of(context: Context<'_>, observations: &[&Observation]) -> Markup {
    table::scroll(
        "Reference figures",
        &html! {
            table.compact {
                caption.unseen { "Reference figures" }
                (table::head(&[("Where", ""), ("When", ""), ("Figure", "num"), ("Who says so", ""), ("Read in", ""), ("Note", "")]))
                tbody {
                    @for one in observations {
                        tr {
                            th scope="row" { (context.place(&one.place)) }
                            td { (period_words(&one.period)) }
                            td.num {
                                a.figure href=(context.record(Kind::Observation, &one.id)) { (one.quantity.figure()) }
                            }
                            td { bdi { (said_by(context, one)) } }
                            td { (context.source_brief(&one.source)) }
                            td { (status_mark(one.status)) " " (one.note) }
                        }
                    }
                }
            }
        },
    )
}
