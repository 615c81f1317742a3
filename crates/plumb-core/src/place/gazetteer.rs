//! The places of a case laid over the built-in ones, and what lies in what.

use std::collections::{BTreeMap, BTreeSet};

use super::{PlaceInfo, PlaceKind, WORLD, groups_of, lookup, suggest};

/// All places that a case may name: its own, then the built-in ones.
///
/// A place contains itself; a country its subdivisions; a group its members and what lies in them; WORLD every known
/// place, the unknown one included, but no body such as the UN. Whatever a case says of its own places, every question
/// has an answer: places that contain each other are walked once.
///
/// ```
/// use plumb_core::place::{Gazetteer, PlaceInfo, PlaceKind};
/// let city = PlaceInfo { within: Some("RU-PRI".into()), ..PlaceInfo::new("vladivostok", "Vladivostok", PlaceKind::City) };
/// let gulf = PlaceInfo { members: vec!["KW".into(), "QA".into()], ..PlaceInfo::new("GCC", "Gulf states", PlaceKind::Group) };
/// let places = Gazetteer::new([city, gulf]);
/// assert_eq!(places.country_of("vladivostok"), Some("RU"));
/// assert_eq!(places.path("vladivostok"), ["RU", "RU-PRI", "vladivostok"]);
/// assert!(places.contains("GCC", "QA-DA") && places.contains("WORLD", "GCC"));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gazetteer {
    own: BTreeMap<String, PlaceInfo>,
    /// Groups of the case by member.
    groups: BTreeMap<String, Vec<String>>,
}

impl Gazetteer {
    /// The places of a case over the built-in ones. Of two with one code the later holds; one with a built-in code hides
    /// that place.
    pub fn new(own: impl IntoIterator<Item = PlaceInfo>) -> Self {
        let own: BTreeMap<String, PlaceInfo> = own.into_iter().map(|place| (place.code.to_string(), place)).collect();
        let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (code, place) in &own {
            for member in &place.members {
                groups.entry(member.to_string()).or_default().push(code.clone());
            }
        }
        Self { own, groups }
    }

    /// The places of the case itself, in order of code.
    pub fn own(&self) -> impl ExactSizeIterator<Item = &PlaceInfo> {
        self.own.values()
    }

    /// The place of this code.
    pub fn get(&self, code: &str) -> Option<&PlaceInfo> {
        self.own.get(code).or_else(|| lookup(code))
    }

    /// Whether there is a place of this code.
    pub fn is_known(&self, code: &str) -> bool {
        self.get(code).is_some()
    }

    /// Whether `inner` is `outer` or lies in it.
    pub fn contains(&self, outer: &str, inner: &str) -> bool {
        outer == inner || self.containers(inner).contains(outer)
    }

    /// The codes of all places that a place lies in, itself aside (unless the case says that it lies in itself).
    pub fn containers(&self, code: &str) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        let mut open = self.direct_containers(code);
        while let Some(outer) = open.pop() {
            if found.insert(outer) {
                open.extend(self.direct_containers(outer));
            }
        }
        found
    }

    /// Whether a place lies in itself by way of others: an error of the case.
    pub fn is_circular(&self, code: &str) -> bool {
        self.containers(code).contains(code)
    }

    /// The country, former state or own state that a place is or lies in. Groups that span countries have none.
    pub fn country_of(&self, code: &str) -> Option<&str> {
        self.chain(code).into_iter().find_map(|place| {
            matches!(place.kind, PlaceKind::Country | PlaceKind::Former | PlaceKind::State)
                .then_some(place.code.as_ref())
        })
    }

    /// The codes from the outermost place that a place lies in down to itself; groups and WORLD are not on the way unless
    /// the case says `within`. Empty for a code that is not known.
    pub fn path(&self, code: &str) -> Vec<&str> {
        self.chain(code).into_iter().rev().map(|place| place.code.as_ref()).collect()
    }

    /// Up to three places that may have been meant by a word that is no code, the likeliest first.
    ///
    /// A name in any language of the tables, an official name and a code of three letters are understood (`Russia`, `북한`,
    /// `PRK`); else the names and codes that differ by a slip of the hand.
    pub fn suggest(&self, word: &str) -> Vec<&PlaceInfo> {
        suggest::nearest(word, self.own.values())
    }

    /// A place, the place that it lies in, and so on outwards.
    fn chain(&self, code: &str) -> Vec<&PlaceInfo> {
        let mut chain: Vec<&PlaceInfo> = Vec::new();
        let mut next = self.get(code);
        while let Some(place) = next.filter(|place| chain.iter().all(|passed| passed.code != place.code)) {
            chain.push(place);
            next = place.within.as_deref().and_then(|outer| self.get(outer));
        }
        chain
    }

    fn direct_containers(&self, code: &str) -> Vec<&str> {
        let place = self.get(code);
        let own_groups = self.groups.get(code).into_iter().flatten().map(String::as_str);
        let mut outer: Vec<&str> = own_groups.chain(groups_of(code).iter().copied()).collect();
        outer.extend(place.and_then(|place| place.within.as_deref()));
        if place.is_some_and(|place| place.kind != PlaceKind::Body && place.code != WORLD) {
            outer.push(WORLD);
        }
        outer
    }
}
