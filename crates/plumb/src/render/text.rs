//! Diagnostics as a compiler draws them: the place, the words at fault, why, what to do.

use std::path::Path;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Renderer, Snippet};
use plumb_core::case::Case;
use plumb_core::diagnostic::{Diagnostic, Label, Severity};

use crate::terminal::visible;

/// Draws a diagnostic. `folder` is the path of the case as the user gave it, so that editors can follow the places.
pub(crate) fn diagnostic(case: &Case, folder: &Path, diagnostic: &Diagnostic, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level.primary_title(visible(&diagnostic.message)).id(diagnostic.code.id());
    let main = diagnostic.labels.first();
    let snippets = diagnostic.labels.iter().map(|label| snippet(case, folder, label, main == Some(label)));
    let notes = diagnostic.notes.iter().map(|note| Element::from(Level::NOTE.message(visible(note))));
    let help = (!diagnostic.help.is_empty()).then(|| Element::from(Level::HELP.message(visible(&diagnostic.help))));
    let accepted = (diagnostic.accepted.iter())
        .map(|reason| Element::from(Level::NOTE.message(visible(&format!("accepted in case.toml: {reason}")))));
    let group: Group<'_> = title.elements(snippets).elements(notes).elements(help).elements(accepted);
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group])
}

/// A label as a snippet of its line, or as a bare path where the line is not at hand.
fn snippet(case: &Case, folder: &Path, label: &Label, main: bool) -> Element<'static> {
    let location = &label.location;
    let line = (case.files.get(&location.file))
        .and_then(|text| text.lines().nth((location.line as usize).checked_sub(1)?))
        .map(visible);
    let Some(line) = line else {
        let place = folder.join(&*location.file).display().to_string();
        return annotate_snippets::Origin::path(visible(&place)).into();
    };
    let at = |column: u32| {
        line.char_indices().nth(column.saturating_sub(1) as usize).map_or(line.len(), |(offset, _)| offset)
    };
    let span = at(location.column)..at(location.column.saturating_add(location.length.max(1)));
    let kind = if main { AnnotationKind::Primary } else { AnnotationKind::Context };
    let text = (!label.text.is_empty()).then(|| visible(&label.text));
    Snippet::source(line)
        .line_start(location.line as usize)
        .path(visible(&folder.join(&*location.file).display().to_string()))
        .annotation(kind.span(span).label(text))
        .into()
}
