//! Sums over all supersets or all subsets of a set of lists, for every set at once.
//!
//! Yates (1937), The Design and Analysis of Factorial Experiments: one pass for each list, each adding halves of blocks,
//! instead of one sum for each pair of sets. With ten lists that is 10 × 1,024 additions instead of a million.

use std::ops::AddAssign;

/// Replaces each entry, indexed by set, with the sum over the sets that include it.
pub(crate) fn sum_supersets<T: Copy + AddAssign>(entries: &mut [T]) {
    each_pair_of_halves(entries, |without, with| *without += *with);
}

/// Replaces each entry, indexed by set, with the sum over the sets that it includes.
pub(crate) fn sum_subsets<T: Copy + AddAssign>(entries: &mut [T]) {
    each_pair_of_halves(entries, |without, with| *with += *without);
}

/// Applies a function to every two entries that differ in one list, list by list.
fn each_pair_of_halves<T>(entries: &mut [T], work: impl Fn(&mut T, &mut T)) {
    let mut half = 1;
    while half < entries.len() {
        for block in entries.chunks_exact_mut(2 * half) {
            let (without, with) = block.split_at_mut(half);
            for (without, with) in without.iter_mut().zip(with) {
                work(without, with);
            }
        }
        half *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_agree_with_their_definition() {
        let entries: Vec<u64> = (0..16).map(|set| set * set + 1).collect();
        let (mut above, mut below) = (entries.clone(), entries.clone());
        sum_supersets(&mut above);
        sum_subsets(&mut below);
        for set in 0..16_usize {
            let sum = |wanted: &dyn Fn(usize) -> bool| {
                (0..16).filter(|other| wanted(*other)).map(|o| entries[o]).sum::<u64>()
            };
            assert_eq!(above[set], sum(&|other| other & set == set));
            assert_eq!(below[set], sum(&|other| other & set == other));
        }
    }
}
