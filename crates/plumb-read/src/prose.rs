//! `account.md`: its sections, each with a fixed anchor. What stands in them is left to the account.

use std::collections::BTreeSet;

use plumb_core::case::Section;
use plumb_core::codes::P0703;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;

use crate::context::{Context, Source};

/// The file of the prose.
pub(crate) const FILE: &str = "account.md";

/// The anchors that the account has a place for, in its order.
pub(crate) const ANCHORS: [&str; 7] = ["answer", "how-many", "taken", "bound", "contradictions", "unknown", "limits"];

/// Reads the prose into the case.
pub(crate) fn read(context: &mut Context<'_>) {
    context.known.begin_table();
    let Some(source) = context.open(FILE) else {
        let diagnostic = Diagnostic::new(P0703, Location::file(FILE), format!("`{FILE}` is missing"));
        return context
            .report(diagnostic.help("write it: without it the account has figures, but nobody who reads them"));
    };
    let text = source.text.clone();
    let mut seen = BTreeSet::new();
    let headings = headings(&text);
    report_text_before(context, &source, headings.first().map_or(text.len(), |heading| heading.start));
    for (index, heading) in headings.iter().enumerate() {
        let end = headings.get(index + 1).map_or(text.len(), |next| next.start);
        let location = source.locate(heading.start..heading.body);
        if !seen.insert(heading.anchor) {
            let message = format!("the section `{}` stands twice", heading.anchor);
            context.report(Diagnostic::new(P0703, location, message).help("make one section of the two"));
        } else if !ANCHORS.contains(&heading.anchor) {
            let (diagnostic, meant) = unknown_anchor(context, heading, location);
            context.report(diagnostic);
            seen.extend(meant);
        }
        context.case.prose.push(Section {
            anchor: heading.anchor.to_owned(),
            heading: heading.words.to_owned(),
            markdown: text.get(heading.body..end).unwrap_or_default().to_owned(),
            location: source.locate(heading.body..heading.body),
        });
    }
    report_missing(context, &seen);
}

/// A heading of the second level.
struct Heading<'t> {
    /// Where its line begins.
    start: usize,
    /// Where the text behind it begins.
    body: usize,
    words: &'t str,
    /// Without braces; empty when it has none.
    anchor: &'t str,
}

/// The headings `## Words {#anchor}` of a text, outside fenced code.
fn headings(text: &str) -> Vec<Heading<'_>> {
    let mut found = Vec::new();
    let (mut start, mut fenced) = (0, false);
    for line in text.split_inclusive('\n') {
        fenced ^= line.trim_start().starts_with("```");
        if let Some(words) = line.strip_prefix("## ").filter(|_| !fenced) {
            let words = words.trim();
            let cut = words.rfind("{#").filter(|_| words.ends_with('}'));
            let (words, anchor) = match cut {
                Some(cut) => (
                    words.get(..cut).unwrap_or_default().trim(),
                    words.get(cut + 2..words.len() - 1).unwrap_or_default(),
                ),
                None => (words, ""),
            };
            found.push(Heading { start, body: start + line.len(), words, anchor: anchor.trim() });
        }
        start += line.len();
    }
    found
}

/// The diagnostic for an anchor that the account has no place for, and the anchor that was probably meant.
fn unknown_anchor(
    context: &mut Context<'_>,
    heading: &Heading<'_>,
    location: Location,
) -> (Diagnostic, Option<&'static str>) {
    let guess = if heading.anchor.is_empty() { heading.words } else { heading.anchor };
    let slug = guess.to_lowercase().replace(' ', "-");
    let nearest = context.known.nearest(&slug, ANCHORS);
    let message = match heading.anchor {
        "" => format!("the section `{}` has no anchor", heading.words),
        anchor => format!("the account has no place for a section `{anchor}`"),
    };
    let diagnostic = Diagnostic::new(P0703, location, message)
        .help(format!("write `## {} {{#ANCHOR}}` with one of: {}", heading.words, ANCHORS.join(", ")))
        .did_you_mean(nearest.map(|anchor| format!("## {} {{#{anchor}}}", heading.words)).as_deref());
    (diagnostic, nearest)
}

/// Prose before the first section would be lost; a title and comments are no prose.
fn report_text_before(context: &mut Context<'_>, source: &Source, end: usize) {
    let (mut offset, mut in_comment) = (0, false);
    for line in source.text.get(..end).unwrap_or_default().split_inclusive('\n') {
        let words = line.trim();
        let is_comment = in_comment || words.starts_with("<!--");
        in_comment = is_comment && !words.ends_with("-->");
        if !is_comment && !words.is_empty() && !words.starts_with("# ") {
            let location = source.locate(offset..offset + line.trim_end().len());
            let diagnostic = Diagnostic::new(P0703, location, "text before the first section is not shown");
            return context.report(diagnostic.help("put it under a heading such as `## The answer {#answer}`"));
        }
        offset += line.len();
    }
}

fn report_missing(context: &mut Context<'_>, seen: &BTreeSet<&str>) {
    let missing: Vec<&str> = ANCHORS.into_iter().filter(|anchor| !seen.contains(anchor)).collect();
    if let Some(first) = missing.first() {
        let (verb, names) = (if missing.len() == 1 { "is" } else { "are" }, missing.join("`, `"));
        let message = format!("`{names}` {verb} missing in `{FILE}`");
        let diagnostic = Diagnostic::new(P0703, Location::file(FILE), message);
        context.report(
            diagnostic.help(format!(
                "add a heading `## … {{#{first}}}` with what is to be said, if only that nothing is known"
            )),
        );
    }
}
