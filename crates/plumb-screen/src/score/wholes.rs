//! Features of two names as wholes: how many parts fare how, together.

use plumb_names::{Comparison, Level, Outcome, Piece, Role};

use super::names::{fate, information, tells_apart};

/// The features, in the order of [`of`].
pub(super) const NAMES: [&str; 26] = [
    // of parts that tell bearers apart
    "whole.nothing_tells_apart",
    "whole.none_agrees",
    "whole.only_one_agrees",
    "whole.only_one_agrees_loosely",
    "whole.only_one_is_near",
    "whole.one_of_more_agrees",
    "whole.one_of_more_agrees_loosely",
    "whole.near_beside_missing",
    "whole.two_agree",
    "whole.lost_on_both_sides",
    "whole.short_and_near",
    "information.agreeing_in_all",
    "information.most_lost",
    "whole.all_agree_firmly",
    "whole.only_forms_differ",
    "whole.syllables_missing",
    // of words that many share
    "common_word.share",
    "common_word.all_agree",
    "common_word.share_beside_one",
    "common_word.missing_beside_one",
    "common_word.lost_on_both_sides",
    "common_word.information_alone",
    // of all
    "whole.identical",
    "acronym.letters",
    "acronym.of_all_words",
    "always",
];

/// The features of the whole. An acronym has no parts: how many letters it has is all that it tells.
pub(super) fn of(comparison: &Comparison) -> [f32; NAMES.len()] {
    let is_acronym = comparison.outcome == Outcome::Acronym;
    let pieces: &[Piece] = if is_acronym { &[] } else { &comparison.pieces };
    let counts = Counts::of(pieces);
    let identical = pieces.iter().all(|piece| !piece.is_unmatched() && piece.level <= Level::Romanised);
    let all = [
        flag(identical && !is_acronym),
        if is_acronym { comparison.pieces.iter().map(letters).fold(0.0, f32::max) } else { 0.0 },
        flag(is_acronym && comparison.pieces.iter().all(|piece| piece.level == Level::Exact)),
        1.0,
    ];
    let telling = telling(comparison.outcome, pieces, counts);
    let mut features = [0.0; NAMES.len()];
    for (feature, value) in features.iter_mut().zip(telling.into_iter().chain(common(pieces, counts)).chain(all)) {
        *feature = value;
    }
    features
}

/// Whether of several parts that tell bearers apart only one agrees, or is near: James Martin and Martin, Mary Moore and Diana Maria Cure Sabagh.
pub(super) fn rest_on_one_part(outcome: Outcome, pieces: &[Piece]) -> bool {
    let Counts { firm, agreeing, near, all } = Counts::of(pieces);
    let alike = agreeing + near;
    outcome != Outcome::Acronym && all > 1 && (alike == 1 || firm == 0 && alike < all)
}

/// Whether nothing that tells bearers apart agrees, though a name has it: Energy Income Fund and Fond Energia.
pub(super) fn rest_on_common_words(outcome: Outcome, pieces: &[Piece]) -> bool {
    let Counts { agreeing, near, all, .. } = Counts::of(pieces);
    outcome != Outcome::Acronym && all > 0 && agreeing + near == 0
}

/// Whether a person is held against what its words of trade, its legal form or its place show to be a body: Fu Cang and Voronezh Aircraft Works.
pub(super) fn is_of_body(pieces: &[Piece]) -> bool {
    let is_of_body = |role| matches!(role, Role::Generic | Role::LegalForm | Role::Location);
    pieces.iter().any(|piece| piece.is_unmatched() && is_of_body(piece.role))
}

/// How many of the parts that tell bearers apart agree firmly, agree at all, are near, and are.
#[derive(Clone, Copy)]
struct Counts {
    firm: usize,
    agreeing: usize,
    near: usize,
    all: usize,
}

impl Counts {
    fn of(pieces: &[Piece]) -> Self {
        let mut counts = Self { firm: 0, agreeing: 0, near: 0, all: 0 };
        for fate in pieces.iter().filter(|piece| tells_apart(piece.role)).map(fate) {
            counts.firm += usize::from(fate == 0);
            counts.agreeing += usize::from(fate <= 1);
            counts.near += usize::from(fate == 2);
            counts.all += 1;
        }
        counts
    }
}

