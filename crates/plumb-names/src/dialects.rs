//! Given names in Cantonese and Hokkien, as Hong Kong, Singapore and Malaysia spell them, read as the Mandarin syllables of the characters that
//! they may be written with: Chan Kwok Keung, Chen Guoqiang. The table stands in `data/dialects.tsv`.

use std::sync::LazyLock;

use crate::cantonese;
use crate::mandarin::{self, System};
use crate::syllable::Syllable;

struct Dialects {
    /// What is read so in Cantonese, and in Mandarin.
    cantonese: Vec<(Syllable, Syllable)>,
    /// What is spelled so in Hokkien, and read so in Mandarin.
    hokkien: Vec<(&'static str, Syllable)>,
}

static DIALECTS: LazyLock<Dialects> = LazyLock::new(|| {
    let mut dialects = Dialects { cantonese: Vec::new(), hokkien: Vec::new() };
    for row in crate::tables::rows(include_str!("../data/dialects.tsv")) {
        let [dialect, sound, pinyin] = row.as_slice() else { continue };
        let read = pinyin.split(' ').filter_map(|word| mandarin::syllable(word, System::Pinyin));
        let read = read.fold(Syllable::default(), Syllable::or);
        match (*dialect, cantonese::reading(sound)) {
            ("cantonese", Some(heard)) => dialects.cantonese.push((heard, read)),
            ("hokkien", _) => dialects.hokkien.push((sound, read)),
            _ => {}
        }
    }
    dialects
});

/// Every way to read a word of a given name; offsets are bytes in `word`.
pub(crate) fn divisions(word: &str) -> Vec<Vec<Syllable>> {
    let cantonese =
        cantonese::divisions(word).into_iter().filter_map(|syllables| syllables.iter().map(of_cantonese).collect());
    cantonese.chain(of_hokkien(word)).collect()
}

/// Keeps the sets of Cantonese, by which it is told from what is spelled as Mandarin.
fn of_cantonese(syllable: &Syllable) -> Option<Syllable> {
    let meets = |heard: &Syllable| {
        syllable.cantonese_initial & heard.cantonese_initial != 0
            && syllable.cantonese_final & heard.cantonese_final != 0
    };
    let read = DIALECTS.cantonese.iter().filter(|(heard, _)| meets(heard)).map(|(_, read)| *read);
    read.reduce(Syllable::or).map(|read| read.or(*syllable).at(syllable.start, syllable.end))
}

fn of_hokkien(word: &str) -> Option<Vec<Syllable>> {
    let read = DIALECTS.hokkien.iter().filter(|(spelling, _)| *spelling == word).map(|(_, read)| *read);
    let marked = Syllable { cantonese_initial: cantonese::NO_INITIAL, ..Syllable::default() };
    let end = u32::try_from(word.len()).unwrap_or(u32::MAX);
    read.reduce(Syllable::or).map(|read| vec![read.or(marked).at(0, end)])
}

#[cfg(test)]
mod tests {
    use super::divisions;
    use crate::mandarin::{System, syllable};

    #[test]
    fn dialects_are_read_as_mandarin() {
        for (word, pinyin) in [("kwok", "guo"), ("keung", "qiang"), ("wai", "wei"), ("beng", "ming")] {
            let mandarin = syllable(pinyin, System::Pinyin);
            let meets = divisions(word).iter().filter_map(|found| found.first()).any(|read| {
                mandarin.is_some_and(|one| {
                    one.mandarin_initial & read.mandarin_initial != 0 && one.mandarin_final & read.mandarin_final != 0
                })
            });
            assert!(meets, "{word} {pinyin}");
        }
        assert!(divisions("smith").is_empty());
    }
}
