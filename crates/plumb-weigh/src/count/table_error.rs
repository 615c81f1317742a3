//! What can be wrong with a capture table, where, and what to do about it.

use serde::Serialize;

use super::table::{MOST_LISTS, MOST_PEOPLE};

/// One thing that is wrong with a capture table, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("line {line}, column {column}: {problem}")]
pub struct TableError {
    /// Line in the text, from one.
    pub line: usize,
    /// Column in the line, in characters from one.
    pub column: usize,
    /// What is wrong there.
    pub problem: TableProblem,
}

impl TableError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        self.problem.hint()
    }
}

/// What can be wrong with a capture table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
pub enum TableProblem {
    /// There is no line at all.
    #[error("the table is empty")]
    NoHeader,
    /// A quotation mark is opened and never closed.
    #[error("a quotation mark is opened here and never closed")]
    OpenQuote,
    /// No column is named `count`, and it cannot be told which is meant.
    #[error("no column is named `count`, and several hold other things than 0 and 1")]
    NoCountColumn,
    /// The header has a column for the counts and nothing else.
    #[error("the table has no list")]
    NoLists,
    /// One list has no overlap to learn from.
    #[error("the table has one list only, `{0}`")]
    OneList(String),
    /// More lists than can be fitted.
    #[error("the table has {0} lists; at most {MOST_LISTS} can be used")]
    TooManyLists(usize),
    /// A list column has no name.
    #[error("list {0} has no name")]
    UnnamedList(usize),
    /// Two columns have the same name.
    #[error("two columns are named `{0}`")]
    SameName(String),
    /// A row has more or fewer cells than the header.
    #[error("this row has {found} cells, the header has {expected}")]
    WrongWidth {
        /// Cells in the row.
        found: usize,
        /// Cells in the header.
        expected: usize,
    },
    /// A list's cell is neither 0 nor 1.
    #[error("the cell of list `{list}` must be 0 or 1, not `{found}`")]
    NotMembership {
        /// The list.
        list: String,
        /// What stands there.
        found: String,
    },
    /// The count is no number.
    #[error("the count is not a whole number: `{0}`")]
    NotCount(String),
    /// The count is negative.
    #[error("the count is negative: {0}")]
    NegativeCount(String),
    /// A count for the people on no list.
    #[error("a count of {0} is given for people on no list")]
    HiddenHistory(u64),
    /// More people than any population has.
    #[error("the counts add up to more than {MOST_PEOPLE}")]
    TooManyPeople,
    /// A history names a list that the table does not have.
    #[error("the history names a list that the table does not have")]
    UnknownList,
    /// All counts are zero.
    #[error("all counts are zero")]
    Nobody,
    /// A list on which nobody is.
    #[error("nobody is on list `{0}`")]
    EmptyList(String),
    /// A list on which everybody is.
    #[error("everybody in the table is on list `{0}`")]
    EverybodyOnList(String),
    /// Nobody is on two lists.
    #[error("no two lists overlap: nobody is on more than one")]
    NoOverlap,
}

impl TableProblem {
    /// What to do about it.
    pub fn hint(&self) -> String {
        let hint = match self {
            Self::NoHeader | Self::NoLists | Self::OneList(_) => {
                "give one column of 0 and 1 for each of at least two lists and a column `count`, parted by commas, semicolons or tabs"
            }
            Self::OpenQuote => "close the quotation mark, or leave it out",
            Self::NoCountColumn => {
                "name the column that holds how many people have each history `count`; the others hold 0 and 1"
            }
            Self::TooManyLists(_) => "merge lists of one kind (police forces, newspapers) or leave small ones out",
            Self::UnnamedList(_) => "give the column the name of its list",
            Self::SameName(_) => "give each column its own name",
            Self::WrongWidth { .. } => "give the row one cell for each column of the header",
            Self::NotMembership { .. } => "write 1 if these people are on the list and 0 if they are not",
            Self::NotCount(_) => "write a whole number, such as 1250",
            Self::NegativeCount(_) => "a number of people cannot be below zero; look the figure up in its source",
            Self::HiddenHistory(_) => {
                "people on no list are what is to be estimated; leave the row out, or add the list that knows them"
            }
            Self::TooManyPeople => "counts are of people; check for figures that ran together",
            Self::UnknownList => "use one bit for each list of the table and no more",
            Self::Nobody => "a table without people has nothing to learn from",
            Self::EmptyList(_) => "leave the column out: an empty list says nothing about who is missed",
            Self::EverybodyOnList(_) => {
                "leave the column out: if everybody found is on it, nothing shows how many it misses"
            }
            Self::NoOverlap => {
                "people on two lists show how much is missed; match the lists better, or accept that no size can be told"
            }
        };
        hint.to_owned()
    }
}

/// Are these two to ten lists with names of their own?
pub(crate) fn check_lists(lists: &[String]) -> Result<(), TableProblem> {
    match lists {
        [] => return Err(TableProblem::NoLists),
        [one] => return Err(TableProblem::OneList(one.clone())),
        more if more.len() > MOST_LISTS => return Err(TableProblem::TooManyLists(more.len())),
        _ => {}
    }
    if let Some(place) = lists.iter().position(String::is_empty) {
        return Err(TableProblem::UnnamedList(place + 1));
    }
    let mut sorted: Vec<&String> = lists.iter().collect();
    sorted.sort();
    let twice = sorted.iter().zip(sorted.iter().skip(1)).find(|(one, next)| one == next);
    twice.map_or(Ok(()), |(name, _)| Err(TableProblem::SameName((*name).clone())))
}
