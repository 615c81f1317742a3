//! P0402, P0408 and P0409: sources and origins that nothing rests on, and one page that stands as two sources.

use std::collections::BTreeMap;

use plumb_core::case::{Case, Source};
use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;

use super::{Input, SHOWN, listed};

/// Sources that no record was read in and no note names.
pub(super) fn sources(input: &Input<'_>) -> Vec<Diagnostic> {
    let uncited = |source: &&Source| input.index.mentions(&source.reference()).is_empty();
    let mut uncited: BTreeMap<&str, &Source> =
        input.case.sources.iter().filter(uncited).map(|source| (source.id.as_str(), source)).collect();
    for note in notes(input.case) {
        for word in note.split(|sign: char| !(sign.is_ascii_alphanumeric() || "-_.".contains(sign))) {
            uncited.remove(word.trim_end_matches('.'));
        }
    }
    let report = |source: &Source| {
        Diagnostic::new(codes::P0402, source.row.cell("id"), format!("nobody cites the source `{}`", source.id))
            .saying("no record was read here, no note names it")
            .help("cite it in the rows that rest on it, name it in a note as further reading, or take it out")
            .about(source.reference())
    };
    uncited.into_values().map(report).collect()
}

/// What the compilers of a case write beside its records.
fn notes(case: &Case) -> impl Iterator<Item = &str> {
    let claims = case.claims.iter().map(|row| &row.note);
    let origins = case.origins.iter().map(|row| &row.note);
    let sources = case.sources.iter().map(|row| &row.note);
    let actors = case.actors.iter().flat_map(|row| [&row.reason, &row.verify]);
    let links = case.links.iter().flat_map(|row| [&row.note, &row.verify]);
    let sites = case.sites.iter().map(|row| &row.note);
    let events = case.events.iter().flat_map(|row| [&row.note, &row.verify]);
    let duties = case.duties.iter().flat_map(|row| [&row.note, &row.verify]);
    let answers = case.answers.iter().flat_map(|row| [&row.note, &row.verify]);
    let indicators = case.indicators.iter().map(|row| &row.note);
    let signs = case.signs.iter().map(|row| &row.note);
    let rules = case.rules.iter().flat_map(|row| [&row.note, &row.verify]);
    let observations = case.observations.iter().map(|row| &row.note);
    let defects = case.defects.iter().map(|row| &row.note);
    let people = claims.chain(origins).chain(sources).chain(actors).chain(links).chain(sites).chain(events);
    let law = duties.chain(answers).chain(indicators).chain(signs).chain(rules).chain(observations).chain(defects);
    people.chain(law).map(String::as_str)
}

/// Origins that no claim goes back to.
pub(super) fn origins(input: &Input<'_>) -> Vec<Diagnostic> {
    (input.case.origins.iter())
        .filter(|origin| input.index.mentions(&origin.reference()).is_empty())
        .map(|origin| {
            Diagnostic::new(codes::P0408, origin.row.cell("id"), format!("nobody cites the origin `{}`", origin.id))
                .saying("no claim goes back to it")
                .help("give it as the origin of the claims that it first made, or take it out of origins.csv")
                .about(origin.reference())
        })
        .collect()
}

/// Sources with one address or one pinned copy.
pub(super) fn twins(input: &Input<'_>) -> Vec<Diagnostic> {
    let mut same: BTreeMap<(&str, String), Vec<&Source>> = BTreeMap::new();
    for source in &input.case.sources {
        if !source.url.is_empty() {
            same.entry(("url", address(&source.url))).or_default().push(source);
        }
        if !source.sha256.is_empty() {
            same.entry(("sha256", source.sha256.clone())).or_default().push(source);
        }
    }
    (same.iter()).filter_map(|((column, _), sources)| twin(column, sources)).collect()
}

fn twin(column: &str, sources: &[&Source]) -> Option<Diagnostic> {
    let (first, rest) = sources.split_first()?;
    let second = rest.first()?;
    let names: Vec<String> = sources.iter().map(|source| format!("`{}`", source.id)).collect();
    let message = format!("{} are one page", listed(&names));
    let mut diagnostic = Diagnostic::new(codes::P0409, second.row.cell(column), message)
        .saying("the same again")
        .also(first.row.cell(column), "first here")
        .note("two sources look like two witnesses; one page is one")
        .help("make one source of them and cite that");
    for source in rest.iter().skip(1).take(SHOWN) {
        diagnostic = diagnostic.also(source.row.cell(column), "and here");
    }
    diagnostic.rows.extend(sources.iter().map(|source| source.reference()));
    Some(diagnostic)
}

/// An address without what does not change the page: the scheme, `www.`, the case of the host, a fragment, a final slash.
fn address(url: &str) -> String {
    let plain = url.split('#').next().unwrap_or_default();
    let plain = plain.split_once("://").map_or(plain, |(_, rest)| rest);
    let (host, path) = plain.split_once('/').map_or((plain, ""), |(host, path)| (host, path));
    let host = host.to_lowercase();
    format!("{}/{}", host.strip_prefix("www.").unwrap_or(&host), path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn one_page_has_one_address() {
        for same in ["https://www.Example.org/a/", "http://example.org/a", "https://example.org/a#part"] {
            assert_eq!(address(same), "example.org/a");
        }
        for other in ["https://example.org/A", "https://example.org/a?page=2", "https://example.org"] {
            assert_ne!(address(other), "example.org/a");
        }
    }
}
