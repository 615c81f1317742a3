//! Whether a problem is sound: every name known, every number possible.

use std::collections::BTreeSet;

use super::fault::{Fault, Subject};
use super::problem::{Claim, Expression, Figure, Identity, Problem, Quantity};
use super::settings::Settings;

impl Problem {
    /// Everything that is wrong with it, in the order in which it is written.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let quantities: Vec<&str> = self.quantities.iter().map(|quantity| quantity.id.as_str()).collect();
        let claims: Vec<&str> = self.claims.iter().map(|claim| claim.id.as_str()).collect();
        let identities: Vec<&str> = self.identities.iter().map(|identity| identity.id.as_str()).collect();
        twice(&quantities, Subject::Quantity, &mut faults);
        twice(&claims, Subject::Claim, &mut faults);
        twice(&identities, Subject::Identity, &mut faults);
        let known: BTreeSet<&str> = quantities.into_iter().collect();
        faults.extend(self.quantities.iter().filter_map(|quantity| quantity_fault(quantity).err()));
        faults.extend(self.identities.iter().filter_map(|identity| identity_fault(identity, &known).err()));
        faults.extend(self.claims.iter().filter_map(|claim| claim_fault(claim, &known).err()));
        faults
    }

    /// The problem without what the faults name: of two things with one name the first stays.
    #[must_use]
    pub fn without(mut self, faults: &[Fault]) -> Self {
        let mut seen = BTreeSet::new();
        let mut kept = |subject: Subject| {
            let named = faults.iter().filter(|fault| *fault.subject() == subject);
            let only_twice = named.clone().all(|fault| matches!(fault, Fault::Twice(_)));
            let first = named.count() == 0 || seen.insert(subject);
            only_twice && first
        };
        self.quantities.retain(|quantity| kept(Subject::Quantity(quantity.id.clone())));
        self.identities.retain(|identity| kept(Subject::Identity(identity.id.clone())));
        self.claims.retain(|claim| kept(Subject::Claim(claim.id.clone())));
        self
    }

    /// What keeps it from being solved: [`faults`](Self::faults), or else the circles among its identities, or else the first
    /// identity that the bounds of the quantities rule out.
    pub fn obstacles(&self) -> Vec<Fault> {
        super::network::Network::new(self).err().unwrap_or_default()
    }

    /// The sound part of the problem, and what was left out of it.
    pub fn sound(mut self) -> (Self, Vec<Fault>) {
        let mut all = Vec::new();
        loop {
            let found = self.obstacles();
            if found.is_empty() {
                return (self, all);
            }
            self = self.without(&found);
            all.extend(found);
        }
    }
}

fn twice(ids: &[&str], subject: fn(String) -> Subject, faults: &mut Vec<Fault>) {
    let mut seen = BTreeSet::new();
    let again = ids.iter().filter(|id| !seen.insert(**id));
    faults.extend(again.map(|id| Fault::Twice(subject((*id).to_owned()))));
}

fn finite(subject: &Subject, what: &'static str, value: f64) -> Result<(), Fault> {
    if value.is_finite() { Ok(()) } else { Err(Fault::NotFinite { subject: subject.clone(), what }) }
}

fn outside(subject: &Subject, what: &'static str, value: f64, allowed: &'static str) -> Fault {
    Fault::Outside { subject: subject.clone(), what, value, allowed }
}

fn quantity_fault(quantity: &Quantity) -> Result<(), Fault> {
    let subject = Subject::Quantity(quantity.id.clone());
    finite(&subject, "the lower bound", quantity.low)?;
    if quantity.low < 0.0 {
        return Err(outside(&subject, "the lower bound", quantity.low, "0 or above"));
    }
    if quantity.high.is_nan() {
        return Err(Fault::NotFinite { subject, what: "the upper bound" });
    }
    if quantity.high <= quantity.low {
        return Err(Fault::Reversed { subject, low: quantity.low, high: quantity.high });
    }
    Ok(())
}

fn expression_fault(subject: &Subject, expression: &Expression, known: &BTreeSet<&str>) -> Result<(), Fault> {
    if expression.terms.is_empty() {
        return Err(Fault::Empty(subject.clone()));
    }
    for term in &expression.terms {
        finite(subject, "a coefficient", term.coefficient)?;
        if term.coefficient == 0.0 {
            return Err(outside(subject, "a coefficient", 0.0, "other than 0"));
        }
        for (quantity, power) in &term.powers {
            finite(subject, "a power", *power)?;
            if !known.contains(quantity.as_str()) {
                return Err(Fault::UnknownQuantity { subject: subject.clone(), quantity: quantity.clone() });
            }
        }
    }
    // a product of nothing but a negative number cannot be above zero
    let largest = expression.terms.iter().map(|term| term.coefficient).fold(f64::NEG_INFINITY, f64::max);
    if largest < 0.0 {
        return Err(outside(subject, "the largest coefficient", largest, "above 0: quantities are"));
    }
    Ok(())
}

fn identity_fault(identity: &Identity, known: &BTreeSet<&str>) -> Result<(), Fault> {
    let subject = Subject::Identity(identity.id.clone());
    if !known.contains(identity.left.as_str()) {
        return Err(Fault::UnknownQuantity { subject, quantity: identity.left.clone() });
    }
    expression_fault(&subject, &identity.right, known)
}

fn claim_fault(claim: &Claim, known: &BTreeSet<&str>) -> Result<(), Fault> {
    let subject = Subject::Claim(claim.id.clone());
    expression_fault(&subject, &claim.about, known)?;
    let probability = claim.probability_right;
    if !(0.0..=1.0).contains(&probability) {
        return Err(outside(&subject, "the probability of being right", probability, "from 0 to 1"));
    }
    finite(&subject, "the inflation", claim.inflation)?;
    if claim.inflation <= 0.0 {
        return Err(outside(&subject, "the inflation", claim.inflation, "above 0"));
    }
    figure_fault(&subject, claim.figure)
}

fn figure_fault(subject: &Subject, figure: Figure) -> Result<(), Fault> {
    let (low, high) = figure.ends();
    finite(subject, "the low end", low)?;
    if !matches!(figure, Figure::AtLeast { .. }) {
        finite(subject, "the high end", high)?;
    }
    if low < 0.0 || high < 0.0 {
        return Err(outside(subject, "a value", low.min(high), "0 or above"));
    }
    if low > high {
        return Err(Fault::Reversed { subject: subject.clone(), low, high });
    }
    if let Figure::Interval { coverage, .. } = figure
        && !(coverage > 0.0 && coverage < 1.0)
    {
        return Err(outside(subject, "the coverage", coverage, "between 0 and 1"));
    }
    Ok(())
}

/// What is wrong with the settings.
pub(super) fn settings_faults(settings: &Settings) -> Vec<Fault> {
    let positive = [
        ("wrong_factor", settings.wrong_factor - 1.0, "above 1"),
        ("wrong_coverage", settings.wrong_coverage.min(1.0 - settings.wrong_coverage), "between 0 and 1"),
        ("point_log_sd", settings.point_log_sd, "above 0"),
        ("bound_log_sd", settings.bound_log_sd, "above 0"),
    ];
    let wrong = positive.into_iter().filter(|(_, value, _)| !(value.is_finite() && *value > 0.0));
    wrong
        .map(|(name, value, allowed)| outside(&Subject::Setting(name.to_owned()), "the value", value, allowed))
        .collect()
}
