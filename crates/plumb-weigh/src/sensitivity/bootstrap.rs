//! Bootstrap of means of rows: how far figures computed from them would move with other points.
//!
//! Rows are drawn with replacement (Archer, Saltelli and Sobol' 1997, "Sensitivity measures, ANOVA-like techniques and the
//! use of bootstrap", Journal of Statistical Computation and Simulation 58). The points of a Sobol sequence are spread more
//! evenly than independent ones, so the intervals are wider than they need be.

use crate::draws::Stream;
use crate::statistics::sorted_quantile;

/// The mean of each column of rows of equal length.
pub(super) fn means(rows: &[Vec<f64>], chosen: impl Iterator<Item = usize>) -> Vec<f64> {
    let mut totals = vec![0.0; rows.first().map_or(0, Vec::len)];
    let mut taken = 0.0;
    for row in chosen.filter_map(|place| rows.get(place)) {
        totals.iter_mut().zip(row).for_each(|(total, value)| *total += value);
        taken += 1.0;
    }
    totals.into_iter().map(|total| total / taken).collect()
}

/// The central intervals, of this coverage, of figures that `figures` computes from the means of rows drawn anew.
pub(super) fn intervals(
    rows: &[Vec<f64>],
    figures: impl Fn(&[f64]) -> Vec<f64>,
    replicates: usize,
    coverage: f64,
    stream: &mut Stream,
) -> Vec<[f64; 2]> {
    let size = rows.len();
    let mut place = || usize::try_from(stream.below(size as u64)).unwrap_or(0);
    let replicate = |_| figures(&means(rows, std::iter::repeat_with(&mut place).take(size)));
    let found: Vec<Vec<f64>> = (0..replicates).map(replicate).collect();
    let columns = found.first().map_or(0, Vec::len);
    let tail = 0.5 * (1.0 - coverage);
    let interval = |column: usize| {
        let mut values: Vec<f64> = found.iter().filter_map(|one| one.get(column).copied()).collect();
        values.sort_unstable_by(f64::total_cmp);
        [tail, 1.0 - tail].map(|p| sorted_quantile(&values, p).unwrap_or(f64::NAN))
    };
    (0..columns).map(interval).collect()
}
