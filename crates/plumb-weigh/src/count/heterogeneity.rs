//! Closed-population models in which people differ in how easily they are found, or change once found.
//!
//! Otis and others (1978), Wildlife Monographs 62, name the models; Baillargeon and Rivest (2007), Journal of Statistical
//! Software 19(5), fit them as log-linear models on the capture histories, and so do we. `M0`, `Mh` and `Mth` treat lists
//! alike or let them differ; `Mb` and `Mbh` are for rounds of one search in the order of the columns, in which people who
//! were found once become easier or harder to find.

use serde::Serialize;

use super::interval::{Estimate, check_level};
use super::linear::dot;
use super::loglinear::Fitted;
use super::model::{Column, Design, Model, main_effects};
use super::refusal::Refusal;
use super::special::{real, real_length};
use super::table::CaptureTable;

/// How people are taken to differ in how easily they are found. The number of captures `k` gets a term of this shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Lower bound of Chao (1987) whatever the differences: only people seen once and twice tell of the hidden.
    Chao,
    /// `2^k - 1`: a Poisson distribution of ease, moderate differences.
    Poisson,
    /// `k²/2`: a normal distribution of ease; Darroch and others (1993), Journal of the American Statistical Association 88:1137.
    Darroch,
    /// `-ln(3.5 + k) + ln 3.5`: a gamma distribution of ease, strong differences.
    Gamma,
}

/// A closed-population model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClosedModel {
    /// `M0`: all lists and all people alike.
    Alike,
    /// `Mt`: lists differ, people do not; the same as independence.
    ListsDiffer,
    /// `Mh`: people differ, lists do not.
    PeopleDiffer(Shape),
    /// `Mth`: both differ.
    BothDiffer(Shape),
    /// `Mb`: people change once found.
    Behaviour,
    /// `Mbh`: people change once found, and differ.
    BehaviourAndPeople,
}

impl ClosedModel {
    /// All of them, in the order in which Rcapture lists them, with its names.
    pub const ALL: [(Self, &'static str); 12] = [
        (Self::Alike, "M0"),
        (Self::ListsDiffer, "Mt"),
        (Self::PeopleDiffer(Shape::Chao), "Mh Chao (LB)"),
        (Self::PeopleDiffer(Shape::Poisson), "Mh Poisson2"),
        (Self::PeopleDiffer(Shape::Darroch), "Mh Darroch"),
        (Self::PeopleDiffer(Shape::Gamma), "Mh Gamma3.5"),
        (Self::BothDiffer(Shape::Chao), "Mth Chao (LB)"),
        (Self::BothDiffer(Shape::Poisson), "Mth Poisson2"),
        (Self::BothDiffer(Shape::Darroch), "Mth Darroch"),
        (Self::BothDiffer(Shape::Gamma), "Mth Gamma3.5"),
        (Self::Behaviour, "Mb"),
        (Self::BehaviourAndPeople, "Mbh"),
    ];

    /// The name that the field uses.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(model, _)| *model == self).map_or("", |(_, name)| name)
    }

    /// The model as log-linear columns, for [`super::profile()`]. None for Chao's shape, whose terms depend on how they come
    /// out, and for models of behaviour, whose hidden number is more than the intercept.
    pub fn loglinear(self, table: &CaptureTable) -> Option<Model> {
        let fixed = !matches!(self, Self::PeopleDiffer(Shape::Chao) | Self::BothDiffer(Shape::Chao));
        let columns = self.base(table).into_iter().chain(self.shape(table.lists().len()));
        (fixed && !matches!(self, Self::Behaviour | Self::BehaviourAndPeople))
            .then(|| Model::of(self.name(), columns.collect()))
    }

