//! The list of actors, by why they are in the case. Workers who were harmed stand apart, with what happened to them.

use maud::{Markup, html};
use plumb_core::case::Actor;
use plumb_core::reference::Kind;

use super::common::{full_stop, joined, named, or_unknown};
use super::shelf::Shelf;
use crate::layout::{Context, Page, crumbs};
use crate::site::Maker;
use crate::table;
use crate::words::count_words;

/// Why an actor is in the case: the word of the table, the heading of its group, what it means.
pub(super) const STATUS: [(&str, &str, &str); 5] = [
    (
        "designated",
        "Named on an official list",
        "An official list names it. The list and the day stand with the name; reasons are those of the list.",
    ),
    ("reported", "Reported", "The sources report a part in the matter. No official list of the case names it."),
    (
        "allegation",
        "Alleged",
        "Somebody claims a part in the matter; the case knows no second source that confirms it.",
    ),
    (
        "context",
        "Context",
        "It stands here to explain the rest: a ministry, a place of work, a buyer. Nothing more is said by it.",
    ),
    ("", "Without a stated reason", "The case does not say why it is listed."),
];

/// The word of the table for people to whom the labour was done.
pub(super) const VICTIM: &str = "victim";

/// The group of an actor; a word that is not known counts as none.
pub(super) fn status_of(actor: &Actor) -> (&'static str, &'static str, &'static str) {
    let [.., unstated] = STATUS;
    STATUS.into_iter().find(|(word, ..)| *word == actor.status).unwrap_or(unstated)
}

/// Adds the list.
pub(super) fn add(maker: &mut Maker<'_>, shelf: &Shelf<'_>) {
    maker.page("actors.html", |context| page(context, shelf));
}

fn page(context: Context<'_>, shelf: &Shelf<'_>) -> Page {
    let actors = &context.case().actors;
    let group = |word: &str| -> Vec<&Actor> {
        let mut members: Vec<&Actor> =
            (actors.iter()).filter(|actor| actor.status != VICTIM && status_of(actor).0 == word).collect();
        members.sort_by(|one, other| one.name.cmp(&other.name).then_with(|| one.id.cmp(&other.id)));
        members
    };
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "Actors"))
        h1 { "Actors" }
        p.lead {
            (count_words(actors.len(), "person, company or body", "people, companies and bodies"))
            " of whom the sources speak. A row repeats what is reported and judges nobody."
        }
        @for (at, (word, heading, meaning)) in STATUS.into_iter().enumerate() {
            @let members = group(word);
            @if !members.is_empty() {
                section {
                    h2 id={ "group-" (at) } { (heading) }
                    p { (meaning) }
                    (table(context, shelf, heading, &members))
                }
            }
        }
        (victims(context, actors.iter().filter(|actor| actor.status == VICTIM).collect()))
        p { "How they are connected: " a href=(context.to("links.html")) { "all links" } "." }
    };
    Page { title: "Actors".to_owned(), body }
}

fn table(context: Context<'_>, shelf: &Shelf<'_>, heading: &str, actors: &[&Actor]) -> Markup {
    let listed = actors.iter().any(|actor| !actor.lists.is_empty());
    let caption = format!("{heading}: {}", count_words(actors.len(), "name", "names"));
    let rows = html! {
        table {
            caption { (caption) }
            thead { tr {
                th scope="col" { "Name" }
                th scope="col" { "Country" }
                th scope="col" { "Part in the case" }
                @if listed { th scope="col" { "Official lists" } }
                th.num scope="col" { "Links" }
            } }
            tbody { @for actor in actors { (row(context, shelf, actor, listed)) } }
        }
    };
    table::scroll(&caption, &rows)
}

fn row(context: Context<'_>, shelf: &Shelf<'_>, actor: &Actor, listed: bool) -> Markup {
    html! {
        tr {
            th scope="row" {
                a href=(context.record(Kind::Actor, &actor.id)) { (named(&actor.name)) }
                @if !actor.aliases.is_empty() { br; span.meta { (aliases(&actor.aliases)) } }
            }
            td { @if actor.country.is_empty() { (or_unknown("")) } @else { (context.place(&actor.country)) } }
            td { (actor.role) }
            @if listed { td { (actor.lists.join(", ")) } }
            td.num { (shelf.mentions(Kind::Actor, &actor.id, Kind::Link).len()) }
        }
    }
}

/// Other names in a line, each with its language.
pub(super) fn aliases(names: &[String]) -> Markup {
    joined(names.iter().map(|name| named(name)))
}

fn victims(context: Context<'_>, actors: Vec<&Actor>) -> Markup {
    html! {
        @if !actors.is_empty() {
            section {
                h2 id="group-harmed" { "Workers who were harmed" }
                ul { @for actor in actors {
                    li {
                        a href=(context.record(Kind::Actor, &actor.id)) { (named(&actor.name)) }
                        @if !actor.role.is_empty() { ", " (actor.role) } "."
                        @if !actor.reason.is_empty() { " " (full_stop(&actor.reason)) }
                        " " span.meta { (context.source_brief(&actor.source)) }
                    }
                } }
            }
        }
    }
}
