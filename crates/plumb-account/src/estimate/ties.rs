//! What ties the claims of a set together: the equations on the shortest way from one to the next.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::ground::Ground;
use super::solve;

/// The equations of a model by the quantities that stand in them.
pub(super) struct Ties<'a> {
    /// For each equation, in the order of the model, its words and its quantities.
    equations: Vec<(&'a str, Vec<&'a str>)>,
    /// For each quantity the equations that it stands in.
    of: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Ties<'a> {
    pub(super) fn new(ground: &'a Ground) -> Self {
        let texts: BTreeMap<&str, &str> =
            ground.equations.iter().map(|equation| (equation.left.as_str(), equation.text.as_str())).collect();
        let mut ties = Self { equations: Vec::new(), of: BTreeMap::new() };
        for identity in &ground.identities {
            let left = identity.left.as_str();
            let Some(text) = texts.get(left) else { continue };
            let quantities: BTreeSet<&str> = solve::names(&identity.right).chain([left]).collect();
            for quantity in &quantities {
                ties.of.entry(quantity).or_default().push(ties.equations.len());
            }
            ties.equations.push((text, quantities.into_iter().collect()));
        }
        ties
    }

    /// The equations that lead from what the first claim is about to what each of the others is, in the order of the model, each once:
    /// the same equation at other places and years says the same.
    pub(super) fn between(&self, abouts: &[Vec<&'a str>]) -> Vec<String> {
        let Some((first, others)) = abouts.split_first() else { return Vec::new() };
        let mut reached: BTreeSet<&str> = first.iter().copied().collect();
        let mut used: BTreeSet<usize> = BTreeSet::new();
        for about in others {
            let way = self.way(&reached, about);
            reached.extend(about.iter().chain(way.iter().flat_map(|at| self.quantities(*at))));
            used.extend(way);
        }
        let mut texts: Vec<String> = Vec::new();
        for (text, _) in used.into_iter().filter_map(|at| self.equations.get(at)) {
            if texts.iter().all(|known| known != text) {
                texts.push((*text).to_owned());
            }
        }
        texts
    }

    fn quantities(&self, equation: usize) -> &[&'a str] {
        self.equations.get(equation).map_or(&[], |(_, quantities)| quantities)
    }

    /// The equations of a shortest way from what has been reached to one of these quantities; none where they are the same or nothing leads
    /// there.
    fn way(&self, reached: &BTreeSet<&'a str>, to: &[&'a str]) -> Vec<usize> {
        let mut before: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
        let mut waiting: VecDeque<&str> = reached.iter().copied().collect();
        while let Some(here) = waiting.pop_front() {
            if to.contains(&here) {
                return way_back(&before, here);
            }
            for equation in self.of.get(here).into_iter().flatten() {
                for next in self.quantities(*equation) {
                    if !reached.contains(next) && !before.contains_key(next) {
                        before.insert(next, (here, *equation));
                        waiting.push_back(next);
                    }
                }
            }
        }
        Vec::new()
    }
}

fn way_back<'a>(before: &BTreeMap<&str, (&'a str, usize)>, mut here: &'a str) -> Vec<usize> {
    let mut way = Vec::new();
    while let Some((from, equation)) = before.get(here) {
        way.push(*equation);
        here = from;
    }
    way
}
