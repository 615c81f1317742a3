//! What a text says goes on without giving a figure: workers at a site, visas still issued. Held against claims of what is counted.

use plumb_core::case::{Claim, Site};
use plumb_core::figure::interval;
use plumb_core::measure::Nature;
use plumb_text::Value;

use crate::evidence::{of_claim, place_name};
use crate::outcome::{About, Checked, Evidence, Stance};
use crate::told::{Bench, Finding, Told, When};
use crate::words::capital;
use crate::{Verdict, evidence};

/// What is counted, the cue that names it, and the word for it.
const TOPICS: [(&str, &str, &str); 3] =
    [("visa", "visas", "visas"), ("permit", "permits", "work permits"), ("labour", "persons", "workers")];

/// Claims shown for one statement, the latest.
const MOST: usize = 8;

impl Bench<'_> {
    /// Workers at a site that the sentence names.
    pub(crate) fn at_site(&self, told: &Told<'_>) -> Option<Checked> {
        self.words.find("labour", told.text)?;
        let mention = told.sentence.mentions.iter().find(|one| matches!(one.value, Value::Site(_)))?;
        let Value::Site(id) = &mention.value else { return None };
        let site = self.account.case.sites.get(id)?;
        let evidence = self.counted_at(site);
        let (there, absent) = evidence::origins(&evidence);
        let verdict = match (there, absent) {
            (0, 0) if site.period.is_none() => Verdict::NotCovered,
            (0 | 1, 0) => Verdict::AtTheEdge,
            (0, _) => Verdict::Contradicted,
            (there, absent) if there > 1 && there > absent => Verdict::Supported,
            _ => Verdict::Contested,
        };
        let incidents =
            if site.incidents.is_empty() { String::new() } else { format!(" Reported there: {}.", site.incidents) };
        let why = format!(
            "{there} origin{} there, {absent} den{} it. The case calls it {}.{incidents}",
            if there == 1 { " puts workers" } else { "s put workers" },
            if absent == 1 { "ies" } else { "y" },
            site.status,
        );
        let words = format!("Workers at {}", site.name.split(" (").next().unwrap_or(&site.name));
        let about = About { words, place: Some(site.place.clone()), period: site.period, ..About::default() };
        let finding =
            Finding::new(about, verdict, why, evidence).settled_by("Pay sheets, passes or photographs of the site.");
        Some(self.checked(told, mention.range.clone(), finding))
    }

    /// The claims that count people at a site.
    fn counted_at(&self, site: &Site) -> Vec<Evidence> {
        let counted = |claim: &&Claim| {
            let measure = self.account.case.measures.get(&claim.measure);
            measure.is_some_and(|measure| measure.nature == Nature::Stock && measure.unit.as_str() == "persons")
        };
        let claims = site.claims.iter().filter_map(|id| self.account.case.claims.get(id)).filter(counted);
        claims.map(|claim| of_claim(self.account, claim, presence(claim))).collect()
    }

    /// Something that is said to go on, or to have stopped, at a place.
    pub(crate) fn going_on(&self, told: &Told<'_>) -> Option<Checked> {
        let says_stopped = self.words.find("stop", told.text);
        let cue = says_stopped.clone().or_else(|| self.words.find("continue", told.text))?;
        let place = told.sentence.mentions.iter().find_map(|one| match &one.value {
            Value::Place(code) if self.is_host(code) => Some(code.clone()),
            _ => None,
        })?;
        let (topic, unit, word) = *TOPICS.iter().find(|(topic, ..)| self.words.has(topic, told.text))?;
        let at = self.words.find(topic, told.text)?;
        let from = told.sentence.range.start;
        let range = from + cue.start.min(at.start)..from + cue.end.max(at.end);
        let finding = self.judge_going_on(&place, unit, word, told.when(None), says_stopped.is_some());
        Some(self.checked(told, range, finding))
    }

    /// A place that claims about workers speak of: what goes on in the state that sends them is another matter.
    fn is_host(&self, code: &str) -> bool {
        self.account.case.claims.iter().any(|claim| claim.place == code)
    }

    fn judge_going_on(&self, place: &str, unit: &str, word: &str, when: When, says_stopped: bool) -> Finding {
        let claims = self.since(place, unit, when);
        let was_there = claims.iter().any(|claim| presence(claim) == Stance::For);
        let latest = claims.first().map(|claim| presence(claim));
        let (on, off) = if says_stopped { (Stance::Against, Stance::For) } else { (Stance::For, Stance::Against) };
        let evidence: Vec<_> = claims
            .iter()
            .take(MOST)
            .map(|claim| of_claim(self.account, claim, if presence(claim) == Stance::For { on } else { off }))
            .collect();
        let verdict = match (latest, says_stopped) {
            (None, _) => Verdict::NotCovered,
            (Some(Stance::For), false) | (Some(Stance::Against), true) => Verdict::Supported,
            (Some(Stance::Beside), _) => Verdict::InsideTheRange,
            (Some(Stance::Against), false) if was_there => Verdict::OutOfDate,
            _ => Verdict::Contradicted,
        };
        let name = place_name(self.account, place);
        let why = match claims.first() {
            None => format!("No claim of the case counts {word} in {name} after that time."),
            Some(last) => format!(
                "{} claims count {word} in {name} since; the latest, of {}, has {}.",
                claims.len(),
                last.period.map(|period| period.to_string()).unwrap_or_default(),
                last.quantity.figure()
            ),
        };
        let going = if says_stopped { "no longer" } else { "going on" };
        let words = format!("{}, {name}: {going}", capital(word));
        let about = About { words, place: Some(place.to_owned()), period: when.period(), ..About::default() };
        Finding { claimed: claimed(&claims), ..Finding::new(about, verdict, why, evidence) }
            .settled_by(format!("A register of {word} of {name} for the time since."))
    }

    /// The claims that count things of a unit at a place from a time on, the latest first.
    fn since(&self, place: &str, unit: &str, when: When) -> Vec<&Claim> {
        let (since, _) = when.days();
        // people are counted in many ways, as planned ones too; most claims are about those who are there
        let people = self.counted("person").filter(|measure| measure.unit.as_str() == unit);
        let of_unit = |claim: &&Claim| match people {
            Some(measure) => claim.measure == measure.id,
            None => self.account.case.measures.get(&claim.measure).is_some_and(|one| one.unit.as_str() == unit),
        };
        let later = |claim: &&Claim| claim.period.is_some_and(|period| period.latest().is_none_or(|end| end >= since));
        let claims =
            self.account.case.claims.iter().filter(|claim| claim.place == place && claim.population.is_empty());
        let mut claims: Vec<&Claim> = claims.filter(of_unit).filter(later).collect();
        claims.sort_by_key(|claim| std::cmp::Reverse(claim.period.map(|period| period.sort_day())));
        claims
    }
}

/// Whether a claim says that something is there at all: more than none, or none.
fn presence(claim: &Claim) -> Stance {
    match claim.quantity.bounds() {
        (Some(low), _) if low.is_sign_positive() && !low.is_zero() => Stance::For,
        (_, Some(high)) if high.is_zero() => Stance::Against,
        _ => Stance::Beside,
    }
}

/// The lowest and highest number among claims of one unit.
fn claimed(claims: &[&Claim]) -> Option<String> {
    let unit = claims.first()?.quantity.unit();
    let numbers =
        || claims.iter().filter(|claim| claim.quantity.unit() == unit).filter_map(|claim| claim.quantity.middle());
    Some(interval(numbers().min(), numbers().max(), unit, true))
}
