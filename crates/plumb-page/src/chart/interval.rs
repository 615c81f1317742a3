//! Rivals one under the other on one scale: who and when at the left, the interval drawn, the figure at the right.
//!
//! The words are HTML and each row holds a small drawing, so the chart prints, folds on a phone and is read aloud in order.
//! Each drawing is a second way to the page that its figure links to.

use std::collections::BTreeSet;

use maud::{Markup, html};
use plumb_core::case::Claim;
use plumb_core::measure;
use plumb_core::reference::Kind;
use rust_decimal::Decimal;

use super::mark::Mark;
use super::percent;
use super::scale::Scale;
use crate::layout::Context;
use crate::table;
use crate::words::{count_words, maybe_period_words, unit_words};

/// One line of a chart of rivals.
pub enum Line {
    /// A heading between groups.
    Group(Markup),
    /// A figure.
    Row(Row),
}

/// A figure with its words.
pub struct Row {
    /// Who says it.
    pub who: Markup,
    /// When it holds; may be empty.
    pub when: Markup,
    /// The figure in words, linked.
    pub value: Markup,
    /// Where the mark leads.
    pub href: String,
    /// The mark.
    pub mark: Mark,
}

impl Row {
    /// The row of a claim: who says it, for when, the figure with what must be known of it.
    pub fn of_claim(context: Context<'_>, claim: &Claim, unit: &plumb_core::unit::Unit) -> Self {
        let when = maybe_period_words(claim.period.as_ref());
        Self {
            who: html! { bdi { (claim.said_by) } },
            when: html! { span.nowrap { (when) } },
            value: html! { (context.bare_claim_figure(claim)) " " (context.claim_marks(claim)) },
            href: context.record(Kind::Claim, &claim.id),
            mark: Mark::of_claim(context, claim, unit),
        }
    }

    /// Names the place before the time, for charts of several places.
    #[must_use]
    pub fn at(mut self, place: &str) -> Self {
        let when = self.when;
        self.when = html! { bdi { (place) } ", " (when) };
        self
    }
}

/// A chart of rivals.
pub struct Chart {
    /// Name for anchors; unlike that of any other chart of the page.
    pub id: String,
    /// What is seen, in a sentence.
    pub title: Markup,
    /// How to read it, where that is not plain; may be empty.
    pub note: Markup,
    /// The scale of all rows.
    pub scale: Scale,
    /// Rows and headings in order.
    pub lines: Vec<Line>,
    /// The table behind it; empty when the page has it anyway.
    pub behind: Markup,
}

impl Chart {
    /// The chart as a figure.
    pub fn markup(&self) -> Markup {
        let drawing = html! {
            ol.rows {
                (self.axis())
                @for line in &self.lines {
                    @match line {
                        Line::Group(words) => li.group { (words) },
                        Line::Row(row) => (self.row(row)),
                    }
                }
            }
            @if !self.behind.0.is_empty() {
                details.behind { summary { "The figures as a table" } (self.behind) }
            }
        };
        super::frame(Some(&self.id), &self.title, &self.note, &drawing)
    }

    fn axis(&self) -> Markup {
        let ticks = self.scale.ticks();
        let words = axis_words(&self.scale);
        let from_to = match (ticks.first(), ticks.last()) {
            (Some((_, first)), Some((_, last))) => format!("Scale from {first} to {last}: {words}"),
            _ => format!("Scale: {words}"),
        };
        html! {
            li.axis {
                span.axis-words { (words) }
                svg.plot role="img" aria-label=(from_to) {
                    defs {
                        g id={ (self.id) "-grid" } {
                            @for (number, _) in &ticks {
                                @let place = percent(self.scale.place(*number));
                                @let class = if number.is_zero() { "grid zero" } else { "grid" };
                                line class=(class) x1=(place) x2=(place) y1="0" y2="100%" {}
                            }
                        }
                    }
                    @for (at, (number, label)) in self.scale.labels().iter().enumerate() {
                        // the first label begins at its tick, so that it does not leave the drawing
                        @let (class, back) = if at > 0 { ("label middle", 0.0) } else { ("label", 1.0) };
                        text class=(class) x=(percent(self.scale.place(*number) - back)) y="15" { (label) }
                    }
                }
            }
        }
    }

    fn row(&self, row: &Row) -> Markup {
        html! {
            li {
                span.who { (row.who) @if !row.when.0.is_empty() { span.when { ", " (row.when) } } }
                // the figure leads to the same page and says the same, so the drawing is no second stop
                a.plot href=(row.href) tabindex="-1" aria-hidden="true" {
                    svg.plot {
                        use href={ "#" (self.id) "-grid" } {}
                        svg y="50%" { (row.mark.across(&self.scale)) }
                    }
                }
                span.value { (row.value) }
            }
        }
    }
}

/// The unit of a scale in words, and whether its steps are factors.
pub fn axis_words(scale: &Scale) -> String {
    let words = unit_words(scale.unit());
    let mut letters = words.chars();
    let words: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    if scale.is_logarithmic() { format!("{words}; logarithmic: equal lengths are equal factors") } else { words }
}

/// The chart of claims about one measure, in the order given, with the table behind it.
///
/// `title` says what is seen; without one the chart says from where to where the claims run. `None` when there is no claim.
pub fn of_claims(context: Context<'_>, id: &str, title: Option<Markup>, ids: &[String]) -> Option<Markup> {
    let claims: Vec<&Claim> = ids.iter().filter_map(|id| context.case().claims.get(id)).collect();
    let first = claims.first()?;
    let measure = context.case().measures.get(&first.measure)?;
    let rows: Vec<Row> = claims.iter().map(|claim| Row::of_claim(context, claim, &measure.unit)).collect();
    let scale = scale_of(&rows, measure);
    let title = title.unwrap_or_else(|| html! { (run_words(&claims, &scale)) });
    let behind =
        table::claims(context, "The claims of the chart", ids.iter().map(String::as_str), table::Columns::default());
    let lines = rows.into_iter().map(Line::Row).collect();
    Some(Chart { id: id.to_owned(), title, note: html! {}, scale, lines, behind }.markup())
}

/// The scale that holds the marks of all rows.
pub fn scale_of<'a>(rows: impl IntoIterator<Item = &'a Row>, measure: &measure::Measure) -> Scale {
    Scale::of(rows.into_iter().flat_map(|row| row.mark.numbers()), &measure.unit, measure.scale)
}

/// How many claims of how many origins, and from where to where they run.
fn run_words(claims: &[&Claim], scale: &Scale) -> String {
    let origins: BTreeSet<&str> = claims.iter().map(|claim| claim.origin.as_str()).collect();
    let count = count_words(claims.len(), "claim", "claims");
    let count = if origins.len() > 1 { format!("{count} of {} origins", origins.len()) } else { count };
    match run(claims, scale) {
        run if run.is_empty() => format!("{count}; no number is given"),
        run => format!("{count}: {run}"),
    }
}

/// From where to where claims run: `511 to 50,000`; empty when none of them gives a number on the scale.
pub fn run(claims: &[&Claim], scale: &Scale) -> String {
    let converted = claims.iter().filter_map(|claim| claim.quantity.convert(scale.unit()));
    let ends: Vec<Decimal> =
        converted.flat_map(|quantity| [quantity.bounds().0, quantity.bounds().1]).flatten().collect();
    match (ends.iter().min(), ends.iter().max()) {
        (Some(low), Some(high)) if low < high => format!("{} to {}", scale.label(*low), scale.label(*high)),
        (Some(low), _) => scale.label(*low),
        _ => String::new(),
    }
}
