//! What is kept about a version of a list.

use serde::{Deserialize, Serialize};

/// A version of a list: where it came from, what is in it, and how reading it went.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Manifest {
    /// Short name of the list; its ids begin with it.
    pub name: String,
    /// What the list is called.
    pub title: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The official address, where one is known.
    pub address: Option<String>,
    /// The word for its format.
    pub format: String,
    /// The terms that its publisher states.
    pub licence: Option<String>,
    /// For plain tables: FollowTheMoney property and the column that holds it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<(String, String)>,
    /// Its files, in the order in which they were given.
    pub files: Vec<ListFile>,
    /// SHA-256 over the hashes of the files, as hex digits: the version is known by it.
    pub hash: String,
    /// The date of the list, `YYYY-MM-DD`: as the caller says, or as the list states it.
    pub date: Option<String>,
    /// When it was added, `YYYY-MM-DD`.
    pub added: String,
    /// Entries: persons, bodies, vessels and the like.
    pub entries: u64,
    /// All records: entries, and the sanctions, documents and links that belong to them.
    pub records: u64,
    /// Records and rows that were refused.
    pub refused: u64,
    /// Values that were lost or cut.
    pub values_lost: u64,
}

/// A file of a version.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct ListFile {
    /// Its name in the folder of the version.
    pub name: String,
    /// Its size in bytes, as it is on disk.
    pub size: u64,
    /// SHA-256 of its bytes, as hex digits.
    pub sha256: String,
}
