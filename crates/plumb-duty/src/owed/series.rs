//! Figures of the case's series on a day: rates, minimum wages, exchange rates.

use jiff::civil::Date;
use plumb_core::band::Band;
use plumb_core::case::{Case, Observation};
use plumb_core::date::Period;
use plumb_core::reference::Reference;
use plumb_core::unit::Unit;

/// A figure of a series with what it rests on.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) value: Band,
    pub(crate) basis: Vec<Reference>,
}

/// The rows of a series that hold at a place on a day.
pub(crate) fn on<'a>(
    case: &'a Case,
    series: &'a str,
    place: &'a str,
    day: Date,
) -> impl Iterator<Item = &'a Observation> {
    let rows = case.observations.iter().filter(move |row| row.series == series && row.place == place);
    rows.filter(move |row| covers(&row.period, day))
}

/// Whether a day lies in a period. A month or a year holds each of its days.
pub(crate) fn covers(period: &Period, day: Date) -> bool {
    period.earliest().is_none_or(|first| first <= day) && period.latest().is_none_or(|last| day <= last)
}

/// What several rows say together, in a unit: where they differ, a band around them all. `None` when no row fits.
pub(crate) fn together<'a>(rows: impl Iterator<Item = &'a Observation>, unit: &Unit) -> Option<Found> {
    let mut found: Option<Found> = None;
    for row in rows {
        let Some((Some(low), high)) = row.quantity.convert(unit).map(|quantity| quantity.bounds()) else { continue };
        let value = high.map_or(Band::exact(low).or_more(), |high| Band::between(low, high));
        let Found { value: before, mut basis } = found.take().unwrap_or_else(|| Found { value, basis: Vec::new() });
        basis.push(row.reference());
        found = Some(Found { value: before.around(value), basis });
    }
    found
}

/// The figure of a series at the narrowest place around `place` that has one on that day.
pub(crate) fn value(case: &Case, series: &str, place: &str, day: Date, unit: &str) -> Option<Found> {
    let unit: Unit = unit.parse().ok()?;
    let mut around = case.places.path(place);
    around.reverse();
    around.into_iter().find_map(|place| together(on(case, series, place, day), &unit))
}
