//! A small dense solver: Cholesky, rank and null space.
//!
//! The fits here have at most some sixty unknowns, so plain row loops are fast and short enough to check by eye.
//! References: Golub and Van Loan, Matrix Computations, 4th ed., sections 4.2 (Cholesky) and 3.4 (pivoting).

/// A pivot below this share of its starting value is taken for zero: it is what subtracting leaves of the digits of a
/// float. Counts that differ by a factor above 10^12 or so cannot be fitted together, and the fit is then refused.
const PIVOT: f64 = 1e-14;

/// Entries below this size are zero in an elimination: designs hold zeros, ones and small numbers, so true entries are far
/// above it and rounding far below.
const ZERO: f64 = 1e-9;

/// The scalar product; the shorter vector decides how far it goes.
pub(crate) fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

/// A symmetric matrix as its lower triangle: row `i` has `i + 1` entries.
#[derive(Clone, Debug)]
pub(crate) struct Triangle {
    rows: Vec<Vec<f64>>,
}

impl Triangle {
    pub(crate) fn zeros(size: usize) -> Self {
        Self { rows: (1..=size).map(|length| vec![0.0; length]).collect() }
    }

    /// The matrix whose entry in a row and a column not beyond it is given.
    pub(crate) fn from_entries(size: usize, entry: impl Fn(usize, usize) -> f64) -> Self {
        Self { rows: (0..size).map(|row| (0..=row).map(|column| entry(row, column)).collect()).collect() }
    }

    /// Adds `weight * x x'`. Zeros in `x` are skipped: designs are mostly zeros.
    pub(crate) fn add_outer(&mut self, weight: f64, x: &[f64]) {
        for (row, scale) in self.rows.iter_mut().zip(x) {
            if *scale != 0.0 {
                let scale = weight * scale;
                for (entry, value) in row.iter_mut().zip(x) {
                    *entry += scale * value;
                }
            }
        }
    }

    /// The Cholesky factor, or `None` where the matrix is not positive definite.
    pub(crate) fn cholesky(&self) -> Option<Cholesky> {
        let mut factor: Vec<Vec<f64>> = Vec::with_capacity(self.rows.len());
        for source in &self.rows {
            let (diagonal, rest) = source.split_last()?;
            let mut row: Vec<f64> = Vec::with_capacity(source.len());
            for (entry, above) in rest.iter().zip(&factor) {
                let pivot = above.last()?;
                row.push((entry - dot(&row, above)) / pivot);
            }
            let pivot = diagonal - dot(&row, &row);
            if !(pivot > PIVOT * diagonal && pivot.is_finite()) {
                return None;
            }
            row.push(pivot.sqrt());
            factor.push(row);
        }
        Some(Cholesky { factor })
    }
}

/// A Cholesky factor `L` with `A = L L'`, as rows of the lower triangle.
#[derive(Clone, Debug)]
pub(crate) struct Cholesky {
    factor: Vec<Vec<f64>>,
}

impl Cholesky {
    /// Solves `A x = b`.
    pub(crate) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut forward: Vec<f64> = Vec::with_capacity(right.len());
        for (row, value) in self.factor.iter().zip(right) {
            let pivot = row.last().copied().unwrap_or(1.0);
            forward.push((value - dot(&forward, row)) / pivot);
        }
        let mut solution = Vec::with_capacity(right.len());
        for row in self.factor.iter().rev() {
            let (Some((pivot, rest)), Some(last)) = (row.split_last(), forward.pop()) else { break };
            let value = last / pivot;
            for (entry, factor) in forward.iter_mut().zip(rest) {
                *entry -= factor * value;
            }
            solution.push(value);
        }
        solution.reverse();
        solution
    }

    /// Column `index` of the inverse of `A`.
    pub(crate) fn inverse_column(&self, index: usize) -> Vec<f64> {
        let unit: Vec<f64> = (0..self.factor.len()).map(|row| if row == index { 1.0 } else { 0.0 }).collect();
        self.solve(&unit)
    }
}

