//! Duties: who is bound to what by when, what was answered, and who is overdue.

use std::collections::BTreeMap;

use jiff::civil::Date;
use maud::{Markup, html};
use plumb_core::case::{Answer, Case, Duty};
use plumb_core::date::PartialDate;
use plumb_core::figure;
use plumb_core::reference::Kind;
use plumb_duty::{Position, Standing};
use rust_decimal::Decimal;

use super::states;
use crate::chart::scale::Years;
use crate::chart::track::{Answered, Chart, Track};
use crate::layout::{Context, Page, crumbs, standing_mark, verify_mark};
use crate::table;
use crate::words::{SILENT, count_words, date_words, position_mark};

/// More answers than this are not drawn on one track; the table has them all.
const MOST_DRAWN: usize = 40;

/// What all pages of duties look up.
pub(super) struct Book<'a> {
    /// Positions of each duty.
    positions: BTreeMap<&'a str, Vec<&'a Position>>,
    /// Answers to each duty, in the order of the table.
    answers: BTreeMap<&'a str, Vec<&'a Answer>>,
}

impl<'a> Book<'a> {
    /// The book of an account.
    pub(super) fn of(account: &'a plumb_account::Account) -> Self {
        let mut book = Self { positions: BTreeMap::new(), answers: BTreeMap::new() };
        for position in &account.positions {
            book.positions.entry(position.duty.as_str()).or_default().push(position);
        }
        for answer in &account.case.answers {
            for duty in &answer.duties {
                book.answers.entry(duty.as_str()).or_default().push(answer);
            }
        }
        book
    }

    /// Positions of a duty.
    pub(super) fn positions(&self, duty: &str) -> &[&'a Position] {
        self.positions.get(duty).map_or(&[], Vec::as_slice)
    }

    /// Answers to a duty.
    pub(super) fn answers(&self, duty: &str) -> &[&'a Answer] {
        self.answers.get(duty).map_or(&[], Vec::as_slice)
    }

    /// Bearers of a duty who stand so.
    pub(super) fn bearers(&self, duty: &str, standing: Standing) -> Vec<String> {
        let fits = self.positions(duty).iter().filter(|position| position.standing == standing);
        fits.map(|position| position.bearer.clone()).collect()
    }

    /// Duties with a deadline: first those that somebody left unanswered, then those to come, then the others; within each
    /// by date.
    fn dated(&self, case: &'a Case, as_of: Date) -> Vec<(&'a Duty, PartialDate)> {
        let mut dated: Vec<_> = case.duties.iter().filter_map(|duty| Some((duty, duty.deadline?))).collect();
        dated.sort_by_key(|(duty, deadline)| {
            let silent = self.bearers(&duty.id, Standing::Silent).len();
            (silent == 0, deadline.latest() <= as_of, deadline.latest())
        });
        dated
    }
}

/// The page of all duties and answers.
pub(super) fn page(context: Context<'_>, book: &Book<'_>) -> Page {
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "Duties"))
        h1 { "Who is bound to what" }
        div.lead { p { (summary(context, book)) } }
        (overdue(context, book, &html! { h2 { "Overdue" } }))
        (track(context, book, usize::MAX))
        (states::list(context))
        h2 id="all" { "All duties" }
        (all(context, book))
        h2 id="answers" { "What was answered" }
        (answers(context, "All answers", &context.case().answers.iter().collect::<Vec<_>>(), true))
    };
    Page { title: "Duties".to_owned(), body }
}

fn summary(context: Context<'_>, book: &Book<'_>) -> Markup {
    let case = context.case();
    let dated = case.duties.iter().filter(|duty| duty.deadline.is_some()).count();
    let silent: usize = case.duties.iter().map(|duty| book.bearers(&duty.id, Standing::Silent).len()).sum();
    html! {
        (count_words(case.duties.len(), "duty", "duties")) ", " (dated) " of them with a deadline; "
        (count_words(case.answers.len(), "answer is", "answers are")) " known. By "
        (date_words(PartialDate::day(context.account.as_of)))
        @match silent {
            0 => ", every state named here had answered in some way.",
            1 => ", one deadline of a state named here had passed without an answer that this case knows.",
            many => { ", " (many) " deadlines of states named here had passed without an answer that this case knows." },
        }
    }
}

