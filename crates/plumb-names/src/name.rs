//! What a name is after it has been read: parts with their forms, and the ways it can be split.

use crate::script::Script;
use crate::syllable::Syllable;
use crate::variants::{self, Groups, Split};
use compact_str::CompactString;

/// What kind of thing bears the name; it decides which words are honorifics, legal forms or prefixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Kind {
    /// A human being.
    Person,
    /// A company, ministry, bank, party …
    Organisation,
    /// Could be either a person or an organisation.
    Entity,
    /// A ship, an aircraft or another object with a name.
    Vessel,
    /// A postal address or place.
    Address,
}

impl Kind {
    /// All, in their order.
    pub(crate) const ALL: [Self; 5] = [Self::Person, Self::Organisation, Self::Entity, Self::Vessel, Self::Address];
}

/// What a part does in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Role {
    /// A part that tells this bearer from others; its place in the name is not known more closely.
    Name,
    /// A family name known as such.
    Family,
    /// A given name known as such.
    Given,
    /// A name formed from the father's: Ivanovich, Іванівна.
    Patronymic,
    /// A title that is not part of the name: Dr, General, 동지.
    Honorific,
    /// A word of descent between parts: bin, ibn, bint, abu.
    Relation,
    /// A legal form: Ltd, ООО, 주식회사.
    LegalForm,
    /// A word many names of organisations share: trading, bank, 무역.
    Generic,
    /// An article, preposition or conjunction.
    Stop,
    /// A number, ordinal or Roman numeral; its key is the value in digits.
    Number,
    /// One letter that stands for a name.
    Initial,
    /// A country or place that organisations are named after.
    Location,
}

impl Role {
    /// All, in their order.
    pub(crate) const ALL: [Self; 12] = [
        Self::Name,
        Self::Family,
        Self::Given,
        Self::Patronymic,
        Self::Honorific,
        Self::Relation,
        Self::LegalForm,
        Self::Generic,
        Self::Stop,
        Self::Number,
        Self::Initial,
        Self::Location,
    ];

    /// Its name in data and explanations: `legal_form`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Family => "family",
            Self::Given => "given",
            Self::Patronymic => "patronymic",
            Self::Honorific => "honorific",
            Self::Relation => "relation",
            Self::LegalForm => "legal_form",
            Self::Generic => "generic",
            Self::Stop => "stop",
            Self::Number => "number",
            Self::Initial => "initial",
            Self::Location => "location",
        }
    }

    /// Whether a part with this role tells one bearer from another.
    pub fn is_distinctive(self) -> bool {
        matches!(self, Role::Name | Role::Family | Role::Given | Role::Number)
    }
}

/// One part of a name: usually a word, for organisations also a fixed phrase ("limited liability company").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where the part begins in the text as written, in bytes.
    pub start: u32,
    /// Where it ends, in bytes, exclusive.
    pub end: u32,
    /// Its script.
    pub script: Script,
    /// What it does in the name.
    pub role: Role,
    /// In its own script, lower case, without marks; simplified characters for Han.
    pub folded: CompactString,
    /// In Latin letters by the commonest system of its script; empty when the script cannot be read.
    pub latin: CompactString,
    /// `latin` with the spelling habits of many languages made one (kh/h, y/i/j, w/v, ou/u …); the token that
    /// [`crate::Rarity`] is asked about.
    pub key: CompactString,
    /// What the word means, as a number that is equal for translations of one word; 0 when it is a name.
    pub concept: u32,
    /// Whether the table of variants holds the part, or halves of it.
    pub(crate) has_variants: bool,
    /// Whether the table of nicknames holds the part.
    pub(crate) has_nicknames: bool,
    pub(crate) forms: Forms,
    /// Groups of the table of variants.
    pub(crate) groups: Groups,
    /// Ways to divide an unspaced word into two that the table knows.
    pub(crate) splits: Vec<Split>,
    /// Range of the part's syllables in [`Name::syllables`], empty when it cannot be read as Korean or Chinese.
    pub(crate) syllables: (u16, u16),
}

