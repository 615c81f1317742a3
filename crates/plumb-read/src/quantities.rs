//! Figures of rows: numbers, qualifier and unit made into a quantity, and held against the measure and against what can be.

use plumb_core::codes::{P0206, P0209, P0213};
use plumb_core::diagnostic::Diagnostic;
use plumb_core::measure::{Measure, Nature};
use plumb_core::quantity::{Numbers, Qualifier, Quantity, QuantityError};
use plumb_core::unit::Unit;
use rust_decimal::Decimal;

use crate::context::Context;
use crate::row::Row;

/// More people than live on earth: 8.2 thousand million in 2024 (United Nations, World Population Prospects 2024).
const MOST_PEOPLE: Decimal = Decimal::from_parts(1_410_065_408, 2, 0, false, 0);

/// What no day, week, month or year can hold more of.
const LIMITS: [(&str, i64); 7] = [
    ("hours/day", 24),
    ("hours/week", 168),
    ("hours/month", 744),
    ("hours/year", 8784),
    ("days/week", 7),
    ("days/month", 31),
    ("days/year", 366),
];

/// The columns that the numbers of a figure stand in, for low, best and high.
type Columns = [&'static str; 3];

/// The figure of a claim, with `low`, `best` and `high` in columns of their own.
pub(crate) fn of_claim(row: &mut Row, context: &mut Context<'_>, measure: &str) -> Option<Quantity> {
    let qualifier = row.take::<String>("qualifier")?.parse().ok()?;
    let numbers = (row.take("low")?, row.take("best")?, row.take("high")?);
    build(row, context, measure, qualifier, numbers, ["low", "best", "high"])
}

/// The figure of an observation: `value` is what the qualifier makes of it, `high` the upper end of a range.
pub(crate) fn of_observation(row: &mut Row, context: &mut Context<'_>, measure: &str) -> Option<Quantity> {
    let word: String = row.take("qualifier")?;
    let qualifier = if word.is_empty() { Qualifier::Exact } else { word.parse().ok()? };
    let (value, high): (Option<Decimal>, Option<Decimal>) = (row.take("value")?, row.take("high")?);
    let (numbers, columns) = match qualifier {
        Qualifier::AtLeast | Qualifier::Range => ((value, None, high), ["value", "high", "high"]),
        Qualifier::About if high.is_some() => ((value, None, high), ["value", "high", "high"]),
        Qualifier::AtMost if high.is_none() => ((None, None, value), ["value", "value", "value"]),
        _ => ((None, value, high), ["value", "value", "high"]),
    };
    build(row, context, measure, qualifier, numbers, columns)
}

fn build(
    row: &mut Row,
    context: &mut Context<'_>,
    measure: &str,
    qualifier: Qualifier,
    numbers: Numbers,
    columns: Columns,
) -> Option<Quantity> {
    let unit: Unit = row.take("unit")?;
    if columns.iter().any(|column| row.is_spoiled(column)) {
        // Half a figure is another figure.
        return None;
    }
    let fits = Quantity::new(qualifier, numbers, unit).map_err(|error| misfit(row, error, numbers, columns));
    let found = match &fits {
        Err(diagnostic) => Some(diagnostic.clone()),
        Ok(quantity) => {
            let measure = context.case.measures.get(measure)?;
            wrong_dimension(row, context, measure, quantity.unit())
                .or_else(|| impossible(row, measure, quantity, columns))
        }
    };
    match found {
        None => fits.ok(),
        Some(diagnostic) => {
            context.report(diagnostic.note("the row was left out").about(row.reference.clone()));
            None
        }
    }
}

/// The numbers do not fit the qualifier.
fn misfit(row: &Row, error: QuantityError, numbers: Numbers, columns: Columns) -> Diagnostic {
    let [low, best, high] = columns;
    let column_of = |place: &str| match place {
        "high" => high,
        "best" => best,
        _ => low,
    };
    match error {
        QuantityError::Missing(qualifier, place) => {
            let column = column_of(place);
            let filled = [(low, numbers.0), (best, numbers.1), (high, numbers.2)];
            let help = match filled.iter().find(|(_, number)| number.is_some()) {
                Some((other, _)) => format!("move the number from `{other}` to `{column}`, or correct the qualifier"),
                None => format!("write the number in `{column}`; `undisclosed` is for a figure that is withheld"),
            };
            qualified(row, column, format!("`{qualifier}` needs a number in `{column}`")).saying("empty").help(help)
        }
        QuantityError::Unexpected(qualifier, place) => {
            let column = column_of(place);
            qualified(row, column, format!("`{qualifier}` allows no number in `{column}`"))
                .saying("one too many")
                .help("leave the cell empty, or correct the qualifier (`range` takes two ends)")
        }
        QuantityError::Reversed | QuantityError::UnknownQualifier => {
            Diagnostic::new(P0206, row.cell(low), "the numbers are reversed")
                .saying("the lower end")
                .also(row.cell(high), "the upper end")
                .help("low must not exceed best, nor best exceed high")
        }
    }
}

/// A diagnostic at a number because of the qualifier.
fn qualified(row: &Row, column: &str, message: String) -> Diagnostic {
    Diagnostic::new(P0206, row.cell(column), message).also(row.cell("qualifier"), "because of this")
}

/// The unit is of another dimension than the measure; only the currency may differ.
fn wrong_dimension(row: &Row, context: &Context<'_>, measure: &Measure, unit: &Unit) -> Option<Diagnostic> {
    let dimension = unit.dimension_without_currency();
    if dimension == measure.unit.dimension_without_currency() {
        return None;
    }
    let fitting = |other: &&Measure| other.unit.dimension_without_currency() == dimension;
    let others: Vec<String> =
        context.case.measures.values().filter(fitting).take(3).map(|other| format!("`{}`", other.id)).collect();
    let help = match others.as_slice() {
        [] => format!("give the figure in {}, or choose another measure", measure.unit),
        others => {
            format!("give the figure in {}, or choose a measure of this unit: {}", measure.unit, others.join(", "))
        }
    };
    let message = format!("`{unit}` does not fit `{}`, which is in {}", measure.id, measure.unit);
    Some(Diagnostic::new(P0209, row.cell("unit"), message).saying("another dimension").help(help))
}

/// A share above the whole, more hours than a day has, a negative count.
fn impossible(row: &Row, measure: &Measure, quantity: &Quantity, columns: Columns) -> Option<Diagnostic> {
    let unit = quantity.unit();
    let (low, best, high) = quantity.numbers();
    let (column, number, reason) = [low, best, high].into_iter().zip(columns).find_map(|(number, column)| {
        let number = number?;
        reason_against(measure, unit, number).map(|reason| (column, number, reason))
    })?;
    let message = format!("{number} {unit} cannot be: {reason}");
    Some(Diagnostic::new(P0213, row.cell(column), message).help("correct the number or its unit"))
}

fn reason_against(measure: &Measure, unit: &Unit, number: Decimal) -> Option<String> {
    let share: Option<Unit> = "share".parse().ok();
    let of_share = share.and_then(|share| unit.factor_to(&share)).filter(|_| measure.nature == Nature::Share);
    if let Some(factor) = of_share {
        let value = number.checked_mul(factor)?;
        return (value < Decimal::ZERO || value > Decimal::ONE)
            .then(|| "a share lies between nothing and the whole".into());
    }
    let plain = unit.as_str().replace("/person", "");
    if let Some((_, limit)) = LIMITS.iter().find(|(name, limit)| *name == plain && number > Decimal::from(*limit)) {
        let (what, per) = plain.split_once('/')?;
        return Some(format!("a {per} has at most {limit} {what}"));
    }
    if plain.split('/').next() == Some("persons") && number > MOST_PEOPLE {
        return Some("there are not so many people".to_owned());
    }
    let counts = unit.currency().is_none() && measure.nature != Nature::Rate && !unit.dimension().is_empty();
    (number < Decimal::ZERO && counts).then(|| "nothing can be counted below zero".to_owned())
}
