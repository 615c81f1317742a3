//! Log-linear models of a capture table: which terms they have, and the design that follows.
//!
//! A model says how the logarithm of the expected count of a history is put together: an intercept (whose exponential is
//! the expected number of people on no list), a term for each list, terms for pairs and larger sets of lists that attract
//! or avoid each other, or terms in the number of lists a person is on. Fienberg (1972), Biometrika 59:591; Cormack
//! (1989), Biometrics 45:395.

use super::refusal::Refusal;
use super::special::real;
use super::table::{CaptureTable, ListSet};

/// How the capture histories differ by the number of captures, see [`super::heterogeneity`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Column {
    /// One for each history that includes all of these lists; for the empty set, the intercept.
    Term(ListSet),
    /// The number of captures.
    Captures,
    /// `2^k - 1` of the number of captures `k`.
    Poisson,
    /// `k^2 / 2`.
    Darroch,
    /// `-ln(3.5 + k) + ln 3.5`.
    Gamma,
    /// How far the number of captures exceeds `j - 1`, else zero.
    Beyond(u32),
    /// Rounds before the first capture.
    RoundsBefore,
    /// Captures after the first.
    Recaptures,
    /// One for each history that misses the first list.
    NotFirst,
}

impl Column {
    /// The entry of this column for a history.
    pub(crate) fn value(self, history: ListSet) -> f64 {
        let captures = f64::from(history.count_ones());
        match self {
            Self::Term(lists) => f64::from(u8::from(history & lists == lists)),
            Self::Captures => captures,
            Self::Poisson => real(1 << history.count_ones()) - 1.0,
            Self::Darroch => captures * captures / 2.0,
            Self::Gamma => libm::log(3.5) - libm::log(3.5 + captures),
            Self::Beyond(j) => f64::from((history.count_ones() + 1).saturating_sub(j)),
            Self::RoundsBefore => f64::from(history.trailing_zeros()),
            Self::Recaptures => captures - 1.0,
            Self::NotFirst => f64::from(u8::from(history & 1 == 0)),
        }
    }
}

/// A log-linear model of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
}

impl Model {
    /// Lists that are independent of each other, each with its own share of the population.
    pub fn independence(table: &CaptureTable) -> Self {
        Self::of("independence", main_effects(table))
    }

    /// Independence but for these pairs, which attract or avoid each other.
    pub fn with_pairs(table: &CaptureTable, pairs: &[ListSet]) -> Self {
        let mut pairs = pairs.to_vec();
        // in the order of the lists, so that a model has one name however it was come by
        pairs.sort_by_key(|pair| (pair.trailing_zeros(), *pair));
        pairs.dedup();
        let names: Vec<String> = pairs.iter().map(|pair| table.name_of(*pair)).collect();
        let name = if names.is_empty() { "independence".to_owned() } else { format!("pairs {}", names.join(", ")) };
        let terms = pairs.iter().map(|pair| Column::Term(*pair));
        Self::of(name, main_effects(table).into_iter().chain(terms).collect())
    }

    /// All pairs of lists.
    pub fn all_pairs(table: &CaptureTable) -> Self {
        Self { name: "all pairs".to_owned(), ..Self::with_pairs(table, &table.pairs()) }
    }

    /// A hierarchical model: every set in it, and every smaller set within. Single lists are always in.
    pub fn hierarchical(table: &CaptureTable, sets: &[ListSet]) -> Self {
        let every = 0..1_u32 << table.lists().len();
        let within = |term: &ListSet| term.count_ones() < 2 || sets.iter().any(|set| set & term == *term);
        let mut terms: Vec<ListSet> = every.filter_map(|term| term.try_into().ok()).filter(within).collect();
        terms.sort_by_key(|term| (term.count_ones(), *term));
        let names: Vec<String> = sets.iter().map(|set| table.name_of(*set)).collect();
        Self::of(format!("[{}]", names.join(", ")), terms.into_iter().map(Column::Term).collect())
    }

    /// A hierarchical model by the sets of lists that act together: `clinic:hospital, strips`, or in brackets by their numbers,
    /// as the field writes it, `[123,14,24,34]`, where 0 is the tenth list.
    ///
    /// # Errors
    /// [`Refusal::UnknownModel`] where the text is anything else, or names a list that the table lacks.
    pub fn parse(table: &CaptureTable, text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let by_number = |part: &str| inner.and_then(|_| numbered(table, part.trim()));
        let sets = inner.unwrap_or(text).split(',').map(|part| named(table, part).or_else(|| by_number(part)));
        match sets.collect::<Option<Vec<ListSet>>>() {
            Some(sets) => Ok(Self { name: text.to_owned(), ..Self::hierarchical(table, &sets) }),
            None => Err(Refusal::UnknownModel(text.to_owned())),
        }
    }

    /// A model of any columns after the intercept.
    pub(crate) fn of(name: impl Into<String>, columns: Vec<Column>) -> Self {
        let intercept = Column::Term(0);
        let rest = columns.into_iter().filter(|column| *column != intercept);
        Self { name: name.into(), columns: [intercept].into_iter().chain(rest).collect() }
    }

