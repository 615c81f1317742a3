//! Does a log-linear model have a maximum of its likelihood, and only one?
//!
//! A Poisson log-linear model with design `X` and counts `y` has a maximum with finite parameters exactly when some table
//! without zeros has the same sufficient statistics `X'y` (Haberman 1974; Fienberg and Rinaldo 2012, Annals of Statistics
//! 40:996, section 3). Equivalently: no direction `d` has `x·d = 0` on every cell that holds people, `x·d <= 0` on every
//! empty cell, and `x·d < 0` on at least one of them; along such a direction the likelihood would rise forever.
//!
//! The search starts with the null space of the rows that hold people. It is empty for almost all tables that can be
//! fitted, and then nothing more is to be done. Else a linear programme over its few dimensions decides (Stiemke's lemma,
//! solved by the simplex method with Bland's rule, which cannot cycle).

use super::linear::{Echelon, dot};
use super::model::Design;

/// Numbers of the programme below this size are zero; its entries are small fractions.
const ZERO: f64 = 1e-9;

/// What the counts say about a model.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Existence {
    /// There is one maximum, with finite parameters.
    Unique,
    /// Fewer independent cells than parameters: `rank` of the design.
    NotIdentifiable {
        /// Independent rows of the design.
        rank: usize,
    },
    /// The likelihood rises forever along this direction of the parameters.
    Unbounded {
        /// The direction, one entry a parameter.
        direction: Vec<f64>,
    },
}

/// Judges a model.
pub(crate) fn judge(design: &Design) -> Existence {
    let columns = design.columns.len();
    let mut echelon = Echelon::of(design.rows(true), columns);
    if echelon.rank() == columns {
        return Existence::Unique;
    }
    let null = echelon.null_space(columns);
    let empty: Vec<Vec<f64>> = design.rows(false).collect();
    for row in &empty {
        echelon.push(row);
    }
    if echelon.rank() < columns {
        return Existence::NotIdentifiable { rank: echelon.rank() };
    }
    let reduced: Vec<Vec<f64>> = empty.iter().map(|row| null.iter().map(|basis| dot(row, basis)).collect()).collect();
    match recession(&reduced, null.len()) {
        None => Existence::Unique,
        Some(multipliers) => Existence::Unbounded { direction: combine(&null, &multipliers, columns) },
    }
}

/// The direction in parameter space for a direction in the null space.
fn combine(null: &[Vec<f64>], multipliers: &[f64], columns: usize) -> Vec<f64> {
    let mut direction = vec![0.0; columns];
    for (basis, multiplier) in null.iter().zip(multipliers) {
        for (entry, value) in direction.iter_mut().zip(basis) {
            *entry += multiplier * value;
        }
    }
    direction
}

/// A vector `v` with `M v <= 0` and not all zero, or `None` where there is none.
///
/// By Stiemke's lemma there is none exactly when weights `w > 0` have `M'w = 0`; scaled, `w = 1 + u` with `u >= 0` and
/// `M'u = -M'1`. Phase one of the simplex method looks for `u`; where it fails, its multipliers are the `v`.
fn recession(matrix: &[Vec<f64>], size: usize) -> Option<Vec<f64>> {
    let mut tableau = Tableau::new(matrix, size);
    while tableau.step() {}
    (tableau.infeasibility() > ZERO).then(|| tableau.multipliers())
}

/// A simplex tableau: one row a dimension, then the cost row; columns for `u`, for the artificial variables, the right side.
struct Tableau {
    rows: Vec<Vec<f64>>,
    cost: Vec<f64>,
    basis: Vec<usize>,
    variables: usize,
    signs: Vec<f64>,
}

impl Tableau {
    fn new(matrix: &[Vec<f64>], size: usize) -> Self {
        let column = |index: usize| matrix.iter().map(move |row| row.get(index).copied().unwrap_or(0.0));
        let variables = matrix.len();
        let mut rows = Vec::with_capacity(size);
        let mut signs = Vec::with_capacity(size);
        for index in 0..size {
            let right: f64 = -column(index).sum::<f64>();
            let sign = if right < 0.0 { -1.0 } else { 1.0 };
            let artificial = (0..size).map(|other| f64::from(u8::from(other == index)));
            rows.push(
                column(index).map(|value| sign * value).chain(artificial).chain([sign * right]).collect::<Vec<_>>(),
            );
            signs.push(sign);
        }
        let mut cost = vec![0.0; variables + size + 1];
        for row in &rows {
            for (entry, value) in cost.iter_mut().zip(row) {
                *entry -= value;
            }
        }
        for entry in cost.iter_mut().skip(variables).take(size) {
            *entry = 0.0;
        }
        Self { rows, cost, basis: (variables..variables + size).collect(), variables, signs }
    }

