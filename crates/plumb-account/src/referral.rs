//! Referral packs: what a body asks of whoever refers a case to it, filled from the records of the case, gaps named.
//!
//! The demands are data (`data/referrals.toml`). Nothing is sent anywhere: a pack is a draft that a person finishes. Actors
//! that the case marks as victims are left out unless asked for; free text is copied as it stands in the case.

use std::sync::LazyLock;

use plumb_core::case::{Actor, Case, Claim};
use plumb_core::reference::{Kind, Reference};
use plumb_duty::owed::amount;
use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::index::name_of;
use crate::key::Key;

/// What a body asks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Demand {
    /// Its short name: `us-cbp`.
    pub id: String,
    /// What is written to whom.
    pub name: String,
    /// The rules that set the demands.
    pub basis: String,
    /// Where they were read.
    pub source: String,
    /// What remains to be checked.
    pub verify: String,
    item: Vec<DemandItem>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DemandItem {
    asks: String,
    #[serde(default)]
    from: Vec<String>,
}

#[derive(Deserialize)]
struct Definition {
    referral: Vec<Demand>,
}

static DEMANDS: LazyLock<Vec<Demand>> = LazyLock::new(|| {
    let definition: Result<Definition, _> = toml::from_str(include_str!("../data/referrals.toml"));
    // The definition is compiled in and a test reads it; there is no run in which it fails.
    definition.map(|definition| definition.referral).unwrap_or_default()
});

/// All bodies that packs can be made for.
pub fn demands() -> &'static [Demand] {
    &DEMANDS
}

/// A pack: the demands of one body with what the case has for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pack {
    /// What is written to whom.
    pub name: String,
    /// The rules that set the demands.
    pub basis: String,
    /// Where they were read.
    pub read_in: String,
    /// What remains to be checked of them.
    pub verify: String,
    /// The demands in order.
    pub items: Vec<Item>,
    /// How many actors were left out because the case marks them as victims.
    pub victims_left_out: usize,
}

/// One demand with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// What is asked.
    pub asks: String,
    /// How far the case answers.
    pub state: State,
    /// What the case has.
    pub entries: Vec<Entry>,
}

/// How far a demand is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The case has records for it; whether they suffice is for a person to judge.
    Filled,
    /// The case could have records for it and has none.
    Gap,
    /// Only the sender can answer it.
    ForTheSender,
}

/// A record that answers a demand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its key, for `plumb why`.
    pub key: String,
    /// What it says.
    pub text: String,
    /// Where that was read.
    pub source: String,
}

impl Account {
    /// The pack for a body; `None` when there is no such body. `with_victims` keeps actors that the case marks as victims.
    pub fn referral(&self, to: &str, with_victims: bool) -> Option<Pack> {
        let demand = demands().iter().find(|demand| demand.id == to)?;
        let item = |item: &DemandItem| {
            let entries: Vec<Entry> =
                item.from.iter().flat_map(|selector| self.selected(selector, with_victims)).collect();
            let state = match (item.from.is_empty(), entries.is_empty()) {
                (true, _) => State::ForTheSender,
                (_, true) => State::Gap,
                _ => State::Filled,
            };
            Item { asks: item.asks.clone(), state, entries }
        };
        let victims = self.case.actors.iter().filter(|actor| is_victim(actor)).count();
        Some(Pack {
            name: demand.name.clone(),
            basis: demand.basis.clone(),
            read_in: demand.source.clone(),
            verify: demand.verify.clone(),
            items: demand.item.iter().map(item).collect(),
            victims_left_out: if with_victims { 0 } else { victims },
        })
    }

