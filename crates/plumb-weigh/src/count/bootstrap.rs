//! A bootstrap that selects the model anew for every resample.
//!
//! An interval from one selected model forgets that another might have been selected. Chan, Silverman and Vincent (2021),
//! Journal of the American Statistical Association 116:1297, section 3.3, resample the people observed, run the stepwise
//! search on each resample, and correct bias and skewness after Efron (BCa; DiCiccio and Efron 1996, Statistical Science
//! 11:189), with the acceleration from leaving out one person at a time.

use std::collections::BTreeMap;

use serde::Serialize;

use super::interval::{Interval, IntervalMethod, NO_BOUND, check_level};
use super::refusal::Refusal;
use super::sampling::multinomial;
use super::special::{quantile, real, real_length};
use super::stepwise::{STEPWISE_THRESHOLD, choose};
use super::table::{CaptureTable, ListSet};
use crate::draws::Stream;
use crate::parallel;
use crate::statistics::{normal_cdf, normal_quantile};

/// Most resamples: more would not change an end of an interval by a digit that matters.
const MOST_REPLICATES: usize = 100_000;

/// Settings of the bootstrap.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BootstrapOptions {
    /// Resamples.
    pub replicates: usize,
    /// Threshold of the stepwise search.
    pub threshold: f64,
    /// Seed of the random numbers.
    pub seed: u64,
}

impl Default for BootstrapOptions {
    /// Five hundred resamples leave a dozen beyond each end of a 95 % interval, as in the paper's tables.
    fn default() -> Self {
        Self { replicates: 500, threshold: STEPWISE_THRESHOLD, seed: 1 }
    }
}

/// A model and how often it was selected.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Selected {
    /// The model's name.
    pub model: String,
    /// Share of resamples in which it was selected, 0 to 1.
    pub share: f64,
}

/// What the resamples say.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bootstrap {
    /// Estimate from the table itself.
    pub population: f64,
    /// Interval.
    pub interval: Interval,
    /// Acceleration of the BCa method; none where people left out make no difference or leave no estimate.
    pub acceleration: Option<f64>,
    /// Resamples without an estimate. They count as larger than any size.
    pub without_estimate: usize,
    /// Models by how often they were selected.
    pub selected: Vec<Selected>,
    /// Estimates of the resamples that have one, in rising order.
    #[serde(skip)]
    pub estimates: Vec<f64>,
    bias: Option<f64>,
}

impl Bootstrap {
    /// The corrected quantile of the bootstrap distribution; `None` where it lies beyond every size.
    pub fn quantile(&self, probability: f64) -> Option<f64> {
        let missing = std::iter::repeat_n(f64::INFINITY, self.without_estimate);
        let all: Vec<f64> = self.estimates.iter().copied().chain(missing).collect();
        quantile(&all, self.corrected(probability)).filter(|size| size.is_finite())
    }

    /// Which quantile to take for another: equation 2.3 of DiCiccio and Efron.
    fn corrected(&self, probability: f64) -> f64 {
        let Some(bias) = self.bias else { return probability };
        let shifted = normal_quantile(probability) + bias;
        let stretch = 1.0 - self.acceleration.unwrap_or(0.0) * shifted;
        // beyond the pole of the correction every quantile is at the end
        if stretch <= 0.0 { f64::from(u8::from(shifted > 0.0)) } else { normal_cdf(bias + shifted / stretch) }
    }
}

/// Runs the bootstrap.
///
/// # Errors
/// A [`Refusal`] where the table itself has no estimate, or a setting is out of range.
pub fn bootstrap(table: &CaptureTable, options: &BootstrapOptions, level: f64) -> Result<Bootstrap, Refusal> {
    check_level(level)?;
    if !(2..=MOST_REPLICATES).contains(&options.replicates) {
        let message = format!("the bootstrap takes 2 to {MOST_REPLICATES} resamples, not {}", options.replicates);
        return Err(Refusal::BadSetting(message));
    }
    let own = estimate(table, options.threshold)?;
    let numbers: Vec<usize> = (0..options.replicates).collect();
    let found = parallel::map(&numbers, |number| {
        let resample = resampled(table, options.seed, *number);
        estimate(&resample, options.threshold).ok()
    });
    let mut estimates: Vec<f64> = found.iter().flatten().map(|one| one.population).collect();
    estimates.sort_by(f64::total_cmp);
    let replicates = real_length(options.replicates);
    let below = estimates.iter().filter(|one| **one < own.population).count();
    let bias = normal_quantile(real_length(below) / replicates);
    let interval = Interval { low: 0.0, high: None, level, method: IntervalMethod::BootstrapBca };
    let mut bootstrap = Bootstrap {
        population: own.population,
        interval,
        acceleration: acceleration(table, options.threshold),
        without_estimate: options.replicates - estimates.len(),
        selected: selected(found.iter().flatten(), replicates),
        estimates,
        bias: bias.is_finite().then_some(bias),
    };
    if bootstrap.bias.is_none() {
        bootstrap.interval.method = IntervalMethod::BootstrapPercentile;
    }
    let low = bootstrap.quantile((1.0 - level) / 2.0);
    bootstrap.interval.low = low.unwrap_or(own.population).max(real(table.observed()));
    bootstrap.interval.high = bootstrap.quantile(0.5 + level / 2.0);
    Ok(bootstrap)
}

/// An estimate and the model that it comes from.
struct One {
    population: f64,
    model: String,
}

