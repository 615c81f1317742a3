//! What the API answers from: lists, and the actors of the case, each a dataset with its index.

use std::collections::BTreeSet;
use std::sync::Arc;

use plumb_account::Account;
use plumb_lists::LoadedList;
use plumb_screen::Record;
use plumb_screen::index::{Builder, Index, IndexError};

use super::fault::Fault;

/// The name under which all datasets are asked together, as in the hosted service.
pub(crate) const ALL: &str = "default";

/// The name of a dataset as FollowTheMoney allows it, with `_` for `-`: clients refuse a catalog that has others. Requests may write either.
pub(crate) fn name_of(list: &str) -> String {
    list.replace('-', "_")
}

/// A list or the actors of a case, ready to be searched.
#[derive(Debug)]
pub struct Dataset {
    /// Its name, which stands in addresses, with `_` for what FollowTheMoney does not allow in a name.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// What tells this version from others.
    pub version: String,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The terms of its publisher.
    pub licence: Option<String>,
    /// Where it is published.
    pub url: Option<String>,
    /// The day that it states, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The day on which it was added, `YYYY-MM-DD`.
    pub added: Option<String>,
    /// Its records.
    pub index: Index,
    /// How many of them are things, and not relations or documents about things.
    pub things: u32,
    /// Whether any of them says when it changed.
    pub tells_changes: bool,
    /// Names of the schemata of its records.
    pub schemata: BTreeSet<&'static str>,
}

impl Dataset {
    /// A list.
    pub fn of_list(list: LoadedList) -> Self {
        let manifest = list.manifest;
        Self {
            title: manifest.title.unwrap_or_else(|| manifest.name.clone()),
            name: name_of(&manifest.name),
            version: manifest.hash,
            publisher: manifest.publisher,
            licence: manifest.licence,
            url: manifest.address,
            date: manifest.date,
            added: Some(manifest.added),
            ..Self::of_index(list.index)
        }
    }

    /// The actors of a case, with all that the case exports about them.
    ///
    /// # Errors
    /// More records than an index has room for.
    pub fn of_account(account: &Account) -> Result<Self, IndexError> {
        let settings = &account.case.settings;
        let mut builder = Builder::default();
        for entity in plumb_export::ftm::entities(account) {
            builder.add(&Record::new(entity, &settings.id))?;
        }
        Ok(Self {
            name: name_of(&settings.id),
            title: settings.title.clone(),
            version: account.hash.clone(),
            licence: Some(settings.licence.clone()).filter(|licence| !licence.is_empty()),
            ..Self::of_index(builder.in_memory()?)
        })
    }

    fn of_index(index: Index) -> Self {
        let facts = (0..index.len()).filter_map(|record| index.record_facts(record));
        let (mut things, mut schemata) = (0, BTreeSet::new());
        for facts in facts {
            things += u32::from(facts.schema.is_a("Thing"));
            schemata.insert(facts.schema.name);
        }
        Self {
            tells_changes: index.tells_changes(),
            name: String::new(),
            title: String::new(),
            version: String::new(),
            publisher: None,
            licence: None,
            url: None,
            date: None,
            added: None,
            index,
            things,
            schemata,
        }
    }

    /// The datasets that its records come from, where it was put together from several, by the names that its records have for them.
    pub(crate) fn children(&self) -> impl Iterator<Item = &str> {
        self.index.datasets().iter().map(String::as_str).filter(|name| name_of(name) != self.name)
    }
}

/// A part of what a request is about: a dataset, or of its records those from some of its sources.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) dataset: Arc<Dataset>,
    /// The sources that count; `None` for all.
    pub(crate) sources: Option<Vec<String>>,
}

/// What is to be told of parts that a filter by time of change leaves nothing of, because they do not know it.
pub(crate) fn silent_about_changes(parts: &[Part], changed_since: Option<&str>) -> Vec<String> {
    let silent = parts.iter().filter(|part| changed_since.is_some() && !part.dataset.tells_changes);
    let told = |part: &Part| {
        format!("{} does not say when its entries changed: changed_since leaves nothing of it", part.dataset.name)
    };
    silent.map(told).collect()
}

/// The parts that a name in an address and lists of datasets to include and exclude stand for. A server without any dataset is one that is
/// not ready, whatever is asked of it.
pub(crate) fn scope(
    datasets: &[Arc<Dataset>],
    name: &str,
    include: &[String],
    exclude: &[String],
) -> Result<Vec<Part>, Fault> {
    if datasets.is_empty() {
        return Err(Fault::Busy("Index not ready."));
    }
    let wanted = name_of(name);
    let found = datasets.iter().filter_map(|dataset| {
        let whole = name == ALL || dataset.name == wanted;
        let sources: Vec<String> =
            dataset.children().filter(|child| name_of(child) == wanted).map(str::to_owned).collect();
        let part = !sources.is_empty();
        (whole || part).then(|| Part { dataset: dataset.clone(), sources: if whole { None } else { Some(sources) } })
    });
    let found: Vec<Part> = found.collect();
    if found.is_empty() && name != ALL {
        return Err(Fault::missing("No such dataset."));
    }
    Ok(found.into_iter().filter_map(|part| narrowed(part, include, exclude)).collect())
}

/// A part without what is excluded; nothing if nothing is left.
fn narrowed(part: Part, include: &[String], exclude: &[String]) -> Option<Part> {
    let named =
        |names: &[String], name: &str| names.iter().any(|other| name_of(other) == name_of(name) || other == ALL);
    let dataset = part.dataset.clone();
    if named(exclude, &dataset.name) {
        return None;
    }
    let included = include.is_empty() || named(include, &dataset.name);
    if included && !dataset.children().any(|child| named(exclude, child)) {
        return Some(part);
    }
    let own = dataset.index.datasets().to_vec();
    let mut sources = part.sources.unwrap_or(own);
    sources.retain(|name| (included || named(include, name)) && !named(exclude, name));
    (!sources.is_empty()).then_some(Part { dataset, sources: Some(sources) })
}
