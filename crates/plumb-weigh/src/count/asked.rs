//! Models that a reader asks for by name, such as the one that a published study selected.

use serde::Serialize;

use super::answer::Answer;
use super::heterogeneity::{ClosedModel, closed};
use super::interval::Interval;
use super::loglinear::fit;
use super::model::Model;
use super::profile::profile;
use super::refusal::Refusal;
use super::table::CaptureTable;

/// A model that was asked for, fitted or refused.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Asked {
    /// The model, as it was asked for.
    pub model: String,
    /// Its estimate, or why there is none.
    pub answer: Answer,
    /// The interval by profile likelihood, where there is one.
    pub profile: Option<Interval>,
    /// How well it fits, where it could be fitted.
    #[serde(flatten)]
    pub quality: Option<Quality>,
}

/// How well a model fits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quality {
    /// Twice the shortfall of the log-likelihood against a model that fits every history.
    pub deviance: f64,
    /// Histories less parameters.
    pub degrees_of_freedom: usize,
    /// Akaike's criterion.
    pub aic: f64,
    /// Schwarz's criterion, with the number of people observed as sample size.
    pub bic: f64,
}

/// Fits the models of these names: `[12,3]` or `clinic:hospital, strips` as [`Model::parse`] reads them, or a name of
/// [`ClosedModel::ALL`]. `level` is the coverage of the intervals.
///
/// # Errors
/// [`Refusal::UnknownModel`] where a name is none, [`Refusal::BadSetting`] where the level is no probability. A model that
/// cannot be fitted is an answer with its reason.
///
/// ```
/// use plumb_weigh::count::{CaptureTable, asked};
/// let table = CaptureTable::parse("A,B,C,count\n1,0,0,20\n0,1,0,30\n0,0,1,25\n1,1,0,9\n1,0,1,5\n0,1,1,7\n1,1,1,3\n").expect("a table");
/// let found = asked(&table, &["A:B, C", "M0"], 0.95)?;
/// assert!(found.iter().all(|one| one.answer.estimate().is_some()));
/// # Ok::<(), plumb_weigh::count::Refusal>(())
/// ```
pub fn asked<N: AsRef<str>>(table: &CaptureTable, models: &[N], level: f64) -> Result<Vec<Asked>, Refusal> {
    models.iter().map(|model| one(table, model.as_ref(), level)).collect()
}

fn one(table: &CaptureTable, name: &str, level: f64) -> Result<Asked, Refusal> {
    let quality = |deviance, degrees_of_freedom, aic, bic| Quality { deviance, degrees_of_freedom, aic, bic };
    let known = ClosedModel::ALL.iter().find(|(_, known)| known.eq_ignore_ascii_case(name.trim()));
    let (found, model) = match known {
        Some((model, _)) => {
            let found = closed(table, *model, level)
                .map(|fit| (fit.estimate, quality(fit.deviance, fit.degrees_of_freedom, fit.aic, fit.bic)));
            (found, model.loglinear(table))
        }
        None => {
            let model = Model::parse(table, name)?;
            let found = fit(table, &model, level)
                .map(|fit| (fit.estimate, quality(fit.deviance, fit.degrees_of_freedom, fit.aic, fit.bic)));
            (found, Some(model))
        }
    };
    if let Err(Refusal::BadSetting(message)) = found {
        return Err(Refusal::BadSetting(message));
    }
    let quality = found.as_ref().ok().map(|(_, quality)| *quality);
    let fitted = model.filter(|_| quality.is_some());
    let profile = fitted.and_then(|model| profile(table, &model, level).ok()).map(|profile| profile.interval);
    Ok(Asked { model: name.trim().to_owned(), answer: found.map(|(estimate, _)| estimate).into(), profile, quality })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_model_is_called_does_not_matter() {
        let rows = [(1, 60), (2, 49), (4, 47), (3, 14), (5, 11), (6, 4), (7, 2)];
        let table = CaptureTable::new(&["permits", "press", "rescue"], &rows).unwrap();
        let names = ["[12,3]", "permits:press, rescue", "rescue , press : permits", "[permits:press, 3]"];
        let found = asked(&table, &names, 0.95).unwrap();
        assert!(found.iter().all(|one| one.answer == found[0].answer && one.profile.is_some()), "{found:?}");
        for unknown in ["[12]]", "press:nobody", "[14,2]", "", "[]", "M9"] {
            assert_eq!(asked(&table, &[unknown], 0.95).unwrap_err(), Refusal::UnknownModel(unknown.to_owned()));
        }
        assert!(matches!(asked(&table, &["M0"], 2.0), Err(Refusal::BadSetting(_))));
        let refused = asked(&table, &["[123]"], 0.95).unwrap();
        assert!(refused[0].answer.estimate().is_none() && refused[0].quality.is_none(), "{refused:?}");
    }
}
