//! The index: who cites whom. Pages ask it what a source contributed, what is known of a place, which claims an origin has.

use std::collections::BTreeMap;

use plumb_core::case::{Case, Claim};
use plumb_core::lower::end;
use plumb_core::reference::{Kind, Reference};
use plumb_core::statement::{Statement, Value};

/// For each record, the records that mention it.
#[derive(Clone, Debug, Default)]
pub struct Index {
    mentions: BTreeMap<Reference, Vec<Reference>>,
}

impl Index {
    /// The index of a case.
    pub fn of(case: &Case) -> Self {
        let mut index = Self::default();
        for statement in case.statements() {
            index.enter(&statement);
        }
        for actor in &case.actors {
            for source in &actor.other_sources {
                let target = Reference::new(Kind::Source, source.clone());
                if !index.mentions(&target).contains(&actor.reference()) {
                    index.mention(target, &actor.reference());
                }
            }
        }
        for claim in &case.claims {
            index.mention(Reference::new(Kind::Measure, claim.measure.clone()), &claim.reference());
        }
        for observation in &case.observations {
            index.mention(Reference::new(Kind::Measure, observation.series.clone()), &observation.reference());
        }
        index
    }

    fn enter(&mut self, statement: &Statement) {
        let subject = &statement.subject;
        self.mention(Reference::new(Kind::Source, statement.source.clone()), subject);
        if !statement.origin.is_empty() {
            self.mention(Reference::new(Kind::Origin, statement.origin.clone()), subject);
        }
        if !statement.place.is_empty() {
            self.mention(Reference::new(Kind::Place, statement.place.clone()), subject);
        }
        if let Value::Reference(target) = &statement.value {
            self.mention(target.clone(), subject);
        }
    }

    fn mention(&mut self, target: Reference, by: &Reference) {
        let list = self.mentions.entry(target).or_default();
        // the statements of one record follow each other, so a repeat can only stand last
        if list.last() != Some(by) {
            list.push(by.clone());
        }
    }

    /// The records that mention `target`, in the order of the tables.
    pub fn mentions(&self, target: &Reference) -> &[Reference] {
        self.mentions.get(target).map_or(&[], Vec::as_slice)
    }

    /// Those of one kind.
    pub fn mentions_of<'a>(&'a self, target: &Reference, kind: Kind) -> impl Iterator<Item = &'a str> + use<'a> {
        self.mentions(target).iter().filter(move |by| by.kind == kind).map(|by| by.id.as_str())
    }

    /// Codes of all places that something in the case is about, in order.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.mentions.keys().filter(|target| target.kind == Kind::Place).map(|target| target.id.as_str())
    }
}

/// What a link connects, as a pair of values that are actors, records or nodes.
pub fn ends(case: &Case, link: &str) -> Option<(Value, Value)> {
    case.links.get(link).map(|link| (end(&link.from), end(&link.to)))
}

/// A claim in a line: measure, place and time, the figure, who claims it.
pub fn claim_words(case: &Case, claim: &Claim) -> String {
    let when = claim.period.map_or_else(|| "undated".to_owned(), |period| period.to_string());
    let measure = name_of(case, &Reference::new(Kind::Measure, claim.measure.as_str()));
    let place = name_of(case, &Reference::new(Kind::Place, claim.place.as_str()));
    format!("{measure}, {place}, {when}: {}, claimed by {}", claim.quantity.figure(), claim.said_by)
}

/// The name of a record for readers; its id when it has none.
pub fn name_of(case: &Case, reference: &Reference) -> String {
    let id = reference.id.as_str();
    let name = match reference.kind {
        Kind::Source => case.sources.get(id).map(|source| format!("{}: {}", source.publisher, source.title)),
        Kind::Origin => case.origins.get(id).map(|origin| origin.name.clone()),
        Kind::Claim => case.claims.get(id).map(|claim| claim.quantity.figure().to_string()),
        Kind::Actor => case.actors.get(id).map(|actor| actor.name.clone()),
        Kind::Link => case.links.get(id).map(|link| {
            let verb = case.settings.relations.get(&link.relation).map_or(&link.relation, |relation| &relation.verb);
            format!("{} {verb} {}", end_name(case, &link.from), end_name(case, &link.to))
        }),
        Kind::Site => case.sites.get(id).map(|site| site.name.clone()),
        Kind::Event => case.events.get(id).map(|event| event.summary.clone()),
        Kind::Duty => case.duties.get(id).map(|duty| match duty.paragraph.as_str() {
            "" => duty.instrument.clone(),
            paragraph => format!("{}, {paragraph}", duty.instrument),
        }),
        Kind::Answer => case.answers.get(id).map(|answer| answer.statement.clone()),
        Kind::Indicator => case.indicators.get(id).map(|indicator| indicator.indicator.clone()),
        Kind::Sign => case.signs.get(id).map(|sign| sign.sign.clone()),
        Kind::Response => case.responses.get(id).map(|row| row.question.clone()),
        Kind::Rule => case.rules.get(id).map(|rule| rule.rule.clone()),
        Kind::Observation => case.observations.get(id).map(|row| row.quantity.figure().to_string()),
        Kind::Defect => case.defects.get(id).map(|defect| defect.says.clone()),
        Kind::Wage => case.wages.get(id).map(|wage| format!("{}, {}", wage.worker, wage.period)),
        Kind::Place => case.places.get(id).map(|place| place.name.to_string()),
        Kind::Measure => case.measures.get(id).map(|measure| measure.label.clone()),
    };
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| id.to_owned())
}

/// The name of one end of a link.
pub fn end_name(case: &Case, text: &str) -> String {
    match end(text) {
        Value::Reference(reference) => name_of(case, &reference),
        other => {
            let group = other.to_string();
            let group = group.trim_start_matches("group:");
            case.settings.groups.get(group).cloned().unwrap_or_else(|| group.replace('-', " "))
        }
    }
}
