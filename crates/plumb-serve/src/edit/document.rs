//! A document: its text with the proposals marked, each paragraph beside the cards of its proposals.

use std::ops::Range;

use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse as _, Response};
use maud::{Markup, html};
use plumb_page::layout::{Page, crumbs, frame};
use plumb_propose::{Citation, Draft, Kind, Log, Proposal, Readout, Record, SourceDetails, State as Standing};

use super::desk::{Desks, aside};
use crate::problem::Problem;

/// Paragraphs that are shown at once. A book has fewer; of a longer text only those with proposals are shown.
const MOST_PARAGRAPHS: usize = 3000;

/// Why a decision was not carried out, with what was filled in.
pub(crate) struct Said {
    pub(crate) proposal: String,
    pub(crate) message: String,
    pub(crate) draft: Option<Draft>,
}

/// A paragraph of the text with the proposals that begin in it.
struct Paragraph<'a> {
    range: Range<usize>,
    proposals: Vec<(Range<usize>, &'a Proposal)>,
}

/// Answers with the page.
pub(crate) async fn answer(State(desks): State<Desks>, Path((_token, sha256)): Path<(String, String)>) -> Response {
    aside(move || {
        let readout = desks.readout(&sha256)?;
        Ok(page(&desks, &readout, None)?.into_response())
    })
    .await
}

/// The page, perhaps with why the last decision was not carried out.
pub(crate) fn page(desks: &Desks, readout: &Readout, said: Option<&Said>) -> Result<Html<String>, Problem> {
    let record = &readout.record;
    let log = desks.log()?;
    let text = desks.editing.store.text(&record.sha256).map_err(|_error| Problem::fault())?;
    let places = readout.places(text.clone());
    let mut paragraphs = paragraphs(&text, &places);
    let whole = paragraphs.len() <= MOST_PARAGRAPHS;
    if !whole {
        paragraphs.retain(|paragraph| !paragraph.proposals.is_empty());
    }
    let token = &desks.editing.token;
    let path = format!("edit/{token}/{}", record.sha256);
    let edition = desks.workbench.current();
    let context = edition.context(&path);
    let front = format!("edit/{token}/");
    let base = format!("/{path}");
    let body = html! {
        link rel="stylesheet" href="/edit.css";
        (crumbs(context, &[(&front, "Documents")], record.name()))
        h1 { bdi { (record.name()) } }
        (about(record))
        (cited(desks.citation(readout, &log).as_ref(), record, &base))
        @if !whole { p { "The text is long: only paragraphs with proposals are shown." } }
        @for paragraph in &paragraphs {
            div.reading {
                p.text dir="auto" { (marked(&text, paragraph, &log)) }
                @if !paragraph.proposals.is_empty() {
                    div.cards {
                        @for (_, proposal) in &paragraph.proposals {
                            (card(proposal, log.state(&proposal.id), &base, said.filter(|said| said.proposal == proposal.id)))
                        }
                    }
                }
            }
        }
    };
    Ok(Html(frame(context, &Page { title: record.name().to_owned(), body })))
}

/// The lines of the text that are not empty, with their proposals.
fn paragraphs<'a>(text: &str, places: &[(Range<usize>, &'a Proposal)]) -> Vec<Paragraph<'a>> {
    let mut paragraphs = Vec::new();
    let (mut start, mut places) = (0, places.iter().peekable());
    for line in text.split_inclusive('\n') {
        let range = start..start + line.trim_end().len();
        start += line.len();
        let mut proposals = Vec::new();
        while let Some((place, proposal)) = places.next_if(|(place, _)| place.start < start) {
            proposals.push((place.clone(), *proposal));
        }
        if !line.trim().is_empty() {
            paragraphs.push(Paragraph { range, proposals });
        }
    }
    paragraphs
}

/// The words of a paragraph, those of proposals marked. Where two overlap, the first is marked whole.
fn marked(text: &str, paragraph: &Paragraph<'_>, log: &Log) -> Markup {
    let slice = |range: Range<usize>| text.get(range).unwrap_or_default();
    let mut at = paragraph.range.start;
    let mut pieces: Vec<(&str, Option<&Proposal>)> = Vec::new();
    for (place, proposal) in &paragraph.proposals {
        // words may run on into the next paragraph; their mark ends with this one
        let end = place.end.min(paragraph.range.end);
        if place.start >= at && end > place.start {
            pieces.push((slice(at..place.start), None));
            pieces.push((slice(place.start..end), Some(proposal)));
            at = end;
        }
    }
    pieces.push((slice(at..paragraph.range.end), None));
    html! {
        @for (words, proposal) in pieces {
            @match proposal {
                Some(proposal) => a href=(format!("#p-{}", proposal.id)) { mark class=(standing(log.state(&proposal.id))) { (words) } },
                None => (words),
            }
        }
    }
}

