//! Holding two names against each other: parts aligned one to one, then runs of parts, then what is left.
//!
//! A person's name that can be read as Korean or Chinese on both sides is decided by its syllables, so that letters that look
//! alike cannot join different syllables.

use crate::agree::{self, Agreement};
use crate::by_reading::by_reading;
use crate::coming::Coming;
use crate::comparison::{Comparison, Level, Outcome, Piece, Rarity, Rule, Span};
use crate::japanese;
use crate::name::{Name, Part, Role, Status};
use crate::outcome::{self, Counted};
use crate::runs::{self, Chance};
use crate::script::Script;

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

/// Which comparisons are to be worked out to the end. It takes less than half the time to learn that nothing agrees.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// Whether pieces are to be listed of names that stand so to each other.
    pub outcome: &'a dyn Fn(Outcome) -> bool,
    /// Whether these pieces are wanted; what they have not yet are commonness and letters.
    pub pieces: &'a dyn Fn(Outcome, &[Piece]) -> bool,
}

/// Compares two names. `compare(a, b)` and `compare(b, a)` say the same with the sides exchanged.
pub fn compare(left: &Name, right: &Name, rarity: &dyn Rarity, scratch: &mut Scratch) -> Comparison {
    let all = Wanted { outcome: &|_| true, pieces: &|_, _| true };
    let nothing = Comparison { outcome: Outcome::NotComparable, pieces: Vec::new() };
    compare_if(left, right, rarity, scratch, all).unwrap_or(nothing)
}

/// Compares two names as [`compare`] does; nothing if the comparison is not wanted.
pub fn compare_if(
    left: &Name,
    right: &Name,
    rarity: &dyn Rarity,
    scratch: &mut Scratch,
    wanted: Wanted<'_>,
) -> Option<Comparison> {
    if left.status == Status::Empty || right.status == Status::Empty {
        return None;
    }
    // One of the two orders is always taken, so that ties fall the same way whichever side a name stands on.
    let place = |part: &Part| (part.forms.folded, part.start, part.end);
    if left.parts.iter().map(place).le(right.parts.iter().map(place)) {
        return ordered(left, right, rarity, scratch, wanted);
    }
    let mut comparison = ordered(right, left, rarity, scratch, wanted)?;
    for piece in &mut comparison.pieces {
        (piece.left, piece.right) = (piece.right, piece.left);
    }
    comparison.pieces.sort_by_key(|piece| (piece.left.is_none(), piece.left, piece.right));
    Some(comparison)
}

fn ordered(
    left: &Name,
    right: &Name,
    rarity: &dyn Rarity,
    scratch: &mut Scratch,
    wanted: Wanted<'_>,
) -> Option<Comparison> {
    align(left, right, scratch);
    let settled = scratch.left_taken.iter().chain(&scratch.right_taken).all(|taken| *taken)
        && scratch.links.iter().all(|link| link.left == link.right && is_settled(left, right, link));
    if !settled
        && let Some(comparison) = by_reading(left, right, rarity)
        && (is_one(comparison.outcome) || !japanese::are_surely_one(left, right))
    {
        return Some(comparison);
    }
    align_rest(left, right, scratch);
    let outcome = outcome::outcome(left, right, &scratch.links, (&scratch.left_taken, &scratch.right_taken));
    let pieces = match outcome {
        outcome if !(wanted.outcome)(outcome) => return None,
        Outcome::Acronym => acronym(left, right).into_iter().collect(),
        _ => pieces(left, right, scratch),
    };
    if !(wanted.pieces)(outcome, &pieces) {
        return None;
    }
    let mut comparison = Comparison { outcome, pieces };
    if outcome != Outcome::Acronym {
        weigh(left, right, rarity, scratch, &mut comparison.pieces);
        comparison.pieces.sort_by_key(|piece| (piece.left.is_none(), piece.left, piece.right));
    }
    Some(comparison)
}

/// Whether parts agree so well that syllables have nothing to say: letter by letter, and by spelling habits or as forms of one name where another
/// script takes the place of a system of romanisation: Джим Чен, Jim Chen.
fn is_settled(left: &Name, right: &Name, link: &Link) -> bool {
    let is_lettered = |script| matches!(script, Script::Latin | Script::Cyrillic);
    let scripts = left.parts.get(link.left.0).zip(right.parts.get(link.right.0)).map(|(l, r)| [l.script, r.script]);
    let across = scripts.is_some_and(|[l, r]| l != r && is_lettered(l) && is_lettered(r));
    link.agreement.0 <= if across { Level::Variant } else { Level::Romanised }
}

