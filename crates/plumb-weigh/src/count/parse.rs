//! Reading a capture table from CSV text, collecting everything that is wrong with it.

use super::cells::{Cell, split};
use super::table::{CaptureTable, ListSet, MOST_PEOPLE, add};
use super::table_error::{TableError, TableProblem, check_lists};

/// Reads a table; see [`CaptureTable::parse`].
pub(crate) fn parse(text: &str) -> Result<CaptureTable, Vec<TableError>> {
    let rows = split(text).map_err(|quote| one(quote.line, quote.column, TableProblem::OpenQuote))?;
    let rows = without_row_numbers(rows);
    let Some((header, body)) = rows.split_first() else {
        return Err(one(1, 1, TableProblem::NoHeader));
    };
    let header = Header::read(header, body)?;
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

/// The table without a first column that has no name and numbers the rows, as R writes it.
fn without_row_numbers(mut rows: Vec<Vec<Cell>>) -> Vec<Vec<Cell>> {
    let first = |row: &Vec<Cell>| row.first().map(|cell| cell.text.clone());
    let numbered = rows.iter().skip(1).map(first).zip(1_u64..).all(|(cell, number)| cell == Some(number.to_string()));
    if numbered && rows.first().and_then(first).is_some_and(|name| name.is_empty()) {
        for row in &mut rows {
            row.remove(0);
        }
    }
    rows
}

/// The header: which column holds the counts, and where each list stands.
struct Header {
    lists: Vec<String>,
    places: Vec<(usize, usize)>,
    /// None where each row is a person.
    count: Option<usize>,
}

impl Header {
    fn read(cells: &[Cell], body: &[Vec<Cell>]) -> Result<Self, Vec<TableError>> {
        let place = cells.first().map_or((1, 1), |cell| (cell.line, cell.column));
        let at_start = |problem| one(place.0, place.1, problem);
        let count = count_column(cells, body)?;
        let lists: Vec<&Cell> =
            cells.iter().enumerate().filter(|(index, _)| Some(*index) != count).map(|(_, cell)| cell).collect();
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
        let expected = self.lists.len() + usize::from(self.count.is_some());
        let (line, column) = row.first().map_or((1, 1), |cell| (cell.line, cell.column));
        if row.len() != expected {
            return Err(one(line, column, TableProblem::WrongWidth { found: row.len(), expected }));
        }
        let mut errors = Vec::new();
        let mut history: ListSet = 0;
        let cells = row.iter().enumerate().filter(|(index, _)| Some(*index) != self.count).map(|(_, cell)| cell);
        for (index, (cell, list)) in cells.zip(&self.lists).enumerate() {
            match membership(&cell.text) {
                Some(true) => history |= 1 << index,
                Some(false) => {}
                None => {
                    let problem = TableProblem::NotMembership { list: list.clone(), found: cell.text.clone() };
                    errors.push(TableError { line: cell.line, column: cell.column, problem });
                }
            }
        }
        let sound = errors.is_empty();
        let (text, line, column) = match self.count.and_then(|count| row.get(count)) {
            // how many are on no list is what nobody knows, and many tables say so in a row
            Some(cell) if sound && history == 0 && is_unknown(&cell.text) => return Ok(()),
            Some(cell) => (cell.text.as_str(), cell.line, cell.column),
            None => ("1", line, column),
        };
        let added = read_count(text).and_then(|count| if sound { add(counts, history, count) } else { Ok(()) });
        errors.extend(added.err().map(|problem| TableError { line, column, problem }));
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

/// The column of counts: the one named `count`, else the only one that holds anything but memberships. Where all columns hold
/// memberships there is none, and each row is a person.
fn count_column(header: &[Cell], body: &[Vec<Cell>]) -> Result<Option<usize>, Vec<TableError>> {
    let numbered = || header.iter().enumerate();
    let mut named = numbered().filter(|(_, cell)| cell.text.eq_ignore_ascii_case("count"));
    if let Some((count, _)) = named.next() {
        let twice =
            |(_, second): (usize, &Cell)| one(second.line, second.column, TableProblem::SameName(second.text.clone()));
        return named.next().map_or(Ok(Some(count)), |second| Err(twice(second)));
    }
    let counts =
        |index: usize| body.iter().filter_map(|row| row.get(index)).any(|cell| membership(&cell.text).is_none());
    let mut others = numbered().filter(|(index, _)| counts(*index)).map(|(index, _)| index);
    match (others.next(), others.next()) {
        (Some(_), Some(_)) => Err(one(header.first().map_or(1, |cell| cell.line), 1, TableProblem::NoCountColumn)),
        (only, _) => Ok(only),
    }
}

/// Whether a cell says that people are on a list.
fn membership(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "yes" | "true" => Some(true),
        "0" | "no" | "false" => Some(false),
        _ => None,
    }
}

/// Whether a cell says that a count is not known.
fn is_unknown(text: &str) -> bool {
    ["", "na", "nan", "?", "-", "."].contains(&text.to_ascii_lowercase().as_str())
}

/// A count of people: a whole number, not below zero. Thousands may be set apart, and a fraction of zero written, as
/// programs do that hold all numbers alike.
fn read_count(text: &str) -> Result<u64, TableProblem> {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let digits = digits.strip_suffix(".0").unwrap_or(digits);
    let (sign, digits) = match digits.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, digits),
    };
    let Some(digits) = ungrouped(digits) else { return Err(TableProblem::NotCount(text.to_owned())) };
    match digits.parse() {
        Ok(0) => Ok(0),
        _ if sign => Err(TableProblem::NegativeCount(text.to_owned())),
        Ok(count) if count <= MOST_PEOPLE => Ok(count),
        _ => Err(TableProblem::TooManyPeople),
    }
}

