//! Why a list could not be added, read or fetched.

use std::io;
use std::path::PathBuf;

use plumb_screen::index::IndexError;

/// Why a list could not be added, read or fetched. Whatever it is, the last good version stays.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The short name could not be a folder and the beginning of ids.
    #[error("`{0}` cannot be the short name of a list: use small letters, digits and hyphens, such as ofac-sdn")]
    Name(String),
    /// The short name means something else.
    #[error("`{0}` cannot be the short name of a list: it stands for all lists together")]
    Reserved(String),
    /// No files were named.
    #[error("no file was named")]
    NoFiles,
    /// A file could not be read or written.
    #[error("cannot {verb} {path}")]
    Io {
        /// `read`, `write` or `lock`.
        verb: &'static str,
        /// Which file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// No format fits the content.
    #[error("{0} is in no format that is known by its content; name one with --format")]
    UnknownFormat(PathBuf),
    /// Two files of one list are in different formats.
    #[error("{first} is {one} and {second} is {other}: the files of one list are in one format")]
    MixedFormats {
        /// A file.
        first: PathBuf,
        /// Its format.
        one: &'static str,
        /// Another file.
        second: PathBuf,
        /// Its format.
        other: &'static str,
    },
    /// Two files have one name.
    #[error("two files are called {0}; the files of a list need different names")]
    SameName(String),
    /// The list could not be read to its end.
    #[error("the list was refused, it cannot be read to its end: {0}")]
    Broken(String),
    /// Nothing is in it.
    #[error("the list was refused, it has no entries{0}")]
    Empty(String),
    /// So much less than before that it is more likely cut off.
    #[error(
        "the list was refused: it has {now} entries, the version before had {before}; if this is right, remove {folder} first"
    )]
    Shrunk {
        /// Entries of the new version.
        now: u64,
        /// Entries of the last.
        before: u64,
        /// The folder of the list.
        folder: PathBuf,
    },
    /// What is kept about a version cannot be understood.
    #[error("{path} is damaged: {reason}")]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// There is no such official list.
    #[error("no official list is called `{0}`; known are {1}")]
    NotOfficial(String, String),
    /// The program that fetches is not there.
    #[error("`curl` is needed to fetch lists and was not found; fetch {0} yourself and use `plumb lists add`")]
    NoCurl(String),
    /// The address did not give the file.
    #[error("cannot fetch {address}: {reason}")]
    Fetch {
        /// The address.
        address: String,
        /// What was said.
        reason: String,
    },
    /// Its index could not be built or opened.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// No list of this name is kept.
    #[error("no list called `{name}` is kept in {}; {known}", root.display())]
    NotKept {
        /// The name that was asked for.
        name: String,
        /// The store.
        root: PathBuf,
        /// What is kept there, in words.
        known: String,
    },
}

/// Names the file in an error of the system.
pub(crate) fn failed(verb: &'static str, path: &std::path::Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::Io { verb, path, source }
}
