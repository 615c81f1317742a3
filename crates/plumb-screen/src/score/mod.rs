//! How strongly two entities look like one: evidence for and against, feature by feature, added up in bits.
//!
//! The model is that of Fellegi and Sunter (1969): each feature takes a level of agreement, each level has a weight, the logarithm of how much
//! more often pairs of one entity show it than pairs of two, and the weights add up. What is missing on a side adds nothing. The sum
//! becomes a probability by a logistic curve fitted to labelled pairs (Platt 1999), and a score in which 0.7 is the sum that best
//! divides those pairs.

pub mod address;
mod bodies;
pub mod checks;
pub mod date;
mod explain;
pub mod fact;
mod former;
pub mod identifier;
pub mod level;
pub mod model;
pub mod names;
pub mod profile;
pub mod rarity;
mod twice;
mod wholes;

pub use explain::{Feature, PieceEvidence, Score};
pub use model::Model;
pub use profile::Profile;

use level::Level;
use plumb_names::{Comparison, Kind, Outcome, Piece, Scratch, Wanted};
use profile::KnownAs;
use rarity::RarityTable;

/// The score from which a pair is a potential match, as in yente.
pub const THRESHOLD: f64 = 0.7;

/// A weak alias says less: yente counts agreement on one as 0.8 where that on a name is 1. Two bits are near that here.
const WEAK_ALIAS_BITS: f64 = -2.0;
/// Names never count for less than this, and where names are missing or have no blocking key in common they count for this. It is the
/// evidence that a pair needs from elsewhere: a number with a valid check has more, since ships are renamed and companies change hands.
const LEAST_NAME_BITS: f64 = -10.0;
/// Nor ever for more than this: many people and firms share a name, so that one that agrees to the letter must not outweigh a birth date
/// that is decades off (some seven bits), while it does outweigh one that is off by a year (some four).
const MOST_NAME_BITS: f64 = 6.0;

/// Names that are not the same words count a little less, so that those that are come first.
const MOST_BITS_OF_OTHER_WORDS: f64 = MOST_NAME_BITS - 0.1;

/// Names of persons of which one part of several agrees, and names of which only words agree that many share, can count no more: below the threshold by themselves, not beyond what a date of birth
/// can lift. Of the training pairs of one person 3 in 100 are such, of those of two 79.
const MOST_BITS_OF_ONE_PART: f64 = -1.0;

/// Pairs of names that are compared before their keys are: making keys takes about as long as one comparison.
const FEW_PAIRS: usize = 4;

/// Weights and rarities: all that scoring needs besides the two entities.
#[derive(Clone, Debug)]
pub struct Scorer {
    pub(crate) model: Model,
    pub(crate) rarity: RarityTable<'static>,
}

/// The best agreement of the names of two entities.
#[derive(Debug)]
pub(crate) struct NameEvidence<'a> {
    pub(crate) query: &'a KnownAs,
    pub(crate) candidate: &'a KnownAs,
    pub(crate) comparison: Comparison,
    pub(crate) bits: f64,
}

impl Scorer {
    /// The scorer with the weights and rarities that come with the program.
    pub fn built_in() -> Result<Self, model::ModelError> {
        Ok(Self { model: Model::built_in()?, rarity: RarityTable::built_in() })
    }

    /// A scorer with other weights and rarities.
    pub fn new(model: Model, rarity: RarityTable<'static>) -> Self {
        Self { model, rarity }
    }

    /// The evidence that the two are one, in bits. `None` when their schemata rule it out.
    pub fn bits(&self, query: &Profile, candidate: &Profile, scratch: &mut Scratch) -> Option<f64> {
        if !profile::compatible(query.schema, candidate.schema) {
            return None;
        }
        Some(self.name_bits(query, candidate, scratch, Counted::ALL) + self.facts(query, candidate))
    }

