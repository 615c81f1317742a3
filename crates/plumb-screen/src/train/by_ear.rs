//! Foreign persons, and firms whose own word is foreign, in Hangul, kana or Han beside Latin letters: 세르게이 라브로프, Sergey Lavrov; 로스네프트, Rosneft.
//! What a name of a person sounds like in them is known from the groups of variants, and firms bear such names.

use plumb_names::{Kind, Outcome, Scratch, Uniform};

use super::corpus::{NameGroup, Part, part_of};
use super::pairs::Pair;
use super::random::Random;

/// Pairs that are made in each script: of firms, and of persons, each of these once with another part as well.
const PAIRS: usize = 1200;
/// Letters from which on a foreign word in Latin letters can be told from others by its sound.
const SHORTEST: usize = 5;
/// The same for characters of Hangul, kana and Han: of fewer most are words of the languages that are written so.
const SHORTEST_HEARD: usize = 3;
/// The same for a part of a person's name.
const SHORTEST_PART: usize = 2;

/// The letters of a script, what stands between the parts of a name, and how firms are called in it and in English; what stands in braces is their
/// own word.
type Custom = (std::ops::RangeInclusive<char>, &'static str, &'static [(&'static str, &'static str)]);

const CUSTOMS: [Custom; 3] = [
    (
        '가'..='힣',
        " ",
        &[
            ("{}", "{}"),
            ("{}", "{} Corporation"),
            ("{} 주식회사", "{} Co., Ltd."),
            ("{} 건설", "{} Construction"),
            ("{} 그룹", "{} Group"),
            ("{} 은행", "{} Bank"),
            ("{}전자", "{} Electronics"),
        ],
    ),
    (
        'ァ'..='ー',
        "・",
        &[
            ("{}", "{}"),
            ("{}株式会社", "{} Co., Ltd."),
            ("株式会社{}", "{} Corporation"),
            ("{}銀行", "{} Bank"),
            ("{}建設", "{} Construction"),
        ],
    ),
    (
        '\u{4e00}'..='\u{9fff}',
        "·",
        &[
            ("{}", "{}"),
            ("{}公司", "{} Company"),
            ("{}集团", "{} Group"),
            ("{}银行", "{} Bank"),
            ("{}建筑有限公司", "{} Construction Co., Ltd."),
            ("{}贸易有限公司", "{} Trading Limited"),
        ],
    ),
];

/// The pairs.
pub fn pairs(groups: &[NameGroup]) -> Vec<Pair> {
    let mut random = Random::new(21);
    let mut pairs = Vec::new();
    for part in [Part::Train, Part::Check] {
        let groups: Vec<&NameGroup> = groups.iter().filter(|group| part_of(&group.id) == part).collect();
        let count = if part == Part::Train { PAIRS } else { PAIRS / 4 };
        for custom in &CUSTOMS {
            let mut words = Words { groups: &groups, letters: &custom.0, part, random: &mut random };
            let firms = (0..count * TRIES).filter_map(|_| words.firm(custom));
            pairs.extend(firms.take(count));
            let persons = (0..count * TRIES).filter_map(|_| words.person(custom));
            pairs.extend(persons.take(count).flatten());
        }
    }
    pairs
}

/// Foreign persons that are on no list.
pub(super) const CLEAN_PERSONS: &str = "clean: foreign person by ear";
/// Foreign firms that are on no list.
pub(super) const CLEAN_FIRMS: &str = "clean: foreign firm by ear";

/// Names of foreign persons and firms that are on no list but by chance, `count` of each in each script, with their schema and group. A register of such
/// names is not at hand.
pub(super) fn names(
    groups: &[NameGroup],
    count: usize,
    random: &mut Random,
) -> Vec<(&'static str, &'static str, String)> {
    let groups: Vec<&NameGroup> = groups.iter().collect();
    let mut names = Vec::new();
    for custom in &CUSTOMS {
        let mut words = Words { groups: &groups, letters: &custom.0, part: Part::Check, random: &mut *random };
        let persons = (0..count * TRIES).filter_map(|_| words.person(custom));
        names.extend(persons.take(count).map(|[person, _]| ("Person", CLEAN_PERSONS, person.left)));
        let firms = (0..count * TRIES).filter_map(|_| words.firm(custom));
        names.extend(firms.take(count).map(|firm| ("Company", CLEAN_FIRMS, firm.left)));
    }
    names
}

/// Most groups have no form in a script.
const TRIES: usize = 50;

/// Names in a script beside Latin letters.
struct Words<'a> {
    groups: &'a [&'a NameGroup],
    letters: &'a std::ops::RangeInclusive<char>,
    part: Part,
    random: &'a mut Random,
}

impl<'a> Words<'a> {
    /// A name of a group drawn by chance in the script, of so many characters at least, and in Latin letters; nothing if the group lacks one.
    fn word(&mut self, shortest: usize) -> Option<(&'a str, &'a str)> {
        let group = self.random.pick(self.groups)?;
        let forms = |is: &dyn Fn(&str) -> bool| group.variants.iter().filter(|form| is(form)).collect::<Vec<_>>();
        let latin = forms(&|form| form.len() >= SHORTEST && form.bytes().all(|byte| byte.is_ascii_alphabetic()));
        let is_written = |form: &str| form.chars().all(|letter| self.letters.contains(&letter));
        let heard = forms(&|form| form.chars().count() >= shortest && is_written(form));
        let (heard, own) = (self.random.pick(&heard)?, self.random.pick(&latin)?);
        // a group holds forms of other languages too, Johann beside 존: from two words of which nothing agrees only what is around them would be
        // learnt
        (self.part == Part::Check || agree(heard, own)).then_some((heard.as_str(), own.as_str()))
    }

    /// A firm that bears the name.
    fn firm(&mut self, (_, _, customs): &Custom) -> Option<Pair> {
        let (heard, own) = self.word(SHORTEST_HEARD)?;
        let (there, english) = self.random.pick(customs)?;
        Some(self.pair("Company", there.replace("{}", heard), english.replace("{}", own), true))
    }

    /// A person of two such names, and the same with another family name.
    fn person(&mut self, (_, between, _): &Custom) -> Option<[Pair; 2]> {
        let ((given, latin_given), (family, latin_family), (other, _)) =
            (self.word(SHORTEST_PART)?, self.word(SHORTEST_PART)?, self.word(SHORTEST_PART)?);
        let (latin, name) = (format!("{latin_given} {latin_family}"), format!("{given}{between}{family}"));
        let another = format!("{given}{between}{other}");
        Some([self.pair("Person", name, latin.clone(), true), self.pair("Person", another, latin, other == family)])
    }

    fn pair(&self, schema: &'static str, left: String, right: String, same: bool) -> Pair {
        let group = if schema == "Person" { "person by ear" } else { "firm by ear" };
        Pair { schema, left, right, same, group, part: self.part }
    }
}

/// Whether two words have anything in common.
fn agree(one: &str, other: &str) -> bool {
    let read = |word: &str| plumb_names::analyse(word, Kind::Organisation);
    let comparison = plumb_names::compare(&read(one), &read(other), &Uniform, &mut Scratch::default());
    comparison.outcome != Outcome::NothingAgrees
}
