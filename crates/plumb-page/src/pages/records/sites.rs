//! Places of work: the list with anchors, and a page for each with what is reported of it.

use maud::{Markup, html};
use plumb_core::case::Site;
use plumb_core::reference::Kind;

use super::common::{expected, fact, full_stop, lines, name, named, section, text_fact};
use crate::layout::{Context, Page, crumbs};
use crate::link;
use crate::site::Maker;
use crate::table::{self, Columns};
use crate::words::{count_words, maybe_period_words};

/// Adds the list and the pages.
pub(super) fn add(maker: &mut Maker<'_>) {
    maker.page("sites.html", list);
    for site in &maker.account().case.sites {
        maker.page(&link::record(&site.reference()), |context| page(context, site));
    }
}

fn list(context: Context<'_>) -> Page {
    let count = count_words(context.case().sites.len(), "place of work", "places of work");
    let rows = html! {
        table {
            caption { (count) }
            thead { tr {
                th scope="col" { "Site" }
                th scope="col" { "Where" }
                th scope="col" { "When workers were there" }
                th scope="col" { "Workers, as reported" }
                th scope="col" { "How it is attested" }
            } }
            tbody { @for site in &context.case().sites {
                tr id=(site.id) {
                    th scope="row" { (context.name(Kind::Site, &site.id)) }
                    td { (context.place(&site.place)) }
                    td { (maybe_period_words(site.period.as_ref())) }
                    td { (super::common::or_unknown(&site.workers)) }
                    td { (super::common::or_unknown(&site.status)) }
                }
            } }
        }
    };
    let body = html! {
        (crumbs(context, &[("places.html", "Places")], "Places of work"))
        h1 { "Places of work" }
        p.lead { "Sites that the sources name, with what is reported to have happened there." }
        @if context.case().sites.is_empty() { p { "The case names none." } } @else { (table::scroll(&count, &rows)) }
    };
    Page { title: "Places of work".to_owned(), body }
}

fn page(context: Context<'_>, site: &Site) -> Page {
    let body = html! {
        (crumbs(context, &[("places.html", "Places"), ("sites.html", "Places of work")], &site.id))
        h1 { (named(&site.name)) }
        p.lead { (context.place(&site.place)) ", " (maybe_period_words(site.period.as_ref())) "." }
        dl.facts { (facts(context, site)) }
        (section("What is reported to have happened", &incidents(context, site)))
        (section("Signs of forced labour", &super::subject::line(context, &site.reference())))
        (section("Figures that speak of it", &claims(context, site)))
    };
    Page { title: site.name.clone(), body }
}

fn incidents(context: Context<'_>, site: &Site) -> Markup {
    html! {
        @if !site.incidents.is_empty() {
            p { bdi { (full_stop(&site.incidents)) } }
            p.meta { "Read in " (context.source_line(&site.source)) "; in the words of the compilers." }
        }
    }
}

fn facts(context: Context<'_>, site: &Site) -> Markup {
    html! {
        (expected("Workers, as reported", &site.workers))
        (expected("How it is attested", &site.status))
        (fact("Named with it", &lines(site.actors.iter().map(|actor| name(context, Kind::Actor, actor)))))
        (text_fact("Note", &site.note))
        (fact("Source", &context.source_line(&site.source)))
        (fact("In the files", &html! { code { (site.row.file) ":" (site.row.line) } ", " code { (site.id) } }))
    }
}

fn claims(context: Context<'_>, site: &Site) -> Markup {
    let columns = Columns { measure: true, ..Columns::default() };
    let caption = count_words(site.claims.len(), "claim", "claims");
    html! {
        @if !site.claims.is_empty() {
            (table::claims(context, &caption, site.claims.iter().map(String::as_str), columns))
        }
    }
}
