//! The front page: the question, the answer and how sure it is; then how many and where, what is taken, who is bound,
//! what cannot be true, what is not known, and the way to everything else.

use maud::{Markup, html};
use plumb_account::HeadlineAnswer;
use plumb_core::date::PartialDate;

use super::contradictions;
use super::duties::{self, Book};
use super::states;
use crate::layout::{Context, Page};
use crate::pages::{estimates, trace};
use crate::prose;
use crate::words::{UNKNOWN, count_words, date_words, period_words};

mod how_many;
mod taken;

/// Contradictions shown on the front page.
const STRONGEST: usize = 3;
/// Tracks of duties shown on the front page.
const TRACKS: usize = 6;

/// The page.
pub(super) fn page(context: Context<'_>, book: &Book<'_>) -> Page {
    let settings = &context.case().settings;
    let question = if settings.question.is_empty() { &settings.title } else { &settings.question };
    let body = html! {
        p.crumbs { (settings.title) }
        h1 { (question) }
        (answer(context))
        (section(context, "how-many", "How many, where", &how_many::beside(context), &how_many::chart(context)))
        (section(context, "taken", "What is taken", &taken::beside(context), &html! { (estimates::first_flow(context)) (taken::charts(context)) }))
        (bound(context, book))
        (section(context, "contradictions", "What cannot be true together", &strongest(context), &html! {}))
        (section(context, "unknown", "What we do not know", &trace::gaps(context), &html! {}))
        (contents(context))
    };
    Page { title: settings.title.clone(), body }
}

/// The answer in words, how it was made, and the figures of the headlines.
fn answer(context: Context<'_>) -> Markup {
    let account = context.account;
    html! {
        div.columns {
            div {
                @if let Some(section) = account.section("answer") {
                    div.lead { (prose::markup(context, section)) }
                }
                p.meta {
                    "As of " (date_words(PartialDate::day(account.as_of))) ". "
                    (count_words(account.case.sources.len(), "source", "sources")) ", "
                    (count_words(account.case.claims.len(), "claim", "claims")) " of "
                    (count_words(account.case.origins.len(), "origin", "origins")) ". Plumb " (account.version)
                    ", account " code { (account.hash.get(..16).unwrap_or_default()) } ". "
                    a href=(context.to("method.html")) { "How to read this" } "."
                }
            }
            @if !account.headlines.is_empty() || account.case.model.is_some() {
                div.beside {
                    @if !account.headlines.is_empty() { (headlines(context, &account.headlines)) }
                    (estimates::brief(context))
                }
            }
        }
    }
}

/// The questions of the case, each with the span of what is claimed.
fn headlines(context: Context<'_>, headlines: &[HeadlineAnswer]) -> Markup {
    html! {
        dl.answers aria-label="The answer in figures, from the lowest to the highest claim" {
            @for one in headlines {
                dt { (one.question) }
                dd {
                    @if one.range.is_empty() { (UNKNOWN.markup()) }
                    @else {
                        (context.figure(&one.key(), &one.range.words(true))) " "
                        span.meta {
                            (count_words(one.range.claims.len(), "claim", "claims")) " of "
                            (count_words(one.range.origins.len(), "origin", "origins"))
                        }
                    }
                }
            }
        }
    }
}

/// A section: the prose of the case at the left, something beside it, and below both what needs the whole width.
fn section(context: Context<'_>, anchor: &str, heading: &str, beside: &Markup, below: &Markup) -> Markup {
    let prose = context.account.section(anchor);
    let heading = prose.map_or(heading, |section| section.heading.as_str());
    html! {
        @if prose.is_some() || !beside.0.is_empty() || !below.0.is_empty() {
            section id=(anchor) {
                h2 { (heading) }
                div.columns {
                    div { @if let Some(prose) = prose { (prose::markup(context, prose)) } }
                    @if !beside.0.is_empty() { div.beside { (beside) } }
                }
                (below)
            }
        }
    }
}

/// Who is bound to what: the overdue beside the prose, the deadlines with their answers below.
fn bound(context: Context<'_>, book: &Book<'_>) -> Markup {
    let overdue = duties::overdue(context, book, &html! { h3 { "Overdue" } });
    section(context, "bound", "Who is bound to what", &overdue, &duties::track(context, book, TRACKS))
}

/// The strongest contradictions, one a measure, in words.
fn strongest(context: Context<'_>) -> Markup {
    let all = &context.account.contradictions;
    let mut measures = std::collections::BTreeSet::new();
    let strongest = all.iter().filter(|one| measures.insert(one.key.measure.as_str())).take(STRONGEST);
    html! {
        @if !all.is_empty() {
            h3 { "The strongest" }
            @for one in strongest {
                p {
                    a href=(context.why(&plumb_account::Key::Contradiction(one.key.clone()))) {
                        (contradictions::about(context, one)) ", " (period_words(&one.key.period))
                    }
                    ". " (contradictions::words(context, one))
                }
            }
            p {
                a href=(context.to("contradictions.html")) {
                    "All " (count_words(all.len(), "contradiction", "contradictions"))
                }
            }
        }
    }
}

/// Everything else, as a table of contents with what each page is good for.
fn contents(context: Context<'_>) -> Markup {
    let case = context.case();
    let pages: [(&str, &str, Option<usize>); 18] = [
        ("ledger.html", "Ledger: all claims by what they measure", Some(case.claims.len())),
        ("places.html", "Places", Some(context.account.index.places().count())),
        ("actors.html", "Actors: people, companies, bodies", Some(case.actors.len())),
        ("links.html", "Links between them", Some(case.links.len())),
        ("traces.html", "Traces: who is bound to whom, and the gaps", Some(context.account.traces.questions.len())),
        ("sites.html", "Places of work", Some(case.sites.len())),
        ("timeline.html", "Timeline", Some(case.events.len())),
        ("duties.html", "Duties and answers", Some(case.duties.len())),
        (
            "duties.html#states",
            "States: what binds each, and where it stands",
            Some(states::codes(context.account).len()),
        ),
        ("indicators.html", "Signs of forced labour", Some(case.indicators.len())),
        ("rules.html", "Rules of labour law", Some(case.rules.len())),
        ("wages.html", "Wages owed", Some(context.account.owed.len())),
        ("series.html", "Reference figures", Some(case.observations.len())),
        ("contradictions.html", "Contradictions", Some(context.account.contradictions.len())),
        ("defects.html", "Known errors in copies", Some(case.defects.len())),
        ("sources.html", "Sources", Some(case.sources.len())),
        ("method.html", "How to read this", None),
        ("search.html", "Search", None),
    ];
    html! {
        section id="contents" {
            h2 { "Everything else" }
            nav aria-label="Contents" {
                ul.toc {
                    @for (path, words, count) in pages {
                        li {
                            a href=(context.to(path)) { (words) }
                            @if let Some(count) = count { " " span.count { (count) } }
                        }
                    }
                }
            }
        }
    }
}
