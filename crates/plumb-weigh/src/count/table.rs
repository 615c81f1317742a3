//! The capture table: who is on which list, as counts of histories over 2 to 10 lists.

use serde::Serialize;

use super::lattice::sum_supersets;
use super::table_error::{TableError, TableProblem};

/// Most lists that a table may have: 2^10 - 1 histories are still fitted in milliseconds.
pub const MOST_LISTS: usize = 10;

/// Most people that a table may hold. More than have ever lived, and small enough that every sum is exact in a float.
pub const MOST_PEOPLE: u64 = 1_000_000_000_000;

/// A set of lists, one bit a list: the first list is bit 0. A person's capture history is such a set, never empty.
pub type ListSet = u16;

/// Counts of capture histories over lists that overlap.
///
/// Always usable: 2 to 10 lists with different names, each holding somebody and none holding everybody, and at least one
/// person on two lists. What the table cannot know is how many people are on no list; that is what the estimators are for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaptureTable {
    lists: Vec<String>,
    /// Indexed by [`ListSet`]; the first is always zero.
    counts: Vec<u64>,
}

impl CaptureTable {
    /// Builds a table from list names and `(history, count)` rows; rows with the same history are added up and
    /// histories that are not given count zero.
    ///
    /// # Errors
    /// What makes the counts unusable, see [`TableProblem`]; a list at fault is given with its place in `lists`,
    /// counted from one, as column, on line 1; a row with its place in `rows`, counted from two, as line.
    ///
    /// ```
    /// use plumb_weigh::count::CaptureTable;
    /// let table = CaptureTable::new(&["permits", "press"], &[(0b01, 170), (0b10, 120), (0b11, 30)])?;
    /// assert_eq!((table.observed(), table.list_size(0), table.overlap(0b11)), (320, 200, 30));
    /// # Ok::<(), Vec<plumb_weigh::count::TableError>>(())
    /// ```
    pub fn new<N: AsRef<str>>(lists: &[N], rows: &[(ListSet, u64)]) -> Result<Self, Vec<TableError>> {
        let lists: Vec<String> = lists.iter().map(|name| name.as_ref().trim().to_owned()).collect();
        super::table_error::check_lists(&lists).map_err(|problem| vec![TableError { line: 1, column: 1, problem }])?;
        let mut counts = vec![0; 1 << lists.len()];
        let mut errors = Vec::new();
        for (index, (history, count)) in rows.iter().enumerate() {
            if let Err(problem) = add(&mut counts, *history, *count) {
                errors.push(TableError { line: index + 2, column: 1, problem });
            }
        }
        let table = Self { lists, counts };
        if errors.is_empty() {
            errors.extend(table.faults().map(|(list, problem)| TableError { line: 1, column: list + 1, problem }));
        }
        if errors.is_empty() { Ok(table) } else { Err(errors) }
    }

    /// A table that need not be usable, for resamples and parts of a table.
    pub(crate) fn unchecked(lists: Vec<String>, counts: Vec<u64>) -> Self {
        Self { lists, counts }
    }

    /// Reads a table from CSV text: one column of 0 and 1 (or no and yes, false and true) for each list and a column `count`.
    /// Histories that are not given count zero; a row for people on no list is passed over where its count is unknown. Where no
    /// column is named `count`, the only one with other cells than memberships holds the counts, or else each row is a person.
    ///
    /// # Errors
    /// Everything that is wrong with the text, each with line and column.
    ///
    /// ```
    /// use plumb_weigh::count::CaptureTable;
    /// let table = CaptureTable::parse("permits,press,count\n1,0,170\n0,1,120\n1,1,30\n").expect("a good table");
    /// assert_eq!(table.lists(), ["permits", "press"]);
    /// let errors = CaptureTable::parse("permits,press,count\n1,0,-4\n1,1,30\n").expect_err("a negative count");
    /// assert_eq!(errors[0].to_string(), "line 2, column 5: the count is negative: -4");
    /// ```
    pub fn parse(text: &str) -> Result<Self, Vec<TableError>> {
        super::parse::parse(text)
    }

    /// Names of the lists, in the order of the table.
    pub fn lists(&self) -> &[String] {
        &self.lists
    }

