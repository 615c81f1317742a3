//! The file of a reviewer's decisions: read whole, added to at its end.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use plumb_screen::decisions::{Decision, Decisions};

use super::subjects::sha256;
use crate::terminal;

/// The file cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("the file of decisions, {}", path.display())]
pub(crate) struct FileError {
    path: PathBuf,
    source: io::Error,
}

fn named(path: &Path) -> impl FnOnce(io::Error) -> FileError {
    |source| FileError { path: path.to_owned(), source }
}

/// What a file of decisions holds.
pub(crate) struct Read {
    pub(crate) decisions: Decisions,
    /// Rows that are none, in words.
    pub(crate) errors: Vec<String>,
    /// SHA-256 of the file, in hex.
    pub(crate) sha256: String,
}

/// Reads the decisions so far: none when there is no file. Rows that are none are told, and given back for the report.
pub(crate) fn read(path: &Path) -> Result<Read, FileError> {
    let content = content(path).map_err(named(path))?;
    let (decisions, errors) = Decisions::read(&path.display().to_string(), &content);
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    for error in &errors {
        terminal::tell(&terminal::visible(&format!("warning: {error}")));
    }
    Ok(Read { decisions, errors, sha256: sha256(&content) })
}

fn content(path: &Path) -> io::Result<Vec<u8>> {
    match std::fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        other => other,
    }
}

/// Adds a decision to the file, which is made if need be. The row goes out in one write at the end of the file, so that two
/// reviewers do not overwrite each other, and is on the disk when this returns.
pub(crate) fn append(path: &Path, decision: &Decision) -> Result<(), FileError> {
    let steps = || {
        let row = decision.row(&content(path)?);
        let mut file = OpenOptions::new().append(true).create(true).open(path)?;
        file.write_all(row.as_bytes())?;
        file.sync_all()
    };
    steps().map_err(named(path))
}
