//! One table: its file, its header, its rows; each row becomes a record or is left out with a diagnostic.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use plumb_core::case::Table as Records;
use plumb_core::codes::{P0105, P0106, P0107, P0113, P0401};
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::{Cell as CellPlace, Location};
use plumb_core::reference::{Kind, Reference};

use crate::cells::{Cell, Value, check_id};
use crate::context::{Context, Source};
use crate::header::{self, Header};
use crate::row::{self, Row};
use crate::shape;
use crate::spec::{self, Column, Table};
use crate::text::REPLACEMENT;
use crate::tokenize::{RawCell, RawRow, tokenize};

/// Bytes of one cell at most: a longer one is a document, not a cell, or the work of a stray quote.
const LARGEST_CELL: usize = 64 * 1024;

/// A record that rows of a table become.
pub(crate) trait Record: Sized {
    /// What it is; its table is the one with rows of this kind.
    const KIND: Kind;

    /// The record of a row that passed the checks of its columns. `None` leaves the row out; the reason has been reported.
    fn from_row(row: &mut Row, context: &mut Context<'_>) -> Option<Self>;
}

/// Reads the table of a kind of record.
pub(crate) fn read<T: Record>(context: &mut Context<'_>) -> Records<T> {
    let mut records = Records::default();
    let Some(table) = spec::table(T::KIND) else { return records };
    rows(context, table, |context, mut row| {
        let (id, location, before) = (row.reference.id.clone(), row.cell("id"), row.before);
        let kept = T::from_row(&mut row, context).is_some_and(|record| records.insert(&id, record).is_ok());
        if kept {
            context.known.read(T::KIND, &id);
        } else {
            context.known.left_out(T::KIND, &id, context.has_found(before).then_some(location));
        }
    });
    records
}

/// Passes each row of a table whose required cells are in order to `take`.
fn rows(context: &mut Context<'_>, table: &'static Table, mut take: impl FnMut(&mut Context<'_>, Row)) {
    let Some(kind) = table.kind() else { return };
    context.known.begin_table();
    let Some(source) = context.open(&table.file) else {
        if kind != Kind::Place {
            // A case needs no places of its own: there are the built-in ones.
            context.known.absent(kind, &table.file, "is missing");
        }
        return;
    };
    let text = source.text.clone();
    let mut raw_rows = tokenize(&text, header::delimiter(&text, table)).filter(|row| !row.is_blank());
    let Some(first) = raw_rows.next() else {
        context.known.absent(kind, &table.file, "has no rows that can be read");
        if !source.damaged {
            let diagnostic = Diagnostic::new(P0105, Location::file(source.file), format!("`{}` is empty", table.file));
            context.report(diagnostic.help("write its header, or remove the file"));
        }
        return;
    };
    let header = header::read(context, &source, table, &first);
    if !header.columns.contains(&table.position("id")) {
        context.known.absent(kind, &table.file, "has no ids");
    }
    let mut reader = RowReader { table, kind, source: &source, header: &header, first: FirstIds::new() };
    if kind == Kind::Place {
        context.expected_places = reader.all_ids(&text);
    }
    for raw in raw_rows {
        if let Some(row) = reader.row(context, &raw) {
            take(context, row);
        }
    }
}

/// Where each id of a table stands first.
type FirstIds = BTreeMap<String, Location>;

/// Values by column, and the positions of columns whose cells were filled, but could not be read.
type Values = (Vec<Option<Value>>, Vec<usize>);

struct RowReader<'a> {
    table: &'static Table,
    kind: Kind,
    source: &'a Source,
    header: &'a Header,
    first: FirstIds,
}

impl RowReader<'_> {
    /// A row with its cells checked; `None` when it has to be left out, which has been reported.
    fn row(&mut self, context: &mut Context<'_>, raw: &RawRow<'_>) -> Option<Row> {
        let before = context.diagnostics.len();
        let reference = self.id_of(raw).map(|id| Reference::new(self.kind, id));
        let sound = self.check_shape(context, raw, reference.as_ref()) && self.header.complete;
        let unique = sound && self.is_unique(context, raw, reference.as_ref());
        let values = if sound { self.values(context, raw, reference.as_ref()) } else { None };
        let location = row::locate(&self.source.file, raw.line, self.places(raw));
        match (values, reference) {
            (Some((values, spoiled)), Some(reference)) if unique => {
                Some(Row { table: self.table, values, spoiled, before, location, reference })
            }
            (_, Some(reference)) => {
                let at_fault = context.has_found(before).then(|| location.cell("id"));
                context.known.left_out(self.kind, &reference.id, at_fault);
                None
            }
            (_, None) => None,
        }
    }

