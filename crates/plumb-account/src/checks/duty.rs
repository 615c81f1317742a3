//! P0601, P0602, P0604, P0605, P0612 to P0614: answers after the deadline, silence past it, deadlines that cannot be, answers
//! that other evidence contradicts.

use std::collections::BTreeMap;

use plumb_core::case::{Answer, Case, Duty};
use plumb_core::codes;
use plumb_core::date::PartialDate;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::reference::{Kind, Reference};
use plumb_duty::{Position, Standing, against, follows};

use super::Input;
use crate::index::name_of;

/// Bearers whose deciding answer came after the deadline.
pub(super) fn late(input: &Input<'_>) -> Vec<Diagnostic> {
    let is_late = |position: &&Position| [Some(position.standing), position.timing].contains(&Some(Standing::Late));
    input.positions.iter().filter(is_late).filter_map(|position| report_late(input.case, position)).collect()
}

fn report_late(case: &Case, position: &Position) -> Option<Diagnostic> {
    let duty = case.duties.get(&position.duty)?;
    let deadline = duty.deadline?;
    let answer = case.answers.get(position.decided_by.as_deref()?)?;
    let who = name_of(case, &Reference::new(Kind::Place, answer.state.as_str()));
    let when = answer.date.map_or_else(String::new, |date| format!(" on {date}"));
    let message = format!("{who} answered `{}`{when}, after the deadline of {deadline}", duty.id);
    let column = if answer.date.is_some() { "date" } else { "kind" };
    Some(
        Diagnostic::new(codes::P0601, answer.row.cell(column), message)
            .saying("the answer")
            .also(duty.row.cell("deadline"), title(case, duty))
            .help("a finding, not a fault of the case; check the date if it surprises")
            .about(answer.reference())
            .about(duty.reference())
            .about(Reference::new(Kind::Place, position.bearer.as_str())),
    )
}

/// Answers that other evidence of the same time contradicts, once each.
pub(super) fn contradicted(input: &Input<'_>) -> Vec<Diagnostic> {
    let found = |answer: &Answer| {
        let against = against(input.case, answer, Some(input.as_of))?;
        let who = name_of(input.case, &Reference::new(Kind::Place, answer.state.as_str()));
        let message = format!("other evidence contradicts the answer `{}` of {who}", answer.id);
        let told = Diagnostic::new(codes::P0614, answer.row.cell("against"), message).saying(against.words);
        let told = told.also(answer.row.cell("after"), "what the answer says");
        let help = "a finding, not a fault of the case; the claims may count something else than the answer does";
        let told = told.help(help).about(answer.reference());
        Some(against.claims.iter().fold(told, |told, claim| told.about(Reference::new(Kind::Claim, claim.as_str()))))
    };
    input.case.answers.iter().filter_map(found).collect()
}

/// Answers with claims named against them that do not speak against them.
pub(super) fn idle_evidence(input: &Input<'_>) -> Vec<Diagnostic> {
    let idle = |answer: &&Answer| !answer.against.is_empty() && against(input.case, answer, None).is_none();
    let told = |answer: &Answer| {
        let message = format!("nothing named in `against` of `{}` speaks against it", answer.id);
        Diagnostic::new(codes::P0612, answer.row.cell("against"), message)
            .saying("sound claims of the same time that say more are needed")
            .also(answer.row.cell("after"), "the number that remained")
            .help("name claims whose time overlaps the day that the answer speaks of, or take them out")
            .about(answer.reference())
    };
    input.case.answers.iter().filter(idle).map(told).collect()
}

/// Duties whose replacement does not follow them.
pub(super) fn replaced(input: &Input<'_>) -> Vec<Diagnostic> {
    let wrong = |duty: &Duty| {
        let by = input.case.duties.get(&duty.replaced_by).filter(|by| !follows(by, duty))?;
        let message = format!("`{}` is replaced by `{}`, which does not follow it", duty.id, by.id);
        Some(
            Diagnostic::new(codes::P0613, duty.row.cell("replaced_by"), message)
                .also(by.row.cell("trigger"), "begins here")
                .help("name a later duty with a day in `trigger`")
                .about(duty.reference())
                .about(by.reference()),
        )
    };
    input.case.duties.iter().filter_map(wrong).collect()
}

