//! Decimal numbers as tables write them, and what people write instead: `30,023`, `1.234,5`, `90%`, `10-15`.

use plumb_core::codes::{P0201, P0202, P0213};
use rust_decimal::Decimal;

use crate::context::Complaint;

/// The number in a cell: digits, a point for the fraction, a minus for what is below zero.
pub(crate) fn parse(text: &str) -> Result<Decimal, Complaint> {
    if !is_plain(text) {
        return Err(complain(text));
    }
    Decimal::from_str_exact(text).map_err(|_| {
        Complaint::new(P0213, format!("`{text}` has more digits than any figure needs"))
            .help("numbers may have up to 28 digits; a larger one needs a scale word in its unit, such as `bn USD`")
    })
}

fn is_plain(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let body = text.strip_prefix('-').unwrap_or(text);
    match body.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(body),
    }
}

fn complain(text: &str) -> Complaint {
    let is_separated = text.chars().all(|one| one.is_ascii_digit() || is_separator(one) || one == '-');
    if is_separated && text.bytes().any(|byte| byte.is_ascii_digit()) && !text.contains('-') {
        let complaint = Complaint::new(P0202, format!("`{text}` has separators between its digits"));
        return match without_separators(text) {
            Some(plain) => complaint.help(format!("write {plain}")),
            None => complaint.help("write digits only, with a point before the fraction"),
        };
    }
    Complaint::new(P0201, format!("`{text}` is not a number")).help(advice(text))
}

fn is_separator(one: char) -> bool {
    matches!(one, ',' | '.' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' | '_')
}

/// The number meant by digits in groups: `30,023` is 30023, `1,5` is 1.5, `1.234,5` is 1234.5.
fn without_separators(text: &str) -> Option<String> {
    let (whole, fraction) = split_fraction(text).map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let groups: Vec<&str> = whole.split(is_separator).collect();
    let (first, rest) = groups.split_first()?;
    let plain = rest.is_empty() && !first.is_empty();
    let grouped = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    match fraction {
        _ if !plain && !grouped => None,
        Some(fraction) if fraction.is_empty() || fraction.contains(is_separator) => None,
        Some(fraction) => Some(format!("{}.{fraction}", groups.concat())),
        None => Some(groups.concat()),
    }
}

/// Parts a number at its last comma or point, if that must stand before a fraction: it is the only one of its sort, and
/// there are other separators before it or not three digits behind it.
fn split_fraction(text: &str) -> Option<(&str, &str)> {
    let (whole, fraction) = text.rsplit_once([',', '.'])?;
    let sign = text.get(whole.len()..=whole.len())?;
    let others = whole.contains(|one| is_separator(one) && !sign.contains(one));
    (!whole.contains(sign) && (others || fraction.len() != 3)).then_some((whole, fraction))
}

/// What to do about a text that is no number at all.
fn advice(text: &str) -> String {
    if let Ok(number) = Decimal::from_scientific(text) {
        return format!("write {}", number.normalize());
    }
    let has = |signs: &[char]| text.contains(signs);
    let inner_dash = text.char_indices().skip(1).any(|(_, one)| matches!(one, '-' | '–' | '—'));
    if text.starts_with('−') {
        return format!("write a plain minus: {}", text.replace('−', "-"));
    }
    if inner_dash {
        return "write the two ends in `low` and `high`, with the qualifier `range`".to_owned();
    }
    if has(&['~', '<', '>', '≤', '≥', '+']) {
        return "write the number alone; how it is meant stands in `qualifier`, its words in `words`".to_owned();
    }
    if has(&['%', '$', '€', '£', '₽', '¥', '₩']) {
        return "write the number alone; its unit stands in `unit`".to_owned();
    }
    "write digits with a point before the fraction, such as 30023 or 0.9".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers_are_read() {
        for text in ["0", "30023", "-5.50", "0.9", "007"] {
            assert!(parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_people_write_instead_gets_the_number_they_meant() {
        let cases = [
            ("30,023", "write 30023"),
            ("30 023", "write 30023"),
            ("1.234.567", "write 1234567"),
            ("1,5", "write 1.5"),
            ("30.023,50", "write 30023.50"),
            ("30,023.5", "write 30023.5"),
            ("1'000", "write 1000"),
            ("1.2e9", "write 1200000000"),
            ("−5", "write a plain minus: -5"),
        ];
        for (text, help) in cases {
            let help_of = parse(text).map_err(|complaint| complaint.help);
            assert_eq!(help_of, Err(help.to_owned()), "{text}");
        }
        for (text, code) in [("1,00,000", P0202), ("30–40", P0201), ("many", P0201), ("10%", P0201), (".", P0201)] {
            assert_eq!(parse(text).map_err(|complaint| complaint.code), Err(code), "{text}");
        }
        assert_eq!(parse(&"9".repeat(40)).map_err(|complaint| complaint.code), Err(P0213));
    }
}
