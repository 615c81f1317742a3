//! What lists write into the field of a name besides the name: other spellings, the name in its own script, births and passports.
//!
//! "Maher (a.k.a. Mahir) AL-ASSAD" is two names, "Ali Barkani (Date of birth: 22.8.1973)" a name and a note.

use std::borrow::Cow;

/// What a field of a name says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Told<'a> {
    /// The name by itself.
    pub(crate) name: Cow<'a, str>,
    /// Other names of the same bearer.
    pub(crate) aliases: Vec<String>,
    /// Names too short or too different to go by alone: what friends call a person.
    pub(crate) weak: Vec<String>,
    /// What is no name.
    pub(crate) note: Option<String>,
}

/// Words that begin or fill a remark about a person and are no names.
const REMARKS: [&str; 11] = [
    "passport no",
    "passport number",
    "identification no",
    "identification number",
    "identification card",
    "id number",
    "date of birth",
    "dob:",
    "pob:",
    "born on",
    "born 1",
];
/// What goes before another name.
const OTHERWISE: [&str; 8] =
    ["a.k.a.", "f.k.a.", "aka ", "also known as", "formerly known as", "known as", "aliases:", "alias:"];
/// A spelling of the word before it shares this much with it (Jaro–Winkler, so that beginnings count most); a nickname shares less.
const SPELLING: f64 = 0.75;

/// Takes a field of a name apart, of a person or not. A plain name, as nearly all are, is only borrowed.
pub(crate) fn told(text: &str, is_person: bool) -> Told<'_> {
    let mut told = Told { name: Cow::Borrowed(text), ..Told::default() };
    if may_tell_more(text) {
        let lower = text.to_ascii_lowercase();
        if let Some(place) = remark(&lower) {
            told.note = text.get(place..).map(|note| note.trim_matches(is_edge).to_owned());
            told.name = Cow::Borrowed(text.get(..place).unwrap_or_default().trim_end_matches(is_edge));
        }
        while let Some(open) = otherwise_in_brackets(&told.name) {
            take_bracket(&mut told, open);
        }
        otherwise_behind(&mut told);
    }
    own_script(&mut told);
    if is_person {
        several(&mut told);
    }
    told
}

/// Whether one of [`REMARKS`] or [`OTHERWISE`] may be in a text, in any case: whether it has four letters in a row that one of them has. Nearly
/// no name does, and to look for each word takes longer than a comparison.
fn may_tell_more(text: &str) -> bool {
    text.as_bytes().windows(4).any(|four| {
        // of what they have but letters this changes nothing
        let small = |place: usize| four.get(place).map_or(0, |byte| byte | 0x20);
        matches!(
            &[small(0), small(1), small(2), small(3)],
            b"pass" | b"iden" | b"id n" | b"date" | b"dob:" | b"pob:" | b"born" | b".k.a" | b"aka " | b"know" | b"alia"
        )
    })
}

/// The values of a field that counts them: "(a) German; (b) Algerian", "a) 1964 b) 1965". Any other field is one value.
pub(crate) fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut rest) = (Vec::new(), text.trim().trim_matches('"'));
    let whole = || [text.trim()].into_iter().filter(|text| !text.is_empty()).collect();
    for letter in 'a'..='z' {
        let label = format!("{letter})");
        // a label stands at the beginning or behind a space, with a bracket before it or none
        let place = rest.match_indices(&label).map(|(place, _)| place).find(|place| {
            let before = rest.get(..*place).unwrap_or_default();
            let before = before.strip_suffix('(').unwrap_or(before);
            if letter == 'a' { before.trim().is_empty() } else { before.ends_with(' ') }
        });
        let Some((before, after)) = place.and_then(|place| rest.split_at_checked(place)) else { break };
        parts.push(before);
        rest = after.get(label.len()..).unwrap_or_default();
    }
    if parts.is_empty() {
        return whole();
    }
    parts.push(rest);
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '(');
    let start = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';');
    let parts = parts.into_iter().map(|part| part.trim_start_matches(start).trim_end_matches(ends));
    parts.filter(|part| !part.is_empty()).collect()
}

/// What stands around names and remarks.
fn is_edge(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '(' | ')' | ',' | ';' | '.' | ':')
}

