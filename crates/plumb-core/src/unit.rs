//! Units with dimensions, so that persons are never compared with visas nor dollars a month with dollars a year.
//!
//! A unit is an optional scale word (`thousand`, `m`, `bn`) and atoms joined by `/` and `*`: `USD/person/month`,
//! `hours/day`, `m USD/year`, `share`. Counted things (persons, visas, permits …) are dimensions of their own.
//! Currencies are too: only a sourced series of exchange rates may turn one into another.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

/// The things that are counted, each a dimension of its own, singular and plural.
const COUNTED: [(&str, &str); 9] = [
    ("person", "persons"),
    ("visa", "visas"),
    ("permit", "permits"),
    ("entry", "entries"),
    ("position", "positions"),
    ("country", "countries"),
    ("entity", "entities"),
    ("event", "events"),
    ("hour", "hours"),
];

/// Physical units that evidence about trade and aid is given in: name, plural, dimension, factor.
/// A barrel is a volume and is never turned into tonnes here: the factor depends on the oil.
const PHYSICAL: [(&str, &str, &str, i64); 3] =
    [("tonne", "tonnes", "mass", 1000), ("kilogram", "kilograms", "mass", 1), ("barrel", "barrels", "barrel", 1)];

/// Lengths of calendar time in days: the mean Gregorian year has 365.2425 days, the month a twelfth of it.
const TIME: [(&str, &str, &str); 4] =
    [("day", "days", "1"), ("week", "weeks", "7"), ("month", "months", "30.436875"), ("year", "years", "365.2425")];

/// Words that multiply a unit.
const SCALE: [(&str, i64); 6] = [
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("m", 1_000_000),
    ("billion", 1_000_000_000),
    ("bn", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
];

/// A dimension: its atoms and their powers. Two figures can be compared only when these agree.
pub type Dimension = BTreeMap<String, i8>;

/// A unit of measurement.
///
/// ```
/// use plumb_core::unit::Unit;
/// let monthly: Unit = "USD/person/month".parse().unwrap();
/// let yearly: Unit = "USD/person/year".parse().unwrap();
/// assert_eq!(monthly.dimension(), yearly.dimension());
/// assert_eq!(monthly.factor_to(&yearly), Some(12.into()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unit {
    text: String,
    factor: Decimal,
    dimension: Dimension,
}

/// Why a text is not a unit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{atom}` is not a unit")]
pub struct UnitError {
    /// The part that was not understood.
    pub atom: String,
    /// A word that may have been meant.
    pub suggestion: Option<String>,
}

impl Unit {
    /// Its atoms and their powers.
    pub fn dimension(&self) -> &Dimension {
        &self.dimension
    }

    /// Its canonical text, as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What a figure in this unit is multiplied by to be in `other`; `None` when the dimensions differ.
    pub fn factor_to(&self, other: &Self) -> Option<Decimal> {
        if self.dimension != other.dimension {
            return None;
        }
        Some(self.factor.checked_div(other.factor)?.round_dp(18).normalize())
    }

    /// The currency in it, if there is one.
    pub fn currency(&self) -> Option<&str> {
        self.dimension.keys().map(String::as_str).find(|atom| is_currency(atom))
    }

    /// The same unit with every currency replaced by one sign: what two units share when only an exchange rate parts them.
    pub fn dimension_without_currency(&self) -> Dimension {
        let mut dimension = Dimension::new();
        for (atom, power) in &self.dimension {
            let name = if is_currency(atom) { "money" } else { atom };
            *dimension.entry(name.to_owned()).or_default() += power;
        }
        dimension.retain(|_, power| *power != 0);
        dimension
    }

    /// The scale word's factor alone (1,000,000 for `m USD`), for writing figures out.
    pub fn scale(&self) -> Decimal {
        let word = self.text.split_whitespace().next().unwrap_or_default();
        SCALE.iter().find(|(name, _)| *name == word).map_or(Decimal::ONE, |(_, factor)| Decimal::from(*factor))
    }

    /// The unit of a quotient, without scale words: `USD/year` by `persons` is `USD/year/persons`, equal units leave `ratio`.
    pub fn per(&self, other: &Self) -> Option<Self> {
        let above = self.without_scale();
        if self.dimension == other.dimension {
            return "ratio".parse().ok();
        }
        let flipped: String = (other.without_scale().chars())
            .map(|letter| match letter {
                '/' => '*',
                '*' => '/',
                other => other,
            })
            .collect();
        format!("{above}/{flipped}").parse().ok()
    }

    /// Its text without the scale word.
    pub fn without_scale(&self) -> &str {
        self.text.split_once(' ').map_or(self.text.as_str(), |(_, rest)| rest.trim_start())
    }

    fn multiply(&mut self, atom: &str, power: i8) -> Result<(), UnitError> {
        let (name, factor) = lookup(atom).ok_or_else(|| unknown(atom))?;
        let scaled = if power > 0 { self.factor.checked_mul(factor) } else { self.factor.checked_div(factor) };
        self.factor = scaled.ok_or_else(|| unknown(atom))?;
        if let Some(name) = name {
            let total = self.dimension.entry(name).or_default();
            *total = total.checked_add(power).ok_or_else(|| unknown(atom))?;
        }
        self.dimension.retain(|_, power| *power != 0);
        Ok(())
    }
}

