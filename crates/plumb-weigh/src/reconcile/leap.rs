//! Leaps from where an origin is right to where it is wrong, and back, with who is right summed out.
//!
//! Claims that contradict one another make stories: in each some origins are right together, and the unknowns lie elsewhere than in the
//! next. Steps that turn one origin after the other must pass through worlds in which nobody is right, which are rare. So walks, while
//! they look round, see where the unknowns lie on either side of an origin, and then leap: every unknown keeps its place among those of
//! its side, measured from their mean in their standard deviations (Tjelmeland and Hegstad 2001, maps between modes). Who else is right
//! need not be guessed: the leap is accepted by the density with all worlds summed out, and they are drawn anew where it lands.

use crate::draws::Stream;
use crate::matrix::dot;
use crate::statistics::{count, mean};

use super::field::{Field, State};
use super::slopes::Tape;

/// What a walk sees in a round: the places of the unknowns, and how probable each origin is right there.
pub(super) type Sight = (Vec<f64>, Vec<f64>);

/// A side must have been seen in as many rounds, or its means are chance.
const LEAST_SEEN: usize = 8;
/// Origins that change sides as often as this part of what they would if they forgot each round where they were need no leaps.
const FORGETS: f64 = 0.5;
/// Where one origin is right or wrong with another, with a correlation above this, one leap does for both.
const ALIKE: f64 = 0.6;
/// As many leaps at most are tried in a round, those first that are needed most: together they cost as much as a swing.
const MOST_LEAPS: usize = 12;
/// Rounds one after the other resemble each other: a mean over them is worth as one over this part of them. Where walks come to a rare side
/// they stay for some twenty rounds.
const WORTH: f64 = 0.05;

/// A leap between the sides of an origin.
pub(super) struct Leap {
    origin: usize,
    /// Where each unknown lies where the origin is right, and where it is wrong: mean and standard deviation.
    sides: [Vec<(f64, f64)>; 2],
    /// ln of how much wider the unknowns lie where it is wrong.
    ln_wider: f64,
}

fn is_right(right: &[f64], origin: usize) -> bool {
    right.get(origin).is_some_and(|right| *right > 0.5)
}

impl Leap {
    /// The leaps that are worth while, seen from walks: rounds one after the other, a walk in each.
    pub(super) fn seen(walks: &[Vec<Sight>], origins: usize) -> Vec<Self> {
        let mut needed: Vec<Stay> = (0..origins).filter_map(|origin| Stay::seen(walks, origin)).collect();
        needed.sort_by(|a, b| b.length.total_cmp(&a.length).then(a.origin.cmp(&b.origin)));
        let mut chosen: Vec<Stay> = Vec::new();
        for stay in needed {
            if chosen.iter().all(|known| dot(&known.sides, &stay.sides).abs() < ALIKE) && chosen.len() < MOST_LEAPS {
                chosen.push(stay);
            }
        }
        chosen.into_iter().filter_map(|stay| Self::between(walks, stay.origin)).collect()
    }

    fn between(walks: &[Vec<Sight>], origin: usize) -> Option<Self> {
        let side = |is: bool| {
            let here = walks.iter().flatten().filter(|(_, right)| is_right(right, origin) == is);
            moments(here.map(|(place, _)| place.as_slice()))
        };
        let sides = settled(side(true)?, side(false)?);
        let [right, wrong] = &sides;
        let ln_wider = right.iter().zip(wrong).map(|(right, wrong)| libm::log(wrong.1 / right.1)).sum();
        Some(Self { origin, sides, ln_wider })
    }

