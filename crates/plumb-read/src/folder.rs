//! A case folder in memory: the input of the reader, so that reading itself touches no disk.

use std::collections::BTreeMap;

use plumb_core::diagnostic::Diagnostic;

/// The files of a case, by path relative to its folder.
///
/// ```
/// use plumb_read::{Folder, read};
/// let folder: Folder = [("sources.csv", "id,publisher\nkbs,KBS World Radio\n")].into_iter().collect();
/// assert_eq!(read(&folder).case.sources.len(), 1);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// Bytes of each file by its path, with `/` between folders on every system.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What could not be taken up when the folder was read from disk; [`crate::read`] passes it on.
    pub skipped: Vec<Diagnostic>,
}

impl<Path: Into<String>, Bytes: Into<Vec<u8>>> FromIterator<(Path, Bytes)> for Folder {
    fn from_iter<Files: IntoIterator<Item = (Path, Bytes)>>(files: Files) -> Self {
        let files = files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect();
        Self { files, skipped: Vec::new() }
    }
}