    /// Columns before those of the shape, without the intercept.
    fn base(self, table: &CaptureTable) -> Vec<Column> {
        match self {
            Self::Alike | Self::PeopleDiffer(_) => vec![Column::Captures],
            Self::ListsDiffer | Self::BothDiffer(_) => main_effects(table),
            Self::Behaviour => vec![Column::RoundsBefore, Column::Recaptures],
            Self::BehaviourAndPeople => vec![Column::NotFirst, Column::RoundsBefore, Column::Recaptures],
        }
    }

    /// Columns of the shape.
    fn shape(self, lists: usize) -> Vec<Column> {
        let (Self::PeopleDiffer(shape) | Self::BothDiffer(shape)) = self else { return Vec::new() };
        match shape {
            Shape::Chao => (3..=lists).filter_map(|j| u32::try_from(j).ok()).map(Column::Beyond).collect(),
            Shape::Poisson => vec![Column::Poisson],
            Shape::Darroch => vec![Column::Darroch],
            Shape::Gamma => vec![Column::Gamma],
        }
    }
}

/// A closed-population model fitted to a capture table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClosedFit {
    /// The model.
    pub model: ClosedModel,
    /// The population, with a log-normal interval.
    pub estimate: Estimate,
    /// Twice the shortfall of the log-likelihood against a model that fits every history.
    pub deviance: f64,
    /// Histories less parameters.
    pub degrees_of_freedom: usize,
    /// Akaike's criterion.
    pub aic: f64,
    /// Schwarz's criterion, with the number of people observed as sample size.
    pub bic: f64,
    /// The coefficient of the shape, where it has a single one. People differ as the shape says only if it is above zero.
    pub spread: Option<f64>,
    /// For `Mbh` the standard error that Rcapture 1.4-4 prints, to compare with; else none. Its slope in the last parameter
    /// lacks a factor (see `behaviour_and_people`), so it differs from the standard error of the estimate, which stands.
    pub rcapture_standard_error: Option<f64>,
}

/// Fits a closed-population model.
///
/// # Errors
/// A [`Refusal`] where it cannot be fitted: too few lists, no maximum, or no population that fits.
pub fn closed(table: &CaptureTable, model: ClosedModel, level: f64) -> Result<ClosedFit, Refusal> {
    check_level(level)?;
    let lists = table.lists().len();
    let differ = matches!(model, ClosedModel::PeopleDiffer(_) | ClosedModel::BothDiffer(_));
    if lists < 3 && (differ || model == ClosedModel::BehaviourAndPeople) {
        let needs = "at least three lists".to_owned();
        return Err(Refusal::WrongNumberOfLists { method: model.name().to_owned(), needs, found: lists });
    }
    let fitted = match model {
        ClosedModel::PeopleDiffer(Shape::Chao) | ClosedModel::BothDiffer(Shape::Chao) => chao(table, model)?,
        _ => {
            let columns = model.base(table).into_iter().chain(model.shape(lists)).collect();
            Fitted::new(table, &Model::of(model.name(), columns))?
        }
    };
    Ok(ClosedFit {
        model,
        estimate: estimate(table, model, &fitted, level)?,
        deviance: fitted.fit.deviance,
        degrees_of_freedom: fitted.degrees_of_freedom(),
        aic: fitted.aic(),
        bic: fitted.bic(real(table.observed())),
        spread: spread(model, &fitted),
        rcapture_standard_error: rcapture_error(table, model, &fitted),
    })
}

/// A coefficient below this is no spread: a fit cannot tell it from zero, and rounding must not choose which model it is.
const NO_SPREAD: f64 = 1e-8;

