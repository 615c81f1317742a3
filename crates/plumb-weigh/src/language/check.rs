//! Units of formulas: what a formula is measured in, or where units do not fit.

use super::error::{Cause, LanguageError, nearest};
use super::formula::{Formula, Kind, Part};
use super::function::Function;
use super::measure::Measure;

/// The unit of a value; `None` for 0, which is nothing of anything.
type Found = Result<Option<Measure>, LanguageError>;

/// The unit of a formula, or the first place where units do not fit. `lookup` knows the unit of each quantity by its name
/// without brackets; the unit of 0 is that of a plain number.
///
/// Bare numbers have no unit. No factor is put in silently: USD/month is turned into USD/year by `12 {month/year}`.
///
/// ```
/// use plumb_weigh::language::{check_units, parse};
/// let unit = |name: &str| Some(if name == "workers" { "persons" } else { "USD/person/month" }.parse().unwrap());
/// let yearly = parse("workers * pay * 12 {month/year}").unwrap();
/// assert!(check_units(&yearly, unit).unwrap().factor_to(&"USD/year".parse().unwrap()) == Some(1.0));
/// assert!(check_units(&parse("workers + pay").unwrap(), unit).is_err());
/// ```
pub fn check_units(formula: &Formula, lookup: impl Fn(&str) -> Option<Measure>) -> Result<Measure, LanguageError> {
    let checker = Checker { lookup: &lookup };
    Ok(checker.measure(formula)?.unwrap_or_else(Measure::number))
}

/// Whether a formula can be assigned to a quantity of this unit: the same dimension, and no factor missing.
pub fn check_assignment(
    formula: &Formula,
    target: &Measure,
    lookup: impl Fn(&str) -> Option<Measure>,
) -> Result<(), LanguageError> {
    match (Checker { lookup: &lookup }).measure(formula)? {
        Some(found) => must_agree(&found, target, formula),
        None => Ok(()),
    }
}

struct Checker<'a> {
    lookup: &'a dyn Fn(&str) -> Option<Measure>,
}

/// An error at `place` unless `found` is the same unit as `expected`.
fn must_agree(found: &Measure, expected: &Measure, place: &Formula) -> Result<(), LanguageError> {
    let cause = match found.factor_to(expected) {
        Some(1.0) => return Ok(()),
        Some(_) => Cause::MissingFactor {
            from: found.to_string(),
            to: expected.to_string(),
            factor: found.written_factor(expected),
        },
        None => Cause::UnitsDiffer { left: found.to_string(), right: expected.to_string() },
    };
    Err(LanguageError::new(place.span, cause))
}

impl Checker<'_> {
    fn measure(&self, formula: &Formula) -> Found {
        match &formula.kind {
            Kind::Number(value, None) => Ok((*value != 0.0).then(Measure::number)),
            Kind::Number(_, Some(unit)) => Ok(Some(unit.clone())),
            Kind::Reference(name, _) => (self.lookup)(name).map(Some).ok_or_else(|| {
                let cause = Cause::UnknownName { name: name.clone(), suggestion: nearest(name, []) };
                LanguageError::new(formula.span, cause)
            }),
            Kind::Sum(parts) => self.same(parts.iter().map(|part| &part.formula)),
            Kind::Product(parts) => self.product(parts),
            Kind::Power(base, exponent) => self.power(base, exponent),
            Kind::Compare(_, left, right) => {
                self.same([&**left, &**right])?;
                Ok(Some(Measure::number()))
            }
            Kind::Call(function, arguments) => self.call(*function, arguments, formula),
            Kind::Lookup(table, argument) => {
                self.measure(argument)?;
                Ok((self.lookup)(table))
            }
            Kind::Fold(fold) if fold.product => self.plain(&fold.body, "what is multiplied over an index"),
            Kind::Fold(fold) => self.measure(&fold.body),
        }
    }

    /// All of one unit, which is the result.
    fn same<'f>(&self, formulas: impl IntoIterator<Item = &'f Formula>) -> Found {
        let mut common: Option<Measure> = None;
        for formula in formulas {
            match (self.measure(formula)?, &common) {
                (Some(found), Some(expected)) => must_agree(&found, expected, formula)?,
                (Some(found), None) => common = Some(found),
                (None, _) => {}
            }
        }
        Ok(common)
    }

    fn product(&self, parts: &[Part]) -> Found {
        let mut total = Measure::number();
        let mut zero = false;
        for part in parts {
            match self.measure(&part.formula)? {
                Some(unit) => total = total.times(&unit, if part.inverted { -1.0 } else { 1.0 }),
                None => zero = true,
            }
        }
        Ok((!zero).then_some(total))
    }

    fn power(&self, base: &Formula, exponent: &Formula) -> Found {
        self.plain(exponent, "an exponent")?;
        let unit = self.measure(base)?.unwrap_or_else(Measure::number);
        match exponent.kind {
            Kind::Number(power, _) => Ok(Some(Measure::number().times(&unit, power))),
            _ => self.plain(base, "the base of a power that varies"),
        }
    }

    fn plain(&self, formula: &Formula, place: &str) -> Found {
        match self.measure(formula)? {
            Some(unit) if !unit.is_number() => {
                let cause = Cause::NeedsNumber { place: place.to_owned(), unit: unit.to_string() };
                Err(LanguageError::new(formula.span, cause))
            }
            _ => Ok(Some(Measure::number())),
        }
    }

    fn call(&self, function: Function, arguments: &[Formula], formula: &Formula) -> Found {
        let rest = arguments.get(1..).unwrap_or_default();
        match function {
            Function::Abs | Function::Int | Function::Min | Function::Max | Function::Mod | Function::Previous => {
                self.same(arguments)
            }
            Function::If => {
                self.plain_all(arguments.iter().take(1), function)?;
                self.same(rest)
            }
            Function::Sqrt => {
                let unit = self.same(arguments)?;
                Ok(unit.map(|unit| Measure::number().times(&unit, 0.5)))
            }
            Function::SafeDiv => {
                let [above, below, instead @ ..] = arguments else { return Ok(None) };
                let one = |inverted, formula: &Formula| Part { inverted, formula: formula.clone() };
                let quotient = self.product(&[one(false, above), one(true, below)])?;
                if let (Some(found), [instead]) = (&quotient, instead)
                    && let Some(other) = self.measure(instead)?
                {
                    must_agree(&other, found, formula)?;
                }
                Ok(quotient)
            }
            // functions of time carry the unit of what they act on; their times are those of the model
            _ if function.needs_time() && function != Function::Trend => {
                for argument in rest {
                    self.measure(argument)?;
                }
                self.same(arguments.first())
            }
            Function::Trend => Ok(Some(Measure::number())),
            _ => self.plain_all(arguments, function),
        }
    }

    fn plain_all<'f>(&self, arguments: impl IntoIterator<Item = &'f Formula>, function: Function) -> Found {
        for argument in arguments {
            self.plain(argument, &format!("the argument of `{}`", function.name()))?;
        }
        Ok(Some(Measure::number()))
    }
}
