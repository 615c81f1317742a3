//! From a folder on disk to an account.

use std::path::Path;

use jiff::civil::Date;
use plumb_account::Account;

use crate::arguments::CaseOptions;

/// Why a case could not be loaded at all.
#[derive(Debug, thiserror::Error)]
#[error("{path} is not a folder of a case; `plumb new {path}` makes one to start from")]
pub(crate) struct LoadError {
    path: String,
}

/// Reads and compiles a case. Whatever is wrong inside is among its diagnostics.
///
/// # Errors
/// When the folder does not exist.
pub(crate) fn account(folder: &Path, as_of: Option<Date>) -> Result<Account, LoadError> {
    if !folder.is_dir() {
        return Err(LoadError { path: folder.display().to_string() });
    }
    let reading = plumb_read::read(&plumb_read::Folder::from_disk(folder));
    Ok(Account::compile(reading.case, reading.diagnostics, as_of))
}

/// The same with one file of the case in the place of its own, by name and bytes.
///
/// # Errors
/// When the folder does not exist.
pub(crate) fn account_with(
    folder: &Path,
    as_of: Option<Date>,
    (name, bytes): (&str, Vec<u8>),
) -> Result<Account, LoadError> {
    if !folder.is_dir() {
        return Err(LoadError { path: folder.display().to_string() });
    }
    let mut files = plumb_read::Folder::from_disk(folder);
    files.files.insert(name.to_owned(), bytes);
    let reading = plumb_read::read(&files);
    Ok(Account::compile(reading.case, reading.diagnostics, as_of))
}

/// The same, from the options of a command.
///
/// # Errors
/// When the folder does not exist.
pub(crate) fn from_options(options: &CaseOptions) -> Result<Account, LoadError> {
    account(&options.case, options.as_of)
}
