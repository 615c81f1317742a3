//! What hangs on which unknown, and which unknowns are best moved together.

use super::field::{Field, Term};
use super::groups::Groups;
use super::likelihood::Measure;

/// What hangs on unknowns, in the order in which it must be computed.
#[derive(Clone, Default)]
pub(super) struct Reach {
    pub(super) definitions: Vec<usize>,
    pub(super) rows: Vec<usize>,
    pub(super) origins: Vec<usize>,
}

/// Several unknowns that move together, with what hangs on them.
#[derive(Clone, Default)]
pub(super) struct Together {
    pub(super) unknowns: Vec<usize>,
    pub(super) reach: Reach,
}

/// What hangs on each unknown, and the unknowns that move together.
#[derive(Default)]
pub(super) struct Moves {
    pub(super) single: Vec<Reach>,
    /// Pairs of unknowns of one sum.
    pub(super) pairs: Vec<Together>,
    /// What lies on one side of each link of a chain.
    pub(super) chains: Vec<Together>,
}

impl Moves {
    pub(super) fn of(field: &Field<'_>) -> Self {
        let single = single(field);
        let together = |unknowns: Vec<usize>| together(unknowns, &single);
        let pairs = pairs(field).into_iter().map(together).collect();
        let chains = chains(field).into_iter().map(together).collect();
        Self { single, pairs, chains }
    }
}

fn together(unknowns: Vec<usize>, single: &[Reach]) -> Together {
    let all = |pick: fn(&Reach) -> &Vec<usize>| {
        let own = unknowns.iter().filter_map(|unknown| single.get(*unknown));
        sorted(own.flat_map(|reach| pick(reach).iter().copied()))
    };
    let reach = Reach {
        definitions: all(|reach| &reach.definitions),
        rows: all(|reach| &reach.rows),
        origins: all(|reach| &reach.origins),
    };
    Together { unknowns, reach }
}

fn sorted(numbers: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut all: Vec<usize> = numbers.collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// For each node the unknowns that it hangs on, then turned round.
fn single(field: &Field<'_>) -> Vec<Reach> {
    let mut single = vec![Reach::default(); field.free()];
    let mut hangs: Vec<Vec<usize>> = (0..field.free()).map(|unknown| vec![unknown]).collect();
    for definition in 0..field.definitions() {
        let unknowns = union(field.nodes_of(definition), &hangs);
        for unknown in unknowns.iter().filter(|_| field.counts.get(definition) == Some(&true)) {
            if let Some(reach) = single.get_mut(*unknown) {
                reach.definitions.push(definition);
            }
        }
        hangs.push(unknowns);
    }
    for (row, likelihood) in field.rows.iter().enumerate() {
        let nodes: Vec<usize> = match likelihood.measure {
            Measure::Own(node) => vec![node],
            Measure::Log(sum) => field.nodes_of(sum).collect(),
            Measure::Balance(left, sum) => field.nodes_of(sum).chain([left]).collect(),
        };
        let origin = field.origin_of.get(row).copied().flatten();
        for unknown in union(nodes.into_iter(), &hangs) {
            let Some(reach) = single.get_mut(unknown) else { continue };
            reach.rows.push(row);
            if let Some(origin) = origin.filter(|origin| !reach.origins.contains(origin)) {
                reach.origins.push(origin);
            }
        }
    }
    single
}

/// The unknowns that any of these nodes hangs on.
fn union(nodes: impl Iterator<Item = usize>, hangs: &[Vec<usize>]) -> Vec<usize> {
    sorted(nodes.filter_map(|node| hangs.get(node)).flatten().copied())
}

/// Pairs of unknowns that are plain parts of one sum.
fn pairs(field: &Field<'_>) -> Vec<Vec<usize>> {
    let mut pairs = Vec::new();
    for definition in 0..field.definitions() {
        let plain = |term: &Term| match field.powers_of(term) {
            [(node, 1.0)] if !term.negative && term.ln_coefficient == 0.0 && field.is_plain(*node) => Some(*node),
            _ => None,
        };
        let parts: Option<Vec<usize>> = field.terms_of(definition).iter().map(plain).collect();
        let parts = parts.unwrap_or_default();
        for (place, one) in parts.iter().enumerate() {
            pairs.extend(parts.iter().skip(place + 1).map(|other| vec![*one, *other]));
        }
    }
    pairs
}

/// For each ratio that always holds between two unknowns, all that hangs together on one side of it. Ratios that close a circle
/// bind no side and are passed over.
fn chains(field: &Field<'_>) -> Vec<Vec<usize>> {
    let mut links: Vec<(usize, usize)> = Vec::new();
    let mut groups = Groups::new(field.free());
    for (likelihood, origin) in field.rows.iter().zip(&field.origin_of) {
        let (Measure::Log(sum), None) = (likelihood.measure, origin) else { continue };
        let [term] = field.terms_of(sum) else { continue };
        let [(one, up), (other, down)] = field.powers_of(term) else { continue };
        let ratio = *up == -*down && field.is_plain(*one) && field.is_plain(*other);
        // joining what is joined already closes a circle
        if ratio && groups.join([*one, *other].into_iter()) {
            links.push((*one, *other));
        }
    }
    // to move one side by a factor or the other by its inverse is alike to the link; the smaller one is cheaper
    let smaller = |link: &(usize, usize)| {
        let (one, other) = (side(&links, *link), side(&links, (link.1, link.0)));
        if one.len() <= other.len() { one } else { other }
    };
    links.iter().map(smaller).collect()
}

/// The unknowns that hang on the first end of a link when it is cut.
fn side(links: &[(usize, usize)], cut: (usize, usize)) -> Vec<usize> {
    let mut found = vec![cut.0];
    let mut next = 0;
    while let Some(node) = found.get(next).copied() {
        next += 1;
        for (one, other) in links.iter().filter(|link| **link != cut && (link.1, link.0) != cut) {
            let neighbour = if *one == node {
                *other
            } else if *other == node {
                *one
            } else {
                continue;
            };
            if !found.contains(&neighbour) {
                found.push(neighbour);
            }
        }
    }
    found
}
