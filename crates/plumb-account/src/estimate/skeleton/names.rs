//! Names of variables as every program that reads XMILE takes them: plain words, no two of them alike.

use std::collections::BTreeSet;

use plumb_weigh::language::{Function, canonical};

/// Words that stand for something else in a formula, besides the functions.
const TAKEN: [&str; 12] =
    ["time", "dt", "starttime", "stoptime", "pi", "inf", "then", "else", "and", "or", "nan", "lookup"];

/// Names that are given away.
pub(super) struct Names(BTreeSet<String>);

impl Default for Names {
    fn default() -> Self {
        Self(TAKEN.into_iter().chain(Function::names()).map(str::to_owned).collect())
    }
}

impl Names {
    /// A name of these parts that no other has; XMILE sees neither capitals nor the number of underscores.
    pub(super) fn give(&mut self, parts: &[&str]) -> String {
        let joined = parts.join("_");
        let plain: String = joined.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect();
        let numbered = (2_u64..).map(|number| format!("{plain}_{number}"));
        let mut wanted = std::iter::once(plain.clone()).chain(numbered);
        wanted.find(|name| self.0.insert(canonical(name))).unwrap_or(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_names_are_alike_and_none_is_a_function() {
        let mut names = Names::default();
        let given = [&["workers", "RU"][..], &["workers", "ru"], &["step"], &["a", "RU-PRI.vladivostok"]];
        let found: Vec<String> = given.iter().map(|parts| names.give(parts)).collect();
        assert_eq!(found, ["workers_RU", "workers_ru_2", "step_2", "a_RU_PRI_vladivostok"]);
    }
}
