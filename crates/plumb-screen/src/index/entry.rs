//! The entry of a record in an index: what filters and scoring need of it, as bytes.
//!
//! Each feature stands with its length, so that what a query has nothing to hold against is passed over unread; so does each name, for those
//! without a common key.

use plumb_core::ftm::{self, Schema};
use plumb_names::Name;

use super::blocking::NameKeys;
use super::bytes::{Reader, put_bytes, put_number, put_text};
use crate::score::address::Address;
use crate::score::checks::Scheme;
use crate::score::date::KnownDate;
use crate::score::identifier::Identifier;
use crate::score::profile::{KnownAs, Profile};

/// What filters need of a record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts<'a> {
    pub(crate) id: &'a str,
    pub(crate) schema: &'static Schema,
    pub(crate) last_change: &'a str,
    /// Places in the index's list of datasets.
    pub(crate) datasets: Numbers<'a>,
    /// Places in its list of topics.
    pub(crate) topics: Numbers<'a>,
    pub(crate) countries: Texts<'a>,
}

/// Numbers one after the other, as [`packed_numbers`] writes them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbers<'a>(pub(crate) &'a [u8]);

impl<'a> Numbers<'a> {
    pub(crate) fn iter(self) -> impl Iterator<Item = u32> + 'a {
        each(self.0, Reader::small)
    }
}

/// Texts one after the other, as [`packed_texts`] writes them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Texts<'a>(pub(crate) &'a [u8]);

impl<'a> Texts<'a> {
    pub(crate) fn iter(self) -> impl Iterator<Item = &'a str> {
        each(self.0, Reader::text)
    }
}

pub(crate) fn packed_numbers(numbers: impl Iterator<Item = u32>) -> Vec<u8> {
    packed(numbers, |out, number| put_number(out, u64::from(number)))
}

pub(crate) fn packed_texts<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<u8> {
    packed(texts, put_text)
}

fn packed<T>(values: impl Iterator<Item = T>, put: impl Fn(&mut Vec<u8>, T)) -> Vec<u8> {
    let mut out = Vec::new();
    values.for_each(|value| put(&mut out, value));
    out
}

/// Writes an entry. `place_of` keeps the words of names.
pub(crate) fn put_entry(
    out: &mut Vec<u8>,
    facts: &Facts<'_>,
    profile: &Profile,
    place_of: &mut dyn FnMut(Vec<u8>) -> u32,
) {
    put_number(out, schema_place(facts.schema));
    put_text(out, facts.id);
    put_text(out, facts.last_change);
    for list in [facts.datasets.0, facts.topics.0, facts.countries.0] {
        put_bytes(out, list);
    }
    put_bytes(out, &packed_texts(profile.genders.iter().map(String::as_str)));
    let dates = packed(profile.dates.iter(), |out, date| {
        put_number(out, u64::from(date.year));
        out.extend([date.month, date.day]);
    });
    put_bytes(out, &dates);
    let identifiers = packed(profile.identifiers.iter(), |out, identifier| {
        put_text(out, &identifier.value);
        out.push(identifier.scheme.map_or(0, |scheme| scheme as u8 + 1));
        out.push(u8::from(identifier.lasting));
    });
    put_bytes(out, &identifiers);
    put_bytes(out, &packed(profile.addresses.iter(), |out, address| put_text(out, &address.words.join(" "))));
    for known_as in &profile.names {
        let mut name = Vec::new();
        put_name(&mut name, known_as, place_of);
        put_bytes(out, &name);
    }
}

fn put_name(out: &mut Vec<u8>, known_as: &KnownAs, place_of: &mut dyn FnMut(Vec<u8>) -> u32) {
    put_bytes(out, &known_as.keys().sorted.iter().flat_map(|key| key.to_le_bytes()).collect::<Vec<u8>>());
    out.push(u8::from(known_as.weak));
    out.extend(known_as.written.to_le_bytes());
    put_text(out, &known_as.text);
    known_as.name.put(out, place_of);
}

/// Reads the facts, and gives back where the rest begins.
pub(crate) fn facts(entry: &[u8]) -> Option<(Facts<'_>, Reader<'_>)> {
    let mut reader = Reader::new(entry);
    let facts = Facts {
        schema: schema_at(reader.size()?)?,
        id: reader.text()?,
        last_change: reader.text()?,
        datasets: Numbers(reader.slice()?),
        topics: Numbers(reader.slice()?),
        countries: Texts(reader.slice()?),
    };
    Some((facts, reader))
}

