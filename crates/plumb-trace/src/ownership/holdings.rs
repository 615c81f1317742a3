//! Holdings: who holds what of a body on a day, from all that is recorded, and the bodies above one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::edge::{Edge, EdgeId, Kind};
use crate::graph::{Graph, Node};
use crate::reach::day;
use crate::share::Share;
use crate::strength::Basis;

/// Bodies above the one in question that are looked at. Real chains have a few dozen; the limit keeps a test within a second.
const MOST_BODIES: usize = 2_000;

/// Something odd about a chain of ownership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Bodies that own each other in a ring, or lie between rings.
    Ring(Vec<Node>),
    /// The shares of a body add up to more than the whole, at the least by so many percent.
    AboveWhole {
        /// The body.
        body: Node,
        /// What its shares add up to by their lowest values.
        sum: Decimal,
    },
    /// The chain has more bodies than are looked at; those beyond count as owners that nothing is known of.
    TooMany,
}

/// What one owner holds of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The owner.
    pub owner: Node,
    /// Its share as it is counted: from the lowest to the highest that the records allow. What is only alleged, still to be
    /// verified, or held through bodies that are not named counts from nothing.
    pub share: Share,
    /// The records.
    pub edges: Vec<EdgeId>,
}

/// Whether an edge of this kind says that its beginning owns or controls its end.
pub(super) fn is_hold(kind: Kind) -> bool {
    matches!(kind, Kind::Ownership | Kind::Control)
}

fn holds_on(edge: &Edge, as_of: Date) -> bool {
    edge.first_day() <= day(as_of) && edge.last_day() >= day(as_of)
}

/// Whether an edge may count as certain.
fn is_firm(edge: &Edge) -> bool {
    edge.basis != Basis::Alleged && !edge.verify && !edge.indirect
}

/// The bodies above one, with what is held of each.
#[derive(Debug, Default)]
pub(super) struct Above {
    /// All of them and the body itself, owners before what they own; those of rings by their place in the graph.
    pub(super) order: Vec<Node>,
    pub(super) holdings: BTreeMap<Node, Vec<Holding>>,
    /// Who is said to control a body, the edge, and whether it may count as certain.
    pub(super) controllers: BTreeMap<Node, Vec<(Node, EdgeId, bool)>>,
    pub(super) findings: Vec<Finding>,
}

impl Above {
    pub(super) fn of(graph: &Graph, body: Node, as_of: Date) -> Self {
        let mut above = Self::default();
        let mut waiting = vec![body];
        let mut seen = BTreeSet::from([body]);
        while let Some(next) = waiting.pop() {
            if above.holdings.len() >= MOST_BODIES {
                above.findings.push(Finding::TooMany);
                break;
            }
            let holdings = holdings(graph, next, as_of);
            let controllers = controllers(graph, next, as_of);
            let owners = holdings.iter().map(|holding| holding.owner);
            waiting
                .extend(owners.chain(controllers.iter().map(|(node, ..)| *node)).filter(|owner| seen.insert(*owner)));
            above.check_sum(next, &holdings);
            above.holdings.insert(next, holdings);
            above.controllers.insert(next, controllers);
        }
        above.put_in_order(seen);
        above
    }

    fn check_sum(&mut self, body: Node, holdings: &[Holding]) {
        let sum: Decimal = holdings.iter().map(|holding| holding.share.low()).sum();
        if sum > Decimal::ONE_HUNDRED {
            self.findings.push(Finding::AboveWhole { body, sum });
        }
    }

    /// Takes out, again and again, what has no owner left (Kahn 1962); what remains hangs on rings.
    fn put_in_order(&mut self, all: BTreeSet<Node>) {
        let mut left = all;
        loop {
            let has_owner_left = |node: &Node| {
                let holdings = self.holdings.get(node).into_iter().flatten().map(|holding| holding.owner);
                let controllers = self.controllers.get(node).into_iter().flatten().map(|(controller, ..)| *controller);
                holdings.chain(controllers).any(|owner| left.contains(&owner))
            };
            let free: Vec<Node> = left.iter().copied().filter(|node| !has_owner_left(node)).collect();
            if free.is_empty() {
                break;
            }
            for node in free {
                left.remove(&node);
                self.order.push(node);
            }
        }
        if !left.is_empty() {
            let ring = self.ring(&left);
            self.order.extend(left);
            self.findings.push(Finding::Ring(ring));
        }
    }

    /// Of what hangs on rings, that which also feeds one.
    fn ring(&self, left: &BTreeSet<Node>) -> Vec<Node> {
        let mut ring = left.clone();
        loop {
            let owned_inside: BTreeSet<Node> = (ring.iter())
                .flat_map(|node| self.holdings.get(node).into_iter().flatten().map(|holding| holding.owner))
                .chain(ring.iter().flat_map(|node| self.controllers.get(node).into_iter().flatten().map(|one| one.0)))
                .collect();
            let smaller: BTreeSet<Node> = ring.intersection(&owned_inside).copied().collect();
            if smaller.len() == ring.len() {
                return ring.into_iter().collect();
            }
            ring = smaller;
        }
    }
}

/// What is held of a body on a day, by owner. Rival statements about one owner are not added up: they make a range.
fn holdings(graph: &Graph, body: Node, as_of: Date) -> Vec<Holding> {
    let mut owners: BTreeMap<Node, Vec<(EdgeId, &Edge)>> = BTreeMap::new();
    for id in graph.edges_to(body) {
        if let Some(edge) = graph.edge(id).filter(|edge| edge.kind == Kind::Ownership && holds_on(edge, as_of)) {
            owners.entry(edge.from).or_default().push((id, edge));
        }
    }
    let direct: BTreeSet<Node> = (owners.iter())
        .filter(|(_, edges)| edges.iter().any(|(_, edge)| !edge.indirect))
        .map(|(owner, _)| *owner)
        .collect();
    let mut found = Vec::new();
    for (owner, mut edges) in owners {
        if direct.contains(&owner) {
            edges.retain(|(_, edge)| !edge.indirect);
        } else if !direct.is_empty() {
            // the direct owners are on record, and what is held through them is counted there
            continue;
        }
        let stated = edges
            .iter()
            .filter_map(|(_, edge)| edge.share.map(|share| if is_firm(edge) { share } else { share.from_nothing() }));
        let share = stated.reduce(Share::hull).unwrap_or(Share::UNKNOWN);
        found.push(Holding { owner, share, edges: edges.into_iter().map(|(id, _)| id).collect() });
    }
    found
}

/// Who is said to control a body. Votes count as control when they are more than half, or when no record says how many.
fn controllers(graph: &Graph, body: Node, as_of: Date) -> Vec<(Node, EdgeId, bool)> {
    let half = Decimal::from(50);
    let control = |id: EdgeId| {
        let edge = graph.edge(id).filter(|edge| edge.kind == Kind::Control && holds_on(edge, as_of))?;
        let possible = edge.share.is_none_or(|share| share.high() > half);
        let certain = edge.share.is_none_or(|share| share.low() > half) && is_firm(edge);
        possible.then_some((edge.from, id, certain))
    };
    let mut found: Vec<(Node, EdgeId, bool)> = graph.edges_to(body).filter_map(control).collect();
    found.sort_unstable();
    found
}
