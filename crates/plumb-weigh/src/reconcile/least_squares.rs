//! The second layer: least squares on logarithms (shares: logits) under the identities.
//!
//! Generalised least squares: each claim is normal around its middle on the scale of what it is about, all claims are right,
//! and nothing else is known (a flat prior on the scales of the undefined quantities). Products are linear there and the
//! answer is exact; sums are solved by Gauss–Newton. A claim's tension is how far it lies from what all others predict.
//!
//! This layer averages whatever it is given. Where two claims cannot both be right its answer can be one that neither
//! supports; chi-square and tensions tell when that is so, and the third layer is the one to report.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::statistics::{chi_square_tail, normal_quantile};

use super::fault::Fault;
use super::model::{Cluster, clusters};
use super::network::Network;
use super::problem::Problem;
use super::rows::{Reading, Row, Says, Unused};
use super::scale::{Estimate, Scale};
use super::settings::Settings;
use super::solver::{Solver, pull};

/// What the second layer finds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeastSquaresReport {
    /// Each quantity, in the order of names.
    pub quantities: Vec<QuantityEstimate>,
    /// Each claim, in the order of names.
    pub claims: Vec<ClaimFit>,
    /// Sum of the squared residuals in standard deviations: large when the claims do not agree.
    pub chi_square: f64,
    /// Two-sided statements less the unknowns that they determine.
    pub degrees: usize,
    /// Probability of a chi-square as large if all claims were right; none without degrees of freedom.
    pub p_value: Option<f64>,
    /// |z| beyond which a single claim stands out among so many at the 5 % level (Šidák's correction of the measurement
    /// test; Mah and Tamhane 1982).
    pub critical_z: Option<f64>,
    /// Whether every search settled. If not, the figures are where it stopped.
    pub settled: bool,
}

/// The estimate of a quantity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuantityEstimate {
    /// The quantity.
    pub quantity: String,
    /// The estimate, or why there is none.
    pub estimate: Result<Estimate, Undetermined>,
    /// The statements that make it, those with the largest share of its variance first.
    pub drivers: Vec<Contribution>,
}

/// Why there is no estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Undetermined {
    /// The claims say nothing of it, or only of its product or sum with others. A prior would help.
    NothingSaid,
    /// Its spread is more than a double can hold.
    TooWide,
    /// The claims make it a difference that is zero or below.
    NotPositive,
}

impl std::fmt::Display for Undetermined {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::NothingSaid => "no claim tells their size, only that of products or sums with others",
            Self::TooWide => "the numbers leave what a double can hold",
            Self::NotPositive => "no values above zero fulfil all identities with what is claimed",
        })
    }
}

/// What a statement does for an estimate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contribution {
    /// The claims that make the statement: one, or copies of one origin.
    pub claims: Vec<String>,
    /// By how many per cent the estimate moves when what is claimed moves by one per cent.
    pub weight: f64,
    /// Part of the estimate's variance, on its scale, that comes from this statement.
    pub share_of_variance: f64,
}

/// How a claim fits with the others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimFit {
    /// The claim.
    pub claim: String,
    /// The estimate, from all claims, of what it is about; none when it takes no part.
    pub estimate: Option<Estimate>,
    /// What the others predict, and how far the claim lies from it; none when the others say nothing of it.
    pub tension: Option<Tension>,
    /// Why it takes no part.
    pub unused: Option<Unused>,
}

/// A claim against the others.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Tension {
    /// The median that all other origins predict for what the claim is about.
    pub predicted: f64,
    /// How many standard deviations the claim lies above that (below: negative), its own doubt and theirs together. A
    /// one-sided claim that holds has 0.
    pub z: f64,
}

/// Shares of variance below this are not told.
const LEAST_SHARE: f64 = 1e-3;

