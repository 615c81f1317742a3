//! Units as formulas combine them: dimension with powers, and scale.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use plumb_core::unit::{Unit, UnitError};
use serde::Serialize;

/// The unit of a value: what it is made of, and how large one of it is.
///
/// A text is a [`Unit`], or two of them: `USD per m USD` is the unit of the factor 1,000,000 that turns millions into
/// ones, `month per year` that of the factor 12.
///
/// ```
/// use plumb_weigh::language::Measure;
/// let monthly: Measure = "USD/month".parse().unwrap();
/// let yearly: Measure = "USD/year".parse().unwrap();
/// let factor: Measure = "month/year".parse().unwrap();
/// assert_eq!(monthly.times(&factor, 1.0).factor_to(&yearly), Some(1.0));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measure {
    /// As it was written or put together.
    text: String,
    /// The atoms with their powers, none of them 0.
    dimension: BTreeMap<String, f64>,
    /// How many of the base unit one of it is.
    factor: f64,
}

/// How far two factors may be apart and still count as equal: decimal factors are divided before they come here.
const SAME: f64 = 1e-9;
/// Powers closer to 0 than this are 0: thirds of powers add up to whole ones.
const NO_POWER: f64 = 1e-9;
/// Lengths of time, for saying which factor is missing.
const TIMES: [&str; 4] = ["year", "month", "week", "day"];

impl Measure {
    /// A plain number.
    pub fn number() -> Self {
        Self { text: "a plain number".to_owned(), dimension: BTreeMap::new(), factor: 1.0 }
    }

    /// Whether it is that of a plain number: no dimension and no scale.
    pub fn is_number(&self) -> bool {
        self.factor_to(&Self::number()) == Some(1.0)
    }

    /// This times a power of another: −1 divides by it.
    #[must_use]
    pub fn times(&self, other: &Self, power: f64) -> Self {
        let mut dimension = self.dimension.clone();
        for (atom, theirs) in &other.dimension {
            *dimension.entry(atom.clone()).or_default() += theirs * power;
        }
        dimension.retain(|_, power| power.abs() > NO_POWER);
        let text = match (self.is_number(), other.is_number()) {
            (_, true) => self.text.clone(),
            (true, _) => powered(&other.text, power),
            _ if power == 1.0 => format!("{} * {}", self.text, other.text),
            _ if power == -1.0 => format!("{} / ({})", self.text, other.text),
            _ => format!("{} * {}", self.text, powered(&other.text, power)),
        };
        Self { text, dimension, factor: self.factor * libm::pow(other.factor, power) }
    }

    /// What a value in this unit is multiplied by to be in `other`; `None` when they are different things.
    pub fn factor_to(&self, other: &Self) -> Option<f64> {
        let same = self.dimension.len() == other.dimension.len()
            && self
                .dimension
                .iter()
                .all(|(atom, power)| other.dimension.get(atom).is_some_and(|theirs| (theirs - power).abs() < NO_POWER));
        let factor = self.factor / other.factor;
        same.then_some(if (factor - 1.0).abs() < SAME { 1.0 } else { factor })
    }

    /// The factor from this unit to `other` as it would be written in a formula.
    pub(super) fn written_factor(&self, other: &Self) -> String {
        let factor = self.factor_to(other).unwrap_or(1.0);
        let same = |first: f64, second: f64| (first / second - 1.0).abs() < SAME;
        let times = TIMES.iter().flat_map(|above| TIMES.iter().map(move |below| (above, below)));
        for (above, below) in times {
            let pair = above.parse::<Self>().ok().zip(below.parse::<Self>().ok());
            if above != below && pair.is_some_and(|(above, below)| same(below.factor / above.factor, factor)) {
                return format!("{} {{{above}/{below}}}", tidy(factor));
            }
        }
        format!("{} {{{other} per {self}}}", tidy(factor))
    }
}

/// A factor without the last digits that division left.
fn tidy(factor: f64) -> f64 {
    let rounded = (factor * 1e6).round() / 1e6;
    if (rounded / factor - 1.0).abs() < SAME { rounded } else { factor }
}

fn powered(text: &str, power: f64) -> String {
    if power == 1.0 { text.to_owned() } else { format!("({text})^{power}") }
}

impl From<&Unit> for Measure {
    fn from(unit: &Unit) -> Self {
        let dimension = unit.dimension().iter().map(|(atom, power)| (atom.clone(), f64::from(*power))).collect();
        let factor = unit.factor_to(&base_unit(unit)).and_then(|factor| factor.to_string().parse().ok());
        Self { text: unit.as_str().to_owned(), dimension, factor: factor.unwrap_or(1.0) }
    }
}

/// The unit of the same dimension without scale: days, kilograms, the counted things themselves.
fn base_unit(unit: &Unit) -> Unit {
    let mut text = String::from("1");
    for (atom, power) in unit.dimension() {
        let atom = match atom.as_str() {
            "time" => "day",
            "mass" => "kilogram",
            other => other,
        };
        let sign = if *power < 0 { '/' } else { '*' };
        (0..power.unsigned_abs()).for_each(|_| text.push_str(&format!("{sign}{atom}")));
    }
    text.parse().unwrap_or_else(|_| unit.clone())
}

impl FromStr for Measure {
    type Err = UnitError;

    fn from_str(text: &str) -> Result<Self, UnitError> {
        let Some((above, below)) = text.split_once(" per ") else {
            return Ok(Self::from(&text.parse::<Unit>()?));
        };
        let measure = Self::from(&above.parse::<Unit>()?).times(&Self::from(&below.parse::<Unit>()?), -1.0);
        Ok(Self { text: text.trim().to_owned(), ..measure })
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}
