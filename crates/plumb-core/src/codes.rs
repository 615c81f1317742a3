//! The codes of all diagnostics, each with its severity, title and explanation.
//!
//! P01 files and tables, P02 values, P03 references, P04 evidence, P05 arithmetic between claims, P06 duties and dates,
//! P07 prose and front page, P08 settings, P09 the model. A code keeps its meaning for ever; a retired code is not given again.

use std::fmt;

use crate::diagnostic::Severity;

/// What is known of a code.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct CodeInfo {
    id: &'static str,
    severity: Severity,
    title: &'static str,
    explanation: &'static str,
}

/// The code of a diagnostic.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static CodeInfo);

impl Code {
    /// `P0101` and so on.
    pub fn id(self) -> &'static str {
        self.0.id
    }

    /// How grave its diagnostics are.
    pub fn severity(self) -> Severity {
        self.0.severity
    }

    /// The check in a few words.
    pub fn title(self) -> &'static str {
        self.0.title
    }

    /// What is found, why it matters, an example, and what to do; Markdown.
    pub fn explanation(self) -> &'static str {
        self.0.explanation
    }

    /// The code with this id, in any case of letters.
    pub fn find(id: &str) -> Option<Self> {
        ALL.iter().copied().find(|code| code.id().eq_ignore_ascii_case(id.trim()))
    }

    /// All codes in order.
    pub fn all() -> &'static [Self] {
        ALL
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0.id)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0.id)
    }
}

macro_rules! codes {
    ($($name:ident $severity:ident $title:literal;)+) => {
        $(
            #[doc = $title]
            pub const $name: Code = Code(&CodeInfo {
                id: stringify!($name),
                severity: Severity::$severity,
                title: $title,
                explanation: include_str!(concat!("../data/codes/", stringify!($name), ".md")),
            });
        )+
        static ALL: &[Code] = &[$($name),+];
    };
}

codes! {
    P0101 Error "a file is missing or cannot be read";
    P0102 Error "a file is not UTF-8";
    P0103 Error "a row does not fit its table";
    P0104 Error "an unknown column";
    P0105 Error "a required column is missing";
    P0106 Error "a required cell is empty";
    P0107 Error "an id stands twice";
    P0108 Error "an id that is not an id";
    P0109 Error "malformed TOML";
    P0110 Error "an unknown or missing key";
    P0111 Error "a malformed FollowTheMoney line";
    P0112 Warning "a file that belongs to no table";
    P0113 Error "larger than the limits";
    P0201 Error "not a number";
    P0202 Error "a number with separators";
    P0203 Error "not a date or a period";
    P0204 Error "a day that is not in the calendar";
    P0205 Error "a reversed period";
    P0206 Error "numbers that do not fit the qualifier";
    P0207 Error "a word outside the list";
    P0208 Error "an unknown unit";
    P0209 Error "a unit of another dimension than the measure";
    P0210 Warning "not a web address";
    P0211 Error "not a SHA-256";
    P0212 Error "an unknown FollowTheMoney schema";
    P0213 Error "a value that cannot be";
    P0301 Error "an unknown id";
    P0302 Error "an unknown measure";
    P0303 Error "an unknown place";
    P0304 Error "places that contain each other";
    P0305 Error "an unknown relation";
    P0401 Error "a figure without a source";
    P0402 Warning "a source that nobody cites";
    P0403 Error "a quotation that is not in its document";
    P0404 Error "a copy that is not the pinned one";
    P0405 Error "a copy that is missing";
    P0406 Warning "the same statement twice";
    P0407 Warning "one origin counted twice";
    P0408 Warning "an origin that nobody cites";
    P0409 Warning "one page as two sources";
    P0501 Warning "a part larger than its whole";
    P0502 Warning "a difference that equals a third figure";
    P0503 Warning "two labels swapped";
    P0504 Warning "a number split at the thousands comma";
    P0505 Warning "two figures a slip of the hand apart";
    P0601 Note "an answer after the deadline";
    P0602 Note "a deadline passed in silence";
    P0603 Warning "a designation before the event that it cites";
    P0604 Error "a deadline before its trigger";
    P0605 Warning "one duty with two deadlines";
    P0606 Warning "two instruments a slip of the hand apart";
    P0607 Error "pay records that overlap";
    P0608 Error "more hours than the days have";
    P0609 Error "a pay record without days or currency";
    P0610 Warning "pay before the work began";
    P0611 Error "a deadline that cannot be computed";
    P0612 Warning "evidence that does not speak against its answer";
    P0613 Error "a duty replaced by one that does not follow it";
    P0614 Note "an answer that other evidence contradicts";
    P0615 Warning "an indicator that is none of the eleven";
    P0616 Warning "an answer to a questionnaire that cannot be followed up";
    P0701 Warning "a number that is not bound to evidence";
    P0702 Error "a live reference that leads nowhere";
    P0703 Warning "a section that is missing or unknown";
    P0704 Warning "a headline without claims";
    P0801 Warning "an accepted diagnostic that does not occur";
    P0901 Error "an expression of the model that cannot be read";
    P0902 Error "units that do not fit";
    P0903 Error "a name that the model does not have";
    P0904 Error "a quantity that is defined twice, or by itself";
    P0905 Error "numbers of the model that cannot be";
    P0906 Warning "a part of the model that nothing speaks of";
    P0907 Error "a value that cannot be computed";
    P0908 Warning "a claim that the model rules out";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_explained() {
        assert!(Code::all().windows(2).all(|pair| matches!(pair, [one, two] if one.id() < two.id())));
        for code in Code::all() {
            let text = code.explanation();
            assert!(text.starts_with(&format!("# {}: {}\n", code.id(), code.title())), "{code}: heading");
            for part in ["## Why it matters", "## Example", "## What to do"] {
                assert!(text.contains(part), "{code}: {part} is missing");
            }
        }
        assert_eq!(Code::find("p0407").map(Code::id), Some("P0407"));
    }
}
