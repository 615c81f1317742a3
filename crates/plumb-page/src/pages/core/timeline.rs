//! The timeline: events by kind on an axis of years, the trade and aid beneath them, and each event with its source.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use maud::{Markup, html};
use plumb_core::case::{Event, Observation};
use plumb_core::date::PartialDate;
use plumb_core::measure::{Group, Measure};

use super::series;
use crate::chart::scale::Years;
use crate::chart::years::{Band, Chart};
use crate::chart::{number, percent};
use crate::layout::{Context, Page, crumbs, verify_mark};
use crate::table;
use crate::words::{count_words, date_words};

/// The kinds of event in the order of the lanes, with their names.
const KINDS: [(&str, &str); 6] = [
    ("law", "Law"),
    ("act", "Acts of states"),
    ("statement", "Statements"),
    ("report", "Reports"),
    ("incident", "Incidents"),
    ("context", "Context"),
];

/// The page.
pub(super) fn page(context: Context<'_>) -> Page {
    let case = context.case();
    let mut events: Vec<&Event> = case.events.iter().collect();
    events.sort_by_key(|event| (event.date.earliest(), event.date.latest()));
    let dependence = dependence(context);
    let years = years_of(context, &events, &dependence);
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "Timeline"))
        h1 { "Timeline, " (years.first()) "–" (years.last()) }
        div.lead {
            p {
                (count_words(events.len(), "event", "events")) ". Beneath them, on the same axis, the trade and aid that tell "
                "on whom the country has depended."
            }
        }
        (lanes(context, &events, years))
        @for (measure, observations) in &dependence { (partners(context, measure, observations, years)) }
        (list(context, &events))
    };
    Page { title: "Timeline".to_owned(), body }
}

fn years_of(context: Context<'_>, events: &[&Event], dependence: &[(&Measure, Vec<&Observation>)]) -> Years {
    let of_events = events.iter().map(|event| event.date.year());
    let of_series = dependence.iter().flat_map(|(_, observations)| {
        let years = series::years_of(observations);
        [years.first(), years.last()]
    });
    let all: BTreeSet<i16> = of_events.chain(of_series).chain([context.account.as_of.year()]).collect();
    Years::new(all.first().copied().unwrap_or(2000), all.last().copied().unwrap_or(2000))
}

/// Events as upright strokes, a lane for each kind.
fn lanes(context: Context<'_>, events: &[&Event], years: Years) -> Markup {
    let bands: Vec<Band> = (KINDS.iter())
        .map(|(kind, name)| {
            let own: Vec<&&Event> = events.iter().filter(|event| event.kind == *kind).collect();
            Band {
                name: html! { (name) },
                aside: html! { (own.len()) },
                height: 26.0,
                body: html! { @for event in &own { (stroke(event, years)) } },
            }
        })
        .collect();
    let busiest = busiest(events);
    let title = html! {
        (count_words(events.len(), "event", "events"))
        @if let Some((first, last, count)) = busiest { ", " (count) " of them in the five years " (first) "–" (last) }
    };
    let as_of = context.account.as_of;
    Chart {
        id: "events".to_owned(),
        title,
        note: html! {
            "Each stroke is an event and leads to its line below. An event known only to its year or month stands \
             in the middle of it."
        },
        years,
        line: Some((as_of, format!("this account, {}", date_words(PartialDate::day(as_of))))),
        close: true,
        scaled: true,
        bands,
        behind: html! {},
    }
    .markup()
}

fn stroke(event: &Event, years: Years) -> Markup {
    let place = f64::midpoint(years.place(event.date.earliest()), years.place(event.date.latest()));
    html! {
        a href={ "#" (event.id) } {
            title { (date_words(event.date)) ": " (event.summary) }
            line.stroke x1=(percent(place)) x2=(percent(place)) y1="4" y2=(number(22.0)) {}
        }
    }
}

/// The five years with most events.
fn busiest(events: &[&Event]) -> Option<(i16, i16, usize)> {
    let mut by_year: BTreeMap<i16, usize> = BTreeMap::new();
    for event in events {
        *by_year.entry(event.date.year()).or_default() += 1;
    }
    let window = |first: &i16| by_year.range(*first..=first.saturating_add(4)).map(|(_, count)| count).sum::<usize>();
    let first = by_year.keys().copied().rev().max_by_key(window)?;
    (events.len() > 10).then(|| (first, first.saturating_add(4), window(&first)))
}

/// The series of context that have several partners, those with most figures first.
fn dependence(context: Context<'_>) -> Vec<(&Measure, Vec<&Observation>)> {
    let case = context.case();
    let mut found: Vec<(&Measure, Vec<&Observation>)> = (series::by_measure(case).into_iter())
        .filter_map(|(id, observations)| Some((case.measures.get(id)?, observations)))
        .filter(|(measure, observations)| {
            let places: BTreeSet<&str> = observations.iter().map(|one| one.place.as_str()).collect();
            measure.group == Group::Context && places.len() > 1
        })
        .collect();
    found.sort_by_key(|(measure, observations)| (std::cmp::Reverse(observations.len()), measure.id.clone()));
    found
}

fn partners(context: Context<'_>, measure: &Measure, observations: &[&Observation], years: Years) -> Markup {
    Chart {
        id: format!("series-{}", measure.id),
        title: html! { (measure.label) ": " (lowest_to_highest(measure, observations)) },
        note: series::note(measure, observations),
        years,
        line: None,
        close: false,
        scaled: true,
        bands: series::bands(context, measure, observations, years),
        behind: series::table_of(context, observations),
    }
    .markup()
}

/// From the lowest to the highest figure of a series.
fn lowest_to_highest(measure: &Measure, observations: &[&Observation]) -> String {
    let ends = observations.iter().filter_map(|one| one.quantity.convert(&measure.unit)).flat_map(|quantity| {
        let (low, high) = quantity.bounds();
        [low, high]
    });
    let numbers: Vec<_> = ends.flatten().collect();
    let (low, high) = (numbers.iter().min().copied(), numbers.iter().max().copied());
    format!("{} figures, {}", observations.len(), plumb_core::figure::interval(low, high, &measure.unit, true))
}

/// All events with their sources, by decade.
fn list(context: Context<'_>, events: &[&Event]) -> Markup {
    let decades: Vec<&[&Event]> =
        events.chunk_by(|one, two| decade(one.date.earliest()) == decade(two.date.earliest())).collect();
    html! {
        h2 id="all" { "All events" }
        (table::scroll("All events", &html! {
            table {
                caption.unseen { "All events" }
                (table::head(&[("When", ""), ("What", ""), ("Where", ""), ("Kind", ""), ("Read in", "")]))
                @for own in decades {
                    @if let Some(first) = own.first() {
                        tbody {
                            tr.group { th colspan="5" scope="rowgroup" { (decade(first.date.earliest())) "s" } }
                            @for event in own { (row(context, event)) }
                        }
                    }
                }
            }
        }))
    }
}

fn decade(day: Date) -> i16 {
    day.year().div_euclid(10) * 10
}

fn row(context: Context<'_>, event: &Event) -> Markup {
    html! {
        tr id=(event.id) {
            th.nowrap scope="row" { (date_words(event.date)) }
            td.text {
                (event.summary) " " (verify_mark(&event.verify))
                @if !event.note.is_empty() { " " span.meta { (event.note) } }
            }
            td { (context.place(&event.place)) }
            td { (event.kind) }
            td { (context.source_brief(&event.source)) }
        }
    }
}
