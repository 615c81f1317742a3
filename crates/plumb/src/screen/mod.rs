//! Screening: subjects held against lists, and what comes of it as the data of the report.

pub(crate) mod case;
pub(crate) mod decisions;
mod entries;
mod spreadsheet;
pub(crate) mod subjects;

use plumb_account::Account;
use plumb_lists::LoadedList;
use plumb_lists::loaded;
use plumb_page::screening::{Match, Subject};
use plumb_screen::decisions::Decisions;
use plumb_screen::index::{Filters, Wanted, Workspace};
use plumb_screen::score::Scorer;

use subjects::Asked;

/// What every subject is held against.
pub(crate) struct Screener<'a> {
    pub(crate) lists: &'a [LoadedList],
    pub(crate) scorer: Scorer,
    pub(crate) threshold: f64,
    /// Where near misses begin.
    pub(crate) near: Option<f64>,
    pub(crate) limit: usize,
    pub(crate) changed_since: Option<String>,
    pub(crate) decisions: &'a Decisions,
    pub(crate) case: Option<&'a Account>,
}

impl Screener<'_> {
    /// Holds one subject against the lists.
    pub(crate) fn screen(&self, asked: &Asked, workspace: &mut Workspace) -> Subject {
        let filters = Filters { changed_since: self.changed_since.as_deref(), ..Filters::default() };
        let least = self.near.unwrap_or(self.threshold).min(self.threshold);
        // entries that are decided about take no place of others: a new one must not hide behind five old ones
        let limit = self.limit.saturating_add(self.decisions.about(&asked.subject));
        let wanted = Wanted { threshold: self.threshold, ..Wanted::new(least, limit) };
        let (found, total) = loaded::search(self.lists, &self.scorer, &asked.profile, &wanted, &filters, workspace);
        let mut subject = Subject {
            subject: asked.subject.clone(),
            name: asked.name.clone(),
            schema: asked.profile.schema.name,
            properties: asked.properties.clone(),
            caution: asked.profile.caution(),
            leads: self.case.filter(|_| asked.is_actor).and_then(|case| case::leads(case, &asked.subject)),
            ..Subject::default()
        };
        for one in &found {
            let (result, settles) = self.result(&asked.subject, one);
            let group = match () {
                () if settles => &mut subject.settled,
                () if result.score >= self.threshold => &mut subject.matches,
                () => &mut subject.near,
            };
            group.push(result);
        }
        subject.matches.truncate(self.limit);
        subject.near.truncate(self.limit);
        let told = subject.matches.iter().chain(&subject.settled).filter(|one| one.score >= self.threshold).count();
        subject.beyond = total.saturating_sub(told);
        subject
    }

    /// A result with its decision, and whether that settles it.
    fn result(&self, subject: &str, found: &loaded::Found<'_>) -> (Match, bool) {
        let (mut result, state) = entries::result(found);
        let standing = self.decisions.standing(subject, &result.entry, &state);
        let settles = standing.is_some_and(|standing| standing.settles());
        result.decision = standing.map(entries::decided);
        let of_case = self.case.filter(|case| case::list_name(case) == found.list.manifest.name);
        result.leads = of_case.and_then(|case| case::leads(case, &result.entry));
        (result, settles)
    }
}

/// The present state of an entry that some list has, as decisions remember it.
pub(crate) fn state_of(lists: &[LoadedList], entry: &str) -> Option<String> {
    let list = lists.iter().find_map(|list| list.index.record_of(entry).map(|record| (list, record)));
    list.map(|(list, record)| entries::state(&entries::Entry::read(&list.index, record)))
}