/// Where a remark begins: at its bracket, or at its words; a name must stand before it.
fn remark(lower: &str) -> Option<usize> {
    let word = REMARKS.iter().filter_map(|word| lower.find(word)).min()?;
    let before = lower.get(..word)?;
    let place = before.rfind('(').filter(|open| !before.get(*open..).unwrap_or_default().contains(')')).unwrap_or(word);
    lower.get(..place)?.contains(char::is_alphabetic).then_some(place)
}

fn otherwise_in_brackets(name: &str) -> Option<usize> {
    let lower = name.to_ascii_lowercase();
    lower.match_indices('(').map(|(open, _)| open).find(|open| {
        let inside = lower.get(open + 1..).unwrap_or_default().trim_start();
        inside.contains(')') && OTHERWISE.iter().any(|word| inside.starts_with(word))
    })
}

/// Takes a bracket of other names out of the name. Those of one word that look like the word before it are spellings of that word.
fn take_bracket(told: &mut Told<'_>, open: usize) {
    let name = told.name.clone().into_owned();
    let (before, rest) = name.split_at_checked(open).unwrap_or_default();
    let (inside, after) = rest.trim_start_matches('(').split_once(')').unwrap_or((rest, ""));
    let (before, after) = (before.trim(), after.trim());
    let (front, last) = before.rsplit_once(' ').unwrap_or(("", before));
    for other in names(inside) {
        let like = |word: &str| strsim::jaro_winkler(&word.to_lowercase(), &last.to_lowercase()) >= SPELLING;
        if other.contains(' ') {
            told.aliases.push(other.to_owned());
        } else if like(other) {
            told.aliases.push([front, other, after].join(" ").trim().to_owned());
        } else {
            told.weak.push(other.to_owned());
        }
    }
    told.name = Cow::Owned(format!("{before} {after}").trim().to_owned());
}

/// The names of a bracket or of the end of a field, without what goes before and around them.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let strip = |one: &str| {
        let lower = one.trim_start().to_ascii_lowercase();
        OTHERWISE.iter().find(|word| lower.starts_with(*word)).map_or(0, |word| word.len())
    };
    text.split([',', ';']).flat_map(|one| one.split(" or ")).filter_map(move |one| {
        let one =
            one.trim().get(strip(one)..)?.trim_matches(|letter: char| is_edge(letter) || "'\"‘’“”".contains(letter));
        one.contains(char::is_alphabetic).then_some(one)
    })
}

/// "DOBROLET a.k.a. DOBROLYOT".
fn otherwise_behind(told: &mut Told<'_>) {
    let name = told.name.clone().into_owned();
    let lower = name.to_ascii_lowercase();
    let place = OTHERWISE.iter().filter_map(|word| lower.find(&format!(" {word}"))).min();
    let Some((before, after)) = place.and_then(|place| name.split_at_checked(place)) else { return };
    if before.contains(char::is_alphabetic) {
        for other in names(after) {
            if other.contains(' ') || !before.contains(' ') { &mut told.aliases } else { &mut told.weak }
                .push(other.to_owned());
        }
        told.name = Cow::Owned(before.trim_end_matches(is_edge).to_owned());
    }
}

/// "JANG Chol-hy, JANG Cheul-hy, DJANG Cheul-hy": three names at least, of two words each. Two may be a long family name and a given one.
fn several(told: &mut Told<'_>) {
    if told.name.bytes().filter(|byte| *byte == b',').count() < 2 {
        return;
    }
    let name = told.name.clone().into_owned();
    let mut names: Vec<&str> = name.split(',').map(str::trim).collect();
    if names.len() > 2 && names.iter().all(|name| name.split_whitespace().count() > 1) {
        told.aliases.extend(names.drain(1..).map(str::to_owned));
        told.name = Cow::Owned(names.concat());
    }
}

