//! The page of a source: what it is, what of it was read, everything in the case that rests on it, its known errors.

use maud::{Markup, html};
use plumb_core::case::{Observation, Source};
use plumb_core::reference::Kind;

use super::common::{
    UNTITLED, capital, defect, events, expected, fact, mention_section, records, section, sites, source_name, spaced,
    text_fact, web_address,
};
use super::shelf::Shelf;
use crate::language::title_language;
use crate::layout::{Context, Page, crumbs};
use crate::link;
use crate::site::Maker;
use crate::table::{self, Columns};
use crate::words::{count_words, date_words, foreign, grade_mark, period_words};

/// Adds the page of every source.
pub(super) fn add(maker: &mut Maker<'_>, shelf: &Shelf<'_>) {
    let sources = maker.account().case.sources.iter().as_slice();
    maker.pages(sources, |source| link::record(&source.reference()), |context, source| page(context, shelf, source));
}

fn page(context: Context<'_>, shelf: &Shelf<'_>, source: &Source) -> Page {
    let title = if source.title.is_empty() { UNTITLED } else { &source.title };
    let body = html! {
        (crumbs(context, &[("sources.html", "Sources")], &source.id))
        h1 { (foreign(title_language(source), title)) }
        p.lead {
            bdi { (source.publisher) } @if let Some(date) = source.date { ", " (date_words(date)) } ". "
            (contribution(shelf, source))
        }
        dl.facts { (facts(source)) }
        (errors(context, shelf, source))
        (claims(context, shelf, source))
        (records_of(context, shelf, source))
    };
    Page { title: source_name(source), body }
}

fn contribution(shelf: &Shelf<'_>, source: &Source) -> String {
    match shelf.account.index.mentions(&source.reference()).len() {
        0 => "Nothing in the case rests on it.".to_owned(),
        count => format!("{} of the case rest on it.", capital(&count_words(count, "row", "rows"))),
    }
}

fn facts(source: &Source) -> Markup {
    html! {
        (expected("Publisher", &source.publisher))
        (expected("Published", &source.date.map(date_words).unwrap_or_default()))
        (fact("Address", &web_address(&source.url)))
        (text_fact("Kind", &spaced(&source.kind)))
        (fact("Grade", &html! {
            (grade_mark(source.grade)) @if let Some(grade) = source.grade { " " (grade.meaning()) " (Admiralty scale)" }
        }))
        (fact("What was read", &html! { (seen_words(&source.seen)) }))
        (text_fact("Language", &language_words(&source.language)))
        (text_fact("Note", &source.note))
        @if !source.copy.is_empty() { (fact("Copy kept in the case", &html! { code { (source.copy) } })) }
        @if !source.sha256.is_empty() { (fact("SHA-256 of the copy", &html! { code { (source.sha256) } })) }
        (fact("In the files", &html! { code { (source.row.file) ":" (source.row.line) } ", " code { (source.id) } }))
    }
}

/// What of a source the compilers have read, in words.
fn seen_words(seen: &str) -> &str {
    match seen {
        "whole" => "the whole of it",
        "excerpt" => "an excerpt",
        "digest" => "a digest by others",
        "not-seen" => "nothing of it: it is known through others",
        "" => "not stated",
        other => other,
    }
}

/// The name of a language where the code is a common one.
fn language_words(code: &str) -> String {
    let name = match code.split('-').next().unwrap_or_default() {
        "en" => "English",
        "ko" => "Korean",
        "ru" => "Russian",
        "zh" => "Chinese",
        "ja" => "Japanese",
        "ar" => "Arabic",
        "de" => "German",
        "fr" => "French",
        "es" => "Spanish",
        "nl" => "Dutch",
        "pl" => "Polish",
        "uk" => "Ukrainian",
        "bg" => "Bulgarian",
        "hu" => "Hungarian",
        "id" => "Indonesian",
        _ => return code.to_owned(),
    };
    format!("{name} ({code})")
}

/// Its own errors, and those of others that it corrects.
fn errors(context: Context<'_>, shelf: &Shelf<'_>, source: &Source) -> Markup {
    let found = shelf.mentions(Kind::Source, &source.id, Kind::Defect);
    let (own, corrected): (Vec<_>, Vec<_>) =
        records(&context.case().defects, &found).into_iter().partition(|one| one.source == source.id);
    let list = |defects: &[&plumb_core::case::Defect]| {
        html! { @if !defects.is_empty() { ul { @for one in defects { li { (defect(context, one)) } } } } }
    };
    html! {
        (section("Known errors in it", &list(&own)))
        (section("Errors of others that it corrects", &list(&corrected)))
    }
}

fn claims(context: Context<'_>, shelf: &Shelf<'_>, source: &Source) -> Markup {
    let ids = shelf.mentions(Kind::Source, &source.id, Kind::Claim);
    let columns = Columns { measure: true, place: true, no_source: true };
    html! {
        @if !ids.is_empty() {
            section {
                h2 { "Claims" }
                (table::claims(context, &count_words(ids.len(), "claim", "claims"), ids.iter().copied(), columns))
            }
        }
    }
}

/// Everything else that rests on it.
fn records_of(context: Context<'_>, shelf: &Shelf<'_>, source: &Source) -> Markup {
    let of = source.reference();
    let ids = |kind| shelf.mentions(Kind::Source, &source.id, kind);
    let case = context.case();
    let all = |heading, kind| mention_section(context, shelf, heading, &of, kind);
    html! {
        (section("Events", &events(context, records(&case.events, &ids(Kind::Event)), false)))
        (all("Actors", Kind::Actor))
        (all("Links", Kind::Link))
        (section("Places of work", &sites(context, records(&case.sites, &ids(Kind::Site)))))
        (all("Duties", Kind::Duty))
        (all("Answers of states", Kind::Answer))
        (all("Signs of forced labour", Kind::Indicator))
        (all("Signs for buyers and auditors", Kind::Sign))
        (all("Rules of labour law", Kind::Rule))
        (section("Reference figures", &observations(context, &records(&case.observations, &ids(Kind::Observation)))))
    }
}

fn observations(context: Context<'_>, rows: &[&Observation]) -> Markup {
    html! {
        @if !rows.is_empty() {
            ul { @for row in rows {
                li {
                    (context.name(Kind::Measure, &row.series)) ", " (context.place(&row.place))
                    ", " (period_words(&row.period)) ": "
                    a.figure href=(context.record(Kind::Observation, &row.id)) { (row.quantity.figure()) }
                }
            } }
        }
    }
}
