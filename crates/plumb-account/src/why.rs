//! Why: the derivation of any finding, down to statements, locators and sources.

use plumb_core::case::{Case, Claim, Rule, Source};
use plumb_core::reference::{Kind, Reference};
use plumb_core::statement::Statement;
use plumb_duty::owed::{Line, Owed, amount, number};
use serde::Serialize;

use crate::account::Account;
use crate::contradiction::Contradiction;
use crate::expression::{ExpressionError, evaluate, known};
use crate::index::name_of;
use crate::key::{Key, RangeKey};
use crate::range::Range;

/// One step of a derivation, with the steps that it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Derivation {
    /// Key of the finding or record; empty for a statement.
    pub key: String,
    /// What it is, in a few words.
    pub title: String,
    /// Its value, where it has one.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// Facts about it, as name and text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<Fact>,
    /// What it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<Derivation>,
}

/// A named fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is.
    pub name: &'static str,
    /// What it says.
    pub text: String,
}

impl Derivation {
    pub(crate) fn new(key: &impl ToString, title: impl Into<String>) -> Self {
        Self {
            key: key.to_string(),
            title: title.into(),
            value: String::new(),
            facts: Vec::new(),
            rests_on: Vec::new(),
        }
    }

    pub(crate) fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    pub(crate) fn fact(mut self, name: &'static str, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.facts.push(Fact { name, text });
        }
        self
    }

    pub(crate) fn on(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.rests_on.extend(children);
        self
    }
}

impl Account {
    /// The derivation of a finding.
    ///
    /// # Errors
    /// When the key names something that the case does not have, or a figure that cannot be computed.
    pub fn why(&self, key: &Key) -> Result<Derivation, ExpressionError> {
        let case = &self.case;
        match key {
            Key::Record(reference) => self.record(reference),
            Key::Range(range) | Key::Origins(range) => {
                let evaluated = evaluate(case, key)?;
                let range =
                    Range::of(case, range.clone()).ok_or_else(|| ExpressionError::NoClaims(range.to_string()))?;
                Ok(self.range(key, &range).value(evaluated.text))
            }
            Key::Contradiction(range) => self.contradiction(key, range),
            Key::Sum(_) | Key::Difference(..) | Key::Quotient(..) => {
                let evaluated = evaluate(case, key)?;
                let claims = evaluated.grounds.iter().filter_map(|ground| case.claims.get(&ground.id));
                let title = match key {
                    Key::Sum(_) => "Sum of claims, end by end",
                    Key::Difference(..) => "Difference of two claims, end against end",
                    _ => "Quotient of two claims, to three significant digits",
                };
                Ok(Derivation::new(key, title).value(evaluated.text).on(claims.map(|claim| claim_node(case, claim))))
            }
            Key::Count(kind) => {
                let title = format!("Records in the table of {}", kind.plural());
                Ok(Derivation::new(key, title).value(evaluate(case, key)?.text))
            }
            Key::Indicators(subject) => self.indicators(key, subject),
            Key::Owed(worker) => self.owed(key, worker),
            Key::Standing { duty, bearer } => self.standing(key, duty, bearer),
            Key::Path { from, to, follow } => self.path(key, from, to, *follow),
            Key::Ownership(actor) => self.ownership(key, actor),
            Key::Estimate(name) => self.estimate(key, name),
            Key::Conflict(claims) => self.conflict(key, claims),
        }
    }

    /// The key that a reader may have meant: a full key, or a bare id that only one table has.
    ///
    /// # Errors
    /// When it is neither; the error says what can be asked for.
    pub fn find_key(&self, text: &str) -> Result<Key, crate::key::KeyError> {
        let parsed = text.parse::<Key>();
        let Err(error) = parsed else { return parsed };
        let mut found = Kind::ALL.iter().map(|(kind, ..)| Reference::new(*kind, text.trim()));
        let here = |reference: &Reference| known(&self.case, reference).is_ok();
        found.find(here).map(Key::Record).ok_or(error)
    }