    /// What the model is called.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// The set of lists that a text names: `clinic:hospital`.
fn named(table: &CaptureTable, text: &str) -> Option<ListSet> {
    let place = |name: &str| table.lists().iter().position(|list| list == name.trim());
    text.split(':').try_fold(0, |set: ListSet, name| Some(set | 1 << place(name)?))
}

/// The set of lists with these numbers: `124`.
fn numbered(table: &CaptureTable, digits: &str) -> Option<ListSet> {
    let place = |digit: char| digit.to_digit(10).map(|number| if number == 0 { 9 } else { number - 1 });
    let lists = u32::try_from(table.lists().len()).ok()?;
    let set = digits
        .chars()
        .try_fold(0, |set: ListSet, digit| place(digit).filter(|place| *place < lists).map(|place| set | 1 << place))?;
    (set != 0).then_some(set)
}

/// The terms of the single lists.
pub(crate) fn main_effects(table: &CaptureTable) -> Vec<Column> {
    (0..table.lists().len()).map(|list| Column::Term(1 << list)).collect()
}

/// The cells that a model is fitted to, and its columns on them.
///
/// A term whose lists have nobody in common is estimated as minus infinity: no history with all of them is expected. Such
/// terms are left out with the cells they empty, and the rest is fitted (extended maximum likelihood; Chan, Silverman and
/// Vincent 2021, Journal of the American Statistical Association 116:1297, section 2).
#[derive(Clone, Debug)]
pub(crate) struct Design {
    /// The columns, the intercept first.
    pub(crate) columns: Vec<Column>,
    pub(crate) cells: Vec<ListSet>,
    pub(crate) counts: Vec<f64>,
    /// Terms set to minus infinity.
    pub(crate) empty: Vec<ListSet>,
}

impl Design {
    pub(crate) fn new(table: &CaptureTable, model: &Model) -> Self {
        let overlaps = table.overlaps();
        let is_empty = |lists: ListSet| lists != 0 && overlaps.get(usize::from(lists)).is_none_or(|count| *count == 0);
        let (mut columns, mut empty): (Vec<Column>, Vec<ListSet>) = (Vec::new(), Vec::new());
        for column in &model.columns {
            match column {
                // a larger set than one already empty is no parameter of its own: its cells are gone
                Column::Term(lists) if empty.iter().any(|smaller| lists & smaller == *smaller) => {}
                Column::Term(lists) if is_empty(*lists) => empty.push(*lists),
                other => columns.push(*other),
            }
        }
        let possible = |history: ListSet| empty.iter().all(|lists| history & lists != *lists);
        let (mut cells, mut counts) = (Vec::new(), Vec::new());
        for (history, count) in table.histories().filter(|(history, _)| possible(*history)) {
            cells.push(history);
            counts.push(real(count));
        }
        Self { columns, cells, counts, empty }
    }

    /// The design's row for a history.
    pub(crate) fn row(&self, history: ListSet) -> Vec<f64> {
        self.columns.iter().map(|column| column.value(history)).collect()
    }

    /// Rows of the cells that hold people, or of those that hold none; few captures first, as their rows soon span the
    /// rest.
    pub(crate) fn rows(&self, held: bool) -> impl Iterator<Item = Vec<f64>> + '_ {
        let cells = self.cells.iter().zip(&self.counts).filter(move |(_, count)| (**count > 0.0) == held);
        let mut histories: Vec<ListSet> = cells.map(|(history, _)| *history).collect();
        histories.sort_by_key(|history| history.count_ones());
        histories.into_iter().map(|history| self.row(history))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> CaptureTable {
        CaptureTable::new(&["A", "B", "C"], &[(1, 40), (2, 30), (4, 20), (3, 6)]).unwrap()
    }

    #[test]
    fn hierarchy_brings_the_smaller_sets() {
        let model = Model::parse(&table(), "[12,3]").unwrap();
        let terms = [0, 1, 2, 4, 3].map(Column::Term);
        assert_eq!(model.columns, terms);
        assert_eq!(Model::hierarchical(&table(), &[0b111]).columns.len(), 8);
    }

    #[test]
    fn a_model_has_one_name_however_it_was_come_by() {
        let model = Model::with_pairs(&table(), &[0b110, 0b011, 0b110]);
        assert_eq!(model.name(), "pairs A:B, B:C");
        assert_eq!(model, Model::with_pairs(&table(), &[0b011, 0b110]));
    }

    #[test]
    fn nonsense_is_no_model() {
        for text in ["", "12", "[14]", "[1,,2]", "[ab]", "[", "[]"] {
            assert!(Model::parse(&table(), text).is_err(), "{text}");
        }
    }

    #[test]
    fn empty_overlaps_are_taken_out() {
        let design = Design::new(&table(), &Model::all_pairs(&table()));
        assert_eq!(design.empty, [0b101, 0b110]);
        assert_eq!(design.cells, [1, 2, 3, 4]);
        assert_eq!(design.columns, [0, 1, 2, 4, 3].map(Column::Term));
        assert_eq!(design.row(0b11), [1.0, 1.0, 1.0, 0.0, 1.0]);
        assert_eq!((design.rows(true).count(), design.rows(false).count()), (4, 0));
    }

    #[test]
    fn columns_of_capture_numbers() {
        let same = |found: [f64; 4], wanted: [f64; 4]| {
            assert!(found.iter().zip(wanted).all(|(one, other)| (one - other).abs() < 1e-12), "{found:?} {wanted:?}");
        };
        let values = |columns: [Column; 4], history| columns.map(|column| column.value(history));
        let shapes = [Column::Poisson, Column::Darroch, Column::Beyond(3), Column::Captures];
        same(values(shapes, 0b1111), [15.0, 8.0, 2.0, 4.0]);
        same(values(shapes, 0b11), [3.0, 2.0, 0.0, 2.0]);
        let rounds = [Column::RoundsBefore, Column::Recaptures, Column::NotFirst, Column::Term(0b100)];
        same(values(rounds, 0b110), [1.0, 1.0, 1.0, 1.0]);
    }
}