    /// One pivot by Bland's rule; false when no column can lower the cost any more.
    fn step(&mut self) -> bool {
        let entering = self.cost.iter().take(self.variables).position(|cost| *cost < -ZERO);
        let Some(entering) = entering else { return false };
        let ratios = self.rows.iter().enumerate().filter_map(|(index, row)| {
            let entry = row.get(entering).copied().filter(|entry| *entry > ZERO)?;
            Some((row.last()? / entry, self.basis.get(index).copied()?, index))
        });
        let leaving = ratios.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let Some((_, _, leaving)) = leaving else { return false };
        self.pivot(leaving, entering);
        true
    }

    fn pivot(&mut self, leaving: usize, entering: usize) {
        let Some(row) = self.rows.get_mut(leaving) else { return };
        let scale = row.get(entering).copied().unwrap_or(1.0);
        for entry in row.iter_mut() {
            *entry /= scale;
        }
        let pivot = row.clone();
        let others = self.rows.iter_mut().enumerate().filter(|(index, _)| *index != leaving).map(|(_, row)| row);
        for row in others.chain([&mut self.cost]) {
            let factor = row.get(entering).copied().unwrap_or(0.0);
            if factor != 0.0 {
                for (entry, value) in row.iter_mut().zip(&pivot) {
                    *entry -= factor * value;
                }
            }
        }
        if let Some(basis) = self.basis.get_mut(leaving) {
            *basis = entering;
        }
    }

    /// What the artificial variables still add up to: zero when weights were found.
    fn infeasibility(&self) -> f64 {
        -self.cost.last().copied().unwrap_or(0.0)
    }

    /// The multipliers of the equations, signed so that `M v <= 0`.
    fn multipliers(&self) -> Vec<f64> {
        let reduced = self.cost.iter().skip(self.variables);
        reduced.zip(&self.signs).map(|(cost, sign)| sign * (1.0 - cost)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::model::Column;

    /// Cells 1 to 7 of three lists under a model of these terms.
    fn design(terms: &[u16], counts: [f64; 7]) -> Design {
        let columns = terms.iter().map(|term| Column::Term(*term)).collect();
        Design { columns, cells: (1..8).collect(), counts: counts.to_vec(), empty: Vec::new() }
    }

    #[test]
    fn a_full_table_has_one_maximum() {
        assert_eq!(judge(&design(&[0, 1, 2, 4], [1.0; 7])), Existence::Unique);
    }

    #[test]
    fn too_many_parameters_are_not_identifiable() {
        let saturated = design(&[0, 1, 2, 4, 3, 5, 6, 7], [1.0; 7]);
        assert_eq!(judge(&saturated), Existence::NotIdentifiable { rank: 7 });
    }

    #[test]
    fn a_list_apart_lets_the_likelihood_rise() {
        // C overlaps neither A nor B, and a term for A and B takes up all that links them.
        let counts = [40.0, 30.0, 6.0, 20.0, 0.0, 0.0, 0.0];
        let design = design(&[0, 1, 2, 4, 3], counts);
        let Existence::Unbounded { direction } = judge(&design) else { panic!("a maximum was found") };
        let rises: Vec<f64> = (1..8).map(|cell| dot(&design.row(cell), &direction)).collect();
        assert!(rises.iter().zip(counts).all(|(rise, count)| if count > 0.0 {
            rise.abs() < 1e-9
        } else {
            *rise <= 1e-9
        }));
        assert!(rises.iter().any(|rise| *rise < -1e-6), "{rises:?}");
        assert!(direction[0] > 0.0, "the hidden number grows: {direction:?}");
    }

    #[test]
    fn zeros_alone_do_no_harm() {
        // Without the term for A and B the same table has a maximum: everything is held together by the overlap.
        assert_eq!(judge(&design(&[0, 1, 2, 4], [40.0, 30.0, 6.0, 20.0, 0.0, 0.0, 0.0])), Existence::Unique);
    }
}
