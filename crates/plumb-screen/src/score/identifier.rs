//! Identifiers: registration and tax numbers, passports, ship numbers.

use super::checks::Scheme;
use super::level::{self, levels};

/// An identifier of an entity, made comparable.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identifier {
    /// The value in capitals, letters and digits only.
    pub value: String,
    /// The scheme that it belongs to, where its check passes.
    pub scheme: Option<Scheme>,
    /// Whether one entity has one such number for life, so that another number speaks for another entity.
    pub lasting: bool,
}

levels! {
    /// How far the identifiers of two entities agree.
    IdentifierLevel of "identifier" {
        /// One value with a valid check is on both sides.
        SameChecked = "same_checked",
        /// One value is on both sides; its scheme has no check, or is not known.
        Same = "same",
        /// Two values of the same scheme differ in one character, or two neighbours changed places.
        OneCharacterOff = "one_character_off",
        /// Both sides have a number of a scheme that gives one for life, and they differ.
        OtherLasting = "other_lasting",
        /// Nothing in common.
        Other = "other",
    }
}

/// The shortest value that is worth comparing: of four digits there are only ten thousand.
const SHORTEST: usize = 5;
/// The longest: FollowTheMoney's own limit for identifiers.
const LONGEST: usize = 64;

impl Identifier {
    /// Makes a value of this property comparable. `None` when nothing useful is left of it.
    pub fn new(property: &str, format: Option<&str>, value: &str) -> Option<Self> {
        let value: String = value
            .chars()
            .filter(|letter| letter.is_alphanumeric())
            .flat_map(char::to_uppercase)
            .take(LONGEST)
            .collect();
        let stated = Scheme::of_property(property, format);
        let value = match stated {
            // written as "IMO 9074729" in some lists
            Some(Scheme::Imo) => value.trim_start_matches("IMO").to_owned(),
            _ => value,
        };
        if value.chars().count() < SHORTEST || !value.chars().any(|letter| letter.is_ascii_digit() || stated.is_some())
        {
            return None;
        }
        // A number whose check passes is of that scheme even if the list keeps it under a general property.
        let general = matches!(property, "registrationNumber" | "idNumber" | "taxNumber");
        let checked = |scheme: &Scheme| scheme.is_valid(&value);
        let scheme = match stated {
            Some(scheme) => Some(scheme).filter(checked),
            None if general => [Scheme::Ogrn, Scheme::Lei, Scheme::Uscc].into_iter().find(checked),
            None => None,
        };
        let lasting = scheme.is_some_and(|scheme| {
            matches!(scheme, Scheme::Inn | Scheme::Ogrn | Scheme::Lei | Scheme::Imo | Scheme::Uscc)
        });
        Some(Self { value, scheme, lasting })
    }
}

/// The best agreement between any two identifiers, and which they are. `None` when a side has none.
pub fn best<'a>(
    left: &'a [Identifier],
    right: &'a [Identifier],
) -> Option<(IdentifierLevel, &'a Identifier, &'a Identifier)> {
    level::best(left.iter(), &right.iter(), compare)
}

fn compare(left: &Identifier, right: &Identifier) -> IdentifierLevel {
    if left.value == right.value {
        let checked = left.scheme.or(right.scheme).is_some_and(|scheme| scheme != Scheme::Mmsi);
        return if checked { IdentifierLevel::SameChecked } else { IdentifierLevel::Same };
    }
    // Two valid numbers one digit apart are two numbers; a slip makes the check fail, so one side has no scheme then.
    let both_checked = left.scheme.is_some() && right.scheme.is_some();
    if !both_checked && left.value.len() >= 7 && one_character_off(&left.value, &right.value) {
        return IdentifierLevel::OneCharacterOff;
    }
    if left.lasting && right.lasting && left.scheme == right.scheme {
        return IdentifierLevel::OtherLasting;
    }
    IdentifierLevel::Other
}

/// Of equal length, and one character differs or two neighbours changed places.
fn one_character_off(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut differing = (0..left.len()).filter(|place| left.get(*place) != right.get(*place));
    match (differing.next(), differing.next(), differing.next()) {
        (Some(_), None, _) => true,
        (Some(first), Some(second), None) => {
            second == first + 1 && left.get(first) == right.get(second) && left.get(second) == right.get(first)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(property: &str, left: &str, right: &str) -> Option<IdentifierLevel> {
        let scheme =
            plumb_core::ftm::schema("Company").unwrap().property(property).and_then(|property| property.format);
        let read = |value| Identifier::new(property, scheme, value).into_iter().collect::<Vec<_>>();
        best(&read(left), &read(right)).map(|(level, ..)| level)
    }

    #[test]
    fn agreement_is_graded() {
        assert_eq!(level("innCode", "7707083893", "77 0708 3893"), Some(IdentifierLevel::SameChecked));
        assert_eq!(level("innCode", "7707083893", "7707083894"), Some(IdentifierLevel::OneCharacterOff));
        assert_eq!(level("innCode", "7707083893", "7736050003"), Some(IdentifierLevel::OtherLasting));
        assert_eq!(level("registrationNumber", "HRB-77123", "hrb 77123"), Some(IdentifierLevel::Same));
        assert_eq!(level("registrationNumber", "1027700132195", "1027700132195"), Some(IdentifierLevel::SameChecked));
        assert_eq!(level("registrationNumber", "HRB77123", "XX0001"), Some(IdentifierLevel::Other));
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        for value in ["", "---", "1234", "unknown", "нет"] {
            assert_eq!(Identifier::new("registrationNumber", None, value), None, "{value}");
        }
        assert_eq!(Identifier::new("imoNumber", Some("imo"), "IMO 9074729").unwrap().scheme, Some(Scheme::Imo));
    }
}
