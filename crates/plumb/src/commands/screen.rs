//! `plumb screen`: names held against official lists and a case.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use plumb_account::Account;
use plumb_lists::{Addition, LoadedList, Store, StoreError};
use plumb_page::screening::{InputUsed, ListUsed, Screening, Settings, Subject};
use plumb_screen::decisions::{Decision, Decisions, Verdict};
use plumb_screen::index::Workspace;
use plumb_screen::lists::Report;
use plumb_screen::score::Scorer;

use super::{Outcome, lists};
use crate::arguments::{Screen, ScreenFormat};
use crate::exit::Exit;
use crate::render::{lists as render_lists, screen as render};
use crate::screen::decisions::FileError;
use crate::screen::subjects::{Asked, Subjects};
use crate::screen::{Screener, case, decisions, state_of, subjects};
use crate::{load, parallel, terminal};

/// The score from which a near miss is shown: below it most pairs share no more than a common word or surname.
const NEAR: f64 = 0.4;

/// Subjects that one thread screens before the progress is told.
const SUBJECTS_AT_ONCE: usize = 256;

/// Most warnings about single subjects that are shown; the report has all.
const PROBLEMS_SHOWN: usize = 20;

/// There is nothing to search.
#[derive(Debug, thiserror::Error)]
#[error("no list is kept in {0}; add one with `plumb lists add`, or name a file with --list FILE")]
struct NoLists(String);

/// The decision cannot be written.
#[derive(Debug, thiserror::Error)]
enum DecideError {
    #[error("name the file of decisions with --decisions FILE, or a case with --case CASE")]
    File,
    #[error("no list that is searched has an entry `{0}`; results give the id of each entry")]
    Entry(String),
    #[error("say who decides with --who NAME")]
    Name,
}

/// Runs the command.
pub(crate) fn run(options: &Screen) -> Outcome {
    let today = lists::today(options.as_of);
    let account = options.case.as_deref().map(|folder| load::account(folder, options.as_of)).transpose()?;
    let whole_case = options.name.is_none() && options.file.is_none();
    let mut lists = loaded(options, &today.to_string())?;
    if let Some(account) = account.as_ref().filter(|_| !whole_case) {
        lists.push(case::as_list(account)?);
    }
    if lists.is_empty() {
        return Err(NoLists(lists::store(options.store.as_deref())?.root().display().to_string()).into());
    }
    if let Some((entry, verdict)) = &options.decide {
        return decide(options, &lists, (entry, *verdict), today);
    }
    let (mut subjects, exit) = asked(options, account.as_ref())?;
    let decisions = decided(options, account.as_ref(), &mut subjects)?;
    if options.changed_since.is_some() {
        subjects.problems.extend(silent(&lists));
    }
    let screener = Screener {
        lists: &lists,
        scorer: Scorer::built_in()?,
        threshold: options.threshold,
        near: options.near.then_some(NEAR),
        limit: options.limit.into(),
        changed_since: options.changed_since.map(|day| day.to_string()),
        decisions: &decisions,
        case: account.as_ref(),
    };
    let screening = screening(options, &screener, subjects, today);
    write(options, &screening)?;
    terminal::tell(&render::summary(&screening));
    Ok(if screening.open() > 0 { Exit::Findings } else { exit })
}

/// The decisions so far. What they and the case were read from goes into the report, and the rows that are no decisions.
fn decided(options: &Screen, account: Option<&Account>, subjects: &mut Subjects) -> Result<Decisions, FileError> {
    if let (Some(account), Some(folder)) = (account, &options.case) {
        subjects.inputs.push(InputUsed { path: folder.display().to_string(), sha256: account.hash.clone() });
    }
    let Some(file) = decisions_file(options).filter(|file| file.exists()) else { return Ok(Decisions::default()) };
    let read = decisions::read(&file)?;
    subjects.problems.extend(read.errors);
    subjects.inputs.push(InputUsed { path: file.display().to_string(), sha256: read.sha256 });
    Ok(read.decisions)
}

