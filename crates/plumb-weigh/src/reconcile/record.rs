//! What walks see of the origins while they look round: how often each turns, and which change places; and what is to be
//! turned how often for that.

/// What turns together, and how often it is tried in a round; the origins one by one come first.
pub(super) type Plan = Vec<(Vec<usize>, f64)>;

/// Sums over the rounds of looking.
#[derive(Clone)]
pub(super) struct Record {
    rounds: f64,
    /// Of each origin its probability of being right, and how often it was tried to turn, and turned.
    right: Vec<f64>,
    tried: Vec<f64>,
    turned: Vec<f64>,
    /// Of each pair, row after row, the probability that both are right.
    both: Vec<f64>,
}

/// Tries of a pair in a round. Most cost next to nothing, being refused by the picture.
const PAIR_TRIES: f64 = 16.0;
/// How often an origin should forget whether it was right, if turning alone would let it: in two rounds once.
const OFTEN: f64 = 0.5;
/// As many tries are done for it by drawing who is right between swings.
const ANYWAY: f64 = 1.0;
/// The least and the most that an origin is tried in a round. The most costs as much as a swing or two.
const TRIES: (f64, f64) = (0.05, 16.0);
/// What was thought of an origin before is worth as many rounds.
const DOUBT: f64 = 2.0;
/// Origins are turned together where their correlation is as far below zero: where they take turns, worlds in which only one has turned are
/// rare, and seldom lead across.
const CHANGE_PLACES: f64 = -0.5;
/// As many pairs at most, those first that exclude each other most.
const MOST_PAIRS: usize = 4;
/// An origin must have been seen both ways in as many rounds, or its correlations are chance.
const LEAST_SEEN: f64 = 5.0;

impl Record {
    pub(super) fn new(origins: usize) -> Self {
        let none = || vec![0.0; origins];
        Self { rounds: 0.0, right: none(), tried: none(), turned: none(), both: vec![0.0; origins * origins] }
    }

    /// Adds a round in which the origins have these probabilities of being right.
    pub(super) fn add_round(&mut self, right: &[f64]) {
        self.rounds += 1.0;
        add(&mut self.right, right);
        for (both, one) in self.both.chunks_exact_mut(right.len().max(1)).zip(right) {
            both.iter_mut().zip(right).for_each(|(sum, other)| *sum += one * other);
        }
    }

    /// Adds tries of an origin; those of pairs, which come after all origins, are not counted.
    pub(super) fn add_tries(&mut self, origin: usize, tried: f64, turned: f64) {
        self.tried.get_mut(origin).into_iter().for_each(|sum| *sum += tried);
        self.turned.get_mut(origin).into_iter().for_each(|sum| *sum += turned);
    }

    /// Adds what another walk has seen.
    pub(super) fn add(&mut self, other: &Self) {
        self.rounds += other.rounds;
        add(&mut self.right, &other.right);
        add(&mut self.tried, &other.tried);
        add(&mut self.turned, &other.turned);
        add(&mut self.both, &other.both);
    }

    /// What is to be turned, and how often; each origin at least so often.
    pub(super) fn plan(&self, origins: &[(String, f64)], least: f64) -> Plan {
        let single =
            self.tries(origins).into_iter().enumerate().map(|(origin, tries)| (vec![origin], tries.max(least)));
        single.chain(self.pairs().into_iter().map(|pair| (pair.to_vec(), PAIR_TRIES))).collect()
    }

    /// How often each origin is to be tried in a round: one that is right with probability p, and leaves the state it is in with a part
    /// r of the tries, forgets in 2p(1 − p)/r tries where it was.
    fn tries(&self, origins: &[(String, f64)]) -> Vec<f64> {
        let seen = self.right.iter().zip(&self.tried).zip(&self.turned);
        let each = seen.zip(origins).map(|(((right, tried), turned), (_, prior))| {
            let right = (right + DOUBT * prior) / (self.rounds + DOUBT);
            let leaves = (turned + 1.0) / (tried + 1.0);
            (OFTEN * (2.0 * right * (1.0 - right) / leaves - ANYWAY)).clamp(TRIES.0, TRIES.1)
        });
        each.collect()
    }

    /// The origins that are to be turned together: those of which one is right when the other is wrong.
    fn pairs(&self) -> Vec<[usize; 2]> {
        let part = |origin: usize| self.right.get(origin).copied().unwrap_or(0.0) / self.rounds;
        let spread = |origin: usize| part(origin) * (1.0 - part(origin));
        let seen: Vec<usize> =
            (0..self.right.len()).filter(|origin| spread(*origin) * self.rounds > LEAST_SEEN).collect();
        let pairs =
            seen.iter().flat_map(|one| seen.iter().filter(move |other| one < *other).map(move |other| [*one, *other]));
        let correlated = pairs.filter_map(|[one, other]| {
            let both = self.both.get(one * self.right.len() + other)? / self.rounds;
            let correlation = (both - part(one) * part(other)) / (spread(one) * spread(other)).sqrt();
            (correlation < CHANGE_PLACES).then_some((correlation, [one, other]))
        });
        let mut correlated: Vec<(f64, [usize; 2])> = correlated.collect();
        correlated.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        correlated.into_iter().take(MOST_PAIRS).map(|(_, pair)| pair).collect()
    }
}

fn add(sums: &mut [f64], values: &[f64]) {
    sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_that_change_places_are_turned_together_and_stiff_ones_often() {
        let mut record = Record::new(3);
        for round in 0..100 {
            let first = f64::from(u8::from(round % 10 < 5));
            record.add_round(&[first, 0.02 + 0.95 * (1.0 - first), f64::from(u8::from(round % 2 == 0))]);
        }
        record.add_tries(0, 1000.0, 9.0);
        record.add_tries(1, 1000.0, 600.0);
        record.add_tries(2, 1000.0, 20.0);
        assert_eq!(record.pairs(), [[0, 1]]);
        let origins = [0.5; 3].map(|prior| (String::new(), prior));
        let tries = record.tries(&origins);
        assert!(tries[0] == TRIES.1 && tries[1] == TRIES.0, "{tries:?}");
        assert!((tries[2] - 0.5 * (0.5 * 1001.0 / 21.0 - 1.0)).abs() < 1e-9, "{tries:?}");
        let twice = record.clone();
        record.add(&twice);
        assert_eq!(record.pairs(), [[0, 1]]);
    }
}
