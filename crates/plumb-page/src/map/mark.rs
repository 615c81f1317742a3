//! An amount at a place, and the geometry of its mark.

use super::path::number;

/// An amount at a place.
///
/// Amounts are in the unit of the map. What is missing, negative or not a number counts as not known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mark {
    /// ISO 3166 code of the territory in whose middle the mark stands, when `position` says nothing else.
    pub code: String,
    /// Latitude and longitude in degrees, for towns and sites.
    pub position: Option<(f64, f64)>,
    /// Name of the place.
    pub label: String,
    /// The amount in words, as the rest of the page has it: "24,000–50,000", "at least 100". May be empty.
    pub figure: String,
    /// Lowest figure; without a best and a highest one it means "at least".
    pub low: Option<f64>,
    /// Middle estimate; the midpoint of low and high when missing.
    pub best: Option<f64>,
    /// Highest figure; without a best and a lowest one it means "at most".
    pub high: Option<f64>,
    /// The figure repeats another origin: the disc is hollow.
    pub hollow: bool,
    /// The figure remains to be verified: the disc has a dashed edge.
    pub dashed: bool,
    /// Where the mark leads; empty for no link. An address made by the pages, never one out of the evidence.
    pub href: String,
}

/// What an amount looks like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Amount {
    /// Nothing is known but that there is something.
    Unknown,
    /// One figure, or an interval around a middle one.
    Known { low: f64, best: f64, high: f64 },
    /// A lower bound and nothing else.
    AtLeast(f64),
    /// An upper bound and nothing else.
    AtMost(f64),
}

impl Amount {
    /// Reads the figures of a mark.
    pub(super) fn of(mark: &Mark) -> Self {
        let sound = |figure: Option<f64>| figure.filter(|value| value.is_finite() && *value >= 0.0);
        match (sound(mark.low), sound(mark.best), sound(mark.high)) {
            (None, None, None) => Self::Unknown,
            (Some(low), None, None) => Self::AtLeast(low),
            (None, None, Some(high)) => Self::AtMost(high),
            (low, best, high) => {
                let ends = low.or(best).zip(high.or(best));
                let (low, high) = ends.map_or((0.0, 0.0), |(low, high)| (low.min(high), low.max(high)));
                let best = best.unwrap_or_else(|| f64::midpoint(low, high));
                Self::Known { low: low.min(best), best, high: high.max(best) }
            }
        }
    }

    /// The amount that decides how large the mark is among the others.
    pub(super) fn size(self) -> f64 {
        match self {
            Self::Unknown => 0.0,
            Self::Known { best, .. } => best,
            Self::AtLeast(bound) | Self::AtMost(bound) => bound,
        }
    }

    /// The largest amount that is drawn.
    pub(super) fn largest(self) -> f64 {
        match self {
            Self::Known { high, .. } => high,
            other => other.size(),
        }
    }
}

/// Radii by amount: areas are true to scale.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// Radius of the amount 1.
    unit: f64,
}

/// No disc is larger, so that the land under it can be seen.
const LARGEST_DISC: f64 = 24.0;
/// No ring is larger: a wide interval makes all discs smaller rather than hiding half the map.
const LARGEST_RING: f64 = 38.0;
/// No disc is smaller, or it could be neither seen nor clicked; below this areas are no longer true to scale.
const SMALLEST_DISC: f64 = 1.8;
/// Radius of the dotted ring of an unknown amount.
const UNKNOWN: f64 = 3.5;
/// How far outside its disc the open arc of "at least" runs.
const ARC_GAP: f64 = 2.5;

impl Scale {
    /// The scale at which all the amounts fit.
    pub(super) fn of(amounts: &[Amount]) -> Self {
        let largest = |pick: fn(Amount) -> f64| amounts.iter().map(|amount| pick(*amount)).fold(0.0, f64::max);
        let unit = |radius: f64, amount: f64| if amount > 0.0 { radius / amount.sqrt() } else { f64::MAX };
        let unit = unit(LARGEST_DISC, largest(Amount::size)).min(unit(LARGEST_RING, largest(Amount::largest)));
        Self { unit: if unit < f64::MAX { unit } else { 1.0 } }
    }

    pub(super) fn radius(self, amount: f64) -> f64 {
        (amount.max(0.0).sqrt() * self.unit).max(SMALLEST_DISC)
    }

    /// Radius of all that is drawn of a mark.
    pub(super) fn reach(self, amount: Amount) -> f64 {
        match amount {
            Amount::Unknown => UNKNOWN,
            Amount::Known { high, .. } => self.radius(high),
            Amount::AtLeast(bound) => self.radius(bound) + ARC_GAP,
            Amount::AtMost(bound) => self.radius(bound),
        }
    }

