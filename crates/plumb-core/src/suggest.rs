//! "Did you mean": the known word closest to one that is not known.

/// The candidate nearest to `word`, if it is near enough to be a slip of the hand.
///
/// The measure is Damerau–Levenshtein (one slip is a letter too many, too few, wrong, or two swapped); a third of the
/// letters may be wrong, the limit that rustc uses as well. Of equals the first in order wins, so the answer is stable.
///
/// ```
/// use plumb_core::suggest::nearest;
/// assert_eq!(nearest("sorce", ["source", "origin"]), Some("source"));
/// assert_eq!(nearest("zzz", ["source", "origin"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Longer words are identifiers of their own; comparing them all would only cost time.
    const LONGEST: usize = 80;
    let length = word.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let limit = (length / 3).max(1);
    let lower = word.to_lowercase();
    (candidates.into_iter())
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}
