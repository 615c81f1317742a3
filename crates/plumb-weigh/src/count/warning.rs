//! What a reader must know before using any figure of a panel.

use std::fmt;

use serde::Serialize;

use super::check::fails;
use super::interval::Estimate;
use super::method::{Kind, Method};
use super::panel::{Panel, Row};
use super::table::CaptureTable;

/// Estimates this many times apart disagree, whatever their intervals: no use of the figure survives a doubling.
const FAR_APART: f64 = 2.0;

/// With fewer people on two lists or more, all methods lean on a handful of matches, each of which may be an error.
const FEW_OVERLAPS: u64 = 10;

/// A model selected in fewer than half of the resamples is one of several.
const SETTLED: f64 = 0.5;

/// A warning, with its words.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Warning {
    /// What it is.
    #[serde(flatten)]
    pub what: PanelWarning,
    /// The same as a sentence.
    pub words: String,
}

impl From<PanelWarning> for Warning {
    fn from(what: PanelWarning) -> Self {
        Self { words: what.to_string(), what }
    }
}

/// Something that a reader must know before using any figure of a panel.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "warning", rename_all = "kebab-case")]
pub enum PanelWarning {
    /// Two estimators' intervals share no size.
    Disjoint {
        /// The estimator with the lower interval.
        low: Method,
        /// The estimator with the higher interval.
        high: Method,
    },
    /// The largest estimate is more than twice the smallest.
    FarApart {
        /// The estimator with the smallest estimate.
        smallest: Method,
        /// The estimator with the largest estimate.
        largest: Method,
        /// Largest by smallest.
        ratio: f64,
    },
    /// An estimator's interval ends below where a lower bound's begins.
    BelowBound {
        /// The estimator.
        estimator: Method,
        /// The bound.
        bound: Method,
    },
    /// An estimator's interval, or one by other means for the same model, has no upper end.
    NoUpperEnd {
        /// The estimator.
        estimator: Method,
    },
    /// Fewer than two estimators gave an estimate.
    TooFewEstimates {
        /// How many did.
        estimates: usize,
    },
    /// Few people are on more than one list.
    FewOverlaps {
        /// How many.
        people: u64,
    },
    /// Two lists hold exactly the same people.
    SameLists {
        /// One list.
        first: String,
        /// The other.
        second: String,
    },
    /// The stepwise search selects other models on resamples.
    UnsettledModel {
        /// Share of resamples in which the model of the table was selected.
        share: f64,
    },
    /// An estimator misses the truth where it is known.
    FailsCheck {
        /// The estimator.
        method: Method,
        /// Lists on whose people it was tried.
        lists: usize,
        /// On how many of them its interval held the truth.
        held: usize,
    },
}

impl fmt::Display for PanelWarning {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disjoint { low, high } => {
                let (one, other) = (low.assumes(), high.assumes());
                write!(out, "{low} and {high} share no size: one assumes that {one}; the other that {other}")
            }
            Self::FarApart { smallest, largest, ratio } => write!(
                out,
                "the largest estimate ({largest}) is {ratio:.1} times the smallest ({smallest}); the table cannot say whose \
                 assumption holds"
            ),
            Self::BelowBound { estimator, bound } => {
                write!(
                    out,
                    "{estimator} lies wholly below {bound}: people differ, or lists attract each other, more than it assumes"
                )
            }
            Self::NoUpperEnd { estimator } => write!(out, "an interval of {estimator} has no upper end"),
            Self::TooFewEstimates { estimates } => {
                write!(out, "only {estimates} estimators gave an estimate; nothing stands beside it to compare")
            }
            Self::FewOverlaps { people } => {
                write!(
                    out,
                    "only {people} people are on more than one list; each match that is wrong moves every figure"
                )
            }
            Self::SameLists { first, second } => {
                write!(out, "`{first}` and `{second}` hold the same people; they look like one list copied")
            }
            Self::UnsettledModel { share } => {
                write!(out, "the stepwise search selects this model in {:.0} % of the resamples only", 100.0 * share)
            }
            Self::FailsCheck { method, lists, held } => {
                write!(out, "{method} held the truth on the people of {held} of {lists} lists only")
            }
        }
    }
}

/// All warnings of a panel.
pub(crate) fn warnings(table: &CaptureTable, panel: &Panel) -> Vec<Warning> {
    let mut found = Vec::new();
    let given = |kind: Kind| -> Vec<(&Row, &Estimate)> {
        let rows = panel.rows.iter().filter(|row| row.kind == kind && row.method.compares());
        rows.filter_map(|row| row.answer.estimate().map(|estimate| (row, estimate))).collect()
    };
    let (estimates, bounds) = (given(Kind::Estimate), given(Kind::LowerBound));
    found.extend(disjoint(&estimates));
    found.extend(far_apart(&estimates));
    found.extend(below_bound(&estimates, &bounds));
    let open = estimates.iter().filter(|(row, estimate)| ends_open(row, estimate));
    found.extend(open.map(|(row, _)| PanelWarning::NoUpperEnd { estimator: row.method }));
    if estimates.len() < 2 {
        found.push(PanelWarning::TooFewEstimates { estimates: estimates.len() });
    }
    found.extend(about_lists(table, panel));
    found.extend(unsettled(panel));
    let failed = panel
        .check_summary
        .iter()
        .filter(|one| one.method.compares() && one.method.kind() == Kind::Estimate && fails(one));
    found.extend(failed.map(|one| PanelWarning::FailsCheck { method: one.method, lists: one.lists, held: one.held }));
    found.into_iter().map(Warning::from).collect()
}

