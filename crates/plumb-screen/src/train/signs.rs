//! Which way a feature of names may speak: agreement never against one bearer, difference never for one.
//!
//! Without this a regression on features that depend on each other gives some of them signs that hold for its pairs alone, and names
//! unlike those come out wrong: a part that is missing counted for one bearer where a rare one was.

/// Features that never speak against one bearer.
const FOR: &[&str] = &[
    "part.exact",
    "part.romanised",
    "part.syllables",
    "part.spelling",
    "common_word.exact",
    "common_word.romanised",
    "common_word.spelling",
    "common_word.translated",
    "information.agreeing",
    "information.agreeing_in_all",
    "share.agreeing",
    "whole.same_order",
    "whole.identical",
    "whole.all_agree_firmly",
    "whole.only_forms_differ",
    "common_word.share",
    "common_word.all_agree",
    "common_word.share_beside_one",
    "acronym.letters",
];

/// Features that never speak for one.
const AGAINST: &[&str] = &[
    "part.different",
    "part.missing",
    "part.near_syllables",
    "part.known_apart",
    "common_word.different",
    "common_word.missing",
    "form.different",
    "form.missing",
    "information.replaced",
    "information.missing",
    "share.replaced",
    "share.missing",
    "whole.one_differs",
    "whole.numbers_differ",
    "whole.relation_differs",
    "whole.some_agree",
    "whole.none_agrees",
    "whole.one_of_more_agrees",
    "whole.one_of_more_agrees_loosely",
    "whole.near_beside_missing",
    "whole.lost_on_both_sides",
    "whole.short_and_near",
    "whole.syllables_missing",
    "information.most_lost",
    "common_word.missing_beside_one",
    "common_word.lost_on_both_sides",
];

/// The sign that the weight of a feature must have: 1 for, -1 against, none if the data decide.
pub fn sign(feature: &str) -> Option<f64> {
    match feature {
        feature if FOR.contains(&feature) => Some(1.0),
        feature if AGAINST.contains(&feature) => Some(-1.0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::names::{FEATURES, feature_name};

    #[test]
    fn every_feature_named_here_is_one() {
        let known: Vec<String> = (0..FEATURES).map(feature_name).collect();
        for feature in FOR.iter().chain(AGAINST) {
            assert!(known.iter().any(|name| name == feature), "{feature}");
        }
    }
}
