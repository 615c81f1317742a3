//! An entry of a list in the making: the subject and what belongs to it.

use std::borrow::Cow;

use plumb_core::ftm::{self, Added, Entity, PropertyKind, Refused, entity};

use super::countries;
use super::dates::{self, Order};
use super::report::{Cause, Loss, shown};
use super::told::told;

/// Properties whose fields hold names.
const NAMES: [&str; 4] = ["name", "alias", "weakAlias", "previousName"];

/// An entity that keeps account of what it could not take.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) entity: Entity,
    pub(crate) problems: Vec<(Loss, Cause)>,
}

impl Draft {
    /// An entity of a schema. `None` when there is no such schema.
    pub(crate) fn new(id: String, schema: &str) -> Option<Self> {
        Some(Self { entity: Entity::new(id, schema)?, problems: Vec::new() })
    }

    /// Whether it has a name.
    pub(crate) fn is_named(&self) -> bool {
        ["name", "alias", "weakAlias"].into_iter().any(|name| self.entity.properties().contains_key(name))
    }

    /// Whether its schema has the property.
    pub(crate) fn has(&self, property: &str) -> bool {
        self.entity.schema().property(property).is_some_and(|property| !property.stub)
    }

    /// Adds a value; an empty one is nothing to tell of. A name is taken apart from what else its field tells.
    pub(crate) fn add(&mut self, property: &str, value: &str) {
        if !NAMES.contains(&property) {
            return self.add_whole(property, value);
        }
        let told = told(value, self.entity.schema().is_a("Person"));
        self.add_whole(property, &told.name);
        let otherwise = |strong| if property == "weakAlias" { property } else { strong };
        told.aliases.iter().for_each(|alias| self.add_whole(otherwise("alias"), alias));
        told.weak.iter().for_each(|alias| self.add_whole("weakAlias", alias));
        if let Some(note) = told.note {
            self.note(&format!("{}: {note}", told.name));
        }
    }

    fn add_whole(&mut self, property: &str, value: &str) {
        let clean = without_controls(value);
        if matches!(clean, Cow::Owned(_)) {
            let mended = Cause::Mended(format!("{property}: control characters were left out"));
            self.problems.push((Loss::Nothing, mended));
        }
        match self.entity.add(property, &clean) {
            Ok(Added::Whole) | Err(Refused::Empty) => {}
            Ok(Added::Cut) => {
                self.problems.push((Loss::Value, Cause::Cut { property: property.to_owned(), value: shown(&clean) }));
            }
            Err(reason) => {
                let cause = Cause::Value { property: property.to_owned(), value: shown(&clean), reason };
                self.problems.push((Loss::Value, cause));
                if matches!(reason, Refused::TooLong(_)) {
                    self.note(&format!("{property}: {clean}"));
                }
            }
        }
    }

    /// Adds a value as somebody wrote it, read by the type of its property: dates with the day first, countries by any of their names.
    pub(crate) fn take(&mut self, property: &str, value: &str) {
        match self.entity.schema().property(property).map(|property| property.kind) {
            Some(PropertyKind::Date) => self.date(property, value, Order::DayFirst),
            Some(PropertyKind::Country) => self.country(property, value),
            Some(PropertyKind::Gender) => self.gender(value),
            Some(PropertyKind::Url) => self.website(value),
            _ => self.add(property, value),
        }
    }

