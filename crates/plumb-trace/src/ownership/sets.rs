//! The certain and the possible set of one rule and one group of holders.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::holdings::Above;
use super::rule::{Rule, Threshold};
use super::{Standing, Sum, Term, Verdict};
use crate::graph::{Graph, Node, NodeKind};

/// The two sets, with the holders that they start from.
#[derive(Debug)]
pub(super) struct Sets {
    holders: BTreeSet<Node>,
    certain: BTreeSet<Node>,
    possible: BTreeSet<Node>,
}

impl Sets {
    pub(super) fn of(graph: &Graph, above: &Above, rule: &Rule, threshold: Threshold, holders: &[Node]) -> Self {
        let holders: BTreeSet<Node> = holders.iter().copied().collect();
        let controlled = |node: Node, set: &BTreeSet<Node>, sure: bool| {
            let controllers = above.controllers.get(&node).into_iter().flatten();
            rule.counts_control
                && controllers.into_iter().any(|(by, _, certain)| set.contains(by) && (*certain || !sure))
        };
        let mut certain = holders.clone();
        let enough =
            |node: Node, set: &BTreeSet<Node>| threshold.is_met(held(above, node, set)) || controlled(node, set, true);
        until_still(|| {
            let before = certain.len();
            for node in &above.order {
                if !certain.contains(node) && enough(*node, &certain) {
                    certain.insert(*node);
                }
            }
            certain.len() != before
        });
        // everything that can be owned at all, less what is known to be held by others, until nothing more falls out
        let can_be_held = |node: &Node| holders.contains(node) || graph.kind(*node) != NodeKind::Person;
        let mut possible: BTreeSet<Node> = above.order.iter().copied().filter(can_be_held).collect();
        let conceivable = |node: Node, set: &BTreeSet<Node>| {
            let most = Decimal::ONE_HUNDRED - held_by_others(above, node, set);
            holders.contains(&node) || threshold.is_met(most) || controlled(node, set, false)
        };
        until_still(|| {
            let before = possible.len();
            for node in &above.order {
                if possible.contains(node) && !conceivable(*node, &possible) {
                    possible.remove(node);
                }
            }
            possible.len() != before
        });
        Self { holders, certain, possible }
    }

    pub(super) fn verdict(&self, node: Node) -> Verdict {
        if self.certain.contains(&node) {
            Verdict::Blocked
        } else if self.possible.contains(&node) {
            Verdict::CannotBeTold
        } else {
            Verdict::NotBlocked
        }
    }

    fn standing(&self, node: Node) -> Standing {
        if self.holders.contains(&node) {
            return Standing::Named;
        }
        match self.verdict(node) {
            Verdict::Blocked => Standing::Through,
            Verdict::CannotBeTold => Standing::Possible,
            Verdict::NotBlocked => Standing::Outside,
        }
    }

    /// The sums of all bodies of which a holder is known, owners before what they own.
    pub(super) fn sums(&self, above: &Above, rule: &Rule) -> Vec<Sum> {
        let mut sums = Vec::new();
        for body in above.order.iter().copied().filter(|node| !self.holders.contains(node)) {
            let holdings = above.holdings.get(&body).map_or(&[][..], Vec::as_slice);
            let controllers = above.controllers.get(&body).map_or(&[][..], Vec::as_slice);
            let controllers: Vec<_> = (controllers.iter().filter(|_| rule.counts_control))
                .map(|(node, edge, _)| (*node, *edge, self.standing(*node)))
                .collect();
            let is_last = above.order.last() == Some(&body);
            if holdings.is_empty() && controllers.is_empty() && !is_last {
                continue;
            }
            let terms = (holdings.iter())
                .map(|holding| Term { holding: holding.clone(), standing: self.standing(holding.owner) })
                .collect();
            let named: Decimal = holdings.iter().map(|holding| holding.share.low()).sum();
            sums.push(Sum {
                body,
                terms,
                low: held(above, body, &self.certain),
                high: Decimal::ONE_HUNDRED - held_by_others(above, body, &self.possible),
                unnamed: (Decimal::ONE_HUNDRED - named).max(Decimal::ZERO),
                controllers,
                verdict: self.verdict(body),
            });
        }
        sums
    }
}

/// Repeats a step until it says that it changed nothing. Owners come before what they own, so without rings one round does.
fn until_still(mut step: impl FnMut() -> bool) {
    while step() {}
}

/// By how much the lowest shares of a body exceed the whole: so much of any sum may be counted twice.
fn excess(above: &Above, body: Node) -> Decimal {
    let shares = above.holdings.get(&body).into_iter().flatten().map(|holding| holding.share.low());
    (shares.sum::<Decimal>() - Decimal::ONE_HUNDRED).max(Decimal::ZERO)
}

/// What owners in the set hold at least, in percent.
fn held(above: &Above, body: Node, set: &BTreeSet<Node>) -> Decimal {
    let inside = above.holdings.get(&body).into_iter().flatten().filter(|holding| set.contains(&holding.owner));
    let sum: Decimal = inside.map(|holding| holding.share.low()).sum();
    (sum - excess(above, body)).max(Decimal::ZERO)
}

/// What owners outside the set hold at least, in percent.
fn held_by_others(above: &Above, body: Node, set: &BTreeSet<Node>) -> Decimal {
    let outside = above.holdings.get(&body).into_iter().flatten().filter(|holding| !set.contains(&holding.owner));
    let sum: Decimal = outside.map(|holding| holding.share.low()).sum();
    (sum - excess(above, body)).max(Decimal::ZERO)
}
