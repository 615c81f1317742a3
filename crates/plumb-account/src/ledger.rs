//! The ledger: every claim by chapter, measure, place and population, with repeats of one origin told apart.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use plumb_core::case::{Case, Claim};
use plumb_core::measure::Group;

/// All claims of a case in the order of a reader's questions.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The chapters that have claims, in the order of [`Group::ALL`].
    pub chapters: Vec<Chapter>,
    /// Claims that repeat an earlier one of the same origin.
    repeats: BTreeMap<String, String>,
}

/// A chapter: people, movement, pay, money.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// Which.
    pub group: Group,
    /// Its measures, by label.
    pub measures: Vec<MeasureEntry>,
}

/// The claims about one measure.
#[derive(Clone, Debug)]
pub struct MeasureEntry {
    /// Id of the measure.
    pub measure: String,
    /// Places and populations, those with most claims first.
    pub strands: Vec<Strand>,
}

/// Rival claims: one measure, one place, one population.
#[derive(Clone, Debug)]
pub struct Strand {
    /// Id of the measure.
    pub measure: String,
    /// Code of the place.
    pub place: String,
    /// Narrower population; empty: that of the measure.
    pub population: String,
    /// Ids of the claims, by time; undated ones last.
    pub claims: Vec<String>,
    /// How many origins they have.
    pub origins: usize,
}

impl Ledger {
    /// The ledger of a case.
    pub fn of(case: &Case) -> Self {
        let mut strands: BTreeMap<(&str, &str, &str), Vec<&Claim>> = BTreeMap::new();
        for claim in &case.claims {
            let key = (claim.measure.as_str(), claim.place.as_str(), claim.population.as_str());
            strands.entry(key).or_default().push(claim);
        }
        let mut repeats = BTreeMap::new();
        let mut by_measure: BTreeMap<&str, Vec<Strand>> = BTreeMap::new();
        for ((measure, place, population), mut claims) in strands {
            claims.sort_by_key(|claim| time_of(claim));
            find_repeats(case, &claims, &mut repeats);
            by_measure.entry(measure).or_default().push(Strand {
                measure: measure.to_owned(),
                place: place.to_owned(),
                population: population.to_owned(),
                origins: claims.iter().map(|claim| &claim.origin).collect::<BTreeSet<_>>().len(),
                claims: claims.iter().map(|claim| claim.id.clone()).collect(),
            });
        }
        Self { chapters: chapters(case, by_measure), repeats }
    }

    /// The claim that this one repeats: the same origin and the same figure, read in an earlier source.
    pub fn repeats(&self, claim: &str) -> Option<&str> {
        self.repeats.get(claim).map(String::as_str)
    }

    /// All strands, in the order of the chapters.
    pub fn strands(&self) -> impl Iterator<Item = &Strand> {
        self.chapters.iter().flat_map(|chapter| &chapter.measures).flat_map(|entry| &entry.strands)
    }

    /// The entry of a measure.
    pub fn measure(&self, id: &str) -> Option<&MeasureEntry> {
        self.chapters.iter().flat_map(|chapter| &chapter.measures).find(|entry| entry.measure == id)
    }
}

/// The order of claims in time: by the end of the period, then its beginning, undated last, then as in the file.
fn time_of(claim: &Claim) -> (Date, Date) {
    let end = claim.period.map_or(Date::MAX, |period| period.sort_day());
    (end, claim.period.and_then(|period| period.earliest()).unwrap_or(end))
}

/// Of claims with one origin and one figure, the one of the oldest source is the voice and the others are its echo.
fn find_repeats(case: &Case, claims: &[&Claim], repeats: &mut BTreeMap<String, String>) {
    let published = |claim: &Claim| {
        (case.sources.get(&claim.source)).and_then(|source| source.date).map_or(Date::MAX, |date| date.earliest())
    };
    let mut voices: BTreeMap<(&str, String), Vec<&Claim>> = BTreeMap::new();
    for claim in claims {
        voices.entry((claim.origin.as_str(), claim.quantity.figure().to_string())).or_default().push(claim);
    }
    for (_, mut same) in voices {
        same.sort_by_key(|claim| published(claim));
        let mut same = same.into_iter();
        if let Some(first) = same.next() {
            repeats.extend(same.map(|claim| (claim.id.clone(), first.id.clone())));
        }
    }
}

fn chapters(case: &Case, by_measure: BTreeMap<&str, Vec<Strand>>) -> Vec<Chapter> {
    let mut by_group: BTreeMap<Group, Vec<(&str, MeasureEntry)>> = BTreeMap::new();
    for (id, mut strands) in by_measure {
        let Some(measure) = case.measures.get(id) else { continue };
        strands.sort_by_key(|strand| std::cmp::Reverse(strand.claims.len()));
        let entry = MeasureEntry { measure: id.to_owned(), strands };
        by_group.entry(measure.group).or_default().push((&measure.label, entry));
    }
    (by_group.into_iter())
        .map(|(group, mut entries)| {
            let claims = |entry: &MeasureEntry| entry.strands.iter().map(|strand| strand.claims.len()).sum::<usize>();
            entries.sort_by(|(label, one), (other, two)| claims(two).cmp(&claims(one)).then(label.cmp(other)));
            Chapter { group, measures: entries.into_iter().map(|(_, entry)| entry).collect() }
        })
        .collect()
}