    /// Adds each value.
    pub(crate) fn add_all<'v>(&mut self, property: &str, values: impl IntoIterator<Item = &'v str>) {
        values.into_iter().for_each(|value| self.add(property, value));
    }

    /// Adds a value to the first of these properties that the schema has; otherwise to the notes.
    pub(crate) fn add_first(&mut self, properties: &[&str], value: &str) {
        match properties.iter().find(|property| self.has(property)) {
            Some(property) => self.add(property, value),
            None => self.note(value),
        }
    }

    /// Adds a date as the list writes it. What is vague or cannot be read is told in the notes too.
    pub(crate) fn date(&mut self, property: &str, text: &str, order: Order) {
        let text = text.trim();
        if is_blank(text) {
            return;
        }
        let Some(date) = dates::parse(text, order) else {
            let cause = Cause::Date { property: property.to_owned(), value: shown(text) };
            self.problems.push((Loss::Value, cause));
            return self.note(&format!("{property}: {text}"));
        };
        if date.vague {
            self.note(&format!("{property}: {text}"));
        }
        self.add_all(property, date.values.iter().map(String::as_str));
    }

    /// Adds a country as the list spells it.
    pub(crate) fn country(&mut self, property: &str, text: &str) {
        let text = text.trim();
        match countries::codes(text) {
            _ if is_blank(text) => {}
            Some((codes, doubt)) => {
                self.add_all(property, codes);
                if doubt {
                    self.note(&format!("{property}: {text}"));
                }
            }
            None => {
                let cause = Cause::Country { property: property.to_owned(), value: shown(text) };
                self.problems.push((Loss::Value, cause));
                self.note(&format!("{property}: {text}"));
            }
        }
    }

    /// Adds a country to the first of these properties that the schema has; otherwise to the notes.
    pub(crate) fn country_first(&mut self, properties: &[&str], text: &str) {
        match properties.iter().find(|property| self.has(property)) {
            Some(property) => self.country(property, text),
            None => self.note(text),
        }
    }

    /// Adds a date to the first of these properties that the schema has; otherwise to the notes. Days stand first.
    pub(crate) fn date_first(&mut self, properties: &[&str], text: &str) {
        match properties.iter().find(|property| self.has(property)) {
            Some(property) => self.date(property, text, Order::DayFirst),
            None => self.note(text),
        }
    }

    /// Adds a date of birth, written with the day first.
    pub(crate) fn birth(&mut self, text: &str) {
        // parts that are not known are written as letters: dd/mm/1971
        let text = text.replace("dd/", "00/").replace("mm/", "00/");
        self.date_first(&["birthDate"], &text);
    }

    /// Adds a gender, of which FollowTheMoney has words for three.
    pub(crate) fn gender(&mut self, text: &str) {
        match text.trim().to_lowercase().as_str() {
            "m" | "male" => self.add("gender", "male"),
            "f" | "female" => self.add("gender", "female"),
            "" | "u" | "unknown" => {}
            _ => self.note(&format!("gender: {text}")),
        }
    }

    /// Adds an address on the web, which lists often write without its scheme.
    pub(crate) fn website(&mut self, address: &str) {
        let address = address.trim().trim_start_matches(':').trim();
        let with_scheme = address.to_lowercase().starts_with("http");
        let address = if with_scheme { address.to_owned() } else { format!("http://{address}") };
        let fits = self.has("website") && !address.contains(char::is_whitespace);
        if fits { self.add("website", &address) } else { self.note(&format!("Website: {address}")) }
    }

    /// Adds a remark for people.
    pub(crate) fn note(&mut self, text: &str) {
        let property = ["notes", "description"].into_iter().find(|property| self.has(property));
        self.add(property.unwrap_or("notes"), text);
    }
}

/// Whether the text says that nothing is known.
fn is_blank(text: &str) -> bool {
    const BLANKS: [&str; 8] = ["", "-", "n/a", "na", "none", "none identified", "undetermined", "unknown"];
    BLANKS.contains(&text.trim().to_lowercase().as_str())
}

/// The value without control characters other than line breaks and tabs, which no list means.
fn without_controls(value: &str) -> Cow<'_, str> {
    let bad = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
    if value.contains(bad) { value.replace(bad, "").into() } else { value.into() }
}

/// An entry: its subject, and the sanctions, documents, wallets and links that belong to it.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) subject: Draft,
    pub(crate) others: Vec<Draft>,
    /// When the entry last changed, `YYYY-MM-DD`.
    pub(crate) last_change: Option<String>,
}

/// The id of an entry: the short name of its list and its own number there.
pub(crate) fn id(dataset: &str, local: &str) -> String {
    entity::id(&[dataset, local.trim()])
}

impl Entry {
    /// An entry with this number in its list. `None` when there is no such schema.
    pub(crate) fn new(dataset: &str, local: &str, schema: &str) -> Option<Self> {
        Some(Self { subject: Draft::new(id(dataset, local), schema)?, others: Vec::new(), last_change: None })
    }

