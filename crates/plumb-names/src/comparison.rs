//! What a comparison of two names says: aligned pieces, each with a level of agreement and the rule behind it. Data, not a score.

use crate::name::Role;

/// How well two pieces agree, best first. A caller learns from data what each level is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Level {
    /// The same letters after Unicode folding: case, width, marks, invisible characters.
    Exact,
    /// The same after reading one script in another, or with and without marks, by the ordinary system.
    Romanised,
    /// Every syllable can be the same Korean or Chinese syllable, or every character be read so in Japanese.
    Syllables,
    /// The same under the spelling habits of some language: Yevgeniy/Evgeny, Mohammad/Muhammed.
    Spelling,
    /// A table of name variants holds both: Wikidata's forms of one name.
    Variant,
    /// A short and a long form of one name: Bob, Robert.
    Nickname,
    /// The same word in translation, the same legal form, an acronym and its words.
    Translated,
    /// The same consonants in the same order; vowels differ or are not written.
    Consonants,
    /// Sounds alike across scripts, as written by ear: 트럼프, Trump.
    Sound,
    /// Nearly so: 斯卡巴比奇, Scarabicchi; or the same sounds by class where vowels may be left out: Arabic, Cyrillic.
    NearSound,
    /// An initial and a name that begins with it.
    Initial,
    /// One letter inserted, left out, changed, or two swapped.
    EditOne,
    /// Two such steps in a long part.
    EditTwo,
    /// Alike in letters or sound, and two names by the table of variants: Mary, Mark.
    KnownApart,
    /// Korean or Chinese syllables, all but one place of one syllable the same: 정은, 종은.
    NearSyllables,
    /// Aligned by place or role, and different.
    Different,
}

impl Level {
    /// All levels, best first.
    pub const ALL: [Level; 16] = [
        Level::Exact,
        Level::Romanised,
        Level::Syllables,
        Level::Spelling,
        Level::Variant,
        Level::Nickname,
        Level::Translated,
        Level::Consonants,
        Level::Sound,
        Level::NearSound,
        Level::Initial,
        Level::EditOne,
        Level::EditTwo,
        Level::KnownApart,
        Level::NearSyllables,
        Level::Different,
    ];

    /// Its name in data and explanations: `near_sound`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Romanised => "romanised",
            Self::Syllables => "syllables",
            Self::Spelling => "spelling",
            Self::Variant => "variant",
            Self::Nickname => "nickname",
            Self::Translated => "translated",
            Self::Consonants => "consonants",
            Self::Sound => "sound",
            Self::NearSound => "near_sound",
            Self::Initial => "initial",
            Self::EditOne => "edit_one",
            Self::EditTwo => "edit_two",
            Self::KnownApart => "known_apart",
            Self::NearSyllables => "near_syllables",
            Self::Different => "different",
        }
    }

    /// Whether the two pieces can be one word written in two ways (not merely a near miss).
    pub fn agrees(self) -> bool {
        self <= Level::NearSound
    }
}

/// The rule or table that decided a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Rule {
    /// Unicode normal form, case folding, marks.
    Unicode,
    /// The ordinary transliteration of the script.
    Transliteration,
    /// Korean syllables under any of the systems of romanisation, Kontsevich's, or the Korean reading of Han.
    Korean,
    /// Mandarin syllables under pinyin, Wade–Giles or Palladius.
    Mandarin,
    /// Han characters as Hong Kong spells their Cantonese readings.
    Cantonese,
    /// The same characters, simplified, traditional or Japanese.
    Han,
    /// Han characters by their Japanese readings.
    Japanese,
    /// Spelling habits, `crate::spelling`.
    SpellingHabit,
    /// The table of name variants.
    VariantTable,
    /// `data/nicknames.txt`.
    NicknameTable,
    /// `data/words.tsv` and the tables of legal forms and generic words.
    WordTable,
    /// First letters of the words of the other name.
    Acronym,
    /// Comparison of consonants.
    ConsonantSkeleton,
    /// How the two sound: by the price of hearing one as the other, or by classes of sounds where vowels are left out.
    SoundClass,
    /// Edit distance (optimal string alignment).
    EditDistance,
    /// The value of two numbers.
    NumberValue,
    /// An initial.
    InitialLetter,
    /// Nothing agreed; aligned by place.
    Place,
}

