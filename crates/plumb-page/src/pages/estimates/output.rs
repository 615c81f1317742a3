//! One reported figure that is no quantity by itself: how it is computed, what it moves with, what it would be under other rules.

use maud::{Markup, html};
use plumb_account::Key;
use plumb_account::estimate::{Estimate, Estimates, Outcome, interval_words, number_words, spread_words, title};

use super::quantity::{capital, distribution};
use super::scenarios;
use crate::layout::{Context, ESTIMATES, Page, crumbs};
use crate::table;

/// The key of a figure that has a page of its own.
pub(super) fn key(output: &Outcome) -> Key {
    Key::Estimate(output.id.clone())
}

/// The figures that have a page of their own.
pub(super) fn all(estimates: &Estimates) -> Vec<&Outcome> {
    estimates
        .outputs
        .iter()
        .filter(|one| estimates.output(&one.id).is_some_and(|found| std::ptr::eq(found, *one)))
        .collect()
}

/// The page.
pub(super) fn page(context: Context<'_>, estimates: &Estimates, output: &Outcome) -> Page {
    let body = html! {
        (crumbs(context, &[("index.html", "Answer"), (ESTIMATES, "Estimates")], &output.label))
        h1 { (output.label) }
        div.lead { p { (capital(&spread_words(output.base.as_ref(), output.unknown.as_deref(), &output.unit))) "." } }
        @if !output.note.is_empty() { p.note { (output.note) } }
        p.note {
            "An estimate is no claim: it is computed from the estimates below, draw by draw. In the terminal: "
            code { "plumb why \"" (key(output)) "\" --case CASE" } "."
        }
        (distribution(&output.histogram, &[], output.base.as_ref(), &output.unit))
        h2 { "How it is computed" }
        p { code { (output.value) } }
        (parts(context, estimates, output))
        (moves(context, estimates, output))
        @if output.base.is_some() {
            h2 { "Under other rules" }
            (scenarios::chart(context, estimates, output))
        }
    };
    Page { title: output.label.clone(), body }
}

fn parts(context: Context<'_>, estimates: &Estimates, output: &Outcome) -> Markup {
    let parts: Vec<&Estimate> = output.made_of.iter().filter_map(|name| estimates.get(name)).collect();
    let caption = "What it is computed from";
    html! {
        @if !parts.is_empty() {
            (table::scroll(caption, &html! {
                table.compact {
                    caption { (caption) }
                    (table::head(&[("What", ""), ("About", "num"), ("Nine cases in ten within", "num")]))
                    tbody {
                        @for one in parts {
                            tr {
                                th scope="row" { (title(context.account, one)) }
                                td.num { (super::figure(context, one)) }
                                td.num { @if let Some(spread) = &one.spread { (interval_words(spread, &one.unit, true)) } }
                            }
                        }
                    }
                }
            }))
        }
    }
}

fn moves(context: Context<'_>, estimates: &Estimates, output: &Outcome) -> Markup {
    let caption = "What it moves with";
    let words = |value: f64| number_words(value, &output.unit, false);
    html! {
        @if !output.drivers.is_empty() {
            h2 { (caption) }
            (table::scroll(caption, &html! {
                table.compact {
                    caption.unseen { (caption) }
                    (table::head(&[("Quantity", ""), ("Rank correlation", "num"), ("In its lowest tenth", "num"), ("In its highest tenth", "num")]))
                    tbody {
                        @for driver in &output.drivers {
                            tr {
                                th scope="row" {
                                    @match estimates.get(&driver.quantity) {
                                        Some(found) => a href=(context.why(&super::key(found))) { (title(context.account, found)) },
                                        None => (driver.quantity),
                                    }
                                }
                                td.num { (super::signed(driver.correlation, 2)) }
                                td.num { (words(driver.swing.0)) }
                                td.num { (words(driver.swing.1)) }
                            }
                        }
                    }
                }
            }))
        }
    }
}
