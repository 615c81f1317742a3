//! The ledger: every measure by chapter, with how much is claimed about it and a small drawing of its fullest strand.

use maud::{Markup, html};
use plumb_account::ledger::{Chapter, MeasureEntry, Strand};
use plumb_core::case::Claim;
use plumb_core::measure::{Group, Measure};
use plumb_core::reference::Kind;

use super::measure::title;
use crate::chart::mark::Mark;
use crate::chart::percent;
use crate::chart::scale::Scale;
use crate::layout::{Context, Page, crumbs};
use crate::words::count_words;

/// More marks than this are not drawn in one line.
const MOST_DRAWN: usize = 60;

/// The page of the ledger.
pub(super) fn page(context: Context<'_>) -> Page {
    let case = context.case();
    let ledger = &context.account.ledger;
    let measures: usize = ledger.chapters.iter().map(|chapter| chapter.measures.len()).sum();
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "Ledger"))
        h1 { "The ledger" }
        div.lead {
            p {
                "All " (count_words(case.claims.len(), "claim", "claims")) " of this case by what they measure: "
                (count_words(measures, "measure", "measures")) ". Claims are held against each other only within one measure, "
                "one place, one population and one time."
            }
        }
        @for chapter in &ledger.chapters { (self::chapter(context, chapter)) }
        (reference(context))
    };
    Page { title: "Ledger".to_owned(), body }
}

fn chapter(context: Context<'_>, chapter: &Chapter) -> Markup {
    html! {
        section id=(chapter.group.as_str()) {
            h2 { (name(chapter.group)) }
            figure.chart {
                figcaption {
                    span.chart-note {
                        "Each line draws the claims about one place or group, that with most claims, on its own scale from "
                        "zero; a line marked log is logarithmic."
                    }
                }
                ol.rows.ledger {
                    @for entry in &chapter.measures { (line(context, entry)) }
                }
            }
        }
    }
}

/// The name of a chapter.
pub(super) fn name(group: Group) -> &'static str {
    match group {
        Group::People => "How many people",
        Group::Movement => "Who came, went, was let in",
        Group::Pay => "Pay, deductions, hours",
        Group::Money => "What the state earns",
        Group::Context => "The world around",
    }
}

fn line(context: Context<'_>, entry: &MeasureEntry) -> Markup {
    let Some(measure) = context.case().measures.get(&entry.measure) else { return html! {} };
    let Some(strand) = entry.strands.first() else { return html! {} };
    let claims: usize = entry.strands.iter().map(|strand| strand.claims.len()).sum();
    let places = entry.strands.len();
    let (scale, marks) = drawn(context, measure, strand);
    html! {
        li {
            span.who {
                (context.name(Kind::Measure, &entry.measure))
                span.when {
                    ", " (count_words(claims, "claim", "claims"))
                    @if places > 1 { " about " (places) " places or groups" }
                }
            }
            a.plot href=(context.record(Kind::Measure, &entry.measure)) tabindex="-1" aria-hidden="true" {
                @if marks.len() > 1 {
                    svg.plot {
                        line.grid x1=(percent(1.5)) x2=(percent(92.0)) y1="50%" y2="50%" {}
                        svg y="50%" { @for mark in &marks { (mark.across(&scale)) } }
                    }
                }
            }
            span.value {
                (spread(context, strand, &scale, &marks))
                span.aside {
                    ", " (title(context, strand))
                    @if strand.claims.len() < claims { ", " (strand.claims.len()) " of " (claims) }
                    @if scale.is_logarithmic() && marks.len() > 1 { " (log)" }
                }
            }
        }
    }
}

fn drawn(context: Context<'_>, measure: &Measure, strand: &Strand) -> (Scale, Vec<Mark>) {
    let claims = strand.claims.iter().filter_map(|id| context.case().claims.get(id)).take(MOST_DRAWN);
    let marks: Vec<Mark> =
        claims.map(|claim: &Claim| Mark { light: true, ..Mark::of_claim(context, claim, &measure.unit) }).collect();
    let scale = Scale::of(marks.iter().flat_map(Mark::numbers), &measure.unit, measure.scale);
    (scale, marks)
}

/// From where to where the claims of a strand run; a single claim in its own words.
fn spread(context: Context<'_>, strand: &Strand, scale: &Scale, marks: &[Mark]) -> Markup {
    if let [only] = strand.claims.as_slice()
        && let Some(claim) = context.case().claims.get(only)
    {
        return context.bare_claim_figure(claim);
    }
    let low = marks.iter().flat_map(Mark::numbers).min();
    let high = marks.iter().flat_map(Mark::numbers).max();
    match (low, high) {
        (None, _) | (_, None) => html! { "no number" },
        (low, high) => html! { (plumb_core::figure::interval(low, high, scale.unit(), false)) },
    }
}

/// The measures that only reference figures speak of.
fn reference(context: Context<'_>) -> Markup {
    let of_observations = super::series::by_measure(context.case());
    let ledger = &context.account.ledger;
    let only: Vec<_> = of_observations.iter().filter(|(measure, _)| ledger.measure(measure).is_none()).collect();
    html! {
        @if !only.is_empty() {
            section id="reference" {
                h2 { "The world around" }
                p {
                    "Reference figures: context, not claims about the labour. The "
                    a href=(context.to("series.html")) { "series" } " have each figure."
                }
                ul.toc {
                    @for (measure, observations) in only {
                        li { (context.name(Kind::Measure, measure)) " " span.count { (observations.len()) } }
                    }
                }
            }
        }
    }
}
