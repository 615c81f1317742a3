//! Choosing pairs of lists step by step.
//!
//! Chan, Silverman and Vincent (2021), Journal of the American Statistical Association 116:1297, section 3.2: begin with
//! independence. For each pair not yet in the model compare the number of people on both lists with what the model
//! expects, as a Poisson count, one-sided on the nearer side. Add the pair with the smallest p-value, if it is below the
//! threshold and the larger model has one finite maximum; begin again.

use std::cmp::Ordering;

use super::loglinear::{Fitted, LoglinearFit, check};
use super::model::{Design, Model};
use super::refusal::Refusal;
use super::special::poisson_tails;
use super::table::{CaptureTable, ListSet};

/// The threshold that Chan, Silverman and Vincent settle on after simulations (their section 3.4).
pub const STEPWISE_THRESHOLD: f64 = 0.02;

/// Fits the model that the stepwise search chooses.
///
/// # Errors
/// A [`Refusal`] where not even independence can be fitted, or a setting is out of range.
pub fn stepwise(table: &CaptureTable, threshold: f64, level: f64) -> Result<LoglinearFit, Refusal> {
    let chosen = choose(table, threshold)?;
    let mut fit = super::loglinear::fit(table, &chosen.model, level)?;
    if chosen.tied {
        fit.estimate
            .notes
            .push("two pairs were equally unexpected; the first in the order of the lists was taken".into());
    }
    Ok(fit)
}

/// A model found by the search, with its fit.
pub(crate) struct Chosen {
    pub(crate) model: Model,
    pub(crate) fitted: Fitted,
    /// Two pairs had the smallest p-value at some step.
    pub(crate) tied: bool,
}

/// Runs the search.
pub(crate) fn choose(table: &CaptureTable, threshold: f64) -> Result<Chosen, Refusal> {
    if !(0.0..=1.0).contains(&threshold) {
        return Err(Refusal::BadSetting(format!("the threshold of a p-value lies between 0 and 1, not {threshold}")));
    }
    let model = Model::independence(table);
    let mut chosen = Chosen { fitted: Fitted::new(table, &model)?, model, tied: false };
    let mut pairs: Vec<ListSet> = Vec::new();
    let mut free = table.pairs();
    while let Some(step) = next(table, &chosen.fitted, &pairs, &free, threshold) {
        pairs.push(step.pair);
        free.retain(|pair| *pair != step.pair);
        chosen = Chosen { model: step.model, fitted: step.fitted, tied: chosen.tied || step.tied };
    }
    Ok(chosen)
}

struct Step {
    pair: ListSet,
    model: Model,
    fitted: Fitted,
    tied: bool,
}

/// The least expected pair whose model can be fitted.
///
/// Pairs are tried in the order of their p-values, so that only few models need the test for a maximum; testing all first
/// and taking the smallest, as the paper has it, gives the same.
fn next(table: &CaptureTable, fitted: &Fitted, pairs: &[ListSet], free: &[ListSet], threshold: f64) -> Option<Step> {
    let (seen, expected) = (table.overlaps(), fitted.expected_overlaps(table.lists().len()));
    let surprise = |pair: &ListSet| {
        let place = usize::from(*pair);
        let (seen, expected) = (seen.get(place).copied().unwrap_or(0), expected.get(place).copied().unwrap_or(0.0));
        let (at_most, at_least) = poisson_tails(seen, expected);
        (at_most.min(at_least), *pair)
    };
    let mut candidates: Vec<(f64, ListSet)> = free.iter().map(surprise).filter(|(p, _)| *p < threshold).collect();
    // a stable sort: of equals the first in the order of the lists comes first
    candidates.sort_by(|a, b| compare(a.0, b.0));
    candidates.iter().enumerate().find_map(|(place, (p, pair))| {
        let with: Vec<ListSet> = pairs.iter().chain([pair]).copied().collect();
        let model = Model::with_pairs(table, &with);
        let design = Design::new(table, &model);
        check(&design, &model).ok()?;
        let fitted = Fitted::unchecked(design, &model).ok()?;
        let tied = candidates.get(place + 1).is_some_and(|(other, _)| compare(*p, *other) == Ordering::Equal);
        Some(Step { pair: *pair, model, fitted, tied })
    })
}

/// Compares p-values; those that agree to ten digits are equal, as they come from fits that end at a tolerance.
fn compare(left: f64, right: f64) -> Ordering {
    if (left - right).abs() <= 1e-10 * left.max(right) { Ordering::Equal } else { left.total_cmp(&right) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_that_avoid_each_other_get_their_term() {
        // A and B share far fewer people than chance would give them; C is independent of both
        let rows = [(1, 300), (2, 300), (4, 300), (5, 100), (6, 100), (3, 1), (7, 1)];
        let table = CaptureTable::new(&["A", "B", "C"], &rows).unwrap();
        let fit = stepwise(&table, STEPWISE_THRESHOLD, 0.95).unwrap();
        assert_eq!(fit.terms, ["A:B"]);
        assert!(fit.estimate.notes.is_empty());
        assert!(stepwise(&table, 0.0, 0.95).unwrap().terms.is_empty());
        assert!(stepwise(&table, 2.0, 0.95).is_err());
    }

    #[test]
    fn pairs_without_overlap_may_go_to_minus_infinity() {
        let rows = [(1, 200), (2, 200), (4, 200), (5, 60), (6, 60)];
        let table = CaptureTable::new(&["A", "B", "C"], &rows).unwrap();
        let fit = stepwise(&table, STEPWISE_THRESHOLD, 0.95).unwrap();
        assert_eq!(fit.terms_at_minus_infinity, ["A:B"]);
    }

    #[test]
    fn ties_are_told() {
        let rows = [(1, 100), (2, 100), (4, 100), (8, 100), (3, 90), (12, 90), (5, 1), (10, 1)];
        let table = CaptureTable::new(&["A", "B", "C", "D"], &rows).unwrap();
        assert!(choose(&table, STEPWISE_THRESHOLD).unwrap().tied);
    }
}
