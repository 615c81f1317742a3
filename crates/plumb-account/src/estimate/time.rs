//! The model of time: which steps of the grid a claim of some period speaks of.
//!
//! A stock is known at the ends of steps. A claim of a moment is placed at the nearest of three points of its step: the end of the
//! step before, the middle, the end. In the middle the level is the geometric mean of the two ends, which is exact for growth at an
//! even rate. A level over several steps is the geometric mean of theirs; a flow is their sum, and a flow over a part of a step is
//! only the least that the whole step can have. Where steps are shorter than a year, a flow that is stated per time is the mean of theirs.

use jiff::civil::Date;
use plumb_core::case::model::When;
use plumb_core::case::{Step, StepLength};
use plumb_core::date::Period;
use plumb_weigh::reconcile::{Expression, Term};
use plumb_weigh::statistics::count;

/// The most steps that a claim can cover: longer ones reach beyond every grid.
const MOST_COVERED: i32 = 1000;

/// How a figure stands to the steps of time that it covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cover {
    /// At a moment, or the same throughout.
    Level,
    /// It adds up over time.
    Flow,
    /// It adds up over time, and is stated per time: so much a year.
    Rate,
}

/// What a claim speaks of on the grid.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed {
    /// The quantities with their times, as one expression.
    pub(super) about: Expression,
    /// Its figure is only the least that this can be.
    pub(super) part_only: bool,
}

/// The expression that a claim of this period speaks of; `name` gives the name of the quantity in a step of this length, `None` off
/// the grid.
///
/// # Errors
/// Why the claim cannot be placed, as words that go on after its id.
pub(super) fn place(
    when: When,
    cover: Cover,
    period: Option<Period>,
    length: StepLength,
    name: impl Fn(Option<Step>) -> Option<String>,
) -> Result<Placed, &'static str> {
    const OFF: &str = "of a time that the model does not cover";
    if when == When::Always {
        let name = name(None).ok_or(OFF)?;
        return Ok(Placed { about: Expression::quantity(&name), part_only: false });
    }
    let (first, last) = days(period)?;
    if when == When::End {
        let about = mean(&ends(first, last, length), name).ok_or(OFF)?;
        return Ok(Placed { about, part_only: false });
    }
    let steps = over(first, last, length).ok_or(OFF)?;
    if cover == Cover::Level {
        let about = mean(&steps.iter().map(|step| (*step, 1.0)).collect::<Vec<_>>(), name).ok_or(OFF)?;
        return Ok(Placed { about, part_only: false });
    }
    let whole = steps.first().is_some_and(|step| step.first_day() == first)
        && steps.last().is_some_and(|step| step.last_day() == last);
    let names: Option<Vec<String>> = steps.iter().map(|step| name(Some(*step))).collect();
    let names = names.ok_or(OFF)?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut about = Expression::sum(&names);
    if cover == Cover::Rate {
        // a rate over a part of a step is no bound of the rate over all of it
        if !whole {
            return Err("about a part of a step of time, at a rate that need not be that of the whole");
        }
        about.terms.iter_mut().for_each(|term| term.coefficient /= count(&names));
    }
    Ok(Placed { about, part_only: !whole })
}

/// The steps from one day to another; `None` for more than any grid has.
fn over(first: Date, last: Date, length: StepLength) -> Option<Vec<Step>> {
    let (from, to) = (Step::of(length, first), Step::of(length, last));
    let further = to.number().checked_sub(from.number()).filter(|further| *further <= MOST_COVERED)?;
    Some((0..=further).map(|further| from.plus(further)).collect())
}

/// First and last day of a period with two sides.
fn days(period: Option<Period>) -> Result<(Date, Date), &'static str> {
    let period = period.ok_or("undated")?;
    period.earliest().zip(period.latest()).ok_or("of a time without a beginning or an end")
}

