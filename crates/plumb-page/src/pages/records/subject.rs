//! The page of a site, an employer or a cohort as a subject of signs: the eleven indicators with the evidence for and against
//! each, the two elements of the definition with how they are read, and the questionnaire that was answered about it.

use maud::{Markup, html};
use plumb_account::Key;
use plumb_account::signs::{subject_name, subject_record};
use plumb_core::case::Response;
use plumb_core::reference::{Kind, Reference};
use plumb_duty::indicators::{Assessment, Balance, Element, Evidence, Sign, Weight, assess, indicator_of, subjects};

use super::common::{capital, full_stop, or_unknown};
use crate::layout::{Context, Page, crumbs};
use crate::link;
use crate::site::Maker;
use crate::table;
use crate::words::{UNKNOWN, count_words, date_words, grade_mark};

/// Adds the page of each subject.
pub(super) fn add(maker: &mut Maker<'_>) {
    for subject in subjects(&maker.account().case) {
        maker.page(&link::path(&Key::Indicators(subject.to_owned())), |context| page(context, subject));
    }
}

/// The subjects as links, for the page of all signs.
pub(super) fn list(context: Context<'_>) -> Markup {
    let all = subjects(context.case());
    html! {
        @if !all.is_empty() {
            section {
                h2 id="subjects" { "Site by site, employer by employer" }
                ul { @for subject in all {
                    @let found = assess(context.case(), Some(subject));
                    li { (subject_link(context, subject)) ": " (counts(&found)) }
                } }
            }
        }
    }
}

/// The signs about an actor or a site in a line, for its own page; nothing where the case has none.
pub(super) fn line(context: Context<'_>, reference: &Reference) -> Markup {
    let about = |subject: &&str| subject_record(context.account, subject).as_ref() == Some(reference);
    html! {
        @for subject in subjects(context.case()).into_iter().filter(about) {
            p { (counts(&assess(context.case(), Some(subject)))) ". " (subject_link(context, subject)) "." }
        }
    }
}

fn subject_link(context: Context<'_>, subject: &str) -> Markup {
    let name = subject_name(context.account, subject);
    html! { a href=(context.why(&Key::Indicators(subject.to_owned()))) { bdi { (name) } } }
}

/// How many of the indicators have evidence of which sort.
fn counts(found: &Assessment) -> String {
    let parts = [Weight::Reported, Weight::Contested, Weight::ReportedAgainst, Weight::Unknown].map(|weight| {
        let count = found.count(weight);
        (count > 0).then(|| format!("{count} {}", weight.as_str()))
    });
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    format!("of {} indicators {}", found.signs.len(), parts.join(", "))
}

fn page(context: Context<'_>, subject: &str) -> Page {
    let name = subject_name(context.account, subject);
    let found = assess(context.case(), Some(subject));
    let body = html! {
        (crumbs(context, &[("index.html", "Answer"), ("indicators.html", "Signs of forced labour")], &name))
        h1 { "Signs of forced labour: " bdi { (name) } }
        p.lead { (capital(&counts(&found))) ". A sign is a reason to look; nothing here is a finding of forced labour." }
        @if let Some(record) = subject_record(context.account, subject) {
            p { "All that the case has about " (context.name(record.kind, &record.id)) "." }
        }
        section { h2 { "The indicators" } (signs(context, &found)) }
        (elements(context, &found))
        (questionnaire(context, subject))
    };
    Page { title: format!("Signs of forced labour: {name}"), body }
}

/// All indicators as rows, those without evidence too.
fn signs(context: Context<'_>, found: &Assessment) -> Markup {
    let caption = "Indicators with the evidence for and against each";
    table::scroll(
        caption,
        &html! {
            table {
                caption { (caption) }
                (table::head(&[("Indicator", ""), ("Stands", ""), ("For", ""), ("Against", ""), ("Asked and not known", "")]))
                tbody { @for sign in &found.signs { (sign_row(context, sign)) } }
            }
        },
    )
}

fn sign_row(context: Context<'_>, sign: &Sign) -> Markup {
    let balance = &sign.balance;
    html! {
        tr {
            th scope="row" {
                (capital(&sign.name))
                @if !sign.sign.is_empty() { br; span.meta { "What one would see: " (sign.sign) } }
            }
            td { (weight(balance)) }
            td.text { (pieces(context, &balance.pro, false)) }
            td.text { (pieces(context, &balance.contra, false)) }
            td.text { (pieces(context, &balance.open, false)) }
        }
    }
}

/// What the evidence comes to, with the best grade on either side.
pub(super) fn weight(balance: &Balance) -> Markup {
    html! {
        @match balance.weight() {
            Weight::Unknown => (UNKNOWN.markup()),
            other => span.mark { (other.as_str()) },
        }
        @for (words, evidence) in [("for", &balance.pro), ("against", &balance.contra)] {
            @if !evidence.is_empty() { br; span.meta { (evidence.len()) " " (words) ", best " (grade_mark(Balance::best(evidence))) } }
        }
    }
}

/// Pieces of evidence as a list, `anchored` where links to their rows lead.
pub(super) fn pieces(context: Context<'_>, evidence: &[Evidence], anchored: bool) -> Markup {
    // an indicator and an answer may have one id; a page can have only one anchor of that name
    let taken =
        |record: &Reference| record.kind == Kind::Response && context.case().indicators.get(&record.id).is_some();
    html! {
        @if !evidence.is_empty() {
            ul.reasons { @for one in evidence {
                li id=[(anchored && !taken(&one.record)).then_some(&one.record.id)] {
                    @if anchored { (or_unknown(&full_stop(&one.text))) (about(context, &one.record)) }
                    @else { a href=(context.record(one.record.kind, &one.record.id)) { (or_unknown(&full_stop(&one.text))) } }
                    " " (source(context, one))
                }
            } }
        }
    }
}

