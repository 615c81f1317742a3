//! Who did what where: actors, links, sites, events.

use plumb_account::{Account, index};
use plumb_core::case::Case;
use plumb_core::reference::{Kind, Reference};
use plumb_core::statement::Value;

use super::Table;
use super::builder::{Builder, list};

pub(super) fn tables(account: &Account) -> Vec<Table> {
    let case = &account.case;
    vec![
        actors(case),
        actor_aliases(case),
        actor_lists(case),
        actor_sources(case),
        relations(case),
        links(case),
        sites(case),
        site_actors(case),
        site_claims(case),
        events(case),
    ]
}

fn actors(case: &Case) -> Table {
    Builder::new("actors", "People, companies and bodies. A row says what is reported, never guilt.", &case.actors)
        .key("id", "Name of the actor within the case.", |row| row.id.clone())
        .text("name", "Full name.", |row| &row.name)
        .text("schema", "FollowTheMoney schema, such as Person or Company.", |row| &row.schema)
        .to("country", "places", "Country it belongs to.", |row| &row.country)
        .text("role", "Its part in the case.", |row| &row.role)
        .date(["designated", "designated_start", "designated_end"], "Date of the first designation (EDTF).", |row| {
            row.designated
        })
        .to("event", "events", "The event that the designation cites.", |row| &row.event)
        .text("status", "Why it is in the case: designated, reported, allegation, context, victim.", |row| &row.status)
        .text("reason", "What the source says of it.", |row| &row.reason)
        .to("source", "sources", "Where this was read.", |row| &row.source)
        .text("verify", "What remains to be checked.", |row| &row.verify)
        .done()
}

fn actor_aliases(case: &Case) -> Table {
    list(
        "actor_aliases",
        "Other names of actors, in any script.",
        case.actors.iter().map(|row| (row.id.clone(), row.aliases.clone())),
    )
    .of("actor", "actors", "aliases")
    .text("alias", "The name.", |(.., alias)| alias.clone())
    .done()
}

fn actor_lists(case: &Case) -> Table {
    list(
        "actor_lists",
        "Official lists that name an actor.",
        case.actors.iter().map(|row| (row.id.clone(), row.lists.clone())),
    )
    .of("actor", "actors", "lists")
    .text("list", "The list and the entry, as LIST:ENTRY.", |(.., list)| list.clone())
    .done()
}

fn actor_sources(case: &Case) -> Table {
    let rows = case.actors.iter().map(|row| (row.id.clone(), row.other_sources.clone()));
    list("actor_sources", "Further sources on an actor.", rows)
        .of("actor", "actors", "other_sources")
        .to("source", "sources", "The source.", |(.., source)| source.clone())
        .done()
}

fn relations(case: &Case) -> Table {
    Builder::new("relations", "What a link may say that the first does to the second.", &case.settings.relations)
        .key("id", "The word in the links.", |(id, _)| (*id).clone())
        .text("schema", "FollowTheMoney schema of the edge.", |(_, relation)| &relation.schema)
        .text("verb", "How it reads between the two names.", |(_, relation)| &relation.verb)
        .done()
}

/// The id of an end of a link if it is a record of this kind.
fn end_in(kind: Kind, end: &str) -> String {
    match plumb_core::lower::end(end) {
        Value::Reference(reference) if reference.kind == kind => reference.id,
        _ => String::new(),
    }
}

fn links(case: &Case) -> Table {
    Builder::new("links", "Relations between actors, sites, places and groups.", &case.links)
        .key("id", "Name of the link.", |row| row.id.clone())
        .text("from_end", "The first end: KIND:ID, or an actor.", |row| &row.from)
        .text("from_name", "Its name.", |row| index::end_name(case, &row.from))
        .to("from_actor", "actors", "The first end, if it is an actor.", |row| end_in(Kind::Actor, &row.from))
        .to("relation", "relations", "What the first does to the second.", |row| &row.relation)
        .text("to_end", "The second end: KIND:ID, or an actor.", |row| &row.to)
        .text("to_name", "Its name.", |row| index::end_name(case, &row.to))
        .to("to_actor", "actors", "The second end, if it is an actor.", |row| end_in(Kind::Actor, &row.to))
        .text("sentence", "The link in words.", |row| index::name_of(case, &Reference::new(Kind::Link, row.id.clone())))
        .period("When (EDTF).", |row| row.period)
        .text("basis", "How strongly it is supported: official-list, court-file, media, allegation and so on.", |row| {
            &row.basis
        })
        .to("source", "sources", "Where this was read.", |row| &row.source)
        .text("verify", "What remains to be checked.", |row| &row.verify)
        .text("note", "What a reader should know.", |row| &row.note)
        .done()
}

fn sites(case: &Case) -> Table {
    Builder::new("sites", "Named places of work and incidents there.", &case.sites)
        .key("id", "Name of the site within the case.", |row| row.id.clone())
        .text("name", "What it is called.", |row| &row.name)
        .to("place", "places", "Where it is.", |row| &row.place)
        .period("When workers were there (EDTF).", |row| row.period)
        .text("workers", "What is said about the number of workers.", |row| &row.workers)
        .text("incidents", "What is reported to have happened.", |row| &row.incidents)
        .to("source", "sources", "Where this was read.", |row| &row.source)
        .text("status", "How well it is attested.", |row| &row.status)
        .text("note", "What a reader should know.", |row| &row.note)
        .done()
}

fn site_actors(case: &Case) -> Table {
    list(
        "site_actors",
        "Actors named in connection with a site.",
        case.sites.iter().map(|row| (row.id.clone(), row.actors.clone())),
    )
    .of("site", "sites", "actors")
    .to("actor", "actors", "The actor.", |(.., actor)| actor.clone())
    .done()
}

fn site_claims(case: &Case) -> Table {
    list(
        "site_claims",
        "Claims that speak of a site.",
        case.sites.iter().map(|row| (row.id.clone(), row.claims.clone())),
    )
    .of("site", "sites", "claims")
    .to("claim", "claims", "The claim.", |(.., claim)| claim.clone())
    .done()
}

fn events(case: &Case) -> Table {
    Builder::new("events", "Dated events.", &case.events)
        .key("id", "Name of the event.", |row| row.id.clone())
        .date(["date", "date_start", "date_end"], "When, as exact as known (EDTF).", |row| Some(row.date))
        .text("summary", "What happened.", |row| &row.summary)
        .to("place", "places", "Where, or whose act.", |row| &row.place)
        .text("kind", "law, act, report, incident, context, statement.", |row| &row.kind)
        .to("source", "sources", "Where this was read.", |row| &row.source)
        .text("verify", "What remains to be checked.", |row| &row.verify)
        .text("note", "What a reader should know.", |row| &row.note)
        .done()
}
