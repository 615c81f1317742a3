//! `plumb lists`: official lists kept on this machine.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use plumb_lists::{Addition, LoadedList, Store, StoreError, Version, official, officials};
use plumb_screen::lists::{Format, Report};

use super::Outcome;
use crate::arguments::{AddList, FindingFormat, ListStatus, Listing, Lists, UpdateLists};
use crate::exit::Exit;
use crate::render::lists as render;
use crate::terminal;

/// Runs the command.
pub(crate) fn run(options: &Lists) -> Outcome {
    let store = store(options.store.as_deref())?;
    let today = today(options.as_of);
    match &options.what {
        Listing::Add(add) => run_add(&store, add, today),
        Listing::Update(update) => run_update(&store, update, today),
        Listing::Status(status) => run_status(&store, status, today),
    }
}

/// The day as told, or that of the clock, which is read here and nowhere else: what follows gives the same for the same day.
pub(crate) fn today(told: Option<Date>) -> Date {
    told.unwrap_or_else(|| TimeZone::UTC.to_datetime(Timestamp::now()).date())
}

/// No folder can be told from the environment.
#[derive(Debug, thiserror::Error)]
#[error("there is no folder for the data of this user; name one with --store DIR or in PLUMB_LISTS")]
pub(crate) struct NoFolder;

/// The lists that are kept: in the folder as asked for, from `PLUMB_LISTS`, or where this system keeps data of users.
pub(crate) fn store(told: Option<&Path>) -> Result<Store, NoFolder> {
    let variable = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let data = || {
        let home = || variable("HOME").map(|home| home.join(".local/share"));
        variable("XDG_DATA_HOME").or_else(|| variable("APPDATA")).or_else(home).map(|data| data.join("plumb/lists"))
    };
    let folder = told.map(Path::to_owned).or_else(|| variable("PLUMB_LISTS")).or_else(data);
    folder.map(Store::new).ok_or(NoFolder)
}

/// Says that the index of a list could not be kept.
pub(crate) fn tell_unkept(list: &LoadedList) {
    if let Some(why) = &list.unkept {
        let name = &list.manifest.name;
        let told = format!("warning: the index of {name} is built again each time: {why}");
        terminal::tell(&terminal::visible(&told));
    }
}

/// Says what is being done, to people only: a list can take a while.
fn progress(text: &str) {
    if std::io::stderr().is_terminal() {
        terminal::tell(text);
    }
}

fn run_add(store: &Store, options: &AddList, today: Date) -> Outcome {
    progress(&format!("reading {} …", options.name));
    let addition = Addition {
        name: options.name.clone(),
        files: options.files.clone(),
        format: options.format.as_deref().and_then(Format::from_word),
        title: options.title.clone(),
        date: options.date.map(|date| date.to_string()),
        columns: options.columns.clone(),
        today: today.to_string(),
    };
    let mut report = Report::default();
    let added = store.add(&addition, &mut report);
    Ok(tell(&added?, &report)?)
}

/// Tells what was added and what was refused of it.
fn tell(version: &Version, report: &Report) -> std::io::Result<Exit> {
    let problems = render::problems(report);
    if !problems.is_empty() {
        terminal::tell(&terminal::visible(&problems));
    }
    terminal::data(&terminal::visible(&render::added(&version.manifest)))?;
    Ok(if report.refused() == 0 { Exit::Done } else { Exit::Findings })
}

/// Which lists to fetch was not said, and none is kept.
#[derive(Debug, thiserror::Error)]
#[error("no official list is kept in {0}; name one of {1}")]
struct NothingToUpdate(String, String);

/// Updates each list by itself: one that fails does not keep the others from being updated.
fn run_update(store: &Store, options: &UpdateLists, today: Date) -> Outcome {
    let mut names = options.names.clone();
    if names.is_empty() {
        names = store.names()?.into_iter().filter(|name| official(name).is_some()).collect();
    }
    if names.is_empty() {
        let known = officials().collect::<Vec<_>>().join(", ");
        return Err(NothingToUpdate(store.root().display().to_string(), known).into());
    }
    let mut worst = Exit::Done;
    for name in &names {
        progress(&format!("fetching {name} …"));
        let mut report = Report::default();
        let exit = match store.update(name, &today.to_string(), &mut report) {
            Ok(version) => tell(&version, &report)?,
            Err(error) => failed(store, name, &error),
        };
        worst = worst.max(exit);
    }
    Ok(worst)
}

fn failed(store: &Store, name: &str, error: &StoreError) -> Exit {
    terminal::failure(error);
    if let Ok(Some(version)) = store.current(name) {
        let kept = format!("  {name} stays at the version added on {}", version.manifest.added);
        terminal::tell(&terminal::visible(&kept));
    }
    Exit::Failed
}

fn run_status(store: &Store, options: &ListStatus, today: Date) -> Outcome {
    let mut exit = Exit::Done;
    let mut versions = Vec::new();
    for name in store.names()? {
        match store.current(&name) {
            Ok(Some(version)) => versions.push(version),
            Ok(None) => {}
            Err(error) => exit = failed(store, &name, &error),
        }
    }
    let text = match options.format {
        // damaged lists are told above: that none is kept would not be so
        FindingFormat::Text if versions.is_empty() && exit == Exit::Failed => String::new(),
        FindingFormat::Text => terminal::visible(&render::table(&versions, today)),
        FindingFormat::Json => render::json(&versions, today)?,
    };
    terminal::data(&text)?;
    Ok(exit)
}
