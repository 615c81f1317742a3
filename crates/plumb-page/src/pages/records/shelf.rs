//! What record pages look up: made once an account, so that no page has to search all records.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use plumb_account::contradiction::Contradiction;
use plumb_account::prose::Piece;
use plumb_account::{Account, Key};
use plumb_core::case::Claim;
use plumb_core::place::WORLD;
use plumb_core::reference::{Kind, Reference};

/// A contradiction seen from one of its claims.
pub(super) struct Against<'a> {
    /// The contradiction.
    pub(super) contradiction: &'a Contradiction,
    /// Ids of the claims that the claim excludes.
    pub(super) opponents: Vec<&'a str>,
}

/// The look-ups of record pages.
pub(super) struct Shelf<'a> {
    /// The account.
    pub(super) account: &'a Account,
    /// Codes of the places that have a page: all that the case speaks about, and what they lie in.
    pub(super) places: BTreeSet<&'a str>,
    strands: BTreeMap<&'a str, Arc<[&'a Claim]>>,
    contradictions: BTreeMap<&'a str, Vec<Against<'a>>>,
    inside: BTreeMap<&'a str, Vec<&'a str>>,
    children: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Shelf<'a> {
    /// The look-ups of an account.
    pub(super) fn of(account: &'a Account) -> Self {
        let places = places(account);
        let mut strands = BTreeMap::new();
        for strand in account.ledger.strands() {
            let claims: Arc<[&Claim]> = strand.claims.iter().filter_map(|id| account.case.claims.get(id)).collect();
            strands.extend(strand.claims.iter().map(|id| (id.as_str(), Arc::clone(&claims))));
        }
        let mut inside: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut children: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for code in &places {
            for outer in account.case.places.containers(code) {
                if outer != WORLD && outer != *code {
                    inside.entry(outer).or_default().push(code);
                }
            }
            if let Some(parent) = parent(account, code) {
                children.entry(parent).or_default().push(code);
            }
        }
        Self { account, places, strands, contradictions: contradictions(account), inside, children }
    }

    /// The claims about the measure, place and population of a claim, by time.
    pub(super) fn strand(&self, claim: &str) -> &[&'a Claim] {
        self.strands.get(claim).map_or(&[], |claims| claims)
    }

    /// The contradictions that a claim stands in, the widest first.
    pub(super) fn contradictions(&self, claim: &str) -> &[Against<'a>] {
        self.contradictions.get(claim).map_or(&[], Vec::as_slice)
    }

    /// The places with a page that lie in a place, itself aside. WORLD holds none here: that would be all.
    pub(super) fn inside(&self, place: &str) -> &[&'a str] {
        self.inside.get(place).map_or(&[], Vec::as_slice)
    }

    /// The places with a page that lie directly in a place.
    pub(super) fn children(&self, place: &str) -> &[&'a str] {
        self.children.get(place).map_or(&[], Vec::as_slice)
    }

    /// The records of a kind that mention a record, in the order of the table.
    pub(super) fn mentions(&self, of: Kind, id: &str, by: Kind) -> Vec<&'a str> {
        self.account.index.mentions_of(&Reference::new(of, id), by).collect()
    }

    /// The records of a kind in a place or in what lies in it, the place itself first, each record once.
    pub(super) fn mentions_within(&self, place: &str, by: Kind) -> Vec<&'a str> {
        let own = self.account.index.mentions_of(&Reference::new(Kind::Place, place), by);
        let inner = self.inside(place).iter();
        let inner = inner.flat_map(|code| {
            self.account.index.mentions_of(&Reference::new(Kind::Place, *code), by).collect::<Vec<_>>()
        });
        let mut seen = BTreeSet::new();
        own.chain(inner).filter(|id| seen.insert(*id)).collect()
    }
}

/// The contradictions of each claim. Each list of pairs is gone through once, not once a claim.
fn contradictions(account: &Account) -> BTreeMap<&str, Vec<Against<'_>>> {
    let mut by_claim: BTreeMap<&str, Vec<Against<'_>>> = BTreeMap::new();
    for contradiction in &account.contradictions {
        let mut opponents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (one, two) in &contradiction.pairs {
            opponents.entry(one).or_default().push(two);
            opponents.entry(two).or_default().push(one);
        }
        for (claim, opponents) in opponents {
            by_claim.entry(claim).or_default().push(Against { contradiction, opponents });
        }
    }
    by_claim
}

/// The place that a place lies in directly, as the tree shows it.
fn parent<'a>(account: &'a Account, code: &str) -> Option<&'a str> {
    let path = account.case.places.path(code);
    path.len().checked_sub(2).and_then(|at| path.get(at)).copied()
}

fn places(account: &Account) -> BTreeSet<&str> {
    let gazetteer = &account.case.places;
    let named = account.prose.iter().flat_map(|section| &section.pieces).filter_map(|piece| match piece {
        Piece::Live { key: Key::Record(reference), .. } if reference.kind == Kind::Place => Some(reference.id.as_str()),
        _ => None,
    });
    let asked = account.headlines.iter().map(|headline| headline.range.key.place.as_str());
    let own = gazetteer.own().map(|place| place.code.as_ref());
    let spoken = account.index.places().chain(named).chain(asked).chain(own);
    let mut places: BTreeSet<&str> =
        spoken.filter_map(|code| gazetteer.get(code)).map(|place| place.code.as_ref()).collect();
    let outer: Vec<&str> = places.iter().flat_map(|code| gazetteer.path(code)).collect();
    places.extend(outer);
    places
}
