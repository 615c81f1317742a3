//! Links: their relation, and their ends, which may be actors, sites, places or groups that have no record.

use plumb_core::case::Relation;
use plumb_core::codes::{P0301, P0305};
use plumb_core::location::Location;
use plumb_core::reference::Kind;

use crate::context::{Complaint, Context};
use crate::row::Row;
use crate::schema::UNKNOWN_LINK;
use crate::settings;

/// The relation of a link, if `case.toml` has it.
pub(crate) fn relation(row: &mut Row, context: &mut Context<'_>) -> Option<String> {
    let word: String = row.take("relation")?;
    if !context.folder.files.contains_key(settings::FILE) {
        // Without settings no relation is known; the links themselves are still worth having.
        let relation = Relation::new(UNKNOWN_LINK, settings::verb_of(&word));
        context.case.settings.relations.entry(word.clone()).or_insert(relation);
    }
    let relations = &context.case.settings.relations;
    if relations.contains_key(&word) {
        return Some(word);
    }
    let nearest = context.known.nearest(&word, relations.keys().map(String::as_str));
    let complaint = Complaint::new(P0305, format!("case.toml has no relation `{word}`"))
        .help(format!("add [relations.{word}] with `schema` and `verb` to case.toml"));
    let diagnostic = complaint.at(row.cell("relation"), Some(&row.reference)).did_you_mean(nearest);
    context.report(diagnostic.note("the row was left out"));
    None
}

/// One end of a link as it is kept: the id of an actor, or `site:`, `place:`, `group:` and a name.
pub(crate) fn end(row: &mut Row, context: &mut Context<'_>, column: &str) -> Option<String> {
    let text: String = row.take(column)?;
    let location = row.cell(column);
    let about = Some(&row.reference);
    let Some((prefix, name)) = text.split_once(':') else {
        return context.refer(Kind::Actor, &text, location, about).then_some(text);
    };
    let name = name.trim();
    let known = match prefix.trim() {
        "actor" => return context.refer(Kind::Actor, name, location, about).then(|| name.to_owned()),
        "site" => context.refer(Kind::Site, name, location, about),
        "place" => context.place(name, location, about),
        "group" if !name.is_empty() => true,
        other => {
            context.report(unknown_end(other).at(location, about).note("the row was left out"));
            false
        }
    };
    known.then(|| format!("{}:{name}", prefix.trim()))
}

/// Whom evidence or a questionnaire is about, as it is kept: the end of a link, or words where it names none. `None` when it names
/// something that is not there, which has been reported.
pub(crate) fn subject(row: &Row, context: &mut Context<'_>, text: String, at: &Location) -> Option<String> {
    let about = Some(&row.reference);
    match text.split_once(':').map(|(prefix, name)| (prefix.trim(), name.trim())) {
        Some(("actor", id)) => context.refer(Kind::Actor, id, at.clone(), about).then(|| id.to_owned()),
        Some(("site", id)) => context.refer(Kind::Site, id, at.clone(), about).then(|| format!("site:{id}")),
        Some(("place", code)) => context.place(code, at.clone(), about).then(|| format!("place:{code}")),
        _ => Some(text),
    }
}

fn unknown_end(prefix: &str) -> Complaint {
    Complaint::new(P0301, format!("`{prefix}:` does not name an end of a link"))
        .help("write the id of an actor, or site:ID, place:CODE, group:NAME")
}
