//! Fetching an official list from its publisher, by the system's `curl`: so the program itself carries no TLS, and never
//! speaks to the network unless it is asked to.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::failed;
use crate::{Addition, Store, StoreError, Version, official, officials};
use plumb_screen::lists::{Format, Report};

/// Longest wait for a file, in seconds. The largest official files have some 100 MB; at 2 Mbit/s that is 7 minutes.
const SECONDS: &str = "600";
/// Longest wait for an answer, in seconds.
const SECONDS_TO_CONNECT: &str = "20";
/// Largest file, in bytes: ten times what the largest official ones have.
const BYTES: &str = "1200000000";

impl Store {
    /// Fetches the official list of this name and adds it; `today` is `YYYY-MM-DD`.
    ///
    /// # Errors
    /// The list is not known, `curl` is not there, the address does not answer, or what comes is refused as in
    /// [`Store::add`]. What was current before stays so.
    pub fn update(&self, name: &str, today: &str, report: &mut Report) -> Result<Version, StoreError> {
        let unknown = || StoreError::NotOfficial(name.to_owned(), officials().collect::<Vec<_>>().join(", "));
        let list = official(name).ok_or_else(unknown)?;
        let folder = self.root().join(name).join("fetching");
        std::fs::create_dir_all(&folder).map_err(failed("write", &folder))?;
        let fetched: Result<Vec<PathBuf>, StoreError> =
            list.files.iter().map(|address| fetch(address, &folder.join(file_name(address)))).collect();
        let added = fetched.and_then(|files| {
            let format = Format::from_word(&list.format);
            let addition =
                Addition { name: name.to_owned(), files, format, today: today.to_owned(), ..Addition::default() };
            self.add(&addition, report)
        });
        // the files have been copied, or are of no use
        let _ignored = std::fs::remove_dir_all(&folder);
        added
    }
}

/// The last part of the address, without its query, in the characters that every file system takes.
fn file_name(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let name: String =
        last.chars().filter(|letter| letter.is_ascii_alphanumeric() || "._-".contains(*letter)).collect();
    if name.trim_matches('.').is_empty() { "list".to_owned() } else { name }
}

fn fetch(address: &str, file: &Path) -> Result<PathBuf, StoreError> {
    let output = Command::new("curl")
        .args(["--proto", "=https", "--proto-redir", "=https", "--fail", "--silent", "--show-error"])
        .args(["--location", "--max-redirs", "5", "--connect-timeout", SECONDS_TO_CONNECT])
        .args(["--max-time", SECONDS, "--max-filesize", BYTES, "--output"])
        .arg(file)
        .args(["--", address])
        .output();
    let output = output.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => StoreError::NoCurl(address.to_owned()),
        _ => StoreError::Fetch { address: address.to_owned(), reason: error.to_string() },
    })?;
    if output.status.success() {
        return Ok(file.to_owned());
    }
    let reason = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(StoreError::Fetch { address: address.to_owned(), reason })
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn files_are_named_after_their_address() {
        assert_eq!(file_name("https://example.org/a/SDN.CSV?token=x/y"), "SDN.CSV");
        assert_eq!(file_name("https://example.org/"), "list");
    }
}
