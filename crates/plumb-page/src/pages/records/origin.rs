//! The page of an origin: who said it first, and every claim that carries it. However many there are, they are one
//! voice.

use maud::{Markup, html};
use plumb_core::case::{Claim, Grade, Origin};
use plumb_core::date::PartialDate;
use plumb_core::reference::Kind;

use super::common::{dated, expected, fact, named, records, text_fact};
use super::shelf::Shelf;
use crate::layout::{Context, Page, crumbs};
use crate::link;
use crate::site::Maker;
use crate::table;
use crate::words::{count_words, date_words, grade_mark, maybe_period_words};

/// Adds the page of every origin.
pub(super) fn add(maker: &mut Maker<'_>, shelf: &Shelf<'_>) {
    let origins = maker.account().case.origins.iter().as_slice();
    maker.pages(origins, |origin| link::record(&origin.reference()), |context, origin| page(context, shelf, origin));
}

fn page(context: Context<'_>, shelf: &Shelf<'_>, origin: &Origin) -> Page {
    let mut claims = records(&context.case().claims, &shelf.mentions(Kind::Origin, &origin.id, Kind::Claim));
    claims.sort_by_key(|claim| {
        published(context, claim).map(|date| (date.earliest(), date.latest())).map_or((1, None), |days| (0, Some(days)))
    });
    let echoes = claims.iter().filter(|claim| context.account.ledger.repeats(&claim.id).is_some()).count();
    let body = html! {
        (crumbs(context, &[("sources.html", "Sources"), ("sources.html#origins", "Origins")], &origin.id))
        h1 { (named(&origin.name)) }
        p.lead {
            @match claims.len() {
                0 => "No claim of the case carries it.",
                1 => "One claim, one voice.",
                count => { (count_words(count, "claim", "claims")) ", one voice. " }
            }
            @if echoes > 0 {
                (count_words(echoes, "of them repeats", "of them repeat"))
                " a figure that was published before, and adds no weight."
            }
        }
        dl.facts { (facts(context, origin, &claims)) }
        @if !claims.is_empty() {
            section {
                h2 { "What carries it" }
                (carried(context, &claims))
            }
        }
    };
    Page { title: origin.name.clone(), body }
}

fn published(context: Context<'_>, claim: &Claim) -> Option<PartialDate> {
    context.case().sources.get(&claim.source).and_then(|source| source.date)
}

fn facts(context: Context<'_>, origin: &Origin, claims: &[&Claim]) -> Markup {
    html! {
        (expected("First said", &origin.date.map(date_words).unwrap_or_default()))
        (expected("Rests on", &origin.basis))
        (fact("Grade", &grade(origin.grade, best_grade(context, claims))))
        (text_fact("Note", &origin.note))
        (fact("In the files", &html! { code { (origin.row.file) ":" (origin.row.line) } ", " code { (origin.id) } }))
    }
}

/// The grade of an origin: its own, else the best of the sources that carry it.
fn grade(own: Option<Grade>, carried: Option<Grade>) -> Markup {
    html! {
        (grade_mark(own.or(carried)))
        @if let Some(grade) = own.or(carried) { " " (grade.meaning()) }
        @if own.is_none() && carried.is_some() { ", the best of the sources that carry it" }
    }
}

fn best_grade(context: Context<'_>, claims: &[&Claim]) -> Option<Grade> {
    claims.iter().filter_map(|claim| context.case().sources.get(&claim.source)?.grade).min()
}

fn carried(context: Context<'_>, claims: &[&Claim]) -> Markup {
    let caption = "Claims in the order in which their sources were published";
    let rows = html! {
        table {
            caption { (caption) }
            thead { tr {
                th scope="col" { "Published" }
                th scope="col" { "Read in" }
                th.num scope="col" { "Figure" }
                th scope="col" { "Status" }
                th scope="col" { "What" }
                th scope="col" { "Where" }
                th scope="col" { "When" }
                th scope="col" { "Said by" }
            } }
            tbody { @for claim in claims { (row(context, claim)) } }
        }
    };
    table::scroll(caption, &rows)
}

fn row(context: Context<'_>, claim: &Claim) -> Markup {
    let publisher = context.case().sources.get(&claim.source).map_or(&claim.source, |source| &source.publisher);
    html! {
        tr {
            th.nowrap scope="row" { (dated(published(context, claim))) }
            td { a href=(context.record(Kind::Source, &claim.source)) { bdi { (publisher) } } }
            td.num { (context.claim_figure(claim)) }
            td { (context.claim_marks(claim)) " " (context.contested_mark(claim)) }
            td { (context.name(Kind::Measure, &claim.measure)) }
            td { (context.place(&claim.place)) }
            td { (maybe_period_words(claim.period.as_ref())) }
            td { bdi { (claim.said_by) } }
        }
    }
}
