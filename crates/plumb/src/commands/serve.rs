//! `plumb serve`: the account on this machine, fresh after each change, and yente's API over it and the lists.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use plumb_lists::StoreError;
use plumb_propose::disk::Store;
use plumb_serve::{Dataset, Editing, Event, Options, Served, Source};

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
    let lists = lists_of(options)?;
    let case = options.case.clone().map(|folder| source(folder, options.as_of));
    let edit = options.case.as_deref().filter(|_| options.edit).map(editing).transpose()?;
    let token = edit.as_ref().map(|edit| edit.token.clone());
    let served = Served { case, lists, edit };
    plumb_serve::run(Options { port: options.port, ..Options::default() }, served, move |event| {
        tell(&event, token.as_deref());
    })?;
    Ok(Exit::Done)
}

/// There is no randomness to make a token of.
#[derive(Debug, thiserror::Error)]
#[error("this system gives no random bytes, so no address can be made that nobody guesses: {0}")]
struct NoToken(getrandom::Error);

/// What lets claims be decided about in the browser, behind a new token of 128 bits.
fn editing(case: &Path) -> Result<Editing, Box<dyn std::error::Error>> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(NoToken)?;
    let token = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let who = super::decide::user(None).unwrap_or_else(|| "unnamed".to_owned());
    let today = Box::new(|| lists::today(None).to_string());
    Ok(Editing { store: Store::of_case(case), token, who, today })
}

/// The case, read again when its files change.
fn source(folder: PathBuf, as_of: Option<Date>) -> Source {
    let watched = folder.clone();
    Source::new(
        move || plumb_serve::fingerprint(&watched),
        move || load::account(&folder, as_of).map_err(|error| error.to_string()),
    )
}

/// The lists to screen against, read again when others are kept.
fn lists_of(options: &Serve) -> Result<Source<Vec<Dataset>>, Box<dyn std::error::Error>> {
    let store = match lists::store(options.store.as_deref()) {
        Ok(store) => store,
        // a case can be shown where no list is kept
        Err(_) if options.case.is_some() && options.lists.is_empty() => {
            return Ok(Source::new(|| 0, || Ok(Vec::new())));
        }
        Err(error) => return Err(error.into()),
    };
    if names(&store, &options.lists)?.is_empty() && options.case.is_none() {
        return Err(Nothing(store.root().display().to_string()).into());
    }
    let (watched, asked) = (store.clone(), options.lists.clone());
    let loaded = options.lists.clone();
    Ok(Source::new(
        move || versions(&watched, &asked),
        move || datasets(&store, &loaded).map_err(|error| terminal::chain(&error)),
    ))
}

/// The lists that are named, or all that are kept.
fn names(store: &plumb_lists::Store, asked: &[String]) -> Result<Vec<String>, StoreError> {
    let mut names = if asked.is_empty() { store.names()? } else { asked.to_vec() };
    names.sort();
    names.dedup();
    Ok(names)
}

/// A number that changes when a list has another version.
fn versions(store: &plumb_lists::Store, asked: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for name in names(store, asked).unwrap_or_default() {
        let version = store.current(&name).ok().flatten().map(|version| version.manifest.hash);
        (name, version).hash(&mut hasher);
    }
    hasher.finish()
}

fn datasets(store: &plumb_lists::Store, asked: &[String]) -> Result<Vec<Dataset>, StoreError> {
    let loaded = names(store, asked)?.into_iter().map(|name| {
        let list = store.load(&name)?;
        lists::tell_unkept(&list);
        Ok(Dataset::of_list(list))
    });
    loaded.collect()
}

/// Says what happens.
fn tell(event: &Event, token: Option<&str>) {
    match event {
        Event::Listening(address) => {
            // a closed standard output leaves nobody to tell
            let _ignored = terminal::data(&format!("http://{address}/\n"));
            if let Some(token) = token {
                let _ignored = terminal::data(&format!("http://{address}/edit/{token}/\n"));
                terminal::tell("The second address lets whoever has it change the case: keep it to yourself.");
            }
            terminal::tell("Serving to this machine only; Ctrl-C ends it.");
        }
        Event::Reloaded { account } => {
            terminal::tell(&format!("The case has changed: account {}", account.get(..16).unwrap_or(account)));
        }
        Event::Kept { problem } => {
            terminal::tell(&terminal::visible(&format!("warning: the last account is kept: {problem}")));
        }
        Event::ListsReloaded { lists } => terminal::tell(&format!("Other versions are kept: {lists} lists loaded")),
        Event::ListsKept { problem } => {
            terminal::tell(&terminal::visible(&format!("warning: the lists stay as they were loaded: {problem}")));
        }
    }
}
