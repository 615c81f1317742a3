//! The third layer, the one to report: every origin is right, or it is not.
//!
//! Each origin in question is right with its prior probability; then its claims hold as exactly as they say. Else they are
//! off: the logarithm of the error (on a logit scale, the logit) is normal with the further standard deviation
//! ln 10 / 1.645, so that nine in ten wrong figures are off by up to a factor of ten either way. The normal is symmetric in
//! factors, has the one scale that "up to ten" names, and keeps every world in closed form; two wrong figures agree only by
//! accident. What is not in question (probability 1) always holds.
//!
//! A choice of who is right is a world. Where all identities are products, the worlds of up to sixteen origins are counted
//! out one by one, each in closed form ([`Method::Enumerated`]); else the posterior is sampled with the worlds summed
//! out ([`Method::Sampled`]). Quantities that nothing ties together are weighed apart from each other, as parts.

use std::collections::BTreeMap;

use serde::Serialize;

use super::fault::Fault;
use super::least_squares::Undetermined;
use super::model::{Cluster, clusters};
use super::network::Network;
use super::problem::Problem;
use super::rows::Unused;
use super::scale::Quantiles;
use super::settings::Settings;
use super::worlds;

/// What the third layer finds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RightOrWrongReport {
    /// Each quantity, in the order of names.
    pub quantities: Vec<QuantityPosterior>,
    /// Each claim, in the order of names.
    pub claims: Vec<ClaimVerdict>,
    /// Each origin in question, in the order of names.
    pub origins: Vec<OriginVerdict>,
    /// Quantities that are tied together, each part with its best worlds and how it was computed. Parts do not know of
    /// each other.
    pub parts: Vec<Part>,
    /// Draws from the joint posterior; quantities that are not determined have none. Not written out: a page needs the
    /// summaries, a scenario the columns.
    #[serde(skip)]
    pub draws: BTreeMap<String, Vec<f64>>,
}

/// What is known of a quantity after all.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuantityPosterior {
    /// The quantity.
    pub quantity: String,
    /// Its posterior, or why there is none.
    pub posterior: Result<Posterior, Undetermined>,
}

/// A distribution that may have several humps.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Posterior {
    /// Mean.
    pub mean: f64,
    /// Quantiles.
    #[serde(flatten)]
    pub quantiles: Quantiles,
    /// How far the quantiles may be off by chance; none where they were not sampled but computed.
    pub errors: Option<QuantileErrors>,
    /// Bins of equal width on the quantity's scale (its logarithm, or logit), from low to high.
    pub histogram: Vec<Bin>,
    /// Where the density has its tops, from low to high; more than one says that the claims tell different stories.
    pub humps: Vec<Hump>,
    /// The origins that move it most, the strongest first.
    pub drivers: Vec<Driver>,
}

/// Monte-Carlo standard errors of quantiles, in the unit of the quantity: what another seed may change. What the method itself takes for
/// granted is not in them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct QuantileErrors {
    /// Of the 5 % quantile.
    pub p05: f64,
    /// Of the median.
    pub p50: f64,
    /// Of the 95 % quantile.
    pub p95: f64,
}

/// A bin of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// Its low end, in the unit of the quantity.
    pub low: f64,
    /// Its high end.
    pub high: f64,
    /// The probability within.
    pub probability: f64,
}

/// A hump of a density.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Hump {
    /// The value at its top.
    pub value: f64,
    /// The probability from the valley before to the valley after.
    pub probability: f64,
}

/// What a quantity would be if an origin were known to be right, and if it were known to be wrong.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Driver {
    /// The origin.
    pub origin: String,
    /// The posterior if it is right.
    pub if_right: Spread,
    /// The posterior if it is wrong: nearly as if it had said nothing.
    pub if_wrong: Spread,
    /// The largest difference between the two distribution functions: from 0, no influence, to 1.
    pub influence: f64,
}

/// A median with a 90 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// The 5 % quantile.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The 95 % quantile.
    pub high: f64,
}

/// How probable it is that a claim is right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimVerdict {
    /// The claim.
    pub claim: String,
    /// Its origin; the claim itself when none is named.
    pub origin: String,
    /// Before the claims were held against each other.
    pub prior: f64,
    /// After; none when the claim takes no part.
    pub probability_right: Option<f64>,
    /// The Monte-Carlo standard error of that; none where it was not sampled.
    pub probability_error: Option<f64>,
    /// Why it takes no part.
    pub unused: Option<Unused>,
}

