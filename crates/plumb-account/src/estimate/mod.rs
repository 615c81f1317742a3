//! Estimates: what the claims allow under the model of the case, how sure, what drives it, and what would be otherwise.
//!
//! [`Estimates::of`] writes `model.toml` out over places and years, lets the claims speak of its quantities, has
//! `plumb-weigh` hold them against one another, and computes the reported figures under each scenario from the same draws.
//! [`faults`] finds what is wrong with the model without solving it.

mod computable;
mod flow;
mod ground;
mod observe;
mod report;
mod scenario;
mod shares;
mod skeleton;
mod solve;
mod sound;
#[cfg(test)]
mod step_tests;
#[cfg(test)]
mod tests;
mod ties;
mod time;
mod why;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::case::{Case, Model};
use plumb_core::codes::{P0906, P0908};
use plumb_core::diagnostic::Diagnostic;
use plumb_core::reference::{Kind, Reference};
use plumb_weigh::reconcile::{Method, Posterior, Subject};

use crate::checks;
use ground::Ground;
use observe::Hearing;
use scenario::Computed;
use solve::Solution;

pub use plumb_weigh::sensitivity::Index;

pub use flow::{FlowChart, FlowEdge, FlowNode};
pub use observe::{ODDS, grade_of_origin};
pub use report::{
    Bin, Clash, Driver, Estimate, Estimates, Fit, Hump, Need, Outcome, QuantileErrors, ScenarioWords, Search,
    Sensitivity, Spread, UnderScenario, Unused, Verdict, change_words, interval_words, middle_words, number_words,
    rounded,
};
pub use scenario::NoScenario;
pub use shares::{Share, Shares, SharesError, shares};
pub use skeleton::{Skeleton, SkeletonError, skeleton};
pub use why::{claims_of, need_words, search_words, spread_words, title, value_words};
pub use world::{Question, World, world_words};

/// What is wrong with the model of a case, found without solving it; nothing for a case without a model.
pub fn faults(case: &Case) -> Vec<Diagnostic> {
    let Some(model) = &case.model else { return Vec::new() };
    let ground = ground::ground(case, model);
    let hearing = observe::hear(case, model, &ground.names);
    let mut found = ground.diagnostics.clone();
    found.extend(flow::faults(model));
    found.extend(computable::faults(model, &ground));
    found.extend(hearing.silent.iter().filter_map(|position| silent(model, *position)));
    found
}

/// The names of all quantities of a case's model, found without solving it.
pub(crate) fn names(case: &Case) -> BTreeSet<String> {
    case.model.as_ref().map(|model| ground::ground(case, model).names).unwrap_or_default()
}

fn silent(model: &Model, position: usize) -> Option<Diagnostic> {
    let observed = model.observations.get(position)?;
    let place = observed.place.as_ref().map(|place| format!(" at {}", place.text)).unwrap_or_default();
    let message = format!("no claim of `{}`{place} can speak of `{}`", observed.measure, observed.quantity.text);
    let diagnostic = Diagnostic::new(P0906, observed.quantity.location.clone(), message);
    Some(diagnostic.help("correct the measure, place or population, or take the observation out"))
}

impl Estimates {
    /// The estimates of a case; `None` when it has no model.
    pub fn of(case: &Case) -> Option<Self> {
        let model = case.model.as_ref()?;
        let ground = ground::ground(case, model);
        let hearing = observe::hear(case, model, &ground.names);
        let solution = solve::solve(model, &ground, &hearing);
        Some(assemble(case, model, &ground, &hearing, &solution))
    }

    /// The estimate of a quantity by its name: `workers[RU,2017]`; blanks do not count.
    pub fn get(&self, name: &str) -> Option<&Estimate> {
        let name: String = name.chars().filter(|letter| !letter.is_whitespace()).collect();
        self.quantities.iter().find(|estimate| estimate.name == name)
    }

    /// The output by its name in the model, one that is no quantity of its own and not reported year by year.
    pub fn output(&self, name: &str) -> Option<&Outcome> {
        let own = |output: &&Outcome| output.id == name && output.at.is_none() && output.of.is_none();
        self.outputs.iter().find(own).filter(|_| self.get(name).is_none())
    }

    /// The estimates of a quantity, in the order of places and years.
    pub fn of_quantity<'a>(&'a self, quantity: &'a str) -> impl Iterator<Item = &'a Estimate> {
        self.quantities.iter().filter(move |estimate| estimate.quantity == quantity)
    }
}

