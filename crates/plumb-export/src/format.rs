//! The formats by name, and writing them to disk.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use plumb_account::Account;

use crate::{ExportError, csv, ftm, json, sqlite};

/// A format that an account can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// FollowTheMoney JSON lines, one file.
    Ftm,
    /// SQLite, one file.
    Sqlite,
    /// JSON, one file.
    Json,
    /// CSV, a folder with one file a table.
    Csv,
}

/// A word that names no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a format: write ftm, sqlite, json or csv")]
pub struct FormatError(String);

impl Format {
    /// All of them with their word.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Ftm, "ftm"), (Self::Sqlite, "sqlite"), (Self::Json, "json"), (Self::Csv, "csv")];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(format, _)| *format == self).map_or("", |(_, word)| word)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, FormatError> {
        let found = Self::ALL.iter().find(|(_, word)| text.trim().eq_ignore_ascii_case(word));
        found.map(|(format, _)| *format).ok_or_else(|| FormatError(text.to_owned()))
    }
}

/// Writes an account to `destination`: a file, or for CSV a folder. Gives the paths of the files written, in order.
///
/// Each file is written beside its place and moved there when it is whole, so a reader never meets half of one.
///
/// # Errors
/// When something of the wrong kind stands at the destination, or the file system refuses.
pub fn export(account: &Account, format: Format, destination: &Path) -> Result<Vec<PathBuf>, ExportError> {
    let files = match format {
        Format::Ftm => vec![(destination.to_owned(), ftm::lines(account)?)],
        Format::Sqlite => vec![(destination.to_owned(), sqlite::database(account)?)],
        Format::Json => vec![(destination.to_owned(), json::document(account)?)],
        Format::Csv => csv::files(account)?.into_iter().map(|(name, bytes)| (destination.join(name), bytes)).collect(),
    };
    fits(format, destination)?;
    for (path, bytes) in &files {
        plumb_disk::write(path, bytes).map_err(|source| ExportError::Write { path: path.clone(), source })?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

fn fits(format: Format, destination: &Path) -> Result<(), ExportError> {
    let (found, wanted) = match format {
        Format::Csv if destination.is_file() => ("a file", "a folder"),
        Format::Ftm | Format::Sqlite | Format::Json if destination.is_dir() => ("a folder", "a file"),
        _ => return Ok(()),
    };
    Err(ExportError::WrongKind { path: destination.to_owned(), found, wanted })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_their_words() {
        for (format, word) in Format::ALL {
            assert_eq!(word.parse(), Ok(format));
            assert_eq!(format.to_string(), word);
        }
        assert_eq!(" SQLite ".parse(), Ok(Format::Sqlite));
        assert!("xlsx".parse::<Format>().unwrap_err().to_string().contains("sqlite"));
    }
}
