//! The names as wholes: what follows from the aligned parts.

use crate::compare::Link;
use crate::comparison::{Level, Outcome};
use crate::lexicon;
use crate::name::{Name, Part, Role};
use crate::spelling;

/// Which roles are counted for a pair.
#[derive(Clone, Copy)]
pub(crate) struct Counted {
    /// A side has nothing but generic words, which then must do.
    generic: bool,
    /// Both sides have a patronymic; one alone says nothing.
    patronymic: bool,
}

impl Counted {
    pub(crate) fn of(left: &Name, right: &Name) -> Self {
        let named = |name: &Name| name.parts.iter().any(|part| part.role.is_distinctive() && part.role != Role::Number);
        let patronymic = |name: &Name| name.parts.iter().any(|part| part.role == Role::Patronymic);
        Counted { generic: !named(left) || !named(right), patronymic: patronymic(left) && patronymic(right) }
    }

    pub(crate) fn counts(self, role: Role) -> bool {
        match role {
            Role::Patronymic => self.patronymic,
            Role::Initial => true,
            Role::Generic | Role::Location => self.generic,
            role => role.is_distinctive(),
        }
    }
}

#[derive(Default)]
struct Count {
    agreeing: usize,
    near: usize,
    /// How many of these are initials, which say nothing alone.
    initials: usize,
    different: usize,
    left_alone: usize,
    right_alone: usize,
    numbers_differ: bool,
}

pub(crate) fn outcome(left: &Name, right: &Name, links: &[Link], taken: (&[bool], &[bool])) -> Outcome {
    let counted = Counted::of(left, right);
    let count = count(left, right, links, taken, counted);
    if count.agreeing == 0 && count.initials > 0 && count.near == count.initials {
        return Outcome::NothingAgrees;
    }
    if count.agreeing == 0 && count.near <= 1 {
        return if acronym(left, right).is_some() {
            Outcome::Acronym
        } else if links.iter().any(|link| link.agreement.0.agrees()) && count.near == 0 {
            Outcome::OnlyGeneric
        } else if count.near == 1 && count.different + count.left_alone + count.right_alone == 0 {
            Outcome::NearMiss
        } else {
            Outcome::NothingAgrees
        };
    }
    if count.numbers_differ && count.different == 0 {
        return Outcome::NumbersDiffer;
    }
    let alone = count.left_alone.min(count.right_alone);
    match (count.near, count.different + alone) {
        (0, 0) if generations_differ(left, right) => Outcome::RelationDiffers,
        (0, 0) if is_child_of_other(left, right, links) => Outcome::RelationDiffers,
        (0, 0) if count.left_alone + count.right_alone > 0 => Outcome::OneShorter,
        (0, 0) if relation_differs(left, right, links) => Outcome::RelationDiffers,
        (0, 0) if in_order(links, left, counted) => Outcome::SameOrder,
        (0, 0) => Outcome::OtherOrder,
        (1, 0) => Outcome::NearMiss,
        (0, 1) => Outcome::OneDiffers,
        _ => Outcome::SomeAgree,
    }
}

fn count(left: &Name, right: &Name, links: &[Link], taken: (&[bool], &[bool]), counted: Counted) -> Count {
    let mut count = Count::default();
    let role = |name: &Name, at: usize| name.parts.get(at).map_or(Role::Stop, |part| part.role);
    for link in links {
        let (mut l, mut r) = (role(left, link.left.0), role(right, link.right.0));
        // words written together are what the word is that they make
        match (link.left.1 - link.left.0, link.right.1 - link.right.0) {
            (1, 2..) => r = l,
            (2.., 1) => l = r,
            _ => {}
        }
        // beside a form or a word that many share, what looks like a name is a slip of it: Limited, Lmited
        let common = [l, r].into_iter().find(|role| matches!(role, Role::LegalForm | Role::Generic | Role::Stop));
        if common.map_or(!counted.counts(l) && !counted.counts(r), |role| !counted.counts(role)) {
            continue;
        }
        match link.agreement.0 {
            Level::Different if l == Role::Number && r == Role::Number => count.numbers_differ = true,
            Level::Different => count.different += 1,
            // Patronymics are built in several ways: Arkadyevich, Arkadiyovych.
            level if level.agrees() || l == Role::Patronymic && r == Role::Patronymic => {
                count.agreeing += 1;
            }
            level => {
                count.near += 1;
                count.initials += usize::from(level == Level::Initial);
            }
        }
    }
    let alone = |name: &Name, taken: &[bool]| {
        name.parts.iter().zip(taken).filter(|(part, taken)| !**taken && counted.counts(part.role)).count()
    };
    count.left_alone = alone(left, taken.0);
    count.right_alone = alone(right, taken.1);
    count
}

/// Whether the aligned parts that count stand in one order on both sides.
fn in_order(links: &[Link], left: &Name, counted: Counted) -> bool {
    let mut places: Vec<(usize, usize)> = links
        .iter()
        .filter(|link| left.parts.get(link.left.0).is_some_and(|part| counted.counts(part.role)))
        .map(|link| (link.left.0, link.right.0))
        .collect();
    places.sort_unstable();
    places.is_sorted_by_key(|(_, right)| *right)
}

/// A word of descent fixes who is whose child: Muhammad bin Salman is no Salman bin Muhammad. The father on one side is the child on the other,
/// and the other way round.
fn relation_differs(left: &Name, right: &Name, links: &[Link]) -> bool {
    let rises = |(one, one_at): (&Name, usize), (other, other_at): (&Name, usize)| {
        is_father(one, one_at) && !is_father(other, other_at) && is_child(other, other_at)
    };
    let places = || links.iter().map(|link| ((left, link.left.0), (right, link.right.0)));
    places().any(|(l, r)| rises(l, r)) && places().any(|(l, r)| rises(r, l))
}

