//! What is stated and where: sources, origins, measures, places, claims, reference figures, known errors, statements.

use std::collections::BTreeSet;

use plumb_account::Account;
use plumb_core::case::Case;
use plumb_core::measure::{Measure, Scale};
use plumb_core::statement::Value;

use super::Table;
use super::builder::{Builder, list};

pub(super) fn tables(account: &Account) -> Vec<Table> {
    let case = &account.case;
    let mut tables = vec![sources(case), origins(case), measures(case), wholes(case)];
    tables.extend(super::places::tables(account));
    tables.extend([claims(account), observations(case), defects(case), defect_claims(case), statements(case)]);
    tables
}

fn yes_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

fn sources(case: &Case) -> Table {
    Builder::new("sources", "What was published or recorded, and where it can be found again.", &case.sources)
        .key("id", "Name of the source within the case.", |row| row.id.clone())
        .text("publisher", "Who published it.", |row| &row.publisher)
        .text("title", "Its title; in brackets a description where the title was not visible.", |row| &row.title)
        .date(["date", "date_start", "date_end"], "Date of publication, as exact as known (EDTF).", |row| row.date)
        .text("url", "Address where it was seen.", |row| &row.url)
        .text("kind", "Kind of source.", |row| &row.kind)
        .text(
            "grade",
            "Admiralty grade, A completely reliable to F cannot be judged; of its own or of its kind.",
            |row| row.grade.map_or("", |grade| grade.letter()),
        )
        .text("seen", "What of it the compilers read: whole, excerpt, digest, not-seen.", |row| &row.seen)
        .text("language", "Code of its language (BCP 47).", |row| &row.language)
        .text("copy", "Path of a copy kept with the case.", |row| &row.copy)
        .text("sha256", "SHA-256 of the copy.", |row| &row.sha256)
        .text("note", "What a reader should know.", |row| &row.note)
        .done()
}

fn origins(case: &Case) -> Table {
    Builder::new(
        "origins",
        "Where a figure was first made; ten papers that repeat one report share one origin.",
        &case.origins,
    )
    .key("id", "Name of the origin.", |row| row.id.clone())
    .text("name", "Who first made the statement, and in what.", |row| &row.name)
    .text("grade", "Admiralty grade of its own.", |row| row.grade.map_or("", |grade| grade.letter()))
    .date(["date", "date_start", "date_end"], "When it was first made (EDTF).", |row| row.date)
    .text("basis", "What it rests on: count, register, estimate, testimony, plan.", |row| &row.basis)
    .text("note", "Reasons for treating rows as one origin, and doubts.", |row| &row.note)
    .done()
}

fn measures(case: &Case) -> Table {
    Builder::new(
        "measures",
        "What a figure is about, precisely enough to hold two figures against each other.",
        case.measures.values(),
    )
    .key("id", "Name of the measure.", |row| row.id.clone())
    .text("label", "Name for readers.", |row| &row.label)
    .text("definition", "What exactly is counted.", |row| &row.definition)
    .text("chapter", "Chapter of the ledger: people, movement, pay, money, context.", |row| row.group.as_str())
    .text("nature", "stock, flow, rate or share.", |row| row.nature.as_str())
    .text("unit", "The unit its figures are shown in.", |row| row.unit.as_str().to_owned())
    .text("population", "Who or what is counted.", |row| &row.population)
    .text("adds_over_places", "Whether figures of parts of a place add up: yes or no.", |row| {
        yes_no(row.adds_over_places)
    })
    .text("adds_over_time", "Whether figures of parts of a period add up: yes or no.", |row| yes_no(row.adds_over_time))
    .text("scale", "Axis of its chart: linear or log.", |row| match row.scale {
        Scale::Linear => "linear",
        Scale::Logarithmic => "log",
    })
    .text("note", "What a reader should know.", |row| &row.note)
    .done()
}

fn wholes(case: &Case) -> Table {
    let of = |measure: &'_ Measure| (measure.id.clone(), measure.part_of.clone());
    list("measure_wholes", "Measures whose population contains that of this one.", case.measures.values().map(of))
        .of("measure", "measures", "part_of")
        .to("whole", "measures", "The measure that contains it.", |(.., whole)| whole.clone())
        .done()
}

