//! Lists kept on disk: every version pinned by its hash, the last good one current.
//!
//! ```text
//! STORE/ofac-sdn/current                      the hash of the current version
//! STORE/ofac-sdn/versions/HASH/manifest.json  what is known of the version
//! STORE/ofac-sdn/versions/HASH/files/…        the files as they were published
//! STORE/ofac-sdn/versions/HASH/index          the index, when it has been built
//! ```
//!
//! A version is written beside the others and takes its place by one rename when it has been read whole; a list that is
//! broken is refused, and what was current stays current.

mod add;
mod error;
mod fetch;
pub mod loaded;
mod manifest;
mod official;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use plumb_screen::Record;
use plumb_screen::lists::{self, Format, Input, List, Report};

pub use add::Addition;
pub use error::StoreError;
pub use loaded::LoadedList;
pub use manifest::{ListFile, Manifest};
pub use official::{Official, official, officials};

use error::failed;

/// The folder in which lists are kept.
#[derive(Clone, Debug)]
pub struct Store {
    root: PathBuf,
}

/// A version of a list that is kept.
#[derive(Clone, Debug)]
pub struct Version {
    /// What is known of it.
    pub manifest: Manifest,
    /// Its folder.
    pub folder: PathBuf,
}

impl Store {
    /// The store in this folder, which need not exist yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The short names of the lists that it holds, in order.
    ///
    /// # Errors
    /// The folder cannot be read. That it does not exist is no error: it holds nothing.
    pub fn names(&self) -> Result<Vec<String>, StoreError> {
        let entries = match fs::read_dir(&self.root) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(failed("read", &self.root))?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(failed("read", &self.root))?;
            if entry.path().join("current").is_file() {
                names.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        names.sort();
        Ok(names)
    }

    /// The current version of a list, if there is one.
    ///
    /// # Errors
    /// What is kept about it cannot be read or understood.
    pub fn current(&self, name: &str) -> Result<Option<Version>, StoreError> {
        let pointer = self.root.join(name).join("current");
        let hash = match fs::read_to_string(&pointer) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            other => other.map_err(failed("read", &pointer))?,
        };
        let hash = hash.trim();
        let damaged = |reason: String| StoreError::Manifest { path: pointer.clone(), reason };
        if hash.is_empty() || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(damaged("it does not hold the hash of a version".to_owned()));
        }
        let folder = self.root.join(name).join("versions").join(hash);
        let path = folder.join("manifest.json");
        let text = fs::read_to_string(&path).map_err(failed("read", &path))?;
        let manifest = serde_json::from_str(&text);
        let manifest = manifest.map_err(|error| StoreError::Manifest { path, reason: error.to_string() })?;
        Ok(Some(Version { manifest, folder }))
    }
}

impl Version {
    /// Where its index is kept.
    pub fn index(&self) -> PathBuf {
        self.folder.join("index")
    }

    /// Whether there is an index that can be used: whole, and of this version of the program.
    pub fn is_indexed(&self) -> bool {
        plumb_screen::index::Index::open(&self.index()).is_ok()
    }

    /// Reads its records, as [`lists::read`].
    ///
    /// # Errors
    /// A file cannot be opened, or the manifest names a format that this program does not know.
    pub fn read(&self, report: &mut Report, give: &mut dyn FnMut(Record)) -> Result<(), StoreError> {
        let format = Format::from_word(&self.manifest.format).ok_or_else(|| StoreError::Manifest {
            path: self.folder.join("manifest.json"),
            reason: format!("unknown format `{}`", self.manifest.format),
        })?;
        let paths = self.manifest.files.iter().map(|file| self.folder.join("files").join(&file.name));
        let inputs: Result<Vec<Input>, StoreError> = paths.map(|path| open(&path)).collect();
        let list = List { name: self.manifest.name.clone(), columns: self.manifest.columns.clone(), ..List::default() };
        lists::read(format, &list, inputs?, report, give);
        Ok(())
    }
}

/// A file as an input; it is named without its folder, so that reports are the same wherever the store is.
fn open(path: &Path) -> Result<Input, StoreError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let file = File::open(path).map_err(failed("read", path))?;
    Input::new(name, file).map_err(failed("read", path))
}
