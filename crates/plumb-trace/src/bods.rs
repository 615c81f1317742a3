//! Reads statements of the Beneficial Ownership Data Standard, versions 0.2 to 0.4, into a graph.
//!
//! Versions 0.2 and 0.3 name statements by `statementType` and refer to each other by statement; 0.4 names records by
//! `recordType` and refers to records, of which the latest statement counts. A document is an array of statements, or one
//! statement a line. A bad statement is named among the problems; the rest is read.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::date::{Bound, Period};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;

use crate::edge::{Kind, NewEdge};
use crate::graph::{GraphBuilder, Node, NodeKind};
use crate::problem::Problem;
use crate::share::Share;
use crate::strength::Basis;

/// What an interest of a type makes of its holder. Types that are not here are associations.
///
/// Voting rights and rights of appointment are control, not property; their share is one of votes. Offices give no control
/// by themselves.
const INTERESTS: [(&str, Kind); 15] = [
    ("shareholding", Kind::Ownership),
    ("equityInterest", Kind::Ownership),
    ("rightsToSurplusAssetsOnDissolution", Kind::Association),
    ("votingRights", Kind::Control),
    ("votingRightsHeldByGroup", Kind::Control),
    ("appointmentOfBoard", Kind::Control),
    ("controlViaCompanyRulesOrArticles", Kind::Control),
    ("controlByLegalFramework", Kind::Control),
    ("otherInfluenceOrControl", Kind::Control),
    ("influence-or-control", Kind::Control),
    ("seniorManagingOfficial", Kind::Directorship),
    ("boardMember", Kind::Directorship),
    ("boardChair", Kind::Directorship),
    ("nominee", Kind::Agency),
    ("nominator", Kind::Association),
];

/// A statement of any version: what the readers below need of it.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Statement {
    #[serde(rename = "statementId", alias = "statementID")]
    own_id: String,
    /// Until 0.3.
    #[serde(rename = "statementType")]
    old_type: String,
    #[serde(rename = "statementDate")]
    date: String,
    record_id: String,
    record_type: String,
    record_status: String,
    record_details: Value,
    name: String,
    names: Vec<Name>,
    subject: Value,
    interested_party: Value,
    interests: Vec<Interest>,
    replaces_statements: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Details {
    name: String,
    names: Vec<Name>,
    subject: Value,
    interested_party: Value,
    interests: Vec<Interest>,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Name {
    full_name: String,
}

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Interest {
    #[serde(rename = "type")]
    kind: String,
    #[serde(alias = "interestLevel")]
    direct_or_indirect: String,
    share: Option<ShareOf>,
    start_date: String,
    end_date: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ShareOf {
    exact: Option<Value>,
    minimum: Option<Value>,
    maximum: Option<Value>,
    exclusive_minimum: Option<Value>,
    exclusive_maximum: Option<Value>,
}

impl ShareOf {
    /// The share, where the numbers make one. An exclusive end is kept as that end: a bound that is met only in the limit
    /// cannot be told from one that is met.
    fn share(&self) -> Option<Share> {
        let number = |value: &Option<Value>| value.as_ref().and_then(decimal);
        if let Some(exact) = number(&self.exact) {
            return Share::exact(exact);
        }
        let low = number(&self.minimum).or_else(|| number(&self.exclusive_minimum));
        let high = number(&self.maximum).or_else(|| number(&self.exclusive_maximum));
        match (low, high) {
            (None, None) => None,
            (low, high) => Share::between(low.unwrap_or(Decimal::ZERO), high.unwrap_or(Decimal::ONE_HUNDRED)),
        }
    }
}

fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => number.to_string().parse().ok(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Reads a document of statements into a graph. `source` names the document for readers.
pub fn read(builder: &mut GraphBuilder, text: &str, source: &str) {
    let statements = current(parse(builder, text));
    for statement in &statements {
        let kind = match statement.kind() {
            "entity" => NodeKind::Body,
            "person" => NodeKind::Person,
            _ => continue,
        };
        let node = builder.node(statement.id(), kind, "");
        builder.describe(node, kind, &statement.label());
    }
    for (place, statement) in (1..).zip(&statements) {
        match statement.kind() {
            "relationship" => relationship(builder, statement, place, source),
            "entity" | "person" => {}
            other => builder.problem(Problem::Unreadable {
                line: place,
                record: statement.id().to_owned(),
                cause: format!("`{other}` is no kind of statement: entity, person or relationship are"),
            }),
        }
    }
}

fn parse(builder: &mut GraphBuilder, text: &str) -> Vec<Statement> {
    let values: Vec<(usize, Result<Value, serde_json::Error>)> = match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(all)) => (1..).zip(all.into_iter().map(Ok)).collect(),
        Ok(one) => vec![(1, Ok(one))],
        Err(_) if text.trim_start().starts_with('[') => vec![(1, serde_json::from_str(text))],
        Err(_) => (1..)
            .zip(text.lines())
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(number, line)| (number, serde_json::from_str(line)))
            .collect(),
    };
    let mut statements = Vec::new();
    for (line, value) in values {
        match value.and_then(serde_json::from_value::<Statement>) {
            Ok(statement) => statements.push(statement),
            Err(error) => {
                builder.problem(Problem::Unreadable { line, record: String::new(), cause: error.to_string() });
            }
        }
    }
    statements
}

