//! Latent classes: people of several unseen kinds, each with its own chances of getting on each list.
//!
//! Manrique-Vallier (2016), Biometrics 72:1246: within a class lists are independent; how many classes there are is left
//! open by a Dirichlet process, cut off at a number of classes. Gibbs sampling deals people out to classes, draws the
//! chances and sizes of the classes, and draws how many people nobody listed. Heavy, and random: the digits depend on the
//! seed, and a comparison of the two halves of the run warns where they disagree.

use serde::Serialize;

use super::interval::{Estimate, Interval, IntervalMethod, check_level};
use super::refusal::Refusal;
use super::sampling::{multinomial, poisson};
use super::special::{quantile, real, real_length};
use super::table::{CaptureTable, ListSet, MOST_PEOPLE};
use crate::draws::Stream;
use crate::statistics::mean;

/// Settings of the sampler.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LatentOptions {
    /// Classes at most.
    pub classes: usize,
    /// Shape and rate of the gamma prior of the concentration: 0.25 and 0.25 favour few classes and allow many
    /// (Manrique-Vallier 2016, section 3.2).
    pub concentration: (f64, f64),
    /// Sweeps before the first is kept.
    pub burn_in: usize,
    /// Sweeps kept.
    pub samples: usize,
    /// Of how many sweeps one is kept.
    pub thinning: usize,
    /// Seed of the random numbers.
    pub seed: u64,
}

impl Default for LatentOptions {
    fn default() -> Self {
        Self { classes: 10, concentration: (0.25, 0.25), burn_in: 2_000, samples: 2_000, thinning: 10, seed: 1 }
    }
}

impl LatentOptions {
    fn check(&self) -> Result<(), Refusal> {
        let (shape, rate) = self.concentration;
        let positive = shape > 0.0 && rate > 0.0 && shape.is_finite() && rate.is_finite();
        let sweeps = self.samples.saturating_mul(self.thinning).saturating_add(self.burn_in);
        if (1..=100).contains(&self.classes)
            && positive
            && self.samples >= 2
            && self.thinning > 0
            && sweeps <= 10_000_000
        {
            return Ok(());
        }
        let message = "latent classes take 1 to 100 classes, a positive prior, and 2 to ten million sweeps";
        Err(Refusal::BadSetting(message.to_owned()))
    }
}

/// The posterior of the population under latent classes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LatentFit {
    /// Median and posterior interval.
    pub estimate: Estimate,
    /// Mean, in people.
    pub mean: f64,
    /// Mean number of classes with somebody in them.
    pub classes: f64,
    /// Draws of the population, in rising order.
    #[serde(skip)]
    pub draws: Vec<f64>,
}

impl LatentFit {
    /// A quantile of the posterior.
    pub fn quantile(&self, probability: f64) -> f64 {
        quantile(&self.draws, probability).unwrap_or(self.mean)
    }
}

/// Samples the posterior.
///
/// # Errors
/// [`Refusal::WrongNumberOfLists`] for two lists, which fit any number of classes; [`Refusal::BadSetting`];
/// [`Refusal::NoBound`] where the sampler runs off to sizes without meaning.
pub fn latent_classes(table: &CaptureTable, options: &LatentOptions, level: f64) -> Result<LatentFit, Refusal> {
    check_level(level)?;
    options.check()?;
    if table.lists().len() < 3 {
        let (method, needs) = ("latent classes".to_owned(), "at least three lists".to_owned());
        return Err(Refusal::WrongNumberOfLists { method, needs, found: table.lists().len() });
    }
    let mut sampler = Sampler::new(table, options);
    for _ in 0..options.burn_in {
        sampler.sweep();
    }
    let (mut draws, mut classes) = (Vec::with_capacity(options.samples), 0.0);
    for _ in 0..options.samples {
        for _ in 0..options.thinning {
            sampler.sweep();
        }
        draws.push(real(table.observed()) + real(sampler.hidden));
        classes += real_length(sampler.classes.iter().filter(|class| class.people > 0).count());
    }
    let no_bound = || Refusal::NoBound { model: "latent classes".to_owned() };
    if draws.iter().any(|draw| *draw > real(MOST_PEOPLE)) {
        return Err(no_bound());
    }
    summary(draws, classes / real_length(options.samples), level).ok_or_else(no_bound)
}

