//! A flow in stages: what comes in at the left, how it divides, where it ends.
//!
//! Widths are those of the middle estimate; a thin bracket at the left of each node spans what nine cases in ten give. Ribbons stretch
//! with the page, words keep their size. Words stand above their node and begin where it does, so those of two stages never meet.

use maud::{Markup, PreEscaped, html};

use super::{number, percent};

/// Height of the widest stage, in pixels.
const TALL: f64 = 230.0;
/// Breadth of a node, in percent.
const NODE: f64 = 1.6;
/// Where the first and the last stage begin, in percent: brackets stand at the left of the first, words at the right of the last.
const STAGES: (f64, f64) = (2.0, 80.0);
/// How far at the left of its node a bracket stands, in percent; every second one further, so that two of a stage stay apart.
const BRACKET: [f64; 2] = [0.7, 1.4];
/// Height of a line of words, in pixels.
const LINE: f64 = 13.0;
/// Letters that fit beside each other from one stage to the next where the drawing is narrowest.
const LETTERS: usize = 22;

/// A node of the flow.
pub struct Node {
    /// Which stage it stands in, from the left, 0 first.
    pub stage: usize,
    /// What it is, as its name.
    pub name: String,
    /// Its amount in words.
    pub words: String,
    /// What nine cases in ten lie within, in words.
    pub within: String,
    /// Its middle estimate and the ends between which nine cases in ten lie.
    pub amount: (f64, f64, f64),
    /// Where it leads, if anywhere.
    pub href: Option<String>,
    /// Class of its series: empty, `second`, `third`.
    pub series: &'static str,
}

/// A ribbon from one node to another, by their places in the list.
pub struct Ribbon {
    /// The node that it leaves.
    pub from: usize,
    /// The node that it enters.
    pub to: usize,
    /// Its middle estimate.
    pub amount: f64,
}

/// How tall the drawing of these nodes is, in pixels.
pub(super) fn height(nodes: &[Node]) -> f64 {
    Plan::of(nodes).height
}

/// The drawing. Nodes of a stage stand in the order of the list.
pub fn drawing(label: &str, nodes: &[Node], ribbons: &[Ribbon]) -> Markup {
    let plan = Plan::of(nodes);
    html! {
        svg.plot.sankey role="group" aria-label=(label) height=(number(plan.height)) {
            svg viewBox={ "0 0 100 " (number(plan.height)) } preserveAspectRatio="none" width="100%" height="100%" {
                (ribbon_paths(nodes, ribbons, &plan))
            }
            @for (node, place) in nodes.iter().zip(&plan.places) { (node_markup(node, place)) }
        }
    }
}

/// Where a node stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    x: f64,
    top: f64,
    tall: f64,
    scale: f64,
    /// How far at the left its bracket stands.
    aside: f64,
}

struct Plan {
    places: Vec<Place>,
    height: f64,
}

impl Plan {
    fn of(nodes: &[Node]) -> Self {
        let last = nodes.iter().map(|node| node.stage).max().unwrap_or(0);
        let of_stage = |stage: usize| nodes.iter().filter(move |node| node.stage == stage);
        let total = |stage: usize| of_stage(stage).map(|node| node.amount.0.max(0.0)).sum::<f64>();
        let largest = (0..=last).map(total).fold(0.0, f64::max);
        let scale = if largest > 0.0 { TALL / largest } else { 0.0 };
        let gap = lines_of(nodes) * LINE + 9.0;
        let mut next = vec![(gap, 0); last + 1];
        let places: Vec<Place> = (nodes.iter())
            .map(|node| {
                let (top, before) = next.get(node.stage).copied().unwrap_or((gap, 0));
                let tall = node.amount.0.max(0.0) * scale;
                if let Some(next) = next.get_mut(node.stage) {
                    *next = (top + tall + gap, before + 1);
                }
                let x = STAGES.0 + (STAGES.1 - STAGES.0) * ratio(node.stage, last);
                let aside = if before % 2 == 0 { BRACKET[0] } else { BRACKET[1] };
                Place { x, top, tall, scale, aside }
            })
            .collect();
        let foot = |(place, node): (&Place, &Node)| place.top + place.tall.max(node.amount.2.max(0.0) * scale);
        let height = places.iter().zip(nodes).map(foot).fold(gap, f64::max) + 4.0;
        Self { places, height }
    }
}

/// Most lines of words that a node has.
fn lines_of(nodes: &[Node]) -> f64 {
    let most = nodes.iter().map(|node| lines(node).len()).max().unwrap_or(0);
    f64::from(u32::try_from(most).unwrap_or(0))
}

