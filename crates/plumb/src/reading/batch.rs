//! Many documents on all cores, with a bar that names the file in hand.

use std::collections::BTreeMap;
use std::fs;
use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressStyle};
use plumb_document::{Cause, Document, Fault, Lost};
use plumb_propose::disk::{Store, StoreError, WITHIN};
use plumb_propose::{Readout, Record};
use plumb_text::Reader;
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use super::alone::{self, Unread};
use super::paths::{Found, sha256};
use super::recognise::Tesseract;
use crate::arguments::Bounds;

/// What documents are read with.
pub(crate) struct Batch<'a> {
    /// Where readouts are kept.
    pub(crate) store: &'a Store,
    /// What was read before, by SHA-256.
    pub(crate) known: &'a BTreeMap<String, Record>,
    /// What finds claims in prose.
    pub(crate) reader: &'a Reader,
    /// What recognises the words of scanned pages, if there is such a thing here.
    pub(crate) tesseract: Option<&'a Tesseract>,
    /// What a document may cost.
    pub(crate) bounds: Bounds,
    /// Unchanged documents are read again too.
    pub(crate) again: bool,
}

/// What came of a file.
pub(crate) struct Outcome {
    /// What it is called.
    pub(crate) shown: String,
    /// What came of it.
    pub(crate) told: Result<Vec<Told>, Unread>,
}

/// What came of a document: of the file itself, or of an attachment.
pub(crate) enum Told {
    /// It was read before and has not changed since.
    Unchanged(Record),
    /// It was read now.
    Read(Readout),
    /// Another document took its place: the readout of the old one, and the words of it that are not where they were.
    Changed(Readout, Vec<(String, String, Lost)>),
    /// An attachment, or a scanned page, that cannot be read: its path, and why.
    Part(String, Unread),
    /// It was read, but cannot be kept.
    Failed(StoreError),
}

impl Batch<'_> {
    /// Reads the files; what came of them stands in their order.
    pub(crate) fn run(&self, files: &[Found]) -> Vec<Outcome> {
        let bar = bar(files.len());
        let outcomes = files.par_iter().map(|found| {
            bar.set_message(crate::terminal::visible(&found.shown));
            let told = self.one(found);
            bar.inc(1);
            Outcome { shown: found.shown.clone(), told }
        });
        let outcomes = outcomes.collect();
        bar.finish_and_clear();
        outcomes
    }

    fn one(&self, found: &Found) -> Result<Vec<Told>, Unread> {
        self.is_small_enough(found)?;
        let hash = sha256(&found.path)?;
        let known =
            self.known.get(&hash).filter(|record| record.is_current() && record.replaced_by.is_none() && !self.again);
        if let Some(record) = known {
            return Ok(vec![Told::Unchanged(record.clone())]);
        }
        let document = alone::read(&found.path, &found.shown, self.bounds)?;
        let mut told = self.replaced(found, &document);
        self.take(&document, &found.shown, found.in_case, &mut told);
        if let Some(tesseract) = self.tesseract.filter(|_| document.pages.iter().any(|page| page.scanned)) {
            let path = format!("{}{WITHIN}recognised words.txt", found.shown);
            match tesseract.recognise(&found.path, &path, &document, self.bounds) {
                Ok(words) => self.take(&words, &path, false, &mut told),
                Err(unread) => told.push(Told::Part(path, unread)),
            }
        }
        Ok(told)
    }

    /// Before a byte is read: hashing a terabyte would take as long as reading it.
    fn is_small_enough(&self, found: &Found) -> Result<(), Unread> {
        let bytes = fs::metadata(&found.path).map_err(|error| Unread::File(error.to_string()))?.len();
        let limit = self.bounds.largest.saturating_mul(1 << 20);
        let too_large = || Unread::Fault(Fault::new(&*found.shown, Cause::TooLarge { bytes, limit }));
        if bytes > limit { Err(too_large()) } else { Ok(()) }
    }

    /// Keeps what a document says, and what is attached to it.
    fn take(&self, document: &Document, path: &str, in_case: bool, told: &mut Vec<Told>) {
        let readout = Readout::of(document, path, in_case, self.reader);
        told.push(match self.store.keep(&readout, &document.text) {
            Ok(()) => Told::Read(readout),
            Err(error) => Told::Failed(error),
        });
        for part in &document.parts {
            let path = format!("{path}{WITHIN}{}", part.name);
            match &part.outcome {
                // an attachment is no file of the case that could be a copy
                Ok(document) => self.take(document, &path, false, told),
                Err(fault) => told.push(Told::Part(path, Unread::Fault(fault.clone()))),
            }
        }
    }

    /// Documents that were read from the same path before and were others.
    fn replaced(&self, found: &Found, document: &Document) -> Vec<Told> {
        let old = self.known.values().filter(|record| {
            record.path == found.shown && record.sha256 != document.sha256 && record.replaced_by.is_none()
        });
        let told = old.map(|record| {
            let readout = self.store.readout(&record.sha256)?;
            self.store.replace(&record.sha256, &document.sha256)?;
            let lost = readout.lost_in(document).into_iter();
            let lost =
                lost.map(|(proposal, lost)| (proposal.id.clone(), proposal.anchor.exact.clone(), lost)).collect();
            Ok(Told::Changed(readout, lost))
        });
        told.map(|told: Result<Told, StoreError>| told.unwrap_or_else(Told::Failed)).collect()
    }
}

/// A bar on a terminal, nothing elsewhere.
fn bar(files: usize) -> ProgressBar {
    if files < 2 || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} documents, {eta} left  {wide_msg}");
    ProgressBar::new(files as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
