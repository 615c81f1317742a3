//! `docs/case-format.md`: what is written once, in `data/`, made into the reference that people read.

use std::fmt::Write as _;

use plumb_core::case::Grade;

use crate::spec::{self, Column, ColumnKind, Table};

const HEAD: &str = include_str!("../data/case-format-head.md");

/// The reference of the case format as Markdown: files, units, dates and places in words, then every table and column.
///
/// The repository keeps it as `docs/case-format.md`; a test fails when the two differ.
pub fn case_format_markdown() -> String {
    let mut out = HEAD.trim_end().to_owned();
    out.push_str("\n\n## The tables\n\n");
    out.push_str("| file | one row is | columns that every row needs |\n| --- | --- | --- |\n");
    for table in spec::tables() {
        let required: Vec<String> = required(table).map(|column| format!("`{}`", column.name)).collect();
        let file = &table.file;
        // writing to a String cannot fail
        let _ok =
            writeln!(out, "| [`{file}`](#{}) | {} | {} |", anchor(file), article(&table.name), required.join(", "));
    }
    for table in spec::tables() {
        write_table(&mut out, table);
    }
    out.push_str("\n## The grades\n\n| grade | a source of this grade is |\n| --- | --- |\n");
    for (_, letter, meaning) in Grade::ALL {
        let _ok = writeln!(out, "| {letter} | {meaning} |");
    }
    out
}

fn required(table: &Table) -> impl Iterator<Item = &Column> {
    table.columns.iter().filter(|column| column.required)
}

fn write_table(out: &mut String, table: &Table) {
    let _ok = writeln!(out, "\n### {}\n\n{}\n", table.file, table.about);
    out.push_str("| column | holds | meaning | example |\n| --- | --- | --- | --- |\n");
    for column in &table.columns {
        let name = if column.required { format!("**`{}`**", column.name) } else { format!("`{}`", column.name) };
        let example = if column.example.is_empty() { String::new() } else { format!("`{}`", cell(&column.example)) };
        let _ok = writeln!(out, "| {name} | {} | {} | {example} |", holds(&column.kind), cell(&column.about));
    }
}

/// What a column holds, for readers.
fn holds(kind: &ColumnKind) -> String {
    let table = |kind: &plumb_core::reference::Kind| crate::known::file_of(*kind);
    match kind {
        ColumnKind::Id => "an id".to_owned(),
        ColumnKind::Reference(kind) => format!("an id of [`{}`](#{})", table(kind), anchor(table(kind))),
        ColumnKind::References(kind) => format!("ids of [`{}`](#{}), parted by `;`", table(kind), anchor(table(kind))),
        ColumnKind::Measure => "an id of [`measures.toml`](#measurestoml)".to_owned(),
        ColumnKind::Text => "text".to_owned(),
        ColumnKind::List => "texts, parted by `;`".to_owned(),
        ColumnKind::Number => "a [number](#numbers)".to_owned(),
        ColumnKind::Band => "a [number or a band](#numbers)".to_owned(),
        ColumnKind::Date => "a [date](#dates)".to_owned(),
        ColumnKind::Deadline => "a [date or a sum](#deadlines)".to_owned(),
        ColumnKind::Period => "a [date or period](#dates)".to_owned(),
        ColumnKind::Place => "a [place](#places)".to_owned(),
        ColumnKind::Places => "[places](#places), parted by `;`".to_owned(),
        ColumnKind::Unit => "a [unit](#units)".to_owned(),
        ColumnKind::Url => "a web address".to_owned(),
        ColumnKind::Sha256 => "64 hexadecimal digits".to_owned(),
        ColumnKind::OneOf(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
    }
}

/// The anchor that Markdown readers give to a heading.
fn anchor(heading: &str) -> String {
    heading.to_lowercase().replace(|one: char| !one.is_alphanumeric() && one != '-' && one != '_', "")
}

/// A text inside a Markdown table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn article(name: &str) -> String {
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {name}")
}
