//! Search from disk: an alphabetical index that needs no script, and above it a field that filters all records where
//! scripts are on.
//!
//! The script and its data are files of the site, so that they load from disk and under a strict content policy.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use plumb_core::reference::{Kind, Reference};

use super::alphabet::{Heading, sort_key};
use super::common::{named, source_name};
use super::search_data;
use super::shelf::Shelf;
use crate::layout::{Context, Page, crumbs};
use crate::link;
use crate::site::Maker;
use crate::words::count_words;

/// A name in the index.
struct Entry {
    name: String,
    /// What it is: actor, place …
    what: String,
    path: String,
}

/// Adds the page, its script and the data of the script.
pub(super) fn add(maker: &mut Maker<'_>, shelf: &Shelf<'_>) {
    maker.page("search.html", |context| page(context, shelf));
    maker.file("search.js", include_str!("../../search.js"));
    maker.file("search-data.js", search_data::script(shelf));
}

fn page(context: Context<'_>, shelf: &Shelf<'_>) -> Page {
    let headings = by_heading(entries(shelf));
    let names = count_words(headings.values().map(Vec::len).sum(), "name", "names");
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "Search"))
        h1 { "Search" }
        form id="search" action="search.html" method="get" role="search" hidden {
            label for="query" { "Search all records, in any script" }
            input id="query" name="q" type="search" autocomplete="off" spellcheck="false" aria-describedby="found";
        }
        p id="found" role="status" aria-live="polite" {}
        div id="results" {}
        section id="index" {
            h2 { "Index of names" }
            p { (names) " of actors, places, places of work, measures, sources and instruments." }
            nav aria-label="Letters of the index" {
                p { @for heading in headings.keys() { a href={ "#" (heading.anchor()) } { (heading.words()) } " " } }
            }
            @for (heading, entries) in &headings { (letter(context, *heading, entries)) }
        }
        script src=(context.to("search-data.js")) defer {}
        script src=(context.to("search.js")) defer {}
    };
    Page { title: "Search".to_owned(), body }
}

fn letter(context: Context<'_>, heading: Heading, entries: &[Entry]) -> Markup {
    html! {
        h3 id=(heading.anchor()) { (named(&heading.words())) }
        ul.toc { @for entry in entries {
            li { a href=(context.to(&entry.path)) { (named(&entry.name)) } " " span.count { (entry.what) } }
        } }
    }
}

/// Entries under their headings, in order; the same name of the same thing once.
fn by_heading(entries: Vec<Entry>) -> BTreeMap<Heading, Vec<Entry>> {
    let mut ordered: Vec<(String, Entry)> = entries.into_iter().map(|entry| (sort_key(&entry.name), entry)).collect();
    ordered.sort_by(|(one, first), (other, second)| {
        (one, &first.name, &first.path).cmp(&(other, &second.name, &second.path))
    });
    ordered.dedup_by(|(_, one), (_, other)| one.name == other.name && one.path == other.path);
    let mut headings: BTreeMap<Heading, Vec<Entry>> = BTreeMap::new();
    for (_, entry) in ordered {
        headings.entry(Heading::of(&entry.name)).or_default().push(entry);
    }
    headings
}

fn entries(shelf: &Shelf<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    actors(shelf, &mut entries);
    places(shelf, &mut entries);
    let case = &shelf.account.case;
    let mut add = |kind: Kind, id: &str, name: String, what: &str| {
        entries.push(Entry { name, what: what.to_owned(), path: link::record(&Reference::new(kind, id)) });
    };
    for site in &case.sites {
        add(Kind::Site, &site.id, site.name.clone(), "place of work");
    }
    for measure in case.measures.values() {
        add(Kind::Measure, &measure.id, measure.label.clone(), "measure");
    }
    for source in &case.sources {
        add(Kind::Source, &source.id, source_name(source), "source");
    }
    let mut instruments = BTreeSet::new();
    for duty in case.duties.iter().filter(|duty| instruments.insert(&duty.instrument)) {
        add(Kind::Duty, &duty.id, duty.instrument.clone(), "instrument");
    }
    entries
}

/// Actors under all their names.
fn actors(shelf: &Shelf<'_>, entries: &mut Vec<Entry>) {
    for actor in &shelf.account.case.actors {
        let path = link::record(&actor.reference());
        entries.push(Entry { name: actor.name.clone(), what: "actor".to_owned(), path: path.clone() });
        entries.extend(actor.aliases.iter().map(|alias| Entry {
            name: alias.clone(),
            what: format!("actor: {}", actor.name),
            path: path.clone(),
        }));
    }
}

/// Places under their names in all languages.
fn places(shelf: &Shelf<'_>, entries: &mut Vec<Entry>) {
    for place in shelf.places.iter().filter_map(|code| shelf.account.case.places.get(code)) {
        let path = link::record(&Reference::new(Kind::Place, place.code.as_ref()));
        entries.push(Entry { name: place.name.to_string(), what: "place".to_owned(), path: path.clone() });
        entries.extend(place.names.iter().map(|(_, name)| Entry {
            name: name.to_string(),
            what: format!("place: {}", place.name),
            path: path.clone(),
        }));
    }
}
