//! P0406: the same statement twice, under two ids or within one row.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::case::{
    Actor, Answer, Case, Claim, Defect, Duty, Event, Indicator, Link, Observation, Rule, Sign, Site, Table,
};
use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::RowLocation;
use plumb_core::quantity::Quantity;
use plumb_core::reference::Reference;

use super::{Input, SHOWN, listed};

/// Records that say the same as another, and lists that name the same thing twice.
pub(super) fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    let mut found = repeated_figures(input.case);
    found.extend(repeated_people(input.case));
    found.extend(repeated_law(input.case));
    found.extend(repeated_items(input.case));
    found
}

/// Figures alike in all that makes them: measure, place, time, population, numbers, source. Who says so may be worded anew.
fn repeated_figures(case: &Case) -> Vec<Diagnostic> {
    let numbers = |quantity: &Quantity| {
        let (low, best, high) = quantity.numbers();
        (quantity.qualifier(), [low, best, high].map(|number| number.map(|number| number.normalize())))
    };
    let mut found = alike(case, &case.claims, Claim::reference, |row| {
        let unit = row.quantity.unit().as_str();
        (&row.measure, &row.place, row.period, &row.population, numbers(&row.quantity), unit, &row.source)
    });
    found.extend(alike(case, &case.observations, Observation::reference, |row| {
        let unit = row.quantity.unit().as_str();
        (&row.series, &row.place, row.period, &row.said_by, numbers(&row.quantity), unit, &row.source)
    }));
    found
}

fn repeated_people(case: &Case) -> Vec<Diagnostic> {
    let mut found = alike(case, &case.actors, Actor::reference, |row| {
        (&row.name, &row.schema, &row.country, &row.role, &row.source)
    });
    found.extend(alike(case, &case.links, Link::reference, |row| {
        (&row.from, &row.relation, &row.to, row.period, &row.source)
    }));
    found.extend(alike(case, &case.sites, Site::reference, |row| (&row.name, &row.place, row.period, &row.source)));
    found.extend(alike(case, &case.events, Event::reference, |row| (row.date, &row.place, &row.summary, &row.source)));
    found.extend(alike(case, &case.indicators, Indicator::reference, |row| {
        (&row.indicator, &row.sign, &row.evidence, &row.subjects, &row.source)
    }));
    found.extend(alike(case, &case.signs, Sign::reference, |row| (&row.sign, &row.theme, &row.from, &row.source)));
    found
}

fn repeated_law(case: &Case) -> Vec<Diagnostic> {
    let mut found = alike(case, &case.duties, Duty::reference, |row| {
        (&row.instrument, &row.paragraph, &row.bearer, &row.duty, row.deadline, &row.source)
    });
    found.extend(alike(case, &case.answers, Answer::reference, |row| {
        let said = (&row.kind, row.date, row.period_end, [row.before, row.after, row.repatriated], &row.statement);
        (&row.duties, &row.state, said, &row.source)
    }));
    found.extend(alike(case, &case.rules, Rule::reference, |row| {
        (&row.rule, &row.place, &row.instrument, &row.article, &row.effect, &row.source)
    }));
    found.extend(alike(case, &case.defects, Defect::reference, |row| (&row.source, &row.says, &row.better)));
    found
}

/// Records that agree in what they say.
fn alike<'a, T, Content: Ord>(
    case: &Case,
    records: &'a Table<T>,
    reference: fn(&T) -> Reference,
    content: impl Fn(&'a T) -> Content,
) -> Vec<Diagnostic> {
    let mut same: BTreeMap<Content, Vec<&T>> = BTreeMap::new();
    for record in records {
        same.entry(content(record)).or_default().push(record);
    }
    let several = same.into_values().filter(|records| records.len() > 1);
    several.filter_map(|records| same_record(case, &records.into_iter().map(reference).collect::<Vec<_>>())).collect()
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
