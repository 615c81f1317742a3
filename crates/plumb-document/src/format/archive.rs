//! ZIP archives that documents come in: unpacked within limits, whatever they say about their own size.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::{Cause, Limits};

/// Bytes up to which anything may be unpacked, whatever the ratio: an empty spreadsheet of Excel has a ratio of 20, a large one
/// of equal cells more than 100, and 16 MiB harm nobody.
const HARMLESS: u64 = 16 << 20;

/// An archive with what may still be unpacked of it.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    kind: &'static str,
    allowed: u64,
    left: u64,
}

/// How many bytes a file may unpack to.
pub(super) fn allowance(bytes: &[u8], limits: &Limits) -> u64 {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    limits.unpacked.min(size.saturating_mul(limits.ratio).max(HARMLESS))
}

impl<'b> Archive<'b> {
    /// Opens an archive; `kind` is what it is called in messages.
    pub(super) fn open(bytes: &'b [u8], kind: &'static str, limits: &Limits) -> Result<Self, Cause> {
        let allowed = allowance(bytes, limits);
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            // the list of what is in it stands at the end
            let has_end = memchr::memmem::rfind(bytes, b"PK\x05\x06").is_some();
            let (kind, what) = (kind.to_owned(), error.to_string());
            if has_end {
                Cause::Damaged { kind, what }
            } else {
                Cause::Truncated { kind, what: "its end is missing".to_owned() }
            }
        })?;
        Ok(Self { zip, kind, allowed, left: allowed })
    }

    /// The names of the files in it, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.zip.file_names().flatten().map(std::borrow::Cow::into_owned).collect();
        names.sort();
        names
    }

    /// A file as text; `None` where there is none of this name.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Cause> {
        let file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(fault(self.kind, name, &error)),
        };
        let mut bytes = Vec::new();
        let read = file.take(self.left.saturating_add(1)).read_to_end(&mut bytes);
        let read =
            read.map_err(|error| Cause::Damaged { kind: self.kind.to_owned(), what: format!("{name}: {error}") })?;
        self.spend(read)?;
        let (text, _) = crate::decode::decode(&bytes, None);
        Ok(Some(text))
    }

    /// Unpacks everything into nothing, to know that it can be.
    pub(super) fn check(&mut self) -> Result<(), Cause> {
        let mut chunk = vec![0; 64 * 1024];
        for index in 0..self.zip.len() {
            let kind = self.kind;
            let mut file = self.zip.by_index(index).map_err(|error| fault(kind, "", &error))?;
            let mut left = self.left;
            // damage shows when the file is read
            while let Ok(read @ 1..) = file.read(&mut chunk) {
                let read = u64::try_from(read).unwrap_or(u64::MAX);
                left = left.checked_sub(read).ok_or(Cause::Expands { limit: self.allowed })?;
            }
            drop(file);
            self.left = left;
        }
        Ok(())
    }

    fn spend(&mut self, read: usize) -> Result<(), Cause> {
        let read = u64::try_from(read).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(read).ok_or(Cause::Expands { limit: self.allowed })?;
        Ok(())
    }
}

/// Whether a packed file, called `kind` in messages, unpacks to no more than the limits allow: for programs that read it by
/// themselves.
///
/// # Errors
/// It does not, or it is no archive.
pub fn unpacks(bytes: &[u8], kind: &'static str, limits: &Limits) -> Result<(), Cause> {
    Archive::open(bytes, kind, limits)?.check()
}

fn fault(kind: &str, name: &str, error: &ZipError) -> Cause {
    let kind = kind.to_owned();
    match error {
        ZipError::UnsupportedArchive(words) if words.contains("assword") => Cause::Encrypted { kind },
        ZipError::InvalidPassword => Cause::Encrypted { kind },
        other => Cause::Damaged { kind, what: format!("{name}: {other}") },
    }
}
