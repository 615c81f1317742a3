//! The ids that may be referred to. Tables are read in such an order that whatever a row refers to has been read before.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use plumb_core::codes::{Code, P0101, P0301, P0302, P0303};
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;
use plumb_core::reference::{Kind, Reference};
use plumb_core::suggest;

/// Suggestions worked out for one table at most: each compares with every known id, and a table that is wrong in every
/// row (the wrong file, a shifted column) would take minutes without helping anyone.
const SUGGESTIONS: u32 = 200;

/// Rows shown of those that cite a record that was left out, and records of a table that are reported one by one.
const SHOWN: usize = 5;

/// What is known of an id.
#[derive(Clone, Debug)]
enum Standing {
    /// Its record is in the case.
    Read,
    /// Its row is in the file, but was left out for a fault of its own.
    LeftOut(Location),
}

/// The ids of all tables read so far.
#[derive(Debug, Default)]
pub(crate) struct Known {
    ids: BTreeMap<Kind, BTreeMap<Arc<str>, Standing>>,
    /// Tables whose file is not in the folder, with its name.
    absent: BTreeMap<Kind, &'static str>,
    /// Who cites a record that was left out or whose file is absent.
    cited: BTreeMap<(Kind, Arc<str>), Vec<(Location, Option<Reference>)>>,
    suggestions: u32,
}

impl Known {
    /// The file of a table is not there.
    pub(crate) fn absent(&mut self, kind: Kind, file: &'static str) {
        self.absent.insert(kind, file);
    }

    /// A record is in the case.
    pub(crate) fn read(&mut self, kind: Kind, id: &str) {
        self.ids.entry(kind).or_default().insert(id.into(), Standing::Read);
    }

    /// A record was left out; its own fault has been reported.
    pub(crate) fn left_out(&mut self, kind: Kind, id: &str, location: Location) {
        self.ids.entry(kind).or_default().entry(id.into()).or_insert(Standing::LeftOut(location));
    }

    /// Whether a row with this id was read or left out.
    pub(crate) fn has_row(&self, kind: Kind, id: &str) -> bool {
        self.ids.get(&kind).is_some_and(|ids| ids.contains_key(id))
    }

    /// Whether a record of this id is in the case.
    pub(crate) fn is_read(&self, kind: Kind, id: &str) -> bool {
        matches!(self.ids.get(&kind).and_then(|ids| ids.get(id)), Some(Standing::Read))
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
        self.may_suggest().then(|| suggest::nearest(word, candidates)).flatten()
    }

    /// Whether a record may be referred to, by the words at `location` in the record `by`.
    ///
    /// # Errors
    /// A diagnostic when nothing is known of it. A record that was left out or whose file is missing gives `Ok(false)`:
    /// [`Self::report_cited`] tells of all that cite it at once.
    pub(crate) fn refer(
        &mut self,
        kind: Kind,
        id: &str,
        location: Location,
        by: Option<&Reference>,
    ) -> Result<bool, Box<Diagnostic>> {
        match self.ids.get(&kind).and_then(|ids| ids.get(id)) {
            Some(Standing::Read) => return Ok(true),
            None if !self.absent.contains_key(&kind) => return Err(Box::new(self.unknown(kind, id, location, by))),
            Some(Standing::LeftOut(_)) | None => {}
        }
        self.cited.entry((kind, id.into())).or_default().push((location, by.cloned()));
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

    /// Tells of the records that are cited but were left out, and of the tables that are cited but missing.
    pub(crate) fn report_cited(self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut told: BTreeMap<Kind, usize> = BTreeMap::new();
        for ((kind, id), citing) in &self.cited {
            if self.absent.contains_key(kind) {
                continue;
            }
            let told = told.entry(*kind).or_default();
            *told += 1;
            if let (Some(Standing::LeftOut(location)), ..=SHOWN) =
                (self.ids.get(kind).and_then(|ids| ids.get(id)), *told)
            {
                found.push(left_out_diagnostic(*kind, id, location, citing));
            }
        }
        found.extend(told.into_iter().filter(|(_, told)| *told > SHOWN).map(|(kind, told)| {
            let message = format!("{} more {} are cited but were left out", told - SHOWN, kind.plural());
            Diagnostic::new(unknown_code(kind), Location::file(file_of(kind)), message)
                .help(format!("correct the errors in {} first", file_of(kind)))
        }));
        found.extend(self.absent.iter().filter_map(|(kind, file)| self.missing_table(*kind, file)));
        found
    }

    /// One diagnostic for a table that is cited but not there.
    fn missing_table(&self, kind: Kind, file: &str) -> Option<Diagnostic> {
        let citing = || self.cited.iter().filter(|((cited, _), _)| *cited == kind);
        let (location, _) = citing().flat_map(|(_, citing)| citing).min_by_key(|(location, _)| location)?;
        let ids = citing().count();
        let rows: BTreeSet<_> = citing().flat_map(|(_, citing)| citing).filter_map(|(_, by)| by.clone()).collect();
        let (first, named) = (location.clone(), if ids == 1 { kind.as_str() } else { kind.plural() });
        let mut diagnostic = Diagnostic::new(P0101, Location::file(file), format!("`{file}` is missing"))
            .also(first, "the first row that cites it")
            .note(format!("{ids} {named} of it are cited; rows that need one were left out"))
            .help(format!("add `{file}` to the folder of the case"));
        diagnostic.rows.extend(rows);
        Some(diagnostic)
    }
}

fn left_out_diagnostic(kind: Kind, id: &str, at: &Location, citing: &[(Location, Option<Reference>)]) -> Diagnostic {
    let message = format!("the {kind} `{id}` is cited, but its own row was left out");
    let mut diagnostic = Diagnostic::new(unknown_code(kind), at.clone(), message)
        .saying("this row has an error of its own")
        .help("correct the error of this row; what cites it comes back with it");
    for (location, _) in citing.iter().take(SHOWN) {
        diagnostic = diagnostic.also(location.clone(), "cited here");
    }
    if citing.len() > SHOWN {
        diagnostic = diagnostic.note(format!("cited in {} cells", citing.len()));
    }
    let rows: BTreeSet<_> = citing.iter().filter_map(|(_, by)| by.clone()).collect();
    diagnostic.rows.extend(rows);
    diagnostic
}

/// The code for an unknown id of a kind.
fn unknown_code(kind: Kind) -> Code {
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
