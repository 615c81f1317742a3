//! One estimate: how its distribution looks, where its humps are, what drives it, which claims speak of it.

use maud::{Markup, html};
use plumb_account::estimate::{
    Bin, Estimate, Estimates, Hump, Spread, claims_of, interval_words, middle_words, number_words, rounded,
    spread_words, title, value_words,
};
use plumb_core::measure;
use plumb_core::reference::Kind;
use plumb_core::unit::Unit;
use rust_decimal::Decimal;

use crate::chart::band::{self, Quantiles};
use crate::chart::interval::axis_words;
use crate::chart::scale::Scale;
use crate::chart::{number, percent};
use crate::layout::{Context, ESTIMATES, Page, crumbs};
use crate::table;
use crate::words::count_words;

use super::verdicts::chance_words;

/// Height of the drawing of a distribution, in pixels.
const HEIGHT: f64 = 150.0;
/// Where its axis lies; beneath it the bar of its quantiles, then the labels.
const AXIS: f64 = 108.0;

/// Claims that are named of one origin: its page has all.
const MOST_CLAIMS: usize = 4;

/// The page.
pub(super) fn page(context: Context<'_>, estimates: &Estimates, one: &Estimate) -> Page {
    let title = title(context.account, one);
    let body = html! {
        (crumbs(context, &[("index.html", "Answer"), (ESTIMATES, "Estimates")], &title))
        h1 { (title) }
        div.lead { p { (capital(&value_words(one))) "." } }
        p.note {
            "An estimate is no claim: it is what the claims allow under the model of the case, when each origin may be right or off by up \
             to a factor of ten. In the terminal: " code { "plumb why \"" (super::key(one)) "\" --case CASE" } "."
        }
        (distribution(&one.histogram, &one.humps, one.spread.as_ref(), &one.unit))
        (computed(one))
        (drivers(context, estimates, one))
        (claims(context, estimates, one))
    };
    Page { title, body }
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A distribution over equal factors, with its humps named.
pub(super) fn distribution(bins: &[Bin], humps: &[Hump], spread: Option<&Spread>, unit: &Unit) -> Markup {
    let highest = bins.iter().map(|bin| bin.probability).fold(0.0, f64::max);
    let edges = bins
        .iter()
        .flat_map(|bin| [bin.low, bin.high])
        .map(|edge| rounded(edge, 4))
        .filter(|edge| *edge > Decimal::ZERO);
    let scale = Scale::of(edges, unit, measure::Scale::Logarithmic);
    if highest <= 0.0 {
        return html! {};
    }
    let drawing = html! {
        svg.plot role="img" height=(number(HEIGHT)) aria-label=(spread_words(spread, None, unit)) {
            @for bin in bins {
                @let (from, to) = (scale.place(rounded(bin.low, 4)), scale.place(rounded(bin.high, 4)));
                @let tall = (AXIS - 2.0) * bin.probability / highest;
                rect.half x=(percent(from)) width=(percent((to - from - 0.2).max(0.1))) y=(number(AXIS - tall)) height=(number(tall)) {}
            }
            line.axis x1="0" x2="100%" y1=(number(AXIS)) y2=(number(AXIS)) {}
            @if let Some(spread) = spread { svg y=(number(AXIS + 10.0)) { (band::across(&scale, &Quantiles::from(spread))) } }
            @for (value, label) in scale.labels() {
                text.label.middle x=(percent(scale.place(value))) y=(number(HEIGHT - 6.0)) { (label) }
            }
        }
    };
    let heading = html! {
        @if humps.len() > 1 { "The claims pull it to " (count_words(humps.len(), "place", "places")) }
        @else { "How the cases lie" }
    };
    let note = html! {
        @if humps.len() > 1 {
            @for (at, hump) in humps.iter().enumerate() {
                @if at > 0 { ", or " }
                "around " (number_words(hump.value, unit, false)) " (" (chance_words(Some(hump.probability))) ")"
            }
            ". "
        }
        "The bar: nine cases in ten, the middle half, the middle. " (axis_words(&scale)) "."
    };
    crate::chart::frame(None, &heading, &note, &drawing)
}

fn computed(one: &Estimate) -> Markup {
    html! {
        @if let Some(equation) = &one.computed {
            h2 { "How it hangs together" }
            p { code { (equation) } }
        }
    }
}

/// The origins that move it most.
fn drivers(context: Context<'_>, estimates: &Estimates, one: &Estimate) -> Markup {
    let caption = "What drives it";
    let words = |value: f64| number_words(value, &one.unit, false);
    html! {
        @if !one.drivers.is_empty() {
            h2 { (caption) }
            (table::scroll(caption, &html! {
                table.compact {
                    caption.unseen { (caption) }
                    (table::head(&[("Origin", ""), ("If it is right", "num"), ("If it is wrong", "num"), ("Influence", "num"), ("By its claims", "")]))
                    tbody {
                        @for driver in one.drivers.iter().take(12) {
                            tr {
                                th scope="row" { (context.name(Kind::Origin, &driver.origin)) }
                                td.num { (words(driver.if_right.median)) " " span.meta { "(" (words(driver.if_right.low)) "–" (words(driver.if_right.high)) ")" } }
                                td.num { (words(driver.if_wrong.median)) " " span.meta { "(" (words(driver.if_wrong.low)) "–" (words(driver.if_wrong.high)) ")" } }
                                td.num { (format!("{:.0}%", driver.influence * 100.0)) }
                                td {
                                    @let claims = claims_of(estimates, &driver.origin).filter_map(|id| context.case().claims.get(id));
                                    @for (at, claim) in claims.take(MOST_CLAIMS).enumerate() { @if at > 0 { ", " } (context.claim_figure(claim)) }
                                }
                            }
                        }
                    }
                }
            }))
            p.note { "Influence: the largest difference between the two distributions, from none to 100%." }
        }
    }
}

fn claims(context: Context<'_>, estimates: &Estimates, one: &Estimate) -> Markup {
    let verdicts: Vec<_> = estimates.claims.iter().filter(|verdict| one.claims.contains(&verdict.claim)).collect();
    let caption = "The claims that speak of it";
    html! {
        h2 { (caption) }
        @if verdicts.is_empty() {
            p { "None directly: it follows from other quantities and from what the model takes for granted." }
        } @else {
            (table::scroll(caption, &html! {
                table {
                    caption.unseen { (caption) }
                    (table::head(&[("Who says so", ""), ("What", ""), ("Figure", "num"), ("By its grade", "num"), ("Beside the others", "num"), ("First said in", "")]))
                    tbody {
                        @for verdict in &verdicts {
                            @if let Some(claim) = context.case().claims.get(&verdict.claim) {
                                tr {
                                    th scope="row" { bdi { (claim.said_by) } }
                                    td { (context.name(Kind::Measure, &claim.measure)) }
                                    td.num { (context.claim_figure(claim)) }
                                    td.num { (chance_words(Some(verdict.before))) }
                                    td.num { (chance_words(verdict.after)) }
                                    td { (context.name(Kind::Origin, &claim.origin)) }
                                }
                            }
                        }
                    }
                }
            }))
        }
        @if let Some(spread) = &one.spread {
            p.meta { "Middle " (middle_words(spread, &one.unit, true)) ", nine cases in ten within " (interval_words(spread, &one.unit, true)) ", mean " (number_words(spread.mean, &one.unit, true)) "." }
        }
    }
}
