//! `plumb explain`: what a diagnostic code means.

use plumb_core::codes::Code;
use plumb_core::suggest::nearest;

use super::Outcome;
use crate::arguments::Explain;
use crate::exit::Exit;
use crate::terminal;

/// Runs the command.
pub(crate) fn run(options: &Explain) -> Outcome {
    let Some(wanted) = &options.code else {
        let list = Code::all().iter().map(|code| format!("{}  {:7}  {}\n", code.id(), code.severity(), code.title()));
        terminal::data(&list.collect::<String>())?;
        return Ok(Exit::Done);
    };
    if let Some(code) = Code::find(wanted) {
        terminal::data(code.explanation())?;
        return Ok(Exit::Done);
    }
    let near = nearest(wanted, Code::all().iter().map(|code| code.id()));
    let hint = near.map_or_else(|| "`plumb explain` lists them all".to_owned(), |code| format!("did you mean {code}?"));
    terminal::tell(&terminal::visible(&format!("error: there is no code `{wanted}`\nhint: {hint}")));
    Ok(Exit::Findings)
}
