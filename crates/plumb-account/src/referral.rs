//! Referral packs: what a body asks of whoever refers a case to it, filled from the records of the case, gaps named.
//!
//! The demands are data (`data/referrals.toml`). Nothing is sent anywhere: a pack is a draft that a person finishes. Actors
//! that the case marks as victims are left out unless asked for, their names wherever a text of the case has them too. Other
//! free text is copied as it stands.

use std::sync::LazyLock;

use plumb_core::case::{Actor, Answer, Case, Duty, Indicator, Site};
use plumb_core::reference::{Kind, Reference};
use plumb_duty::owed::{Owed, amount};
use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::index::{claim_words, end_name, name_of};
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
    /// The pack for a body; `None` when there is no such body. `with_victims` keeps actors that the case marks as victims,
    /// and the labels of those who are owed wages; without it their names are taken out of every text as well.
    pub fn referral(&self, to: &str, with_victims: bool) -> Option<Pack> {
        let demand = demands().iter().find(|demand| demand.id == to)?;
        let withheld = if with_victims { Vec::new() } else { names_of_victims(&self.case) };
        let item = |item: &DemandItem| {
            let entries = item.from.iter().flat_map(|selector| self.selected(selector, with_victims));
            let entries: Vec<Entry> = entries.map(|entry| entry.without(&withheld)).collect();
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
        match table {
            "claims" => (case.claims.iter().filter(|row| fits(&row.measure)))
                .map(|row| entry(case, &row.reference(), claim_words(case, row), &row.source))
                .collect(),
            "actors" => (case.actors.iter())
                .filter(|row| fits(&row.status) && (with_victims || !is_victim(row)))
                .map(|row| entry(case, &row.reference(), actor_words(row), &row.source))
                .collect(),
            "indicators" => (case.indicators.iter())
                .map(|row| entry(case, &row.reference(), indicator_words(case, row), &row.source))
                .collect(),
            "links" => (case.links.iter())
                .map(|row| entry(case, &row.reference(), name_of(case, &row.reference()), &row.source))
                .collect(),
            "sites" => (case.sites.iter())
                .map(|row| entry(case, &row.reference(), site_words(case, row), &row.source))
                .collect(),
            "events" => (case.events.iter().filter(|row| fits(&row.kind)))
                .map(|row| entry(case, &row.reference(), format!("{}: {}", row.date, row.summary), &row.source))
                .collect(),
            "duties" => (case.duties.iter().filter(|row| mentions(&row.instrument)))
                .map(|row| entry(case, &row.reference(), duty_words(case, row), &row.source))
                .collect(),
            "answers" => (case.answers.iter())
                .map(|row| entry(case, &row.reference(), answer_words(case, row), &row.source))
                .collect(),
            "owed" => self.owed.iter().map(|owed| owed_entry(owed, with_victims)).collect(),
            _ => Vec::new(),
        }
    }
}

impl Entry {
    /// The same with names taken out of what it says and where that was read.
    fn without(self, names: &[&str]) -> Self {
        let clear = |text: String| names.iter().fold(text, |text, name| text.replace(name, WITHHELD));
        Self { key: self.key, text: clear(self.text), source: clear(self.source) }
    }
}

/// What stands in the place of a victim's name.
const WITHHELD: &str = "(name withheld)";

/// What the case calls its victims, the longest first, so that no part of a name is left of a longer one.
fn names_of_victims(case: &Case) -> Vec<&str> {
    let victims = case.actors.iter().filter(|actor| is_victim(actor));
    let names = victims.flat_map(|actor| actor.aliases.iter().chain([&actor.name]));
    let mut names: Vec<&str> = names.map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
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

/// What is owed to a worker or cohort. Whoever is owed wages is a victim too, and a label may be a name, so without
/// victims the pay record alone says for whom it is.
fn owed_entry(owed: &Owed, with_victims: bool) -> Entry {
    let sum = format!("{} {} owed", amount(owed.totals.total), owed.currency);
    let (key, text) = if with_victims {
        (Key::Owed(owed.worker.clone()).to_string(), format!("{sum} to {}", owed.worker))
    } else {
        (owed.lines.first().map(|line| line.wage.to_string()).unwrap_or_default(), sum)
    };
    Entry { key, text, source: String::new() }
}

fn place(case: &Case, code: &str) -> String {
    name_of(case, &Reference::new(Kind::Place, code))
}

fn indicator_words(case: &Case, row: &Indicator) -> String {
    let subjects = row.subjects.iter().map(|subject| end_name(case, subject)).collect::<Vec<_>>().join("; ");
    format!("{} ({}): {}. About: {}", row.indicator, row.stance, row.evidence, subjects)
}

fn site_words(case: &Case, site: &Site) -> String {
    format!("{}, {}: {}", site.name, place(case, &site.place), site.incidents)
}

fn duty_words(case: &Case, duty: &Duty) -> String {
    format!("{}: {}", name_of(case, &duty.reference()), duty.duty)
}

fn answer_words(case: &Case, answer: &Answer) -> String {
    let date = answer.date.map_or_else(|| "undated".to_owned(), |date| date.to_string());
    format!("{}, {} ({date}): {}", place(case, &answer.state), answer.kind, answer.statement)
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
    fn no_text_names_a_victim_unless_asked() {
        let mut folder = plumb_read::new_case("Referral");
        let actors = "id,name,aliases,schema,status,source\n\
                      a1,Example Recruiting Ltd,,Company,reported,ministry-2025\n\
                      v1,Kim Example,김예시; Kim Example the Younger,Person,victim,ministry-2025\n";
        folder.files.insert("actors.csv".into(), actors.into());
        let links = "id,from,relation,to,source\nl1,v1,works-at,a1,ministry-2025\n";
        folder.files.insert("links.csv".into(), links.into());
        let indicators = "id,subject,indicator,stance,evidence,source\n\
                          i1,Kim Example the Younger,withholding of wages,for,김예시의 임금을 주지 않았다,ministry-2025\n";
        folder.files.insert("indicators.csv".into(), indicators.into());
        let wages = "id,worker,place,period,currency,promised,per,paid,evidence\n\
                     w1,Kim Example,RU-MOW,2018-11,USD,600,month,150,pay book\n";
        folder.files.insert("wages.csv".into(), wages.into());
        let reading = plumb_read::read(&folder);
        let account = Account::compile(reading.case, reading.diagnostics, None);
        let all = |with_victims| -> String {
            demands()
                .iter()
                .map(|demand| format!("{:?}", account.referral(&demand.id, with_victims).unwrap()))
                .collect()
        };
        let (without, with) = (all(false), all(true));
        for name in ["Kim Example", "김예시", "Younger"] {
            assert!(with.contains(name) && !without.contains(name), "{name}: {without}");
        }
        assert!(without.contains("(name withheld)의 임금을"), "{without}");
        assert!(without.contains("USD owed\"") && with.contains("USD owed to Kim Example"), "{with}");
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