    /// The records that a selector of the definition names: a table, then words of which a record must have one.
    fn selected(&self, selector: &str, with_victims: bool) -> Vec<Entry> {
        let case = &self.case;
        let (table, rest) = selector.split_once(' ').unwrap_or((selector, ""));
        let words: Vec<&str> = rest.split_whitespace().collect();
        let fits = |cell: &str| words.is_empty() || words.contains(&cell);
        let mentions = |cell: &str| words.is_empty() || words.iter().any(|word| cell.contains(word));
        let entry = |reference: Reference, text: String, source: &str| entry(case, &reference, text, source);
        let place = |code: &str| name_of(case, &Reference::new(Kind::Place, code));
        match table {
            "claims" => {
                let claims = case.claims.iter().filter(|claim| fits(&claim.measure));
                claims.map(|claim| entry(claim.reference(), claim_words(case, claim), &claim.source)).collect()
            }
            "actors" => (case.actors.iter())
                .filter(|actor| fits(&actor.status) && (with_victims || !is_victim(actor)))
                .map(|actor| entry(actor.reference(), actor_words(actor), &actor.source))
                .collect(),
            "indicators" => (case.indicators.iter())
                .map(|row| {
                    let text = format!("{} ({}): {}. About: {}", row.indicator, row.stance, row.evidence, row.subject);
                    entry(row.reference(), text, &row.source)
                })
                .collect(),
            "links" => (case.links.iter())
                .map(|link| entry(link.reference(), name_of(case, &link.reference()), &link.source))
                .collect(),
            "sites" => (case.sites.iter())
                .map(|site| {
                    let text = format!("{}, {}: {}", site.name, place(&site.place), site.incidents);
                    entry(site.reference(), text, &site.source)
                })
                .collect(),
            "events" => (case.events.iter().filter(|event| fits(&event.kind)))
                .map(|event| entry(event.reference(), format!("{}: {}", event.date, event.summary), &event.source))
                .collect(),
            "duties" => (case.duties.iter().filter(|duty| mentions(&duty.instrument)))
                .map(|duty| {
                    let text = format!("{}: {}", name_of(case, &duty.reference()), duty.duty);
                    entry(duty.reference(), text, &duty.source)
                })
                .collect(),
            "answers" => (case.answers.iter())
                .map(|answer| {
                    let date = answer.date.map_or_else(|| "undated".to_owned(), |date| date.to_string());
                    let text = format!("{}, {} ({date}): {}", place(&answer.state), answer.kind, answer.statement);
                    entry(answer.reference(), text, &answer.source)
                })
                .collect(),
            "owed" => (self.owed.iter())
                .map(|owed| Entry {
                    key: Key::Owed(owed.worker.clone()).to_string(),
                    text: format!("{} {} owed to {}", amount(owed.totals.total), owed.currency, owed.worker),
                    source: String::new(),
                })
                .collect(),
            _ => Vec::new(),
        }
    }
}

fn is_victim(actor: &Actor) -> bool {
    actor.status == "victim"
}

fn entry(case: &Case, reference: &Reference, text: String, source: &str) -> Entry {
    let words = case.sources.get(source).map(|source| {
        let date = source.date.map(|date| date.to_string()).unwrap_or_default();
        let parts = [source.publisher.as_str(), &source.title, &date, &source.url];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    });
    Entry { key: reference.to_string(), text, source: words.unwrap_or_default() }
}

fn claim_words(case: &Case, claim: &Claim) -> String {
    let name = |kind, id: &str| name_of(case, &Reference::new(kind, id));
    let when = claim.period.map_or_else(|| "undated".to_owned(), |period| period.to_string());
    let measure = name(Kind::Measure, &claim.measure);
    format!(
        "{measure}, {}, {when}: {}, claimed by {}",
        name(Kind::Place, &claim.place),
        claim.quantity.figure(),
        claim.said_by
    )
}

fn actor_words(actor: &Actor) -> String {
    let lists = if actor.lists.is_empty() { String::new() } else { format!("; lists: {}", actor.lists.join(", ")) };
    let reason = if actor.reason.is_empty() { String::new() } else { format!("; {}", actor.reason) };
    format!("{} ({}), {}{lists}{reason}", actor.name, actor.status, actor.role)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demands_are_sound() {
        let ids: Vec<&str> = demands().iter().map(|demand| demand.id.as_str()).collect();
        assert_eq!(ids, ["un-special-procedures", "ilo", "us-cbp", "msmt"]);
        let known = ["claims", "actors", "indicators", "links", "sites", "events", "duties", "answers", "owed"];
        for selector in demands().iter().flat_map(|demand| &demand.item).flat_map(|item| &item.from) {
            let table = selector.split(' ').next().unwrap_or_default();
            assert!(known.contains(&table), "{selector}");
        }
    }

    #[test]
    fn victims_are_left_out_and_gaps_are_named() {
        let mut folder = plumb_read::new_case("Referral");
        let actors = "id,name,schema,status,source\n\
                      a1,Example Recruiting Ltd,Company,reported,ministry-2025\n\
                      v1,A Name That Must Not Leave,Person,victim,ministry-2025\n";
        folder.files.insert("actors.csv".into(), actors.into());
        folder.files.remove("links.csv");
        let reading = plumb_read::read(&folder);
        let account = Account::compile(reading.case, reading.diagnostics, None);
        let pack = account.referral("us-cbp", false).unwrap();
        let text = format!("{pack:?}");
        assert!(text.contains("Example Recruiting Ltd") && !text.contains("Must Not Leave"));
        assert_eq!(pack.victims_left_out, 1);
        let states: Vec<State> = pack.items.iter().map(|item| item.state).collect();
        assert_eq!(states[1], State::ForTheSender, "a sample of the goods is not in any table");
        assert_eq!(states[4], State::Gap, "there are no links");
        assert_eq!(account.referral("nobody", false), None);
    }
}
