//! A due-diligence questionnaire as CSV, with the columns of `questionnaire.csv`: filled, it goes back into the case as it is.

use csv::{Terminator, WriterBuilder};
use plumb_account::Account;
use plumb_duty::questionnaire::questions;

use crate::ExportError;
use crate::csv::{BYTE_ORDER_MARK, safe};

const HEADER: [&str; 10] =
    ["id", "supplier", "sign", "indicator", "question", "answer", "evidence", "source", "date", "note"];

/// The questions for a supplier, nothing answered. The same case gives the same bytes.
///
/// # Errors
/// Only when the CSV cannot be written.
pub fn questionnaire_csv(account: &Account, supplier: &str) -> Result<Vec<u8>, ExportError> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec());
    writer.write_record(HEADER)?;
    for one in questions(&account.case, supplier) {
        let asked = [&one.id, supplier, &one.sign, &one.indicator, &one.question];
        let asked = asked.into_iter().map(|cell| safe(cell).into_owned());
        writer.write_record(asked.chain([const { String::new() }; HEADER.len() - 5]))?;
    }
    Ok(writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?)
}
