//! Rows for spreadsheets: the form of `plumb export --format csv`, so that no cell runs as a formula and no letter is garbled.

use std::io;

use csv::{Terminator, WriterBuilder};

/// Without it Excel takes UTF-8 for the local code page.
pub(crate) const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Words that no spreadsheet takes for a formula.
pub(crate) fn safe(text: &str) -> String {
    plumb_export::csv::safe(text).into_owned()
}

/// A row as bytes.
pub(crate) fn row(cells: &[impl AsRef<[u8]>]) -> io::Result<Vec<u8>> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(cells).map_err(io::Error::other)?;
    writer.into_inner().map_err(|error| error.into_error())
}
