//! What is to be screened: a name, the rows of a file, the actors of a case.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Cursor, Read as _};
use std::path::Path;

use plumb_account::Account;
use plumb_core::ftm;
use plumb_core::suggest::nearest;
use plumb_names::Reader;
use plumb_page::screening::{InputUsed, NotScreened};
use plumb_screen::lists::{self, Format, Input, List, Loss, Report};
use plumb_screen::score::Profile;
use plumb_screen::{Query, Record};
use sha2::{Digest as _, Sha256};

use super::{case, spreadsheet};

/// What is to be screened.
#[derive(Debug)]
pub(crate) struct Asked {
    /// What decisions know it by.
    pub(crate) subject: String,
    pub(crate) name: String,
    pub(crate) profile: Profile,
    pub(crate) properties: BTreeMap<String, Vec<String>>,
    /// Whether the subject is the id of an actor of the case.
    pub(crate) is_actor: bool,
}

/// Subjects, and what was not read.
#[derive(Debug, Default)]
pub(crate) struct Subjects {
    pub(crate) asked: Vec<Asked>,
    pub(crate) inputs: Vec<InputUsed>,
    /// What reading the file told.
    pub(crate) report: Report,
    /// What else is to be told of single subjects.
    pub(crate) problems: Vec<String>,
    /// What could not be screened, and why.
    pub(crate) not_screened: Vec<NotScreened>,
    reader: Reader,
}

/// Why nothing can be screened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SubjectError {
    #[error("cannot read {path}")]
    Io { path: String, source: io::Error },
    #[error("{path} is no spreadsheet that can be read: {cause}")]
    Spreadsheet { path: String, cause: String },
    #[error("{path} holds no names that can be read: {cause}")]
    Nothing { path: String, cause: String },
    #[error("there is no schema `{word}`{near}; it must be one of FollowTheMoney, such as Person, Company or Vessel")]
    Schema { word: String, near: String },
    #[error("there is nothing in the name that can be compared: it has no letters or digits")]
    NoLetters,
}

/// One name. Without a schema it can be anything.
pub(crate) fn of_name(name: &str, schema: Option<&str>) -> Result<Subjects, SubjectError> {
    let mut subjects = Subjects::default();
    let profile = match schema {
        None => {
            let any = ftm::schema("Thing").ok_or_else(|| unknown("Thing"))?;
            Profile::new(any, &[("name", &[name.to_owned()])])
        }
        Some(word) => {
            let mut query = Query::new("", checked(word)?).ok_or_else(|| unknown(word))?;
            query.add("name", name);
            subjects.problems.extend(query.problems().map(ToString::to_string));
            Profile::of(query.entity())
        }
    };
    if !comparable(&profile) {
        return Err(SubjectError::NoLetters);
    }
    let shown: String = name.chars().take(plumb_names::LONGEST).collect();
    let properties = BTreeMap::new();
    subjects.asked.push(Asked { subject: shown.clone(), name: shown, profile, properties, is_actor: false });
    Ok(subjects)
}

/// The actors of a case.
pub(crate) fn of_case(account: &Account) -> Subjects {
    let mut subjects = Subjects::default();
    for actor in &account.case.actors {
        let Some(query) = case::query(actor) else {
            let why = format!("there is no schema `{}`", actor.schema);
            subjects.not_screened.push(NotScreened { subject: actor.id.clone(), why });
            continue;
        };
        subjects.add(query.entity(), &actor.id, true);
    }
    subjects
}

/// The rows of a file.
pub(crate) fn of_file(
    path: &Path,
    columns: &[(String, String)],
    schema: Option<&str>,
) -> Result<Subjects, SubjectError> {
    let schema = schema.map(checked).transpose()?;
    let shown = path.display().to_string();
    let failed = |source| SubjectError::Io { path: shown.clone(), source };
    let mut bytes = Vec::new();
    File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(failed)?;
    let sha256 = sha256(&bytes);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let mut subjects = Subjects { inputs: vec![InputUsed { path: shown.clone(), sha256 }], ..Subjects::default() };
    let (format, tables) = match ending.as_str() {
        "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => (Format::Table, subjects.sheets(&bytes, &shown)?),
        "json" | "jsonl" | "ijson" | "ndjson" => (Format::FtmLines, vec![(shown.clone(), bytes)]),
        _ => (Format::Table, vec![(shown.clone(), bytes)]),
    };
    let inputs = tables.into_iter().map(|(name, bytes)| Input::new(name, Cursor::new(bytes)));
    let inputs = inputs.collect::<io::Result<Vec<_>>>().map_err(failed)?;
    let mut report = Report::default();
    let list = List { name: ROW.to_owned(), columns: columns.to_vec(), keeps_repeats: true };
    lists::read(format, &list, inputs, &mut report, &mut |record| {
        if record.is_matchable() {
            subjects.add_record(&record, format, schema);
        }
    });
    subjects.refuse(&report);
    if subjects.asked.is_empty() {
        let worst = report.problems.iter().min_by_key(|problem| problem.loss).filter(|one| one.loss != Loss::Nothing);
        let cause =
            worst.map_or("it has no rows".to_owned(), |problem| format!("{problem}. Hint: {}", problem.cause.hint()));
        return Err(SubjectError::Nothing { path: shown, cause });
    }
    subjects.report = report;
    Ok(subjects)
}