/// Rows in reduced echelon form: each has a pivot column in which it alone is not zero, and is one there.
#[derive(Clone, Debug, Default)]
pub(crate) struct Echelon {
    rows: Vec<(usize, Vec<f64>)>,
}

impl Echelon {
    /// The echelon of rows of a length; rows beyond full rank are not looked at.
    pub(crate) fn of(rows: impl IntoIterator<Item = Vec<f64>>, columns: usize) -> Self {
        let mut echelon = Self::default();
        for row in rows {
            if echelon.rank() == columns {
                break;
            }
            echelon.push(&row);
        }
        echelon
    }

    /// How many independent rows there are.
    pub(crate) fn rank(&self) -> usize {
        self.rows.len()
    }

    /// Adds a row; it is dropped where it depends on those before.
    pub(crate) fn push(&mut self, row: &[f64]) {
        if self.rows.len() >= row.len() {
            return;
        }
        let mut reduced = row.to_vec();
        for (pivot, known) in &self.rows {
            eliminate(&mut reduced, *pivot, known);
        }
        let largest = reduced.iter().enumerate().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
        let Some((pivot, value)) = largest.map(|(index, value)| (index, *value)) else { return };
        if value.abs() < ZERO {
            return;
        }
        for entry in &mut reduced {
            *entry /= value;
        }
        for (_, known) in &mut self.rows {
            eliminate(known, pivot, &reduced);
        }
        self.rows.push((pivot, reduced));
    }

    /// A basis of the vectors of length `columns` that are orthogonal to every row.
    pub(crate) fn null_space(&self, columns: usize) -> Vec<Vec<f64>> {
        let is_pivot = |column: usize| self.rows.iter().any(|(pivot, _)| *pivot == column);
        (0..columns).filter(|free| !is_pivot(*free)).map(|free| self.null_vector(columns, free)).collect()
    }

    fn null_vector(&self, columns: usize, free: usize) -> Vec<f64> {
        let entry = |column: usize| match self.rows.iter().find(|(pivot, _)| *pivot == column) {
            Some((_, row)) => -row.get(free).copied().unwrap_or(0.0),
            None => f64::from(u8::from(column == free)),
        };
        (0..columns).map(entry).collect()
    }
}

/// Subtracts the multiple of `known` that makes `row` zero in the pivot column.
fn eliminate(row: &mut [f64], pivot: usize, known: &[f64]) {
    let factor = row.get(pivot).copied().unwrap_or(0.0);
    if factor != 0.0 {
        for (entry, value) in row.iter_mut().zip(known) {
            *entry -= factor * value;
        }
        if let Some(entry) = row.get_mut(pivot) {
            *entry = 0.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solving_undoes_multiplying() {
        let rows = [[2.0, 1.0, 0.0], [0.0, 3.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 1.0]];
        let mut gram = Triangle::zeros(3);
        for row in &rows {
            gram.add_outer(1.0, row);
        }
        let wanted = [1.0, -2.0, 0.5];
        let image: Vec<f64> = (0..3).map(|i| rows.iter().map(|row| row[i] * dot(row, &wanted)).sum()).collect();
        let found = gram.cholesky().unwrap().solve(&image);
        assert!(found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-12), "{found:?}");
    }

    #[test]
    fn a_singular_matrix_has_no_factor() {
        let mut gram = Triangle::zeros(2);
        gram.add_outer(1.0, &[1.0, 2.0]);
        assert!(gram.cholesky().is_none());
        gram.add_outer(1.0, &[1.0, 0.0]);
        assert!(gram.cholesky().is_some());
    }

    #[test]
    fn rank_and_null_space_add_up() {
        let rows = [vec![1.0, 1.0, 0.0, 1.0], vec![1.0, 0.0, 1.0, 0.0], vec![2.0, 1.0, 1.0, 1.0]];
        let echelon = Echelon::of(rows.clone(), 4);
        let null = echelon.null_space(4);
        assert_eq!((echelon.rank(), null.len()), (2, 2));
        assert!(null.iter().all(|vector| rows.iter().all(|row| dot(row, vector).abs() < 1e-12)));
    }
}
