//! Writing folders: all or nothing, and never over files that are not ours.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use plumb_page::Site;

/// Names a folder that an earlier build made, so that a later one may replace it.
const MARKER: &str = "made-by-plumb.txt";

/// Why a folder could not be written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WriteError {
    /// The target holds files of somebody else.
    #[error("{0} is not empty and was not made by `plumb`; choose another folder with --out, or empty it")]
    NotOurs(PathBuf),
    /// The file system refused.
    #[error("cannot write {path}")]
    Io {
        /// What was being written.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> WriteError {
    let path = path.to_owned();
    |source| WriteError::Io { path, source }
}

/// Writes a site into `target`. The new site is written beside it and put in its place when it is whole, so a reader
/// never meets half of it, and a failure leaves the old one.
pub(crate) fn site(site: &Site, target: &Path) -> Result<(), WriteError> {
    let ours = target.join(MARKER).is_file();
    if !ours && !is_vacant(target) {
        return Err(WriteError::NotOurs(target.to_owned()));
    }
    let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(failed(parent))?;
    let fresh = beside(target, "new");
    let old = beside(target, "old");
    clear(&fresh)?;
    clear(&old)?;
    if let Err(error) = fill(&fresh, site) {
        // the first failure is the one to tell; what is left of the attempt is in nobody's way
        let _ignored = clear(&fresh);
        return Err(error);
    }
    if target.exists() {
        fs::rename(target, &old).map_err(failed(target))?;
    }
    fs::rename(&fresh, target).map_err(failed(target))?;
    clear(&old)
}

fn fill(folder: &Path, site: &Site) -> Result<(), WriteError> {
    for (path, bytes) in &site.files {
        file(&folder.join(path), bytes)?;
    }
    file(&folder.join(MARKER), b"This folder was made by plumb build and is replaced whole by the next build.\n")
}

/// Writes files into a folder that does not exist yet or is empty.
pub(crate) fn new_folder<'a>(
    files: impl IntoIterator<Item = (&'a String, &'a Vec<u8>)>,
    target: &Path,
) -> Result<(), WriteError> {
    if !is_vacant(target) {
        return Err(WriteError::NotOurs(target.to_owned()));
    }
    files.into_iter().try_for_each(|(path, bytes)| file(&target.join(path), bytes))
}

fn file(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed(folder))?;
    }
    fs::write(path, bytes).map_err(failed(path))
}

fn is_vacant(target: &Path) -> bool {
    match fs::read_dir(target) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

fn beside(target: &Path, word: &str) -> PathBuf {
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    target.with_file_name(format!(".{name}.plumb-{word}"))
}

fn clear(folder: &Path) -> Result<(), WriteError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(folder)(error)),
        _ => Ok(()),
    }
}