/// Whether every part that counts has its counterpart.
fn is_one(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::SameOrder | Outcome::OtherOrder)
}

/// One name as the acronym of the other: one piece.
fn acronym(left: &Name, right: &Name) -> Option<Piece> {
    let (one, two) = (left, right);
    let (left, right) = outcome::acronym(left, right)?;
    let is_whole = |word: &[Part], name: &Name| matches!(word, [word] if name.parts.len() > 1 && outcome::is_of_all_words(word, name));
    // letters as they are written: х is one, and not the two of kh
    let written = |word: &[Part]| u16::try_from(word.iter().map(|part| part.folded.chars().count()).sum::<usize>());
    let span = |parts: &[Part]| Some(Span { start: parts.first()?.start, end: parts.last()?.end });
    Some(Piece {
        left: span(left),
        right: span(right),
        // of the first letters of all words, or of beginnings of some
        level: if is_whole(left, two) || is_whole(right, one) { Level::Exact } else { Level::Translated },
        rule: Rule::Acronym,
        role: Role::Name,
        commonness: 0.0,
        letters: [left, right].map(|word| written(word).unwrap_or(u16::MAX)).into_iter().fold(u16::MAX, u16::min),
    })
}

/// Letters of parts in Latin letters; those of a script that cannot be read as they are.
fn letters(parts: &[Part]) -> u16 {
    let of = |part: &Part| if part.latin.is_empty() { part.folded.chars().count() } else { part.latin.len() };
    u16::try_from(parts.iter().map(of).sum::<usize>()).unwrap_or(u16::MAX)
}

