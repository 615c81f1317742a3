//! A document of any common kind → a frozen text whose every word can be cited.
//!
//! [`read`] turns bytes into a [`Document`]: what a reader of it sees, as text that is never changed again, cut into
//! [`Block`]s with their language, page or cell; and [`Note`]s about everything in it that a person should know before
//! trusting it. [`Document::anchor`] names some of its words as W3C Web Annotation selectors, [`Document::resolve`] finds
//! them again, and says so when they are no longer where they were.
//!
//! Pure: the same bytes, name and limits give the same document. A document is hostile until read: sizes, depth and
//! expansion have [`Limits`], nothing in it is executed or fetched. Time and memory are limited by whoever calls.
//!
//! ```
//! let page = "<title>Visas</title><p>Russia issued <b>9,000</b> visas.<p>They are student visas.";
//! let document = plumb_document::read(page.as_bytes(), "visas.html", &Default::default())?;
//! assert_eq!(document.text.as_str(), "Russia issued 9,000 visas.\n\nThey are student visas.");
//! let anchor = document.anchor(14..19);
//! assert_eq!((anchor.exact.as_str(), anchor.suffix.as_str()), ("9,000", " visas.\n\nThey are student visas."));
//! assert_eq!(document.resolve(&anchor), Ok(14..19));
//! # Ok::<(), plumb_document::Fault>(())
//! ```

mod anchor;
mod block;
mod decode;
mod detect;
mod document;
mod fault;
mod format;
mod language;
mod limits;
mod note;
mod rendition;
mod writer;

pub use anchor::{Anchor, Lost};
pub use block::{Block, BlockKind};
pub use detect::Kind;
pub use document::{Document, Page, Part, Property};
pub use fault::{Cause, Fault};
pub use format::{page_picture, read, unpacks};
pub use language::Language;
pub use limits::Limits;
pub use note::{Hiding, Note, NoteKind, Place};
pub use rendition::Rendition;
