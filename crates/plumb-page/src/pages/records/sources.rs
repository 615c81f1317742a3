//! The list of sources: what each kind contributed, and at the end those that nothing rests on.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use maud::{Markup, html};
use plumb_core::case::{Grade, Source};
use plumb_core::reference::{Kind, Reference};

use super::common::{UNTITLED, capital, dated, spaced};
use crate::language::title_language;
use crate::layout::{Context, Page, crumbs};
use crate::site::Maker;
use crate::table;
use crate::words::{count_words, foreign, grade_mark};

/// A source with what it contributed.
struct Entry<'a> {
    source: &'a Source,
    claims: usize,
    events: usize,
    actors: usize,
    others: usize,
}

impl Entry<'_> {
    fn total(&self) -> usize {
        self.claims + self.events + self.actors + self.others
    }
}

/// Adds the list.
pub(super) fn add(maker: &mut Maker<'_>) {
    maker.page("sources.html", page);
}

/// What every source contributed, from its mentions.
fn entries(context: Context<'_>) -> Vec<Entry<'_>> {
    let mut entries = Vec::new();
    for source in &context.case().sources {
        let mut entry = Entry { source, claims: 0, events: 0, actors: 0, others: 0 };
        for by in context.account.index.mentions(&source.reference()) {
            match by.kind {
                Kind::Claim => entry.claims += 1,
                Kind::Event => entry.events += 1,
                Kind::Actor => entry.actors += 1,
                _ => entry.others += 1,
            }
        }
        entries.push(entry);
    }
    entries
}

fn page(context: Context<'_>) -> Page {
    let (cited, uncited): (Vec<_>, Vec<_>) = entries(context).into_iter().partition(|entry| entry.total() > 0);
    let groups = by_kind(cited);
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "Sources"))
        h1 { "Sources" }
        p.lead {
            (count_words(context.case().sources.len(), "source", "sources")) " with "
            (count_words(context.case().origins.len(), "origin", "origins"))
            ". A source is where something was read; an origin is who said it first. However many sources repeat an origin, "
            "it counts once."
        }
        p { "Each source has an Admiralty grade, from A to F: " (grades()) "." }
        ul.toc {
            @for (at, (kind, entries)) in groups.iter().enumerate() {
                li { a href={ "#kind-" (at) } { (kind_words(kind)) } " " span.count { (entries.len()) } }
            }
            @if !uncited.is_empty() { li { a href="#uncited" { "Not cited" } " " span.count { (uncited.len()) } } }
            li { a href="#origins" { "Origins" } " " span.count { (context.case().origins.len()) } }
        }
        @for (at, (kind, entries)) in groups.iter().enumerate() {
            section {
                h2 id={ "kind-" (at) } { (kind_words(kind)) }
                (table(context, &kind_words(kind), entries))
            }
        }
        (not_cited(context, &uncited))
        (origins(context))
    };
    Page { title: "Sources".to_owned(), body }
}

fn grades() -> Markup {
    html! { @for (at, (grade, _, meaning)) in Grade::ALL.into_iter().enumerate() {
        @if at > 0 { ", " } (grade_mark(Some(grade))) " " (meaning)
    } }
}

/// Kinds in the order of the claims that they carry; in each, the source with most first.
fn by_kind(entries: Vec<Entry<'_>>) -> Vec<(&str, Vec<Entry<'_>>)> {
    let mut groups: BTreeMap<&str, Vec<Entry<'_>>> = BTreeMap::new();
    for entry in entries {
        groups.entry(&entry.source.kind).or_default().push(entry);
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    for (_, entries) in &mut groups {
        entries.sort_by_key(|entry| {
            (Reverse(entry.claims), Reverse(entry.total()), &entry.source.publisher, &entry.source.id)
        });
    }
    groups.sort_by_key(|(_, entries)| Reverse(entries.iter().map(|entry| entry.claims).sum::<usize>()));
    groups
}

fn kind_words(kind: &str) -> String {
    if kind.is_empty() { "Kind not stated".to_owned() } else { capital(&spaced(kind)) }
}

fn table(context: Context<'_>, kind: &str, entries: &[Entry<'_>]) -> Markup {
    let caption = format!("{kind}: {}", count_words(entries.len(), "source", "sources"));
    let rows = html! {
        table.compact {
            caption { (caption) }
            thead { tr {
                th scope="col" { "Source" }
                th scope="col" { "Date" }
                th scope="col" { "Grade" }
                th.num scope="col" { "Claims" }
                th.num scope="col" { "Events" }
                th.num scope="col" { "Actors" }
                th.num scope="col" { "Other rows" }
            } }
            tbody { @for entry in entries { (row(context, entry)) } }
        }
    };
    table::scroll(&caption, &rows)
}

fn row(context: Context<'_>, entry: &Entry<'_>) -> Markup {
    let source = entry.source;
    html! {
        tr {
            th scope="row" { (title_link(context, source)) }
            td.nowrap { (dated(source.date)) }
            td { (grade_mark(source.grade)) }
            td.num { (entry.claims) }
            td.num { (entry.events) }
            td.num { (entry.actors) }
            td.num { (entry.others) }
        }
    }
}

/// Publisher and title as one link.
fn title_link(context: Context<'_>, source: &Source) -> Markup {
    html! {
        a href=(context.record(Kind::Source, &source.id)) {
            bdi { (source.publisher) } ": "
            @if source.title.is_empty() { (UNTITLED) } @else { (foreign(title_language(source), &source.title)) }
        }
    }
}

fn not_cited(context: Context<'_>, uncited: &[Entry<'_>]) -> Markup {
    html! {
        @if !uncited.is_empty() {
            section {
                h2 id="uncited" { "Not cited" }
                p {
                    "Nothing in the case rests on these. They confirm what others say, or are kept so that they can be "
                    "found again."
                }
                ul { @for entry in uncited {
                    li {
                        (title_link(context, entry.source)) ", " (dated(entry.source.date)) " "
                        (grade_mark(entry.source.grade))
                    }
                } }
            }
        }
    }
}

fn origins(context: Context<'_>) -> Markup {
    let carried = |id: &str| context.account.index.mentions_of(&Reference::new(Kind::Origin, id), Kind::Claim).count();
    let mut origins: Vec<_> = context.case().origins.iter().map(|origin| (carried(&origin.id), origin)).collect();
    origins.sort_by_key(|(claims, origin)| (Reverse(*claims), &origin.name));
    html! {
        section {
            h2 id="origins" { "Origins" }
            p { "Who said it first, with the number of claims that carry it." }
            ul.toc { @for (claims, origin) in origins {
                li { (context.name(Kind::Origin, &origin.id)) " " span.count { (claims) } }
            } }
        }
    }
}