    /// Leaps to the other side, unless that is refused.
    pub(super) fn leap(
        &self,
        (field, tape): (&Field<'_>, &mut Tape),
        (state, next): (&mut State, &mut State),
        stream: &mut Stream,
    ) {
        let was_right = is_right(&state.right, self.origin);
        let [right, wrong] = &self.sides;
        let (from, to, ln_wider) =
            if was_right { (right, wrong, self.ln_wider) } else { (wrong, right, -self.ln_wider) };
        for ((next, place), (from, to)) in next.place.iter_mut().zip(&state.place).zip(from.iter().zip(to)) {
            *next = to.0 + to.1 / from.1 * (place - from.0);
        }
        if !field.settle(next, tape) || is_right(&next.right, self.origin) == was_right {
            return;
        }
        if libm::log(stream.uniform()) < next.height_of_all - state.height_of_all + ln_wider {
            std::mem::swap(state, next);
        }
    }
}

/// Which origins change sides too seldom by themselves.
pub(super) fn stay(walks: &[Vec<Sight>], origins: usize) -> Vec<bool> {
    (0..origins).map(|origin| Stay::seen(walks, origin).is_some()).collect()
}

/// How an origin stays on its sides.
struct Stay {
    origin: usize,
    /// How many times longer it stays than if it forgot each round where it was.
    length: f64,
    /// On which side it was in each round, as a vector of length 1 with mean 0.
    sides: Vec<f64>,
}

impl Stay {
    /// `None` where it changes often enough.
    fn seen(walks: &[Vec<Sight>], origin: usize) -> Option<Self> {
        let side = |(_, right): &Sight| f64::from(u8::from(is_right(right, origin)));
        let mut sides: Vec<f64> = Vec::new();
        let mut changes = 0.0;
        for walk in walks {
            let here: Vec<f64> = walk.iter().map(side).collect();
            changes += here.windows(2).map(|pair| f64::from(u8::from(pair.first() != pair.last()))).sum::<f64>();
            sides.extend(here);
        }
        let part = mean(&sides)?;
        let spread = part * (1.0 - part) * count(&sides);
        for side in &mut sides {
            *side = (*side - part) / spread.sqrt();
        }
        (changes < FORGETS * 2.0 * spread).then_some(Self { origin, length: 2.0 * spread / (changes + 1.0), sides })
    }
}

/// Mean and standard deviation of each unknown, and how many states were seen.
fn moments<'s>(places: impl Iterator<Item = &'s [f64]>) -> Option<(Vec<(f64, f64)>, f64)> {
    let (mut sums, mut seen) = (Vec::new(), 0_usize);
    for place in places {
        sums.resize(place.len(), (0.0, 0.0));
        for ((sum, squares), place) in sums.iter_mut().zip(place) {
            *sum += place;
            *squares += place * place;
        }
        seen += 1;
    }
    let count = f64::from(u32::try_from(seen).ok()?);
    let moments = |(sum, squares): (f64, f64)| {
        let mean: f64 = sum / count;
        (mean, (squares / count - mean * mean).max(0.0).sqrt())
    };
    (seen >= LEAST_SEEN).then(|| (sums.into_iter().map(moments).collect(), count))
}

/// The sides with what may be chance taken out of their differences: of a difference d with standard error e the part 1 − e²/d² is
/// left (James and Stein 1961, of one dimension).
fn settled(right: (Vec<(f64, f64)>, f64), wrong: (Vec<(f64, f64)>, f64)) -> [Vec<(f64, f64)>; 2] {
    let part = |difference: f64, variance: f64| {
        let part = 1.0 - variance / (difference * difference);
        if part > 0.0 { part } else { 0.0 }
    };
    let (rounds, others) = (WORTH * right.1, WORTH * wrong.1);
    let pairs = right.0.into_iter().zip(wrong.0).map(|((mean, deviation), (other_mean, other_deviation))| {
        let apart = other_mean - mean;
        let error = deviation * deviation / rounds + other_deviation * other_deviation / others;
        let apart = apart * part(apart, error);
        let middle = 0.5 * (mean + other_mean);
        let (low, high) = (deviation.max(1e-9), other_deviation.max(1e-9));
        let wider = libm::log(high / low);
        // the logarithm of a standard deviation of n normal numbers is known to 1/√(2n)
        let wider = wider * part(wider, 0.5 / rounds + 0.5 / others);
        let width = libm::exp(0.5 * wider);
        ((middle - 0.5 * apart, 1.0 / width), (middle + 0.5 * apart, width))
    });
    let (right, wrong) = pairs.unzip();
    [right, wrong]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Walks in which the first origin stays 20 rounds, the second goes with it, and the third forgets where it was.
    fn walk() -> Vec<Sight> {
        let mut stream = Stream::new(1, "walk");
        let round = |round: usize| {
            let right = (round / 20).is_multiple_of(2);
            let (mean, deviation) = if right { (3.0, 0.1) } else { (5.0, 0.4) };
            let place = vec![mean + deviation * stream.normal(), stream.normal()];
            let sides = [right, !right, stream.uniform() < 0.5];
            (place, sides.map(|side| if side { 0.9 } else { 0.2 }).to_vec())
        };
        (0..2000).map(round).collect()
    }

    #[test]
    fn one_leap_does_for_origins_that_go_together_and_none_for_those_that_forget() {
        let leaps = Leap::seen(&[walk()], 3);
        assert_eq!(leaps.iter().map(|leap| leap.origin).collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn sides_lie_apart_only_where_that_is_no_chance() {
        let leap = Leap::between(&[walk()], 0).unwrap();
        let [right, wrong] = &leap.sides;
        assert!((wrong[0].0 - right[0].0 - 2.0).abs() < 0.1, "{right:?} {wrong:?}");
        assert!((wrong[0].1 / right[0].1 / 4.0 - 1.0).abs() < 0.2, "{right:?} {wrong:?}");
        assert!((wrong[1].0 - right[1].0).abs() < 1e-12 && (wrong[1].1 / right[1].1 - 1.0).abs() < 1e-12);
        assert!((leap.ln_wider - libm::log(wrong[0].1 / right[0].1)).abs() < 1e-12);
        assert!(Leap::between(&[walk()[..24].to_vec()], 0).is_none());
    }
}
