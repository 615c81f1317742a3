//! Claims as rows of a statistical model: what each says on the scale of what it is about, how exactly, and from whom.

use std::collections::BTreeMap;

use crate::statistics::normal_half_width;

use super::network::{Equation, IndexedTerm, Network};
use super::problem::{Claim, Figure, Problem};
use super::scale::Scale;
use super::settings::Settings;

/// What a row measures.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Function {
    /// An undefined quantity on its own scale.
    Own(usize),
    /// The logarithm of an expression.
    Log(Vec<IndexedTerm>),
    /// The logarithm of a quantity less that of an expression: zero when a second identity holds.
    Balance(usize, Vec<IndexedTerm>),
}

/// What a row says of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Says {
    /// Near this.
    Near(f64),
    /// At or above this.
    Above(f64),
    /// At or below this.
    Below(f64),
}

impl Says {
    pub(super) fn place(self) -> f64 {
        match self {
            Self::Near(place) | Self::Above(place) | Self::Below(place) => place,
        }
    }

    pub(super) fn is_near(self) -> bool {
        matches!(self, Self::Near(_))
    }
}

/// What one claim says, before those of one origin are joined.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    pub(super) claim: String,
    pub(super) says: Says,
    pub(super) variance: f64,
    /// What the quantity on the scale must be multiplied by to give what the claim is about.
    pub(super) factor: f64,
}

/// What one origin says of one thing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub(super) function: Function,
    /// The scale of the function.
    pub(super) scale: Scale,
    pub(super) says: Says,
    /// Variance when right.
    pub(super) variance: f64,
    /// Its origin.
    pub(super) origin: String,
    /// Probability that the origin is right.
    pub(super) prior: f64,
    /// The claims behind it.
    pub(super) readings: Vec<Reading>,
}

/// Why a claim takes no part in the layers that use probability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unused {
    /// It says zero, which no logarithm can hold. The first layer uses it.
    Zero,
    /// It says no more than the bounds of the quantity do.
    NothingBeyondBounds,
    /// It lies outside the bounds of the quantity.
    OutsideBounds,
    /// Its interval is so wide, or so narrow, that a double cannot hold its variance.
    TooWide,
    /// What it is about is fixed by an identity, whatever is claimed.
    Fixed,
    /// It has one side only, and nothing else says how much it could be. The first layer uses it.
    OneSided,
}

/// Standard deviation within which a second identity for one quantity holds, in logarithms: equal to one part in ten
/// thousand, finer than any claim, coarse enough for the arithmetic.
const IDENTITY_DEVIATION: f64 = 1e-4;

/// The rows of a problem in the order of names, and the claims that make none.
pub(super) fn rows(problem: &Problem, network: &Network, settings: &Settings) -> (Vec<Row>, BTreeMap<String, Unused>) {
    let mut claims: Vec<&Claim> = problem.claims.iter().collect();
    claims.sort_by(|a, b| a.id.cmp(&b.id));
    let mut unused = BTreeMap::new();
    let mut rows: Vec<Row> = Vec::new();
    for claim in claims {
        let (function, scale, factor) = function(&claim.about, network, settings);
        let read = if network.varies(&network.terms(&claim.about)) {
            read(claim, scale, factor, settings)
        } else {
            Err(Unused::Fixed)
        };
        let (says, variance) = match read {
            Ok(read) => read,
            Err(reason) => {
                unused.insert(claim.id.clone(), reason);
                continue;
            }
        };
        // a claim without an origin is its own; no origin of that name can be written, as names hold no control character
        let origin = if claim.origin.is_empty() { format!("\u{1}{}", claim.id) } else { claim.origin.clone() };
        let reading = Reading { claim: claim.id.clone(), says, variance, factor };
        match rows.iter_mut().find(|row| row.origin == origin && row.function == function) {
            Some(row) => row.readings.push(reading),
            None => {
                let readings = vec![reading];
                rows.push(Row { function, scale, says, variance, origin, prior: 0.0, readings });
            }
        }
    }
    join(&mut rows, problem, settings);
    rows.extend(network.constraints.iter().map(balance));
    (rows, unused)
}

/// The row that a second identity for one quantity makes.
fn balance(equation: &Equation) -> Row {
    Row {
        function: Function::Balance(equation.left, equation.terms.clone()),
        scale: Scale::LOG,
        says: Says::Near(0.0),
        variance: IDENTITY_DEVIATION * IDENTITY_DEVIATION,
        origin: String::new(),
        prior: 1.0,
        readings: Vec::new(),
    }
}

/// Settles what each row says and how probable its origin is.
fn join(rows: &mut [Row], problem: &Problem, settings: &Settings) {
    let prior = |row: &Row| {
        let claims = problem.claims.iter();
        let own = claims
            .filter(|claim| claim.origin == row.origin || row.readings.iter().any(|reading| reading.claim == claim.id));
        own.map(|claim| claim.probability_right).fold(0.0, f64::max)
    };
    for row in rows {
        row.prior = prior(row);
        (row.says, row.variance) = joined(&row.readings, settings);
    }
}

