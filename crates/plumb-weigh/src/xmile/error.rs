//! What is wrong with a file, and what was not understood in one that could be read.

use serde::Serialize;
use thiserror::Error;

/// Something that was not understood, or not taken at its word; the rest of the model was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Whether nothing was lost by it.
    pub harmless: bool,
    /// The line, from 1.
    pub line: usize,
    /// The element, with the name of its variable where it has one.
    pub element: String,
    /// What became of it.
    pub message: String,
}

impl std::fmt::Display for Warning {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "line {}: {}: {}", self.line, self.element, self.message)
    }
}

/// Why a file cannot be read, or a model not be written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum XmileError {
    /// Larger than is read.
    #[error("the file has {size} bytes; at most {limit} are read")]
    TooLarge {
        /// Its size.
        size: usize,
        /// The most that is read.
        limit: usize,
    },
    /// Elements within elements beyond the limit.
    #[error("line {line}: elements are nested more than {limit} deep")]
    TooDeep {
        /// The line.
        line: usize,
        /// The limit.
        limit: usize,
    },
    /// No UTF-8.
    #[error("byte {0} is no text in UTF-8")]
    NotText(usize),
    /// No well-formed XML.
    #[error("line {line}: {message}")]
    Markup {
        /// The line.
        line: usize,
        /// What the reader of XML says.
        message: String,
    },
    /// A document type, which could define entities without end.
    #[error("line {0}: a document type is not read")]
    DocumentType(usize),
    /// An entity that is none of the five of XML.
    #[error("line {line}: there is no entity `{name}`")]
    Entity {
        /// The line.
        line: usize,
        /// Its name.
        name: String,
    },
    /// XML of another kind.
    #[error("the file begins with `{0}`, not with `xmile`")]
    NotXmile(String),
    /// An element that a model cannot be without.
    #[error("`{0}` is missing")]
    Missing(&'static str),
    /// Text that should be a number.
    #[error("line {line}: `{element}` is `{text}`, which is no number")]
    Number {
        /// The line.
        line: usize,
        /// The element.
        element: String,
        /// The text.
        text: String,
    },
    /// Two variables whose names XMILE takes for one.
    #[error("`{0}` and `{1}` are one name in XMILE")]
    SameName(String, String),
}

impl XmileError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } | Self::TooDeep { .. } => "is it a model? remove pictures and views from the file",
            Self::NotText(_) => "save the file as UTF-8",
            Self::Markup { .. } => "correct the markup, or export the model again",
            Self::DocumentType(_) | Self::Entity { .. } => "remove the document type and write characters as they are",
            Self::NotXmile(_) => "export the model as XMILE",
            Self::Missing(_) => "add it; `sim_specs` holds start, stop and dt",
            Self::Number { .. } => "write a number such as 0.25",
            Self::SameName(..) => "rename one of them: case, spaces and underscores make no difference",
        }
    }
}
