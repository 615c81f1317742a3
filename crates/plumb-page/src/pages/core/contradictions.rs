//! The contradictions: claims about one thing, place and time that cannot all be true, side by side with what differs.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use plumb_account::Key;
use plumb_account::contradiction::Contradiction;
use plumb_core::case::Claim;
use plumb_core::date::Period;
use plumb_core::reference::Kind;

use crate::chart::interval::{self, Chart, Line, Row};
use crate::layout::{Context, Page, crumbs};
use crate::table;
use crate::words::{count_words, maybe_period_words, period_words};

/// Of a contradiction with more claims than this, only the lowest and the highest are drawn: the rest lies between.
const MOST_DRAWN: usize = 30;

/// Contradictions with a section of their own; the others stand in the table only, or the page could not be opened.
const MOST_SECTIONS: usize = 100;

/// The page of all contradictions.
pub(super) fn page(context: Context<'_>) -> Page {
    let all = &context.account.contradictions;
    let reasons = accepted_reasons(context);
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "Contradictions"))
        h1 { "What cannot be true together" }
        div.lead {
            p {
                @if all.is_empty() {
                    "No two claims of this case exclude each other."
                } @else {
                    (count_words(all.len(), "contradiction", "contradictions")) ", those of most origins first. In each, "
                    "claims of different origins give figures for the same thing, place and time that have nothing in "
                    "common, even when rounding is allowed for. None is averaged away. Which is right, the case does not say."
                }
            }
        }
        (crate::pages::estimates::clashes(context))
        @if !all.is_empty() { h2 { "Figures for one thing, place and time" } }
        @if all.len() > 1 { (overview(context, all)) }
        @if all.len() > MOST_SECTIONS {
            p.note { "The first " (MOST_SECTIONS) " are told below, the others on the pages of their claims." }
        }
        @for contradiction in all.iter().take(MOST_SECTIONS) { (section(context, contradiction, &reasons)) }
    };
    Page { title: "Contradictions".to_owned(), body }
}

fn overview(context: Context<'_>, all: &[Contradiction]) -> Markup {
    table::scroll(
        "All contradictions",
        &html! {
            table.compact {
                caption.unseen { "All contradictions" }
                (table::head(&[
                    ("About", ""), ("When", ""), ("From", "num"), ("To", "num"),
                    ("Factor", "num"), ("Claims", "num"), ("Origins", "num"),
                ]))
                tbody {
                    @for (at, one) in all.iter().enumerate() {
                        @let whole = at < MOST_SECTIONS;
                        tr id=[(!whole).then(|| slug(one))] {
                            th scope="row" {
                                @if whole { a href={ "#" (slug(one)) } { (about(context, one)) } }
                                @else { (about(context, one)) }
                            }
                            td { (period_words(&one.key.period)) }
                            td.num { @if let Some(claim) = lowest(context, one) { (context.bare_claim_figure(claim)) } }
                            td.num { @if let Some(claim) = highest(context, one) { (context.bare_claim_figure(claim)) } }
                            td.num { @if let Some(factor) = one.factor { (factor) } }
                            td.num { (one.claims.len()) }
                            td.num { (one.origins) }
                        }
                    }
                }
            }
        },
    )
}

fn section(context: Context<'_>, one: &Contradiction, reasons: &BTreeMap<&str, BTreeSet<&str>>) -> Markup {
    let of_claims: BTreeSet<&str> =
        one.claims.iter().filter_map(|id| reasons.get(id.as_str())).flatten().copied().collect();
    html! {
        section.finding id=(slug(one)) {
            h3 { (about(context, one)) ", " (period_words(&one.key.period)) }
            p { (words(context, one)) }
            (rivals(context, one))
            (differences(context, one))
            @for reason in of_claims {
                p.note { "The compilers let it stand: " (reason) }
            }
        }
    }
}

/// The claims on one scale, the lowest first.
fn rivals(context: Context<'_>, one: &Contradiction) -> Markup {
    let Some(measure) = context.case().measures.get(&one.key.measure) else { return html! {} };
    let claims: Vec<&Claim> = one.claims.iter().filter_map(|id| context.case().claims.get(id)).collect();
    let row = |claim: &&Claim| Line::Row(Row::of_claim(context, claim, &measure.unit));
    let left_out = claims.len().saturating_sub(MOST_DRAWN);
    let lines: Vec<Line> = if left_out == 0 {
        claims.iter().map(row).collect()
    } else {
        let (low, high) = claims.split_at(MOST_DRAWN / 2);
        let between = html! {
            (count_words(left_out, "further claim", "further claims")) " between these, on the page of "
            (context.name(Kind::Measure, &one.key.measure))
        };
        let high = high.iter().skip(left_out);
        low.iter().map(row).chain([Line::Group(between)]).chain(high.map(row)).collect()
    };
    let rows = lines.iter().filter_map(|line| if let Line::Row(row) = line { Some(row) } else { None });
    let scale = interval::scale_of(rows, measure);
    let shown = one.claims.iter().take(MOST_DRAWN / 2).chain(one.claims.iter().skip(MOST_DRAWN / 2 + left_out));
    let title = html! {
        (count_words(claims.len(), "claim", "claims")) " of " (count_words(one.origins, "origin", "origins"))
        ", the lowest first"
    };
    let behind = table::claims(
        context,
        "The claims with their origins and sources",
        shown.map(String::as_str),
        table::Columns::default(),
    );
    Chart { id: format!("c-{}", slug(one)), title, note: html! {}, scale, lines, behind }.markup()
}

