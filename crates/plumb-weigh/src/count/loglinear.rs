//! Fitting a log-linear model to a capture table: the hidden number is what the intercept says.

use serde::Serialize;

use super::existence::{Existence, judge};
use super::glm::{self, PoissonFit};
use super::interval::{Estimate, Interval, IntervalMethod, NO_BOUND, check_level};
use super::lattice::sum_supersets;
use super::linear::dot;
use super::model::{Column, Design, Model};
use super::refusal::{Drift, Refusal};
use super::special::{real, real_length};
use super::table::{CaptureTable, ListSet};
use crate::statistics::normal_half_width;

/// A log-linear model fitted to a capture table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LoglinearFit {
    /// The model's name.
    pub model: String,
    /// The population: those observed and those hidden, with a log-normal interval.
    pub estimate: Estimate,
    /// Expected number of people on no list, the "dark figure".
    pub hidden: f64,
    /// Standard error of the logarithm of the hidden number.
    pub log_standard_error: f64,
    /// Twice the shortfall of the log-likelihood against a model that fits every history.
    pub deviance: f64,
    /// Histories that can occur under the model, less its finite parameters.
    pub degrees_of_freedom: usize,
    /// Akaike's criterion; terms set to minus infinity count as parameters.
    pub aic: f64,
    /// Schwarz's criterion, with the number of people observed as sample size.
    pub bic: f64,
    /// Asymptotic bias of the hidden number, to be held against the population.
    pub bias: f64,
    /// Terms for pairs and larger sets of lists, such as `A:C`.
    pub terms: Vec<String>,
    /// Terms set to minus infinity, as nobody is on all of their lists.
    pub terms_at_minus_infinity: Vec<String>,
}

/// Fits a model.
///
/// The interval is the observed number plus the hidden number times or divided by `exp(z se)`, with the standard error of
/// the intercept, as SparseMSE gives it. The standard error is that of Rcapture: `sqrt(f + f² var)` for `f` hidden people.
///
/// # Errors
/// A [`Refusal`] where the model has no maximum or more than one, or bounds nothing.
///
/// ```
/// use plumb_weigh::count::{CaptureTable, Model, fit};
/// let table = CaptureTable::parse("A,B,count\n1,0,170\n0,1,120\n1,1,30\n").expect("a good table");
/// let fitted = fit(&table, &Model::independence(&table), 0.95).expect("two lists that overlap");
/// assert!((fitted.estimate.population - 1000.0).abs() < 1e-6);
/// ```
pub fn fit(table: &CaptureTable, model: &Model, level: f64) -> Result<LoglinearFit, Refusal> {
    check_level(level)?;
    Fitted::new(table, model)?.report(table, model, level)
}

/// A design and its fit.
#[derive(Clone, Debug)]
pub(crate) struct Fitted {
    pub(crate) design: Design,
    pub(crate) fit: PoissonFit,
}

impl Fitted {
    /// Checks that the model has one maximum and finds it.
    pub(crate) fn new(table: &CaptureTable, model: &Model) -> Result<Self, Refusal> {
        let design = Design::new(table, model);
        check(&design, model)?;
        Self::unchecked(design, model)
    }

    /// Fits without asking whether there is a maximum.
    pub(crate) fn unchecked(design: Design, model: &Model) -> Result<Self, Refusal> {
        let fit = glm::fit(&design);
        let fit = fit.ok_or_else(|| Refusal::NotConverged { model: model.name().to_owned() })?;
        Ok(Self { design, fit })
    }

    /// Expected number of people on no list: the exponential of the intercept.
    pub(crate) fn hidden(&self) -> f64 {
        libm::exp(self.fit.coefficients.first().copied().unwrap_or(f64::NEG_INFINITY))
    }

    /// Expected number of people on all lists of a set, indexed by set.
    pub(crate) fn expected_overlaps(&self, lists: usize) -> Vec<f64> {
        let mut expected = vec![0.0; 1 << lists];
        for (cell, mean) in self.design.cells.iter().zip(&self.fit.means) {
            if let Some(slot) = expected.get_mut(usize::from(*cell)) {
                *slot = *mean;
            }
        }
        sum_supersets(&mut expected);
        expected
    }

    /// How much the population grows with one more person of a history, under this model.
    pub(crate) fn slope(&self, history: ListSet) -> f64 {
        1.0 + self.hidden() * dot(&self.design.row(history), &self.fit.covariance(0))
    }

    /// Parameters, those at minus infinity included.
    fn parameters(&self) -> f64 {
        real_length(self.design.columns.len() + self.design.empty.len())
    }

    /// Akaike's criterion.
    pub(crate) fn aic(&self) -> f64 {
        2.0 * (self.parameters() - self.fit.log_likelihood)
    }

    /// Schwarz's criterion.
    pub(crate) fn bic(&self, observed: f64) -> f64 {
        self.parameters() * libm::log(observed) - 2.0 * self.fit.log_likelihood
    }

    /// Histories less parameters.
    pub(crate) fn degrees_of_freedom(&self) -> usize {
        self.design.cells.len().saturating_sub(self.design.columns.len())
    }

