//! The claims held against one another under the model, in three layers: ranges, all at once, right or wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::thread;

use plumb_core::case::Model;
use plumb_weigh::reconcile::{
    Claim as Said, Expression, Fault, Figure, Identity, IntervalReport, LeastSquaresReport, Problem, Quality, Quantity,
    RightOrWrongReport, SamplingWarning, Settings, intervals, least_squares, right_or_wrong,
};

use super::ground::Ground;
use super::observe::{Heard, Hearing};
use super::report::{Clash, Fit, Need};
use super::ties::Ties;

/// Names of the bounds that priors on the change of a quantity become where priors do not enter otherwise.
pub(super) const CHANGE: &str = "change: ";

/// What the three layers find.
#[derive(Debug)]
pub(super) struct Solution {
    /// Ranges without probability, and what cannot all be true; no priors enter.
    pub(super) ranges: Option<IntervalReport>,
    /// All claims fitted at once.
    pub(super) fitted: Option<LeastSquaresReport>,
    /// The reported layer.
    pub(super) weighed: Option<RightOrWrongReport>,
    /// What was left out of the problem, with the reason.
    pub(super) faults: Vec<Fault>,
}

/// Solves the problem that the model and the claims make.
pub(super) fn solve(model: &Model, ground: &Ground, hearing: &Hearing) -> Solution {
    let heard = hearing.heard.iter().map(|heard| heard.weighed.clone());
    let priors = ground.priors.iter().map(|prior| prior.said.clone());
    let (problem, mut faults) = problem(model, ground, heard.chain(priors).collect()).sound();
    let settings = Settings { draws: usize::try_from(model.draws).unwrap_or(usize::MAX), ..Settings::default() };
    // a prior is no claim, and what cannot all be true must not depend on it; only the model of time is taken as it stands, for
    // without it claims of different years never meet
    let stated = hearing.heard.iter().map(|heard| heard.said.clone()).collect();
    let (bare, found) = in_time(self::problem(model, ground, stated), ground).sound();
    let fast = || (least_squares(&problem, &settings), intervals(&bare, &settings));
    let ((fitted, ranges), weighed) = beside(fast, || right_or_wrong(&problem, &settings, model.seed));
    let fitted = kept(fitted, &mut faults);
    let weighed = kept(weighed, &mut faults);
    faults.extend(found);
    let ranges = kept(ranges, &mut faults);
    // the layers find the same
    let mut seen = Vec::new();
    faults.retain(|fault| {
        let new = !seen.contains(fault);
        seen.push(fault.clone());
        new
    });
    Solution { ranges, fitted, weighed, faults }
}

/// What both give, computed side by side: neither asks anything of the other.
pub(super) fn beside<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().unwrap_or_else(|panic| resume_unwind(panic)), other)
    })
}

fn kept<T>(found: Result<T, Vec<Fault>>, faults: &mut Vec<Fault>) -> Option<T> {
    found.map_err(|found| faults.extend(found)).ok()
}

/// Why sampled estimates may be off by chance; nothing where they have settled.
pub(super) fn sampling_words(quality: &Quality) -> Vec<String> {
    let has = |warnings: &[SamplingWarning]| quality.warnings.iter().any(|warning| warnings.contains(warning));
    let settled = !has(&[SamplingWarning::ChainsDisagree, SamplingWarning::FewEffectiveDraws]);
    let walks = (!settled).then(|| {
        format!(
            "the estimates have not settled: {} effective draws of {} at the slowest, R-hat {}",
            quality.effective_draws.round(),
            quality.slowest,
            quality.r_hat.map_or_else(|| "unknown".to_owned(), |r_hat| format!("{r_hat:.2}")),
        )
    });
    let probabilities = has(&[SamplingWarning::UncertainProbabilities]).then(|| {
        format!("under another seed a probability of being right may differ by {:.2}", 2.0 * quality.probability_error)
    });
    let quantiles = has(&[SamplingWarning::UncertainQuantiles]).then(|| {
        format!(
            "under another seed an end of the interval of {} may lie {:.0} % of its width elsewhere",
            quality.least_certain,
            200.0 * quality.quantile_error,
        )
    });
    [walks, probabilities, quantiles].into_iter().flatten().collect()
}

