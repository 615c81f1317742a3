//! From records to statements: each filled cell that says something about the world becomes one statement.
//!
//! Columns that only steer the case (ids, notes, what remains to be checked) are not statements.

use crate::case::{
    Actor, Answer, Case, Claim, Defect, Duty, Event, Indicator, Link, Observation, Response, Rule, Sign, Site,
};
use crate::date::{PartialDate, Period};
use crate::quantity::Quantity;
use crate::reference::{Kind, Reference};
use crate::statement::{Locator, Statement, Value};

/// The statements of one record, all of one source.
struct Builder {
    subject: Reference,
    source: String,
    place: String,
    period: Option<Period>,
    made: Vec<Statement>,
}

impl Builder {
    fn new(subject: Reference, source: &str) -> Self {
        Self { subject, source: source.to_owned(), place: String::new(), period: None, made: Vec::new() }
    }

    fn at(mut self, place: &str, period: Option<Period>) -> Self {
        place.clone_into(&mut self.place);
        self.period = period;
        self
    }

    fn value(mut self, property: &str, value: Value) -> Self {
        self.made.push(Statement {
            subject: self.subject.clone(),
            property: property.to_owned(),
            value,
            place: self.place.clone(),
            period: self.period,
            said_by: String::new(),
            origin: String::new(),
            source: self.source.clone(),
            locator: Locator::default(),
        });
        self
    }

    fn text(self, property: &str, text: &str) -> Self {
        if text.is_empty() { self } else { self.value(property, Value::Text(text.to_owned())) }
    }

    fn texts(self, property: &str, texts: &[String]) -> Self {
        texts.iter().fold(self, |builder, text| builder.text(property, text))
    }

    fn date(self, property: &str, date: Option<PartialDate>) -> Self {
        match date {
            Some(date) => self.value(property, Value::Date(date)),
            None => self,
        }
    }

    fn reference(self, property: &str, kind: Kind, id: &str) -> Self {
        if id.is_empty() { self } else { self.value(property, Value::Reference(Reference::new(kind, id))) }
    }

    fn references(self, property: &str, kind: Kind, ids: &[String]) -> Self {
        ids.iter().fold(self, |builder, id| builder.reference(property, kind, id))
    }

    fn persons(self, property: &str, count: Option<rust_decimal::Decimal>) -> Self {
        match (count, "persons".parse()) {
            (Some(count), Ok(unit)) => self.value(property, Value::Quantity(Quantity::exact(count, unit))),
            _ => self,
        }
    }
}

/// A record that makes statements.
pub trait Lower {
    /// Its statements, in the order of its columns.
    fn statements(&self) -> Vec<Statement>;
}

impl Lower for Claim {
    fn statements(&self) -> Vec<Statement> {
        vec![Statement {
            subject: self.reference(),
            property: self.measure.clone(),
            value: Value::Quantity(self.quantity.clone()),
            place: self.place.clone(),
            period: self.period,
            said_by: self.said_by.clone(),
            origin: self.origin.clone(),
            source: self.source.clone(),
            locator: self.locator.clone(),
        }]
    }
}

impl Lower for Observation {
    fn statements(&self) -> Vec<Statement> {
        let value = Value::Quantity(self.quantity.clone());
        let builder = Builder::new(self.reference(), &self.source).at(&self.place, Some(self.period));
        let mut made = builder.value(&self.series, value).made;
        for statement in &mut made {
            self.said_by.clone_into(&mut statement.said_by);
        }
        made
    }
}

impl Lower for Actor {
    fn statements(&self) -> Vec<Statement> {
        Builder::new(self.reference(), &self.source)
            .text("name", &self.name)
            .texts("alias", &self.aliases)
            .text("schema", &self.schema)
            .reference("country", Kind::Place, &self.country)
            .text("role", &self.role)
            .texts("list", &self.lists)
            .date("designated", self.designated)
            .reference("event", Kind::Event, &self.event)
            .text("status", &self.status)
            .text("reason", &self.reason)
            .made
    }
}

impl Lower for Link {
    fn statements(&self) -> Vec<Statement> {
        Builder::new(self.reference(), &self.source)
            .at("", self.period)
            .value("from", end(&self.from))
            .text("relation", &self.relation)
            .value("to", end(&self.to))
            .text("basis", &self.basis)
            .made
    }
}

/// The end of a link: an actor's id, or a node that names its kind. A `group:` has no record of its own.
pub fn end(text: &str) -> Value {
    match text.parse::<Reference>() {
        Ok(reference) => Value::Reference(reference),
        Err(_) if text.contains(':') => Value::Node(text.to_owned()),
        Err(_) => Value::Reference(Reference::new(Kind::Actor, text)),
    }
}

impl Lower for Site {
    fn statements(&self) -> Vec<Statement> {
        Builder::new(self.reference(), &self.source)
            .at(&self.place, self.period)
            .text("name", &self.name)
            .references("actor", Kind::Actor, &self.actors)
            .references("claim", Kind::Claim, &self.claims)
            .text("workers", &self.workers)
            .text("incidents", &self.incidents)
            .text("status", &self.status)
            .made
    }
}

impl Lower for Event {
    fn statements(&self) -> Vec<Statement> {
        Builder::new(self.reference(), &self.source)
            .at(&self.place, Some(Period::at(self.date)))
            .text("summary", &self.summary)
            .text("kind", &self.kind)
            .made
    }
}

