//! The panel: every estimator that applies to a table, side by side, with what each assumes and where they disagree.
//!
//! Never one number. A single selected model hides how much hangs on its selection (Whitehead and others 2021, Feminist
//! Criminology 16:3; Binette and Steorts 2022), so the panel shows all, refuses what cannot be told, says why, and warns.

use serde::Serialize;

use super::answer::Answer;
use super::asked::{Asked, asked};
use super::bootstrap::{Bootstrap, BootstrapOptions, bootstrap};
use super::check::{CheckSummary, ListCheck, check, summary};
use super::formulas::{PairEstimate, pairwise};
use super::heterogeneity::{ClosedModel, Shape};
use super::interval::{Interval, check_level};
use super::latent::LatentOptions;
use super::method::{ALL_ASSUME, Kind, Method, MethodOptions, run};
use super::model::Model;
use super::profile::profile;
use super::refusal::Refusal;
use super::stepwise::choose;
use super::table::CaptureTable;
use super::warning::{Warning, warnings};

/// Settings of the panel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PanelOptions {
    /// Settings of the methods.
    pub methods: MethodOptions,
    /// Resamples of the bootstrap that selects the model anew; none leaves it out.
    pub replicates: Option<usize>,
    /// Whether to run the check on people whose number is known.
    pub check: bool,
    /// Seed of the bootstrap and the sampler.
    pub seed: u64,
    /// Models to fit beside the estimators, by name; see [`asked()`].
    pub models: Vec<String>,
}

impl Default for PanelOptions {
    fn default() -> Self {
        Self { methods: MethodOptions::default(), replicates: Some(500), check: true, seed: 1, models: Vec::new() }
    }
}

/// One estimator's line in the panel.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// The estimator.
    pub method: Method,
    /// What it is called.
    pub name: &'static str,
    /// Whether it estimates or bounds.
    pub kind: Kind,
    /// What it assumes beyond what all assume.
    pub assumes: &'static str,
    /// Its answer.
    pub answer: Answer,
    /// Intervals by other means: profile likelihood, bootstrap.
    pub further: Vec<Interval>,
    /// The model that was fitted, where there is a choice.
    pub model: Option<String>,
    /// Akaike's criterion; compare only rows that have one, on one table.
    pub aic: Option<f64>,
    /// Schwarz's criterion.
    pub bic: Option<f64>,
}

/// Every estimator that applies to a table, side by side.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Panel {
    /// The lists with how many people are on each.
    pub lists: Vec<(String, u64)>,
    /// People on at least one list.
    pub observed: u64,
    /// People on exactly 1, 2, … lists.
    pub frequencies: Vec<u64>,
    /// What every estimator takes for granted.
    pub all_assume: &'static str,
    /// The estimators, from simple to elaborate.
    pub rows: Vec<Row>,
    /// Models that were asked for by name.
    pub asked: Vec<Asked>,
    /// Chapman's estimate for every pair of lists.
    pub pairs: Vec<PairEstimate>,
    /// The bootstrap that selects the model anew, with the models it selected.
    pub bootstrap: Option<Bootstrap>,
    /// The check on people whose number is known, list by list.
    pub checks: Vec<ListCheck>,
    /// The check by estimator.
    pub check_summary: Vec<CheckSummary>,
    /// What a reader must know before using any of the figures.
    pub warnings: Vec<Warning>,
}

/// Runs the panel.
///
/// # Errors
/// [`Refusal::BadSetting`] and [`Refusal::UnknownModel`] only; an estimator that does not apply is a row with its reason.
///
/// ```
/// use plumb_weigh::count::{CaptureTable, PanelOptions, panel};
/// let table = CaptureTable::parse("A,B,count\n1,0,170\n0,1,120\n1,1,30\n").expect("a good table");
/// let panel = panel(&table, &PanelOptions::default()).expect("good settings");
/// assert_eq!(panel.rows[0].name, "Lincoln-Petersen");
/// assert!(panel.rows.iter().all(|row| row.answer.estimate().is_some()));
/// ```
pub fn panel(table: &CaptureTable, options: &PanelOptions) -> Result<Panel, Refusal> {
    let level = options.methods.level;
    check_level(level)?;
    let asked = asked(table, &options.models, level)?;
    let latent = LatentOptions { seed: options.seed, ..options.methods.latent };
    let methods = MethodOptions { latent, ..options.methods };
    let bootstrap = resample(table, options)?;
    let kinds = Method::of_panel(table.lists().len());
    let rows = crate::parallel::map(&kinds, |method| row(*method, table, &methods, bootstrap.as_ref()));
    let checks = if options.check { check(table, &quick(&methods)) } else { Vec::new() };
    let mut panel = Panel {
        lists: table.lists().iter().enumerate().map(|(index, name)| (name.clone(), table.list_size(index))).collect(),
        observed: table.observed(),
        frequencies: table.frequencies(),
        all_assume: ALL_ASSUME,
        rows: rows.into_iter().collect::<Result<_, _>>()?,
        asked,
        pairs: pairwise(table, level),
        bootstrap,
        check_summary: summary(&checks),
        checks,
        warnings: Vec::new(),
    };
    panel.warnings = warnings(table, &panel);
    Ok(panel)
}

