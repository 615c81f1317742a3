//! Firms whose own word is foreign, in Hangul, kana or Han beside Latin letters: 로스네프트, Rosneft. What a name of a person sounds like in them is
//! known from the groups of variants, and firms bear such names.

use plumb_names::{Kind, Outcome, Scratch, Uniform};

use super::corpus::{NameGroup, Part, part_of};
use super::pairs::Pair;
use super::random::Random;

/// Pairs that are made in each script.
const PAIRS: usize = 1200;
/// Letters from which on a foreign word in Latin letters can be told from others by its sound.
const SHORTEST: usize = 5;
/// The same for characters of Hangul, kana and Han: of fewer most are words of the languages that are written so.
const SHORTEST_HEARD: usize = 3;

/// The letters of a script, and how firms are called in it and in English; what stands in braces is their own word.
type Custom = (std::ops::RangeInclusive<char>, &'static [(&'static str, &'static str)]);

const CUSTOMS: [Custom; 3] = [
    (
        '가'..='힣',
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

/// The pairs, all of one bearer.
pub fn pairs(groups: &[NameGroup]) -> Vec<Pair> {
    let mut random = Random::new(21);
    let mut pairs = Vec::new();
    for part in [Part::Train, Part::Check] {
        let groups: Vec<&NameGroup> = groups.iter().filter(|group| part_of(&group.id) == part).collect();
        let count = if part == Part::Train { PAIRS } else { PAIRS / 4 };
        for custom in &CUSTOMS {
            let firms = (0..count * TRIES).filter_map(|_| firm(&groups, custom, part, &mut random));
            pairs.extend(firms.take(count));
        }
    }
    pairs
}

/// Most groups have no form in a script.
const TRIES: usize = 50;

/// A firm that bears a name of a group drawn by chance, if that has the forms for it.
fn firm(groups: &[&NameGroup], (letters, customs): &Custom, part: Part, random: &mut Random) -> Option<Pair> {
    let group = random.pick(groups)?;
    let forms = |is: &dyn Fn(&str) -> bool| group.variants.iter().filter(|form| is(form)).collect::<Vec<_>>();
    let latin = forms(&|form| form.len() >= SHORTEST && form.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let heard =
        forms(&|form| form.chars().count() >= SHORTEST_HEARD && form.chars().all(|letter| letters.contains(&letter)));
    let (own, heard) = (random.pick(&latin)?, random.pick(&heard)?);
    let (there, english) = random.pick(customs)?;
    // a group holds forms of other languages too, Johann beside 존: from two words of which nothing agrees only the words around them would be learnt
    if part == Part::Train && !agree(heard, own) {
        return None;
    }
    Some(Pair {
        schema: "Company",
        left: there.replace("{}", heard),
        right: english.replace("{}", own),
        same: true,
        group: "firm by ear",
        part,
    })
}

/// Whether two words have anything in common.
fn agree(one: &str, other: &str) -> bool {
    let read = |word: &str| plumb_names::analyse(word, Kind::Organisation);
    let comparison = plumb_names::compare(&read(one), &read(other), &Uniform, &mut Scratch::default());
    comparison.outcome != Outcome::NothingAgrees
}
