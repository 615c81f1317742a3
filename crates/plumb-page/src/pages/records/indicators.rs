//! The signs of forced labour: the eleven indicators of the ILO with the evidence for and against each, then the signs
//! that a buyer or auditor may look for.

use std::collections::BTreeMap;

use maud::{Markup, html};
use plumb_core::case::{Indicator, Sign};

use super::common::{capital, full_stop, or_unknown};
use crate::layout::{Context, Page, crumbs};
use crate::site::Maker;
use crate::words::UNKNOWN;

/// The indicators of forced labour of the International Labour Organization, in its order (ILO 2012).
const ELEVEN: [&str; 11] = [
    "abuse of vulnerability",
    "deception",
    "restriction of movement",
    "isolation",
    "physical and sexual violence",
    "intimidation and threats",
    "retention of identity documents",
    "withholding of wages",
    "debt bondage",
    "abusive working and living conditions",
    "excessive overtime",
];

/// The stances of evidence, with the words that open it.
const STANCES: [(&str, &str); 3] =
    [("for", "Reported"), ("against", "Reported against it"), ("unknown", "Asked and not known")];

/// Adds the page.
pub(super) fn add(maker: &mut Maker<'_>) {
    maker.page("indicators.html", page);
}

/// The evidence by indicator: the eleven first, then what else the case has.
fn by_indicator(context: Context<'_>) -> Vec<(&str, Vec<&Indicator>)> {
    let mut groups: Vec<(&str, Vec<&Indicator>)> = ELEVEN.iter().map(|name| (*name, Vec::new())).collect();
    for row in &context.case().indicators {
        match groups.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case(&row.indicator)) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((&row.indicator, vec![row])),
        }
    }
    groups
}

fn page(context: Context<'_>) -> Page {
    let groups = by_indicator(context);
    let having = |stance: &str| groups.iter().filter(|(_, rows)| rows.iter().any(|row| row.stance == stance)).count();
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "Signs of forced labour"))
        h1 { "Signs of forced labour" }
        p.lead {
            "The International Labour Organization names eleven indicators. The case has reports that speak for "
            (having("for")) " of " (groups.len()) ", and reports that speak against " (having("against"))
            ". A sign is a reason to look, not a finding about any one employer."
        }
        section {
            h2 { "The indicators" }
            @for (name, rows) in &groups { (indicator(context, name, rows)) }
        }
        (signs(context))
    };
    Page { title: "Signs of forced labour".to_owned(), body }
}

fn indicator(context: Context<'_>, name: &str, rows: &[&Indicator]) -> Markup {
    let stated = |row: &&&Indicator| STANCES.iter().any(|(stance, _)| *stance == row.stance);
    html! {
        h3 { (capital(name)) }
        @if let Some(row) = rows.first().filter(|row| !row.sign.is_empty()) {
            p { "What one would see: " (full_stop(&row.sign)) }
        }
        @if rows.is_empty() { p { "No evidence in the case: " (UNKNOWN.markup()) "." } }
        @else { ul {
            @for (stance, words) in STANCES {
                @for row in rows.iter().filter(|row| row.stance == stance) { (evidence(context, words, row)) }
            }
            @for row in rows.iter().filter(|row| !stated(row)) { (evidence(context, "Stance not stated", row)) }
        } }
    }
}

fn evidence(context: Context<'_>, words: &str, row: &Indicator) -> Markup {
    html! {
        li id=(row.id) {
            strong { (words) } ": " (or_unknown(&full_stop(&row.evidence)))
            @if !row.subject.is_empty() { " About: " (full_stop(&row.subject)) }
            " " span.meta { (context.source_brief(&row.source)) }
            @if !row.note.is_empty() { " " span.meta { (row.note) } }
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
    // an indicator and a sign may have one id; the page can have only one anchor of that name
    let taken = context.case().indicators.get(&sign.id).is_some();
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
