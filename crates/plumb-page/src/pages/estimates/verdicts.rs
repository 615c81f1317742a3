//! Who is probably right: each claim before and after all were held against one another, and the claims that were not used.

use maud::{Markup, html};
use plumb_account::estimate::{Estimates, Question, Verdict, world_words};
use plumb_core::reference::Kind;

use crate::layout::Context;
use crate::table;
use crate::words::{count_words, maybe_period_words};

/// Claims that are shown before the rest is folded away.
const FIRST: usize = 25;

/// The claims, the least probable first.
pub(super) fn section(context: Context<'_>, estimates: &Estimates) -> Markup {
    let mut all: Vec<&Verdict> = estimates.claims.iter().collect();
    let chance = |one: &Verdict| one.after.unwrap_or(1.0);
    all.sort_by(|one, two| chance(one).total_cmp(&chance(two)).then_with(|| one.claim.cmp(&two.claim)));
    let (first, rest) = all.split_at(all.len().min(FIRST));
    html! {
        section id="verdicts" {
            h2 { "Who is probably right" }
            p {
                "The chance that a claim is right begins with the grade of its origin and moves as it agrees or disagrees with others. \
                 Claims of one origin stand and fall together. A low chance is a statement about a figure, not about whoever gave it."
            }
            (verdict_table(context, "The claims that fit least", first))
            @if !rest.is_empty() {
                details { summary { "The other " (count_words(rest.len(), "claim", "claims")) } (verdict_table(context, "The other claims", rest)) }
            }
            (together(context, estimates))
        }
    }
}

fn verdict_table(context: Context<'_>, caption: &str, verdicts: &[&Verdict]) -> Markup {
    table::scroll(
        caption,
        &html! {
            table {
                caption { (caption) }
                (table::head(&[
                    ("Who says so", ""), ("What", ""), ("Where", ""), ("When", ""), ("Figure", "num"),
                    ("By its grade", "num"), ("Beside the others", "num"), ("Tension", "num"),
                ]))
                tbody { @for verdict in verdicts { (row(context, verdict)) } }
            }
        },
    )
}

fn row(context: Context<'_>, verdict: &Verdict) -> Markup {
    let Some(claim) = context.case().claims.get(&verdict.claim) else { return html! {} };
    html! {
        tr {
            th scope="row" { bdi { (claim.said_by) } }
            td { (context.name(Kind::Measure, &claim.measure)) }
            td { (context.place(&claim.place)) }
            td { (maybe_period_words(claim.period.as_ref())) }
            td.num { (context.claim_figure(claim)) }
            td.num { (chance_words(Some(verdict.before))) }
            td.num { (chance_words(verdict.after)) }
            td.num { @if let Some(tension) = verdict.tension { (super::signed(tension, 1)) } }
        }
    }
}

/// The likeliest choices of who is right together.
fn together(context: Context<'_>, estimates: &Estimates) -> Markup {
    html! {
        @if !estimates.questions.is_empty() {
            h3 { "Who is right together" }
            @for question in &estimates.questions { (choices(context, estimates, question)) }
        }
    }
}

fn choices(context: Context<'_>, estimates: &Estimates, question: &Question) -> Markup {
    let origins = question.origins.len();
    let figures = if question.quantities == 1 {
        "one figure".to_owned()
    } else {
        format!("the same {} figures", question.quantities)
    };
    html! {
        @if question.worlds.is_empty() {
            p {
                (origins) " origins bear on " (figures) ". No choice among them stands out: even the likeliest has a chance \
                 under one in a hundred, so only the chances above say something."
            }
        } @else {
            p { (origins) " origins bear on " (figures) ". The likeliest choices:" }
            ul { @for world in &question.worlds {
                li { strong { (chance_words(Some(world.probability))) } " " (world_words(context.case(), &estimates.outputs, question, world)) }
            } }
        }
    }
}

/// A chance in whole per cent; never more certain than draws can tell.
pub(super) fn chance_words(chance: Option<f64>) -> String {
    match chance {
        None => "—".to_owned(),
        Some(chance) if chance < 0.01 => "under 1%".to_owned(),
        Some(chance) if chance > 0.99 => "over 99%".to_owned(),
        Some(chance) => format!("{:.0}%", chance * 100.0),
    }
}

/// The claims of the same measures that were not used, with the reason.
pub(super) fn unused(context: Context<'_>, estimates: &Estimates) -> Markup {
    let caption = "Claims that are not held against the others";
    html! {
        @if !estimates.unused.is_empty() {
            section id="unused" {
                h2 { (caption) }
                p { "Definitions, populations and units that differ are no rivals." }
                details {
                    summary { (count_words(estimates.unused.len(), "claim", "claims")) " with the reason" }
                    (table::scroll(caption, &html! {
                        table {
                            caption.unseen { (caption) }
                            (table::head(&[("Who says so", ""), ("What", ""), ("Figure", "num"), ("Why not", "")]))
                            tbody {
                                @for one in &estimates.unused {
                                    @if let Some(claim) = context.case().claims.get(&one.claim) {
                                        tr {
                                            th scope="row" { bdi { (claim.said_by) } }
                                            td { (context.name(Kind::Measure, &claim.measure)) }
                                            td.num { (context.claim_figure(claim)) }
                                            td { (one.reason) }
                                        }
                                    }
                                }
                            }
                        }
                    }))
                }
            }
        }
    }
}
