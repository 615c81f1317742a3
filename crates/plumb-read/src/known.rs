//! The ids that may be referred to. Tables are read in such an order that whatever a row refers to has been read before.

use std::collections::BTreeMap;
use std::sync::Arc;

use plumb_core::codes::{Code, P0301, P0302, P0303};
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;
use plumb_core::reference::{Kind, Reference};
use plumb_core::suggest;

/// Suggestions worked out for one table at most: each compares with every known id, and a table that is wrong in every
/// row (the wrong file, a shifted column) would take minutes without helping anyone.
const SUGGESTIONS: u32 = 200;

/// Where a record is cited, and by which record.
pub(crate) type Citing = Vec<(Location, Option<Reference>)>;

/// What is known of an id.
#[derive(Clone, Debug)]
pub(crate) enum Standing {
    /// Its record is in the case.
    Read,
    /// Its row is in the file, but was left out for a fault of its own.
    LeftOut(Location),
    /// Its row was left out because of something else that has been reported: a record that it needs, the encoding.
    Follows,
}

/// The ids of all tables read so far.
#[derive(Debug, Default)]
pub(crate) struct Known {
    ids: BTreeMap<Kind, BTreeMap<Arc<str>, Standing>>,
    /// Tables that could not be read at all, each with its file and why.
    pub(crate) absent: BTreeMap<Kind, (&'static str, &'static str)>,
    /// Who cites a record that was left out or whose table could not be read; [`crate::cited`] tells of it.
    pub(crate) cited: BTreeMap<Reference, Citing>,
    suggestions: u32,
}

impl Known {
    /// No row of a table can be known, for a reason that reads behind the name of its file: "is missing".
    pub(crate) fn absent(&mut self, kind: Kind, file: &'static str, why: &'static str) {
        self.absent.insert(kind, (file, why));
    }

    /// A record is in the case.
    pub(crate) fn read(&mut self, kind: Kind, id: &str) {
        self.ids.entry(kind).or_default().insert(id.into(), Standing::Read);
    }

    /// A record was left out; its fault has been reported, at the row itself where a location is given.
    pub(crate) fn left_out(&mut self, kind: Kind, id: &str, location: Option<Location>) {
        let standing = location.map_or(Standing::Follows, Standing::LeftOut);
        self.ids.entry(kind).or_default().entry(id.into()).or_insert(standing);
    }

    /// Whether a row with this id was read or left out.
    pub(crate) fn has_row(&self, kind: Kind, id: &str) -> bool {
        self.ids.get(&kind).is_some_and(|ids| ids.contains_key(id))
    }

    /// Whether a record of this id is in the case.
    pub(crate) fn is_read(&self, kind: Kind, id: &str) -> bool {
        matches!(self.standing(kind, id), Some(Standing::Read))
    }

    /// What is known of an id.
    pub(crate) fn standing(&self, kind: Kind, id: &str) -> Option<&Standing> {
        self.ids.get(&kind)?.get(id)
    }

    /// Begins a table: each has its own share of suggestions.
    pub(crate) fn begin_table(&mut self) {
        self.suggestions = SUGGESTIONS;
    }

    /// Whether a suggestion is left for this table; takes it.
    pub(crate) fn may_suggest(&mut self) -> bool {
        let left = self.suggestions > 0;
        self.suggestions = self.suggestions.saturating_sub(1);
        left
    }

    /// The candidate nearest to a word, as long as suggestions are left for this table.
    pub(crate) fn nearest<'a>(&mut self, word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        // Any letter is one slip away from any other.
        let is_word = word.chars().nth(1).is_some();
        (is_word && self.may_suggest()).then(|| suggest::nearest(word, candidates)).flatten()
    }

    /// Whether a record may be referred to, by the words at `location` in the record `by`.
    ///
    /// # Errors
    /// A diagnostic when nothing is known of it. A record that was left out, or whose table could not be read, gives `Ok(false)`:
    /// [`crate::cited`] tells of all that cite it at once.
    pub(crate) fn refer(
        &mut self,
        kind: Kind,
        id: &str,
        location: Location,
        by: Option<&Reference>,
    ) -> Result<bool, Box<Diagnostic>> {
        match self.standing(kind, id) {
            Some(Standing::Read) => return Ok(true),
            None if !self.absent.contains_key(&kind) => return Err(Box::new(self.unknown(kind, id, location, by))),
            Some(Standing::LeftOut(_) | Standing::Follows) | None => {}
        }
        self.cited.entry(Reference::new(kind, id)).or_default().push((location, by.cloned()));
        Ok(false)
    }

    fn unknown(&mut self, kind: Kind, id: &str, location: Location, by: Option<&Reference>) -> Diagnostic {
        let ids = self.may_suggest().then(|| self.ids.get(&kind)).flatten().into_iter().flatten();
        let nearest = suggest::nearest(id, ids.map(|(known, _)| &**known));
        let mut diagnostic = Diagnostic::new(unknown_code(kind), location, format!("there is no {kind} `{id}`"))
            .saying(format!("no {kind} has this id"))
            .help(format!("correct the id, or add the {kind} to {}", file_of(kind)))
            .did_you_mean(nearest);
        diagnostic.rows.extend(by.cloned());
        diagnostic
    }
}

/// The code for an unknown id of a kind.
pub(crate) fn unknown_code(kind: Kind) -> Code {
    match kind {
        Kind::Measure => P0302,
        Kind::Place => P0303,
        _ => P0301,
    }
}

/// The file that records of a kind stand in.
pub(crate) fn file_of(kind: Kind) -> &'static str {
    crate::spec::table(kind).map_or("measures.toml", |table| &table.file)
}
