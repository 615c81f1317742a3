//! Claims about different things that cannot all be true: each set in words, with what the others would need of each.

use maud::{Markup, html};
use plumb_account::Key;
use plumb_account::estimate::{Clash, Estimates, need_words, search_words};
use plumb_core::reference::Kind;

use crate::layout::Context;
use crate::table;
use crate::words::{count_words, maybe_period_words};

/// Sets that are told; rivals for one figure have their own part of the page.
const MOST: usize = 12;

/// The most telling sets; nothing when there are none, or no model.
pub(in crate::pages) fn section(context: Context<'_>) -> Markup {
    let Some(estimates) = context.account.estimates() else { return html! {} };
    let across: Vec<&Clash> = estimates.clashes.iter().filter(|clash| clash.across).collect();
    html! {
        @if !across.is_empty() {
            section id="across" {
                h2 { "Claims about different things" }
                p {
                    "Workers, pay and revenue hang together. In each set below any one claim could give way, and the others could be true; "
                    "all together they cannot, as long as nothing changes faster from year to year than the model of the case takes for granted. \
                     No probability enters here."
                }
                @for clash in across.iter().take(MOST) { (one(context, clash)) }
                (rest(estimates, across.len()))
            }
        }
    }
}

fn one(context: Context<'_>, clash: &Clash) -> Markup {
    let key = Key::Conflict(clash.claims.clone());
    let caption = format!("{} that cannot all be true", count_words(clash.claims.len(), "claim", "claims"));
    html! {
        section.finding id=(key.slug()) {
            (table::scroll(&caption, &html! {
                table {
                    caption { (caption) }
                    (table::head(&[("Who says so", ""), ("What", ""), ("Where", ""), ("When", ""), ("Says", "num"), ("The others need", ""), ("Read in", "")]))
                    tbody {
                        @for need in &clash.needs {
                            @if let Some(claim) = context.case().claims.get(&need.claim) {
                                tr {
                                    th scope="row" { bdi { (claim.said_by) } }
                                    td { (context.name(Kind::Measure, &claim.measure)) }
                                    td { (context.place(&claim.place)) }
                                    td { (maybe_period_words(claim.period.as_ref())) }
                                    td.num { (context.claim_figure(claim)) }
                                    td { (need_words(need)) }
                                    td { (context.source_brief(&claim.source)) }
                                }
                            }
                        }
                    }
                }
            }))
        }
    }
}

fn rest(estimates: &Estimates, across: usize) -> Markup {
    html! {
        p.note {
            @if across > MOST { (count_words(across - MOST, "further set", "further sets")) " in " code { "plumb weigh CASE --format json" } ". " }
            (search_words(estimates.clash_search.as_ref()))
        }
    }
}
