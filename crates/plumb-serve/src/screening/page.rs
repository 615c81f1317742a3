//! Pages of results: `limit`, `offset` and `sort`, as in yente.

use std::cmp::Ordering;

use super::parameters::Parameters;

/// Results on a page unless the caller says otherwise, and at most.
pub(crate) const RESULTS: usize = 10;
pub(crate) const MOST_RESULTS: usize = 500;
/// Results that can be reached by paging.
const REACH: usize = 9999;

/// `limit` and `offset`; together they do not go beyond what can be reached.
pub(crate) fn read(parameters: &mut Parameters) -> (usize, usize) {
    let limit = parameters.number("limit", RESULTS, MOST_RESULTS);
    let offset = parameters.number("offset", 0, REACH - MOST_RESULTS);
    (limit.min(REACH - offset), offset)
}

/// `sort`: fields, each with whether it descends.
pub(crate) fn sort(parameters: &mut Parameters) -> Vec<(String, bool)> {
    let read = |text: String| match text.rsplit_once(':') {
        Some((field, order)) => (field.to_owned(), order == "desc"),
        None => (text, false),
    };
    parameters.texts("sort").into_iter().map(read).collect()
}

/// The order of two values of a field; what has none comes last, whichever way.
pub(crate) fn compared(one: Option<&String>, two: Option<&String>, descending: bool) -> Ordering {
    match (one, two) {
        (Some(one), Some(two)) if descending => two.cmp(one),
        (Some(one), Some(two)) => one.cmp(two),
        (one, two) => one.is_none().cmp(&two.is_none()),
    }
}