/// The stepwise estimate of a table or resample; lists that a resample leaves empty are left out.
fn estimate(table: &CaptureTable, threshold: f64) -> Result<One, Refusal> {
    let (informative, _) = table.informative();
    let table = informative.ok_or_else(|| Refusal::NoBound { model: "independence".to_owned() })?;
    let chosen = choose(&table, threshold)?;
    let population = real(table.observed()) + chosen.fitted.hidden();
    let model = chosen.model.name().to_owned();
    if population < NO_BOUND { Ok(One { population, model }) } else { Err(Refusal::NoBound { model }) }
}

/// As many people as were observed, drawn from those observed.
fn resampled(table: &CaptureTable, seed: u64, number: usize) -> CaptureTable {
    let mut stream = Stream::new(seed, &format!("capture table resample {number}"));
    let weights: Vec<f64> = table.histories().map(|(_, count)| real(count)).collect();
    let mut cells = vec![0; weights.len()];
    multinomial(&mut stream, table.observed(), &weights, &mut cells);
    CaptureTable::unchecked(table.lists().to_vec(), [0].into_iter().chain(cells).collect())
}

/// The acceleration: a sixth of the skewness of the estimates with one person left out (DiCiccio and Efron, equation 6.6).
fn acceleration(table: &CaptureTable, threshold: f64) -> Option<f64> {
    let observed: Vec<(ListSet, u64)> = table.histories().filter(|(_, count)| *count > 0).collect();
    let influence = if observed.len() > MOST_LEFT_OUT {
        let chosen = choose(table, threshold).ok()?;
        observed.iter().map(|(history, _)| chosen.fitted.slope(*history)).collect()
    } else {
        // what an estimate is short of when the person is missing, up to a constant
        let estimates = parallel::map(&observed, |(history, _)| without_one(table, *history, threshold));
        estimates.into_iter().map(|estimate| estimate.map(|estimate| -estimate)).collect::<Option<Vec<f64>>>()?
    };
    let people: Vec<f64> = observed.iter().map(|(_, count)| real(*count)).collect();
    let mean = people.iter().zip(&influence).map(|(people, one)| people * one).sum::<f64>() / real(table.observed());
    let (mut squares, mut cubes) = (0.0, 0.0);
    for (people, one) in people.iter().zip(&influence) {
        let gap = one - mean;
        squares += people * gap * gap;
        cubes += people * gap * gap * gap;
    }
    let acceleration = cubes / (6.0 * squares * squares.sqrt());
    acceleration.is_finite().then_some(acceleration)
}

/// With more histories than this the influence of a person is taken from the slope of the estimate under the model of the
/// table (the infinitesimal jackknife, Efron 1982, chapter 6): one search each would take longer than the bootstrap, and
/// one person of so many hardly changes what is selected.
const MOST_LEFT_OUT: usize = 100;

/// The estimate with one person of a history left out.
fn without_one(table: &CaptureTable, left_out: ListSet, threshold: f64) -> Option<f64> {
    let less = |(history, count): (ListSet, u64)| if history == left_out { count.saturating_sub(1) } else { count };
    let counts = [0].into_iter().chain(table.histories().map(less)).collect();
    let table = CaptureTable::unchecked(table.lists().to_vec(), counts);
    estimate(&table, threshold).ok().map(|one| one.population)
}

/// How often each model was selected, the most frequent first.
fn selected<'a>(found: impl Iterator<Item = &'a One>, replicates: f64) -> Vec<Selected> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for one in found {
        *times.entry(one.model.as_str()).or_default() += 1;
    }
    let mut order: Vec<(&str, usize)> = times.into_iter().collect();
    order.sort_by_key(|(model, times)| (std::cmp::Reverse(*times), *model));
    let share = |times: usize| real_length(times) / replicates;
    order.into_iter().map(|(model, times)| Selected { model: model.to_owned(), share: share(times) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> CaptureTable {
        let rows = [(1, 60), (2, 49), (4, 47), (3, 14), (5, 11), (6, 4), (7, 2)];
        CaptureTable::new(&["A", "B", "C"], &rows).unwrap()
    }

    #[test]
    fn the_same_seed_gives_the_same_interval() {
        let options = BootstrapOptions { replicates: 60, ..BootstrapOptions::default() };
        let first = bootstrap(&table(), &options, 0.9).unwrap();
        assert_eq!(bootstrap(&table(), &options, 0.9).unwrap(), first);
        let other = bootstrap(&table(), &BootstrapOptions { seed: 2, ..options }, 0.9).unwrap();
        assert_ne!(other.estimates, first.estimates);
        assert!(first.interval.low >= 187.0 && first.interval.holds(first.population), "{first:?}");
        assert!((first.selected.iter().map(|one| one.share).sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn sparse_resamples_have_no_upper_end() {
        let rows = [(1, 40), (2, 30), (3, 1)];
        let sparse = CaptureTable::new(&["A", "B"], &rows).unwrap();
        let found =
            bootstrap(&sparse, &BootstrapOptions { replicates: 100, ..BootstrapOptions::default() }, 0.95).unwrap();
        assert!(found.without_estimate > 20, "{found:?}");
        assert_eq!(found.interval.high, None);
        assert!(found.interval.low >= 71.0);
    }

    #[test]
    fn slopes_stand_in_for_people_left_out() {
        let table = table();
        let fitted = choose(&table, 0.0).unwrap().fitted;
        let whole = estimate(&table, 0.0).unwrap().population;
        for history in [1, 3, 7] {
            let lost = whole - without_one(&table, history, 0.0).unwrap();
            assert!((fitted.slope(history) / lost - 1.0).abs() < 0.2, "{history}: {lost}");
        }
    }

    #[test]
    fn settings_out_of_range_are_refused() {
        let none = BootstrapOptions { replicates: 0, ..BootstrapOptions::default() };
        assert!(bootstrap(&table(), &none, 0.95).is_err());
    }
}
