//! Names given twice in one text, in two languages or in full and short: "Foreign Trade Bank (Banco de Comercio Exterior)".

use plumb_names::{Name, Part, Role, Script};

use super::profile::KnownAs;

/// The two names that a text may hold: before and in a last bracket, or in two scripts one behind the other.
pub(super) fn halves(text: &str) -> Option<[&str; 2]> {
    bracketed(text).or_else(|| in_two_scripts(text))
}

/// Whether two halves are names of one body: a second name, and not where a branch is or what kind of firm the other half is. A second name is
/// one long word, or is written in another script, or says again what the first says; and none has a number, which the other would have lost.
pub(super) fn are_names(before: &KnownAs, behind: &KnownAs) -> bool {
    let has_number = |name: &Name| name.parts.iter().any(|part| part.role == Role::Number);
    let says_again = |part: &Part| {
        counted(&before.name).any(|other| part.concept != 0 && part.concept == other.concept || part.key == other.key)
    };
    let is_second = is_long_word(behind) || in_other_script(before, behind) || counted(&behind.name).any(says_again);
    !has_number(&before.name) && !has_number(&behind.name) && is_second && is_name(behind)
}

/// Whether a half is a name by itself.
pub(super) fn is_name(known_as: &KnownAs) -> bool {
    let has_own = counted(&known_as.name).any(|part| part.role == Role::Name && part.latin.len() >= FEWEST_LETTERS);
    has_own
        || is_long_word(known_as)
        || counted(&known_as.name).flat_map(|part| part.folded.split(' ')).count() >= FEWEST_WORDS
}

/// Words that say what is meant.
fn counted(name: &Name) -> impl Iterator<Item = &Part> {
    name.parts.iter().filter(|part| !matches!(part.role, Role::Stop | Role::LegalForm | Role::Number))
}

/// A short form of a name in one word, as Bundesnachrichtendienst; shorter ones are mostly first letters, which are read elsewhere.
fn is_long_word(known_as: &KnownAs) -> bool {
    let is_place = known_as.name.parts.iter().all(|part| part.role == Role::Location);
    !is_place && !known_as.text.contains([' ', '-', '.']) && known_as.text.chars().count() >= LONG_WORD
}

fn in_other_script(before: &KnownAs, behind: &KnownAs) -> bool {
    let script = |known_as: &KnownAs| known_as.name.parts.first().map(|part| part.script);
    script(before) != script(behind)
}

/// Letters of a word that is a name by itself beside others.
const FEWEST_LETTERS: usize = 4;
/// The same of a word alone.
const LONG_WORD: usize = 7;
/// Words of a name without such a word: two in brackets are mostly a place and a word of trade.
const FEWEST_WORDS: usize = 3;

fn bracketed(text: &str) -> Option<[&str; 2]> {
    let open = text.trim_end().strip_suffix([')', '）'])?;
    let (before, inside) = open.rsplit_once(['(', '（'])?;
    (!before.trim().is_empty()).then(|| [before.trim(), inside.trim()])
}

/// 中远海运油运大连 COSCO SHIPPING TANKER DALIAN: a blank or sign stands between a half in Latin letters and one in none.
fn in_two_scripts(text: &str) -> Option<[&str; 2]> {
    if text.is_ascii() {
        return None;
    }
    let is_latin = |letter: char| plumb_names::script_of(letter) == Some(Script::Latin);
    let is_other = |letter: char| {
        plumb_names::script_of(letter).is_some_and(|script| !matches!(script, Script::Latin | Script::Digit))
    };
    let first_is_latin = is_latin(text.chars().find(|letter| letter.is_alphabetic())?);
    let changes = |letter: char| if first_is_latin { is_other(letter) } else { is_latin(letter) };
    let (before, behind) = text.split_at_checked(text.find(changes)?)?;
    let goes_back = behind.chars().any(|letter| if first_is_latin { is_latin(letter) } else { is_other(letter) });
    let is_apart = before.ends_with(|letter: char| !letter.is_alphanumeric());
    let latin = if first_is_latin { before } else { behind };
    let has_words = latin.split_whitespace().count() >= 2;
    (is_apart && has_words && !goes_back).then(|| [before, behind].map(|half| half.trim_matches(is_between)))
}

/// What stands between the halves.
fn is_between(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '(' | '/' | ',' | ';' | '-' | '–' | '—' | '|')
}

#[cfg(test)]
mod tests {
    use super::halves;

    #[test]
    fn two_names_in_one_text_are_told_apart() {
        assert_eq!(halves("Nippon Steel (Shin Nippon Seitetsu)"), Some(["Nippon Steel", "Shin Nippon Seitetsu"]));
        assert_eq!(halves("中远海运油运 COSCO SHIPPING"), Some(["中远海运油运", "COSCO SHIPPING"]));
        assert_eq!(halves("Zarya Trading — Торговая компания Заря"), Some(["Zarya Trading", "Торговая компания Заря"]));
        assert_eq!(
            (halves("三菱UFJ銀行"), halves("(Alder)"), halves("Alder (Oslo) Ltd"), halves("")),
            (None, None, None, None)
        );
    }
}
