//! Scales: from a number or a day to a place across a drawing, in percent, and the ticks between.

use jiff::civil::Date;
use plumb_core::figure;
use plumb_core::measure;
use plumb_core::unit::Unit;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// What of the width lies before the lowest and behind the highest number: room for discs and open ends.
const MARGIN: (f64, f64) = (1.5, 8.0);

/// A scale of numbers.
#[derive(Clone, Debug)]
pub struct Scale {
    low: Decimal,
    high: Decimal,
    logarithmic: bool,
    unit: Unit,
}

impl Scale {
    /// The scale of these numbers, all in `unit`: from zero where length means amount; by factors of ten where the measure
    /// asks for it and all numbers are positive. Shares up to one always have the whole as their end.
    pub fn of(numbers: impl IntoIterator<Item = Decimal>, unit: &Unit, kind: measure::Scale) -> Self {
        let numbers: Vec<Decimal> = numbers.into_iter().collect();
        let highest = numbers.iter().max().copied().unwrap_or(Decimal::ONE);
        let lowest = numbers.iter().min().copied().unwrap_or(Decimal::ZERO);
        let positive = numbers.iter().filter(|number| **number > Decimal::ZERO).min().copied();
        if let (measure::Scale::Logarithmic, Some(least)) = (kind, positive) {
            return Self { low: power_below(least), high: highest.max(least), logarithmic: true, unit: unit.clone() };
        }
        let whole = unit.dimension().is_empty() && highest <= Decimal::ONE && unit.as_str() == "share";
        let high = if whole { Decimal::ONE } else { highest };
        let low = lowest.min(Decimal::ZERO);
        let high = if high > low { high } else { low + Decimal::ONE };
        Self { low, high, logarithmic: false, unit: unit.clone() }
    }

    /// Whether its steps are factors.
    pub fn is_logarithmic(&self) -> bool {
        self.logarithmic
    }

