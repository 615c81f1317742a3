//! `plumb compare`: scores pairs in the order given.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufRead as _, Read, Write};
use std::path::{Path, PathBuf};

use csv::{Reader, ReaderBuilder, StringRecord};
use plumb_names::Scratch;
use plumb_screen::lists::Input;
use plumb_screen::score::Scorer;

use super::Outcome;
use crate::arguments::Compare;
use crate::exit::Exit;
use crate::pairs::Columns;
use crate::render::compare::{Answer, Writing};
use crate::{parallel, terminal};

/// Pairs that one thread scores before the answers are written: enough that starting a thread is nothing beside it.
const PAIRS_AT_ONCE: usize = 2048;

/// Pairs whose answers share a buffer, and what an answer takes in JSON, in bytes: two names of some thirty letters, and a line for each of
/// three pieces.
const PAIRS_A_BUFFER: usize = 64;
const BYTES_AN_ANSWER: usize = 1024;

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("cannot {verb} {}", path.display())]
struct FileError {
    verb: &'static str,
    path: PathBuf,
    source: io::Error,
}

/// A table that cannot be read on.
#[derive(Debug, thiserror::Error)]
#[error("{path}, line {line}: cannot be read on: {cause}")]
struct Broken {
    path: String,
    line: u64,
    cause: csv::Error,
}

/// Runs the command.
pub(crate) fn run(options: &Compare) -> Outcome {
    let failed = |verb, path: &Path| {
        let path = path.to_owned();
        move |source| FileError { verb, path, source }
    };
    let input = open(&options.pairs).map_err(failed("read", &options.pairs))?;
    let mut out: Box<dyn Write> = match &options.out {
        Some(path) => Box::new(io::BufWriter::new(File::create(path).map_err(failed("write", path))?)),
        None => Box::new(io::BufWriter::new(io::stdout().lock())),
    };
    let compared = compare(input, options, &mut out);
    match compared {
        // a reader that has gone away (`| head`) is no failure
        Err(error)
            if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe) =>
        {
            Ok(Exit::Done)
        }
        other => other,
    }
}

/// The table as text; `-` is standard input.
fn open(path: &Path) -> io::Result<Input> {
    let source: Box<dyn Read> =
        if path == Path::new("-") { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    Input::new(path.display().to_string(), source)
}

fn compare(mut input: Input, options: &Compare, out: &mut dyn Write) -> Outcome {
    let path = input.name().to_owned();
    let delimiter = delimiter(input.fill_buf()?);
    let mut table = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(input);
    let columns = columns(&mut table, &path)?;
    let scoring = Scoring { columns, scorer: Scorer::built_in()?, threshold: options.threshold };
    let mut workspaces = parallel::workspaces();
    let mut writing = Writing::begin(options.format, out)?;
    let (mut errors, mut done, mut end) = (0, 0, None);
    while end.is_none() {
        let rows;
        (rows, end) = read(&mut table, workspaces.len() * PAIRS_AT_ONCE, &path);
        errors += scoring.write(&rows, done, &mut workspaces, &mut writing)?;
        done += rows.len();
    }
    writing.end()?;
    end.transpose()?;
    if errors > 0 {
        terminal::tell(&format!("{path}: {errors} of {done} rows could not be compared; each says why in its place"));
    }
    Ok(if errors > 0 { Exit::Findings } else { Exit::Done })
}

/// What the columns hold, by the first row.
fn columns(table: &mut Reader<Input>, path: &str) -> Result<Columns, Box<dyn Error>> {
    let mut header = StringRecord::new();
    let broken = |cause| Broken { path: path.to_owned(), line: 1, cause };
    table.read_record(&mut header).map_err(broken)?;
    let columns = Columns::read(&header, path)?;
    if !columns.ignored.is_empty() {
        let names = columns.ignored.join(", ");
        terminal::tell(&terminal::visible(&format!("{path}: not read, because they name no property: {names}")));
    }
    Ok(columns)
}

/// A row, and the line on which it begins.
type Row = (u64, StringRecord);

/// The next rows, at most so many, and how the table ends if it does behind them.
fn read(table: &mut Reader<Input>, most: usize, path: &str) -> (Vec<Row>, Option<Result<(), Broken>>) {
    let mut rows = Vec::new();
    while rows.len() < most {
        let mut row = StringRecord::new();
        table.get_mut().next_record();
        match table.read_record(&mut row) {
            Ok(true) => rows.push((row.position().map_or(0, csv::Position::line), row)),
            Ok(false) => return (rows, Some(Ok(()))),
            Err(cause) => {
                let broken = Broken { path: path.to_owned(), line: table.position().line(), cause };
                return (rows, Some(Err(broken)));
            }
        }
    }
    (rows, None)
}

/// The sign that separates cells, which is the one that the first line has most of.
fn delimiter(begin: &[u8]) -> u8 {
    let line = begin.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |sign: u8| line.split(|byte| *byte == sign).count();
    [b';', b'\t', b','].into_iter().max_by_key(|sign| count(*sign)).unwrap_or(b',')
}

/// What a thread keeps from one pair to the next.
#[derive(Default)]
struct Workspace {
    reader: plumb_names::Reader,
    scratch: Scratch,
}

struct Scoring {
    columns: Columns,
    scorer: Scorer,
    threshold: f64,
}

impl Scoring {
    /// Scores rows on all threads and writes the answers in their order. Gives how many could not be compared.
    fn write(
        &self,
        rows: &[Row],
        before: usize,
        workspaces: &mut [Workspace],
        writing: &mut Writing<'_>,
    ) -> io::Result<usize> {
        let format = writing.format;
        let chunks: Vec<_> = (before + 1..).step_by(PAIRS_A_BUFFER).zip(rows.chunks(PAIRS_A_BUFFER)).collect();
        let answers = |(first, rows): &(usize, &[Row]), workspace: &mut Workspace| -> io::Result<_> {
            let (mut text, mut errors) = (Vec::with_capacity(rows.len() * BYTES_AN_ANSWER), 0);
            for (number, (line, row)) in (*first..).zip(rows.iter()) {
                if number > *first {
                    text.extend_from_slice(Writing::between(format));
                }
                let answer = self.answer(number, *line, row, workspace);
                answer.write(format, &mut text)?;
                errors += usize::from(answer.result.is_err());
            }
            Ok((text, errors))
        };
        let mut errors = 0;
        for written in parallel::in_order(&chunks, workspaces, answers) {
            let (text, more) = written?;
            errors += more;
            writing.put(&text)?;
        }
        Ok(errors)
    }

    fn answer<'r>(&self, row: usize, line: u64, cells: &'r StringRecord, workspace: &mut Workspace) -> Answer<'r> {
        let [schema, name1, name2] = self.columns.words(cells);
        let result = self.columns.pair(cells, &mut workspace.reader).map(|pair| {
            let score = self.scorer.explain(&pair.one, &pair.two, &mut workspace.scratch);
            (score, pair.notes)
        });
        Answer { row, line, schema, name1, name2, threshold: self.threshold, result }
    }
}
