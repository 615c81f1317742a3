//! What follows from the claims under the model of the case: estimates with how sure, scenarios, flows, who is probably right.

use std::collections::BTreeSet;

use maud::{Markup, html};
use plumb_account::Key;
use plumb_account::estimate::{Estimate, Estimates, interval_words, middle_words};

use crate::layout::{Context, ESTIMATES, Page, crumbs};
use crate::site::Maker;
use crate::table;
use crate::words::{UNKNOWN, count_words};

mod bands;
mod clashes;
mod flow;
mod output;
mod quantity;
mod scenarios;
mod verdicts;

pub(super) use clashes::section as clashes;
pub(super) use flow::first as first_flow;
pub(crate) use flow::parts as flow_parts;
pub(super) use scenarios::brief;

/// Adds them, for a case that has a model.
pub(super) fn add(maker: &mut Maker<'_>) {
    let account = maker.account();
    let Some(estimates) = account.estimates() else { return };
    maker.page(ESTIMATES, |context| page(context, estimates));
    let known: Vec<&Estimate> = estimates.quantities.iter().filter(|one| one.spread.is_some()).collect();
    maker.pages(&known, |one| path(one), |context, one| quantity::page(context, estimates, one));
    maker.pages(
        &output::all(estimates),
        |one| crate::link::path(&output::key(one)),
        |context, one| output::page(context, estimates, one),
    );
    clashes::add(maker, estimates);
}

/// The key of an estimate.
fn key(estimate: &Estimate) -> Key {
    Key::Estimate(estimate.name.clone())
}

fn path(estimate: &Estimate) -> String {
    crate::link::path(&key(estimate))
}

/// The middle of an estimate as a link to its page.
fn figure(context: Context<'_>, estimate: &Estimate) -> Markup {
    let Some(spread) = &estimate.spread else { return unknown_for(estimate.unknown.as_deref()) };
    context.figure(&key(estimate), &middle_words(spread, &estimate.unit, false))
}

/// A number with its sign, which a hyphen is not.
fn signed(number: f64, digits: usize) -> String {
    format!("{number:+.digits$}").replace('-', "−")
}

/// What is unknown, with the reason.
fn unknown_for(reason: Option<&str>) -> Markup {
    html! { (UNKNOWN.markup()) @if let Some(reason) = reason { " " span.meta { "(" (reason) ")" } } }
}

fn page(context: Context<'_>, estimates: &Estimates) -> Page {
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "Estimates"))
        h1 { (estimates.title) }
        div.lead { p {
            "No claim is averaged away on the other pages. Here the claims are held against one another: each origin may be right, \
             or off by up to a factor of ten, and the bands show what is left. They are estimates and no evidence."
        } }
        (notes(estimates))
        (scenarios::reported(context, estimates))
        (bands::section(context, estimates))
        (flow::section(context, estimates))
        (scenarios::section(context, estimates))
        (fixed(context, estimates))
        (unknown(context, estimates))
        (verdicts::section(context, estimates))
        (verdicts::unused(context, estimates))
    };
    Page { title: "Estimates".to_owned(), body }
}

/// What must be known before any figure is believed.
fn notes(estimates: &Estimates) -> Markup {
    html! {
        @if !estimates.note.is_empty() { p.note { (estimates.note) } }
        @for warning in &estimates.warnings { p.note { strong { "Take care: " } (warning) "." } }
        @if let Some(fit) = &estimates.fit {
            p.note {
                "Fitted all at once, as if every claim were right, the claims miss one another by a chi-square of "
                (format!("{:.0}", fit.chi_square)) " where about " (fit.degrees) " would be chance. So not all are right, and such a fit would be \
                 narrow and wrong; it serves only to say which claim stands out."
            }
        }
        p.meta { (estimates.draws) " draws, seed " (estimates.seed) ". The same in the terminal: " code { "plumb weigh CASE" } "." }
    }
}

/// Quantities over time that have no estimate, with the reason; those of all times stand in their own table.
fn unknown(context: Context<'_>, estimates: &Estimates) -> Markup {
    let unknown: Vec<&Estimate> =
        estimates.quantities.iter().filter(|one| one.at.is_some() && one.spread.is_none()).collect();
    html! {
        @if !unknown.is_empty() {
            section id="unknown" {
                h2 { "What stays unknown" }
                details {
                    summary { (count_words(unknown.len(), "figure", "figures")) " with the reason" }
                    ul { @for one in unknown { li { (plumb_account::estimate::title(context.account, one)) ": " (figure(context, one)) } } }
                }
            }
        }
    }
}

/// Quantities that are the same in all years.
fn fixed(context: Context<'_>, estimates: &Estimates) -> Markup {
    let fixed: Vec<&Estimate> = estimates.quantities.iter().filter(|one| one.at.is_none()).collect();
    let labels: BTreeSet<&str> = fixed.iter().map(|one| one.label.as_str()).collect();
    let caption = "Taken as the same in all years";
    html! {
        @if !labels.is_empty() {
            section id="fixed" {
                h2 { (caption) }
                (table::scroll(caption, &html! {
                    table.compact {
                        caption.unseen { (caption) }
                        (table::head(&[("What", ""), ("Where", ""), ("About", "num"), ("Nine cases in ten within", "num"), ("Claims", "num")]))
                        tbody {
                            @for one in &fixed {
                                tr {
                                    th scope="row" { (one.label) }
                                    td { @if let Some(place) = &one.place { (context.place(place)) } }
                                    td.num { (figure(context, one)) }
                                    td.num { @if let Some(spread) = &one.spread { (interval_words(spread, &one.unit, true)) } }
                                    td.num { (one.claims.len()) }
                                }
                            }
                        }
                    }
                }))
            }
        }
    }
}