/// The overdue under their heading: by duty, who has let its deadline pass without a known answer.
pub(super) fn overdue(context: Context<'_>, book: &Book<'_>, heading: &Markup) -> Markup {
    let dated = book.dated(context.case(), context.account.as_of);
    let silent: Vec<(&Duty, PartialDate, Vec<String>)> = (dated.into_iter())
        .map(|(duty, deadline)| (duty, deadline, book.bearers(&duty.id, Standing::Silent)))
        .filter(|(.., bearers)| !bearers.is_empty())
        .collect();
    html! {
        @if !silent.is_empty() {
            (heading)
            ul {
                @for (duty, deadline, bearers) in &silent {
                    li {
                        (context.name(Kind::Duty, &duty.id)) ", due " (date_words(*deadline)) ": " (SILENT.markup()) " of "
                        (states::links(context, bearers)) "."
                    }
                }
            }
            p.note {
                "No answer known to this case. The press described the answers of few states; one that is silent \
                 here may have answered."
            }
        }
    }
}

/// Duties with a deadline on a track of time, at most `most` of them.
pub(super) fn track(context: Context<'_>, book: &Book<'_>, most: usize) -> Markup {
    let dated = book.dated(context.case(), context.account.as_of);
    let tracks: Vec<Track> =
        dated.iter().take(most).map(|(duty, deadline)| track_of(context, book, duty, *deadline)).collect();
    if tracks.is_empty() {
        return html! {};
    }
    let title = html! {
        (count_words(tracks.len(), "duty", "duties")) " with a deadline, and what was answered by "
        (date_words(PartialDate::day(context.account.as_of)))
    };
    chart(context, title, tracks)
}

fn chart(context: Context<'_>, title: Markup, tracks: Vec<Track>) -> Markup {
    let as_of = context.account.as_of;
    let years = years_of(&tracks, as_of);
    Chart { id: "track".to_owned(), title, note: legend(), years, as_of, tracks }.markup()
}

fn legend() -> Markup {
    html! {
        "A bar runs from the day a duty begins to its deadline, the upright line. Discs are reports, squares statements "
        "and press reports. Dots follow a deadline that some state named has left without a known answer; the upright "
        "dotted line is the day of this account."
    }
}

fn years_of(tracks: &[Track], as_of: Date) -> Years {
    let dates = tracks.iter().flat_map(|track| {
        let answers = track.answers.iter().map(|answer| answer.date.year());
        answers.chain([track.deadline.latest().year(), track.trigger.unwrap_or(track.deadline).year()])
    });
    let all: Vec<i16> = dates.chain([as_of.year()]).collect();
    let (first, last) = (all.iter().min().copied(), all.iter().max().copied());
    Years::new(first.unwrap_or(as_of.year()), last.unwrap_or(as_of.year()))
}

/// The dated duties that bind a state by name, with its own answers as marks.
pub(super) fn track_of_state(context: Context<'_>, book: &Book<'_>, code: &str) -> Markup {
    let of_state = |duty: &Duty| book.positions(&duty.id).iter().find(|position| position.bearer == code).copied();
    let dated = book.dated(context.case(), context.account.as_of);
    let tracks: Vec<Track> = (dated.into_iter())
        .filter_map(|(duty, deadline)| {
            let position = of_state(duty)?;
            // whose answers they are is the page itself
            let answers = answered_by(context, book, duty, |answer| answer.state == code, |answer| answer.kind.clone());
            let overdue = position.standing == Standing::Silent;
            Some(Track { overdue, answers, value: position_mark(position), ..track_of(context, book, duty, deadline) })
        })
        .collect();
    if tracks.is_empty() {
        return html! {};
    }
    chart(context, html! { "Its deadlines and what it answered" }, tracks)
}

/// The dated answers to a duty as marks, by time.
fn answered_by(
    context: Context<'_>,
    book: &Book<'_>,
    duty: &Duty,
    wanted: impl Fn(&Answer) -> bool,
    label: impl Fn(&Answer) -> String,
) -> Vec<Answered> {
    let wanted = book.answers(&duty.id).iter().filter(|answer| wanted(answer));
    let answers = wanted.filter_map(|answer| answered(context, answer, &label(answer)));
    let mut answers: Vec<Answered> = answers.take(MOST_DRAWN).collect();
    answers.sort_by_key(|answer| answer.date.earliest());
    answers
}

fn track_of(context: Context<'_>, book: &Book<'_>, duty: &Duty, deadline: PartialDate) -> Track {
    let silent = book.bearers(&duty.id, Standing::Silent);
    let answers = answered_by(context, book, duty, |_| true, |answer| context.place_name(&answer.state));
    Track {
        who: context.name(Kind::Duty, &duty.id),
        what: html! { (clipped(&duty.duty, 110)) },
        trigger: duty.trigger,
        deadline,
        overdue: !silent.is_empty(),
        answers,
        value: standing_words(context, book, duty, deadline),
    }
}

fn answered(context: Context<'_>, answer: &Answer, label: &str) -> Option<Answered> {
    let state = context.place_name(&answer.state);
    let date = answer.date?;
    Some(Answered {
        date,
        label: clipped(label, 18),
        report: matches!(answer.kind.as_str(), "report" | "late report" | "aggregate"),
        href: context.record(Kind::Answer, &answer.id),
        spoken: format!("{state}, {}, {}: {}", answer.kind, date_words(date), answer.statement),
    })
}