impl Lower for Duty {
    fn statements(&self) -> Vec<Statement> {
        Builder::new(self.reference(), &self.source)
            .text("instrument", &self.instrument)
            .text("paragraph", &self.paragraph)
            .text("bearer", &self.bearer)
            .references("bearers", Kind::Place, &self.bearers)
            .text("duty", &self.duty)
            .text("exceptions", &self.exceptions)
            .date("trigger", self.trigger)
            .date("deadline", self.deadline)
            .text("deadline_rule", &self.deadline_rule)
            .date("ends", self.ends)
            .reference("replaced_by", Kind::Duty, &self.replaced_by)
            .text("done_when", &self.done_when)
            .text("evidence", &self.evidence)
            .reference("event", Kind::Event, &self.event)
            .text("kind", &self.kind)
            .made
    }
}

impl Lower for Answer {
    fn statements(&self) -> Vec<Statement> {
        Builder::new(self.reference(), &self.source)
            .at(&self.state, self.period_end.map(Period::at))
            .references("duty", Kind::Duty, &self.duties)
            .text("kind", &self.kind)
            .date("date", self.date)
            .persons("before", self.before)
            .persons("after", self.after)
            .persons("repatriated", self.repatriated)
            .text("public", &self.public)
            .text("statement", &self.statement)
            .references("against", Kind::Claim, &self.against)
            .made
    }
}

impl Lower for Indicator {
    fn statements(&self) -> Vec<Statement> {
        Builder::new(self.reference(), &self.source)
            .text("indicator", &self.indicator)
            .text("sign", &self.sign)
            .text("evidence", &self.evidence)
            .text("stance", &self.stance)
            .texts("subject", &self.subjects)
            .made
    }
}

impl Lower for Sign {
    fn statements(&self) -> Vec<Statement> {
        Builder::new(self.reference(), &self.source)
            .text("sign", &self.sign)
            .text("theme", &self.theme)
            .text("indicator", &self.indicator)
            .text("from", &self.from)
            .made
    }
}

impl Lower for Response {
    /// Only what was answered and can be found somewhere is a statement.
    fn statements(&self) -> Vec<Statement> {
        if self.answer.is_empty() || self.source.is_empty() {
            return Vec::new();
        }
        Builder::new(self.reference(), &self.source)
            .at("", self.date.map(Period::at))
            .value("supplier", end(&self.supplier))
            .reference("sign", Kind::Sign, &self.sign)
            .text("indicator", &self.indicator)
            .text("question", &self.question)
            .text("answer", &self.answer)
            .text("evidence", &self.evidence)
            .made
    }
}

impl Lower for Rule {
    fn statements(&self) -> Vec<Statement> {
        Builder::new(self.reference(), &self.source)
            .at(&self.place, self.period)
            .text("rule", &self.rule)
            .text("instrument", &self.instrument)
            .text("article", &self.article)
            .text("effect", &self.effect)
            .text("formula", &self.formula)
            .text("applies", &self.applies)
            .texts("term", &self.terms)
            .made
    }
}

impl Lower for Defect {
    fn statements(&self) -> Vec<Statement> {
        Builder::new(self.reference(), &self.source)
            .text("says", &self.says)
            .text("better", &self.better)
            .reference("evidence", Kind::Source, &self.evidence)
            .text("kind", &self.kind)
            .references("claim", Kind::Claim, &self.claims)
            .made
    }
}

impl Case {
    /// All statements of the case, table by table in the order of the files.
    pub fn statements(&self) -> impl Iterator<Item = Statement> + '_ {
        (self.claims.iter().flat_map(Lower::statements))
            .chain(self.actors.iter().flat_map(Lower::statements))
            .chain(self.links.iter().flat_map(Lower::statements))
            .chain(self.sites.iter().flat_map(Lower::statements))
            .chain(self.events.iter().flat_map(Lower::statements))
            .chain(self.duties.iter().flat_map(Lower::statements))
            .chain(self.answers.iter().flat_map(Lower::statements))
            .chain(self.indicators.iter().flat_map(Lower::statements))
            .chain(self.signs.iter().flat_map(Lower::statements))
            .chain(self.responses.iter().flat_map(Lower::statements))
            .chain(self.rules.iter().flat_map(Lower::statements))
            .chain(self.observations.iter().flat_map(Lower::statements))
            .chain(self.defects.iter().flat_map(Lower::statements))
    }

    /// The statements of one record; none for sources, origins, places and measures, which are not statements themselves.
    pub fn statements_of(&self, reference: &Reference) -> Vec<Statement> {
        let id = reference.id.as_str();
        let lowered = match reference.kind {
            Kind::Claim => self.claims.get(id).map(Lower::statements),
            Kind::Actor => self.actors.get(id).map(Lower::statements),
            Kind::Link => self.links.get(id).map(Lower::statements),
            Kind::Site => self.sites.get(id).map(Lower::statements),
            Kind::Event => self.events.get(id).map(Lower::statements),
            Kind::Duty => self.duties.get(id).map(Lower::statements),
            Kind::Answer => self.answers.get(id).map(Lower::statements),
            Kind::Indicator => self.indicators.get(id).map(Lower::statements),
            Kind::Sign => self.signs.get(id).map(Lower::statements),
            Kind::Response => self.responses.get(id).map(Lower::statements),
            Kind::Rule => self.rules.get(id).map(Lower::statements),
            Kind::Observation => self.observations.get(id).map(Lower::statements),
            Kind::Defect => self.defects.get(id).map(Lower::statements),
            // pay records rest on papers that the case may hold back, not on a published source
            Kind::Source | Kind::Origin | Kind::Place | Kind::Measure | Kind::Wage => None,
        };
        lowered.unwrap_or_default()
    }
}
