//! What scoring needs of an entity: its names, read once, and its other features made comparable.

use std::borrow::Cow;
use std::sync::OnceLock;

use plumb_core::ftm::{Entity, PropertyKind, Schema};
use plumb_names::{Kind, LONGEST, MOST_PARTS, Name, Part, Reader, Role, Status, analyse};
use xxhash_rust::xxh3::xxh3_64;

use super::address::Address;
use super::bodies;
use super::date::KnownDate;
use super::former;
use super::identifier::Identifier;
use super::twice;

/// A name of an entity.
#[derive(Clone, Debug)]
pub struct KnownAs {
    /// The text as the list or the caller wrote it.
    pub text: String,
    /// The name as read from it.
    pub name: Name,
    /// Marked by its list as too broad to go by alone.
    pub weak: bool,
    /// A hash of its words in order, folded: equal for names that differ in case, marks and punctuation only.
    pub(crate) written: u64,
    /// Its blocking keys, from when they are first needed: of most pairs it is plain without them.
    keys: OnceLock<Keys>,
}

/// The blocking keys of a name.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    /// Sorted: names without a common one do not compare well.
    pub(crate) sorted: Vec<u32>,
    /// The same, each with the place of the part that it was made from, if it was made from one. Only queries need it: a name from an index
    /// has none.
    pub(crate) by_part: Vec<(Option<u8>, u32)>,
}

impl KnownAs {
    /// Reads a name.
    pub fn new(text: &str, kind: Kind, weak: bool) -> Self {
        Self::of(text, analyse(text, kind), weak)
    }

    /// A name as read from a text.
    pub(crate) fn of(text: &str, name: Name, weak: bool) -> Self {
        Self { written: written(text, &name), text: text.to_owned(), name, weak, keys: OnceLock::new() }
    }

    /// A name from an index, with its keys.
    pub(crate) fn stored(text: String, name: Name, weak: bool, written: u64, keys: Vec<u32>) -> Self {
        Self { text, name, weak, written, keys: Keys { sorted: keys, by_part: Vec::new() }.into() }
    }

    /// Its blocking keys.
    pub(crate) fn keys(&self) -> &Keys {
        self.keys.get_or_init(|| {
            let mut by_part = Vec::new();
            self.each_key(&mut |part, key| by_part.push((part, key)));
            let mut sorted: Vec<u32> = by_part.iter().map(|(_, key)| *key).collect();
            sorted.sort_unstable();
            sorted.dedup();
            Keys { sorted, by_part }
        })
    }

    /// Makes its blocking keys, each with the place of the part that it was made from.
    fn each_key(&self, take: &mut dyn FnMut(Option<u8>, u32)) {
        plumb_names::each_key(&self.name, &mut |part, key| take(part, short(key.hash)));
        for key in whole_keys(&self.text, &self.name) {
            take(None, key);
        }
    }

    /// Whether the two have a blocking key in common.
    pub(crate) fn shares_key(&self, other: &Self) -> bool {
        self.seen_to_share_key(other).unwrap_or_else(|| have_common(&self.keys().sorted, &other.keys().sorted))
    }

    /// The same of names that are compared once, so that keys are not kept: it takes little more than half the time.
    pub(crate) fn shares_key_once(&self, other: &Self) -> bool {
        let kept = self.keys.get().is_some() || other.keys.get().is_some();
        if kept {
            self.shares_key(other)
        } else {
            self.seen_to_share_key(other).unwrap_or_else(|| make_common(self, other))
        }
    }

    /// The same, where it can be told without making keys.
    pub(crate) fn seen_to_share_key(&self, other: &Self) -> Option<bool> {
        match (self.keys.get(), other.keys.get()) {
            (Some(one), Some(two)) => Some(have_common(&one.sorted, &two.sorted)),
            _ => plumb_names::share_consonants(&self.name, &other.name).then_some(true),
        }
    }
}

