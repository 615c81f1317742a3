//! First-order Sobol indices from draws that are there already, whatever made them.
//!
//! The index is the correlation ratio: the variance of the output's mean given the input, as a part of its variance. The
//! mean is a straight line within each of some classes of equally many draws (classes: Plischke, Borgonovo and Smith 2013,
//! "Global sensitivity measures from given data", European Journal of Operational Research 226), and what lines show by
//! chance is taken off, as in an adjusted R². Inputs may depend on one another, as those of a posterior do: then their parts overlap
//! and can add up to more than one. Total indices need the model at points that are no draws ([`effects`](super::effects())).

use std::ops::Range;

use serde::Serialize;

use super::fault::Fault;
use crate::simulate::{Columns, Estimate};
use crate::statistics::{count, mean, ranks, sum};

/// Classes of an input: with a line in each, few enough to leave more than a hundred of 4,000 draws in each, and enough for
/// any curve without steps.
const CLASSES: u16 = 32;
/// Blocks of draws that follow each other, each left out in turn for the error (a jackknife): neighbours of a chain resemble
/// each other, blocks hardly.
const BLOCKS: usize = 20;
/// The least draws for first-order indices: with fewer a class holds too few to have a variance.
pub const LEAST_DRAWS: usize = 20 * CLASSES as usize;

/// The part of an output's variance that would vanish if one input were known.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FirstOrder {
    /// The input.
    pub input: String,
    /// The index, 0 to 1 but for the error of estimation, with its standard error.
    pub index: Estimate,
}

/// The first-order index of each input, the largest first. Inputs that are constant, not finite or of another length than
/// the output have none, nor has any where there are fewer than [`LEAST_DRAWS`].
pub fn first_order(inputs: &Columns, output: &[f64]) -> Vec<FirstOrder> {
    let draws = output.len();
    if draws < LEAST_DRAWS || Fault::of("output", "", output, draws).is_some() {
        return Vec::new();
    }
    let output = scaled(output);
    let sound = inputs.iter().filter(|(name, values)| Fault::of("input", name, values, draws).is_none());
    let mut found: Vec<FirstOrder> = sound
        .filter_map(|(name, values)| Some(FirstOrder { input: name.to_owned(), index: index(values, &output)? }))
        .collect();
    found.sort_by(|a, b| b.index.value.total_cmp(&a.index.value).then_with(|| a.input.cmp(&b.input)));
    found
}

/// Deviations from the mean in units of the largest, so that no square overflows.
fn scaled(values: &[f64]) -> Vec<f64> {
    let middle = mean(values).unwrap_or(0.0);
    let most = values.iter().map(|value| (value - middle).abs()).fold(0.0, f64::max);
    values.iter().map(|value| (value - middle) / most).collect()
}

/// The class of each draw, by the rank of its input; equal values share one.
fn classes(values: &[f64]) -> Vec<u16> {
    let each = count(values) / f64::from(CLASSES);
    let starts: Vec<f64> = (1..CLASSES).map(|class| f64::from(class) * each + 0.5).collect();
    let class = |rank: f64| u16::try_from(starts.partition_point(|start| *start <= rank)).unwrap_or(CLASSES);
    ranks(values).into_iter().map(class).collect()
}

/// The index with its jackknife error.
fn index(input: &[f64], output: &[f64]) -> Option<Estimate> {
    let (classes, input) = (classes(input), scaled(input));
    let without = |left_out: Range<usize>| {
        let mut sums = vec![Sums::default(); usize::from(CLASSES)];
        for (draw, ((class, x), y)) in classes.iter().zip(&input).zip(output).enumerate() {
            if !left_out.contains(&draw) {
                sums.get_mut(usize::from(*class))?.add(*x, *y);
            }
        }
        correlation_ratio(&sums)
    };
    let value = without(0..0)?;
    let block = output.len().div_ceil(BLOCKS);
    let others: Option<Vec<f64>> =
        (0..output.len()).step_by(block).map(|start| without(start..start + block)).collect();
    let others = others?;
    let centre = mean(&others)?;
    let spread = sum(others.iter().map(|other| (other - centre) * (other - centre)));
    let error = (spread * (count(&others) - 1.0) / count(&others)).sqrt();
    (value.is_finite() && error.is_finite()).then_some(Estimate { value, standard_error: Some(error) })
}

/// Sums over the draws of a class.
#[derive(Clone, Copy, Default)]
struct Sums {
    number: f64,
    x: f64,
    y: f64,
    xx: f64,
    xy: f64,
    yy: f64,
}

impl Sums {
    fn add(&mut self, x: f64, y: f64) {
        self.number += 1.0;
        (self.x, self.y) = (self.x + x, self.y + y);
        (self.xx, self.xy, self.yy) = (self.xx + x * x, self.xy + x * y, self.yy + y * y);
    }

    /// Squares that are left about the line through the draws, and how many numbers the line took.
    fn left(&self) -> (f64, f64) {
        let about = |products: f64, one: f64, two: f64| products - one * two / self.number;
        let (xx, xy, yy) =
            (about(self.xx, self.x, self.x), about(self.xy, self.x, self.y), about(self.yy, self.y, self.y));
        // equal inputs but for rounding have no slope
        if xx > 1e-12 * self.xx { ((yy - xy * xy / xx).max(0.0), 2.0) } else { (yy.max(0.0), 1.0) }
    }
}

/// One less the part of the output's variance that is left about the lines, both by their degrees of freedom.
fn correlation_ratio(classes: &[Sums]) -> Option<f64> {
    let filled: Vec<&Sums> = classes.iter().filter(|class| class.number > 0.0).collect();
    let total = |of: fn(&Sums) -> f64| sum(filled.iter().map(|class| of(class)));
    let (number, y) = (total(|class| class.number), total(|class| class.y));
    let whole = total(|class| class.yy) - y * y / number;
    let (left, taken) = (total(|class| class.left().0), total(|class| class.left().1));
    (whole > 0.0 && number > taken).then(|| 1.0 - left / (number - taken) / (whole / (number - 1.0)))
}
