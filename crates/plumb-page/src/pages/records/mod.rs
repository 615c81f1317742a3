//! The pages of single records and the lists of them: claims, sources, actors, places, sites, search.

use crate::site::Maker;

mod actor;
mod actors;
mod alphabet;
mod claim;
mod common;
mod defects;
mod diagnostics;
mod indicators;
mod inner_map;
mod links;
mod origin;
mod place;
mod places;
mod rivals;
mod rules;
mod search;
mod search_data;
mod series;
mod shelf;
mod sites;
mod source;
mod sources;
mod subject;

#[cfg(test)]
pub(super) mod tests;

/// Adds them.
pub(super) fn add(maker: &mut Maker<'_>) {
    let shelf = shelf::Shelf::of(maker.account());
    claim::add(maker, &shelf);
    source::add(maker, &shelf);
    sources::add(maker);
    origin::add(maker, &shelf);
    actor::add(maker, &shelf);
    actors::add(maker, &shelf);
    links::add(maker);
    place::add(maker, &shelf);
    places::add(maker, &shelf);
    sites::add(maker);
    series::add(maker);
    rules::add(maker);
    indicators::add(maker);
    subject::add(maker);
    defects::add(maker);
    diagnostics::add(maker, &shelf);
    search::add(maker, &shelf);
}
