//! Decisions as changes of the files of a case: made only if the case that they lead to reads without a new error.

use std::collections::BTreeSet;

use plumb_core::case::Case;
use plumb_core::diagnostic::{Diagnostic, Severity};
use plumb_read::{Folder, Reading, read};

use crate::draft::{Draft, Kind};
use crate::log::{Entry, Log, Row, State, Verdict};
use crate::proposal::{Proposal, one_line};
use crate::readout::Record;
use crate::source::{Citation, next_id, origin, source_id, source_row};
use crate::table::{Table, TableError};

const SOURCES: &str = "sources.csv";
const ORIGINS: &str = "origins.csv";

/// The files that a decision may change, in the order in which rows are added: none cites what is not there yet.
const ADDED: [&str; 4] = [SOURCES, ORIGINS, "claims.csv", "events.csv"];

/// The order in which rows are taken away.
const REMOVED: [&str; 4] = ["events.csv", "claims.csv", ORIGINS, SOURCES];

/// What a row cannot be without, beside what follows from its document.
fn needed(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Claim => &["measure", "place", "qualifier", "unit"],
        Kind::Event => &["date", "summary"],
    }
}

/// Where decisions are made: the files of a case and what was decided so far.
#[derive(Clone, Copy, Debug)]
pub struct Desk<'a> {
    /// The files of the case.
    pub files: &'a Folder,
    /// The decisions so far.
    pub log: &'a Log,
    /// Today, `YYYY-MM-DD`.
    pub day: &'a str,
    /// Who decides.
    pub who: &'a str,
}

/// What a decision does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The files of the case that change, with their new bytes, in the order in which they are to be written: none ever cites
    /// what is not there yet.
    pub files: Vec<(String, Vec<u8>)>,
    /// The line for the log.
    pub entry: Entry,
}

/// Why a decision is not carried out. The case stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A cell that every claim needs is empty.
    #[error("the {0} is not known; correct the proposal: {0}=…")]
    Missing(&'static str),
    /// The document is no source of the case yet, and nobody has said who published it.
    #[error("`{0}` is no source of the case yet; say who published it")]
    Publisher(String),
    /// The case has no source of this id.
    #[error("the case has no source `{0}`; give the id of one in sources.csv, or the details of a new one")]
    Source(String),
    /// The row would be wrong.
    #[error("the case would not read: {message}; {help}")]
    Invalid {
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
    /// A table cannot be edited.
    #[error(transparent)]
    Table(#[from] TableError),
    /// It has been decided before.
    #[error("this was decided before; undo that decision first")]
    Decided,
    /// There is nothing to undo.
    #[error("nothing was decided here that could be undone")]
    Undecided,
}

impl Desk<'_> {
    /// Takes a proposal into the case, as `draft` has it: a row of its table, and of `sources.csv` and `origins.csv` where the
    /// document and the speaker are new.
    ///
    /// # Errors
    /// When a cell is missing or wrong, or a table cannot be edited.
    pub fn accept(
        &self,
        record: &Record,
        proposal: &Proposal,
        draft: &Draft,
        citation: &Citation,
    ) -> Result<Change, Refusal> {
        self.is_open(proposal)?;
        if let Some(missing) = needed(proposal.kind).iter().find(|field| draft.get(field).is_empty()) {
            return Err(Refusal::Missing(missing));
        }
        let before = read(self.files);
        let mut added = Added::new(self.files);
        let source = added.source(&before.case, record, citation)?;
        let mut entry = self.entry(record, proposal, Verdict::Accepted);
        entry.corrections = draft.changes_from(&proposal.draft);
        entry.source = Some(source.id.clone());
        let quote = one_line(&proposal.anchor.exact);
        let words = Words { source: &source, locator: &proposal.locator, quote: &quote };
        let told = match proposal.kind {
            Kind::Claim => added.claim(&before.case, draft, &words)?,
            Kind::Event => added.event(&before.case, draft, &words)?,
        };
        let id = match told {
            Told::Known(known) => {
                entry.became = Some(known);
                return Ok(Change { files: Vec::new(), entry });
            }
            Told::New(id) => id,
        };
        let after = read(&added.files);
        no_new_error(&before, &after)?;
        entry.became = Some(id);
        entry.rows = added.rows;
        Ok(Change { files: changed(self.files, &added.files, ADDED), entry })
    }

    /// Notes that the text does not say this, or that it is nothing for the case.
    ///
    /// # Errors
    /// When it has been decided before.
    pub fn reject(&self, record: &Record, proposal: &Proposal) -> Result<Change, Refusal> {
        self.is_open(proposal)?;
        Ok(Change { files: Vec::new(), entry: self.entry(record, proposal, Verdict::Rejected) })
    }

    /// Takes a decision back: the rows that it added go, with those that nothing cites any more.
    ///
    /// # Errors
    /// When there is none, or when its row has been changed since or is cited by other records.
    pub fn undo(&self, proposal: &str) -> Result<Change, Refusal> {
        let (State::Accepted(decided) | State::Rejected(decided)) = self.log.state(proposal) else {
            return Err(Refusal::Undecided);
        };
        let mut files = self.files.clone();
        for row in decided.rows.iter().filter(|row| ![ORIGINS, SOURCES].contains(&&*row.file)) {
            remove(&mut files, row)?;
        }
        let before = read(self.files);
        let without = read(&files);
        no_new_error(&before, &without)?;
        // origins before sources: neither cites the other, but what is left of both should follow from this order alone
        for file in [ORIGINS, SOURCES] {
            for row in self.log.rows(&decided.document).into_iter().filter(|row| row.file == file) {
                let mut fewer = files.clone();
                if remove(&mut fewer, row).is_ok() && no_new_error(&before, &read(&fewer)).is_ok() {
                    files = fewer;
                }
            }
        }
        let entry = Entry {
            proposal: proposal.to_owned(),
            document: decided.document.clone(),
            verdict: Verdict::Undone,
            became: decided.became.clone(),
            source: None,
            corrections: Draft::default(),
            rows: Vec::new(),
            day: self.day.to_owned(),
            who: self.who.to_owned(),
        };
        Ok(Change { files: changed(self.files, &files, REMOVED), entry })
    }

    fn is_open(&self, proposal: &Proposal) -> Result<(), Refusal> {
        if self.log.state(&proposal.id) == State::Open { Ok(()) } else { Err(Refusal::Decided) }
    }

    fn entry(&self, record: &Record, proposal: &Proposal, verdict: Verdict) -> Entry {
        Entry {
            proposal: proposal.id.clone(),
            document: record.sha256.clone(),
            verdict,
            became: None,
            source: None,
            corrections: Draft::default(),
            rows: Vec::new(),
            day: self.day.to_owned(),
            who: self.who.to_owned(),
        }
    }
}

/// A source as a claim cites it.
struct Cited {
    id: String,
    publisher: String,
    title: String,
}

/// What becomes of a row: it is in the case already, or it was added. With its id.
enum Told {
    Known(String),
    New(String),
}

/// The files of a case with rows added.
struct Added {
    files: Folder,
    rows: Vec<Row>,
}

/// The words that a row rests on: in which source, where in it, and themselves.
struct Words<'a> {
    source: &'a Cited,
    locator: &'a str,
    quote: &'a str,
}