/// How a duty stands, in a few words: who is overdue, how many answered, when it is due.
fn standing_words(context: Context<'_>, book: &Book<'_>, duty: &Duty, deadline: PartialDate) -> Markup {
    let positions = book.positions(&duty.id);
    let named = positions.iter().filter(|position| !position.bearer.is_empty()).count();
    let silent = book.bearers(&duty.id, Standing::Silent).len();
    html! {
        @if deadline.earliest() > context.account.as_of {
            "not yet due"
        } @else if named == 0 {
            "binds nobody by name"
        } @else if silent > 0 {
            (SILENT.markup()) br; span.meta { "of " (silent) " of " (named) " states named" }
        } @else {
            "answered by all " (named) " states named"
        }
    }
}

fn all(context: Context<'_>, book: &Book<'_>) -> Markup {
    table::scroll(
        "All duties",
        &html! {
            table {
                caption.unseen { "All duties" }
                (table::head(&[
                    ("Under", ""), ("What must be done", ""), ("Who is bound", ""), ("Deadline", ""), ("How it stands", ""),
                ]))
                tbody {
                    @for duty in &context.case().duties {
                        tr {
                            th scope="row" {
                                (context.name(Kind::Duty, &duty.id))
                                @if duty.kind != "law" && !duty.kind.is_empty() { " " span.meta { "(" (duty.kind) ")" } }
                            }
                            td.text { (duty.duty) " " (verify_mark(&duty.verify)) }
                            td { bdi { (duty.bearer) } }
                            td.nowrap {
                                @match duty.deadline { Some(date) => (date_words(date)), None => span.meta { "none" } }
                            }
                            td { (standings(book, duty)) }
                        }
                    }
                }
            }
        },
    )
}

/// How many bearers stand how.
fn standings(book: &Book<'_>, duty: &Duty) -> Markup {
    let mut counts: BTreeMap<Standing, usize> = BTreeMap::new();
    for position in book.positions(&duty.id) {
        *counts.entry(position.standing).or_default() += 1;
    }
    let many = counts.values().sum::<usize>() > 1;
    html! {
        @for (at, (standing, count)) in counts.iter().enumerate() {
            @if at > 0 { br; }
            @if many { (count) " " }
            (standing_mark(*standing))
        }
    }
}

/// A table of answers, `with_duties` where they are not all to one duty.
pub(super) fn answers(context: Context<'_>, caption: &str, answers: &[&Answer], with_duties: bool) -> Markup {
    html! {
        @if answers.is_empty() {
            p { "No answer is known to this case." }
        } @else {
            (table::scroll(caption, &html! {
                table {
                    caption { (caption) }
                    thead {
                        tr {
                            th scope="col" { "Who" }
                            @if with_duties { th scope="col" { "To which duty" } }
                            th scope="col" { "What" }
                            th scope="col" { "When" }
                            th scope="col" { "In our words" }
                            th.num scope="col" { "Before" }
                            th.num scope="col" { "After" }
                            th.num scope="col" { "Sent home" }
                            th scope="col" { "Read in" }
                        }
                    }
                    tbody { @for answer in answers { (answer_row(context, answer, with_duties)) } }
                }
            }))
        }
    }
}

fn answer_row(context: Context<'_>, answer: &Answer, with_duties: bool) -> Markup {
    // the page of all duties is where links to an answer lead
    let anchored = context.path == "duties.html";
    let number = |value: Option<Decimal>| html! { @if let Some(value) = value { (figure::group(&value)) } };
    html! {
        tr id=[anchored.then_some(&answer.id)] {
            th scope="row" { (states::link(context, &answer.state)) }
            @if with_duties {
                td {
                    @if answer.duties.is_empty() { span.meta { "none in particular" } }
                    @else { (context.names(Kind::Duty, &answer.duties)) }
                }
            }
            td { (answer.kind) @if answer.public == "no" { " " span.meta { "(not public)" } } }
            td { @match answer.date { Some(date) => (date_words(date)), None => span.meta { "undated" } } }
            td.text {
                (answer.statement) " " (verify_mark(&answer.verify))
                @if !answer.note.is_empty() { " " span.meta { (answer.note) } }
            }
            td.num { (number(answer.before)) }
            td.num { (number(answer.after)) }
            td.num { (number(answer.repatriated)) }
            td { (context.source_brief(&answer.source)) }
        }
    }
}

