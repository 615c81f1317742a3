//! FollowTheMoney entities as JSON lines: who can act becomes an actor, what joins two of them a link.
//!
//! Such a file says who is who, not where it was read. So `case.toml` must name the source that each file stands for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use plumb_core::case::{Actor, Link, Relation};
use plumb_core::codes::{P0107, P0110, P0111, P0212, P0301};
use plumb_core::date::{Bound, PartialDate, Period};
use plumb_core::diagnostic::{Diagnostic, Severity};
use plumb_core::ftm::{self, Edge, Schema};
use plumb_core::location::{Location, RowLocation};
use plumb_core::place::lookup;
use plumb_core::reference::{Kind, Reference};
use plumb_core::suggest;
use serde::Deserialize;
use serde_json::Value;

use crate::cells::check_id;
use crate::context::{Complaint, Context, Source};
use crate::dates::parse_date;
use crate::text::number;

/// Endings of the files that are read.
const ENDINGS: [&str; 3] = [".ftm.json", ".ftm.jsonl", ".ijson"];

/// Characters of a date in ISO 8601 that are its day; FollowTheMoney allows a time behind them.
const DAY: usize = 10;

/// Whether a path in the top folder is a file of FollowTheMoney entities.
pub(crate) fn is_ftm(path: &str) -> bool {
    !path.contains('/') && ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// An entity as a line has it.
#[derive(Deserialize)]
struct Entity {
    id: String,
    schema: String,
    #[serde(default)]
    caption: String,
    #[serde(default)]
    properties: BTreeMap<String, Vec<Value>>,
}

impl Entity {
    /// The values of a property that are words.
    fn texts(&self, property: &str) -> impl Iterator<Item = &str> {
        self.properties.get(property).into_iter().flatten().filter_map(Value::as_str).map(str::trim)
    }

    fn first<'a>(&'a self, properties: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        properties.into_iter().find_map(|property| self.texts(property).next())
    }
}

/// A line that is read as a relation, once all actors and sites are known.
pub(crate) struct Edges {
    found: Vec<(Entity, &'static Schema, Edge, Line)>,
}

/// Where a line stands, and the source that its file stands for.
#[derive(Clone)]
struct Line {
    file: Arc<str>,
    number: u32,
    length: u32,
    source: Arc<str>,
}

impl Line {
    fn location(&self) -> Location {
        Location { file: self.file.clone(), line: self.number, column: 1, length: self.length }
    }

    fn row(&self) -> RowLocation {
        RowLocation { file: self.file.clone(), line: self.number, cells: Arc::default() }
    }
}

/// Reads the actors of all such files, and keeps their relations for [`read_links`].
pub(crate) fn read(context: &mut Context<'_>) -> Edges {
    let mut edges = Edges { found: Vec::new() };
    let folder = context.folder;
    let mut named: BTreeSet<String> = context.ftm_sources.keys().cloned().collect();
    for path in folder.files.keys().filter(|path| is_ftm(path)) {
        named.remove(path);
        context.known.begin_table();
        let source_id = source_of(context, path);
        if let (Some(source), Some(source_id)) = (context.open(path), source_id) {
            read_file(context, &source, &source_id, &mut edges);
        }
    }
    for path in named {
        if let Some(text) = context.ftm_sources.get(&path) {
            let diagnostic =
                Diagnostic::new(P0110, text.location.clone(), format!("[ftm] names `{path}`, which is not there"));
            context.report(diagnostic.help(format!("such files end in {}", ENDINGS.join(", "))));
        }
    }
    edges
}

/// The source that a file stands for, if the case says so and has it.
fn source_of(context: &mut Context<'_>, path: &str) -> Option<Arc<str>> {
    let Some(text) = context.ftm_sources.get(path).cloned() else {
        let message = format!("case.toml does not say which source `{path}` stands for");
        let diagnostic = Diagnostic::new(P0110, Location::file(path), message);
        context.report(diagnostic.help(format!("add under [ftm]: \"{path}\" = \"SOURCE\", with an id of sources.csv")));
        return None;
    };
    context.refer(Kind::Source, &text.text, text.location, None).then(|| text.text.into())
}

fn read_file(context: &mut Context<'_>, source: &Source, source_id: &Arc<str>, edges: &mut Edges) {
    let mut other: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (index, text) in source.text.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let length = number(text.chars().count());
        let line = Line { file: source.file.clone(), number: number(index + 1), length, source: source_id.clone() };
        match parse(text, &line) {
            Err(diagnostic) => context.report(*diagnostic),
            Ok((entity, schema)) => match schema.edge {
                Some(edge) => edges.found.push((entity, schema, edge, line)),
                None if schema.is_a("LegalEntity") || schema.is_a("Vehicle") => {
                    add_actor(context, &entity, schema, &line);
                }
                None => *other.entry(schema.name).or_default() += 1,
            },
        }
    }
    if !other.is_empty() {
        context.report(not_taken(source, &other));
    }
}

