//! The estimates of a case as one drawing that stands alone: the reported figures with their posteriors, those of each year as bands,
//! and where the money goes.
//!
//! Across, everything is measured in pixels of a sheet of fixed breadth, since a file has no page around it to fill.

use maud::{Markup, PreEscaped, html};
use plumb_account::Account;
use plumb_account::estimate::{Bin, Estimates, Outcome, Spread, interval_words, middle_words};
use plumb_core::measure;
use plumb_core::unit::Unit;

use super::band::Quantiles;
use super::number;
use super::sankey;
use super::scale::Scale;
use crate::pages::flow_parts;

/// The rules for this drawing alone; it does not share the style of the site.
const STYLE: &str = include_str!("weighed.css");
/// Breadth of the sheet, and the margin around it.
const BREADTH: f64 = 1360.0;
const MARGIN: f64 = 24.0;
/// Height of a figure's row, and of the shape above its bar.
const ROW: f64 = 44.0;
const SHAPE: f64 = 22.0;
/// Where a row's drawing begins and how broad it is: the figure in words stands at its left, beneath its name.
const LEFT: f64 = 470.0;
const ACROSS: f64 = BREADTH - LEFT - 2.0 * MARGIN;
/// Height of a band of years.
const BAND: f64 = 120.0;
/// Room at the left of a band for the labels of its scale.
const LABELS: f64 = 70.0;
/// Between two parts of the sheet.
const GAP: f64 = 52.0;

/// The file. Figures without an estimate are named as unknown.
pub fn file(account: &Account, estimates: &Estimates) -> String {
    let mut sheet = Sheet { body: String::new(), foot: 20.0 };
    sheet.words("head", &estimates.title);
    sheet.words(
        "soft",
        "Pale: nine cases in ten. Dark: the middle half. Stroke: the middle. Shape above: where it probably lies. Each line begins at zero and \
         has a scale of its own.",
    );
    for warning in &estimates.warnings {
        sheet.words("soft", &format!("Take care: {warning}."));
    }
    for outcome in estimates.outputs.iter().filter(|one| one.at.is_none()) {
        sheet.add(ROW, &row(estimates, outcome, sheet.foot));
    }
    for of_years in by_name(estimates) {
        sheet.foot += GAP;
        sheet.add(BAND + 20.0, &band(&of_years, sheet.foot));
    }
    for flow in &estimates.flows {
        sheet.foot += GAP;
        let (nodes, ribbons) = flow_parts(account, estimates, flow);
        let height = sankey::height(&nodes);
        let drawn = html! {
            text.name x="0" y=(number(sheet.foot)) { (flow.label) }
            svg x="0" y=(number(sheet.foot + 12.0)) width=(number(BREADTH - 2.0 * MARGIN)) height=(number(height)) {
                (sankey::drawing(&flow.label, &nodes, &ribbons))
            }
        };
        sheet.add(height, &drawn);
    }
    sheet.finish(estimates)
}

/// What is drawn so far, and how far down it reaches.
struct Sheet {
    body: String,
    foot: f64,
}

impl Sheet {
    fn add(&mut self, height: f64, drawn: &Markup) {
        self.body.push_str(&drawn.0);
        self.foot += height;
    }

    fn words(&mut self, class: &str, words: &str) {
        let drawn = html! { text class=(class) x="0" y=(number(self.foot)) { (words) } };
        self.add(20.0, &drawn);
    }

    fn finish(self, estimates: &Estimates) -> String {
        let height = self.foot + 2.0 * MARGIN;
        let drawn = html! {
            svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title spoken"
                width=(number(BREADTH)) height=(number(height))
                viewBox={ (number(-MARGIN)) " " (number(-MARGIN)) " " (number(BREADTH)) " " (number(height)) } {
                title id="title" { (estimates.title) }
                desc id="spoken" { (spoken(estimates)) }
                style { (PreEscaped(STYLE)) }
                (PreEscaped(self.body))
            }
        };
        crate::words::neutralise(drawn.into_string()) + "\n"
    }
}

