//! Who is bound to what, and what one would see: duties, answers, standings, indicators, signs, rules.

use plumb_account::{Account, Key};
use plumb_core::case::Case;
use plumb_duty::Position;

use super::Table;
use super::builder::{Builder, list};

pub(super) fn tables(account: &Account) -> Vec<Table> {
    let case = &account.case;
    vec![
        duties(case),
        duty_bearers(case),
        answers(case),
        answer_duties(case),
        answer_claims(case),
        standings(account),
        standing_answers(account),
        indicators(case),
        indicator_subjects(case),
        signs(case),
        responses(case),
        rules(case),
    ]
}

fn duties(case: &Case) -> Table {
    Builder::new("duties", "Who must do what by when under which paragraph, and what would show it.", &case.duties)
        .key("id", "Name of the duty.", |row| row.id.clone())
        .text("instrument", "Resolution, law, agreement.", |row| &row.instrument)
        .text("paragraph", "Paragraph or article.", |row| &row.paragraph)
        .text("bearer", "Who is bound, in words.", |row| &row.bearer)
        .text("duty", "What must be done.", |row| &row.duty)
        .text("exceptions", "Whom or what it does not reach.", |row| &row.exceptions)
        .date(
            ["trigger_date", "trigger_start", "trigger_end"],
            "What starts it: adoption or entry into force (EDTF).",
            |row| row.trigger,
        )
        .date(["deadline", "deadline_start", "deadline_end"], "Last day for doing it (EDTF).", |row| row.deadline)
        .text("deadline_rule", "How it is counted: trigger + 24 months; empty where it is a date itself.", |row| {
            &row.deadline_rule
        })
        .date(["ends", "ends_start", "ends_end"], "When the duty itself ends (EDTF).", |row| row.ends)
        .text("replaced_by", "The duty that takes its place.", |row| &row.replaced_by)
        .text("done_when", "What fulfils it: reported, or none remain; empty: reported.", |row| &row.done_when)
        .text("evidence", "What would show that it was done.", |row| &row.evidence)
        .to("event", "events", "The event that set it.", |row| &row.event)
        .text("kind", "Binding law, practice, or guidance.", |row| &row.kind)
        .text("read", "How the duty is known: text, digest, general-knowledge.", |row| &row.read)
        .to("source", "sources", "Where this was read.", |row| &row.source)
        .text("verify", "What remains to be checked.", |row| &row.verify)
        .text("note", "What a reader should know.", |row| &row.note)
        .done()
}

fn duty_bearers(case: &Case) -> Table {
    list("duty_bearers", "States bound by name.", case.duties.iter().map(|row| (row.id.clone(), row.bearers.clone())))
        .of("duty", "duties", "bearers")
        .to("place", "places", "The state.", |(.., place)| place.clone())
        .done()
}

fn answers(case: &Case) -> Table {
    Builder::new("answers", "What a bearer of a duty said or did; that it said nothing is an answer.", &case.answers)
        .key("id", "Name of the answer.", |row| row.id.clone())
        .to("state", "places", "Who answers.", |row| &row.state)
        .text("kind", "report, late report, statement, aggregate, press report, silence.", |row| &row.kind)
        .date(["date", "date_start", "date_end"], "When it was given (EDTF).", |row| row.date)
        .date(["speaks_of", "speaks_of_start", "speaks_of_end"], "The date that it speaks about (EDTF).", |row| {
            row.period_end
        })
        .number("before", "Workers before.", |row| row.before)
        .number("after", "Workers after.", |row| row.after)
        .number("repatriated", "Workers sent home, as stated.", |row| row.repatriated)
        .text("public", "Whether the text is public: yes, no, unknown.", |row| &row.public)
        .text("statement", "What was said, in the words of the compilers.", |row| &row.statement)
        .to("source", "sources", "Where this was read.", |row| &row.source)
        .text("verify", "What remains to be checked.", |row| &row.verify)
        .text("note", "What a reader should know.", |row| &row.note)
        .done()
}

fn answer_duties(case: &Case) -> Table {
    let rows = case.answers.iter().map(|row| (row.id.clone(), row.duties.clone()));
    list(
        "answer_duties",
        "The duties that an answer answers; one that stands here not at all answers none in particular.",
        rows,
    )
    .of("answer", "answers", "duties")
    .to("duty", "duties", "The duty.", |(.., duty)| duty.clone())
    .done()
}

fn answer_claims(case: &Case) -> Table {
    let rows = case.answers.iter().map(|row| (row.id.clone(), row.against.clone()));
    list("answer_claims", "Claims that the case names as speaking against an answer.", rows)
        .of("answer", "answers", "claims")
        .to("claim", "claims", "The claim.", |(.., claim)| claim.clone())
        .done()
}

fn standing_key(position: &Position) -> String {
    Key::Standing { duty: position.duty.clone(), bearer: position.bearer.clone() }.to_string()
}

