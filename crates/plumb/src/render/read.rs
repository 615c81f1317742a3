//! What was read out of documents, for people and for programs.

use std::path::Path;

use plumb_propose::{Change, Draft, Kind, Log, Proposal, Readout, Record, State, Verdict};
use serde_json::{Value, json};

use crate::reading::{Outcome, Told};

/// The proposals as text, under the documents that they stand in.
pub(crate) fn text(outcomes: &[Outcome], log: &Log) -> String {
    let told = outcomes.iter().filter_map(|outcome| outcome.told.as_ref().ok()).flatten();
    told.filter_map(|told| match told {
        Told::Read(readout) => {
            let proposals: String = readout.proposals.iter().map(|one| card(one, log.state(&one.id))).collect();
            Some(format!("{}\n{proposals}", heading(&readout.record, "")))
        }
        Told::Unchanged(record) => Some(format!("{}\n", heading(record, ", unchanged"))),
        Told::Changed(..) | Told::Part(..) | Told::Failed(_) => None,
    })
    .collect()
}

fn heading(record: &Record, more: &str) -> String {
    let pages = if record.pages > 0 { format!(", {}", counted(record.pages, "page")) } else { String::new() };
    let proposals = counted(record.proposals, "proposal");
    format!("{}  [{}{pages}] {proposals}{more}", record.path, record.kind)
}

/// A proposal as a card of a few lines.
pub(crate) fn card(proposal: &Proposal, state: State<'_>) -> String {
    let decided = match state {
        State::Open => String::new(),
        State::Accepted(entry) => format!("  accepted as {}", entry.became.as_deref().unwrap_or("a row")),
        State::Rejected(_) => "  rejected".to_owned(),
    };
    let others = match proposal.other_measures.as_slice() {
        [] => String::new(),
        others => format!("; perhaps {}", others.join(", ")),
    };
    format!(
        "  {}  {:.2}  {}{decided}\n      {}: “{}”\n      {}{others}\n",
        proposal.id,
        proposal.confidence,
        drafted(proposal.kind, &proposal.draft),
        proposal.locator,
        proposal.context,
        proposal.reasons.join("; "),
    )
}

/// What is proposed, in a line: figure, measure, place, time, speaker of a claim; date, place, sort and words of an event.
/// What is not known is said.
pub(crate) fn drafted(kind: Kind, draft: &Draft) -> String {
    let known = |field: &str| match draft.get(field) {
        "" => format!("{field} not known"),
        value => value.to_owned(),
    };
    let mut parts = match kind {
        Kind::Claim => {
            let figure = draft.figure().unwrap_or_else(|| "figure not known".to_owned());
            vec![figure, known("measure"), known("place"), known("period")]
        }
        Kind::Event => vec![format!("event {}", known("date")), known("place"), known("kind"), known("summary")],
    };
    if !draft.get("said_by").is_empty() {
        parts.push(format!("says {}", draft.get("said_by")));
    }
    if !draft.get("note").is_empty() {
        parts.push(draft.get("note").to_owned());
    }
    parts.join(" · ")
}

/// What a decision did, in a line.
pub(crate) fn decided(change: &Change) -> String {
    let entry = &change.entry;
    let claim = entry.became.as_deref().unwrap_or("nothing");
    let files: Vec<&str> = change.files.iter().map(|(name, _)| name.as_str()).collect();
    match (entry.verdict, files.is_empty()) {
        (Verdict::Accepted, true) => format!("{} is in the case already, as {claim}", entry.proposal),
        (Verdict::Accepted, false) => format!("{} accepted as {claim}: {}", entry.proposal, files.join(", ")),
        (Verdict::Rejected, _) => format!("{} rejected", entry.proposal),
        (Verdict::Undone, true) => format!("{} undone", entry.proposal),
        (Verdict::Undone, false) => format!("{} undone, {claim} taken away: {}", entry.proposal, files.join(", ")),
    }
}

/// Everything as one JSON document.
pub(crate) fn json(outcomes: &[Outcome], log: &Log) -> Value {
    let documents: Vec<Value> = outcomes.iter().flat_map(|outcome| documents(outcome, log)).collect();
    json!({ "documents": documents })
}

