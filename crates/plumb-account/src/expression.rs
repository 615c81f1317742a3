//! Expressions: the value of a [`Key`], in words, with what it rests on.
//!
//! Arithmetic is exact and on intervals: the lower end of a difference is the lower end of the first less the upper end of
//! the second (Moore 1966). Numbers of different dimension are not added, but said to be so.

use plumb_core::case::{Case, Claim};
use plumb_core::figure;
use plumb_core::reference::{Kind, Reference};
use plumb_core::suggest::nearest;
use plumb_core::unit::Unit;
use rust_decimal::Decimal;

use crate::key::{Key, RangeKey};
use crate::range::Range;

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Evaluated {
    /// The key.
    pub key: Key,
    /// The value as prose writes it: `24,000–50,000`.
    pub text: String,
    /// What it rests on.
    pub grounds: Vec<Reference>,
}

/// Why a key has no value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExpressionError {
    /// A record that the case does not have.
    #[error("the case has no {reference}")]
    Unknown {
        /// The record.
        reference: Reference,
        /// An id that may have been meant.
        suggestion: Option<String>,
    },
    /// Nobody claims anything about it.
    #[error("no claim of the case speaks about {0}")]
    NoClaims(String),
    /// The model has no quantity or output of this name.
    #[error("the model of the case has no `{name}`{}", meant(suggestion.as_deref()))]
    NoEstimate {
        /// The name.
        name: String,
        /// A name that may have been meant.
        suggestion: Option<String>,
    },
    /// These claims are no set that cannot be true together and of which every smaller one can.
    #[error("{} are no minimal set of claims that cannot all be true; `plumb weigh CASE --format json` lists those that were found", .0.join(", "))]
    NoConflict(Vec<String>),
    /// No pay record is about this worker.
    #[error("wages.csv has no record that can be reckoned for `{0}`")]
    NoRecords(String),
    /// The units cannot be brought together.
    #[error("{0} and {1} are in units that cannot be added or subtracted")]
    Units(String, String),
    /// A division by zero or a number beyond all bounds.
    #[error("{0} has no value: an end is open, zero or too large")]
    NoValue(String),
}

fn meant(suggestion: Option<&str>) -> String {
    suggestion.map(|name| format!(", did you mean `{name}`?")).unwrap_or_default()
}

/// The value of a key, apart from records, standings and wages owed, which have no figure.
pub fn evaluate(case: &Case, key: &Key) -> Result<Evaluated, ExpressionError> {
    let (text, grounds) = match key {
        Key::Record(reference) => record(case, reference)?,
        Key::Range(range) => {
            let range = filled(case, range)?;
            (range.words(false), claims(&range.claims))
        }
        Key::Contradiction(range) => {
            let range = filled(case, range)?;
            (range.words(true), claims(&range.claims))
        }
        Key::Origins(range) => {
            let range = filled(case, range)?;
            let origins = range.origins.iter().map(|id| Reference::new(Kind::Origin, id.clone()));
            (range.origins.len().to_string(), origins.collect())
        }
        Key::Sum(ids) => (sum(case, key, ids)?, claims(ids)),
        Key::Difference(one, two) => (difference(case, key, one, two)?, claims(&[one.clone(), two.clone()])),
        Key::Quotient(one, two) => (quotient(case, key, one, two)?, claims(&[one.clone(), two.clone()])),
        Key::Count(kind) => (figure::group(&Decimal::from(case.count(*kind))), Vec::new()),
        Key::Path { .. } | Key::Ownership(_) => crate::trace::evaluate(case, key)?,
        Key::Owed(worker) => {
            let wages = case.wages.iter().filter(|wage| wage.worker == *worker);
            (String::new(), wages.map(plumb_core::case::Wage::reference).collect())
        }
        Key::Indicators(subject) => {
            let about = |row: &&plumb_core::case::Indicator| subject.is_empty() || row.subjects.contains(subject);
            (String::new(), case.indicators.iter().filter(about).map(plumb_core::case::Indicator::reference).collect())
        }
        Key::Estimate(_) | Key::Conflict(_) => return Err(ExpressionError::NoValue(key.to_string())),
        Key::Standing { duty, .. } => {
            known(case, &Reference::new(Kind::Duty, duty.clone()))?;
            (String::new(), vec![Reference::new(Kind::Duty, duty.clone())])
        }
    };
    Ok(Evaluated { key: key.clone(), text, grounds })
}

fn claims(ids: &[String]) -> Vec<Reference> {
    ids.iter().map(|id| Reference::new(Kind::Claim, id.clone())).collect()
}