/// The problem of these claims, with the quantities that anything speaks of.
pub(super) fn problem(model: &Model, ground: &Ground, claims: Vec<Said>) -> Problem {
    let mut spoken: BTreeSet<&str> = BTreeSet::new();
    for identity in &ground.identities {
        spoken.insert(&identity.left);
        spoken.extend(names(&identity.right));
    }
    spoken.extend(claims.iter().flat_map(|claim| names(&claim.about)));
    let quantity = |cell: &super::ground::Cell| {
        let high = model.quantities.get(cell.quantity).and_then(|quantity| quantity.high);
        Quantity::within(&cell.name, 0.0, high.unwrap_or(f64::INFINITY))
    };
    let cells = ground.cells.iter().filter(|cell| spoken.contains(cell.name.as_str()));
    let quantities = cells.map(quantity).collect();
    Problem { quantities, claims, identities: ground.identities.clone() }
}

/// The problem with every prior on the ratio of one quantity in two years as a bound that always holds.
fn in_time(mut problem: Problem, ground: &Ground) -> Problem {
    let stem = |name: &str| name.split('[').next().unwrap_or_default().to_owned();
    for prior in &ground.priors {
        let Figure::Interval { low, high, .. } = prior.said.figure else { continue };
        let [term] = prior.said.about.terms.as_slice() else { continue };
        let [(one, up), (other, down)] = term.powers.as_slice() else { continue };
        // powers that the language has read as they were written
        let ratio = up.total_cmp(&1.0).is_eq() && down.total_cmp(&-1.0).is_eq();
        if !ratio || stem(one) != stem(other) {
            continue;
        }
        let link = format!("{CHANGE}{}", prior.said.id);
        problem.identities.push(Identity {
            id: link.clone(),
            left: one.clone(),
            right: Expression::product(1.0, &[other, &link]),
        });
        problem.quantities.push(Quantity::within(&link, low, high));
    }
    problem
}

/// The quantities of an expression.
pub(super) fn names(expression: &Expression) -> impl Iterator<Item = &str> {
    expression.terms.iter().flat_map(|term| &term.powers).map(|(name, _)| name.as_str())
}

/// What an expression is about, in a few words: `workers[RU,2016], workers[RU,2017]` for the middle of the year between.
pub(super) fn about(expression: &Expression) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for name in names(expression) {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen.join(", ")
}

impl Solution {
    /// Whether all claims can be fitted at once.
    pub(super) fn fit(&self) -> Option<Fit> {
        let fitted = self.fitted.as_ref()?;
        Some(Fit { chi_square: fitted.chi_square, degrees: fitted.degrees, p_value: fitted.p_value })
    }

    /// By how many standard deviations each claim lies from what all others predict.
    pub(super) fn tensions(&self) -> BTreeMap<&str, f64> {
        let claims = self.fitted.iter().flat_map(|fitted| &fitted.claims);
        claims.filter_map(|claim| Some((claim.claim.as_str(), claim.tension.as_ref()?.z))).collect()
    }

    /// The minimal sets of claims that cannot all be true, the most telling first.
    pub(super) fn clashes(&self, model: &Model, ground: &Ground, heard: &[Heard]) -> Vec<Clash> {
        let ties = Ties::new(ground);
        let by_id: BTreeMap<&str, &Heard> = heard.iter().map(|heard| (heard.said.id.as_str(), heard)).collect();
        let conflicts = self.ranges.iter().flat_map(|ranges| &ranges.conflicts);
        conflicts
            .map(|conflict| {
                let members: Vec<&&Heard> = conflict.claims.iter().filter_map(|id| by_id.get(id.as_str())).collect();
                let needs = conflict.needs.iter().filter_map(|need| {
                    let heard = by_id.get(need.claim.as_str())?;
                    Some(Need {
                        claim: heard.claim.clone(),
                        about: about(&heard.said.about),
                        unit: model.quantities.get(heard.quantity)?.unit.clone(),
                        needed: (need.needed.low, need.needed.high),
                        in_context: (need.needed_in_context.low, need.needed_in_context.high),
                    })
                });
                let abouts: Vec<Vec<&str>> = members.iter().map(|heard| names(&heard.said.about).collect()).collect();
                Clash {
                    claims: members.iter().map(|heard| heard.claim.clone()).collect(),
                    across: conflict.across,
                    factor: conflict.factor,
                    needs: needs.collect(),
                    ties: ties.between(&abouts),
                }
            })
            .collect()
    }
}
