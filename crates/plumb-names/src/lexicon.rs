//! Words with a meaning: legal forms, generic words, honorifics, words of descent, numbers. The tables stand in `data/`.

use std::sync::{LazyLock, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::draft::Draft;
use crate::han;
use crate::hash;
use crate::inflection;
use crate::name::{Kind, Part, Role};
use crate::normal::fold;
use crate::script::{Script, script_of};

/// What a word or phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub role: Role,
    pub concept: u32,
    /// Value of a number word.
    pub number: Option<u32>,
}

/// What the tables hold of words in a row.
#[derive(Debug, Default)]
struct Entry {
    /// What they mean, if they are a phrase.
    meaning: Option<Meaning>,
    /// Whether longer phrases begin so.
    goes_on: bool,
    /// The phrase as a part, from when it is first met.
    draft: OnceLock<Draft>,
}

/// A phrase of the tables.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Phrase {
    words: &'static str,
    pub meaning: Meaning,
    draft: &'static OnceLock<Draft>,
}

impl Phrase {
    /// The phrase as a part of a name.
    pub(crate) fn draft(&self) -> &'static Draft {
        let script = || self.words.chars().find_map(script_of).unwrap_or(Script::Other);
        self.draft.get_or_init(|| Draft::of_phrase(self.words, script(), self.meaning))
    }
}

/// What is known of words in a row.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known {
    /// The phrase that they are.
    pub phrase: Option<Phrase>,
    /// Whether longer phrases begin so.
    pub goes_on: bool,
}

/// Phrases, and what they begin with, by their folded words joined with blanks.
type Phrases = FxHashMap<String, Entry>;

struct Lexicon {
    organisation: Phrases,
    /// Places that bodies are named after, but for those that persons may be named after too.
    places: Phrases,
    /// Words of the phrases of organisations and places that other forms lead to, see [`crate::inflection`].
    bases: FxHashSet<String>,
    /// Words that are written together with the word behind them: Bundesbank.
    prefixes: Vec<(String, Meaning)>,
    /// What kind of place a place is, which stands behind its name or not: city, 省.
    units: FxHashSet<String>,
    /// Cyrillic phrases of organisations in Latin letters, by the keys of their words joined with blanks, and beginnings of them:
    /// lists write "obshchestvo s ogranichennoi otvetstvennostyu" in many spellings.
    romanised: Phrases,
    person: Phrases,
    vessel: Phrases,
    address: Phrases,
    nicknames: FxHashMap<u64, Vec<u64>>,
    /// Rows of `data/twins.txt` and the side of the bar, by the hash of the key.
    twins: FxHashMap<u64, Vec<(usize, usize)>>,
}

/// The longest phrase of the tables, in words.
pub(crate) const LONGEST_PHRASE: usize = 6;
/// The longest word looked for inside unspaced text, in characters ("조선민주주의인민공화국" has 11).
const LONGEST_UNSPACED: usize = 12;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon {
        organisation: FxHashMap::default(),
        places: FxHashMap::default(),
        bases: FxHashSet::default(),
        prefixes: Vec::new(),
        units: FxHashSet::default(),
        romanised: FxHashMap::default(),
        person: FxHashMap::default(),
        vessel: FxHashMap::default(),
        address: FxHashMap::default(),
        nicknames: FxHashMap::default(),
        twins: twins(),
    };
    let same = own_words(&mut lexicon);
    lexicon.bases = bases(&lexicon);
    let one = |concept: &str| hash::concept(same.get(concept).copied().unwrap_or(concept));
    for row in crate::tables::rows(include_str!("../data/legal_forms.tsv")) {
        if let [phrase, form] = row.as_slice()
            // "ii" is a form somewhere; in names it is a number
            && roman(phrase).is_none()
        {
            let meaning = Meaning { role: Role::LegalForm, concept: one(form), number: None };
            insert(&mut lexicon.organisation, (*phrase).to_owned(), meaning);
        }
    }
    for row in crate::tables::rows(include_str!("../data/generic_words.tsv")) {
        if let [phrase, concept] = row.as_slice()
            // what the tables by hand say of a word they say of its forms
            && !is_form(&lexicon, phrase)
        {
            let meaning = Meaning { role: Role::Generic, concept: one(concept), number: None };
            insert(&mut lexicon.organisation, (*phrase).to_owned(), meaning);
        }
    }
    lexicon.bases = bases(&lexicon);
    insert_based(&mut lexicon);
    romanise_phrases(&mut lexicon);
    let given_names = [
        include_str!("../data/nicknames.txt"),
        include_str!("../data/short_names.txt"),
        include_str!("../data/east_slavic_names.txt"),
    ];
    for line in given_names.iter().flat_map(|names| names.lines()).filter(|line| !line.starts_with('#')) {
        let names: Vec<u64> = line.split(' ').map(|name| hash::hash(&crate::spelling::key(name))).collect();
        for name in &names {
            lexicon.nicknames.entry(*name).or_default().extend(names.iter().filter(|other| *other != name));
        }
    }
    lexicon
});