/// The words of a node, line by line: its name in bold, then its amount.
fn lines(node: &Node) -> Vec<(bool, String)> {
    let mut name = vec![String::new()];
    for word in node.name.split_whitespace() {
        match name.last_mut() {
            Some(line) if line.is_empty() => word.clone_into(line),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LETTERS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => name.push(word.to_owned()),
        }
    }
    let amount = [node.words.clone(), format!("within {}", node.within)];
    name.into_iter().map(|line| (true, line)).chain(amount.map(|line| (false, line))).collect()
}

fn ratio(part: usize, whole: usize) -> f64 {
    let number = |value: usize| f64::from(u32::try_from(value).unwrap_or(1));
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}

/// The ribbons; at each node they leave and enter from the top down, in their order.
fn ribbon_paths(nodes: &[Node], ribbons: &[Ribbon], plan: &Plan) -> Markup {
    let mut left = vec![0.0; nodes.len()];
    let mut entered = vec![0.0; nodes.len()];
    let mut paths = String::new();
    for ribbon in ribbons {
        let (Some(from), Some(to)) = (plan.places.get(ribbon.from), plan.places.get(ribbon.to)) else { continue };
        let (Some(out), Some(into)) = (left.get_mut(ribbon.from), entered.get_mut(ribbon.to)) else { continue };
        let tall = ribbon.amount.max(0.0) * from.scale;
        let (start, end) = (from.top + *out, to.top + *into);
        (*out, *into) = (*out + tall, *into + tall);
        let (x1, x2) = (from.x + NODE, to.x);
        let middle = f64::midpoint(x1, x2);
        let series = nodes.get(ribbon.to).map_or("", |node| node.series);
        paths.push_str(&format!(
            "<path class=\"ribbon {series}\" d=\"M{} {}C{} {} {} {} {} {}V{}C{} {} {} {} {} {}Z\"/>",
            number(x1),
            number(start),
            number(middle),
            number(start),
            number(middle),
            number(end),
            number(x2),
            number(end),
            number(end + tall),
            number(middle),
            number(end + tall),
            number(middle),
            number(start + tall),
            number(x1),
            number(start + tall),
        ));
    }
    // built from numbers and words of this file alone
    PreEscaped(paths)
}

fn node_markup(node: &Node, place: &Place) -> Markup {
    let (low, high) = (node.amount.1.max(0.0) * place.scale, node.amount.2.max(0.0) * place.scale);
    let (x, bracket) = (percent(place.x), percent(place.x - place.aside));
    let lines = lines(node);
    let level = |line: usize| place.top - 5.0 - LINE * f64::from(u32::try_from(lines.len() - 1 - line).unwrap_or(0));
    let drawn = html! {
            title { (node.name) ": " (node.words) ", within " (node.within) }
            rect.node x=(x) y=(number(place.top)) width=(percent(NODE)) height=(number(place.tall.max(1.0))) {}
            // from the least to the most that nine cases in ten give, on the scale of the widths
            line.bracket x1=(bracket) x2=(bracket) y1=(number(place.top + low)) y2=(number(place.top + high)) {}
            @for (at, (bold, words)) in lines.iter().enumerate() {
                text class={ "halo" @if *bold { " name" } } x=(x) y=(number(level(at))) { (words) }
            }
    };
    html! {
        @match &node.href {
            Some(href) => a href=(href) class=(node.series) { (drawn) },
            None => g class=(node.series) { (drawn) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(stage: usize, name: &str, amount: f64) -> Node {
        let amount = (amount, amount / 2.0, amount * 2.0);
        Node {
            stage,
            name: name.to_owned(),
            words: "$1".to_owned(),
            within: "$1–2".to_owned(),
            amount,
            href: Some("#".to_owned()),
            series: "",
        }
    }

    #[test]
    fn a_flow_is_drawn_with_a_ribbon_for_each_part_and_escapes_names() {
        let nodes = [node(0, "pay <b>", 10.0), node(1, "left", 4.0), node(1, "taken", 6.0)];
        let ribbons = [Ribbon { from: 0, to: 1, amount: 4.0 }, Ribbon { from: 0, to: 2, amount: 6.0 }];
        let drawn = drawing("flow", &nodes, &ribbons).into_string();
        assert_eq!(drawn.matches("class=\"ribbon").count(), 2);
        assert!(drawn.contains("pay &lt;b&gt;") && !drawn.contains("NaN"));
    }

    #[test]
    fn nothing_to_draw_is_no_fault() {
        assert!(!drawing("flow", &[], &[]).into_string().contains("NaN"));
        let odd = [node(0, "x", f64::NAN)];
        assert!(!drawing("flow", &odd, &[Ribbon { from: 0, to: 7, amount: 1.0 }]).into_string().contains("NaN"));
    }
}