fn telling(outcome: Outcome, pieces: &[Piece], Counts { firm, agreeing, near, all }: Counts) -> [f32; 16] {
    let telling = || pieces.iter().filter(|piece| tells_apart(piece.role));
    let lost = || telling().filter(|piece| fate(piece) > 2);
    let on_both = lost().any(|piece| piece.left.is_some()) && lost().any(|piece| piece.right.is_some());
    let agreed: f32 = telling().filter(|piece| fate(piece) == 0).map(|piece| information(piece.commonness)).sum();
    let most_lost = lost().map(|piece| information(piece.commonness)).fold(0.0, f32::max);
    let firmly = outcome <= Outcome::OtherOrder && firm == all;
    let words_agree = pieces.iter().filter(|piece| is_common(piece)).all(|piece| fate(piece) == 0);
    [
        flag(all == 0 && outcome != Outcome::Acronym),
        flag(all > 0 && agreeing + near == 0),
        flag(all == 1 && firm == 1),
        flag(all == 1 && agreeing > firm),
        flag(all == 1 && near == 1),
        flag(all > 1 && agreeing + near == 1),
        flag(all > 1 && agreeing == 1 && firm + near == 0),
        flag(near > 0 && agreeing < 2 && lost().next().is_some()),
        flag(agreeing == 2),
        flag(on_both),
        telling().map(shortness).fold(0.0, f32::max),
        (agreed / 10.0).min(3.0),
        most_lost / 10.0,
        flag(firmly && all > 1),
        flag(firmly && all > 0 && words_agree),
        flag(outcome == Outcome::OneShorter && pieces.iter().any(is_syllables)),
    ]
}

fn common(pieces: &[Piece], Counts { agreeing, near, all, .. }: Counts) -> [f32; 6] {
    let added = all > 0 && has_added_places(pieces);
    let counted = |piece: &&Piece| is_common(piece) && !(added && is_added_place(piece));
    let common = || pieces.iter().filter(counted);
    let is_lost = |piece: &&Piece| piece.is_unmatched() || piece.level == Level::Different;
    let lost = || common().filter(is_lost);
    let on_both = lost().any(|piece| piece.left.is_some()) && lost().any(|piece| piece.right.is_some());
    let share = share(common().filter(|piece| fate(piece) < 3).count(), common().count());
    let agreed: f32 = common().filter(|piece| fate(piece) < 2).map(word_information).sum();
    // one telling part leaves it to the others to tell chance from kin
    let beside_one = if agreeing + near > 1 || common().count() == 0 { 0.0 } else { 1.0 };
    [
        share,
        flag(share >= 1.0),
        beside_one * (share - 1.0),
        beside_one * self::share(lost().count().min(MOST_COMMON), MOST_COMMON),
        flag(on_both),
        if all == 0 { agreed / 10.0 } else { 0.0 },
    ]
}

/// Information of a word that many share. The table of rarities knows spellings and not meanings: in a language that lists seldom use a
/// word for "mining" is rare, and still says no more than mining.
fn word_information(piece: &Piece) -> f32 {
    information(piece.commonness).min(MOST_OF_A_WORD)
}

/// One of 256 names has it: rarer words are in the tables of generic words for few bodies only.
const MOST_OF_A_WORD: f32 = 8.0;

/// A word that many bodies share.
fn is_common(piece: &Piece) -> bool {
    matches!(piece.role, Role::Generic | Role::Location)
}

/// A place that only one name has.
fn is_added_place(piece: &Piece) -> bool {
    piece.role == Role::Location && piece.is_unmatched()
}

/// Whether places stand on one side only: a firm that tells where it is. On both sides they tell firms apart.
fn has_added_places(pieces: &[Piece]) -> bool {
    let places = || pieces.iter().filter(|piece| is_added_place(piece));
    places().all(|piece| piece.left.is_some()) || places().all(|piece| piece.right.is_some())
}

/// Korean and Chinese names are not shortened: of those with more syllables than the other most are other names.
fn is_syllables(piece: &Piece) -> bool {
    piece.role == Role::Family && piece.level == Level::Syllables
}

fn flag(is: bool) -> f32 {
    if is { 1.0 } else { 0.0 }
}

/// Common words that only one name has, counted up to here: more say no more.
const MOST_COMMON: usize = 3;

/// Letters of the acronym, in tens.
fn letters(piece: &Piece) -> f32 {
    f32::from(piece.letters) / 10.0
}

/// Near misses of words shorter than this, in letters, are more often other words than slips.
const LONG: u16 = 8;

/// How short a word is that all but agrees, from 0 (long) to 1.
fn shortness(piece: &Piece) -> f32 {
    let is_near = fate(piece) == 2 && piece.level != Level::Initial;
    if is_near { f32::from(LONG.saturating_sub(piece.letters)) / f32::from(LONG) } else { 0.0 }
}

/// A part of all; none of nothing. Counts of parts and letters of a name are small.
fn share(part: usize, all: usize) -> f32 {
    let count = |number: usize| f32::from(u16::try_from(number).unwrap_or(u16::MAX));
    count(part) / count(all.max(1))
}
