//! Formulas as sums of products of powers, the form in which claims are reconciled.

use std::collections::BTreeMap;

use super::error::{Cause, DIVIDES_BY_ZERO, LanguageError};
use super::formula::{Formula, Kind, Part};
use crate::reconcile::{Expression, Term};

/// The most terms that multiplying out may make.
const MOST_TERMS: usize = 10_000;

/// The powers of quantities by their names, and the coefficient in front.
type Terms = Vec<(BTreeMap<String, f64>, f64)>;

/// The sum of coefficient × powers that a formula is, with equal products collected in the order in which they first
/// stand; else the place and the reason why it is none. Sums over an index must be [written out](super::expand) first;
/// units are not looked at.
///
/// ```
/// use plumb_weigh::language::{parse, to_terms};
/// let revenue = to_terms(&parse("12 * workers * (wage - kept)").unwrap()).unwrap();
/// assert_eq!(revenue.terms.len(), 2);
/// assert_eq!(revenue.terms[1].coefficient, -12.0);
/// assert!(to_terms(&parse("max(a, b)").unwrap()).is_err());
/// ```
pub fn to_terms(formula: &Formula) -> Result<Expression, LanguageError> {
    let terms = terms(formula)?;
    if terms.is_empty() {
        return fail(formula, "nothing is left of it");
    }
    let terms =
        terms.into_iter().map(|(powers, coefficient)| Term { coefficient, powers: powers.into_iter().collect() });
    Ok(Expression { terms: terms.collect() })
}

fn fail<T>(formula: &Formula, reason: &'static str) -> Result<T, LanguageError> {
    Err(LanguageError::new(formula.span, Cause::NotTerms(reason)))
}

fn terms(formula: &Formula) -> Result<Terms, LanguageError> {
    match &formula.kind {
        Kind::Number(value, _) => Ok(collected(vec![(BTreeMap::new(), *value)])),
        Kind::Reference(name, indices) if indices.is_empty() => Ok(vec![(BTreeMap::from([(name.clone(), 1.0)]), 1.0)]),
        Kind::Reference(name, _) => Err(LanguageError::new(formula.span, Cause::NotExpanded(name.clone()))),
        Kind::Fold(fold) => Err(LanguageError::new(formula.span, Cause::NotExpanded(fold.variable.clone()))),
        Kind::Sum(parts) => {
            let mut sum = Vec::new();
            for part in parts {
                let sign = if part.inverted { -1.0 } else { 1.0 };
                sum.extend(terms(&part.formula)?.into_iter().map(|(powers, coefficient)| (powers, sign * coefficient)));
            }
            Ok(collected(sum))
        }
        Kind::Product(parts) => product(parts),
        Kind::Power(base, exponent) => match exponent.kind {
            Kind::Number(power, _) => raised(base, power),
            _ => fail(exponent, "a power must be a number"),
        },
        Kind::Compare(..) => fail(formula, "it compares"),
        Kind::Call(..) | Kind::Lookup(..) => fail(formula, "it calls a function"),
    }
}

fn product(parts: &[Part]) -> Result<Terms, LanguageError> {
    let mut product: Terms = vec![(BTreeMap::new(), 1.0)];
    for part in parts {
        let factor = if part.inverted { raised(&part.formula, -1.0)? } else { terms(&part.formula)? };
        if product.len().saturating_mul(factor.len()) > MOST_TERMS {
            return Err(LanguageError::new(part.formula.span, Cause::TooLarge(MOST_TERMS)));
        }
        let each = |left: &(BTreeMap<String, f64>, f64)| {
            let left = left.clone();
            factor.iter().map(move |right| times(&left, right)).collect::<Vec<_>>()
        };
        product = collected(product.iter().flat_map(each).collect());
    }
    Ok(product)
}

fn times(left: &(BTreeMap<String, f64>, f64), right: &(BTreeMap<String, f64>, f64)) -> (BTreeMap<String, f64>, f64) {
    let mut powers = left.0.clone();
    for (name, power) in &right.0 {
        *powers.entry(name.clone()).or_default() += power;
    }
    powers.retain(|_, power| *power != 0.0);
    (powers, left.1 * right.1)
}

/// A single product to any power, or a sum to a small whole one.
fn raised(base: &Formula, power: f64) -> Result<Terms, LanguageError> {
    let inside = terms(base)?;
    if let [(powers, coefficient)] = inside.as_slice() {
        let coefficient = libm::pow(*coefficient, power);
        if !coefficient.is_finite() {
            return fail(base, "this power of its coefficient is no number");
        }
        let powers = powers.iter().map(|(name, of)| (name.clone(), of * power)).filter(|(_, power)| *power != 0.0);
        return Ok(collected(vec![(powers.collect(), coefficient)]));
    }
    if inside.is_empty() {
        return if power > 0.0 { Ok(inside) } else { fail(base, DIVIDES_BY_ZERO) };
    }
    // beyond the fourth power a sum becomes a page of terms
    let Some(times) = [1.0_f64, 2.0, 3.0, 4.0].iter().position(|whole| *whole == power) else {
        return fail(base, "it divides by a sum, or raises one to a power");
    };
    product(&vec![Part { inverted: false, formula: base.clone() }; times + 1])
}

/// Equal products as one, products without coefficient left out.
fn collected(terms: Terms) -> Terms {
    let mut found: Vec<(BTreeMap<String, f64>, f64)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (powers, coefficient) in terms {
        let key: String = powers.iter().map(|(name, power)| format!("{name}^{power};")).collect();
        match places.get(&key).and_then(|place| found.get_mut(*place)) {
            Some((_, total)) => *total += coefficient,
            None => {
                places.insert(key, found.len());
                found.push((powers, coefficient));
            }
        }
    }
    found.retain(|(_, coefficient)| *coefficient != 0.0);
    found
}
