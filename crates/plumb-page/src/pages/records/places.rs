//! The tree of places: the world and groups, then states with their regions and towns, each with what the case has on
//! it.

use maud::{Markup, html};
use plumb_core::place::{PlaceInfo, PlaceKind};
use plumb_core::reference::Kind;

use super::common::counts;
use super::shelf::Shelf;
use crate::layout::{Context, Page, crumbs};
use crate::site::Maker;
use crate::words::{count_words, foreign};

/// Adds the tree.
pub(super) fn add(maker: &mut Maker<'_>, shelf: &Shelf<'_>) {
    maker.page("places.html", |context| page(context, shelf));
}

fn page(context: Context<'_>, shelf: &Shelf<'_>) -> Page {
    let roots: Vec<&PlaceInfo> = (shelf.places.iter())
        .filter(|code| context.case().places.path(code).len() < 2)
        .filter_map(|code| context.case().places.get(code))
        .collect();
    let states = |place: &&PlaceInfo| matches!(place.kind, PlaceKind::Country | PlaceKind::State | PlaceKind::Former);
    let (mut states, mut others): (Vec<_>, Vec<_>) = roots.into_iter().partition(states);
    // the most spoken of first; of equals by name
    states.sort_by_key(|place| (std::cmp::Reverse(weight(shelf, &place.code)), place.name.clone()));
    others.sort_by_key(|place| (std::cmp::Reverse(weight(shelf, &place.code)), place.name.clone()));
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "Places"))
        h1 { "Places" }
        p.lead {
            "The case speaks about " (count_words(states.len(), "state", "states")) ". "
            "Codes are those of ISO 3166; borders and names are no statement."
        }
        section { h2 { "The world, groups and bodies" } (tree(context, shelf, &others)) }
        section { h2 { "States, regions and towns" } (tree(context, shelf, &states)) }
    };
    Page { title: "Places".to_owned(), body }
}

/// How much the case has on a place and what lies in it.
fn weight(shelf: &Shelf<'_>, code: &str) -> usize {
    shelf.mentions_within(code, Kind::Claim).len()
}

fn tree(context: Context<'_>, shelf: &Shelf<'_>, places: &[&PlaceInfo]) -> Markup {
    html! {
        @if !places.is_empty() {
            ul.tree { @for place in places { (branch(context, shelf, place, 0)) } }
        }
    }
}

/// A place with those that lie in it. Places that contain each other are cut off at a depth that no real ones reach.
fn branch(context: Context<'_>, shelf: &Shelf<'_>, place: &PlaceInfo, depth: usize) -> Markup {
    const DEEPEST: usize = 6;
    let mut children: Vec<&PlaceInfo> =
        shelf.children(&place.code).iter().filter_map(|code| context.case().places.get(code)).collect();
    children.sort_by_key(|child| &child.name);
    html! {
        li {
            (context.place(&place.code))
            @for (language, name) in &place.names { " " span.meta { (foreign(language, name)) } }
            @let said = what_there_is(shelf, &place.code);
            @if !said.is_empty() { " " span.meta { (said) } }
            @if !children.is_empty() && depth < DEEPEST {
                ul { @for child in children { (branch(context, shelf, child, depth + 1)) } }
            }
        }
    }
}

/// Counts of what the case has on a place: `12 claims, 1 site`.
pub(super) fn what_there_is(shelf: &Shelf<'_>, code: &str) -> String {
    let kinds =
        [Kind::Claim, Kind::Site, Kind::Event, Kind::Actor, Kind::Duty, Kind::Answer, Kind::Rule, Kind::Observation];
    let found: Vec<(usize, Kind)> =
        kinds.into_iter().map(|kind| (shelf.mentions(Kind::Place, code, kind).len(), kind)).collect();
    counts(&found)
}