fn record(case: &Case, reference: &Reference) -> Result<(String, Vec<Reference>), ExpressionError> {
    known(case, reference)?;
    let text = match reference.kind {
        Kind::Claim => find(case, &reference.id)?.quantity.bare_figure().to_string(),
        _ => crate::index::name_of(case, reference),
    };
    Ok((text, vec![reference.clone()]))
}

/// Checks that a record is in the case.
pub fn known(case: &Case, reference: &Reference) -> Result<(), ExpressionError> {
    let found = match reference.kind {
        Kind::Place => case.places.get(&reference.id).is_some(),
        Kind::Measure => case.measures.contains_key(&reference.id),
        _ => case.row(reference).is_some(),
    };
    if found {
        return Ok(());
    }
    let suggestion = match reference.kind {
        Kind::Claim => nearest(&reference.id, case.claims.ids()),
        Kind::Source => nearest(&reference.id, case.sources.ids()),
        Kind::Actor => nearest(&reference.id, case.actors.ids()),
        Kind::Measure => nearest(&reference.id, case.measures.keys().map(String::as_str)),
        _ => None,
    };
    Err(ExpressionError::Unknown { reference: reference.clone(), suggestion: suggestion.map(str::to_owned) })
}

fn filled(case: &Case, key: &RangeKey) -> Result<Range, ExpressionError> {
    known(case, &Reference::new(Kind::Measure, key.measure.clone()))?;
    let range = Range::of(case, key.clone()).filter(|range| !range.is_empty());
    range.ok_or_else(|| ExpressionError::NoClaims(key.to_string()))
}

fn find<'a>(case: &'a Case, id: &str) -> Result<&'a Claim, ExpressionError> {
    let reference = Reference::new(Kind::Claim, id);
    known(case, &reference)?;
    case.claims.get(id).ok_or(ExpressionError::Unknown { reference, suggestion: None })
}

type Ends = (Option<Decimal>, Option<Decimal>);

fn combine(
    one: Option<Decimal>,
    two: Option<Decimal>,
    with: fn(Decimal, Decimal) -> Option<Decimal>,
) -> Option<Decimal> {
    with(one?, two?)
}

/// The ends of a claim in a unit.
fn ends_in(case: &Case, id: &str, unit: &Unit, other: &str) -> Result<Ends, ExpressionError> {
    let converted = find(case, id)?.quantity.convert(unit);
    Ok(converted.ok_or_else(|| ExpressionError::Units(other.to_owned(), id.to_owned()))?.bounds())
}

fn sum(case: &Case, key: &Key, ids: &[String]) -> Result<String, ExpressionError> {
    let first = ids.first().ok_or_else(|| ExpressionError::NoValue(key.to_string()))?;
    let unit = find(case, first)?.quantity.unit().clone();
    let mut total: Ends = (Some(Decimal::ZERO), Some(Decimal::ZERO));
    for id in ids {
        let ends = ends_in(case, id, &unit, first)?;
        total = (combine(total.0, ends.0, Decimal::checked_add), combine(total.1, ends.1, Decimal::checked_add));
    }
    written(key, total, &unit)
}

fn difference(case: &Case, key: &Key, one: &str, two: &str) -> Result<String, ExpressionError> {
    let unit = find(case, one)?.quantity.unit().clone();
    let first = ends_in(case, one, &unit, one)?;
    let second = ends_in(case, two, &unit, one)?;
    let ends = (combine(first.0, second.1, Decimal::checked_sub), combine(first.1, second.0, Decimal::checked_sub));
    written(key, ends, &unit)
}

/// A quotient is written to three significant digits: more would feign exactness that neither figure has.
fn quotient(case: &Case, key: &Key, one: &str, two: &str) -> Result<String, ExpressionError> {
    let no_value = || ExpressionError::NoValue(key.to_string());
    let (first, second) = (find(case, one)?.quantity.unit(), find(case, two)?.quantity.unit());
    let unit = first.per(second).ok_or_else(no_value)?;
    // equal dimensions are brought to one unit, others only lose their scale words
    let top: Unit = first.without_scale().parse().map_err(|_| no_value())?;
    let bottom = if first.dimension() == second.dimension() {
        top.clone()
    } else {
        second.without_scale().parse().map_err(|_| no_value())?
    };
    let (above, below) = (ends_in(case, one, &top, one)?, ends_in(case, two, &bottom, two)?);
    let divide = |top, bottom| {
        combine(top, bottom, Decimal::checked_div).and_then(|value| value.round_sf(3)).map(|value| value.normalize())
    };
    written(key, (divide(above.0, below.1), divide(above.1, below.0)), &unit)
}

fn written(key: &Key, (low, high): Ends, unit: &Unit) -> Result<String, ExpressionError> {
    if low.is_none() && high.is_none() {
        return Err(ExpressionError::NoValue(key.to_string()));
    }
    Ok(figure::interval(low, high, unit, false))
}