/// What differs between the claims, apart from the figure.
fn differences(context: Context<'_>, one: &Contradiction) -> Markup {
    let claims: Vec<&Claim> = one.claims.iter().filter_map(|id| context.case().claims.get(id)).collect();
    let periods: BTreeSet<Option<Period>> = claims.iter().map(|claim| claim.period).collect();
    let counted: BTreeSet<&str> =
        claims.iter().map(|claim| claim.subject.as_str()).filter(|text| !text.is_empty()).collect();
    let origins: BTreeSet<&str> = claims.iter().map(|claim| claim.origin.as_str()).collect();
    html! {
        h4 { "What differs" }
        dl.facts {
            dt { "Origin" }
            dd {
                @for (at, origin) in origins.iter().take(12).enumerate() {
                    @if at > 0 { "; " }
                    (context.name(Kind::Origin, origin))
                }
                @if origins.len() > 12 { "; and " (origins.len() - 12) " more" }
            }
            dt { "Time" }
            dd {
                @if periods.len() == 1 {
                    "Nothing: all speak of " (maybe_period_words(periods.first().and_then(Option::as_ref))) "."
                } @else {
                    (count_words(periods.len(), "time", "different times")) " that overlap within "
                    (period_words(&one.key.period)) "."
                }
            }
            dt { "Who is counted" }
            dd {
                @match (counted.len(), counted.first()) {
                    (0, _) | (_, None) => "The sources do not say.",
                    (1, Some(only)) => { "Nothing that the sources say: all speak of " q { bdi { (only) } } "." },
                    _ => {
                        @for (at, text) in counted.iter().take(8).enumerate() { @if at > 0 { "; " } bdi { (text) } }
                        @if counted.len() > 8 { "; and " (counted.len() - 8) " more wordings" }
                    },
                }
            }
        }
    }
}

/// What a contradiction is about, in a few words: `Workers present, Russia`.
pub(super) fn about(context: Context<'_>, one: &Contradiction) -> Markup {
    let case = context.case();
    let measure =
        case.measures.get(&one.key.measure).map_or(one.key.measure.as_str(), |measure| measure.label.as_str());
    let place = context.place_name(&one.key.place);
    html! {
        (measure) ", " bdi { (place) }
        @if !one.key.population.is_empty() { " (" (one.key.population) ")" }
    }
}

/// Who says what, and by what factor, in a sentence or two.
pub(super) fn words(context: Context<'_>, one: &Contradiction) -> Markup {
    let (Some(low), Some(high)) = (lowest(context, one), highest(context, one)) else { return html! {} };
    let between = one.claims.len().saturating_sub(2);
    html! {
        (says(context, low)) "; " (says(context, high))
        @match one.factor {
            Some(factor) => { ". The highest stands " strong { (factor) " times" } " above the lowest" },
            None => ". The lowest is none at all",
        }
        @if between > 0 { ", with " (count_words(between, "further claim", "further claims")) " in between" }
        ". "
    }
}

fn says(context: Context<'_>, claim: &Claim) -> Markup {
    html! {
        bdi { (claim.said_by) } " claims " (context.claim_figure(claim))
        " (" (maybe_period_words(claim.period.as_ref())) ")"
    }
}

/// The anchor of a contradiction on its page.
fn slug(one: &Contradiction) -> String {
    Key::Contradiction(one.key.clone()).slug()
}

fn lowest<'a>(context: Context<'a>, one: &Contradiction) -> Option<&'a Claim> {
    one.claims.first().and_then(|id| context.case().claims.get(id))
}

fn highest<'a>(context: Context<'a>, one: &Contradiction) -> Option<&'a Claim> {
    one.claims.last().and_then(|id| context.case().claims.get(id))
}

/// For each claim, the reasons that the compilers give for letting a diagnostic about it stand.
fn accepted_reasons(context: Context<'_>) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut reasons: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for diagnostic in &context.account.diagnostics {
        let Some(reason) = &diagnostic.accepted else { continue };
        for row in diagnostic.rows.iter().filter(|row| row.kind == Kind::Claim) {
            reasons.entry(row.id.as_str()).or_default().insert(reason);
        }
    }
    reasons
}
