//! Why a document could not be read at all.

use serde::{Deserialize, Serialize};

/// A document that could not be read: which, why, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{name}: {cause}")]
pub struct Fault {
    /// The name that the document was given with.
    pub name: String,
    /// Why.
    pub cause: Cause,
}

impl Fault {
    /// The document of this name cannot be read for this cause.
    pub fn new(name: impl Into<String>, cause: Cause) -> Self {
        Self { name: name.into(), cause }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        self.cause.hint()
    }
}

/// Why a document cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "cause")]
#[non_exhaustive]
pub enum Cause {
    /// It has no bytes, or only blanks.
    #[error("the file is empty")]
    Empty,
    /// Larger than [`Limits::bytes`](crate::Limits::bytes).
    #[error("the file has {bytes} bytes; the limit is {limit}")]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// It unpacks to more than [`Limits::unpacked`](crate::Limits::unpacked) or [`Limits::ratio`](crate::Limits::ratio) allow.
    #[error("the file unpacks to more than {limit} bytes, as a zip bomb does")]
    Expands {
        /// Where reading stopped, in bytes.
        limit: u64,
    },
    /// The parts of a page draw each other over and over.
    #[error(
        "a page draws its parts over and over, more than {limit} instructions in all, as only a page made to harm does"
    )]
    Repeats {
        /// The most instructions that a page is given.
        limit: u64,
    },
    /// A password is needed.
    #[error("the {kind} is encrypted")]
    Encrypted {
        /// What it is, in a word.
        kind: String,
    },
    /// It ends before its end.
    #[error("the {kind} is cut off: {what}")]
    Truncated {
        /// What it is, in a word.
        kind: String,
        /// What is missing.
        what: String,
    },
    /// It breaks the rules of its format.
    #[error("the {kind} is damaged: {what}")]
    Damaged {
        /// What it is, in a word.
        kind: String,
        /// What is wrong.
        what: String,
    },
    /// A kind of file that is not read.
    #[error("{what} cannot be read")]
    Unsupported {
        /// What it is.
        what: String,
    },
    /// A parser gave up in a way that it should not.
    #[error("the reader failed: {what}")]
    Failed {
        /// Its last words.
        what: String,
    },
}

impl Cause {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty => "check the download; nothing was read",
            Self::TooLarge { .. } => "split the file, or raise the limit of bytes",
            Self::Expands { .. } | Self::Repeats { .. } => {
                "do not open it elsewhere before you know who made it; unpack it on a machine kept apart"
            }
            Self::Encrypted { .. } => "open it with its password and save a copy without",
            Self::Truncated { .. } => "get the file again; what was read of it would not be the whole",
            Self::Damaged { .. } => "get the file again, or open it in its program and save a copy",
            Self::Unsupported { .. } => "save it as PDF, DOCX, XLSX, HTML or text",
            Self::Failed { .. } => "the other documents are not affected; please report the file if it may be shared",
        }
    }
}