fn summary(draws: Vec<f64>, classes: f64, level: f64) -> Option<LatentFit> {
    let (early, late) = draws.split_at(draws.len() / 2);
    let (early, late) = (median(early)?, median(late)?);
    let mut sorted = draws;
    sorted.sort_by(f64::total_cmp);
    let at = |probability: f64| quantile(&sorted, probability);
    let (low, middle, high) = (at((1.0 - level) / 2.0)?, at(0.5)?, at(0.5 + level / 2.0)?);
    let interval = Interval::new(low, high, level, IntervalMethod::Posterior);
    let mut estimate = Estimate { population: middle, standard_error: None, interval, notes: Vec::new() };
    // a tenth is what the choice of seed may move; more means that the run was too short
    if (early - late).abs() > 0.1 * middle {
        let note = format!("the two halves of the run disagree: medians {early:.0} and {late:.0}; take more sweeps");
        estimate.notes.push(note);
    }
    Some(LatentFit { estimate, mean: mean(&sorted)?, classes, draws: sorted })
}

fn median(draws: &[f64]) -> Option<f64> {
    let mut sorted = draws.to_vec();
    sorted.sort_by(f64::total_cmp);
    quantile(&sorted, 0.5)
}

/// One class of people.
#[derive(Clone, Debug)]
struct Class {
    /// Its share of the population, and the logarithm.
    share: f64,
    log_share: f64,
    /// Chance of getting on each list.
    chances: Vec<f64>,
    /// People in it, hidden ones included.
    people: u64,
    /// Of them, on each list.
    listed: Vec<u64>,
}

impl Class {
    /// Probability of being in this class and having this history.
    fn probability(&self, history: ListSet) -> f64 {
        let chance = self.chances.iter().enumerate();
        let factors = chance.map(|(list, chance)| if history >> list & 1 == 1 { *chance } else { 1.0 - chance });
        self.share * factors.product::<f64>()
    }

    fn set_share(&mut self, log_share: f64) {
        self.log_share = log_share;
        self.share = libm::exp(log_share);
    }
}

/// The state of the sampler.
struct Sampler {
    stream: Stream,
    cells: Vec<(ListSet, u64)>,
    observed: u64,
    classes: Vec<Class>,
    concentration: f64,
    prior: (f64, f64),
    hidden: u64,
    weights: Vec<f64>,
    dealt: Vec<u64>,
}

impl Sampler {
    /// Starts with every class having the chances of the whole table, and the first few holding most people.
    fn new(table: &CaptureTable, options: &LatentOptions) -> Self {
        let observed = table.observed();
        let lists = table.lists().len();
        let chances: Vec<f64> = (0..lists).map(|list| real(table.list_size(list)) / real(observed)).collect();
        let listed = vec![0; lists];
        let class = |index: usize| {
            let share = 1.0 / real(1 << (index + 1).min(63));
            let (chances, listed) = (chances.clone(), listed.clone());
            Class { share, log_share: libm::log(share), chances, people: 0, listed }
        };
        Self {
            stream: Stream::new(options.seed, "latent classes"),
            cells: table.histories().filter(|(_, count)| *count > 0).collect(),
            observed,
            classes: (0..options.classes).map(class).collect(),
            concentration: 1.0,
            prior: options.concentration,
            hidden: 0,
            weights: vec![0.0; options.classes],
            dealt: vec![0; options.classes],
        }
    }

    fn sweep(&mut self) {
        self.deal();
        self.draw_chances();
        self.draw_shares();
        self.draw_hidden();
        self.draw_concentration();
    }

    /// Deals everybody out to classes by how well their history fits, those hidden too.
    fn deal(&mut self) {
        for class in &mut self.classes {
            class.people = 0;
            class.listed.fill(0);
        }
        let cells = std::mem::take(&mut self.cells);
        for (history, count) in [(0, self.hidden)].iter().chain(&cells) {
            self.weigh(*history);
            multinomial(&mut self.stream, *count, &self.weights, &mut self.dealt);
            for (class, dealt) in self.classes.iter_mut().zip(&self.dealt) {
                class.people += dealt;
                for (list, listed) in class.listed.iter_mut().enumerate() {
                    *listed += u64::from(history >> list & 1) * dealt;
                }
            }
        }
        self.cells = cells;
    }

