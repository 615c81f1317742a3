//! `plumb owed`: what workers are owed, by the rules and rates of a case.

use std::path::Path;
use std::sync::Arc;

use plumb_account::Account;
use plumb_core::diagnostic::{Diagnostic, Severity};

use super::Outcome;
use crate::arguments::{Owed, OwedFormat};
use crate::exit::Exit;
use crate::render::{owed, text};
use crate::{load, terminal};

/// The file of a case that pay records stand in.
const RECORDS: &str = "wages.csv";

/// Why the pay records could not be read at all.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {path}; `plumb owed --new` writes an example of such a file")]
struct RecordsFile {
    path: String,
    source: std::io::Error,
}

/// Runs the command.
pub(crate) fn run(options: &Owed) -> Outcome {
    if options.new {
        terminal::data(&plumb_read::example_table(RECORDS))?;
        terminal::tell("hint: docs/wages-owed.md says what each column means, and what is done where one is empty");
        return Ok(Exit::Done);
    }
    let mut account = load(options)?;
    let errors = tell_faults(&mut account, options);
    let text = match options.format {
        OwedFormat::Text => owed::draw(&account, options.currency.as_deref()),
        OwedFormat::Json => format!("{:#}\n", owed::document(&account, options.currency.as_deref())),
        OwedFormat::Html => plumb_page::owed_document(&account),
        OwedFormat::Csv => String::from_utf8_lossy(&plumb_export::owed_csv(&account)?).into_owned(),
    };
    terminal::data(&text)?;
    Ok(if errors { Exit::Findings } else { Exit::Done })
}

/// The account of the case, with the records given in the place of its own.
fn load(options: &Owed) -> Result<Account, Box<dyn std::error::Error>> {
    let Some(path) = &options.records else { return Ok(load::account(&options.case, options.as_of)?) };
    let failed = |source| RecordsFile { path: path.display().to_string(), source };
    let records = std::fs::read(path).map_err(failed)?;
    Ok(load::account_with(&options.case, options.as_of, (RECORDS, records))?)
}

/// Tells what is wrong with the records, at their own place; whether any of it is an error.
fn tell_faults(account: &mut Account, options: &Owed) -> bool {
    let path = match &options.records {
        Some(path) => path.clone(),
        None => options.case.join(RECORDS),
    };
    let own: Arc<str> = path.display().to_string().into();
    if let Some(text) = account.case.files.get(RECORDS).cloned() {
        account.case.files.insert(own.clone(), text);
    }
    let about_records = |found: &&Diagnostic| found.labels.iter().any(|label| &*label.location.file == RECORDS);
    let faults: Vec<Diagnostic> = account.diagnostics.iter().filter(about_records).cloned().collect();
    for mut fault in faults.iter().cloned() {
        for label in fault.labels.iter_mut().filter(|label| &*label.location.file == RECORDS) {
            label.location.file = own.clone();
        }
        terminal::tell(&text::diagnostic(&account.case, Path::new(""), &fault, terminal::colour()));
    }
    faults.iter().any(|fault| fault.severity == Severity::Error)
}
