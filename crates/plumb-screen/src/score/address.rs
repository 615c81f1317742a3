//! Addresses: compared as bags of words, enough to help a match and never to decide one.

use super::level::{self, levels};

levels! {
    /// How far two addresses agree.
    AddressLevel of "address" {
        /// Nearly all words of the shorter are in the longer, numbers included.
        Same = "same",
        /// At least half of the words of the shorter are in the longer.
        Near = "near",
        /// Less.
        Other = "other",
    }
}

/// An address made comparable: its words in order, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// Lower-case words of letters and digits, sorted.
    pub words: Vec<String>,
}

/// Longer addresses are cut: nothing after so many words tells places apart.
const MOST_WORDS: usize = 24;
/// An address of one or two words is a town or a country, and those are compared elsewhere.
const FEWEST_WORDS: usize = 3;

impl Address {
    /// Makes an address comparable. `None` when it has too few words to tell places apart.
    pub fn new(text: &str) -> Option<Self> {
        let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let mut words: Vec<String> = words.take(MOST_WORDS).map(str::to_lowercase).collect();
        words.sort_unstable();
        words.dedup();
        (words.len() >= FEWEST_WORDS).then_some(Self { words })
    }

    fn compare(&self, other: &Self) -> AddressLevel {
        let common = |wanted: fn(&str) -> bool| {
            self.words.iter().filter(|word| wanted(word) && other.words.binary_search(word).is_ok()).count()
        };
        let is_number = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
        let numbers = |address: &Self| address.words.iter().filter(|word| is_number(word)).count();
        let shorter = self.words.len().min(other.words.len());
        let shared = common(|_| true);
        let numbers_agree =
            common(|word| word.bytes().any(|byte| byte.is_ascii_digit())) == numbers(self).min(numbers(other));
        // four fifths leave room for one spelling in five, such as "str." for "street"
        if shared * 5 >= shorter * 4 && numbers_agree {
            AddressLevel::Same
        } else if shared * 2 >= shorter {
            AddressLevel::Near
        } else {
            AddressLevel::Other
        }
    }
}

/// The best agreement between any two addresses, and which they are. `None` when a side has none.
pub fn best<'a>(left: &'a [Address], right: &'a [Address]) -> Option<(AddressLevel, &'a Address, &'a Address)> {
    level::best(left.iter(), &right.iter(), Address::compare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_decide_and_numbers_must_agree() {
        let level = |left, right| Address::new(left).unwrap().compare(&Address::new(right).unwrap());
        let here = "Tongdaewon Street 14, Central District, Pyongyang";
        assert_eq!(level(here, "14 Tongdaewon Street, Pyongyang"), AddressLevel::Same);
        assert_eq!(level(here, "Tongdaewon Street 15, Central District, Pyongyang"), AddressLevel::Near);
        assert_eq!(level(here, "7 Lenin Street, Ufa"), AddressLevel::Other);
        assert_eq!(Address::new("Pyongyang, DPRK"), None);
    }
}
