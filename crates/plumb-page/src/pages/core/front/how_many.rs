//! How many, where: claims about the first headline's measure over the years, a band a host, and the map of hosts.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use plumb_account::key::RangeKey;
use plumb_account::ledger::Strand;
use plumb_account::range::Range;
use plumb_core::case::{Claim, Duty};
use plumb_core::date::{PartialDate, Period};
use plumb_core::figure;
use plumb_core::measure::{Measure, Nature};
use plumb_core::place::{PlaceKind, WORLD};
use plumb_core::reference::Kind;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::chart::frame;
use crate::chart::mark::Mark;
use crate::chart::scale::{Scale, Years};
use crate::chart::years::{Band, Chart, Timed, figures};
use crate::layout::Context;
use crate::map;
use crate::table::{self, Columns};
use crate::words::{count_words, date_words, maybe_period_words, period_words, unit_words};

/// Hosts with a band of their own; the others are named below.
const MOST_BANDS: usize = 9;

/// Hosts with fewer claims are named below.
const FEWEST: usize = 3;

/// Claims of one band that are drawn, the latest; a case with more has them all on the page of the measure.
const MOST_DRAWN: usize = 120;
/// With more claims than this the chart has no table behind it: the front page must open at once.
const LONGEST_TABLE: usize = 250;

/// The measure of the front page: that of the first headline that is a stock, else the first of the ledger.
fn measure(context: Context<'_>) -> Option<&Measure> {
    let case = context.case();
    let headlines = case.settings.headlines.iter().filter_map(|headline| case.measures.get(&headline.measure));
    let first = context.account.ledger.chapters.first().and_then(|chapter| chapter.measures.first());
    let of_ledger = first.and_then(|entry| case.measures.get(&entry.measure));
    headlines.into_iter().find(|measure| measure.nature == Nature::Stock).or(of_ledger)
}

/// The time of the front page: that of the first headline about its measure.
fn period(context: Context<'_>, measure: &Measure) -> Option<Period> {
    let headline = context.case().settings.headlines.iter().find(|headline| headline.measure == measure.id);
    headline.and_then(|headline| headline.period)
}

/// Strands about whole countries and the world, for the population of the measure; the world first, then by claims.
fn hosts<'a>(context: Context<'a>, measure: &Measure) -> Vec<&'a Strand> {
    let strands = context.account.ledger.measure(&measure.id).map_or(&[][..], |entry| entry.strands.as_slice());
    let places = &context.case().places;
    let mut hosts: Vec<&Strand> = (strands.iter())
        .filter(|strand| strand.population.is_empty())
        .filter(|strand| {
            let kind = places.get(&strand.place).map(|place| place.kind);
            matches!(kind, Some(PlaceKind::Country | PlaceKind::Group | PlaceKind::State | PlaceKind::Former))
        })
        .collect();
    hosts.sort_by_key(|strand| strand.place != WORLD);
    hosts
}

/// The claims over the years, a band a host.
pub(super) fn chart(context: Context<'_>) -> Markup {
    let Some(measure) = measure(context) else { return html! {} };
    let hosts = hosts(context, measure);
    let (banded, rest): (Vec<&Strand>, Vec<&Strand>) = {
        let mut banded: Vec<&Strand> = hosts.iter().copied().filter(|strand| strand.claims.len() >= FEWEST).collect();
        banded.truncate(MOST_BANDS);
        let rest = hosts.iter().copied().filter(|strand| !banded.iter().any(|one| one.place == strand.place)).collect();
        (banded, rest)
    };
    let claims: Vec<&Claim> = banded.iter().flat_map(|strand| claims_of(context, strand)).collect();
    let Some(years) = years_of(context, &claims) else { return html! {} };
    let (bands, split) = bands(context, measure, &banded, years);
    let columns = Columns { place: true, ..Columns::default() };
    let ids = banded.iter().flat_map(|strand| strand.claims.iter().map(String::as_str));
    Chart {
        id: "hosts".to_owned(),
        title: title(context, measure, &claims, &banded),
        note: note(context, measure, &rest, split),
        years,
        line: line(context),
        close: false,
        scaled: true,
        bands,
        behind: if claims.len() > LONGEST_TABLE {
            html! {}
        } else {
            table::claims(context, "The claims of the chart", ids, columns)
        },
    }
    .markup()
}

/// The claims of a host, by time; the latest of very many.
fn claims_of<'a>(context: Context<'a>, strand: &'a Strand) -> impl Iterator<Item = &'a Claim> {
    let before = strand.claims.len().saturating_sub(MOST_DRAWN);
    strand.claims.iter().skip(before).filter_map(move |id| context.case().claims.get(id))
}

