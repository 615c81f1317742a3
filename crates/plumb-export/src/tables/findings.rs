//! What the account concludes: ranges, contradictions, diagnostics, prose; and the account itself.

use plumb_account::prose::{Piece, Prose};
use plumb_account::range::Range;
use plumb_account::{Account, Key};
use plumb_core::diagnostic::Diagnostic;
use plumb_core::figure::End;

use super::builder::{Builder, list};
use super::{SCHEMA_VERSION, Table};

/// The account itself: a table of one row a fact.
pub(super) fn meta(account: &Account) -> Table {
    let settings = &account.case.settings;
    let facts = [
        ("format", "plumb-account".to_owned()),
        ("format_version", SCHEMA_VERSION.to_string()),
        ("case", settings.id.clone()),
        ("title", settings.title.clone()),
        ("question", settings.question.clone()),
        ("limits", settings.limits.trim().to_owned()),
        ("language", settings.language.clone()),
        ("licence", settings.licence.clone()),
        ("as_of", account.as_of.to_string()),
        ("account", account.hash.clone()),
        ("made_by", format!("plumb {}", account.version)),
    ];
    Builder::new("meta", "The account itself: its case, day, hash and the version of this format.", facts)
        .key("name", "Name of the fact.", |(name, _)| (*name).to_owned())
        .text("value", "What it says.", |(_, value)| value.clone())
        .done()
}

pub(super) fn tables(account: &Account) -> Vec<Table> {
    let ranges = ranges_of(account);
    vec![
        ranges_table(&ranges),
        range_claims(&ranges),
        range_left_out(&ranges),
        contradictions(account),
        contradiction_claims(account),
        contradiction_pairs(account),
        prose(account),
        prose_figures(account),
        diagnostics(account),
        diagnostic_records(account),
    ]
}

/// A range with the question that it answers on the front page; empty when only the prose speaks of it.
struct Asked {
    key: String,
    question: String,
    range: Range,
}

/// The ranges of the front page, then those that the prose cites, each once.
fn ranges_of(account: &Account) -> Vec<Asked> {
    let mut asked: Vec<Asked> = (account.headlines.iter())
        .map(|headline| Asked {
            key: headline.key().to_string(),
            question: headline.question.clone(),
            range: headline.range.clone(),
        })
        .collect();
    for piece in account.prose.iter().flat_map(|section| &section.pieces) {
        let Piece::Live { key: Key::Range(key) | Key::Origins(key), .. } = piece else { continue };
        let name = Key::Range(key.clone()).to_string();
        if asked.iter().any(|known| known.key == name) {
            continue;
        }
        if let Some(range) = Range::of(&account.case, key.clone()) {
            asked.push(Asked { key: name, question: String::new(), range });
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    asked.retain(|one| seen.insert(one.key.clone()));
    asked
}

fn ranges_table(ranges: &[Asked]) -> Table {
    Builder::new(
        "ranges",
        "What rival claims say together, from the lowest stated end to the highest. No estimate.",
        ranges,
    )
    .key("key", "Key of the finding, for `plumb why`.", |row| row.key.clone())
    .text("question", "The question of the front page that it answers, if it stands there.", |row| &row.question)
    .to("measure", "measures", "The measure.", |row| &row.range.key.measure)
    .to("place", "places", "The place.", |row| &row.range.key.place)
    .period("The time (EDTF).", |row| Some(row.range.key.period))
    .text("population", "A narrower population than that of the measure.", |row| &row.range.key.population)
    .number("low", "The lowest stated number.", |row| row.range.low.map(|end| end.value))
    .text("low_open", "Whether what is claimed goes on below it (\"up to\"): yes or no.", |row| open(row.range.low))
    .number("high", "The highest stated number.", |row| row.range.high.map(|end| end.value))
    .text("high_open", "Whether what is claimed goes on above it (\"at least\"): yes or no.", |row| {
        open(row.range.high)
    })
    .text("unit", "Unit of the numbers.", |row| row.range.unit.as_str())
    .text("figure", "The range as it is written for readers.", |row| row.range.words(true))
    .integer("origins", "How many origins stand behind it.", |row| Some(row.range.origins.len()))
    .done()
}

fn open(end: Option<End>) -> &'static str {
    end.map_or("", |end| if end.open { "yes" } else { "no" })
}

fn range_claims(ranges: &[Asked]) -> Table {
    list(
        "range_claims",
        "The claims that a range spans.",
        ranges.iter().map(|row| (row.key.clone(), row.range.claims.clone())),
    )
    .of("range", "ranges", "claims")
    .to("claim", "claims", "The claim.", |(.., claim)| claim.clone())
    .done()
}

fn range_left_out(ranges: &[Asked]) -> Table {
    let rows = ranges.iter().map(|row| (row.key.clone(), row.range.left_out.clone()));
    list("range_left_out", "Claims that a range leaves out.", rows)
        .of("range", "ranges", "left_out")
        .to("claim", "claims", "The claim.", |(.., (claim, _))| claim.clone())
        .text("reason", "Why it is left out.", |(.., (_, reason))| *reason)
        .done()
}

fn contradiction_key(key: &plumb_account::key::RangeKey) -> String {
    Key::Contradiction(key.clone()).to_string()
}

fn contradictions(account: &Account) -> Table {
    Builder::new("contradictions", "Claims that cannot all be true.", &account.contradictions)
        .key("key", "Key of the finding, for `plumb why`.", |row| contradiction_key(&row.key))
        .to("measure", "measures", "The measure.", |row| &row.key.measure)
        .to("place", "places", "The place.", |row| &row.key.place)
        .period("The time that the claims span (EDTF).", |row| Some(row.key.period))
        .text("population", "A narrower population than that of the measure.", |row| &row.key.population)
        .number("factor", "How many times the highest stands above the lowest; empty when the lowest is zero.", |row| {
            row.factor
        })
        .integer("origins", "How many origins stand behind the claims.", |row| Some(row.origins))
        .done()
}

fn contradiction_claims(account: &Account) -> Table {
    let rows = account.contradictions.iter().map(|row| (contradiction_key(&row.key), row.claims.clone()));
    list("contradiction_claims", "The claims of a contradiction, the lowest first.", rows)
        .of("contradiction", "contradictions", "claims")
        .to("claim", "claims", "The claim.", |(.., claim)| claim.clone())
        .done()
}

fn contradiction_pairs(account: &Account) -> Table {
    let rows = account.contradictions.iter().map(|row| (contradiction_key(&row.key), row.pairs.clone()));
    list("contradiction_pairs", "Claims of a contradiction that exclude each other, two by two.", rows)
        .of("contradiction", "contradictions", "pairs")
        .to("one", "claims", "One claim.", |(.., (one, _))| one.clone())
        .to("other", "claims", "The claim that it excludes.", |(.., (_, other))| other.clone())
        .done()
}

/// A section as plain Markdown, its live references as the words that they stand for.
pub(crate) fn markdown(section: &Prose) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Markdown(text) | Piece::Live { text, .. } | Piece::Broken(text) => text.clone(),
    };
    section.pieces.iter().map(piece).collect::<String>().trim().to_owned()
}