    /// The shapes of a mark: disc, rings, arc.
    pub(super) fn shapes(self, mark: &Mark, amount: Amount, (x, y): (f64, f64)) -> String {
        let circle = |class: &str, radius: f64| {
            format!(r#"<circle class="{class}" cx="{}" cy="{}" r="{}"/>"#, number(x), number(y), number(radius))
        };
        let disc = |amount: f64| circle(&disc_class(mark), self.radius(amount));
        match amount {
            Amount::Unknown => circle("unknown", UNKNOWN),
            Amount::AtMost(bound) => circle("bound", self.radius(bound)),
            Amount::AtLeast(bound) => disc(bound) + &open_arc(self.radius(bound) + ARC_GAP, (x, y)),
            Amount::Known { low, best, high } => {
                let mut shapes = disc(best);
                let apart = |figure: f64| (self.radius(figure) - self.radius(best)).abs() >= 0.5;
                if apart(low) {
                    shapes += &circle("bound low", self.radius(low));
                }
                if apart(high) {
                    shapes += &circle("bound", self.radius(high));
                }
                shapes
            }
        }
    }
}

fn disc_class(mark: &Mark) -> String {
    let words = [("disc", true), ("hollow", mark.hollow), ("dashed", mark.dashed)];
    words.into_iter().filter(|(_, wanted)| *wanted).map(|(word, _)| word).collect::<Vec<_>>().join(" ")
}

/// Three quarters of a ring, open to the north-east: the amount may be larger.
fn open_arc(radius: f64, (x, y): (f64, f64)) -> String {
    let (from, to) = ((x, y - radius), (x + radius, y));
    let [fx, fy, tx, ty, r] = [from.0, from.1, to.0, to.1, radius].map(number);
    format!(r#"<path class="bound" d="M{fx} {fy}A{r} {r} 0 1 0 {tx} {ty}"/>"#)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(low: Option<f64>, best: Option<f64>, high: Option<f64>) -> Amount {
        Amount::of(&Mark { low, best, high, ..Mark::default() })
    }

    #[test]
    fn figures_are_read_as_they_are_meant() {
        assert_eq!(amount(None, None, None), Amount::Unknown);
        assert_eq!(amount(Some(3.0), None, None), Amount::AtLeast(3.0));
        assert_eq!(amount(None, None, Some(3.0)), Amount::AtMost(3.0));
        assert_eq!(amount(None, Some(3.0), None), Amount::Known { low: 3.0, best: 3.0, high: 3.0 });
        assert_eq!(amount(Some(2.0), None, Some(4.0)), Amount::Known { low: 2.0, best: 3.0, high: 4.0 });
        assert_eq!(amount(Some(2.0), Some(3.0), None), Amount::Known { low: 2.0, best: 3.0, high: 3.0 });
    }

    #[test]
    fn absurd_figures_do_no_harm() {
        assert_eq!(amount(Some(f64::NAN), Some(-3.0), Some(f64::INFINITY)), Amount::Unknown);
        assert_eq!(amount(Some(9.0), None, Some(1.0)), Amount::Known { low: 1.0, best: 5.0, high: 9.0 });
        assert_eq!(amount(Some(9.0), Some(5.0), Some(1.0)), Amount::Known { low: 1.0, best: 5.0, high: 9.0 });
        assert!(Scale::of(&[Amount::Unknown, Amount::AtLeast(0.0)]).radius(5.0).is_finite());
    }

    #[test]
    fn areas_are_true_to_the_amounts() {
        let scale = Scale::of(&[amount(None, Some(40_000.0), None), amount(None, Some(10_000.0), None)]);
        assert!((scale.radius(40_000.0) - LARGEST_DISC).abs() < 1e-9);
        assert!((scale.radius(10_000.0) - LARGEST_DISC / 2.0).abs() < 1e-9);
        assert!((scale.radius(1.0) - SMALLEST_DISC).abs() < 1e-9);
    }

    #[test]
    fn each_kind_of_amount_has_its_own_shape() {
        let mark = Mark { dashed: true, ..Mark::default() };
        let shapes = |amount| Scale { unit: 1.0 }.shapes(&mark, amount, (100.0, 100.0));
        let known = shapes(Amount::Known { low: 25.0, best: 100.0, high: 225.0 });
        assert_eq!(known.matches("<circle").count(), 3);
        assert!(known.contains(r#"class="disc dashed" cx="100" cy="100" r="10""#));
        assert!(known.contains(r#"class="bound low" cx="100" cy="100" r="5""#));
        assert!(shapes(Amount::AtLeast(100.0)).contains(r#"d="M100 87.5A12.5 12.5 0 1 0 112.5 100""#));
        assert!(!shapes(Amount::AtMost(100.0)).contains("disc"));
        assert!(shapes(Amount::Unknown).contains("unknown"));
    }
}
