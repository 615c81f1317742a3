//! SQLite: sound, complete, reproducible, and searchable in any script.

use plumb_export::tables;
use plumb_export::{Format, export, sqlite};
use rusqlite::Connection;

use crate::world::{REAL, empty, hostile};

/// The database of an account, written to disk as a user would and opened again.
fn opened(account: &plumb_account::Account) -> (tempfile::TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("case.sqlite");
    assert_eq!(export(account, Format::Sqlite, &path).unwrap(), std::slice::from_ref(&path));
    (folder, Connection::open(path).unwrap())
}

fn count(connection: &Connection, query: &str) -> i64 {
    connection.query_row(query, [], |row| row.get(0)).unwrap()
}

#[test]
fn the_file_is_sound_and_every_reference_leads_somewhere() {
    let (_folder, connection) = opened(&REAL);
    let whole: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok");
    let mut check = connection.prepare("PRAGMA foreign_key_check").unwrap();
    let dangling: Vec<(String, i64, String)> =
        check.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap().map(Result::unwrap).collect();
    assert_eq!(dangling, []);
    assert_eq!(count(&connection, "PRAGMA application_id"), i64::from(sqlite::APPLICATION_ID));
    assert_eq!(count(&connection, "PRAGMA user_version"), i64::from(tables::SCHEMA_VERSION));
}

#[test]
fn every_row_is_there() {
    let (_folder, connection) = opened(&REAL);
    for table in tables::all(&REAL) {
        let rows = count(&connection, &format!("SELECT count(*) FROM \"{}\"", table.name));
        assert_eq!(usize::try_from(rows).unwrap(), table.rows.len(), "{}", table.name);
    }
    let case = &REAL.case;
    for (table, rows) in [("claims", case.claims.len()), ("sources", case.sources.len()), ("duties", case.duties.len())]
    {
        assert_eq!(usize::try_from(count(&connection, &format!("SELECT count(*) FROM {table}"))).unwrap(), rows);
    }
}

#[test]
fn views_join_the_names_and_lose_no_row() {
    let (_folder, connection) = opened(&REAL);
    let mut names = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'view'").unwrap();
    let views: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(views.len() >= 7);
    for view in &views {
        assert!(count(&connection, &format!("SELECT count(*) FROM {view}")) > 0, "{view}");
        if let Some(table) = view.strip_suffix("_with_names") {
            let of = |name: &str| count(&connection, &format!("SELECT count(*) FROM {name}"));
            assert_eq!(of(view), of(table));
        }
    }
    let row: (String, String, f64) = connection
        .query_row("SELECT place, measure, best FROM claims_with_names WHERE id = 'c062'", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap();
    assert_eq!((row.0.as_str(), row.2), ("Russia", 30_023.0));
}

#[test]
fn the_same_account_gives_the_same_bytes() {
    let one = sqlite::database(&REAL).unwrap();
    assert!(one == sqlite::database(&REAL).unwrap(), "two runs differ");
    assert!(one.starts_with(b"SQLite format 3\0"));
    assert_eq!(sqlite::database(&empty()).unwrap(), sqlite::database(&empty()).unwrap());
}

#[test]
fn search_finds_parts_of_words_in_any_script() {
    let (_folder, connection) = opened(&REAL);
    let found = |query: &str| {
        let sql = "SELECT count(*) FROM search WHERE search MATCH ?";
        connection.query_row(sql, [format!("\"{query}\"")], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert!(found("건설총") > 0 && found("银星网") > 0 && found("mansudae") > 0 && found("ОКРАН") > 0);
    assert_eq!(found("qqqqqq"), 0);
    let documents = count(&connection, "SELECT count(*) FROM search");
    assert!(documents > 1000, "{documents}");
    assert_eq!(count(&connection, "SELECT count(*) FROM search WHERE title = '' OR path = ''"), 0);
}

#[test]
fn exact_digits_stand_beside_the_floating_point() {
    let (_folder, connection) = opened(&hostile());
    let row: (f64, String) = connection
        .query_row("SELECT high, high_exact FROM claims WHERE id = 'c2'", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert!((row.0 - 7.9e28).abs() < 1e27);
    assert_eq!(row.1, "79228162514264337593543950335");
    let name: String = connection.query_row("SELECT name FROM origins", [], |row| row.get(0)).unwrap();
    assert_eq!(name, "'; DROP TABLE claims; --");
}
