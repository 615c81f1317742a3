//! One file a format, and the choice between them.

mod archive;
mod csv;
mod docx;
mod html;
mod mail;
mod markdown;
mod pdf;
mod spreadsheet;
mod text;
mod xml;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use archive::unpacks;

use crate::{Cause, Document, Fault, Kind, Limits, NoteKind, Place, detect};

/// Reads a document. `name` is shown in messages, and its ending tells the kind where the bytes do not.
///
/// Pure, and never panics: the panic of a parser becomes [`Cause::Failed`]. What it cannot guard against are stack, memory
/// and time; a caller that reads files of strangers does so in a process of its own, with limits on these.
///
/// # Errors
/// The document cannot be read at all. What can be read in part is read, with [notes](Document::notes).
pub fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Document, Fault> {
    guarded(bytes, name, limits, &mut Budget { attachments: limits.attachments, depth: MESSAGES })
}

/// The largest picture of a page of a PDF (pages count from 1), as a Netpbm file (PPM or PGM), for a program that recognises
/// letters such as `tesseract`; `None` where there is none, or it cannot be unpacked within the limits. It lies as
/// the file stores it; a page that is shown rotated is not rotated back.
///
/// Pure, and never panics, as [`read`].
pub fn page_picture(bytes: &[u8], page: u32, limits: &Limits) -> Option<Vec<u8>> {
    catch_unwind(|| pdf::picture(bytes, page, limits)).ok().flatten()
}

/// How deep messages within messages are read. A forwarded thread repeats what it quotes; deeper ones are forged.
const MESSAGES: u32 = 8;

/// What may still be read of the documents within a document.
struct Budget {
    attachments: u32,
    depth: u32,
}

impl Budget {
    /// Goes into an attachment, or says why not.
    fn enter(&mut self) -> Result<(), String> {
        if self.depth == 0 {
            return Err(format!("messages are nested deeper than {MESSAGES}"));
        }
        self.attachments = self.attachments.checked_sub(1).ok_or("there are too many attachments")?;
        self.depth -= 1;
        Ok(())
    }

    /// Comes back out of it.
    fn leave(&mut self) {
        self.depth += 1;
    }
}

/// Reads, and makes the panic of a parser a fault.
fn guarded(bytes: &[u8], name: &str, limits: &Limits, budget: &mut Budget) -> Result<Document, Fault> {
    // of what the closure borrows only the budget changes, and it stays one whenever it is left
    let outcome = catch_unwind(AssertUnwindSafe(|| document(bytes, name, limits, budget)));
    let outcome = outcome.unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a parser panicked");
        Err(Cause::Failed { what: words.to_owned() })
    });
    outcome.map_err(|cause| Fault::new(name, cause))
}

fn document(bytes: &[u8], name: &str, limits: &Limits, budget: &mut Budget) -> Result<Document, Cause> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Cause::Empty);
    }
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > limits.bytes {
        return Err(Cause::TooLarge { bytes: size, limit: limits.bytes });
    }
    let kind = detect::kind(bytes, name)?;
    let mut writer = match kind {
        Kind::Text => text::write(bytes).map_err(|cause| unlike(cause, name))?,
        Kind::Markdown => {
            let (text, notes) = text::decoded(bytes)?;
            markdown::write(&text, notes)
        }
        Kind::Html => html::write(bytes, limits),
        Kind::Pdf => pdf::write(bytes, limits)?,
        Kind::Docx => docx::write(bytes, limits)?,
        Kind::Mail => mail::write(bytes, limits, budget)?,
        Kind::Csv => csv::write(bytes, limits)?,
        Kind::Spreadsheet => spreadsheet::write(bytes, limits)?,
    };
    if detect::by_name(name).is_some_and(|named| named != kind) {
        writer.note(NoteKind::WrongExtension { found: kind }, Place::Document);
    }
    Ok(writer.finish(bytes, name, kind))
}

/// What is wrong with bytes that are no text, where the name says what they should be.
fn unlike(cause: Cause, name: &str) -> Cause {
    match detect::by_name(name) {
        Some(kind @ (Kind::Pdf | Kind::Docx | Kind::Spreadsheet)) => {
            Cause::Damaged { kind: kind.to_string(), what: "it does not begin as one".to_owned() }
        }
        _ => cause,
    }
}
