//! The search index of an edition: SQLite's full text in memory, the same table that `plumb export` writes.

use std::sync::{Mutex, PoisonError};

use plumb_account::Account;
use rusqlite::{Connection, ToSql};
use serde::Serialize;

use crate::passage::{Piece, passage};
use crate::query::Query;

/// So many finds are shown; a reader who wants more narrows the query.
const MOST: usize = 100;

/// The index.
pub struct Index {
    connection: Mutex<Connection>,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// How many documents fit.
    pub total: usize,
    /// The best of them.
    pub results: Vec<Found>,
}

/// A document that fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Kind of record, in the singular; `section` for prose.
    pub kind: String,
    /// Its id within its kind.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Path of its page from the root of the site.
    pub path: String,
    /// Where in its words the query stands.
    pub passage: Vec<Piece>,
}

impl Index {
    /// The index of an account.
    ///
    /// # Errors
    /// Only when SQLite refuses.
    pub fn of(account: &Account) -> Result<Self, rusqlite::Error> {
        let connection = Connection::open_in_memory()?;
        plumb_export::search::create(&connection, account)?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// What fits a query, the best first: all its words and phrases occur. An empty query finds nothing.
    ///
    /// # Errors
    /// Only when SQLite refuses; no query makes it.
    pub fn find(&self, text: &str) -> Result<Findings, rusqlite::Error> {
        let query = Query::parse(text);
        if query.is_empty() {
            return Ok(Findings::default());
        }
        let (condition, parameters) = condition(&query);
        let parameters: Vec<&dyn ToSql> = parameters.iter().map(|parameter| parameter as &dyn ToSql).collect();
        // a panic while the lock was held leaves the connection as it was: searching only reads
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let total: i64 = connection.query_row(
            &format!("SELECT count(*) FROM search WHERE {condition}"),
            parameters.as_slice(),
            |row| row.get(0),
        )?;
        let mut select = connection.prepare(&format!(
            "SELECT kind, id, title, body, path FROM search WHERE {condition} ORDER BY {} LIMIT {MOST}",
            order(&query)
        ))?;
        let rows = select.query_map(parameters.as_slice(), |row| {
            let body: String = row.get(3)?;
            Ok(Found {
                kind: row.get(0)?,
                id: row.get(1)?,
                title: row.get(2)?,
                path: row.get(4)?,
                passage: passage(&body, query.terms()),
            })
        })?;
        Ok(Findings { total: usize::try_from(total).unwrap_or_default(), results: rows.collect::<Result<_, _>>()? })
    }
}

/// A find in the title counts for ten in the text. Where the index has no rank, titles come first.
fn order(query: &Query) -> &'static str {
    if query.long.is_empty() { "title NOT LIKE ?1 ESCAPE '\\', rowid" } else { "bm25(search, 0, 0, 10, 1, 0), rowid" }
}

/// The condition and its parameters. Terms are never part of the text of the statement.
fn condition(query: &Query) -> (String, Vec<String>) {
    let (mut conditions, mut parameters) = (Vec::new(), Vec::new());
    if !query.long.is_empty() {
        parameters.push(query.full_text());
        conditions.push("search MATCH ?1".to_owned());
    }
    for patterns in query.patterns() {
        let mut any = Vec::new();
        for pattern in patterns {
            parameters.push(pattern);
            let number = parameters.len();
            any.push(format!("title LIKE ?{number} ESCAPE '\\' OR body LIKE ?{number} ESCAPE '\\'"));
        }
        conditions.push(format!("({})", any.join(" OR ")));
    }
    (conditions.join(" AND "), parameters)
}
