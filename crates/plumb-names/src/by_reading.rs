//! Persons whose names can be read as Korean or Chinese on both sides: decided syllable by syllable, family name with family name.

use std::ops::Range;

use crate::agree;
use crate::comparison::{Comparison, Level, Outcome, Piece, Rarity, Rule, Span};
use crate::name::{Name, Part, Reading, Role};
use crate::syllable::{Language, Meeting};

/// A syllable of Korean or Chinese in Latin letters has about three: Chol, Ri, Jong.
const LETTERS_OF_A_SYLLABLE: u16 = 3;

/// How two readings of the same shape stand to each other.
struct Verdict {
    family: Level,
    given: Level,
    rule: Rule,
}

impl Verdict {
    fn outcome(&self, same_order: bool) -> Outcome {
        match (self.family.agrees(), self.given.agrees()) {
            (true, true) if same_order => Outcome::SameOrder,
            (true, true) => Outcome::OtherOrder,
            (true, false) if self.given == Level::NearSyllables => Outcome::NearMiss,
            (false, true) if self.family == Level::NearSyllables => Outcome::NearMiss,
            (true, false) | (false, true) => Outcome::OneDiffers,
            (false, false) => Outcome::NothingAgrees,
        }
    }
}

/// Decides by syllables, if both names can be split in the same way.
pub(crate) fn by_reading(left: &Name, right: &Name, rarity: &dyn Rarity) -> Option<Comparison> {
    let mut best: Option<(Verdict, &Reading, &Reading)> = None;
    for l in &left.readings {
        for r in &right.readings {
            if l.family != r.family || l.syllables.len() != r.syllables.len() {
                continue;
            }
            for language in LANGUAGES {
                let Some(verdict) = verdict(l, r, language) else { continue };
                if best.as_ref().is_none_or(|(old, ..)| {
                    (verdict.family.max(verdict.given), verdict.given) < (old.family.max(old.given), old.given)
                }) {
                    best = Some((verdict, l, r));
                }
            }
        }
    }
    let agrees = |(verdict, ..): &(Verdict, _, _)| verdict.family.agrees() && verdict.given.agrees();
    let (verdict, l, r) = match best {
        Some(best) if agrees(&best) => best,
        best => other_length(left, right).filter(|other| best.is_none() || agrees(other)).or(best)?,
    };
    Some(from_verdict(left, right, rarity, (&verdict, l, r)))
}

/// Names that can be read in one language with other numbers of syllables: Kim Chol and Kim Chol Nam. What they begin with may agree;
/// letters that look alike at other places say nothing.
fn other_length<'a>(left: &'a Name, right: &'a Name) -> Option<(Verdict, &'a Reading, &'a Reading)> {
    let pairs = left.readings.iter().flat_map(|l| right.readings.iter().map(move |r| (l, r)));
    let read = pairs
        .flat_map(|(l, r)| LANGUAGES.map(|language| (l, r, language)))
        .filter(|(l, r, language)| l.family == r.family && reads(l, *language) && reads(r, *language));
    let verdict = |(l, r, language): (&'a Reading, &'a Reading, Language)| {
        let family = usize::from(l.family);
        let shorter = l.syllables.len().min(r.syllables.len());
        let (family, given) = (level(l, r, 0..family, language), level(l, r, family..shorter, language));
        (Verdict { family, given, rule: agree::rule_of(language) }, l, r)
    };
    read.map(verdict).min_by_key(|(verdict, ..)| (verdict.family, verdict.given))
}

/// The languages in which two readings may agree, the surest first.
const LANGUAGES: [Language; 4] = [Language::Han, Language::Korean, Language::Mandarin, Language::Cantonese];

fn verdict(l: &Reading, r: &Reading, language: Language) -> Option<Verdict> {
    if !reads(l, language) || !reads(r, language) {
        return None;
    }
    let family = usize::from(l.family);
    Some(Verdict {
        family: level(l, r, 0..family, language),
        given: level(l, r, family..l.syllables.len(), language),
        rule: agree::rule_of(language),
    })
}

/// Whether every syllable can be one of the language.
fn reads(reading: &Reading, language: Language) -> bool {
    reading.syllables.iter().all(|s| match language {
        Language::Korean => s.is_korean(),
        Language::Mandarin => s.is_mandarin(),
        Language::Cantonese => s.is_cantonese(),
        Language::Han => s.han != 0,
    })
}