    /// Number of people on at least one list.
    pub fn observed(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Number of people on exactly these lists and no other; zero for the empty set, which nobody could observe.
    pub fn count(&self, history: ListSet) -> u64 {
        self.counts.get(usize::from(history)).copied().unwrap_or(0)
    }

    /// The histories that can be observed with their counts, zeros included, in the order of their bits.
    pub fn histories(&self) -> impl Iterator<Item = (ListSet, u64)> + '_ {
        (0..).zip(self.counts.iter().copied()).skip(1)
    }

    /// Number of people who are on all of these lists, whatever else they are on.
    pub fn overlap(&self, lists: ListSet) -> u64 {
        self.histories().filter(|(history, _)| history & lists == lists).map(|(_, count)| count).sum()
    }

    /// [`CaptureTable::overlap`] of every set of lists, indexed by set.
    pub(crate) fn overlaps(&self) -> Vec<u64> {
        let mut overlaps = self.counts.clone();
        sum_supersets(&mut overlaps);
        overlaps
    }

    /// Number of people on one list, counted from zero; zero for a list that does not exist.
    pub fn list_size(&self, list: usize) -> u64 {
        if list < self.lists.len() { self.overlap(1 << list) } else { 0 }
    }

    /// How many people are on exactly 1, 2, … lists.
    pub fn frequencies(&self) -> Vec<u64> {
        let mut seen = vec![0; self.lists.len()];
        for (history, count) in self.histories() {
            if let Some(slot) = seen.get_mut((history.count_ones() as usize).saturating_sub(1)) {
                *slot += count;
            }
        }
        seen
    }

    /// The name of a set of lists: `A:C`.
    pub fn name_of(&self, lists: ListSet) -> String {
        let names: Vec<&str> = self.members(lists).map(|(_, name)| name).collect();
        names.join(":")
    }

    /// The lists of a set, with their numbers.
    pub(crate) fn members(&self, lists: ListSet) -> impl Iterator<Item = (usize, &str)> {
        let named = self.lists.iter().enumerate();
        named.filter(move |(index, _)| lists >> index & 1 == 1).map(|(index, name)| (index, name.as_str()))
    }

    /// All pairs of lists as sets, in the order (1,2), (1,3), …, (2,3), ….
    pub(crate) fn pairs(&self) -> Vec<ListSet> {
        pairs(self.lists.len())
    }

    /// What makes the table unusable, with the number of the list at fault (or 0 where it is no single list).
    pub(crate) fn faults(&self) -> impl Iterator<Item = (usize, TableProblem)> + '_ {
        let observed = self.observed();
        let nobody = (observed == 0).then_some((0, TableProblem::Nobody));
        let lists = self.lists.iter().enumerate().filter(move |_| observed > 0);
        let sizes = lists.filter_map(move |(index, name)| match self.list_size(index) {
            0 => Some((index, TableProblem::EmptyList(name.clone()))),
            size if size == observed => Some((index, TableProblem::EverybodyOnList(name.clone()))),
            _ => None,
        });
        let overlap = self.histories().any(|(history, count)| history.count_ones() > 1 && count > 0);
        let apart = (observed > 0 && !overlap).then_some((0, TableProblem::NoOverlap));
        nobody.into_iter().chain(sizes).chain(apart)
    }

    /// The same people without the lists that hold nobody, or everybody: such a list says nothing about who is missed.
    /// With it come the names of the lists left out. `None` when fewer than two lists remain.
    pub(crate) fn informative(&self) -> (Option<Self>, Vec<String>) {
        let observed = self.observed();
        let says = |index: usize| (1..observed).contains(&self.list_size(index));
        let (kept, dropped): (Vec<usize>, Vec<usize>) = (0..self.lists.len()).partition(|index| says(*index));
        let dropped = dropped.iter().filter_map(|index| self.lists.get(*index).cloned()).collect();
        ((kept.len() > 1).then(|| self.only(&kept)), dropped)
    }

    /// The table over some of the lists; people on none of them become hidden and are left out.
    pub(crate) fn only(&self, kept: &[usize]) -> Self {
        let lists = kept.iter().filter_map(|index| self.lists.get(*index).cloned()).collect();
        let mut counts = vec![0; 1 << kept.len()];
        for (history, count) in self.histories() {
            let bits = kept.iter().enumerate().map(|(to, from)| usize::from(history >> from & 1) << to);
            if let Some(slot) = counts.get_mut(bits.sum::<usize>()) {
                *slot += count;
            }
        }
        if let Some(hidden) = counts.first_mut() {
            *hidden = 0;
        }
        Self { lists, counts }
    }

    /// The people of one list seen through the other lists, and how many of them the other lists miss.
    pub(crate) fn within(&self, list: usize) -> (Self, u64) {
        let others: Vec<usize> = (0..self.lists.len()).filter(|index| *index != list).collect();
        let inside: Vec<u64> = (0..)
            .zip(&self.counts)
            .map(|(history, count): (ListSet, _)| u64::from(history >> list & 1) * count)
            .collect();
        let missed = self.count(1 << list);
        (Self { lists: self.lists.clone(), counts: inside }.only(&others), missed)
    }
}

