//! Reading a capture table from CSV text, collecting everything that is wrong with it.

use super::cells::{Cell, split};
use super::table::{CaptureTable, ListSet, MOST_PEOPLE, add};
use super::table_error::{TableError, TableProblem, check_lists};

/// Reads a table; see [`CaptureTable::parse`].
pub(crate) fn parse(text: &str) -> Result<CaptureTable, Vec<TableError>> {
    let rows = split(text).map_err(|quote| one(quote.line, quote.column, TableProblem::OpenQuote))?;
    let Some((header, body)) = rows.split_first() else {
        return Err(one(1, 1, TableProblem::NoHeader));
    };
    let header = Header::read(header)?;
    let mut counts = vec![0; 1 << header.lists.len()];
    let mut errors = Vec::new();
    for row in body {
        if let Err(found) = header.row(row, &mut counts) {
            errors.extend(found);
        }
    }
    let table = CaptureTable::unchecked(header.lists.clone(), counts);
    if errors.is_empty() {
        errors.extend(table.faults().map(|(list, problem)| header.at(list, problem)));
    }
    if errors.is_empty() { Ok(table) } else { Err(errors) }
}

/// The header: which column holds the counts, and where each list stands.
struct Header {
    lists: Vec<String>,
    places: Vec<(usize, usize)>,
    count: usize,
}

impl Header {
    fn read(cells: &[Cell]) -> Result<Self, Vec<TableError>> {
        let place = cells.first().map_or((1, 1), |cell| (cell.line, cell.column));
        let at_start = |problem| one(place.0, place.1, problem);
        let is_count = |cell: &&Cell| cell.text.eq_ignore_ascii_case("count");
        let count = cells.iter().position(|cell| is_count(&cell));
        let count = count.ok_or_else(|| at_start(TableProblem::NoCountColumn))?;
        if let Some(second) = cells.iter().skip(count + 1).find(is_count) {
            return Err(one(second.line, second.column, TableProblem::SameName(second.text.clone())));
        }
        let lists: Vec<&Cell> = cells.iter().filter(|cell| !is_count(cell)).collect();
        let names: Vec<String> = lists.iter().map(|cell| cell.text.clone()).collect();
        check_lists(&names).map_err(|problem| {
            let fault = lists.iter().rev().find(|cell| match &problem {
                TableProblem::SameName(name) => cell.text == *name,
                TableProblem::UnnamedList(_) => cell.text.is_empty(),
                _ => false,
            });
            fault.map_or_else(|| at_start(problem.clone()), |cell| one(cell.line, cell.column, problem.clone()))
        })?;
        Ok(Self { lists: names, places: lists.iter().map(|cell| (cell.line, cell.column)).collect(), count })
    }

    /// An error at a list's place in the header.
    fn at(&self, list: usize, problem: TableProblem) -> TableError {
        let (line, column) = self.places.get(list).copied().unwrap_or((1, 1));
        TableError { line, column, problem }
    }

