//! Charts as hand-clean SVG: few elements, classes instead of inline styles, text as text.
//!
//! Places across are percentages of the drawing and heights are pixels, so a drawing fills its column and its text keeps
//! its size on a phone and on paper. [`interval`] draws rivals one under the other, [`years`] claims over time,
//! [`track`] duties with their deadlines, [`network`] who is bound to whom; [`scale`] turns numbers and days into places, [`mark`] draws one claim.
//!
//! `f64` is used for places on the screen only; every number that a reader sees is written from its decimal.

use maud::{Markup, html};

pub mod band;
pub mod interval;
pub mod mark;
pub mod network;
pub mod relations;
pub mod sankey;
pub mod scale;
pub mod track;
pub mod weighed;
pub mod years;

/// The frame of every drawing: a title that says what is seen, how to read it, the drawing. The name for anchors may be missing.
pub(crate) fn frame(id: Option<&str>, title: &Markup, note: &Markup, drawing: &Markup) -> Markup {
    html! {
        figure.chart id=[id] {
            figcaption {
                span.title { (title) }
                @if !note.0.is_empty() { span.chart-note { (note) } }
            }
            (drawing)
        }
    }
}

/// A place across, in percent of the drawing: `37.5%`.
pub(crate) fn percent(place: f64) -> String {
    format!("{}%", number(place))
}

/// A coordinate to a tenth of a unit; what cannot be drawn is drawn at zero.
pub(crate) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    let written = format!("{value:.1}");
    let short = written.strip_suffix(".0").unwrap_or(&written);
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_short_and_always_numbers() {
        assert_eq!(number(12.0), "12");
        assert_eq!(number(12.34), "12.3");
        assert_eq!(number(-0.01), "0");
        assert_eq!(number(f64::NAN), "0");
        assert_eq!(percent(37.25), "37.2%");
    }
}
