//! Texts that hold two names: "Meta Platforms (formerly Facebook)", "기업은행 (IBK)", Ismael "El Mayo" Zambada.

use plumb_names::Script;

/// Words behind which another name of the same body stands, in small letters; the longest of those that begin alike first.
const MARKS: [&str; 26] = [
    "formerly known as",
    "previously known as",
    "also known as",
    "now known as",
    "trading as",
    "doing business as",
    "formerly called",
    "formerly named",
    "formerly",
    "previously",
    "f.k.a.",
    "f/k/a",
    "fka",
    "a.k.a.",
    "a/k/a",
    "aka",
    "d/b/a",
    "t/a",
    "n/k/a",
    "now",
    "ранее",
    "прежнее название",
    "бывший",
    "бывшее",
    "бывшая",
    "vormals",
];

/// Marks that are words of names too: they count only in brackets or behind a comma.
const ALSO_WORDS: [&str; 4] = ["now", "previously", "formerly", "ранее"];

/// What the marks have in common that stand in a name without brackets and other signs.
const MOST_WITHOUT_SIGNS: [&str; 6] = ["known as", " as ", " fka ", " aka ", " AKA ", "k.a."];

/// The names that one text holds: what stands before such words, and what stands behind them. Nothing if it holds one.
pub(super) fn names(text: &str) -> Option<[&str; 2]> {
    // of most names it is plain that they hold one
    if !text.contains(['(', '[', ',', ';', '/']) && !MOST_WITHOUT_SIGNS.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let small = text.to_ascii_lowercase();
    let (at, length) = first_mark(&small)?;
    let before = text.get(..at)?.trim_end_matches(is_between);
    let after = text.get(at + length..)?.trim_matches(is_between);
    // what follows the closing bracket belongs to the first name
    let after = after.split(')').next().unwrap_or(after).trim_end_matches(is_between);
    (has_letters(before) && has_letters(after)).then_some([before, after])
}

/// What stands before brackets at the end of a name, and in them: "Rosfinmonitoring (Росфинмониторинг)" may hold two names.
pub(super) fn bracketed(text: &str) -> Option<[&str; 2]> {
    let (before, behind) = text.split_once('(')?;
    let inside = behind.trim_end().strip_suffix(')')?;
    (!inside.contains(['(', ')']) && has_letters(before) && has_letters(inside)).then(|| [before.trim(), inside.trim()])
}

/// Two names in two scripts, one behind the other: 中远海运 COSCO SHIPPING, Zarya Trading — Торговая компания Заря. Of the letters one half is Latin and one is not,
/// and a blank or sign stands between them.
pub(super) fn in_two_scripts(text: &str) -> Option<[&str; 2]> {
    if text.is_ascii() {
        return None;
    }
    let script = |letter: char| plumb_names::script_of(letter).filter(|script| *script != Script::Digit);
    let is_latin = |letter: char| script(letter).map(|script| script == Script::Latin);
    let first = text.chars().find_map(is_latin)?;
    let changes = |letter: char| is_latin(letter) == Some(!first);
    let (before, behind) = text.split_at_checked(text.find(changes)?)?;
    let goes_back = behind.chars().any(|letter| is_latin(letter) == Some(first));
    let is_apart = before.ends_with(|letter: char| !letter.is_alphanumeric());
    let names = [before, behind].map(|name| name.trim_matches(is_between));
    (is_apart && !goes_back && names.iter().all(|name| has_letters(name))).then_some(names)
}

/// A person's name without what stands in it in quotation marks: Ismael "El Mayo" Zambada.
pub(super) fn without_nickname(text: &str) -> Option<String> {
    let (before, rest) = text.split_once(['"', '“', '«', '„'])?;
    let (nickname, after) = rest.split_once(['"', '”', '»', '“'])?;
    let name = format!("{} {}", before.trim(), after.trim());
    let is_whole = name.split_whitespace().nth(1).is_some() && has_letters(nickname);
    is_whole.then(|| name.trim().to_owned())
}

/// Where the first mark stands as words of its own, and how long it is.
fn first_mark(small: &str) -> Option<(usize, usize)> {
    let begins = small.match_indices([' ', '(', ',', '[']).map(|(at, _)| at + 1);
    begins.filter_map(|at| small.split_at_checked(at)).find_map(|(before, rest)| {
        // looked at only where a mark stands: behind a hundred thousand blanks it would be as many times as many
        let opens = || before.trim_end().ends_with(['(', ',', ';', '[', '-', '–', '—']);
        let stands = |mark: &&&str| {
            let behind = rest.strip_prefix(**mark);
            let is_word = behind.is_some_and(|behind| behind.starts_with([' ', ':', ',']));
            is_word && (!ALSO_WORDS.contains(*mark) || opens())
        };
        MARKS.iter().find(stands).map(|mark| (before.len(), mark.len()))
    })
}

/// What stands between the names.
fn is_between(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '(' | ')' | '[' | ']' | ',' | ';' | ':' | '-' | '–' | '—' | '"')
}

fn has_letters(text: &str) -> bool {
    text.chars().filter(|letter| letter.is_alphabetic()).nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::{bracketed, in_two_scripts, names, without_nickname};

    #[test]
    fn two_names_in_one_are_told_apart() {
        assert_eq!(names("Alder Mills (formerly Birch & Sons)"), Some(["Alder Mills", "Birch & Sons"]));
        assert_eq!(names("Alder Mills Ltd f/k/a Birch Ltd"), Some(["Alder Mills Ltd", "Birch Ltd"]));
        assert_eq!(names("Birch, formerly known as Alder (Oslo)"), Some(["Birch", "Alder (Oslo"]));
        assert_eq!(names("ООО «Заря» (ранее «Рассвет»)"), Some(["ООО «Заря»", "«Рассвет»"]));
        assert_eq!(names(&format!("Alder,{}Mills", " ".repeat(100_000))), None);
        assert_eq!((names("Now Airlines"), names("Formerly Ltd"), names("Take Now Ltd")), (None, None, None));
    }

    #[test]
    fn names_in_brackets_and_quotation_marks_are_told_apart() {
        assert_eq!(bracketed("기업은행 (IBK)"), Some(["기업은행", "IBK"]));
        assert_eq!((bracketed("Alder (A) Mills"), bracketed("(IBK)"), bracketed("Alder (2)")), (None, None, None));
        assert_eq!(in_two_scripts("中远海运油运 COSCO SHIPPING"), Some(["中远海运油运", "COSCO SHIPPING"]));
        assert_eq!(in_two_scripts("Zarya Trading — Торговая Заря"), Some(["Zarya Trading", "Торговая Заря"]));
        assert_eq!(
            (in_two_scripts("三菱UFJ銀行"), in_two_scripts("Alder Mills"), in_two_scripts("")),
            (None, None, None)
        );
        assert_eq!(without_nickname("Ismael \"El Mayo\" Zambada").as_deref(), Some("Ismael Zambada"));
        assert_eq!((without_nickname("\"El Mayo\""), without_nickname("\"El Mayo\" Zambada")), (None, None));
    }
}
