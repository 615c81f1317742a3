//! `plumb serve`: the account on this machine, fresh after each change, and yente's API over it and the lists.

use std::path::PathBuf;

use jiff::civil::Date;
use plumb_serve::{Dataset, Event, Options, Served, Source};

use super::{Outcome, lists};
use crate::arguments::Serve;
use crate::exit::Exit;
use crate::{load, terminal};

/// There is nothing to serve.
#[derive(Debug, thiserror::Error)]
#[error("no list is kept in {0} and no case is named; name a case, or add a list with `plumb lists add`")]
struct Nothing(String);

/// Runs the command until it is interrupted. The address goes to standard output.
pub(crate) fn run(options: &Serve) -> Outcome {
    let lists = datasets(options)?;
    let case = options.case.clone().map(|folder| source(folder, options.as_of));
    let served = Served { case, lists };
    plumb_serve::run(Options { port: options.port, ..Options::default() }, served, tell)?;
    Ok(Exit::Done)
}

/// The case, read again when its files change.
fn source(folder: PathBuf, as_of: Option<Date>) -> Source {
    let watched = folder.clone();
    Source::new(
        move || plumb_serve::fingerprint(&watched),
        move || load::account(&folder, as_of).map_err(|error| error.to_string()),
    )
}

/// The lists to screen against: those that are named, or all that are kept.
fn datasets(options: &Serve) -> Result<Vec<Dataset>, Box<dyn std::error::Error>> {
    let store = match lists::store(options.store.as_deref()) {
        Ok(store) => store,
        // a case can be shown where no list is kept
        Err(_) if options.case.is_some() && options.lists.is_empty() => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut names = options.lists.clone();
    if names.is_empty() {
        names = store.names()?;
    }
    names.sort();
    names.dedup();
    if names.is_empty() && options.case.is_none() {
        return Err(Nothing(store.root().display().to_string()).into());
    }
    let loaded = names.iter().map(|name| Ok(Dataset::of_list(store.load(name)?)));
    loaded.collect()
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
