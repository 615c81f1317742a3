//! What is to be screened: a name, the rows of a file, the actors of a case.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Cursor, Read as _};
use std::path::Path;

use calamine::{Data, Reader as _};
use plumb_account::Account;
use plumb_core::ftm;
use plumb_core::suggest::nearest;
use plumb_names::Reader;
use plumb_page::screening::InputUsed;
use plumb_screen::lists::{self, Format, Input, List, Loss, Report};
use plumb_screen::score::Profile;
use plumb_screen::{Query, Record};
use sha2::{Digest as _, Sha256};

use super::case;

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
    /// How many rows were refused.
    pub(crate) refused: u64,
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
            subjects.problems.push(format!("actor {}: there is no schema `{}`", actor.id, actor.schema));
            subjects.refused += 1;
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
    let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let (format, bytes) = match ending.as_str() {
        "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => (Format::Table, spreadsheet(&bytes, &shown)?),
        "json" | "jsonl" | "ijson" | "ndjson" => (Format::FtmLines, bytes),
        _ => (Format::Table, bytes),
    };
    let input = Input::new(shown.clone(), Cursor::new(bytes)).map_err(failed)?;
    let mut report = Report::default();
    let mut subjects = Subjects { inputs: vec![InputUsed { path: shown.clone(), sha256 }], ..Subjects::default() };
    let list = List { name: ROW.to_owned(), columns: columns.to_vec(), keeps_repeats: true };
    lists::read(format, &list, vec![input], &mut report, &mut |record| {
        if record.is_matchable() {
            subjects.add_record(&record, format, schema);
        }
    });
    subjects.refused += report.refused();
    if subjects.asked.is_empty() {
        let worst = report.problems.iter().min_by_key(|problem| problem.loss).filter(|one| one.loss != Loss::Nothing);
        let cause =
            worst.map_or("it has no rows".to_owned(), |problem| format!("{problem}. Hint: {}", problem.cause.hint()));
        return Err(SubjectError::Nothing { path: shown, cause });
    }
    subjects.report = report;
    Ok(subjects)
}

/// What ids of rows begin with where the file has none of FollowTheMoney's own.
const ROW: &str = "row";

impl Subjects {
    fn add_record(&mut self, record: &Record, format: Format, schema: Option<&str>) {
        let entity = &record.entity;
        let id = entity.id();
        let own = if format == Format::Table { id.strip_prefix(ROW).unwrap_or(id).trim_start_matches('-') } else { id };
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
            self.problems.push(format!("{subject}: there is nothing in the name `{name}` that can be compared"));
            self.refused += 1;
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

/// The first sheet that has rows, as CSV.
fn spreadsheet(bytes: &[u8], path: &str) -> Result<Vec<u8>, SubjectError> {
    let failed = |cause: String| SubjectError::Spreadsheet { path: path.to_owned(), cause };
    let mut book =
        calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| failed(error.to_string()))?;
    let sheets = book.worksheets();
    let filled = sheets.iter().find(|(_, sheet)| !sheet.is_empty());
    let (_, sheet) = filled.ok_or_else(|| failed("no sheet has a row".to_owned()))?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in sheet.rows() {
        writer.write_record(row.iter().map(cell)).map_err(|error| failed(error.to_string()))?;
    }
    writer.into_inner().map_err(|error| failed(error.to_string()))
}

/// A cell as it would stand in CSV: dates as `YYYY-MM-DD`, whole numbers without a point.
fn cell(cell: &Data) -> String {
    match cell {
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    }
}
