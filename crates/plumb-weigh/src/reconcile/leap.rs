//! Leaps from where an origin is right to where it is wrong, and back, with who is right summed out.
//!
//! Claims that contradict one another make stories: in each some origins are right together, and the unknowns lie elsewhere than in the
//! next. Steps that turn one origin after the other must pass through worlds in which nobody is right, which are rare. So walks, while
//! they look round, see where the unknowns lie on either side of an origin, and then leap: every unknown keeps its place among those of
//! its side, measured from their mean in their standard deviations (Tjelmeland and Hegstad 2001, maps between modes). Who else is right
//! need not be guessed: the leap is accepted by the density with all worlds summed out, and they are drawn anew where it lands.

use crate::draws::Stream;
use crate::matrix::dot;
use crate::parallel;
use crate::statistics::mean;

use super::field::{Field, State};

/// What a walk sees in a round: the places of the unknowns, and how probable each origin is right there.
pub(super) type Sight = (Vec<f64>, Vec<f64>);

/// A side must have been seen in as many rounds, or its means are chance.
const LEAST_SEEN: u32 = 8;
/// An origin stays where how probable it is right resembles itself so many rounds later, with a correlation above [`STAYS`]. Who is
/// right next to even odds changes often, and says nothing of whether the unknowns do.
const LATER: usize = 10;
/// Origins that forget in ten rounds where they were are the rule. With 0.15 in place of 0.1 the slowest quantities of the real case have a
/// fifth fewer effective draws, with 0.4 half.
const STAYS: f64 = 0.1;
/// Where one origin is right or wrong with another, with a correlation above this, one leap does for both.
const ALIKE: f64 = 0.6;
/// As many leaps at most are tried in a round, those first that are needed most: together they cost a third of it.
const MOST_LEAPS: usize = 16;
/// Rounds one after the other resemble each other: a mean over them is worth as one over this part of them. Where walks come to a rare side
/// they stay for some twenty rounds.
const WORTH: f64 = 0.05;

/// A leap between the sides of an origin.
pub(super) struct Leap {
    pub(super) origin: usize,
    /// Where each unknown lies where the origin is right, and where it is wrong: mean and standard deviation.
    sides: [Vec<(f64, f64)>; 2],
    /// ln of how much wider the unknowns lie where it is wrong.
    ln_wider: f64,
}

fn is_right(right: &[f64], origin: usize) -> bool {
    right.get(origin).is_some_and(|right| *right > 0.5)
}

impl Leap {
    /// The leaps that are worth while, seen from walks: rounds one after the other, a walk in each. Those that were taken before are kept:
    /// with them their origins no longer stay. Those that were refused rest.
    /// And which origins change sides too seldom by themselves.
    pub(super) fn seen(walks: &[Vec<Sight>], origins: usize, before: &[(usize, bool)]) -> (Vec<Self>, Vec<bool>) {
        let all: Vec<usize> = (0..origins).collect();
        let stays = parallel::map(&all, |origin| Stay::seen(walks, *origin));
        let slow = stays.iter().map(|stay| stay.as_ref().is_some_and(Stay::is_slow)).collect();
        let taken = |origin: usize| before.iter().find(|(known, _)| *known == origin).map(|(_, taken)| *taken);
        let is_needed = |stay: &Stay| taken(stay.origin).unwrap_or_else(|| stay.is_slow());
        let mut needed: Vec<Stay> = stays.into_iter().flatten().filter(is_needed).collect();
        needed.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.origin.cmp(&b.origin)));
        let mut chosen: Vec<Stay> = Vec::new();
        for stay in needed {
            if chosen.iter().all(|known| dot(&known.shares, &stay.shares).abs() < ALIKE) && chosen.len() < MOST_LEAPS {
                chosen.push(stay);
            }
        }
        let leaps = parallel::map(&chosen, |stay| Self::between(walks, stay.origin));
        (leaps.into_iter().flatten().collect(), slow)
    }

    fn between(walks: &[Vec<Sight>], origin: usize) -> Option<Self> {
        let mut sides = [Sums::default(), Sums::default()];
        let [right, wrong] = &mut sides;
        for (place, shares) in walks.iter().flatten() {
            if is_right(shares, origin) { &mut *right } else { &mut *wrong }.add(place);
        }
        let [right, wrong] = sides;
        let sides = settled(right.moments()?, wrong.moments()?);
        let [right, wrong] = &sides;
        let ln_wider = right.iter().zip(wrong).map(|(right, wrong)| libm::log(wrong.1 / right.1)).sum();
        Some(Self { origin, sides, ln_wider })
    }

    /// Leaps to the other side, unless that is refused; whether it did.
    pub(super) fn leap(&self, field: &Field<'_>, (state, next): (&mut State, &mut State), stream: &mut Stream) -> bool {
        let was_right = is_right(&state.right, self.origin);
        let [right, wrong] = &self.sides;
        let (from, to, ln_wider) =
            if was_right { (right, wrong, self.ln_wider) } else { (wrong, right, -self.ln_wider) };
        for ((next, place), (from, to)) in next.place.iter_mut().zip(&state.place).zip(from.iter().zip(to)) {
            *next = to.0 + to.1 / from.1 * (place - from.0);
        }
        // most of the price is what is computed beyond the origin itself
        let is_across = field.locate(next) && (field.right_at(self.origin, next) > 0.5) != was_right;
        if !is_across || !field.judge_all(next) {
            return false;
        }
        let taken = libm::log(stream.uniform()) < next.height_of_all - state.height_of_all + ln_wider;
        if taken {
            std::mem::swap(state, next);
        }
        taken
    }
}