impl Added {
    fn new(files: &Folder) -> Self {
        Self { files: files.clone(), rows: Vec::new() }
    }

    /// Adds a row and gives its id, which `id` makes from those taken.
    fn add(
        &mut self,
        file: &str,
        id: impl FnOnce(&[String]) -> String,
        cells: &[(String, String)],
    ) -> Result<String, TableError> {
        let mut table = Table::open(file, self.files.files.get(file).map(Vec::as_slice))?;
        let id = id(&table.column("id"));
        let with_id = std::iter::once(("id", id.as_str()));
        let others = cells.iter().filter(|(column, _)| column != "id");
        let cells: Vec<(&str, &str)> = with_id.chain(others.map(|(column, value)| (&**column, &**value))).collect();
        let row = table.append(&cells);
        self.rows.push(Row { file: file.to_owned(), row });
        self.files.files.insert(file.to_owned(), table.into_bytes());
        Ok(id)
    }

    fn source(&mut self, case: &Case, record: &Record, citation: &Citation) -> Result<Cited, Refusal> {
        match citation {
            Citation::Known(id) => {
                let source = case.sources.get(id).ok_or_else(|| Refusal::Source(id.clone()))?;
                Ok(Cited { id: id.clone(), publisher: source.publisher.clone(), title: source.title.clone() })
            }
            Citation::New(details) if details.publisher.trim().is_empty() => {
                Err(Refusal::Publisher(record.path.clone()))
            }
            Citation::New(details) => {
                let cells = source_row("", details, record);
                let id = self.add(SOURCES, |taken| source_id(details, record, taken), &cells)?;
                Ok(Cited { id, publisher: details.publisher.trim().to_owned(), title: details.title.trim().to_owned() })
            }
        }
    }