/// ISO 4217 codes are three capital letters; which of them exist is not policed, so that old currencies stay usable.
fn is_currency(atom: &str) -> bool {
    atom.len() == 3 && atom.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The dimension and factor of one atom; no dimension for pure numbers.
fn lookup(atom: &str) -> Option<(Option<String>, Decimal)> {
    let is = |singular: &str, plural: &str| atom == singular || atom == plural;
    if let Some((singular, _)) = COUNTED.iter().find(|(singular, plural)| is(singular, plural)) {
        return Some((Some((*singular).to_owned()), Decimal::ONE));
    }
    if let Some((_, _, days)) = TIME.iter().find(|(singular, plural, _)| is(singular, plural)) {
        return days.parse().ok().map(|days| (Some("time".to_owned()), days));
    }
    if let Some((.., dimension, factor)) = PHYSICAL.iter().find(|(singular, plural, ..)| is(singular, plural)) {
        return Some((Some((*dimension).to_owned()), Decimal::from(*factor)));
    }
    match atom {
        "share" | "ratio" | "1" => Some((None, Decimal::ONE)),
        "percent" => Some((None, Decimal::new(1, 2))),
        _ => is_currency(atom).then(|| (Some(atom.to_owned()), Decimal::ONE)),
    }
}

fn unknown(atom: &str) -> UnitError {
    let words = (COUNTED.iter().flat_map(|(one, many)| [*one, *many]))
        .chain(TIME.iter().flat_map(|(one, many, _)| [*one, *many]))
        .chain(PHYSICAL.iter().flat_map(|(one, many, ..)| [*one, *many]))
        .chain(["share", "ratio", "percent"]);
    UnitError {
        atom: atom.to_owned(),
        suggestion: crate::suggest::nearest(atom, words).filter(|word| *word != atom).map(str::to_owned),
    }
}

impl FromStr for Unit {
    type Err = UnitError;

    fn from_str(text: &str) -> Result<Self, UnitError> {
        let text = text.trim();
        let mut unit = Self { text: text.to_owned(), factor: Decimal::ONE, dimension: Dimension::new() };
        let mut rest = text;
        if let Some((word, tail)) = text.split_once(' ') {
            let scale = SCALE.iter().find(|(name, _)| *name == word).ok_or_else(|| unknown(word))?;
            unit.factor = Decimal::from(scale.1);
            rest = tail.trim_start();
        }
        let mut power = 1;
        for (index, part) in rest.split_inclusive(['/', '*']).enumerate() {
            let atom = part.trim_end_matches(['/', '*']).trim();
            if index > 16 {
                return Err(unknown(atom));
            }
            unit.multiply(atom, power)?;
            power = if part.ends_with('/') { -1 } else { 1 };
        }
        if rest.is_empty() || rest.ends_with(['/', '*']) {
            return Err(unknown(""));
        }
        Ok(unit)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unit(text: &str) -> Unit {
        text.parse().unwrap()
    }

    #[test]
    fn dimensions_keep_apart_what_must_not_be_compared() {
        assert_ne!(unit("persons").dimension(), unit("visas").dimension());
        assert_ne!(unit("USD/month").dimension(), unit("USD/person/month").dimension());
        assert_ne!(unit("USD/year").dimension(), unit("RUB/year").dimension());
        assert_eq!(unit("USD/year").dimension_without_currency(), unit("RUB/month").dimension_without_currency());
        assert_ne!(unit("USD/hour").dimension(), unit("USD/month").dimension());
    }

    #[test]
    fn factors_are_exact_where_they_can_be() {
        assert_eq!(unit("m USD").factor_to(&unit("USD")), Some(1_000_000.into()));
        assert_eq!(unit("percent").factor_to(&unit("share")), Some(Decimal::new(1, 2)));
        assert_eq!(unit("USD/month").factor_to(&unit("USD/year")), Some(12.into()));
        assert_eq!(unit("persons").factor_to(&unit("visas")), None);
    }

    #[test]
    fn a_quotient_has_the_unit_of_its_parts() {
        let per = |one: &str, two: &str| unit(one).per(&unit(two)).map(|unit| unit.to_string());
        assert_eq!(per("USD/year", "persons").as_deref(), Some("USD/year/persons"));
        assert_eq!(per("m USD/year", "USD/month").as_deref(), Some("ratio"));
        let monthly = unit("USD/year").per(&unit("persons*share")).unwrap();
        assert_eq!(monthly.dimension(), unit("USD/person/year").dimension());
    }

    #[test]
    fn an_unknown_word_gets_a_suggestion() {
        let error = "person/monht".parse::<Unit>().unwrap_err();
        assert_eq!((error.atom.as_str(), error.suggestion.as_deref()), ("monht", Some("month")));
        for text in ["", "USD/", "/", "dollars", "k USD"] {
            assert!(text.parse::<Unit>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,24}") {
            let _unit = text.parse::<Unit>();
        }
    }
}
