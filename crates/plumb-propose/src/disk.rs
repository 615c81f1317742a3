//! The one place that touches the file system: what was read and decided, in the hidden folder `.proposals` of a case, and
//! changes of the case's own files, each written whole or not at all.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `SHA256.jsonl` | a document and its proposals; SHA256 is that of the document |
//! | `SHA256.txt` | its frozen text, which the anchors count in |
//! | `decisions.jsonl` | all decisions, the oldest first |
//! | `lock` | nothing; whoever decides holds it |
//!
//! The folder is hidden because what nobody has decided is no part of the case: `plumb check`, `build` and `export` pass over
//! hidden files.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};

use plumb_read::Folder;

use crate::decide::Change;
use crate::log::{Log, LogError};
use crate::readout::{Readout, ReadoutError, Record};

/// Stands between the path of a document and the name of an attachment of it.
pub const WITHIN: &str = " > ";

const FOLDER: &str = ".proposals";
const DECISIONS: &str = "decisions.jsonl";

/// Why something cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file system refused.
    #[error("cannot {verb} {}", path.display())]
    Io {
        /// What was tried.
        verb: &'static str,
        /// With what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A readout is damaged.
    #[error("{} is damaged: {cause}; delete it and read the document again", path.display())]
    Readout {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        cause: ReadoutError,
    },
    /// A readout cannot be written as JSON.
    #[error("a proposal cannot be written: {0}")]
    Json(#[from] serde_json::Error),
}

/// What was read and decided for a case.
#[derive(Clone, Debug)]
pub struct Store {
    case: PathBuf,
}

/// Held while a decision is made, so that two deciders do not overwrite each other.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Store {
    /// The store of the case in this folder.
    pub fn of_case(case: &Path) -> Self {
        Self { case: case.to_owned() }
    }

    /// The folder of the case.
    pub fn case(&self) -> &Path {
        &self.case
    }

    /// All documents that were read, by their SHA-256, and the files that are damaged.
    ///
    /// # Errors
    /// When the folder cannot be read. There is none before the first document.
    pub fn records(&self) -> Result<(BTreeMap<String, Record>, Vec<StoreError>), StoreError> {
        let folder = self.case.join(FOLDER);
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Default::default()),
            other => other.map_err(failed("read", &folder))?,
        };
        let (mut records, mut errors) = (BTreeMap::new(), Vec::new());
        let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
        for path in paths.filter(|path| is_readout(path)) {
            match record(&path) {
                Ok(record) => drop(records.insert(record.sha256.clone(), record)),
                Err(error) => errors.push(error),
            }
        }
        Ok((records, errors))
    }

    /// The readout of a document that was read.
    ///
    /// # Errors
    /// When there is none, or it is damaged.
    pub fn readout(&self, sha256: &str) -> Result<Readout, StoreError> {
        let path = self.file(sha256, "jsonl");
        let lines = fs::read_to_string(&path).map_err(failed("read", &path))?;
        Readout::from_lines(&lines).map_err(|cause| StoreError::Readout { path, cause })
    }

    /// The frozen text of a document that was read.
    ///
    /// # Errors
    /// When there is none.
    pub fn text(&self, sha256: &str) -> Result<String, StoreError> {
        let path = self.file(sha256, "txt");
        fs::read_to_string(&path).map_err(failed("read", &path))
    }

    /// Keeps a readout and the text that it was read from.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn keep(&self, readout: &Readout, text: &str) -> Result<(), StoreError> {
        let sha256 = &readout.record.sha256;
        // the text first: whoever finds the readout finds its text
        keep(&self.file(sha256, "txt"), text.as_bytes())?;
        keep(&self.file(sha256, "jsonl"), readout.to_lines()?.as_bytes())
    }

    /// Notes which document took the place of another at its path.
    ///
    /// # Errors
    /// When there is no such readout, or it cannot be written.
    pub fn replace(&self, old: &str, new: &str) -> Result<(), StoreError> {
        let mut readout = self.readout(old)?;
        readout.record.replaced_by = Some(new.to_owned());
        keep(&self.file(old, "jsonl"), readout.to_lines()?.as_bytes())
    }

    /// The decisions so far, and the lines that are none.
    ///
    /// # Errors
    /// When the file cannot be read. There is none before the first decision.
    pub fn log(&self) -> Result<(Log, Vec<LogError>), StoreError> {
        let path = self.case.join(FOLDER).join(DECISIONS);
        let lines = match fs::read_to_string(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            other => other.map_err(failed("read", &path))?,
        };
        Ok(Log::from_lines(&lines))
    }

    /// The files of the case.
    pub fn files(&self) -> Folder {
        Folder::from_disk(&self.case)
    }

    /// Waits until nobody else decides. The lock ends with the value.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn lock(&self) -> Result<Lock, StoreError> {
        let folder = self.case.join(FOLDER);
        fs::create_dir_all(&folder).map_err(failed("make", &folder))?;
        let path = folder.join("lock");
        let file = File::create(&path).map_err(failed("make", &path))?;
        file.lock().map_err(failed("lock", &path))?;
        Ok(Lock { _file: file })
    }

    /// Carries out a change: the files of the case first, each in place of the old one in one step, then the line of the log.
    /// Should the machine stop in between, accepting again finds the claim and adds the line alone.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn carry_out(&self, change: &Change, _held: &Lock) -> Result<(), StoreError> {
        for (name, bytes) in &change.files {
            let path = self.case.join(name);
            plumb_disk::write(&path, bytes).map_err(failed("write", &path))?;
        }
        let path = self.case.join(FOLDER).join(DECISIONS);
        let line = serde_json::to_string(&change.entry)? + "\n";
        let added = || {
            let mut file = OpenOptions::new().append(true).create(true).open(&path)?;
            file.write_all(line.as_bytes())?;
            file.sync_all()
        };
        added().map_err(failed("write", &path))
    }

    fn file(&self, sha256: &str, ending: &str) -> PathBuf {
        self.case.join(FOLDER).join(format!("{sha256}.{ending}"))
    }
}

fn failed(verb: &'static str, path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::Io { verb, path, source }
}

/// What was read can be read again, so nobody waits until it is on the disk.
fn keep(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    plumb_disk::write_unforced(path, bytes).map_err(failed("write", path))
}

fn is_readout(path: &Path) -> bool {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let is_hash = stem.len() == 64 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash && path.extension().is_some_and(|ending| ending == "jsonl")
}

/// The first line of a readout.
fn record(path: &Path) -> Result<Record, StoreError> {
    let file = File::open(path).map_err(failed("read", path))?;
    let mut line = String::new();
    BufReader::new(file).read_line(&mut line).map_err(failed("read", path))?;
    Record::from_line(&line).map_err(|cause| StoreError::Readout { path: path.to_owned(), cause })
}
