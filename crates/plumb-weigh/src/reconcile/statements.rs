//! Claims as statements: what one origin says of one expression.

use super::contract::Demand;
use super::network::{Equation, IndexedTerm, Network};
use super::problem::{Problem, Quantity};
use super::span::Span;

/// What one origin says of one expression: a claim and its exact copies.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// The claims that say it, the first in the order of names first.
    pub(super) claims: Vec<String>,
    pub(super) terms: Vec<IndexedTerm>,
    pub(super) span: Span,
}

impl Statement {
    pub(super) fn demand(&self) -> Demand<'_> {
        Demand { terms: &self.terms, span: self.span }
    }

    /// The name under which it is told.
    pub(super) fn name(&self) -> &str {
        self.claims.first().map_or("", String::as_str)
    }
}

/// The statements of a problem, in the order of names; claims of one origin that say the same of the same are one.
///
/// Expressions of which several statements speak become quantities of the network, without a name: of `a·b` at most 2 and
/// at least 3, each of `a` and `b` alone tells nothing.
pub(super) fn statements(problem: &Problem, network: &mut Network) -> Vec<Statement> {
    let mut statements = said(problem, network);
    let several =
        |terms: &[IndexedTerm], all: &[Statement]| all.iter().filter(|other| other.terms == terms).count() > 1;
    for index in 0..statements.len() {
        let Some(terms) = statements.get(index).map(|statement| statement.terms.clone()) else { continue };
        let defined = network.definitions.iter().find(|equation| equation.terms == terms).map(|equation| equation.left);
        let quantity = match defined {
            Some(left) => left,
            None if !is_quantity(&terms) && several(&terms, &statements) => name_expression(network, terms),
            None => continue,
        };
        if let Some(statement) = statements.get_mut(index) {
            statement.terms = vec![IndexedTerm { coefficient: 1.0, powers: vec![(quantity, 1.0)] }];
        }
    }
    statements
}

fn is_quantity(terms: &[IndexedTerm]) -> bool {
    matches!(terms, [term] if term.coefficient == 1.0 && matches!(term.powers.as_slice(), [(_, 1.0)]))
}

/// A further quantity of the network that is this expression. Indices found so far stay valid.
fn name_expression(network: &mut Network, terms: Vec<IndexedTerm>) -> usize {
    let left = network.quantities.len();
    // a difference may be below zero while nobody says otherwise
    let low = if terms.iter().all(|term| term.coefficient > 0.0) { 0.0 } else { f64::NEG_INFINITY };
    network.quantities.push(Quantity::within("", low, f64::INFINITY));
    network.definitions.push(Equation { id: String::new(), left, terms });
    left
}

fn said(problem: &Problem, network: &Network) -> Vec<Statement> {
    let mut claims: Vec<_> = problem.claims.iter().collect();
    claims.sort_by(|a, b| a.id.cmp(&b.id));
    let mut found: Vec<(Statement, &str)> = Vec::new();
    for claim in claims {
        let (low, high) = claim.figure.ends();
        let (terms, span) = (network.terms(&claim.about), Span::new(low, high));
        let same = found.iter_mut().find(|(known, origin)| {
            !claim.origin.is_empty() && *origin == claim.origin && known.terms == terms && known.span == span
        });
        match same {
            Some((known, _)) => known.claims.push(claim.id.clone()),
            None => found.push((Statement { claims: vec![claim.id.clone()], terms, span }, &claim.origin)),
        }
    }
    found.into_iter().map(|(statement, _)| statement).collect()
}