fn documents(outcome: &Outcome, log: &Log) -> Vec<Value> {
    let fault = |path: &str, error: &str, hint: &str| json!({ "path": path, "error": error, "hint": hint });
    match &outcome.told {
        Err(unread) => vec![fault(&outcome.shown, &unread.to_string(), unread.hint())],
        Ok(told) => (told.iter())
            .map(|told| match told {
                Told::Read(readout) => document(readout, log),
                Told::Unchanged(record) => json!({ "state": "unchanged", "document": record }),
                Told::Changed(old, lost) => {
                    let lost = lost.iter().map(|(id, words, lost)| json!({ "id": id, "words": words, "why": lost }));
                    let lost: Vec<Value> = lost.collect();
                    json!({ "path": old.record.path, "replaced": old.record.sha256, "lost": lost })
                }
                Told::Part(path, cause) => fault(path, &cause.to_string(), cause.hint()),
                Told::Failed(error) => fault(&outcome.shown, &error.to_string(), ""),
            })
            .collect(),
    }
}

fn document(readout: &Readout, log: &Log) -> Value {
    let proposals = readout.proposals.iter().map(|proposal| match log.state(&proposal.id) {
        State::Open => json!({ "proposal": proposal }),
        State::Accepted(entry) | State::Rejected(entry) => json!({ "proposal": proposal, "decision": entry }),
    });
    let proposals: Vec<Value> = proposals.collect();
    json!({ "state": "read", "document": readout.record, "proposals": proposals })
}

/// What a person must know: documents that could not be read, that changed, or that must not be trusted as they are.
pub(crate) fn warnings(outcomes: &[Outcome]) -> Vec<String> {
    let mut lines = Vec::new();
    for outcome in outcomes {
        match &outcome.told {
            Err(unread) => lines.push(fault(&outcome.shown, &unread.to_string(), unread.hint())),
            Ok(told) => lines.extend(told.iter().flat_map(|told| match told {
                Told::Read(readout) => notes(readout),
                Told::Changed(old, lost) => vec![changed(old, lost)],
                Told::Part(path, cause) => vec![fault(path, &cause.to_string(), cause.hint())],
                Told::Failed(error) => vec![format!("error: {}: {error}", outcome.shown)],
                Told::Unchanged(_) => Vec::new(),
            })),
        }
    }
    lines
}

fn fault(path: &str, error: &str, hint: &str) -> String {
    format!("error: {path}: {error}\n  help: {hint}")
}

fn notes(readout: &Readout) -> Vec<String> {
    let note =
        |note: &plumb_document::Note| format!("warning: {}: {note}\n  help: {}", readout.record.path, note.hint());
    readout.record.notes.iter().map(note).collect()
}

/// A document that is not what it was: nothing is anchored anew in silence.
fn changed(old: &Readout, lost: &[(String, String, plumb_document::Lost)]) -> String {
    let all = old.proposals.len();
    let stay = all.saturating_sub(lost.len());
    let lost: String = lost.iter().map(|(id, words, lost)| format!("\n  {id} “{words}”: {lost}")).collect();
    format!(
        "warning: {} has changed since it was read; of {} in the version before, {stay} stand where they stood{lost}\n  \
         help: decide about those of the new version; decisions about the old one stay, with the words they were made on",
        old.record.path,
        counted(all, "proposal"),
    )
}

/// How many documents came out how.
#[derive(Default)]
pub(crate) struct Summary {
    read: usize,
    unchanged: usize,
    proposals: usize,
    /// Files that could not be read or kept, attachments included.
    pub(crate) failed: usize,
}

impl Summary {
    pub(crate) fn of(outcomes: &[Outcome]) -> Self {
        let mut summary = Self::default();
        for outcome in outcomes {
            let Ok(told) = &outcome.told else {
                summary.failed += 1;
                continue;
            };
            for told in told {
                match told {
                    Told::Read(readout) => (summary.read += 1, summary.proposals += readout.proposals.len()),
                    Told::Unchanged(_) => (summary.unchanged += 1, ()),
                    Told::Part(..) | Told::Failed(_) => (summary.failed += 1, ()),
                    Told::Changed(..) => ((), ()),
                };
            }
        }
        summary
    }

    /// In a line, with what to do next.
    pub(crate) fn line(&self, case: &Path) -> String {
        let mut parts = vec![format!("{} read", counted(self.read, "document")), counted(self.proposals, "proposal")];
        if self.unchanged > 0 {
            parts.push(format!("{} unchanged", self.unchanged));
        }
        if self.failed > 0 {
            parts.push(format!("{} not read", self.failed));
        }
        format!("{}; decide with `plumb read --decide --case {}`", parts.join(", "), case.display())
    }
}

/// A number with its noun.
fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