fn prose(account: &Account) -> Table {
    Builder::new("prose", "The account in words, section by section.", &account.prose)
        .key("anchor", "Anchor of the section.", |row| row.anchor.clone())
        .text("heading", "Its heading.", |row| &row.heading)
        .text("markdown", "Its text as Markdown, every figure filled in.", |row| markdown(row))
        .done()
}

fn prose_figures(account: &Account) -> Table {
    let live = |section: &Prose| -> Vec<(String, String)> {
        let pieces = section.pieces.iter();
        let live = pieces.filter_map(|piece| match piece {
            Piece::Live { text, key } => Some((text.clone(), key.to_string())),
            Piece::Markdown(_) | Piece::Broken(_) => None,
        });
        live.collect()
    };
    let rows = account.prose.iter().map(|section| (section.anchor.clone(), live(section)));
    list("prose_figures", "The live figures and names of the prose, each with the key of its derivation.", rows)
        .of("section", "prose", "figures")
        .text("text", "What the prose says.", |(.., (text, _))| text.clone())
        .text("key", "Key of the finding or record, for `plumb why`.", |(.., (_, key))| key.clone())
        .done()
}

/// Diagnostics have no name of their own; their number in the order of files and lines serves.
fn numbered(account: &Account) -> impl Iterator<Item = (String, &Diagnostic)> {
    account.diagnostics.iter().enumerate().map(|(index, diagnostic)| (format!("d{:04}", index + 1), diagnostic))
}

fn diagnostics(account: &Account) -> Table {
    let place = |row: &Diagnostic| row.location().cloned();
    Builder::new("diagnostics", "What the checks found, in the order of files and lines.", numbered(account))
        .key("id", "Number of the diagnostic in this account.", |(id, _)| id.clone())
        .text("code", "Its code; `plumb explain CODE` says more.", |(_, row)| row.code.id())
        .text("severity", "error, warning or note.", |(_, row)| row.severity.as_str())
        .text("message", "What was found.", |(_, row)| row.message.clone())
        .text("file", "File of the case.", |(_, row)| {
            place(row).map(|place| place.file.to_string()).unwrap_or_default()
        })
        .integer("line", "Line, from 1; 0 means the whole file.", |(_, row)| {
            place(row).and_then(|place| usize::try_from(place.line).ok())
        })
        .integer("column", "First character on the line, from 1.", |(_, row)| {
            place(row).and_then(|place| usize::try_from(place.column).ok())
        })
        .text("notes", "How it was found or why it matters, a line each.", |(_, row)| row.notes.join("\n"))
        .text("help", "What to do.", |(_, row)| row.help.clone())
        .text("accepted", "The reason that the case gives for letting it stand.", |(_, row)| {
            row.accepted.clone().unwrap_or_default()
        })
        .done()
}

fn diagnostic_records(account: &Account) -> Table {
    let rows = numbered(account).map(|(id, row)| (id, row.rows.clone()));
    list("diagnostic_records", "The records that a diagnostic is about.", rows)
        .of("diagnostic", "diagnostics", "records")
        .text("kind", "Table of the record, in the singular.", |(.., record)| record.kind.as_str())
        .text("record", "Key of the record.", |(.., record)| record.id.clone())
        .done()
}
