//! Small multiples: a quantity by place and year, its bands behind the claims that speak of it.

use maud::{Markup, html};
use plumb_account::estimate::{Estimate, Estimates, Spread, interval_words, middle_words};
use plumb_core::case::model::{Model, ModelQuantity, Says, When};
use plumb_core::case::{Step, StepLength};
use plumb_core::measure;
use plumb_core::reference::Kind;

use crate::chart::band::{self, Bar, Quantiles};
use crate::chart::interval::axis_words;
use crate::chart::mark::Mark;
use crate::chart::scale::{Scale, Years};
use crate::chart::years::{Band, Chart, Timed, figures};
use crate::layout::Context;
use crate::table;
use crate::words::{count_words, maybe_period_words};

/// Height of a band, in pixels.
const HEIGHT: f64 = 96.0;

/// The quantities that claims speak of directly and that run over years, each with its places.
pub(super) fn section(context: Context<'_>, estimates: &Estimates) -> Markup {
    let Some(model) = &context.case().model else { return html! {} };
    let (drawn, others): (Vec<&ModelQuantity>, Vec<&ModelQuantity>) =
        model.quantities.iter().partition(|quantity| is_drawn(estimates, quantity));
    html! {
        section id="by-year" {
            h2 { "By place and year" }
            @for quantity in drawn { (chart(context, estimates, model, quantity)) }
            @for quantity in others { (in_short(context, estimates, quantity)) }
        }
    }
}

/// A quantity that no claim speaks of directly, as a table to be opened.
fn in_short(context: Context<'_>, estimates: &Estimates, quantity: &ModelQuantity) -> Markup {
    let own: Vec<&Estimate> =
        estimates.of_quantity(&quantity.id.text).filter(|one| one.at.is_some() && one.spread.is_some()).collect();
    html! {
        @if !own.is_empty() {
            details { summary { (quantity.label) ", " (count_words(own.len(), "figure", "figures")) } (behind(context, quantity, &own)) }
        }
    }
}

/// Enough years with an estimate, and at least one claim.
fn is_drawn(estimates: &Estimates, quantity: &ModelQuantity) -> bool {
    let own = || estimates.of_quantity(&quantity.id.text).filter(|one| one.at.is_some() && one.spread.is_some());
    own().count() > 2 && own().any(|one| !one.claims.is_empty())
}

fn chart(context: Context<'_>, estimates: &Estimates, model: &Model, quantity: &ModelQuantity) -> Markup {
    let own: Vec<&Estimate> = estimates.of_quantity(&quantity.id.text).filter(|one| one.spread.is_some()).collect();
    let steps = own.iter().filter_map(|one| one.at);
    let (Some(first), Some(last)) = (steps.clone().min(), steps.max()) else { return html! {} };
    let years = Years::new(first.year(), last.year());
    let mut places: Vec<Option<&str>> = Vec::new();
    for one in &own {
        if !places.contains(&one.place.as_deref()) {
            places.push(one.place.as_deref());
        }
    }
    let bands: Vec<Band> = (places.iter())
        .map(|place| {
            let of_place: Vec<&Estimate> = own.iter().copied().filter(|one| one.place.as_deref() == *place).collect();
            one_band(context, model, quantity, years, *place, &of_place)
        })
        .collect();
    Chart {
        id: format!("years-{}", quantity.id.text),
        title: html! { (quantity.label) ", " (first.label()) "–" (last.label()) },
        note: html! {
            "Pale bars: nine cases in ten. Dark bars: the middle half. Marks: the claims, each at its time. "
            (axis_words(&scale(quantity, model, context, &own))) "; each band has its own scale."
        },
        years,
        line: None,
        close: false,
        scaled: true,
        bands,
        behind: behind(context, quantity, &own),
    }
    .markup()
}

fn one_band(
    context: Context<'_>,
    model: &Model,
    quantity: &ModelQuantity,
    years: Years,
    place: Option<&str>,
    estimates: &[&Estimate],
) -> Band {
    let marks = claims(context, model, quantity, estimates);
    let scale = scale(quantity, model, context, estimates);
    let bars: Vec<Bar> = estimates.iter().filter_map(|one| bar(context, quantity, years, one)).collect();
    let claims = marks.len();
    Band {
        name: place.map_or_else(|| html! { "All places" }, |place| context.place(place)),
        aside: html! { (count_words(claims, "claim", "claims")) },
        height: HEIGHT,
        body: html! {
            (band::upright(&scale, HEIGHT, &bars))
            (figures(years, &scale, HEIGHT, &marks, false))
        },
    }
}

