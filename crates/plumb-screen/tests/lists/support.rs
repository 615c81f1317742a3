//! Reads lists and asks what came of them.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::PathBuf;

use plumb_screen::Record;
use plumb_screen::lists::{self, Format, Input, List, Loss, Report};

/// What came of a reading.
pub(crate) struct Read {
    pub(crate) records: Vec<Record>,
    pub(crate) report: Report,
}

impl Read {
    /// The subject that has this name or alias.
    pub(crate) fn named(&self, name: &str) -> &Record {
        let has = |record: &&Record| {
            let properties = record.entity.properties();
            record.is_matchable()
                && ["name", "alias", "weakAlias"]
                    .iter()
                    .any(|key| properties.get(key).is_some_and(|values| values.iter().any(|value| value == name)))
        };
        self.records.iter().find(has).unwrap_or_else(|| panic!("nobody is named {name}"))
    }

    /// The records of a schema that lead to this entity.
    pub(crate) fn of<'r>(&'r self, id: &'r str, schema: &'r str) -> Vec<&'r Record> {
        let leads = |record: &&Record| {
            record.entity.schema().name == schema
                && record.entity.properties().values().flatten().any(|value| value == id)
        };
        self.records.iter().filter(leads).collect()
    }

    /// How many records there are of each schema.
    pub(crate) fn schemata(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for record in &self.records {
            *counts.entry(record.entity.schema().name).or_default() += 1;
        }
        counts
    }

    /// Problems of each cost: rest, records, rows, values, notes.
    pub(crate) fn losses(&self) -> [u64; 5] {
        [Loss::Rest, Loss::Record, Loss::Row, Loss::Value, Loss::Nothing].map(|loss| self.report.count(loss))
    }
}

/// The values of a property.
pub(crate) fn values<'r>(record: &'r Record, property: &str) -> Vec<&'r str> {
    record.entity.properties().get(property).into_iter().flatten().map(String::as_str).collect()
}

/// Reads files of a list.
pub(crate) fn read(format: Format, list: &List, files: Vec<Input>) -> Read {
    let (mut records, mut report) = (Vec::new(), Report::default());
    lists::read(format, list, files, &mut report, &mut |record| records.push(record));
    Read { records, report }
}

/// Files of the shared data, if they are on this machine.
pub(crate) fn shared(paths: &[&str]) -> Option<Vec<Input>> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    if !folder.is_dir() {
        eprintln!("skipped: {} is not on this machine", folder.display());
        return None;
    }
    Some(paths.iter().map(|path| Input::new(*path, File::open(folder.join(path)).unwrap()).unwrap()).collect())
}
