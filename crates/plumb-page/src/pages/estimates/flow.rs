//! Where the money goes: each flow of the model as a drawing, with a balance that adds up.

use maud::{Markup, html};
use plumb_account::Account;
use plumb_account::estimate::{Estimate, Estimates, FlowChart, FlowNode, interval_words, number_words};
use plumb_core::reference::{Kind, Reference};

use crate::chart::sankey::{self, Node, Ribbon};
use crate::layout::Context;
use crate::table;

/// Series of the nodes of the last stages, so that the ends of the flow can be told apart: by place in the stage.
const SERIES: [&str; 3] = ["", "second", "third"];

/// The first flow, for the front page.
pub(in crate::pages) fn first(context: Context<'_>) -> Markup {
    let estimates = context.account.estimates();
    let found = estimates.and_then(|estimates| Some((estimates, estimates.flows.first()?)));
    found.map_or_else(|| html! {}, |(estimates, flow)| one(context, estimates, flow))
}

/// The flows, if the model has any.
pub(super) fn section(context: Context<'_>, estimates: &Estimates) -> Markup {
    html! {
        @if !estimates.flows.is_empty() {
            section id="flows" {
                h2 { "Where the money goes" }
                @for flow in &estimates.flows { (one(context, estimates, flow)) }
            }
        }
    }
}

/// One flow with the table behind it.
fn one(context: Context<'_>, estimates: &Estimates, flow: &FlowChart) -> Markup {
    let (mut nodes, ribbons) = parts(context.account, estimates, flow);
    let known = flow.nodes.iter().filter_map(|node| estimates.get(&node.name)).filter(|found| found.spread.is_some());
    for (node, found) in nodes.iter_mut().zip(known) {
        node.href = Some(context.why(&super::key(found)));
    }
    let drawing = html! {
        (table::scroll(&flow.label, &sankey::drawing(&flow.label, &nodes, &ribbons)))
        details.behind { summary { "The balance as a table" } (balance(context, estimates, flow)) }
    };
    let note = html! {
        "Widths are means, which add up. The thin line at the left of each runs from the least to the most that nine cases in ten give, \
         measured from the top. By the model of the case, not by accounts that anybody has seen."
    };
    crate::chart::frame(None, &html! { (flow.label) }, &note, &drawing)
}

/// What a flow is drawn from, without links.
pub(crate) fn parts(account: &Account, estimates: &Estimates, flow: &FlowChart) -> (Vec<Node>, Vec<Ribbon>) {
    let node = |(place, node): (usize, &FlowNode)| {
        let found = estimates.get(&node.name)?;
        let spread = found.spread.as_ref()?;
        let within = flow.nodes.iter().take(place).filter(|other| other.stage == node.stage).count();
        Some(Node {
            stage: node.stage,
            name: name(account, found),
            words: number_words(spread.mean, &found.unit, false),
            within: interval_words(spread, &found.unit, false),
            amount: (spread.mean, spread.low, spread.high),
            href: None,
            series: if node.stage < 2 { "" } else { SERIES.get(within).copied().unwrap_or_default() },
        })
    };
    let nodes = flow.nodes.iter().enumerate().filter_map(node).collect();
    let ribbons = flow.edges.iter().map(|edge| Ribbon { from: edge.from, to: edge.to, amount: edge.mean }).collect();
    (nodes, ribbons)
}

/// The place for a quantity that runs over places, else its label.
fn name(account: &Account, found: &Estimate) -> String {
    let place =
        |code: &String| plumb_account::index::name_of(&account.case, &Reference::new(Kind::Place, code.as_str()));
    found.place.as_ref().map_or_else(|| found.label.clone(), place)
}

/// Each node with what it divides into, and the difference, which is nothing but rounding.
fn balance(context: Context<'_>, estimates: &Estimates, flow: &FlowChart) -> Markup {
    let amount = |place: usize| {
        let found = flow.nodes.get(place).and_then(|node| estimates.get(&node.name))?;
        Some((found, found.spread?.mean))
    };
    let parts = |from: usize| flow.edges.iter().filter(move |edge| edge.from == from);
    table::scroll(
        &flow.label,
        &html! {
            table.compact {
                caption { (flow.label) ": means" }
                (table::head(&[("From", ""), ("To", ""), ("Amount", "num")]))
                tbody {
                    @for (place, _) in flow.nodes.iter().enumerate() {
                        @if let (Some((found, whole)), true) = (amount(place), parts(place).next().is_some()) {
                            tr.group { th scope="row" colspan="2" { (name(context.account, found)) } td.num { (number_words(whole, &found.unit, false)) } }
                            @for edge in parts(place) {
                                @if let Some((target, _)) = amount(edge.to) {
                                    tr { td {} th scope="row" { (name(context.account, target)) } td.num { (number_words(edge.mean, &found.unit, false)) } }
                                }
                            }
                        }
                    }
                }
            }
        },
    )
}