fn source(context: Context<'_>, one: &Evidence) -> Markup {
    html! {
        span.meta {
            @if one.source.is_empty() { "no source" } @else { (context.source_brief(&one.source)) " " (grade_mark(one.grade)) }
        }
    }
}

/// Whom a row is about, and its note.
fn about(context: Context<'_>, record: &Reference) -> Markup {
    let case = context.case();
    let row = case.indicators.get(&record.id).filter(|_| record.kind == Kind::Indicator);
    let response = case.responses.get(&record.id).filter(|_| record.kind == Kind::Response);
    let subjects = row.map(|row| row.subjects.as_slice()).unwrap_or_default();
    let note = row.map(|row| row.note.as_str()).or(response.map(|row| row.note.as_str())).unwrap_or_default();
    let subjects = subjects.iter().chain(response.map(|row| &row.supplier));
    html! {
        @for (at, subject) in subjects.enumerate() {
            @if at == 0 { " About: " } @else { ", " }
            (subject_link(context, subject))
        }
        @if !note.is_empty() { " " span.meta { "(" (note) ")" } }
    }
}

/// The two elements of the definition, each with the indicators that bear on it and how it is read.
pub(super) fn elements(context: Context<'_>, found: &Assessment) -> Markup {
    // the rows have their anchors on the page of all signs
    let anchored = found.subject.is_none();
    html! {
        section {
            h2 id="definition" { "The definition, and how it is read" }
            p {
                "Convention 29 of the ILO calls forced labour what is exacted under the menace of any penalty and for which a person \
                 has not offered himself or herself voluntarily. Both elements must be there; who weighs them is a person."
            }
            div.columns {
                @for (element, balance) in &found.readings {
                    div {
                        h3 { (capital(element.as_str())) }
                        (bearing(found, *element))
                        @if balance.contra.is_empty() { p { (no_dissent(context, found)) } }
                        @for (words, evidence) in [
                            ("Dissenting reading", &balance.contra),
                            ("Reading that finds it", &balance.pro),
                            ("Left open", &balance.open),
                        ] {
                            @if !evidence.is_empty() { h4 { (words) } (pieces(context, evidence, anchored)) }
                        }
                    }
                }
            }
        }
    }
}

/// Nobody dissents: in the case, or about this subject alone.
fn no_dissent(context: Context<'_>, found: &Assessment) -> Markup {
    html! {
        @if found.subject.is_none() { "No dissenting reading in this case." }
        @else {
            "No dissenting reading about this subject; "
            a href=(context.to("indicators.html#definition")) { "the readings of the case" } "."
        }
    }
}

fn bearing(found: &Assessment, element: Element) -> Markup {
    let bearing: Vec<&str> = found.reported_for(element).map(|sign| sign.name.as_str()).collect();
    html! {
        p {
            "Indicators reported that bear on it: "
            @if bearing.is_empty() { "none" } @else { (bearing.join(", ")) } "."
        }
    }
}

/// What was answered about a supplier; nothing where nobody was asked.
fn questionnaire(context: Context<'_>, subject: &str) -> Markup {
    let asked: Vec<&Response> = context.case().responses.iter().filter(|row| row.supplier == subject).collect();
    let (answered, open): (Vec<&Response>, Vec<&Response>) = asked.into_iter().partition(|row| !row.answer.is_empty());
    html! {
        @if !answered.is_empty() || !open.is_empty() {
            section {
                h2 id="questionnaire" { "Due-diligence questionnaire" }
                p {
                    (count_words(answered.len(), "question is", "questions are")) " answered, " (open.len()) " open. "
                    "Answers are the statements of those who gave them."
                }
                @if !answered.is_empty() { (table::scroll("Answers to the questionnaire", &html! {
                    table {
                        caption { "Answers to the questionnaire" }
                        (table::head(&[("Question", ""), ("Answer", ""), ("What shows it", ""), ("Source", ""), ("When", "")]))
                        tbody { @for row in &answered { (response_row(context, row)) } }
                    }
                })) }
                @if !open.is_empty() { details {
                    summary { "Not answered" }
                    ul { @for row in &open { li { (row.question) } } }
                } }
            }
        }
    }
}

/// Answers about signs that belong to none of the eleven, for the page of all signs.
pub(super) fn other_answers(context: Context<'_>) -> Markup {
    let case = context.case();
    let others = case.responses.iter().filter(|row| !row.answer.is_empty() && indicator_of(case, row).is_empty());
    let others: Vec<&Response> = others.collect();
    html! {
        @if !others.is_empty() {
            section {
                h2 { "Answers about other signs" }
                ul { @for row in others {
                    li id=[case.indicators.get(&row.id).is_none().then_some(&row.id)] {
                        (full_stop(&row.question)) " " span.mark { (row.answer) } (about(context, &row.reference()))
                    }
                } }
            }
        }
    }
}

fn response_row(context: Context<'_>, row: &Response) -> Markup {
    html! {
        tr {
            th scope="row" { (row.question) }
            td { span.mark { (row.answer) } }
            td.text { (or_unknown(&row.evidence)) @if !row.note.is_empty() { " " span.meta { (row.note) } } }
            td { @if row.source.is_empty() { span.meta { "no source" } } @else { (context.source_brief(&row.source)) } }
            td { @match row.date { Some(date) => (date_words(date)), None => span.meta { "undated" } } }
        }
    }
}
