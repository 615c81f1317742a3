//! A name in any script as comparable forms.
//!
//! [`analyse`] reads a name once: words and where they stand, scripts, what each word does, Latin forms, and for Korean and
//! Chinese the sets of syllables that a spelling may stand for. [`compare`] holds two analysed names against each other and says, as data, which
//! parts agree, how well, and by which rule. [`keys`] gives what an index needs to find every name that could compare well.
//!
//! ```
//! use plumb_names::{Kind, Outcome, Scratch, Uniform, analyse, compare};
//! let left = analyse("Ким Чен Ын", Kind::Person);
//! let right = analyse("金正恩", Kind::Person);
//! let comparison = compare(&left, &right, &Uniform, &mut Scratch::default());
//! assert_eq!(comparison.outcome, Outcome::SameOrder);
//! ```

mod acronym;
mod agree;
mod analyse;
mod by_ear;
mod by_reading;
mod bytes;
mod cantonese;
mod cases;
mod coming;
mod compare;
mod comparison;
mod dialects;
mod distance;
mod divide;
mod draft;
mod han;
mod hash;
mod heard;
mod inflection;
mod japanese;
mod keys;
mod korean;
mod kunrei;
mod latin;
mod lexicon;
mod mandarin;
mod name;
mod normal;
mod outcome;
mod patronymic;
mod readings;
mod runs;
mod script;
mod slips;
mod spelling;
mod syllable;
mod systems;
mod tables;
mod tokens;
mod trie;
mod variants;
mod vowels;
mod word;

pub use analyse::{MOST_PARTS, Reader, analyse};
pub use bytes::BadBytes;
pub use cases::nominatives;
pub use compare::{Scratch, Wanted, compare, compare_if};
pub use comparison::{Comparison, Level, Outcome, Piece, Rarity, Rule, Span, Uniform};
pub use keys::{Key, KeyKind, each_key, keys, keys_by_part, share_consonants};
pub use name::{Kind, Name, Part, Reading, Role, Status};
pub use normal::fold;
pub use script::{Script, script_of};
pub use syllable::Syllable;
pub use tokens::LONGEST;
