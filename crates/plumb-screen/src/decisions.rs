//! A reviewer's decisions about potential matches, as rows of a CSV file that is kept beside the case.
//!
//! One row a decision; the last one about a pair holds, and the earlier ones stay as its history. A row remembers the state of the list
//! entry that it was made about, so that a changed entry comes back for review:
//!
//! ```csv
//! subject,entry,decision,reason,who,date,entry_state
//! Kim Chol,ofac-sdn-12345,different,born 1950; ours was born 1988,A. Reviewer,2026-11-26,9f86d081884c7d65
//! ```

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a reviewer decided about a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// They are one and the same.
    Same,
    /// They are two; the pair is shown as decided and not alerted again.
    Different,
    /// Nobody can tell yet; the pair stays open.
    Unsure,
}

/// One decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What was screened, as the caller names it: an id of the case, or the name itself.
    pub subject: String,
    /// The id of the list entry.
    pub entry: String,
    /// What was decided.
    #[serde(rename = "decision")]
    pub verdict: Verdict,
    /// Why, in the reviewer's words.
    #[serde(default)]
    pub reason: String,
    /// Who decided.
    pub who: String,
    /// On which day.
    pub date: Date,
    /// [`entry_state`] of the entry as the reviewer saw it; empty when not known, and then never stale.
    #[serde(default)]
    pub entry_state: String,
}

/// A decision about a pair as it stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing<'a> {
    /// The last decision.
    pub decision: &'a Decision,
    /// The entry has changed since: it must be looked at again.
    pub stale: bool,
}

impl Standing<'_> {
    /// Whether the pair needs no alert: decided to be different, about the entry as it still is.
    pub fn settles(&self) -> bool {
        self.decision.verdict == Verdict::Different && !self.stale
    }
}

/// A row that is no decision; the other rows count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{file}`, line {line}: {cause}. Hint: the columns are subject, entry, decision (same, different or unsure), reason, who, \
     date (2026-11-26), entry_state"
)]
pub struct DecisionError {
    /// The name of the file.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub cause: String,
}

/// All decisions of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    rows: Vec<Decision>,
    last: BTreeMap<(String, String), usize>,
}

impl Decisions {
    /// Reads the content of a file. Rows that cannot be read are named and left out.
    pub fn read(file: &str, content: &[u8]) -> (Self, Vec<DecisionError>) {
        let mut decisions = Self::default();
        let mut errors = Vec::new();
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter(content)).trim(csv::Trim::All).from_reader(content);
        for row in reader.deserialize::<Decision>() {
            match row {
                Ok(decision) => decisions.insert(decision),
                Err(error) => errors.push(located(file, &error)),
            }
        }
        (decisions, errors)
    }

    fn insert(&mut self, decision: Decision) {
        self.last.insert((decision.subject.clone(), decision.entry.clone()), self.rows.len());
        self.rows.push(decision);
    }

    /// How many decisions were made, earlier ones about the same pair included.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many entries a subject was decided about.
    pub fn about(&self, subject: &str) -> usize {
        let pairs = self.last.range((subject.to_owned(), String::new())..);
        pairs.take_while(|((decided, _), _)| decided == subject).count()
    }

    /// The decision that holds for a pair, seen against the entry's present [`entry_state`].
    pub fn standing(&self, subject: &str, entry: &str, state: &str) -> Option<Standing<'_>> {
        let place = self.last.get(&(subject.to_owned(), entry.to_owned()))?;
        let decision = self.rows.get(*place)?;
        Some(Standing { decision, stale: !decision.entry_state.is_empty() && decision.entry_state != state })
    }
}

impl Decision {
    /// The decision as it is added to a file that holds this so far: with the head of the table if it is empty, on a line of its own, for an
    /// editor may have left the last one open, and with the separator that the file has.
    pub fn row(&self, file: &[u8]) -> String {
        let mut writer = csv::WriterBuilder::new();
        let writer = writer.has_headers(file.is_empty()).delimiter(delimiter(file));
        let mut writer = writer.from_writer(Vec::new());
        // writing text into memory does not fail
        let row = writer.serialize(self).ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
        let opened = if file.last().is_none_or(|last| *last == b'\n') { "" } else { "\n" };
        opened.to_owned() + &String::from_utf8_lossy(&row)
    }
}

