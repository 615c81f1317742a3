//! The mark of one figure: a bar from low to high with a tick at best, a disc for a single number, an arrow where an end
//! is open; hollow when it repeats an origin, dashed while it is to be verified, lighter when it is weak or superseded.

use maud::{Markup, html};
use plumb_core::case::{Claim, Status};
use plumb_core::quantity::{Qualifier, Quantity};
use plumb_core::unit::Unit;
use rust_decimal::Decimal;

use super::scale::Scale;
use super::{number, percent};
use crate::layout::Context;

/// What of a quantity can be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One number.
    Point(Decimal),
    /// Low, best where there is one, high.
    Span(Decimal, Option<Decimal>, Decimal),
    /// Only a lower end.
    AtLeast(Decimal),
    /// Only an upper end.
    AtMost(Decimal),
    /// No number on this scale, and why.
    Nothing(&'static str),
}

/// A figure as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its shape, in the unit of the chart.
    pub shape: Shape,
    /// It repeats an origin.
    pub hollow: bool,
    /// It is to be verified.
    pub dashed: bool,
    /// It is weak or superseded.
    pub light: bool,
    /// Further classes: `second`, `third` for the series of a chart.
    pub series: &'static str,
}

impl Mark {
    /// The mark of a claim on a chart in `unit`.
    pub fn of_claim(context: Context<'_>, claim: &Claim, unit: &Unit) -> Self {
        let hollow = context.account.ledger.repeats(&claim.id).is_some();
        Self { hollow, ..Self::of_quantity(&claim.quantity, claim.status, unit) }
    }

    /// The mark of a quantity on a chart in `unit`.
    pub fn of_quantity(quantity: &Quantity, status: Status, unit: &Unit) -> Self {
        Self {
            shape: shape(quantity, unit),
            hollow: false,
            dashed: status == Status::Verify,
            light: matches!(status, Status::Weak | Status::Superseded),
            series: "",
        }
    }

    /// The numbers that the scale of the chart must hold.
    pub fn numbers(&self) -> impl Iterator<Item = Decimal> + use<> {
        let numbers = match self.shape {
            Shape::Point(one) | Shape::AtLeast(one) | Shape::AtMost(one) => [Some(one), None],
            Shape::Span(low, _, high) => [Some(low), Some(high)],
            Shape::Nothing(_) => [None, None],
        };
        numbers.into_iter().flatten()
    }

    fn class(&self) -> String {
        let words = [(self.series, true), ("hollow", self.hollow), ("dashed", self.dashed), ("light", self.light)];
        let words = words.into_iter().filter(|(word, wanted)| *wanted && !word.is_empty());
        words.map(|(word, _)| word).collect::<Vec<_>>().join(" ")
    }

    /// The mark across a row, around the height zero.
    pub fn across(&self, scale: &Scale) -> Markup {
        let place = |value: Decimal| percent(scale.place(value));
        self.in_class(&match self.shape {
            Shape::Point(value) => html! { circle.disc cx=(place(value)) r="4.5" {} },
            Shape::Span(low, best, high) => html! {
                rect.bar x=(place(low)) y="-4" width=(percent(scale.place(high) - scale.place(low))) height="8" {}
                @if let Some(best) = best { line.tick x1=(place(best)) x2=(place(best)) y1="-7" y2="7" {} }
            },
            Shape::AtLeast(low) => html! {
                svg x=(place(low)) {
                    path.open d="M4 0h20m-5 -4l5 4l-5 4" {}
                    circle.disc r="4" {}
                }
            },
            Shape::AtMost(high) => html! {
                svg x=(place(high)) {
                    path.open d="M-4 0h-20m5 -4l-5 4l5 4" {}
                    circle.disc r="4" {}
                }
            },
            Shape::Nothing(words) => html! { text.label x=(percent(1.5)) y="4" { (words) } },
        })
    }

    /// The mark upright, at the place across where it is put: the lower edge of the drawing is at `height`, the highest
    /// number at zero.
    pub fn upright(&self, scale: &Scale, height: f64) -> Markup {
        let level = |value: Decimal| height * (1.0 - scale.share(value));
        self.in_class(&match self.shape {
            Shape::Point(value) => html! { circle.disc cy=(number(level(value))) r="3.5" {} },
            Shape::Span(low, best, high) => {
                let (top, tall) = (level(high), (level(low) - level(high)).max(2.0));
                html! {
                    rect.bar x="-2.5" y=(number(top)) width="5" height=(number(tall)) {}
                    @if let Some(best) = best { path.tick d={ "M-5 " (number(level(best))) "h10" } {} }
                }
            }
            Shape::AtLeast(low) => html! {
                path.open d={ "M0 " (number(level(low) - 3.0)) "v-11m-3 4l3 -4l3 4" } {}
                circle.disc cy=(number(level(low))) r="3.5" {}
            },
            Shape::AtMost(high) => html! {
                path.open d={ "M0 " (number(level(high) + 3.0)) "v11m-3 -4l3 4l3 -4" } {}
                circle.disc cy=(number(level(high))) r="3.5" {}
            },
            Shape::Nothing(_) => html! {},
        })
    }

    /// The shapes, in a group with the classes of the mark where it has any.
    fn in_class(&self, shapes: &Markup) -> Markup {
        let class = self.class();
        if class.is_empty() {
            html! { (shapes) }
        } else {
            html! { g class=(class) { (shapes) } }
        }
    }
}

fn shape(quantity: &Quantity, unit: &Unit) -> Shape {
    let Some(quantity) = quantity.convert(unit) else {
        return Shape::Nothing("in another currency or unit");
    };
    let best = quantity.numbers().1;
    match (quantity.qualifier(), quantity.bounds()) {
        (Qualifier::Undisclosed, _) | (_, (None, None)) => Shape::Nothing("not disclosed"),
        (_, (Some(low), Some(high))) if low == high => Shape::Point(low),
        (_, (Some(low), Some(high))) => Shape::Span(low, best, high),
        (_, (Some(low), None)) => Shape::AtLeast(low),
        (_, (None, Some(high))) => Shape::AtMost(high),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_qualifier_has_its_shape() {
        let unit: Unit = "persons".parse().unwrap();
        let number = |value: i64| Some(Decimal::from(value));
        let of = |qualifier, numbers| shape(&Quantity::new(qualifier, numbers, unit.clone()).unwrap(), &unit);
        assert_eq!(of(Qualifier::Exact, (None, number(3), None)), Shape::Point(3.into()));
        assert_eq!(of(Qualifier::About, (number(1), number(2), number(3))), Shape::Span(1.into(), number(2), 3.into()));
        assert_eq!(of(Qualifier::AtLeast, (number(1), None, None)), Shape::AtLeast(1.into()));
        assert_eq!(of(Qualifier::AtMost, (None, None, number(1))), Shape::AtMost(1.into()));
        assert_eq!(of(Qualifier::None, (None, None, None)), Shape::Point(0.into()));
        assert_eq!(of(Qualifier::Undisclosed, (None, None, None)), Shape::Nothing("not disclosed"));
        let roubles = Quantity::exact(1.into(), "RUB".parse().unwrap());
        assert_eq!(shape(&roubles, &"USD".parse().unwrap()), Shape::Nothing("in another currency or unit"));
    }
}