    /// The cell of a column, by its position in the definition.
    fn cell<'t>(&self, raw: &RawRow<'t>, column: usize) -> Option<RawCell<'t>> {
        let index = self.header.columns.iter().position(|own| *own == Some(column))?;
        raw.cells.get(index).copied()
    }

    /// The id of a row, if it has one that can be.
    fn id_of(&self, raw: &RawRow<'_>) -> Option<String> {
        let text = self.cell(raw, self.table.position("id")?)?.text();
        let id = text.trim();
        check_id(id).is_ok().then(|| id.to_owned())
    }

    /// The ids of all rows.
    fn all_ids(&self, text: &str) -> BTreeSet<String> {
        tokenize(text, header::delimiter(text, self.table)).skip(1).filter_map(|row| self.id_of(&row)).collect()
    }

    /// Places of the cells that belong to known columns.
    fn places(&self, raw: &RawRow<'_>) -> Vec<CellPlace> {
        let place = |(cell, column): (&RawCell<'_>, &Option<usize>)| {
            let name = column.and_then(|position| self.table.columns.get(position))?.name.clone();
            Some(CellPlace { name, line: cell.line, column: cell.column, length: cell.length() })
        };
        raw.cells.iter().zip(&self.header.columns).filter_map(place).collect()
    }

    /// Whether quotes and the number of cells are in order. Too few cells are reported, but the row is read.
    fn check_shape(&self, context: &mut Context<'_>, raw: &RawRow<'_>, about: Option<&Reference>) -> bool {
        let (file, width) = (&self.source.file, self.header.width);
        let fatal = shape::flawed(file, raw).or_else(|| shape::too_many(file, raw, width));
        let sound = fatal.is_none();
        let found = fatal.map(|fatal| fatal.note("the row was left out")).or_else(|| shape::too_few(file, raw, width));
        if let Some(mut diagnostic) = found {
            diagnostic.rows.extend(about.cloned());
            context.report(diagnostic);
        }
        sound
    }

    /// Whether the id stands here for the first time.
    fn is_unique(&mut self, context: &mut Context<'_>, raw: &RawRow<'_>, reference: Option<&Reference>) -> bool {
        let Some(reference) = reference else { return false };
        let cell = self.table.position("id").and_then(|column| self.cell(raw, column));
        let Some(location) = cell.map(|cell| cell.location(&self.source.file)) else { return false };
        // ids name files, and on many machines `A.html` and `a.html` are one file
        let folded = reference.id.to_lowercase();
        if let Some(first) = self.first.get(&folded) {
            let message = format!("the id `{}` stands twice, capitals or not", reference.id);
            context.report(
                Diagnostic::new(P0107, location, message)
                    .saying("this row was left out")
                    .also(first.clone(), "first used here")
                    .help("give each row an id of its own")
                    .about(reference.clone()),
            );
            return false;
        }
        self.first.insert(folded, location);
        true
    }

    /// The values of a row; `None` when a required one is missing or cannot be used.
    fn values(&self, context: &mut Context<'_>, raw: &RawRow<'_>, about: Option<&Reference>) -> Option<Values> {
        let mut usable = true;
        let (mut values, mut spoiled) = (Vec::with_capacity(self.table.columns.len()), Vec::new());
        for (position, column) in self.table.columns.iter().enumerate() {
            let cell = self.cell(raw, position);
            let value = cell.and_then(|cell| self.value(context, column, &cell, about));
            if value.is_none() && cell.is_some_and(|cell| !cell.text().trim().is_empty()) {
                spoiled.push(position);
            }
            usable &= value.is_some() || !column.required;
            values.push(value);
        }
        usable.then_some((values, spoiled))
    }

    fn value(
        &self,
        context: &mut Context<'_>,
        column: &Column,
        raw: &RawCell<'_>,
        about: Option<&Reference>,
    ) -> Option<Value> {
        let (file, text) = (&self.source.file, raw.text());
        let cell = Cell { file, column, raw, text: text.trim(), row: about };
        if cell.text.is_empty() {
            if column.required {
                context.report(empty(self.table, file, column, raw, about));
            }
            return None;
        }
        if self.source.damaged && cell.text.contains(REPLACEMENT) {
            // Reported once for the whole file: with the wrong encoding every second cell has them.
            return None;
        }
        if text.len() > LARGEST_CELL {
            let message = format!("a cell of {} bytes; at most {LARGEST_CELL} are read", text.len());
            let diagnostic = Diagnostic::new(P0113, raw.location(file), message);
            context.report(diagnostic.help("keep long texts as documents, and check for a quote that is not closed"));
            return None;
        }
        context.value(cell)
    }
}

/// A required cell is empty. For a figure, its source is more than a cell: without it the figure has no evidence.
fn empty(table: &Table, file: &Arc<str>, column: &Column, raw: &RawCell<'_>, about: Option<&Reference>) -> Diagnostic {
    let is_figure = matches!(table.kind(), Some(Kind::Claim | Kind::Observation));
    let location = raw.location(file);
    let mut diagnostic = if is_figure && &*column.name == "source" {
        Diagnostic::new(P0401, location, "a figure without a source")
            .help("name the source in which it was read; a figure that nobody published is no evidence")
    } else {
        Diagnostic::new(P0106, location, format!("`{}` is empty", column.name))
            .help(format!("{} Example: {}", column.about, column.example))
    };
    diagnostic.rows.extend(about.cloned());
    diagnostic.note("the row was left out")
}
