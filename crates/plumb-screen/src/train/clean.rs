//! Names that are on no list beside the entries that blocking brings up for them: what screening meets nearly always.

use std::collections::{BTreeMap, BTreeSet};

use super::by_ear;
use super::corpus::{Corpus, part_of};
use super::east_asian;
use super::organisations;
use super::pairs::{Pair, schema_of};
use super::random::Random;
use crate::score::profile::{KnownAs, kind_of};
use plumb_core::ftm;
use plumb_names::{Comparison, Kind, Level, Outcome, Role, Scratch, Uniform};

/// A name that is on no list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CleanName {
    /// The schema of its bearer.
    pub schema: &'static str,
    /// The name.
    pub text: String,
    /// How it was made.
    pub kind: &'static str,
}

/// Names of a register and of any two parts of names that are drawn.
const NAMES: usize = 6000;
/// Names that are drawn of each other kind: fewer, since each is a part of what is screened.
const FEWER_NAMES: usize = 3000;
/// The same of foreign persons and of firms in each of three scripts.
const BY_EAR: usize = 1000;
/// Names of entries that are taken for each: the ones whose common keys are rarest, as an index ranks them. Where there is a false alert it
/// is nearly always among the first few.
const NEIGHBOURS: usize = 25;
/// Keys that more names hold say too little to bring up a neighbour.
const COMMONEST: usize = 2000;

/// Whether pairs of this group hold a clean name.
pub fn is_group(group: &str) -> bool {
    group.starts_with("clean")
}

/// How many of a thousand clean names of a group may raise an alert. Of the same names beside the same entries logic-v2 lets 5 of a register
/// do so, 17 of English words of trade, 54 of Koreans and 59 of Chinese in Latin letters, 21 of ships and none or two of most others. Ours may
/// raise fewer than it does where it raises many, and five where it finds next to nothing; names by ear, which it does not find at all, ten:
/// the quieter groups settle the threshold. Words of any script are no more than ships, of which fewer would lose too many slips. Names of
/// parts of listed ones are not counted: among them are families and other spellings of the listed.
pub fn alerts(group: &str) -> usize {
    match group {
        SHIPS | WORDS => 20,
        organisations::ENGLISH => 12,
        by_ear::CLEAN_FIRMS | by_ear::CLEAN_PERSONS | east_asian::KOREAN_LATIN | east_asian::CHINESE_LATIN => 10,
        RECOMBINED => 1000,
        _ => 5,
    }
}

/// Words that could be the name of a ship.
const WORDS: &str = "clean: word of any script";
/// Names of ships.
const SHIPS: &str = "clean: vessel";
/// Names made of parts of listed ones.
const RECOMBINED: &str = "clean: parts of listed";

/// The pairs of a corpus, all of two bearers. A clean name whose words are those of an entry, legal forms apart, and one of a person that can
/// be read as an entry's, is left out: it may be on the list.
pub fn pairs(corpus: &Corpus) -> Vec<Pair> {
    let listed = Listed::new(corpus);
    let mut scratch = Scratch::default();
    names(corpus).iter().flat_map(|clean| listed.neighbours(clean, &mut scratch)).collect()
}

/// Clean names of each kind; the same for the same corpus.
pub fn names(corpus: &Corpus) -> Vec<CleanName> {
    let mut random = Random::new(41);
    let step = (corpus.companies.len() / NAMES).max(1);
    // not the names that other pairs are made from
    let companies = corpus.companies.iter().skip(step / 2).step_by(step);
    let clean = |schema, kind| move |text| CleanName { schema, text, kind };
    let mut names: Vec<CleanName> = companies.cloned().map(clean("Company", "clean: register")).collect();
    let latin = |text: &&String| text.chars().all(|letter| letter.is_ascii_alphabetic()) && text.len() > 2;
    let foreign = |text: &&String| !text.is_ascii() && text.chars().count() > 2 && !text.contains(' ');
    let parts: Vec<&String> = corpus.groups.iter().filter_map(|group| group.variants.iter().find(latin)).collect();
    let words: Vec<&String> = corpus.groups.iter().filter_map(|group| group.variants.iter().find(foreign)).collect();
    let two = |random: &mut Random, parts: &[&String]| Some(format!("{} {}", random.pick(parts)?, random.pick(parts)?));
    names.extend((0..NAMES).filter_map(|_| two(&mut random, &parts)).map(clean("Person", "clean: any two parts")));
    let native = (0..FEWER_NAMES).filter_map(|_| random.pick(&words).map(|word| (*word).clone()));
    names.extend(native.map(clean("Vessel", WORDS)));
    let first = |name: &String| name.split_whitespace().next().unwrap_or_default().to_owned();
    let ships: Vec<String> = corpus.companies.iter().skip(step / 3).step_by(step).map(first).collect();
    let ship = |random: &mut Random| {
        let (one, two) = (random.pick(&ships)?, random.pick(&ships)?);
        Some(if random.percent(50) { one.clone() } else { format!("{one} {two}") })
    };
    names.extend((0..FEWER_NAMES).filter_map(|_| ship(&mut random)).map(clean("Vessel", SHIPS)));
    names.extend(recombined(corpus, &mut random).map(clean("Person", RECOMBINED)));
    names.extend(organisations::names(corpus, FEWER_NAMES, &mut random).into_iter().map(|(kind, text)| CleanName {
        schema: "Company",
        text,
        kind,
    }));
    let by_ear = by_ear::names(&corpus.groups, BY_EAR, &mut random);
    names.extend(by_ear.into_iter().map(|(schema, kind, text)| CleanName { schema, text, kind }));
    for (kind, text) in east_asian::names(&corpus.groups, FEWER_NAMES, &mut random) {
        names.push(CleanName { schema: "Person", text, kind });
    }
    names
}

