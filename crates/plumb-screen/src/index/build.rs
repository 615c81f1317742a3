//! Building an index: records in, the bytes of one file out.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use plumb_core::ftm::PropertyKind;
use plumb_names::Reader;
use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::xxh3_64;

use super::bytes::{put_ascending, put_bytes, put_number, put_text};
use super::entry::{Facts, Numbers, Texts, packed_numbers, packed_texts, put_entry};
use super::file::{IndexError, IndexFile, Section, write_to};
use super::{Index, blocking, text};
use crate::Record;
use crate::score::Profile;

/// An index in the making.
#[derive(Debug, Default)]
pub struct Builder {
    inputs: Sha256,
    count: u32,
    records: Table,
    profiles: Table,
    name_words: NameWords,
    reader: Reader,
    ids: Vec<(u64, u32)>,
    keys: Vec<(u64, u32)>,
    words: BTreeMap<String, [Vec<u32>; 2]>,
    links: Vec<(u64, u32, &'static str)>,
    datasets: Dictionary,
    topics: Dictionary,
}

/// Entries one after the other, and where each begins.
#[derive(Debug, Default)]
struct Table {
    places: Vec<u8>,
    bytes: Vec<u8>,
}

impl Table {
    fn push(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        self.places.extend((self.bytes.len() as u64).to_le_bytes());
        write(&mut self.bytes);
    }

    /// The places, with the end as last entry, and the entries.
    fn finish(mut self) -> (Vec<u8>, Vec<u8>) {
        self.places.extend((self.bytes.len() as u64).to_le_bytes());
        (self.places, self.bytes)
    }
}

/// The words of names, as they first come, and where each begins. The map is never gone through, so that its order changes nothing.
#[derive(Debug, Default)]
struct NameWords {
    places: HashMap<Vec<u8>, u32>,
    bytes: Vec<u8>,
}

impl NameWords {
    /// Where the word begins. Beyond 4 GiB of words there is no place for more: such names cannot be read again.
    fn place(&mut self, word: Vec<u8>) -> u32 {
        let bytes = &mut self.bytes;
        *self.places.entry(word).or_insert_with_key(|word| {
            let place = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            bytes.extend_from_slice(word);
            place
        })
    }
}

/// Texts, numbered as they first come.
#[derive(Debug, Default)]
struct Dictionary {
    numbers: BTreeMap<String, u32>,
    texts: Vec<String>,
}

impl Dictionary {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text.to_owned(), number);
        self.texts.push(text.to_owned());
        number
    }
}

impl Builder {
    /// Adds a record. Records of relations are kept and linked, but no name is held against them.
    pub fn add(&mut self, record: &Record) -> Result<(), IndexError> {
        let number = self.count;
        self.count = number.checked_add(1).filter(|count| *count < u32::MAX).ok_or(IndexError::TooMany)?;
        let json = super::json_of(record);
        self.inputs.update((json.len() as u64).to_le_bytes());
        self.inputs.update(&json);
        self.records.push(|out| out.extend_from_slice(json.as_bytes()));
        let entity = &record.entity;
        let own = std::iter::once(entity.id()).chain(record.referents.iter().map(String::as_str));
        self.ids.extend(own.map(|id| (xxh3_64(id.as_bytes()), number)));
        let matchable = record.is_matchable();
        let profile =
            if matchable { Profile::of_with(&mut self.reader, entity) } else { Profile::empty(entity.schema()) };
        self.keys.extend(blocking::keys(&profile).into_iter().map(|key| (key, number)));
        self.add_words_and_links(record, number);
        let topics: Vec<String> = entity.properties().get("topics").cloned().unwrap_or_default();
        let datasets = packed_numbers(record.datasets.iter().map(|name| self.datasets.number(name)));
        let topics = packed_numbers(topics.iter().map(|topic| self.topics.number(topic)));
        let countries = packed_texts(profile.countries.iter().map(String::as_str));
        let facts = Facts {
            id: entity.id(),
            schema: entity.schema(),
            last_change: record.last_change.as_deref().unwrap_or_default(),
            datasets: Numbers(&datasets),
            topics: Numbers(&topics),
            countries: Texts(&countries),
        };
        let name_words = &mut self.name_words;
        self.profiles.push(|out| put_entry(out, &facts, &profile, &mut |word| name_words.place(word)));
        Ok(())
    }