impl Rule {
    /// Its name in data and explanations: `spelling_habit`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unicode => "unicode",
            Self::Transliteration => "transliteration",
            Self::Korean => "korean",
            Self::Mandarin => "mandarin",
            Self::Cantonese => "cantonese",
            Self::Han => "han",
            Self::Japanese => "japanese",
            Self::SpellingHabit => "spelling_habit",
            Self::VariantTable => "variant_table",
            Self::NicknameTable => "nickname_table",
            Self::WordTable => "word_table",
            Self::Acronym => "acronym",
            Self::ConsonantSkeleton => "consonant_skeleton",
            Self::SoundClass => "sound_class",
            Self::EditDistance => "edit_distance",
            Self::NumberValue => "number_value",
            Self::InitialLetter => "initial_letter",
            Self::Place => "place",
        }
    }
}

/// A stretch of one side's text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// After the last byte.
    pub end: u32,
}

/// A stretch of the left name aligned with one of the right, or one without a counterpart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece {
    /// Place in the left text; none if only the right has the piece.
    pub left: Option<Span>,
    /// Place in the right text; none if only the left has the piece.
    pub right: Option<Span>,
    /// How well they agree; `Different` when a side is missing.
    pub level: Level,
    /// What decided.
    pub rule: Rule,
    /// What the piece does in the names: the closer known of both sides.
    pub role: Role,
    /// How common the piece is, 0 (never seen) to 1 (in every name), by the caller's [`Rarity`]; of the commoner side.
    pub commonness: f32,
    /// Letters of the shorter side, in Latin letters: two scripts write one name in different numbers of bytes and characters.
    pub letters: u16,
}

impl Piece {
    /// Whether only one side has the piece.
    pub fn is_unmatched(&self) -> bool {
        self.left.is_none() || self.right.is_none()
    }
}

/// The two names as wholes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Outcome {
    /// Every distinctive part has its counterpart, in the same order.
    SameOrder,
    /// The same, in another order.
    OtherOrder,
    /// All distinctive parts of the one side are found in the other, which has more.
    OneShorter,
    /// One name is the acronym of the other.
    Acronym,
    /// All distinctive parts agree but one, which is a near miss (edit, one place of a syllable, initial).
    NearMiss,
    /// All distinctive parts agree but one, which differs.
    OneDiffers,
    /// Words agree and numbers differ: Fund VII, Fund VIII.
    NumbersDiffer,
    /// Parts agree and stand on other sides of a word of descent: Salman bin Muhammad, Muhammad bin Salman.
    RelationDiffers,
    /// Only generic words, legal forms or stop words agree.
    OnlyGeneric,
    /// Some parts agree, two or more differ.
    SomeAgree,
    /// No part agrees.
    NothingAgrees,
    /// A side holds nothing to compare.
    NotComparable,
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Outcome; 12] = [
        Outcome::SameOrder,
        Outcome::OtherOrder,
        Outcome::OneShorter,
        Outcome::Acronym,
        Outcome::NearMiss,
        Outcome::OneDiffers,
        Outcome::NumbersDiffer,
        Outcome::RelationDiffers,
        Outcome::OnlyGeneric,
        Outcome::SomeAgree,
        Outcome::NothingAgrees,
        Outcome::NotComparable,
    ];

    /// Its name in data and explanations: `same_order`.
    pub fn name(self) -> &'static str {
        match self {
            Self::SameOrder => "same_order",
            Self::OtherOrder => "other_order",
            Self::OneShorter => "one_shorter",
            Self::Acronym => "acronym",
            Self::NearMiss => "near_miss",
            Self::OneDiffers => "one_differs",
            Self::NumbersDiffer => "numbers_differ",
            Self::RelationDiffers => "relation_differs",
            Self::OnlyGeneric => "only_generic",
            Self::SomeAgree => "some_agree",
            Self::NothingAgrees => "nothing_agrees",
            Self::NotComparable => "not_comparable",
        }
    }
}

/// The result of [`crate::compare`].
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The names as wholes.
    pub outcome: Outcome,
    /// Aligned and unmatched pieces, in the order of the left text, what only the right has at the end.
    pub pieces: Vec<Piece>,
}

/// How common a token is among the names a caller screens against.
pub trait Rarity {
    /// The share of names that hold the token, 0 to 1. `key` is [`crate::Part::key`].
    fn commonness(&self, key: &str) -> f32;
}

/// For callers without counts: every token is equally rare.
#[derive(Debug, Clone, Copy, Default)]
pub struct Uniform;

impl Rarity for Uniform {
    fn commonness(&self, _key: &str) -> f32 {
        0.0
    }
}
