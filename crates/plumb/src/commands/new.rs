//! `plumb new`: a small documented case to start from.

use super::Outcome;
use crate::arguments::New;
use crate::exit::Exit;
use crate::{terminal, write};

/// Runs the command.
pub(crate) fn run(options: &New) -> Outcome {
    let name =
        options.directory.file_name().map_or_else(|| "case".to_owned(), |name| name.to_string_lossy().into_owned());
    write::new_folder(&plumb_read::new_case(&name).files, &options.directory)?;
    terminal::data(&format!("{}\n", options.directory.display()))?;
    terminal::tell(&format!("hint: `plumb build {}` makes its account", options.directory.display()));
    Ok(Exit::Done)
}
