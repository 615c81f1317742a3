//! The pages that only the workbench has: what a search found, and what went wrong.

use maud::{Markup, html};
use plumb_page::layout::{Context, Page, crumbs};

use crate::edition::Edition;
use crate::passage::Piece;
use crate::problem::Problem;
use crate::search::{Findings, Found};

/// The path of the search page; on disk it is an index without a query.
pub(crate) const SEARCH: &str = "search.html";

/// The page of a search.
pub(crate) fn search(edition: &Edition, query: &str, findings: &Findings) -> Vec<u8> {
    let context = edition.context(SEARCH);
    let body = html! {
        (crumbs(context, &[("index.html", "Answer"), (SEARCH, "Search")], "Results"))
        h1 { "Search" }
        (form(query))
        @if !query.trim().is_empty() { (summary(findings)) }
        @if !findings.results.is_empty() {
            ol.results { @for found in &findings.results { li { (result(context, found)) } } }
        }
    };
    let title = if query.trim().is_empty() { "Search".to_owned() } else { format!("Search: {}", query.trim()) };
    edition.page(SEARCH, &Page { title, body })
}

/// The field of the search page, as it stands there.
fn form(query: &str) -> Markup {
    html! {
        form id="search" action=(SEARCH) method="get" role="search" {
            label for="query" { "Search all records, in any script" }
            input id="query" name="q" type="search" value=(query) maxlength="200" autocomplete="off" spellcheck="false";
            button type="submit" { "Search" }
        }
    }
}

fn summary(findings: &Findings) -> Markup {
    let shown = findings.results.len();
    html! {
        p role="status" {
            @match findings.total {
                0 => "Nothing found. Fewer or shorter words find more; words between quotation marks must stand together.",
                1 => "One record found.",
                total if total > shown => { (total) " records found; the first " (shown) " are shown. More words find fewer." },
                total => { (total) " records found." },
            }
        }
    }
}

fn result(context: Context<'_>, found: &Found) -> Markup {
    html! {
        p {
            a href=(context.to(&found.path)) { bdi { (found.title) } }
            " " span.meta { (found.kind) " " (found.id) }
        }
        p.passage dir="auto" { @for piece in &found.passage { (marked(piece)) } }
    }
}

fn marked(piece: &Piece) -> Markup {
    html! { @if piece.found { mark { (piece.text) } } @else { (piece.text) } }
}

/// The page of a problem, framed as if it stood at `path`.
pub(crate) fn problem(edition: &Edition, path: &str, problem: &Problem) -> Vec<u8> {
    let context = edition.context(path);
    let body = html! {
        h1 { (problem.message) }
        p { (problem.hint) }
        p {
            a href=(context.to("index.html")) { "Front page" } " · "
            a href=(context.to(SEARCH)) { "Search" }
        }
    };
    edition.page(path, &Page { title: problem.message.clone(), body })
}
