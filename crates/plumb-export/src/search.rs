//! Full text: what a search looks through, and the SQLite table that holds it.
//!
//! The trigram tokenizer of FTS5 finds any part of a word from three letters on, in every script; that is what Korean and
//! Chinese need, which put no spaces where a tokenizer of words would want them.

use std::collections::BTreeSet;

use plumb_account::{Account, address, index::name_of};
use plumb_core::case::Case;
use plumb_core::reference::{Kind, Reference};
use plumb_core::statement::{Statement, Value};
use rusqlite::Connection;

use crate::tables::markdown;

/// Something that can be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Kind of record, in the singular; `section` for prose.
    pub kind: &'static str,
    /// Its id within its kind.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// All its words, a line each.
    pub body: String,
    /// Path of its page from the root of the site, perhaps with a fragment.
    pub path: String,
}

/// The kinds of record in the order in which a reader looks for them; finds of equal rank stand in this order.
const ORDER: [Kind; 16] = [
    Kind::Actor,
    Kind::Site,
    Kind::Place,
    Kind::Claim,
    Kind::Duty,
    Kind::Answer,
    Kind::Event,
    Kind::Link,
    Kind::Indicator,
    Kind::Sign,
    Kind::Rule,
    Kind::Observation,
    Kind::Measure,
    Kind::Origin,
    Kind::Defect,
    Kind::Source,
];

/// Everything that can be found in an account: its prose and its records.
pub fn documents(account: &Account) -> Vec<Document> {
    let sections = account.prose.iter().map(|section| Document {
        kind: "section",
        id: section.anchor.clone(),
        title: section.heading.clone(),
        body: markdown(section),
        path: address::section(&section.anchor),
    });
    let records = ORDER.iter().flat_map(|kind| references(account, *kind));
    sections.chain(records.map(|reference| document(&account.case, &reference))).collect()
}

/// Makes the table `search` and fills it.
///
/// # Errors
/// Only when SQLite refuses.
pub fn create(connection: &Connection, account: &Account) -> Result<(), rusqlite::Error> {
    connection.execute_batch(
        "CREATE VIRTUAL TABLE search USING fts5(kind UNINDEXED, id UNINDEXED, title, body, path UNINDEXED, tokenize = 'trigram');",
    )?;
    let mut insert = connection.prepare("INSERT INTO search (kind, id, title, body, path) VALUES (?, ?, ?, ?, ?)")?;
    for document in documents(account) {
        insert.execute((document.kind, document.id, document.title, document.body, document.path))?;
    }
    connection.execute_batch("INSERT INTO search (search) VALUES ('optimize');")
}

fn references(account: &Account, kind: Kind) -> Vec<Reference> {
    fn all<'a>(kind: Kind, ids: impl Iterator<Item = &'a str>) -> Vec<Reference> {
        ids.map(|id| Reference::new(kind, id)).collect()
    }
    let case = &account.case;
    match kind {
        Kind::Source => all(kind, case.sources.iter().map(|row| row.id.as_str())),
        Kind::Origin => all(kind, case.origins.iter().map(|row| row.id.as_str())),
        Kind::Claim => all(kind, case.claims.iter().map(|row| row.id.as_str())),
        Kind::Actor => all(kind, case.actors.iter().map(|row| row.id.as_str())),
        Kind::Link => all(kind, case.links.iter().map(|row| row.id.as_str())),
        Kind::Site => all(kind, case.sites.iter().map(|row| row.id.as_str())),
        Kind::Event => all(kind, case.events.iter().map(|row| row.id.as_str())),
        Kind::Duty => all(kind, case.duties.iter().map(|row| row.id.as_str())),
        Kind::Answer => all(kind, case.answers.iter().map(|row| row.id.as_str())),
        Kind::Indicator => all(kind, case.indicators.iter().map(|row| row.id.as_str())),
        Kind::Sign => all(kind, case.signs.iter().map(|row| row.id.as_str())),
        Kind::Response => {
            all(kind, case.responses.iter().filter(|row| !row.answer.is_empty()).map(|row| row.id.as_str()))
        }
        Kind::Rule => all(kind, case.rules.iter().map(|row| row.id.as_str())),
        Kind::Observation => all(kind, case.observations.iter().map(|row| row.id.as_str())),
        Kind::Defect => all(kind, case.defects.iter().map(|row| row.id.as_str())),
        Kind::Wage => all(kind, case.wages.iter().map(|row| row.id.as_str())),
        Kind::Place => all(kind, account.index.places()),
        Kind::Measure => all(kind, case.measures.keys().map(String::as_str)),
    }
}

