//! Estimators by formula: two lists, and people seen once and twice.

use serde::Serialize;

use super::answer::Answer;
use super::interval::{Estimate, check_level};
use super::refusal::Refusal;
use super::special::real;
use super::table::CaptureTable;

/// Two lists and how many people are on both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TwoLists {
    /// People on the first list.
    pub first: u64,
    /// People on the second.
    pub second: u64,
    /// People on both.
    pub both: u64,
}

impl TwoLists {
    /// Sizes of two lists of a table, counted from zero; a list that the table lacks is empty.
    pub fn of(table: &CaptureTable, first: usize, second: usize) -> Self {
        let lacks = first.max(second) >= table.lists().len();
        let both = if lacks { 0 } else { table.overlap(1 << first | 1 << second) };
        Self { first: table.list_size(first), second: table.list_size(second), both }
    }

    fn observed(self) -> f64 {
        real(self.first) + real(self.second) - real(self.both)
    }

    /// A list is at least as long as its overlap.
    fn check(self) -> Result<(), Refusal> {
        let long_enough = self.both <= self.first.min(self.second);
        let message = || format!("{} people on both of two lists of {} and {}", self.both, self.first, self.second);
        if long_enough { Ok(()) } else { Err(Refusal::BadSetting(message())) }
    }

    /// Lincoln and Petersen: `n1 n2 / m`, with the variance of Sekar and Deming (1949), Journal of the American
    /// Statistical Association 44:101.
    ///
    /// # Errors
    /// [`Refusal::NoOverlap`] where nobody is on both, [`Refusal::BadSetting`] where more are on both than on one.
    ///
    /// ```
    /// use plumb_weigh::count::TwoLists;
    /// let estimate = TwoLists { first: 200, second: 150, both: 30 }.lincoln_petersen(0.95).expect("an overlap");
    /// assert_eq!(estimate.population, 1000.0);
    /// ```
    pub fn lincoln_petersen(self, level: f64) -> Result<Estimate, Refusal> {
        check_level(level)?;
        self.check()?;
        if self.both == 0 {
            return Err(Refusal::NoOverlap { first: "the first list".into(), second: "the second".into() });
        }
        let (n1, n2, m) = (real(self.first), real(self.second), real(self.both));
        let hidden = (n1 - m) * (n2 - m) / m;
        let variance = n1 * n2 * (n1 - m) * (n2 - m) / (m * m * m);
        Estimate::from_hidden("Lincoln-Petersen", self.observed(), hidden, variance, level)
    }

    /// Chapman (1951), University of California Publications in Statistics 1:131: nearly unbiased, and finite without an
    /// overlap; variance of Seber (1970), Biometrics 26:313.
    ///
    /// # Errors
    /// [`Refusal::BadSetting`] where more people are on both than on one.
    pub fn chapman(self, level: f64) -> Result<Estimate, Refusal> {
        check_level(level)?;
        self.check()?;
        let (n1, n2, m) = (real(self.first), real(self.second), real(self.both));
        let population = (n1 + 1.0) * (n2 + 1.0) / (m + 1.0) - 1.0;
        let squared = (m + 1.0) * (m + 1.0);
        let variance = (n1 + 1.0) * (n2 + 1.0) * (n1 - m) * (n2 - m) / (squared * (m + 2.0));
        let observed = self.observed();
        let estimate = Estimate::from_hidden("Chapman", observed, population - observed, variance, level)?;
        if self.both < FEW {
            return Ok(
                estimate.noting("fewer than seven people are on both lists, so the estimate tends to be too low")
            );
        }
        Ok(estimate)
    }
}

/// With fewer people than this on both lists Chapman's estimator is biased (Robson and Regier 1964, Transactions of the
/// American Fisheries Society 93:215).
const FEW: u64 = 7;

/// The Chapman estimate of two lists of a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairEstimate {
    /// The first list.
    pub first: String,
    /// The second list.
    pub second: String,
    /// People on both.
    pub both: u64,
    /// The estimate, or why there is none.
    pub answer: Answer,
}

