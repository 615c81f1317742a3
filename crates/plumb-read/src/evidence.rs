//! Copies of documents: whether they are there, are the pinned ones, and hold the words that claims quote from them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use plumb_core::case::{Claim, Source};
use plumb_core::codes::{P0403, P0404, P0405};
use plumb_core::diagnostic::{Diagnostic, Severity};

use crate::context::{Context, sha256};
use crate::text::decode;

/// Copies in which words can be looked for.
const TEXT_ENDINGS: [&str; 5] = [".txt", ".md", ".html", ".htm", ".csv"];

/// Checks the copies of all sources, then the quotations from them.
pub(crate) fn check(context: &mut Context<'_>) {
    context.known.begin_table();
    let with_copy: Vec<Source> =
        context.case.sources.iter().filter(|source| !source.copy.is_empty()).cloned().collect();
    let mut texts = BTreeMap::new();
    for source in &with_copy {
        let Some(bytes) = context.folder.files.get(&source.copy) else {
            let paths = context.folder.files.keys().map(String::as_str);
            let nearest = context.known.nearest(&source.copy, paths).map(str::to_owned);
            context.report(missing(source).did_you_mean(nearest.as_deref()));
            continue;
        };
        let hash = sha256(bytes);
        context.diagnostics.extend(changed(source, &hash));
        context.case.hashes.insert(source.copy.as_str().into(), hash);
        if is_text(&source.copy) {
            let file: Arc<str> = source.copy.as_str().into();
            texts.insert(source.id.as_str(), words(&decode(&file, bytes).text, &source.copy));
        }
    }
    check_quotes(context, &with_copy, &texts);
}

fn missing(source: &Source) -> Diagnostic {
    Diagnostic::new(P0405, source.row.cell("copy"), format!("`{}` is not in the folder of the case", source.copy))
        .help("put the copy there, or leave the cell empty")
        .about(source.reference())
}

/// The copy is another file than the one that was pinned.
fn changed(source: &Source, hash: &str) -> Option<Diagnostic> {
    if source.sha256.is_empty() || source.sha256 == hash {
        return None;
    }
    let message = format!("`{}` is not the copy that was pinned", source.copy);
    Some(
        Diagnostic::new(P0404, source.row.cell("sha256"), message)
            .saying("the hash that it had")
            .note(format!("its hash now is {hash}"))
            .help("restore the copy; pin the new hash only after comparing what changed")
            .about(source.reference()),
    )
}

fn check_quotes(context: &mut Context<'_>, with_copy: &[Source], texts: &BTreeMap<&str, String>) {
    let mut unread: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for claim in context.case.claims.iter().filter(|claim| !claim.locator.quote.is_empty()) {
        match texts.get(claim.source.as_str()) {
            Some(text) if !holds(text, &claim.locator.quote) => found.push(not_found(claim)),
            Some(_) => {}
            None => drop(unread.insert(&claim.source)),
        }
    }
    let unread = with_copy.iter().filter(|source| unread.contains(source.id.as_str()) && !is_text(&source.copy));
    found.extend(unread.map(not_checked));
    context.diagnostics.extend(found);
}

fn not_found(claim: &Claim) -> Diagnostic {
    Diagnostic::new(P0403, claim.row.cell("quote"), format!("these words are not in the copy of `{}`", claim.source))
        .help("quote the exact words; mark what is left out with …")
        .about(claim.reference())
}

/// Not an error: only text can be searched here.
fn not_checked(source: &Source) -> Diagnostic {
    let message = format!("quotations from `{}` were not checked against `{}`", source.id, source.copy);
    let mut diagnostic = Diagnostic::new(P0403, source.row.cell("copy"), message).about(source.reference());
    diagnostic.severity = Severity::Note;
    diagnostic.help(format!("keep its text beside it; quotations are looked for in {}", TEXT_ENDINGS.join(" ")))
}

fn is_text(path: &str) -> bool {
    ends_with_any(path, &TEXT_ENDINGS)
}

fn ends_with_any(path: &str, endings: &[&str]) -> bool {
    let lower = path.to_lowercase();
    endings.iter().any(|ending| lower.ends_with(ending))
}

/// Whether a text has the words of a quotation; `…` and `[…]` stand for words left out.
fn holds(text: &str, quote: &str) -> bool {
    let quote = plain(quote).replace("[...]", "…").replace("...", "…").replace("[…]", "…");
    let mut rest = text;
    for part in quote.split('…').map(str::trim).filter(|part| !part.is_empty()) {
        let Some(found) = rest.find(part) else { return false };
        rest = rest.get(found + part.len()..).unwrap_or_default();
    }
    true
}

/// The words of a copy, as quotations are compared: of HTML without its tags.
fn words(text: &str, path: &str) -> String {
    if ends_with_any(path, &[".html", ".htm"]) { plain(&without_tags(text)) } else { plain(text) }
}

/// Blanks of all sorts as one space, quotation marks and hyphens as plain ones: typesetting is no difference of words.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for one in text.chars().filter(|one| !matches!(one, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}')) {
        match one {
            _ if one.is_whitespace() => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            '“' | '”' | '„' | '«' | '»' => plain.push('"'),
            '‘' | '’' | '‚' => plain.push('\''),
            '‐' | '‑' | '–' | '—' => plain.push('-'),
            other => plain.push(other),
        }
    }
    plain.trim().to_owned()
}

/// HTML without its tags and with its commonest character references read. Enough to look for words in.
fn without_tags(html: &str) -> String {
    const REFERENCES: [(&str, &str); 6] =
        [("&nbsp;", " "), ("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        let hidden = ["script", "style"].into_iter().find(|name| starts_with_word(tag, name));
        rest = match hidden {
            Some(name) => after_closing(tag, name),
            None => tag.split_once('>').map_or("", |(_, behind)| behind),
        };
        if !starts_with_inline(tag) {
            text.push(' ');
        }
    }
    text.push_str(rest);
    REFERENCES.iter().fold(text, |text, (from, to)| text.replace(from, to))
}

/// Whether a tag is of a sort that stands inside words.
fn starts_with_inline(tag: &str) -> bool {
    let name = tag.trim_start_matches('/');
    ["a", "b", "i", "em", "strong", "span", "sup", "sub", "u"].into_iter().any(|inline| starts_with_word(name, inline))
}

fn starts_with_word(tag: &str, word: &str) -> bool {
    let head = tag.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    head && !tag.get(word.len()..).unwrap_or_default().starts_with(|next: char| next.is_ascii_alphanumeric())
}

/// What stands behind the closing tag of a script or style.
fn after_closing<'t>(tag: &'t str, name: &str) -> &'t str {
    let mut rest = tag;
    while let Some((_, behind)) = rest.split_once("</") {
        if starts_with_word(behind, name) {
            return behind.split_once('>').map_or("", |(_, behind)| behind);
        }
        rest = behind;
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_and_not_their_typesetting() {
        let text = words(
            "<p>“More than&nbsp;<b>30</b>,000\n workers”</p><script>var no = 1;</script><p>remained.</p>",
            "a.html",
        );
        for quote in ["\"More than 30,000 workers\"", "More than … remained.", "30,000  workers"] {
            assert!(holds(&text, quote), "{quote}: {text}");
        }
        for quote in ["more than 30,000", "remained. … More than", "var no"] {
            assert!(!holds(&text, quote), "{quote}");
        }
    }
}