/// A word of a name, folded. A number stands as it is written: whether a word is one can hang on its case ("Fund V").
fn word<'n>(text: &str, part: &'n Part) -> Cow<'n, str> {
    let place = usize::try_from(part.start).ok().zip(usize::try_from(part.end).ok());
    match place.and_then(|(start, end)| text.get(start..end)).filter(|_| part.role == Role::Number) {
        Some(number) => number.to_lowercase().into(),
        None => Cow::Borrowed(&part.folded),
    }
}

/// A hash of the words of a name in order.
fn written(text: &str, name: &Name) -> u64 {
    let mut words = String::with_capacity(text.len() + name.parts.len());
    for (place, part) in name.parts.iter().enumerate() {
        words.push_str(if place == 0 { "" } else { " " });
        words.push_str(&word(text, part));
    }
    xxh3_64(words.as_bytes())
}

/// Keys of all words together, in any order, with numbers by their value and as written: a name of generic words only has no other.
fn whole_keys(text: &str, name: &Name) -> [u32; 2] {
    let key = |words: &mut Vec<Cow<'_, str>>| {
        words.sort_unstable();
        short(xxh3_64(words.join(" ").as_bytes()))
    };
    let by_value = key(&mut name.parts.iter().map(|part| Cow::Borrowed(&*part.folded)).collect());
    let has_number = name.parts.iter().any(|part| part.role == Role::Number);
    let as_written = || key(&mut name.parts.iter().map(|part| word(text, part)).collect());
    [by_value, if has_number { as_written() } else { by_value }]
}

/// The low half of a key: a chance agreement in four thousand million costs a comparison and no more.
#[expect(clippy::cast_possible_truncation, reason = "the low half of a hash")]
fn short(key: u64) -> u32 {
    key as u32
}

/// Keys by their number, a bit for each and for others with the same number: some two hundred of the two names of a pair.
const MARKS: u32 = 4096;

/// Whether the keys of two names have one in common, worked out without sorting them.
fn make_common(one: &KnownAs, two: &KnownAs) -> bool {
    let place = |key: u32| (usize::try_from(key % MARKS / 64).unwrap_or_default(), 1u64 << (key % 64));
    let mut marks = [0u64; MARKS as usize / 64];
    let mut keys = Vec::with_capacity(EXPECTED_KEYS);
    one.each_key(&mut |_, key| {
        let (at, bit) = place(key);
        marks.get_mut(at).into_iter().for_each(|bits| *bits |= bit);
        keys.push(key);
    });
    let mut common = false;
    two.each_key(&mut |_, key| {
        let (at, bit) = place(key);
        common = common || marks.get(at).is_some_and(|bits| bits & bit != 0) && keys.contains(&key);
    });
    common
}

/// Most names have fewer keys.
const EXPECTED_KEYS: usize = 128;

/// Whether two sorted lists have a number in common.
fn have_common(left: &[u32], right: &[u32]) -> bool {
    let (mut left, mut right) = (left, right);
    while let (Some((one, rest_left)), Some((two, rest_right))) = (left.split_first(), right.split_first()) {
        match one.cmp(two) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => left = rest_left,
            std::cmp::Ordering::Greater => right = rest_right,
        }
    }
    false
}

/// An entity made comparable.
#[derive(Clone, Debug)]
pub struct Profile {
    /// What kind of entity it is.
    pub schema: &'static Schema,
    /// Its names, at most [`MOST_NAMES`].
    pub names: Vec<KnownAs>,
    /// Dates of birth, incorporation or building, and of nothing else.
    pub dates: Vec<KnownDate>,
    /// Codes of all countries that it is tied to, sorted.
    pub countries: Vec<String>,
    /// `male`, `female` or `other`.
    pub genders: Vec<String>,
    /// Its identifiers.
    pub identifiers: Vec<Identifier>,
    /// Its addresses.
    pub addresses: Vec<Address>,
    /// Whether it has names that were not read from an index, because they have no key in common with the query.
    pub(crate) has_other_names: bool,
}

/// More names than this are cut off: no list gives an entity so many, and the work of a comparison grows with the product.
pub const MOST_NAMES: usize = 256;
/// More values than this of any other feature are cut off, for the same reason.
pub const MOST_VALUES: usize = 64;