    /// The score of a pair if it is at least so much: at less cost where it is not.
    pub fn score_from(&self, least: f64, query: &Profile, candidate: &Profile, scratch: &mut Scratch) -> Option<f64> {
        /// More than a sum of fractions can be off.
        const ROUNDING: f64 = 1e-6;
        if !profile::compatible(query.schema, candidate.schema) {
            return None;
        }
        let facts = self.facts(query, candidate);
        let limited = self.model.score(MOST_BITS_OF_ONE_PART + facts + ROUNDING) >= least;
        let names = self.name_bits(query, candidate, scratch, Counted { limited, ..Counted::ALL });
        Some(self.model.score(names + facts)).filter(|score| *score >= least)
    }

    /// The score of a pair without its explanation: 0 to 1, and 0 when the schemata rule it out.
    pub fn score(&self, query: &Profile, candidate: &Profile, scratch: &mut Scratch) -> f64 {
        self.bits(query, candidate, scratch).map_or(0.0, |bits| self.model.score(bits))
    }

    /// The score with every name held against every other, also where no key is common: what blocking is measured against.
    pub fn score_fully(&self, query: &Profile, candidate: &Profile, scratch: &mut Scratch) -> f64 {
        if !profile::compatible(query.schema, candidate.schema) {
            return 0.0;
        }
        let names = self.name_bits(query, candidate, scratch, Counted { without_key: true, ..Counted::ALL });
        self.model.score(names + self.facts(query, candidate))
    }

    /// The bits of everything but names.
    pub(crate) fn facts(&self, query: &Profile, candidate: &Profile) -> f64 {
        self.evidence(query, candidate).map(|fact| fact.bits).sum()
    }

    /// What each feature but names shows.
    pub(crate) fn evidence<'a>(
        &self,
        query: &'a Profile,
        candidate: &'a Profile,
    ) -> impl Iterator<Item = Fact<'a>> + use<'a> {
        let model = &self.model;
        let identifiers = identifier::best(&query.identifiers, &candidate.identifiers);
        let dates = date::best(&query.dates, &candidate.dates);
        let countries = fact::countries(&query.countries, &candidate.countries);
        let genders = fact::genders(&query.genders, &candidate.genders);
        let addresses = address::best(&query.addresses, &candidate.addresses);
        let text = |value: &'a str| Shown::Text(value);
        let facts = [
            identifiers.map(|best| Fact::new(&model.identifiers, best, |identifier| text(&identifier.value))),
            dates.map(|best| Fact::new(&model.dates, best, Shown::Date)),
            countries.map(|best| Fact::new(&model.countries, best, text)),
            genders.map(|best| Fact::new(&model.genders, best, text)),
            addresses.map(|best| Fact::new(&model.addresses, best, |address| Shown::Words(&address.words))),
        ];
        facts.into_iter().flatten()
    }

    /// The pair of names that agrees best, the first of several. `None` when no two have a blocking key in common.
    pub(crate) fn names<'a>(
        &self,
        query: &'a Profile,
        candidate: &'a Profile,
        scratch: &mut Scratch,
    ) -> Option<NameEvidence<'a>> {
        let weights = self.weights_for(query, candidate);
        let mut best: Option<NameEvidence<'a>> = None;
        // who asks for reasons has found the pair, or asks once
        let shares = if are_few(query, candidate) { KnownAs::shares_key_once } else { KnownAs::shares_key };
        for (one, two) in pairs(query, candidate).filter(|(one, two)| shares(one, two)) {
            let comparison = plumb_names::compare(&one.name, &two.name, &self.rarity, scratch);
            let bits = bits_of(weights, one, two, &comparison);
            if best.as_ref().is_none_or(|best| bits > best.bits) {
                best = Some(NameEvidence { query: one, candidate: two, comparison, bits });
            }
        }
        best
    }

    /// The bits of the pair of names that agrees best, without the pair: those of [`Self::names`] at less cost.
    fn name_bits(&self, query: &Profile, candidate: &Profile, scratch: &mut Scratch, counted: Counted) -> f64 {
        let weights = self.weights_for(query, candidate);
        // few pairs are compared sooner than the keys of their names are made
        let few = are_few(query, candidate);
        let mut best = LEAST_NAME_BITS;
        for (one, two) in pairs(query, candidate) {
            let most = MOST_NAME_BITS + weak_bits(one, two);
            if most <= best {
                continue;
            }
            let shared = match counted.without_key {
                true => Some(true),
                false if few => one.seen_to_share_key(two),
                false => Some(one.shares_key(two)),
            };
            if shared == Some(false) {
                continue;
            }
            // names of the same words share a key
            if names::are_written_alike(one, two) {
                best = most;
                continue;
            }
            let wanted = Wanted {
                outcome: &|outcome| !names::is_least(outcome),
                pieces: &|outcome, pieces| counted.limited || !is_limited(one, two, outcome, pieces),
            };
            let comparison = plumb_names::compare_if(&one.name, &two.name, &self.rarity, scratch, wanted);
            if let Some(comparison) = comparison
                && shared.unwrap_or_else(|| one.shares_key(two))
            {
                best = best.max(bits_of(weights, one, two, &comparison));
            }
        }
        best
    }

    fn weights_for(&self, query: &Profile, candidate: &Profile) -> &names::NameWeights {
        self.model.name_weights(more_certain(profile::kind_of(query.schema), profile::kind_of(candidate.schema)))
    }
}

