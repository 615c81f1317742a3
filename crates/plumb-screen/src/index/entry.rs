//! The entry of a record in an index: what filters and scoring need of it, as bytes.
//!
//! Names come last and each with its length, so that those without a common key are passed over unread.

use plumb_core::ftm::{self, Schema};
use plumb_names::Name;

use super::bytes::{Reader, put_bytes, put_number, put_text};
use crate::score::address::Address;
use crate::score::checks::Scheme;
use crate::score::date::KnownDate;
use crate::score::identifier::Identifier;
use crate::score::profile::{KnownAs, Profile, written};

/// What filters need of a record.
#[derive(Clone, Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) id: &'a str,
    pub(crate) schema: &'static Schema,
    pub(crate) last_change: &'a str,
    /// Places in the index's list of datasets.
    pub(crate) datasets: Vec<u32>,
    /// Places in its list of topics.
    pub(crate) topics: Vec<u32>,
    pub(crate) countries: Vec<&'a str>,
}

/// Writes an entry.
pub(crate) fn put_entry(out: &mut Vec<u8>, facts: &Facts<'_>, profile: &Profile) {
    put_text(out, facts.id);
    put_number(out, schema_place(facts.schema));
    put_text(out, facts.last_change);
    for list in [&facts.datasets, &facts.topics] {
        put_number(out, list.len() as u64);
        for number in list {
            put_number(out, u64::from(*number));
        }
    }
    put_number(out, facts.countries.len() as u64);
    for country in &facts.countries {
        put_text(out, country);
    }
    put_profile(out, profile);
}

fn put_profile(out: &mut Vec<u8>, profile: &Profile) {
    put_number(out, profile.genders.len() as u64);
    for gender in &profile.genders {
        put_text(out, gender);
    }
    put_number(out, profile.dates.len() as u64);
    for date in &profile.dates {
        put_number(out, u64::from(date.year));
        out.extend([date.month, date.day]);
    }
    put_number(out, profile.identifiers.len() as u64);
    for identifier in &profile.identifiers {
        put_text(out, &identifier.value);
        out.push(identifier.scheme.map_or(0, |scheme| scheme as u8 + 1));
        out.push(u8::from(identifier.lasting));
    }
    put_number(out, profile.addresses.len() as u64);
    for address in &profile.addresses {
        put_text(out, &address.words.join(" "));
    }
    put_number(out, profile.names.len() as u64);
    for known_as in &profile.names {
        let mut bytes = vec![u8::from(known_as.weak)];
        put_number(&mut bytes, known_as.keys.len() as u64);
        for key in &known_as.keys {
            bytes.extend(key.to_le_bytes());
        }
        put_text(&mut bytes, &known_as.text);
        // it fails only if there is no memory left; such a name would be passed over
        bytes.extend(known_as.name.to_bytes().unwrap_or_default());
        put_bytes(out, &bytes);
    }
}

/// Reads the facts, and gives back where the rest begins.
pub(crate) fn facts(entry: &[u8]) -> Option<(Facts<'_>, Reader<'_>)> {
    let mut reader = Reader::new(entry);
    let (id, schema, last_change) = (reader.text()?, schema_at(reader.size()?)?, reader.text()?);
    let datasets = several(&mut reader, Reader::small)?;
    let topics = several(&mut reader, Reader::small)?;
    let countries = several(&mut reader, Reader::text)?;
    Some((Facts { id, schema, last_change, datasets, topics, countries }, reader))
}

/// Reads the rest of an entry as far as the query can be held against it: with the names that have a key in common with `keys` (sorted), and
/// with addresses if the query has any, since taking them apart costs more than all else.
pub(crate) fn profile(facts: &Facts<'_>, mut reader: Reader<'_>, query: &Profile, keys: &[u32]) -> Option<Profile> {
    let mut profile = Profile::empty(facts.schema);
    profile.countries = facts.countries.iter().map(|country| (*country).to_owned()).collect();
    profile.genders = several(&mut reader, |reader| reader.text().map(str::to_owned))?;
    profile.dates = several(&mut reader, |reader| {
        let year = u16::try_from(reader.number()?).ok()?;
        Some(KnownDate { year, month: reader.byte()?, day: reader.byte()? })
    })?;
    profile.identifiers = several(&mut reader, |reader| {
        let value = reader.text()?.to_owned();
        let scheme = usize::from(reader.byte()?).checked_sub(1).and_then(|place| Scheme::ALL.get(place).copied());
        Some(Identifier { value, scheme, lasting: reader.byte()? == 1 })
    })?;
    let words = |text: &str| text.split(' ').map(str::to_owned).collect();
    for _ in 0..reader.size()? {
        let text = reader.text()?;
        profile.addresses.extend((!query.addresses.is_empty()).then(|| Address { words: words(text) }));
    }
    let count = reader.size()?;
    for _ in 0..count {
        profile.names.extend(known_as(reader.slice()?, keys)?);
    }
    profile.has_other_names = profile.names.len() < count;
    Some(profile)
}

/// A name, if it has a key in common with `keys`; the outer `None` is damage.
#[expect(clippy::option_option, reason = "damaged and passed over are two things")]
fn known_as(bytes: &[u8], wanted: &[u32]) -> Option<Option<KnownAs>> {
    let mut reader = Reader::new(bytes);
    let weak = reader.byte()? == 1;
    // names that are passed over are many: their keys are looked at without taking room
    let mut ahead = reader;
    let mut common = false;
    for _ in 0..ahead.size()? {
        common |= wanted.binary_search(&ahead.four_bytes()?).is_ok();
    }
    if !common {
        return Some(None);
    }
    let keys = several(&mut reader, Reader::four_bytes)?;
    let text = reader.text()?.to_owned();
    let name = Name::from_bytes(reader.rest()).ok();
    Some(name.map(|name| KnownAs { written: written(&text, &name), text, name, weak, keys }))
}

/// Reads a count and then so many.
fn several<'a, T>(reader: &mut Reader<'a>, one: impl Fn(&mut Reader<'a>) -> Option<T>) -> Option<Vec<T>> {
    let count = reader.size()?;
    // a damaged count must not reserve the memory that it asks for
    let mut values = Vec::with_capacity(count.min(64));
    for _ in 0..count {
        values.push(one(reader)?);
    }
    Some(values)
}

/// The place of a schema among all schemata in name order, which is fixed by the release that [`super::VERSION`] stands for.
fn schema_place(schema: &Schema) -> u64 {
    ftm::schemata().position(|other| other.name == schema.name).unwrap_or_default() as u64
}

fn schema_at(place: usize) -> Option<&'static Schema> {
    ftm::schemata().nth(place)
}
