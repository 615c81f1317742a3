//! Holding two names against each other: parts aligned one to one, then runs of parts, then what is left.
//!
//! A person's name that can be read as Korean or Chinese on both sides is decided by its syllables, so that letters that look
//! alike cannot join different syllables.

use std::ops::Range;

use crate::agree::{self, Agreement, Chance};
use crate::comparison::{Comparison, Level, Outcome, Piece, Rarity, Rule, Span};
use crate::lexicon;
use crate::name::{Name, Part, Reading, Role, Status};
use crate::outcome::{self, Counted};
use crate::syllable::{Language, Meeting};

/// Room for the work of a comparison, kept between comparisons so that none allocates for it.
#[derive(Debug, Default)]
pub struct Scratch {
    candidates: Vec<Candidate>,
    left_taken: Vec<bool>,
    right_taken: Vec<bool>,
    pub(crate) links: Vec<Link>,
}

#[derive(Debug, Clone, Copy)]
struct Candidate {
    agreement: Agreement,
    left: usize,
    right: usize,
}

/// Aligned ranges of parts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link {
    pub left: (usize, usize),
    pub right: (usize, usize),
    pub agreement: Agreement,
}

/// The longest run of parts that is compared with one written together.
const LONGEST_RUN: usize = 4;

/// Compares two names. `compare(a, b)` and `compare(b, a)` say the same with the sides exchanged.
pub fn compare(left: &Name, right: &Name, rarity: &dyn Rarity, scratch: &mut Scratch) -> Comparison {
    compare_if(left, right, rarity, scratch, |_| true)
}

/// Compares two names as [`compare`] does, but lists the pieces only of comparisons whose outcome is wanted. It takes less than half the time to
/// learn that nothing agrees.
pub fn compare_if(
    left: &Name,
    right: &Name,
    rarity: &dyn Rarity,
    scratch: &mut Scratch,
    wanted: fn(Outcome) -> bool,
) -> Comparison {
    if left.status == Status::Empty || right.status == Status::Empty {
        return Comparison { outcome: Outcome::NotComparable, pieces: Vec::new() };
    }
    // One of the two orders is always taken, so that ties fall the same way whichever side a name stands on.
    let place = |part: &Part| (part.forms.folded, part.start, part.end);
    if left.parts.iter().map(place).le(right.parts.iter().map(place)) {
        return ordered(left, right, rarity, scratch, wanted);
    }
    let mut comparison = ordered(right, left, rarity, scratch, wanted);
    for piece in &mut comparison.pieces {
        (piece.left, piece.right) = (piece.right, piece.left);
    }
    comparison.pieces.sort_by_key(|piece| (piece.left.is_none(), piece.left, piece.right));
    comparison
}

fn ordered(
    left: &Name,
    right: &Name,
    rarity: &dyn Rarity,
    scratch: &mut Scratch,
    wanted: fn(Outcome) -> bool,
) -> Comparison {
    align(left, right, scratch);
    let settled = scratch.links.iter().all(|link| link.agreement.0 <= Level::Romanised && link.left == link.right)
        && scratch.left_taken.iter().chain(&scratch.right_taken).all(|taken| *taken);
    if !settled && let Some(comparison) = by_reading(left, right, rarity) {
        return comparison;
    }
    align_rest(left, right, scratch);
    let outcome = outcome::outcome(left, right, &scratch.links, (&scratch.left_taken, &scratch.right_taken));
    let pieces = match outcome {
        outcome if !wanted(outcome) => Vec::new(),
        Outcome::Acronym => acronym(left, right).into_iter().collect(),
        _ => pieces(left, right, rarity, scratch),
    };
    Comparison { outcome, pieces }
}

/// One name as the acronym of the other: one piece.
fn acronym(left: &Name, right: &Name) -> Option<Piece> {
    let (left, right) = outcome::acronym(left, right)?;
    let span = |parts: &[Part]| Some(Span { start: parts.first()?.start, end: parts.last()?.end });
    Some(Piece {
        left: span(left),
        right: span(right),
        level: Level::Translated,
        rule: Rule::Acronym,
        role: Role::Name,
        commonness: 0.0,
        letters: letters(left).min(letters(right)),
    })
}

/// A syllable of Korean or Chinese in Latin letters has about three: Chol, Ri, Jong.
const LETTERS_OF_A_SYLLABLE: u16 = 3;

/// Letters of parts in Latin letters; those of a script that cannot be read as they are.
fn letters(parts: &[Part]) -> u16 {
    let of = |part: &Part| if part.latin.is_empty() { part.folded.chars().count() } else { part.latin.len() };
    u16::try_from(parts.iter().map(of).sum::<usize>()).unwrap_or(u16::MAX)
}

