//! The statement of what is owed to one worker or cohort: sums, lines, what is left open, the arithmetic, the inputs.

use std::collections::BTreeMap;

use maud::{Markup, html};
use plumb_account::Account;
use plumb_core::date::PartialDate;
use plumb_core::reference::{Kind, Reference};
use plumb_duty::owed::{Line, Owed, Step, Totals, amount, number};

use crate::table;
use crate::words::{count_words, date_words};

/// The statement.
pub(super) fn body(account: &Account, owed: &Owed) -> Markup {
    let day = date_words(PartialDate::day(account.as_of));
    html! {
        section {
            h2 { "What is owed to " bdi { (owed.worker) } ", in " (owed.currency) }
            p.lead {
                "By " (day) ", " strong { (amount(owed.totals.total)) " " (owed.currency) } ": "
                (amount(owed.totals.owed)) " of pay and " (amount(owed.totals.interest)) " of interest. \
                 Every amount follows from the records, rules and rates below; it is a reckoning and no legal advice."
            }
            (fill_in(owed))
            (lines(owed))
            (open(owed))
            h3 { "The arithmetic" }
            @for line in &owed.lines { (arithmetic(owed, line)) }
            (inputs(account, owed))
        }
    }
}

/// What only the advocate knows; left empty on purpose, so that no name stands in a file.
fn fill_in(owed: &Owed) -> Markup {
    let first = owed.lines.first().map(|line| line.first.to_string()).unwrap_or_default();
    let last = owed.lines.last().map(|line| line.last.to_string()).unwrap_or_default();
    html! {
        dl.facts {
            dt { "Claimant" } dd { bdi { (owed.worker) } " (a label; the name is given to the court apart)" }
            dt { "Respondent" } dd { "to be filled in" }
            dt { "Court or body" } dd { "to be filled in" }
            dt { "Time of work" } dd { (first) " to " (last) }
        }
    }
}

fn lines(owed: &Owed) -> Markup {
    let caption = count_words(owed.lines.len(), "stretch of work", "stretches of work");
    table::scroll(
        &caption,
        &html! {
            table {
                caption { (caption) ", in " (owed.currency) }
                (table::head(&[
                    ("Work", ""), ("Persons", "num"), ("Due", "num"), ("Paid", "num"), ("Owed", "num"), ("Due on", ""),
                    ("Interest", "num"), ("Together", "num"),
                ]))
                tbody { @for line in &owed.lines { (line_row(line)) } }
                tfoot {
                    tr {
                        th scope="row" { "All that was due" }
                        td {}
                        (sums(&owed.totals))
                    }
                }
            }
        },
    )
}

fn line_row(line: &Line) -> Markup {
    html! {
        tr {
            th.nowrap scope="row" { (line.first) " to " (line.last) }
            td.num { (number(line.persons)) }
            @match &line.amounts {
                Some(amounts) => {
                    td.num { (amount(amounts.due)) } td.num { (amount(amounts.paid)) } td.num { (amount(amounts.owed)) }
                    td.nowrap { (line.due_on) }
                    td.num { (amount(amounts.interest)) } td.num { (amount(amounts.total)) }
                },
                None => { td colspan="6" { "not in the totals: see what is left open" } },
            }
        }
    }
}

fn sums(totals: &Totals) -> Markup {
    let cell = |band| html! { td.num { strong { (amount(band)) } } };
    html! {
        (cell(totals.due)) (cell(totals.paid)) (cell(totals.owed)) td {} (cell(totals.interest)) (cell(totals.total))
    }
}

/// What is left open, each gap once with the stretches that have it.
fn open(owed: &Owed) -> Markup {
    let mut gaps: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for line in &owed.lines {
        for gap in &line.gaps {
            gaps.entry(gap).or_default().push(line.first.to_string());
        }
    }
    html! {
        p.note {
            "Amounts are kept exactly and rounded half up to the hundredth only where they are written; a sum may therefore differ \
             by a hundredth from the sum of what is written. A band runs from the least to the most that the records allow."
        }
        h3 { "What is left open" }
        @if gaps.is_empty() { p { "Nothing: records, rules and rates are complete." } }
        @else { ul {
            @for (gap, stretches) in &gaps {
                li {
                    (gap) " "
                    span.meta {
                        "(" (count_words(stretches.len(), "stretch", "stretches"))
                        @if let Some(first) = stretches.first() { ", from " (first) } ")"
                    }
                }
            }
        } }
    }
}

fn arithmetic(owed: &Owed, line: &Line) -> Markup {
    let caption = format!("{} to {}, for one person, in {}", line.first, line.last, owed.currency);
    table::scroll(
        &caption,
        &html! {
            table.compact {
                caption { (caption) }
                (table::head(&[("What", ""), ("How", ""), ("Comes to", "num"), ("Rests on", "")]))
                tbody { @for step in &line.steps { (step_row(step)) } }
            }
        },
    )
}

fn step_row(step: &Step) -> Markup {
    html! {
        tr {
            th scope="row" { (step.what) }
            td.text { (step.arithmetic) }
            td.num {
                @if step.unit == "hours" { (number(step.value)) " hours" } @else { (amount(step.value)) }
            }
            td { @for (at, reference) in step.basis.iter().enumerate() { @if at > 0 { ", " } (cited(reference)) } }
        }
    }
}

/// What a step rests on, as a link to its row below.
fn cited(reference: &Reference) -> Markup {
    html! { a href={ "#" (anchor(reference)) } { (reference.id) } }
}

/// The anchor of a rule, a rate or a record on a statement.
pub(super) fn anchor(reference: &Reference) -> String {
    format!("{}-{}", reference.kind, reference.id)
}

/// The pay records as they were read.
fn inputs(account: &Account, owed: &Owed) -> Markup {
    let mut ids: Vec<&str> = owed.lines.iter().map(|line| line.wage.id.as_str()).collect();
    ids.dedup();
    let wages = ids.into_iter().filter_map(|id| account.case.wages.get(id));
    let band = |band: Option<plumb_core::band::Band>| html! { @match band { Some(band) => (number(band)), None => "not on record" } };
    html! {
        h3 { "The records" }
        (table::scroll("The records", &html! {
            table.compact {
                caption { "As recorded, for each person" }
                (table::head(&[
                    ("Record", ""), ("When", ""), ("Promised", "num"), ("Hours", "num"), ("On rest days", "num"), ("Paid", "num"),
                    ("Withheld", "num"), ("Currency", ""), ("Evidence", ""),
                ]))
                tbody { @for wage in wages {
                    tr id=(anchor(&Reference::new(Kind::Wage, wage.id.clone()))) {
                        th scope="row" { (wage.id) }
                        td { (wage.period) }
                        td.num { (band(wage.promised)) }
                        td.num { (band(wage.hours)) }
                        td.num { (band(wage.rest_hours)) }
                        td.num { (band(wage.paid)) @if let Some(day) = wage.paid_on { ", on " (day) } }
                        td.num { (band(wage.withheld)) }
                        td { (wage.currency) }
                        td.text { (wage.evidence) @if !wage.note.is_empty() { " " span.meta { (wage.note) } } }
                    }
                } }
            }
        }))
    }
}
