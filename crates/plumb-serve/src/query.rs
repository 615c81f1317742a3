//! What somebody typed into the search field, as words and phrases.

/// Longer queries are cut: nobody types more, and each letter costs time.
const LONGEST: usize = 200;

/// So many words and phrases are looked for; further ones are left out.
const MOST_TERMS: usize = 8;

/// The tokenizer of the index cuts words into pieces of three letters; shorter terms must be looked for without it.
const TRIGRAM: usize = 3;

/// A query: terms that must all occur.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query {
    /// Terms that the full-text index can find.
    pub(crate) long: Vec<String>,
    /// Terms too short for it.
    pub(crate) short: Vec<String>,
}

impl Query {
    /// Reads a query: words, and phrases between quotation marks. Any text is a query; control characters are spaces.
    pub(crate) fn parse(text: &str) -> Self {
        let clean: String = text.chars().take(LONGEST).map(|one| if one.is_control() { ' ' } else { one }).collect();
        let mut query = Self::default();
        for (position, segment) in clean.split('"').enumerate() {
            if position % 2 == 1 {
                query.add(&segment.split_whitespace().collect::<Vec<_>>().join(" "));
            } else {
                segment.split_whitespace().for_each(|word| query.add(word));
            }
        }
        query
    }

    fn add(&mut self, term: &str) {
        if term.is_empty() || self.terms().count() == MOST_TERMS {
            return;
        }
        let list = if term.chars().count() < TRIGRAM { &mut self.short } else { &mut self.long };
        list.push(term.to_owned());
    }

    /// All terms.
    pub(crate) fn terms(&self) -> impl Iterator<Item = &str> {
        self.long.iter().chain(&self.short).map(String::as_str)
    }

    /// Whether there is nothing to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.long.is_empty() && self.short.is_empty()
    }

    /// The long terms in the language of FTS5: strings, all of which must occur. Nothing in a string is an operator.
    pub(crate) fn full_text(&self) -> String {
        self.long.iter().map(|term| format!("\"{}\"", term.replace('"', "\"\""))).collect::<Vec<_>>().join(" ")
    }

    /// For each short term the patterns of LIKE, one of which must fit. LIKE folds the case of ASCII letters only, so other
    /// letters get a pattern in each case.
    pub(crate) fn patterns(&self) -> Vec<Vec<String>> {
        let pattern = |word: &str| format!("%{}%", escaped(word));
        (self.short.iter())
            .map(|term| {
                let mut patterns = vec![pattern(term), pattern(&term.to_lowercase()), pattern(&term.to_uppercase())];
                patterns.dedup();
                patterns
            })
            .collect()
    }
}

/// Takes the meaning of LIKE's own signs away.
fn escaped(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_phrases_are_told_apart() {
        let query = Query::parse("  조선 \"Mansudae  Art\"\tNK AND* ");
        assert_eq!(query.long, ["Mansudae Art", "AND*"]);
        assert_eq!(query.short, ["조선", "NK"]);
        assert_eq!(query.full_text(), "\"Mansudae Art\" \"AND*\"");
        assert!(Query::parse(" \" \0 ").is_empty());
    }

    #[test]
    fn signs_of_the_database_have_no_meaning() {
        assert_eq!(Query::parse("%_").patterns(), [vec!["%\\%\\_%".to_owned()]]);
        assert_eq!(Query::parse("ру").patterns(), [vec!["%ру%".to_owned(), "%РУ%".to_owned()]]);
        assert_eq!(Query::parse("a b c d e f g h i j").terms().count(), MOST_TERMS);
        assert_eq!(Query::parse(&"x".repeat(5000)).long.first().map(String::len), Some(LONGEST));
    }
}
