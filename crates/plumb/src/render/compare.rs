//! Scored pairs as JSON, JSON lines, CSV and text, one after the other.

use std::io::{self, Write};

use plumb_screen::score::{Feature, Score};

use super::{compare_json, spreadsheet};
use crate::arguments::PairFormat;
use crate::pairs::RowError;
use crate::terminal::visible;

/// The answer to a row.
pub(crate) struct Answer<'r> {
    /// The number of the row, from 1, without the header.
    pub(crate) row: usize,
    /// The line of the file that it begins on.
    pub(crate) line: u64,
    pub(crate) schema: &'r str,
    pub(crate) name1: &'r str,
    pub(crate) name2: &'r str,
    /// The score from which the two are a potential match.
    pub(crate) threshold: f64,
    /// The score and what was not taken as it stands, or why there is none.
    pub(crate) result: Result<(Score, Vec<String>), RowError>,
}

impl Answer<'_> {
    /// Writes the answer, without what stands between two.
    pub(crate) fn write(&self, format: PairFormat, out: &mut Vec<u8>) -> io::Result<()> {
        match format {
            PairFormat::Json | PairFormat::Jsonl => compare_json::write(self, out)?,
            PairFormat::Csv => out.extend(spreadsheet::row(&self.cells())?),
            PairFormat::Text => out.extend(visible(&self.text()).into_bytes()),
        }
        Ok(())
    }

    pub(super) fn is_match(&self, score: &Score) -> bool {
        score.score >= self.threshold
    }

    fn cells(&self) -> Vec<String> {
        let [row, line] = [self.row.to_string(), self.line.to_string()];
        let words = [self.schema, self.name1, self.name2].map(spreadsheet::safe);
        let rest = match &self.result {
            Ok((score, _)) => [
                score.score.to_string(),
                self.is_match(score).to_string(),
                score.probability.to_string(),
                spreadsheet::safe(&reasons(score)),
                String::new(),
            ],
            Err(error) => {
                [String::new(), String::new(), String::new(), String::new(), spreadsheet::safe(&error.text())]
            }
        };
        [row, line].into_iter().chain(words).chain(rest).collect()
    }

    fn text(&self) -> String {
        let Self { row, name1, name2, .. } = self;
        match &self.result {
            Ok((score, notes)) => {
                let word = if self.is_match(score) { "potential match" } else { "no match" };
                let notes: String = notes.iter().map(|note| format!("\n      note: {note}")).collect();
                format!("{row:>4}  {:.2}  {word:15}  {name1} | {name2}\n      {}{notes}", score.score, reasons(score))
            }
            Err(error) => format!("{row:>4}  error on line {}: {}", self.line, error.text()),
        }
    }
}

impl RowError {
    fn text(&self) -> String {
        self.column.map_or_else(|| self.message.clone(), |column| format!("{column}: {}", self.message))
    }
}

/// Each feature with its level and what it adds, in a line.
pub(crate) fn reasons(score: &Score) -> String {
    let feature = |one: &Feature| {
        let why = one.why_not.as_ref().map_or(String::new(), |why| format!(" ({why})"));
        format!("{} {} {:+.1} bits{why}", one.feature, one.level.replace('_', " "), one.bits)
    };
    score.features.iter().map(feature).collect::<Vec<_>>().join("; ")
}

/// Answers on their way out.
pub(crate) struct Writing<'a> {
    pub(crate) format: PairFormat,
    out: &'a mut dyn Write,
    begun: bool,
}

impl<'a> Writing<'a> {
    /// Writes what stands before the first answer.
    pub(crate) fn begin(format: PairFormat, out: &'a mut dyn Write) -> io::Result<Self> {
        const COLUMNS: [&str; 10] =
            ["row", "line", "schema", "name1", "name2", "score", "match", "probability", "explanation", "error"];
        match format {
            PairFormat::Json => out.write_all(b"[")?,
            PairFormat::Csv => {
                out.write_all(spreadsheet::BYTE_ORDER_MARK)?;
                out.write_all(&spreadsheet::row(&COLUMNS)?)?;
            }
            PairFormat::Jsonl | PairFormat::Text => {}
        }
        Ok(Self { format, out, begun: false })
    }

    /// What stands between two answers.
    pub(crate) fn between(format: PairFormat) -> &'static [u8] {
        match format {
            PairFormat::Json => b",\n",
            PairFormat::Jsonl | PairFormat::Text => b"\n",
            PairFormat::Csv => b"",
        }
    }

    /// Writes answers in a row, one or several.
    pub(crate) fn put(&mut self, answers: &[u8]) -> io::Result<()> {
        match self.format {
            PairFormat::Json if !self.begun => self.out.write_all(b"\n")?,
            PairFormat::Json => self.out.write_all(Self::between(self.format))?,
            _ => {}
        }
        self.begun = true;
        self.out.write_all(answers)?;
        if self.format == PairFormat::Json { Ok(()) } else { self.out.write_all(Self::between(self.format)) }
    }

    /// Writes what stands behind the last answer.
    pub(crate) fn end(self) -> io::Result<()> {
        if self.format == PairFormat::Json {
            self.out.write_all(b"\n]\n")?;
        }
        self.out.flush()
    }
}