/// The lists that a search of what has changed finds nothing on, whatever is on them: told, for it would look like an all-clear.
fn silent(lists: &[LoadedList]) -> Vec<String> {
    let silent = lists.iter().filter(|list| !list.index.tells_changes());
    let told: Vec<String> = silent
        .map(|list| format!("{} does not say when its entries changed: nothing of it was searched", list.manifest.name))
        .collect();
    for one in &told {
        terminal::tell(&terminal::visible(&format!("warning: {one}")));
    }
    told
}

/// Screens the subjects.
fn screening(options: &Screen, screener: &Screener<'_>, subjects: Subjects, today: jiff::civil::Date) -> Screening {
    let decided = decisions_file(options).filter(|file| file.exists());
    let read_otherwise = subjects.report.problems.iter().filter(|problem| !problem.loss.is_refusal());
    Screening {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        as_of: today.to_string(),
        settings: Settings {
            threshold: screener.threshold,
            near: screener.near,
            limit: screener.limit,
            changed_since: screener.changed_since.clone(),
            schema: options.schema.clone(),
            columns: options.columns.clone(),
            decisions: decided.map(|file| file.display().to_string()),
            case: screener.case.map(|account| account.case.settings.title.clone()),
        },
        lists: screener.lists.iter().map(used).collect(),
        subjects: screened(screener, &subjects.asked),
        inputs: subjects.inputs,
        not_screened: subjects.not_screened,
        problems: read_otherwise.map(ToString::to_string).chain(subjects.problems).collect(),
    }
}

/// What is to be screened; the exit says whether all of it could be read.
fn asked(options: &Screen, account: Option<&Account>) -> Result<(Subjects, Exit), Box<dyn std::error::Error>> {
    let schema = options.schema.as_deref();
    let subjects = match (&options.name, &options.file, account) {
        (Some(name), ..) => subjects::of_name(name, schema)?,
        (None, Some(file), _) => subjects::of_file(file, &options.columns, schema)?,
        (None, None, Some(account)) => subjects::of_case(account),
        (None, None, None) => Subjects::default(),
    };
    tell(&subjects.report);
    // those of the file have been told above
    let told: Vec<String> = subjects.report.problems.iter().map(ToString::to_string).collect();
    let others =
        subjects.not_screened.iter().filter(|one| !told.contains(&one.why)).map(|one| match one.subject.as_str() {
            "" => one.why.clone(),
            subject => format!("{subject}: {}", one.why),
        });
    let warnings: Vec<String> = others.chain(subjects.problems.iter().cloned()).collect();
    let more = warnings.len().saturating_sub(PROBLEMS_SHOWN);
    let shown = warnings.iter().take(PROBLEMS_SHOWN).map(|problem| format!("warning: {problem}"));
    for line in shown.chain((more > 0).then(|| format!("… and {more} more"))) {
        terminal::tell(&terminal::visible(&line));
    }
    let exit = if subjects.not_screened.is_empty() { Exit::Done } else { Exit::Findings };
    Ok((subjects, exit))
}

fn tell(report: &Report) {
    let problems = render_lists::problems(report);
    if !problems.is_empty() {
        terminal::tell(&terminal::visible(&problems));
    }
}

/// The lists to search, loaded.
fn loaded(options: &Screen, today: &str) -> Result<Vec<LoadedList>, Box<dyn std::error::Error>> {
    let store = lists::store(options.store.as_deref())?;
    let mut wanted = options.lists.clone();
    if wanted.is_empty() {
        wanted = store.names()?;
    }
    let mut loaded = Vec::new();
    for word in &wanted {
        let list = one(&store, word, today)?;
        lists::tell_unkept(&list);
        loaded.push(list);
    }
    Ok(loaded)
}

