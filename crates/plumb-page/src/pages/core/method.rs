//! How to read the account: fixed words and signs, drawings, ranges, origins, grades, limits, licence.

use std::collections::BTreeMap;

use maud::{Markup, html};
use plumb_core::case::Grade;
use plumb_core::measure;
use plumb_core::unit::Unit;
use rust_decimal::Decimal;

use crate::chart::mark::{Mark, Shape};
use crate::chart::scale::Scale;
use crate::layout::{Context, Page, crumbs};
use crate::prose;
use crate::table;
use crate::words::{SIGNS, count_words};

/// The page.
pub(super) fn page(context: Context<'_>) -> Page {
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "How to read this"))
        h1 { "How to read this account" }
        div.lead { p {
            "Every figure here is somebody's claim. Each leads, in one or two steps, to the words of a source; \
             none is an estimate of ours."
        } }
        (signs())
        (drawings())
        (ranges())
        (grades())
        (duties())
        (reading(context))
        (limits(context))
        (making(context))
    };
    Page { title: "How to read this".to_owned(), body }
}

fn signs() -> Markup {
    html! {
        h2 id="signs" { "Words and signs" }
        p { "Each of these has one word and one sign on every page." }
        (table::scroll("Words and signs", &html! {
            table {
                caption.unseen { "Words and signs" }
                (table::head(&[("Sign and word", ""), ("What it means", "")]))
                tbody { @for sign in SIGNS { tr { th.nowrap scope="row" { (sign.markup()) } td { (sign.meaning) } } } }
            }
        }))
    }
}

fn drawings() -> Markup {
    let number = |value: i64| Decimal::from(value);
    let plain = |shape: Shape| Mark { shape, hollow: false, dashed: false, light: false, series: "" };
    let range = Shape::Span(number(30), None, number(60));
    let rows: [(Mark, &str); 8] = [
        (plain(Shape::Point(number(40))), "One number: a count, or “about” so many."),
        (
            plain(Shape::Span(number(30), Some(number(40)), number(60))),
            "Between two numbers, with the one held most likely.",
        ),
        (plain(range.clone()), "Between two numbers."),
        (plain(Shape::AtLeast(number(30))), "At least so many: the upper end is open."),
        (plain(Shape::AtMost(number(60))), "Up to so many: the lower end is open."),
        (Mark { hollow: true, ..plain(range.clone()) }, "Hollow: repeats a figure of the same origin."),
        (Mark { dashed: true, ..plain(range.clone()) }, "Dashed: still to be verified."),
        (Mark { light: true, ..plain(range) }, "Lighter: weak or superseded."),
    ];
    let unit: Option<Unit> = "persons".parse().ok();
    let Some(unit) = unit else { return html! {} };
    let scale = Scale::of([number(0), number(100)], &unit, measure::Scale::Linear);
    html! {
        h2 id="drawings" { "Drawings" }
        p {
            "Rivals share one scale and stand one under the other. Where length means amount, the scale begins at zero. A "
            "logarithmic scale says so: equal lengths there are equal factors. Every mark leads to its "
            "claim, and the table behind each drawing says the same in words."
        }
        figure.chart.sample {
            ol.rows {
                @for (mark, words) in &rows {
                    li {
                        span.who { (words) }
                        span.plot { svg.plot height="24" aria-hidden="true" { svg y="50%" { (mark.across(&scale)) } } }
                        span.value {}
                    }
                }
            }
        }
    }
}

fn ranges() -> Markup {
    html! {
        h2 id="ranges" { "Ranges and origins" }
        p {
            "A range, such as the one in the answer, runs from the lowest number that anybody states to the \
             highest, for one measure, one place, one time and one population. It is the span of what is claimed. \
             It is no estimate and no interval of confidence: the truth may lie outside, and a middle of it means \
             nothing."
        }
        p {
            "An origin is where a figure was first made. Ten newspapers that repeat one report share one origin \
             and count once. Where an older figure returns with the same value and no count of its own, the \
             compilers count it with the older origin and say so at the origin."
        }
        p {
            "Two claims contradict each other when their origins differ, their times overlap, and their numbers \
             have nothing in common even when rounding is allowed for: “about 30,000” is taken as 25,000 to \
             35,000. Claims that are weak, superseded or in another currency are left out."
        }
        p {
            "Figures keep their currency. They are held against figures in another only through a series of \
             exchange rates with a source."
        }
    }
}

fn grades() -> Markup {
    html! {
        h2 id="grades" { "Reliability" }
        p {
            "Sources and origins carry a grade of the Admiralty scale, as a source on this subject. A grade is a \
             judgement of the compilers; its reason stands in the case. It says nothing about whether one figure \
             is true."
        }
        (table::scroll("Admiralty grades", &html! {
            table.compact {
                caption.unseen { "Admiralty grades" }
                (table::head(&[("Grade", ""), ("The source is", "")]))
                tbody {
                    @for (_, letter, meaning) in Grade::ALL {
                        tr { th scope="row" { span.grade { (letter) } } td { (meaning) } }
                    }
                }
            }
        }))
    }
}

fn duties() -> Markup {
    html! {
        h2 id="duties" { "Duties" }
        p {
            "Where a state stands is read from the answers that this case knows. A report before the deadline is \
             “answered in time”; one after it, “answered late”; a date known only to the month or year that may \
             lie on either side, “time unclear”; statements and press reports alone, “statement only”. “No answer \
             known” means that this case knows of none."
        }
    }
}

/// What of the sources the compilers have read.
fn reading(context: Context<'_>) -> Markup {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for source in &context.case().sources {
        *counts.entry(source.seen.as_str()).or_default() += 1;
    }
    let words = [
        ("whole", "read whole"),
        ("excerpt", "read in an excerpt"),
        ("digest", "known from a digest by somebody else"),
        ("not-seen", "not seen; named by another source"),
        ("", "not stated"),
    ];
    html! {
        h2 id="read" { "What the compilers read" }
        (table::scroll("What the compilers read", &html! {
            table.compact {
                caption.unseen { "What the compilers read" }
                (table::head(&[("Sources", ""), ("How many", "num")]))
                tbody {
                    @for (word, meaning) in words {
                        @if let Some(count) = counts.get(word) {
                            tr { th scope="row" { (meaning) } td.num { (count) } }
                        }
                    }
                }
            }
        }))
    }
}

fn limits(context: Context<'_>) -> Markup {
    let settings = &context.case().settings;
    let section = context.account.section("limits");
    html! {
        @if section.is_some() || !settings.limits.is_empty() {
            h2 id="limits" { "Limits of this case" }
            @if !settings.limits.is_empty() { p { (settings.limits) } }
            @if let Some(section) = section { (prose::markup(context, section)) }
        }
    }
}

fn making(context: Context<'_>) -> Markup {
    let account = context.account;
    html! {
        h2 id="making" { "How it was made" }
        p {
            "Plumb " (account.version) " made these pages from " (count_words(account.case.hashes.len(), "file", "files"))
            ", as of " (account.as_of) ". The same files, day and version give the same pages, byte for byte. The account "
            "is named by the SHA-256 of all three: " code { (account.hash) } "."
        }
        @if !account.case.settings.licence.is_empty() { p { "Licence: " (account.case.settings.licence) } }
        p {
            "What the checks found, and what the compilers let stand with a reason, is on the page of "
            a href=(context.to("diagnostics.html")) { "diagnostics" } ". Known errors in copies are "
            a href=(context.to("defects.html")) { "listed" } " so that they are not read as evidence."
        }
    }
}
