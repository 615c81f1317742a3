//! A distribution in narrow cells, split by who is right: what humps and drivers are read from.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "numbers of cells are small, and clamped before they are cut"
)]

use super::right_or_wrong::{Bin, Driver, Hump, Spread, shown};
use super::scale::Scale;

/// Cells of one distribution. Finer than any bin that is shown, so that medians read from them are good to a few per mille.
const CELLS: usize = 256;
/// Cells in a bin of the histogram: 64 bins are what a small picture can show.
const CELLS_IN_BIN: usize = 4;
/// A top counts as a hump of its own when the density falls by a fifth between it and a higher one: less is no second
/// story.
const VALLEY: f64 = 0.8;
/// A hump with less than this is not told.
const LEAST_HUMP: f64 = 0.02;
/// How many drivers are told.
const MOST_DRIVERS: usize = 8;
/// Drivers whose two distribution functions differ by less are not told.
const LEAST_INFLUENCE: f64 = 0.02;

/// Probability in cells of equal width, in total and with each origin right.
pub(super) struct Cells {
    low: f64,
    width: f64,
    total: Vec<f64>,
    /// For each cell, for each origin, the probability of being there with the origin right.
    right: Vec<f64>,
    origins: usize,
}

/// Which part of a distribution.
#[derive(Clone, Copy)]
enum Given {
    Right(usize),
    Wrong(usize),
}

impl Cells {
    /// Empty cells between two places; what lies beyond is counted at the ends.
    pub(super) fn new(low: f64, high: f64, origins: usize) -> Self {
        // a quantity without spread has one place; the cells around it are narrow, not empty
        let width = ((high - low) / CELLS as f64).max(1e-12 * low.abs().max(1.0));
        Self { low, width, total: vec![0.0; CELLS], right: vec![0.0; CELLS * origins], origins }
    }

    /// The upper edges of the cells, from low to high.
    pub(super) fn edges(&self) -> impl Iterator<Item = f64> + use<> {
        let (low, width) = (self.low, self.width);
        (1..=CELLS).map(move |index| low + width * index as f64)
    }

    /// The cell of a place.
    pub(super) fn index(&self, place: f64) -> usize {
        ((place - self.low) / self.width).clamp(0.0, (CELLS - 1) as f64) as usize
    }

    /// Adds probability to a cell, and to those of the origins as far as they are right.
    pub(super) fn add(&mut self, index: usize, probability: f64, right: &[f64]) {
        if let Some(cell) = self.total.get_mut(index) {
            *cell += probability;
        }
        let cells = self.right.get_mut(index * self.origins..(index + 1) * self.origins).unwrap_or_default();
        cells.iter_mut().zip(right).for_each(|(cell, right)| *cell += probability * right);
    }

    /// Smooths with a normal kernel of this standard deviation.
    pub(super) fn smoothed(&self, deviation: f64) -> Vec<f64> {
        let reach = ((3.0 * deviation / self.width).ceil().clamp(0.0, CELLS as f64)) as usize;
        let weight = |away: usize| {
            let z = away as f64 * self.width / deviation.max(1e-300);
            libm::exp(-0.5 * z * z)
        };
        let kernel: Vec<f64> = (0..=reach).map(weight).collect();
        let at = |index: usize| {
            let near = self.total.iter().enumerate().skip(index.saturating_sub(reach)).take(2 * reach + 1);
            let weighted = near.filter_map(|(other, mass)| {
                let weight = kernel.get(other.abs_diff(index))?;
                Some((weight * mass, *weight))
            });
            let (sum, weights) = weighted.fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            sum / weights
        };
        (0..CELLS).map(at).collect()
    }

    /// The histogram in the unit of the quantity.
    pub(super) fn histogram(&self, scale: Scale) -> Vec<Bin> {
        let edge = |cell: usize| scale.value(self.low + self.width * cell as f64);
        let bins = self.total.chunks(CELLS_IN_BIN).enumerate().map(|(index, cells)| Bin {
            low: edge(index * CELLS_IN_BIN),
            high: edge((index + 1) * CELLS_IN_BIN),
            probability: cells.iter().sum(),
        });
        bins.filter(|bin| bin.low.is_finite() && bin.high.is_finite()).collect()
    }

