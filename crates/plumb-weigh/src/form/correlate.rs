//! Correlation between draws of several quantities, by reordering them.
//!
//! Iman and Conover (1982, "A distribution-free approach to inducing rank correlation among input variables",
//! Communications in Statistics B 11). Each quantity keeps exactly its own draws; only which draw meets which changes. The
//! ranks are taken from correlated normal scores, so for large samples the draws have a Gaussian copula.

use thiserror::Error;

use crate::draws::Stream;
use crate::matrix::Matrix;
use crate::statistics::{correlation, count, normal_quantile};

/// Why draws cannot be correlated as asked.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum CorrelationError {
    /// The lists of draws differ in length, or are shorter than the number of quantities plus two.
    #[error("{quantities} quantities to correlate, but their draws number {shortest} to {longest}")]
    Lengths {
        /// How many quantities.
        quantities: usize,
        /// The shortest list.
        shortest: usize,
        /// The longest list.
        longest: usize,
    },
    /// The matrix is not square with one row for each quantity, not symmetric, or has a diagonal that is not 1.
    #[error(
        "the correlation matrix must be symmetric, with 1 on its diagonal and one row for each of {quantities} quantities"
    )]
    Shape {
        /// How many quantities.
        quantities: usize,
    },
    /// No quantities can be correlated like this.
    #[error("no quantities can have these correlations together")]
    NotPositive,
}

impl CorrelationError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Lengths { .. } => "draw the same number for each quantity",
            Self::Shape { .. } => "write each correlation once above and once below the diagonal",
            Self::NotPositive => {
                "bring the correlations closer to zero: two that move together must agree about a third"
            }
        }
    }
}

/// Reorders the draws so that the normal scores of their ranks have the given correlations.
///
/// The first list keeps its order; a list depends only on those before it, so appending a quantity leaves the others as
/// they were. `streams` breaks the order of the scores, one stream for each quantity.
///
/// # Errors
///
/// [`CorrelationError`] for lists of different length or a matrix that is no correlation matrix.
pub fn correlate(draws: &mut [Vec<f64>], matrix: &[Vec<f64>], streams: &mut [Stream]) -> Result<(), CorrelationError> {
    let size = draws.len();
    let target = checked(draws, matrix, streams.len())?;
    let length = draws.first().map_or(0, Vec::len);
    let mut scores: Vec<Vec<f64>> = streams.iter_mut().map(|stream| shuffled_scores(length, stream)).collect();
    if let (Some(first), Some(values)) = (scores.first_mut(), draws.first()) {
        // the scores of the first quantity follow its own order, so it stays in place
        *first = in_the_order_of(first, values);
    }
    // shuffled scores are correlated by chance: the same Cholesky factor takes that out and puts the target in
    let chance = sample_correlations(&scores).ok_or(CorrelationError::NotPositive)?;
    let (chance, target) = (chance.cholesky(), target.cholesky());
    let (Some(chance), Some(target)) = (chance, target) else { return Err(CorrelationError::NotPositive) };
    let mut correlated = vec![Vec::with_capacity(length); size];
    for place in 0..length {
        let row: Vec<f64> = scores.iter().map(|column| column.get(place).copied().unwrap_or(0.0)).collect();
        let white = chance.whiten(&row);
        correlated.iter_mut().zip(target.times(&white)).for_each(|(column, value)| column.push(value));
    }
    for (values, scores) in draws.iter_mut().zip(&correlated) {
        *values = in_the_order_of(values, scores);
    }
    Ok(())
}

fn checked(draws: &[Vec<f64>], matrix: &[Vec<f64>], streams: usize) -> Result<Matrix, CorrelationError> {
    let quantities = draws.len();
    let lengths = || draws.iter().map(Vec::len);
    let (shortest, longest) = (lengths().min().unwrap_or(0), lengths().max().unwrap_or(0));
    if shortest != longest || shortest < quantities + 2 {
        return Err(CorrelationError::Lengths { quantities, shortest, longest });
    }
    let right_shape =
        matrix.len() == quantities && streams == quantities && matrix.iter().all(|row| row.len() == quantities);
    let entries = Matrix::from_rows(quantities, matrix.iter().map(Vec::as_slice));
    let mut pairs = (0..quantities).flat_map(|i| (0..quantities).map(move |j| (i, j)));
    let symmetric = pairs.all(|(i, j)| {
        let (here, there) = (entries.at(i, j), entries.at(j, i));
        (here - there).abs() <= 1e-12 && (i != j || (here - 1.0).abs() <= 1e-12)
    });
    if right_shape && symmetric { Ok(entries) } else { Err(CorrelationError::Shape { quantities }) }
}

/// Van der Waerden scores Φ⁻¹(i/(n + 1)) in random order.
fn shuffled_scores(length: usize, stream: &mut Stream) -> Vec<f64> {
    let places: Vec<f64> = (1..=u32::try_from(length).unwrap_or(u32::MAX)).map(f64::from).collect();
    let n = count(&places) + 1.0;
    let mut scores: Vec<f64> = places.iter().map(|place| normal_quantile(place / n)).collect();
    stream.shuffle(&mut scores);
    scores
}

fn sample_correlations(columns: &[Vec<f64>]) -> Option<Matrix> {
    let rows: Option<Vec<Vec<f64>>> =
        columns.iter().map(|left| columns.iter().map(|right| correlation(left, right)).collect()).collect();
    Some(Matrix::from_rows(columns.len(), rows?.iter().map(Vec::as_slice)))
}

/// The values arranged so that the largest stands where `order` is largest, and so on.
fn in_the_order_of(values: &[f64], order: &[f64]) -> Vec<f64> {
    let mut places: Vec<(usize, f64)> = order.iter().copied().enumerate().collect();
    places.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mut arranged = vec![0.0; values.len()];
    for ((place, _), value) in places.iter().zip(sorted) {
        if let Some(slot) = arranged.get_mut(*place) {
            *slot = value;
        }
    }
    arranged
}
