//! Rules of labour law that bear on hours, pay and interest, by the place where they hold.

use maud::{Markup, html};
use plumb_core::case::Rule;

use super::common::or_unknown;
use crate::layout::{Context, Page, crumbs};
use crate::site::Maker;
use crate::table::scroll;
use crate::words::{count_words, period_words, verify_mark};

/// Adds the table.
pub(super) fn add(maker: &mut Maker<'_>) {
    maker.page("rules.html", page);
}

fn page(context: Context<'_>) -> Page {
    let rules = &context.case().rules;
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "Rules of labour law"))
        h1 { "Rules of labour law" }
        p.lead {
            "What a worker is owed by law, with the arithmetic, as far as the case has read it. It is no legal advice."
        }
        @if rules.is_empty() { p { "The case has none." } } @else { (table(context)) }
    };
    Page { title: "Rules of labour law".to_owned(), body }
}

fn table(context: Context<'_>) -> Markup {
    let caption = count_words(context.case().rules.len(), "rule", "rules");
    let rows = html! {
        table {
            caption { (caption) }
            thead { tr {
                th scope="col" { "Rule" }
                th scope="col" { "Where" }
                th scope="col" { "Law and article" }
                th scope="col" { "What it says" }
                th scope="col" { "In force" }
                th scope="col" { "Read in" }
            } }
            tbody { @for rule in &context.case().rules { (row(context, rule)) } }
        }
    };
    scroll(&caption, &rows)
}

fn row(context: Context<'_>, rule: &Rule) -> Markup {
    html! {
        tr id=(rule.id) {
            th scope="row" { (rule.rule) }
            td { (context.place(&rule.place)) }
            td { (rule.instrument) @if !rule.article.is_empty() { ", " (rule.article) } }
            td.text {
                (rule.effect)
                @if !rule.formula.is_empty() { br; code { (rule.formula) } }
                @if !rule.note.is_empty() { " " span.meta { (rule.note) } }
            }
            td { (or_unknown(&rule.period.as_ref().map(period_words).unwrap_or_default())) }
            td { (context.source_brief(&rule.source)) @if !rule.verify.is_empty() { " " (verify_mark(&rule.verify)) } }
        }
    }
}