/// Fits all claims at once.
///
/// ```
/// use plumb_weigh::reconcile::{Claim, Figure, Problem, Quantity, Settings, least_squares};
/// let claim = |id: &str, low, high| Claim::of(id, "workers", Figure::Interval { low, high, coverage: 0.9 });
/// let problem = Problem {
///     quantities: vec![Quantity::positive("workers")],
///     claims: vec![claim("a", 50_000.0, 60_000.0), claim("b", 90_000.0, 120_000.0)],
///     identities: vec![],
/// };
/// let report = least_squares(&problem, &Settings::default())?;
/// assert!(report.p_value.unwrap() < 1e-4, "they do not agree");
/// # Ok::<(), Vec<plumb_weigh::reconcile::Fault>>(())
/// ```
///
/// # Errors
///
/// Everything that is wrong with the problem.
pub fn least_squares(problem: &Problem, settings: &Settings) -> Result<LeastSquaresReport, Vec<Fault>> {
    let network = Network::checked(problem, settings)?;
    let (clusters, unused) = clusters(problem, &network, settings);
    let mut fits: Vec<Fit> = clusters.iter().map(Fit::new).collect();
    let mut quantities: Vec<QuantityEstimate> = fits.iter_mut().flat_map(Fit::quantities).collect();
    quantities.sort_by(|a, b| a.quantity.cmp(&b.quantity));
    let mut claims: Vec<ClaimFit> = fits.iter_mut().flat_map(Fit::claims).collect();
    claims.extend(taking_no_part(unused));
    claims.sort_by(|a, b| a.claim.cmp(&b.claim));
    let chi_square = fits.iter().map(Fit::chi_square).sum();
    let degrees = fits.iter().map(Fit::degrees).sum();
    let tested = claims.iter().filter(|claim| claim.tension.is_some()).count();
    Ok(LeastSquaresReport {
        quantities,
        claims,
        chi_square,
        degrees,
        p_value: p_value(chi_square, degrees),
        critical_z: critical_z(tested),
        settled: fits.iter().all(|fit| fit.solver.settled),
    })
}

fn taking_no_part(unused: BTreeMap<String, Unused>) -> impl Iterator<Item = ClaimFit> {
    unused.into_iter().map(|(claim, reason)| ClaimFit { claim, estimate: None, tension: None, unused: Some(reason) })
}

/// Probability of a chi-square at least this large; none without degrees of freedom.
pub(super) fn p_value(chi_square: f64, degrees: usize) -> Option<f64> {
    let degrees = u32::try_from(degrees).ok().filter(|degrees| *degrees > 0)?;
    Some(chi_square_tail(chi_square, f64::from(degrees))).filter(|p| p.is_finite())
}

/// |z| that the largest of so many independent normals passes once in twenty times.
pub(super) fn critical_z(tests: usize) -> Option<f64> {
    let tests = u32::try_from(tests).ok().filter(|tests| *tests > 0)?;
    let each = libm::pow(0.95, 1.0 / f64::from(tests));
    Some(normal_quantile(0.5 + 0.5 * each)).filter(|z| z.is_finite())
}

/// One cluster, solved.
struct Fit<'a> {
    solver: Solver<'a>,
    solved: bool,
    scratch: Vec<f64>,
}

impl<'a> Fit<'a> {
    fn new(cluster: &'a Cluster) -> Self {
        let mut solver = Solver::new(cluster);
        let variances: Vec<f64> = cluster.rows.iter().map(|row| row.variance).collect();
        let solved = solver.solve(&variances).is_some();
        Self { solver, solved, scratch: Vec::new() }
    }

