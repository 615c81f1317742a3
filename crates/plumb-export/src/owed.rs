//! Wages owed as CSV: one row a step of the arithmetic, then the amounts of each line, what it leaves open, and the totals.

use csv::{Terminator, WriterBuilder};
use plumb_account::Account;
use plumb_core::band::Band;
use plumb_core::case::Case;
use plumb_core::reference::{Kind, Reference};
use plumb_duty::owed::{Line, Owed, Totals};

use crate::ExportError;
use crate::csv::{BYTE_ORDER_MARK, safe};

const HEADER: [&str; 12] = [
    "worker",
    "record",
    "first",
    "last",
    "persons",
    "what",
    "arithmetic",
    "low",
    "high",
    "unit",
    "rests_on",
    "citations",
];

/// What is owed in an account. An empty `high` is an open end: at least `low`. Numbers are exact, not rounded.
///
/// # Errors
/// Only when the CSV writer refuses, which is a fault of the program.
pub fn owed_csv(account: &Account) -> Result<Vec<u8>, ExportError> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec());
    writer.write_record(HEADER)?;
    for row in account.owed.iter().flat_map(|owed| rows(&account.case, owed)) {
        writer.write_record(row.iter().map(|cell| safe(cell).into_owned()))?;
    }
    Ok(writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?)
}

type Row = [String; 12];

fn rows(case: &Case, owed: &Owed) -> Vec<Row> {
    let mut rows: Vec<Row> = owed.lines.iter().flat_map(|line| line_rows(case, owed, line)).collect();
    for (what, band) in named(&owed.totals) {
        let where_ = [owed.worker.clone(), "all".to_owned(), String::new(), String::new(), String::new()];
        rows.push(row(where_, what, String::new(), Some(band), &owed.currency, (String::new(), String::new())));
    }
    rows
}

fn line_rows(case: &Case, owed: &Owed, line: &Line) -> Vec<Row> {
    let place = || {
        let (first, last) = (line.first.to_string(), line.last.to_string());
        [owed.worker.clone(), line.wage.id.clone(), first, last, line.persons.to_string()]
    };
    let mut rows = Vec::new();
    for step in &line.steps {
        let basis = step.basis.iter().map(Reference::to_string).collect::<Vec<_>>().join("; ");
        let citations = step.basis.iter().filter_map(|one| citation(case, one)).collect::<Vec<_>>().join("; ");
        rows.push(row(place(), step.what, step.arithmetic.clone(), Some(step.value), &step.unit, (basis, citations)));
    }
    for (what, band) in line.amounts.iter().flat_map(named) {
        rows.push(row(place(), what, String::new(), Some(band), &owed.currency, (String::new(), String::new())));
    }
    for gap in &line.gaps {
        rows.push(row(place(), "left open", gap.clone(), None, "", (String::new(), String::new())));
    }
    rows
}

fn named(totals: &Totals) -> [(&'static str, Band); 5] {
    [
        ("total due", totals.due),
        ("total paid", totals.paid),
        ("total owed", totals.owed),
        ("total interest", totals.interest),
        ("total owed and interest", totals.total),
    ]
}

fn row(
    [worker, record, first, last, persons]: [String; 5],
    what: &str,
    arithmetic: String,
    band: Option<Band>,
    unit: &str,
    (basis, citations): (String, String),
) -> Row {
    let low = band.map(|band| band.low.normalize().to_string()).unwrap_or_default();
    let high = band.and_then(|band| band.high).map(|high| high.normalize().to_string()).unwrap_or_default();
    let (what, unit) = (what.to_owned(), unit.to_owned());
    [worker, record, first, last, persons, what, arithmetic, low, high, unit, basis, citations]
}

/// A rule by its instrument and article, a rate by its series and period, both with their source; nothing for a record.
fn citation(case: &Case, reference: &Reference) -> Option<String> {
    let id = reference.id.as_str();
    let (words, source) = match reference.kind {
        Kind::Rule => {
            case.rules.get(id).map(|rule| (format!("{}, {}", rule.instrument, rule.article), &rule.source))?
        }
        Kind::Observation => case
            .observations
            .get(id)
            .map(|row| (format!("{} {} {}", row.series, row.place, row.period), &row.source))?,
        _ => return None,
    };
    let Some(source) = case.sources.get(source) else { return Some(words) };
    let named = [&source.publisher, &source.title, &source.url];
    let named: Vec<&str> = named.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    Some(format!("{words} ({})", named.join(", ")))
}
