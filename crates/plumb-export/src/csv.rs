//! CSV: one file a table, for spreadsheets.
//!
//! RFC 4180: commas, CRLF, quotes where needed. UTF-8 with a byte order mark, because Excel takes a file without one for the
//! local code page and garbles Korean and Russian; other spreadsheets, the usual libraries and `plumb` itself drop the mark.
//!
//! A spreadsheet runs a cell that begins like a formula. Such words get an apostrophe in front ([`safe`]); numbers stay numbers.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};
use plumb_account::Account;

use crate::ExportError;
use crate::tables::{self, Cell, Table};

/// What files for Excel begin with.
pub(crate) const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The files by name, one a table, in the order of [`tables::all`].
///
/// # Errors
/// Only when the CSV writer refuses, which is a fault of the program.
pub fn files(account: &Account) -> Result<Vec<(String, Vec<u8>)>, ExportError> {
    tables::all(account).iter().map(|table| Ok((format!("{}.csv", table.name), file(table)?))).collect()
}

fn file(table: &Table) -> Result<Vec<u8>, csv::Error> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec());
    writer.write_record(table.columns.iter().map(|column| column.name))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(written))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn written(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => safe(text).into_owned(),
        Cell::Empty | Cell::Integer(_) | Cell::Number(_) => cell.text(),
    }
}

/// Words that no spreadsheet takes for a formula: an apostrophe is put before words that begin with `=`, `+`, `-`, `@`, their
/// full-width forms, a tab or a line end, and before words that begin with an apostrophe themselves, so that taking one leading
/// apostrophe away always gives the words back.
///
/// ```
/// use plumb_export::csv::safe;
/// assert_eq!(safe("=1+1"), "'=1+1");
/// assert_eq!(safe("'tis"), "''tis");
/// assert_eq!(safe("30,023"), "30,023");
/// ```
pub fn safe(text: &str) -> Cow<'_, str> {
    const DANGEROUS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\'', '＝', '＋', '－', '＠'];
    if text.starts_with(DANGEROUS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;

    #[test]
    fn a_negative_number_stays_a_number_and_a_formula_does_not_run() {
        assert_eq!(written(&Cell::Number(Decimal::new(-15, 1))), "-1.5");
        assert_eq!(written(&Cell::Text("-1.5".into())), "'-1.5");
        assert_eq!(written(&Cell::Text("@SUM(A1)".into())), "'@SUM(A1)");
        assert_eq!(written(&Cell::Empty), "");
    }

    proptest! {
        #[test]
        fn words_come_back_whole(text in "[=+@'\\-\t\r\n＝a-c]{0,6}") {
            let safe = safe(&text);
            prop_assert!(!safe.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']));
            prop_assert_eq!(safe.strip_prefix('\'').unwrap_or(&safe), text.as_str());
        }
    }
}