/// Chao's model: terms of its shape that do not come out positive are zero in truth, and are taken out one by one.
///
/// Rivest and Baillargeon (2007), Biometrics 63:999. A term may run to minus infinity before it is taken out, so only the
/// last fit has to have a maximum.
fn chao(table: &CaptureTable, model: ClosedModel) -> Result<Fitted, Refusal> {
    let base = model.base(table);
    let mut shape = model.shape(table.lists().len());
    loop {
        let columns: Vec<Column> = base.iter().chain(&shape).copied().collect();
        let loglinear = Model::of(model.name(), columns);
        let design = Design::new(table, &loglinear);
        let finite = super::loglinear::check(&design, &loglinear);
        let first = design.columns.len() - shape.len();
        let fitted = Fitted::unchecked(design, &loglinear);
        let negative = match &fitted {
            Ok(fitted) => fitted.fit.coefficients.iter().skip(first).position(|eta| *eta < NO_SPREAD),
            // nobody was captured that often: the last term has nothing to hold it
            Err(_) => shape.len().checked_sub(1),
        };
        match negative {
            Some(index) if index < shape.len() => drop(shape.remove(index)),
            _ => return finite.and(fitted),
        }
    }
}

/// The population that a fit speaks of.
fn estimate(table: &CaptureTable, model: ClosedModel, fitted: &Fitted, level: f64) -> Result<Estimate, Refusal> {
    let slopes = match model {
        ClosedModel::Behaviour => behaviour_only(table, fitted),
        ClosedModel::BehaviourAndPeople => behaviour_and_people(table, fitted),
        _ => return fitted.estimate(table, &Model::of(model.name(), Vec::new()), level),
    };
    let slopes = slopes.ok_or_else(|| Refusal::NoDepletion { model: model.name().to_owned() })?;
    let observed = real(table.observed());
    let hidden = slopes.population - observed;
    Estimate::from_hidden(model.name(), observed, hidden, slopes.variance(fitted, &slopes.own), level)
}

/// The coefficient of a shape with a single one: it comes last.
fn spread(model: ClosedModel, fitted: &Fitted) -> Option<f64> {
    let shaped = matches!(model, ClosedModel::PeopleDiffer(_) | ClosedModel::BothDiffer(_));
    let single = model != ClosedModel::PeopleDiffer(Shape::Chao) && model != ClosedModel::BothDiffer(Shape::Chao);
    fitted.fit.coefficients.last().copied().filter(|_| shaped && single)
}

/// The standard error of `Mbh` as Rcapture has it.
fn rcapture_error(table: &CaptureTable, model: ClosedModel, fitted: &Fitted) -> Option<f64> {
    let slopes = behaviour_and_people(table, fitted).filter(|_| model == ClosedModel::BehaviourAndPeople)?;
    let variance = slopes.variance(fitted, &slopes.rcapture);
    (variance.is_finite() && variance >= 0.0).then(|| variance.sqrt())
}

/// A population and its slope in each parameter, by ours and by Rcapture's formulas.
struct Slopes {
    population: f64,
    own: Vec<f64>,
    rcapture: Vec<f64>,
}

impl Slopes {
    /// Variance of the population: that of a Poisson total less the total itself (Rivest and Lévesque 2001, Canadian
    /// Journal of Statistics 29:555).
    fn variance(&self, fitted: &Fitted, slope: &[f64]) -> f64 {
        dot(slope, &fitted.fit.solve(slope)) - self.population
    }
}

/// `Mb`: with `p` the chance of a first capture in a round and `c` that of another, the parameters are
/// `ln(N p (1-c)^(t-1))`, `ln((1-p)/(1-c))` and `ln(c/(1-c))`, which solve for `N`.
fn behaviour_only(table: &CaptureTable, fitted: &Fitted) -> Option<Slopes> {
    let [intercept, before, again] = fitted.fit.coefficients.as_slice() else { return None };
    let rounds = real_length(table.lists().len());
    let (first, odds) = (libm::exp(*before), libm::exp(*again));
    let found = 1.0 + odds - first;
    if found <= 0.0 {
        return None;
    }
    let population = libm::exp(intercept + rounds * libm::log1p(odds)) / found;
    let slope = [1.0, first / found, rounds * odds / (1.0 + odds) - odds / found];
    let own: Vec<f64> = slope.iter().map(|entry| entry * population).collect();
    Some(Slopes { population, rcapture: own.clone(), own })
}