    /// The asymptotic bias of the hidden number.
    ///
    /// The first-order bias of a Poisson log-linear fit (McCullagh and Nelder 1989, section 15.2), for the exponential of
    /// the intercept, as Rivest and Lévesque (2001), Canadian Journal of Statistics 29:555, use it to warn of estimates
    /// that lean on too few people.
    pub(crate) fn bias(&self) -> f64 {
        let column = self.fit.covariance(0);
        let mut slope = 0.0;
        for (history, mean) in self.design.cells.iter().zip(&self.fit.means) {
            let row = self.design.row(*history);
            let leverage = dot(&row, &self.fit.solve(&row));
            slope += mean * leverage * dot(&row, &column);
        }
        let variance = column.first().copied().unwrap_or(0.0);
        0.5 * self.hidden() * (variance - slope)
    }

    /// The estimate with its interval.
    pub(crate) fn estimate(&self, table: &CaptureTable, model: &Model, level: f64) -> Result<Estimate, Refusal> {
        let (observed, hidden) = (real(table.observed()), self.hidden());
        let variance = self.fit.covariance(0).first().copied().unwrap_or(f64::NAN);
        if !(hidden < NO_BOUND && variance >= 0.0 && variance.is_finite()) {
            return Err(Refusal::NoBound { model: model.name().to_owned() });
        }
        let factor = libm::exp(normal_half_width(level) * variance.sqrt());
        let low = observed + hidden / factor;
        let interval = Interval::new(low, observed + hidden * factor, level, IntervalMethod::LogNormal);
        let standard_error = Some((hidden + hidden * hidden * variance).sqrt());
        let estimate = Estimate { population: observed + hidden, standard_error, interval, notes: Vec::new() };
        Ok(self.with_notes(estimate, table))
    }

    fn with_notes(&self, mut estimate: Estimate, table: &CaptureTable) -> Estimate {
        if !self.design.empty.is_empty() {
            let names: Vec<String> = self.design.empty.iter().map(|lists| table.name_of(*lists)).collect();
            let note =
                format!("nobody is on both lists of {}; these terms are set to minus infinity", names.join(", "));
            estimate.notes.push(note);
        }
        // Rcapture warns at a tenth, and so do we
        if self.bias().abs() > 0.1 * estimate.population {
            estimate.notes.push("the estimate leans on few people: its asymptotic bias is above a tenth".to_owned());
        }
        estimate
    }

    fn report(&self, table: &CaptureTable, model: &Model, level: f64) -> Result<LoglinearFit, Refusal> {
        let estimate = self.estimate(table, model, level)?;
        let variance = self.fit.covariance(0).first().copied().unwrap_or(0.0);
        let terms = self.design.columns.iter().filter_map(|column| match column {
            Column::Term(lists) if lists.count_ones() > 1 => Some(table.name_of(*lists)),
            _ => None,
        });
        Ok(LoglinearFit {
            model: model.name().to_owned(),
            estimate,
            hidden: self.hidden(),
            log_standard_error: variance.max(0.0).sqrt(),
            deviance: self.fit.deviance,
            degrees_of_freedom: self.degrees_of_freedom(),
            aic: self.aic(),
            bic: self.bic(real(table.observed())),
            bias: self.bias(),
            terms: terms.collect(),
            terms_at_minus_infinity: self.design.empty.iter().map(|lists| table.name_of(*lists)).collect(),
        })
    }
}

/// Refuses a model without a maximum, or with more than one.
pub(crate) fn check(design: &Design, model: &Model) -> Result<(), Refusal> {
    let model = model.name().to_owned();
    let parameters = design.columns.len();
    match judge(design) {
        Existence::Unique => Ok(()),
        Existence::NotIdentifiable { rank } => Err(Refusal::NotIdentifiable { model, parameters, rank }),
        Existence::Unbounded { direction } => {
            // the hidden number is the exponential of the intercept, which comes first
            let hidden_number = match direction.first().copied().unwrap_or(0.0) {
                up if up > 1e-9 => Drift::Infinity,
                down if down < -1e-9 => Drift::Zero,
                _ => Drift::Aside,
            };
            Err(Refusal::NoMaximum { model, hidden_number })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artificial() -> CaptureTable {
        CaptureTable::new(&["A", "B", "C"], &[(1, 40), (2, 30), (4, 20), (3, 6)]).unwrap()
    }

    #[test]
    fn the_artificial_table_of_chan_silverman_and_vincent() {
        let table = artificial();
        let all = fit(&table, &Model::all_pairs(&table), 0.95).unwrap_err();
        assert_eq!(all, Refusal::NotIdentifiable { model: "all pairs".into(), parameters: 5, rank: 4 });
        let one = fit(&table, &Model::with_pairs(&table, &[0b011]), 0.95).unwrap_err();
        assert_eq!(one, Refusal::NoMaximum { model: "pairs A:B".into(), hidden_number: Drift::Infinity });
        let two = fit(&table, &Model::with_pairs(&table, &[0b101, 0b110]), 0.95).unwrap();
        assert!((two.hidden - 200.0).abs() < 1e-6, "{two:?}");
        assert_eq!(two.terms_at_minus_infinity, ["A:C", "B:C"]);
        assert!(two.terms.is_empty() && one.to_string().contains("grows without end"));
    }

    #[test]
    fn levels_outside_zero_and_one_are_refused() {
        let table = artificial();
        assert!(matches!(fit(&table, &Model::independence(&table), 1.5), Err(Refusal::BadSetting(_))));
    }
}