    fn origin(&mut self, case: &Case, claim: &Draft, source: &Cited) -> Result<String, Refusal> {
        let (id, name) = origin(claim, &source.id, &source.publisher, &source.title);
        if case.origins.get(&id).is_some() {
            return Ok(id);
        }
        let note = "Set by `plumb read`: nothing earlier is known".to_owned();
        let cells = [("name".to_owned(), name), ("note".to_owned(), note)];
        Ok(self.add(ORIGINS, |_taken| id, &cells)?)
    }

    fn claim(&mut self, case: &Case, draft: &Draft, words: &Words<'_>) -> Result<Told, Refusal> {
        let Words { source, locator, quote } = *words;
        let mut claim = draft.clone();
        if claim.get("said_by").is_empty() {
            claim.put("said_by", source.publisher.clone());
        }
        if claim.get("origin").is_empty() {
            let id = self.origin(case, &claim, source)?;
            claim.put("origin", id);
        }
        if let Some(known) = same_claim(case, &claim, &source.id, quote) {
            return Ok(Told::Known(known));
        }
        let place = [("source", &*source.id), ("locator", locator), ("quote", quote)];
        Ok(Told::New(self.row(Kind::Claim, &claim, &place, 'c')?))
    }

    /// `events.csv` has no columns for locator and quotation, so they stand in the note.
    fn event(&mut self, case: &Case, draft: &Draft, words: &Words<'_>) -> Result<Told, Refusal> {
        let Words { source, locator, quote } = *words;
        let mut event = draft.clone();
        let cited = if locator.is_empty() { format!("“{quote}”") } else { format!("{locator}: “{quote}”") };
        let said = draft.get("note");
        event.put("note", if said.is_empty() { cited.clone() } else { format!("{said}; {cited}") });
        let same = |known: &&plumb_core::case::Event| {
            known.source == source.id && known.note.contains(&cited) && known.date.to_string() == draft.get("date")
        };
        if let Some(known) = case.events.iter().find(same) {
            return Ok(Told::Known(known.id.clone()));
        }
        Ok(Told::New(self.row(Kind::Event, &event, &[("source", &*source.id)], 'e')?))
    }

    fn row(&mut self, kind: Kind, draft: &Draft, place: &[(&str, &str)], prefix: char) -> Result<String, TableError> {
        let cells = draft.cells(kind).chain(place.iter().copied());
        let cells: Vec<(String, String)> = cells.map(|(column, value)| (column.to_owned(), value.to_owned())).collect();
        self.add(kind.table(), |taken| next_id(prefix, taken), &cells)
    }
}

/// A claim of the case that says the same in the same words of the same source.
fn same_claim(case: &Case, draft: &Draft, source: &str, quote: &str) -> Option<String> {
    let same = |claim: &&plumb_core::case::Claim| {
        let mut own = Draft::default();
        own.set_quantity(&claim.quantity);
        claim.source == source
            && one_line(&claim.locator.quote) == quote
            && claim.measure == draft.get("measure")
            && claim.place == draft.get("place")
            && claim.period.map(|period| period.to_string()).unwrap_or_default() == draft.get("period")
            && own.figure() == draft.figure()
    };
    case.claims.iter().find(same).map(|claim| claim.id.clone())
}

/// Takes a row out of its table.
fn remove(files: &mut Folder, row: &Row) -> Result<(), TableError> {
    let mut table = Table::open(&row.file, files.files.get(&row.file).map(Vec::as_slice))?;
    table.remove(&row.row)?;
    files.files.insert(row.file.clone(), table.into_bytes());
    Ok(())
}

/// A change must not bring an error that was not there before.
fn no_new_error(before: &Reading, after: &Reading) -> Result<(), Refusal> {
    let known: BTreeSet<(&str, &str)> = before.diagnostics.iter().map(named).collect();
    let is_new = |found: &&Diagnostic| found.severity == Severity::Error && !known.contains(&named(found));
    after.diagnostics.iter().find(is_new).map_or(Ok(()), |found| {
        let message = format!("{} ({})", found.message, found.code.id());
        Err(Refusal::Invalid { message, help: found.help.clone() })
    })
}

fn named(diagnostic: &Diagnostic) -> (&str, &str) {
    (diagnostic.code.id(), &diagnostic.message)
}

/// Those of the files that are otherwise than before, in this order.
fn changed(before: &Folder, after: &Folder, order: [&str; 4]) -> Vec<(String, Vec<u8>)> {
    let file = |name: &str| {
        let now = after.files.get(name)?;
        (before.files.get(name) != Some(now)).then(|| (name.to_owned(), now.clone()))
    };
    order.into_iter().filter_map(file).collect()
}
