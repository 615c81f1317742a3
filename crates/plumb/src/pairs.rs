//! Pairs to compare: what the columns of a table hold, and each row as two entities or the reason why it is none.

use csv::StringRecord;
use plumb_core::ftm::{self, Schema};
use plumb_core::suggest::nearest;
use plumb_names::Reader;
use plumb_screen::Query;
use plumb_screen::score::Profile;

/// What the columns of a table of pairs hold.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    schema: usize,
    names: [usize; 2],
    /// Property, whether it is of the second entity, and the place of its column.
    more: Vec<(&'static str, bool, usize)>,
    width: usize,
    /// Names of columns that hold nothing of a pair.
    pub(crate) ignored: Vec<String>,
}

/// Why a table has no pairs.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{path}, line 1: {what}. Hint: the columns are schema, name1, name2, and as many more as wanted, such as birthDate1 and country2"
)]
pub(crate) struct HeaderError {
    path: String,
    what: String,
}

/// Why a row is no pair.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct RowError {
    /// The column at fault; none when it is the row as a whole.
    pub(crate) column: Option<&'static str>,
    /// What is wrong.
    pub(crate) message: String,
}

/// A pair, ready to be scored.
#[derive(Debug)]
pub(crate) struct Pair {
    pub(crate) one: Profile,
    pub(crate) two: Profile,
    /// Values that were not taken as they stand.
    pub(crate) notes: Vec<String>,
}

impl Columns {
    /// The columns of a header, in any order; case matters only in what FollowTheMoney calls its properties.
    pub(crate) fn read(header: &StringRecord, path: &str) -> Result<Self, HeaderError> {
        let failed = |what: String| HeaderError { path: path.to_owned(), what };
        if header.iter().all(|name| name.trim().is_empty()) {
            return Err(failed("the table is empty".to_owned()));
        }
        let place = |wanted: &str| {
            let is_wanted = |name: &str| name.trim().eq_ignore_ascii_case(wanted);
            let mut found = header.iter().enumerate().filter(|(_, name)| is_wanted(name)).map(|(place, _)| place);
            match (found.next(), found.next()) {
                (Some(place), None) => Ok(place),
                (None, _) => Err(failed(format!("there is no column `{wanted}`"))),
                (Some(_), Some(_)) => Err(failed(format!("there are two columns `{wanted}`"))),
            }
        };
        let (schema, names) = (place("schema")?, [place("name1")?, place("name2")?]);
        let (mut more, mut ignored) = (Vec::new(), Vec::new());
        for (at, name) in header.iter().enumerate().filter(|(at, _)| *at != schema && !names.contains(at)) {
            match property(name.trim()) {
                Some((property, second)) => more.push((property, second, at)),
                None => ignored.push(name.trim().to_owned()),
            }
        }
        Ok(Self { schema, names, more, width: header.len(), ignored })
    }

    /// The words of a row: its schema and the two names.
    pub(crate) fn words<'r>(&self, row: &'r StringRecord) -> [&'r str; 3] {
        let [one, two] = self.names;
        [self.schema, one, two].map(|place| row.get(place).unwrap_or_default().trim())
    }

    /// The pair of a row.
    pub(crate) fn pair(&self, row: &StringRecord, reader: &mut Reader) -> Result<Pair, RowError> {
        if row.len() != self.width {
            let message = format!("the row has {} cells, the header has {}", row.len(), self.width);
            return Err(RowError { column: None, message });
        }
        let [word, one, two] = self.words(row);
        let schema = schema(word)?;
        let mut notes = Vec::new();
        let one = self.entity(schema, one, row, false, &mut notes)?;
        let two = self.entity(schema, two, row, true, &mut notes)?;
        let mut profile = |query: &Query| Profile::of_with(reader, query.entity());
        Ok(Pair { one: profile(&one), two: profile(&two), notes })
    }

    fn entity(
        &self,
        schema: &Schema,
        name: &str,
        row: &StringRecord,
        second: bool,
        notes: &mut Vec<String>,
    ) -> Result<Query, RowError> {
        let column = Some(if second { "name2" } else { "name1" });
        let mut query = Query::new("", schema.name).ok_or_else(|| unknown(schema.name))?;
        query.add("name", name);
        if !query.is_named() {
            return Err(RowError { column, message: "the name is empty".to_owned() });
        }
        for (property, _, place) in self.more.iter().filter(|(_, of_second, _)| *of_second == second) {
            query.add_cell(property, row.get(*place).unwrap_or_default());
        }
        let side = if second { 2 } else { 1 };
        notes.extend(query.problems().map(|problem| format!("entity {side}: {problem}")));
        Ok(query)
    }
}

