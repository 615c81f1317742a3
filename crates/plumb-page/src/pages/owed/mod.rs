//! Wages owed: an overview with the pay records, and a statement for each worker or cohort that an advocate can attach.

use maud::{Markup, html};
use plumb_account::{Account, Key};
use plumb_core::case::Wage;
use plumb_duty::owed::{Owed, amount, number};

use crate::layout::{Context, Page, crumbs, standalone};
use crate::link;
use crate::site::Maker;
use crate::table;
use crate::words::{UNKNOWN, count_words, date_words, period_words};

mod ground;
mod statement;

const TITLE: &str = "Wages owed";

/// Adds them.
pub(super) fn add(maker: &mut Maker<'_>) {
    maker.page("wages.html", page);
    let account = maker.account();
    for owed in &account.owed {
        let key = Key::Owed(owed.worker.clone());
        maker.page(&link::path(&key), |context| worker_page(context, &owed.worker));
    }
}

/// The statements of a case as one document that stands alone: nothing in it leads to another file.
pub(crate) fn document(account: &Account) -> String {
    let source = |id: &str| {
        let Some(source) = account.case.sources.get(id) else { return html! { (id) } };
        html! {
            bdi { (source.publisher) } ", " bdi { (source.title) }
            @if let Some(date) = source.date { ", " (date_words(date)) }
            @if !source.url.is_empty() { ", " (source.url) }
        }
    };
    let main = html! {
        h1 { (TITLE) }
        @if account.owed.is_empty() { p { "There is no pay record that can be reckoned." } }
        @for owed in &account.owed { (statement::body(account, owed)) }
        (ground::all(account, account.owed.iter(), &source))
        p.note { "Made by plumb " (account.version) "; records, rules and rates together are " code { (account.hash) } "." }
    };
    standalone(TITLE, account.version, &[include_str!("../../style.css")], &main, &html! {})
}

fn worker_page(context: Context<'_>, worker: &str) -> Page {
    let account = context.account;
    let own = || account.owed.iter().filter(|owed| owed.worker == worker);
    let source = |id: &str| context.source_line(id);
    let body = html! {
        (crumbs(context, &[("index.html", "Answer"), ("wages.html", TITLE)], worker))
        h1 { (TITLE) ": " bdi { (worker) } }
        @for owed in own() { (statement::body(account, owed)) }
        (ground::all(account, own(), &source))
    };
    Page { title: format!("{TITLE}: {worker}"), body }
}

fn page(context: Context<'_>) -> Page {
    let account = context.account;
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], TITLE))
        h1 { (TITLE) }
        div.lead {
            p {
                "What workers were due by law and by promise, what reached them, and what is owed with interest, from the pay \
                 records of the case. What records leave open is a band; nothing missing counts as zero. It is no legal advice."
            }
        }
        @if account.case.wages.is_empty() {
            p {
                "The case has no pay records of its own. " code { "plumb owed RECORDS --case CASE" }
                " reckons a file of them by the " a href=(context.to("rules.html")) { "rules" } " and "
                a href=(context.to("series.html")) { "rates" } " of this case."
            }
        } @else {
            (overview(context, &account.owed))
            (records(context))
        }
    };
    Page { title: TITLE.to_owned(), body }
}

fn overview(context: Context<'_>, all: &[Owed]) -> Markup {
    let caption = count_words(all.len(), "worker or cohort", "workers and cohorts");
    table::scroll(
        &caption,
        &html! {
            table {
                caption { (caption) }
                (table::head(&[
                    ("Who", ""), ("Currency", ""), ("Due", "num"), ("Paid", "num"), ("Owed", "num"), ("Interest", "num"),
                    ("Together", "num"),
                ]))
                tbody {
                    @for owed in all {
                        tr {
                            th scope="row" {
                                a href=(context.why(&Key::Owed(owed.worker.clone()))) { bdi { (owed.worker) } }
                            }
                            td { (owed.currency) }
                            @for sum in [owed.totals.due, owed.totals.paid, owed.totals.owed, owed.totals.interest, owed.totals.total] {
                                td.num { (amount(sum)) }
                            }
                        }
                    }
                }
            }
        },
    )
}

fn records(context: Context<'_>) -> Markup {
    let wages = &context.case().wages;
    let caption = count_words(wages.len(), "pay record", "pay records");
    html! {
        h2 id="records" { "Pay records" }
        (table::scroll(&caption, &html! {
            table {
                caption { (caption) }
                (table::head(&[
                    ("Record", ""), ("Who", ""), ("Where", ""), ("When", ""), ("Promised", "num"), ("Hours", "num"), ("Paid", "num"),
                    ("Evidence", ""),
                ]))
                tbody { @for wage in wages { (record(context, wage)) } }
            }
        }))
    }
}

fn record(context: Context<'_>, wage: &Wage) -> Markup {
    let per = if wage.per.is_empty() { "month" } else { &wage.per };
    html! {
        tr id=(wage.id) {
            th scope="row" { (wage.id) }
            td { bdi { (wage.worker) } }
            td { (context.place(&wage.place)) }
            td { (period_words(&wage.period)) }
            td.num {
                @match wage.promised { Some(band) => { (number(band)) " " (wage.currency) " a " (per) }, None => (UNKNOWN.markup()) }
            }
            td.num { @match wage.hours { Some(band) => (number(band)), None => (UNKNOWN.markup()) } }
            td.num { @match wage.paid { Some(band) => { (number(band)) " " (wage.currency) }, None => (UNKNOWN.markup()) } }
            td.text { (wage.evidence) @if !wage.note.is_empty() { " " span.meta { (wage.note) } } }
        }
    }
}
