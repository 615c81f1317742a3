//! What statements rest on: each rule with its article, each rate with its period, and the source of both.

use std::collections::BTreeSet;

use maud::{Markup, html};
use plumb_account::Account;
use plumb_account::index::name_of;
use plumb_core::case::{Observation, Rule};
use plumb_core::reference::{Kind, Reference};
use plumb_duty::owed::Owed;

use super::statement::anchor;
use crate::table;
use crate::words::{maybe_period_words, period_words, status_mark, verify_mark};

/// The rules and rates that some statements cite; `source` writes a source, as a link or as words.
pub(super) fn all<'a>(
    account: &Account,
    statements: impl Iterator<Item = &'a Owed>,
    source: &dyn Fn(&str) -> Markup,
) -> Markup {
    let steps = statements.flat_map(|owed| &owed.lines).flat_map(|line| &line.steps);
    let cited: BTreeSet<&Reference> = steps.flat_map(|step| &step.basis).collect();
    let ids = |kind: Kind| cited.iter().filter(move |reference| reference.kind == kind).map(|reference| &reference.id);
    let rules: Vec<&Rule> = ids(Kind::Rule).filter_map(|id| account.case.rules.get(id)).collect();
    let rates: Vec<&Observation> = ids(Kind::Observation).filter_map(|id| account.case.observations.get(id)).collect();
    html! {
        @if !rules.is_empty() {
            h2 { "The rules" }
            (table::scroll("The rules", &html! {
                table {
                    caption { "Rules that the reckoning rests on" }
                    (table::head(&[("Rule", ""), ("Law and article", ""), ("What it says", ""), ("In force", ""), ("Read in", "")]))
                    tbody { @for rule in rules { (rule_row(rule, source)) } }
                }
            }))
        }
        @if !rates.is_empty() {
            h2 { "The rates" }
            (table::scroll("The rates", &html! {
                table {
                    caption { "Figures by time that the reckoning rests on" }
                    (table::head(&[("Rate", ""), ("What", ""), ("When", ""), ("Figure", "num"), ("Read in", "")]))
                    tbody { @for rate in rates { (rate_row(account, rate, source)) } }
                }
            }))
        }
    }
}

fn rule_row(rule: &Rule, source: &dyn Fn(&str) -> Markup) -> Markup {
    html! {
        tr id=(anchor(&rule.reference())) {
            th scope="row" { (rule.id) ": " (rule.rule) }
            td { (rule.instrument) @if !rule.article.is_empty() { ", " (rule.article) } }
            td.text { (rule.effect) @if !rule.terms.is_empty() { br; code { (rule.terms.join("; ")) } } }
            td { (maybe_period_words(rule.period.as_ref())) }
            td { (source(&rule.source)) @if !rule.verify.is_empty() { " " (verify_mark(&rule.verify)) } }
        }
    }
}

fn rate_row(account: &Account, rate: &Observation, source: &dyn Fn(&str) -> Markup) -> Markup {
    html! {
        tr id=(anchor(&rate.reference())) {
            th scope="row" { (rate.id) }
            td {
                (name_of(&account.case, &Reference::new(Kind::Measure, rate.series.clone()))) ", "
                (name_of(&account.case, &Reference::new(Kind::Place, rate.place.clone())))
            }
            td { (period_words(&rate.period)) }
            td.num { (rate.quantity.figure()) }
            td { (source(&rate.source)) " " (status_mark(rate.status)) }
        }
    }
}