/// A kept list by its name, or else the file of this name.
fn one(store: &Store, word: &str, today: &str) -> Result<LoadedList, StoreError> {
    let path = Path::new(word);
    if store.current(word).ok().flatten().is_some() || !path.is_file() {
        return store.load(word);
    }
    let stem = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let stem = stem.split('.').next().unwrap_or_default();
    let name: String = stem.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).collect();
    let name = name.trim_matches('-').to_owned();
    let name = if name.is_empty() { "list".to_owned() } else { name };
    let addition = Addition { name, files: vec![path.to_owned()], today: today.to_owned(), ..Addition::default() };
    let mut report = Report::default();
    let loaded = LoadedList::from_files(&addition, &mut report);
    if report.refused() > 0 {
        tell(&report);
    }
    loaded
}

fn used(list: &LoadedList) -> ListUsed {
    let manifest = &list.manifest;
    ListUsed {
        name: manifest.name.clone(),
        title: manifest.title.clone().unwrap_or_else(|| manifest.name.clone()),
        date: manifest.date.clone(),
        added: manifest.added.clone(),
        hash: manifest.hash.clone(),
        entries: manifest.entries,
        refused: manifest.refused,
    }
}

fn screened(screener: &Screener<'_>, asked: &[Asked]) -> Vec<Subject> {
    let mut workspaces = parallel::workspaces();
    let progress = if std::io::stderr().is_terminal() && asked.len() > SUBJECTS_AT_ONCE {
        let style = ProgressStyle::with_template("{wide_bar} {human_pos} of {human_len} names, {per_sec}, {eta} left");
        ProgressBar::new(asked.len() as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
    } else {
        ProgressBar::hidden()
    };
    let mut screened = Vec::with_capacity(asked.len());
    for batch in asked.chunks(workspaces.len() * SUBJECTS_AT_ONCE) {
        let work = |asked: &Asked, workspace: &mut Workspace| screener.screen(asked, workspace);
        screened.extend(parallel::in_order(batch, &mut workspaces, work));
        progress.inc(batch.len() as u64);
    }
    progress.finish_and_clear();
    screened
}

fn write(options: &Screen, screening: &Screening) -> Result<(), Box<dyn std::error::Error>> {
    let text = match options.format {
        ScreenFormat::Table => terminal::visible(&render::table(screening)),
        ScreenFormat::Csv => render::csv(screening)?,
        ScreenFormat::Jsonl => render::jsonl(screening)?,
        ScreenFormat::Json => serde_json::to_string_pretty(screening)? + "\n",
        ScreenFormat::Html => plumb_page::screening::page(screening),
    };
    match &options.out {
        Some(path) => {
            plumb_disk::write(path, text.as_bytes()).map_err(|source| WriteError { path: path.clone(), source })?;
        }
        None => terminal::data(&text)?,
    }
    Ok(())
}

/// The file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}", path.display())]
struct WriteError {
    path: PathBuf,
    source: std::io::Error,
}

/// The file of decisions: as told, or beside the case.
fn decisions_file(options: &Screen) -> Option<PathBuf> {
    options.decisions.clone().or_else(|| options.case.as_ref().map(|case| case.join("decisions.csv")))
}

/// Writes a decision.
fn decide(
    options: &Screen,
    lists: &[LoadedList],
    (entry, verdict): (&str, Verdict),
    today: jiff::civil::Date,
) -> Outcome {
    let file = decisions_file(options).ok_or(DecideError::File)?;
    let entry_state = state_of(lists, entry).ok_or_else(|| DecideError::Entry(entry.to_owned()))?;
    let user = || ["USER", "USERNAME"].iter().find_map(|name| std::env::var(name).ok()).filter(|name| !name.is_empty());
    let who = options.who.clone().or_else(user).ok_or(DecideError::Name)?;
    let decision = Decision {
        subject: options.name.clone().unwrap_or_default(),
        entry: entry.to_owned(),
        verdict,
        reason: options.reason.clone().unwrap_or_default(),
        who,
        date: today,
        entry_state,
    };
    let word = match verdict {
        Verdict::Same => "are the same",
        Verdict::Different => "are different",
        Verdict::Unsure => "stay open",
    };
    let told = format!("{} and {} {word}; written to {}\n", decision.subject, decision.entry, file.display());
    decisions::append(&file, &decision)?;
    terminal::data(&terminal::visible(&told))?;
    Ok(Exit::Done)
}