fn standing(state: Standing<'_>) -> &'static str {
    match state {
        Standing::Open => "open",
        Standing::Accepted(_) => "accepted",
        Standing::Rejected(_) => "rejected",
    }
}

/// What is known of the document, and what to distrust.
fn about(record: &Record) -> Markup {
    html! {
        p.meta {
            (record.path) " · " (record.kind)
            @if record.pages > 0 { " · " (record.pages) " pages" }
            " · SHA-256 " code { (record.sha256.get(..16).unwrap_or_default()) "…" }
        }
        @if record.replaced_by.is_some() {
            p role="status" { "An earlier version: another document has taken its place. Decide about that one." }
        }
        @if !record.notes.is_empty() {
            ul { @for note in &record.notes { li { bdi { (note.to_string()) } " – " (note.hint()) } } }
        }
    }
}

/// Which source the document is, or the form to say so.
fn cited(citation: Option<&Citation>, record: &Record, base: &str) -> Markup {
    let details = match citation {
        Some(Citation::Known(id)) => {
            return html! { p { "In the case it is the source " a href=(format!("/sources/{id}.html")) { code { (id) } } "." } };
        }
        Some(Citation::New(details)) => details.clone(),
        None => SourceDetails::suggested(record),
    };
    let field = |name: &str, label: &str, value: &str| {
        html! { label { (label) " " input name=(name) value=(value) autocomplete="off"; } }
    };
    html! {
        details.source open[details.publisher.is_empty()] {
            summary {
                @if details.publisher.is_empty() { "Say who published it, before you accept anything" }
                @else { "It will be cited as “" bdi { (details.publisher) } "”" }
            }
            form method="post" action=(base) {
                (field("publisher", "Publisher", &details.publisher))
                (field("title", "Title", &details.title))
                (field("date", "Date (2017, 2017-12 or 2017-12-22)", &details.date))
                (field("url", "Address", &details.url))
                (field("kind", "Kind (news, ngo-report …)", &details.kind))
                (field("source", "Or the id of a source of the case", ""))
                button type="submit" { "Cite it so" }
            }
        }
    }
}

/// A proposal, what was decided, and the form to decide.
fn card(proposal: &Proposal, state: Standing<'_>, base: &str, said: Option<&Said>) -> Markup {
    let draft = said.and_then(|said| said.draft.as_ref()).unwrap_or(&proposal.draft);
    html! {
        form class={ "card " (standing(state)) } id={ "p-" (proposal.id) } method="post" action=(format!("{base}/{}", proposal.id)) {
            p.claim { (head(proposal.kind, draft)) }
            @if !draft.get("said_by").is_empty() { p { "Said by " bdi { (draft.get("said_by")) } } }
            p.meta { (proposal.locator) " · confidence " (format!("{:.2}", proposal.confidence)) ": " (proposal.reasons.join("; ")) }
            @if let Some(said) = said { p.refused role="alert" { "Not done: " (said.message) } }
            @match state {
                Standing::Open => (choices(proposal, draft, said.is_some())),
                Standing::Accepted(entry) => {
                    p { "Accepted as " (became(proposal.kind, entry.became.as_deref().unwrap_or_default())) " by " (entry.who) " on " (entry.day) }
                    button name="do" value="undo" { "Undo" }
                },
                Standing::Rejected(entry) => {
                    p { "Rejected by " (entry.who) " on " (entry.day) }
                    button name="do" value="undo" { "Undo" }
                },
            }
        }
    }
}

/// What is proposed, in a line or two.
fn head(kind: Kind, draft: &Draft) -> Markup {
    let known = |field: &str| match draft.get(field) {
        "" => format!("{field} not known"),
        value => value.to_owned(),
    };
    match kind {
        Kind::Claim => {
            let figure = draft.figure().unwrap_or_else(|| "figure not known".to_owned());
            html! { strong { (figure) } br; (known("measure")) " · " (known("place")) " · " (known("period")) }
        }
        Kind::Event => {
            html! { strong { (known("date")) } " event" br; bdi { (known("summary")) } " · " (known("place")) " · " (known("kind")) }
        }
    }
}

/// The id of what a proposal became, with its page where it has one.
fn became(kind: Kind, id: &str) -> Markup {
    match kind {
        Kind::Claim => html! { a href=(format!("/claims/{id}.html")) { (id) } },
        Kind::Event => html! { "the event " code { (id) } },
    }
}

/// Accept, reject, and the cells to correct first.
fn choices(proposal: &Proposal, draft: &Draft, open: bool) -> Markup {
    html! {
        details open[open] {
            summary { "Correct" }
            @if !proposal.other_measures.is_empty() { p.meta { "Perhaps " (proposal.other_measures.join(", ")) } }
            @for field in proposal.kind.fields() {
                label { (field) " " input name=(field) value=(draft.get(field)) autocomplete="off" spellcheck="false"; }
            }
        }
        button name="do" value="accept" { "Accept" }
        " "
        button name="do" value="reject" { "Reject" }
    }
}
