//! One part beside several in a row of the other name, written together.

use crate::agree::{Agreement, FEWEST_CONSONANTS, VOWELS, are_other_syllables, rule_of};
use crate::by_ear::{Way, heard_run};
use crate::comparison::{Level, Rule};
use crate::distance;
use crate::hash;
use crate::japanese;
use crate::korean;
use crate::name::{Name, Part, Role};
use crate::script::Script;
use crate::syllable::{self, Language};
use crate::variants;

/// The letter of the Arabic article.
const L: u32 = 1 << (b'l' - b'a');

/// Letters of a phrase from which on two may be wrong: as in two words of which each may have as many wrong.
const LONG_PHRASE: usize = 16;

/// Whether a part can be several written together: no number, nor a form or link of one word.
pub(crate) fn may_be_run(part: &Part) -> bool {
    part.role != Role::Number
        && (part.concept == 0
            || part.folded.as_bytes().contains(&b' ')
            || matches!(part.role, Role::Name | Role::Location))
}

/// Whether a run of parts can agree with one part at all, by which consonants and how many syllables the two have. Nearly no run can, and is
/// passed over by this.
#[derive(Clone, Copy)]
pub(crate) struct Chance {
    consonants: u32,
    syllables: usize,
    found_consonants: u32,
    found_syllables: usize,
    /// The part may also agree as a phrase, by variants, by ear or by Japanese readings, of which this knows nothing.
    otherwise: bool,
}

impl Chance {
    pub(crate) fn of(name: &Name, one: &Part) -> Self {
        Self {
            consonants: one.forms.letters & !VOWELS,
            syllables: name.part_syllables(one).len(),
            found_consonants: 0,
            found_syllables: 0,
            otherwise: one.concept != 0 || !one.splits.is_empty() || matches!(one.script, Script::Kana | Script::Han),
        }
    }

    /// Takes in the next part of the run. Whether the run, or a longer one, can agree.
    pub(crate) fn take_in(&mut self, name: &Name, part: &Part) -> bool {
        // the article may be said as the letter behind it, or written with l
        let said = if is_article(part) { self.consonants } else { !VOWELS };
        let is_l = if is_article(part) { self.consonants & L } else { 0 };
        self.found_consonants |= part.forms.letters & said | is_l;
        // with a part that is no syllables, a run is none either
        let syllables = Some(name.part_syllables(part).len()).filter(|count| *count > 0).unwrap_or(self.syllables + 1);
        self.found_syllables += syllables;
        self.otherwise |= matches!(part.script, Script::Han | Script::Kana);
        self.otherwise || self.found_consonants & !self.consonants == 0 || self.found_syllables <= self.syllables
    }

    /// Whether the run can agree as it is.
    pub(crate) fn is_there(&self) -> bool {
        self.otherwise || self.found_consonants == self.consonants || self.found_syllables == self.syllables
    }
}

/// Whether one part agrees with several in a row of the other name, written together: Abdulrahman, Abd al Rahman.
pub(crate) fn run(whole: (&Name, &Part), name: &Name, run: &[Part]) -> Option<Agreement> {
    let (one_name, one) = whole;
    if one.concept != 0 && is_phrase_with_slip(one, run) {
        return Some((Level::EditOne, Rule::EditDistance));
    }
    if one.role == Role::Number || run.iter().any(|part| part.role == Role::Number) {
        return None;
    }
    let first = run.first()?;
    let rest = run.get(1..)?;
    let key = rest.iter().fold(first.forms.key, |hash, part| hash::join(hash, part.forms.key, part.forms.key_power));
    if key == one.forms.key {
        return Some((Level::Spelling, Rule::SpellingHabit));
    }
    // a word with a meaning may be written apart, Dan Dong, and else is no run of others; an initial stands for a word of its own
    if one.concept != 0 && one.role != Role::Name || run.iter().any(|part| part.role == Role::Initial) {
        return None;
    }
    let by_syllables = run_of_syllables(one_name.part_syllables(one), name, run).or_else(|| divided(one, name, run));
    if let Some(agreement) = by_syllables
        .or_else(|| run_of_variants(one, run))
        .or_else(|| japanese::run(name.kind, one, run))
        .or_else(|| heard_run(one, run))
    {
        return Some(agreement);
    }
    let read =
        |part: &Part| Way::of(one_name, one, name, part) == Way::Read || are_other_syllables(one_name, one, name, part);
    // nor are two words written by ear one in letters, whatever consonants they have together: カール・ナセル, Carnicero
    let by_ear = |part: &Part| part.forms.by_ear;
    if run.iter().all(read) || run.iter().any(by_ear) && !by_ear(one) {
        return None;
    }
    has_consonants(one, first, rest).then_some((Level::Consonants, Rule::ConsonantSkeleton))
}