/// Digits without what sets thousands apart; none where anything else stands between them. A point is not read so: `1.250`
/// may be meant as a fraction.
fn ungrouped(text: &str) -> Option<String> {
    const BETWEEN: [char; 6] = [',', ' ', '\u{a0}', '\u{202f}', '\'', '\u{2019}'];
    let groups: Vec<&str> = text.split(BETWEEN).collect();
    let number = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let alike =
        text.chars().filter(|letter| BETWEEN.contains(letter)).collect::<std::collections::BTreeSet<_>>().len() < 2;
    let thousands = groups.iter().skip(1).all(|group| group.len() == 3);
    let begins = groups.len() == 1 || groups.first().is_some_and(|first| first.len() <= 3);
    (groups.iter().all(number) && alike && thousands && begins).then(|| groups.concat())
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
    fn tables_as_other_programs_write_them() {
        let plain = parse("A,B,count\n1,0,1250\n0,1,40\n1,1,12\n").unwrap();
        for other in [
            "# a source\nA,B,Freq\n1,0,1250\n0,1,40\n1,1,12\n",
            "\"\",\"A\",\"B\",\"n\"\n\"1\",1,0,1250\n\"2\",0,1,40\n\"3\",1,1,12\n",
            "A,B,count,\n1,0,1250.0,\n0,1,40.0,\n1,1,12.0,\n",
            "A,B,count\n0,0,NA\nTRUE,FALSE,\"1,250\"\nFALSE,TRUE,40\nTRUE,TRUE,12\n",
            "A;B;people\nno;no;\nyes;no;1 250\nno;yes;40\nyes;yes;12\n",
        ] {
            assert_eq!(parse(other).unwrap(), plain, "{other}");
        }
        let rows = format!("A,B\n{}{}{}", "1,0\n".repeat(1250), "0,1\n".repeat(40), "1,1\n".repeat(12));
        assert_eq!(parse(&rows).unwrap(), plain, "a row a person");
        for wrong in ["1.250", "12,50", "1,2500", "1 250,000", "", "1,", "--5", "1.5"] {
            assert!(matches!(read_count(wrong), Err(TableProblem::NotCount(_))), "{wrong}");
        }
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
        assert_eq!(faults("A,B,n,m\n1,1,5,6\n"), [(1, 1, TableProblem::NoCountColumn)]);
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
