//! The products with a design that a fit needs, fast where the design is made of terms.
//!
//! A term is one for every history that includes its lists. So the predictor of a history is a sum over the subsets of it,
//! and an entry of the information matrix, for two terms, is the sum of means over the supersets of both together: sums
//! that `lattice` takes for all sets at once. Other columns are multiplied out.

use super::lattice::{sum_subsets, sum_supersets};
use super::linear::{Triangle, dot};
use super::model::{Column, Design};
use super::table::ListSet;

/// The columns of a design.
pub(crate) enum Columns<'a> {
    /// Terms only.
    Terms {
        /// Sets of lists that the entries of a sum are indexed by.
        sets: usize,
        terms: Vec<ListSet>,
        cells: &'a [ListSet],
    },
    /// Any columns, as rows.
    Dense { length: usize, rows: Vec<Vec<f64>> },
}

impl<'a> Columns<'a> {
    pub(crate) fn of(design: &'a Design) -> Self {
        let term = |column: &Column| match column {
            Column::Term(lists) => Some(*lists),
            _ => None,
        };
        let Some(terms) = design.columns.iter().map(term).collect::<Option<Vec<_>>>() else {
            let rows = design.cells.iter().map(|history| design.row(*history)).collect();
            return Self::Dense { length: design.columns.len(), rows };
        };
        let largest = terms.iter().chain(&design.cells).max().copied().unwrap_or(0);
        Self::Terms { sets: (usize::from(largest) + 1).next_power_of_two(), terms, cells: &design.cells }
    }

    /// How many columns there are.
    pub(crate) fn length(&self) -> usize {
        match self {
            Self::Terms { terms, .. } => terms.len(),
            Self::Dense { length, .. } => *length,
        }
    }

    /// The design times coefficients: one entry a cell.
    pub(crate) fn predictors(&self, coefficients: &[f64]) -> Vec<f64> {
        match self {
            Self::Terms { sets, terms, cells } => {
                let mut sums = scatter(*sets, terms, coefficients);
                sum_subsets(&mut sums);
                gather(&sums, cells)
            }
            Self::Dense { rows, .. } => rows.iter().map(|row| dot(row, coefficients)).collect(),
        }
    }

    /// The transposed design times values of the cells: one entry a column.
    pub(crate) fn project(&self, values: &[f64]) -> Vec<f64> {
        match self {
            Self::Terms { sets, terms, cells } => {
                let mut sums = scatter(*sets, cells, values);
                sum_supersets(&mut sums);
                gather(&sums, terms)
            }
            Self::Dense { length, rows } => {
                let mut sums = vec![0.0; *length];
                for (row, value) in rows.iter().zip(values) {
                    for (sum, entry) in sums.iter_mut().zip(row) {
                        *sum += value * entry;
                    }
                }
                sums
            }
        }
    }

    /// The transposed design times the design, with weights of the cells.
    pub(crate) fn gram(&self, weights: &[f64]) -> Triangle {
        match self {
            Self::Terms { sets, terms, cells } => {
                let mut sums = scatter(*sets, cells, weights);
                sum_supersets(&mut sums);
                let term = |index: usize| terms.get(index).copied().unwrap_or(0);
                let both = |row: usize, column: usize| usize::from(term(row) | term(column));
                Triangle::from_entries(terms.len(), |row, column| sums.get(both(row, column)).copied().unwrap_or(0.0))
            }
            Self::Dense { length, rows } => {
                let mut gram = Triangle::zeros(*length);
                for (row, weight) in rows.iter().zip(weights) {
                    gram.add_outer(*weight, row);
                }
                gram
            }
        }
    }
}

/// Values put at their sets, zero elsewhere.
fn scatter(sets: usize, at: &[ListSet], values: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; sets];
    for (set, value) in at.iter().zip(values) {
        if let Some(slot) = sums.get_mut(usize::from(*set)) {
            *slot = *value;
        }
    }
    sums
}

/// Values taken from their sets.
fn gather(sums: &[f64], at: &[ListSet]) -> Vec<f64> {
    at.iter().map(|set| sums.get(usize::from(*set)).copied().unwrap_or(0.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_and_rows_give_the_same_products() {
        let columns = [0, 1, 2, 4, 3].map(Column::Term).to_vec();
        let design = Design { columns, cells: vec![1, 2, 3, 4, 5, 7], counts: vec![1.0; 6], empty: Vec::new() };
        let rows = design.cells.iter().map(|history| design.row(*history)).collect();
        let (fast, plain) = (Columns::of(&design), Columns::Dense { length: 5, rows });
        assert!(matches!(fast, Columns::Terms { .. }) && fast.length() == plain.length());
        let coefficients = [0.5, -1.0, 2.0, 0.25, 3.0];
        assert_eq!(fast.predictors(&coefficients), plain.predictors(&coefficients));
        let values = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0];
        assert_eq!(fast.project(&values), plain.project(&values));
        let right = [1.0, 0.0, -1.0, 2.0, 1.0];
        let solve = |columns: &Columns<'_>| columns.gram(&values).cholesky().unwrap().solve(&right);
        assert!(solve(&fast).iter().zip(solve(&plain)).all(|(a, b)| (a - b).abs() < 1e-12));
    }
}
