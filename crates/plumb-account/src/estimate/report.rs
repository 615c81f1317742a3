//! What weighing finds, ready to be shown: every figure with how sure, and with what it rests on.

use plumb_core::case::Step;
use plumb_core::case::model::LARGEST;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::unit::Unit;
pub use plumb_weigh::reconcile::{Bin, Driver, Hump, QuantileErrors, Search};
use plumb_weigh::statistics;
use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive as _;
use serde::{Serialize, Serializer};

use super::flow::FlowChart;
use super::world::Question;

/// All estimates of a case.
#[derive(Clone, Debug, Serialize)]
pub struct Estimates {
    /// What the model is of.
    pub title: String,
    /// What a reader should know before believing it.
    pub note: String,
    /// Seed of all draws.
    pub seed: u64,
    /// Draws of the posterior that are kept.
    pub draws: usize,
    /// Each quantity at each place and time, in the order of the model.
    pub quantities: Vec<Estimate>,
    /// Each claim that speaks of a quantity, in the order of the claims.
    pub claims: Vec<Verdict>,
    /// Claims of the same measures that were not used.
    pub unused: Vec<Unused>,
    /// Minimal sets of claims that cannot all be true, the most telling first.
    pub clashes: Vec<Clash>,
    /// How far the search for such sets went; `None` when the model allowed none.
    pub clash_search: Option<Search>,
    /// Whether all claims can be fitted at once.
    pub fit: Option<Fit>,
    /// Origins that are in question together, with the likeliest choices of who is right.
    pub questions: Vec<Question>,
    /// The reported figures under each scenario.
    pub outputs: Vec<Outcome>,
    /// How amounts divide on their way.
    pub flows: Vec<FlowChart>,
    /// The scenarios.
    pub scenarios: Vec<ScenarioWords>,
    /// What a reader must know: what has not settled, what nothing speaks of.
    pub warnings: Vec<String>,
    /// What is wrong with the model that only solving it shows; [`faults`](super::faults) finds the rest.
    #[serde(skip)]
    pub diagnostics: Vec<Diagnostic>,
}

/// A figure with how sure: quantiles of its distribution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// Below it lies one case in twenty.
    pub low: f64,
    /// Below it lies one case in four.
    pub lower: f64,
    /// As many cases below as above.
    pub median: f64,
    /// Above it lies one case in four.
    pub upper: f64,
    /// Above it lies one case in twenty.
    pub high: f64,
    /// The mean.
    pub mean: f64,
}

impl Spread {
    /// The spread of draws; `None` when there are none, or it cannot be written.
    pub fn of(draws: &[f64]) -> Option<Self> {
        if draws.is_empty() || draws.iter().any(|draw| !draw.is_finite()) {
            return None;
        }
        let quantiles = statistics::quantiles(draws, &[0.05, 0.25, 0.5, 0.75, 0.95])?;
        let [low, lower, median, upper, high] = *quantiles.as_slice() else { return None };
        Self { low, lower, median, upper, high, mean: statistics::mean(draws)? }.written()
    }

    /// The spread, unless one of its numbers is too large to be written. Zero is what becomes of one that is too small.
    pub(super) fn written(self) -> Option<Self> {
        let numbers = [self.low, self.lower, self.median, self.upper, self.high, self.mean];
        numbers.iter().all(|number| number.abs() <= LARGEST).then_some(self)
    }
}

/// Parts of a histogram: with some thousand draws each of the fuller ones holds a hundred, known to within a tenth.
const PARTS: u32 = 40;

/// Draws above zero as parts over equal factors; none where a draw is not, or all are the same.
pub(super) fn histogram(draws: &[f64]) -> Vec<Bin> {
    let (least, most) =
        draws.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), draw| (low.min(*draw), high.max(*draw)));
    if !(least > 0.0 && most > least && most <= LARGEST) {
        return Vec::new();
    }
    let (start, step) = (libm::log(least), libm::log(most / least) / f64::from(PARTS));
    let edge = |part: u32| libm::exp(start + step * f64::from(part));
    let mut sorted = draws.to_vec();
    sorted.sort_by(f64::total_cmp);
    let below = |edge: f64| sorted.partition_point(|draw| *draw < edge);
    let mut from = 0;
    let bin = |part: u32| {
        let to = if part + 1 == PARTS { sorted.len() } else { below(edge(part + 1)) };
        let count = u32::try_from(to.saturating_sub(from)).unwrap_or(u32::MAX);
        from = to;
        let all = u32::try_from(sorted.len()).unwrap_or(u32::MAX);
        Bin { low: edge(part), high: edge(part + 1), probability: f64::from(count) / f64::from(all) }
    };
    (0..PARTS).map(bin).collect()
}