/// Tables by hand. Of two that hold a phrase the first counts.
const OWN_WORDS: [&str; 6] = [
    include_str!("../data/words.tsv"),
    include_str!("../data/firm_names.tsv"),
    include_str!("../data/trades.tsv"),
    include_str!("../data/state.tsv"),
    include_str!("../data/industry.tsv"),
    include_str!("../data/ships.tsv"),
];

/// Which concepts are one, by the name that goes.
fn same_concepts() -> FxHashMap<&'static str, &'static str> {
    let rows = OWN_WORDS.into_iter().flat_map(crate::tables::rows);
    let same = rows.filter_map(|row| match row.as_slice() {
        ["same", concept, others] => Some((*concept, *others)),
        _ => None,
    });
    same.flat_map(|(concept, others)| others.split(' ').map(move |other| (other, concept))).collect()
}

/// Fills in the tables by hand; answers which concepts are one.
fn own_words(lexicon: &mut Lexicon) -> FxHashMap<&'static str, &'static str> {
    let same = same_concepts();
    for row in crate::tables::rows(include_str!("../data/places.tsv")) {
        let [_, concept, words] = row.as_slice() else { continue };
        let meaning = Meaning { role: Role::Location, concept: hash::concept(concept), number: None };
        words.split('|').for_each(|word| insert(&mut lexicon.places, phrase(word), meaning));
    }
    for row in OWN_WORDS.into_iter().flat_map(crate::tables::rows) {
        let [role, concept, words] = row.as_slice() else { continue };
        let concept = same.get(concept).unwrap_or(concept);
        let meaning = |role| Meaning { role, concept: hash::concept(concept), number: concept.parse().ok() };
        for word in words.split('|').map(phrase) {
            match *role {
                "generic" => insert(&mut lexicon.organisation, word, meaning(Role::Generic)),
                // a word that tells bearers apart and is translated all the same: Red Star, Красная звезда
                "name" => insert(&mut lexicon.organisation, word, meaning(Role::Name)),
                "legal" => insert(&mut lexicon.organisation, word, meaning(Role::LegalForm)),
                "location" => insert(&mut lexicon.organisation, word, meaning(Role::Location)),
                "stop" => insert(&mut lexicon.organisation, word, meaning(Role::Stop)),
                "honorific" => insert(&mut lexicon.person, word, meaning(Role::Honorific)),
                "relation" => insert(&mut lexicon.person, word, meaning(Role::Relation)),
                "number" => {
                    insert(&mut lexicon.vessel, word.clone(), meaning(Role::Number));
                    insert(&mut lexicon.organisation, word, meaning(Role::Number));
                }
                "prefix" => lexicon.prefixes.push((word, meaning(Role::Generic))),
                "unit" => {
                    lexicon.units.insert(word);
                }
                "vessel" => insert(&mut lexicon.vessel, word, meaning(Role::Generic)),
                // a word of a ship's name that is shortened or translated: St. Nicholas, Adm. Kuznetsov
                "shipname" => insert(&mut lexicon.vessel, word, meaning(Role::Name)),
                "address" => insert(&mut lexicon.address, word, meaning(Role::Generic)),
                _ => {}
            }
        }
    }
    same
}

