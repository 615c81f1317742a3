//! Why a figure has its verdict, and what would settle it, in words.

use std::collections::BTreeSet;

use plumb_account::Account;

use crate::Verdict;
use crate::compare::{Edge, Relation, Sides};
use crate::evidence::{origin_name, place_name};
use crate::figure::{Figure, Rival, is_for};
use crate::words::capital;

/// What a verdict on a figure rests on.
pub(crate) struct Grounds<'g, 'a> {
    pub(crate) account: &'a Account,
    pub(crate) figure: &'g Figure<'a>,
    pub(crate) rivals: &'g [Rival<'a>],
    pub(crate) sides: &'g Sides<'a>,
    pub(crate) verdict: Verdict,
    pub(crate) edge: Option<Edge>,
    /// Whether the account's own estimate has room for the figure.
    pub(crate) estimated: Option<bool>,
    /// From which rival on all exclude it, where it is out of date.
    pub(crate) newer: Option<usize>,
}

impl Grounds<'_, '_> {
    /// Why the verdict is what it is.
    pub(crate) fn why(&self) -> String {
        let said = match (self.verdict, self.edge) {
            (Verdict::NotCovered, _) => format!("No claim of the case is about it{}.", self.at_that_time()),
            // the estimate is that of the time when it was supported
            (Verdict::OutOfDate, _) => return self.out_of_date(),
            _ if self.rivals.is_empty() => "No claim is about it.".to_owned(),
            (_, Some(edge)) => self.at_the_edge(edge),
            (Verdict::Supported, _) => {
                format!("{} independent origins say the same; {}.", self.sides.states.len(), self.excluded())
            }
            (Verdict::Contested, _) => format!("Claims stand on both sides of it: {}.", self.excluded()),
            (Verdict::Contradicted, _) => format!("It lies outside every claim: {}.", self.excluded()),
            _ => self.leave_room(),
        };
        let own = match self.estimated {
            Some(true) => " The account's own estimate has room for it.",
            Some(false) => " It lies outside the account's own estimate.",
            None => "",
        };
        let carried = if self.figure.place_is_carried { " Its place is that of the words before it." } else { "" };
        format!("{said}{}{own}{carried}", self.same_speaker())
    }

    fn leave_room(&self) -> String {
        match self.sides.ends.len() + self.sides.contains.len() + self.sides.allows.len() {
            0 => format!("{}.", capital(&self.excluded())),
            1 => "1 origin leaves room for it; nobody states just this figure.".to_owned(),
            room => format!("{room} origins leave room for it; nobody states just this figure."),
        }
    }

    fn at_the_edge(&self, edge: Edge) -> String {
        let (states, ends) = (&self.sides.states, &self.sides.ends);
        match edge {
            Edge::OneOrigin => format!("It rests on one origin: {}.{}", self.names(states), self.repeated(states)),
            Edge::EndOfRanges => format!(
                "Nobody gives it as a figure of its own: it is the {} of {} origin{}.{} {}.",
                self.end_of(),
                ends.len(),
                if ends.len() == 1 { "" } else { "s" },
                self.repeated(ends),
                capital(&self.excluded())
            ),
            Edge::Furthest => format!(
                "{} origin{} ({}) as far as this; {}.",
                states.len(),
                if states.len() == 1 { " alone goes" } else { "s go" },
                self.names(states),
                self.excluded()
            ),
        }
    }

    fn names(&self, origins: &BTreeSet<&str>) -> String {
        origins.iter().map(|origin| origin_name(self.account, origin)).collect::<Vec<_>>().join("; ")
    }

    /// The year of the figure of the origin that is quoted over the longest time, and of its repetitions.
    fn repeated(&self, origins: &BTreeSet<&str>) -> String {
        let years = |origin: &str| {
            let claims = self.rivals.iter().filter(|rival| rival.claim.origin == origin);
            let mut years: Vec<i16> =
                claims.filter_map(|rival| rival.claim.period).map(|period| period.sort_day().year()).collect();
            years.dedup();
            years
        };
        let all = origins.iter().map(|origin| (*origin, years(origin)));
        let Some((origin, years)) = all.max_by_key(|(_, years)| years.len()) else { return String::new() };
        let [first, since @ ..] = years.as_slice() else { return String::new() };
        if since.is_empty() {
            return String::new();
        }
        let since: Vec<String> = since.iter().map(i16::to_string).collect();
        let name = origin_name(self.account, origin);
        format!(" It is a figure of {first} ({name}), repeated since as one of {}.", since.join(" and "))
    }

