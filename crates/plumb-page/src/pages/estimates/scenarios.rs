//! The reported figures, and what they would be under other rules: the same draws, so that differences are the rule's alone.

use maud::{Markup, html};
use plumb_account::estimate::{Estimates, Outcome, Spread, change_words, interval_words, middle_words};
use plumb_core::measure;

use crate::chart::band::{self, Quantiles};
use crate::chart::interval::axis_words;
use crate::chart::percent;
use crate::chart::scale::Scale;
use crate::layout::Context;
use crate::table;

/// Figures that the front page shows.
const BRIEF: usize = 5;

/// The first of the reported figures for the front page, with how sure.
pub(in crate::pages) fn brief(context: Context<'_>) -> Markup {
    let Some(estimates) = context.account.estimates() else { return html! {} };
    let outputs = estimates.outputs.iter().filter(|output| output.at.is_none()).take(BRIEF);
    html! {
        @if !estimates.outputs.is_empty() {
            h3 { "Weighed against one another" }
            dl.answers aria-label="Estimates, with what nine cases in ten lie within" {
                @for output in outputs {
                    dt { (output.label) }
                    dd {
                        (about(context, estimates, output)) " "
                        @if let Some(spread) = &output.base { span.meta { "within " (interval_words(spread, &output.unit, true)) } }
                    }
                }
            }
            p.meta { "Estimates, no evidence: " a href=(context.to(crate::layout::ESTIMATES)) { "how they are made and what drives them" } "." }
        }
    }
}

/// The figures that the model reports, as the claims have them.
pub(super) fn reported(context: Context<'_>, estimates: &Estimates) -> Markup {
    let outputs: Vec<&Outcome> = estimates.outputs.iter().filter(|output| output.at.is_none()).collect();
    let caption = "The figures in short";
    html! {
        @if !outputs.is_empty() {
            section id="reported" {
                h2 { (caption) }
                (table::scroll(caption, &html! {
                    table {
                        caption.unseen { (caption) }
                        (table::head(&[("Figure", ""), ("About", "num"), ("Nine cases in ten within", "num"), ("Moves most with", "")]))
                        tbody {
                            @for output in outputs {
                                tr {
                                    th scope="row" { (output.label) @if !output.note.is_empty() { " " span.meta { (output.note) } } }
                                    td.num { (about(context, estimates, output)) }
                                    td.num { @if let Some(spread) = &output.base { (interval_words(spread, &output.unit, true)) } }
                                    td.text { (drivers(context, estimates, output)) }
                                }
                            }
                        }
                    }
                }))
            }
        }
    }
}

/// The middle of a figure, which leads to its page.
fn about(context: Context<'_>, estimates: &Estimates, output: &Outcome) -> Markup {
    let Some(spread) = &output.base else { return super::unknown_for(output.unknown.as_deref()) };
    let words = middle_words(spread, &output.unit, false);
    let quantity = output.of.as_deref().and_then(|name| estimates.get(name));
    let key = quantity.map(super::key).or_else(|| estimates.output(&output.id).map(super::output::key));
    html! {
        @match key {
            Some(key) => (context.figure(&key, &words)),
            None => strong { (words) },
        }
        @if let Some(reason) = &output.unknown { " " span.meta { "without the draws where " (reason) } }
    }
}

fn drivers(context: Context<'_>, estimates: &Estimates, output: &Outcome) -> Markup {
    html! {
        @for (at, driver) in output.drivers.iter().take(3).enumerate() {
            @if at > 0 { ", " }
            @match estimates.get(&driver.quantity) {
                Some(found) => a href=(context.why(&super::key(found))) { (plumb_account::estimate::title(context.account, found)) },
                None => (driver.quantity),
            }
            " " span.meta { "(" (super::signed(driver.correlation, 2)) ")" }
        }
    }
}

/// What would be under other rules, a drawing a figure.
pub(super) fn section(context: Context<'_>, estimates: &Estimates) -> Markup {
    let outputs = estimates.outputs.iter().filter(|output| output.at.is_none() && changes(output));
    html! {
        @if !estimates.scenarios.is_empty() {
            section id="scenarios" {
                h2 { "Under other rules" }
                dl.facts {
                    @for scenario in &estimates.scenarios {
                        dt { (scenario.label) }
                        dd { (scenario.note) }
                    }
                }
                p.note {
                    "Each rule is tried on the same draws as the estimate itself, so a difference is the rule's and not chance's. \
                     A rule that does not change a figure is not drawn. Nobody can know what would have been; this is what the model says."
                }
                @for output in outputs { (chart(context, estimates, output)) }
            }
        }
    }
}

/// Whether any scenario changes a figure, or leaves it unknown.
fn changes(output: &Outcome) -> bool {
    output.scenarios.iter().any(|one| one.spread.is_none() || one.difference.as_ref().is_some_and(moved))
}

/// Whether a difference is one.
fn moved(difference: &Spread) -> bool {
    difference.low != 0.0 || difference.high != 0.0
}

pub(super) fn chart(context: Context<'_>, estimates: &Estimates, output: &Outcome) -> Markup {
    let Some(base) = &output.base else { return html! {} };
    let spreads = output.scenarios.iter().filter_map(|one| one.spread.as_ref());
    let numbers = std::iter::once(base).chain(spreads).flat_map(|spread| Quantiles::from(spread).numbers());
    let scale = Scale::of(numbers, &output.unit, measure::Scale::Linear);
    let drawing = html! {
        ol.rows {
            li.axis {
                span.axis-words { (axis_words(&scale)) }
                svg.plot role="img" height="20" aria-label=(axis_words(&scale)) {
                    @for (value, label) in scale.labels() { text.label.middle x=(percent(scale.place(value))) y="14" { (label) } }
                }
                span {}
            }
            (row(&scale, output, "As the claims have it", base, None))
            @for (scenario, under) in estimates.scenarios.iter().zip(&output.scenarios) {
                @match &under.spread {
                    Some(spread) => @if under.difference.as_ref().is_some_and(moved) { (row(&scale, output, &scenario.label, spread, under.difference.as_ref())) },
                    None => li { span.who { (scenario.label) } span {} span.value { (super::unknown_for(under.unknown.as_deref())) } },
                }
            }
        }
    };
    let note = html! { "Pale: nine cases in ten. Dark: the middle half. " (about(context, estimates, output)) " as the claims have it." };
    crate::chart::frame(None, &html! { (output.label) }, &note, &drawing)
}

fn row(scale: &Scale, output: &Outcome, name: &str, spread: &Spread, difference: Option<&Spread>) -> Markup {
    let words = middle_words(spread, &output.unit, false);
    html! {
        li {
            span.who { (name) }
            svg.plot role="img" height="22" aria-label={ (name) ": about " (words) ", within " (interval_words(spread, &output.unit, true)) } {
                @for (value, _) in scale.labels() {
                    @let place = percent(scale.place(value));
                    line class={ "grid" @if value.is_zero() { " zero" } } x1=(place) x2=(place) y1="0" y2="100%" {}
                }
                svg y="11" { (band::across(scale, &Quantiles::from(spread))) }
            }
            span.value {
                (words) @if spread.low < spread.high { " " span.meta { "within " (interval_words(spread, &output.unit, false)) } }
                @if let Some(difference) = difference {
                    br; span.meta { "differs by " (change_words(difference.median, &output.unit, false)) }
                }
            }
        }
    }
}