/// What separates the cells: a comma, or the semicolon that spreadsheets of much of Europe write instead when they save such a file.
fn delimiter(content: &[u8]) -> u8 {
    let count = |sign: u8| content.iter().take_while(|byte| **byte != b'\n').filter(|byte| **byte == sign).count();
    if count(b';') > count(b',') { b';' } else { b',' }
}

fn located(file: &str, error: &csv::Error) -> DecisionError {
    let line = error.position().map_or(1, csv::Position::line);
    let cause = match error.kind() {
        csv::ErrorKind::Deserialize { err, .. } => err.kind().to_string(),
        _ => error.to_string(),
    };
    DecisionError { file: file.to_owned(), line, cause }
}

/// The state of a list entry: the first 64 bits of SHA-256 of its schema and properties, in hex. What the list says about *when* it
/// published the entry is left out, so that a new edition of the list alone makes no decision stale.
pub fn entry_state(entity: &plumb_core::ftm::Entity) -> String {
    use sha2::Digest;
    let mut hash = sha2::Sha256::new();
    hash.update(entity.schema().name);
    for (property, values) in entity.properties() {
        let mut values: Vec<&String> = values.iter().collect();
        values.sort();
        for value in values {
            for part in [property, value.as_str()] {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        }
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(verdict: Verdict, state: &str) -> Decision {
        let date = Date::constant(2026, 11, 26);
        let [subject, entry, reason, who] = ["Kim, Chol", "x-1", "said \"no\"\nborn 1950", "A. R."].map(str::to_owned);
        Decision { subject, entry, verdict, reason, who, date, entry_state: state.to_owned() }
    }

    #[test]
    fn the_last_decision_holds_and_a_changed_entry_makes_it_stale() {
        let first = decision(Verdict::Unsure, "").row(b"");
        let text = first.clone() + &decision(Verdict::Different, "abc").row(first.as_bytes());
        let (read, errors) = Decisions::read("d.csv", text.as_bytes());
        assert_eq!((read.len(), errors.len()), (2, 0));
        let standing = read.standing("Kim, Chol", "x-1", "abc").unwrap();
        assert!(standing.settles() && !standing.stale);
        let standing = read.standing("Kim, Chol", "x-1", "changed").unwrap();
        assert!(!standing.settles() && standing.stale);
        assert_eq!(read.standing("Kim, Chol", "x-2", "abc"), None);
    }

    #[test]
    fn a_file_that_a_spreadsheet_saved_with_semicolons_goes_on_with_them() {
        let saved =
            "subject;entry;decision;reason;who;date;entry_state\r\nKim;x-1;different;a, b;A. R.;2026-11-26;\r\n";
        let text = saved.to_owned() + &decision(Verdict::Same, "").row(saved.as_bytes());
        let (read, errors) = Decisions::read("d.csv", text.as_bytes());
        assert_eq!((read.len(), errors.len()), (2, 0), "{text}");
        assert!(read.standing("Kim", "x-1", "").unwrap().settles());
    }

    #[test]
    fn a_bad_row_is_named_and_the_rest_counts() {
        let content = "subject,entry,decision,reason,who,date,entry_state\n\
                       a,x-1,perhaps,,me,2026-11-26,\n\
                       a,x-2,same,,me,2026-11-26,\n\
                       a,x-3,same,,me,2026-02-30,\n\
                       a\n";
        let (decisions, errors) = Decisions::read("d.csv", content.as_bytes());
        assert_eq!(decisions.len(), 1);
        let lines: Vec<String> = errors.iter().map(|error| error.to_string()).collect();
        assert_eq!(lines.len(), 3);
        for (line, number) in lines.iter().zip([2, 4, 5]) {
            assert!(line.starts_with(&format!("`d.csv`, line {number}: ")), "{line}");
        }
    }

    #[test]
    fn an_open_last_line_is_closed_first() {
        let open = "subject,entry,decision,reason,who,date,entry_state\na,x-2,same,,me,2026-11-26,";
        let text = open.to_owned() + &decision(Verdict::Same, "").row(open.as_bytes());
        let (read, errors) = Decisions::read("d.csv", text.as_bytes());
        assert_eq!((read.len(), errors.len()), (2, 0));
    }

    #[test]
    fn the_state_of_an_entry_follows_its_content() {
        let entity = |name| plumb_core::ftm::Entity::new("x".to_owned(), "Person").unwrap().with("name", name);
        assert_eq!(entry_state(&entity("Kim Chol")), entry_state(&entity("Kim Chol")));
        assert_ne!(entry_state(&entity("Kim Chol")), entry_state(&entity("Kim Chul")));
    }
}
