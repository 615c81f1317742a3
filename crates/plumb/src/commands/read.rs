//! `plumb read`: documents into proposed claims.

use std::path::Path;

use plumb_core::case::Case;
use plumb_propose::disk::Store;
use plumb_text::Reader;

use super::Outcome;
use crate::arguments::{FindingFormat, Read, ReadDocument};
use crate::exit::Exit;
use crate::reading::{Batch, Tesseract, alone, find};
use crate::render::read as render;
use crate::terminal;

/// The case is no folder.
#[derive(Debug, thiserror::Error)]
#[error("{0} is not a folder of a case; name one with --case, or make one with `plumb new`")]
pub(crate) struct NoCase(String);

/// Runs the command.
pub(crate) fn run(options: &Read) -> Outcome {
    let store = store(&options.case)?;
    if options.decide {
        return super::decide::run(options, &store);
    }
    let reader = Reader::for_case(&case(&store))?;
    let (known, damaged) = store.records()?;
    for error in damaged {
        terminal::tell(&terminal::visible(&format!("warning: {error}")));
    }
    let tesseract = Tesseract::find();
    let (bounds, again) = (options.bounds, options.again);
    let batch = Batch { store: &store, known: &known, reader: &reader, tesseract: tesseract.as_ref(), bounds, again };
    let outcomes = batch.run(&find(&options.documents, &options.case));
    let log = store.log()?.0;
    match options.format {
        FindingFormat::Text => terminal::data(&terminal::visible(&render::text(&outcomes, &log)))?,
        FindingFormat::Json => terminal::data(&format!("{:#}\n", render::json(&outcomes, &log)))?,
    }
    for line in render::warnings(&outcomes) {
        terminal::tell(&terminal::visible(&line));
    }
    let summary = render::Summary::of(&outcomes);
    terminal::tell(&summary.line(&options.case));
    Ok(if summary.failed > 0 { Exit::Findings } else { Exit::Done })
}

/// What the process that reads one document does.
pub(crate) fn run_alone(options: &ReadDocument) -> Outcome {
    alone::write_answer(options)?;
    Ok(Exit::Done)
}

/// What was read and decided for a case.
fn store(case: &Path) -> Result<Store, NoCase> {
    if case.is_dir() { Ok(Store::of_case(case)) } else { Err(NoCase(case.display().to_string())) }
}

/// The case as far as it can be read; its own faults are told by `plumb check`.
fn case(store: &Store) -> Case {
    plumb_read::read(&store.files()).case
}
