//! The map on the page of a country whose regions have outlines: the places inside it that the case names.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, PreEscaped, html};
use plumb_account::key::RangeKey;
use plumb_account::range::Range;
use plumb_core::date::{Bound, Period};
use plumb_core::reference::Kind;
use rust_decimal::prelude::ToPrimitive;

use super::shelf::Shelf;
use crate::chart::frame;
use crate::layout::Context;
use crate::map::{Map, Mark, View, place_point};

/// The country whose regions have outlines.
const COUNTRY: &str = "RU";

/// All of time: a map of regions shows whatever was ever claimed, with its years.
const ALWAYS: Period = Period { start: Bound::Open, end: Bound::Open };

/// The map of a place's inside; nothing where there are no outlines.
pub(super) fn inner_map(context: Context<'_>, shelf: &Shelf<'_>, code: &str) -> Markup {
    let places = &context.case().places;
    let inner = || shelf.places.iter().copied().filter(|inner| *inner != COUNTRY && places.contains(COUNTRY, inner));
    let marks: Vec<Mark> =
        if code == COUNTRY { inner().filter_map(|place| mark(context, place)).collect() } else { Vec::new() };
    if marks.is_empty() {
        return html! {};
    }
    let described = marks.iter().map(in_words).collect::<Vec<_>>().join("; ");
    let title = "Places inside it that the case names, with the claims of workers there";
    let svg = Map {
        id: "regions".to_owned(),
        title: title.to_owned(),
        description: format!("{described}."),
        unit: "persons".to_owned(),
        view: View::Russia,
        in_case: inner().map(str::to_owned).collect::<BTreeSet<_>>(),
        names: BTreeMap::new(),
        marks,
    }
    .svg();
    let note = html! {
        "A disc stands in the middle between the lowest and the highest claim of any year, the rings at the two. \
         A place without a disc is named in the case without a number. Lines on the map are no statement about borders."
    };
    frame(None, &html! { (title) }, &note, &PreEscaped(svg))
}

fn in_words(mark: &Mark) -> String {
    if mark.figure.is_empty() { mark.label.clone() } else { format!("{}: {}", mark.label, mark.figure) }
}

/// The mark of a place that can be put on the map; its figure is that of the measure of the first headline.
fn mark(context: Context<'_>, code: &str) -> Option<Mark> {
    let position = context.case().places.get(code)?.position;
    if position.is_none() && place_point(code).is_none() {
        return None;
    }
    let range = range(context, code);
    let number = |end: Option<plumb_core::figure::End>| end.and_then(|end| end.value.to_f64());
    Some(Mark {
        code: code.to_owned(),
        position,
        label: context.place_name(code),
        figure: range.as_ref().map(|range| figure(context, range)).unwrap_or_default(),
        low: range.as_ref().and_then(|range| number(range.low)),
        high: range.as_ref().and_then(|range| number(range.high)),
        href: context.record(Kind::Place, code),
        ..Mark::default()
    })
}

/// What is claimed of the population that has most claims there.
fn range(context: Context<'_>, code: &str) -> Option<Range> {
    let measure = &context.case().settings.headlines.first()?.measure;
    let strands = context.account.ledger.measure(measure)?.strands.iter();
    let strand = strands.filter(|strand| strand.place == code).max_by_key(|strand| strand.claims.len())?;
    let key = RangeKey {
        measure: measure.clone(),
        place: code.to_owned(),
        period: ALWAYS,
        population: strand.population.clone(),
    };
    Range::of(context.case(), key).filter(|range| !range.is_empty())
}

/// The figure with the years of its claims.
fn figure(context: Context<'_>, range: &Range) -> String {
    let claims = range.claims.iter().filter_map(|id| context.case().claims.get(id));
    let years: BTreeSet<i16> = claims.filter_map(|claim| claim.period).map(|period| period.sort_day().year()).collect();
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if first == last => format!("{} ({first})", range.words(false)),
        (Some(first), Some(last)) => format!("{} ({first}–{last})", range.words(false)),
        _ => range.words(false),
    }
}