    /// The humps of a density that was smoothed with this standard deviation.
    pub(super) fn humps(&self, scale: Scale, deviation: f64) -> Vec<Hump> {
        let density = self.smoothed(deviation);
        let mut humps = Vec::new();
        let mut first = 0;
        for valley in valleys(&density).into_iter().chain([CELLS]) {
            let part = || density.iter().enumerate().take(valley).skip(first);
            let probability: f64 = self.total.iter().take(valley).skip(first).sum();
            if let Some((top, _)) = part().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0))) {
                let value = scale.value(self.low + self.width * (top as f64 + 0.5));
                if probability >= LEAST_HUMP && value.is_finite() {
                    humps.push(Hump { value, probability });
                }
            }
            first = valley;
        }
        humps
    }

    /// The origins that move the quantity most. `least` is the smallest probability of a state of an origin that is
    /// known well enough to speak of.
    pub(super) fn drivers(&self, scale: Scale, origins: &[(String, f64)], least: f64) -> Vec<Driver> {
        let mut told: Vec<(f64, usize)> = self
            .influences(least)
            .into_iter()
            .enumerate()
            .filter_map(|(place, influence)| {
                Some((influence.filter(|influence| *influence >= LEAST_INFLUENCE)?, place))
            })
            .collect();
        // origins stand in the order of their names
        told.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let driver = |(influence, place): (f64, usize)| {
            let (origin, _) = origins.get(place)?;
            let if_right = self.spread(scale, &self.function(Given::Right(place)))?;
            let if_wrong = self.spread(scale, &self.function(Given::Wrong(place)))?;
            Some(Driver { origin: shown(origin), if_right, if_wrong, influence })
        };
        told.into_iter().filter_map(driver).take(MOST_DRIVERS).collect()
    }

    /// How far apart the two distribution functions of each origin are at most, if both its states are probable enough.
    fn influences(&self, least: f64) -> Vec<Option<f64>> {
        let rows = || self.right.chunks_exact(self.origins.max(1));
        let mut right = vec![0.0; self.origins];
        rows().for_each(|row| add(&mut right, row));
        let total: f64 = self.total.iter().sum();
        let parts: Vec<(f64, f64)> = right.iter().map(|right| (1.0 / right, 1.0 / (total - right))).collect();
        let (mut below, mut up_to) = (0.0, vec![0.0; self.origins]);
        let mut apart = vec![0.0_f64; self.origins];
        for (row, mass) in rows().zip(&self.total) {
            below += mass;
            add(&mut up_to, row);
            for ((apart, up_to), (right, wrong)) in apart.iter_mut().zip(&up_to).zip(&parts) {
                *apart = apart.max((up_to * right - (below - up_to) * wrong).abs());
            }
        }
        let each = apart.into_iter().zip(right);
        each.map(|(apart, right)| (right >= least && total - right >= least).then(|| apart.min(1.0))).collect()
    }

    /// The distribution function at the upper edge of each cell, not divided by its last value.
    fn function(&self, given: Given) -> Vec<f64> {
        let cell = |index: usize, origin: usize| self.right.get(index * self.origins + origin).copied().unwrap_or(0.0);
        let mass = |(index, total): (usize, &f64)| match given {
            Given::Right(origin) => cell(index, origin),
            Given::Wrong(origin) => (total - cell(index, origin)).max(0.0),
        };
        let mut sum = 0.0;
        let cumulated = self.total.iter().enumerate().map(mass).map(|mass| {
            sum += mass;
            sum
        });
        cumulated.collect()
    }

    fn spread(&self, scale: Scale, function: &[f64]) -> Option<Spread> {
        let total = function.last()?;
        let at = |p: f64| {
            let index = function.iter().position(|value| *value >= p * total)?;
            let before = index.checked_sub(1).and_then(|index| function.get(index)).copied().unwrap_or(0.0);
            let here = function.get(index)? - before;
            let inside = if here > 0.0 { (p * total - before) / here } else { 0.5 };
            Some(scale.value(self.low + self.width * (index as f64 + inside))).filter(|value| value.is_finite())
        };
        Some(Spread { low: at(0.05)?, median: at(0.5)?, high: at(0.95)? })
    }
}

fn add(sums: &mut [f64], values: &[f64]) {
    sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
}

/// The cells at which a density is cut into humps: the lowest points between tops that are separate enough.
fn valleys(density: &[f64]) -> Vec<usize> {
    let mut valleys = Vec::new();
    // the top of the hump at hand, and the lowest point after it
    let (mut top, mut low, mut low_at) = (0.0_f64, f64::INFINITY, 0);
    let mut rising_from: Option<f64> = None;
    for (index, value) in density.iter().enumerate() {
        if *value < low {
            (low, low_at) = (*value, index);
        }
        if let Some(floor) = rising_from {
            // after a valley the new hump must rise as far as the old one fell
            if *value * VALLEY > floor {
                (rising_from, top, low) = (None, *value, f64::INFINITY);
            } else if *value < floor {
                rising_from = Some(*value);
                if let Some(last) = valleys.last_mut() {
                    *last = index;
                }
            }
        } else if *value >= top {
            (top, low, low_at) = (*value, *value, index);
        } else if low < VALLEY * top {
            rising_from = Some(low);
            valleys.push(low_at);
        }
    }
    // a fall without a rise is a tail
    if rising_from.is_some() {
        valleys.pop();
    }
    valleys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valleys_lie_between_separate_tops() {
        assert_eq!(valleys(&[0.0, 1.0, 2.0, 1.0, 0.5, 1.5, 3.0, 1.0, 0.0]), [4]);
        assert_eq!(valleys(&[0.0, 1.0, 2.0, 1.9, 2.0, 1.0]), [] as [usize; 0]);
        assert_eq!(valleys(&[3.0, 1.0, 0.0]), [] as [usize; 0]);
        assert_eq!(valleys(&[3.0, 0.0, 2.0, 0.0, 1.0]), [1, 3]);
    }
}
