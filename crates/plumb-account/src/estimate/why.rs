//! Why: the derivation of an estimate, and of a set of claims that cannot all be true.

use plumb_core::case::Step;
use plumb_core::suggest::nearest;
use plumb_core::unit::Unit;

use super::report::{
    Clash, Driver, Estimate, Estimates, Need, Outcome, Search, Spread, Verdict, ends_words, interval_words,
    middle_words, number_words,
};
use crate::account::Account;
use crate::expression::ExpressionError;
use crate::key::Key;
use crate::why::{Derivation, claim_node};

/// Origins that are named as drivers: behind the first few the influence is small.
const MOST_DRIVERS: usize = 6;

impl Account {
    pub(crate) fn estimate(&self, key: &Key, name: &str) -> Result<Derivation, ExpressionError> {
        let no_model = || ExpressionError::NoEstimate { name: name.to_owned(), suggestion: None };
        let estimates = self.estimates().ok_or_else(no_model)?;
        if let Some(output) = estimates.output(name) {
            return Ok(self.output(key, estimates, output));
        }
        let found = estimates.get(name).ok_or_else(|| ExpressionError::NoEstimate {
            name: name.to_owned(),
            suggestion: estimates.nearest(name),
        })?;
        let claims = found.claims.iter().filter_map(|id| self.case.claims.get(id));
        let children = claims.map(|claim| {
            let judged = estimates.claims.iter().find(|verdict| verdict.claim == claim.id);
            let node = claim_node(&self.case, claim);
            judged
                .into_iter()
                .fold(node, |node, verdict| node.fact("probability of being right", chance_words(verdict)))
        });
        let node = Derivation::new(key, title(self, found))
            .value(value_words(found))
            .fact("computed by", found.computed.clone().unwrap_or_default())
            .fact("where it may lie", humps_words(found));
        let drivers = found.drivers.iter().take(MOST_DRIVERS).map(|one| driver_words(self, estimates, found, one));
        let node = drivers.fold(node, |node, words| node.fact("driven by", words));
        Ok(node.fact("draws", draws_words(estimates)).on(children))
    }

    /// A reported figure, down to the quantities that it is computed from.
    fn output(&self, key: &Key, estimates: &Estimates, output: &Outcome) -> Derivation {
        let node = Derivation::new(key, output.label.clone())
            .value(spread_words(output.base.as_ref(), output.unknown.as_deref(), &output.unit))
            .fact("computed by", output.value.clone());
        let moves = output.drivers.iter().filter_map(|driver| {
            let name = title(self, estimates.get(&driver.quantity)?);
            let (low, high) = driver.swing;
            let ends = ends_words(low, high, &output.unit, true);
            Some(format!(
                "{name} (rank correlation {:+.2}; from its lowest to its highest tenth {ends})",
                driver.correlation
            ))
        });
        let node = moves.fold(node, |node, words| node.fact("moves with", words));
        let parts =
            output.made_of.iter().filter_map(|name| estimates.get(name)).map(|part| {
                Derivation::new(&Key::Estimate(part.name.clone()), title(self, part)).value(value_words(part))
            });
        node.fact("draws", draws_words(estimates)).on(parts)
    }

    pub(crate) fn conflict(&self, key: &Key, claims: &[String]) -> Result<Derivation, ExpressionError> {
        let found = self.estimates().and_then(|estimates| estimates.clash(claims));
        let found = found.ok_or_else(|| ExpressionError::NoConflict(claims.to_vec()))?;
        let nodes = found.needs.iter().filter_map(|need| {
            let claim = self.case.claims.get(&need.claim)?;
            Some(claim_node(&self.case, claim).fact("the others need", need_words(need)))
        });
        let node = Derivation::new(key, "These claims cannot all be true");
        Ok(found.ties.iter().fold(node, |node, equation| node.fact("tied by", equation.clone())).on(nodes))
    }
}

impl Estimates {
    /// The quantity or output whose name is nearest to one that there is not.
    fn nearest(&self, name: &str) -> Option<String> {
        let quantities = self.quantities.iter().map(|estimate| estimate.name.as_str());
        let outputs = self.outputs.iter().map(|output| output.id.as_str());
        nearest(name, quantities.chain(outputs)).map(str::to_owned)
    }

    /// The set of just these claims, in any order.
    pub fn clash(&self, claims: &[String]) -> Option<&Clash> {
        let sorted = |claims: &[String]| {
            let mut sorted = claims.to_vec();
            sorted.sort();
            sorted
        };
        let wanted = sorted(claims);
        self.clashes.iter().find(|clash| sorted(&clash.claims) == wanted)
    }
}

