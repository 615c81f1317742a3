//! Vowels of two words that have the same consonants: whether they differ as spellings of one name do (Osama, Usama), or as two names do
//! (Salami, Salimi).
//!
//! Of words in Latin letters that differ in one vowel alone, this share are forms of one name in the name groups of OpenSanctions rigour: of o and
//! u one in six, of e and i one in seven, of a and e one in nine; of a and i one in sixty, of i and o one in seventy, of i and u or a and u
//! one in twenty-five. At the end of a word a and o, e and o, and e and u are as far apart as these, and at the beginning e and o and e and u
//! (Orhan, Erhan).

use crate::spelling::is_vowel;

/// Of words that differ so one in twenty at most is a form of the other.
const FAR: [[u8; 2]; 4] = [*b"ai", *b"io", *b"iu", *b"au"];
/// The same of the last letters.
const FAR_AT_END: [[u8; 2]; 6] = [*b"ao", *b"eo", *b"io", *b"au", *b"eu", *b"iu"];

/// The same of the first letters.
const FAR_AT_BEGINNING: [[u8; 2]; 6] = [*b"ai", *b"eo", *b"io", *b"au", *b"eu", *b"iu"];

/// Whether two keys begin with vowels that are far apart.
pub(crate) fn begin_apart(left: &str, right: &str) -> bool {
    let (l, r) = (run(left.as_bytes()).0, run(right.as_bytes()).0);
    are_of(&FAR_AT_BEGINNING, l, r)
}

/// Whether two keys with the same consonants have vowels in one place that are far apart.
pub(crate) fn are_far(left: &str, right: &str) -> bool {
    let (mut left, mut right) = (left.as_bytes(), right.as_bytes());
    loop {
        let ((l, l_rest), (r, r_rest)) = (run(left), run(right));
        let is_last = l_rest.is_empty() && r_rest.is_empty();
        if are_of(if is_last { &FAR_AT_END } else { &FAR }, l, r) {
            return true;
        }
        let (Some((l, l_rest)), Some((r, r_rest))) = (l_rest.split_first(), r_rest.split_first()) else { return false };
        if l != r {
            return false;
        }
        (left, right) = (l_rest, r_rest);
    }
}

/// Whether each is one vowel, and the two are a pair of these. Two vowels in a row are spelled in many ways.
fn are_of(far: &[[u8; 2]], left: &[u8], right: &[u8]) -> bool {
    matches!((left, right), ([l], [r]) if far.contains(&[*l.min(r), *l.max(r)]))
}

/// The vowels that letters begin with, and the rest.
fn run(letters: &[u8]) -> (&[u8], &[u8]) {
    letters.split_at(letters.iter().position(|letter| !is_vowel(*letter)).unwrap_or(letters.len()))
}

#[cfg(test)]
mod tests {
    use super::{are_far, begin_apart};

    #[test]
    fn vowels_are_near_or_far() {
        for (one, two) in [("salami", "salimi"), ("yuko", "yuka"), ("nowicki", "nowacki"), ("said", "sad")] {
            assert_eq!(are_far(one, two), one != "said", "{one} {two}");
        }
        for (one, two) in
            [("osama", "usama"), ("husein", "hosain"), ("akeksei", "alekse"), ("", "a"), ("marina", "marini")]
        {
            assert!(!are_far(one, two), "{one} {two}");
        }
        assert!(begin_apart("orhan", "erhan") && !begin_apart("osama", "usama") && !begin_apart("aisha", "isha"));
    }
}
