//! The file of a reviewer's decisions: read whole, added to at its end.

use std::fs::OpenOptions;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use plumb_screen::decisions::{Decision, Decisions};

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

/// The decisions so far: none when there is no file. Rows that are none are told.
pub(crate) fn read(path: &Path) -> Result<Decisions, FileError> {
    let content = match std::fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        other => other.map_err(named(path))?,
    };
    let (decisions, errors) = Decisions::read(&path.display().to_string(), &content);
    for error in errors {
        terminal::tell(&terminal::visible(&format!("warning: {error}")));
    }
    Ok(decisions)
}

/// Adds a decision to the file, which is made if need be. The row goes out in one write at the end of the file, so that two
/// reviewers do not overwrite each other, and is on the disk when this returns.
pub(crate) fn append(path: &Path, decision: &Decision) -> Result<(), FileError> {
    let steps = || {
        let mut file = OpenOptions::new().read(true).append(true).create(true).open(path)?;
        let mut last = [0];
        let end = if file.seek(SeekFrom::End(0))? > 0 {
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut last)?;
            Some(last[0])
        } else {
            None
        };
        file.write_all(decision.row(end).as_bytes())?;
        file.sync_all()
    };
    steps().map_err(named(path))
}
