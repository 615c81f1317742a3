//! Official lists, in the formats that they are published in, read into [`Record`]s.
//!
//! [`read`] is a stream: it gives records as it meets them, and tells a [`Report`] what it could not read, where, and
//! what it took for granted. A bad record never stops the rest.
//!
//! ```
//! use plumb_screen::lists::{self, Format, Input, List, Report};
//! let line = br#"{"id": "NK-1", "schema": "Company", "properties": {"name": ["Chilsong Trading"]}}"#;
//! let input = Input::new("a.ftm.json", std::io::Cursor::new(line.to_vec())).unwrap();
//! let (mut report, mut names) = (Report::default(), Vec::new());
//! lists::read(Format::FtmLines, &List::named("own"), vec![input], &mut report, &mut |record| {
//!     names.extend(record.entity.properties()["name"].clone());
//! });
//! assert_eq!((names, report.entries), (vec!["Chilsong Trading".to_owned()], 1));
//! ```

mod columns;
mod countries;
mod csl;
mod dates;
mod detect;
mod entry;
mod eu_fsf;
mod eu_journal;
mod format;
mod ftm;
mod gathering;
mod input;
mod ofac;
mod relations;
mod report;
mod seco;
mod simple;
mod table;
mod told;
mod uk;
mod un;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

use crate::Record;
use dates::Order;
use entry::Entry;

pub(crate) use entry::Draft;
pub(crate) use table::split_cell;

pub use detect::detect;
pub use format::Format;
pub use input::Input;
pub use report::{Cause, Loss, Problem, Report};

/// What the caller knows of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// Its short name: `ofac-sdn`. Ids of its entries begin with it, so it must not change between versions.
    pub name: String,
    /// For tables without a fixed layout: FollowTheMoney property and the column that holds it.
    pub columns: Vec<(String, String)>,
    /// For the same tables and JSON lines: whether records of one id all stay, the later ones numbered (`7`, `7-2`). In a list a second such row is a
    /// fault; in a file of names to be screened no row may be lost.
    pub keeps_repeats: bool,
}

impl List {
    /// A list of this short name.
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}

/// Reads the files of one list, gives each record to `give`, and tells `report` the rest.
///
/// Of formats that spread one list over several files (OFAC's CSV) the files are read together, in any order; of others
/// one after the other. A record comes before the sanctions, documents and links that belong to it.
pub fn read(format: Format, list: &List, files: Vec<Input>, report: &mut Report, give: &mut dyn FnMut(Record)) {
    let mut reading =
        Reading { list, report, give, file: String::new(), line: None, ids: BTreeSet::new(), numbers: BTreeMap::new() };
    match format {
        Format::OfacCsv => ofac::csv::read(files, &mut reading),
        Format::EuJournalCsv => eu_journal::read(files, &mut reading),
        Format::EuXml => each(files, &mut reading, eu_fsf::read_xml),
        Format::EuCsv => each(files, &mut reading, eu_fsf::read_csv),
        Format::CslCsv => each(files, &mut reading, csl::read),
        Format::SecoXml => each(files, &mut reading, seco::read),
        Format::OfacXml => each(files, &mut reading, ofac::xml::read),
        Format::OfacAdvancedXml => each(files, &mut reading, ofac::advanced::read),
        Format::UkCsv => each(files, &mut reading, uk::read_csv),
        Format::UkXml => each(files, &mut reading, uk::read_xml),
        Format::UnXml => each(files, &mut reading, un::read),
        Format::TargetsSimple => each(files, &mut reading, simple::read),
        Format::Table => each(files, &mut reading, columns::read),
        Format::FtmLines => each(files, &mut reading, ftm::read),
    }
}

fn each(files: Vec<Input>, reading: &mut Reading<'_>, read: impl Fn(&mut Input, &mut Reading<'_>)) {
    for mut file in files {
        reading.enter(&file);
        read(&mut file, reading);
        reading.leave(&file);
    }
}

/// A reading under way: where it stands, and where its fruits go.
struct Reading<'a> {
    list: &'a List,
    report: &'a mut Report,
    give: &'a mut dyn FnMut(Record),
    file: String,
    line: Option<u64>,
    ids: BTreeSet<String>,
    /// How often each id has come, for a list that keeps repeats.
    numbers: BTreeMap<String, u64>,
}

impl Reading<'_> {
    /// Begins a file.
    fn enter(&mut self, file: &Input) {
        self.file = file.name().to_owned();
        self.line = None;
    }

    /// Ends a file, and says what its bytes were if they were not UTF-8.
    fn leave(&mut self, file: &Input) {
        self.file = file.name().to_owned();
        if let Some(strange) = file.strange() {
            self.line = Some(strange.first_line);
            let cause = match strange.lines {
                0 => Cause::Mended(format!("the file is in {}", strange.encoding)),
                lines => Cause::Encoding { lines, encoding: strange.encoding },
            };
            self.problem(Loss::Nothing, None, cause);
        }
        self.line = None;
    }

    /// Keeps the date that the list gives itself; of several files the latest.
    fn stated(&mut self, date: &str, order: Order) {
        let date = dates::parse(date, order).and_then(|date| date.values.into_iter().next());
        self.report.stated_date = self.report.stated_date.take().max(date);
    }

    /// Tells of a problem at the place where the reading stands.
    fn problem(&mut self, loss: Loss, record: Option<&str>, cause: Cause) {
        let (file, line) = (self.file.clone(), self.line);
        self.report.add(Problem { file, line, record: record.map(report::shown), loss, cause });
    }

    /// The id itself the first time, then with how often it has come.
    fn numbered(&mut self, id: String) -> String {
        let times = self.numbers.entry(id.clone()).or_default();
        *times += 1;
        match *times {
            1 => id,
            // the new id counts too: a record may have it as its own
            times => self.numbered(format!("{id}-{times}")),
        }
    }

    /// Gives out an entry with all that belongs to it, unless it has no name or its id was given out before.
    fn give(&mut self, entry: Entry) {
        let id = entry.subject.entity.id().to_owned();
        if !entry.subject.is_named() {
            return self.problem(Loss::Record, Some(&id), Cause::NoName);
        }
        if !self.ids.insert(id.clone()) {
            return self.problem(Loss::Record, Some(&id), Cause::SameId);
        }
        self.report.entries += 1;
        for draft in std::iter::once(entry.subject).chain(entry.others) {
            for (loss, cause) in draft.problems {
                self.problem(loss, Some(&id), cause);
            }
            let record = Record::new(draft.entity, &self.list.name);
            self.pass(Record { last_change: entry.last_change.clone(), ..record });
        }
    }

    /// Gives out a record as it is.
    fn pass(&mut self, record: Record) {
        self.report.records += 1;
        (self.give)(record);
    }
}