/// Chapman's estimate for every pair of lists, the other lists left aside.
///
/// Pairs that attract each other give low figures and pairs that avoid each other high ones, so their spread shows how far
/// the lists are from independent. A pair without overlap is refused: its figure would come from the formula alone.
pub fn pairwise(table: &CaptureTable, level: f64) -> Vec<PairEstimate> {
    let names = table.lists();
    let mut found = Vec::new();
    for (first, first_name) in names.iter().enumerate() {
        for (second, second_name) in names.iter().enumerate().skip(first + 1) {
            let sizes = TwoLists::of(table, first, second);
            let apart = || Refusal::NoOverlap { first: first_name.clone(), second: second_name.clone() };
            let estimate = if sizes.both == 0 { Err(apart()) } else { sizes.chapman(level) };
            let (first, second) = (first_name.clone(), second_name.clone());
            found.push(PairEstimate { first, second, both: sizes.both, answer: estimate.into() });
        }
    }
    found
}

/// How many people were seen at all, once, and twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sightings {
    /// People seen at least once.
    pub observed: u64,
    /// People seen exactly once.
    pub once: u64,
    /// People seen exactly twice.
    pub twice: u64,
}

impl Sightings {
    /// The sightings of a table: a list is a sighting.
    pub fn of(table: &CaptureTable) -> Self {
        let seen = table.frequencies();
        let at = |index: usize| seen.get(index).copied().unwrap_or(0);
        Self { observed: table.observed(), once: at(0), twice: at(1) }
    }

    fn check(self, once: bool, twice: bool) -> Result<(f64, f64, f64), Refusal> {
        if self.once.saturating_add(self.twice) > self.observed {
            let message = "more people were seen once or twice than were seen at all";
            return Err(Refusal::BadSetting(message.to_owned()));
        }
        match (once && self.once == 0, twice && self.twice == 0) {
            (true, _) => Err(Refusal::NobodySeen { times: "one" }),
            (_, true) => Err(Refusal::NobodySeen { times: "two" }),
            _ => Ok((real(self.observed), real(self.once), real(self.twice))),
        }
    }

    /// Chao's lower bound: `n + f1² / (2 f2)`, for people who differ in how easily they are seen.
    ///
    /// Chao (1987), Biometrics 43:783, with its variance (equation 11) and log-normal interval (equation 12).
    ///
    /// # Errors
    /// [`Refusal::NobodySeen`] where nobody was seen twice.
    ///
    /// ```
    /// use plumb_weigh::count::Sightings;
    /// let bound = Sightings { observed: 185, once: 172, twice: 11 }.chao(0.95).expect("people seen twice");
    /// assert!((bound.population - 1529.727).abs() < 0.001);
    /// ```
    pub fn chao(self, level: f64) -> Result<Estimate, Refusal> {
        check_level(level)?;
        let (observed, once, twice) = self.check(false, true)?;
        let ratio = once / twice;
        let square = ratio * ratio;
        let variance = twice * (square * square / 4.0 + square * ratio + square / 2.0);
        Estimate::from_hidden("Chao", observed, once * ratio / 2.0, variance, level)
    }

    /// Chao's lower bound corrected for bias: `n + f1 (f1 - 1) / (2 (f2 + 1))`; it stands without people seen twice.
    ///
    /// Chao (1989), Biometrics 45:427; the variances, with and without people seen twice, as in Colwell (`EstimateS` 9 user's
    /// guide, appendix B, equations 8 and 10).
    ///
    /// # Errors
    /// [`Refusal::BadSetting`] where the numbers contradict each other.
    pub fn chao_bias_corrected(self, level: f64) -> Result<Estimate, Refusal> {
        check_level(level)?;
        let (observed, f1, f2) = self.check(false, false)?;
        let hidden = (f1 * (f1 - 1.0) / (2.0 * (f2 + 1.0))).max(0.0);
        let (double, next) = (2.0 * f1 - 1.0, f2 + 1.0);
        let variance = if self.twice > 0 {
            let third = f1 * f1 * f2 * (f1 - 1.0) * (f1 - 1.0) / (4.0 * next * next * next * next);
            hidden + f1 * double * double / (4.0 * next * next) + third
        } else {
            let fourth = f1 * f1 * f1 * f1 / (4.0 * (observed + hidden));
            hidden + f1 * double * double / 4.0 - fourth
        };
        Estimate::from_hidden("Chao, bias-corrected", observed, hidden, variance, level)
    }

