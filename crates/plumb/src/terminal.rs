//! What goes to the terminal. Text from evidence is made harmless first: it may carry escape codes or turn the line around.

use std::error::Error;
use std::io::{self, IsTerminal as _, Write as _};

/// The text with control and bidirectional characters shown as signs, one for one, so that columns stay true.
///
/// Escape sequences could rewrite the screen, and bidirectional overrides can make a name read as another one
/// (Boucher and Anderson, "Trojan Source", 2021).
pub(crate) fn visible(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\n' => '\n',
            '\t' => ' ',
            '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'),
            '\u{7f}' => '\u{2421}',
            '\u{80}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                '\u{fffd}'
            }
            other => other,
        })
        .collect()
}

/// Writes data to standard output. A reader that has gone away (`| head`) is no failure.
pub(crate) fn data(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Writes a line for people to standard error; if that is closed there is nobody to tell.
pub(crate) fn tell(text: &str) {
    let _ignored = writeln!(io::stderr().lock(), "{text}");
}

/// Writes a failure with its causes.
pub(crate) fn failure(failure: &dyn Error) {
    let mut text = format!("error: {failure}");
    let mut cause = failure.source();
    while let Some(inner) = cause {
        text.push_str(&format!("\n  because: {inner}"));
        cause = inner.source();
    }
    tell(&visible(&text));
}

/// A failure with its causes, in a line.
pub(crate) fn chain(failure: &dyn Error) -> String {
    let (mut text, mut cause) = (failure.to_string(), failure.source());
    while let Some(inner) = cause {
        text.push_str(&format!(": {inner}"));
        cause = inner.source();
    }
    text
}

/// Whether to colour what goes to standard error: a terminal, and `NO_COLOR` (no-color.org) is not set.
pub(crate) fn colour() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_cannot_steer_the_terminal() {
        assert_eq!(visible("a\u{1b}[2Jb\u{202e}c"), "a␛[2Jb\u{fffd}c");
        assert_eq!(visible("조선 ООО"), "조선 ООО");
    }
}