/// The family name of one listed person with the given names of another: names as usual as those of the list, in the same languages.
fn recombined(corpus: &Corpus, random: &mut Random) -> impl Iterator<Item = String> {
    let mut halves: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    for record in corpus.records.iter().filter(|record| record.entity.schema().is_a("Person")) {
        let values = |property| record.entity.properties().get(property).and_then(|values| values.first());
        let (Some(name), Some(country)) = (values("name"), values("nationality").or(values("country"))) else {
            continue;
        };
        if let Some((family, given)) = name.split_once(',').filter(|(_, given)| given.len() < 30) {
            halves.entry(country).or_default().push((family.trim().to_owned(), given.trim().to_owned()));
        }
    }
    halves.retain(|_, names| names.len() > 20);
    let countries: Vec<Vec<(String, String)>> = halves.into_values().collect();
    let draw = |_| {
        let names = random.pick(&countries)?;
        Some(format!("{}, {}", random.pick(names)?.0, random.pick(names)?.1))
    };
    (0..FEWER_NAMES).filter_map(draw).collect::<Vec<_>>().into_iter()
}

/// Whether every part can be the other's: nobody can tell from the names that their bearers are two.
pub fn may_be_one(comparison: &Comparison) -> bool {
    let can_be = |level: Level| level <= Level::Variant || level == Level::Sound;
    matches!(comparison.outcome, Outcome::SameOrder | Outcome::OtherOrder)
        && comparison.pieces.iter().all(|piece| can_be(piece.level) || !piece.role.is_distinctive())
}

/// Whether every word of both is the other's, perhaps in translation, but for legal forms and words that say no more: Восточная торговая компания
/// beside Eastern Trade Limited.
fn is_word_for_word(comparison: &Comparison) -> bool {
    let says_nothing = |role: Role| matches!(role, Role::LegalForm | Role::Stop);
    let mut told = comparison.pieces.iter().filter(|piece| !says_nothing(piece.role)).peekable();
    told.peek().is_some()
        && told.all(|piece| piece.level <= Level::Translated && piece.left.is_some() && piece.right.is_some())
}

/// The names of the lists under their keys.
struct Listed<'a> {
    names: Vec<(&'static str, &'a str)>,
    by_key: BTreeMap<u32, Vec<usize>>,
}

impl<'a> Listed<'a> {
    fn new(corpus: &'a Corpus) -> Self {
        let mut listed = Self { names: Vec::new(), by_key: BTreeMap::new() };
        for record in &corpus.records {
            let schema = record.entity.schema();
            for name in
                ["name", "alias"].iter().filter_map(|property| record.entity.properties().get(property)).flatten()
            {
                for key in KnownAs::new(name, kind_of(schema), false).keys().sorted.iter().copied() {
                    listed.by_key.entry(key).or_default().push(listed.names.len());
                }
                listed.names.push((schema_of(schema), name));
            }
        }
        listed
    }

    fn neighbours(&self, clean: &CleanName, scratch: &mut Scratch) -> Vec<Pair> {
        let (schema, name) = (clean.schema, clean.text.as_str());
        let kind = ftm::schema(schema).map_or(Kind::Entity, kind_of);
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        for key in &KnownAs::new(name, kind, false).keys().sorted {
            let Some(numbers) = self.by_key.get(key).filter(|numbers| numbers.len() <= COMMONEST) else { continue };
            #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
            let rarity = libm::log2(self.names.len() as f64 / numbers.len() as f64);
            for number in numbers {
                *shared.entry(*number).or_default() += rarity;
            }
        }
        let mut ranked: Vec<(usize, f64)> = shared.into_iter().collect();
        ranked.sort_by(|one, two| two.1.total_cmp(&one.1).then(one.0.cmp(&two.0)));
        let listed = ranked.iter().filter_map(|(number, _)| self.names.get(*number));
        let own = words(name, kind);
        let read = plumb_names::analyse(name, kind);
        let mut is_another = |text: &str| {
            let comparison = plumb_names::compare(&read, &plumb_names::analyse(text, kind), &Uniform, scratch);
            // firms that share a common word are told apart by others; a foreign word by ear is all that such a firm has
            let tells = kind == Kind::Organisation && clean.kind != by_ear::CLEAN_FIRMS;
            own != words(text, kind) && !is_word_for_word(&comparison) && (tells || !may_be_one(&comparison))
        };
        let listed = listed.filter(|(other, text)| *other == schema && is_another(text)).take(NEIGHBOURS);
        let pair = |right: &str| Pair {
            schema,
            left: name.to_owned(),
            right: right.to_owned(),
            same: false,
            group: clean.kind,
            part: part_of(name),
        };
        listed.map(|(_, text)| pair(text)).collect()
    }
}

/// The words of a name that are no legal forms and no links between others, whatever their language.
fn words(text: &str, kind: Kind) -> BTreeSet<String> {
    let told = |part: &&plumb_names::Part| !matches!(part.role, Role::LegalForm | Role::Stop);
    let word = |part: &plumb_names::Part| match part.concept {
        0 => part.key.to_string(),
        concept => concept.to_string(),
    };
    plumb_names::analyse(text, kind).parts.iter().filter(told).map(word).collect()
}
