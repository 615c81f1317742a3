//! Logistic regression by Newton's method, with a ridge.

/// A row: its features, whether it is positive, and how much it counts.
#[derive(Clone, Debug)]
pub struct Row<const N: usize> {
    /// The features.
    pub features: [f32; N],
    /// Whether the pair is one.
    pub positive: bool,
    /// Its weight, above 0.
    pub weight: f64,
}

/// Steps of Newton's method; it is at rest after six or seven.
const STEPS: usize = 12;

/// The coefficients, in natural logarithm of odds, that make the rows likeliest, less `ridge` times half their squared length.
///
/// Each step solves the normal equations of iteratively reweighted least squares (McCullagh and Nelder 1989, §2.5) by Cholesky's
/// decomposition; the ridge keeps them positive definite.
pub fn fit<const N: usize>(rows: &[Row<N>], ridge: f64) -> [f64; N] {
    let mut coefficients = [0.0; N];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = coefficients.iter().map(|coefficient| -ridge * coefficient).collect();
        let mut curvature = vec![vec![0.0; N]; N];
        for (place, row) in curvature.iter_mut().enumerate() {
            row.iter_mut().skip(place).take(1).for_each(|cell| *cell = ridge);
        }
        for row in rows {
            add_row(row, &coefficients, &mut gradient, &mut curvature);
        }
        let step = solve(curvature, gradient);
        for (coefficient, change) in coefficients.iter_mut().zip(step) {
            *coefficient += change;
        }
    }
    coefficients
}

/// The same where some coefficients may take only one sign: those that come out with the other are left out, until none does.
pub fn fit_signed<const N: usize>(rows: &[Row<N>], ridge: f64, signs: &[Option<f64>; N]) -> [f64; N] {
    let mut rows = rows.to_vec();
    loop {
        let coefficients = fit(&rows, ridge);
        let is_wrong = |place: &usize| {
            let sign = signs.get(*place).copied().flatten();
            sign.zip(coefficients.get(*place)).is_some_and(|(sign, coefficient)| sign * coefficient < 0.0)
        };
        let wrong: Vec<usize> = (0..N).filter(is_wrong).collect();
        if wrong.is_empty() {
            return coefficients;
        }
        for row in &mut rows {
            for place in &wrong {
                row.features.iter_mut().skip(*place).take(1).for_each(|cell| *cell = 0.0);
            }
        }
    }
}

fn add_row<const N: usize>(row: &Row<N>, coefficients: &[f64; N], gradient: &mut [f64], curvature: &mut [Vec<f64>]) {
    let present: Vec<(usize, f64)> = row
        .features
        .iter()
        .enumerate()
        .filter(|(_, value)| **value != 0.0)
        .map(|(place, value)| (place, f64::from(*value)))
        .collect();
    let logit: f64 =
        present.iter().map(|(place, value)| coefficients.get(*place).copied().unwrap_or_default() * value).sum();
    let probability = 1.0 / (1.0 + libm::exp(-logit));
    let error = (f64::from(u8::from(row.positive)) - probability) * row.weight;
    let spread = (probability * (1.0 - probability) * row.weight).max(1e-9);
    for (place, value) in &present {
        if let Some(cell) = gradient.get_mut(*place) {
            *cell += error * value;
        }
        let Some(line) = curvature.get_mut(*place) else { continue };
        for (other, factor) in present.iter().filter(|(other, _)| other <= place) {
            if let Some(cell) = line.get_mut(*other) {
                *cell += spread * value * factor;
            }
        }
    }
}

/// Solves the symmetric positive definite system whose lower half is given.
#[expect(clippy::indexing_slicing, reason = "all indices run below the size of the square matrix")]
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for column in 0..size {
        for row in column..size {
            let known: f64 = (0..column).map(|inner| matrix[row][inner] * matrix[column][inner]).sum();
            let rest = matrix[row][column] - known;
            matrix[row][column] = if row == column { rest.max(1e-12).sqrt() } else { rest / matrix[column][column] };
        }
    }
    for row in 0..size {
        let known: f64 = (0..row).map(|inner| matrix[row][inner] * right[inner]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|inner| matrix[inner][row] * right[inner]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_odds_of_counts_come_back() {
        // of pairs with the feature 30 of 40 are positive, of those without 10 of 40
        let row = |feature, positive, weight| Row { features: [feature, 1.0], positive, weight };
        let rows = [row(1.0, true, 30.0), row(1.0, false, 10.0), row(0.0, true, 10.0), row(0.0, false, 30.0)];
        let [slope, intercept] = fit(&rows, 1e-6);
        assert!((intercept - libm::log(1.0 / 3.0)).abs() < 1e-4, "{intercept}");
        assert!((slope - libm::log(9.0)).abs() < 1e-4, "{slope}");
    }
}