    /// `upper end of $1.2–2.3 bn a year in claims`, by the oldest claim that ends there.
    fn end_of(&self) -> String {
        let ends = self.rivals.iter().find(|rival| rival.relation == Relation::EndsAt);
        let Some(rival) = ends else { return "end of what is claimed".to_owned() };
        let is_upper = self.figure.quantity.middle() > rival.quantity.middle();
        let side = if is_upper { "upper" } else { "lower" };
        format!("{side} end of {} in claims", rival.quantity.figure())
    }

    fn out_of_date(&self) -> String {
        let (older, later) = self.rivals.split_at(self.newer.unwrap_or_default().min(self.rivals.len()));
        let time = |rival: Option<&Rival<'_>>| {
            rival.and_then(|rival| rival.claim.period).map(|period| period.to_string()).unwrap_or_default()
        };
        let (until, last) = (time(older.last()), time(later.last()));
        format!("Claims up to {until} say the same; all {} later ones, up to {last}, exclude it.", later.len())
    }

    /// What the case has from the very speaker that the text names, where it is another figure.
    fn same_speaker(&self) -> String {
        let Some(speaker) = &self.figure.speaker else { return String::new() };
        let known =
            self.rivals.iter().find(|rival| !is_for(rival.relation) && named_alike(speaker, &rival.claim.said_by));
        known.map_or_else(String::new, |rival| {
            format!(
                " The case has {} with {} ({}).",
                rival.claim.said_by,
                rival.claim.quantity.figure(),
                rival.claim.id
            )
        })
    }

    fn at_that_time(&self) -> String {
        self.figure.when.period().map(|period| format!(" for {period}")).unwrap_or_default()
    }

    /// `8 origins say less, 1 more`.
    fn excluded(&self) -> String {
        let say = |count: usize| if count == 1 { " says" } else { "s say" };
        match (self.sides.below.len(), self.sides.above.len()) {
            (0, 0) => "nobody excludes it".to_owned(),
            (below, 0) => format!("{below} origin{} less", say(below)),
            (0, above) => format!("{above} origin{} more", say(above)),
            (below, above) => format!("{below} origin{} less, {above} more", say(below)),
        }
    }

    /// What would settle it; `None` where nothing is open.
    pub(crate) fn settle(&self) -> Option<String> {
        let place = place_name(self.account, &self.figure.place);
        let what = format!("{} ({place}){}", self.figure.measure.label.to_lowercase(), self.at_that_time());
        match (self.verdict, self.edge) {
            (Verdict::Supported, _) => None,
            (Verdict::OutOfDate, _) => Some("The day that the text speaks of.".to_owned()),
            (Verdict::NotCovered, _) => Some(format!("A source that states {what}.")),
            (_, Some(_)) => Some(self.second_origin()),
            _ => Some(format!("A count of {what} that others can check.")),
        }
    }

    fn second_origin(&self) -> String {
        let said = self.rivals.iter().find(|rival| is_for(rival.relation));
        let origin = said.and_then(|rival| self.account.case.origins.get(&rival.claim.origin));
        let Some(origin) = origin else { return "A second origin that reckoned for itself.".to_owned() };
        let basis = if origin.basis.is_empty() { "not stated" } else { &origin.basis };
        format!("How “{}” came to it (basis: {basis}), and a second origin that reckoned for itself.", origin.name)
    }
}

/// Whether two names of speakers begin with the same two words: "US diplomats" and "US diplomats to CNN".
fn named_alike(one: &str, two: &str) -> bool {
    let head = |words: &str| words.split_whitespace().take(2).map(str::to_lowercase).collect::<Vec<_>>();
    head(one).len() == 2 && head(one) == head(two)
}