/// One row; an error only where a setting is at fault.
fn row(
    method: Method,
    table: &CaptureTable,
    options: &MethodOptions,
    bootstrap: Option<&Bootstrap>,
) -> Result<Row, Refusal> {
    let found = match run(method, table, options) {
        Err(Refusal::BadSetting(message)) => return Err(Refusal::BadSetting(message)),
        found => found,
    };
    let further = if found.is_ok() { further(method, table, options, bootstrap) } else { Vec::new() };
    let (model, criteria) = found.as_ref().map_or((None, None), |found| (found.model.clone(), found.criteria));
    Ok(Row {
        method,
        name: method.name(),
        kind: method.kind(),
        assumes: method.assumes(),
        answer: found.map(|found| found.estimate).into(),
        further,
        model,
        aic: criteria.map(|(aic, _)| aic),
        bic: criteria.map(|(_, bic)| bic),
    })
}

/// The intervals of a log-linear row by other means.
fn further(
    method: Method,
    table: &CaptureTable,
    options: &MethodOptions,
    bootstrap: Option<&Bootstrap>,
) -> Vec<Interval> {
    let model = match method {
        Method::Independence => Some(Model::independence(table)),
        Method::AllPairs => Some(Model::all_pairs(table)),
        Method::PeopleDiffer => ClosedModel::BothDiffer(Shape::Darroch).loglinear(table),
        Method::Stepwise => choose(table, options.threshold).ok().map(|chosen| chosen.model),
        _ => None,
    };
    let profile = model.and_then(|model| profile(table, &model, options.level).ok()).map(|profile| profile.interval);
    // with two lists the search has nothing to choose, and its bootstrap is that of independence
    let searched = method == Method::Stepwise || (method == Method::Independence && table.lists().len() == 2);
    profile.into_iter().chain(bootstrap.filter(|_| searched).map(|bootstrap| bootstrap.interval)).collect()
}

/// The bootstrap, where it is wanted and the table allows it.
fn resample(table: &CaptureTable, options: &PanelOptions) -> Result<Option<Bootstrap>, Refusal> {
    let Some(replicates) = options.replicates else { return Ok(None) };
    let settings = BootstrapOptions { replicates, threshold: options.methods.threshold, seed: options.seed };
    match bootstrap(table, &settings, options.methods.level) {
        Ok(found) => Ok(Some(found)),
        Err(Refusal::BadSetting(message)) => Err(Refusal::BadSetting(message)),
        Err(_) => Ok(None),
    }
}

/// Settings for the check, which runs every method on every list: the sampler takes a sixth of the sweeps.
fn quick(options: &MethodOptions) -> MethodOptions {
    let latent = LatentOptions { burn_in: 500, samples: 1_000, thinning: 3, ..options.latent };
    MethodOptions { latent, ..*options }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quick_options() -> PanelOptions {
        let latent = LatentOptions { burn_in: 50, samples: 100, thinning: 1, ..LatentOptions::default() };
        let methods = MethodOptions { latent, ..MethodOptions::default() };
        PanelOptions { methods, replicates: Some(20), check: false, seed: 3, ..PanelOptions::default() }
    }

    #[test]
    fn every_method_has_its_row() {
        let rows = [(1, 60), (2, 49), (4, 47), (3, 14), (5, 11), (6, 4), (7, 2)];
        let table = CaptureTable::new(&["A", "B", "C"], &rows).unwrap();
        let found = panel(&table, &quick_options()).unwrap();
        assert_eq!(found.rows.len(), Method::of_panel(3).len());
        let stepwise = found.rows.iter().find(|row| row.method == Method::Stepwise).unwrap();
        assert_eq!(stepwise.further.len(), 2);
        assert!(stepwise.aic.is_some() && stepwise.model.is_some());
        assert_eq!(panel(&table, &quick_options()).unwrap(), found);
        assert_eq!(found.pairs.len(), 3);
        let json = serde_json::to_string(&found).unwrap();
        assert!(json.contains("\"answer\":\"estimated\"") && !json.contains("null,null"), "{json}");
    }

    #[test]
    fn refusals_are_rows_and_bad_settings_errors() {
        let table = CaptureTable::new(&["A", "B", "C"], &[(1, 40), (2, 30), (4, 20), (3, 6)]).unwrap();
        let found = panel(&table, &quick_options()).unwrap();
        let all = found.rows.iter().find(|row| row.method == Method::AllPairs).unwrap();
        assert!(matches!(&all.answer, Answer::Refused { reason, .. } if reason.contains("not identifiable")));
        let methods = MethodOptions { threshold: -1.0, ..quick_options().methods };
        assert!(panel(&table, &PanelOptions { methods, ..quick_options() }).is_err());
        assert!(panel(&table, &PanelOptions { replicates: Some(0), ..quick_options() }).is_err());
    }
}
