//! `plumb export`: the case in the formats of other tools.

use std::path::{Path, PathBuf};

use plumb_export::Format;

use super::Outcome;
use crate::arguments::{Export, ExportFormat};
use crate::exit::Exit;
use crate::{load, terminal};

/// Runs the command. The paths of the files written go to standard output.
pub(crate) fn run(options: &Export) -> Outcome {
    let account = load::from_options(&options.case)?;
    let (format, ending) = match options.format {
        ExportFormat::Ftm => (Format::Ftm, "ftm.json"),
        ExportFormat::Sqlite => (Format::Sqlite, "sqlite"),
        ExportFormat::Json => (Format::Json, "json"),
        ExportFormat::Csv => (Format::Csv, "csv"),
    };
    let name = if account.case.settings.id.is_empty() { "case" } else { &account.case.settings.id };
    let out: PathBuf = options.out.clone().unwrap_or_else(|| Path::new(&format!("{name}.{ending}")).to_owned());
    for path in plumb_export::export(&account, format, &out)? {
        terminal::data(&format!("{}\n", path.display()))?;
    }
    Ok(Exit::Done)
}