/// Why an estimate beyond [`LARGEST`] is unknown.
pub(super) const TOO_LARGE: &str = "it is larger than can be written";

/// How many digits of an estimate are worth writing: three tell 24,300 from 24,800; nothing here is surer.
const DIGITS: u32 = 3;

/// An estimate as a decimal of as many digits as are worth writing; zero when it is no number.
pub fn rounded(value: f64, digits: u32) -> Decimal {
    let decimal = Decimal::from_f64(value).unwrap_or_default();
    decimal.round_sf(digits).unwrap_or(decimal).normalize()
}

/// Its two ends in words: `24,000–37,000`.
pub fn interval_words(spread: &Spread, unit: &Unit, with_unit: bool) -> String {
    ends_words(spread.low, spread.high, unit, with_unit)
}

/// Two ends in words.
pub(super) fn ends_words(low: f64, high: f64, unit: &Unit, with_unit: bool) -> String {
    let [low, high] = [low, high].map(|end| Some(rounded(end, DIGITS - 1)));
    plumb_core::figure::interval(low, high, unit, with_unit)
}

/// Its middle in words: `30,100 persons`.
pub fn middle_words(spread: &Spread, unit: &Unit, with_unit: bool) -> String {
    number_words(spread.median, unit, with_unit)
}

/// A number of a unit in words, to as many digits as are worth writing.
pub fn number_words(value: f64, unit: &Unit, with_unit: bool) -> String {
    let value = Some(rounded(value, DIGITS));
    plumb_core::figure::interval(value, value, unit, with_unit)
}

/// A change in words, its sign before everything else: `−$345 m a year`, `+13,100 persons`.
pub fn change_words(value: f64, unit: &Unit, with_unit: bool) -> String {
    let sign = if value < 0.0 { "−" } else { "+" };
    format!("{sign}{}", number_words(value.abs(), unit, with_unit))
}

/// A histogram as its two ends and the parts between, over equal factors (of a share: equal steps of the logit); a hundred thousand
/// numbers of sixteen digits would say no more.
fn parts_between<S: Serializer>(bins: &[Bin], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Parts {
        low: f64,
        high: f64,
        probabilities: Vec<f64>,
    }
    let (Some(first), Some(last)) = (bins.first(), bins.last()) else { return serializer.serialize_none() };
    // a millionth is finer than any number of draws can tell
    let probabilities = bins.iter().map(|bin| libm::round(bin.probability * 1e6) / 1e6).collect();
    Parts { low: first.low, high: last.high, probabilities }.serialize(serializer)
}

fn unit_text<S: Serializer>(unit: &Unit, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(unit.as_str())
}

/// The estimate of a quantity at a place and time.
#[derive(Clone, Debug, Serialize)]
pub struct Estimate {
    /// Its name: `workers[RU,2017]`.
    pub name: String,
    /// The quantity of the model: `workers`.
    pub quantity: String,
    /// Its name for readers.
    pub label: String,
    /// Code of the place, where it runs over places.
    pub place: Option<String>,
    /// The step of time, where it runs over time: in JSON a year as a number under this name, any other step as text.
    #[serde(rename = "year")]
    pub at: Option<Step>,
    /// Its unit.
    #[serde(serialize_with = "unit_text")]
    pub unit: Unit,
    /// The estimate; `None` when nothing is known.
    pub spread: Option<Spread>,
    /// Monte-Carlo standard errors of its ends and its middle: by so much they may differ under another seed. `None` where nothing was
    /// sampled.
    pub errors: Option<QuantileErrors>,
    /// Why nothing is known, in words that can follow "unknown: ".
    pub unknown: Option<String>,
    /// Parts of the distribution over equal steps of the logarithm, from low to high; empty when nothing is known.
    #[serde(serialize_with = "parts_between")]
    pub histogram: Vec<Bin>,
    /// Where the distribution has its humps; more than one when claims pull it to several places.
    pub humps: Vec<Hump>,
    /// Ids of the claims that speak of it directly.
    pub claims: Vec<String>,
    /// The origins that move it most, the strongest first.
    pub drivers: Vec<Driver>,
    /// How it is computed from others, where it is; as text of the model.
    pub computed: Option<String>,
}

