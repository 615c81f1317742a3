//! Spreadsheets → the tables of their sheets, as CSV with a line for each row.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, Reader as _, SheetVisible, Sheets};
use plumb_document::Limits;

/// Most bytes that the tables of a file may have: one long text that a million cells share would fill any memory. It is what a
/// packed file may unpack to.
const MOST_BYTES: u64 = 512 << 20;

/// The tables of a file.
#[derive(Debug, Default)]
pub(crate) struct Book {
    /// Name and CSV of each sheet that is shown and has rows.
    pub(crate) sheets: Vec<(String, Vec<u8>)>,
    /// Names of the sheets that are hidden, and were not read.
    pub(crate) hidden: Vec<String>,
}

/// Reads all sheets; the error says in words why that cannot be done. Spreadsheets come from strangers: what they unpack to is limited,
/// and the panic of a parser is an error as any other.
pub(crate) fn read(bytes: &[u8]) -> Result<Book, String> {
    // of the old XLS a sheet has 16 million cells at most, and nothing is packed
    if bytes.starts_with(b"PK") {
        plumb_document::unpacks(bytes, "spreadsheet", &Limits::default()).map_err(|cause| cause.to_string())?;
    }
    catch_unwind(AssertUnwindSafe(|| sheets(bytes)))
        .unwrap_or_else(|_panic| Err("its parts do not fit together".to_owned()))
}

fn sheets(bytes: &[u8]) -> Result<Book, String> {
    let mut file = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut book = Book::default();
    let mut left = MOST_BYTES;
    for sheet in file.sheets_metadata().to_vec() {
        if sheet.visible != SheetVisible::Visible {
            book.hidden.push(sheet.name);
            continue;
        }
        let mut table = Table::new(left);
        each(&mut file, &sheet.name, &mut |row, column, value| table.add(row, column, &value))?;
        let csv = table.end()?;
        left = left.saturating_sub(u64::try_from(csv.len()).unwrap_or(u64::MAX));
        if !csv.is_empty() {
            book.sheets.push((sheet.name, csv));
        }
    }
    Ok(book)
}

/// Takes a cell; an error ends the reading.
type Take<'t> = dyn FnMut(u32, u32, Data) -> Result<(), String> + 't;

/// Gives every cell that has a value, row by row. Where the format allows they are streamed, for two cells can span a grid of 17 billion.
fn each(file: &mut Sheets<Cursor<&[u8]>>, name: &str, take: &mut Take<'_>) -> Result<(), String> {
    let failed = |error: &dyn std::fmt::Display| error.to_string();
    macro_rules! stream {
        ($book:expr) => {{
            let mut cells = $book.worksheet_cells_reader(name).map_err(|error| failed(&error))?;
            while let Some(cell) = cells.next_cell().map_err(|error| failed(&error))? {
                let (row, column) = cell.get_position();
                let value: &DataRef<'_> = cell.get_value();
                take(row, column, Data::from(value.clone()))?;
            }
        }};
    }
    match file {
        Sheets::Xlsx(book) => stream!(book),
        Sheets::Xlsb(book) => stream!(book),
        other => {
            let sheet = other.worksheet_range(name).map_err(|error| failed(&error))?;
            let (top, left) = sheet.start().unwrap_or_default();
            for (row, column, value) in sheet.used_cells() {
                let place = |from: u32, by: usize| from.saturating_add(u32::try_from(by).unwrap_or(u32::MAX));
                take(place(top, row), place(left, column), value.clone())?;
            }
        }
    }
    Ok(())
}

/// A sheet as it becomes CSV.
struct Table {
    out: Vec<u8>,
    left: u64,
    /// The row in the making, from 0, and its cells.
    row: u32,
    cells: Vec<String>,
    /// How many columns the first row with a value has: cells beyond it have no name, and mean nothing here.
    width: usize,
}

impl Table {
    fn new(left: u64) -> Self {
        Self { out: Vec::new(), left, row: 0, cells: Vec::new(), width: usize::MAX }
    }

    fn add(&mut self, row: u32, column: u32, value: &Data) -> Result<(), String> {
        let text = cell(value);
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if row > self.row {
            self.write()?;
            // a line for each row, so that messages name the row that the reader sees
            self.out.extend((self.row + 1..row).map(|_| b'\n'));
            self.row = row;
        }
        if !text.is_empty() && column < self.width {
            self.cells.resize(self.cells.len().max(column + 1), String::new());
            if let Some(cell) = self.cells.get_mut(column) {
                *cell = text;
            }
        }
        Ok(())
    }

    /// Ends the row.
    fn write(&mut self) -> Result<(), String> {
        if self.cells.is_empty() {
            self.out.push(b'\n');
            return Ok(());
        }
        self.width = self.width.min(self.cells.len());
        self.cells.resize(self.width, String::new());
        let mut writer = csv::Writer::from_writer(std::mem::take(&mut self.out));
        writer.write_record(&self.cells).map_err(|error| error.to_string())?;
        self.out = writer.into_inner().map_err(|error| error.to_string())?;
        self.cells.clear();
        let written = u64::try_from(self.out.len()).unwrap_or(u64::MAX);
        if written > self.left { Err(format!("its tables have more than {MOST_BYTES} bytes")) } else { Ok(()) }
    }

    /// The table; nothing when no cell had a value.
    fn end(mut self) -> Result<Vec<u8>, String> {
        self.write()?;
        Ok(if self.width == usize::MAX { Vec::new() } else { self.out })
    }
}

/// A cell as it would stand in CSV: dates as `YYYY-MM-DD`, whole numbers without a point, on one line.
fn cell(cell: &Data) -> String {
    match cell {
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string().replace(['\r', '\n'], " "),
    }
}