/// Whether a word has the consonants of a run, whatever it makes of the articles in it.
fn has_consonants(one: &Part, first: &Part, rest: &[Part]) -> bool {
    let joined = |article: Article| {
        rest.iter().fold(first.forms.consonants, |hash, part| match article {
            Article::LeftOut if is_article(part) => hash,
            Article::AsL if is_article(part) => hash::step(hash, b'l'),
            _ => hash::join(hash, part.forms.body, part.forms.body_power),
        })
    };
    // an article that no word follows is not said as its first letter: Omar al, Ammar
    let ends_in_article = rest.last().is_some_and(is_article);
    let ways = [Article::AsWritten, Article::AsL].into_iter().chain((!ends_in_article).then_some(Article::LeftOut));
    one.forms.consonant_count >= FEWEST_CONSONANTS
        && ways.into_iter().any(|article| joined(article) == one.forms.consonants)
}

/// How an Arabic article between two words is written in one word with them.
#[derive(Clone, Copy)]
enum Article {
    AsWritten,
    /// As the letter behind it, which is doubled: Noureddine.
    LeftOut,
    /// Abdelrahman, where the other side writes Abd ar-Rahman.
    AsL,
}

/// The Arabic article in any of its forms.
fn is_article(part: &Part) -> bool {
    part.concept == hash::concept("of")
}

/// A phrase of several words beside the same with a slip, which no table knows: private limited, private lmited.
fn is_phrase_with_slip(phrase: &Part, run: &[Part]) -> bool {
    let length: usize = run.iter().map(|part| part.key.len()).sum();
    // in more letters there is more to get wrong
    let most = if length >= LONG_PHRASE { 2 } else { 1 };
    // a known place is no slip of another: Party of China, Party of Chile
    let has_place = run.iter().any(|part| part.role == Role::Location);
    let may_be = !has_place && phrase.folded.contains(' ') && phrase.key.len().abs_diff(length) <= most;
    may_be && {
        let joined: String = run.iter().map(|part| &*part.key).collect();
        distance::within(phrase.key.as_bytes(), joined.as_bytes(), most).is_some()
    }
}

/// 安倍晋三 and Abe Shinzo, in either order.
fn run_of_variants(one: &Part, run: &[Part]) -> Option<Agreement> {
    let [a, b] = run else { return None };
    let joins = |first, second| variants::share(first, a.groups) && variants::share(second, b.groups);
    let found = one.splits.iter().any(|(first, second)| joins(*first, *second) || joins(*second, *first));
    found.then_some((Level::Variant, Rule::VariantTable))
}

/// A word beside its syllables. Where these end it does not say: Yupyong is Yup-yong or Yu-pyong.
fn divided(one: &Part, name: &Name, run: &[Part]) -> Option<Agreement> {
    let in_latin = |part: &Part| part.script == Script::Latin;
    if !in_latin(one) || !run.iter().all(in_latin) {
        return None;
    }
    korean::divisions(&one.latin).iter().find_map(|syllables| run_of_syllables(syllables, name, run))
}

/// 금운산 and KUM UN SAN.
fn run_of_syllables(one: &[syllable::Syllable], name: &Name, run: &[Part]) -> Option<Agreement> {
    let count: usize = run.iter().map(|part| name.part_syllables(part).len()).sum();
    if one.is_empty() || count != one.len() || run.iter().any(|part| name.part_syllables(part).is_empty()) {
        return None;
    }
    let others = || run.iter().flat_map(|part| name.part_syllables(part));
    [Language::Han, Language::Korean, Language::Mandarin]
        .into_iter()
        .find(|language| one.iter().zip(others()).all(|(l, r)| l.meets(r, *language) == syllable::Meeting::Same))
        .map(|language| (Level::Syllables, rule_of(language)))
}
