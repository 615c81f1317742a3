//! Korean and Chinese names put together from surnames and groups of given names: in their own script beside Latin letters, and two
//! romanisations beside each other; with the near neighbours that differ in one syllable or in the surname.

use std::collections::{BTreeMap, BTreeSet};

use super::corpus::{NameGroup, Part, part_of};
use super::pairs::Pair;
use super::random::Random;
use plumb_names::Kind;

/// The commonest Korean surnames: Hangul, Han, and the spellings that people bear, the regular one first.
const KOREAN: &[(&str, &str, &[&str])] = &[
    ("김", "金", &["Kim", "Gim"]),
    ("이", "李", &["Lee", "Yi", "Rhee", "Ri"]),
    ("리", "李", &["Ri", "Lee"]),
    ("박", "朴", &["Park", "Pak", "Bak"]),
    ("최", "崔", &["Choi", "Choe"]),
    ("정", "鄭", &["Jung", "Jeong", "Jong", "Chung"]),
    ("강", "姜", &["Kang", "Gang"]),
    ("조", "趙", &["Cho", "Jo"]),
    ("윤", "尹", &["Yoon", "Yun"]),
    ("장", "張", &["Jang", "Chang"]),
    ("임", "林", &["Lim", "Im", "Rim"]),
    ("한", "韓", &["Han"]),
    ("오", "吳", &["Oh", "O"]),
    ("서", "徐", &["Seo", "Suh", "So"]),
    ("신", "申", &["Shin", "Sin"]),
    ("권", "權", &["Kwon"]),
    ("황", "黃", &["Hwang"]),
    ("안", "安", &["Ahn", "An"]),
    ("송", "宋", &["Song"]),
    ("홍", "洪", &["Hong"]),
    ("문", "文", &["Moon", "Mun"]),
    ("백", "白", &["Baek", "Paek", "Paik"]),
    ("노", "盧", &["Roh", "Noh", "No"]),
    ("현", "玄", &["Hyun", "Hyon"]),
];

/// The commonest Chinese surnames: as written, and their pinyin.
const CHINESE: &[(&str, &str)] = &[
    ("王", "Wang"),
    ("李", "Li"),
    ("张", "Zhang"),
    ("刘", "Liu"),
    ("陈", "Chen"),
    ("杨", "Yang"),
    ("黄", "Huang"),
    ("赵", "Zhao"),
    ("吴", "Wu"),
    ("周", "Zhou"),
    ("徐", "Xu"),
    ("孙", "Sun"),
    ("马", "Ma"),
    ("朱", "Zhu"),
    ("胡", "Hu"),
    ("郭", "Guo"),
    ("何", "He"),
    ("林", "Lin"),
    ("高", "Gao"),
    ("习", "Xi"),
    ("邓", "Deng"),
    ("江", "Jiang"),
    ("温", "Wen"),
    ("韩", "Han"),
];

/// Names that are drawn for each group of pairs.
const NAMES: usize = 2500;

/// A given name of two syllables: in its own script and as people romanise it.
struct Given<'a> {
    native: Vec<char>,
    latin: Vec<&'a str>,
    part: Part,
}

/// Korean names that are drawn, in Latin letters.
pub(super) const KOREAN_LATIN: &str = "clean: Korean, Latin";
/// The same of Chinese names.
pub(super) const CHINESE_LATIN: &str = "clean: Chinese, Latin";

/// Names of persons put together by chance, in their own script and in Latin letters, with what they are.
pub fn names(groups: &[NameGroup], count: usize, random: &mut Random) -> Vec<(&'static str, String)> {
    let korean: Vec<Given<'_>> = groups.iter().filter_map(|group| given(group, is_hangul)).collect();
    let han: Vec<Given<'_>> = groups.iter().filter_map(|group| given(group, is_han)).collect();
    let mut names = Vec::new();
    for _ in 0..count {
        let (Some((hangul, _, latin)), Some(name)) = (random.pick(KOREAN), random.pick(&korean)) else { break };
        names.push(("clean: Korean, Hangul", format!("{hangul}{}", name.native.iter().collect::<String>())));
        names.push((KOREAN_LATIN, romanised(random, latin, name)));
        let (Some((surname, surname_latin)), Some(name)) = (random.pick(CHINESE), random.pick(&han)) else { break };
        names.push(("clean: Chinese, Han", format!("{surname}{}", name.native.iter().collect::<String>())));
        let given = name.native.iter().map(|character| pinyin(&[*character])).collect::<Vec<_>>().join(" ");
        let given = Given { latin: vec![given.as_str()], native: Vec::new(), part: name.part };
        names.push((CHINESE_LATIN, romanised(random, &[surname_latin], &given)));
    }
    names
}