/// What the readings of one origin say together. Equal ones count once; different ones are copies of one statement that
/// went apart, so they are averaged (the logarithmic pool with equal weights) and the result is no surer than they are.
fn joined(readings: &[Reading], settings: &Settings) -> (Says, f64) {
    let mut distinct: Vec<(Says, f64)> = Vec::new();
    for reading in readings {
        if !distinct.contains(&(reading.says, reading.variance)) {
            distinct.push((reading.says, reading.variance));
        }
    }
    let near = || distinct.iter().filter(|(says, _)| says.is_near());
    let above = || distinct.iter().filter(|(says, _)| matches!(says, Says::Above(_)));
    let below = || distinct.iter().filter(|(says, _)| matches!(says, Says::Below(_)));
    if near().next().is_some() {
        let (place, variance) = pool(near());
        return (Says::Near(place), variance);
    }
    let ((low, low_variance), (high, high_variance)) = (pool(above()), pool(below()));
    match (above().next(), below().next()) {
        (Some(_), None) => (Says::Above(low), low_variance),
        (None, _) => (Says::Below(high), high_variance),
        // "more than a" and "up to b" from one origin are a range
        (Some(_), Some(_)) => {
            let width = high - low;
            (Says::Near(0.5 * (low + high)), (width * width / 12.0).max(settings.bound_log_sd * settings.bound_log_sd))
        }
    }
}

fn pool<'a>(readings: impl Iterator<Item = &'a (Says, f64)>) -> (f64, f64) {
    let (mut precision, mut weighted, mut count) = (0.0, 0.0, 0.0);
    for (says, variance) in readings {
        precision += 1.0 / variance;
        weighted += says.place() / variance;
        count += 1.0;
    }
    (weighted / precision, count / precision)
}

/// What a claim measures, the scale of it, and the factor that stands before it.
fn function(about: &super::problem::Expression, network: &Network, settings: &Settings) -> (Function, Scale, f64) {
    let mut terms = network.expanded(&network.terms(about));
    let own = |terms: &[IndexedTerm]| match terms {
        [IndexedTerm { powers, .. }] => match powers.as_slice() {
            [(quantity, 1.0)] => network.quantities.get(*quantity).map(|known| (*quantity, Scale::of(known, settings))),
            _ => None,
        },
        _ => None,
    };
    let asked = own(&network.terms(about)).filter(|(quantity, _)| network.is_free(*quantity));
    let [product] = terms.as_mut_slice() else { return (Function::Log(terms), Scale::LOG, 1.0) };
    let factor = std::mem::replace(&mut product.coefficient, 1.0);
    // a defined quantity that equals an undefined one is that one, where their scales agree
    let equal = own(&terms).filter(|(quantity, scale)| network.is_free(*quantity) && *scale == Scale::LOG);
    match asked.or(equal) {
        Some((quantity, scale)) => (Function::Own(quantity), scale, factor),
        None => (Function::Log(terms), Scale::LOG, factor),
    }
}

/// What a claim says on its scale, and its variance when right.
fn read(claim: &Claim, scale: Scale, factor: f64, settings: &Settings) -> Result<(Says, f64), Unused> {
    let (low, high) = claim.figure.ends();
    let (least, most) = scale.bounds();
    if low / factor > most || high / factor < least {
        return Err(Unused::OutsideBounds);
    }
    if high == 0.0 {
        return Err(Unused::Zero);
    }
    let place = |x: f64| scale.place((x / factor).max(least).min(most));
    let (low_place, high_place) = (place(low), place(high));
    // deviations are stated in logarithms; where the scale is another, its slope translates them
    let deviation = |place: f64, log_sd: f64| claim.inflation * log_sd / scale.logarithm(place).1.max(1e-12);
    let bound = |place: f64| deviation(place, settings.bound_log_sd);
    let (says, deviation) = match (low_place.is_finite(), high_place.is_finite()) {
        (true, true) if low_place < high_place => {
            let half = match claim.figure {
                Figure::Interval { coverage, .. } => normal_half_width(coverage),
                // a uniform quantity has the standard deviation of its width over √12
                _ => 3.0_f64.sqrt(),
            };
            let width = 0.5 * (high_place - low_place);
            (Says::Near(low_place + width), claim.inflation * width / half)
        }
        (true, true) => (Says::Near(low_place), deviation(low_place, settings.point_log_sd)),
        (true, false) => (Says::Above(low_place), bound(low_place)),
        (false, true) => (Says::Below(high_place), bound(high_place)),
        // "all of it": a figure at the upper bound is read as within its precision below
        (false, false) if low_place > 0.0 => {
            let just_below = scale.place(most * libm::exp(-settings.point_log_sd));
            (Says::Above(just_below), bound(just_below))
        }
        (false, false) => return Err(Unused::NothingBeyondBounds),
    };
    let variance = deviation * deviation;
    if variance.is_finite() && variance > 0.0 { Ok((says, variance)) } else { Err(Unused::TooWide) }
}