/// "Andrey TROSHEV Андрей ТРОШЕВ": a name in Latin letters and the same in its own script behind it, two words each at least.
fn own_script(told: &mut Told<'_>) {
    let is_latin = |letter: char| u32::from(letter) < 0x250;
    let Some((place, _)) = told.name.char_indices().find(|(_, letter)| !is_latin(*letter) && letter.is_alphabetic())
    else {
        return;
    };
    let (latin, own) = told.name.split_at_checked(place).unwrap_or_default();
    let words = |text: &str| text.split_whitespace().count();
    let apart =
        latin.ends_with(char::is_whitespace) && own.chars().all(|letter| !letter.is_alphabetic() || !is_latin(letter));
    if apart && words(latin) > 1 && words(own) > 1 && latin.contains(char::is_alphabetic) {
        let (latin, own) = (latin.trim().to_owned(), own.trim().to_owned());
        told.aliases.push(own);
        told.name = Cow::Owned(latin);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(text: &str) -> (String, Vec<String>, Vec<String>, Option<String>) {
        let told = told(text, true);
        (told.name.into_owned(), told.aliases, told.weak, told.note)
    }

    #[test]
    fn names_are_taken_apart() {
        let of = |name: &str, aliases: &[&str], weak: &[&str], note: Option<&str>| {
            let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
            (name.to_owned(), owned(aliases), owned(weak), note.map(str::to_owned))
        };
        for plain in ["KIM, Jong Un", "Bank (Moscow) Ltd", "", "British Passport Office", "Akabane Trading"] {
            assert_eq!(apart(plain), of(plain, &[], &[], None), "{plain}");
        }
        assert_eq!(apart("Maher (a.k.a. Mahir) AL-ASSAD"), of("Maher AL-ASSAD", &["Mahir AL-ASSAD"], &[], None));
        assert_eq!(
            apart("Alexey MILCHAKOV (a.k.a. Fritz, Alexei MILCHAKOV)"),
            of("Alexey MILCHAKOV", &["Alexei MILCHAKOV"], &["Fritz"], None)
        );
        assert_eq!(
            apart("JANG Chol-hy, JANG Cheul-hy, KIM Cheul-hy"),
            of("JANG Chol-hy", &["JANG Cheul-hy", "KIM Cheul-hy"], &[], None)
        );
        assert_eq!(
            apart("Korea General Corporation (Aliases: KOGEN, GENCO)"),
            of("Korea General Corporation", &[], &["KOGEN", "GENCO"], None)
        );
        assert_eq!(apart("DOBROLET a.k.a. DOBROLYOT"), of("DOBROLET", &["DOBROLYOT"], &[], None));
        assert_eq!(apart("Andrey TROSHEV Андрей ТРОШЕВ"), of("Andrey TROSHEV", &["Андрей ТРОШЕВ"], &[], None));
        assert_eq!(
            apart("Ali Barkani (Date of birth: 22.8.1973; place of birth: Morocco)"),
            of("Ali Barkani", &[], &[], Some("Date of birth: 22.8.1973; place of birth: Morocco"))
        );
        assert_eq!(
            apart("Safia Farkash, born 1 Jan. 1953 (Oman passport no 03825239"),
            of("Safia Farkash", &[], &[], Some("born 1 Jan. 1953 (Oman passport no 03825239"))
        );
    }

    #[test]
    fn counted_values_are_taken_apart() {
        for (text, expected) in [
            ("(a) German; (b) Algerian", &["German", "Algerian"][..]),
            ("\"(a) Russian; (b) Georgian\"", &["Russian", "Georgian"]),
            ("a) 1964 b) 28.8.1962", &["1964", "28.8.1962"]),
            ("(a) Egypt", &["Egypt"]),
            ("Congo (Kinshasa)", &["Congo (Kinshasa)"]),
            ("Plant (b) of the works", &["Plant (b) of the works"]),
            ("(a)", &[]),
            ("", &[]),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn every_word_is_looked_for() {
        for word in REMARKS.iter().chain(&OTHERWISE) {
            assert!(may_tell_more(word) && may_tell_more(&format!("x{}", word.to_uppercase())), "{word}");
        }
        assert!(!may_tell_more("KIM, Jong Un (Moscow)"));
    }

    #[test]
    fn hostile_text_is_cut_nowhere_but_between_letters() {
        for text in [
            "(a.k.a.",
            "(a.k.a. )",
            "İ (a.k.a. ẞ) passport",
            " a.k.a. ",
            "(((((a.k.a. a) b",
            "passport",
            "İİİ passport",
            "К a.k.a. К",
        ] {
            apart(text);
            let _parts = parts(text);
        }
    }
}
