//! The page of a state as one that is bound: to what, what it answered and when, and what speaks against that.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use plumb_account::{Account, address};
use plumb_core::case::{Answer, Duty};
use plumb_core::date::PartialDate;
use plumb_core::place::WORLD;
use plumb_core::reference::Kind;
use plumb_duty::{Position, Standing};

use super::duties::{self, Book};
use crate::layout::{Context, Page, crumbs};
use crate::table::{self, Columns};
use crate::words::{count_words, date_words, position_mark, verify_mark};

/// Codes of all that duties bind by name or that answered, in order.
pub(super) fn codes(account: &Account) -> BTreeSet<&str> {
    let bound = account.positions.iter().map(|position| position.bearer.as_str()).filter(|code| !code.is_empty());
    let all = bound.chain(account.case.answers.iter().map(|answer| answer.state.as_str()));
    all.filter(|code| *code != WORLD).collect()
}

/// A state as a link to its page; all states together have that of a place only.
pub(super) fn link(context: Context<'_>, code: &str) -> Markup {
    html! {
        @if code == WORLD { (context.place(code)) }
        @else { a href=(context.to(&address::state(code))) { bdi { (context.place_name(code)) } } }
    }
}

/// Several states as links in one line.
pub(super) fn links(context: Context<'_>, codes: &[String]) -> Markup {
    html! { @for (at, code) in codes.iter().enumerate() { @if at > 0 { ", " } (link(context, code)) } }
}

/// The list of states with how they stand, for the page of duties.
pub(super) fn list(context: Context<'_>) -> Markup {
    let codes = codes(context.account);
    html! {
        @if !codes.is_empty() {
            h2 id="states" { "State by state" }
            ul.toc {
                @for code in codes {
                    li { (link(context, code)) @let said = standings(&positions(context, code)); @if !said.is_empty() { ": " (said) } }
                }
            }
        }
    }
}

/// The page.
pub(super) fn page(context: Context<'_>, book: &Book<'_>, code: &str) -> Page {
    let name = context.place_name(code);
    let positions = positions(context, code);
    let answers: Vec<&Answer> = context.case().answers.iter().filter(|answer| answer.state == code).collect();
    let body = html! {
        (crumbs(context, &[("index.html", "Answer"), ("duties.html", "Duties")], &name))
        h1 { bdi { (name) } ": bound to what" }
        div.lead { p { (lead(context, &positions, &answers)) } }
        (duties::track_of_state(context, book, code))
        (bound(context, &positions))
        (against(context, &positions))
        h2 { "What it answered" }
        (duties::answers(context, "Its answers", &answers, true))
        p {
            a href=(context.record(Kind::Place, code)) { "All that the case has about " bdi { (name) } } ". "
            "Duties that bind all states without naming one stand on the page of "
            a href=(context.to("duties.html")) { "all duties" } "."
        }
    };
    Page { title: format!("{name}: bound to what"), body }
}

fn positions<'a>(context: Context<'a>, code: &str) -> Vec<&'a Position> {
    context.account.positions.iter().filter(|position| position.bearer == code).collect()
}

fn lead(context: Context<'_>, positions: &[&Position], answers: &[&Answer]) -> Markup {
    let day = date_words(PartialDate::day(context.account.as_of));
    html! {
        @if positions.is_empty() { "No duty of the case binds it by name" }
        @else {
            "Bound by name by " (count_words(positions.len(), "duty", "duties")) "; on " (day) ": " (standings(positions))
        }
        ". " (count_words(answers.len(), "answer is", "answers are")) " known. "
        "What was answered is known from those who tell of it unless a text is public; an answer that nobody told of is not here."
    }
}

/// How many duties stand how, the gravest first.
fn standings(positions: &[&Position]) -> String {
    let mut counts: BTreeMap<Standing, usize> = BTreeMap::new();
    for position in positions {
        *counts.entry(position.standing).or_default() += 1;
    }
    let parts: Vec<String> =
        counts.into_iter().map(|(standing, count)| format!("{count} {}", standing.as_str())).collect();
    parts.join(", ")
}

fn bound(context: Context<'_>, positions: &[&Position]) -> Markup {
    let duty = |position: &&Position| context.case().duties.get(&position.duty);
    html! {
        @if !positions.is_empty() {
            h2 { "What binds it, and where it stands" }
            (table::scroll("Duties of this state", &html! {
                table {
                    caption.unseen { "Duties of this state" }
                    (table::head(&[("Under", ""), ("What must be done", ""), ("Deadline", ""), ("Stands", ""), ("Because", "")]))
                    tbody { @for position in positions { @if let Some(duty) = duty(position) { (row(context, position, duty)) } } }
                }
            }))
        }
    }
}

fn row(context: Context<'_>, position: &Position, duty: &Duty) -> Markup {
    html! {
        tr id=(duty.id) {
            th scope="row" { (context.name(Kind::Duty, &duty.id)) }
            td.text { (duty.duty) " " (verify_mark(&duty.verify)) }
            td.nowrap { @match duty.deadline { Some(date) => (date_words(date)), None => span.meta { "none" } } }
            td { (position_mark(position)) }
            td.text { (because(context, position)) }
        }
    }
}

/// The grounds of a standing, with links to the claims that speak against the answer.
pub(super) fn because(context: Context<'_>, position: &Position) -> Markup {
    html! {
        ul.reasons {
            @for reason in &position.reasons { li { (reason.replace('`', "")) } }
            @if let Some(timing) = position.timing { li { "taken by itself: " (timing.as_str()) } }
            @if !position.against.is_empty() {
                li { "against it: " @for (at, id) in position.against.iter().enumerate() {
                    @if at > 0 { ", " }
                    @if let Some(claim) = context.case().claims.get(id) { (context.claim_figure(claim)) } @else { (id) }
                } }
            }
        }
    }
}

fn against(context: Context<'_>, positions: &[&Position]) -> Markup {
    let claims: BTreeSet<&str> = positions.iter().flat_map(|position| &position.against).map(String::as_str).collect();
    html! {
        @if !claims.is_empty() {
            h2 { "What speaks against its answers" }
            p {
                "Figures of the same time that together say more than the answer. They may count something else than it \
                 does; that they differ does not say which of them is wrong."
            }
            (table::claims(context, "Claims against its answers", claims, Columns { measure: true, ..Columns::default() }))
        }
    }
}