fn twins() -> FxHashMap<u64, Vec<(usize, usize)>> {
    let mut twins: FxHashMap<u64, Vec<(usize, usize)>> = FxHashMap::default();
    let rows = include_str!("../data/twins.txt").lines().filter(|line| !line.starts_with('#'));
    for (row, line) in rows.enumerate() {
        for (side, words) in line.split('|').enumerate() {
            for word in words.split(' ').map(fold) {
                let script = word.chars().find_map(script_of).unwrap_or(Script::Other);
                let key = crate::spelling::key(&crate::latin::romanise(&word, &word, script));
                twins.entry(hash::hash(&key)).or_default().push((row, side));
            }
        }
    }
    twins
}

/// Whether two parts are names that agree in their consonants and are known to be two: Hassan, Hussein.
pub(crate) fn are_twins(left: &Part, right: &Part) -> bool {
    let places = |part: &Part| LEXICON.twins.get(&part.forms.key).map_or(&[][..], Vec::as_slice);
    let (left, right) = (places(left), places(right));
    let same = || left.iter().any(|place| right.contains(place));
    left.iter().any(|(row, _)| right.iter().any(|(other, _)| row == other)) && !same()
}

/// Shorter words of Russian are names in other languages: dom, mir.
const SHORTEST_ROMANISED: usize = 6;

fn romanise_phrases(lexicon: &mut Lexicon) {
    let cyrillic = |phrase: &str| {
        phrase.chars().all(|letter| matches!(letter, ' ' | '~') || script_of(letter) == Some(Script::Cyrillic))
    };
    let of = lexicon.organisation.iter().chain(&lexicon.places);
    let whole = of.filter(|(phrase, _)| cyrillic(phrase)).filter_map(|(phrase, known)| Some((phrase, known.meaning?)));
    let forms = whole.flat_map(|(phrase, meaning)| {
        inflection::forms(phrase, meaning.role == Role::Location).into_iter().map(move |form| (form, meaning))
    });
    let mut phrases: Vec<_> = forms.collect();
    // of two that are spelled alike in Latin letters the first counts, whatever the order of the map
    phrases.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (phrase, meaning) in phrases {
        let key = |word: &str| crate::spelling::key(&crate::latin::romanise(word, word, Script::Cyrillic));
        let words: Vec<_> = phrase.split(' ').map(key).collect();
        let whole = words.join(" ");
        if whole.len() < SHORTEST_ROMANISED {
            continue;
        }
        insert(&mut lexicon.romanised, whole, meaning);
    }
}

/// The words that other forms lead to: stems, and Arabic words without what is written together with them.
fn bases(lexicon: &Lexicon) -> FxHashSet<String> {
    let words = lexicon.organisation.keys().chain(lexicon.places.keys()).flat_map(|phrase| phrase.split(' '));
    words.filter(|word| inflection::is_base(word)).map(str::to_owned).collect()
}

/// Whether a word leads to another that has a meaning by itself, and not only in phrases.
fn is_form(lexicon: &Lexicon, word: &str) -> bool {
    let script = word.chars().find_map(script_of).unwrap_or(Script::Other);
    let means = |base: &str| {
        [&lexicon.organisation, &lexicon.places]
            .into_iter()
            .any(|phrases| phrases.get(base).is_some_and(|entry| entry.meaning.is_some()))
    };
    inflection::base(word, script, |word| lexicon.bases.get(word)).is_some_and(|base| means(base))
}

/// Enters phrases once more with the words that theirs are forms of, as they are looked for: академи~ наук, академи~ наук~.
fn insert_based(lexicon: &mut Lexicon) {
    let bases = &lexicon.bases;
    let based = |phrase: &String| {
        let base = |word: &str| {
            let script = word.chars().find_map(script_of).unwrap_or(Script::Other);
            inflection::base(word, script, |word| bases.get(word).cloned()).unwrap_or_else(|| word.to_owned())
        };
        phrase.split(' ').map(base).collect::<Vec<_>>().join(" ")
    };
    let of = lexicon.organisation.iter().filter(|(phrase, _)| phrase.contains(' '));
    let found = of.filter_map(|(phrase, entry)| Some((phrase, based(phrase), entry.meaning?)));
    let mut found: Vec<_> =
        found.filter(|(phrase, based, _)| *phrase != based).map(|(_, based, meaning)| (based, meaning)).collect();
    // of two that lead to one the first counts, whatever the order of the map
    found.sort_by(|(one, of_one), (other, of_other)| (one, of_one.concept).cmp(&(other, of_other.concept)));
    for (based, meaning) in found {
        insert(&mut lexicon.organisation, based, meaning);
    }
}

