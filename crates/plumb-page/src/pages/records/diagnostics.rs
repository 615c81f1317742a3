//! What the checks found in the case: by code, with what the code means; what was looked at and stands, with its
//! reason.

use std::collections::BTreeMap;

use maud::{Markup, html};
use plumb_account::prose::{Piece, Prose};
use plumb_core::codes::Code;
use plumb_core::diagnostic::{Diagnostic, Severity};
use plumb_core::reference::{Kind, Reference};

use super::common::{joined, known};
use super::shelf::Shelf;
use crate::layout::{Context, Page, crumbs};
use crate::link;
use crate::prose;
use crate::site::Maker;
use crate::table::scroll;
use crate::words::count_words;

/// Findings of one code that are shown; `plumb check` has all of them.
const SHOWN: usize = 200;

/// Adds the page.
pub(super) fn add(maker: &mut Maker<'_>, shelf: &Shelf<'_>) {
    maker.page("diagnostics.html", |context| page(context, shelf));
}

fn page(context: Context<'_>, shelf: &Shelf<'_>) -> Page {
    let (accepted, open): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        context.account.all_diagnostics().partition(|diagnostic| diagnostic.accepted.is_some());
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "What the checks found"))
        h1 { "What the checks found" }
        p.lead { (summary(&open, accepted.len())) }
        (section(context, shelf, "Open", &open))
        (section(context, shelf, "Looked at and let stand", &accepted))
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
        count => format!("{open} Looked at and left as they are, each with a reason: {count}."),
    }
}

fn section(context: Context<'_>, shelf: &Shelf<'_>, heading: &str, found: &[&Diagnostic]) -> Markup {
    let mut codes: BTreeMap<(Severity, Code), Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in found {
        codes.entry((diagnostic.severity, diagnostic.code)).or_default().push(diagnostic);
    }
    html! {
        @if !codes.is_empty() {
            section {
                h2 { (heading) }
                @for ((severity, code), found) in codes { (one_code(context, shelf, severity, code, &found)) }
            }
        }
    }
}

/// The last column of a table of findings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// Why each stands.
    Reason,
    /// What to do about each.
    Help,
    /// None: the same is to be done about all, and stands above the table.
    Shared,
}

fn one_code(context: Context<'_>, shelf: &Shelf<'_>, severity: Severity, code: Code, found: &[&Diagnostic]) -> Markup {
    let caption = format!("{}: {}", code.id(), count_words(found.len(), "finding", "findings"));
    let help = found.first().map_or("", |first| first.help.as_str());
    let last = match found.first() {
        Some(first) if first.accepted.is_some() => Last::Reason,
        _ if found.iter().all(|diagnostic| diagnostic.help == help) => Last::Shared,
        _ => Last::Help,
    };
    html! {
        h3 { (code.id()) ": " (code.title()) " " span.meta { "(" (severity.as_str()) ")" } }
        @if last == Last::Shared && !help.is_empty() { p { "What to do: " (help) "." } }
        details { summary { "What " (code.id()) " means" } (explanation(context, code)) }
        (scroll(&caption, &table(context, shelf, &caption, found.get(..SHOWN).unwrap_or(found), last)))
        @if found.len() > SHOWN {
            p.note { (SHOWN) " of " (found.len()) " are shown; the command “plumb check” lists all." }
        }
    }
}

/// The explanation of a code, which is Markdown of this program. Its title stands above already, and its headings go
/// below that.
fn explanation(context: Context<'_>, code: Code) -> Markup {
    let mut fenced = false;
    let mut markdown = String::new();
    for (at, line) in code.explanation().lines().enumerate() {
        fenced ^= line.starts_with("```");
        match line.strip_prefix("## ").filter(|_| !fenced) {
            Some(heading) => markdown.push_str(&format!("#### {heading}\n")),
            None if at == 0 && line.starts_with("# ") => {}
            None => markdown.push_str(&format!("{line}\n")),
        }
    }
    prose::markup(context, &Prose { pieces: vec![Piece::Markdown(markdown)], ..Prose::default() })
}

fn table(context: Context<'_>, shelf: &Shelf<'_>, caption: &str, found: &[&Diagnostic], last: Last) -> Markup {
    html! {
        table {
            caption { (caption) }
            thead { tr {
                th scope="col" { "Where" }
                th scope="col" { "What" }
                th scope="col" { "About" }
                @match last {
                    Last::Reason => th scope="col" { "Why it stands" },
                    Last::Help => th scope="col" { "What to do" },
                    Last::Shared => {},
                }
            } }
            tbody { @for diagnostic in found { (row(context, shelf, diagnostic, last)) } }
        }
    }
}

fn row(context: Context<'_>, shelf: &Shelf<'_>, diagnostic: &Diagnostic, last: Last) -> Markup {
    let place = diagnostic.location();
    let labels = || diagnostic.labels.iter().filter(|label| !label.text.is_empty());
    html! {
        tr {
            th.nowrap scope="row" { @if let Some(place) = place { code { (place) } } }
            td.text {
                (diagnostic.message)
                @for label in labels() {
                    br; span.meta { @if Some(&label.location) != place { code { (label.location) } ": " } (label.text) }
                }
                @for note in &diagnostic.notes { br; span.meta { (note) } }
            }
            td { (joined(diagnostic.rows.iter().map(|reference| about(context, shelf, reference)))) }
            @match last {
                Last::Reason => td.text { (diagnostic.accepted.as_deref().unwrap_or_default()) },
                Last::Help => td.text { (diagnostic.help) },
                Last::Shared => {},
            }
        }
    }
}

/// The id of a record, linked where it has a page.
fn about(context: Context<'_>, shelf: &Shelf<'_>, reference: &Reference) -> Markup {
    let id = reference.id.as_str();
    let shown =
        if reference.kind == Kind::Place { shelf.places.contains(id) } else { known(context, reference.kind, id) };
    html! { @if shown { a href=(context.to(&link::record(reference))) { (id) } } @else { (id) } }
}
