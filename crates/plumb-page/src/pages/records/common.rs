//! What record pages say alike: names that may lead nowhere, lists of records, addresses of the web, languages.

use maud::{Markup, html};
use plumb_core::case::{Defect, Event, Site, Source};
use plumb_core::date::PartialDate;
use plumb_core::reference::{Kind, Reference};

use super::shelf::Shelf;
use crate::language::language_of;
use crate::layout::Context;
use crate::words::{UNKNOWN, count_words, date_words, foreign, maybe_period_words, verify_mark};

/// What stands for a title that nobody gave.
pub(super) const UNTITLED: &str = "(untitled)";

/// A name for a term and its definition in a list of facts; nothing when there is nothing to say.
pub(super) fn fact(term: &str, said: &Markup) -> Markup {
    html! { @if !said.0.is_empty() { dt { (term) } dd { (said) } } }
}

/// The same for plain text.
pub(super) fn text_fact(term: &str, text: &str) -> Markup {
    html! { @if !text.is_empty() { dt { (term) } dd { (text) } } }
}

/// A fact that a reader expects: the fixed word for unknown where it is missing.
pub(super) fn expected(term: &str, text: &str) -> Markup {
    html! { dt { (term) } dd { (or_unknown(text)) } }
}

/// Text that may be empty or say that it is unknown: then the fixed word and sign.
pub(super) fn or_unknown(text: &str) -> Markup {
    let unknown = text.is_empty() || text.trim_end_matches('.') == UNKNOWN.word;
    html! { @if unknown { (UNKNOWN.markup()) } @else { (text) } }
}

/// A name, isolated, with its language where the script tells it.
pub(super) fn named(text: &str) -> Markup {
    foreign(language_of(text), text)
}

/// An address of the web as visible text and link; what is no web address is shown and not linked.
pub(super) fn web_address(url: &str) -> Markup {
    let lower = url.to_ascii_lowercase();
    let safe = ["http://", "https://"].iter().any(|scheme| lower.starts_with(scheme));
    html! {
        @if safe { a href=(url) rel="noreferrer nofollow" { (url) } } @else { (url) }
    }
}

/// A record's name as a link, or its id as plain text where the case has no such record.
pub(super) fn name(context: Context<'_>, kind: Kind, id: &str) -> Markup {
    if known(context, kind, id) {
        context.name(kind, id)
    } else {
        html! { bdi { (id) } }
    }
}

/// Whether the case has a record.
pub(super) fn known(context: Context<'_>, kind: Kind, id: &str) -> bool {
    let case = context.case();
    match kind {
        Kind::Place => case.places.is_known(id),
        Kind::Measure => case.measures.contains_key(id),
        _ => case.row(&Reference::new(kind, id)).is_some(),
    }
}

/// A section with a heading of the second level; nothing when it would be empty.
pub(super) fn section(heading: &str, body: &Markup) -> Markup {
    html! { @if !body.0.is_empty() { section { h2 { (heading) } (body) } } }
}

/// A word with its first letter in capital.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A text of a table as a sentence: with a full stop, unless it ends in a mark of its own. Nothing stays nothing.
pub(super) fn full_stop(text: &str) -> String {
    let ended = text.is_empty() || text.ends_with(['.', '!', '?', '…', '。']);
    if ended { text.to_owned() } else { format!("{text}.") }
}

/// A word of a table for readers: `official-un-copy` reads `official UN copy`.
pub(super) fn spaced(word: &str) -> String {
    const ABBREVIATIONS: [&str; 5] = ["UN", "EU", "ILO", "NGO", "IT"];
    let parts = word
        .split(['-', '_'])
        .map(|part| ABBREVIATIONS.into_iter().find(|short| short.eq_ignore_ascii_case(part)).unwrap_or(part));
    parts.collect::<Vec<_>>().join(" ")
}

/// Counts in a line, those of nothing left out: `12 claims, 1 event`.
pub(super) fn counts(counts: &[(usize, Kind)]) -> String {
    let filled = counts.iter().filter(|(count, _)| *count > 0);
    let words = filled.map(|(count, kind)| {
        let (one, many) = kind_words(*kind);
        count_words(*count, one, many)
    });
    words.collect::<Vec<_>>().join(", ")
}