/// The ends of steps around the middle of a stretch of days, each with its weight.
fn ends(first: Date, last: Date, length: StepLength) -> Vec<(Step, f64)> {
    // twice the distance keeps the middle of an odd number of days whole
    let days = |first: Date, last: Date| first.until(last).map_or(0, |span| span.get_days());
    let middle = first.saturating_add(jiff::Span::new().days(days(first, last) / 2));
    let step = Step::of(length, middle);
    let place = f64::from(days(step.first_day(), middle) + 1) / f64::from(step.days());
    match place {
        place if place <= 0.25 => vec![(step.plus(-1), 1.0)],
        place if place < 0.75 => vec![(step.plus(-1), 0.5), (step, 0.5)],
        _ => vec![(step, 1.0)],
    }
}

/// The weighted geometric mean over steps.
fn mean(steps: &[(Step, f64)], name: impl Fn(Option<Step>) -> Option<String>) -> Option<Expression> {
    let total: f64 = steps.iter().map(|(_, weight)| weight).sum();
    let powers: Option<Vec<(String, f64)>> =
        steps.iter().map(|(step, weight)| Some((name(Some(*step))?, weight / total))).collect();
    Some(Expression { terms: vec![Term { coefficient: 1.0, powers: powers? }] })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(when: When, cover: Cover, period: &str) -> Result<String, &'static str> {
        placed_in(StepLength::Year, when, cover, period)
    }

    fn placed_in(length: StepLength, when: When, cover: Cover, period: &str) -> Result<String, &'static str> {
        let on_grid = |step: Option<Step>| match step {
            None => Some("q".to_owned()),
            Some(step) => (2009..=2026).contains(&step.year()).then(|| step.to_string()),
        };
        place(when, cover, period.parse().ok(), length, on_grid).map(|placed| {
            let terms: Vec<String> = (placed.about.terms.iter())
                .map(|term| {
                    let powers = term.powers.iter().map(|(name, power)| format!("{name}^{power}"));
                    let part = Some(term.coefficient).filter(|part| *part < 1.0).map(|part| format!("{part}·"));
                    format!("{}{}", part.unwrap_or_default(), powers.collect::<Vec<_>>().join("·"))
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

    #[test]
    fn steps_below_a_year_take_what_falls_into_them() {
        let quarter = |when, cover, period| placed_in(StepLength::Quarter, when, cover, period);
        let head = |period| quarter(When::End, Cover::Level, period).unwrap();
        assert_eq!((head("2017-09-30"), head("2017-08-15")), ("2017Q3^1".into(), "2017Q2^0.5·2017Q3^0.5".into()));
        assert_eq!((head("2018-01-05"), head("2017-02")), ("2017Q4^1".into(), "2016Q4^0.5·2017Q1^0.5".into()));
        let flow = |period| quarter(When::During, Cover::Flow, period).unwrap();
        assert_eq!(flow("2017"), "2017Q1^1 + 2017Q2^1 + 2017Q3^1 + 2017Q4^1");
        assert_eq!((flow("2017-04/2017-06"), flow("2017-05")), ("2017Q2^1".into(), "2017Q2^1, at least".into()));
        let rate = |period| quarter(When::During, Cover::Rate, period);
        assert_eq!(rate("2017").unwrap(), "0.25·2017Q1^1 + 0.25·2017Q2^1 + 0.25·2017Q3^1 + 0.25·2017Q4^1");
        assert!(rate("2017-05").is_err(), "a part of a quarter");
        let month = |when, cover, period| placed_in(StepLength::Month, when, cover, period).unwrap();
        assert_eq!(month(When::End, Cover::Level, "2017-12-31"), "2017M12^1");
        assert_eq!(month(When::During, Cover::Flow, "2017-11/2017-12"), "2017M11^1 + 2017M12^1");
        assert_eq!(
            quarter(When::During, Cover::Flow, "1000/2026"),
            Err("of a time that the model does not cover"),
            "more steps than any grid has"
        );
    }
}