/// What became of a claim.
#[derive(Clone, Debug, Serialize)]
pub struct Verdict {
    /// Id of the claim.
    pub claim: String,
    /// What it speaks of, in names of the model.
    pub about: String,
    /// Its origin.
    pub origin: String,
    /// How probable it was that the origin is right, by its grade.
    pub before: f64,
    /// How probable it is after all claims were held against one another; `None` when it takes no part.
    pub after: Option<f64>,
    /// The Monte-Carlo standard error of that: by so much it may differ under another seed. `None` where nothing was sampled.
    pub after_error: Option<f64>,
    /// By how many standard deviations it lies above (below: negative) what all others predict; `None` when they say nothing.
    pub tension: Option<f64>,
}

/// A claim that was not used.
#[derive(Clone, Debug, Serialize)]
pub struct Unused {
    /// Id of the claim.
    pub claim: String,
    /// Why.
    pub reason: String,
}

/// Claims that cannot all be true, while any of them can be left out to remove the contradiction.
#[derive(Clone, Debug, Serialize)]
pub struct Clash {
    /// Ids of the claims.
    pub claims: Vec<String>,
    /// Whether they speak of different things that identities tie together; else they are rivals for one figure.
    pub across: bool,
    /// By what factor one of them would have to change at least for the set to be possible.
    pub factor: f64,
    /// For each claim what the others need it to say.
    pub needs: Vec<Need>,
    /// The equations of the model that lead from one claim to the next, as the model writes them; none where all are about one quantity.
    pub ties: Vec<String>,
}

/// What a claim would have to say for the others to be true.
#[derive(Clone, Debug, Serialize)]
pub struct Need {
    /// Id of the claim.
    pub claim: String,
    /// What it speaks of, in names of the model.
    pub about: String,
    /// The unit of the numbers.
    #[serde(serialize_with = "unit_text")]
    pub unit: Unit,
    /// The least and most that the others leave to it; `None` is an open end.
    pub needed: (Option<f64>, Option<f64>),
    /// The same when all undisputed claims hold as well.
    pub in_context: (Option<f64>, Option<f64>),
}

/// Whether all claims can be fitted at once.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Fit {
    /// Sum of the squared residuals in standard deviations.
    pub chi_square: f64,
    /// Degrees of freedom.
    pub degrees: usize,
    /// Probability of a chi-square as large if all claims were right.
    pub p_value: Option<f64>,
}

/// A reported figure under each scenario.
#[derive(Clone, Debug, Serialize)]
pub struct Outcome {
    /// Its name in the model.
    pub id: String,
    /// The step of time, for a figure that is reported for each.
    #[serde(rename = "year")]
    pub at: Option<Step>,
    /// The quantity that it is, where it is just one: `workers[RU,2017]`.
    pub of: Option<String>,
    /// How it is computed, as text of the model.
    pub value: String,
    /// The quantities that stand in it.
    pub made_of: Vec<String>,
    /// What it is.
    pub label: String,
    /// What a reader should know.
    pub note: String,
    /// Its unit.
    #[serde(serialize_with = "unit_text")]
    pub unit: Unit,
    /// As the claims have it.
    pub base: Option<Spread>,
    /// Why it is unknown, or left out of some draws.
    pub unknown: Option<String>,
    /// Parts of its distribution over equal steps of the logarithm, from low to high; empty when it can be zero or nothing is known.
    #[serde(serialize_with = "parts_between")]
    pub histogram: Vec<Bin>,
    /// Under each scenario.
    pub scenarios: Vec<UnderScenario>,
    /// Quantities that it correlates with most, by rank, the strongest first.
    pub drivers: Vec<Sensitivity>,
}

/// A figure under a scenario.
#[derive(Clone, Debug, Serialize)]
pub struct UnderScenario {
    /// The scenario.
    pub scenario: String,
    /// The figure.
    pub spread: Option<Spread>,
    /// Why it is unknown, or left out of some draws.
    pub unknown: Option<String>,
    /// By how much it differs from the base, draw by draw.
    pub difference: Option<Spread>,
}

/// How an output depends on a quantity.
#[derive(Clone, Debug, Serialize)]
pub struct Sensitivity {
    /// Name of the quantity.
    pub quantity: String,
    /// Spearman's rank correlation.
    pub correlation: f64,
    /// Mean of the output where the quantity is in its lowest tenth, and in its highest.
    pub swing: (f64, f64),
}

/// A scenario in words.
#[derive(Clone, Debug, Serialize)]
pub struct ScenarioWords {
    /// Its name in the model.
    pub id: String,
    /// What it is.
    pub label: String,
    /// What it assumes.
    pub note: String,
}