/// How an origin stays on its sides.
struct Stay {
    origin: usize,
    /// How much how probable it is right resembles itself later: a correlation.
    likeness: f64,
    /// How probable it was right in each round, as a vector of length 1 with mean 0.
    shares: Vec<f64>,
}

impl Stay {
    /// `None` where nothing ever changed.
    fn seen(walks: &[Vec<Sight>], origin: usize) -> Option<Self> {
        let shares = |walk: &Vec<Sight>| walk.iter().filter_map(|(_, right)| right.get(origin).copied()).collect();
        let mut shares: Vec<Vec<f64>> = walks.iter().map(shares).collect();
        let middle = mean(&shares.concat())?;
        let spread = shares.iter().flatten().map(|share| (share - middle) * (share - middle)).sum::<f64>().sqrt();
        // what never changes, but for rounding, has no correlation
        if spread < 1e-9 {
            return None;
        }
        let mut likeness = 0.0;
        for walk in &mut shares {
            for share in walk.iter_mut() {
                *share = (*share - middle) / spread;
            }
            likeness += dot(walk, walk.get(LATER.min(walk.len())..).unwrap_or_default());
        }
        Some(Self { origin, likeness, shares: shares.concat() })
    }

    /// Whether it changes too seldom.
    fn is_slow(&self) -> bool {
        self.likeness > STAYS
    }
}

/// Sums of the places of each unknown, and of their squares, over the states that were seen.
#[derive(Default)]
struct Sums {
    places: Vec<f64>,
    squares: Vec<f64>,
    seen: u32,
}

impl Sums {
    fn add(&mut self, place: &[f64]) {
        self.places.resize(place.len(), 0.0);
        self.squares.resize(place.len(), 0.0);
        for ((sum, squares), place) in self.places.iter_mut().zip(&mut self.squares).zip(place) {
            *sum += place;
            *squares += place * place;
        }
        self.seen += 1;
    }

    /// Mean and standard deviation of each unknown, and how many states were seen.
    fn moments(self) -> Option<(Vec<(f64, f64)>, f64)> {
        let count = f64::from(self.seen);
        let moments = |(sum, squares): (f64, f64)| {
            let mean = sum / count;
            (mean, (squares / count - mean * mean).max(0.0).sqrt())
        };
        let each = self.places.into_iter().zip(self.squares);
        (self.seen >= LEAST_SEEN).then(|| (each.map(moments).collect(), count))
    }
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

    /// Walks in which the first origin stays some 20 rounds, the second goes with it, and the third forgets where it was.
    fn walk() -> Vec<Sight> {
        let mut stream = Stream::new(1, "walk");
        let mut right = true;
        let round = |_| {
            right ^= stream.uniform() < 0.05;
            let (mean, deviation) = if right { (3.0, 0.1) } else { (5.0, 0.4) };
            let place = vec![mean + deviation * stream.normal(), stream.normal()];
            let sides = [right, !right, stream.uniform() < 0.5];
            (place, sides.map(|side| if side { 0.9 } else { 0.2 }).to_vec())
        };
        (0..2000).map(round).collect()
    }

    #[test]
    fn one_leap_does_for_origins_that_go_together_and_none_for_those_that_forget() {
        let (leaps, _) = Leap::seen(&[walk()], 3, &[]);
        let origins: Vec<usize> = leaps.iter().map(|leap| leap.origin).collect();
        assert!(matches!(*origins, [0 | 1]), "{origins:?}");
    }

    #[test]
    fn sides_lie_apart_only_where_that_is_no_chance() {
        let leap = Leap::between(&[walk()], 0).unwrap();
        let [right, wrong] = &leap.sides;
        assert!((wrong[0].0 - right[0].0 - 2.0).abs() < 0.1, "{right:?} {wrong:?}");
        assert!((wrong[0].1 / right[0].1 / 4.0 - 1.0).abs() < 0.2, "{right:?} {wrong:?}");
        assert!((wrong[1].0 - right[1].0).abs() < 1e-12 && (wrong[1].1 / right[1].1 - 1.0).abs() < 1e-12);
        assert!((leap.ln_wider - libm::log(wrong[0].1 / right[0].1)).abs() < 1e-12);
        assert!(Leap::between(&[walk()[..15].to_vec()], 0).is_none());
    }
}
