//! Fixed words and signs: how a page writes a status, a standing, a period, a unit, a name in another language.
//!
//! Unknown, silent, contested, to verify and the rest have one word and one sign each, on every page; the method page
//! explains them from [`SIGNS`]. Colour carries none of them.

use maud::{Markup, html};
use plumb_account::prose::date_in_words;
use plumb_core::case::{Grade, Status};
use plumb_core::date::{Bound, PartialDate, Period, Precision};
use plumb_core::unit::Unit;
use plumb_duty::{Position, Standing};

/// A fixed word with its sign and what it means.
#[derive(Clone, Copy, Debug)]
pub struct Sign {
    /// Class of the word in the style sheet.
    pub class: &'static str,
    /// The sign.
    pub sign: &'static str,
    /// The word.
    pub word: &'static str,
    /// What it means, for the method page.
    pub meaning: &'static str,
}

impl Sign {
    /// The sign and the word as they stand on pages.
    pub fn markup(&self) -> Markup {
        html! {
            span class={ "mark " (self.class) } title=(self.meaning) {
                span.sign aria-hidden="true" { (self.sign) } (self.word)
            }
        }
    }
}

/// Nobody gives a number.
pub const UNKNOWN: Sign =
    Sign { class: "unknown", sign: "?", word: "unknown", meaning: "No source of the case gives it. It is not zero." };
/// A deadline has passed and the case knows no answer.
pub const SILENT: Sign = Sign {
    class: "silent",
    sign: "∅",
    word: "no answer known",
    meaning: "The deadline has passed and the case knows no answer. There may be one that no source of the case tells of.",
};
/// The claim stands in a contradiction.
pub const CONTESTED: Sign = Sign {
    class: "contested",
    sign: "≠",
    word: "contested",
    meaning: "Another origin states a figure for the same thing, place and time that excludes this one.",
};
/// Still to be checked.
pub const VERIFY: Sign = Sign {
    class: "verify",
    sign: "‡",
    word: "to verify",
    meaning: "The compilers have not yet checked it against the source. Drawn with a dashed line.",
};
/// Known to be doubtful.
pub const WEAK: Sign = Sign {
    class: "weak",
    sign: "*",
    word: "weak",
    meaning: "Known to be doubtful; kept so that it can be recognised, and left out of ranges and contradictions. Drawn lighter.",
};
/// The same figure of the same origin, read again elsewhere.
pub const REPEATED: Sign = Sign {
    class: "repeated",
    sign: "○",
    word: "repeats",
    meaning: "The same figure of the same origin, read again in another source. It adds no weight. Drawn hollow.",
};
/// Worked out by the compilers.
pub const DERIVED: Sign = Sign {
    class: "derived",
    sign: "∴",
    word: "derived",
    meaning: "Worked out by the compilers from figures that a source states.",
};
/// Replaced by a later statement of the same origin.
pub const SUPERSEDED: Sign = Sign {
    class: "superseded",
    sign: "†",
    word: "superseded",
    meaning: "Replaced by a later statement of the same origin; left out of ranges and contradictions. Drawn lighter.",
};

/// An answer says less than other evidence of the same time.
pub const CONTRADICTED: Sign = Sign {
    class: "contested",
    sign: "≠",
    word: "contradicted by other evidence",
    meaning: "Figures of the same time together say more than the answer. It does not say which of them is wrong.",
};

/// All signs, in the order of the method page.
pub const SIGNS: [Sign; 9] = [UNKNOWN, SILENT, CONTRADICTED, CONTESTED, VERIFY, WEAK, REPEATED, DERIVED, SUPERSEDED];

/// The mark of a status; nothing for what is simply stated.
pub fn status_mark(status: Status) -> Markup {
    let sign = match status {
        Status::Stated => return html! {},
        Status::Derived => DERIVED,
        Status::Verify => VERIFY,
        Status::Weak => WEAK,
        Status::Superseded => SUPERSEDED,
    };
    sign.markup()
}

/// The mark "to verify" with what remains to be checked; nothing when nothing does.
pub fn verify_mark(what: &str) -> Markup {
    html! {
        @if !what.is_empty() { (VERIFY.markup()) span.meta { ": " (what) } }
    }
}

/// The word for where a bearer of a duty stands; silence has its sign.
pub fn standing_mark(standing: Standing) -> Markup {
    match standing {
        Standing::Silent => SILENT.markup(),
        Standing::Contradicted => CONTRADICTED.markup(),
        Standing::Unknown => UNKNOWN.markup(),
        other => html! { span.mark { (other.as_str()) } },
    }
}

/// The same of one bearer, with the warning that its answer is known from others only.
pub fn position_mark(position: &Position) -> Markup {
    let warning = position.words();
    let warning = warning.strip_prefix(position.standing.as_str()).unwrap_or_default();
    html! {
        (standing_mark(position.standing))
        @if !warning.is_empty() { " " span.meta { "(" (warning.trim_start_matches(", ")) ")" } }
    }
}

/// An Admiralty grade as its letter; its meaning shows on pointing and is read aloud.
pub fn grade_mark(grade: Option<Grade>) -> Markup {
    html! {
        @match grade {
            Some(grade) => abbr.grade title={ "Admiralty grade " (grade.letter()) ": " (grade.meaning()) } { (grade.letter()) },
            None => span.meta { "not graded" },
        }
    }
}

/// Text in another language: isolated, so that its direction cannot disturb what stands around it.
/// `language` is a BCP 47 code; an empty one leaves the language open.
pub fn foreign(language: &str, text: &str) -> Markup {
    html! { bdi.foreign lang=[Some(language).filter(|code| !code.is_empty())] { (text) } }
}

/// A date for readers: `22 December 2017`.
pub fn date_words(date: PartialDate) -> String {
    date_in_words(date)
}