fn align(left: &Name, right: &Name, scratch: &mut Scratch) {
    scratch.candidates.clear();
    scratch.links.clear();
    scratch.left_taken.clear();
    scratch.left_taken.resize(left.parts.len(), false);
    scratch.right_taken.clear();
    scratch.right_taken.resize(right.parts.len(), false);
    for (i, l) in left.parts.iter().enumerate() {
        for (j, r) in right.parts.iter().enumerate() {
            if let Some(agreement) = agree::parts(left, l, right, r) {
                scratch.candidates.push(Candidate { agreement, left: i, right: j });
            }
        }
    }
    // The same order with the sides exchanged: level, then how far apart the places are, then where.
    scratch
        .candidates
        .sort_unstable_by_key(|c| (c.agreement.0, c.left.abs_diff(c.right), c.left + c.right, c.left.min(c.right)));
    // Words of descent and articles wait: they may belong to a part that is written together on the other side.
    // So do forms that stand for each other: "limited" may belong to a "private" that is misspelled.
    let role = |at: usize| left.parts.get(at).map_or(Role::Stop, |part| part.role);
    take(scratch, |candidate| match (candidate.agreement.0, role(candidate.left)) {
        (_, Role::Relation) | (Level::Translated, Role::LegalForm) => false,
        (level, _) => level <= Level::Translated,
    });
    align_runs(left, right, scratch);
    take(scratch, |_| true);
}

/// Takes the wanted candidates whose parts are free, best first.
fn take(scratch: &mut Scratch, wanted: impl Fn(&Candidate) -> bool) {
    for candidate in &scratch.candidates {
        let (Some(l), Some(r)) =
            (scratch.left_taken.get_mut(candidate.left), scratch.right_taken.get_mut(candidate.right))
        else {
            continue;
        };
        if !*l && !*r && wanted(candidate) {
            (*l, *r) = (true, true);
            scratch.links.push(Link {
                left: (candidate.left, candidate.left + 1),
                right: (candidate.right, candidate.right + 1),
                agreement: candidate.agreement,
            });
        }
    }
}

/// One part against a run of parts of the other side, both ways.
fn align_runs(left: &Name, right: &Name, scratch: &mut Scratch) {
    let free = |taken: &[bool]| taken.iter().filter(|taken| !**taken).count();
    let (l_free, r_free) = (free(&scratch.left_taken), free(&scratch.right_taken));
    if l_free == 0 || r_free == 0 || l_free + r_free < 3 {
        return;
    }
    for (one, many, exchanged) in [(left, right, false), (right, left, true)] {
        for (place, part) in one.parts.iter().enumerate() {
            let taken = if exchanged { &scratch.right_taken } else { &scratch.left_taken };
            let others = if exchanged { &scratch.left_taken } else { &scratch.right_taken };
            if taken.get(place) != Some(&false) {
                continue;
            }
            let Some((range, agreement)) = find_run((one, part), many, others) else { continue };
            let (l, r) = if exchanged { (range, (place, place + 1)) } else { ((place, place + 1), range) };
            scratch.left_taken.get_mut(l.0..l.1).unwrap_or_default().fill(true);
            scratch.right_taken.get_mut(r.0..r.1).unwrap_or_default().fill(true);
            scratch.links.push(Link { left: l, right: r, agreement });
        }
    }
}

fn find_run(one: (&Name, &Part), many: &Name, taken: &[bool]) -> Option<((usize, usize), Agreement)> {
    for begin in 0..many.parts.len() {
        let mut chance = Chance::of(one.0, one.1);
        for end in begin + 1..=(begin + LONGEST_RUN).min(many.parts.len()) {
            let run = many.parts.get(begin..end).unwrap_or_default();
            let is_free = taken.get(end - 1) == Some(&false);
            if !is_free || !run.last().is_some_and(|last| chance.take_in(many, last)) {
                break;
            }
            let agreement = if end - begin > 1 && chance.is_there() { agree::run(one, many, run) } else { None };
            if let Some(agreement) = agreement {
                return Some(((begin, end), agreement));
            }
        }
    }
    None
}

