//! How large, deep and numerous the things of a document may be.

use serde::{Deserialize, Serialize};

/// Limits of one document. What goes beyond is left out and noted, or is a [`Fault`](crate::Fault) where half a file
/// cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Largest file, in bytes. The default of 2 GiB admits a text of 1 GB, the largest that people ask for.
    pub bytes: u64,
    /// Most bytes that a packed file (DOCX, XLSX, streams of a PDF, attachments) may unpack to, all in all. The default of
    /// 512 MiB is beyond any document that people write, and fits a laptop.
    pub unpacked: u64,
    /// How many times larger than the file the unpacked bytes may be, once they are over 16 MiB. Apache POI's
    /// `ZipSecureFile` stops at 100 for office files, and so does the default.
    pub ratio: u64,
    /// Deepest nesting of elements. Blink flattens HTML at 512, and so does the default.
    pub depth: u32,
    /// Most pages. The default of 10,000 is a shelf of reports in one file; a forged page tree can name millions.
    pub pages: u32,
    /// Most cells of a spreadsheet. The default of 2 million is a sheet of 50,000 rows with 40 columns.
    pub cells: u32,
    /// Most attachments of a message, counted through messages within messages. The default of 100 is more than mail servers
    /// let through as a rule: each is a document of its own, with its own limits.
    pub attachments: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 2 << 30,
            unpacked: 512 << 20,
            ratio: 100,
            depth: 512,
            pages: 10_000,
            cells: 2_000_000,
            attachments: 100,
        }
    }
}
