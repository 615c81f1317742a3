//! Which words of a page are its article.
//!
//! The method is that of Arc90's Readability (2009), which browsers' reading views still follow: paragraphs give points to what
//! holds them, links take points away, names of classes help. Nothing is left out by it; the rest is told apart as not `main`.

use std::ops::Range;

use super::element::{Element, Role};
use super::tree::{Event, Tree};

/// Bytes from which a paragraph counts, and for which it gains a further point, up to three: Readability's 25 and 100
/// characters.
const SHORT: usize = 25;
const LONG: usize = 100;

/// Points for a class that says so: Readability's 25.
const LABEL: f64 = 25.0;

/// Words in classes, ids and roles of what is the article, and of what is not: those of Readability that are still in use.
const PRO: [&str; 8] = ["article", "body", "content", "entry", "main", "post", "story", "text"];
const CONTRA: [&str; 16] = [
    "banner",
    "breadcrumb",
    "comment",
    "cookie",
    "footer",
    "menu",
    "navbar",
    "newsletter",
    "popup",
    "promo",
    "related",
    "share",
    "sidebar",
    "social",
    "sponsor",
    "subscribe",
];

/// Share of its best neighbour's points with which an element beside the article belongs to it: Readability's fifth.
const BESIDE: f64 = 0.2;

/// Share of all points that `<main>` or `<article>` must hold to be believed. Some sites wrap every teaser in an `<article>`.
const HOLDS: f64 = 0.5;

/// Share of text in links from which a marked part within the article is a list of links.
const LINKS: f64 = 0.5;

/// An element with what is in it.
struct Node {
    parent: Option<usize>,
    /// Its events.
    range: Range<usize>,
    /// Bytes of text within, and of those within links.
    text: usize,
    linked: usize,
    /// Bytes of text and commas in it and its inline parts, outside of links.
    prose: usize,
    commas: usize,
    role: Role,
    points: f64,
    main: bool,
    /// Whether it can be no part of the article.
    out: bool,
    label: f64,
}

impl Node {
    fn link_density(&self) -> f64 {
        ratio(self.linked, self.text)
    }

    fn score(&self) -> f64 {
        (self.points + if self.points > 0.0 { self.label } else { 0.0 }) * (1.0 - self.link_density())
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    let float = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    float(part) / float(whole.max(1))
}

/// For each event of the tree whether it belongs to the article.
pub(super) fn main(tree: &Tree) -> Vec<bool> {
    let nodes = nodes(tree);
    let mut main = vec![false; tree.events.len()];
    let mut fill = |range: &Range<usize>, value: bool| {
        if let Some(events) = main.get_mut(range.clone()) {
            events.fill(value);
        }
    };
    let chosen = chosen(&nodes);
    if chosen.is_empty() {
        fill(&(0..tree.events.len()), true);
    }
    for node in chosen {
        fill(&node.range, true);
    }
    for node in nodes.iter().filter(|node| node.role == Role::Heading(1)) {
        // the title often stands above the article
        fill(&node.range, true);
    }
    for node in nodes.iter().filter(|node| node.out) {
        fill(&node.range, false);
    }
    main
}

/// The elements that make the article; none where nothing stands out.
fn chosen(nodes: &[Node]) -> Vec<&Node> {
    let all: f64 = nodes.iter().map(|node| node.points).sum();
    let held = |outer: &Node| -> f64 {
        nodes.iter().filter(|node| outer.range.contains(&node.range.start)).map(|node| node.points).sum()
    };
    let marked = nodes.iter().filter(|node| node.main && !node.out).max_by_key(|node| node.text);
    if let Some(marked) = marked.filter(|marked| all > 0.0 && held(marked) >= HOLDS * all) {
        return vec![marked];
    }
    let candidates = nodes.iter().filter(|node| !node.out && node.score() > 0.0);
    let Some(best) = candidates.max_by(|one, other| one.score().total_cmp(&other.score())) else { return Vec::new() };
    let beside = |node: &&Node| node.parent == best.parent && !node.out && node.score() >= BESIDE * best.score();
    nodes.iter().filter(beside).collect()
}

fn nodes(tree: &Tree) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut links = 0_u32;
    let mut linked: Vec<bool> = Vec::new();
    for (at, event) in tree.events.iter().enumerate() {
        match event {
            Event::Open(element) => {
                links += u32::from(element.link);
                linked.push(element.link);
                let parent = open.last().copied();
                open.push(nodes.len());
                nodes.push(node(element, parent, at));
            }
            Event::Close(_) => {
                links -= u32::from(linked.pop().unwrap_or(false));
                if let Some(closed) = open.pop() {
                    close(&mut nodes, closed, at);
                }
            }
            Event::Text(range) => {
                let words = tree.text.get(range.clone()).unwrap_or_default().trim();
                if let Some(node) = open.last().and_then(|innermost| nodes.get_mut(*innermost)) {
                    node.text += words.len();
                    node.linked += if links > 0 { words.len() } else { 0 };
                    if links == 0 {
                        node.prose += words.len();
                        node.commas += words.matches([',', '，', '、']).count();
                    }
                }
            }
            Event::Break | Event::Hidden(..) => {}
        }
    }
    nodes
}

fn node(element: &Element, parent: Option<usize>, at: usize) -> Node {
    let has = |words: &[&str]| words.iter().any(|word| element.labels.contains(word));
    let label = match (has(&PRO), has(&CONTRA)) {
        (true, false) => LABEL,
        (false, true) => -LABEL,
        _ => 0.0,
    };
    Node {
        parent,
        range: at..at + 1,
        text: 0,
        linked: 0,
        prose: 0,
        commas: 0,
        role: element.role,
        points: 0.0,
        main: element.main,
        out: element.role == Role::Aside,
        label,
    }
}

/// Hands what is in an element on to what holds it: prose of inline elements is their parent's own; a paragraph's points go to
/// what holds it, and half of them to what holds that. Every comma is a point: a clause more is a sign of prose.
fn close(nodes: &mut [Node], closed: usize, at: usize) {
    let Some(node) = nodes.get_mut(closed) else { return };
    node.range.end = at + 1;
    // a part that calls itself a menu or comments, and is not prose
    node.out |= node.label < 0.0 && (node.link_density() > LINKS || node.text < LONG);
    let (text, linked, prose, commas, role, holder) =
        (node.text, node.linked, node.prose, node.commas, node.role, node.parent);
    if let Some(parent) = holder.and_then(|holder| nodes.get_mut(holder)) {
        parent.text += text;
        parent.linked += linked;
        if role == Role::Inline {
            parent.prose += prose;
            parent.commas += commas;
        }
    }
    if role == Role::Inline || prose < SHORT {
        return;
    }
    let gained = 1.0 + ratio(commas, 1) + ratio(prose, LONG).min(3.0);
    // a container with words of its own is its own paragraph
    let first = if role == Role::Container { Some(closed) } else { holder };
    let mut points = gained;
    let mut next = first;
    for _ in 0..2 {
        let Some(node) = next.and_then(|next| nodes.get_mut(next)) else { return };
        node.points += points;
        points /= 2.0;
        next = node.parent;
    }
}