/// The property of a column such as `birthDate1`, and whether it is of the second entity.
fn property(column: &str) -> Option<(&'static str, bool)> {
    let (name, second) = match column.strip_suffix('1') {
        Some(name) => (name, false),
        None => (column.strip_suffix('2')?, true),
    };
    let mut known = ftm::schemata().filter(|schema| schema.matchable).filter_map(|schema| schema.property(name));
    known.find(|property| !property.stub).map(|property| (property.name, second))
}

/// The schema that a word names, in any case of letters: no two differ in case only.
fn schema(word: &str) -> Result<&'static Schema, RowError> {
    let in_any_case = || ftm::schemata().find(|schema| schema.name.eq_ignore_ascii_case(word));
    let schema = ftm::schema(word).or_else(in_any_case).filter(|schema| !schema.abstract_);
    let schema = schema.ok_or_else(|| unknown(word))?;
    if schema.matchable {
        return Ok(schema);
    }
    let message = format!("names are not held against each other for the schema {}", schema.name);
    Err(RowError { column: Some("schema"), message })
}

fn unknown(word: &str) -> RowError {
    let shown: String = word.chars().take(60).collect();
    let known = ftm::schemata().filter(|schema| schema.matchable && !schema.abstract_).map(|schema| schema.name);
    let message = match nearest(word, known) {
        _ if word.is_empty() => "the schema is empty; Person, Company and Vessel are some".to_owned(),
        Some(near) => format!("there is no schema `{shown}`; did you mean {near}?"),
        None => {
            format!("there is no schema `{shown}`; it must be one of FollowTheMoney, such as Person, Company or Vessel")
        }
    };
    RowError { column: Some("schema"), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(header: &[&str]) -> Columns {
        Columns::read(&StringRecord::from(header.to_vec()), "p.csv").unwrap()
    }

    #[test]
    fn columns_stand_in_any_order_and_others_are_told() {
        let columns = columns(&["name2", "country2", "label", "Schema", "NAME1", "nothing1"]);
        assert_eq!((columns.schema, columns.names), (3, [4, 0]));
        assert_eq!(columns.more, [("country", true, 1)]);
        assert_eq!(columns.ignored, ["label", "nothing1"]);
        let error = Columns::read(&StringRecord::from(vec!["schema", "name1"]), "p.csv").unwrap_err();
        assert!(error.to_string().starts_with("p.csv, line 1: there is no column `name2`"), "{error}");
    }

    #[test]
    fn a_row_is_a_pair_or_says_why_not() {
        let columns = columns(&["schema", "name1", "name2", "birthDate1", "country2"]);
        let pair = |row: &[&str]| columns.pair(&StringRecord::from(row.to_vec()), &mut Reader::default());
        let good = pair(&["Person", "Kim Chol", "Kim Ch'ŏl", "1961", "Korea, North;RU"]).unwrap();
        assert_eq!((good.one.dates.len(), good.two.countries.len(), good.notes.len()), (1, 2, 0));
        let noted = pair(&["Company", "A", "B", "1961", "Nowhere"]).unwrap();
        assert_eq!(noted.notes.len(), 2, "{:?}", noted.notes);
        let error = |row: &[&str]| pair(row).unwrap_err();
        assert_eq!(error(&["Person", " ", "B", "", ""]).column, Some("name1"));
        assert_eq!(error(&["Persn", "A", "B", "", ""]).message, "there is no schema `Persn`; did you mean Person?");
        assert_eq!(pair(&["PERSON", "A", "B", "", ""]).unwrap().one.schema.name, "Person");
        assert_eq!(error(&["Sanction", "A", "B", "", ""]).column, Some("schema"));
        assert_eq!(error(&["Person", "A"]).column, None);
    }
}