/// What an estimate is of: `Workers present at the end of the year, Russia, 2017`.
pub fn title(account: &Account, estimate: &Estimate) -> String {
    use plumb_core::reference::{Kind, Reference};
    let place = estimate.place.as_ref();
    let place = place.map(|code| crate::index::name_of(&account.case, &Reference::new(Kind::Place, code.clone())));
    let at = estimate.at.map(Step::label);
    let parts = [Some(estimate.label.clone()), place, at];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The estimate with how sure: `about 30,100, nine cases in ten within 24,000–37,000 persons`.
pub fn value_words(estimate: &Estimate) -> String {
    spread_words(estimate.spread.as_ref(), estimate.unknown.as_deref(), &estimate.unit)
}

/// A figure with how sure, or that it is unknown and why.
pub fn spread_words(spread: Option<&Spread>, unknown: Option<&str>, unit: &Unit) -> String {
    let Some(spread) = spread else {
        return unknown.map_or_else(|| "unknown".to_owned(), |reason| format!("unknown: {reason}"));
    };
    let middle = middle_words(spread, unit, false);
    format!("about {middle}, nine cases in ten within {}", interval_words(spread, unit, true))
}

fn draws_words(estimates: &Estimates) -> String {
    format!("{}, seed {}", estimates.draws, estimates.seed)
}

/// What the others need a claim to say: `at least 1,850 USD/person/month`.
pub fn need_words(need: &Need) -> String {
    let ends = |bounds: (Option<f64>, Option<f64>)| bounds_words(bounds, &need.unit);
    let alone = ends(need.needed);
    if need.in_context == need.needed {
        return alone;
    }
    format!("{alone}; with all undisputed claims {}", ends(need.in_context))
}

/// How far the search for sets of claims that cannot all be true went.
pub fn search_words(search: Option<&Search>) -> String {
    let Some(search) = search else { return "The claims could not be held against one another.".to_owned() };
    let size = match search.proven_size {
        None => "Every set of claims was tried.".to_owned(),
        Some(0) => "Not every set of claims was tried: there may be more.".to_owned(),
        Some(size) => {
            let parts = match search.parts_complete {
                0 => String::new(),
                whole => format!(
                    ", and every larger one in {whole} of {} groups of claims that no equation ties together",
                    search.parts
                ),
            };
            let up_to =
                if size == 1 { "Every single claim".to_owned() } else { format!("Every set of up to {size} claims") };
            format!(
                "{up_to} was tried{parts}. Larger sets were sought only among claims that few equations separate: \
                 there may be more of them."
            )
        }
    };
    let circles = "Where equations form wide circles, ranges are narrowed step by step: a contradiction can be overlooked there, \
                   but none is made up.";
    if search.decided { size } else { format!("{size} {circles}") }
}

fn bounds_words((low, high): (Option<f64>, Option<f64>), unit: &Unit) -> String {
    let words = |value: f64| number_words(value, unit, true);
    match (low.filter(|low| *low > 0.0), high) {
        (Some(low), Some(high)) => format!("{} to {}", number_words(low, unit, false), words(high)),
        (Some(low), None) => format!("at least {}", words(low)),
        (None, Some(high)) => format!("at most {}", words(high)),
        (None, None) => "anything".to_owned(),
    }
}

fn chance_words(verdict: &Verdict) -> String {
    let before = format!("{:.0}% by its grade", verdict.before * 100.0);
    match verdict.after {
        Some(after) => format!("{before}, {:.0}% beside all other claims", after * 100.0),
        None => format!("{before}; it takes no part in the estimate"),
    }
}

fn humps_words(estimate: &Estimate) -> String {
    if estimate.humps.len() < 2 {
        return String::new();
    }
    let hump = |hump: &super::report::Hump| {
        format!("around {} ({:.0}%)", number_words(hump.value, &estimate.unit, false), hump.probability * 100.0)
    };
    estimate.humps.iter().map(hump).collect::<Vec<_>>().join(", or ")
}

/// An origin that moves an estimate, with its claims: `Origin (c066, c067): 31,100 if right, 33,200 if wrong`.
fn driver_words(account: &Account, estimates: &Estimates, estimate: &Estimate, driver: &Driver) -> String {
    use plumb_core::reference::{Kind, Reference};
    let name = crate::index::name_of(&account.case, &Reference::new(Kind::Origin, driver.origin.clone()));
    let claims: Vec<&str> = claims_of(estimates, &driver.origin).collect();
    let number = |value: f64| number_words(value, &estimate.unit, false);
    let (right, wrong) = (number(driver.if_right.median), number(driver.if_wrong.median));
    format!("{name} ({}): {right} if right, {wrong} if wrong", claims.join(", "))
}

/// The claims through which an origin moves the estimates.
pub fn claims_of<'a>(estimates: &'a Estimates, origin: &'a str) -> impl Iterator<Item = &'a str> {
    let own = estimates.claims.iter().filter(move |claim| claim.origin == origin || claim.claim == origin);
    let mut seen = std::collections::BTreeSet::new();
    own.map(|claim| claim.claim.as_str()).filter(move |claim| seen.insert(*claim))
}