/// What is seen: how many claims, and how far apart those are for the host that most speak of.
fn title(context: Context<'_>, measure: &Measure, claims: &[&Claim], banded: &[&Strand]) -> Markup {
    let origins: BTreeSet<&str> = claims.iter().map(|claim| claim.origin.as_str()).collect();
    let busiest = banded.iter().filter(|strand| strand.place != WORLD).max_by_key(|strand| strand.claims.len());
    let ends = busiest.map(|strand| {
        let converted = claims_of(context, strand).filter_map(|claim| claim.quantity.convert(&measure.unit));
        let numbers: Vec<Decimal> =
            converted.flat_map(|quantity| [quantity.bounds().0, quantity.bounds().1]).flatten().collect();
        (numbers.iter().min().copied(), numbers.iter().max().copied())
    });
    html! {
        (measure.label) ": " (count_words(claims.len(), "claim", "claims")) " of "
        (count_words(origins.len(), "origin", "origins"))
        @if let (Some(strand), Some((Some(low), Some(high)))) = (busiest, ends) {
            "; for " bdi { (context.place_name(&strand.place)) } " from " (figure::group(&low)) " to " (figure::group(&high))
        }
    }
}

fn note(context: Context<'_>, measure: &Measure, rest: &[&Strand], split: Option<(usize, Decimal)>) -> Markup {
    html! {
        "Each mark is a claim and leads to it: a disc for one number, a bar for an interval, an arrow for an open end; "
        "hollow where it repeats an origin, dashed where it is to be verified. In " (unit_words(&measure.unit)) "; each band begins at zero."
        @if let Some((count, top)) = split {
            " The first " (count) " bands share one scale, the others another that ends at " (figure::group(&top)) "."
        }
        @if let Some((duty, deadline)) = binding(context) {
            " The dotted line is the deadline of " (context.name(Kind::Duty, &duty.id)) ", " (date_words(deadline)) "."
        }
        @if !rest.is_empty() {
            " Fewer claims: "
            @for (at, strand) in rest.iter().take(16).enumerate() { @if at > 0 { ", " } (context.place(&strand.place)) }
            @if rest.len() > 16 { " and " (rest.len() - 16) " more" }
            "."
        }
        " All of them: " (context.name(Kind::Measure, &measure.id)) "."
    }
}

/// The years of the claims, with room at the left for the labels of the scale.
fn years_of(context: Context<'_>, claims: &[&Claim]) -> Option<Years> {
    let days = claims.iter().filter_map(|claim| claim.period);
    let ends: Vec<i16> = days.map(|period| period.sort_day()).map(|day| day.year()).collect();
    let first = ends.iter().min().copied()?;
    let last = ends.iter().max().copied()?.min(context.account.as_of.year()).max(first);
    Some(Years::new(first.saturating_sub((last - first) / 14 + 1), last))
}

/// The bands. Hosts that stay below a tenth of the highest claim get a scale of their own, or they could not be seen.
fn bands(
    context: Context<'_>,
    measure: &Measure,
    strands: &[&Strand],
    years: Years,
) -> (Vec<Band>, Option<(usize, Decimal)>) {
    let numbers = |strand: &Strand| -> Vec<Decimal> {
        claims_of(context, strand).flat_map(|claim| Mark::of_claim(context, claim, &measure.unit).numbers()).collect()
    };
    let top = |strand: &Strand| numbers(strand).into_iter().max().unwrap_or_default();
    let highest = strands.iter().map(|strand| top(strand)).max().unwrap_or_default();
    let (large, small): (Vec<&Strand>, Vec<&Strand>) =
        strands.iter().copied().partition(|strand| top(strand) * Decimal::from(6) > highest);
    let scale = |strands: &[&Strand]| {
        Scale::of(strands.iter().flat_map(|strand| numbers(strand)), &measure.unit, plumb_core::measure::Scale::Linear)
    };
    let (of_large, of_small) = (scale(&large), scale(&small));
    let mut bands: Vec<Band> =
        large.iter().map(|strand| band(context, measure, strand, years, &of_large, 150.0)).collect();
    bands.extend(small.iter().map(|strand| band(context, measure, strand, years, &of_small, 74.0)));
    let split = small.iter().map(|strand| top(strand)).max().map(|top| (large.len(), top));
    (bands, split)
}

fn band(context: Context<'_>, measure: &Measure, strand: &Strand, years: Years, scale: &Scale, height: f64) -> Band {
    let mut marks: Vec<Timed> = claims_of(context, strand)
        .filter_map(|claim| {
            let period = claim.period?;
            let when = maybe_period_words(Some(&period));
            Some(Timed {
                period,
                mark: Mark::of_claim(context, claim, &measure.unit),
                href: context.record(Kind::Claim, &claim.id),
                spoken: format!("{}, {when}: {}", claim.said_by, claim.quantity.figure()),
                remark: String::new(),
            })
        })
        .collect();
    if height > 100.0 {
        remark(context, strand, &mut marks);
    }
    Band {
        name: context.place(&strand.place),
        aside: html! { (count_words(strand.claims.len(), "claim", "claims")) },
        height,
        body: figures(years, scale, height, &marks, false),
    }
}