/// SHA-256 in hex.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What ids of rows begin with where the file has none of FollowTheMoney's own.
const ROW: &str = "row";

/// Most characters of a name without letters that are shown.
const NAME_SHOWN: usize = 60;

/// The id of a row as the file has it.
fn own(id: &str) -> &str {
    id.strip_prefix(ROW).unwrap_or(id).trim_start_matches('-')
}

impl Subjects {
    /// The tables of a spreadsheet by the names that messages give them. Sheets that are hidden are told: what is not screened must be
    /// known.
    fn sheets(&mut self, bytes: &[u8], path: &str) -> Result<Vec<(String, Vec<u8>)>, SubjectError> {
        let failed = |cause: String| SubjectError::Spreadsheet { path: path.to_owned(), cause };
        let book = spreadsheet::read(bytes).map_err(failed)?;
        let hidden = book.hidden.into_iter().map(|name| NotScreened {
            subject: String::new(),
            why: format!("{path}: the sheet “{name}” is hidden, and was not read"),
        });
        self.not_screened.extend(hidden);
        let alone = book.sheets.len() == 1;
        let called = |name: String| if alone { path.to_owned() } else { format!("{path}, sheet “{name}”") };
        let tables: Vec<_> = book.sheets.into_iter().map(|(name, table)| (called(name), table)).collect();
        if tables.is_empty() { Err(failed("no sheet has a row".to_owned())) } else { Ok(tables) }
    }

    /// Takes up what was refused of a file. All is counted, if not all is kept word for word.
    fn refuse(&mut self, report: &Report) {
        let refused = report.problems.iter().filter(|problem| problem.loss.is_refusal());
        let before = self.not_screened.len();
        self.not_screened.extend(refused.map(|problem| NotScreened {
            subject: problem.record.as_deref().map_or(String::new(), |record| own(record).to_owned()),
            why: problem.to_string(),
        }));
        let told = u64::try_from(self.not_screened.len() - before).unwrap_or(u64::MAX);
        let more = report.refused().saturating_sub(told);
        if more > 0 {
            let why = format!("{more} more rows could not be read; mend those that are named and screen again");
            self.not_screened.push(NotScreened { subject: String::new(), why });
        }
    }

    fn add_record(&mut self, record: &Record, format: Format, schema: Option<&str>) {
        let entity = &record.entity;
        let id = entity.id();
        let own = if format == Format::Table { own(id) } else { id };
        let Some(mut told) =
            schema.filter(|schema| *schema != entity.schema().name).and_then(|word| Query::new(id, word))
        else {
            return self.add(entity, own, false);
        };
        for (property, values) in entity.properties() {
            for value in values {
                told.add(property, value);
            }
        }
        self.problems.extend(told.problems().map(|problem| format!("{own}: {problem}")));
        self.add(told.entity(), own, false);
    }

    fn add(&mut self, entity: &ftm::Entity, subject: &str, is_actor: bool) {
        let profile = Profile::of_with(&mut self.reader, entity);
        let name = profile.names.first().map_or_else(|| subject.to_owned(), |name| name.text.clone());
        let first = entity.properties().get("name").and_then(|names| names.first());
        let name = first.cloned().unwrap_or(name);
        if !comparable(&profile) {
            let shown: String = name.chars().take(NAME_SHOWN).collect();
            let why = format!("there is nothing in the name `{shown}` that can be compared");
            self.not_screened.push(NotScreened { subject: subject.to_owned(), why });
            return;
        }
        let properties =
            entity.properties().iter().map(|(name, values)| ((*name).to_owned(), values.clone())).collect();
        self.asked.push(Asked { subject: subject.to_owned(), name, profile, properties, is_actor });
    }
}

/// Whether there is a name with something in it.
fn comparable(profile: &Profile) -> bool {
    profile.names.iter().any(|known_as| !known_as.name.parts.is_empty())
}

fn checked(word: &str) -> Result<&'static str, SubjectError> {
    let known = ftm::schema(word).filter(|schema| schema.matchable && !schema.abstract_);
    known.map(|schema| schema.name).ok_or_else(|| unknown(word))
}

fn unknown(word: &str) -> SubjectError {
    let known = ftm::schemata().filter(|schema| schema.matchable && !schema.abstract_).map(|schema| schema.name);
    let near = nearest(word, known).map_or(String::new(), |near| format!(", did you mean {near}"));
    SubjectError::Schema { word: word.chars().take(60).collect(), near }
}
