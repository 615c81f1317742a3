//! Diagnostics: what is wrong with a case, where, why, and what to do.
//!
//! A diagnostic is data; the command line draws it, JSON and SARIF carry it, the account shows those that stand.

use std::fmt;

use crate::codes::Code;
use crate::location::Location;
use crate::reference::Reference;

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A record cannot be used as it stands; the rest goes on.
    Error,
    /// Something is probably wrong with the case.
    Warning,
    /// The case is in order; the check noticed something about the world: a deadline passed in silence.
    Note,
}

impl Severity {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// A place with what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub location: Location,
    /// What; may be empty.
    pub text: String,
}

/// One finding of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which check; its explanation is `plumb explain CODE`.
    pub code: Code,
    /// How grave.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// The words at fault; the first label is the main one.
    pub labels: Vec<Label>,
    /// Why it matters or how it was found, a line each.
    pub notes: Vec<String>,
    /// What to do.
    pub help: String,
    /// The records that it is about.
    pub rows: Vec<Reference>,
    /// The reason given in `case.toml` for letting it stand.
    pub accepted: Option<String>,
}

impl Diagnostic {
    /// A diagnostic of `code` at a place. The severity is that of the code.
    pub fn new(code: Code, location: Location, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            labels: vec![Label { location, text: String::new() }],
            notes: Vec::new(),
            help: String::new(),
            rows: Vec::new(),
            accepted: None,
        }
    }

    /// Says something at the main place.
    #[must_use]
    pub fn saying(mut self, text: impl Into<String>) -> Self {
        if let Some(label) = self.labels.first_mut() {
            label.text = text.into();
        }
        self
    }

    /// Points at a further place.
    #[must_use]
    pub fn also(mut self, location: Location, text: impl Into<String>) -> Self {
        self.labels.push(Label { location, text: text.into() });
        self
    }

    /// Adds a line of explanation.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = text.into();
        self
    }

    /// Adds "did you mean" when a near word is known.
    #[must_use]
    pub fn did_you_mean(self, word: Option<&str>) -> Self {
        match word {
            Some(word) => self.help(format!("did you mean `{word}`?")),
            None => self,
        }
    }

    /// Names a record that it is about.
    #[must_use]
    pub fn about(mut self, row: Reference) -> Self {
        self.rows.push(row);
        self
    }

    /// The main place.
    pub fn location(&self) -> Option<&Location> {
        self.labels.first().map(|label| &label.location)
    }
}
