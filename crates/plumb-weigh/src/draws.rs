//! Draws: reproducible random numbers, keyed by seed and parameter, so that one more parameter leaves the others alone.
//!
//! Each named [`Stream`] is its own slice of one counter-based generator, Philox 2×64 with ten rounds (Salmon, Moraes, Dror
//! and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", SC11): block n of parameter "share" under seed 7 is a
//! function of these three alone. It does not matter which other parameters exist, in which order they are drawn, or how
//! many draws are taken. Two scenarios that draw the same parameter get the same numbers, so their difference is paired.
//!
//! ```
//! use plumb_weigh::draws::Stream;
//! let mut wage = Stream::new(7, "wage");
//! let first = wage.uniform();
//! let mut share = Stream::new(7, "share");
//! assert_ne!(first, share.uniform());
//! assert_eq!(first, Stream::new(7, "wage").uniform());
//! ```

pub(crate) mod exponential;
mod ziggurat;

use crate::statistics::count;

/// Multiplier of Philox 2×64 (Salmon and others 2011, table 2).
const MULTIPLIER: u64 = 0xD2B7_4407_B1CE_6E93;
/// Step of its key schedule: the golden ratio as a fraction of 2⁶⁴.
const WEYL: u64 = 0x9E37_79B9_7F4A_7C15;
/// 2⁻⁵³: the spacing of the uniform numbers.
const UNIFORM_STEP: f64 = 1.0 / 9_007_199_254_740_992.0;

/// One block of Philox 2×64-10: two 64-bit words from a counter of two words and a key.
#[inline]
fn philox(counter: [u64; 2], key: u64) -> [u64; 2] {
    let [mut left, mut right] = counter;
    let mut key = key;
    for _ in 0..10 {
        let product = u128::from(left) * u128::from(MULTIPLIER);
        let [high, low] = halves(product);
        left = high ^ key ^ right;
        right = low;
        key = key.wrapping_add(WEYL);
    }
    [left, right]
}

#[expect(clippy::cast_possible_truncation, reason = "the two halves of 128 bits")]
fn halves(product: u128) -> [u64; 2] {
    [(product >> 64) as u64, product as u64]
}