fn align(left: &Name, right: &Name, scratch: &mut Scratch) {
    scratch.links.clear();
    scratch.left_taken.clear();
    scratch.left_taken.resize(left.parts.len(), false);
    scratch.right_taken.clear();
    scratch.right_taken.resize(right.parts.len(), false);
    // Of most pairs the parts are mostly the same, and what has its equal need not be held against the others.
    find_candidates(left, right, scratch, agree::same);
    take(scratch, |candidate| left.parts.get(candidate.left).is_some_and(|part| part.role != Role::Relation));
    find_candidates(left, right, scratch, |l, r| agree::parts(left, l, right, r));
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

/// The agreements of parts that are free, best first.
fn find_candidates(
    left: &Name,
    right: &Name,
    scratch: &mut Scratch,
    agree: impl Fn(&Part, &Part) -> Option<Agreement>,
) {
    scratch.candidates.clear();
    let right_free = || right.parts.iter().zip(&scratch.right_taken).enumerate().filter(|(_, (_, taken))| !**taken);
    for (i, (l, taken)) in left.parts.iter().zip(&scratch.left_taken).enumerate() {
        if *taken {
            continue;
        }
        for (j, (r, _)) in right_free() {
            if let Some(agreement) = agree(l, r) {
                scratch.candidates.push(Candidate { agreement, left: i, right: j });
            }
        }
    }
    // The same order with the sides exchanged: level, then how far apart the places are, then where.
    scratch
        .candidates
        .sort_unstable_by_key(|c| (c.agreement.0, c.left.abs_diff(c.right), c.left + c.right, c.left.min(c.right)));
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
            if taken.get(place) != Some(&false) || !runs::may_be_run(part) {
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
    let none_yet = Chance::of(one.0, one.1);
    for begin in 0..many.parts.len() {
        let mut chance = none_yet;
        for end in begin + 1..=(begin + LONGEST_RUN).min(many.parts.len()) {
            let run = many.parts.get(begin..end).unwrap_or_default();
            let is_free = taken.get(end - 1) == Some(&false);
            if !is_free || !run.last().is_some_and(|last| chance.take_in(many, last)) {
                break;
            }
            let agreement = if end - begin > 1 && chance.is_there() { runs::run(one, many, run) } else { None };
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
    let group = |role: Role| match role {
        Role::Number | Role::Patronymic | Role::Initial => role,
        _ => Role::Name,
    };
    // A bit for each group of which a part is free: most of the order has nothing to align.
    let free = |name: &Name, taken: &[bool]| {
        let free = name.parts.iter().zip(taken).filter(|(_, taken)| !**taken);
        free.fold(0u16, |groups, (part, _)| groups | 1 << group(part.role) as u8)
    };
    let (left_free, right_free) = (free(left, &scratch.left_taken), free(right, &scratch.right_taken));
    if left_free == 0 || right_free == 0 {
        return;
    }
    let counted = Counted::of(left, right);
    // A patronymic that one side alone has says nothing, but beside an initial that it does not begin with it does.
    let next = |name: &Name, taken: &[bool], wanted: Role, other: Role| {
        let counts = |role| counted.counts(role) || role == Role::Patronymic && other == Role::Initial;
        let free = |(part, taken): (&Part, &bool)| !taken && counts(part.role) && group(part.role) == wanted;
        name.parts.iter().zip(taken).position(free)
    };
    let is_free = |(one, two): &(Role, Role)| left_free >> *one as u8 & right_free >> *two as u8 & 1 == 1;
    for (one, two) in ORDER.into_iter().filter(is_free) {
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

/// The pieces in the order of [`ranges`], without their weights.
fn pieces(left: &Name, right: &Name, scratch: &mut Scratch) -> Vec<Piece> {
    scratch.links.sort_unstable_by_key(|link| (link.left, link.right));
    let span = |name: &Name, (from, to): (usize, usize)| {
        let parts = name.parts.get(from..to).unwrap_or_default();
        Some(Span { start: parts.first()?.start, end: parts.last()?.end })
    };
    let coming = Coming::of((left, &scratch.left_taken), (right, &scratch.right_taken));
    let mut pieces = Vec::with_capacity(left.parts.len() + right.parts.len());
    pieces.extend(ranges(scratch).map(|(l, r, (level, rule))| {
        let is_alone = l.is_none() || r.is_none();
        let role = |name: &Name, side: usize, range: Option<Places>, other: Option<Places>| {
            let (from, to) = range?;
            // words written together are what the word is that they make: E-Commerce, Ecommerce
            if to - from > 1 && other.is_some_and(|(from, to)| to - from == 1) {
                return None;
            }
            Some(name.parts.get(from).map_or(Role::Name, |part| coming.role(part, is_alone, side)))
        };
        let roles = [role(left, 0, l, r), role(right, 1, r, l)];
        Piece {
            left: l.and_then(|range| span(left, range)),
            right: r.and_then(|range| span(right, range)),
            level,
            rule,
            role: roles.into_iter().flatten().max().unwrap_or(Role::Name),
            commonness: 0.0,
            letters: 0,
        }
    }));
    pieces
}

/// Parts from one place to before another.
type Places = (usize, usize);

/// What is aligned, then what of the left and then of the right name is not.
fn ranges(scratch: &Scratch) -> impl Iterator<Item = (Option<Places>, Option<Places>, Agreement)> {
    let open = |taken: &'_ [bool], at: usize| (taken.get(at) == Some(&false)).then_some((at, at + 1));
    let alone = (Level::Different, Rule::Place);
    let left = (0..scratch.left_taken.len()).filter_map(move |at| open(&scratch.left_taken, at));
    let right = (0..scratch.right_taken.len()).filter_map(move |at| open(&scratch.right_taken, at));
    let links = scratch.links.iter().map(|link| (Some(link.left), Some(link.right), link.agreement));
    links
        .chain(left.map(move |range| (Some(range), None, alone)))
        .chain(right.map(move |range| (None, Some(range), alone)))
}

/// Fills in how common the pieces are and how long.
fn weigh(left: &Name, right: &Name, rarity: &dyn Rarity, scratch: &Scratch, pieces: &mut [Piece]) {
    let common = |parts: &[Part]| parts.iter().map(|part| rarity.commonness(&part.key)).fold(1.0, f32::min);
    let (left_parts, right_parts) = (&left.parts, &right.parts);
    for (piece, (l, r, agreement)) in pieces.iter_mut().zip(ranges(scratch)) {
        (piece.commonness, piece.letters) = match (
            l.and_then(|(from, to)| left_parts.get(from..to)),
            r.and_then(|(from, to)| right_parts.get(from..to)),
        ) {
            // the same word has one key
            (Some(l), Some(r)) if agreement == (Level::Exact, Rule::Unicode) => (common(l), letters(l).min(letters(r))),
            (Some(l), Some(r)) => (common(l).max(common(r)), letters(l).min(letters(r))),
            (one, other) => one.or(other).map_or((0.0, 0), |parts| (common(parts), letters(parts))),
        };
    }
}
