//! Places as codes: ISO 3166 countries and subdivisions, former states, groups such as EU, and a case's own places.
//!
//! The built-in places are two tables in `data/places`, read once, when the first of them is asked for. A [`Gazetteer`] lays
//! the places of a case over them and answers what lies in what.
//!
//! ```
//! use plumb_core::place::{self, Gazetteer};
//! assert_eq!(place::lookup("RU-PRI").unwrap().name, "Primorsky Krai");
//! let places = Gazetteer::default();
//! assert!(places.contains("RU", "RU-PRI") && places.contains("EU", "PL-14") && !places.contains("EU", "RU"));
//! ```

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

mod gazetteer;
mod suggest;
#[cfg(test)]
mod tests;

pub use gazetteer::Gazetteer;

/// The code of the whole world.
pub const WORLD: &str = "WORLD";

/// Text of a built-in place, which lasts, or of a place of a case.
pub type Text = Cow<'static, str>;

/// What sort of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A country or territory of ISO 3166-1.
    Country,
    /// A subdivision of ISO 3166-2.
    Subdivision,
    /// Several places taken together: the world, the European Union, a group of the case.
    Group,
    /// A state that is no more.
    Former,
    /// A body that acts but is no place: the United Nations.
    Body,
    /// Unknown, or various.
    Unknown,
    /// A state of the case that has no code.
    State,
    /// A region of the case.
    Region,
    /// A city of the case.
    City,
    /// A zone, camp or district of the case.
    Zone,
}

impl PlaceKind {
    /// All of them with their word.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::Country, "country"),
        (Self::Subdivision, "subdivision"),
        (Self::Group, "group"),
        (Self::Former, "former"),
        (Self::Body, "body"),
        (Self::Unknown, "unknown"),
        (Self::State, "state"),
        (Self::Region, "region"),
        (Self::City, "city"),
        (Self::Zone, "zone"),
    ];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// The kind of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == word).map(|(kind, _)| *kind)
    }
}

impl fmt::Display for PlaceKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// What is known of a place, built in or of a case.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceInfo {
    /// Its code or id: `RU`, `RU-PRI`, `EU`, `RU-PRI.vladivostok`.
    pub code: Text,
    /// What it is called in English, in short.
    pub name: Text,
    /// Its official name in English, where that is another.
    pub official: Option<Text>,
    /// Its code of three letters in ISO 3166-1.
    pub alpha3: Option<Text>,
    /// Names in other languages, each after its BCP 47 code: `("ru", "Россия")`.
    pub names: Vec<(Text, Text)>,
    /// Other words for it; they serve suggestions only.
    pub also: Vec<Text>,
    /// What sort of place it is.
    pub kind: PlaceKind,
    /// The place that it lies in: of a subdivision the larger one or the country. Countries have none.
    pub within: Option<Text>,
    /// Members of a group.
    pub members: Vec<Text>,
    /// Continent of UN M49, for countries.
    pub region: Option<Text>,
    /// Part of the continent in UN M49, for countries.
    pub subregion: Option<Text>,
    /// Degrees north and degrees east, where the case tells them.
    pub position: Option<(f64, f64)>,
}

impl PlaceInfo {
    /// A place of which nothing more is known yet.
    pub fn new(code: impl Into<Text>, name: impl Into<Text>, kind: PlaceKind) -> Self {
        Self {
            code: code.into(),
            name: name.into(),
            official: None,
            alpha3: None,
            names: Vec::new(),
            also: Vec::new(),
            kind,
            within: None,
            members: Vec::new(),
            region: None,
            subregion: None,
            position: None,
        }
    }

    /// Its name in a language, in English if that is not known.
    pub fn name_in(&self, language: &str) -> &str {
        self.names.iter().find(|(known, _)| known == language).map_or(&self.name, |(_, name)| name)
    }
}

/// The built-in place of this code. Codes are in capitals.
pub fn lookup(code: &str) -> Option<&'static PlaceInfo> {
    let found = BUILT_IN.places.binary_search_by(|place| place.code.as_ref().cmp(code)).ok()?;
    BUILT_IN.places.get(found)
}

/// All built-in places, in order of code.
pub fn all() -> impl ExactSizeIterator<Item = &'static PlaceInfo> {
    BUILT_IN.places.iter()
}

/// The built-in subdivisions of a country, nested ones included, in order of code.
pub fn subdivisions(country: &str) -> impl Iterator<Item = &'static PlaceInfo> {
    let prefix = format!("{country}-");
    let first = BUILT_IN.places.partition_point(|place| *place.code < *prefix);
    BUILT_IN.places.iter().skip(first).take_while(move |place| place.code.starts_with(&prefix))
}

/// The groups, WORLD aside, that have the built-in place as a member.
fn groups_of(code: &str) -> &'static [&'static str] {
    BUILT_IN.groups.get(code).map_or(&[], Vec::as_slice)
}

/// The tables, read.
struct BuiltIn {
    /// In order of code.
    places: Vec<PlaceInfo>,
    /// Groups by member.
    groups: BTreeMap<&'static str, Vec<&'static str>>,
}

const PLACES: &str = include_str!("../data/places/places.tsv");
const SUBDIVISIONS: &str = include_str!("../data/places/subdivisions.tsv");

/// The languages that the tables have names in, in the order of their columns.
const LANGUAGES: [&str; 3] = ["ru", "ko", "zh"];

static BUILT_IN: LazyLock<BuiltIn> = LazyLock::new(|| {
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut places: Vec<PlaceInfo> = PLACES.lines().skip(1).map(|line| read_place(line, &mut groups)).collect();
    places.extend(SUBDIVISIONS.lines().skip(1).map(read_subdivision));
    places.sort_by(|one, other| one.code.cmp(&other.code));
    BuiltIn { places, groups }
});

/// One line of the first table; its columns are named in `data/places/README.md`.
fn read_place(line: &'static str, groups: &mut BTreeMap<&'static str, Vec<&'static str>>) -> PlaceInfo {
    let mut cells = line.split('\t');
    let mut cell = || cells.next().unwrap_or_default();
    let (code, kind) = (cell(), PlaceKind::from_word(cell()).unwrap_or(PlaceKind::Unknown));
    let alpha3 = filled(cell());
    let mut place = PlaceInfo { alpha3, ..PlaceInfo::new(code, cell(), kind) };
    place.official = filled(cell());
    place.region = filled(cell());
    place.subregion = filled(cell());
    place.names = LANGUAGES.iter().filter_map(|language| Some(((*language).into(), filled(cell())?))).collect();
    place.also = listed(cell()).map(Text::from).collect();
    let members = cell();
    place.members = listed(members).map(Text::from).collect();
    for member in listed(members) {
        groups.entry(member).or_default().push(code);
    }
    place
}

/// One line of the second table.
fn read_subdivision(line: &'static str) -> PlaceInfo {
    let mut cells = line.split('\t');
    let mut cell = || cells.next().unwrap_or_default();
    let (code, within) = (cell(), filled(cell()));
    let mut place = PlaceInfo { within, ..PlaceInfo::new(code, cell(), PlaceKind::Subdivision) };
    place.names = LANGUAGES.iter().filter_map(|language| Some(((*language).into(), filled(cell())?))).collect();
    place
}

fn filled(cell: &'static str) -> Option<Text> {
    (!cell.is_empty()).then_some(Cow::Borrowed(cell))
}

fn listed(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(';').filter(|item| !item.is_empty())
}
