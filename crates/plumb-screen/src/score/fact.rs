//! Countries and genders: few values, compared as sets.

use super::level::{self, levels};

levels! {
    /// How far the countries of two entities agree.
    CountryLevel of "country" {
        /// At least one is common.
        Same = "same",
        /// None is the same, but one is the other's successor or part, or lists take them for each other.
        Related = "related",
        /// None is common.
        Other = "other",
    }
}

levels! {
    /// Whether genders agree.
    GenderLevel of "gender" {
        /// They do.
        Same = "same",
        /// They do not.
        Other = "other",
    }
}

/// Codes that stand for one place at different times or in different hands: a record under one often means the other.
/// Successor states as in ISO 3166-3; places under another's control as FollowTheMoney codes them; and `kp`/`kr`, since "Korea" alone
/// is read as either.
const RELATED: &[(&str, &str)] = &[
    ("cn", "hk"),
    ("cn", "mo"),
    ("cn", "tw"),
    ("cs", "cz"),
    ("cs", "sk"),
    ("cshh", "cz"),
    ("cshh", "sk"),
    ("dd", "de"),
    ("ge", "ge-ab"),
    ("ge", "ge-os"),
    ("kp", "kr"),
    ("md", "md-pmr"),
    ("me", "yu"),
    ("rs", "xk"),
    ("rs", "yu"),
    ("ru", "ru-cri"),
    ("ru", "su"),
    ("ru", "ua-cri"),
    ("su", "am"),
    ("su", "az"),
    ("su", "by"),
    ("su", "ge"),
    ("su", "kg"),
    ("su", "kz"),
    ("su", "md"),
    ("su", "tj"),
    ("su", "tm"),
    ("su", "ua"),
    ("su", "uz"),
    ("suhh", "ru"),
    ("ua", "ua-cri"),
    ("ua", "ua-dpr"),
    ("ua", "ua-lpr"),
];

/// How far two sets of country codes agree. `None` when a side has none.
pub fn countries<'a>(left: &'a [String], right: &'a [String]) -> Option<(CountryLevel, &'a str, &'a str)> {
    let related = |one: &str, two: &str| RELATED.iter().any(|pair| *pair == (one, two) || *pair == (two, one));
    let level = |one: &str, two: &str| match () {
        () if one == two => CountryLevel::Same,
        () if related(one, two) => CountryLevel::Related,
        () => CountryLevel::Other,
    };
    level::best(left.iter().map(String::as_str), &right.iter().map(String::as_str), level)
}

/// Whether two sets of genders have one in common. `None` when a side has none.
pub fn genders<'a>(left: &'a [String], right: &'a [String]) -> Option<(GenderLevel, &'a str, &'a str)> {
    let level = |one: &str, two: &str| if one == two { GenderLevel::Same } else { GenderLevel::Other };
    level::best(left.iter().map(String::as_str), &right.iter().map(String::as_str), level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_pair_counts() {
        let codes = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
        let level = |left, right| countries(&codes(left), &codes(right)).map(|(level, ..)| level);
        assert_eq!(level(&["ru", "kp"], &["kp"]), Some(CountryLevel::Same));
        assert_eq!(level(&["su"], &["ru", "us"]), Some(CountryLevel::Related));
        assert_eq!(level(&["us"], &["kp"]), Some(CountryLevel::Other));
        assert_eq!(level(&[], &["kp"]), None);
        assert_eq!(genders(&codes(&["male"]), &codes(&["female"])).unwrap().0, GenderLevel::Other);
    }
}