/// The place of the schema of an entry among all.
pub(crate) fn schema_place_of(entry: &[u8]) -> Option<usize> {
    Reader::new(entry).size()
}

/// How an entry is read for a query.
pub(crate) struct Reading<'a, W> {
    pub(crate) query: &'a Profile,
    /// The keys of the query: names that have none of them are passed over.
    pub(crate) keys: &'a NameKeys,
    /// Gives back the words of names.
    pub(crate) word: W,
    /// Whether names are read with their texts, which scores can do without.
    pub(crate) texts: bool,
}

/// Reads the rest of an entry as far as the query can be held against it: with the names that have one of its keys, and with the features that
/// the query has too.
pub(crate) fn profile<'w>(
    facts: &Facts<'_>,
    mut reader: Reader<'_>,
    reading: &Reading<'_, impl Fn(u32) -> Option<&'w [u8]>>,
) -> Option<Profile> {
    let query = reading.query;
    let mut profile = Profile::empty(facts.schema);
    if !query.countries.is_empty() {
        profile.countries = facts.countries.iter().map(str::to_owned).collect();
    }
    let [genders, dates, identifiers, addresses] = [reader.slice()?, reader.slice()?, reader.slice()?, reader.slice()?];
    if !query.genders.is_empty() {
        profile.genders = each(genders, Reader::text).map(str::to_owned).collect();
    }
    if !query.dates.is_empty() {
        profile.dates = each(dates, date).collect();
    }
    if !query.identifiers.is_empty() {
        profile.identifiers = each(identifiers, identifier).collect();
    }
    if !query.addresses.is_empty() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect();
        profile.addresses = each(addresses, Reader::text).map(|text| Address { words: words(text) }).collect();
    }
    while !reader.rest().is_empty() {
        let name = reader.slice()?;
        add_name(&mut profile, name, reading)?;
    }
    Some(profile)
}

fn date(reader: &mut Reader<'_>) -> Option<KnownDate> {
    let year = u16::try_from(reader.number()?).ok()?;
    Some(KnownDate { year, month: reader.byte()?, day: reader.byte()? })
}

fn identifier(reader: &mut Reader<'_>) -> Option<Identifier> {
    let value = reader.text()?.to_owned();
    let scheme = usize::from(reader.byte()?).checked_sub(1).and_then(|place| Scheme::ALL.get(place).copied());
    Some(Identifier { value, scheme, lasting: reader.byte()? == 1 })
}

/// Adds a name if it has one of the keys; `None` is damage.
fn add_name<'w>(
    profile: &mut Profile,
    bytes: &[u8],
    reading: &Reading<'_, impl Fn(u32) -> Option<&'w [u8]>>,
) -> Option<()> {
    let mut reader = Reader::new(bytes);
    let keys = reader.slice()?.as_chunks().0.iter().map(|bytes| u32::from_le_bytes(*bytes));
    // names that are passed over are many: their keys are looked at without taking room
    if !keys.clone().any(|key| reading.keys.contains(key)) {
        profile.has_other_names = true;
        return Some(());
    }
    let weak = reader.byte()? == 1;
    let written = reader.eight_bytes()?;
    let text = if reading.texts { reader.text()?.to_owned() } else { reader.slice().map(|_| String::new())? };
    match Name::read(reader.rest(), &reading.word) {
        Ok(name) => profile.names.push(KnownAs::stored(text, name, weak, written, keys.collect())),
        Err(_) => profile.has_other_names = true,
    }
    Some(())
}

/// One value after the other, to the end or to where the bytes are no such values.
fn each<'a, T>(bytes: &'a [u8], one: impl Fn(&mut Reader<'a>) -> Option<T>) -> impl Iterator<Item = T> {
    let mut reader = Reader::new(bytes);
    std::iter::from_fn(move || if reader.rest().is_empty() { None } else { one(&mut reader) })
}

/// The place of a schema among all schemata in name order, which is fixed by the release that [`super::VERSION`] stands for.
fn schema_place(schema: &Schema) -> u64 {
    ftm::schemata().position(|other| other.name == schema.name).unwrap_or_default() as u64
}

fn schema_at(place: usize) -> Option<&'static Schema> {
    ftm::schemata().nth(place)
}