/// What a file also has is no fault of it.
fn not_taken(source: &Source, other: &BTreeMap<&'static str, usize>) -> Diagnostic {
    let counts: Vec<String> = other.iter().map(|(schema, count)| format!("{count} {schema}")).collect();
    let message = format!("entities that are neither actors nor relations are not taken up: {}", counts.join(", "));
    let mut diagnostic = Diagnostic::new(P0111, Location::file(source.file.clone()), message);
    diagnostic.severity = Severity::Note;
    diagnostic
}

fn parse(text: &str, line: &Line) -> Result<(Entity, &'static Schema), Box<Diagnostic>> {
    let malformed =
        |at: Location, message: String| Box::new(Diagnostic::new(P0111, at, message).note("the line was left out"));
    let entity: Entity = serde_json::from_str(text).map_err(|error| {
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        let column =
            text.get(..error.column().saturating_sub(1)).map_or(1, |before| number(before.chars().count() + 1));
        let at = Location { column, length: 1, ..line.location() };
        let help = "each line is one entity: {\"id\": …, \"schema\": …, \"properties\": {…}}";
        Box::new(malformed(at, format!("not a FollowTheMoney entity: {reason}")).help(help))
    })?;
    if let Err(complaint) = check_id(&entity.id) {
        return Err(malformed(line.location(), complaint.message));
    }
    if let Some(schema) = ftm::schema(&entity.schema) {
        return Ok((entity, schema));
    }
    let nearest = suggest::nearest(&entity.schema, ftm::schemata().map(|schema| schema.name));
    let complaint = Complaint::new(P0212, format!("there is no FollowTheMoney schema `{}`", entity.schema));
    Err(Box::new(complaint.at(line.location(), None).note("the line was left out").did_you_mean(nearest)))
}

fn add_actor(context: &mut Context<'_>, entity: &Entity, schema: &Schema, line: &Line) {
    let about = Reference::new(Kind::Actor, entity.id.as_str());
    let mut names: Vec<String> = Vec::new();
    for name in entity.texts("name").chain([entity.caption.trim()]).chain(entity.texts("alias")) {
        if !name.is_empty() && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    if names.is_empty() {
        let diagnostic = Diagnostic::new(P0111, line.location(), format!("the entity `{}` has no name", entity.id));
        context.known.left_out(Kind::Actor, &entity.id, Some(line.location()));
        return context.report(diagnostic.note("the line was left out").about(about));
    }
    let name = names.remove(0);
    let actor = Actor {
        id: entity.id.clone(),
        name,
        aliases: names,
        schema: schema.name.to_owned(),
        country: country(context, entity, line),
        role: String::new(),
        lists: Vec::new(),
        designated: None,
        event: String::new(),
        status: "reported".to_owned(),
        reason: String::new(),
        source: line.source.to_string(),
        other_sources: Vec::new(),
        verify: String::new(),
        row: line.row(),
    };
    match context.case.actors.insert(&entity.id, actor) {
        Ok(()) => context.known.read(Kind::Actor, &entity.id),
        Err(_) => context.report(twice(&entity.id, line.location(), context.case.row(&about), about)),
    }
}

fn twice(id: &str, location: Location, first: Option<&RowLocation>, about: Reference) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(P0107, location, format!("the id `{id}` stands twice")).saying("this line was left out");
    let diagnostic = diagnostic.help("give each record an id of its own").about(about);
    match first {
        Some(row) => diagnostic.also(row.cell("id"), "first used here"),
        None => diagnostic,
    }
}

