//! The model of time: which points of the grid a claim of some period speaks of.
//!
//! A stock is known at the ends of years. A claim of a moment is placed at the nearest of three points of its year: the end of the
//! year before, the middle, the end. In the middle the level is the geometric mean of the two ends, which is exact for growth at an
//! even rate. A rate over several years is the geometric mean of theirs; a flow is their sum, and a flow over a part of a year is
//! only the least that the whole year can have.

use jiff::civil::Date;
use plumb_core::case::model::When;
use plumb_core::date::Period;
use plumb_weigh::reconcile::{Expression, Term};

/// How a figure stands to the years that it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// At a moment, or the same throughout.
    Level,
    /// It adds up over time.
    Flow,
}

/// What a claim speaks of on the grid.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed {
    /// The quantities with their years, as one expression.
    pub(super) about: Expression,
    /// Its figure is only the least that this can be.
    pub(super) part_only: bool,
}

/// The expression that a claim of this period speaks of; `name` gives the name of the quantity in a year, `None` off the grid.
///
/// # Errors
/// Why the claim cannot be placed, as words that go on after its id.
pub(super) fn place(
    when: When,
    cover: Cover,
    period: Option<Period>,
    name: impl Fn(Option<i16>) -> Option<String>,
) -> Result<Placed, &'static str> {
    const OFF: &str = "of a time that the model does not cover";
    if when == When::Always {
        let name = name(None).ok_or(OFF)?;
        return Ok(Placed { about: Expression::quantity(&name), part_only: false });
    }
    let (first, last) = days(period)?;
    if when == When::End {
        let terms = ends(first, last);
        let about = mean(&terms, name).ok_or(OFF)?;
        return Ok(Placed { about, part_only: false });
    }
    let years: Vec<(i16, f64)> = (first.year()..=last.year()).map(|year| (year, 1.0)).collect();
    if cover == Cover::Level {
        let about = mean(&years, name).ok_or(OFF)?;
        return Ok(Placed { about, part_only: false });
    }
    let whole = first.day_of_year() == 1 && last.day_of_year() == last.days_in_year();
    let names: Option<Vec<String>> = years.iter().map(|(year, _)| name(Some(*year))).collect();
    let names = names.ok_or(OFF)?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Ok(Placed { about: Expression::sum(&names), part_only: !whole })
}

/// First and last day of a period with two sides.
fn days(period: Option<Period>) -> Result<(Date, Date), &'static str> {
    let period = period.ok_or("undated")?;
    period.earliest().zip(period.latest()).ok_or("of a time without a beginning or an end")
}

/// The ends of years around the middle of a stretch of days, each with its weight.
fn ends(first: Date, last: Date) -> Vec<(i16, f64)> {
    // twice the distance keeps the middle of an odd number of days whole
    let span = first.until(last).map_or(0, |span| span.get_days());
    let middle = first.saturating_add(jiff::Span::new().days(span / 2));
    let place = f64::from(middle.day_of_year()) / f64::from(middle.days_in_year());
    let year = middle.year();
    match place {
        place if place <= 0.25 => vec![(year.saturating_sub(1), 1.0)],
        place if place < 0.75 => vec![(year.saturating_sub(1), 0.5), (year, 0.5)],
        _ => vec![(year, 1.0)],
    }
}

/// The weighted geometric mean over years.
fn mean(years: &[(i16, f64)], name: impl Fn(Option<i16>) -> Option<String>) -> Option<Expression> {
    let total: f64 = years.iter().map(|(_, weight)| weight).sum();
    let powers: Option<Vec<(String, f64)>> =
        years.iter().map(|(year, weight)| Some((name(Some(*year))?, weight / total))).collect();
    Some(Expression { terms: vec![Term { coefficient: 1.0, powers: powers? }] })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(when: When, cover: Cover, period: &str) -> Result<String, &'static str> {
        let on_grid = |year: Option<i16>| match year {
            None => Some("q".to_owned()),
            Some(year) => (2009..=2026).contains(&year).then(|| year.to_string()),
        };
        place(when, cover, period.parse().ok(), on_grid).map(|placed| {
            let terms: Vec<String> = (placed.about.terms.iter())
                .map(|term| {
                    term.powers.iter().map(|(name, power)| format!("{name}^{power}")).collect::<Vec<_>>().join("·")
                })
                .collect();
            format!("{}{}", terms.join(" + "), if placed.part_only { ", at least" } else { "" })
        })
    }

    #[test]
    fn a_stock_is_placed_at_the_nearest_half_year() {
        let at = |period| placed(When::End, Cover::Level, period).unwrap();
        assert_eq!(at("2017-12-31"), "2017^1");
        assert_eq!(at("2018-01"), "2017^1");
        assert_eq!(at("2017"), "2016^0.5·2017^0.5");
        assert_eq!(at("2013/2015"), "2013^0.5·2014^0.5");
        assert_eq!(placed(When::End, Cover::Level, "1966/1991"), Err("of a time that the model does not cover"));
    }

    #[test]
    fn a_flow_adds_up_and_a_part_is_only_the_least() {
        let over = |period| placed(When::During, Cover::Flow, period).unwrap();
        assert_eq!(over("2024"), "2024^1");
        assert_eq!(over("2018/2019"), "2018^1 + 2019^1");
        assert_eq!(over("2023-03/2023-04"), "2023^1, at least");
        assert_eq!(placed(When::During, Cover::Level, "2016/2017").unwrap(), "2016^0.5·2017^0.5");
        assert_eq!(placed(When::Always, Cover::Level, "").unwrap(), "q^1");
        assert_eq!(
            placed(When::During, Cover::Level, "2016/..").unwrap_err(),
            "of a time without a beginning or an end"
        );
    }
}