fn document(case: &Case, reference: &Reference) -> Document {
    let statements = case.statements_of(reference);
    let mut words = Words::default();
    for statement in &statements {
        words.value(case, statement);
    }
    // a missing record has no words; references come from the tables, so there is none
    let _found = extra(case, reference, &mut words);
    for statement in &statements {
        words.context(case, statement);
    }
    Document {
        kind: reference.kind.as_str(),
        id: reference.id.clone(),
        title: title(case, reference),
        body: words.lines.join("\n"),
        path: address::record(reference),
    }
}

fn title(case: &Case, reference: &Reference) -> String {
    let name = name_of(case, reference);
    let about = match reference.kind {
        Kind::Claim => case.claims.get(&reference.id).map(|claim| (&claim.measure, &claim.place, claim.period)),
        Kind::Observation => {
            case.observations.get(&reference.id).map(|row| (&row.series, &row.place, Some(row.period)))
        }
        _ => None,
    };
    let Some((measure, place, period)) = about else { return name };
    let measure = name_of(case, &Reference::new(Kind::Measure, measure.clone()));
    let place = name_of(case, &Reference::new(Kind::Place, place.clone()));
    let period = period.map(|period| format!(", {period}")).unwrap_or_default();
    format!("{measure}, {place}{period}: {name}")
}

/// The words of a record, each line once.
#[derive(Default)]
struct Words {
    lines: Vec<String>,
    seen: BTreeSet<String>,
}

impl Words {
    fn add(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() && self.seen.insert(text.to_owned()) {
            self.lines.push(text.to_owned());
        }
    }

    fn all<T: AsRef<str>>(&mut self, texts: impl IntoIterator<Item = T>) {
        texts.into_iter().for_each(|text| self.add(text.as_ref()));
    }

    fn name(&mut self, case: &Case, kind: Kind, id: &str) {
        if !id.is_empty() {
            self.add(&name_of(case, &Reference::new(kind, id)));
        }
    }

    fn value(&mut self, case: &Case, statement: &Statement) {
        match &statement.value {
            Value::Reference(reference) => self.add(&name_of(case, reference)),
            value => self.add(&value.to_string()),
        }
        self.add(&statement.locator.quote);
    }

    fn context(&mut self, case: &Case, statement: &Statement) {
        self.name(case, Kind::Place, &statement.place);
        self.add(&statement.said_by);
        self.name(case, Kind::Origin, &statement.origin);
        self.name(case, Kind::Source, &statement.source);
    }
}

/// Adds what a record says that is no statement: notes, other names, addresses. `None` when there is no such record.
fn extra(case: &Case, reference: &Reference, words: &mut Words) -> Option<()> {
    let id = reference.id.as_str();
    match reference.kind {
        Kind::Source => {
            let row = case.sources.get(id)?;
            words.all([&row.id, &row.url, &row.kind, &row.note]);
        }
        Kind::Origin => {
            let row = case.origins.get(id)?;
            words.all([&row.id, &row.basis, &row.note]);
        }
        Kind::Claim => {
            let row = case.claims.get(id)?;
            words.name(case, Kind::Measure, &row.measure);
            words.all([&row.id, &row.subject, &row.population, &row.words, &row.note]);
        }
        Kind::Measure => {
            let row = case.measures.get(id)?;
            words.all([&row.definition, &row.population, &row.note]);
        }
        Kind::Place => {
            let row = case.places.get(id)?;
            words.all(row.names.iter().map(|(_, name)| name));
            case.places.path(id).iter().for_each(|outer| words.name(case, Kind::Place, outer));
        }
        Kind::Observation => {
            let row = case.observations.get(id)?;
            words.name(case, Kind::Measure, &row.series);
            words.add(&row.note);
        }
        Kind::Link => words.add(&case.links.get(id)?.note),
        Kind::Site => words.add(&case.sites.get(id)?.note),
        Kind::Event => words.add(&case.events.get(id)?.note),
        Kind::Duty => words.add(&case.duties.get(id)?.note),
        Kind::Answer => words.add(&case.answers.get(id)?.note),
        Kind::Indicator => words.add(&case.indicators.get(id)?.note),
        Kind::Sign => words.add(&case.signs.get(id)?.note),
        Kind::Response => words.add(&case.responses.get(id)?.note),
        Kind::Rule => words.add(&case.rules.get(id)?.note),
        Kind::Defect => words.add(&case.defects.get(id)?.note),
        // what a worker was paid is shown on its own page and is not searched for
        Kind::Actor | Kind::Wage => {}
    }
    Some(())
}