    /// The unit of its numbers.
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// Where a number stands between the ends, 0 to 1; outside of them at the nearer end.
    pub fn share(&self, number: Decimal) -> f64 {
        let value = |number: Decimal| number.to_f64().unwrap_or_default();
        let place = if self.logarithmic {
            let log = |number: Decimal| libm::log10(value(number.max(self.low)));
            let breadth = log(self.high) - log(self.low);
            if breadth > 0.0 { (log(number) - log(self.low)) / breadth } else { 1.0 }
        } else {
            (value(number) - value(self.low)) / (value(self.high) - value(self.low))
        };
        if place.is_finite() { place.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// Where a number stands, in percent of the width.
    pub fn place(&self, number: Decimal) -> f64 {
        MARGIN.0 + self.share(number) * (100.0 - MARGIN.0 - MARGIN.1)
    }

    /// The numbers to mark, three to six of them, with their labels.
    pub fn ticks(&self) -> Vec<(Decimal, String)> {
        let numbers = if self.logarithmic { self.powers() } else { self.steps() };
        numbers.into_iter().map(|number| (number, self.label(number))).collect()
    }

    /// The ticks whose labels keep apart on the narrowest drawing, powers of ten before the numbers between them.
    pub fn labels(&self) -> Vec<(Decimal, String)> {
        /// Percent of the breadth that a label such as "$200 m" takes on a phone.
        const LABEL: f64 = 16.0;
        let is_power = |number: &Decimal| power_below(number.abs().max(Decimal::new(1, 12))) == number.abs();
        let mut kept: Vec<(Decimal, String)> = Vec::new();
        let ticks = self.ticks();
        let (first, rest): (Vec<_>, Vec<_>) =
            ticks.into_iter().partition(|(number, _)| !self.logarithmic || is_power(number));
        for (number, label) in first.into_iter().chain(rest) {
            let apart = |other: &Decimal| (self.place(*other) - self.place(number)).abs() >= LABEL;
            if kept.iter().all(|(other, _)| apart(other)) {
                kept.push((number, label));
            }
        }
        kept.sort_by_key(|(number, _)| *number);
        kept
    }

    /// A number as a label: with the sign of its unit and without "a year", which the words of the axis say.
    pub fn label(&self, number: Decimal) -> String {
        let whole = figure::interval(Some(number), Some(number), &self.unit, false);
        // money keeps its sign or code; what is counted is named by the words of the axis
        let words: &[&str] = if self.unit.currency().is_some() { &[" a ", " an ", " to the "] } else { &[" "] };
        let cut = words.iter().filter_map(|words| whole.find(words)).min();
        cut.and_then(|end| whole.get(..end)).unwrap_or(&whole).to_owned()
    }

    fn steps(&self) -> Vec<Decimal> {
        let breadth = self.high.saturating_sub(self.low);
        let step = round_step(breadth);
        let mut numbers = Vec::new();
        let mut next = (self.low / step).ceil().saturating_mul(step);
        while next <= self.high && numbers.len() < 12 {
            numbers.push(next.normalize());
            next = next.saturating_add(step);
        }
        numbers
    }

    fn powers(&self) -> Vec<Decimal> {
        let decades = {
            let mut count = 0;
            let mut power = self.low;
            while power < self.high && count < 20 {
                power = power.saturating_mul(Decimal::TEN);
                count += 1;
            }
            count
        };
        let digits: &[i64] = if decades <= 2 { &[1, 2, 5] } else { &[1] };
        let mut numbers = Vec::new();
        let mut power = self.low;
        for _ in 0..=decades {
            let at = |digit: &i64| power.saturating_mul(Decimal::from(*digit)).normalize();
            numbers.extend(digits.iter().map(at).filter(|number| *number <= self.high));
            power = power.saturating_mul(Decimal::TEN);
        }
        numbers
    }
}

/// The power of ten at or below a positive number.
fn power_below(number: Decimal) -> Decimal {
    let mut power = Decimal::ONE;
    while power > number && power.scale() < 20 {
        power /= Decimal::TEN;
    }
    while let Some(next) = power.checked_mul(Decimal::TEN).filter(|next| *next <= number) {
        power = next;
    }
    power.normalize()
}

/// One, two or five times a power of ten, of which three to five make up the breadth.
fn round_step(breadth: Decimal) -> Decimal {
    let rough = (breadth / Decimal::from(5)).max(Decimal::new(1, 12));
    let power = power_below(rough);
    let digits = [1, 2, 5, 10].map(|digit| power.saturating_mul(Decimal::from(digit)));
    digits.into_iter().find(|step| *step >= rough).unwrap_or(rough)
}

/// A scale of days.
#[derive(Clone, Copy, Debug)]
pub struct Years {
    first: i16,
    last: i16,
}

impl Years {
    /// From the beginning of one year to the end of another.
    pub fn new(first: i16, last: i16) -> Self {
        Self { first: first.min(last), last: last.max(first) }
    }

    /// The first year.
    pub fn first(self) -> i16 {
        self.first
    }

    /// The last year.
    pub fn last(self) -> i16 {
        self.last
    }

    /// What it shows, for those who cannot see it.
    pub fn words(self) -> String {
        format!("Years from {} to {}", self.first, self.last)
    }

    /// Where a day stands, in percent of the width; outside at the nearer edge.
    pub fn place(self, day: Date) -> f64 {
        let length = if day.in_leap_year() { 366.0 } else { 365.0 };
        let year = f64::from(day.year()) + (f64::from(day.day_of_year()) - 1.0) / length;
        let breadth = f64::from(self.last) + 1.0 - f64::from(self.first);
        (100.0 * (year - f64::from(self.first)) / breadth).clamp(0.0, 100.0)
    }

    /// Where a year begins, in percent.
    pub fn year(self, year: i16) -> f64 {
        Date::new(year, 1, 1).map_or(0.0, |day| self.place(day))
    }

    /// The years to label, so that their words keep apart: at most `most` of them, in steps of 1, 2, 5, 10 …
    pub fn ticks(self, most: i16) -> Vec<i16> {
        let count = self.last - self.first + 1;
        let steps = [1, 2, 5, 10, 20, 50, 100, 1000];
        let step = steps.into_iter().find(|step| count / step <= most.max(1)).unwrap_or(1000);
        let start = self.first.div_euclid(step).saturating_mul(step);
        (0..)
            .map_while(|at: i16| at.checked_mul(step).and_then(|more| start.checked_add(more)))
            .skip_while(|year| *year < self.first)
            .take_while(|year| *year <= self.last)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn scale(numbers: &[i64], unit: &str, kind: measure::Scale) -> Scale {
        Scale::of(numbers.iter().copied().map(Decimal::from), &unit.parse().unwrap(), kind)
    }

    fn labels(scale: &Scale) -> Vec<String> {
        scale.ticks().into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn ticks_are_round_and_begin_at_zero() {
        assert_eq!(labels(&scale(&[20_000, 147_000], "persons", measure::Scale::Linear)), ["0", "50,000", "100,000"]);
        assert_eq!(
            labels(&scale(&[40, 1000], "USD/person/month", measure::Scale::Linear)),
            ["$0", "$200", "$400", "$600", "$800", "$1,000"]
        );
        assert_eq!(labels(&scale(&[400], "tonnes/year", measure::Scale::Linear)), ["0", "100", "200", "300", "400"]);
        assert_eq!(labels(&scale(&[1], "share", measure::Scale::Linear)), ["0%", "20%", "40%", "60%", "80%", "100%"]);
        assert_eq!(labels(&scale(&[-4, 4], "percent", measure::Scale::Linear)), ["−4%", "−2%", "0%", "2%", "4%"]);
    }

    #[test]
    fn logarithmic_ticks_are_powers_of_ten() {
        let scale = scale(&[20_400_000, 3_000_000_000], "USD/year", measure::Scale::Logarithmic);
        assert_eq!(labels(&scale), ["$10 m", "$100 m", "$1 bn"]);
        assert!(scale.is_logarithmic());
    }

    #[test]
    fn labels_keep_apart() {
        let scale = scale(&[120_000_000, 3_000_000_000], "USD/year", measure::Scale::Logarithmic);
        let kept: Vec<String> = scale.labels().into_iter().map(|(_, label)| label).collect();
        assert_eq!(kept, ["$100 m", "$200 m", "$500 m", "$1 bn", "$2 bn"]);
        let places: Vec<f64> = scale.labels().iter().map(|(number, _)| scale.place(*number)).collect();
        assert!(places.windows(2).all(|pair| matches!(pair, [one, two] if two - one >= 16.0)));
    }

    #[test]
    fn years_have_their_place() {
        let years = Years::new(2000, 2019);
        assert!((years.year(2010) - 50.0).abs() < 1e-9);
        assert_eq!(years.ticks(6), [2000, 2005, 2010, 2015]);
    }

    proptest! {
        #[test]
        fn every_number_has_a_place_in_the_drawing(
            numbers in prop::collection::vec(any::<i64>(), 0..6),
            probe in any::<i64>(),
            log in any::<bool>(),
        ) {
            let kind = if log { measure::Scale::Logarithmic } else { measure::Scale::Linear };
            let scale = scale(&numbers, "persons", kind);
            prop_assert!((0.0..=100.0).contains(&scale.place(Decimal::from(probe))));
            prop_assert!(scale.ticks().len() <= 22);
        }

        #[test]
        fn larger_numbers_never_stand_to_the_left(one in 1u32.., two in 1u32.., log in any::<bool>()) {
            let kind = if log { measure::Scale::Logarithmic } else { measure::Scale::Linear };
            let scale = scale(&[i64::from(one), i64::from(two)], "persons", kind);
            let (small, large) = (one.min(two), one.max(two));
            prop_assert!(scale.place(small.into()) <= scale.place(large.into()));
        }
    }
}
