//! Levels of agreement: each feature of a comparison takes one of a few, in words that a reader understands.

/// Levels of agreement of one feature. What each is worth stands in `data/weights.toml` under the same names.
pub trait Level: Copy + Eq + 'static {
    /// The feature: `date`, `country` …
    const FEATURE: &'static str;
    /// All levels, in the order of [`Level::place`].
    const ALL: &'static [Self];

    /// Its name in data and explanations: `same_day`.
    fn name(self) -> &'static str;

    /// Its place in [`Level::ALL`].
    fn place(self) -> usize;
}

/// The best agreement between any two values of two sides, and which they are. `None` when a side has none. Of pairs that agree alike the
/// first in order counts, whichever side its values stand on.
pub(crate) fn best<'a, L: Level + Ord, T: Ord + ?Sized>(
    left: impl Iterator<Item = &'a T>,
    right: &(impl Iterator<Item = &'a T> + Clone),
    compare: impl Fn(&T, &T) -> L,
) -> Option<(L, &'a T, &'a T)> {
    let pairs = left.flat_map(|one| right.clone().map(move |two| (one, two)));
    let order = |(level, one, two): &(L, &'a T, &'a T)| (*level, (*one).min(*two), (*one).max(*two));
    pairs.map(|(one, two)| (compare(one, two), one, two)).min_by(|one, two| order(one).cmp(&order(two)))
}

/// Defines an enum of levels with a name each.
macro_rules! levels {
    ($(#[$doc:meta])* $name:ident of $feature:literal { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }

        impl $crate::score::level::Level for $name {
            const FEATURE: &'static str = $feature;
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            fn place(self) -> usize {
                self as usize
            }
        }
    };
}
pub(crate) use levels;
