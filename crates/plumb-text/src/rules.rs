//! The rules as data: the words of each language and the measures, compiled in from `data/`.

use std::collections::BTreeMap;

use plumb_core::unit::Unit;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::Language;
use crate::sentence::{Relation, TimeUnit};
use crate::terms::{Dating, Sense};

/// Words by section and key, as the files have them.
type Words = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// The rules of all languages.
#[derive(Clone, Debug)]
pub struct Rules {
    pub(crate) words: BTreeMap<Language, Vec<(String, Sense)>>,
    pub(crate) measures: Vec<MeasureRule>,
    pub(crate) home: Vec<String>,
}

/// When a quantity is one of a measure.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "the switches of a line of data")]
pub(crate) struct MeasureRule {
    /// The measure of the case.
    pub(crate) id: String,
    /// Units that its quantities are stated in; money as `MONEY`, whatever the currency.
    pub(crate) units: Vec<String>,
    /// Cues, all of which must stand near; each item may name alternatives: `send|return`.
    #[serde(default)]
    pub(crate) cues: Vec<String>,
    /// Cues none of which may stand near.
    #[serde(default)]
    pub(crate) without: Vec<String>,
    /// The unit that it counts in, where people are counted as something else: who entered is an entry.
    #[serde(default)]
    pub(crate) counts: Option<String>,
    /// The sentence must speak of a plan.
    #[serde(default)]
    pub(crate) planned: bool,
    /// The sentence must name a date: a flow needs a stretch of time.
    #[serde(default)]
    pub(crate) dated: bool,
    /// Its cues name it only by a guess.
    #[serde(default)]
    pub(crate) guessed: bool,
    /// It is the usual measure of its units when no cue stands near.
    #[serde(default)]
    pub(crate) usual: bool,
    /// No number below this one is meant, in whatever currency.
    #[serde(default)]
    pub(crate) least: Option<i64>,
    /// No number above this one is meant, in whatever currency.
    #[serde(default)]
    pub(crate) most: Option<i64>,
    /// Sums are for one person.
    #[serde(default)]
    pub(crate) by_person: bool,
    /// Per which time the sums are meant when the text names none.
    #[serde(default)]
    pub(crate) per: Option<String>,
}

/// `data/measures.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureFile {
    home: Vec<String>,
    measure: Vec<MeasureRule>,
}

/// Why rules cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// The file is no TOML of this shape.
    #[error("{file}: {source}")]
    Toml {
        /// Its name.
        file: String,
        /// What is wrong, with line and column.
        source: Box<toml::de::Error>,
    },
    /// A section or key that means nothing.
    #[error("{file}: [{section}] {key} means nothing here; the header of the file lists the sections and keys")]
    Unknown {
        /// The file's name.
        file: String,
        /// The section.
        section: String,
        /// The key.
        key: String,
    },
    /// A word with `*` inside.
    #[error("{file}: [{section}] {key}: `{word}` has a * inside; it may only begin or end a word, so list the forms")]
    Star {
        /// The file's name.
        file: String,
        /// The section.
        section: String,
        /// The key.
        key: String,
        /// The word.
        word: String,
    },
    /// The words make no automaton.
    #[error("the words of `{language}` cannot be searched: {cause}")]
    Words {
        /// The language's code.
        language: &'static str,
        /// What the automaton says.
        cause: String,
    },
}

/// The files compiled in: language and text.
const FILES: [(Language, &str, &str); 4] = [
    (Language::English, "en.toml", include_str!("../data/en.toml")),
    (Language::Russian, "ru.toml", include_str!("../data/ru.toml")),
    (Language::Korean, "ko.toml", include_str!("../data/ko.toml")),
    (Language::Chinese, "zh.toml", include_str!("../data/zh.toml")),
];

const MEASURES: &str = include_str!("../data/measures.toml");

impl Rules {
    /// The rules compiled in.
    ///
    /// # Errors
    /// Never for the files as shipped; a test reads them.
    pub fn built_in() -> Result<Self, RulesError> {
        let mut words = BTreeMap::new();
        for (language, file, text) in FILES {
            words.insert(language, senses(file, parse(file, text)?)?);
        }
        let measures: MeasureFile = parse("measures.toml", MEASURES)?;
        Ok(Self { words, measures: measures.measure, home: measures.home })
    }

    /// Only the measures that a case has: the others are never proposed.
    #[must_use]
    pub fn with_measures(mut self, is_known: impl Fn(&str) -> bool) -> Self {
        self.measures.retain(|measure| is_known(&measure.id));
        self
    }

    /// Whether a place is the sending state or lies in it.
    pub(crate) fn is_home(&self, place: &str) -> bool {
        let inside = |home: &String| {
            place.strip_prefix(home.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '.']))
        };
        self.home.iter().any(inside)
    }

    /// The measures that can be proposed, in the order of the data.
    pub fn measures(&self) -> impl Iterator<Item = &str> {
        self.measures.iter().map(|measure| measure.id.as_str())
    }
}

fn parse<T: for<'a> Deserialize<'a>>(file: &str, text: &str) -> Result<T, RulesError> {
    toml::from_str(text).map_err(|source| RulesError::Toml { file: file.to_owned(), source: Box::new(source) })
}

