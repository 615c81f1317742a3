//! Entries that name each other in remarks: name → entry.

use std::collections::{BTreeMap, BTreeSet};

/// Entries by their names.
#[derive(Debug, Default)]
pub(in crate::lists) struct Links {
    names: BTreeMap<String, BTreeSet<(String, &'static str)>>,
    aliases: BTreeMap<String, BTreeSet<(String, &'static str)>>,
}

impl Links {
    /// An entry and its schema have this primary name.
    pub(super) fn name(&mut self, name: &str, id: &str, schema: &'static str) {
        self.names.entry(fold(name)).or_default().insert((id.to_owned(), schema));
    }

    /// An entry and its schema have this alias.
    pub(super) fn alias(&mut self, name: &str, id: &str, schema: &'static str) {
        self.aliases.entry(fold(name)).or_default().insert((id.to_owned(), schema));
    }

    /// The one entry of this name, or how many there are. Primary names go before aliases, because OFAC links by them.
    pub(super) fn find(&self, name: &str) -> Result<(&str, &'static str), usize> {
        let found = self.names.get(&fold(name)).or_else(|| self.aliases.get(&fold(name)));
        match found {
            Some(entries) if entries.len() == 1 => entries.first().map(|(id, schema)| (id.as_str(), *schema)).ok_or(0),
            Some(entries) => Err(entries.len()),
            None => Err(0),
        }
    }
}

/// Letters and digits only: remarks and names differ in dots and commas.
fn fold(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
