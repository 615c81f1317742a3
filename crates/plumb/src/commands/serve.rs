//! `plumb serve`: the account on this machine, fresh after each change.

use plumb_serve::{Event, Options, Source};

use super::Outcome;
use crate::arguments::Serve;
use crate::exit::Exit;
use crate::{load, terminal};

/// Runs the command until it is interrupted. The address goes to standard output.
pub(crate) fn run(options: &Serve) -> Outcome {
    let folder = options.case.case.clone();
    let as_of = options.case.as_of;
    let watched = folder.clone();
    let source = Source::new(
        move || plumb_serve::fingerprint(&watched),
        move || load::account(&folder, as_of).map_err(|error| error.to_string()),
    );
    plumb_serve::run(Options { port: options.port, ..Options::default() }, source, tell)?;
    Ok(Exit::Done)
}

/// Says what happens.
fn tell(event: Event) {
    match event {
        Event::Listening(address) => {
            // a closed standard output leaves nobody to tell
            let _ignored = terminal::data(&format!("http://{address}/\n"));
            terminal::tell("Serving to this machine only; Ctrl-C ends it.");
        }
        Event::Reloaded { account } => {
            terminal::tell(&format!("The case has changed: account {}", account.get(..16).unwrap_or(&account)));
        }
        Event::Kept { problem } => {
            terminal::tell(&terminal::visible(&format!("warning: the last account is kept: {problem}")));
        }
    }
}