/// The word of the tables that a word is a form of; nothing if it stands there itself or is in none.
pub(crate) fn base(folded: &str, script: Script) -> Option<&'static str> {
    let bases = &LEXICON.bases;
    inflection::base(folded, script, |word| bases.get(word).map(String::as_str))
}

/// Letters of a word from which on it may be two written together, and of the second of them.
const SHORTEST_COMPOUND: usize = 6;
const SHORTEST_SECOND: usize = 4;

/// The two words of the tables that a word of an organisation is made of, and the length of the first in bytes: Bundesbank, Mashzavod.
pub(crate) fn compound(folded: &str) -> Option<(usize, Meaning, Meaning)> {
    if folded.chars().count() < SHORTEST_COMPOUND {
        return None;
    }
    LEXICON.prefixes.iter().find_map(|(prefix, first)| {
        let rest = folded.strip_prefix(prefix.as_str()).filter(|rest| rest.chars().count() >= SHORTEST_SECOND)?;
        let second = meaning(rest, Kind::Organisation).filter(|meaning| meaning.role == Role::Generic);
        let romanised = || romanised(&crate::spelling::key(rest)).phrase.map(|phrase| phrase.meaning);
        second.or_else(romanised).map(|second| (prefix.len(), *first, second))
    })
}

/// Whether a word says what kind of place the place before it is.
pub(crate) fn is_unit(folded: &str) -> bool {
    LEXICON.units.contains(folded)
}

/// Enters a phrase, unless it has a meaning already.
fn insert(phrases: &mut Phrases, phrase: String, meaning: Meaning) {
    for (place, _) in phrase.match_indices(' ') {
        phrases.entry(phrase.get(..place).unwrap_or_default().to_owned()).or_default().goes_on = true;
    }
    phrases.entry(phrase).or_default().meaning.get_or_insert(meaning);
}

/// A word of the tables as the tokeniser will see it.
fn phrase(word: &str) -> String {
    simplify(fold(word.trim()))
}

/// Simplified characters for Han, and for 々 the character that it repeats; other text is left.
pub(crate) fn simplify(folded: String) -> String {
    if folded.is_ascii() || !folded.chars().any(|c| script_of(c) == Some(Script::Han)) {
        return folded;
    }
    let mut text = String::with_capacity(folded.len());
    for letter in folded.chars() {
        let repeated = if letter == '々' { text.chars().next_back() } else { None };
        text.push(repeated.unwrap_or_else(|| han::simplified(letter)));
    }
    text
}

/// What a phrase means in a name of this kind.
pub(crate) fn meaning(phrase: &str, kind: Kind) -> Option<Meaning> {
    known(phrase, kind).phrase.map(|phrase| phrase.meaning)
}

/// What is known of words in a name of this kind, given joined with blanks.
pub(crate) fn known(words: &str, kind: Kind) -> Known {
    let lexicon = &*LEXICON;
    let either = |first: Known, second: Known| Known {
        phrase: first.phrase.or(second.phrase),
        goes_on: first.goes_on || second.goes_on,
    };
    match kind {
        Kind::Person => find(&lexicon.person, words),
        Kind::Organisation => either(find(&lexicon.organisation, words), find(&lexicon.places, words)),
        Kind::Entity => either(find(&lexicon.organisation, words), find(&lexicon.person, words)),
        Kind::Vessel => find(&lexicon.vessel, words),
        Kind::Address => {
            let mut place = either(find(&lexicon.organisation, words), find(&lexicon.places, words));
            place.phrase = place.phrase.filter(|phrase| phrase.meaning.role == Role::Location);
            either(find(&lexicon.address, words), place)
        }
    }
}

fn find(phrases: &'static Phrases, words: &str) -> Known {
    let Some((words, Entry { meaning, goes_on, draft })) = phrases.get_key_value(words) else {
        return Known::default();
    };
    Known { phrase: meaning.map(|meaning| Phrase { words, meaning, draft }), goes_on: *goes_on }
}

