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

/// From this length on, four sums side by side pay: one sum waits for each addition before the next.
const LONG: usize = 64;

/// Σ aᵢbᵢ, as far as both reach.
#[inline]
pub(crate) fn dot(left: &[f64], right: &[f64]) -> f64 {
    if left.len() < LONG || right.len() < LONG {
        return left.iter().zip(right).map(|(a, b)| a * b).sum();
    }
    let length = left.len().min(right.len());
    let (left, right) = (left.get(..length).unwrap_or_default(), right.get(..length).unwrap_or_default());
    let (left, right) = (left.chunks_exact(4), right.chunks_exact(4));
    let ends = left.remainder().iter().zip(right.remainder());
    let mut sums = [0.0; 4];
    for (a, b) in left.zip(right) {
        sums.iter_mut().zip(a.iter().zip(b)).for_each(|(sum, (a, b))| *sum += a * b);
    }
    let [a, b, c, d] = sums;
    (a + b) + (c + d) + ends.map(|(a, b)| a * b).sum::<f64>()
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

    /// An orthonormal basis of the vectors x with M·x = 0, by Gram–Schmidt with pivoting on rows scaled to length 1.
    /// A row whose remainder is shorter than `tolerance` counts as dependent on the others.
    pub(crate) fn null_space(&self, tolerance: f64) -> Vec<Vec<f64>> {
        let mut basis = Vec::new();
        let scaled: Vec<Vec<f64>> = self.rows().filter_map(|row| normalised(row.to_vec(), 0.0)).collect();
        extend_basis(&mut basis, scaled, tolerance);
        let rank = basis.len();
        let unit = |index| (0..self.columns).map(|j| if j == index { 1.0 } else { 0.0 }).collect();
        extend_basis(&mut basis, (0..self.columns).map(unit).collect(), 1e-7);
        basis.split_off(rank)
    }
}

/// Grows an orthonormal basis by the candidates, the most independent first, until only dependent ones are left.
fn extend_basis(basis: &mut Vec<Vec<f64>>, mut candidates: Vec<Vec<f64>>, tolerance: f64) {
    for known in basis.iter() {
        for row in &mut candidates {
            remove(row, known);
        }
    }
    loop {
        let lengths = candidates.iter().map(|row| dot(row, row)).enumerate();
        let longest = lengths.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let Some((index, _)) = longest else { return };
        let Some(mut chosen) = normalised(candidates.swap_remove(index), tolerance) else { return };
        // a second pass removes what rounding left behind ("twice is enough", Kahan and Parlett)
        for known in basis.iter() {
            remove(&mut chosen, known);
        }
        let Some(chosen) = normalised(chosen, 0.0) else { return };
        for row in &mut candidates {
            remove(row, &chosen);
        }
        basis.push(chosen);
    }
}

/// Takes the part along a unit vector out of a row.
fn remove(row: &mut [f64], direction: &[f64]) {
    let along = dot(row, direction);
    row.iter_mut().zip(direction).for_each(|(entry, part)| *entry -= along * part);
}

fn normalised(mut row: Vec<f64>, tolerance: f64) -> Option<Vec<f64>> {
    // scaled first, so that squares of huge entries do not overflow
    let largest = row.iter().fold(0.0_f64, |most, entry| most.max(entry.abs()));
    if !largest.is_finite() || largest == 0.0 {
        return None;
    }
    let length = largest * row.iter().map(|entry| (entry / largest) * (entry / largest)).sum::<f64>().sqrt();
    if length <= tolerance {
        return None;
    }
    for entry in &mut row {
        *entry /= length;
    }
    Some(row)
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

/// Replaces b by L⁻ᵀb, for a factor from [`factorise`].
#[inline]
pub(crate) fn backward(lower: &[f64], size: usize, right: &mut [f64]) {
    for (index, row) in lower.chunks_exact(size.max(1)).enumerate().rev() {
        let Some((done, rest)) = right.split_at_mut_checked(index) else { return };
        if let (Some(entry), Some(pivot)) = (rest.first_mut(), row.get(index)) {
            *entry /= pivot;
            done.iter_mut().zip(row).for_each(|(earlier, factor)| *earlier -= *entry * factor);
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

    #[test]
    fn the_null_space_is_orthogonal_to_the_rows() {
        let matrix = Matrix::from_rows(3, [[1.0, 1.0, 1.0].as_slice(), &[2.0, 2.0, 2.0], &[1.0, 0.0, -1.0]]);
        let space = matrix.null_space(1e-9);
        assert_eq!(space.len(), 1);
        assert!(matrix.rows().all(|row| dot(row, &space[0]).abs() < 1e-12));
        assert_eq!(Matrix::zeros(0, 2).null_space(1e-9).len(), 2);
    }
}