fn assemble(case: &Case, model: &Model, ground: &Ground, hearing: &Hearing, solution: &Solution) -> Estimates {
    let none = BTreeMap::new();
    let draws = solution.weighed.as_ref().map_or(&none, |weighed| &weighed.draws);
    let quantities = estimates(model, ground, hearing, solution);
    let flows = flow::charts(model, ground, &quantities);
    let computed = Computed::from(model, ground, draws);
    let outputs = as_quantities(computed.outcomes(model), &quantities);
    let mut diagnostics = diagnostics(case, model, ground, solution, &computed);
    diagnostics.extend(computable::too_large(model, &quantities, &computed));
    let clashes = solution.clashes(model, ground, &hearing.heard);
    diagnostics.extend(clashes.iter().filter_map(|clash| alone(case, clash)));
    checks::settle_weighed(case, &mut diagnostics);
    let parts = solution.weighed.as_ref().map(|weighed| weighed.parts.as_slice()).unwrap_or_default();
    Estimates {
        title: model.title.clone(),
        note: model.note.clone(),
        seed: model.seed,
        draws: draws.values().map(Vec::len).max().unwrap_or(0),
        quantities,
        claims: verdicts(hearing, solution),
        unused: hearing
            .unused
            .iter()
            .map(|(claim, reason)| Unused { claim: claim.clone(), reason: reason.clone() })
            .collect(),
        clashes,
        clash_search: solution.ranges.as_ref().map(|ranges| ranges.search),
        fit: solution.fit(),
        questions: world::questions(parts, &outputs),
        warnings: warnings(solution),
        diagnostics,
        outputs,
        flows,
        scenarios: (model.scenarios.iter())
            .map(|one| ScenarioWords { id: one.id.clone(), label: one.label.clone(), note: one.note.clone() })
            .collect(),
    }
}

fn estimates(model: &Model, ground: &Ground, hearing: &Hearing, solution: &Solution) -> Vec<Estimate> {
    let posteriors: BTreeMap<&str, Result<&Posterior, String>> = (solution.weighed.iter())
        .flat_map(|weighed| &weighed.quantities)
        .map(|one| (one.quantity.as_str(), written(&one.posterior)))
        .collect();
    let mut claims: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for heard in &hearing.heard {
        for name in solve::names(&heard.said.about) {
            claims.entry(name).or_default().insert(&heard.claim);
        }
    }
    let equations: BTreeMap<&str, &str> =
        ground.equations.iter().map(|equation| (equation.left.as_str(), equation.text.as_str())).collect();
    let estimate = |cell: &ground::Cell| {
        let quantity = model.quantities.get(cell.quantity)?;
        let found = posteriors.get(cell.name.as_str());
        let posterior = found.and_then(|found| found.as_ref().ok());
        let reason =
            found.map_or_else(|| NOT_REACHED.to_owned(), |found| found.as_ref().err().cloned().unwrap_or_default());
        let known = found.is_some() || claims.contains_key(cell.name.as_str());
        // what neither claims nor equations reach is no part of the account: the grid before the first year
        (known || equations.contains_key(cell.name.as_str())).then(|| Estimate {
            name: cell.name.clone(),
            quantity: quantity.id.text.clone(),
            label: quantity.label.clone(),
            place: cell.place.clone(),
            at: cell.at,
            unit: quantity.unit.clone(),
            spread: posterior.map(|posterior| spread(posterior)),
            errors: posterior.and_then(|posterior| posterior.errors),
            unknown: posterior.is_none().then_some(reason),
            histogram: posterior.map(|posterior| posterior.histogram.clone()).unwrap_or_default(),
            humps: posterior.map(|posterior| posterior.humps.clone()).unwrap_or_default(),
            claims: (claims.get(cell.name.as_str()).into_iter().flatten()).map(|id| (*id).to_owned()).collect(),
            drivers: posterior.map(|posterior| posterior.drivers.clone()).unwrap_or_default(),
            computed: equations.get(cell.name.as_str()).map(|text| (*text).to_owned()),
        })
    };
    ground.cells.iter().filter_map(estimate).collect()
}

/// Why a quantity that stands in an equation or claim has no estimate when none was tried.
const NOT_REACHED: &str = "neither claims, priors nor equations that hold lead to it";

/// A posterior whose numbers can be written, or why there is none.
fn written<E: std::fmt::Display>(posterior: &Result<Posterior, E>) -> Result<&Posterior, String> {
    let posterior = posterior.as_ref().map_err(ToString::to_string)?;
    spread(posterior).written().map(|_| posterior).ok_or_else(|| report::TOO_LARGE.to_owned())
}