/// How probable it is that an origin is right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OriginVerdict {
    /// The origin; the claim when none is named.
    pub origin: String,
    /// The claims that go back to it.
    pub claims: Vec<String>,
    /// Before the claims were held against each other.
    pub prior: f64,
    /// After; none where nothing could be computed.
    pub probability_right: Option<f64>,
    /// The Monte-Carlo standard error of that; none where it was not sampled.
    pub probability_error: Option<f64>,
}

/// Quantities that are tied together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// The quantities, in the order of names.
    pub quantities: Vec<String>,
    /// The origins in question, in the order of names.
    pub origins: Vec<String>,
    /// How it was computed.
    pub method: Method,
    /// The most probable worlds, the best first.
    pub worlds: Vec<World>,
}

/// How a part was computed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// All worlds, each in closed form.
    Enumerated {
        /// How many.
        worlds: usize,
    },
    /// Several chains of draws.
    Sampled(Quality),
    /// Nothing could be computed, and why.
    Failed(Undetermined),
}

/// How far sampling can be trusted.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quality {
    /// Chains.
    pub chains: usize,
    /// Draws that the figures rest on, of all chains together: more than were asked for where a small model needs them.
    pub draws: usize,
    /// The largest split R̂ of the quantities (Gelman and others 2013, 11.4); 1 when the chains agree. None when a
    /// quantity never moved.
    pub r_hat: Option<f64>,
    /// The quantity with the largest R̂.
    pub slowest: String,
    /// The smallest effective number of draws of a quantity (Geyer 1992).
    pub effective_draws: f64,
    /// The largest standard error of a P(right).
    pub probability_error: f64,
    /// The largest standard error of a quantile (5 %, 50 %, 95 %) as a part of the width of its quantity's 90 % interval, on the scale of
    /// the quantity.
    pub quantile_error: f64,
    /// The quantity that has it.
    pub least_certain: String,
    /// The part of moves of all unknowns, and of turns of an origin between right and wrong, that were accepted.
    pub accepted: (f64, f64),
    /// What to be warned of.
    pub warnings: Vec<SamplingWarning>,
}

/// Why sampled figures may be off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SamplingWarning {
    /// R̂ is above 1.05: the chains do not agree on where the quantities are.
    ChainsDisagree,
    /// Fewer than 200 effective draws: the 5 % and 95 % quantiles rest on ten of them.
    FewEffectiveDraws,
    /// A P(right) has a standard error above 0.03: two runs may differ by a tenth.
    UncertainProbabilities,
    /// A quantile has a standard error above a tenth of the width of its quantity's 90 % interval.
    UncertainQuantiles,
}

/// A choice of which origins are right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct World {
    /// The origins that are right in it; the others of the part are wrong.
    pub right: Vec<String>,
    /// Its probability.
    pub probability: f64,
    /// What the quantities then are, those that are determined.
    pub quantities: Vec<WorldQuantity>,
}

/// A quantity in one world.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WorldQuantity {
    /// The quantity.
    pub quantity: String,
    /// What it is there.
    #[serde(flatten)]
    pub spread: Spread,
}

/// What a method finds in one cluster: posteriors of the nodes in their order, P(right) of the origins in theirs.
pub(super) struct Outcome {
    pub(super) posteriors: Vec<Result<Posterior, Undetermined>>,
    pub(super) right: Vec<f64>,
    /// Standard errors of them; empty where they were not sampled.
    pub(super) right_errors: Vec<f64>,
    pub(super) method: Method,
    pub(super) worlds: Vec<World>,
    /// Draws of each node; empty when it is not determined.
    pub(super) draws: Vec<Vec<f64>>,
}

impl Outcome {
    /// Nothing is known.
    pub(super) fn failed(cluster: &Cluster, why: Undetermined) -> Self {
        Self {
            posteriors: cluster.nodes.iter().map(|_| Err(why)).collect(),
            right: Vec::new(),
            right_errors: Vec::new(),
            method: Method::Failed(why),
            worlds: Vec::new(),
            draws: Vec::new(),
        }
    }
}