fn pairs<'a>(query: &'a Profile, candidate: &'a Profile) -> impl Iterator<Item = (&'a KnownAs, &'a KnownAs)> {
    query.names.iter().flat_map(|one| candidate.names.iter().map(move |two| (one, two)))
}

/// Whether so few pairs of names are compared that hardly any name is held against several.
fn are_few(query: &Profile, candidate: &Profile) -> bool {
    query.names.len() * candidate.names.len() <= FEW_PAIRS
}

fn bits_of(weights: &names::NameWeights, one: &KnownAs, two: &KnownAs, comparison: &Comparison) -> f64 {
    let settled = names::settled(one, two, comparison.outcome);
    let bits = settled.unwrap_or_else(|| weights.bits(&names::features(comparison)));
    let most = match settled {
        Some(_) => MOST_NAME_BITS,
        None if is_limited(one, two, comparison.outcome, &comparison.pieces) => MOST_BITS_OF_ONE_PART,
        None => MOST_BITS_OF_OTHER_WORDS,
    };
    (bits.min(most) + weak_bits(one, two)).max(LEAST_NAME_BITS)
}

/// Whether names that are not the same words can count no more than [`MOST_BITS_OF_ONE_PART`].
fn is_limited(one: &KnownAs, two: &KnownAs, outcome: Outcome, pieces: &[Piece]) -> bool {
    let is_person = more_certain(one.name.kind, two.name.kind) == Kind::Person;
    is_person && wholes::rest_on_one_part(outcome, pieces) || wholes::rest_on_common_words(outcome, pieces)
}

/// Which pairs of names count.
#[derive(Clone, Copy)]
struct Counted {
    /// Also those that have no key in common.
    without_key: bool,
    /// Also those that are limited, see [`is_limited`].
    limited: bool,
}

impl Counted {
    const ALL: Self = Self { without_key: false, limited: true };
}

fn weak_bits(one: &KnownAs, two: &KnownAs) -> f64 {
    if one.weak || two.weak { WEAK_ALIAS_BITS } else { 0.0 }
}

/// What one feature shows.
pub(crate) struct Fact<'a> {
    pub(crate) feature: &'static str,
    pub(crate) level: &'static str,
    pub(crate) bits: f64,
    pub(crate) query: Shown<'a>,
    pub(crate) candidate: Shown<'a>,
}

/// A value as it will be shown; most never are.
pub(crate) enum Shown<'a> {
    Text(&'a str),
    Date(date::KnownDate),
    Words(&'a [String]),
}

impl<'a> Fact<'a> {
    fn new<L: Level, T>(weights: &[f64], (level, query, candidate): (L, T, T), show: impl Fn(T) -> Shown<'a>) -> Self {
        let (query, candidate) = (show(query), show(candidate));
        Self { feature: L::FEATURE, level: level.name(), bits: worth(weights, level), query, candidate }
    }
}

fn worth<L: Level>(weights: &[f64], level: L) -> f64 {
    weights.get(level.place()).copied().unwrap_or_default()
}

/// An entity that could be either is what the other one is.
pub(crate) fn more_certain(left: Kind, right: Kind) -> Kind {
    if left == Kind::Entity { right } else { left }
}
