//! Links between actors, sites, places and groups: the table of all of them, and the tables on the pages of their ends.

use maud::{Markup, html};
use plumb_account::index::end_name;
use plumb_core::case::Link;
use plumb_core::lower::end;
use plumb_core::statement::Value;

use super::common::{full_stop, name, spaced};
use crate::layout::{Context, Page, crumbs};
use crate::site::Maker;
use crate::table::scroll;
use crate::words::{count_words, period_words, verify_mark};

/// From where a link is looked at: that end needs no column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seen {
    /// From outside: both ends are named, and each row is an anchor.
    Outside,
    /// From its first end.
    First,
    /// From its second end.
    Second,
}

/// Adds the table of all links.
pub(super) fn add(maker: &mut Maker<'_>) {
    maker.page("links.html", page);
}

fn page(context: Context<'_>) -> Page {
    let links: Vec<&Link> = context.case().links.iter().collect();
    let caption = count_words(links.len(), "link", "links");
    let body = html! {
        (crumbs(context, &[("actors.html", "Actors")], "Links"))
        h1 { "Links" }
        p.lead { "Who is said to do what to whom. Each link says how strongly it is supported, and by which source." }
        @if links.is_empty() { p { "The case has none." } } @else { (table(context, &caption, &links, Seen::Outside)) }
    };
    Page { title: "Links".to_owned(), body }
}

/// A table of links.
pub(super) fn table(context: Context<'_>, caption: &str, links: &[&Link], seen: Seen) -> Markup {
    let rows = html! {
        table {
            caption { (caption) }
            thead { tr {
                @if seen != Seen::First { th scope="col" { "Who" } }
                th scope="col" { "Does" }
                @if seen != Seen::Second { th scope="col" { "To or for whom" } }
                th scope="col" { "When" }
                th scope="col" { "Support" }
                th scope="col" { "Source" }
                th scope="col" { "Note" }
            } }
            tbody { @for link in links { (row(context, link, seen)) } }
        }
    };
    scroll(caption, &rows)
}

/// How a relation reads between its two ends.
fn verb(context: Context<'_>, link: &Link) -> String {
    let relation = context.case().settings.relations.get(&link.relation);
    relation.map_or_else(|| spaced(&link.relation), |relation| relation.verb.clone())
}

/// A link as a sentence with its source.
pub(super) fn sentence(context: Context<'_>, link: &Link) -> Markup {
    html! {
        (end_link(context, &link.from)) " " (verb(context, link)) " " (end_link(context, &link.to))
        @if let Some(period) = &link.period { ", " (period_words(period)) } ". "
        span.meta { (context.source_brief(&link.source)) }
        @if !link.note.is_empty() { " " (full_stop(&link.note)) }
        @if !link.verify.is_empty() { " " (verify_mark(&link.verify)) }
    }
}

fn row(context: Context<'_>, link: &Link, seen: Seen) -> Markup {
    let verb = verb(context, link);
    html! {
        tr id=[(seen == Seen::Outside).then_some(&link.id)] {
            @if seen == Seen::First { th scope="row" { (verb) } }
            @else { th scope="row" { (end_link(context, &link.from)) } td { (verb) } }
            @if seen != Seen::Second { td { (end_link(context, &link.to)) } }
            td { @if let Some(period) = &link.period { (period_words(period)) } @else { "undated" } }
            td { (spaced(&link.basis)) }
            td { (context.source_brief(&link.source)) }
            td { (link.note) @if !link.verify.is_empty() { " " (verify_mark(&link.verify)) } }
        }
    }
}

/// One end of a link: a record as a link to its page, a group as words.
pub(super) fn end_link(context: Context<'_>, text: &str) -> Markup {
    if let Value::Reference(reference) = end(text) {
        return name(context, reference.kind, &reference.id);
    }
    html! { (end_name(context.case(), text)) }
}
