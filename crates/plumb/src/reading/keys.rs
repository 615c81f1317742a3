//! Answers of a person: one key each in a terminal, one line each from a pipe.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};

use console::Term;

/// Where answers come from.
pub(crate) struct Keys {
    terminal: Option<Term>,
}

impl Keys {
    /// A terminal if there is one, else standard input.
    pub(crate) fn new() -> Self {
        let is_terminal = io::stdin().is_terminal() && io::stderr().is_terminal();
        Self { terminal: is_terminal.then(Term::stderr) }
    }

    /// The next key, in lower case; none at the end.
    pub(crate) fn key(&self) -> io::Result<Option<char>> {
        let Some(terminal) = &self.terminal else {
            let line = next_line()?;
            return Ok(line.map(|line| line.trim().chars().next().unwrap_or(' ').to_ascii_lowercase()));
        };
        match terminal.read_char() {
            // Ctrl-C and Ctrl-D, as the terminal gives them without its line mode
            Ok('\u{3}' | '\u{4}') => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(None),
            other => other.map(|key| Some(key.to_ascii_lowercase())),
        }
    }

    /// A line after a question; empty at the end.
    pub(crate) fn line(&self, question: &str) -> io::Result<String> {
        if self.terminal.is_some() {
            let mut out = io::stderr().lock();
            write!(out, "{question}: ")?;
            out.flush()?;
        }
        Ok(next_line()?.unwrap_or_default().trim().to_owned())
    }
}

fn next_line() -> io::Result<Option<String>> {
    let mut line = String::new();
    Ok((io::stdin().lock().read_line(&mut line)? > 0).then_some(line))
}