/// Properties that hold the names to go by, and whether they are weak.
const NAMES: &[(&str, bool)] =
    &[("name", false), ("alias", false), ("previousName", false), ("abbreviation", true), ("weakAlias", true)];
/// Dates that begin an entity's life: they never change and there is one of them.
const DATES: &[&str] = &["birthDate", "incorporationDate", "buildDate"];
/// Identifiers that many entities share, or that name the entry rather than the entity.
const SHARED: &[&str] =
    &["programId", "authorityId", "okvedCode", "okpoCode", "cpvCode", "icaoCode", "vedCode", "bikCode"];
/// Parts that make up a person's name where there is no whole one.
const PARTS: &[&str] = &["firstName", "middleName", "fatherName", "lastName"];

/// The kind of name that entities of a schema bear.
pub fn kind_of(schema: &Schema) -> Kind {
    match () {
        () if schema.is_a("Person") => Kind::Person,
        () if schema.is_a("Organization") => Kind::Organisation,
        () if schema.is_a("Vehicle") => Kind::Vessel,
        () => Kind::Entity,
    }
}

/// Whether entities of the two schemata can be one: one schema is a kind of the other, or both are organisations, which lists sort in
/// different ways.
pub fn compatible(left: &Schema, right: &Schema) -> bool {
    left.is_a(right.name) || right.is_a(left.name) || (left.is_a("Organization") && right.is_a("Organization"))
}

/// Characters of a name that a caution repeats.
const SHOWN: usize = 60;

impl Profile {
    /// Makes an entity comparable, given its schema and its properties.
    pub fn new(schema: &'static Schema, properties: &[(&str, &[String])]) -> Self {
        Self::read(schema, properties, &mut analyse)
    }

    /// The same with a reader of names that remembers words: several times faster where there are many entities.
    pub fn new_with(reader: &mut Reader, schema: &'static Schema, properties: &[(&str, &[String])]) -> Self {
        Self::read(schema, properties, &mut |text, kind| reader.read(text, kind))
    }

    /// What of the names could not be read, in words for the reader of an answer: where nothing is found, it says less. Nothing if all was read.
    ///
    /// ```
    /// use plumb_screen::score::Profile;
    /// let person = plumb_core::ftm::schema("Person").unwrap();
    /// let caution = |name: &str| Profile::new(person, &[("name", &[name.to_owned()])]).caution();
    /// assert_eq!(caution("Thaksin Shinawatra"), None);
    /// assert!(caution("ทักษิณ ชินวัตร").unwrap().contains("written the same"));
    /// ```
    pub fn caution(&self) -> Option<String> {
        let with = |status| self.names.iter().find(|known_as| known_as.name.status == status);
        let shown = |known_as: &KnownAs| known_as.text.chars().take(SHOWN).collect::<String>();
        if let Some(unread) = with(Status::PartlyRead) {
            let name = shown(unread);
            return Some(format!(
                "“{name}” has letters that are not read: only what is written the same is found by them"
            ));
        }
        let cut = with(Status::Cut)?;
        let name = shown(cut);
        Some(format!(
            "“{name}” is longer than is read, {LONGEST} characters or {MOST_PARTS} words: the rest was left out"
        ))
    }

    fn read(
        schema: &'static Schema,
        properties: &[(&str, &[String])],
        read: &mut dyn FnMut(&str, Kind) -> Name,
    ) -> Self {
        let kind = kind_of(schema);
        let mut known_as = |text: &String, weak| KnownAs::of(text, read(text, kind), weak);
        let mut profile = Self::empty(schema);
        for (property, values) in properties.iter().copied() {
            if let Some((_, weak)) = NAMES.iter().find(|(name, _)| *name == property) {
                for value in values {
                    match former::names(value).filter(|_| kind == Kind::Organisation) {
                        Some(names) => profile.names.extend(names.map(|name| known_as(&name.to_owned(), *weak))),
                        None => profile.names.push(known_as(value, *weak)),
                    }
                }
            } else {
                profile.add(property, values);
            }
        }
        if profile.names.is_empty() {
            let part = |wanted: &&str| {
                properties.iter().find(|(name, _)| name == wanted).and_then(|(_, values)| values.first())
            };
            let parts: Vec<&str> = PARTS.iter().filter_map(part).map(String::as_str).collect();
            profile
                .names
                .extend(Some(parts.join(" ")).filter(|whole| !whole.is_empty()).map(|whole| known_as(&whole, false)));
        }
        if kind == Kind::Organisation {
            add_other_names(&mut profile.names, &mut known_as);
        }
        profile.tidy();
        profile
    }