    fn add_words_and_links(&mut self, record: &Record, number: u32) {
        let entity = &record.entity;
        let searchable = entity.schema().is_a("Thing");
        for (name, values) in entity.properties() {
            let Some(property) = entity.schema().property(name) else { continue };
            for value in values {
                if property.kind == PropertyKind::Entity {
                    self.links.push((xxh3_64(value.as_bytes()), number, property.name));
                } else if searchable && text::is_searched(property.kind) {
                    let elsewhere = usize::from(property.kind != PropertyKind::Name);
                    for word in text::words(value) {
                        let lists = self.words.entry(word).or_default();
                        if let Some(list) = lists.get_mut(elsewhere).filter(|list| list.last() != Some(&number)) {
                            list.push(number);
                        }
                    }
                }
            }
        }
    }

    /// Writes the index, for [`Index::open`](super::Index::open).
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(self, out: &mut impl Write) -> io::Result<()> {
        let (inputs, sections) = self.finish();
        write_to(out, &inputs, &sections)
    }

    /// The index in memory, for the few actors of a case.
    pub fn in_memory(self) -> Result<Index, IndexError> {
        let mut bytes = Vec::new();
        self.write(&mut bytes).map_err(|cause| IndexError::Io { path: "in memory".into(), cause })?;
        Index::of(IndexFile::in_memory(bytes)?)
    }

    fn finish(mut self) -> ([u8; 32], [Vec<u8>; Section::COUNT]) {
        let mut summary = Vec::new();
        put_number(&mut summary, u64::from(self.count));
        for dictionary in [&self.datasets, &self.topics] {
            put_number(&mut summary, dictionary.texts.len() as u64);
            dictionary.texts.iter().for_each(|text| put_text(&mut summary, text));
        }
        self.ids.sort_unstable();
        self.ids.dedup_by_key(|(hash, _)| *hash);
        let links = links(&self.ids, self.links, self.count);
        let ids = self.ids.iter().flat_map(|(hash, number)| hash.to_le_bytes().into_iter().chain(number.to_le_bytes()));
        let ids = ids.collect();
        let (keys, postings) = postings(self.keys);
        let words = words(&self.words);
        let (record_places, records) = self.records.finish();
        let (profile_places, profiles) = self.profiles.finish();
        let (key_places, postings) = postings.finish();
        let (word_places, words) = words.finish();
        let (link_places, links) = links.finish();
        let sections = [
            summary,
            record_places,
            records,
            profile_places,
            profiles,
            self.name_words.bytes,
            ids,
            keys,
            key_places,
            postings,
            word_places,
            words,
            link_places,
            links,
        ];
        (self.inputs.finalize().into(), sections)
    }
}

/// The words in order, and the records that have each in a name or elsewhere.
fn words(words: &BTreeMap<String, [Vec<u32>; 2]>) -> Table {
    let mut table = Table::default();
    for (word, [in_names, elsewhere]) in words {
        table.push(|out| {
            put_text(out, word);
            let mut list = Vec::new();
            put_ascending(&mut list, in_names);
            put_bytes(out, &list);
            put_ascending(out, elsewhere);
        });
    }
    table
}

/// The keys in order, and the records under each.
fn postings(mut pairs: Vec<(u64, u32)>) -> (Vec<u8>, Table) {
    pairs.sort_unstable();
    pairs.dedup();
    let (mut keys, mut table) = (Vec::new(), Table::default());
    for group in pairs.chunk_by(|one, two| one.0 == two.0) {
        keys.extend(group.first().map(|(key, _)| key.to_le_bytes()).into_iter().flatten());
        let numbers: Vec<u32> = group.iter().map(|(_, number)| *number).collect();
        table.push(|out| put_ascending(out, &numbers));
    }
    (keys, table)
}

/// The links of each record: those that its own properties make, and those of others that lead to it.
fn links(ids: &[(u64, u32)], named: Vec<(u64, u32, &'static str)>, count: u32) -> Table {
    let mut both = Vec::with_capacity(named.len() * 2);
    for (hash, from, property) in named {
        if let Some((_, to)) = ids.binary_search_by_key(&hash, |(hash, _)| *hash).ok().and_then(|place| ids.get(place))
        {
            both.push((from, property, false, *to));
            both.push((*to, property, true, from));
        }
    }
    both.sort_unstable();
    both.dedup();
    let (mut table, mut rest) = (Table::default(), both.as_slice());
    for number in 0..count {
        let (own, others) = rest.split_at(rest.partition_point(|(from, ..)| *from == number));
        rest = others;
        table.push(|out| {
            for (_, property, reverse, other) in own {
                put_text(out, property);
                out.push(u8::from(*reverse));
                put_number(out, u64::from(*other));
            }
        });
    }
    table
}