/// A period for readers: `December 2017`, `2016–2018`, `since 2016`, `until 1991`.
pub fn period_words(period: &Period) -> String {
    if let Some(date) = period.as_date() {
        return date_in_words(date);
    }
    let whole_year = |date: PartialDate| date.precision() == Precision::Year;
    match (period.start, period.end) {
        (Bound::Date(start), Bound::Date(end)) => {
            let close = whole_year(start) && whole_year(end);
            format!("{}{}{}", date_in_words(start), if close { "–" } else { " to " }, date_in_words(end))
        }
        (Bound::Date(start), _) => format!("since {}", date_in_words(start)),
        (_, Bound::Date(end)) => format!("until {}", date_in_words(end)),
        _ => "at no stated time".to_owned(),
    }
}

/// The period of a claim; one without says so.
pub fn maybe_period_words(period: Option<&Period>) -> String {
    period.map_or_else(|| "undated".to_owned(), period_words)
}

/// A unit in words for an axis: `US dollars a month for each person`, `percent`, `persons`.
pub fn unit_words(unit: &Unit) -> String {
    let text = unit.as_str();
    let scale = match text.split_once(' ').map_or("", |(scale, _)| scale) {
        "m" | "million" => "million ",
        "bn" | "billion" => "billion ",
        other @ ("thousand" | "trillion") => {
            return format!("{other} {}", atom_words(text.trim_start_matches(other).trim()));
        }
        _ => "",
    };
    let body = text.rsplit(' ').next().unwrap_or_default();
    let mut parts = body.split('/');
    let mut words = format!("{scale}{}", atom_words(parts.next().unwrap_or_default()));
    let (mut each, mut rest) = (String::new(), String::new());
    for part in parts {
        match part {
            "person" | "persons" => " for each person".clone_into(&mut each),
            "USD" => rest.push_str(" to the dollar"),
            "hour" | "hours" => rest.push_str(" an hour"),
            other => {
                rest.push_str(" a ");
                rest.push_str(other.trim_end_matches('s'));
            }
        }
    }
    words.push_str(&rest);
    words.push_str(&each);
    words
}

fn atom_words(atom: &str) -> &str {
    match atom {
        "USD" => "US dollars",
        "EUR" => "euros",
        "RUB" => "roubles",
        "CNY" => "yuan",
        "KRW" => "won",
        "SUR" => "Soviet roubles",
        "share" => "percent of the whole",
        "ratio" | "1" => "a ratio",
        other => other,
    }
}

/// One of something or several: `1 claim`, `12 claims`.
pub fn count_words(count: usize, one: &str, many: &str) -> String {
    let number = plumb_core::figure::group(&rust_decimal::Decimal::from(count));
    format!("{number} {}", if count == 1 { one } else { many })
}

/// Makes a finished page safe against characters that reorder or hide text around them: each of Unicode's
/// bidirectional controls is shown as its code, other control characters as U+FFFD.
///
/// Right-to-left names need none of them: [`foreign`] isolates with markup.
pub fn neutralise(page: String) -> String {
    let control = |letter: char| {
        matches!(letter, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || (letter.is_control() && letter != '\n' && letter != '\t')
    };
    if !may_hold_controls(page.as_bytes()) {
        return page;
    }
    let mut out = String::with_capacity(page.len() + 64);
    for letter in page.chars() {
        if !control(letter) {
            out.push(letter);
        } else if letter.is_control() {
            out.push('\u{fffd}');
        } else {
            out.push_str(&format!("[U+{:04X}]", u32::from(letter)));
        }
    }
    out
}

/// Whether some bytes of a page may be a control character. A look at bytes, because nearly every page has none and large
/// sites have hundreds of megabytes of them; every page ends in markup, so the last two bytes never matter.
fn may_hold_controls(page: &[u8]) -> bool {
    page.windows(3).any(|bytes| match bytes {
        [0xe2, 0x80, 0x8e | 0x8f | 0xaa..=0xae]
        | [0xe2, 0x81, 0xa6..=0xa9]
        | [0xd8, 0x9c, _]
        | [0xc2, 0x80..=0x9f, _] => true,
        [byte, ..] => (*byte < 0x20 && *byte != b'\n' && *byte != b'\t') || *byte == 0x7f,
        [] => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_as_people_write_them() {
        let words = |text: &str| period_words(&text.parse().unwrap());
        assert_eq!(words("2017-12-31"), "31 December 2017");
        assert_eq!(words("2016/2018"), "2016–2018");
        assert_eq!(words("2016-08/2016-12"), "August 2016 to December 2016");
        assert_eq!(words("2025/.."), "since 2025");
        assert_eq!(words("../1991"), "until 1991");
    }

    #[test]
    fn units_read_as_words() {
        let words = |text: &str| unit_words(&text.parse().unwrap());
        assert_eq!(words("USD/person/month"), "US dollars a month for each person");
        assert_eq!(words("m USD/year"), "million US dollars a year");
        assert_eq!(words("hours/day"), "hours a day");
        assert_eq!(words("persons"), "persons");
        assert_eq!(words("share"), "percent of the whole");
    }

    #[test]
    fn what_reorders_text_is_shown_and_not_obeyed() {
        assert_eq!(neutralise("a\u{202e}b\u{0}c".to_owned()), "a[U+202E]b\u{fffd}c");
        for control in ['\u{1}', '\u{7f}', '\u{85}', '\u{61c}', '\u{200e}', '\u{202a}', '\u{2066}', '\u{2069}'] {
            let page = neutralise(format!("a{control}</html>"));
            assert!(!page.contains(control), "{control:?}");
        }
        assert_eq!(neutralise("한국 العربية\n".to_owned()), "한국 العربية\n");
    }
}
