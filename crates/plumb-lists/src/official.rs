//! The lists whose publishers are known: addresses, formats and terms, from `data/official.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// A list of a known publisher.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Official {
    /// What the list is called.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The word for its format.
    pub format: String,
    /// The terms that its publisher states.
    pub licence: String,
    /// Where its files are, all over https.
    pub files: Vec<String>,
}

static LISTS: LazyLock<BTreeMap<String, Official>> =
    LazyLock::new(|| toml::from_str(include_str!("../data/official.toml")).unwrap_or_default());

/// The official list of this short name.
pub fn official(name: &str) -> Option<&'static Official> {
    LISTS.get(name)
}

/// The short names of all official lists, in order.
pub fn officials() -> impl Iterator<Item = &'static str> {
    LISTS.keys().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use plumb_screen::lists::Format;

    #[test]
    fn official_lists_are_whole() {
        assert_eq!(officials().count(), 9);
        for name in officials() {
            let list = official(name).unwrap();
            assert!(Format::from_word(&list.format).is_some(), "{name}: {}", list.format);
            assert!(list.files.iter().all(|address| address.starts_with("https://")), "{name}");
        }
    }
}