    /// A further entity that belongs to it, with an id made of the subject's and what it is.
    fn belonging(&mut self, what: &str, schema: &str) -> Option<&mut Draft> {
        let number = self.others.iter().filter(|other| other.entity.schema().name == schema).count();
        let suffix = if number == 0 { what.to_owned() } else { format!("{what}-{}", number + 1) };
        let draft = Draft::new(entity::id(&[self.subject.entity.id(), &suffix]), schema)?;
        self.others.push(draft);
        self.others.last_mut()
    }

    /// A sanction on the subject; `country` is the code of the state whose authority it is.
    pub(crate) fn sanction(&mut self, authority: &str, country: &str, fill: impl FnOnce(&mut Draft)) {
        self.listing("sanction", authority, country, fill);
    }

    /// A measure on the subject that is told by this topic: a sanction, or a control of exports.
    pub(crate) fn listing(&mut self, topic: &str, authority: &str, country: &str, fill: impl FnOnce(&mut Draft)) {
        self.subject.add("topics", topic);
        let subject = self.subject.entity.id().to_owned();
        let Some(sanction) = self.belonging("sanction", "Sanction") else { return };
        sanction.add("entity", &subject);
        sanction.add("authority", authority);
        sanction.add("country", country);
        fill(sanction);
    }

    /// A document of identity. Its number goes to the subject too, where matching looks for it.
    pub(crate) fn document(&mut self, kind: &str, number: &str, fill: impl FnOnce(&mut Draft)) {
        let passport = kind.to_lowercase().contains("passport") || kind.to_lowercase().contains("pasaporte");
        let properties: &[&str] = if passport { &["passportNumber", "idNumber"] } else { &["idNumber"] };
        let own = properties.iter().any(|property| self.subject.has(property));
        if own {
            self.subject.add_first(properties, number);
        } else {
            self.subject.note(&format!("{kind}: {number}"));
        }
        let subject = self.subject.entity.id().to_owned();
        let schema = if passport { "Passport" } else { "Identification" };
        let Some(document) = self.belonging(&schema.to_lowercase(), schema) else { return };
        document.add("holder", &subject);
        document.add("type", kind);
        document.add("number", number);
        fill(document);
    }

    /// A wallet that the subject is said to hold.
    pub(crate) fn wallet(&mut self, currency: &str, address: &str) {
        let subject = self.subject.entity.id().to_owned();
        let Some(wallet) = self.belonging("wallet", "CryptoWallet") else { return };
        wallet.add("name", address);
        wallet.add("publicKey", address);
        wallet.add("currency", currency);
        wallet.add("holder", &subject);
        wallet.add("topics", "sanction");
    }

    /// A relation from the subject to another entry; `turned` when the other stands at its start.
    ///
    /// The ends of FollowTheMoney's relations may only be of certain schemata; where they would not fit, the relation is
    /// an `UnknownLink`, and the list's word for it is kept as its role.
    pub(crate) fn link(&mut self, relation: &str, other: (&str, &str), role: &str, turned: bool) {
        let (other_id, other_schema) = other;
        let own_schema = self.subject.entity.schema().name;
        let (start, end) = if turned { (other_schema, own_schema) } else { (own_schema, other_schema) };
        let schema = if fits(relation, start, end) { relation } else { "UnknownLink" };
        let Some(edge) = ftm::schema(schema).and_then(|schema| schema.edge) else { return };
        let subject = self.subject.entity.id().to_owned();
        let what = entity::id(&["link", other_id]);
        let Some(draft) = Draft::new(entity::id(&[&subject, &what]), schema) else { return };
        let (source, target) = if turned { (other_id, subject.as_str()) } else { (subject.as_str(), other_id) };
        let mut draft = draft;
        draft.add(edge.source, source);
        draft.add(edge.target, target);
        draft.add_first(&["role", "relationship"], role);
        if self.others.iter().all(|known| known.entity.id() != draft.entity.id()) {
            self.others.push(draft);
        }
    }
}

/// Whether entities of these schemata may stand at the ends of the relation.
fn fits(relation: &str, start: &str, end: &str) -> bool {
    let Some(schema) = ftm::schema(relation) else { return false };
    let Some(edge) = schema.edge else { return false };
    let takes = |property: &str, given: &str| {
        let range = schema.property(property).and_then(|property| property.range);
        range.zip(ftm::schema(given)).is_some_and(|(range, given)| given.is_a(range))
    };
    takes(edge.source, start) && takes(edge.target, end)
}
