//! A problem with names turned into numbers: quantities by index, definitions in an order in which each can be computed.
//!
//! Everything is put into the order of names first, so that the order in which a problem is written changes no digit.

use std::collections::BTreeMap;

use super::check::settings_faults;
use super::contract::{contract, domains, impossible};
use super::fault::{Fault, Subject};
use super::problem::{Expression, Problem, Quantity};
use super::settings::Settings;

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
        network.order(equations)?;
        match contract(&network, &[], domains(&network)) {
            Some(_) => Ok(network),
            None => Err(vec![impossible(&network)]),
        }
    }

    /// The same, with what is wrong with the settings.
    pub(super) fn checked(problem: &Problem, settings: &Settings) -> Result<Self, Vec<Fault>> {
        let faults = settings_faults(settings);
        if faults.is_empty() { Self::new(problem) } else { Err(faults) }
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

    /// A product with every quantity that is itself defined as a product replaced by that product, so that two ways of
    /// writing one thing are the same. Anything else stays as it is.
    pub(super) fn expanded(&self, terms: &[IndexedTerm]) -> Vec<IndexedTerm> {
        let [product] = terms else { return terms.to_vec() };
        let mut coefficient = product.coefficient;
        let mut powers: BTreeMap<usize, f64> = product.powers.iter().copied().collect();
        // the last definitions first, as each needs only earlier ones
        for equation in self.definitions.iter().rev() {
            let [inner] = equation.terms.as_slice() else { continue };
            let Some(power) = powers.get(&equation.left).copied() else { continue };
            let factor = coefficient * libm::pow(inner.coefficient, power);
            if !factor.is_finite() || factor <= 0.0 {
                return terms.to_vec();
            }
            coefficient = factor;
            powers.remove(&equation.left);
            for (quantity, inner_power) in &inner.powers {
                *powers.entry(*quantity).or_default() += power * inner_power;
            }
        }
        powers.retain(|_, power| *power != 0.0);
        vec![IndexedTerm { coefficient, powers: powers.into_iter().collect() }]
    }

    /// Sorts equations into definitions and constraints; circles among them are faults.
    fn order(&mut self, equations: Vec<Equation>) -> Result<(), Vec<Fault>> {
        let needs = |equation: &Equation| -> Vec<usize> {
            equation.terms.iter().flat_map(|term| term.powers.iter().map(|power| power.0)).collect()
        };
        let mut waiting = equations;
        loop {
            let lefts: Vec<usize> = waiting.iter().map(|equation| equation.left).collect();
            let (ready, later): (Vec<Equation>, Vec<Equation>) =
                waiting.into_iter().partition(|equation| !needs(equation).iter().any(|need| lefts.contains(need)));
            if ready.is_empty() {
                let circles = self.circles(&later);
                return if circles.is_empty() { Ok(()) } else { Err(circles) };
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

    /// The circles among equations of which each waits for another: from each the way to what it waits for, as far as no way
    /// has been yet.
    fn circles(&self, waiting: &[Equation]) -> Vec<Fault> {
        let mut by_left: BTreeMap<usize, &Equation> = BTreeMap::new();
        for equation in waiting {
            by_left.entry(equation.left).or_insert(equation);
        }
        let mut walked: BTreeMap<usize, usize> = BTreeMap::new();
        let mut faults = Vec::new();
        for (way, start) in waiting.iter().enumerate() {
            let mut path: Vec<&Equation> = Vec::new();
            let mut at = by_left.get(&start.left).copied();
            while let Some(equation) = at.filter(|equation| !walked.contains_key(&equation.left)) {
                walked.insert(equation.left, way);
                path.push(equation);
                let needs = equation.terms.iter().flat_map(|term| term.powers.iter().map(|power| power.0));
                at = needs.filter(|need| by_left.contains_key(need)).min().and_then(|need| by_left.get(&need).copied());
            }
            // an earlier way led on from here; its circle has been named
            let Some(closes) = at.filter(|closes| walked.get(&closes.left) == Some(&way)) else { continue };
            let round = path.iter().skip_while(|equation| equation.left != closes.left).copied();
            let names: Vec<&str> = round.chain([closes]).map(|equation| self.name(equation.left)).collect();
            faults.push(Fault::Cycle { subject: Subject::Identity(closes.id.clone()), through: names.join(" → ") });
        }
        faults
    }

    /// Whether no identity defines the quantity.
    pub(super) fn is_free(&self, quantity: usize) -> bool {
        !self.definitions.iter().any(|equation| equation.left == quantity)
    }

    /// Whether an expression names, itself or through definitions, anything that is not fixed by an identity.
    pub(super) fn varies(&self, terms: &[IndexedTerm]) -> bool {
        let mut needed: Vec<usize> = terms.iter().flat_map(|term| term.powers.iter().map(|power| power.0)).collect();
        // the last definitions first, as each needs only earlier ones
        for equation in self.definitions.iter().rev().filter(|equation| !equation.terms.is_empty()) {
            if needed.contains(&equation.left) {
                needed.extend(equation.terms.iter().flat_map(|term| term.powers.iter().map(|power| power.0)));
            }
        }
        needed.into_iter().any(|quantity| self.is_free(quantity))
    }

    /// All identities.
    pub(super) fn equations(&self) -> impl Iterator<Item = &Equation> {
        self.definitions.iter().chain(&self.constraints)
    }
}