/// Hashes and small summaries of a part, so that a comparison touches strings only when it must.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Forms {
    pub folded: u64,
    pub latin: u64,
    pub key: u64,
    /// What joining a key behind another needs, see [`crate::hash`].
    pub key_power: u64,
    pub consonants: u64,
    pub consonant_count: u8,
    /// The consonants without a vowel at the beginning, for joining.
    pub body: u64,
    pub body_power: u64,
    /// The consonants that Arabic writes.
    pub abjad: u64,
    /// The consonants by manner and place of articulation, four bits each.
    pub sound: u64,
    pub sound_count: u8,
    /// Vowels are not written: Arabic and Hebrew script.
    pub vowels_open: bool,
    /// Foreign names in this script are written by ear: Hangul, kana, Han.
    pub by_ear: bool,
    pub ends_in_vowel: bool,
    /// Which letters the key holds: a bit each.
    pub letters: u32,
    /// A bit for each group of variants by its number modulo 64: most pairs share none.
    pub group_bits: u64,
}

/// One way to take a person's name apart into family and given name, syllable by syllable, family name first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// How many of the syllables are the family name.
    pub family: u8,
    /// The syllables, each with its place in the text.
    pub syllables: Vec<Syllable>,
}

/// How well a name could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Status {
    /// Every part was read.
    Read,
    /// Some part is in a script that compares only with itself (Thai, Bengali …).
    PartlyRead,
    /// Nothing to compare: empty, or punctuation only.
    Empty,
    /// Longer than [`crate::LONGEST`] characters or [`crate::MOST_PARTS`] parts; the rest was left out.
    Cut,
}

impl Status {
    /// All, in their order.
    pub(crate) const ALL: [Self; 4] = [Self::Read, Self::PartlyRead, Self::Empty, Self::Cut];
}

/// A name, read once and kept. Compare two with [`crate::compare`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// What bears it.
    pub kind: Kind,
    /// How well it could be read.
    pub status: Status,
    /// Its parts in the order written.
    pub parts: Vec<Part>,
    /// Ways to split it as a Korean or Chinese person's name; empty when there is none.
    pub readings: Vec<Reading>,
    pub(crate) syllables: Vec<Syllable>,
    /// Initial letters of the words of an organisation, for acronyms.
    pub(crate) acronym: CompactString,
}

impl Part {
    /// Looks the part up in the tables and fills in what follows from its letters.
    pub(crate) fn look_up(&mut self) {
        self.has_variants = self.concept == 0 && !matches!(self.role, Role::Number | Role::Initial);
        self.derive();
        self.has_nicknames = self.has_variants && !crate::lexicon::nicknames(self.forms.key).is_empty();
        self.has_variants = !self.groups.is_empty() || !self.splits.is_empty();
    }

    /// Its words in Latin letters; those of a fixed phrase one by one where they were written in Latin letters.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let text = if self.script == Script::Latin { &*self.folded } else { &*self.latin };
        // letter by letter: words are so short that to search them takes longer
        text.split([' ']).filter(|word| !word.is_empty() && *word != "and" && *word != "of")
    }

    /// Fills in what follows from the letters.
    pub(crate) fn derive(&mut self) {
        self.forms = crate::spelling::forms(&self.folded, &self.latin, &self.key, self.script);
        if self.has_variants {
            self.groups = variants::groups(self.variant_hash());
            self.splits = variants::splits(&self.folded, self.script);
            self.forms.group_bits = self.groups.iter().fold(0, |bits, group| bits | 1 << (group % 64));
        }
    }
}

impl Name {
    /// How many parts tell this bearer from others.
    pub fn distinctive(&self) -> usize {
        self.parts.iter().filter(|part| part.role.is_distinctive()).count()
    }

    /// The acronym without a company at the end, which many leave out.
    pub(crate) fn short_acronym(&self) -> Option<&str> {
        let last = self.parts.iter().rfind(|part| part.role != Role::Stop)?;
        let long = self.acronym.len().checked_sub(1).filter(|length| *length >= 3)?;
        self.acronym.get(..long).filter(|_| crate::lexicon::is_company(last.concept))
    }

    pub(crate) fn part_syllables(&self, part: &Part) -> &[Syllable] {
        self.syllables.get(usize::from(part.syllables.0)..usize::from(part.syllables.1)).unwrap_or_default()
    }
}
