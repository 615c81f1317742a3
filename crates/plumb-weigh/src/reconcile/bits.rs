//! Sets of small numbers, a bit for each.

/// A set of numbers from 0 on.
#[derive(Clone, Debug, Default)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn insert(&mut self, number: usize) {
        let word = number / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(slot) = self.0.get_mut(word) {
            *slot |= 1 << (number % 64);
        }
    }

    /// How many numbers it holds.
    pub(super) fn count(&self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    pub(super) fn remove(&mut self, number: usize) {
        if let Some(slot) = self.0.get_mut(number / 64) {
            *slot &= !(1 << (number % 64));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Its numbers that are not in the other.
    pub(super) fn without(&self, other: &Self) -> Self {
        let others = other.0.iter().chain(std::iter::repeat(&0));
        Self(self.0.iter().zip(others).map(|(a, b)| a & !b).collect())
    }

    /// The numbers in rising order.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        let words = self.0.iter().enumerate();
        words.flat_map(|(at, word)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| 64 * at + bit))
    }

    /// The numbers in both.
    pub(super) fn both(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }
}

impl FromIterator<usize> for Bits {
    fn from_iter<I: IntoIterator<Item = usize>>(numbers: I) -> Self {
        let mut bits = Self::default();
        numbers.into_iter().for_each(|number| bits.insert(number));
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_of_different_lengths_are_held_against_each_other() {
        let (few, many): (Bits, Bits) = ([64, 3].into_iter().collect(), [3, 64, 200].into_iter().collect());
        let numbers = |bits: Bits| bits.iter().collect::<Vec<_>>();
        assert_eq!((numbers(few.both(&many)), numbers(many.both(&few))), (vec![3, 64], vec![3, 64]));
        assert_eq!((numbers(few.without(&many)), numbers(many.without(&few))), (vec![], vec![200]));
        let mut fewer = many.clone();
        fewer.remove(64);
        fewer.remove(1000);
        assert_eq!((fewer.count(), numbers(fewer)), (2, vec![3, 200]));
        assert!(few.without(&many).is_empty() && !few.is_empty());
    }
}
