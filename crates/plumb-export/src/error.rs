//! Why an export failed, and what to do about it.

use std::io;
use std::path::PathBuf;

/// Why an account could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file system refused.
    #[error("cannot write {path}: {source}; choose another place with --out, or make room and allow writing there")]
    Write {
        /// What was being written.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A folder stands where the file should go, or a file where the folder should go.
    #[error("{path} is {found}, but this format writes {wanted}; choose another path with --out")]
    WrongKind {
        /// Where the export should go.
        path: PathBuf,
        /// What stands there.
        found: &'static str,
        /// What the format writes.
        wanted: &'static str,
    },
    /// SQLite refused; that points to a fault of the program.
    #[error("cannot make the SQLite file: {0}; please report this with the case")]
    Sqlite(#[from] rusqlite::Error),
    /// A value could not be written as JSON; that points to a fault of the program.
    #[error("cannot make the JSON document: {0}; please report this with the case")]
    Json(#[from] serde_json::Error),
    /// A row could not be written as CSV; that points to a fault of the program.
    #[error("cannot make the CSV files: {0}; please report this with the case")]
    Csv(#[from] ::csv::Error),
}