    /// Zelterman's estimator: `n / (1 - exp(-2 f2 / f1))`, the Poisson rate taken from people seen once and twice alone.
    ///
    /// Zelterman (1988), Journal of Statistical Planning and Inference 18:225; variance of Böhning (2008), Statistical
    /// Methodology 5:410; log-normal interval.
    ///
    /// # Errors
    /// [`Refusal::NobodySeen`] where nobody was seen once, or nobody twice.
    pub fn zelterman(self, level: f64) -> Result<Estimate, Refusal> {
        check_level(level)?;
        let (observed, once, twice) = self.check(true, true)?;
        let rate = 2.0 * twice / once;
        let seen = -libm::expm1(-rate);
        let unseen = libm::exp(-rate);
        let odds = unseen / (seen * seen);
        let variance = observed * odds * (1.0 + observed * odds * rate * rate * (1.0 / once + 1.0 / twice));
        Estimate::from_hidden("Zelterman", observed, observed * unseen / seen, variance, level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, wanted: f64) {
        assert!((found / wanted - 1.0).abs() < 1e-9, "{found} is not {wanted}");
    }

    #[test]
    fn two_lists() {
        let sizes = TwoLists { first: 200, second: 150, both: 30 };
        near(sizes.lincoln_petersen(0.95).unwrap().population, 1000.0);
        let chapman = sizes.chapman(0.95).unwrap();
        near(chapman.population, 978.064_516_129_032_3);
        let error = chapman.standard_error.unwrap();
        near(error * error, 20_133.988_033_298_647);
        assert!(chapman.notes.is_empty());
    }

    #[test]
    fn lists_that_a_table_lacks_are_empty() {
        let table = CaptureTable::new(&["A", "B"], &[(1, 4), (2, 5), (3, 2)]).unwrap();
        assert_eq!(TwoLists::of(&table, 0, 1), TwoLists { first: 6, second: 7, both: 2 });
        assert_eq!(TwoLists::of(&table, 0, 99), TwoLists { first: 6, second: 0, both: 0 });
    }

    #[test]
    fn two_lists_apart() {
        let sizes = TwoLists { first: 20, second: 15, both: 0 };
        assert!(matches!(sizes.lincoln_petersen(0.95), Err(Refusal::NoOverlap { .. })));
        assert_eq!(sizes.chapman(0.95).unwrap().notes.len(), 1);
        assert!(TwoLists { both: 16, ..sizes }.chapman(0.95).is_err());
    }

    #[test]
    fn new_orleans_by_formula() {
        let eight = Sightings { observed: 185, once: 172, twice: 11 };
        near(eight.chao(0.95).unwrap().population, 1_529.727_272_727_272_7);
        near(eight.chao_bias_corrected(0.95).unwrap().population, 1410.5);
        near(eight.zelterman(0.95).unwrap().population, 1_540.834_998_120_209_8);
        let five = Sightings { observed: 185, once: 173, twice: 10 };
        near(five.chao(0.95).unwrap().population, 1681.45);
        near(five.chao_bias_corrected(0.95).unwrap().population, 1_537.545_454_545_454_5);
        near(five.zelterman(0.95).unwrap().population, 1_694.531_876_729_003_7);
    }

    #[test]
    fn people_seen_once_or_twice_only_where_needed() {
        let never_twice = Sightings { observed: 30, once: 28, twice: 0 };
        assert_eq!(never_twice.chao(0.95).unwrap_err(), Refusal::NobodySeen { times: "two" });
        assert!(never_twice.chao_bias_corrected(0.95).unwrap().population > 30.0);
        let never_once = Sightings { observed: 30, once: 0, twice: 28 };
        assert_eq!(never_once.zelterman(0.95).unwrap_err(), Refusal::NobodySeen { times: "one" });
        near(never_once.chao(0.95).unwrap().population, 30.0);
        assert!(Sightings { observed: 3, once: 28, twice: 0 }.chao(0.95).is_err());
    }
}