fn standings(account: &Account) -> Table {
    Builder::new("standings", "Where each bearer of each duty stands on the day of the account.", &account.positions)
        .key("key", "Key of the finding, for `plumb why`.", |row| standing_key(row))
        .to("duty", "duties", "The duty.", |row| &row.duty)
        .to("bearer", "places", "The bearer; empty when the duty names none.", |row| &row.bearer)
        .text(
            "standing",
            "no answer known, answered late, answered in time, contradicted by other evidence, not yet due and so on.",
            |row| row.standing.as_str(),
        )
        .text("timing", "How the answer lies in time, where the standing says something else of it.", |row| {
            row.timing.map_or("", plumb_duty::Standing::as_str)
        })
        .text("decided_by", "The answer that decides.", |row| row.decided_by.as_deref().unwrap_or_default())
        .done()
}

fn standing_answers(account: &Account) -> Table {
    let rows = account.positions.iter().map(|row| (standing_key(row), row.answers.clone()));
    list("standing_answers", "The answers that decide where a bearer stands.", rows)
        .of("standing", "standings", "answers")
        .to("answer", "answers", "The answer.", |(.., answer)| answer.clone())
        .done()
}

fn indicators(case: &Case) -> Table {
    Builder::new("indicators", "The signs of forced labour of the ILO, and the evidence about each.", &case.indicators)
        .key("id", "Name of the row.", |row| row.id.clone())
        .text("indicator", "One of the eleven indicators.", |row| &row.indicator)
        .text("sign", "What one would see.", |row| &row.sign)
        .text("evidence", "What is reported.", |row| &row.evidence)
        .text(
            "stance",
            "Whether the evidence speaks for the sign, against it, or is silent: for, against, unknown.",
            |row| &row.stance,
        )
        .to("source", "sources", "Where this was read.", |row| &row.source)
        .text("note", "What a reader should know.", |row| &row.note)
        .done()
}

fn indicator_subjects(case: &Case) -> Table {
    let rows = case.indicators.iter().map(|row| (row.id.clone(), row.subjects.clone()));
    list("indicator_subjects", "Whom the evidence is about.", rows)
        .of("indicator", "indicators", "subjects")
        .text("subject", "Id of an actor, site:ID, group:NAME, or words.", |(.., subject)| subject.clone())
        .done()
}

fn responses(case: &Case) -> Table {
    Builder::new("responses", "Answers to due-diligence questionnaires about suppliers.", &case.responses)
        .key("id", "Name of the row.", |row| row.id.clone())
        .text("supplier", "Whom it is about: id of an actor, site:ID, group:NAME, or words.", |row| &row.supplier)
        .to("sign", "signs", "The sign that is asked for.", |row| &row.sign)
        .text("indicator", "The indicator that it bears on; empty: that of the sign.", |row| &row.indicator)
        .text("question", "What is asked.", |row| &row.question)
        .text("answer", "seen, not seen, not known; empty: not answered.", |row| &row.answer)
        .text("evidence", "What shows it.", |row| &row.evidence)
        .to("source", "sources", "Where the answer can be found.", |row| &row.source)
        .date(["date", "date_start", "date_end"], "When it was given (EDTF).", |row| row.date)
        .text("note", "What a reader should know.", |row| &row.note)
        .done()
}

fn signs(case: &Case) -> Table {
    Builder::new("signs", "Signs that a buyer or auditor may look for.", &case.signs)
        .key("id", "Name of the sign.", |row| row.id.clone())
        .text("sign", "What one would see.", |row| &row.sign)
        .text("theme", "What it belongs to.", |row| &row.theme)
        .text("indicator", "The one of the eleven indicators that it is a sign of.", |row| &row.indicator)
        .text("published_in", "Where the sign is published.", |row| &row.from)
        .to("source", "sources", "Where this was read.", |row| &row.source)
        .text("note", "What a reader should know.", |row| &row.note)
        .done()
}

fn rules(case: &Case) -> Table {
    Builder::new("rules", "Rules of labour law that bear on hours, pay and interest.", &case.rules)
        .key("id", "Name of the rule.", |row| row.id.clone())
        .text("rule", "What it is about.", |row| &row.rule)
        .to("place", "places", "Where it holds.", |row| &row.place)
        .text("instrument", "Law, agreement, ruling.", |row| &row.instrument)
        .text("article", "Article.", |row| &row.article)
        .text("effect", "What it says, in the words of the compilers.", |row| &row.effect)
        .text("formula", "The arithmetic, in the names of the rule.", |row| &row.formula)
        .text("applies", "What a reckoning of wages owed takes it for.", |row| &row.applies)
        .period("When it was or is in force (EDTF).", |row| row.period)
        .to("source", "sources", "Where this was read.", |row| &row.source)
        .text("verify", "What remains to be checked.", |row| &row.verify)
        .text("note", "What a reader should know.", |row| &row.note)
        .done()
}
