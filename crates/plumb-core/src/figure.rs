//! Figures as a reader meets them: `30,023`, `$1.2–2.3 bn a year`, `up to 90%`, `at least 18 hours a day`.
//!
//! One place for all of the program, so that a page, the terminal and the prose write a figure alike.

use std::fmt;

use rust_decimal::Decimal;

use crate::quantity::{Qualifier, Quantity};
use crate::unit::Unit;

/// A quantity ready to be written. Made by [`Quantity::figure`].
pub struct Figure<'a> {
    quantity: &'a Quantity,
    with_unit: bool,
}

impl Quantity {
    /// The figure with its unit: `30,023 persons`, `$800 a month`.
    pub fn figure(&self) -> Figure<'_> {
        Figure { quantity: self, with_unit: true }
    }

    /// The figure without the name of what is counted, for prose that names it: `30,023`. Money, shares and rates keep their sign.
    pub fn bare_figure(&self) -> Figure<'_> {
        Figure { quantity: self, with_unit: false }
    }
}

impl fmt::Display for Figure<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (low, best, high) = self.quantity.numbers();
        let style = Style::of(self.quantity.unit(), self.with_unit);
        match (self.quantity.qualifier(), low, best, high) {
            (Qualifier::Undisclosed, ..) => out.write_str("undisclosed"),
            (Qualifier::None, ..) => out.write_str(&style.write(&[Decimal::ZERO])),
            (Qualifier::AtLeast, Some(low), ..) => write!(out, "at least {}", style.write(&[low])),
            (Qualifier::AtMost, .., Some(high)) => write!(out, "up to {}", style.write(&[high])),
            (Qualifier::Exact, _, Some(best), _) => out.write_str(&style.write(&[best])),
            (Qualifier::About, None, Some(best), None) => write!(out, "about {}", style.write(&[best])),
            (Qualifier::About, Some(low), _, Some(high)) => write!(out, "about {}", style.write(&[low, high])),
            (Qualifier::Range, Some(low), _, Some(high)) => out.write_str(&style.write(&[low, high])),
            _ => out.write_str("unknown"),
        }
    }
}

/// One end of a span: its number, and whether what is claimed goes on beyond it ("at least", "up to").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The number.
    pub value: Decimal,
    /// Whether it is an open end.
    pub open: bool,
}

/// A span of numbers of one unit: `24,000–50,000`, `$300 m or less to $2.3 bn a year`, `at least 18 hours a day`.
pub fn span(low: End, high: End, unit: &Unit, with_unit: bool) -> String {
    let style = Style::of(unit, with_unit);
    match (low.open, high.open) {
        (false, false) if low.value == high.value => style.write(&[low.value]),
        (false, false) => style.write(&[low.value, high.value]),
        (false, true) if low.value == high.value => format!("at least {}", style.write(&[low.value])),
        (true, false) if low.value == high.value => format!("up to {}", style.write(&[low.value])),
        (false, true) => format!("{} or more", style.write(&[low.value, high.value])),
        (true, false) => format!("{} or less to {}", style.short(low.value), style.write(&[high.value])),
        (true, true) => format!("{} or less to {} or more", style.short(low.value), style.write(&[high.value])),
    }
}

/// Numbers of one unit as an interval: `24,000–50,000 persons`; an end that is `None` is open.
pub fn interval(low: Option<Decimal>, high: Option<Decimal>, unit: &Unit, with_unit: bool) -> String {
    let closed = |value| End { value, open: false };
    match (low, high) {
        (Some(low), Some(high)) => span(closed(low), closed(high), unit, with_unit),
        (Some(low), None) => span(closed(low), End { value: low, open: true }, unit, with_unit),
        (None, Some(high)) => span(End { value: high, open: true }, closed(high), unit, with_unit),
        (None, None) => "unknown".to_owned(),
    }
}

/// What stands before, between and after the numbers of a unit.
struct Style {
    prefix: String,
    suffix: String,
    factor: Decimal,
    money: bool,
}

impl Style {
    fn of(unit: &Unit, with_unit: bool) -> Self {
        let mut parts = unit.as_str().rsplit(' ').next().unwrap_or_default().split('/');
        let head = parts.next().unwrap_or_default();
        let per: String = parts
            .filter(|part| !matches!(*part, "person" | "persons"))
            .map(|part| format!(" {}", per_word(part)))
            .collect();
        let mut style = Self { prefix: String::new(), suffix: per, factor: unit.scale(), money: false };
        match head {
            "share" => (style.factor, style.suffix) = (Decimal::ONE_HUNDRED, format!("%{}", style.suffix)),
            "percent" => style.suffix = format!("%{}", style.suffix),
            "ratio" | "1" => {}
            // labour is counted in years of persons
            "persons*year" => style.suffix = format!(" person-years{}", style.suffix),
            _ if unit.currency() == Some(head) => {
                style.money = true;
                style.prefix = currency_sign(head).to_owned();
                if style.prefix.is_empty() {
                    style.suffix = format!(" {head}{}", style.suffix);
                }
            }
            _ if with_unit || !style.suffix.is_empty() => style.suffix = format!(" {head}{}", style.suffix),
            _ => {}
        }
        style
    }

