//! How amounts and numbers are written: rounded only here, half away from zero.

use plumb_core::band::Band;
use plumb_core::figure::group;
use rust_decimal::{Decimal, RoundingStrategy};

/// An amount of money to the hundredth: `805.30`, `705.30 to 805.30`, `705.30 or more`.
pub fn amount(band: Band) -> String {
    let cents = |value: Decimal| {
        let mut rounded = value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        rounded.rescale(2);
        group(&rounded)
    };
    written(band, cents)
}

/// A number to four places at most, without idle zeros: hours, days, rates.
pub fn number(band: Band) -> String {
    let short =
        |value: Decimal| group(&value.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero).normalize());
    written(band, short)
}

fn written(band: Band, one: impl Fn(Decimal) -> String) -> String {
    let low = one(band.low);
    match band.high.map(one) {
        Some(high) if high == low => low,
        Some(high) => format!("{low} to {high}"),
        None => format!("{low} or more"),
    }
}