/// Writes the figure beside the highest claim and the latest.
fn remark(context: Context<'_>, strand: &Strand, marks: &mut [Timed]) {
    let highest = (0..marks.len()).max_by_key(|at| marks.get(*at).and_then(|one| one.mark.numbers().max()));
    let dated = claims_of(context, strand).filter(|claim| claim.period.is_some());
    for (at, (claim, one)) in dated.zip(marks.iter_mut()).enumerate() {
        if Some(at) == highest {
            one.remark =
                format!("{}, {}", claim.quantity.bare_figure(), claim.said_by.chars().take(24).collect::<String>());
        }
    }
    let latest = claims_of(context, strand).filter(|claim| claim.period.is_some()).last();
    if let (Some(claim), Some(one)) = (latest, marks.last_mut()) {
        one.remark = claim.quantity.bare_figure().to_string();
    }
}

/// The deadline that binds most states by name, as a line through all bands.
fn line(context: Context<'_>) -> Option<(jiff::civil::Date, String)> {
    let (_, deadline) = binding(context)?;
    Some((deadline.latest(), date_words(deadline)))
}

/// The duty with a deadline that binds most states by name.
fn binding(context: Context<'_>) -> Option<(&Duty, PartialDate)> {
    let dated = context.case().duties.iter().filter_map(|duty| Some((duty, duty.deadline?)));
    dated.rev().max_by_key(|(duty, _)| duty.bearers.len()).filter(|(duty, _)| !duty.bearers.is_empty())
}

/// The map of hosts at the time of the first headline.
pub(super) fn beside(context: Context<'_>) -> Markup {
    let Some(measure) = measure(context) else { return html! {} };
    let Some(period) = period(context, measure) else { return html! {} };
    let strands = hosts(context, measure);
    let countries = strands.into_iter().filter(|strand| strand.place.len() == 2);
    let marks: Vec<map::Mark> = countries.filter_map(|strand| mark(context, measure, strand, &period)).collect();
    if marks.is_empty() {
        return html! {};
    }
    let most = marks.iter().max_by(|one, two| one.high.unwrap_or(0.0).total_cmp(&two.high.unwrap_or(0.0)));
    let most = most.map(|mark| mark.label.clone()).unwrap_or_default();
    let title = format!("Where they are said to be, {}: the highest claims are for {most}", period_words(&period));
    let described = marks.iter().map(|mark| format!("{}: {}", mark.label, mark.figure)).collect::<Vec<_>>().join("; ");
    let svg = map::Map {
        id: "map".to_owned(),
        title: title.clone(),
        description: format!("{described}."),
        unit: unit_words(&measure.unit),
        view: map::View::World,
        in_case: BTreeSet::new(),
        names: BTreeMap::new(),
        marks,
    }
    .svg();
    let note = html! {
        "A disc stands in the middle between the lowest and the highest claim, the rings at the two. \
         A year in brackets: the last claim is of that year."
    };
    frame(None, &html! { (title) }, &note, &maud::PreEscaped(svg))
}

fn mark(context: Context<'_>, measure: &Measure, strand: &Strand, period: &Period) -> Option<map::Mark> {
    let key = |period: Period| RangeKey {
        measure: measure.id.clone(),
        place: strand.place.clone(),
        period,
        population: strand.population.clone(),
    };
    let range = range(context, key(*period)).or_else(|| {
        let last = claims_of(context, strand)
            .filter_map(|claim| claim.period)
            .filter(|one| one.sort_day() < period.sort_day())
            .last();
        let other = claims_of(context, strand).filter_map(|claim| claim.period).last();
        range(context, key(last.or(other)?))
    })?;
    let figure = if range.key.period == *period {
        range.words(false)
    } else {
        format!("{} ({})", range.words(false), range.key.period.sort_day().year())
    };
    let number = |end: Option<figure::End>| end.and_then(|end| end.value.to_f64());
    Some(map::Mark {
        code: strand.place.clone(),
        label: context.place_name(&strand.place),
        figure,
        low: number(range.low),
        high: number(range.high),
        href: context.record(Kind::Place, &strand.place),
        ..map::Mark::default()
    })
}

/// The range of a key, when anybody speaks of it.
fn range(context: Context<'_>, key: RangeKey) -> Option<Range> {
    Range::of(context.case(), key).filter(|range| !range.is_empty())
}