/// `Mbh`: as `Mb`, the first round standing apart: `N = s (1 + r)` with `s` for those found in it and `r` for the rest.
fn behaviour_and_people(table: &CaptureTable, fitted: &Fitted) -> Option<Slopes> {
    let [intercept, later, before, again] = fitted.fit.coefficients.as_slice() else { return None };
    let rounds = real_length(table.lists().len()) - 1.0;
    let (first, odds) = (libm::exp(*before), libm::exp(*again));
    let found = 1.0 + odds - first;
    if found <= 0.0 {
        return None;
    }
    let scale = libm::exp(intercept + rounds * libm::log1p(odds));
    let rest = libm::exp(later + before) / found;
    let share = rounds * odds / (1.0 + odds);
    let slope =
        |last: f64| [1.0 + rest, rest, rest * (1.0 + first / found), last].iter().map(|one| one * scale).collect();
    Some(Slopes {
        population: scale * (1.0 + rest),
        own: slope(share * (1.0 + rest) - rest * odds / found),
        // Rcapture forgets that the power of 1 + odds multiplies the rest too
        rcapture: slope(share - rest * odds / found),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four rounds of a search in which people once found are found again more easily.
    fn rounds() -> CaptureTable {
        let rows = [(1, 60), (2, 40), (4, 26), (8, 18), (3, 20), (5, 22), (6, 17), (7, 9), (12, 12), (9, 18), (10, 15)];
        CaptureTable::new(&["a", "b", "c", "d"], &rows).unwrap()
    }

    #[test]
    fn slopes_are_those_of_the_population() {
        type Population = fn(&CaptureTable, &Fitted) -> Option<Slopes>;
        let table = rounds();
        for (model, population) in [
            (ClosedModel::Behaviour, behaviour_only as Population),
            (ClosedModel::BehaviourAndPeople, behaviour_and_people as Population),
        ] {
            let fitted = Fitted::new(&table, &Model::of(model.name(), model.base(&table))).unwrap();
            let slopes = population(&table, &fitted).unwrap();
            for (index, slope) in slopes.own.iter().enumerate() {
                let mut moved = fitted.clone();
                moved.fit.coefficients[index] += 1e-6;
                let change = (population(&table, &moved).unwrap().population - slopes.population) / 1e-6;
                assert!((change / slope - 1.0).abs() < 1e-4, "{model:?} {index}: {change} is not {slope}");
            }
        }
    }

    #[test]
    fn seber_on_two_rounds() {
        // Seber (1982), The Estimation of Animal Abundance, page 107, as Rcapture's manual fits it
        let table = CaptureTable::new(&["first", "second"], &[(0b11, 167), (0b01, 781), (0b10, 254)]).unwrap();
        for (model, population, error) in [
            (ClosedModel::Alike, 2805.6, 164.1),
            (ClosedModel::ListsDiffer, 2389.9, 130.4),
            (ClosedModel::Behaviour, 1295.0, 17.3),
        ] {
            let found = closed(&table, model, 0.95).unwrap().estimate;
            assert!((found.population - population).abs() < 0.051, "{model:?} {found:?}");
            assert!((found.standard_error.unwrap() - error).abs() < 0.051, "{model:?} {found:?}");
        }
    }

    #[test]
    fn heterogeneity_needs_three_lists() {
        let two = CaptureTable::new(&["a", "b"], &[(1, 4), (2, 5), (3, 2)]).unwrap();
        for (model, _) in ClosedModel::ALL {
            let found = closed(&two, model, 0.95);
            let needs_more = matches!(found, Err(Refusal::WrongNumberOfLists { .. }));
            let simple = matches!(model, ClosedModel::Alike | ClosedModel::ListsDiffer | ClosedModel::Behaviour);
            assert_eq!(needs_more, !simple, "{model:?}: {found:?}");
        }
    }
}
