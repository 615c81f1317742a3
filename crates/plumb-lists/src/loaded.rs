//! Lists ready to be searched: which versions are loaded, and their indexes.
//!
//! The command line and the server both load lists here. An index is built when a version is first loaded, kept beside it, and
//! opened from then on; one that is damaged or of another release is built again, since the list itself is kept.

use std::io;

use crate::add::{check, format, hashed};
use crate::error::failed;
use crate::{Addition, Manifest, Store, StoreError, Version, open};
use plumb_screen::Record;
use plumb_screen::index::{self, Builder, Filters, Index, IndexError, Match, Searched, Wanted, Workspace};
use plumb_screen::lists::{self, List, Report};
use plumb_screen::score::{Profile, Scorer};

/// A version of a list with its index.
#[derive(Debug)]
pub struct LoadedList {
    /// What is known of the version.
    pub manifest: Manifest,
    /// Its index.
    pub index: Index,
    /// Why its index could not be kept, and must be built again each time.
    pub unkept: Option<String>,
}

/// A match and the list that it was found on.
#[derive(Clone, Debug)]
pub struct Found<'l> {
    /// The list.
    pub list: &'l LoadedList,
    /// The record in the list's index, with its score.
    pub matched: Match,
}

impl Store {
    /// Loads the current version of a list, and builds its index if there is none that can be used.
    ///
    /// # Errors
    /// No list of this name is kept, or it cannot be read.
    pub fn load(&self, name: &str) -> Result<LoadedList, StoreError> {
        let Some(version) = self.current(name)? else { return Err(self.not_kept(name)) };
        let (index, unkept) = match Index::open(&version.index()) {
            Ok(index) => (index, None),
            Err(IndexError::TooMany) => return Err(IndexError::TooMany.into()),
            Err(_) => built(&version)?,
        };
        Ok(LoadedList { manifest: version.manifest, index, unkept })
    }

    fn not_kept(&self, name: &str) -> StoreError {
        let kept = self.names().unwrap_or_default();
        let known = match plumb_core::suggest::nearest(name, kept.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None if kept.is_empty() => "it is empty; add one with `plumb lists add` or `plumb lists update`".to_owned(),
            None => format!("kept are {}", kept.join(", ")),
        };
        StoreError::NotKept { name: name.to_owned(), root: self.root().to_owned(), known }
    }
}

/// Builds an index and keeps it beside the list. Where that cannot be, on a full disk or in a folder that is only read, it is made in memory, and
/// why is told: a list that can be read must not go unsearched.
fn built(version: &Version) -> Result<(Index, Option<String>), StoreError> {
    let path = version.index();
    let kept = built_with(version, |builder| {
        let written = plumb_disk::replace(&path, |mut out| builder.write(&mut out));
        Ok(written.map_err(failed("write", &path)))
    })?;
    match kept {
        Ok(()) => Ok((Index::open(&path)?, None)),
        Err(error) => {
            let why = std::error::Error::source(&error).map_or_else(String::new, |cause| format!(": {cause}"));
            Ok((built_with(version, Builder::in_memory)?, Some(format!("{error}{why}"))))
        }
    }
}

/// Reads a version into an index, and gives it on.
fn built_with<T>(version: &Version, give: impl FnOnce(Builder) -> Result<T, IndexError>) -> Result<T, StoreError> {
    let mut builder = Builder::default();
    let mut first = None;
    version.read(&mut Report::default(), &mut |record| add(&mut builder, &record, &mut first))?;
    match first {
        Some(error) => Err(error.into()),
        None => Ok(give(builder)?),
    }
}

/// Adds a record; of errors the first is kept, since a reading cannot be stopped.
fn add(builder: &mut Builder, record: &Record, failed: &mut Option<IndexError>) {
    if let Err(error) = builder.add(record) {
        failed.get_or_insert(error);
    }
}

impl LoadedList {
    /// Reads a list from its files without keeping it. The report is filled also when the list is refused.
    ///
    /// # Errors
    /// A file cannot be read, no format fits, or the list is broken or empty.
    pub fn from_files(addition: &Addition, report: &mut Report) -> Result<Self, StoreError> {
        let format = format(addition)?;
        let name = |path: &std::path::Path| path.display().to_string();
        let files = addition.files.iter().map(|path| hashed(path, name(path), &mut io::sink()));
        let mut manifest = addition.manifest(format, files.collect::<Result<_, _>>()?);
        let inputs = addition.files.iter().map(|path| open(path)).collect::<Result<Vec<_>, _>>()?;
        let list = List { name: addition.name.clone(), columns: addition.columns.clone(), ..List::default() };
        let (mut builder, mut failed) = (Builder::default(), None);
        lists::read(format, &list, inputs, report, &mut |record| add(&mut builder, &record, &mut failed));
        if let Some(error) = failed {
            return Err(error.into());
        }
        check(report)?;
        addition.tell(report, &mut manifest);
        Ok(Self { manifest, index: builder.in_memory()?, unkept: None })
    }
}

/// The records of several lists that look like the query, best first, and how many reach the threshold, also beyond the limit. They are
/// searched as one list. Equal scores stand in the order of the lists, then of the ids.
pub fn search<'l>(
    lists: &'l [LoadedList],
    scorer: &Scorer,
    query: &Profile,
    wanted: &Wanted,
    filters: &Filters<'_>,
    workspace: &mut Workspace,
) -> (Vec<Found<'l>>, usize) {
    let searched: Vec<_> = lists.iter().map(|list| Searched { index: &list.index, filters: filters.clone() }).collect();
    let ranking = index::rank(&searched, scorer, query, wanted, workspace);
    let found = ranking.matches.into_iter();
    let found = found.filter_map(|matched| Some(Found { list: lists.get(matched.source)?, matched }));
    (found.collect(), ranking.total)
}