fn claims(account: &Account) -> Table {
    let case = &account.case;
    Builder::new(
        "claims",
        "A figure that somebody states: what, where, when, how much, who says so, in which source.",
        &case.claims,
    )
    .key("id", "Name of the claim.", |row| row.id.clone())
    .to("measure", "measures", "What it measures.", |row| &row.measure)
    .to("place", "places", "Where.", |row| &row.place)
    .period("When the figure holds (EDTF); empty: not stated.", |row| row.period)
    .quantity(|row| &row.quantity)
    .text("words", "The literal words of the qualifier in the source.", |row| &row.words)
    .text("subject", "Who or what is counted, as the source puts it.", |row| &row.subject)
    .text(
        "population",
        "A narrower population than that of the measure; such claims are rivals only of their like.",
        |row| &row.population,
    )
    .text("said_by", "Who makes the claim.", |row| &row.said_by)
    .to("origin", "origins", "Where the figure was first made.", |row| &row.origin)
    .to("source", "sources", "Where it was read.", |row| &row.source)
    .text("locator", "Where in the source.", |row| &row.locator.place)
    .text("quote", "The exact words.", |row| &row.locator.quote)
    .text("status", "stated, derived, verify (still to be checked), weak (known to be doubtful), superseded.", |row| {
        row.status.as_str()
    })
    .to(
        "repeats",
        "claims",
        "The claim that it repeats: the same origin and figure, read in an earlier source.",
        |row| account.ledger.repeats(&row.id).unwrap_or_default().to_owned(),
    )
    .to("statement", "statements", "The statement that it makes.", |row| {
        case.statements_of(&row.reference()).first().map(|statement| statement.id().to_string()).unwrap_or_default()
    })
    .text("note", "What a reader should know.", |row| &row.note)
    .done()
}

fn observations(case: &Case) -> Table {
    Builder::new(
        "observations",
        "Reference figures by time: exchange rates, minimum wages, trade, aid. Context, not claims about the labour.",
        &case.observations,
    )
    .key("id", "Name of the row.", |row| row.id.clone())
    .to("series", "measures", "What is measured.", |row| &row.series)
    .to("place", "places", "Where, or the partner in trade.", |row| &row.place)
    .period("When it holds (EDTF).", |row| Some(row.period))
    .quantity(|row| &row.quantity)
    .text("said_by", "Who says so; empty: the publisher of the source.", |row| &row.said_by)
    .to("source", "sources", "Where it was read.", |row| &row.source)
    .text("status", "stated, derived, verify, weak.", |row| row.status.as_str())
    .text("note", "What a reader should know.", |row| &row.note)
    .done()
}

fn defects(case: &Case) -> Table {
    Builder::new("defects", "Known errors in copies, so that they are not read as evidence.", &case.defects)
        .key("id", "Name of the row.", |row| row.id.clone())
        .to("source", "sources", "The source that has the error.", |row| &row.source)
        .text("says", "What it says.", |row| &row.says)
        .text("better", "What the better evidence says.", |row| &row.better)
        .to("evidence", "sources", "The source of the better evidence.", |row| &row.evidence)
        .text("kind", "What sort of error.", |row| &row.kind)
        .text("note", "What a reader should know.", |row| &row.note)
        .done()
}

fn defect_claims(case: &Case) -> Table {
    list(
        "defect_claims",
        "Claims that a known error bears on.",
        case.defects.iter().map(|row| (row.id.clone(), row.claims.clone())),
    )
    .of("defect", "defects", "claims")
    .to("claim", "claims", "The claim.", |(.., claim)| claim.clone())
    .done()
}

/// A statement is named by its content, so one that stands twice is one statement.
fn statements(case: &Case) -> Table {
    let mut seen = BTreeSet::new();
    let unique = case.statements().map(|statement| (statement.id().to_string(), statement));
    let rows: Vec<_> = unique.filter(|(id, _)| seen.insert(id.clone())).collect();
    Builder::new(
        "statements",
        "Somebody says that a subject has a property with a value, at a time, in these words of this source.",
        rows,
    )
    .key("id", "Name of the statement: a hash of its content, the same for ever.", |(id, _)| id.clone())
    .text("subject_kind", "Table of the record that it is about, in the singular.", |(_, row)| {
        row.subject.kind.as_str()
    })
    .text("subject", "Key of the record that it is about.", |(_, row)| row.subject.id.clone())
    .text("property", "Which property: a column of the case or a measure.", |(_, row)| row.property.clone())
    .text("value_kind", "text, quantity, date, reference or node.", |(_, row)| match row.value {
        Value::Text(_) => "text",
        Value::Quantity(_) => "quantity",
        Value::Date(_) => "date",
        Value::Reference(_) => "reference",
        Value::Node(_) => "node",
    })
    .text("value", "The value, as it is written for readers.", |(_, row)| row.value.to_string())
    .to("place", "places", "Where it holds.", |(_, row)| row.place.clone())
    .period("When it holds (EDTF).", |(_, row)| row.period)
    .text("said_by", "Who says so; empty: the publisher of the source.", |(_, row)| row.said_by.clone())
    .to("origin", "origins", "Where it was first said; empty: in the source.", |(_, row)| row.origin.clone())
    .to("source", "sources", "Where it was read.", |(_, row)| row.source.clone())
    .text("locator", "Where in the source.", |(_, row)| row.locator.place.clone())
    .text("quote", "The exact words.", |(_, row)| row.locator.quote.clone())
    .done()
}
