//! Entries whose parts are scattered over rows and files, held until all are there.

use std::collections::BTreeMap;

use super::Reading;
use super::entry::Entry;

/// Entries by their key, and where each was first met.
#[derive(Default)]
pub(super) struct Gathering {
    entries: BTreeMap<String, Entry>,
    order: Vec<(String, String, Option<u64>)>,
}

impl Gathering {
    /// The entry of this key; a new one when it is met for the first time and can be made.
    pub(super) fn entry(
        &mut self,
        key: &str,
        reading: &mut Reading<'_>,
        make: impl FnOnce(&mut Reading<'_>) -> Option<Entry>,
    ) -> Option<&mut Entry> {
        if !self.entries.contains_key(key) {
            self.entries.insert(key.to_owned(), make(reading)?);
            self.order.push((key.to_owned(), reading.file.clone(), reading.line));
        }
        self.entries.get_mut(key)
    }

    /// Gives all out in the order in which they were met.
    pub(super) fn give(mut self, reading: &mut Reading<'_>) {
        for (key, file, line) in self.order {
            (reading.file, reading.line) = (file, line);
            if let Some(entry) = self.entries.remove(&key) {
                reading.give(entry);
            }
        }
    }
}
