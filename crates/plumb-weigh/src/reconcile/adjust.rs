//! Measured flows under exact linear balances, each in its own unit: classical data reconciliation.
//!
//! For amounts that may be zero or below and whose errors are amounts, not factors (Narasimhan and Jordache 2000, chapters
//! 3 and 7). Claims about counts and money belong to the layers.

use serde::Serialize;

use crate::matrix::{Matrix, dot};

use super::fault::{Fault, Subject};
use super::least_squares::p_value;

/// Measurements made to balance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Adjusted {
    /// The most probable values that balance.
    pub values: Vec<f64>,
    /// Their standard deviations.
    pub deviations: Vec<f64>,
    /// Sum of the squared adjustments in standard deviations.
    pub chi_square: f64,
    /// Number of balances.
    pub degrees: usize,
    /// Probability of a chi-square as large by chance; none without balances.
    pub p_value: Option<f64>,
    /// How far each value was moved, in standard deviations of the move; none for a value in no balance.
    pub standardised: Vec<Option<f64>>,
}

/// Moves measurements as little as their standard deviations allow, so that each balance Σ cᵢ·xᵢ = 0 holds.
///
/// ```
/// let adjusted = plumb_weigh::reconcile::adjust(&[10.0, 4.0, 5.0], &[1.0; 3], &[vec![1.0, -1.0, -1.0]])?;
/// assert!((adjusted.values[0] - adjusted.values[1] - adjusted.values[2]).abs() < 1e-12);
/// # Ok::<(), plumb_weigh::reconcile::Fault>(())
/// ```
///
/// # Errors
///
/// A number that is not finite, a standard deviation that is not above zero, and balances that follow from one another.
pub fn adjust(measured: &[f64], deviations: &[f64], balances: &[Vec<f64>]) -> Result<Adjusted, Fault> {
    check(measured, deviations, balances)?;
    let variances: Vec<f64> = deviations.iter().map(|deviation| deviation * deviation).collect();
    // C·V, one row for each balance
    let spread = |balance: &Vec<f64>| balance.iter().zip(&variances).map(|(c, v)| c * v).collect::<Vec<f64>>();
    let spread: Vec<Vec<f64>> = balances.iter().map(spread).collect();
    let products: Vec<Vec<f64>> =
        spread.iter().map(|row| balances.iter().map(|other| dot(row, other)).collect()).collect();
    let between = Matrix::from_rows(balances.len(), products.iter().map(Vec::as_slice));
    let dependent = || Fault::Impossible(Subject::Setting("the balances, of which one follows from others".to_owned()));
    if !balances.is_empty() {
        between.cholesky().ok_or_else(dependent)?;
    }
    let gaps: Vec<f64> = balances.iter().map(|balance| dot(balance, measured)).collect();
    let pulls = between.solve(&gaps).ok_or_else(dependent)?;
    let column = |index: usize| spread.iter().filter_map(|row| row.get(index).copied()).collect::<Vec<f64>>();
    let mut adjusted = Adjusted {
        values: Vec::new(),
        deviations: Vec::new(),
        chi_square: dot(&gaps, &pulls),
        degrees: balances.len(),
        p_value: p_value(dot(&gaps, &pulls), balances.len()),
        standardised: Vec::new(),
    };
    for (index, (value, variance)) in measured.iter().zip(&variances).enumerate() {
        let along = column(index);
        let solved = between.solve(&along).ok_or_else(dependent)?;
        let (moved, removed) = (dot(&along, &pulls), dot(&along, &solved));
        adjusted.values.push(value - moved);
        adjusted.deviations.push((variance - removed).max(0.0).sqrt());
        adjusted.standardised.push((removed > 0.0).then(|| moved.abs() / removed.sqrt()));
    }
    Ok(adjusted)
}

fn check(measured: &[f64], deviations: &[f64], balances: &[Vec<f64>]) -> Result<(), Fault> {
    let subject = |what: &str| Subject::Setting(what.to_owned());
    let finite = |values: &[f64]| values.iter().all(|value| value.is_finite());
    if !finite(measured) || !balances.iter().all(|balance| finite(balance)) {
        return Err(Fault::NotFinite { subject: subject("measurements and balances"), what: "a number" });
    }
    let outside =
        |what: &str, value: f64, allowed| Fault::Outside { subject: subject(what), what: "a number", value, allowed };
    if let Some(wrong) = deviations.iter().find(|deviation| !(deviation.is_finite() && **deviation > 0.0)) {
        return Err(outside("the standard deviations", *wrong, "above 0"));
    }
    let lengths = balances.iter().map(Vec::len).chain([deviations.len()]);
    match lengths.into_iter().find(|length| *length != measured.len()) {
        Some(_) => Err(Fault::Empty(subject("a balance, or the standard deviations: one number for each measurement"))),
        None => Ok(()),
    }
}
