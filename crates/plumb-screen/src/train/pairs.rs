//! Labelled pairs of names, made from a corpus: positives by treatment and from aliases, negatives from near neighbours.

use std::collections::{BTreeMap, BTreeSet};

use super::corpus::{Corpus, NameGroup, Part, part_of};
use super::random::Random;
use super::treat;
use crate::score::profile::{KnownAs, kind_of};
use plumb_names::Kind;

/// Two names and whether they are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The schema of both.
    pub schema: &'static str,
    /// The one name.
    pub left: String,
    /// The other name.
    pub right: String,
    /// Whether they are names of one bearer.
    pub same: bool,
    /// How the pair was made.
    pub group: &'static str,
    /// Whether to learn from it or to report on it.
    pub part: Part,
}

/// Pairs of names drawn by chance: as many as there are names on the lists, so that each meets another.
const STRANGERS: usize = 60_000;

/// Names of a register that are held against an acronym of another: screening brings up as many for one of three letters.
const SAME_ACRONYM: usize = 8;

struct Maker<'a> {
    random: Random,
    pairs: Vec<Pair>,
    corpus: &'a Corpus,
}

/// The pairs of a corpus; the same for the same corpus.
pub fn pairs(corpus: &Corpus) -> Vec<Pair> {
    let mut maker = Maker { random: Random::new(20_261_126), pairs: Vec::new(), corpus };
    maker.add_listed();
    maker.add_groups();
    maker.add_companies();
    maker.add_acronyms();
    maker.add_neighbours();
    maker.add_strangers();
    maker.pairs.extend(super::east_asian::pairs(&corpus.groups));
    maker.pairs.extend(super::kin::pairs(corpus));
    maker.pairs.extend(super::near::pairs(corpus));
    maker.pairs.extend(super::schemes::pairs(&corpus.groups));
    maker.pairs.extend(super::by_ear::pairs(&corpus.groups));
    maker.pairs.extend(super::clean::pairs(corpus));
    maker.pairs
}

/// The word at a place of another name, to put into this one. Of one letter it would be an initial.
fn word_of(name: &str, place: usize) -> Option<&str> {
    name.split_whitespace().nth(place).filter(|word| word.chars().count() > 1)
}

