//! The choices of the method, each with its reason.

/// The choices of the method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Conflicting sets of claims are sought up to this size where geometry does not end the search before. Nobody reads
    /// a contradiction of seven.
    pub largest_conflict: usize,
    /// The search for conflicts stops, and says so, after this many sets.
    pub most_tests: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { largest_conflict: 6, most_tests: 100_000 }
    }
}