    fn weigh(&mut self, history: ListSet) {
        for (weight, class) in self.weights.iter_mut().zip(&self.classes) {
            *weight = class.probability(history);
        }
    }

    /// Chances from uniform priors.
    fn draw_chances(&mut self) {
        for class in &mut self.classes {
            for (chance, listed) in class.chances.iter_mut().zip(&class.listed) {
                *chance = self.stream.beta(1.0 + real(*listed), 1.0 + real(class.people - listed));
            }
        }
    }

    /// Shares by breaking a stick: each class takes a part of what those before it left.
    fn draw_shares(&mut self) {
        let mut after = self.observed + self.hidden;
        let mut left = 0.0;
        let last = self.classes.len() - 1;
        for (index, class) in self.classes.iter_mut().enumerate() {
            after = after.saturating_sub(class.people);
            if index == last {
                class.set_share(left);
                return;
            }
            let taken = self.stream.gamma(1.0 + real(class.people)).max(f64::MIN_POSITIVE);
            let rest = self.stream.gamma(self.concentration + real(after)).max(f64::MIN_POSITIVE);
            class.set_share(left + libm::log(taken / (taken + rest)));
            left += libm::log(rest / (taken + rest));
        }
    }

    /// The hidden: failures before as many successes as people were observed, a Poisson number with a gamma mean. The
    /// prior of the population is in proportion to one over it (Manrique-Vallier 2016, section 3.3).
    fn draw_hidden(&mut self) {
        self.weigh(0);
        let missed: f64 = self.weights.iter().sum::<f64>().clamp(0.0, 1.0);
        let found = (1.0 - missed).max(f64::MIN_POSITIVE);
        let mean = self.stream.gamma(real(self.observed)) * missed / found;
        self.hidden = poisson(&mut self.stream, mean);
    }

    /// The concentration, from the share of the last class.
    fn draw_concentration(&mut self) {
        let last = self.classes.last().map_or(0.0, |class| class.log_share);
        let shape = self.prior.0 + real_length(self.classes.len()) - 1.0;
        self.concentration = self.stream.gamma(shape) / (self.prior.1 - last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quick(seed: u64) -> LatentOptions {
        LatentOptions { classes: 4, burn_in: 200, samples: 300, thinning: 2, seed, ..LatentOptions::default() }
    }

    #[test]
    fn independent_lists_give_their_population() {
        // 1,000 people, each on each of four lists with a chance of a half: 62 or 63 a history, 62 of them hidden
        let rows: Vec<(ListSet, u64)> = (1..16).map(|history| (history, 62)).collect();
        let table = CaptureTable::new(&["A", "B", "C", "D"], &rows).unwrap();
        let found = latent_classes(&table, &quick(1), 0.95).unwrap();
        assert!(found.estimate.interval.holds(992.0), "{:?}", found.estimate);
        assert!((found.estimate.population - 992.0).abs() < 60.0, "{:?}", found.estimate);
    }

    #[test]
    fn the_same_seed_gives_the_same_draws() {
        let rows = [(1, 60), (2, 49), (4, 47), (3, 14), (5, 11), (6, 4), (7, 2)];
        let table = CaptureTable::new(&["A", "B", "C"], &rows).unwrap();
        let first = latent_classes(&table, &quick(1), 0.95).unwrap();
        assert_eq!(latent_classes(&table, &quick(1), 0.95).unwrap(), first);
        assert_ne!(latent_classes(&table, &quick(2), 0.95).unwrap().draws, first.draws);
        assert!(first.quantile(0.0) >= 187.0 && first.classes >= 1.0);
    }

    #[test]
    fn two_lists_and_bad_settings_are_refused() {
        let two = CaptureTable::new(&["a", "b"], &[(1, 4), (2, 5), (3, 2)]).unwrap();
        assert!(matches!(latent_classes(&two, &quick(1), 0.95), Err(Refusal::WrongNumberOfLists { .. })));
        let none = LatentOptions { classes: 0, ..quick(1) };
        assert!(matches!(latent_classes(&two, &none, 0.95), Err(Refusal::BadSetting(_))));
    }
}
