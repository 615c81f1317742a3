//! The source that a document is, and the origin that a claim in it has.

use plumb_core::case::Case;

use crate::draft::Draft;
use crate::log::Log;
use crate::readout::Record;

/// What a person says about a document that is no source of the case yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceDetails {
    /// Who published it; needed.
    pub publisher: String,
    /// Its title.
    pub title: String,
    /// When it was published, as the case format writes dates.
    pub date: String,
    /// Its address.
    pub url: String,
    /// Kind of source: `news`, `ngo-report` …
    pub kind: String,
}

impl SourceDetails {
    /// What the document says of itself, to begin with. Who published it, no document says reliably.
    pub fn suggested(record: &Record) -> Self {
        let day = |date: &str| {
            let day = date.get(..10).unwrap_or(date);
            day.parse::<plumb_core::date::PartialDate>().ok().map(|day| day.to_string())
        };
        Self {
            title: record.title.clone().unwrap_or_default(),
            date: record.date.as_deref().and_then(day).unwrap_or_default(),
            ..Self::default()
        }
    }
}

/// How a claim of a document is to cite it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Citation {
    /// As this source, which is in the case.
    Known(String),
    /// As a new source with these details.
    New(SourceDetails),
}

impl Citation {
    /// The source that the document is known to be: by its SHA-256, or because a decision about it said so.
    pub fn known(case: &Case, log: &Log, record: &Record) -> Option<Self> {
        let by_hash = case.sources.iter().find(|source| source.sha256 == record.sha256).map(|source| &*source.id);
        let by_log = || log.source_of(&record.sha256).filter(|id| case.sources.get(id).is_some());
        by_hash.or_else(by_log).map(|id| Self::Known(id.to_owned()))
    }
}

/// The row of a new source, by columns.
pub(crate) fn source_row(id: &str, details: &SourceDetails, record: &Record) -> Vec<(String, String)> {
    let copy = if record.in_case { record.path.clone() } else { String::new() };
    let cells = [
        ("id", id),
        ("publisher", &details.publisher),
        ("title", &details.title),
        ("date", &details.date),
        ("url", &details.url),
        ("kind", &details.kind),
        ("seen", "whole"),
        ("language", record.language.as_deref().unwrap_or_default()),
        ("copy", &copy),
        ("sha256", &record.sha256),
    ];
    cells.map(|(column, value)| (column.to_owned(), value.trim().to_owned())).into()
}

/// An id for a new source: `kbs-world-radio-2020-04-22`.
pub(crate) fn source_id(details: &SourceDetails, record: &Record, taken: &[String]) -> String {
    let name = [&details.publisher, &details.title].into_iter().map(|words| slug(words)).find(|slug| !slug.is_empty());
    let name = name.unwrap_or_else(|| format!("document-{}", record.sha256.get(..8).unwrap_or_default()));
    let dated = if details.date.is_empty() { name } else { format!("{name}-{}", slug(&details.date)) };
    free(&dated, taken)
}

/// The id and name of the origin of what somebody says in a source. What one speaker says in one source has one origin.
pub(crate) fn origin(draft: &Draft, source: &str, publisher: &str, title: &str) -> (String, String) {
    let speaker = draft.get("said_by");
    let place = if title.is_empty() { publisher.to_owned() } else { format!("{publisher}, “{title}”") };
    if speaker.is_empty() || speaker == publisher {
        return (source.to_owned(), place);
    }
    let short = match slug(speaker) {
        // a name in another script has no letters for an id; its hash tells it from others
        slug if slug.is_empty() => short_hash(speaker),
        slug => slug,
    };
    (format!("{source}.{short}"), format!("{speaker}, in {place}"))
}

fn short_hash(words: &str) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(words.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// The next id of a column of ids such as `c001`, `c002`: as long as the longest, one more than the highest.
pub(crate) fn next_id(prefix: char, taken: &[String]) -> String {
    let digits = taken.iter().filter_map(|id| id.strip_prefix(prefix));
    let numbers: Vec<(u64, usize)> = digits.filter_map(|digits| Some((digits.parse().ok()?, digits.len()))).collect();
    let highest = numbers.iter().map(|(number, _)| *number).max().unwrap_or_default();
    let width = numbers.iter().map(|(_, width)| *width).max().unwrap_or(1);
    free(&format!("{prefix}{:0width$}", highest.saturating_add(1)), taken)
}

/// The id, or the id with the first number that makes it new. Ids differ by more than capitals.
fn free(id: &str, taken: &[String]) -> String {
    let is_taken = |id: &str| taken.iter().any(|other| other.eq_ignore_ascii_case(id));
    let numbered = (2..).map(|number: u32| format!("{id}-{number}"));
    std::iter::once(id.to_owned()).chain(numbered).find(|id| !is_taken(id)).unwrap_or_default()
}

/// Words as a part of an id.
fn slug(words: &str) -> String {
    /// An id is typed and read; forty letters name most publishers in full.
    const LONGEST: usize = 40;
    let plain = |one: char| if one.is_ascii_alphanumeric() { one.to_ascii_lowercase() } else { ' ' };
    let words: String = words.chars().map(plain).collect();
    let mut slug = words.split_whitespace().collect::<Vec<_>>().join("-");
    slug.truncate(LONGEST);
    slug.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_go_on_where_they_ended() {
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        assert_eq!(next_id('c', &ids(&["c001", "c304", "x9"])), "c305");
        assert_eq!(next_id('c', &ids(&["c9"])), "c10");
        assert_eq!(next_id('c', &[]), "c1");
        assert_eq!(next_id('c', &ids(&["c9", "C10"])), "c10-2");
    }

    #[test]
    fn names_become_ids_in_any_script() {
        assert_eq!(slug("  Radio Free Asia (RFA)! "), "radio-free-asia-rfa");
        let mut draft = Draft::default();
        assert_eq!(origin(&draft, "kbs", "KBS", "T").0, "kbs");
        draft.put("said_by", "국가정보원");
        let (id, name) = origin(&draft, "kbs", "KBS", "");
        assert_eq!((id.len(), name.as_str()), ("kbs.".len() + 8, "국가정보원, in KBS"));
    }
}