fn senses(file: &str, sections: Words) -> Result<Vec<(String, Sense)>, RulesError> {
    let mut all = Vec::new();
    for (section, keys) in sections {
        for (key, words) in keys {
            let sense = sense(&section, &key).ok_or_else(|| RulesError::Unknown {
                file: file.to_owned(),
                section: section.clone(),
                key: key.clone(),
            })?;
            // a `*` inside a word would be looked for as it stands, and never found
            if let Some(word) = words.iter().find(|word| word.trim_matches('*').contains('*')) {
                return Err(RulesError::Star { file: file.to_owned(), section, key, word: word.clone() });
            }
            all.extend(words.into_iter().map(|word| (word, sense.clone())));
        }
    }
    Ok(all)
}

/// The sense of a section and key of the language files.
fn sense(section: &str, key: &str) -> Option<Sense> {
    let number = || key.replace('_', "").parse::<Decimal>().ok();
    Some(match (section, key) {
        ("number", _) => Sense::Number(number()?),
        ("scale", _) => Sense::Scale(number()?),
        ("vague", _) => Sense::Vague(number()?),
        ("fraction", "majority") => Sense::Majority,
        ("fraction", "out_of") => Sense::OutOf,
        ("fraction", "of") => Sense::PartsOf,
        ("fraction", _) => Sense::Fraction(number()?),
        ("before", _) => Sense::Before(key.parse().ok()?),
        ("after", _) => Sense::After(key.parse().ok()?),
        ("range", "open") => Sense::Open,
        ("range", "from") => Sense::From,
        ("range", "join") => Sense::Join,
        ("range", "link") => Sense::Link,
        ("currency", _) => Sense::Currency(key.parse::<Unit>().ok()?.to_string()),
        ("counted", "number_of") => Sense::NumberOf,
        ("counted", "thing") => Sense::Thing,
        ("counted", "any") => Sense::Counter,
        ("counted", _) => Sense::Counted(key.parse::<Unit>().ok()?.to_string()),
        ("percent", "share") => Sense::Percent,
        ("percent", "before") => Sense::PercentOf,
        ("percent", "tenths") => Sense::Tenths,
        ("percent", "points") => Sense::Points,
        ("percent", "times") => Sense::Times,
        ("time", "hour") => Sense::Hour,
        ("time", _) => Sense::Time(time_unit(key)?),
        ("per", "any") => Sense::Per(None),
        ("per", _) => Sense::Per(Some(key.parse::<Unit>().ok()?.to_string())),
        ("month", _) => Sense::Month(key.parse().ok().filter(|month| (1..=12).contains(month))?),
        ("date", _) => Sense::Dating(dating(key)?),
        ("part_of_year", _) => part_of_year(key)?,
        ("duration", "within") => Sense::Relation(Relation::Within),
        ("duration", "after") => Sense::Relation(Relation::After),
        ("duration", "before") => Sense::Relation(Relation::Before),
        ("no_quantity", "after_word") => Sense::Numbering,
        ("no_quantity", "before_word") => Sense::Numbered,
        ("instrument", "name") => Sense::Instrument,
        ("instrument", "paragraph_after") => Sense::ParagraphAfter,
        ("instrument", "paragraph") => Sense::Paragraph,
        ("place", "preposition") => Sense::Placing,
        ("filler", "word") => Sense::Filler,
        _ => return context_sense(section, key),
    })
}

/// The senses that may overlap others.
fn context_sense(section: &str, key: &str) -> Option<Sense> {
    Some(match (section, key) {
        ("place", "abroad") => Sense::Abroad,
        ("place", "there") => Sense::There,
        ("context", "now") => Sense::Now,
        ("context", "negation") => Sense::Negation,
        ("context", "hedge") => Sense::Hedge,
        ("context", "plan") => Sense::Plan,
        ("context", "say") => Sense::Say,
        ("context", "source") => Sense::Source,
        ("context", "duty") => Sense::Duty,
        ("event", _) => Sense::Event(key.to_owned()),
        ("cue", _) => Sense::Cue(key.to_owned()),
        _ => return None,
    })
}

fn time_unit(key: &str) -> Option<TimeUnit> {
    Some(match key {
        "day" => TimeUnit::Day,
        "week" => TimeUnit::Week,
        "month" => TimeUnit::Month,
        "year" => TimeUnit::Year,
        _ => return None,
    })
}

/// `1-9` of "the first nine months": the first and last month.
fn part_of_year(key: &str) -> Option<Sense> {
    let (first, last) = key.split_once('-')?;
    let month = |text: &str| text.parse().ok().filter(|month| (1..=12).contains(month));
    let (first, last) = (month(first)?, month(last)?);
    (first <= last).then_some(Sense::PartOfYear(first, last))
}

fn dating(key: &str) -> Option<Dating> {
    Some(match key {
        "at" => Dating::At,
        "from" => Dating::From,
        "until" => Dating::Until,
        "near" => Dating::Near,
        "year" => Dating::Year,
        "month" => Dating::Month,
        "day" => Dating::Day,
        "decade" => Dating::Decade,
        _ => return None,
    })
}