/// The name of a parameter as a number: FNV-1a (Fowler, Noll and Vo), 64 bits. Philox mixes it further.
fn name_key(name: &str) -> u64 {
    name.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// The random numbers of one parameter under one seed.
#[derive(Clone, Debug)]
pub struct Stream {
    seed: u64,
    name: u64,
    /// How many 64-bit words have been taken. Each block of Philox gives two.
    taken: u64,
    /// The second word of the block, when only its first has been taken.
    second: u64,
}

/// Sets apart the words that a normal number needs beyond its own, so that it never uses up those of the next.
const SPARE: u64 = 0x5350_4152_4500_0000;

/// How many words are made at a time when a slice is filled.
const BATCH: usize = 256;

impl Stream {
    /// The stream of the parameter `name` under `seed`, from its beginning.
    pub fn new(seed: u64, name: &str) -> Self {
        Self { seed, name: name_key(name), taken: 0, second: 0 }
    }

    /// The next 64 random bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        let place = self.taken;
        self.taken = place.wrapping_add(1);
        if place & 1 == 1 {
            return self.second;
        }
        let [first, second] = philox([place >> 1, self.name], self.seed);
        self.second = second;
        first
    }

    /// A number above 0 and below 1, never either end, so that any quantile of it is finite.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        to_uniform(self.bits())
    }

    /// A whole number below `limit`, each equally likely (Lemire 2019, "Fast random integer generation in an interval");
    /// 0 when `limit` is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        loop {
            let product = u128::from(self.bits()) * u128::from(limit);
            let [high, low] = halves(product);
            if limit == 0 || low >= limit.wrapping_neg() % limit {
                return high;
            }
        }
    }

    /// A standard normal number. It takes exactly one word of the stream, so the n-th is the same whatever came before.
    #[inline]
    pub fn normal(&mut self) -> f64 {
        let place = self.taken;
        let bits = self.bits();
        self.to_normal(bits, place, ziggurat::tables())
    }

    #[inline]
    fn to_normal(&self, bits: u64, place: u64, tables: &ziggurat::Tables) -> f64 {
        if let Some(x) = ziggurat::easy(bits, tables) {
            return x;
        }
        // 2^20 further words for each place are more than any number will ever need
        let mut spare = Self { seed: self.seed, name: self.name ^ SPARE, taken: place << 20, second: 0 };
        ziggurat::hard(bits, tables, &mut spare)
    }

    /// An exponential number with mean 1.
    pub fn exponential(&mut self) -> f64 {
        -libm::log(self.uniform())
    }

    /// A gamma number with this shape and scale 1 (Marsaglia and Tsang 2000); NaN when the shape is not positive.
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if shape.is_nan() || shape <= 0.0 {
            return f64::NAN;
        }
        if shape < 1.0 {
            let boosted = self.gamma(shape + 1.0);
            return boosted * libm::pow(self.uniform(), 1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let root = 1.0 + c * x;
            if root <= 0.0 {
                continue;
            }
            let v = root * root * root;
            let (u, square) = (self.uniform(), x * x);
            // the squeeze of the paper: within it the exact test holds too, and two logarithms are saved
            let within = u < 1.0 - 0.0331 * square * square;
            if within || libm::log(u) < 0.5 * square + d - d * v + d * libm::log(v) {
                return d * v;
            }
        }
    }

    /// A beta number, as a ratio of gamma numbers; NaN when a parameter is not positive.
    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (left, right) = (self.gamma(a), self.gamma(b));
        // both underflow only for parameters near zero, where the distribution sits at the two ends
        if left + right == 0.0 { if self.uniform() * (a + b) < a { 1.0 } else { 0.0 } } else { left / (left + right) }
    }

    /// Fills a slice with [`Stream::uniform`] numbers; the same numbers as one call for each.
    pub fn fill_uniform(&mut self, out: &mut [f64]) {
        self.fill(out, |bits, _| to_uniform(bits));
    }

    /// Fills a slice with [`Stream::normal`] numbers; the same numbers as one call for each.
    pub fn fill_normal(&mut self, out: &mut [f64]) {
        let tables = ziggurat::tables();
        let key = self.clone();
        self.fill(out, |bits, place| key.to_normal(bits, place, tables));
    }

    /// Words are made in batches apart from what becomes of them: the processor then works on several at once.
    fn fill(&mut self, out: &mut [f64], number: impl Fn(u64, u64) -> f64) {
        let mut words = [0_u64; BATCH];
        for part in out.chunks_mut(BATCH) {
            let first = self.taken;
            self.fill_bits(words.get_mut(..part.len()).unwrap_or_default());
            for ((slot, word), place) in part.iter_mut().zip(&words).zip(first..) {
                *slot = number(*word, place);
            }
        }
    }

    fn fill_bits(&mut self, words: &mut [u64]) {
        let mut words = words.iter_mut();
        if self.taken & 1 == 1
            && let Some(word) = words.next()
        {
            *word = self.bits();
        }
        let mut pairs = words.into_slice().chunks_exact_mut(2);
        for pair in &mut pairs {
            let block = philox([self.taken >> 1, self.name], self.seed);
            self.taken = self.taken.wrapping_add(2);
            pair.copy_from_slice(&block);
        }
        if let [word] = pairs.into_remainder() {
            *word = self.bits();
        }
    }

    /// Puts a list into random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            let chosen = self.below(last as u64 + 1);
            values.swap(last, usize::try_from(chosen).unwrap_or(last));
        }
    }

    /// An index drawn with probability proportional to its weight; `None` when the weights do not sum to a positive number.
    pub fn choose(&mut self, weights: &[f64]) -> Option<usize> {
        let total: f64 = weights.iter().sum();
        if !(total > 0.0 && total.is_finite()) || count(weights) == 0.0 {
            return None;
        }
        let mut left = self.uniform() * total;
        for (index, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return Some(index);
            }
        }
        weights.iter().rposition(|weight| *weight > 0.0)
    }
}

/// The upper 52 bits as a number strictly between 0 and 1: the middle of one of 2⁵² cells.
#[inline]
fn to_uniform(bits: u64) -> f64 {
    // as the fraction of a number from 1 up to 2, which needs no conversion; the difference is exact
    f64::from_bits((bits >> 12) | 1.0_f64.to_bits()) - (1.0 - UNIFORM_STEP)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors that the authors of Philox publish with Random123 (`kat_vectors`, philox2x64 10).
    #[test]
    fn philox_gives_its_published_vectors() {
        assert_eq!(philox([0, 0], 0), [0xca00_a045_9843_d731, 0x66c2_4222_c9a8_45b5]);
        assert_eq!(philox([u64::MAX, u64::MAX], u64::MAX), [0x65b0_21d6_0cd8_310f, 0x4d02_f322_2f86_df20]);
        assert_eq!(
            philox([0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344], 0xa409_3822_299f_31d0),
            [0x0a5e_742c_2997_341c, 0xb0f8_83d3_8000_de5d]
        );
    }

    #[test]
    fn uniform_never_reaches_its_ends() {
        assert!(to_uniform(0) > 0.0);
        assert!(to_uniform(u64::MAX) < 1.0);
    }

    #[test]
    fn a_stream_depends_on_nothing_but_seed_and_name() {
        let lone: Vec<u64> = {
            let mut s = Stream::new(1, "a");
            (0..5).map(|_| s.bits()).collect()
        };
        let mut other = Stream::new(1, "b");
        let mut again = Stream::new(1, "a");
        for word in lone {
            let _unused = other.bits();
            assert_eq!(again.bits(), word);
        }
        assert_ne!(Stream::new(2, "a").bits(), Stream::new(1, "a").bits());
    }
}