/// What tells bearers apart and has found no counterpart is aligned in order, as different: names with names, numbers with numbers,
/// patronymics with patronymics; then an initial with a name that it does not begin.
fn align_rest(left: &Name, right: &Name, scratch: &mut Scratch) {
    const ORDER: [(Role, Role); 8] = [
        (Role::Name, Role::Name),
        (Role::Number, Role::Number),
        (Role::Patronymic, Role::Patronymic),
        (Role::Initial, Role::Initial),
        (Role::Initial, Role::Name),
        (Role::Name, Role::Initial),
        (Role::Initial, Role::Patronymic),
        (Role::Patronymic, Role::Initial),
    ];
    let counted = Counted::of(left, right);
    let group = |role: Role| match role {
        Role::Number | Role::Patronymic | Role::Initial => role,
        _ => Role::Name,
    };
    // A patronymic that one side alone has says nothing, but beside an initial that it does not begin with it does.
    let next = |name: &Name, taken: &[bool], wanted: Role, other: Role| {
        let counts = |role| counted.counts(role) || role == Role::Patronymic && other == Role::Initial;
        let free = |(part, taken): (&Part, &bool)| !taken && counts(part.role) && group(part.role) == wanted;
        name.parts.iter().zip(taken).position(free)
    };
    for (one, two) in ORDER {
        while let (Some(i), Some(j)) =
            (next(left, &scratch.left_taken, one, two), next(right, &scratch.right_taken, two, one))
        {
            let (Some(l), Some(r)) = (scratch.left_taken.get_mut(i), scratch.right_taken.get_mut(j)) else { break };
            (*l, *r) = (true, true);
            let agreement = (Level::Different, Rule::Place);
            scratch.links.push(Link { left: (i, i + 1), right: (j, j + 1), agreement });
        }
    }
}

fn pieces(left: &Name, right: &Name, rarity: &dyn Rarity, scratch: &mut Scratch) -> Vec<Piece> {
    let common = |name: &Name, (from, to): (usize, usize)| {
        name.parts.get(from..to).unwrap_or_default().iter().map(|part| rarity.commonness(&part.key)).fold(1.0, f32::min)
    };
    let span = |name: &Name, (from, to): (usize, usize)| {
        let parts = name.parts.get(from..to).unwrap_or_default();
        Some(Span { start: parts.first()?.start, end: parts.last()?.end })
    };
    let letters = |name: &Name, (from, to): (usize, usize)| letters(name.parts.get(from..to).unwrap_or_default());
    // "company" comes and goes as legal forms do
    let role = |name: &Name, at: usize| match name.parts.get(at) {
        Some(part) if lexicon::is_company(part.concept) => Role::LegalForm,
        part => part.map_or(Role::Name, |part| part.role),
    };
    scratch.links.sort_by_key(|link| (link.left, link.right));
    let mut pieces: Vec<Piece> = Vec::with_capacity(left.parts.len() + right.parts.len());
    for link in &scratch.links {
        pieces.push(Piece {
            left: span(left, link.left),
            right: span(right, link.right),
            level: link.agreement.0,
            rule: link.agreement.1,
            role: role(left, link.left.0).max(role(right, link.right.0)),
            commonness: common(left, link.left).max(common(right, link.right)),
            letters: letters(left, link.left).min(letters(right, link.right)),
        });
    }
    let alone = |name, at: usize, is_left| {
        let place = span(name, (at, at + 1));
        let (left, right) = if is_left { (place, None) } else { (None, place) };
        let (commonness, letters) = (common(name, (at, at + 1)), letters(name, (at, at + 1)));
        Piece { left, right, level: Level::Different, rule: Rule::Place, role: role(name, at), commonness, letters }
    };
    for (name, taken, is_left) in [(left, &scratch.left_taken, true), (right, &scratch.right_taken, false)] {
        let open = taken.iter().enumerate().filter(|(_, taken)| !**taken);
        pieces.extend(open.map(|(at, _)| alone(name, at, is_left)));
    }
    pieces.sort_by_key(|piece| (piece.left.is_none(), piece.left, piece.right));
    pieces
}

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
fn by_reading(left: &Name, right: &Name, rarity: &dyn Rarity) -> Option<Comparison> {
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

fn from_verdict(
    left: &Name,
    right: &Name,
    rarity: &dyn Rarity,
    (verdict, l, r): (&Verdict, &Reading, &Reading),
) -> Comparison {
    let family = usize::from(l.family);
    let span = |reading: &Reading, from: usize, to: usize| {
        let syllables = reading.syllables.get(from..to.min(reading.syllables.len())).unwrap_or_default();
        let start = syllables.iter().map(|s| s.start).min()?;
        Some(Span { start, end: syllables.iter().map(|s| s.end).max()? })
    };
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
    let family_first =
        |reading: &Reading| reading.syllables.first().map(|s| s.start) <= reading.syllables.last().map(|s| s.start);
    let same_order = family_first(l) == family_first(r);
    pieces.sort_by_key(|piece| (piece.left.is_none(), piece.left, piece.right));
    let outcome = match verdict.outcome(same_order) {
        Outcome::SameOrder | Outcome::OtherOrder if pieces.len() > 2 => Outcome::OneShorter,
        Outcome::NearMiss if pieces.len() > 2 => Outcome::OneDiffers,
        outcome => outcome,
    };
    Comparison { outcome, pieces }
}
