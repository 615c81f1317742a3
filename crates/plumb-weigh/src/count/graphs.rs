//! Decomposable graphs: which lists may attract or avoid each other directly, in a form that has closed likelihoods.

use std::collections::BTreeMap;

use super::table::{ListSet, pairs};

/// A decomposable graph of lists, as the factors of its likelihood.
///
/// The likelihood of a decomposable model is the product over the cliques of the graph divided by that over its separators
/// (Dawid and Lauritzen 1993, Annals of Statistics 21:1272).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Graph {
    /// Pairs of lists that are linked.
    pub(crate) edges: Vec<ListSet>,
    /// Sets of lists with how often they count: cliques once, separators minus as often as they separate.
    pub(crate) factors: Vec<(ListSet, i32)>,
}

impl Graph {
    /// The cliques: sets in which every list is linked to every other, and no larger set around them is.
    pub(crate) fn cliques(&self) -> impl Iterator<Item = ListSet> + '_ {
        self.factors.iter().filter(|(_, times)| *times > 0).map(|(set, _)| *set)
    }
}

/// All decomposable graphs of so many lists: 2, 8, 61, 822, 18154 for 2 to 6.
pub(crate) fn decomposable(lists: usize) -> Vec<Graph> {
    let pairs = pairs(lists);
    let choices = 0..1_u32 << pairs.len();
    let chosen = |choice: u32| -> Vec<ListSet> {
        pairs.iter().enumerate().filter(|(index, _)| choice >> index & 1 == 1).map(|(_, pair)| *pair).collect()
    };
    choices.filter_map(|choice| factor(lists, chosen(choice))).collect()
}

/// The factors of a graph, or `None` where it is not decomposable.
///
/// A graph is decomposable if lists can be taken away one by one, each with all its remaining neighbours linked to each
/// other (Fulkerson and Gross 1965, Pacific Journal of Mathematics 15:835). Each list taken away multiplies the likelihood
/// by the factor of itself with its neighbours and divides it by that of the neighbours; what is in both cancels.
fn factor(lists: usize, edges: Vec<ListSet>) -> Option<Graph> {
    let mut left: ListSet = (0..lists).map(|list| 1 << list).sum();
    let mut factors: BTreeMap<ListSet, i32> = BTreeMap::new();
    while left != 0 {
        let simple = (0..lists).filter(|list| left >> list & 1 == 1).find_map(|list| {
            let around = neighbours(&edges, list) & left;
            complete(&edges, around).then_some((list, around))
        });
        let (list, around) = simple?;
        *factors.entry(around | 1 << list).or_default() += 1;
        *factors.entry(around).or_default() -= 1;
        left &= !(1 << list);
    }
    let factors = factors.into_iter().filter(|(set, times)| *set != 0 && *times != 0).collect();
    Some(Graph { edges, factors })
}

/// The lists linked to a list.
fn neighbours(edges: &[ListSet], list: usize) -> ListSet {
    let touching = edges.iter().filter(|edge| *edge >> list & 1 == 1);
    touching.fold(0, |around, edge| around | edge) & !(1 << list)
}

/// Is every pair within the set linked?
fn complete(edges: &[ListSet], set: ListSet) -> bool {
    let within = edges.iter().filter(|edge| *edge & set == **edge).count();
    let size = set.count_ones() as usize;
    within == size * size.saturating_sub(1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_as_known() {
        // labelled chordal graphs, OEIS A058862
        for (lists, wanted) in [(2, 2), (3, 8), (4, 61), (5, 822)] {
            assert_eq!(decomposable(lists).len(), wanted);
        }
    }

    #[test]
    fn a_path_has_its_middle_as_separator() {
        let graph = factor(3, vec![0b011, 0b110]).unwrap();
        assert_eq!(graph.factors, [(0b010, -1), (0b011, 1), (0b110, 1)]);
        assert_eq!(graph.cliques().collect::<Vec<_>>(), [0b011, 0b110]);
    }

    #[test]
    fn every_list_counts_once_in_total() {
        for graph in decomposable(4) {
            for list in 0..4 {
                let times: i32 = graph.factors.iter().filter(|(set, _)| set >> list & 1 == 1).map(|(_, t)| t).sum();
                assert_eq!(times, 1, "{graph:?}");
            }
        }
    }

    #[test]
    fn a_square_is_not_decomposable() {
        assert!(factor(4, vec![0b0011, 0b0110, 0b1100, 0b1001]).is_none());
    }
}
