//! Small dense matrices: as much linear algebra as a few dozen unknowns need.
//!
//! Entries lie row after row. Reading outside a matrix gives NaN, which the callers' checks for finite results turn into
//! a typed error; nothing here panics.

/// A dense matrix.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Matrix {
    columns: usize,
    entries: Vec<f64>,
}

/// Σ aᵢbᵢ.
#[inline]
pub(crate) fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

impl Matrix {
    /// All zeros.
    pub(crate) fn zeros(rows: usize, columns: usize) -> Self {
        Self { columns, entries: vec![0.0; rows * columns] }
    }

    /// From rows, each cut or filled with zeros to `columns`.
    pub(crate) fn from_rows<'a>(columns: usize, rows: impl IntoIterator<Item = &'a [f64]>) -> Self {
        let mut entries = Vec::new();
        for row in rows {
            entries.extend(row.iter().copied().chain(std::iter::repeat(0.0)).take(columns));
        }
        Self { columns, entries }
    }

    /// Number of columns.
    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    /// The rows from the top.
    pub(crate) fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.entries.chunks_exact(self.columns.max(1))
    }

    /// One row; empty outside.
    pub(crate) fn row(&self, index: usize) -> &[f64] {
        self.entries.get(index * self.columns..(index + 1) * self.columns).unwrap_or_default()
    }

    /// One entry; NaN outside.
    pub(crate) fn at(&self, row: usize, column: usize) -> f64 {
        self.row(row).get(column).copied().unwrap_or(f64::NAN)
    }

    /// All entries, row after row.
    pub(crate) fn entries(&self) -> &[f64] {
        &self.entries
    }

    /// Adds `weight`·v·vᵀ to a square matrix.
    pub(crate) fn add_outer(&mut self, weight: f64, vector: &[f64]) {
        for (row, left) in self.entries.chunks_exact_mut(self.columns.max(1)).zip(vector) {
            for (entry, right) in row.iter_mut().zip(vector) {
                *entry += weight * left * right;
            }
        }
    }

    /// The Cholesky factor of a symmetric matrix; `None` when it is not positive definite.
    pub(crate) fn cholesky(&self) -> Option<Cholesky> {
        let mut lower = self.entries.clone();
        factorise(&mut lower, self.columns)?;
        Some(Cholesky { lower: Self { columns: self.columns, entries: lower } })
    }

    /// The solution of M·x = b for a square matrix, by elimination with row pivoting; `None` when M is singular.
    pub(crate) fn solve(&self, right: &[f64]) -> Option<Vec<f64>> {
        let mut system: Vec<Vec<f64>> = self
            .rows()
            .zip(right)
            .map(|(row, value)| row.iter().copied().chain(std::iter::once(*value)).collect())
            .collect();
        let size = system.len();
        for column in 0..size {
            let entry = |row: &Vec<f64>| row.get(column).copied().unwrap_or(0.0).abs();
            let pivot = (column..size)
                .max_by(|a, b| system.get(*a).map_or(0.0, entry).total_cmp(&system.get(*b).map_or(0.0, entry)))?;
            system.swap(column, pivot);
            let leading = system.get(column)?.clone();
            let divisor = leading.get(column).copied().filter(|value| value.abs() > 0.0 && value.is_finite())?;
            for (index, row) in system.iter_mut().enumerate() {
                let factor = row.get(column)? / divisor;
                if index != column && factor != 0.0 {
                    row.iter_mut().zip(&leading).for_each(|(entry, lead)| *entry -= factor * lead);
                }
            }
        }
        let diagonal = |(index, row): (usize, &Vec<f64>)| Some(row.get(size)? / row.get(index)?);
        system.iter().enumerate().map(diagonal).collect()
    }
}

/// Replaces the lower triangle of a symmetric matrix by its Cholesky factor; `None` when it is not positive definite.
///
/// The upper triangle is left as it was. Serves the loops over worlds, which must not allocate.
#[inline]
pub(crate) fn factorise(entries: &mut [f64], size: usize) -> Option<()> {
    for index in 0..size {
        let (done, rest) = entries.split_at_mut_checked(index * size)?;
        let row = rest.get_mut(..size)?;
        for (column, earlier) in done.chunks_exact(size).enumerate() {
            let (head, tail) = row.split_at_mut_checked(column)?;
            let entry = tail.first_mut()?;
            *entry = (*entry - dot(head, earlier)) / earlier.get(column)?;
        }
        let (head, tail) = row.split_at_mut_checked(index)?;
        let entry = tail.first_mut()?;
        let pivot = *entry - dot(head, head);
        if pivot.is_nan() || pivot <= 0.0 || pivot.is_infinite() {
            return None;
        }
        *entry = pivot.sqrt();
    }
    Some(())
}

/// Replaces b by L⁻¹b, for a factor from [`factorise`].
#[inline]
pub(crate) fn forward(lower: &[f64], size: usize, right: &mut [f64]) {
    for (index, row) in lower.chunks_exact(size.max(1)).enumerate() {
        let Some((done, rest)) = right.split_at_mut_checked(index) else { return };
        if let (Some(entry), Some(pivot)) = (rest.first_mut(), row.get(index)) {
            *entry = (*entry - dot(done, row)) / pivot;
        }
    }
}

/// A Cholesky factor: M = L·Lᵀ.
#[derive(Clone, Debug)]
pub(crate) struct Cholesky {
    lower: Matrix,
}

impl Cholesky {
    /// L·v: turns independent unit normals into normals with covariance M.
    pub(crate) fn times(&self, vector: &[f64]) -> Vec<f64> {
        self.lower
            .rows()
            .enumerate()
            .map(|(index, row)| row.iter().zip(vector).take(index + 1).map(|(l, v)| l * v).sum())
            .collect()
    }

    /// L⁻¹·b; its squared length is bᵀM⁻¹b.
    pub(crate) fn whiten(&self, right: &[f64]) -> Vec<f64> {
        let mut solution = right.to_vec();
        forward(self.lower.entries(), self.lower.columns(), &mut solution);
        solution
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Matrix {
        Matrix::from_rows(3, [[4.0, 2.0, 0.4].as_slice(), &[2.0, 5.0, 1.0], &[0.4, 1.0, 3.0]])
    }

    #[test]
    fn cholesky_and_elimination_agree() {
        let (matrix, right) = (sample(), [1.0, -2.0, 3.0]);
        let solution = matrix.solve(&right).unwrap();
        let back: Vec<f64> = matrix.rows().map(|row| dot(row, &solution)).collect();
        for (a, b) in back.iter().zip(&right) {
            assert!((a - b).abs() < 1e-14);
        }
        // b'M⁻¹b both ways
        let white = matrix.cholesky().unwrap().whiten(&right);
        assert!((dot(&white, &white) - dot(&solution, &right)).abs() < 1e-14);
    }

    #[test]
    fn singular_and_indefinite_matrices_are_refused() {
        let singular = Matrix::from_rows(2, [[1.0, 2.0].as_slice(), &[2.0, 4.0]]);
        assert!(singular.cholesky().is_none());
        assert!(singular.solve(&[1.0, 1.0]).is_none());
        assert!(Matrix::from_rows(1, [[f64::NAN].as_slice()]).cholesky().is_none());
    }
}
