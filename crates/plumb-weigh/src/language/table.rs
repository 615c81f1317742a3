//! Graphical functions: a curve through points (XMILE 1.0, section 3.1.4).

use thiserror::Error;

/// What a graphical function gives between and beyond its points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Straight lines between the points; beyond them the value of the first and last.
    #[default]
    Continuous,
    /// Straight lines between the points; beyond them the first and last line go on.
    Extrapolate,
    /// The value of the point at or before.
    Discrete,
}

/// A graphical function.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    points: Vec<(f64, f64)>,
    shape: Shape,
}

/// Why points are no graphical function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TableError {
    /// Fewer than two points.
    #[error("a graphical function needs at least two points")]
    TooFew,
    /// A point that is no finite number.
    #[error("point {0} is not a finite number")]
    NotFinite(usize),
    /// Points whose x does not rise.
    #[error("point {0} does not lie to the right of the one before it")]
    NotRising(usize),
}

impl Table {
    /// A curve through points given in rising order of x. Places in errors count from 1.
    pub fn new(points: Vec<(f64, f64)>, shape: Shape) -> Result<Self, TableError> {
        if points.len() < 2 {
            return Err(TableError::TooFew);
        }
        if let Some(place) = points.iter().position(|(x, y)| !x.is_finite() || !y.is_finite()) {
            return Err(TableError::NotFinite(place + 1));
        }
        match points.windows(2).position(|pair| matches!(pair, [(left, _), (right, _)] if left >= right)) {
            Some(place) => Err(TableError::NotRising(place + 2)),
            None => Ok(Self { points, shape }),
        }
    }

    /// The points.
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// What it gives between and beyond the points.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Its value at `x`; NaN where `x` is not finite.
    ///
    /// ```
    /// use plumb_weigh::language::{Shape, Table};
    /// let table = Table::new(vec![(0.0, 1.0), (10.0, 3.0)], Shape::Continuous).unwrap();
    /// assert_eq!((table.at(5.0), table.at(20.0)), (2.0, 3.0));
    /// ```
    pub fn at(&self, x: f64) -> f64 {
        if !x.is_finite() {
            return f64::NAN;
        }
        let after = self.points.partition_point(|(place, _)| *place <= x);
        let last = self.points.len() - 1;
        let inside = after > 0 && after <= last;
        if !inside && self.shape != Shape::Extrapolate || self.shape == Shape::Discrete {
            return self.points.get(after.saturating_sub(1)).map_or(f64::NAN, |(_, y)| *y);
        }
        let right = after.clamp(1, last);
        match self.points.get(right - 1..=right) {
            Some([(x0, y0), (x1, y1)]) => y0 + (y1 - y0) * ((x - x0) / (x1 - x0)),
            _ => f64::NAN,
        }
    }
}
