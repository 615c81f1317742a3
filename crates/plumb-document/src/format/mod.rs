//! One file a format, and the choice between them.

mod html;
mod markdown;
mod pdf;
mod text;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::writer::Writer;
use crate::{Cause, Document, Fault, Kind, Limits, NoteKind, Place, detect};

/// Reads a document. `name` is shown in messages, and its ending tells the kind where the bytes do not.
///
/// Pure, and never panics: the panic of a parser becomes [`Cause::Failed`]. What it cannot guard against are stack, memory
/// and time; a caller that reads files of strangers does so in a process of its own, with limits on these.
///
/// # Errors
/// The document cannot be read at all. What can be read in part is read, with [notes](Document::notes).
pub fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Document, Fault> {
    // nothing that the closure borrows can be seen half changed afterwards
    let outcome = catch_unwind(AssertUnwindSafe(|| document(bytes, name, limits)));
    let outcome = outcome.unwrap_or_else(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a parser panicked");
        Err(Cause::Failed { what: words.to_owned() })
    });
    outcome.map_err(|cause| Fault::new(name, cause))
}

fn document(bytes: &[u8], name: &str, limits: &Limits) -> Result<Document, Cause> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Cause::Empty);
    }
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > limits.bytes {
        return Err(Cause::TooLarge { bytes: size, limit: limits.bytes });
    }
    let kind = detect::kind(bytes, name)?;
    let mut writer = write(bytes, kind, limits)?;
    if detect::by_name(name).is_some_and(|named| named != kind) {
        writer.note(NoteKind::WrongExtension { found: kind }, Place::Document);
    }
    Ok(writer.finish(bytes, name, kind))
}

fn write(bytes: &[u8], kind: Kind, limits: &Limits) -> Result<Writer, Cause> {
    match kind {
        Kind::Text => text::write(bytes),
        Kind::Markdown => text::decoded(bytes).map(|(text, notes)| markdown::write(&text, notes)),
        Kind::Html => Ok(html::write(bytes, limits)),
        Kind::Pdf => pdf::write(bytes, limits),
        Kind::Docx | Kind::Mail | Kind::Csv | Kind::Spreadsheet => Err(Cause::Unsupported { what: kind.to_string() }),
    }
}