fn ends_open(row: &Row, estimate: &Estimate) -> bool {
    estimate.interval.high.is_none() || row.further.iter().any(|interval| interval.high.is_none())
}

/// The pair of estimators whose intervals lie farthest from each other, if they share no size.
fn disjoint(estimates: &[(&Row, &Estimate)]) -> Option<PanelWarning> {
    let ends = estimates.iter().filter_map(|(row, estimate)| estimate.interval.high.map(|high| (row.method, high)));
    let (low, end) = ends.min_by(|a, b| a.1.total_cmp(&b.1))?;
    let starts = estimates.iter().map(|(row, estimate)| (row.method, estimate.interval.low));
    let (high, start) = starts.max_by(|a, b| a.1.total_cmp(&b.1))?;
    (end < start).then_some(PanelWarning::Disjoint { low, high })
}

fn far_apart(estimates: &[(&Row, &Estimate)]) -> Option<PanelWarning> {
    let sizes = || estimates.iter().map(|(row, estimate)| (row.method, estimate.population));
    let (smallest, low) = sizes().min_by(|a, b| a.1.total_cmp(&b.1))?;
    let (largest, high) = sizes().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let ratio = high / low;
    (ratio > FAR_APART).then_some(PanelWarning::FarApart { smallest, largest, ratio })
}

/// The estimator that lies lowest below a lower bound.
fn below_bound(estimates: &[(&Row, &Estimate)], bounds: &[(&Row, &Estimate)]) -> Option<PanelWarning> {
    let starts = bounds.iter().map(|(row, bound)| (row.method, bound.interval.low));
    let (bound, start) = starts.max_by(|a, b| a.1.total_cmp(&b.1))?;
    let ends = estimates.iter().filter_map(|(row, estimate)| estimate.interval.high.map(|high| (row.method, high)));
    let (estimator, end) = ends.min_by(|a, b| a.1.total_cmp(&b.1))?;
    (end < start).then_some(PanelWarning::BelowBound { estimator, bound })
}

/// Few overlaps, and lists that hold the same people.
fn about_lists(table: &CaptureTable, panel: &Panel) -> Vec<PanelWarning> {
    let people: u64 = panel.frequencies.iter().skip(1).sum();
    let mut found = Vec::new();
    if people < FEW_OVERLAPS {
        found.push(PanelWarning::FewOverlaps { people });
    }
    for pair in table.pairs() {
        let mut members = table.members(pair);
        if let (Some((first, first_name)), Some((second, second_name))) = (members.next(), members.next()) {
            let both = table.overlap(pair);
            if both == table.list_size(first) && both == table.list_size(second) {
                found.push(PanelWarning::SameLists { first: first_name.to_owned(), second: second_name.to_owned() });
            }
        }
    }
    found
}

/// The search is unsettled if the model of the table is selected in fewer than half of the resamples that have one.
fn unsettled(panel: &Panel) -> Option<PanelWarning> {
    let bootstrap = panel.bootstrap.as_ref()?;
    let own = panel.rows.iter().find(|row| row.method == Method::Stepwise)?.model.as_ref()?;
    let share = bootstrap.selected.iter().find(|one| one.model == *own).map_or(0.0, |one| one.share);
    (share < SETTLED).then_some(PanelWarning::UnsettledModel { share })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::{LatentOptions, MethodOptions, PanelOptions, panel};

    fn found(rows: &[(u16, u64)]) -> Vec<PanelWarning> {
        let table = CaptureTable::new(&["A", "B", "C"], rows).unwrap();
        let latent = LatentOptions { burn_in: 200, samples: 200, thinning: 1, ..LatentOptions::default() };
        let methods = MethodOptions { latent, ..MethodOptions::default() };
        let options = PanelOptions { methods, replicates: Some(20), check: false, ..PanelOptions::default() };
        panel(&table, &options).unwrap().warnings.into_iter().map(|warning| warning.what).collect()
    }

    #[test]
    fn lists_that_agree_bring_no_warning_of_disagreement() {
        let found = found(&[(1, 600), (2, 300), (4, 200), (3, 300), (5, 200), (6, 100), (7, 100)]);
        let disagree = |warning: &PanelWarning| {
            matches!(
                warning,
                PanelWarning::Disjoint { .. } | PanelWarning::FarApart { .. } | PanelWarning::BelowBound { .. }
            )
        };
        assert!(!found.iter().any(disagree), "{found:?}");
    }

    #[test]
    fn lists_that_attract_each_other_do() {
        let found = found(&[(1, 60), (2, 50), (4, 900), (3, 700), (5, 20), (6, 20), (7, 300)]);
        let apart = found.iter().find(|warning| matches!(warning, PanelWarning::Disjoint { .. }));
        let words = apart.unwrap_or_else(|| panic!("{found:?}")).to_string();
        assert!(words.contains("share no size") && words.contains("assumes that"), "{words}");
    }

    #[test]
    fn copies_and_thin_overlaps_are_named() {
        let found = found(&[(4, 50), (3, 5), (7, 1)]);
        assert!(found.contains(&PanelWarning::SameLists { first: "A".into(), second: "B".into() }), "{found:?}");
        assert!(found.contains(&PanelWarning::FewOverlaps { people: 6 }), "{found:?}");
    }
}