/// From zero to the highest bar or claim; by factors of ten where a measure of its claims asks for it.
fn scale(quantity: &ModelQuantity, model: &Model, context: Context<'_>, estimates: &[&Estimate]) -> Scale {
    let measures = model.observations.iter().filter(|one| one.quantity.text == quantity.id.text);
    let logarithmic = measures
        .filter_map(|one| context.case().measures.get(&one.measure))
        .any(|measure| measure.scale == measure::Scale::Logarithmic);
    let kind = if logarithmic { measure::Scale::Logarithmic } else { measure::Scale::Linear };
    let bars =
        estimates.iter().filter_map(|one| one.spread.as_ref()).flat_map(|spread| Quantiles::from(spread).numbers());
    let marks = claims(context, model, quantity, estimates);
    let marked = marks.iter().flat_map(|one| one.mark.numbers().collect::<Vec<_>>());
    Scale::of(bars.chain(marked), &quantity.unit, kind)
}

fn bar(context: Context<'_>, quantity: &ModelQuantity, years: Years, one: &Estimate) -> Option<Bar> {
    let spread: &Spread = one.spread.as_ref()?;
    let spoken = format!(
        "{}: about {}, nine cases in ten within {}",
        plumb_account::estimate::title(context.account, one),
        middle_words(spread, &one.unit, false),
        interval_words(spread, &one.unit, true),
    );
    let href = context.why(&super::key(one));
    Some(Bar::of_step(years, one.at?, quantity.when == When::End, spread, href, spoken))
}

/// The claims that measure the quantity itself at these places; what is only a bound of it stays off the drawing.
fn claims(context: Context<'_>, model: &Model, quantity: &ModelQuantity, estimates: &[&Estimate]) -> Vec<Timed> {
    let measures: Vec<&str> = (model.observations.iter())
        .filter(|one| one.quantity.text == quantity.id.text && one.says == Says::Equals)
        .map(|one| one.measure.as_str())
        .collect();
    let mut ids: Vec<&str> = estimates.iter().flat_map(|one| one.claims.iter().map(String::as_str)).collect();
    ids.sort_unstable();
    ids.dedup();
    (ids.into_iter())
        .filter_map(|id| context.case().claims.get(id))
        .filter(|claim| measures.contains(&claim.measure.as_str()))
        .filter_map(|claim| {
            Some(Timed {
                period: claim.period?,
                mark: Mark::of_claim(context, claim, &quantity.unit),
                href: context.record(Kind::Claim, &claim.id),
                spoken: format!(
                    "{} claims {} ({})",
                    claim.said_by,
                    claim.quantity.figure(),
                    maybe_period_words(claim.period.as_ref())
                ),
                remark: String::new(),
            })
        })
        .collect()
}

fn behind(context: Context<'_>, quantity: &ModelQuantity, estimates: &[&Estimate]) -> Markup {
    let length = estimates.iter().find_map(|one| one.at).map(Step::length).unwrap_or_default();
    let heading = match length {
        StepLength::Year => "Year",
        StepLength::Quarter => "Quarter",
        StepLength::Month => "Month",
    };
    table::scroll(
        &quantity.label,
        &html! {
            table.compact {
                caption { (quantity.label) }
                (table::head(&[(heading, ""), ("Where", ""), ("About", "num"), ("Nine cases in ten within", "num"), ("Claims", "num")]))
                tbody {
                    @for one in estimates {
                        tr {
                            th scope="row" { @if let Some(at) = one.at { (at.label()) } }
                            td { @if let Some(place) = &one.place { (context.place(place)) } @else { "All places" } }
                            td.num { (super::figure(context, one)) }
                            td.num { @if let Some(spread) = &one.spread { (interval_words(spread, &one.unit, true)) } }
                            td.num { (one.claims.len()) }
                        }
                    }
                }
            }
        },
    )
}
