//! P0407: two origins that look like one voice, and would count twice.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use plumb_core::case::Case;
use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::quantity::Qualifier;
use plumb_core::reference::{Kind, Reference};
use rust_decimal::Decimal;

use super::figure::{Figure, Topic};
use super::{Input, SHOWN, listed};

/// What a figure says, so that two can be found to say the same.
pub(super) type Content<'a> = (Topic<'a>, Qualifier, [Option<Decimal>; 3]);

/// Why two figures look like one voice: the same speaker, or the same page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sign<'a> {
    Speaker(String),
    Page(&'a str),
}

/// Finds the same figure under several origins, by one speaker or on one page.
pub(super) fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    let mut same: BTreeMap<(Content<'_>, Sign<'_>), Vec<&Figure<'_>>> = BTreeMap::new();
    for figure in input.figures.iter().filter(|figure| !figure.origin.is_empty()) {
        let speaker = speaker(figure.said_by).map(Sign::Speaker);
        for sign in speaker.into_iter().chain([Sign::Page(figure.source)]) {
            same.entry((content(figure), sign)).or_default().push(figure);
        }
    }
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for ((_, sign), figures) in same {
        for voices in overlapping(figures) {
            let origins: BTreeSet<&str> = voices.iter().map(|figure| figure.origin).collect();
            let ids: BTreeSet<Reference> = voices.iter().map(|figure| figure.reference.clone()).collect();
            if origins.len() > 1 && told.insert(ids) {
                found.extend(report(input.case, &sign, &voices, &origins));
            }
        }
    }
    found
}

/// What a figure says.
pub(super) fn content<'a>(figure: &Figure<'a>) -> Content<'a> {
    let (low, best, high) = figure.quantity.numbers();
    (figure.topic, figure.quantity.qualifier(), [low, best, high].map(|number| number.map(|number| number.normalize())))
}

/// The speaker as far as one can be recognised: the words up to the first bracket, comma or semicolon, in small letters.
/// Nobody can be recognised behind "unnamed" or "unattributed".
fn speaker(said_by: &str) -> Option<String> {
    const NOBODY: [&str; 8] =
        ["unnamed", "unattributed", "anonymous", "unknown", "unofficial", "unidentified", "various", "several"];
    let name = said_by.split(['(', '[', ',', ';']).next().unwrap_or_default().to_lowercase();
    let words: Vec<&str> = name.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let known = words.first().is_some_and(|first| !NOBODY.contains(first));
    known.then(|| words.join(" "))
}

/// Figures that hang together through times that overlap.
fn overlapping<'f, 'a>(figures: Vec<&'f Figure<'a>>) -> Vec<Vec<&'f Figure<'a>>> {
    let mut dated: Vec<((Date, Date), &Figure<'_>)> =
        figures.into_iter().filter_map(|figure| Some((figure.days()?, figure))).collect();
    dated.sort_by_key(|(days, _)| *days);
    let mut groups: Vec<(Date, Vec<&Figure<'_>>)> = Vec::new();
    for ((first, last), figure) in dated {
        match groups.last_mut().filter(|(end, _)| *end >= first) {
            Some((end, group)) => {
                *end = last.max(*end);
                group.push(figure);
            }
            None => groups.push((last, vec![figure])),
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn report(case: &Case, sign: &Sign<'_>, voices: &[&Figure<'_>], origins: &BTreeSet<&str>) -> Option<Diagnostic> {
    // one figure an origin tells enough
    let mut seen = BTreeSet::new();
    let shown: Vec<&&Figure<'_>> = voices.iter().filter(|figure| seen.insert(figure.origin)).collect();
    let (first, rest) = shown.split_first()?;
    let second = rest.first()?;
    let names: Vec<String> = origins.iter().map(|origin| format!("`{origin}`")).collect();
    let message = format!("{} look like one origin: {}", listed(&names), second.named());
    let reason = match sign {
        Sign::Speaker(_) => "the same figure by the same speaker, about the same time",
        Sign::Page(_) => "the same figure on the same page, about the same time",
    };
    let mut diagnostic = Diagnostic::new(codes::P0407, second.row.cell("origin"), message)
        .saying(second.label(case))
        .also(first.row.cell("origin"), first.label(case))
        .note(reason)
        .note("every origin counts as a voice of its own; a report told twice is still one");
    for figure in rest.iter().skip(1).take(SHOWN) {
        diagnostic = diagnostic.also(figure.row.cell("origin"), figure.label(case));
    }
    diagnostic.rows.extend(voices.iter().map(|figure| figure.reference.clone()));
    diagnostic.rows.extend(origins.iter().map(|origin| Reference::new(Kind::Origin, *origin)));
    Some(diagnostic.help("give the claims one origin; or accept this with the reason why the voices are independent"))
}

#[cfg(test)]
mod tests {
    use super::speaker;

    #[test]
    fn a_speaker_is_recognised_under_several_descriptions() {
        let darusman = Some("marzuki darusman".to_owned());
        for words in ["Marzuki Darusman (UN)", "Marzuki Darusman, UN Special Rapporteur", "MARZUKI  DARUSMAN"] {
            assert_eq!(speaker(words), darusman);
        }
        for words in ["", "unnamed source", "Unattributed (CNN)", "(CNN)"] {
            assert_eq!(speaker(words), None, "{words}");
        }
    }
}
