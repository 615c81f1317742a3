//! `plumb weigh`: the claims of a case held against one another, and populations counted from lists that overlap.

use std::path::Path;

use plumb_weigh::count::{CaptureTable, PanelOptions, TableError, panel as run_panel};

use super::Outcome;
use crate::arguments::{Count, FindingFormat, Weigh, Weighing};
use crate::exit::Exit;
use crate::render::{estimates, panel};
use crate::{load, terminal};

/// Runs the command.
pub(crate) fn run(options: &Weigh) -> Outcome {
    match (&options.what, &options.case) {
        (Some(Weighing::Count(count)), _) => run_count(count),
        (None, Some(case)) => run_case(case, options.format),
        // clap asks for one of the two
        (None, None) => Ok(Exit::Failed),
    }
}

/// A case without a model has nothing to weigh.
#[derive(Debug, thiserror::Error)]
#[error("{path} has no model.toml, so there is nothing to weigh; docs/model.md says how one is written")]
struct NoModel {
    path: String,
}

fn run_case(case: &Path, format: FindingFormat) -> Outcome {
    let account = load::account(case, None)?;
    let Some(found) = account.estimates() else { return Err(NoModel { path: case.display().to_string() }.into()) };
    let text = match format {
        FindingFormat::Text => estimates::draw(&account, found),
        FindingFormat::Json => format!("{}\n", serde_json::to_string_pretty(found)?),
    };
    terminal::data(&text)?;
    Ok(Exit::Done)
}

/// Why a table could not be read at all.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {path}")]
struct TableFile {
    path: String,
    source: std::io::Error,
}

fn run_count(options: &Count) -> Outcome {
    let path = options.table.display().to_string();
    let text = std::fs::read_to_string(&options.table).map_err(|source| TableFile { path, source })?;
    let table = match CaptureTable::parse(&text) {
        Ok(table) => table,
        Err(errors) => {
            for error in &errors {
                tell(&options.table, error);
            }
            return Ok(Exit::Findings);
        }
    };
    let found = run_panel(&table, &PanelOptions { seed: options.seed, ..PanelOptions::default() })?;
    let text = match options.format {
        FindingFormat::Text => panel::draw(&found),
        FindingFormat::Json => format!("{}\n", serde_json::to_string_pretty(&found)?),
    };
    terminal::data(&text)?;
    Ok(Exit::Done)
}

fn tell(path: &Path, error: &TableError) {
    let place = format!("{}:{}:{}", path.display(), error.line, error.column);
    terminal::tell(&terminal::visible(&format!("error: {}\n  --> {place}\nhint: {}", error.problem, error.hint())));
}