    fn cluster(&self) -> &'a Cluster {
        self.solver.cluster
    }

    fn rows(&self) -> impl Iterator<Item = (&'a Row, f64, &[f64])> {
        let slopes = self.solver.slopes.chunks_exact(self.cluster().free.max(1));
        self.cluster()
            .rows
            .iter()
            .zip(&self.solver.values)
            .zip(slopes)
            .map(|((row, value), slopes)| (row, *value, slopes))
    }

    fn chi_square(&self) -> f64 {
        let near = self.rows().filter(|(row, ..)| row.says.is_near() && self.solved);
        near.map(|(row, value, _)| (row.says.place() - value) * (row.says.place() - value) / row.variance).sum()
    }

    fn degrees(&self) -> usize {
        let near = self.rows().filter(|(row, ..)| row.says.is_near()).count();
        near.saturating_sub(self.cluster().free.saturating_sub(self.cluster().determined.open))
    }

    fn quantities(&mut self) -> Vec<QuantityEstimate> {
        (0..self.cluster().nodes.len()).filter_map(|index| self.quantity(index)).collect()
    }

    fn quantity(&mut self, index: usize) -> Option<QuantityEstimate> {
        let node = self.cluster().nodes.get(index)?;
        let mut unit = Vec::new();
        let (mu, slopes) = self.solver.node(index, &mut unit);
        let slopes = slopes.to_vec();
        let determined = self.cluster().determined.nodes.get(index).copied().unwrap_or(false);
        let estimate = self.estimate(node.scale, 1.0, mu, &slopes, determined);
        let drivers = if estimate.is_ok() { self.drivers(&slopes) } else { Vec::new() };
        Some(QuantityEstimate { quantity: node.id.clone(), estimate, drivers })
    }

    /// The estimate of something with this place and these derivatives.
    fn estimate(
        &mut self,
        scale: Scale,
        factor: f64,
        mu: f64,
        slopes: &[f64],
        determined: bool,
    ) -> Result<Estimate, Undetermined> {
        if !self.solved {
            return Err(Undetermined::TooWide);
        }
        if !determined {
            return Err(Undetermined::NothingSaid);
        }
        if self.solver.nodes().continued {
            return Err(Undetermined::NotPositive);
        }
        let variance = self.solver.variance(slopes, &mut self.scratch);
        Estimate::new(scale, mu, variance).and_then(|estimate| estimate.times(factor)).ok_or(Undetermined::TooWide)
    }

    /// What each statement does for something with these derivatives.
    fn drivers(&self, slopes: &[f64]) -> Vec<Contribution> {
        let covariances = self.solver.covariances(slopes);
        let variance: f64 = covariances.iter().zip(slopes).map(|(c, s)| c * s).sum();
        let contribution = |(row, value, of_row): (&Row, f64, &[f64])| {
            let curvature = pull(row.says, value, row.variance).curvature;
            let along: f64 = covariances.iter().zip(of_row).map(|(c, s)| c * s).sum();
            // the estimate is the sum of weight times what is said; each part has variance weight²/curvature
            let weight = curvature * along;
            let share_of_variance = curvature * along * along / variance;
            let claims = row.readings.iter().map(|reading| reading.claim.clone()).collect();
            Contribution { claims, weight, share_of_variance }
        };
        let told = |part: &Contribution| part.share_of_variance >= LEAST_SHARE && !part.claims.is_empty();
        let mut drivers: Vec<Contribution> = self.rows().map(contribution).filter(told).collect();
        drivers.sort_by(|a, b| b.share_of_variance.total_cmp(&a.share_of_variance).then(a.claims.cmp(&b.claims)));
        drivers
    }

    fn claims(&mut self) -> Vec<ClaimFit> {
        let rows: Vec<(&Row, f64, Vec<f64>)> =
            self.rows().map(|(row, value, slopes)| (row, value, slopes.to_vec())).collect();
        let fit = |(row, value, slopes): (&Row, f64, Vec<f64>)| -> Vec<ClaimFit> {
            let loo = self.without(row, value, &slopes);
            row.readings.iter().map(|reading| self.claim(row, reading, value, &slopes, loo)).collect()
        };
        rows.into_iter().flat_map(fit).collect()
    }

    fn claim(&mut self, row: &Row, reading: &Reading, value: f64, slopes: &[f64], loo: Option<(f64, f64)>) -> ClaimFit {
        let tension = loo.and_then(|(place, variance)| {
            let z = (reading.says.place() - place) / (reading.variance + variance).sqrt();
            let z = match reading.says {
                Says::Near(_) => z,
                Says::Above(_) => z.max(0.0),
                Says::Below(_) => z.min(0.0),
            };
            let predicted = reading.factor * row.scale.value(place);
            (predicted.is_finite() && z.is_finite()).then_some(Tension { predicted, z })
        });
        let estimate = self.estimate(row.scale, reading.factor, value, slopes, true).ok();
        ClaimFit { claim: reading.claim.clone(), estimate, tension, unused: None }
    }

    /// Mean and variance of a row's function when the row itself is left out; none when nothing else determines it.
    fn without(&mut self, row: &Row, value: f64, slopes: &[f64]) -> Option<(f64, f64)> {
        if !self.solved {
            return None;
        }
        let pull = pull(row.says, value, row.variance);
        let variance = self.solver.variance(slopes, &mut self.scratch);
        let rest = 1.0 - variance * pull.curvature;
        // what the row alone determines leaves nothing; the weak prior along open directions lifts it a little above zero
        if rest.is_nan() || rest < 1e-6 {
            return None;
        }
        let variance = variance / rest;
        Some((value - variance * pull.slope, variance))
    }
}