/// Its country as a code of the case. FollowTheMoney writes codes small, and has codes of its own for states that are no more.
fn country(context: &mut Context<'_>, entity: &Entity, line: &Line) -> String {
    let Some(code) = entity.first(["country", "jurisdiction", "mainCountry", "nationality", "citizenship", "flag"])
    else {
        return String::new();
    };
    let code = match code.to_uppercase().as_str() {
        "SUHH" => "SU".to_owned(),
        "DDDE" => "DD".to_owned(),
        "YUCS" => "YU".to_owned(),
        other => other.to_owned(),
    };
    let about = Reference::new(Kind::Actor, entity.id.as_str());
    let known = lookup(&code).is_some() || context.place(&code, line.location(), Some(&about));
    if known { code } else { String::new() }
}

/// Reads the relations that [`read`] kept.
pub(crate) fn read_links(context: &mut Context<'_>, edges: &Edges) {
    context.known.begin_table();
    for (entity, schema, edge, line) in &edges.found {
        let relation = relation(context, schema, *edge);
        let period = period(context, entity, schema, line);
        let pairs = entity.texts(edge.source).flat_map(|from| entity.texts(edge.target).map(move |to| (from, to)));
        let pairs: Vec<(&str, &str)> = pairs.collect();
        if pairs.is_empty() {
            let message = format!("the {} `{}` needs `{}` and `{}`", schema.name, entity.id, edge.source, edge.target);
            context.report(Diagnostic::new(P0111, line.location(), message).note("the line was left out"));
        }
        for (index, (from, to)) in pairs.into_iter().enumerate() {
            let id = if index == 0 { entity.id.clone() } else { format!("{}.{}", entity.id, index + 1) };
            let (from, to) = (end(context, &id, from, line), end(context, &id, to, line));
            if let (Some(from), Some(to)) = (from, to) {
                add_link(context, Link { from, to, ..link(id, &relation, period, line) }, line);
            }
        }
    }
}

/// The relation of a schema, added to those of the case when it has none of this name.
fn relation(context: &mut Context<'_>, schema: &Schema, edge: Edge) -> String {
    let name = schema.name.to_lowercase();
    let relation = Relation::new(schema.name, edge.label);
    context.case.settings.relations.entry(name.clone()).or_insert(relation);
    name
}

fn end(context: &mut Context<'_>, link: &str, id: &str, line: &Line) -> Option<String> {
    if context.known.is_read(Kind::Actor, id) {
        return Some(id.to_owned());
    }
    let message = format!("there is no actor `{}`", id.escape_debug());
    let diagnostic = Diagnostic::new(P0301, line.location(), message).about(Reference::new(Kind::Link, link));
    context.report(diagnostic.note("the relation was left out").help("add the entity to the file"));
    None
}

fn link(id: String, relation: &str, period: Option<Period>, line: &Line) -> Link {
    Link {
        id,
        from: String::new(),
        relation: relation.to_owned(),
        to: String::new(),
        period,
        basis: String::new(),
        source: line.source.to_string(),
        verify: String::new(),
        note: String::new(),
        row: line.row(),
    }
}

fn add_link(context: &mut Context<'_>, link: Link, line: &Line) {
    let (id, about) = (link.id.clone(), link.reference());
    match context.case.links.insert(&id, link) {
        Ok(()) => context.known.read(Kind::Link, &id),
        Err(_) => context.report(twice(&id, line.location(), context.case.row(&about), about)),
    }
}

/// When a relation held, as far as it is told.
fn period(context: &mut Context<'_>, entity: &Entity, schema: &Schema, line: &Line) -> Option<Period> {
    let extent = schema.temporal_extent?;
    let mut date = |properties: &[&'static str]| -> Option<PartialDate> {
        let text = entity.first(properties.iter().copied())?;
        let day = text.get(..DAY).unwrap_or(text);
        let about = Reference::new(Kind::Link, entity.id.as_str());
        parse_date(day).map_err(|complaint| context.report(complaint.at(line.location(), Some(&about)))).ok()
    };
    let (start, end) = (date(extent.start), date(extent.end));
    match (start, end) {
        (None, None) => None,
        (Some(start), Some(end)) if start.earliest() <= end.latest() => {
            Some(Period { start: Bound::Date(start), end: Bound::Date(end) })
        }
        (start, end) => Some(Period {
            start: start.map_or(Bound::Unknown, Bound::Date),
            end: end.filter(|_| start.is_none()).map_or(Bound::Unknown, Bound::Date),
        }),
    }
}
