//! How far figures that were sampled may be off by chance: standard errors of P(right) and of quantiles.
//!
//! A quantile is as uncertain as the part of the draws below it. With n effective draws that is √(p(1 − p)/n), and the standard error of
//! the quantile is half the distance between the quantiles that much below and above p (Vehtari and others 2021, section 4.4). That
//! holds between humps, too, where a density is thin: there a little probability moves a quantile far.

use crate::parallel;
use crate::statistics::sorted_quantile;

use super::chains::{CHAINS, Draws};
use super::convergence::convergence;
use super::model::Cluster;
use super::right_or_wrong::QuantileErrors;
use super::scale::Scale;

/// Small models draw on until every P(right) has a smaller standard error: whole per cents are then right.
const AIMED_PROBABILITY: f64 = 0.01;
/// Standard errors of quantiles above this part of the interval from the 5 % to the 95 % quantile are warned of, and small models draw on
/// until none is: an end that may lie a fifth further in or out is no end. With 200 effective draws of a normal distribution it is a
/// twentieth; more, where little lies between two humps.
pub(super) const MOST_QUANTILE_ERROR: f64 = 0.1;

/// The ends of the central 90 % interval, and its middle.
const TOLD: [f64; 3] = [0.05, 0.5, 0.95];

/// The standard errors of three quantiles on the scale of a quantity, each as the quantiles that lie so much below and above.
pub(super) struct Margins {
    ends: [(f64, f64); 3],
    /// The greatest standard error as a part of the width of the interval.
    pub(super) part: f64,
}

impl Margins {
    /// From draws, chain after chain, and the same in rising order.
    pub(super) fn new(places: &[f64], sorted: &[f64]) -> Option<Self> {
        let [low, middle, high] = TOLD.map(|p| ends(places, sorted, p));
        let ends = [low?, middle?, high?];
        let width = sorted_quantile(sorted, TOLD[2])? - sorted_quantile(sorted, TOLD[0])?;
        let widest = ends.iter().map(|(low, high)| 0.5 * (high - low)).fold(0.0, f64::max);
        Some(Self { ends, part: if widest > 0.0 { widest / width } else { 0.0 } })
    }

    /// The standard errors in the unit of the quantity.
    pub(super) fn errors(&self, scale: Scale) -> QuantileErrors {
        let [p05, p50, p95] = self.ends.map(|(low, high)| 0.5 * (scale.value(high) - scale.value(low)));
        QuantileErrors { p05, p50, p95 }
    }
}

fn ends(places: &[f64], sorted: &[f64], p: f64) -> Option<(f64, f64)> {
    let quantile = sorted_quantile(sorted, p)?;
    let below: Vec<f64> = places.iter().map(|place| f64::from(u8::from(*place <= quantile))).collect();
    // chains that never cross it know nothing of how often they should be below
    let effective = convergence(&below, CHAINS).map_or(1.0, |found| found.effective);
    let error = (p * (1.0 - p) / effective).sqrt();
    Some((sorted_quantile(sorted, (p - error).max(0.0))?, sorted_quantile(sorted, (p + error).min(1.0))?))
}

/// The standard error of each P(right), from those of each draw.
pub(super) fn probability_errors(states: &[Vec<f64>]) -> Vec<f64> {
    let error = |states: &Vec<f64>| convergence(states, CHAINS).map_or(0.0, |found| found.error);
    parallel::map(states, error)
}

/// Whether nothing is left to be gained by further draws.
pub(super) fn suffice(cluster: &Cluster, draws: &Draws) -> bool {
    let origins = cluster.origins.len();
    let states: Vec<Vec<f64>> = (0..origins).map(|origin| draws.right_of(origin)).collect();
    if probability_errors(&states).into_iter().any(|error| error > AIMED_PROBABILITY) {
        return false;
    }
    let told = draws.columns.iter().zip(&cluster.determined.nodes).filter(|(_, determined)| **determined);
    let columns: Vec<&Vec<f64>> = told.map(|(column, _)| column).collect();
    let settled = parallel::map(&columns, |column| {
        let mut sorted = (*column).clone();
        sorted.sort_by(f64::total_cmp);
        Margins::new(column, &sorted).is_some_and(|margins| margins.part <= MOST_QUANTILE_ERROR)
    });
    settled.into_iter().all(|settled| settled)
}
