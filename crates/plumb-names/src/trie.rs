//! Spellings by their letters: all that a text begins with are found in one pass over it.

/// Spellings that one text begins with: no table has a syllable of more letters.
const MOST_PREFIXES: usize = 7;

/// A set of spellings, each with a value.
pub(crate) struct Trie<V> {
    /// The column of each byte that a spelling has; 0 of all others.
    columns: [u8; 256],
    width: usize,
    /// A row for each beginning of a spelling: where each column leads on to, 0 for nowhere, since no letter leads back to the first row.
    rows: Vec<u16>,
    /// The value of each row that is a spelling.
    values: Vec<Option<V>>,
}

impl<V: Copy + Default> Trie<V> {
    /// Of spellings that stand twice the last counts. Those beyond 65,535 beginnings are left out; no table has a tenth of that.
    pub(crate) fn new<'s>(spellings: impl Iterator<Item = (&'s str, V)> + Clone) -> Self {
        let mut columns = [0; 256];
        let mut width = 1;
        for byte in spellings.clone().flat_map(|(spelling, _)| spelling.bytes()) {
            if let Some(column) = columns.get_mut(usize::from(byte)).filter(|column| **column == 0) {
                (*column, width) = (width, width + 1);
            }
        }
        let width = usize::from(width);
        let mut trie = Self { columns, width, rows: vec![0; width], values: vec![None] };
        for (spelling, value) in spellings {
            trie.insert(spelling, value);
        }
        trie
    }

    fn insert(&mut self, spelling: &str, value: V) {
        let mut row = 0;
        for byte in spelling.bytes() {
            row = match self.next(row, byte) {
                0 => {
                    let Ok(new) = u16::try_from(self.values.len()) else { return };
                    let place = row * self.width + self.column(byte);
                    self.rows.get_mut(place).into_iter().for_each(|cell| *cell = new);
                    self.rows.resize(self.rows.len() + self.width, 0);
                    self.values.push(None);
                    usize::from(new)
                }
                known => known,
            };
        }
        self.values.get_mut(row).into_iter().for_each(|held| *held = Some(value));
    }

    /// The value of a spelling.
    pub(crate) fn get(&self, spelling: &str) -> Option<V> {
        let mut row = 0;
        for byte in spelling.bytes() {
            row = self.next(row, byte);
            if row == 0 {
                return None;
            }
        }
        self.values.get(row).copied().flatten()
    }

    /// The spellings that a text begins with, the longest first: their lengths in bytes and their values. An empty one is not among them.
    pub(crate) fn prefixes(&self, text: &str) -> Prefixes<'_, V> {
        let mut found = Prefixes { trie: self, ends: [(0, 0); MOST_PREFIXES], count: 0 };
        let mut row = 0;
        for (length, byte) in (1..).zip(text.bytes()) {
            row = self.next(row, byte);
            if row == 0 {
                break;
            }
            if self.is_spelling(row)
                && let Some(slot) = found.ends.get_mut(found.count)
            {
                (*slot, found.count) = ((length, row), found.count + 1);
            }
        }
        found
    }
}

/// Spellings that a text begins with, see [`Trie::prefixes`].
pub(crate) struct Prefixes<'t, V> {
    trie: &'t Trie<V>,
    /// Their lengths, and the rows that they lead to.
    ends: [(usize, usize); MOST_PREFIXES],
    count: usize,
}

impl<V: Copy> Iterator for Prefixes<'_, V> {
    type Item = (usize, V);

    fn next(&mut self) -> Option<Self::Item> {
        self.count = self.count.checked_sub(1)?;
        let (length, row) = self.ends.get(self.count)?;
        self.trie.values.get(*row).copied().flatten().map(|value| (*length, value))
    }
}

/// Longest text of which each place has a bit, in bytes.
pub(crate) const LONGEST_MARKED: u32 = 63;

impl<V> Trie<V> {
    /// Where spellings end that stand in a text from a place on, in bytes: a bit for each place of a text of at most [`LONGEST_MARKED`].
    pub(crate) fn ends(&self, text: &str, from: u32) -> u64 {
        let rest = usize::try_from(from).ok().and_then(|from| text.as_bytes().get(from..));
        let (mut row, mut ends) = (0, 0);
        for (place, byte) in (from + 1..).zip(rest.unwrap_or_default()) {
            row = self.next(row, *byte);
            if row == 0 {
                break;
            }
            if self.is_spelling(row) {
                ends |= 1 << place;
            }
        }
        ends
    }

    fn is_spelling(&self, row: usize) -> bool {
        self.values.get(row).is_some_and(Option::is_some)
    }

    fn column(&self, byte: u8) -> usize {
        self.columns.get(usize::from(byte)).copied().map_or(0, usize::from)
    }

    /// The row behind a byte; 0 for none.
    fn next(&self, row: usize, byte: u8) -> usize {
        self.rows.get(row * self.width + self.column(byte)).copied().map_or(0, usize::from)
    }
}

#[cfg(test)]
mod tests {
    use super::Trie;

    #[test]
    fn finds_what_a_text_begins_with() {
        let spellings = [("ch", 1), ("chu", 2), ("chuang", 3), ("чу", 4)];
        let trie = Trie::new(spellings.into_iter());
        assert!(trie.prefixes("chuan").eq([(3, 2), (2, 1)]));
        assert!(trie.prefixes("чунь").eq([(4, 4)]));
        assert_eq!(trie.prefixes("xu").next(), None);
        assert!(spellings.iter().all(|(spelling, value)| trie.get(spelling) == Some(*value)));
        assert_eq!((trie.get("chua"), trie.get("")), (None, None));
        assert_eq!((trie.ends("xchuan", 1), trie.ends("xchuan", 0)), (1 << 3 | 1 << 4, 0));
    }
}
