//! Slips in the words of legal forms: "Limted Liability Compnay" is no name.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::latin;
use crate::script::{Script, script_of};

/// Letters from which on a word with one slip can hardly be another word.
const SHORTEST: usize = 7;

/// A word of a legal form.
struct Word {
    whole: String,
    letters: Vec<char>,
    set: u64,
}

/// The words of legal forms that are long enough, by their first letter; those that stand in most forms first.
static WORDS: LazyLock<FxHashMap<char, Vec<Word>>> = LazyLock::new(|| {
    let mut forms: FxHashMap<Cow<'static, str>, u32> = FxHashMap::default();
    for word in crate::lexicon::legal_phrases().flat_map(|phrase| phrase.split(' ')) {
        for written in [word.into(), romanised(word)] {
            *forms.entry(written).or_default() += 1;
        }
    }
    let mut words: Vec<_> = forms.into_iter().filter(|(word, _)| word.chars().count() >= SHORTEST).collect();
    words.sort_unstable_by(|(one, in_one), (other, in_other)| in_other.cmp(in_one).then_with(|| one.cmp(other)));
    let mut by_first: FxHashMap<char, Vec<_>> = FxHashMap::default();
    for (whole, _) in words {
        let letters: Vec<char> = whole.chars().collect();
        let first = letters.first().copied().unwrap_or_default();
        by_first.entry(first).or_default().push(Word { set: set(&whole), letters, whole: whole.into_owned() });
    }
    by_first
});

/// Which letters a word has: a bit each, by number modulo 64.
fn set(word: &str) -> u64 {
    word.chars().fold(0, |bits, letter| bits | 1 << (u32::from(letter) % 64))
}

/// A Russian word as lists write it in Latin letters; other words as they are.
fn romanised(word: &str) -> Cow<'_, str> {
    let cyrillic = word.chars().all(|letter| script_of(letter) == Some(Script::Cyrillic));
    if cyrillic { latin::romanise(word, word, Script::Cyrillic) } else { word.into() }
}

/// The word of a legal form that a word must have been meant for: one letter of it is wrong, missing or too many, but not the first, or two
/// have changed places. Nothing if the word stands in more forms as it is.
pub(crate) fn mended(folded: &str) -> Option<&'static str> {
    let first = folded.chars().next().filter(|_| folded.len() + 1 >= SHORTEST)?;
    let near = WORDS.get(&first)?;
    let (set, count) = (set(folded), folded.chars().count());
    // a step changes one letter for another at most: nearly no word is as near, and none is looked at closer
    let without_one = |bits: u64| bits & bits.wrapping_sub(1);
    let may_be =
        |word: &&Word| word.letters.len().abs_diff(count) <= 1 && without_one(without_one(word.set ^ set)) == 0;
    let mut near = near.iter().filter(may_be).peekable();
    near.peek()?;
    let letters: Vec<char> = folded.chars().collect();
    let word = near.find(|word| is_one_step(&word.letters, &letters))?;
    (word.whole != folded).then_some(word.whole.as_str())
}

/// Whether one letter added, left out or changed, or two that change places, make one word of the other.
fn is_one_step(one: &[char], other: &[char]) -> bool {
    if one.len().abs_diff(other.len()) > 1 {
        return false;
    }
    let before = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let (one, other) = (one.get(before..).unwrap_or_default(), other.get(before..).unwrap_or_default());
    let after = one.iter().rev().zip(other.iter().rev()).take_while(|(one, other)| one == other).count();
    let middle = |letters: usize| ..letters - after;
    match (one.get(middle(one.len())).unwrap_or_default(), other.get(middle(other.len())).unwrap_or_default()) {
        ([one, two], [first, second]) => one == second && two == first,
        (one, other) => one.len() <= 1 && other.len() <= 1,
    }
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn one_slip_is_mended() {
        assert_eq!(mended("compnay"), Some("company"));
        assert_eq!(mended("limihted"), Some("limited"));
        assert_eq!(mended("ответсвенностью"), Some("ответственностью"));
        assert_eq!(mended("ogranchennoi"), Some("ogranichennoi"));
        assert_eq!((mended("company"), mended("comapyn"), mended("trading")), (None, None, None));
    }
}
