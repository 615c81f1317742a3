//! What follows from a record that was left out: all that cites it is told in one diagnostic, at the root of the trouble.
//!
//! A row that needs a record that is not in the case is left out as well, and so are the rows that need that row. One
//! error would give hundreds; so each such record is reported at its root, with the records that went with it.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::codes::P0101;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;
use plumb_core::reference::{Kind, Reference};

use crate::known::{Citing, Known, Standing, file_of, unknown_code};

/// Cells shown of those that cite a record, and records of a table that are reported one by one.
const SHOWN: usize = 5;

/// Tells of the records that are cited but were left out, and of the tables that are cited but could not be read.
pub(crate) fn report(known: &Known) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut told: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut more: BTreeMap<Kind, Vec<&Reference>> = BTreeMap::new();
    let citers: BTreeSet<&Reference> = known.cited.values().flatten().filter_map(|(_, by)| by.as_ref()).collect();
    for (cited, citing) in known.cited.iter().filter(|(cited, _)| !known.absent.contains_key(&cited.kind)) {
        match known.standing(cited.kind, &cited.id) {
            Some(Standing::LeftOut(at)) if *told.entry(cited.kind).or_default() < SHOWN => {
                *told.entry(cited.kind).or_default() += 1;
                found.push(left_out(known, cited, at, citing));
            }
            // It cites something itself: its own root tells of it.
            Some(Standing::Follows) if citers.contains(cited) => {}
            _ => more.entry(cited.kind).or_default().push(cited),
        }
    }
    found.extend(more.into_iter().map(|(kind, cited)| several_left_out(known, kind, &cited)));
    found.extend(known.absent.iter().filter_map(|(kind, (file, why))| absent_table(known, *kind, file, why)));
    found
}

/// All records that are gone with some: those that cite them, those that cite these, and so on.
fn followers<'a>(known: &'a Known, roots: impl IntoIterator<Item = &'a Reference>) -> BTreeSet<Reference> {
    let mut open: Vec<&Reference> = roots.into_iter().collect();
    let mut found = BTreeSet::new();
    while let Some(cited) = open.pop() {
        for (_, by) in known.cited.get(cited).into_iter().flatten() {
            let Some(by) = by else { continue };
            if found.insert(by.clone()) {
                open.push(by);
            }
        }
    }
    found
}

fn left_out(known: &Known, cited: &Reference, at: &Location, citing: &Citing) -> Diagnostic {
    let Reference { kind, id } = cited;
    let message = format!("the {kind} `{id}` is cited, but its own row was left out");
    let mut diagnostic = Diagnostic::new(unknown_code(*kind), at.clone(), message)
        .saying("this row has an error of its own")
        .help("correct the error of this row; what cites it comes back with it");
    for (location, _) in citing.iter().take(SHOWN) {
        diagnostic = diagnostic.also(location.clone(), "cited here");
    }
    if citing.len() > SHOWN {
        diagnostic = diagnostic.note(format!("cited in {} cells", citing.len()));
    }
    diagnostic.rows.extend(followers(known, [cited]));
    diagnostic
}

fn several_left_out(known: &Known, kind: Kind, cited: &[&Reference]) -> Diagnostic {
    let (number, names) = (cited.len(), if cited.len() == 1 { kind.as_str() } else { kind.plural() });
    let message = format!("{number} more {names} of `{}` are cited, but were left out", file_of(kind));
    let mut diagnostic = Diagnostic::new(unknown_code(kind), Location::file(file_of(kind)), message)
        .help(format!("correct the errors of {} first; what cites its rows comes back with them", file_of(kind)));
    diagnostic.rows.extend(followers(known, cited.iter().copied()));
    diagnostic
}

/// One diagnostic for a table that is cited, but of which nothing could be read.
fn absent_table(known: &Known, kind: Kind, file: &str, why: &str) -> Option<Diagnostic> {
    let cited: Vec<(&Reference, &Citing)> = known.cited.iter().filter(|(cited, _)| cited.kind == kind).collect();
    let (first, _) = cited.iter().flat_map(|(_, citing)| *citing).min_by_key(|(location, _)| location)?;
    let named = if cited.len() == 1 { kind.as_str() } else { kind.plural() };
    let mut diagnostic = Diagnostic::new(P0101, Location::file(file), format!("`{file}` {why}"))
        .also(first.clone(), "the first cell that cites it")
        .note(format!("{} {named} of it are cited; rows that need one were left out", cited.len()))
        .help(format!("the case needs `{file}` with the {named} that it cites"));
    diagnostic.rows.extend(followers(known, cited.iter().map(|(cited, _)| *cited)));
    Some(diagnostic)
}
