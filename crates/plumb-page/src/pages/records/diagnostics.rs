//! What the checks found in the case: by code, with what the code means; what was looked at and stands, with its reason.

use std::collections::BTreeMap;

use maud::{Markup, html};
use plumb_account::prose::{Piece, Prose};
use plumb_core::codes::Code;
use plumb_core::diagnostic::{Diagnostic, Severity};
use plumb_core::reference::Reference;

use super::common::{capital, known};
use crate::layout::{Context, Page, crumbs};
use crate::link;
use crate::prose;
use crate::site::Maker;
use crate::table::scroll;
use crate::words::count_words;

/// Findings of one code that are shown; `plumb check` has all of them.
const SHOWN: usize = 200;

/// Adds the page.
pub(super) fn add(maker: &mut Maker<'_>) {
    maker.page("diagnostics.html", page);
}

fn page(context: Context<'_>) -> Page {
    let (accepted, open): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        context.account.diagnostics.iter().partition(|diagnostic| diagnostic.accepted.is_some());
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "What the checks found"))
        h1 { "What the checks found" }
        p.lead { (summary(&open, accepted.len())) }
        (section(context, "Open", &open))
        (section(context, "Looked at and let stand", &accepted))
    };
    Page { title: "What the checks found".to_owned(), body }
}

fn summary(open: &[&Diagnostic], accepted: usize) -> String {
    let count = |severity: Severity| open.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let open = format!(
        "{}, {} and {} are open.",
        count_words(count(Severity::Error), "error", "errors"),
        count_words(count(Severity::Warning), "warning", "warnings"),
        count_words(count(Severity::Note), "note", "notes"),
    );
    match accepted {
        0 => open,
        count => format!("{open} {} let stand, each with a reason.", count_words(count, "finding is", "findings are")),
    }
}

fn section(context: Context<'_>, heading: &str, found: &[&Diagnostic]) -> Markup {
    let mut codes: BTreeMap<(Severity, Code), Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in found {
        codes.entry((diagnostic.severity, diagnostic.code)).or_default().push(diagnostic);
    }
    html! {
        @if !codes.is_empty() {
            section {
                h2 { (heading) }
                @for ((severity, code), found) in codes { (one_code(context, severity, code, &found)) }
            }
        }
    }
}

fn one_code(context: Context<'_>, severity: Severity, code: Code, found: &[&Diagnostic]) -> Markup {
    let caption = format!("{} {}", capital(&count_words(found.len(), "finding", "findings")), code.id());
    let shown = found.get(..SHOWN).unwrap_or(found);
    let accepted = found.iter().any(|diagnostic| diagnostic.accepted.is_some());
    let rows = html! {
        table {
            caption { (caption) }
            thead { tr {
                th scope="col" { "Where" }
                th scope="col" { "What" }
                th scope="col" { "About" }
                @if accepted { th scope="col" { "Why it stands" } } @else { th scope="col" { "What to do" } }
            } }
            tbody { @for diagnostic in shown { (row(context, diagnostic, accepted)) } }
        }
    };
    html! {
        h3 { (code.id()) ": " (code.title()) " " span.meta { "(" (severity.as_str()) ")" } }
        details { summary { "What " (code.id()) " means" } (explanation(context, code)) }
        (scroll(&caption, &rows))
        @if found.len() > SHOWN { p.note { (SHOWN) " of " (found.len()) " are shown; the command “plumb check” lists all." } }
    }
}

/// The explanation of a code, which is Markdown of this program.
fn explanation(context: Context<'_>, code: Code) -> Markup {
    let pieces = vec![Piece::Markdown(code.explanation().to_owned())];
    prose::markup(context, &Prose { pieces, ..Prose::default() })
}

fn row(context: Context<'_>, diagnostic: &Diagnostic, accepted: bool) -> Markup {
    html! {
        tr {
            th scope="row" { @if let Some(location) = diagnostic.location() { code { (location) } } }
            td.text {
                (diagnostic.message)
                @for label in diagnostic.labels.iter().filter(|label| !label.text.is_empty()) { br; span.meta { code { (label.location) } ": " (label.text) } }
                @for note in &diagnostic.notes { br; span.meta { (note) } }
            }
            td { @for (at, reference) in diagnostic.rows.iter().enumerate() { @if at > 0 { ", " } (about(context, reference)) } }
            @if accepted { td.text { (diagnostic.accepted.as_deref().unwrap_or_default()) } }
            @else { td.text { (diagnostic.help) } }
        }
    }
}

/// The id of a record, linked where it has a page.
fn about(context: Context<'_>, reference: &Reference) -> Markup {
    html! {
        @if known(context, reference.kind, &reference.id) { a href=(context.to(&link::record(reference))) { (reference.id) } }
        @else { (reference.id) }
    }
}
