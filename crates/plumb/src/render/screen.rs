//! The results of a screening for people, spreadsheets and programs.

use std::io;

use plumb_page::screening::{Evidence, Leads, Match, Screening, Subject};

use super::spreadsheet;

/// The results as text: a name, and under it what looks alike and why.
pub(crate) fn table(screening: &Screening) -> String {
    let mut lines = Vec::new();
    for subject in &screening.subjects {
        let results = results(subject);
        if results.is_empty() {
            lines.push(format!("{}: nothing found", subject.name));
            lines.extend(caution(subject));
            continue;
        }
        lines.push(heading(subject));
        lines.extend(caution(subject));
        for (word, one) in results {
            lines.push(format!("  {:.2}  {word}: {}  [{}, {}]", shown(one.score), one.name, one.list, one.entry));
            lines.push(format!("        {}", reasons(&one.evidence)));
            lines.extend(one.listings.iter().map(|listing| {
                let parts = [listing.authority.as_str(), &listing.program, &listing.date];
                let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                format!("        listed: {}", parts.join(", "))
            }));
            lines.extend(one.decision.as_ref().map(|decided| {
                let stale = if decided.stale { "; the entry has changed since" } else { "" };
                format!(
                    "        decided {} by {} on {}: {}{stale}",
                    decided.verdict, decided.who, decided.date, decided.reason
                )
            }));
            lines.extend(one.leads.as_ref().map(|leads| format!("        {}", path(leads))));
        }
        lines.extend(subject.leads.as_ref().map(|leads| format!("  {}", path(leads))));
    }
    lines.join("\n") + "\n"
}

fn caution(subject: &Subject) -> Option<String> {
    subject.caution.as_ref().map(|caution| format!("  caution: {caution}"))
}

fn heading(subject: &Subject) -> String {
    if subject.subject == subject.name {
        subject.name.clone()
    } else {
        format!("{}  [{}]", subject.name, subject.subject)
    }
}

/// All results of a subject with the word for each.
fn results(subject: &Subject) -> Vec<(&'static str, &Match)> {
    let groups = [
        ("potential match", &subject.matches),
        ("decided to be different", &subject.settled),
        ("near miss", &subject.near),
    ];
    groups.into_iter().flat_map(|(word, matches)| matches.iter().map(move |one| (word, one))).collect()
}

/// Two digits, never rounded up over the threshold that a score stays below.
fn shown(score: f64) -> f64 {
    (score * 100.0).floor() / 100.0
}

/// Each feature with its level and what it adds, in a line.
fn reasons(evidence: &[Evidence]) -> String {
    let one = |one: &Evidence| {
        let why = one.why_not.as_ref().map_or(String::new(), |why| format!(" ({why})"));
        format!("{} {} {:+.1} bits{why}", one.feature, one.level.replace('_', " "), one.bits)
    };
    evidence.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// The path to an official list in a line, each step with its record.
fn path(leads: &Leads) -> String {
    if leads.path.is_empty() {
        return format!(
            "in the case as {}: no path to an official list; {} things said of it",
            leads.actor,
            leads.says.len()
        );
    }
    let steps: Vec<String> = leads.path.iter().map(|step| format!("{} [{}]", step.says, step.record)).collect();
    format!("leads on: {}; {} things said of it", steps.join(" → "), leads.says.len())
}

/// What came of it, in a line.
pub(crate) fn summary(screening: &Screening) -> String {
    let (names, lists) = (screening.subjects.len(), screening.lists.len());
    format!("screened: {names}, lists: {lists}, potential matches open: {}", screening.open())
}

/// The results as CSV: one row a result, and one for each subject without.
pub(crate) fn csv(screening: &Screening) -> io::Result<String> {
    const COLUMNS: [&str; 16] = [
        "subject",
        "name",
        "result",
        "score",
        "probability",
        "entry",
        "entry_name",
        "entry_schema",
        "list",
        "list_version",
        "evidence",
        "listed",
        "decision",
        "decision_reason",
        "leads",
        "caution",
    ];
    let mut bytes = spreadsheet::BYTE_ORDER_MARK.to_vec();
    bytes.extend(spreadsheet::row(&COLUMNS)?);
    for subject in &screening.subjects {
        let results = results(subject);
        if results.is_empty() {
            let mut cells =
                vec![spreadsheet::safe(&subject.subject), spreadsheet::safe(&subject.name), "nothing found".to_owned()];
            cells.resize(COLUMNS.len() - 1, String::new());
            cells.push(spreadsheet::safe(subject.caution.as_deref().unwrap_or_default()));
            bytes.extend(spreadsheet::row(&cells)?);
        }
        for (word, one) in results {
            bytes.extend(spreadsheet::row(&cells(screening, subject, word, one))?);
        }
    }
    String::from_utf8(bytes).map_err(io::Error::other)
}

fn cells(screening: &Screening, subject: &Subject, word: &str, one: &Match) -> Vec<String> {
    let version = screening.lists.iter().find(|list| list.name == one.list).map_or("", |list| list.hash.as_str());
    let listed: Vec<&str> = one.listings.iter().map(|listing| listing.program.as_str()).collect();
    let decision = one.decision.as_ref();
    let leads = one.leads.as_ref().or(subject.leads.as_ref()).map(path).unwrap_or_default();
    let words = [subject.subject.as_str(), &subject.name, word].map(spreadsheet::safe);
    let numbers = [one.score, one.probability].map(|number| number.to_string());
    let (verdict, reason) = decision.map_or(("", ""), |decided| (&decided.verdict, &decided.reason));
    let evidence = reasons(&one.evidence);
    let rest = [
        &one.entry,
        &one.name,
        &one.schema,
        &one.list,
        version,
        &evidence,
        &listed.join("; "),
        verdict,
        reason,
        &leads,
        subject.caution.as_deref().unwrap_or_default(),
    ];
    words.into_iter().chain(numbers).chain(rest.map(spreadsheet::safe)).collect()
}

/// The subjects with their results, one a line.
pub(crate) fn jsonl(screening: &Screening) -> serde_json::Result<String> {
    let lines: serde_json::Result<Vec<String>> = screening.subjects.iter().map(serde_json::to_string).collect();
    Ok(lines?.into_iter().map(|line| line + "\n").collect())
}