/// Whether one name is that of a child of the other's bearer: Hamza bin Usama bin Ladin, Usama bin Ladin. It begins with a name of its own, and what
/// the other begins with follows a word of descent.
fn is_child_of_other(left: &Name, right: &Name, links: &[Link]) -> bool {
    let first = |name: &Name| name.parts.iter().position(|part| part.role.is_distinctive());
    let is_child_of_it = |child: &Name, parent: &Name, place: fn(&Link) -> (usize, usize)| {
        let (Some(own), Some(begin)) = (first(child), first(parent)) else { return false };
        let is_linked = |wanted: (Option<usize>, Option<usize>)| {
            links.iter().map(place).any(|(of_child, of_parent)| {
                wanted.0.is_none_or(|at| at == of_child) && wanted.1.is_none_or(|at| at == of_parent)
            })
        };
        let father = (own + 2..child.parts.len()).find(|at| is_name(child, *at));
        is_child(child, own)
            && !is_linked((Some(own), None))
            && father.is_some_and(|father| is_father(child, father) && is_linked((Some(father), Some(begin))))
    };
    is_child_of_it(left, right, |link| (link.left.0, link.right.0))
        || is_child_of_it(right, left, |link| (link.right.0, link.left.0))
}

/// Whether one side is called the son and the other the father, of one name.
fn generations_differ(left: &Name, right: &Name) -> bool {
    let says = |name: &Name, is: fn(u32) -> bool| name.parts.iter().any(|part| part.concept != 0 && is(part.concept));
    let differ = |one, other| says(one, lexicon::is_junior) && says(other, lexicon::is_senior);
    differ(left, right) || differ(right, left)
}

/// Whether a part is the first name behind a word of descent.
fn is_father(name: &Name, at: usize) -> bool {
    let before = name.parts.get(..at).unwrap_or_default();
    let nearest = before.iter().rfind(|part| part.role != Role::Relation || is_child_of(part));
    is_name(name, at) && nearest.is_some_and(is_child_of)
}

/// Whether a part stands right before a word of descent.
fn is_child(name: &Name, at: usize) -> bool {
    is_name(name, at) && name.parts.get(at + 1).is_some_and(is_child_of)
}

fn is_name(name: &Name, at: usize) -> bool {
    name.parts.get(at).is_some_and(|part| part.role.is_distinctive())
}

fn is_child_of(part: &Part) -> bool {
    part.role == Role::Relation && lexicon::is_descent(part.concept)
}

/// The one name as the acronym of the other: the parts of the left and of the right that correspond, one of them a single word.
pub(crate) fn acronym<'a>(left: &'a Name, right: &'a Name) -> Option<(&'a [Part], &'a [Part])> {
    acronym_of(left, right)
        .map(|word| (word, &*right.parts))
        .or_else(|| acronym_of(right, left).map(|word| (&*left.parts, word)))
}

/// The only word of a name, if it is made of the first letters, or first syllables, of the other's words: KOMID.
fn acronym_of<'a>(short: &'a Name, long: &Name) -> Option<&'a [Part]> {
    let mut names = short.parts.iter().enumerate().filter(|(_, part)| is_word(part));
    let (Some((place, one)), None) = (names.next(), names.next()) else { return None };
    is_acronym(one, long).then(|| short.parts.get(place..=place))?
}

fn is_word(part: &Part) -> bool {
    !matches!(part.role, Role::LegalForm | Role::Stop)
}

fn is_acronym(one: &Part, long: &Name) -> bool {
    let word = &*one.latin;
    let is_name = one.concept == 0 || one.role == Role::Name;
    if long.acronym.is_empty() || !(3..=12).contains(&word.len()) || !is_name {
        return false;
    }
    if is_of_all_words(one, long) {
        return true;
    }
    let words: Vec<&str> = long.parts.iter().filter(|part| is_word(part)).flat_map(Part::words).collect();
    words.len() >= 3 && word.len() >= SHORTEST_MADE && is_made_of(word, &words, 0, false)
}

/// Letters of a word that can be made of beginnings of words, as KOMID is: shorter ones are other names, as Alis beside the Assembly for the Liberation
/// of Syria.
const SHORTEST_MADE: usize = 5;

/// Whether a word is the first letters of all words of a name.
pub(crate) fn is_of_all_words(one: &Part, long: &Name) -> bool {
    long.acronym == one.latin || long.short_acronym() == Some(&*one.latin)
}

/// Whether the word is made of beginnings of at least three of the words in order; the first word must be among them. First letters alone, with
/// words left out, are those of other bodies too: CASC and the China Aerospace Science and Industry Corporation.
fn is_made_of(word: &str, words: &[&str], used: usize, has_syllable: bool) -> bool {
    if word.is_empty() {
        return used >= 3 && has_syllable;
    }
    let Some((next, rest)) = words.split_first() else { return false };
    let common = word.bytes().zip(next.bytes()).take_while(|(a, b)| a == b).count().min(4);
    let goes_on = |length: usize| {
        let Some((begins, tail)) = word.split_at_checked(length) else { return false };
        let is_syllable = length > 1 && begins.bytes().any(spelling::is_vowel);
        is_made_of(tail, rest, used + 1, has_syllable || is_syllable)
    };
    (1..=common).rev().any(goes_on) || (used > 0 && is_made_of(word, rest, used, has_syllable))
}