/// The pairs of a corpus's groups.
pub fn pairs(groups: &[NameGroup]) -> Vec<Pair> {
    let korean: Vec<Given<'_>> = groups.iter().filter_map(|group| given(group, is_hangul)).collect();
    let mut romanised: BTreeMap<String, &[&str]> = BTreeMap::new();
    for given in &korean {
        romanised.insert(given.native.iter().collect(), &given.latin);
    }
    let mut han: Vec<Given<'_>> = Vec::new();
    let mut korean_han: Vec<Given<'_>> = Vec::new();
    for group in groups {
        let Some(mut given) = given(group, is_han) else { continue };
        // read as Korean it is written as the Korean names of the same Hangul are
        let read_alike = |variant: &&String| {
            let one = given.native.iter().collect::<String>();
            is_korean_reading(&one, variant)
        };
        let hangul = group.variants.iter().filter(|variant| romanised.contains_key(*variant)).find(read_alike);
        if let Some(latin) = hangul.and_then(|variant| romanised.get(variant)) {
            korean_han.push(Given { native: given.native.clone(), latin: latin.to_vec(), part: given.part });
        }
        let pinyin = pinyin(&given.native);
        given.latin.retain(|latin| joined(latin) == pinyin);
        han.push(given);
    }
    han.retain(|given| !given.latin.is_empty());
    let hangul: Vec<(&str, &[&str])> = KOREAN.iter().map(|(hangul, _, latin)| (*hangul, *latin)).collect();
    let hanja: Vec<(&str, &[&str])> = KOREAN.iter().map(|(_, han, latin)| (*han, *latin)).collect();
    let chinese: Vec<(&str, &[&str])> =
        CHINESE.iter().map(|(han, latin)| (*han, std::slice::from_ref(latin))).collect();
    let mut maker = Maker { random: Random::new(1948), pairs: Vec::new() };
    maker.add(&hangul, &korean, "Korean, Hangul and Latin");
    maker.add(&hanja, &korean_han, "Korean, Han and Latin");
    maker.add(&chinese, &han, "Chinese, Han and Latin");
    maker.pairs
}

/// The given name of a group, when it is of two characters of the wanted script.
fn given(group: &NameGroup, wanted: fn(char) -> bool) -> Option<Given<'_>> {
    let written = |variant: &&String| variant.chars().count() == 2 && variant.chars().all(wanted);
    let native: Vec<char> = group.variants.iter().find(written)?.chars().collect();
    // a Hangul group with Han or two Hangul forms holds readings of other languages too
    let is_korean = group.variants.iter().filter(|variant| variant.chars().all(is_hangul)).count() == 1
        && !group.variants.iter().any(|variant| variant.chars().any(is_han));
    let halves = |variant: &&str| {
        let mut halves = variant.split(['-', ' ']);
        let short = |half: Option<&str>| half.is_some_and(|half| (1..=7).contains(&half.len()));
        variant.chars().all(|letter| letter.is_ascii_alphabetic() || letter == '-' || letter == ' ')
            && short(halves.next())
            && short(halves.next())
            && halves.next().is_none()
    };
    let latin: Vec<&str> = group.variants.iter().map(String::as_str).filter(halves).collect();
    (wanted('丁') || is_korean && !latin.is_empty()).then(|| Given { native, latin, part: part_of(&group.id) })
}

