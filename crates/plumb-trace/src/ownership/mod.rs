//! Ownership rules of sanctions law: is a body blocked because blocked persons own or control it?
//!
//! [`test()`] answers *blocked*, *not blocked* or *cannot be told*, and shows the sums that it comes from. Two sets are worked
//! out for all bodies above the one in question. The *certain* set is the smallest that holds the blocked persons and every
//! body in which the set holds enough by the lowest shares; the *possible* set is the largest in which every body could be
//! held that way by the highest shares and by owners that no record names. A body in the first is blocked, one outside the
//! second is not; in between it cannot be told. For chains without rings both ends are exact; a ring of bodies that own each
//! other stays in the possible set unless outsiders are known to hold too much of it.
//!
//! Shares are not multiplied along a chain: under all three rules a holding counts in full once the holder itself is owned
//! by the threshold, and not at all below it (OFAC, question 401; Schedule 1 of the UK regulations speaks of a majority stake
//! in each link).

mod holdings;
mod rule;
mod sets;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::edge::EdgeId;
use crate::graph::{Graph, Node, NodeKind};

pub use holdings::{Finding, Holding};
pub use rule::{Rule, Threshold};

use holdings::Above;
use sets::Sets;

/// What a rule says of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It counts as blocked.
    Blocked,
    /// It does not, by what the records say.
    NotBlocked,
    /// The records leave both open.
    CannotBeTold,
}

impl Verdict {
    /// The words for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::NotBlocked => "not blocked",
            Self::CannotBeTold => "cannot be told",
        }
    }
}

/// How an owner stands in a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// An official list names it, or the question says that it is blocked.
    Named,
    /// It counts as blocked because of those above it.
    Through,
    /// It may.
    Possible,
    /// It does not.
    Outside,
}

/// One owner in a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// What it holds.
    pub holding: Holding,
    /// How it stands.
    pub standing: Standing,
}

/// The sum for one body of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The body.
    pub body: Node,
    /// Its owners.
    pub terms: Vec<Term>,
    /// What blocked persons hold at least, in percent.
    pub low: Decimal,
    /// What they hold at most, with all that no record names, in percent.
    pub high: Decimal,
    /// The part of which no record names the owner, at most, in percent.
    pub unnamed: Decimal,
    /// Those who are said to control it, where the rule asks for control, with how they stand.
    pub controllers: Vec<(Node, EdgeId, Standing)>,
    /// What the rule says of it.
    pub verdict: Verdict,
}

/// The answer of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What it says.
    pub verdict: Verdict,
    /// The body itself is named on a list or by the question: no sum is needed.
    pub is_named: bool,
    /// The one blocked person whose holdings were summed, under a rule that does not add up several; `None`: all together,
    /// or somebody who is not named.
    pub holder: Option<Node>,
    /// The sums, owners before what they own; the last is that of the body in question.
    pub sums: Vec<Sum>,
    /// What is odd about the chain: rings, shares above the whole.
    pub findings: Vec<Finding>,
}

/// Tests a body under a rule as of a day: holdings that had ended or not begun are left out, undated ones count.
///
/// Blocked persons are the nodes that a list of the rule's own authority names, and those in `also_blocked`.
pub fn test(graph: &Graph, body: Node, rule: &Rule, as_of: Date, also_blocked: &[Node]) -> Outcome {
    let named =
        |node: Node| also_blocked.contains(&node) || graph.lists(node).iter().any(|list| rule.counts_list(list));
    let above = Above::of(graph, body, as_of);
    let findings = above.findings.clone();
    if named(body) {
        return Outcome { verdict: Verdict::Blocked, is_named: true, holder: None, sums: Vec::new(), findings };
    }
    let holders: Vec<Node> = above.order.iter().copied().filter(|node| named(*node)).collect();
    // under a rule that does not add up, each blocked person is looked at alone, and last somebody whom no record names
    let groups: Vec<Vec<Node>> = if rule.adds_up {
        vec![holders]
    } else {
        holders.into_iter().map(|holder| vec![holder]).chain([Vec::new()]).collect()
    };
    let threshold = rule.threshold(as_of);
    let tried = groups.into_iter().map(|group| {
        let sets = Sets::of(graph, &above, rule, threshold, &group);
        (sets.verdict(body), group, sets)
    });
    let rank = |verdict: Verdict| match verdict {
        Verdict::Blocked => 0,
        Verdict::CannotBeTold => 1,
        Verdict::NotBlocked => 2,
    };
    let decisive = tried.min_by_key(|(verdict, ..)| rank(*verdict));
    let Some((verdict, group, sets)) = decisive else {
        return Outcome { verdict: Verdict::CannotBeTold, is_named: false, holder: None, sums: Vec::new(), findings };
    };
    let holder = if rule.adds_up { None } else { group.first().copied() };
    Outcome { verdict, is_named: false, holder, sums: sets.sums(&above, rule), findings }
}

/// Whether anybody is said to own or control the node, so that a test has something to say.
pub fn has_owners(graph: &Graph, body: Node) -> bool {
    let owns = |id| graph.edge(id).is_some_and(|edge| holdings::is_hold(edge.kind));
    graph.kind(body) != NodeKind::Person && graph.edges_to(body).any(owns)
}