/// Weighs all claims: who is right, and what the quantities then are.
///
/// Draws are keyed by `seed` and the names of quantities and parts; the same input gives the same bytes.
///
/// ```
/// use plumb_weigh::reconcile::{Claim, Figure, Problem, Quantity, Settings, right_or_wrong};
/// let claim = |id: &str, low, high| Claim::of(id, "workers", Figure::Interval { low, high, coverage: 0.9 });
/// let problem = Problem {
///     quantities: vec![Quantity::positive("workers")],
///     claims: vec![
///         claim("a", 50_000.0, 60_000.0).right_with(0.7),
///         claim("b", 90_000.0, 120_000.0).right_with(0.6),
///         claim("c", 100_000.0, 147_000.0).right_with(0.4),
///     ],
///     identities: vec![],
/// };
/// let report = right_or_wrong(&problem, &Settings::default(), 1)?;
/// // b and c agree, so a is probably wrong in spite of its good name
/// assert!(report.claims[0].probability_right < Some(0.3));
/// assert_eq!(report.quantities[0].posterior.as_ref().unwrap().humps.len(), 2);
/// # Ok::<(), Vec<plumb_weigh::reconcile::Fault>>(())
/// ```
///
/// # Errors
///
/// Everything that is wrong with the problem or the settings. Claims that contradict each other are no fault.
pub fn right_or_wrong(problem: &Problem, settings: &Settings, seed: u64) -> Result<RightOrWrongReport, Vec<Fault>> {
    let network = Network::checked(problem, settings)?;
    let (clusters, unused) = clusters(problem, &network, settings);
    let mut report = RightOrWrongReport {
        quantities: Vec::new(),
        claims: Vec::new(),
        origins: Vec::new(),
        parts: Vec::new(),
        draws: BTreeMap::new(),
    };
    for cluster in &clusters {
        report.add(cluster, worlds::weigh(cluster, settings, seed));
    }
    report.add_unused(problem, &unused);
    report.quantities.sort_by(|a, b| a.quantity.cmp(&b.quantity));
    report.claims.sort_by(|a, b| a.claim.cmp(&b.claim));
    report.origins.sort_by(|a, b| a.origin.cmp(&b.origin));
    Ok(report)
}

/// The name of an origin as it was written; a claim without one is its own.
pub(super) fn shown(origin: &str) -> String {
    origin.trim_start_matches('\u{1}').to_owned()
}

impl RightOrWrongReport {
    fn add(&mut self, cluster: &Cluster, outcome: Outcome) {
        for (place, (origin, prior)) in cluster.origins.iter().enumerate() {
            let rows = cluster.rows.iter().zip(&cluster.origin_of).filter(|(_, of)| **of == Some(place));
            let claims = rows.flat_map(|(row, _)| row.readings.iter().map(|reading| reading.claim.clone())).collect();
            let probability_right = outcome.right.get(place).copied();
            let probability_error = outcome.right_errors.get(place).copied();
            let origin = shown(origin);
            self.origins.push(OriginVerdict { origin, claims, prior: *prior, probability_right, probability_error });
        }
        for (row, of) in cluster.rows.iter().zip(&cluster.origin_of) {
            // what is not in question stays as it is
            let right = of.map_or(Some(row.prior), |place| outcome.right.get(place).copied());
            let error = of.and_then(|place| outcome.right_errors.get(place).copied());
            self.claims.extend(row.readings.iter().map(|reading| ClaimVerdict {
                claim: reading.claim.clone(),
                origin: shown(&row.origin),
                prior: row.prior,
                probability_right: right,
                probability_error: error,
                unused: None,
            }));
        }
        let mut names: Vec<String> = cluster.nodes.iter().map(|node| node.id.clone()).collect();
        let named = names.iter().cloned();
        self.draws.extend(named.zip(outcome.draws).filter(|(_, draws)| !draws.is_empty()));
        let posteriors = names.iter().zip(outcome.posteriors);
        self.quantities
            .extend(posteriors.map(|(name, posterior)| QuantityPosterior { quantity: name.clone(), posterior }));
        names.sort();
        self.parts.push(Part {
            quantities: names,
            origins: cluster.origins.iter().map(|(origin, _)| shown(origin)).collect(),
            method: outcome.method,
            worlds: outcome.worlds,
        });
    }

    fn add_unused(&mut self, problem: &Problem, unused: &BTreeMap<String, Unused>) {
        let verdicts = problem.claims.iter().filter_map(|claim| {
            let reason = unused.get(&claim.id)?;
            let origin = if claim.origin.is_empty() { &claim.id } else { &claim.origin };
            Some(ClaimVerdict {
                claim: claim.id.clone(),
                origin: origin.clone(),
                prior: claim.probability_right,
                probability_right: None,
                probability_error: None,
                unused: Some(*reason),
            })
        });
        self.claims.extend(verdicts);
    }
}