/// All pairs of `lists` lists as sets, in the order (1,2), (1,3), …, (2,3), ….
pub(crate) fn pairs(lists: usize) -> Vec<ListSet> {
    (0..lists).flat_map(|first| (first + 1..lists).map(move |second| 1 << first | 1 << second)).collect()
}

/// Adds a row to the counts.
pub(crate) fn add(counts: &mut [u64], history: ListSet, count: u64) -> Result<(), TableProblem> {
    if history == 0 && count > 0 {
        return Err(TableProblem::HiddenHistory(count));
    }
    let total = counts.iter().sum::<u64>().saturating_add(count);
    if total > MOST_PEOPLE {
        return Err(TableProblem::TooManyPeople);
    }
    let slot = counts.get_mut(usize::from(history)).ok_or(TableProblem::UnknownList)?;
    *slot += count;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hares() -> CaptureTable {
        CaptureTable::new(&["A", "B", "C"], &[(1, 5), (2, 4), (4, 3), (3, 2), (5, 1), (7, 1), (1, 2)]).unwrap()
    }

    #[test]
    fn rows_with_one_history_are_added() {
        let table = hares();
        assert_eq!((table.count(1), table.count(6), table.count(0), table.observed()), (7, 0, 0, 18));
        assert_eq!(table.frequencies(), [14, 3, 1]);
        assert_eq!((table.list_size(0), table.overlap(0b11), table.list_size(9)), (11, 3, 0));
        assert_eq!(table.name_of(0b101), "A:C");
        assert_eq!(pairs(3), [0b011, 0b101, 0b110]);
    }

    #[test]
    fn a_list_seen_through_the_others() {
        let (inside, missed) = hares().within(0);
        assert_eq!(inside.lists(), ["B", "C"]);
        assert_eq!((inside.count(1), inside.count(2), inside.count(3), missed), (2, 1, 1, 7));
        assert_eq!(inside.observed() + missed, hares().list_size(0));
    }

    #[test]
    fn lists_that_say_nothing_are_left_out() {
        let table = CaptureTable::unchecked(vec!["A".into(), "B".into(), "C".into()], vec![0, 3, 2, 1, 0, 0, 0, 0]);
        let (kept, dropped) = table.informative();
        assert_eq!(kept.unwrap().lists(), ["A", "B"]);
        assert_eq!(dropped, ["C"]);
    }

    #[test]
    fn unusable_counts_are_refused() {
        let problem = |rows: &[(ListSet, u64)]| CaptureTable::new(&["A", "B"], rows).unwrap_err().remove(0).problem;
        assert_eq!(problem(&[(1, 2), (2, 3)]), TableProblem::NoOverlap);
        assert_eq!(problem(&[(1, 0)]), TableProblem::Nobody);
        assert_eq!(problem(&[(1, 2)]), TableProblem::EverybodyOnList("A".into()));
        assert_eq!(problem(&[(3, 2), (1, 4)]), TableProblem::EverybodyOnList("A".into()));
        assert_eq!(problem(&[(0, 2)]), TableProblem::HiddenHistory(2));
        assert_eq!(problem(&[(4, 2)]), TableProblem::UnknownList);
        assert_eq!(problem(&[(1, u64::MAX), (2, u64::MAX)]), TableProblem::TooManyPeople);
        assert!(CaptureTable::new(&["A"; 2], &[(3, 1)]).is_err());
    }
}
