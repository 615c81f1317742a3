//! P0406: the same statement twice, under two ids or within one row.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::case::Case;
use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::RowLocation;
use plumb_core::reference::{Kind, Reference};
use plumb_core::statement::Statement;

use super::{Input, SHOWN, listed};

/// Records that say the same as another, and lists that name the same thing twice.
pub(super) fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    let mut found = repeated_claims(input.case);
    found.extend(repeated_records(input.case));
    found.extend(repeated_items(input.case));
    found
}

/// Claims alike in all that makes a figure: measure, place, time, population, numbers, source. Who says so may be worded anew.
fn repeated_claims(case: &Case) -> Vec<Diagnostic> {
    let mut alike: BTreeMap<_, Vec<Reference>> = BTreeMap::new();
    for claim in &case.claims {
        let (low, best, high) = claim.quantity.numbers();
        let numbers = [low, best, high].map(|number| number.map(|number| number.normalize()));
        let figure = (claim.quantity.qualifier(), numbers, claim.quantity.unit().as_str());
        let key = (&claim.measure, &claim.place, claim.period, &claim.population, figure, &claim.source);
        alike.entry(key).or_default().push(claim.reference());
    }
    alike.values().filter_map(|records| same_record(case, records)).collect()
}

/// Other records of one kind whose statements are all the same but for the id.
fn repeated_records(case: &Case) -> Vec<Diagnostic> {
    let mut contents: BTreeMap<&Reference, String> = BTreeMap::new();
    let statements: Vec<Statement> = case.statements().filter(|one| one.subject.kind != Kind::Claim).collect();
    for statement in &statements {
        let period = statement.period.map(|period| period.to_string()).unwrap_or_default();
        let parts = [&statement.property, &statement.value.to_string(), &statement.place, &period];
        let content = contents.entry(&statement.subject).or_default();
        for part in parts.into_iter().chain([&statement.said_by, &statement.source]) {
            content.push_str(part);
            // no cell holds this sign, so two contents cannot run together
            content.push('\u{1f}');
        }
    }
    let mut alike: BTreeMap<(Kind, &str), Vec<Reference>> = BTreeMap::new();
    for (subject, content) in &contents {
        alike.entry((subject.kind, content)).or_default().push((*subject).clone());
    }
    alike.values().filter_map(|records| same_record(case, records)).collect()
}

fn same_record(case: &Case, records: &[Reference]) -> Option<Diagnostic> {
    let (first, rest) = records.split_first()?;
    let second = case.row(rest.first()?)?;
    let names: Vec<String> = records.iter().map(|record| format!("`{}`", record.id)).collect();
    let message = format!("{} say the same: one {} under several ids", listed(&names), first.kind);
    let mut diagnostic = Diagnostic::new(codes::P0406, second.cell("id"), message).saying("the same again");
    if let Some(row) = case.row(first) {
        diagnostic = diagnostic.also(row.cell("id"), "first here");
    }
    for row in rest.iter().skip(1).take(SHOWN).filter_map(|record| case.row(record)) {
        diagnostic = diagnostic.also(row.cell("id"), "and here");
    }
    diagnostic.rows.extend_from_slice(records);
    Some(diagnostic.help("take out all but one; or, if they differ, write down in what: population, time, words"))
}

/// Lists in cells that name the same thing twice.
fn repeated_items(case: &Case) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut look = |reference: Reference, row: &RowLocation, column: &str, items: &[String]| {
        let mut seen = BTreeSet::new();
        let twice = items.iter().find(|item| !seen.insert(item.as_str()));
        found.extend(twice.map(|item| {
            Diagnostic::new(codes::P0406, row.cell(column), format!("`{column}` names “{item}” twice"))
                .help("name it once")
                .about(reference)
        }));
    };
    for actor in &case.actors {
        look(actor.reference(), &actor.row, "aliases", &actor.aliases);
        look(actor.reference(), &actor.row, "lists", &actor.lists);
        look(actor.reference(), &actor.row, "other_sources", &actor.other_sources);
    }
    for site in &case.sites {
        look(site.reference(), &site.row, "actors", &site.actors);
        look(site.reference(), &site.row, "claims", &site.claims);
    }
    for duty in &case.duties {
        look(duty.reference(), &duty.row, "bearers", &duty.bearers);
    }
    for defect in &case.defects {
        look(defect.reference(), &defect.row, "claims", &defect.claims);
    }
    found
}
