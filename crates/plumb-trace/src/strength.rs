//! How strongly an edge is supported: weights per basis and per grade of the source, and the cost that a search adds up.
//!
//! The weights put evidence in an order; they are conventions of this program, not measured frequencies, and no page shows
//! them as probabilities. The Admiralty scale (NATO AJP-2.1) is ordinal and gives no numbers of its own; any numbers that
//! fall from A to E rank alike as long as no step is worth giving up for a few better ones, which the spacing decides.
//! Along a path the weights are multiplied, so the cost of an edge is −ln(weight), in millionths, and costs add up.

use plumb_core::case::Grade;

/// On what an edge rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// An official list or register says so.
    OfficialList,
    /// An authority, a court or a UN body says so.
    Official,
    /// Somebody reports it: press, research, testimony.
    Reported,
    /// Somebody alleges it, with a stake in the matter or without a name.
    Alleged,
    /// The record does not say.
    Unstated,
}

impl Basis {
    /// All of them with their word and their weight.
    ///
    /// * official list 0.95: an authority has decided after a procedure and answers for it; lists are still corrected.
    /// * official 0.9: an authority says so, but outside such a procedure, or it is read in somebody's report of it.
    /// * reported 0.7: a named author stands for it; two such steps in a row (0.49) are weaker than an even chance.
    /// * alleged 0.4: one such step ranks below any two reported ones (0.49), as it rests on nobody who can be asked.
    /// * not stated 0.5: between the two, as it may be either.
    pub const ALL: [(Self, &'static str, f64); 5] = [
        (Self::OfficialList, "official list", 0.95),
        (Self::Official, "official", 0.9),
        (Self::Reported, "reported", 0.7),
        (Self::Alleged, "alleged", 0.4),
        (Self::Unstated, "basis not stated", 0.5),
    ];

    /// The words that the table of links uses, and what each counts as. What is quoted by others counts as what it was:
    /// the copy's own faults are in the grade of the source.
    pub const WORDS: [(&'static str, Self); 14] = [
        ("official-list", Self::OfficialList),
        ("register", Self::OfficialList),
        ("official", Self::Official),
        ("official-via-media", Self::Official),
        ("un-panel", Self::Official),
        ("un-panel-via-secondary", Self::Official),
        ("court-file", Self::Official),
        ("court-file-via-secondary", Self::Official),
        ("media", Self::Reported),
        ("research", Self::Reported),
        ("testimony", Self::Reported),
        ("belligerent-intelligence", Self::Alleged),
        ("anonymous-blog", Self::Alleged),
        ("allegation", Self::Alleged),
    ];

    /// What a word of the table of links counts as; a word that is not known counts as not stated.
    pub fn from_word(word: &str) -> Self {
        let found = Self::WORDS.iter().find(|(own, _)| *own == word).map(|(_, basis)| *basis);
        found
            .or_else(|| Self::ALL.iter().find(|(_, own, _)| *own == word).map(|(basis, ..)| *basis))
            .unwrap_or(Self::Unstated)
    }

    /// The word for readers.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(basis, ..)| *basis == self).map_or("", |(_, word, _)| word)
    }

    /// Its weight, above 0 and at most 1.
    pub fn weight(self) -> f64 {
        Self::ALL.iter().find(|(basis, ..)| *basis == self).map_or(0.5, |(.., weight)| *weight)
    }
}

/// The weight of a source of this grade.
///
/// A and B hardly lower a step, as the basis says most about it; C costs about as much as one further official step;
/// D and E are worth less than the basis they pass on. F and no grade are "cannot be judged": between D and E, so that
/// an unknown source never ranks above one that is known to be usable.
pub fn grade_weight(grade: Option<Grade>) -> f64 {
    match grade {
        Some(Grade::A) => 0.98,
        Some(Grade::B) => 0.95,
        Some(Grade::C) => 0.85,
        Some(Grade::D) => 0.65,
        Some(Grade::E) => 0.4,
        Some(Grade::F) | None => 0.5,
    }
}

/// The weight of an edge that its record marks as still to be verified: it ranks below the same edge without the mark,
/// by about the step from C to D.
pub const TO_VERIFY: f64 = 0.75;

/// The weight of an edge: basis × grade, less where it is still to be verified.
pub fn weight(basis: Basis, grade: Option<Grade>, verify: bool) -> f64 {
    basis.weight() * grade_weight(grade) * if verify { TO_VERIFY } else { 1.0 }
}

/// The cost of an edge: −ln(weight) in millionths. Whole numbers add up in any order to the same sum.
pub(crate) fn cost(basis: Basis, grade: Option<Grade>, verify: bool) -> u32 {
    let nepers = -libm::log(weight(basis, grade, verify)) * 1e6;
    // weights lie between 0.12 and 0.94, so the cost lies between 70,000 and 2,200,000
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by the weights")]
    let whole = nepers.round() as u32;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_evidence_costs_less() {
        let costs: Vec<u32> = [Basis::OfficialList, Basis::Official, Basis::Reported, Basis::Unstated, Basis::Alleged]
            .map(|basis| cost(basis, Some(Grade::B), false))
            .to_vec();
        assert!(costs.is_sorted(), "{costs:?}");
        let grades = [Grade::A, Grade::B, Grade::C, Grade::D, Grade::F, Grade::E];
        assert!(grades.map(|grade| cost(Basis::Reported, Some(grade), false)).is_sorted());
        assert!(cost(Basis::Reported, None, true) > cost(Basis::Reported, None, false));
        let (alleged, reported) = (Basis::Alleged.weight(), Basis::Reported.weight());
        assert!(alleged < reported * reported, "one allegation ranks below two reports");
    }

    #[test]
    fn every_word_of_the_table_is_known() {
        for (word, basis) in Basis::WORDS {
            assert_eq!(Basis::from_word(word), basis);
        }
        assert_eq!(Basis::from_word("rumour"), Basis::Unstated);
        assert_eq!(Basis::from_word("alleged"), Basis::Alleged);
    }
}
