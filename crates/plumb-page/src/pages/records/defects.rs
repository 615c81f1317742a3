//! Known errors in copies, so that they are not read as evidence.

use maud::{Markup, html};
use plumb_core::case::Defect;

use super::common::{capital, joined, known, or_unknown};
use crate::layout::{Context, Page, crumbs};
use crate::site::Maker;
use crate::table::scroll;
use crate::words::count_words;
use plumb_core::reference::Kind;

/// Adds the table.
pub(super) fn add(maker: &mut Maker<'_>) {
    maker.page("defects.html", page);
}

fn page(context: Context<'_>) -> Page {
    let defects = &context.case().defects;
    let body = html! {
        (crumbs(context, &[("sources.html", "Sources")], "Known errors"))
        h1 { "Known errors in copies" }
        p.lead {
            "What a source says, and what the better evidence says. They are kept so that an error is recognised where it "
            "turns up again."
        }
        @if defects.is_empty() { p { "The case knows of none." } } @else { (table(context)) }
    };
    Page { title: "Known errors in copies".to_owned(), body }
}

fn table(context: Context<'_>) -> Markup {
    let caption = count_words(context.case().defects.len(), "known error", "known errors");
    let rows = html! {
        table {
            caption { (caption) }
            thead { tr {
                th scope="col" { "Source" }
                th scope="col" { "What it says" }
                th scope="col" { "What the better evidence says" }
                th scope="col" { "Sort of error" }
                th scope="col" { "Bears on" }
            } }
            tbody { @for defect in &context.case().defects { (row(context, defect)) } }
        }
    };
    scroll(&caption, &rows)
}

fn row(context: Context<'_>, defect: &Defect) -> Markup {
    let claims = defect.claims.iter().filter_map(|id| context.case().claims.get(id));
    let claims = joined(claims.map(|claim| context.claim_figure(claim)));
    html! {
        tr id=(defect.id) {
            th scope="row" { (context.source_brief(&defect.source)) }
            td.text { (defect.says) }
            td.text {
                @if defect.better.is_empty() { (or_unknown("")) } @else { (defect.better) }
                @if known(context, Kind::Source, &defect.evidence) {
                    br; span.meta { (context.source_brief(&defect.evidence)) }
                }
            }
            td { (capital(&defect.kind)) @if !defect.note.is_empty() { br; span.meta { (defect.note) } } }
            td { (claims) }
        }
    }
}