impl Maker<'_> {
    fn add(&mut self, schema: &'static str, left: &str, right: &str, same: bool, group: &'static str, part: Part) {
        if left != right && !left.is_empty() && !right.is_empty() {
            let (left, right) = (left.to_owned(), right.to_owned());
            self.pairs.push(Pair { schema, left, right, same, group, part });
        }
    }

    /// Names of listed entities, treated; aliases of one entry that are forms of one name.
    fn add_listed(&mut self) {
        let mut names: BTreeMap<&'static str, Vec<(&str, Part)>> = BTreeMap::new();
        for record in &self.corpus.records {
            let schema = schema_of(record.entity.schema());
            // marks of aircraft are no names: another letter is another aircraft
            let is_mark = schema == "Vessel" && !record.entity.schema().is_a("Vessel");
            let known = record.entity.properties().get("name").and_then(|names| names.first()).filter(|_| !is_mark);
            names.entry(schema).or_default().extend(known.map(|name| (name.as_str(), part_of(record.entity.id()))));
            self.aliases(record, schema);
        }
        self.syllables_replaced();
        for (schema, names) in names {
            for (name, part) in &names {
                // lists have few ships
                for _ in 0..if schema == "Vessel" { 8 } else { 2 } {
                    self.treated(schema, name, *part);
                    self.one_word_replaced(schema, name, &names, *part);
                }
                self.word_added(schema, name, &names, *part);
                self.relation_swapped(schema, name, *part);
                self.initial_of_another(schema, name, &names, *part);
                if schema != "Person" {
                    self.number_changed(schema, name, *part);
                }
            }
        }
    }

    /// Korean names of three syllables with one of the given name's replaced: the near neighbours that must stay apart.
    fn syllables_replaced(&mut self) {
        let corpus = self.corpus;
        let korean = |record: &&crate::Record| {
            let countries =
                record.entity.properties().iter().filter(|(name, _)| ["nationality", "country"].contains(name));
            record.entity.schema().is_a("Person") && countries.flat_map(|(_, codes)| codes).any(|code| code == "kp")
        };
        let names = corpus.records.iter().filter(korean).filter_map(|record| {
            let name = record.entity.properties().get("name")?.first()?.replace(['-', ','], " ");
            Some((name, part_of(record.entity.id())))
        });
        let names: Vec<(String, Part)> = names.filter(|(name, _)| name.split_whitespace().count() == 3).collect();
        for (name, part) in &names {
            for place in [1, 2, 1, 2, 1, 2] {
                let Some((other, _)) = self.random.pick(&names) else { return };
                let (Some(old), Some(new)) = (word_of(name, place), word_of(other, place)) else { continue };
                if !may_be_one(old, new) {
                    self.add("Person", name, &treat::with_word(name, place, new), false, "syllable replaced", *part);
                }
            }
        }
    }

    fn aliases(&mut self, record: &crate::Record, schema: &'static str) {
        let entity = &record.entity;
        let kind = kind_of(entity.schema());
        let Some(name) = entity.properties().get("name").and_then(|names| names.first()) else { return };
        let known = KnownAs::new(name, kind, false);
        // an alias may be another name altogether; one that shares a key with the name and has no part of its own is a form of it
        for alias in entity.properties().get("alias").into_iter().flatten().take(3) {
            if schema != "Vessel" && KnownAs::new(alias, kind, false).shares_key(&known) && !are_apart(name, alias) {
                self.add(schema, name, alias, true, "alias", part_of(entity.id()));
            }
        }
    }

    fn treated(&mut self, schema: &'static str, name: &str, part: Part) {
        let random = &mut self.random;
        let person = schema == "Person";
        let words = name.split_whitespace().count();
        let treated = match random.below(if person { 8 } else { 6 }) {
            0 | 1 => Some((treat::slip(name, random), "slip")),
            2 => Some((treat::restyled(name, random), "restyled")),
            3 if person => Some((treat::reordered(name, random), "reordered")),
            4 if person && words > 2 && !is_east_asian(name) => Some((treat::shortened(name, random), "shortened")),
            5 if person => Some((treat::with_initial(name, random), "initial")),
            6 => Some((treat::slip(&treat::reordered(name, random), random), "slip and reordered")),
            3 | 4 if !person => treat::legal_form_rewritten(name, random).map(|text| (text, "legal form")),
            5 => treat::legal_form_dropped(name).map(|text| (text, "legal form")),
            _ => Some((treat::slip(&treat::slip(name, random), random), "two slips")),
        };
        if let Some((text, group)) = treated {
            self.add(schema, name, &text, true, group, part);
        }
    }

    /// One part of a name is another's: a different bearer, however many parts agree. Sometimes with a slip or another order on top.
    fn one_word_replaced(&mut self, schema: &'static str, name: &str, names: &[(&str, Part)], part: Part) {
        let words = name.split_whitespace().count();
        let place = self.random.below(words);
        let Some((other, _)) = self.random.pick(names) else { return };
        let from = if schema == "Person" { self.random.below(other.split_whitespace().count()) } else { 0 };
        let (Some(old), Some(new)) = (word_of(name, place), word_of(other, from)) else { return };
        if words < 2 || may_be_one(old, new) || [old, new].into_iter().any(|word| is_common_word(word) || is_link(word))
        {
            return;
        }
        let replaced = treat::with_word(name, place, new);
        let replaced = match self.random.below(4) {
            0 => treat::reordered(&replaced, &mut self.random),
            1 => treat::slip(&replaced, &mut self.random),
            _ => replaced,
        };
        self.add(schema, name, &replaced, false, "one part replaced", part);
    }

    /// A person's name with a middle name that the other source leaves out.
    fn word_added(&mut self, schema: &'static str, name: &str, names: &[(&str, Part)], part: Part) {
        let words: Vec<&str> = name.split_whitespace().collect();
        let Some((other, _)) = self.random.pick(names) else { return };
        let from = self.random.below(other.split_whitespace().count());
        let Some(new) = word_of(other, from).filter(|word| !is_link(word)) else { return };
        if schema == "Person" && words.len() > 1 && self.random.percent(25) && !is_east_asian(name) {
            let (first, rest) = words.split_at(1 + self.random.below(words.len() - 1));
            let longer = [first, &[new], rest].concat().join(" ");
            self.add(schema, name, &longer, true, "middle name added", part);
        }
    }

    /// A given name beside the initial of another.
    fn initial_of_another(&mut self, schema: &'static str, name: &str, names: &[(&str, Part)], part: Part) {
        let place = treat::given_place(name, &mut self.random);
        let Some((other, _)) = self.random.pick(names) else { return };
        let letter =
            |name: &str| name.split_whitespace().nth(place)?.to_uppercase().chars().find(|c| c.is_alphabetic());
        let (Some(old), Some(new)) = (letter(name), letter(other)) else { return };
        let given = word_of(name, place).is_some_and(|word| !is_link(word));
        if schema == "Person" && given && old != new && name.split_whitespace().nth(1).is_some() {
            self.add(
                schema,
                name,
                &treat::with_word(name, place, &format!("{new}.")),
                false,
                "initial of another",
                part,
            );
        }
    }

    /// Whose child is whose: the names before and after a word of descent in each other's place.
    fn relation_swapped(&mut self, schema: &'static str, name: &str, part: Part) {
        let words: Vec<&str> = name.split_whitespace().collect();
        let descent = |word: &&str| ["bin", "ibn", "ben", "bint"].contains(&word.to_lowercase().as_str());
        let Some(place) = words.iter().position(descent).filter(|_| schema == "Person") else { return };
        if let (Some(child), Some(parent)) = (place.checked_sub(1).and_then(|at| words.get(at)), words.get(place + 1))
            && !may_be_one(child, parent)
        {
            let swapped = treat::with_word(&treat::with_word(name, place - 1, parent), place + 1, child);
            self.add(schema, name, &swapped, false, "relation swapped", part);
        }
    }

    /// Full names put together from groups of variants: one name in two scripts or spellings, and names that differ in one part.
    fn add_groups(&mut self) {
        for part in [Part::Train, Part::Check] {
            let groups: Vec<&NameGroup> =
                self.corpus.groups.iter().filter(|group| part_of(&group.id) == part).collect();
            // as many as there are pairs from lists, so that neither crowds out the other
            let rounds = groups.len() / 8;
            for _ in 0..rounds {
                let Some(script) = self.random.pick(&SCRIPTS).copied() else { return };
                self.across(script, &groups, part);
            }
        }
    }

    fn across(&mut self, script: Script, groups: &[&NameGroup], part: Part) {
        let mut chosen: Vec<(&str, &str)> = Vec::new();
        // forms of this script are a third of the groups or less; some fifty draws find two
        for _ in 0..60 {
            let Some(group) = self.random.pick(groups) else { return };
            let wanted = if chosen.is_empty() { 1 } else { 2 };
            let fits = |form: &&String| script.holds(form) && (!script.is_unspaced() || form.chars().count() == wanted);
            // a group of Han also holds Japanese readings; of those most have more syllables than characters
            let latin = |form: &&String| {
                form.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '-')
                    && form.len() > 1
                    && (!script.is_unspaced() || syllables(form) == wanted)
            };
            let foreign: Vec<&String> = group.variants.iter().filter(fits).collect();
            let romanised: Vec<&String> = group.variants.iter().filter(latin).collect();
            if let (Some(one), Some(two)) = (self.random.pick(&foreign), self.random.pick(&romanised)) {
                chosen.push((one, two));
            }
            if chosen.len() == 3 {
                break;
            }
        }
        let [(family, family_latin), (given, given_latin), (other, other_latin)] = chosen.as_slice() else { return };
        let space = if script.is_unspaced() { "" } else { " " };
        let family_first = script.is_unspaced() || self.random.percent(30);
        let whole = |family: &str, given: &str, space: &str| {
            if family_first { format!("{family}{space}{given}") } else { format!("{given}{space}{family}") }
        };
        let native = whole(family, given, space);
        // readings of Han and Hangul belong together only where the language is known: `east_asian` makes those
        if !script.is_unspaced() {
            self.add("Person", &native, &whole(family_latin, given_latin, " "), true, script.name(), part);
        }
        // two given names that may be read as one would be mislabelled
        if strsim::normalized_levenshtein(given_latin, other_latin) < 0.5 && given != other {
            self.add("Person", &native, &whole(family_latin, other_latin, " "), false, script.name(), part);
        }
    }

    /// Names of a register, treated, with one word replaced, and beside their neighbours in the alphabet.
    fn add_companies(&mut self) {
        let corpus = self.corpus;
        let step = (corpus.companies.len() / 40_000).max(1);
        let names: Vec<(&str, Part)> =
            corpus.companies.iter().step_by(step).map(|name| (name.as_str(), part_of(name))).collect();
        for (name, part) in &names {
            self.treated("Company", name, *part);
            self.one_word_replaced("Company", name, &names, *part);
            self.number_changed("Company", name, *part);
        }
        let mut sorted: Vec<&str> = corpus.companies.iter().map(String::as_str).collect();
        sorted.sort_unstable();
        for pair in sorted.windows(2).step_by(16) {
            if let [one, two] = pair
                && are_apart(one, two)
            {
                self.add("Company", one, two, false, "neighbour in a register", part_of(one));
            }
        }
    }

    /// First letters of names of listed bodies, beside the name that they stand for and names of others with the same first letters: the
    /// fewer letters, the more others.
    fn add_acronyms(&mut self) {
        let corpus = self.corpus;
        let mut others: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        let step = (corpus.companies.len() / 100_000).max(1);
        for company in corpus.companies.iter().step_by(step) {
            let Some(acronym) = treat::acronym(company) else { continue };
            let held = others.entry(acronym).or_default();
            if held.len() < SAME_ACRONYM {
                held.push(company);
            }
        }
        for record in corpus.records.iter().filter(|record| schema_of(record.entity.schema()) == "Company") {
            let Some(name) = record.entity.properties().get("name").and_then(|names| names.first()) else { continue };
            let Some(acronym) = treat::acronym(name) else { continue };
            let part = part_of(record.entity.id());
            let same = others.get(&acronym).map_or(&[][..], Vec::as_slice);
            // of one that several bear nobody can tell whose it is
            if same.is_empty() {
                self.add("Company", &acronym, name, true, "acronym", part);
            }
            for other in same {
                self.add("Company", &acronym, other, false, "acronym of another", part);
            }
        }
    }

    fn number_changed(&mut self, schema: &'static str, name: &str, part: Part) {
        let number =
            name.split_whitespace().enumerate().find(|(_, word)| word.bytes().all(|byte| byte.is_ascii_digit()));
        let roman =
            name.split_whitespace().enumerate().find(|(_, word)| ["II", "III", "IV", "V", "VI", "VII"].contains(word));
        if let Some((place, _)) = number.or(roman) {
            let other = if number.is_some() { (self.random.below(90) + 2).to_string() } else { "VIII".to_owned() };
            self.add(schema, name, &treat::with_word(name, place, &other), false, "number changed", part);
        }
    }

    /// Names of lists drawn by chance: most share nothing, in any two scripts, and what little some share is chance.
    fn add_strangers(&mut self) {
        let corpus = self.corpus;
        let names: Vec<(&'static str, &str, &str)> = corpus
            .records
            .iter()
            .flat_map(|record| {
                let properties = record.entity.properties();
                let names = ["name", "alias"].into_iter().filter_map(move |name| properties.get(name)).flatten();
                names.map(|name| (schema_of(record.entity.schema()), record.entity.id(), name.as_str()))
            })
            .collect();
        for _ in 0..STRANGERS {
            let (Some(one), Some(two)) = (self.random.pick(&names).copied(), self.random.pick(&names).copied()) else {
                return;
            };
            if one.0 == two.0 && one.1 != two.1 && !same_parts(one.2, two.2) {
                self.add(one.0, one.2, two.2, false, "strangers", part_of(one.1));
            }
        }
    }

    /// Entries of lists that share a part of their names: what an index brings up and a reviewer must tell apart.
    fn add_neighbours(&mut self) {
        let mut by_key: BTreeMap<(&'static str, String), Vec<(&str, &str)>> = BTreeMap::new();
        for record in &self.corpus.records {
            let schema = schema_of(record.entity.schema());
            let Some(name) = record.entity.properties().get("name").and_then(|names| names.first()) else { continue };
            for word in name.split_whitespace().filter(|word| word.chars().count() > 2 && !is_common_word(word)) {
                by_key.entry((schema, word.to_lowercase())).or_default().push((record.entity.id(), name));
            }
        }
        for ((schema, _), holders) in by_key {
            for _ in 0..holders.len().min(6) {
                let (Some((one, left)), Some((two, right))) =
                    (self.random.pick(&holders).copied(), self.random.pick(&holders).copied())
                else {
                    continue;
                };
                // names that look alike over all may be one entity on two lists
                if one != two && are_apart(left, right) {
                    self.add(schema, left, right, false, "neighbour on a list", part_of(one));
                }
            }
        }
    }
}

/// The parts of a name that tell it apart, as they are compared.
fn telling_parts(text: &str) -> BTreeSet<String> {
    let name = plumb_names::analyse(text, Kind::Organisation);
    name.parts.iter().filter(|part| part.role.is_distinctive()).map(|part| part.key.to_string()).collect()
}

/// Whether the names have the same parts that tell them apart.
fn same_parts(left: &str, right: &str) -> bool {
    telling_parts(left) == telling_parts(right)
}

/// Whether each of two names has a part that tells it apart from the other. Where only legal forms or business words differ, or one is
/// the other with more words, nobody can tell from the names whether they are one.
fn are_apart(left: &str, right: &str) -> bool {
    let (left, right) = (telling_parts(left), telling_parts(right));
    let alone = |one: &BTreeSet<String>, two: &BTreeSet<String>| {
        one.iter().any(|part| two.iter().all(|other| strsim::normalized_levenshtein(part, other) < 0.7))
    };
    alone(&left, &right) && alone(&right, &left)
}

/// Whether two words may be spellings of one, or one a slip for the other. Short ones are syllables, where a letter makes another name.
fn may_be_one(old: &str, new: &str) -> bool {
    let name = |word: &str| plumb_names::analyse(word, Kind::Person);
    let comparison =
        plumb_names::compare(&name(old), &name(new), &plumb_names::Uniform, &mut plumb_names::Scratch::default());
    let long = old.chars().count().min(new.chars().count()) > 4;
    comparison.pieces.iter().any(|piece| !piece.is_unmatched() && piece.level.agrees())
        || long && strsim::jaro_winkler(&old.to_lowercase(), &new.to_lowercase()) > 0.8
}

/// How many syllables a romanised word has, by its groups of vowels.
fn syllables(word: &str) -> usize {
    word.split(|letter: char| !"aeiouyw".contains(letter))
        .filter(|vowels| !vowels.is_empty() && *vowels != "y" && *vowels != "w")
        .count()
}

/// A word that organisations share and that therefore tells none apart: names that differ in it alone are left out of the negatives.
fn is_common_word(word: &str) -> bool {
    let name = plumb_names::analyse(word, Kind::Organisation);
    name.parts.iter().all(|part| !part.role.is_distinctive())
}

/// Whether a name can be read by syllables: with one more or less it is another.
fn is_east_asian(name: &str) -> bool {
    !plumb_names::analyse(name, Kind::Person).readings.is_empty()
}

/// A word between the parts of a name, such as "bin", or a title: it may stand or be left out.
fn is_link(word: &str) -> bool {
    // alone it would be a name
    let name = plumb_names::analyse(&format!("{word} Smith"), Kind::Person);
    name.parts.iter().rev().skip(1).all(|part| !part.role.is_distinctive())
}

/// The schema that stands for a kind of name.
pub(crate) fn schema_of(schema: &plumb_core::ftm::Schema) -> &'static str {
    match kind_of(schema) {
        Kind::Person => "Person",
        Kind::Vessel => "Vessel",
        Kind::Organisation | Kind::Entity | Kind::Address => "Company",
    }
}

#[derive(Clone, Copy)]
enum Script {
    Latin,
    Cyrillic,
    Hangul,
    Han,
    Arabic,
}

const SCRIPTS: [Script; 5] = [Script::Latin, Script::Cyrillic, Script::Hangul, Script::Han, Script::Arabic];

impl Script {
    fn name(self) -> &'static str {
        match self {
            Self::Latin => "Latin and Latin",
            Self::Cyrillic => "Cyrillic and Latin",
            Self::Hangul => "Hangul and Latin",
            Self::Han => "Han and Latin",
            Self::Arabic => "Arabic and Latin",
        }
    }

    fn holds(self, text: &str) -> bool {
        text.chars().all(|letter| match self {
            Self::Latin => matches!(letter, 'a'..='z' | 'à'..='ž' | '-'),
            Self::Cyrillic => matches!(letter, 'а'..='ё' | 'і' | 'ї' | 'є'),
            Self::Hangul => matches!(letter, '가'..='힣'),
            Self::Han => matches!(letter, '\u{4e00}'..='\u{9fff}'),
            Self::Arabic => matches!(letter, '\u{620}'..='\u{64a}'),
        })
    }

    fn is_unspaced(self) -> bool {
        matches!(self, Self::Hangul | Self::Han)
    }
}