    /// Adds one row to the counts.
    fn row(&self, row: &[Cell], counts: &mut [u64]) -> Result<(), Vec<TableError>> {
        let expected = self.lists.len() + 1;
        let (line, column) = row.first().map_or((1, 1), |cell| (cell.line, cell.column));
        if row.len() != expected {
            return Err(one(line, column, TableProblem::WrongWidth { found: row.len(), expected }));
        }
        let mut errors = Vec::new();
        let mut history: ListSet = 0;
        let cells = row.iter().enumerate().filter(|(index, _)| *index != self.count).map(|(_, cell)| cell);
        for (index, (cell, list)) in cells.zip(&self.lists).enumerate() {
            match cell.text.as_str() {
                "1" => history |= 1 << index,
                "0" => {}
                found => {
                    let problem = TableProblem::NotMembership { list: list.clone(), found: found.to_owned() };
                    errors.push(TableError { line: cell.line, column: cell.column, problem });
                }
            }
        }
        if let Some(cell) = row.get(self.count) {
            let sound = errors.is_empty();
            let added =
                read_count(&cell.text).and_then(|count| if sound { add(counts, history, count) } else { Ok(()) });
            errors.extend(added.err().map(|problem| TableError { line: cell.line, column: cell.column, problem }));
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

/// A count of people: a whole number, not below zero.
fn read_count(text: &str) -> Result<u64, TableProblem> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.strip_prefix('-').or_else(|| digits.strip_prefix('\u{2212}')) {
        Some(rest) if number(rest) && rest.bytes().any(|byte| byte != b'0') => {
            Err(TableProblem::NegativeCount(text.to_owned()))
        }
        Some(rest) if number(rest) => Ok(0),
        None if number(digits) => match digits.parse() {
            Ok(count) if count <= MOST_PEOPLE => Ok(count),
            _ => Err(TableProblem::TooManyPeople),
        },
        _ => Err(TableProblem::NotCount(text.to_owned())),
    }
}

fn one(line: usize, column: usize, problem: TableProblem) -> Vec<TableError> {
    vec![TableError { line, column, problem }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(usize, usize, TableProblem)> {
        parse(text).unwrap_err().into_iter().map(|error| (error.line, error.column, error.problem)).collect()
    }

    #[test]
    fn the_count_column_may_stand_anywhere() {
        let table = parse("n,count,m\n1,3,0\n0,4,1\n1,5,1\n").unwrap();
        assert_eq!(table.lists(), ["n", "m"]);
        assert_eq!((table.count(1), table.count(2), table.count(3)), (3, 4, 5));
    }

    #[test]
    fn every_fault_is_named_with_its_place() {
        let found = faults("A,B,count\n1,x,5\n1,1,-3\n1,0,many\n0,0,7\n1,1\n0,1,1.5\n");
        let membership = TableProblem::NotMembership { list: "B".into(), found: "x".into() };
        assert_eq!(found[0], (2, 3, membership));
        assert_eq!(found[1], (3, 5, TableProblem::NegativeCount("-3".into())));
        assert_eq!(found[2], (4, 5, TableProblem::NotCount("many".into())));
        assert_eq!(found[3], (5, 5, TableProblem::HiddenHistory(7)));
        assert_eq!(found[4], (6, 1, TableProblem::WrongWidth { found: 2, expected: 3 }));
        assert_eq!(found[5], (7, 5, TableProblem::NotCount("1.5".into())));
    }

    #[test]
    fn lists_are_checked_in_the_header() {
        assert_eq!(faults(""), [(1, 1, TableProblem::NoHeader)]);
        assert_eq!(faults("A,B\n1,1\n"), [(1, 1, TableProblem::NoCountColumn)]);
        assert_eq!(faults("count\n5\n"), [(1, 1, TableProblem::NoLists)]);
        assert_eq!(faults("A,count\n1,5\n"), [(1, 1, TableProblem::OneList("A".into()))]);
        assert_eq!(faults("A,A,count\n"), [(1, 3, TableProblem::SameName("A".into()))]);
        assert_eq!(faults("A,,count\n"), [(1, 3, TableProblem::UnnamedList(2))]);
        assert_eq!(faults("a,b,c,d,e,f,g,h,i,j,k,count\n"), [(1, 1, TableProblem::TooManyLists(11))]);
        assert_eq!(
            faults("A,B,C,count\n1,1,0,3\n0,1,0,2\n"),
            [(1, 3, TableProblem::EverybodyOnList("B".into())), (1, 5, TableProblem::EmptyList("C".into())),]
        );
        assert_eq!(faults("A,B,count\n1,0,3\n0,1,4\n"), [(1, 1, TableProblem::NoOverlap)]);
        assert_eq!(faults("A,B,count\n1,1,99999999999999999999\n"), [(2, 5, TableProblem::TooManyPeople)]);
    }

    #[test]
    fn zero_rows_change_nothing() {
        let plain = parse("A,B,count\n1,0,3\n0,1,4\n1,1,2\n").unwrap();
        assert_eq!(parse("A,B,count\n0,0,0\n1,0,3\n1,0,-0\n0,1,4\n1,1,2\n1,1,0\n").unwrap(), plain);
    }
}