/// Bearers from whom no answer is known although the deadline has passed.
pub(super) fn silent(input: &Input<'_>) -> Vec<Diagnostic> {
    let silent = input.positions.iter().filter(|position| position.standing == Standing::Silent);
    silent.filter_map(|position| report_silent(input, position)).collect()
}

fn report_silent(input: &Input<'_>, position: &Position) -> Option<Diagnostic> {
    let duty = input.case.duties.get(&position.duty)?;
    let deadline = duty.deadline?;
    let bearer = Reference::new(Kind::Place, position.bearer.as_str());
    let who = name_of(input.case, &bearer);
    let message = format!("no answer of {who} to `{}` is known; its deadline was {deadline}", duty.id);
    Some(
        Diagnostic::new(codes::P0602, duty.row.cell("bearers"), message)
            .saying(format!("{} ({who}) is bound by it", position.bearer))
            .also(duty.row.cell("deadline"), title(input.case, duty))
            .note(format!("as of {}; that the case knows none does not mean that none was given", input.as_of))
            .help("look for the answer and enter it; `silence` in answers.csv records that it was looked for and not found")
            .about(duty.reference())
            .about(bearer),
    )
}

/// Duties whose last day comes before the day that starts them.
pub(super) fn reversed(input: &Input<'_>) -> Vec<Diagnostic> {
    let reversed = |duty: &Duty, column: &str, last: Option<PartialDate>| {
        let (last, trigger) = (last?, duty.trigger?);
        (last.latest() < trigger.earliest()).then(|| {
            let message = format!("`{}` ends before it begins: {last} is before {trigger}", duty.id);
            Diagnostic::new(codes::P0604, duty.row.cell(column), message)
                .saying(if column == "deadline" { "the last day for doing it" } else { "the end of the duty" })
                .also(duty.row.cell("trigger"), "the day that starts it")
                .help("correct one of the two dates; look for the year and for day and month swapped")
                .about(duty.reference())
        })
    };
    let of_duty = |duty: &Duty| reversed(duty, "deadline", duty.deadline).or_else(|| reversed(duty, "ends", duty.ends));
    input.case.duties.iter().filter_map(of_duty).collect()
}

/// One paragraph that stands in the table with two deadlines that cannot be the same day.
pub(super) fn disagreeing(input: &Input<'_>) -> Vec<Diagnostic> {
    let mut paragraphs: BTreeMap<(String, String), Vec<(&Duty, PartialDate)>> = BTreeMap::new();
    for duty in &input.case.duties {
        let key = (plain(&duty.instrument), plain(&duty.paragraph));
        if let Some(deadline) = duty.deadline.filter(|_| !key.1.is_empty()) {
            paragraphs.entry(key).or_default().push((duty, deadline));
        }
    }
    paragraphs.values().filter_map(|duties| disagreement(input.case, duties)).collect()
}

/// The first deadline of a paragraph and the first that cannot be the same.
fn disagreement(case: &Case, duties: &[(&Duty, PartialDate)]) -> Option<Diagnostic> {
    let ((first, deadline), rest) = duties.split_first()?;
    let apart = |other: &PartialDate| other.latest() < deadline.earliest() || other.earliest() > deadline.latest();
    let (second, other) = rest.iter().find(|(_, other)| apart(other))?;
    let message = format!("one duty with two deadlines: {deadline} (`{}`) and {other} (`{}`)", first.id, second.id);
    Some(
        Diagnostic::new(codes::P0605, second.row.cell("deadline"), message)
            .saying(title(case, second))
            .also(first.row.cell("deadline"), title(case, first))
            .note("both rows name the same paragraph of the same instrument; a deadline is easily copied a day off")
            .help("take the date from the instrument; if the paragraph sets several duties, say in `paragraph` which is which")
            .about(first.reference())
            .about(second.reference()),
    )
}

/// Words for comparison: small letters, single blanks.
fn plain(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn title(case: &Case, duty: &Duty) -> String {
    name_of(case, &duty.reference())
}
