//! The records of a dataset that an expression finds.

use std::collections::BTreeMap;

use plumb_screen::index::{Filters, WordMatch};
use serde_json::Value;

use super::dataset::Dataset;
use super::entity;
use super::expression::Expression;

/// Records with their relevance.
type Relevances = BTreeMap<u32, f64>;

/// The records that an expression finds among those that filters admit, by number and with their relevance.
pub(crate) fn records(dataset: &Dataset, expression: &Expression, fuzzy: bool, filters: &Filters<'_>) -> Relevances {
    let words = |text: &str, how| -> Relevances {
        let found = dataset.index.find_word(text, how, filters);
        found.into_iter().map(|found| (found.record, found.relevance)).collect()
    };
    let all = || -> Relevances {
        dataset.index.find("", filters).into_iter().map(|found| (found.record, found.relevance)).collect()
    };
    let find = |term: &Expression| records(dataset, term, fuzzy, filters);
    match expression {
        Expression::Anything => all(),
        Expression::Word(text) => words(text, if fuzzy { WordMatch::Near } else { WordMatch::Whole }),
        Expression::Begun(text) => words(text, WordMatch::Begun),
        Expression::Phrase(text) => {
            let mut found = words(text, WordMatch::Whole);
            found.retain(|record, _| holds_phrase(dataset, *record, text));
            found
        }
        Expression::Field(field, value) => {
            let mut found = all();
            found.retain(|record, _| has_value(dataset, *record, field, value));
            found
        }
        Expression::All(terms) => {
            // what is excluded is taken from what the others find, not found first
            let (not, wanted): (Vec<_>, Vec<_>) = terms.iter().partition(|term| matches!(term, Expression::Not(_)));
            let found = wanted.into_iter().map(find).reduce(both);
            not.into_iter().fold(found.unwrap_or_else(all), |found, term| without(found, term, &find))
        }
        Expression::Any(sides) => sides.iter().map(find).reduce(either).unwrap_or_default(),
        Expression::Not(_) => without(all(), expression, &find),
    }
}

/// What is left of records where an excluding term is taken away.
fn without(mut found: Relevances, term: &Expression, find: &dyn Fn(&Expression) -> Relevances) -> Relevances {
    if let Expression::Not(inner) = term {
        let excluded = find(inner);
        found.retain(|record, _| !excluded.contains_key(record));
    }
    found
}

fn both(mut left: Relevances, right: Relevances) -> Relevances {
    left.retain(|record, _| right.contains_key(record));
    for (record, relevance) in right {
        left.entry(record).and_modify(|sum| *sum += relevance);
    }
    left
}

fn either(mut left: Relevances, right: Relevances) -> Relevances {
    for (record, relevance) in right {
        *left.entry(record).or_default() += relevance;
    }
    left
}

/// Whether a value of the record holds the words one after the other.
fn holds_phrase(dataset: &Dataset, record: u32, phrase: &str) -> bool {
    let wanted = format!(" {} ", plain(phrase));
    let Some(entity) = entity::entity(dataset, record) else { return false };
    let properties = entity.get("properties").and_then(Value::as_object).into_iter().flatten();
    let mut texts =
        properties.flat_map(|(_, values)| values.as_array().into_iter().flatten().filter_map(Value::as_str));
    texts.any(|text| format!(" {} ", plain(text)).contains(&wanted))
}

/// The words of a text, folded, with one space between them.
fn plain(text: &str) -> String {
    let folded = plumb_screen::index::fold(text);
    folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether a record has a value of a field: names and other texts by their words, everything else whole.
fn has_value(dataset: &Dataset, record: u32, field: &str, value: &str) -> bool {
    let Some(entity) = entity::entity(dataset, record) else { return false };
    // people also write a bare property, `birthDate:1985`
    let values = entity::field(&entity, field).or_else(|| entity::field(&entity, &format!("properties.{field}")));
    let wanted = plain(value);
    let holds = |text: &String| {
        text == value || (!wanted.is_empty() && format!(" {} ", plain(text)).contains(&format!(" {wanted} ")))
    };
    values.unwrap_or_default().iter().any(holds)
}
