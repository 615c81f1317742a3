//! The results of a screening for people, spreadsheets and programs.

use std::io;

use plumb_page::screening::{Evidence, Leads, Match, NotScreened, Screening, Subject};

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
        lines.extend((subject.beyond > 0).then(|| format!("  {}", beyond(subject.beyond))));
        lines.extend(subject.leads.as_ref().map(|leads| format!("  {}", path(leads))));
    }
    lines.extend(screening.not_screened.iter().map(|one| match one.subject.as_str() {
        "" => format!("not screened: {}", one.why),
        subject => format!("not screened: {subject}: {}", one.why),
    }));
    lines.join("\n") + "\n"
}

/// That the limit leaves potential matches out.
fn beyond(count: usize) -> String {
    format!("and {count} more from the threshold on; a greater --limit shows them")
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
    let said = match leads.says.len() {
        1 => "1 thing".to_owned(),
        count => format!("{count} things"),
    };
    if leads.path.is_empty() {
        return format!("in the case as {}: no path to an official list; {said} said of it", leads.actor);
    }
    let steps: Vec<String> = leads.path.iter().map(|step| format!("{} [{}]", step.says, step.record)).collect();
    format!("leads on: {}; {said} said of it", steps.join(" → "))
}

/// What came of it, in a line.
pub(crate) fn summary(screening: &Screening) -> String {
    let (names, lists) = (screening.subjects.len(), screening.lists.len());
    let not = match screening.not_screened.len() {
        0 => String::new(),
        not => format!(", not screened: {not}"),
    };
    let more = match screening.beyond() {
        0 => String::new(),
        more => format!(" (and {more} beyond the limit)"),
    };
    format!("screened: {names}{not}, lists: {lists}, potential matches open: {}{more}", screening.open())
}

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

/// The results as CSV: one row a result, one for each subject without, and one for what could not be screened.
pub(crate) fn csv(screening: &Screening) -> io::Result<String> {
    let mut bytes = spreadsheet::BYTE_ORDER_MARK.to_vec();
    bytes.extend(spreadsheet::row(&COLUMNS)?);
    for subject in &screening.subjects {
        let results = results(subject);
        let caution = subject.caution.as_deref().unwrap_or_default();
        if results.is_empty() {
            bytes.extend(without([&subject.subject, &subject.name, "nothing found", caution])?);
        }
        for (word, one) in results {
            bytes.extend(spreadsheet::row(&cells(screening, subject, word, one))?);
        }
        if subject.beyond > 0 {
            bytes.extend(without([&subject.subject, &subject.name, &beyond(subject.beyond), caution])?);
        }
    }
    for NotScreened { subject, why } in &screening.not_screened {
        bytes.extend(without([subject, "", "not screened", why])?);
    }
    String::from_utf8(bytes).map_err(io::Error::other)
}

/// A row without an entry.
fn without([subject, name, result, caution]: [&str; 4]) -> io::Result<Vec<u8>> {
    let mut cells: Vec<String> = [subject, name, result].map(spreadsheet::safe).to_vec();
    cells.resize(COLUMNS.len() - 1, String::new());
    cells.push(spreadsheet::safe(caution));
    spreadsheet::row(&cells)
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

/// The subjects with their results, one a line, and what could not be screened behind them.
pub(crate) fn jsonl(screening: &Screening) -> serde_json::Result<String> {
    let screened = screening.subjects.iter().map(serde_json::to_string);
    let not_screened = screening.not_screened.iter().map(serde_json::to_string);
    let lines: serde_json::Result<Vec<String>> = screened.chain(not_screened).collect();
    Ok(lines?.into_iter().map(|line| line + "\n").collect())
}