    /// Numbers with one sign and one suffix: `$1.2–2.3 bn a year`; of unlike size each with its own word: `$150 m–3 bn a year`.
    fn write(&self, numbers: &[Decimal]) -> String {
        let scaled: Vec<Decimal> = numbers.iter().map(|number| self.scale(*number)).collect();
        let words: Vec<&str> = scaled.iter().map(|number| self.magnitude(*number).1).collect();
        let alike = words.windows(2).all(|pair| pair.first() == pair.last());
        let last = scaled.len().saturating_sub(1);
        let written: Vec<String> = (scaled.iter().enumerate())
            .map(|(position, number)| {
                let (divisor, word) = self.magnitude(*number);
                let word = if alike && position < last { "" } else { word };
                format!("{}{word}", group(&(number / divisor).normalize()))
            })
            .collect();
        format!("{}{}{}", self.prefix, written.join("–"), self.suffix)
    }

    /// One number with its sign and word, without what follows: `$300 m`.
    fn short(&self, number: Decimal) -> String {
        let scaled = self.scale(number);
        let (divisor, word) = self.magnitude(scaled);
        format!("{}{}{word}", self.prefix, group(&(scaled / divisor).normalize()))
    }

    fn scale(&self, number: Decimal) -> Decimal {
        number.checked_mul(self.factor).unwrap_or(number).normalize()
    }

    fn magnitude(&self, number: Decimal) -> (Decimal, &'static str) {
        if self.money { magnitude(number.abs()) } else { (Decimal::ONE, "") }
    }
}

/// Money of a million and more is written with a word, as long as no digit is lost that a reader would miss.
fn magnitude(largest: Decimal) -> (Decimal, &'static str) {
    let billion = Decimal::from(1_000_000_000);
    let million = Decimal::from(1_000_000);
    if largest >= billion {
        (billion, " bn")
    } else if largest >= million {
        (million, " m")
    } else {
        (Decimal::ONE, "")
    }
}

/// Digits in groups of three by commas: `30,023.5`.
pub fn group(number: &Decimal) -> String {
    let text = number.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("−", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match fraction {
        Some(fraction) => format!("{sign}{grouped}.{fraction}"),
        None => format!("{sign}{grouped}"),
    }
}

fn currency_sign(code: &str) -> &'static str {
    match code {
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        _ => "",
    }
}

fn per_word(unit: &str) -> String {
    let singular = match unit {
        "days" => "day",
        "months" => "month",
        "years" => "year",
        "hours" => "hour",
        other => other,
    };
    match singular {
        "hour" => "an hour".to_owned(),
        "USD" => "to the dollar".to_owned(),
        word => format!("a {word}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(qualifier: Qualifier, numbers: [Option<&str>; 3], unit: &str) -> String {
        let [low, best, high] = numbers.map(|number| number.map(|text| text.parse().unwrap()));
        Quantity::new(qualifier, (low, best, high), unit.parse().unwrap()).unwrap().figure().to_string()
    }

    #[test]
    fn figures_read_as_people_write_them() {
        let cases = [
            (Qualifier::Exact, [None, Some("30023"), None], "persons", "30,023 persons"),
            (Qualifier::Range, [Some("1200000000"), None, Some("2300000000")], "USD/year", "$1.2–2.3 bn a year"),
            (Qualifier::AtMost, [None, None, Some("0.9")], "share", "up to 90%"),
            (Qualifier::About, [None, Some("800"), None], "USD/person/month", "about $800 a month"),
            (Qualifier::AtLeast, [Some("18"), None, None], "hours/day", "at least 18 hours a day"),
            (Qualifier::About, [None, Some("2.5"), None], "USD/person/hour", "about $2.5 an hour"),
            (Qualifier::Exact, [None, Some("6000"), None], "RUB/person/month", "6,000 RUB a month"),
            (Qualifier::Exact, [None, Some("307.7"), None], "m USD/year", "$307.7 m a year"),
            (Qualifier::Exact, [None, Some("24.61"), None], "RUB/USD", "24.61 RUB to the dollar"),
            (Qualifier::None, [None, None, None], "persons", "0 persons"),
            (Qualifier::Undisclosed, [None, None, None], "persons", "undisclosed"),
        ];
        for (qualifier, numbers, unit, expected) in cases {
            assert_eq!(written(qualifier, numbers, unit), expected);
        }
    }

    #[test]
    fn a_bare_figure_leaves_the_count_unnamed() {
        let quantity = Quantity::exact(1_234_567.into(), "persons".parse().unwrap());
        assert_eq!(quantity.bare_figure().to_string(), "1,234,567");
        assert_eq!(interval(Some(24_000.into()), None, quantity.unit(), true), "at least 24,000 persons");
    }

    #[test]
    fn ends_of_unlike_size_keep_their_own_words() {
        let dollars: Unit = "USD/year".parse().unwrap();
        let end = |value: i64, open| End { value: value.into(), open };
        let low = end(150_000_000, false);
        assert_eq!(span(low, end(3_000_000_000, false), &dollars, true), "$150 m–3 bn a year");
        assert_eq!(span(low, end(3_000_000_000, true), &dollars, true), "$150 m–3 bn a year or more");
        assert_eq!(
            span(end(300_000_000, true), end(2_300_000_000, false), &dollars, true),
            "$300 m or less to $2.3 bn a year"
        );
    }
}