/// All figures in words, for those who cannot see the drawing.
fn spoken(estimates: &Estimates) -> String {
    let one = |outcome: &Outcome| {
        let at = outcome.at.map(|at| format!(", {}", at.label())).unwrap_or_default();
        format!("{}{at}: {}.", outcome.label, words(outcome.base.as_ref(), &outcome.unit))
    };
    estimates.outputs.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn words(spread: Option<&Spread>, unit: &Unit) -> String {
    spread.map_or_else(
        || "unknown".to_owned(),
        |spread| format!("about {}, within {}", middle_words(spread, unit, false), interval_words(spread, unit, true)),
    )
}

/// A figure: its name and words, its shape, its bar on a scale of its own from zero.
fn row(estimates: &Estimates, outcome: &Outcome, top: f64) -> Markup {
    let histogram = outcome.of.as_deref().and_then(|name| estimates.get(name)).map(|found| found.histogram.as_slice());
    let histogram = histogram.unwrap_or(&outcome.histogram);
    html! {
        g transform={ "translate(0 " (number(top)) ")" } {
            text.name x="0" y="16" { (outcome.label) }
            text.soft x="0" y="32" { (words(outcome.base.as_ref(), &outcome.unit)) }
            @if let Some(spread) = outcome.base.as_ref() {
                @let scale = Scale::of(Quantiles::from(spread).numbers(), &outcome.unit, measure::Scale::Linear);
                @let [low, lower, median, upper, high] =
                    Quantiles::from(spread).places(|value| LEFT + ACROSS * scale.share(value) / FURTHER);
                (shape(histogram, LEFT, ACROSS / (FURTHER * spread.high)))
                line.grid x1=(number(LEFT)) x2=(number(LEFT + ACROSS)) y1="36" y2="36" {}
                rect.nine-tenths x=(number(low)) width=(number((high - low).max(1.0))) y="24" height="12" {}
                rect.half x=(number(lower)) width=(number((upper - lower).max(1.0))) y="24" height="12" {}
                line.median x1=(number(median)) x2=(number(median)) y1="21" y2="38" {}
            }
        }
    }
}

/// A row goes on beyond the end of its bar by this factor, for the tail of the shape.
const FURTHER: f64 = 1.25;

/// The density of a histogram, whose bins may differ in breadth, above a bar.
fn shape(histogram: &[Bin], left: f64, pixels: f64) -> Markup {
    let density = |bin: &Bin| bin.probability / (bin.high - bin.low).max(f64::MIN_POSITIVE);
    let highest = histogram.iter().map(density).fold(0.0, f64::max);
    if !(highest > 0.0 && highest.is_finite() && pixels.is_finite()) {
        return html! {};
    }
    let across = |value: f64| number(left + (value * pixels).clamp(0.0, ACROSS));
    let mut path = String::new();
    for bin in histogram {
        let level = number(SHAPE * (1.0 - density(bin) / highest));
        let start = if path.is_empty() { format!("M{} {SHAPE}", across(bin.low)) } else { String::new() };
        path.push_str(&format!("{start}V{level}H{}", across(bin.high)));
    }
    html! { path.shape d={ (path) "V" (number(SHAPE)) "Z" } {} }
}

/// The figures that are reported for each year, by name, in order.
fn by_name(estimates: &Estimates) -> Vec<Vec<&Outcome>> {
    let mut groups: Vec<Vec<&Outcome>> = Vec::new();
    for outcome in estimates.outputs.iter().filter(|one| one.at.is_some()) {
        match groups.last_mut().filter(|group| group.first().is_some_and(|first| first.id == outcome.id)) {
            Some(group) => group.push(outcome),
            None => groups.push(vec![outcome]),
        }
    }
    groups
}

/// A figure over the years, each with its bar.
fn band(of_years: &[&Outcome], top: f64) -> Markup {
    let Some(first) = of_years.first() else { return html! {} };
    let numbers =
        of_years.iter().filter_map(|one| one.base.as_ref()).flat_map(|spread| Quantiles::from(spread).numbers());
    let scale = Scale::of(numbers, &first.unit, measure::Scale::Linear);
    let count = f64::from(u32::try_from(of_years.len()).unwrap_or(u32::MAX));
    let each = (BREADTH - 2.0 * MARGIN - LABELS) / count.max(1.0);
    let level = |value| BAND * (1.0 - scale.share(value));
    html! {
        g transform={ "translate(0 " (number(top)) ")" } {
            text.name x="0" y="-12" { (first.label) }
            @for (value, label) in scale.ticks() {
                line.grid x1=(number(LABELS)) x2=(number(BREADTH - 2.0 * MARGIN)) y1=(number(level(value))) y2=(number(level(value))) {}
                text.soft.end x=(number(LABELS - 8.0)) y=(number(level(value) + 4.0)) { (label) }
            }
            @for (outcome, place) in of_years.iter().zip(0_u32..) {
                @let x = LABELS + each * f64::from(place);
                @if let Some(at) = outcome.at.filter(|at| at.plus(-1).year() < at.year()) {
                    text.soft.middle x=(number(x + 0.5 * each)) y=(number(BAND + 18.0)) { (at.year()) }
                }
                @if let Some(spread) = outcome.base.as_ref() {
                    @let [low, lower, median, upper, high] = Quantiles::from(spread).places(level);
                    @let (from, breadth) = (number(x + 0.15 * each), number(0.7 * each));
                    rect.nine-tenths x=(from) width=(breadth) y=(number(high)) height=(number((low - high).max(1.0))) {}
                    rect.half x=(from) width=(breadth) y=(number(upper)) height=(number((lower - upper).max(1.0))) {}
                    line.median x1=(from) x2=(number(x + 0.85 * each)) y1=(number(median)) y2=(number(median)) {}
                }
            }
        }
    }
}
