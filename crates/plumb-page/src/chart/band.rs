//! Bands of an estimate: for each year a bar in which nine cases of ten lie, a darker one with the middle half, a tick in the middle.
//! The same across a row, for figures one under the other.

use maud::{Markup, html};
use plumb_account::estimate::{Spread, rounded};
use plumb_core::case::Step;
use rust_decimal::Decimal;

use super::scale::{Scale, Years};
use super::years::{FOOT, HEAD};
use super::{number, percent};

/// Digits that a place in a drawing needs.
const DIGITS: u32 = 4;

/// A spread as decimals of its quantiles: 5, 25, 50, 75 and 95 per cent.
#[derive(Clone, Copy, Debug)]
pub struct Quantiles([Decimal; 5]);

impl From<&Spread> for Quantiles {
    fn from(spread: &Spread) -> Self {
        Self([spread.low, spread.lower, spread.median, spread.upper, spread.high].map(|value| rounded(value, DIGITS)))
    }
}

impl Quantiles {
    /// The numbers that a scale must hold.
    pub fn numbers(&self) -> impl Iterator<Item = Decimal> + use<> {
        self.0.into_iter()
    }

    /// Where each of them stands.
    pub(super) fn places(self, place: impl Fn(Decimal) -> f64) -> [f64; 5] {
        self.0.map(place)
    }
}

/// A spread at a place of time.
pub struct Bar {
    /// From and to, in percent of the width.
    pub across: (f64, f64),
    /// The spread.
    pub quantiles: Quantiles,
    /// Where it leads.
    pub href: String,
    /// What is said of it.
    pub spoken: String,
}

impl Bar {
    /// Over a step of time, or around its end.
    pub fn of_step(years: Years, step: Step, at_end: bool, spread: &Spread, href: String, spoken: String) -> Self {
        let [from, to] = [step, step.plus(1)].map(|step| years.place(step.first_day()));
        let breadth = if to > from { to - from } else { 100.0 - from };
        let shift = if at_end { breadth / 2.0 } else { 0.0 };
        let across = (from + shift + breadth * 0.1, (from + shift + breadth * 0.9).min(100.0));
        Self { across, quantiles: spread.into(), href, spoken }
    }
}

/// Bars over years on one scale, in a band of this height in pixels.
pub fn upright(scale: &Scale, height: f64, bars: &[Bar]) -> Markup {
    let inner = height - HEAD - FOOT;
    let level = |value: Decimal| HEAD + inner * (1.0 - scale.share(value));
    html! {
        @for bar in bars {
            @let [low, lower, median, upper, high] = bar.quantiles.0.map(level);
            @let (x, breadth) = (percent(bar.across.0), percent(bar.across.1 - bar.across.0));
            a href=(bar.href) {
                title { (bar.spoken) }
                rect.nine-tenths x=(x) width=(breadth) y=(number(high)) height=(number((low - high).max(1.0))) {}
                rect.half x=(x) width=(breadth) y=(number(upper)) height=(number((lower - upper).max(1.0))) {}
                line.median x1=(x) x2=(percent(bar.across.1)) y1=(number(median)) y2=(number(median)) {}
            }
        }
    }
}

/// One spread across a row, around the height zero.
pub fn across(scale: &Scale, quantiles: &Quantiles) -> Markup {
    let [low, lower, median, upper, high] = quantiles.0.map(|value| scale.place(value));
    html! {
        // what is the same in every draw has no breadth: the stroke says it
        @if high > low {
            rect.nine-tenths x=(percent(low)) width=(percent((high - low).max(0.3))) y="-5" height="10" {}
            rect.half x=(percent(lower)) width=(percent((upper - lower).max(0.3))) y="-5" height="10" {}
        }
        line.median x1=(percent(median)) x2=(percent(median)) y1="-7" y2="7" {}
    }
}
