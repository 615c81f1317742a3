//! Which files are meant: folders opened, paths told as the case would.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::alone::Unread;

/// Folders in folders at most, so that a circle of links ends.
const DEEPEST: usize = 16;

/// A file to read.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// What it is called in messages and records: relative to the case where it lies in it, else as it was given.
    pub(crate) shown: String,
    /// Whether it lies in the folder of the case.
    pub(crate) in_case: bool,
}

/// The files that are named, folders standing for the files in them, hidden ones aside.
pub(crate) fn find(named: &[PathBuf], case: &Path) -> Vec<Found> {
    let case = fs::canonicalize(case).unwrap_or_else(|_| case.to_owned());
    let mut files = Vec::new();
    for path in named {
        if path.is_dir() { enter(path, 0, &mut files) } else { files.push(path.clone()) }
    }
    files.into_iter().map(|path| found(path, &case)).collect()
}

fn found(path: PathBuf, case: &Path) -> Found {
    let real = fs::canonicalize(&path).ok();
    let inside = real.as_deref().and_then(|real| real.strip_prefix(case).ok());
    // the separator of the case format, whatever that of the system
    let parts = |inside: &Path| inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
    let shown = inside.map_or_else(|| path.display().to_string(), parts);
    Found { in_case: inside.is_some(), shown, path }
}

fn enter(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return files.push(folder.to_owned()) };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    let is_hidden = |path: &PathBuf| path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    for path in paths.into_iter().filter(|path| !is_hidden(path)) {
        if !path.is_dir() {
            files.push(path);
        } else if depth < DEEPEST {
            enter(&path, depth + 1, files);
        }
    }
}

/// The SHA-256 of a file, in lower-case hexadecimal, read in pieces so that its size does not matter.
pub(crate) fn sha256(path: &Path) -> Result<String, Unread> {
    let steps = || {
        let mut file = File::open(path)?;
        if !file.metadata()?.is_file() {
            return Err(io::Error::other("it is no ordinary file"));
        }
        let (mut hash, mut piece) = (Sha256::new(), vec![0; 1 << 18]);
        loop {
            match file.read(&mut piece)? {
                0 => break,
                length => hash.update(piece.get(..length).unwrap_or_default()),
            }
        }
        Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    };
    steps().map_err(|error| Unread::File(error.to_string()))
}