/// How well a range of syllables of two readings agrees.
fn level(l: &Reading, r: &Reading, range: Range<usize>, language: Language) -> Level {
    let (l, r) = (l.syllables.get(range.clone()).unwrap_or_default(), r.syllables.get(range).unwrap_or_default());
    let count = |wanted| l.iter().zip(r).filter(|(a, b)| a.meets(b, language) == wanted).count();
    match (count(Meeting::Near), count(Meeting::Apart)) {
        (0, 0) => Level::Syllables,
        (1, 0) => Level::NearSyllables,
        _ => Level::Different,
    }
}

/// A Western name beside the syllables, of one or of both.
fn besides(left: &Name, l: &Reading, right: &Name, r: &Reading, rarity: &dyn Rarity) -> Option<Piece> {
    let open = |name: &'_ Name, reading: &Reading| {
        let is_read = |part: &Part| reading.syllables.iter().any(|s| s.start >= part.start && s.end <= part.end);
        let open = name.parts.iter().find(|part| part.role.is_distinctive() && !is_read(part))?;
        Some((Span { start: open.start, end: open.end }, open.forms.key, rarity.commonness(&open.key)))
    };
    let both = [open(left, l), open(right, r)];
    let [one, other] = both;
    let same = one.zip(other).is_some_and(|(one, other)| one.1 == other.1);
    let common = both.into_iter().flatten().map(|(.., common)| common).reduce(f32::max)?;
    Some(Piece {
        left: one.map(|(place, ..)| place),
        right: other.map(|(place, ..)| place),
        level: if same { Level::Spelling } else { Level::Different },
        rule: if same { Rule::SpellingHabit } else { Rule::Place },
        role: Role::Given,
        commonness: common,
        letters: LETTERS_OF_A_SYLLABLE,
    })
}

fn from_verdict(
    left: &Name,
    right: &Name,
    rarity: &dyn Rarity,
    (verdict, l, r): (&Verdict, &Reading, &Reading),
) -> Comparison {
    let family = usize::from(l.family);
    let common = |name: &Name, place: Option<Span>| {
        let inside = |part: &&Part| place.is_some_and(|span| part.start >= span.start && part.end <= span.end);
        name.parts.iter().filter(inside).map(|part| rarity.commonness(&part.key)).reduce(f32::min).unwrap_or(0.0)
    };
    let longer = l.syllables.len().max(r.syllables.len());
    let piece = |from: usize, to: usize, level: Level, role: Role| {
        let (l_span, r_span) = (span(l, from, to), span(r, from, to));
        let rule = if level == Level::Different { Rule::Place } else { verdict.rule };
        Piece {
            left: l_span,
            right: r_span,
            level,
            rule,
            role,
            commonness: common(left, l_span).max(common(right, r_span)),
            letters: LETTERS_OF_A_SYLLABLE * u16::try_from(to.min(longer).saturating_sub(from)).unwrap_or_default(),
        }
    };
    // of names of other lengths the rest of the longer has no counterpart
    let shorter = l.syllables.len().min(r.syllables.len());
    let mut pieces =
        vec![piece(0, family, verdict.family, Role::Family), piece(family, shorter, verdict.given, Role::Given)];
    if l.syllables.len() != r.syllables.len() {
        pieces.push(piece(shorter, usize::MAX, Level::Different, Role::Given));
    }
    let besides = besides(left, l, right, r, rarity);
    pieces.extend(besides);
    pieces.sort_by_key(|piece| (piece.left.is_none(), piece.left, piece.right));
    Comparison { outcome: whole(verdict, l, r, besides), pieces }
}

/// Where syllables from one to before another stand.
fn span(reading: &Reading, from: usize, to: usize) -> Option<Span> {
    let syllables = reading.syllables.get(from..to.min(reading.syllables.len())).unwrap_or_default();
    let start = syllables.iter().map(|s| s.start).min()?;
    Some(Span { start, end: syllables.iter().map(|s| s.end).max()? })
}

/// How the names stand to each other as wholes, given what stands beside their syllables.
fn whole(verdict: &Verdict, l: &Reading, r: &Reading, besides: Option<Piece>) -> Outcome {
    let is_longer = l.syllables.len() != r.syllables.len();
    let differ = besides.is_some_and(|piece| !piece.is_unmatched() && piece.level == Level::Different);
    let family_first =
        |reading: &Reading| reading.syllables.first().map(|s| s.start) <= reading.syllables.last().map(|s| s.start);
    match verdict.outcome(family_first(l) == family_first(r)) {
        Outcome::SameOrder | Outcome::OtherOrder if differ => Outcome::OneDiffers,
        Outcome::SameOrder | Outcome::OtherOrder if is_longer => Outcome::OneShorter,
        Outcome::NearMiss if is_longer || differ => Outcome::OneDiffers,
        outcome => outcome,
    }
}
