//! Inputs that depend on one another: each with its own distribution, tied by a Gaussian copula.

use super::fault::{Fault, SensitivityError};
use super::points::MOST_INPUTS;
use crate::form::Form;
use crate::matrix::Matrix;
use crate::simulate::{Columns, Parameter};
use crate::statistics::{correlation, count, normal_cdf, normal_quantile, ranks};

/// Fewer draws than this for each input say too little of how the inputs hang together: the correlations of chance, of about one
/// part in the root of the draws, would add up over as many inputs.
const LEAST_FOR_EACH: usize = 10;
/// Correlations of draws are held back by this part, so that inputs that are one and the same in all draws have a factor: far below
/// what draws can tell.
const HELD_BACK: f64 = 1e-6;

/// Inputs with their distributions and the correlations of their normal scores.
#[derive(Clone, Debug)]
pub struct Copula {
    pub(super) parameters: Vec<Parameter>,
    pub(super) correlations: Matrix,
}

impl Copula {
    /// Inputs with these correlations of their normal scores, a row for each.
    ///
    /// # Errors
    /// [`SensitivityError`] when they are too many, or no inputs can have such correlations.
    pub fn new(parameters: Vec<Parameter>, correlations: &[Vec<f64>]) -> Result<Self, SensitivityError> {
        let size = parameters.len();
        if size > MOST_INPUTS {
            return Err(SensitivityError::TooMany { found: size });
        }
        let square = correlations.len() == size && correlations.iter().all(|row| row.len() == size);
        let matrix = Matrix::from_rows(size, correlations.iter().map(Vec::as_slice));
        let whole = || (0..size).all(|place| (matrix.at(place, place) - 1.0).abs() < 1e-12);
        if !square || !whole() || (size > 0 && matrix.cholesky().is_none()) {
            return Err(SensitivityError::NotPositive);
        }
        Ok(Self { parameters, correlations: matrix })
    }

    /// Inputs that know nothing of each other.
    ///
    /// # Errors
    /// [`SensitivityError::TooMany`].
    pub fn independent(parameters: Vec<Parameter>) -> Result<Self, SensitivityError> {
        let row = |place: usize| (0..parameters.len()).map(|other| f64::from(u8::from(place == other))).collect();
        let identity: Vec<Vec<f64>> = (0..parameters.len()).map(row).collect();
        Self::new(parameters, &identity)
    }

    /// The inputs of draws: each takes the values that it has there, tied as their ranks are. Constant inputs cause nothing and are
    /// left out. What hangs together otherwise than a Gaussian copula can say, as two humps that exclude each other, is smoothed.
    ///
    /// # Errors
    /// [`SensitivityError`] when there are too many inputs, or too few draws for them.
    pub fn fitted(inputs: &Columns) -> Result<Self, SensitivityError> {
        let draws = inputs.draws();
        let sound: Vec<(&str, &[f64])> =
            inputs.iter().filter(|(name, values)| Fault::of("input", name, values, draws).is_none()).collect();
        let least = LEAST_FOR_EACH * sound.len();
        if draws < least {
            return Err(SensitivityError::TooFewDraws { found: draws, least });
        }
        let mut parameters = Vec::new();
        for (name, values) in &sound {
            let form = Form::empirical(values.to_vec()).map_err(|_| SensitivityError::NotPositive)?;
            parameters.push(Parameter::new(name, form));
        }
        let scores: Vec<Vec<f64>> = sound.iter().map(|(_, values)| scores(values)).collect();
        let held = |one: usize, other: usize, rho: f64| if one == other { 1.0 } else { rho * (1.0 - HELD_BACK) };
        let row = |(one, left): (usize, &Vec<f64>)| {
            let pairs = scores.iter().enumerate();
            pairs.map(|(other, right)| held(one, other, correlation(left, right).unwrap_or(0.0))).collect()
        };
        let rows: Vec<Vec<f64>> = scores.iter().enumerate().map(row).collect();
        Self::new(parameters, &rows)
    }

    /// The value of an input whose normal score is this.
    pub(super) fn value(&self, input: usize, score: f64) -> f64 {
        // a score beyond what a double can tell from certainty is taken for the last that it can
        let probability = normal_cdf(score).clamp(f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0);
        self.parameters.get(input).map_or(f64::NAN, |one| one.form.quantile(probability))
    }
}

/// Van der Waerden scores Φ⁻¹(rank/(n + 1)).
fn scores(values: &[f64]) -> Vec<f64> {
    let n = count(values) + 1.0;
    ranks(values).into_iter().map(|rank| normal_quantile(rank / n)).collect()
}