/// The phrases that are legal forms.
pub(crate) fn legal_phrases() -> impl Iterator<Item = &'static str> {
    let is_legal = |entry: &Entry| entry.meaning.is_some_and(|meaning| meaning.role == Role::LegalForm);
    LEXICON.organisation.iter().filter(move |(_, entry)| is_legal(entry)).map(|(phrase, _)| phrase.as_str())
}

/// What is known of Latin words as Russian written in Latin letters, given their keys joined with blanks.
pub(crate) fn romanised(keys: &str) -> Known {
    find(&LEXICON.romanised, keys)
}

/// The longest word with a meaning at the beginning of unspaced text, and its length in characters.
pub(crate) fn unspaced_prefix(letters: &[char], kind: Kind) -> Option<(usize, Phrase)> {
    let longest = letters.len().min(LONGEST_UNSPACED);
    let mut text: String = letters.iter().take(longest).collect();
    for length in (1..=longest).rev() {
        // One character is a word only where it stands alone: 사, 부 and 국 begin many names.
        if length >= 2
            && let Some(phrase) = known(&text, kind).phrase
        {
            return Some((length, phrase));
        }
        text.pop();
    }
    None
}

/// Whether a character alone means "general", as in general company.
pub(crate) fn is_general(letter: char) -> bool {
    meaning(letter.encode_utf8(&mut [0; 4]), Kind::Organisation)
        .is_some_and(|meaning| meaning.concept == hash::concept("general"))
}

/// "son" or "daughter" between the names of child and father.
pub(crate) fn is_descent(concept: u32) -> bool {
    concept == hash::concept("son") || concept == hash::concept("daughter")
}

/// The younger of two of one name: Jr.
pub(crate) fn is_junior(concept: u32) -> bool {
    concept == hash::concept("junior")
}

/// The elder of two of one name: Sr.
pub(crate) fn is_senior(concept: u32) -> bool {
    concept == hash::concept("senior")
}

/// A word between names that one writer puts and another leaves out: bin, al-, de. "Father of" makes another name.
pub(crate) fn comes_and_goes(concept: u32) -> bool {
    is_descent(concept) || concept == hash::concept("of") || concept == hash::concept("noble")
}

/// Whether a word means no more than that its bearer is a firm: company, 회사, корпорация.
pub(crate) fn is_company(concept: u32) -> bool {
    static COMPANY: LazyLock<u32> = LazyLock::new(|| hash::concept("co"));
    concept == *COMPANY
}

/// Whether a word says how far a firm reaches and no more, and one writer puts it and another leaves it out: Group, Holding, International.
pub(crate) fn is_reach(concept: u32) -> bool {
    static REACH: LazyLock<[u32; 3]> = LazyLock::new(|| ["grp", "holding", "intl"].map(hash::concept));
    REACH.contains(&concept)
}

/// Whether a word says that its bearer is a part of another: branch, representative office, department.
pub(crate) fn is_branch(concept: u32) -> bool {
    static BRANCH: LazyLock<[u32; 4]> = LazyLock::new(|| ["branch", "rep", "bureau", "dept"].map(hash::concept));
    BRANCH.contains(&concept)
}

/// The short and long forms of a name, all by the hashes of their keys.
pub(crate) fn nicknames(key: u64) -> &'static [u64] {
    LEXICON.nicknames.get(&key).map_or(&[], Vec::as_slice)
}

/// The value of a Roman numeral of up to 39, written in capitals or in small letters.
pub(crate) fn roman(written: &str) -> Option<u32> {
    let of = |letters: &[u8; 3]| written.bytes().all(|byte| letters.contains(&byte));
    if written.is_empty() || written.len() > 7 || !(of(b"IVX") || of(b"ivx")) {
        return None;
    }
    let value = |byte: u8| match byte.to_ascii_uppercase() {
        b'I' => 1,
        b'V' => 5,
        _ => 10,
    };
    let digits: Vec<u32> = written.bytes().map(value).collect();
    let total: i64 = digits
        .iter()
        .enumerate()
        .map(|(place, digit)| {
            if digits.get(place + 1).is_some_and(|next| next > digit) { -i64::from(*digit) } else { i64::from(*digit) }
        })
        .sum();
    u32::try_from(total).ok().filter(|total| (1..=39).contains(total))
}
