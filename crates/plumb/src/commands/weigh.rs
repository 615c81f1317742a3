//! `plumb weigh`: figures held against each other; so far, populations counted from lists that overlap.

use std::path::Path;

use plumb_weigh::count::{CaptureTable, PanelOptions, TableError, panel as run_panel};

use super::Outcome;
use crate::arguments::{Count, FindingFormat, Weigh, Weighing};
use crate::exit::Exit;
use crate::render::panel;
use crate::terminal;

/// Runs the command.
pub(crate) fn run(options: &Weigh) -> Outcome {
    match &options.what {
        Weighing::Count(count) => run_count(count),
    }
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
