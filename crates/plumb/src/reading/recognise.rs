//! The words of scanned pages, recognised by `tesseract` where it is installed.
//!
//! What it reads is a document of its own beside the scan, with the pages of the scan and a note on each that its words may
//! be misread: nobody should take it for the words of the document itself.

use std::path::Path;
use std::process::{Command, Stdio};

use plumb_document::{Document, Limits, Note, NoteKind, Page, Place};

use super::alone::{self, Unread};
use crate::arguments::Bounds;

const PROGRAM: &str = "tesseract";

/// The languages that claims are found in, by the names that tesseract has for them.
const LANGUAGES: [&str; 4] = ["eng", "kor", "rus", "chi_sim"];

/// Scanned pages of one document that are recognised. At ten seconds a page, which is usual, these take an hour of a core.
const MOST_PAGES: usize = 400;

/// An installed tesseract.
pub(crate) struct Tesseract {
    /// Those of our languages that it knows, as its option takes them.
    languages: String,
}

impl Tesseract {
    /// The one on the path, if it knows any of our languages.
    pub(crate) fn find() -> Option<Self> {
        let output = Command::new(PROGRAM).arg("--list-langs").stdin(Stdio::null()).output().ok()?;
        let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        let known: Vec<&str> =
            LANGUAGES.into_iter().filter(|own| told.lines().any(|line| line.trim() == *own)).collect();
        (!known.is_empty()).then(|| Self { languages: known.join("+") })
    }

    /// The words of the scanned pages of a PDF as a document. The bounds hold for each page.
    pub(super) fn recognise(
        &self,
        path: &Path,
        name: &str,
        scan: &Document,
        bounds: Bounds,
    ) -> Result<Document, Unread> {
        let scanned = || scan.pages.iter().filter(|page| page.scanned).map(|page| page.number);
        let mut pages: Vec<(u32, String)> = Vec::new();
        for number in scanned().take(MOST_PAGES) {
            // a page whose picture cannot be had has its note in the document already
            let Some(picture) = alone::picture(path, number, bounds) else { continue };
            pages.push((number, self.page(&picture, bounds)?));
        }
        let text = pages.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join("\n\n");
        let read = plumb_document::read(text.as_bytes(), name, &Limits::default());
        let mut document = read.map_err(Unread::Fault)?;
        number(&mut document, &pages);
        if scanned().count() > MOST_PAGES {
            let limit = format!("{MOST_PAGES} scanned pages");
            document.notes.push(Note { kind: NoteKind::Truncated { limit }, place: Place::Document });
        }
        Ok(document)
    }

    /// The words of one picture.
    fn page(&self, picture: &[u8], bounds: Bounds) -> Result<String, Unread> {
        let mut command = Command::new(PROGRAM);
        command.args(["stdin", "stdout", "-l", &self.languages]).stdin(Stdio::piped());
        // documents are spread over the cores already
        command.env("OMP_THREAD_LIMIT", "1");
        let output = alone::wait(&mut command, Some(picture), bounds)?;
        if !output.status.success() {
            let told = String::from_utf8_lossy(&output.stderr);
            return Err(Unread::Lost(format!("{PROGRAM}: {}", told.lines().last().unwrap_or("no word"))));
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }
}

/// Gives the document the pages of the scan, so that its places are those of the scan.
fn number(document: &mut Document, pages: &[(u32, String)]) {
    let mut from = 0;
    for (number, words) in pages {
        let rest = document.text.get(from..).unwrap_or_default();
        let start = from + rest.find(words.as_str()).unwrap_or_default();
        let end = start + words.len();
        document.pages.push(Page { number: *number, range: start..end, scanned: false });
        document.notes.push(Note { kind: NoteKind::Recognised, place: Place::Page(*number) });
        let within = document.blocks.iter_mut().filter(|block| (start..end).contains(&block.range.start));
        within.for_each(|block| block.page = Some(*number));
        from = end;
    }
}
