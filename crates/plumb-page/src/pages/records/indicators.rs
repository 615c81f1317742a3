//! The signs of forced labour: the eleven indicators of the ILO with the evidence for and against each, then the signs
//! that a buyer or auditor may look for.

use std::collections::BTreeMap;

use maud::{Markup, html};
use plumb_core::case::Sign;
use plumb_duty::indicators::{Balance, Sign as Evident, assess};

use super::common::{capital, full_stop};
use super::subject;
use crate::layout::{Context, Page, crumbs};
use crate::site::Maker;

/// Adds the page.
pub(super) fn add(maker: &mut Maker<'_>) {
    maker.page("indicators.html", page);
}

fn page(context: Context<'_>) -> Page {
    let found = assess(context.case(), None);
    let having = |one: fn(&Balance) -> bool| found.signs.iter().filter(|sign| one(&sign.balance)).count();
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "Signs of forced labour"))
        h1 { "Signs of forced labour" }
        p.lead {
            "The International Labour Organization names eleven indicators. The case has reports that speak for "
            (having(|balance| !balance.pro.is_empty())) " of " (found.signs.len()) ", and reports that speak against "
            (having(|balance| !balance.contra.is_empty()))
            ". A sign is a reason to look, not a finding about any one employer."
        }
        (subject::list(context))
        section {
            h2 { "The indicators" }
            @for sign in &found.signs { (indicator(context, sign)) }
        }
        (subject::elements(context, &found))
        (subject::other_answers(context))
        (signs(context))
    };
    Page { title: "Signs of forced labour".to_owned(), body }
}

fn indicator(context: Context<'_>, sign: &Evident) -> Markup {
    let balance = &sign.balance;
    let stances =
        [("Reported", &balance.pro), ("Reported against it", &balance.contra), ("Asked and not known", &balance.open)];
    html! {
        h3 { (capital(&sign.name)) }
        @if !sign.sign.is_empty() { p { "What one would see: " (full_stop(&sign.sign)) } }
        p { (subject::weight(balance)) }
        @for (words, evidence) in stances {
            @if !evidence.is_empty() { p { strong { (words) } } (subject::pieces(context, evidence, true)) }
        }
    }
}

/// The signs for buyers and auditors, by theme.
fn signs(context: Context<'_>) -> Markup {
    let mut themes: BTreeMap<&str, Vec<&Sign>> = BTreeMap::new();
    for sign in &context.case().signs {
        themes.entry(&sign.theme).or_default().push(sign);
    }
    html! {
        @if !themes.is_empty() {
            section {
                h2 id="buyers-and-auditors" { "Signs for buyers and auditors" }
                @for (theme, signs) in themes {
                    h3 { @if theme.is_empty() { "Without a theme" } @else { (capital(theme)) } }
                    ul { @for sign in signs { (one_sign(context, sign)) } }
                }
            }
        }
    }
}

fn one_sign(context: Context<'_>, sign: &Sign) -> Markup {
    // an indicator, an answer and a sign may have one id; the page can have only one anchor of that name
    let case = context.case();
    let taken = case.indicators.get(&sign.id).is_some() || case.responses.get(&sign.id).is_some();
    html! {
        li id=[(!taken).then_some(&sign.id)] {
            (full_stop(&sign.sign)) " "
            span.meta {
                @if !sign.from.is_empty() { (sign.from) ", " } (context.source_brief(&sign.source))
                @if !sign.note.is_empty() { ". " (sign.note) }
            }
        }
    }
}
