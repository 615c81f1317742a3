//! A problem with names turned into numbers: quantities by index, definitions in an order in which each can be computed.
//!
//! Everything is put into the order of names first, so that the order in which a problem is written changes no digit.

use std::collections::BTreeMap;

use super::fault::{Fault, Subject};
use super::problem::{Expression, Problem, Quantity};

/// A term with quantities by index.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct IndexedTerm {
    pub(super) coefficient: f64,
    pub(super) powers: Vec<(usize, f64)>,
}

/// An identity with quantities by index.
#[derive(Clone, Debug)]
pub(super) struct Equation {
    pub(super) id: String,
    pub(super) left: usize,
    pub(super) terms: Vec<IndexedTerm>,
}

/// The quantities and identities of a sound problem.
#[derive(Clone, Debug)]
pub(super) struct Network {
    /// In the order of their names.
    pub(super) quantities: Vec<Quantity>,
    /// The first identity for each left side, each after those that it needs.
    pub(super) definitions: Vec<Equation>,
    /// Further identities with a left side that is defined already.
    pub(super) constraints: Vec<Equation>,
}

impl Network {
    /// The network of a problem, or everything that is wrong with the problem.
    pub(super) fn new(problem: &Problem) -> Result<Self, Vec<Fault>> {
        let faults = problem.faults();
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut quantities = problem.quantities.clone();
        quantities.sort_by(|a, b| a.id.cmp(&b.id));
        let mut network = Self { quantities, definitions: Vec::new(), constraints: Vec::new() };
        let faults = network.cancelled(problem);
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut equations: Vec<Equation> =
            problem.identities.iter().filter_map(|identity| network.equation(identity)).collect();
        equations.sort_by(|a, b| a.id.cmp(&b.id));
        network.order(equations).map_err(|fault| vec![fault])?;
        Ok(network)
    }

    fn equation(&self, identity: &super::problem::Identity) -> Option<Equation> {
        let left = self.index(&identity.left)?;
        Some(Equation { id: identity.id.clone(), left, terms: self.terms(&identity.right) })
    }

    /// Expressions of which nothing is left when terms alike are joined, and claims that name no quantity.
    fn cancelled(&self, problem: &Problem) -> Vec<Fault> {
        let identities = problem.identities.iter().filter(|identity| self.terms(&identity.right).is_empty());
        let claims =
            problem.claims.iter().filter(|claim| self.terms(&claim.about).iter().all(|term| term.powers.is_empty()));
        let subjects = identities.map(|identity| Subject::Identity(identity.id.clone()));
        subjects.chain(claims.map(|claim| Subject::Claim(claim.id.clone()))).map(Fault::Empty).collect()
    }

    /// The index of a quantity.
    pub(super) fn index(&self, id: &str) -> Option<usize> {
        self.quantities.binary_search_by(|quantity| quantity.id.as_str().cmp(id)).ok()
    }

    /// The name of a quantity.
    pub(super) fn name(&self, index: usize) -> &str {
        self.quantities.get(index).map_or("", |quantity| quantity.id.as_str())
    }

    /// An expression in one form however it is written: powers of one quantity joined, terms alike joined, all in order.
    pub(super) fn terms(&self, expression: &Expression) -> Vec<IndexedTerm> {
        let mut joined: Vec<IndexedTerm> = Vec::new();
        for term in &expression.terms {
            let mut powers: BTreeMap<usize, f64> = BTreeMap::new();
            for (id, power) in &term.powers {
                if let Some(index) = self.index(id) {
                    *powers.entry(index).or_default() += power;
                }
            }
            let powers: Vec<(usize, f64)> = powers.into_iter().filter(|(_, power)| *power != 0.0).collect();
            match joined.iter_mut().find(|other| other.powers == powers) {
                Some(other) => other.coefficient += term.coefficient,
                None => joined.push(IndexedTerm { coefficient: term.coefficient, powers }),
            }
        }
        joined.retain(|term| term.coefficient != 0.0);
        joined.sort_by(|a, b| {
            let places = a.powers.iter().map(|power| power.0).cmp(b.powers.iter().map(|power| power.0));
            places.then(a.coefficient.total_cmp(&b.coefficient))
        });
        joined
    }

    /// Sorts equations into definitions and constraints; a circle among them is a fault.
    fn order(&mut self, equations: Vec<Equation>) -> Result<(), Fault> {
        let needs = |equation: &Equation| -> Vec<usize> {
            equation.terms.iter().flat_map(|term| term.powers.iter().map(|power| power.0)).collect()
        };
        let mut waiting = equations;
        loop {
            let lefts: Vec<usize> = waiting.iter().map(|equation| equation.left).collect();
            let (ready, later): (Vec<Equation>, Vec<Equation>) =
                waiting.into_iter().partition(|equation| !needs(equation).iter().any(|need| lefts.contains(need)));
            if ready.is_empty() {
                return self.circle(&later);
            }
            for equation in ready {
                // a second identity for one left side can only be settled when all definitions are known
                if self.definitions.iter().any(|known| known.left == equation.left) {
                    self.constraints.push(equation);
                } else {
                    self.definitions.push(equation);
                }
            }
            waiting = later;
        }
    }

    /// Names one circle among equations of which each waits for another.
    fn circle(&self, waiting: &[Equation]) -> Result<(), Fault> {
        let Some(mut equation) = waiting.first() else { return Ok(()) };
        let mut path = Vec::new();
        while !path.contains(&equation.left) {
            path.push(equation.left);
            let needs = equation.terms.iter().flat_map(|term| term.powers.iter().map(|power| power.0));
            let next = needs.filter_map(|need| waiting.iter().find(|other| other.left == need)).min_by_key(|e| e.left);
            let Some(next) = next else { break };
            equation = next;
        }
        let start = path.iter().position(|left| *left == equation.left).unwrap_or(0);
        let round = path.iter().skip(start).chain(std::iter::once(&equation.left));
        let names: Vec<&str> = round.map(|index| self.name(*index)).collect();
        Err(Fault::Cycle { subject: Subject::Identity(equation.id.clone()), through: names.join(" → ") })
    }

    /// All identities.
    pub(super) fn equations(&self) -> impl Iterator<Item = &Equation> {
        self.definitions.iter().chain(&self.constraints)
    }
}
