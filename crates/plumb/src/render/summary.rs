//! How many errors, warnings and notes there are, and what that means for the exit code.

use plumb_core::diagnostic::{Diagnostic, Severity};

use crate::exit::Exit;

/// Diagnostics counted; accepted ones apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    /// Errors that stand.
    pub(crate) errors: usize,
    /// Warnings that stand.
    pub(crate) warnings: usize,
    /// Notes.
    pub(crate) notes: usize,
    /// Accepted in `case.toml`.
    pub(crate) accepted: usize,
}

impl Summary {
    /// Counts diagnostics. An error cannot be accepted away: its record is missing from the account.
    pub(crate) fn of<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> Self {
        let mut summary = Self::default();
        for diagnostic in diagnostics {
            match (diagnostic.severity, &diagnostic.accepted) {
                (Severity::Error, _) => summary.errors += 1,
                (_, Some(_)) => summary.accepted += 1,
                (Severity::Warning, None) => summary.warnings += 1,
                (Severity::Note, None) => summary.notes += 1,
            }
        }
        summary
    }

    /// The exit code that it means.
    pub(crate) fn exit(self, strict: bool) -> Exit {
        if self.errors > 0 || (strict && self.warnings > 0) { Exit::Findings } else { Exit::Done }
    }
}

impl std::fmt::Display for Summary {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let count = |number: usize, word: &str| match number {
            1 => format!("1 {word}"),
            number => format!("{number} {word}s"),
        };
        let parts = [count(self.errors, "error"), count(self.warnings, "warning"), count(self.notes, "note")];
        write!(out, "{}, {} accepted", parts.join(", "), self.accepted)
    }
}
