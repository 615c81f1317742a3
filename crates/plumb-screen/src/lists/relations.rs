//! Words of lists for the relation between two entries → FollowTheMoney's relations.

/// The schema of the relation, and whether the entry that states it stands at its end: who is "owned by" another is the
/// asset, which FollowTheMoney puts second. What no word is known for is an `UnknownLink`; the list's own word stays its role.
pub(crate) fn of(words: &str) -> (&'static str, bool) {
    let lower = words.to_lowercase();
    let says = |word: &str| lower.contains(word);
    if says("owned") {
        return ("Ownership", true);
    }
    if says("owns") || says("owner") {
        return ("Ownership", false);
    }
    if says("family") || says("relative") || says("spouse") || says("brother") || says("child") || says("parent of") {
        return ("Family", false);
    }
    if says("leader") || says("director") || says("executive") {
        return ("Directorship", false);
    }
    if says("member") || says("employ") {
        return ("Membership", false);
    }
    if says("acting for") || says("behalf") {
        return ("Representation", false);
    }
    if says("associate") {
        return ("Associate", false);
    }
    ("UnknownLink", false)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn words_for_relations_are_known() {
        for (words, expected) in [
            ("Owned or Controlled By", ("Ownership", true)),
            ("Leader or official of", ("Directorship", false)),
            ("Family member of", ("Family", false)),
            ("Acting for or on behalf of", ("Representation", false)),
            ("Associate Of", ("Associate", false)),
            ("Providing support to", ("UnknownLink", false)),
            ("related-to", ("UnknownLink", false)),
        ] {
            assert_eq!(of(words), expected, "{words}");
        }
    }
}
