//! Which format a file is in, told by its content.

use std::io::{Cursor, Read as _};

use super::{Format, Input};

/// How much of a file is looked at, in bytes of text. The lists say in their first lines what they are.
const LOOKED_AT: u64 = 16 * 1024;

/// Root elements of the XML formats, which stand in the first lines and in no other.
const ROOTS: [(&str, Format); 6] = [
    ("<CONSOLIDATED_LIST", Format::UnXml),
    ("<sdnList", Format::OfacXml),
    ("<swiss-sanctions-list", Format::SecoXml),
    ("<Designations", Format::UkXml),
    ("<Sanctions", Format::OfacAdvancedXml),
    ("<export", Format::EuXml),
];

/// Columns that only one format has, of its first two lines.
const COLUMNS: [(&str, Format); 6] = [
    ("Entity_LogicalId", Format::EuCsv),
    ("programKey", Format::EuJournalCsv),
    ("Name 6", Format::UkCsv),
    ("source_list_url", Format::CslCsv),
    ("id,schema,name,aliases", Format::TargetsSimple),
    ("\"id\",\"schema\",\"name\",\"aliases\"", Format::TargetsSimple),
];

/// The format of a file that begins with these bytes, packed or not. `None` when it is none of the known; a table with any
/// header counts as one only if its name ends like one, because every text has lines.
pub fn detect(bytes: &[u8], file_name: &str) -> Option<Format> {
    let mut text = Vec::new();
    // what is cut off behind the looked-at part is no reason not to look
    let input = Input::new(file_name, Cursor::new(bytes.to_vec())).ok()?;
    let _ignored = input.take(LOOKED_AT).read_to_end(&mut text);
    let text = String::from_utf8_lossy(&text);
    let text = text.trim_start();
    match text.as_bytes().first()? {
        b'<' => ROOTS.iter().find(|(root, _)| text.contains(root)).map(|(_, format)| *format),
        b'{' => (text.contains("\"schema\"") && text.contains("\"properties\"")).then_some(Format::FtmLines),
        _ => table(text, file_name),
    }
}

fn table(text: &str, file_name: &str) -> Option<Format> {
    let head: String = text.lines().take(2).collect::<Vec<_>>().join("\n");
    if let Some((_, format)) = COLUMNS.iter().find(|(column, _)| head.contains(column)) {
        return Some(*format);
    }
    if is_ofac(text.lines().next()?) {
        return Some(Format::OfacCsv);
    }
    let lower = file_name.to_lowercase();
    let lower = lower.trim_end_matches(".zst").trim_end_matches(".gz");
    let named = [".csv", ".tsv", ".txt"].iter().any(|ending| lower.ends_with(ending));
    let header = text.lines().next().is_some_and(|line| line.contains([',', '\t', ';', '|']));
    (named && header).then_some(Format::Table)
}

/// A first row without header: a number, then as many cells as one of OFAC's tables has.
fn is_ofac(line: &str) -> bool {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
    let Some(Ok(row)) = reader.records().next() else { return false };
    let number = row.get(0).is_some_and(|cell| cell.trim().parse::<u64>().is_ok());
    // comments have no null to tell them by, but only two cells
    number && (row.len() == 2 || matches!(row.len(), 5 | 6 | 12) && line.contains("-0-"))
}