    fn record(&self, reference: &Reference) -> Result<Derivation, ExpressionError> {
        let case = &self.case;
        known(case, reference)?;
        Ok(match reference.kind {
            Kind::Claim => case.claims.get(&reference.id).map(|claim| claim_node(case, claim)),
            Kind::Source => case.sources.get(&reference.id).map(source_node),
            Kind::Origin | Kind::Place | Kind::Measure => None,
            _ => Some(self.plain_record(reference)),
        }
        .unwrap_or_else(|| {
            let mentions = self.index.mentions(reference).iter();
            let children = mentions.filter_map(|by| self.record(by).ok());
            Derivation::new(reference, name_of(case, reference)).on(children)
        }))
    }

    fn plain_record(&self, reference: &Reference) -> Derivation {
        let statements = self.case.statements_of(reference);
        let children = statements.iter().map(|statement| statement_node(&self.case, statement));
        Derivation::new(reference, name_of(&self.case, reference)).on(children)
    }

    fn range(&self, key: &Key, range: &Range) -> Derivation {
        let case = &self.case;
        let label = |kind, id: &str| name_of(case, &Reference::new(kind, id));
        let title = format!(
            "{}, {}, {}: lowest to highest of what is claimed",
            label(Kind::Measure, &range.key.measure),
            label(Kind::Place, &range.key.place),
            range.key.period
        );
        let left_out = range.left_out.iter().map(|(id, reason)| format!("{id} ({reason})")).collect::<Vec<_>>();
        let claims = range.claims.iter().filter_map(|id| case.claims.get(id));
        Derivation::new(key, title)
            .fact("population", &range.key.population)
            .fact("claims", range.claims.len().to_string())
            .fact("origins", range.origins.len().to_string())
            .fact("left out", left_out.join("; "))
            .on(claims.map(|claim| claim_node(case, claim)))
    }

    fn contradiction(&self, key: &Key, range: &RangeKey) -> Result<Derivation, ExpressionError> {
        let case = &self.case;
        let found = self.contradictions.iter().find(|contradiction| contradiction.key == *range);
        let found: &Contradiction = found.ok_or_else(|| ExpressionError::NoClaims(range.to_string()))?;
        let name = |kind, id: &str| name_of(case, &Reference::new(kind, id));
        let title = format!(
            "{}, {}, {}: these claims cannot all be true",
            name(Kind::Measure, &range.measure),
            name(Kind::Place, &range.place),
            range.period
        );
        let pairs = found.pairs.iter().map(|(one, two)| format!("{one} and {two}")).collect::<Vec<_>>();
        let claims = found.claims.iter().filter_map(|id| case.claims.get(id));
        Ok(Derivation::new(key, title)
            .value(found.factor.map(|factor| format!("a factor of {factor}")).unwrap_or_default())
            .fact("population", &range.population)
            .fact("pairs that exclude each other", pairs.join("; "))
            .fact("origins", found.origins.to_string())
            .on(claims.map(|claim| claim_node(case, claim))))
    }

    /// What is owed to a worker: each line with its arithmetic, each step with its rules, rates and records.
    fn owed(&self, key: &Key, worker: &str) -> Result<Derivation, ExpressionError> {
        let found: Vec<&Owed> = self.owed.iter().filter(|owed| owed.worker == worker).collect();
        if found.is_empty() {
            return Err(ExpressionError::NoRecords(worker.to_owned()));
        }
        let value: Vec<String> =
            found.iter().map(|owed| format!("{} {}", amount(owed.totals.total), owed.currency)).collect();
        let lines = found.iter().flat_map(|owed| owed.lines.iter().map(|line| self.owed_line(owed, line)));
        Ok(Derivation::new(key, format!("Owed to {worker}, interest included"))
            .value(value.join(" and "))
            .fact("as of", self.as_of.to_string())
            .on(lines))
    }

    fn owed_line(&self, owed: &Owed, line: &Line) -> Derivation {
        let value = line.amounts.map_or_else(
            || "not reckoned".to_owned(),
            |amounts| format!("{} {}", amount(amounts.total), owed.currency),
        );
        let steps = line.steps.iter().map(|step| {
            let value = if step.unit == "hours" { number(step.value) } else { amount(step.value) };
            let basis = step.basis.iter().map(|reference| self.ground(reference));
            let node = Derivation::new(&"", step.what).value(format!("{value} {}", step.unit));
            node.fact("arithmetic", &step.arithmetic).on(basis)
        });
        Derivation::new(&line.wage, format!("{} to {}", line.first, line.last))
            .value(value)
            .fact("due on", line.due_on.to_string())
            .fact("left open", line.gaps.join("; "))
            .on(steps)
    }

