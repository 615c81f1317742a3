//! The first layer: what the claims leave possible, and which of them cannot all be true. No probability enters.
//!
//! Every figure counts as the closed range that it states, identities are exact, and the bounds of quantities always hold.

use serde::Serialize;

use super::conflicts::search;
use super::contract::{Contraction, Demand, Relations, domains, evaluate, impossible};
use super::fault::Fault;
use super::network::Network;
use super::problem::{Claim, Expression, Figure, Problem};
use super::ranges::Ranges;
use super::settings::Settings;
use super::span::Bounds;
use super::statements::{Statement, statements};

/// What the first layer finds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IntervalReport {
    /// Each quantity with the range that the undisputed claims leave it, in the order of names.
    pub quantities: Vec<QuantityRange>,
    /// Each claim with what the others say of the same, in the order of names.
    pub claims: Vec<ClaimRange>,
    /// Minimal sets of claims that cannot all be true, the most telling first: those that contradict across identities
    /// before rivals for one figure, then by [`Conflict::factor`], the largest first, then by size and names.
    pub conflicts: Vec<Conflict>,
    /// How far the search for conflicts went.
    pub search: Search,
}

/// How far the search for conflicts went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Search {
    /// How many sets of claims were tested.
    pub sets_tested: usize,
    /// Whether every minimal conflict has been found. What is in no conflict can hold together as far as propagation sees.
    pub complete: bool,
    /// In how many parts that share no quantity, even through identities, the claims were searched.
    pub parts: usize,
    /// In how many of them every set was settled, of whatever size.
    pub parts_complete: usize,
    /// The size up to which every set was settled in all the others too; `None` where there are no others. Larger
    /// conflicts are those that turned up among claims near each other: there may be more.
    pub proven_size: Option<usize>,
    /// Whether propagation could decide about each set. If not, quantities hang together in circles too wide to be
    /// halved: a contradiction may be overlooked there, though none is ever made up.
    pub decided: bool,
}

/// What is left possible for a quantity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuantityRange {
    /// The quantity.
    pub quantity: String,
    /// The range that all claims without conflict leave together.
    pub bounds: Bounds,
    /// The claims on which that range depends, with the range without each.
    pub drivers: Vec<RangeDriver>,
}

/// A claim on which a range depends.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RangeDriver {
    /// The claim.
    pub claim: String,
    /// The range if this claim were not there.
    pub without: Bounds,
}

/// A claim beside what the others say of the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimRange {
    /// The claim.
    pub claim: String,
    /// Claims of the same origin that say the same.
    pub copies: Vec<String>,
    /// What it says.
    pub says: Bounds,
    /// What the other claims without conflict leave possible for what it is about.
    pub others: Bounds,
    /// Whether it is in a conflict.
    pub disputed: bool,
}

/// Claims that cannot all be true, while any of them can be left out to remove the conflict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Conflict {
    /// The claims, in the order of names.
    pub claims: Vec<String>,
    /// Whether they contradict through what always holds, identities and bounds, rather than as rivals for one figure.
    pub across: bool,
    /// By what factor at least one of the claims would have to change for the conflict to go, the others unchanged: the
    /// smallest ratio of what is needed to what is claimed. From 1 to 10¹².
    pub factor: f64,
    /// For each claim, in the same order, what it would have to say.
    pub needs: Vec<Need>,
}

/// What a claim in a conflict would have to say for the others to be true.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Need {
    /// The claim.
    pub claim: String,
    /// What it says.
    pub says: Bounds,
    /// What the others in the conflict need.
    pub needed: Bounds,
    /// What they need when the undisputed claims hold as well: "a gross wage of at least 1,852 at 90 % taken".
    pub needed_in_context: Bounds,
    /// The undisputed claims that make the difference, each on its own or only together; named for the first
    /// [`Settings::context_conflicts`] conflicts only.
    pub context: Vec<String>,
}

/// Holds the claims against each other as ranges.
///
/// ```
/// use plumb_weigh::reconcile::{Claim, Expression, Figure, Identity, Problem, Quantity, Settings, intervals};
/// let problem = Problem {
///     quantities: ["workers", "wage", "revenue"].map(Quantity::positive).into(),
///     identities: vec![Identity::new("revenue", Expression::product(12.0, &["workers", "wage"]))],
///     claims: vec![
///         Claim::of("head count", "workers", Figure::Range { low: 50_000.0, high: 60_000.0 }),
///         Claim::of("contracts", "wage", Figure::AtMost { bound: 1000.0 }),
///         Claim::of("budget", "revenue", Figure::AtLeast { bound: 1.2e9 }),
///     ],
/// };
/// let report = intervals(&problem, &Settings::default())?;
/// assert_eq!(report.conflicts[0].claims, ["budget", "contracts", "head count"]);
/// assert_eq!(report.conflicts[0].needs[1].needed.low, Some(1.2e9 / 12.0 / 60_000.0));
/// # Ok::<(), Vec<plumb_weigh::reconcile::Fault>>(())
/// ```
///
/// # Errors
///
/// Everything that is wrong with the problem. Claims that contradict each other are no fault.
pub fn intervals(problem: &Problem, settings: &Settings) -> Result<IntervalReport, Vec<Fault>> {
    let mut network = Network::new(problem)?;
    let statements = statements(problem, &mut network);
    let demands: Vec<Demand<'_>> = statements.iter().map(Statement::demand).collect();
    let relations = Relations::new(&network, &demands);
    let start = Contraction::start(&relations, domains(&network)).ok_or_else(|| vec![impossible(&network)])?;
    let found = search(&network, &statements, &start, settings);
    let mut report = Ranges::new(&network, &statements, &start, &found).report(&found, settings);
    // expressions that became quantities come last
    report.quantities.truncate(problem.quantities.len());
    Ok(report)
}

/// What a set of claims, taken as true, leaves possible for an expression; `None` when they contradict each other.
///
/// # Errors
///
/// Everything that is wrong with the problem, and an expression with unknown quantities, named as the claim "implied".
pub fn implied(problem: &Problem, claims: &[&str], about: &Expression) -> Result<Option<Bounds>, Vec<Fault>> {
    let asked = Claim::new("implied", about.clone(), Figure::AtLeast { bound: 0.0 });
    let kept = problem.claims.iter().filter(|claim| claims.contains(&claim.id.as_str()) && claim.id != "implied");
    let claims = kept.cloned().chain([asked]).collect();
    let problem = Problem { claims, ..problem.clone() };
    let mut network = Network::new(&problem)?;
    let about = network.terms(about);
    let statements = statements(&problem, &mut network);
    let demands: Vec<Demand<'_>> = statements.iter().map(Statement::demand).collect();
    let relations = Relations::new(&network, &demands);
    let mut taken = Contraction::start(&relations, domains(&network)).ok_or_else(|| vec![impossible(&network)])?;
    let possible = taken.add(0..statements.len());
    Ok(possible.then(|| evaluate(&about, taken.spans()).into()))
}