    /// The entity of a record, made comparable.
    pub fn of(entity: &Entity) -> Self {
        Self::new(entity.schema(), &properties(entity))
    }

    /// The same with a reader of names that remembers words.
    pub fn of_with(reader: &mut Reader, entity: &Entity) -> Self {
        Self::new_with(reader, entity.schema(), &properties(entity))
    }

    pub(crate) fn empty(schema: &'static Schema) -> Self {
        Self {
            schema,
            names: Vec::new(),
            dates: Vec::new(),
            countries: Vec::new(),
            genders: Vec::new(),
            identifiers: Vec::new(),
            addresses: Vec::new(),
            has_other_names: false,
        }
    }

    /// Whether it has a name at all.
    pub(crate) fn is_named(&self) -> bool {
        !self.names.is_empty() || self.has_other_names
    }

    fn add(&mut self, property: &str, values: &[String]) {
        let Some(property) = self.schema.property(property) else { return };
        let values = values.iter().take(MOST_VALUES);
        match property.kind {
            PropertyKind::Date if DATES.contains(&property.name) => {
                self.dates.extend(values.filter_map(|value| KnownDate::read(value)));
            }
            PropertyKind::Country => self.countries.extend(values.map(|value| value.to_lowercase())),
            PropertyKind::Gender => self.genders.extend(values.cloned()),
            PropertyKind::Identifier if !SHARED.contains(&property.name) => {
                let read = |value: &String| Identifier::new(property.name, property.format, value);
                self.identifiers.extend(values.filter_map(read));
            }
            PropertyKind::Address => self.addresses.extend(values.filter_map(|value| Address::new(value))),
            _ => {}
        }
    }

    /// Sorts and cuts, so that the order in which a list gives values changes nothing.
    fn tidy(&mut self) {
        self.names.sort_by(|one, two| (one.weak, &one.text).cmp(&(two.weak, &two.text)));
        self.names.dedup_by(|one, two| one.text == two.text);
        self.names.truncate(MOST_NAMES);
        sorted(&mut self.dates);
        sorted(&mut self.countries);
        sorted(&mut self.genders);
        sorted(&mut self.identifiers);
        sorted(&mut self.addresses);
    }
}

/// Adds the names of a body that are given in one, and the one that all names of a known body have in common.
fn add_other_names(names: &mut Vec<KnownAs>, known_as: &mut dyn FnMut(&String, bool) -> KnownAs) {
    let mut more = Vec::new();
    let mut firsts = Vec::new();
    let mut add_first =
        |known: &KnownAs| firsts.extend(bodies::first_name(&known.name).map(|first| (first, known.weak)));
    for known in names.iter() {
        add_first(known);
        let Some(halves) = twice::halves(&known.text) else { continue };
        let [before, behind] = halves.map(|half| known_as(&half.to_owned(), known.weak));
        add_first(&before);
        add_first(&behind);
        if twice::are_names(&before, &behind) {
            more.extend(Some(before).filter(twice::is_name));
            more.push(behind);
        }
    }
    names.append(&mut more);
    names.extend(firsts.into_iter().map(|(first, weak)| known_as(&first.to_owned(), weak)));
}

fn properties(entity: &Entity) -> Vec<(&str, &[String])> {
    entity.properties().iter().map(|(name, values)| (*name, values.as_slice())).collect()
}

fn sorted<T: Ord>(values: &mut Vec<T>) {
    values.sort_unstable();
    values.dedup();
    values.truncate(MOST_VALUES);
}