    /// A rule or rate with its source in a line: the whole of it stands in its own derivation.
    fn ground(&self, reference: &Reference) -> Derivation {
        let case = &self.case;
        let id = reference.id.as_str();
        let (source, place) = match reference.kind {
            Kind::Rule => case.rules.get(id).map(|rule| (rule.source.as_str(), rule_words(rule))),
            Kind::Observation => case.observations.get(id).map(|row| (row.source.as_str(), row.period.to_string())),
            _ => None,
        }
        .unwrap_or_default();
        let name = |source: &Source| format!("{}: {}", source.publisher, source.title);
        let source = case.sources.get(source).map(name).unwrap_or_default();
        Derivation::new(reference, name_of(case, reference)).fact("where", place).fact("source", source)
    }

    fn standing(&self, key: &Key, duty: &str, bearer: &str) -> Result<Derivation, ExpressionError> {
        let reference = Reference::new(Kind::Duty, duty);
        known(&self.case, &reference)?;
        let position = self.positions.iter().find(|position| position.duty == duty && position.bearer == bearer);
        let position = position.ok_or_else(|| ExpressionError::NoClaims(key.to_string()))?;
        let answers = position.answers.iter().map(|id| self.plain_record(&Reference::new(Kind::Answer, id.clone())));
        let place = name_of(&self.case, &Reference::new(Kind::Place, bearer));
        let timing = position.timing.map(|timing| timing.as_str()).unwrap_or_default();
        let against = position.against.iter().filter_map(|id| self.case.claims.get(id));
        let node = Derivation::new(key, format!("{}: {place}", name_of(&self.case, &reference)));
        let node = node.value(position.words()).fact("as of", self.as_of.to_string());
        let node = position.reasons.iter().fold(node, |node, reason| node.fact("because", reason));
        Ok(node
            .fact("in time", timing)
            .on([self.plain_record(&reference)])
            .on(answers)
            .on(against.map(|claim| claim_node(&self.case, claim))))
    }
}

fn rule_words(rule: &Rule) -> String {
    if rule.article.is_empty() { rule.instrument.clone() } else { format!("{}, {}", rule.instrument, rule.article) }
}

pub(crate) fn claim_node(case: &Case, claim: &Claim) -> Derivation {
    let name = |kind, id: &str| name_of(case, &Reference::new(kind, id));
    let period = claim.period.map_or_else(|| "undated".to_owned(), |period| period.to_string());
    let title = format!("{}, {}, {period}", name(Kind::Measure, &claim.measure), name(Kind::Place, &claim.place));
    let statements = case.statements_of(&claim.reference());
    Derivation::new(&claim.reference(), title)
        .value(claim.quantity.figure().to_string())
        .fact("who is counted", &claim.subject)
        .fact("population", &claim.population)
        .fact("said by", &claim.said_by)
        .fact("words", &claim.words)
        .fact("origin", format!("{} ({})", name(Kind::Origin, &claim.origin), claim.origin))
        .fact("status", if claim.status == plumb_core::case::Status::Stated { "" } else { claim.status.as_str() })
        .fact("note", &claim.note)
        .on(statements.iter().map(|statement| statement_node(case, statement)))
}

fn statement_node(case: &Case, statement: &Statement) -> Derivation {
    let value = match &statement.value {
        plumb_core::statement::Value::Reference(reference) => name_of(case, reference),
        value => value.to_string(),
    };
    let source = case.sources.get(&statement.source).map(source_node);
    Derivation::new(&format!("statement:{}", statement.id()), statement.property.clone())
        .value(value)
        .fact("where", &statement.locator.place)
        .fact("quotation", &statement.locator.quote)
        .on(source)
}

fn source_node(source: &Source) -> Derivation {
    let grade = source.grade.map(|grade| format!("{}, {}", grade.letter(), grade.meaning())).unwrap_or_default();
    Derivation::new(&source.reference(), format!("{}: {}", source.publisher, source.title))
        .fact("date", source.date.map(|date| date.to_string()).unwrap_or_default())
        .fact("address", &source.url)
        .fact("reliability", grade)
        .fact("read", &source.seen)
        .fact("note", &source.note)
}