/// A source in words: publisher and title.
pub(super) fn source_name(source: &Source) -> String {
    let title = if source.title.is_empty() { UNTITLED } else { &source.title };
    format!("{}: {title}", source.publisher)
}

/// What a reader calls records of a kind, one and several.
fn kind_words(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Observation => ("reference figure", "reference figures"),
        Kind::Site => ("place of work", "places of work"),
        other => (other.as_str(), other.plural()),
    }
}

/// Several things in a line, parted by commas.
pub(super) fn joined(parts: impl IntoIterator<Item = Markup>) -> Markup {
    html! { @for (at, part) in parts.into_iter().enumerate() { @if at > 0 { ", " } (part) } }
}

/// A date of publication in words; one that nobody gives says so.
pub(super) fn dated(date: Option<PartialDate>) -> String {
    date.map_or_else(|| "undated".to_owned(), date_words)
}

/// Lines of a fact that says several things.
pub(super) fn lines(lines: impl IntoIterator<Item = Markup>) -> Markup {
    html! { @for line in lines { div { (line) } } }
}

/// Events as a list: date, what happened, source.
pub(super) fn events<'a>(
    context: Context<'_>,
    events: impl IntoIterator<Item = &'a Event>,
    with_source: bool,
) -> Markup {
    let mut events: Vec<&Event> = events.into_iter().collect();
    events.sort_by_key(|event| event.date.earliest());
    html! {
        @if !events.is_empty() {
            ul { @for event in events {
                li {
                    (date_words(event.date)) ": "
                    a href=(context.record(Kind::Event, &event.id)) { (event.summary) }
                    @if with_source { ". " span.meta { (context.source_brief(&event.source)) } }
                    @if !event.verify.is_empty() { " " (verify_mark(&event.verify)) }
                }
            } }
        }
    }
}

/// Sites as a list: name, place, time, workers in words, what is reported.
pub(super) fn sites<'a>(context: Context<'_>, sites: impl IntoIterator<Item = &'a Site>) -> Markup {
    let sites: Vec<&Site> = sites.into_iter().collect();
    html! {
        @if !sites.is_empty() {
            ul { @for site in sites {
                li {
                    (context.name(Kind::Site, &site.id)) ", " (context.place(&site.place))
                    ", " (maybe_period_words(site.period.as_ref())) "."
                    @if !site.workers.is_empty() { " Workers: " (or_unknown(&full_stop(&site.workers))) }
                    @if !site.incidents.is_empty() { " Reported: " (full_stop(&site.incidents)) }
                }
            } }
        }
    }
}

/// A known error in a source: what it says, what the better evidence says.
pub(super) fn defect(context: Context<'_>, defect: &Defect) -> Markup {
    let sort = if defect.kind.is_empty() { "known error" } else { &defect.kind };
    html! {
        a href=(context.record(Kind::Defect, &defect.id)) { (capital(sort)) }
        ": " (context.source_brief(&defect.source)) " says “" (defect.says) "”."
        @if !defect.better.is_empty() {
            " Better evidence: “" (defect.better) "”"
            @if known(context, Kind::Source, &defect.evidence) { " (" (context.source_brief(&defect.evidence)) ")" }
            "."
        }
        @if !defect.note.is_empty() { " " (full_stop(&defect.note)) }
    }
}

/// Records of one kind as a list of links in words.
pub(super) fn record_list(context: Context<'_>, kind: Kind, ids: &[&str]) -> Markup {
    html! { @if !ids.is_empty() { ul { @for id in ids { li { (context.name(kind, id)) } } } } }
}

/// The records of a case by their ids.
pub(super) fn records<'a, T>(table: &'a plumb_core::case::Table<T>, ids: &[&str]) -> Vec<&'a T> {
    ids.iter().filter_map(|id| table.get(id)).collect()
}

/// Everything of a kind that mentions a record, as a section of links; for the kinds without a list of their own.
pub(super) fn mention_section(
    context: Context<'_>,
    shelf: &Shelf<'_>,
    heading: &str,
    of: &Reference,
    by: Kind,
) -> Markup {
    section(heading, &record_list(context, by, &shelf.mentions(of.kind, &of.id, by)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_linked() {
        assert!(web_address("https://example.org/").into_string().contains("rel=\"noreferrer nofollow\""));
        for hostile in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " https://x"] {
            assert!(!web_address(hostile).into_string().contains("href"), "{hostile}");
        }
    }
}
