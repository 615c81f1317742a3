//! Would the estimators have been right where the truth is known?
//!
//! Binette and Steorts (2022), Journal of the Royal Statistical Society A 185:640: take the people of one list for the
//! population, look at them through the other lists only, and estimate how many there are. The list says how many there
//! truly are. An estimator that misses there has no claim to be believed about people whom nobody can count; one that hits
//! has passed a test on listed people, which the hidden may differ from.

use serde::Serialize;

use super::answer::Answer;
use super::method::{Method, MethodOptions, run};
use super::refusal::Refusal;
use super::special::{quantile, real, real_length};
use super::table::CaptureTable;
use crate::parallel;

/// The check on the people of one list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ListCheck {
    /// The list whose people are taken for the population.
    pub list: String,
    /// How many they are.
    pub truth: u64,
    /// How many of them are on at least one other list.
    pub seen: u64,
    /// What each estimator makes of them.
    pub rows: Vec<CheckRow>,
}

/// What an estimator makes of the people of one list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckRow {
    /// The estimator.
    pub method: Method,
    /// Its answer.
    pub answer: Answer,
    /// Estimate less truth, as a share of the truth.
    pub relative_error: Option<f64>,
    /// Whether the interval holds the truth.
    pub holds: Option<bool>,
}

/// How an estimator does over all lists.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckSummary {
    /// The estimator.
    pub method: Method,
    /// Lists on whose people it gave an estimate.
    pub lists: usize,
    /// The middle one of its relative errors, without sign.
    pub median_error: f64,
    /// On how many of these lists the interval held the truth.
    pub held: usize,
}

/// Runs the check on every list. Empty for two lists, where one would be left to look through.
pub(crate) fn check(table: &CaptureTable, options: &MethodOptions) -> Vec<ListCheck> {
    if table.lists().len() < 3 {
        return Vec::new();
    }
    let lists: Vec<(usize, &String)> = table.lists().iter().enumerate().collect();
    parallel::map(&lists, |(index, name)| check_list(table, *index, name, options))
}

fn check_list(table: &CaptureTable, list: usize, name: &str, options: &MethodOptions) -> ListCheck {
    let (inside, missed) = table.within(list);
    let seen = inside.observed();
    let truth = seen + missed;
    let (informative, _) = inside.informative();
    let through = informative.as_ref().map_or(0, |inside| inside.lists().len());
    let methods = Method::of_panel(if through == 0 { inside.lists().len() } else { through });
    let rows = methods.into_iter().map(|method| {
        let found = informative.as_ref().map_or_else(|| Err(too_few(method)), |inside| run(method, inside, options));
        let estimate = found.as_ref().ok().map(|found| &found.estimate);
        let relative_error = estimate.map(|estimate| (estimate.population - real(truth)) / real(truth));
        let holds = estimate.map(|estimate| estimate.interval.holds(real(truth)));
        CheckRow { method, relative_error, holds, answer: found.map(|found| found.estimate).into() }
    });
    ListCheck { list: name.to_owned(), truth, seen, rows: rows.collect() }
}

/// The refusal where the other lists say nothing about these people.
fn too_few(method: Method) -> Refusal {
    let needs = "two other lists with some of these people and without others".to_owned();
    Refusal::WrongNumberOfLists { method: method.name().to_owned(), needs, found: 0 }
}

/// Sums the checks up by estimator.
pub(crate) fn summary(checks: &[ListCheck]) -> Vec<CheckSummary> {
    let mut methods: Vec<Method> = checks.iter().flat_map(|check| &check.rows).map(|row| row.method).collect();
    methods.sort_unstable();
    methods.dedup();
    methods.into_iter().filter_map(|method| summary_of(checks, method)).collect()
}

fn summary_of(checks: &[ListCheck], method: Method) -> Option<CheckSummary> {
    let rows = || checks.iter().flat_map(|check| &check.rows).filter(|row| row.method == method);
    let mut errors: Vec<f64> = rows().filter_map(|row| row.relative_error).map(f64::abs).collect();
    errors.sort_by(f64::total_cmp);
    let held = rows().filter(|row| row.holds == Some(true)).count();
    Some(CheckSummary { method, lists: errors.len(), median_error: quantile(&errors, 0.5)?, held })
}

/// Whether an estimator misses the truth on most lists: its interval held it on fewer than half of at least two.
pub(crate) fn fails(summary: &CheckSummary) -> bool {
    summary.lists > 1 && real_length(summary.held) < 0.5 * real_length(summary.lists)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::LatentOptions;

    fn quick() -> MethodOptions {
        let latent = LatentOptions { burn_in: 50, samples: 100, thinning: 1, ..LatentOptions::default() };
        MethodOptions { latent, ..MethodOptions::default() }
    }

    #[test]
    fn independent_lists_pass() {
        // chances of a half, a third and a quarter, 2,400 people
        let rows = [(1, 600), (2, 300), (4, 200), (3, 300), (5, 200), (6, 100), (7, 100)];
        let table = CaptureTable::new(&["A", "B", "C"], &rows).unwrap();
        let checks = check(&table, &quick());
        assert_eq!(checks.len(), 3);
        for list in &checks {
            let row = list.rows.iter().find(|row| row.method == Method::Independence).unwrap();
            assert!(row.relative_error.unwrap().abs() < 0.01 && row.holds == Some(true), "{list:?}");
        }
        let summary = summary(&checks);
        let independence = summary.iter().find(|one| one.method == Method::Independence).unwrap();
        assert_eq!((independence.lists, independence.held, fails(independence)), (3, 3, false));
    }

    #[test]
    fn people_whom_the_other_lists_do_not_see_are_refused() {
        let table = CaptureTable::new(&["A", "B", "C"], &[(1, 40), (2, 30), (4, 20), (3, 6)]).unwrap();
        let checks = check(&table, &quick());
        let apart = checks.iter().find(|check| check.list == "C").unwrap();
        assert_eq!((apart.truth, apart.seen), (20, 0));
        assert!(apart.rows.iter().all(|row| matches!(row.answer, Answer::Refused { .. })), "{apart:?}");
        assert!(check(&table.only(&[0, 1]), &quick()).is_empty());
    }
}