/// Outputs that are quantities of the model have their spread, which need not come from draws: one figure has one spread.
fn as_quantities(outputs: Vec<Outcome>, quantities: &[Estimate]) -> Vec<Outcome> {
    let known: BTreeMap<&str, Spread> =
        quantities.iter().filter_map(|one| Some((one.name.as_str(), one.spread?))).collect();
    let own = |output: &Outcome| output.of.as_ref().and_then(|name| known.get(name.as_str())).copied();
    outputs
        .into_iter()
        .map(|output| Outcome { base: output.base.map(|base| own(&output).unwrap_or(base)), ..output })
        .collect()
}

fn spread(posterior: &Posterior) -> Spread {
    let quantiles = posterior.quantiles;
    Spread {
        low: quantiles.p05,
        lower: quantiles.p25,
        median: quantiles.p50,
        upper: quantiles.p75,
        high: quantiles.p95,
        mean: posterior.mean,
    }
}

fn verdicts(hearing: &Hearing, solution: &Solution) -> Vec<Verdict> {
    let tensions = solution.tensions();
    let after: BTreeMap<&str, (f64, Option<f64>)> = (solution.weighed.iter())
        .flat_map(|weighed| &weighed.claims)
        .filter_map(|claim| Some((claim.claim.as_str(), (claim.probability_right?, claim.probability_error))))
        .collect();
    (hearing.heard.iter())
        .map(|heard| Verdict {
            claim: heard.claim.clone(),
            about: solve::about(&heard.said.about),
            origin: heard.said.origin.clone(),
            before: heard.said.probability_right,
            after: after.get(heard.said.id.as_str()).map(|(after, _)| *after),
            after_error: after.get(heard.said.id.as_str()).and_then(|(_, error)| *error),
            tension: tensions.get(heard.said.id.as_str()).copied(),
        })
        .collect()
}

/// What only solving shows to be wrong: faults of the solution, and what cannot be computed in some draws.
fn diagnostics(
    case: &Case,
    model: &Model,
    ground: &Ground,
    solution: &Solution,
    computed: &Computed<'_>,
) -> Vec<Diagnostic> {
    let claim = |subject: &Subject| match subject {
        Subject::Claim(id) => Some(case.claims.get(id)?.row.cell("id")),
        _ => None,
    };
    let place = |subject: &Subject| {
        sound::place(ground, subject).or_else(|| claim(subject)).or_else(|| Some(model.location.clone()))
    };
    let mut found = sound::told(&solution.faults, place);
    let computed = computable::diagnostics(model, ground, computed, |_| true);
    if !computed.is_empty() {
        let known = computable::faults(model, ground);
        let known =
            |one: &Diagnostic| known.iter().any(|other| (other.location(), other.code) == (one.location(), one.code));
        found.extend(computed.into_iter().filter(|one| !known(one)));
    }
    found
}

/// A claim that contradicts nothing but the model.
fn alone(case: &Case, clash: &Clash) -> Option<Diagnostic> {
    let [need] = clash.needs.as_slice() else { return None };
    let claim = case.claims.get(&need.claim)?;
    let (low, best, high) = claim.quantity.numbers();
    let cell = [("best", best), ("low", low), ("high", high)].into_iter().find(|(_, number)| number.is_some());
    let message =
        format!("`{}` says {}, but the model allows {}", claim.id, claim.quantity.figure(), why::need_words(need));
    let diagnostic = Diagnostic::new(P0908, claim.row.cell(cell.map_or("id", |(cell, _)| cell)), message);
    let help = "correct the figure or its unit, or the limits and equations of the model; or accept it in case.toml with the reason";
    Some(diagnostic.about(Reference::new(Kind::Claim, claim.id.clone())).help(help))
}

fn warnings(solution: &Solution) -> Vec<String> {
    let parts = || solution.weighed.iter().flat_map(|weighed| &weighed.parts);
    let failed = parts().filter_map(|part| match &part.method {
        Method::Failed(why) => {
            let first = part.quantities.first().map_or("", String::as_str);
            Some(format!("{} quantities could not be estimated, {first} the first: {why}", part.quantities.len()))
        }
        _ => None,
    });
    let sampled = parts().flat_map(|part| match &part.method {
        Method::Sampled(quality) => solve::sampling_words(quality),
        _ => Vec::new(),
    });
    let stopped = solution.fitted.as_ref().is_some_and(|fitted| !fitted.settled);
    let fit =
        stopped.then(|| "the fit of all claims at once has not settled: its tensions say where it stopped".to_owned());
    failed.chain(sampled).chain(fit).collect()
}
