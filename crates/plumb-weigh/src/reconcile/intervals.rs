//! The first layer: what the claims leave possible, and which of them cannot all be true. No probability enters.
//!
//! Every figure counts as the closed range that it states, identities are exact, and the bounds of quantities always hold.

use serde::Serialize;

use super::conflicts::{Found, Statement, search, statements};
use super::contract::{Demand, Spans, contract, domains, evaluate};
use super::fault::{Fault, Subject};
use super::network::{IndexedTerm, Network};
use super::problem::{Claim, Expression, Figure, Problem};
use super::settings::Settings;
use super::span::{Bounds, Span};

/// What the first layer finds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IntervalReport {
    /// Each quantity with the range that the undisputed claims leave it, in the order of names.
    pub quantities: Vec<QuantityRange>,
    /// Each claim with what the others say of the same, in the order of names.
    pub claims: Vec<ClaimRange>,
    /// Every minimal set of claims that cannot all be true: by size, then in the order of names.
    pub conflicts: Vec<Conflict>,
    /// How far the search for conflicts went.
    pub search: Search,
}

/// How far the search for conflicts went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Search {
    /// How many sets of claims were tested.
    pub sets_tested: usize,
    /// Whether every minimal conflict has been found; if not, the search was cut off by its limits.
    pub complete: bool,
    /// Sets of which it could not be decided whether they conflict; they are not told as conflicts.
    pub undecided: usize,
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
    /// The undisputed claims that make the difference, each on its own or only together.
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
    let network = Network::new(problem)?;
    let start = identities_hold(&network).map_err(|fault| vec![fault])?;
    let statements = statements(problem, &network);
    let found = search(&network, &statements, &start, settings);
    Ok(Ranges::new(&network, &statements, &start, &found).report(&found))
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
    let network = Network::new(&problem)?;
    let start = identities_hold(&network).map_err(|fault| vec![fault])?;
    let statements = statements(&problem, &network);
    let demands: Vec<Demand<'_>> = statements.iter().map(Statement::demand).collect();
    Ok(contract(&network, &demands, start).map(|spans| evaluate(&network.terms(about), &spans).into()))
}

/// The intervals that bounds and identities leave; the first identity that cannot hold is a fault.
fn identities_hold(network: &Network) -> Result<Spans, Fault> {
    if let Some(spans) = contract(network, &[], domains(network)) {
        return Ok(spans);
    }
    let fails = |count: usize| {
        let mut part = network.clone();
        part.definitions.truncate(count);
        part.constraints.truncate(count.saturating_sub(network.definitions.len()));
        contract(&part, &[], domains(network)).is_none()
    };
    let count = network.equations().count();
    let first = (1..=count).find(|count| fails(*count)).unwrap_or(count);
    let id = network.equations().nth(first.saturating_sub(1)).map_or_else(String::new, |equation| equation.id.clone());
    Err(Fault::Impossible(Subject::Identity(id)))
}

/// Ranges under sets of statements.
struct Ranges<'a> {
    network: &'a Network,
    statements: &'a [Statement],
    start: &'a Spans,
    undisputed: Vec<usize>,
}

impl<'a> Ranges<'a> {
    fn new(network: &'a Network, statements: &'a [Statement], start: &'a Spans, found: &Found) -> Self {
        let disputed = |index: &usize| found.conflicts.iter().any(|conflict| conflict.contains(index));
        let undisputed = (0..statements.len()).filter(|index| !disputed(index)).collect();
        Self { network, statements, start, undisputed }
    }

    fn report(&self, found: &Found) -> IntervalReport {
        let search = Search { sets_tested: found.tests, complete: found.complete, undecided: found.undecided };
        let claims = (0..self.statements.len()).filter_map(|index| self.claim(index)).collect();
        let conflicts = found.conflicts.iter().map(|set| self.conflict(set)).collect();
        IntervalReport { quantities: self.quantities(), claims, conflicts, search }
    }

    /// The intervals when these statements hold; those of the identities alone when they contradict each other, which
    /// can only be when the search for conflicts was cut off.
    fn under(&self, set: impl Iterator<Item = usize>) -> Spans {
        let demands: Vec<Demand<'_>> =
            set.filter_map(|index| self.statements.get(index)).map(Statement::demand).collect();
        contract(self.network, &demands, self.start.clone()).unwrap_or_else(|| self.start.clone())
    }

    fn value(&self, terms: &[IndexedTerm], set: impl Iterator<Item = usize>) -> Span {
        evaluate(terms, &self.under(set))
    }

    fn undisputed_but(&self, left_out: usize) -> impl Iterator<Item = usize> {
        self.undisputed.iter().copied().filter(move |index| *index != left_out)
    }

    fn quantities(&self) -> Vec<QuantityRange> {
        let all = self.under(self.undisputed.iter().copied());
        let without: Vec<(usize, Spans)> =
            self.undisputed.iter().map(|index| (*index, self.under(self.undisputed_but(*index)))).collect();
        let range = |(quantity, span): (usize, &Span)| {
            let driver = |(index, spans): &(usize, Spans)| {
                let (statement, wider) = (self.statements.get(*index)?, spans.get(quantity)?);
                let claim = statement.name().to_owned();
                wider.wider_than(*span).then(|| RangeDriver { claim, without: (*wider).into() })
            };
            QuantityRange {
                quantity: self.network.name(quantity).to_owned(),
                bounds: (*span).into(),
                drivers: without.iter().filter_map(driver).collect(),
            }
        };
        all.iter().enumerate().map(range).collect()
    }

    fn claim(&self, index: usize) -> Option<ClaimRange> {
        let statement = self.statements.get(index)?;
        Some(ClaimRange {
            claim: statement.name().to_owned(),
            copies: statement.claims.iter().skip(1).cloned().collect(),
            says: statement.span.into(),
            others: self.value(&statement.terms, self.undisputed_but(index)).into(),
            disputed: !self.undisputed.contains(&index),
        })
    }

    fn conflict(&self, set: &[usize]) -> Conflict {
        let name = |index: &usize| self.statements.get(*index).map(|statement| statement.name().to_owned());
        let needs = set.iter().filter_map(|index| self.need(*index, set)).collect();
        Conflict { claims: set.iter().filter_map(name).collect(), needs }
    }

    fn need(&self, index: usize, set: &[usize]) -> Option<Need> {
        let statement = self.statements.get(index)?;
        let others = || set.iter().copied().filter(|other| *other != index);
        let needed = self.value(&statement.terms, others());
        let in_context = self.value(&statement.terms, others().chain(self.undisputed.iter().copied()));
        // leave out every undisputed claim without which the need stays as it is; what remains makes the difference
        let mut context = self.undisputed.clone();
        for candidate in self.undisputed.clone() {
            let fewer: Vec<usize> = context.iter().copied().filter(|other| *other != candidate).collect();
            let without = self.value(&statement.terms, others().chain(fewer.iter().copied()));
            if !without.wider_than(in_context) {
                context = fewer;
            }
        }
        let name = |index: &usize| self.statements.get(*index).map(|statement| statement.name().to_owned());
        Some(Need {
            claim: statement.name().to_owned(),
            says: statement.span.into(),
            needed: needed.into(),
            needed_in_context: in_context.into(),
            context: context.iter().filter_map(name).collect(),
        })
    }
}