/// The page of one duty.
pub(super) fn duty_page(context: Context<'_>, book: &Book<'_>, duty: &Duty) -> Page {
    let name = plumb_account::index::name_of(context.case(), &duty.reference());
    let answers_to: Vec<&Answer> = book.answers(&duty.id).to_vec();
    let body = html! {
        (crumbs(context, &[("index.html", "Answer"), ("duties.html", "Duties")], &name))
        h1 { (name) }
        div.lead { p { (duty.duty) "." } }
        (facts(context, duty))
        @if let Some(deadline) = duty.deadline {
            (chart(context, html! { "Deadline and answers" }, vec![track_of(context, book, duty, deadline)]))
        }
        (bearers(context, book, duty))
        h2 { "What was answered" }
        (answers(context, "Answers to this duty", &answers_to, false))
        (siblings(context, duty))
    };
    Page { title: name, body }
}

fn facts(context: Context<'_>, duty: &Duty) -> Markup {
    let read = match duty.read.as_str() {
        "text" => "in a text of the instrument",
        "digest" => "in a digest",
        "general-knowledge" => "general knowledge, still to be checked",
        other => other,
    };
    html! {
        dl.facts {
            dt { "Who is bound" } dd { bdi { (duty.bearer) } }
            @if !duty.exceptions.is_empty() { dt { "Exceptions" } dd { (duty.exceptions) } }
            @if let Some(date) = duty.trigger { dt { "Begins" } dd { (date_words(date)) } }
            dt { "Deadline" }
            dd {
                @match duty.deadline { Some(date) => strong { (date_words(date)) }, None => "none" }
                @if !duty.deadline_rule.is_empty() { ", counted as " code { (duty.deadline_rule) } }
            }
            @if let Some(date) = duty.ends { dt { "Ends" } dd { (date_words(date)) } }
            @if !duty.replaced_by.is_empty() { dt { "Replaced by" } dd { (context.name(Kind::Duty, &duty.replaced_by)) } }
            @if duty.done_when == "none remain" { dt { "Done when" } dd { "none remain, by the answers" } }
            @if !duty.evidence.is_empty() { dt { "What would show it" } dd { (duty.evidence) } }
            @if !duty.kind.is_empty() { dt { "Kind" } dd { (duty.kind) } }
            @if !duty.event.is_empty() { dt { "Set by" } dd { (context.name(Kind::Event, &duty.event)) } }
            @if !read.is_empty() { dt { "Read" } dd { (read) } }
            dt { "Source" } dd { (context.source_line(&duty.source)) }
            @if !duty.verify.is_empty() { dt { "Still to check" } dd { (verify_mark(&duty.verify)) } }
            @if !duty.note.is_empty() { dt { "Note" } dd { (duty.note) } }
        }
    }
}

fn bearers(context: Context<'_>, book: &Book<'_>, duty: &Duty) -> Markup {
    let named: Vec<&&Position> =
        book.positions(&duty.id).iter().filter(|position| !position.bearer.is_empty()).collect();
    html! {
        @if !named.is_empty() {
            h2 { "Where the states named stand" }
            (table::scroll("Bearers of this duty", &html! {
                table.compact {
                    caption.unseen { "Bearers of this duty" }
                    (table::head(&[("State", ""), ("Stands", ""), ("Because", ""), ("Answers", "")]))
                    tbody {
                        @for position in named {
                            tr {
                                th scope="row" { (states::link(context, &position.bearer)) }
                                td { (position_mark(position)) }
                                td.text { (states::because(context, position)) }
                                td {
                                    @for (at, id) in position.answers.iter().enumerate() {
                                        @if at > 0 { "; " }
                                        (answer_link(context, id))
                                    }
                                }
                            }
                        }
                    }
                }
            }))
        }
    }
}

fn answer_link(context: Context<'_>, id: &str) -> Markup {
    let answer = context.case().answers.get(id);
    html! {
        a href=(context.record(Kind::Answer, id)) {
            @match answer {
                Some(answer) => { (answer.kind) @if let Some(date) = answer.date { ", " (date_words(date)) } },
                None => (id),
            }
        }
    }
}

fn siblings(context: Context<'_>, duty: &Duty) -> Markup {
    let others: Vec<&Duty> = (context.case().duties.iter())
        .filter(|other| other.instrument == duty.instrument && other.id != duty.id)
        .take(30)
        .collect();
    html! {
        @if !others.is_empty() {
            h2 { "Other duties under " (duty.instrument) }
            ul { @for other in others { li { (context.name(Kind::Duty, &other.id)) ": " (clipped(&other.duty, 120)) } } }
        }
    }
}

/// A text of at most so many letters, cut at a word.
fn clipped(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let head: String = text.chars().take(most).collect();
    let cut = head.rfind(' ').unwrap_or(head.len());
    format!("{} …", head.get(..cut).unwrap_or(&head).trim_end_matches([',', ';', ' ']))
}