/// The statements that still count: of each record the latest (of one day the last), without those that others replace.
fn current(statements: Vec<Statement>) -> Vec<Statement> {
    let replaced: BTreeSet<String> =
        statements.iter().flat_map(|statement| &statement.replaces_statements).cloned().collect();
    let mut latest: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for (place, statement) in statements.iter().enumerate() {
        let key = (statement.date.clone(), place);
        let entry = latest.entry(statement.id().to_owned()).or_insert_with(|| key.clone());
        *entry = key.max(entry.clone());
    }
    let places: BTreeSet<usize> = latest.into_values().map(|(_, place)| place).collect();
    (statements.into_iter().enumerate())
        .filter(|(place, statement)| {
            let counts = places.contains(place) && !replaced.contains(&statement.own_id);
            counts && statement.record_status != "closed"
        })
        .map(|(_, statement)| statement)
        .collect()
}

impl Statement {
    /// What others refer to it by: the record since 0.4, the statement before.
    fn id(&self) -> &str {
        if self.record_id.is_empty() { &self.own_id } else { &self.record_id }
    }

    fn kind(&self) -> &str {
        match (self.record_type.as_str(), self.old_type.as_str()) {
            ("", "entityStatement") => "entity",
            ("", "personStatement") => "person",
            ("", "ownershipOrControlStatement") => "relationship",
            ("", other) | (other, _) => other,
        }
    }

    fn details(&self) -> Details {
        serde_json::from_value(self.record_details.clone()).unwrap_or_default()
    }

    fn label(&self) -> String {
        let details = self.details();
        let names = self.names.iter().chain(&details.names).map(|name| name.full_name.as_str());
        let mut all = [self.name.as_str(), details.name.as_str()].into_iter().chain(names);
        all.find(|name| !name.is_empty()).unwrap_or_default().to_owned()
    }
}

/// The record or statement that a reference names; `None` where it says that somebody is not named.
fn referred(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| {
        let keys = ["describedByEntityStatement", "describedByPersonStatement"];
        keys.into_iter().find_map(|key| value.get(key)?.as_str())
    })
}

fn relationship(builder: &mut GraphBuilder, statement: &Statement, place: usize, source: &str) {
    let details = statement.details();
    let is_new = !statement.record_type.is_empty();
    let (subject, party) = if is_new {
        (&details.subject, &details.interested_party)
    } else {
        (&statement.subject, &statement.interested_party)
    };
    let interests = if is_new { &details.interests } else { &statement.interests };
    let Some(subject) = referred(subject) else {
        let cause = "it names no subject: write the id of the entity that is owned".to_owned();
        return builder.problem(Problem::Unreadable { line: place, record: statement.id().to_owned(), cause });
    };
    let to = builder.node(subject, NodeKind::Body, "");
    let from = match referred(party) {
        Some(id) => builder.node(id, NodeKind::Body, ""),
        None => unnamed(builder, statement, party),
    };
    for interest in interests {
        link(builder, statement, interest, (from, to), source);
    }
    if interests.is_empty() {
        let edge = NewEdge::new(from, to, Kind::Association);
        let (record, verb) = (statement.id(), "has an interest that is not described in");
        builder.link(NewEdge { basis: Basis::OfficialList, verb, record, source, ..edge });
    }
}

/// A node for somebody who is not named.
fn unnamed(builder: &mut GraphBuilder, statement: &Statement, party: &Value) -> Node {
    let reason = party.get("reason").or_else(|| party.pointer("/unspecified/reason")).and_then(Value::as_str);
    let name =
        reason.map_or_else(|| "somebody not named".to_owned(), |reason| format!("somebody not named ({reason})"));
    builder.node(&format!("unnamed:{}", statement.id()), NodeKind::Body, &name)
}

fn link(builder: &mut GraphBuilder, statement: &Statement, interest: &Interest, ends: (Node, Node), source: &str) {
    let kind = INTERESTS.iter().find(|(word, _)| *word == interest.kind).map_or(Kind::Association, |(_, kind)| *kind);
    let side = |text: &str| match text.get(..10).unwrap_or(text).parse() {
        Ok(date) => Bound::Date(date),
        Err(_) => Bound::Unknown,
    };
    let (start, end) = (side(&interest.start_date), side(&interest.end_date));
    // an interest without an end is one that goes on
    let end = if interest.end_date.is_empty() { Bound::Open } else { end };
    let dated = start != Bound::Unknown || end != Bound::Open;
    let verb = match kind {
        Kind::Ownership => "holds a share in",
        Kind::Control => "has votes or powers in",
        Kind::Directorship => "holds an office in",
        Kind::Agency => "holds in the name of others",
        _ => "has an interest in",
    };
    builder.link(NewEdge {
        period: dated.then_some(Period { start, end }),
        // such statements are what a register publishes
        basis: Basis::OfficialList,
        indirect: interest.direct_or_indirect == "indirect",
        share: interest.share.as_ref().and_then(ShareOf::share),
        verb,
        record: statement.id(),
        source,
        ..NewEdge::new(ends.0, ends.1, kind)
    });
}
