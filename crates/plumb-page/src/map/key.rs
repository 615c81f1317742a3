//! The key of a map: two round amounts as discs, so that areas can be read.

use super::clip::Frame;
use super::labels::text_width;
use super::lettering::{LETTERINGS, Lettering, escape};
use super::mark::{Amount, Scale};
use super::path::number;

/// Two rings, the larger a round amount not above the largest of the map, the smaller a tenth of it; bottom left.
pub(super) struct Key {
    /// Amount in words and radius, the larger first.
    rows: [(String, f64); 2],
    /// Radius of the larger ring.
    reach: f64,
    /// Where both rings stand.
    bottom: f64,
}

/// Distance of the key from the left edge.
const LEFT: f64 = 8.0;
/// Between rings and words.
const GAP: f64 = 6.0;

impl Key {
    /// The key of amounts; `None` when they are so few or so small that areas need no explanation.
    pub(super) fn of(scale: Scale, amounts: &[Amount], unit: &str, height: f64) -> Option<Self> {
        let largest = amounts.iter().map(|amount| amount.size()).fold(0.0, f64::max);
        let round = round_below(largest)?;
        let row = |amount: f64| (format!("{} {unit}", thousands(amount)), scale.radius(amount));
        Some(Self { rows: [row(round), row(round / 10.0)], reach: scale.radius(round), bottom: height - 8.0 })
    }

    /// The box that the key takes in a lettering.
    pub(super) fn frame(&self, lettering: Lettering) -> Frame {
        let words = self.rows.iter().map(|(words, _)| text_width(words, lettering.size)).fold(0.0, f64::max);
        let height = (2.0 * lettering.line()).max(2.0 * self.reach);
        Frame { left: 0.0, right: self.words_at() + words, low: self.bottom - height, high: self.bottom + 8.0 }
    }

    /// The key as a group that screen readers skip: they hear the figures themselves.
    pub(super) fn write(&self) -> String {
        let rows = self.rows.iter().map(|(words, radius)| {
            let [x, y, r] = [LEFT + self.reach, self.bottom - radius, *radius].map(number);
            let words = LETTERINGS.map(|lettering| self.write_words(lettering, words, *radius)).concat();
            format!("<circle class=\"bound\" cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>\n{words}")
        });
        format!("<g class=\"key\" aria-hidden=\"true\">\n{}</g>\n", rows.collect::<String>())
    }

    fn write_words(&self, lettering: Lettering, words: &str, radius: f64) -> String {
        let above = if radius < self.reach { 0.0 } else { lettering.line() };
        let (x, y) = (number(self.words_at()), number(self.bottom - above - lettering.size * 0.1));
        format!("<text class=\"{}\" x=\"{x}\" y=\"{y}\">{}</text>\n", lettering.class, escape(words))
    }

    fn words_at(&self) -> f64 {
        LEFT + 2.0 * self.reach + GAP
    }
}

/// The largest of 1, 2 and 5 times a power of ten that is not above an amount; `None` below 10.
fn round_below(amount: f64) -> Option<f64> {
    let powers = std::iter::successors(Some(10.0), |power| Some(power * 10.0)).take(15);
    let rounds = powers.flat_map(|power| [1.0, 2.0, 5.0].map(|digit| digit * power));
    rounds.take_while(|round| *round <= amount).last()
}

/// A whole number with its thousands parted.
fn thousands(amount: f64) -> String {
    let digits = format!("{amount:.0}");
    let parted = digits.chars().enumerate().flat_map(|(at, digit)| {
        let comma = at > 0 && (digits.len() - at).is_multiple_of(3);
        comma.then_some(',').into_iter().chain([digit])
    });
    parted.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_round() {
        for (amount, round) in [(10.0, 10.0), (49_999.0, 20_000.0), (50_000.0, 50_000.0), (1_234.0, 1_000.0)] {
            assert_eq!(round_below(amount), Some(round));
        }
        assert_eq!(round_below(9.0), None);
        assert_eq!(round_below(f64::NAN), None);
    }

    #[test]
    fn thousands_are_parted() {
        for (amount, text) in [(5.0, "5"), (500.0, "500"), (5_000.0, "5,000"), (1_000_000.0, "1,000,000")] {
            assert_eq!(thousands(amount), text);
        }
    }

    #[test]
    fn nothing_known_needs_no_key() {
        let scale = Scale::of(&[Amount::Unknown]);
        assert!(Key::of(scale, &[Amount::Unknown], "workers", 300.0).is_none());
    }
}
