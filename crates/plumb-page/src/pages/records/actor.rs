//! The page of an actor: names, what is reported of it and by whom, official lists, links with their support.
//!
//! What a source says is set as reported words. People who were harmed have a page of their own shape: what happened,
//! and nothing of lists.

use maud::{Markup, html};
use plumb_core::case::{Actor, Link};
use plumb_core::ftm;
use plumb_core::reference::{Kind, Reference};

use super::actors::{VICTIM, status_of};
use super::common::{capital, fact, lines, named, or_unknown, records, section, sites};
use super::links::{self, Seen};
use super::shelf::Shelf;
use super::subject;
use crate::layout::{Context, Page, crumbs};
use crate::link;
use crate::pages::trace;
use crate::site::Maker;
use crate::words::{date_words, verify_mark};

/// Adds the page of every actor.
pub(super) fn add(maker: &mut Maker<'_>, shelf: &Shelf<'_>) {
    let actors = maker.account().case.actors.iter().as_slice();
    maker.pages(actors, |actor| link::record(&actor.reference()), |context, actor| page(context, shelf, actor));
}

fn page(context: Context<'_>, shelf: &Shelf<'_>, actor: &Actor) -> Page {
    let harmed = actor.status == VICTIM;
    let named_sites = records(&context.case().sites, &shelf.mentions(Kind::Actor, &actor.id, Kind::Site));
    let body = html! {
        (crumbs(context, &[("actors.html", "Actors")], &actor.id))
        h1 { (named(&actor.name)) }
        @if harmed { (what_happened(context, actor)) } @else { (lead(context, actor)) }
        dl.facts { (facts(context, actor)) }
        @if !harmed && !actor.lists.is_empty() { (lists(context, actor)) }
        @if harmed { (in_words(context, shelf, actor)) } @else {
            (connections(context, shelf, actor))
            (trace::around(context, actor))
            (trace::ownership(context, actor))
        }
        @if !harmed { (section("Signs of forced labour", &subject::line(context, &actor.reference()))) }
        (section("Places of work named with it", &sites(context, named_sites)))
        (section("What remains to be checked", &verify(actor)))
    };
    Page { title: actor.name.clone(), body }
}

fn lead(context: Context<'_>, actor: &Actor) -> Markup {
    let (_, heading, meaning) = status_of(actor);
    html! {
        p.lead {
            (schema_label(actor)) ", "
            @if actor.country.is_empty() { "country " (or_unknown("")) } @else { (context.place(&actor.country)) }
            @if !actor.role.is_empty() { ": " (actor.role) } "."
        }
        p { strong { (heading) ". " } (meaning) }
        @if !actor.reason.is_empty() {
            p {
                "What is reported, in the words of the compilers: " bdi { (actor.reason) }
                " (" (context.source_brief(&actor.source)) ")."
            }
        }
    }
}

/// For people to whom the labour was done.
fn what_happened(context: Context<'_>, actor: &Actor) -> Markup {
    html! {
        p.lead {
            (capital(&actor.role))
            @if !actor.country.is_empty() { ". From " (context.place(&actor.country)) } "."
        }
        @if !actor.reason.is_empty() {
            p { "What is reported: " bdi { (actor.reason) } " (" (context.source_brief(&actor.source)) ")." }
        }
    }
}

/// The FollowTheMoney name of what it is.
fn schema_label(actor: &Actor) -> String {
    ftm::schema(&actor.schema).map_or_else(|| actor.schema.clone(), |schema| schema.label.to_owned())
}

fn facts(context: Context<'_>, actor: &Actor) -> Markup {
    html! {
        (fact("Other names", &lines(actor.aliases.iter().map(|alias| named(alias)))))
        (fact("Source", &context.source_line(&actor.source)))
        (fact("Further sources", &lines(actor.other_sources.iter().map(|source| context.source_line(source)))))
        (fact("In the files", &html! { code { (actor.row.file) ":" (actor.row.line) } ", " code { (actor.id) } }))
    }
}

/// Official lists, with the day of the first designation and the event that it cites.
fn lists(context: Context<'_>, actor: &Actor) -> Markup {
    section(
        "Official lists that name it",
        &html! {
            ul { @for list in &actor.lists { li { (list_words(list)) } } }
            p {
                "First designation known to the case: "
                @if let Some(date) = actor.designated { (date_words(date)) } @else { (or_unknown("")) }
                "."
                @if let Some(event) = context.case().events.get(&actor.event) {
                    " The event: " a href=(context.record(Kind::Event, &event.id)) { (event.summary) } "."
                }
            }
        },
    )
}

/// `UN:KPe.050` as "UN, entry KPe.050".
fn list_words(list: &str) -> Markup {
    html! {
        @match list.split_once(':') {
            Some((name, entry)) => { (name) ", entry " (entry) },
            None => { (list) },
        }
    }
}

/// Links in which it is the first or the second.
fn connections(context: Context<'_>, shelf: &Shelf<'_>, actor: &Actor) -> Markup {
    let own = actor.reference();
    let found = records(&context.case().links, &shelf.mentions(Kind::Actor, &actor.id, Kind::Link));
    let (from, to): (Vec<&Link>, Vec<&Link>) = found.into_iter().partition(|link| is_end(&link.from, &own));
    let caption = |words: &str| format!("{words} {}", actor.name);
    section(
        "Links",
        &html! {
            @if !from.is_empty() { (links::table(context, &caption("Links that start at"), &from, Seen::First)) }
            @if !to.is_empty() { (links::table(context, &caption("Links that lead to"), &to, Seen::Second)) }
        },
    )
}

/// Links of somebody who was harmed, as sentences.
fn in_words(context: Context<'_>, shelf: &Shelf<'_>, actor: &Actor) -> Markup {
    let found = records(&context.case().links, &shelf.mentions(Kind::Actor, &actor.id, Kind::Link));
    let list =
        html! { @if !found.is_empty() { ul { @for link in found { li { (links::sentence(context, link)) } } } } };
    section("What else is reported", &list)
}

fn is_end(end: &str, reference: &Reference) -> bool {
    end == reference.id || end.strip_prefix("actor:") == Some(&reference.id)
}

fn verify(actor: &Actor) -> Markup {
    html! { @if !actor.verify.is_empty() { p { (verify_mark(&actor.verify)) } } }
}
