//! A syllable that is not known exactly: the sets of Korean and Mandarin syllables that a spelling may stand for.
//!
//! Each set is a product of bit sets (initials × vowels × codas for Korean, initials × finals for Mandarin). Spellings are
//! ambiguous in each place on its own, so that the product loses little, and two spellings agree if the sets meet in
//! every place. Kim *Jong* {종 정} and *Jung* {정 중} Un agree through 정; *Chol* {철 촐} and *Chun* {춘 천 전 …} do not.

/// Sets of syllables at one place of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Syllable {
    /// Where it begins in the text as written, in bytes.
    pub start: u32,
    /// Where it ends, exclusive.
    pub end: u32,
    /// Korean initials, a bit for each of the 19 in Unicode order; 0 when it is no Korean syllable.
    pub(crate) initial: u32,
    pub(crate) vowel: u32,
    pub(crate) coda: u32,
    /// Mandarin initials and finals, bits by [`crate::mandarin`]; 0 when it is no Mandarin syllable.
    pub(crate) mandarin_initial: u32,
    pub(crate) mandarin_final: u64,
    /// Cantonese initials and finals, bits by [`crate::cantonese`]; 0 when it is no Cantonese syllable.
    pub(crate) cantonese_initial: u32,
    pub(crate) cantonese_final: u64,
    /// The character itself, simplified, when it was written in Han.
    pub(crate) han: u32,
}

/// How two syllables stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meeting {
    Apart,
    /// Initial and coda of the Korean syllable agree, the vowel does not.
    Near,
    Same,
}

/// The languages through which two sequences may agree. Syllables of one name must agree in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Korean,
    Mandarin,
    /// Between Han and Latin letters only: two spellings of Hong Kong say less of each other than their characters do.
    Cantonese,
    Han,
}

impl Syllable {
    pub(crate) fn korean(initial: u32, vowel: u32, coda: u32) -> Self {
        Syllable { initial, vowel, coda, ..Syllable::default() }
    }

    pub(crate) fn at(self, start: u32, end: u32) -> Self {
        Syllable { start, end, ..self }
    }

    pub(crate) fn is_korean(&self) -> bool {
        self.initial != 0
    }

    pub(crate) fn is_mandarin(&self) -> bool {
        self.mandarin_initial != 0
    }

    pub(crate) fn is_cantonese(&self) -> bool {
        self.cantonese_initial != 0
    }

    /// Whether it is spelled as Cantonese or Hokkien, in letters.
    fn is_dialect(&self) -> bool {
        self.is_cantonese() && self.han == 0
    }

    /// The union of two sets (a product again, so perhaps wider than both).
    pub(crate) fn or(self, other: Syllable) -> Self {
        Syllable {
            initial: self.initial | other.initial,
            vowel: self.vowel | other.vowel,
            coda: self.coda | other.coda,
            mandarin_initial: self.mandarin_initial | other.mandarin_initial,
            mandarin_final: self.mandarin_final | other.mandarin_final,
            cantonese_initial: self.cantonese_initial | other.cantonese_initial,
            cantonese_final: self.cantonese_final | other.cantonese_final,
            ..self
        }
    }

    pub(crate) fn meets(&self, other: &Syllable, language: Language) -> Meeting {
        match language {
            Language::Korean => {
                if !self.is_korean() || !other.is_korean() {
                    return Meeting::Apart;
                }
                // A vowel is what a hurried ear or pen gets wrong (종, 정); another initial or coda is another syllable (철, 춘).
                match (self.initial & other.initial, self.vowel & other.vowel, self.coda & other.coda) {
                    (0, ..) | (.., 0) => Meeting::Apart,
                    (_, 0, _) => Meeting::Near,
                    _ => Meeting::Same,
                }
            }
            Language::Mandarin => {
                // of two that are spelled in dialects neither is known to be this syllable
                let same = !(self.is_dialect() && other.is_dialect())
                    && self.mandarin_initial & other.mandarin_initial != 0
                    && self.mandarin_final & other.mandarin_final != 0;
                if same { Meeting::Same } else { Meeting::Apart }
            }
            Language::Cantonese => {
                let same = (self.han == 0) != (other.han == 0)
                    && self.cantonese_initial & other.cantonese_initial != 0
                    && self.cantonese_final & other.cantonese_final != 0;
                if same { Meeting::Same } else { Meeting::Apart }
            }
            Language::Han => {
                if self.han != 0 && self.han == other.han {
                    Meeting::Same
                } else {
                    Meeting::Apart
                }
            }
        }
    }
}

/// Whether both can be read in one language, whatever they say in it.
pub(crate) fn share_language(left: &[Syllable], right: &[Syllable]) -> bool {
    let both =
        |reads: fn(&Syllable) -> bool| !left.is_empty() && !right.is_empty() && left.iter().chain(right).all(reads);
    both(Syllable::is_korean) || both(Syllable::is_mandarin)
}

/// Whether two sequences of syllables agree throughout in some language.
pub(crate) fn all_meet(left: &[Syllable], right: &[Syllable]) -> Option<Language> {
    if left.len() != right.len() || left.is_empty() {
        return None;
    }
    [Language::Han, Language::Korean, Language::Mandarin]
        .into_iter()
        .find(|language| left.iter().zip(right).all(|(l, r)| l.meets(r, *language) == Meeting::Same))
}
