//! What cannot be although each text of the model can be read: priors beyond the limits of quantities, equations in circles or
//! against those limits. It is taken out of the model written out, so that the rest can be solved.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::case::Model;
use plumb_core::codes::{Code, P0901, P0903, P0904, P0905};
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;
use plumb_weigh::reconcile::{Claim as Said, Fault, Figure, Subject};

use super::ground::Ground;
use super::solve::{CHANGE, problem};

/// Takes out what cannot be, with a diagnostic for each text of the model at fault.
pub(super) fn settle(model: &Model, ground: &mut Ground) {
    priors(model, ground);
    loop {
        let said = ground.priors.iter().map(|prior| prior.said.clone()).collect();
        let faults = problem(model, ground, said).obstacles();
        if !take_out(ground, &faults) {
            return;
        }
    }
}

/// Priors that reach above the most that their quantities can be.
fn priors(model: &Model, ground: &mut Ground) {
    let limits: BTreeMap<&str, f64> = (ground.cells.iter())
        .filter_map(|cell| Some((cell.name.as_str(), model.quantities.get(cell.quantity)?.high?)))
        .collect();
    let mut found = Vec::new();
    let mut told = BTreeSet::new();
    ground.priors.retain(|prior| {
        let (Figure::Interval { low, high, .. }, Some(most)) = (prior.said.figure, most(&prior.said, &limits)) else {
            return true;
        };
        if high > most && told.insert(prior.location.clone()) {
            let wholly = if low >= most { "lies wholly" } else { "reaches" };
            let message = format!(
                "the prior from {low} to {high} on `{}` {wholly} above the most that it can be, {most}",
                prior.said.id
            );
            let diagnostic = Diagnostic::new(P0905, prior.location.clone(), message);
            found.push(diagnostic.help("lower its ends, or raise `high` of the quantity"));
        }
        high <= most
    });
    ground.diagnostics.extend(found);
}

/// The most that a product can be by the limits of its quantities; `None` when it has no limit.
fn most(said: &Said, limits: &BTreeMap<&str, f64>) -> Option<f64> {
    let [term] = said.about.terms.as_slice() else { return None };
    term.powers.iter().try_fold(term.coefficient, |product, (name, power)| {
        // what is divided by has no lower limit but zero
        let limit = limits.get(name.as_str()).filter(|_| *power > 0.0)?;
        Some(product * libm::pow(*limit, *power))
    })
}

/// Removes what the faults are about and says so; `false` when nothing of the model is at fault.
fn take_out(ground: &mut Ground, faults: &[Fault]) -> bool {
    let mut gone: BTreeSet<&str> = BTreeSet::new();
    let mut impossible: BTreeSet<Location> = BTreeSet::new();
    for fault in faults {
        let (Subject::Identity(name) | Subject::Claim(name)) = fault.subject() else { continue };
        gone.insert(name);
        // one place after another would cost a search each, and half of such an equation is no help to anyone
        let whole = ground.equations.iter().find(|one| one.left == *name && matches!(fault, Fault::Impossible(_)));
        impossible.extend(whole.map(|one| one.location.clone()));
    }
    ground.diagnostics.extend(told(faults, |subject| place(ground, subject)));
    let before = ground.equations.len() + ground.priors.len();
    ground.equations.retain(|one| !gone.contains(one.left.as_str()) && !impossible.contains(&one.location));
    ground.priors.retain(|prior| !gone.contains(prior.said.id.as_str()));
    let kept: BTreeSet<&str> = ground.equations.iter().map(|one| one.left.as_str()).collect();
    ground.identities.retain(|identity| kept.contains(identity.left.as_str()));
    ground.equations.len() + ground.priors.len() < before
}

/// Where a thing of the problem stands in the model.
pub(super) fn place(ground: &Ground, subject: &Subject) -> Option<Location> {
    match subject {
        Subject::Identity(name) => match name.strip_prefix(CHANGE) {
            Some(prior) => place_of_prior(ground, prior),
            None => (ground.equations.iter()).find(|one| one.left == *name).map(|one| one.location.clone()),
        },
        Subject::Claim(name) => place_of_prior(ground, name),
        Subject::Quantity(_) | Subject::Setting(_) => None,
    }
}

fn place_of_prior(ground: &Ground, name: &str) -> Option<Location> {
    (ground.priors.iter()).find(|prior| prior.said.id == name).map(|prior| prior.location.clone())
}

/// Faults as diagnostics, one for each kind at each place of a file. Those without a place are left to the caller.
pub(super) fn told(faults: &[Fault], place: impl Fn(&Subject) -> Option<Location>) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<(Location, Code), (&Fault, usize)> = BTreeMap::new();
    for fault in faults {
        if let Some(location) = place(fault.subject()) {
            groups.entry((location, code(fault))).or_insert((fault, 0)).1 += 1;
        }
    }
    let diagnostic = |((location, code), (fault, count)): ((Location, Code), (&Fault, usize))| {
        further(Diagnostic::new(code, location, fault.to_string()).help(fault.hint()), count)
    };
    groups.into_iter().map(diagnostic).collect()
}

/// Says in how many further cases the same is wrong.
pub(super) fn further(diagnostic: Diagnostic, cases: usize) -> Diagnostic {
    match cases {
        0 | 1 => diagnostic,
        2 => diagnostic.note("so it is in one further case"),
        cases => diagnostic.note(format!("so it is in {} further cases", cases - 1)),
    }
}

fn code(fault: &Fault) -> Code {
    match fault {
        Fault::Cycle { .. } | Fault::Twice(_) => P0904,
        Fault::UnknownQuantity { .. } => P0903,
        Fault::Empty(_) => P0901,
        Fault::NotFinite { .. } | Fault::Outside { .. } | Fault::Reversed { .. } | Fault::Impossible(_) => P0905,
    }
}