/// Whether Hangul is the Korean reading of Han, and not Mandarin or Japanese by ear.
fn is_korean_reading(han: &str, hangul: &str) -> bool {
    let name = |given: &str, family: char| plumb_names::analyse(&format!("{family}{given}"), Kind::Person);
    let mut scratch = plumb_names::Scratch::default();
    let comparison = plumb_names::compare(&name(han, '金'), &name(hangul, '김'), &plumb_names::Uniform, &mut scratch);
    comparison.pieces.iter().all(|piece| piece.rule == plumb_names::Rule::Korean)
}

fn is_hangul(letter: char) -> bool {
    matches!(letter, '가'..='힣')
}

fn is_han(letter: char) -> bool {
    matches!(letter, '\u{4e00}'..='\u{9fff}')
}

fn pinyin(native: &[char]) -> String {
    let text: String = native.iter().collect();
    joined(&plumb_names::analyse(&text, Kind::Entity).parts.iter().map(|part| &*part.latin).collect::<String>())
}

fn joined(latin: &str) -> String {
    latin.replace(['-', ' ', '\''], "").to_lowercase()
}

struct Maker {
    random: Random,
    pairs: Vec<Pair>,
}

impl Maker {
    fn add(&mut self, surnames: &[(&str, &[&str])], given: &[Given<'_>], group: &'static str) {
        let mut near: BTreeMap<(usize, char), Vec<&Given<'_>>> = BTreeMap::new();
        for name in given {
            for (place, syllable) in name.native.iter().enumerate() {
                near.entry((place, *syllable)).or_default().push(name);
            }
        }
        for _ in 0..NAMES {
            let (Some(name), Some(surname)) = (self.random.pick(given), self.random.pick(surnames)) else { return };
            self.name(*surname, name, group);
            let place = self.random.below(2);
            let shared = name.native.get(place).and_then(|syllable| near.get(&(place, *syllable)));
            let other = shared.and_then(|others| self.random.pick(others).copied());
            if let Some(other) = other.filter(|other| are_apart(name, other)) {
                self.pair(*surname, *surname, (name, other), false, group);
            }
            if let Some(other) = self.random.pick(surnames).filter(|other| !same_surname(surname.1, other.1)) {
                self.pair(*surname, *other, (name, name), false, group);
            }
        }
    }

    fn name(&mut self, surname: (&str, &[&str]), name: &Given<'_>, group: &'static str) {
        self.pair(surname, surname, (name, name), true, group);
    }

    /// The name of the one in its own script, or in one pair of four in Latin letters, beside the other's in Latin letters.
    fn pair(
        &mut self,
        surname: (&str, &[&str]),
        other: (&str, &[&str]),
        names: (&Given<'_>, &Given<'_>),
        same: bool,
        group: &'static str,
    ) {
        let native: String = surname.0.chars().chain(names.0.native.iter().copied()).collect();
        let left = if self.random.percent(25) { self.latin(surname.1, names.0) } else { native };
        let right = self.latin(other.1, names.1);
        if left != right {
            self.pairs.push(Pair { schema: "Person", left, right, same, group, part: names.0.part });
        }
    }

    fn latin(&mut self, surname: &[&str], given: &Given<'_>) -> String {
        romanised(&mut self.random, surname, given)
    }
}

/// A name in Latin letters as one of its bearers may write it.
fn romanised(random: &mut Random, surname: &[&str], given: &Given<'_>) -> String {
    let surname = random.pick(surname).copied().unwrap_or_default();
    let given = random.pick(&given.latin).copied().unwrap_or_default();
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    };
    let given = match random.below(3) {
        0 => given.split(['-', ' ']).map(capital).collect::<Vec<_>>().join(" "),
        1 => capital(&given.replace(' ', "-")),
        _ => capital(&joined(given)),
    };
    if random.percent(25) { format!("{given} {surname}") } else { format!("{surname} {given}") }
}

/// Given names of which no romanisation is one of the other's: what people write differently they read differently.
fn are_apart(one: &Given<'_>, two: &Given<'_>) -> bool {
    let written = |given: &Given<'_>| given.latin.iter().map(|latin| joined(latin)).collect::<BTreeSet<_>>();
    one.native != two.native && written(one).is_disjoint(&written(two))
}

fn same_surname(one: &[&str], two: &[&str]) -> bool {
    one.iter().any(|spelling| two.contains(spelling))
}
