//! Figures with what they measure, where, when and who says so: proposed claims.

use std::collections::BTreeMap;
use std::ops::Range;

use plumb_core::date::Period;

use crate::dates::Dated;
use crate::gazetteer::{EntryKind, Named};
use crate::line::Line;
use crate::near::{FAR, Surroundings, between, cover};
use crate::quantity::{Counted, is_money};
use crate::rules::{MeasureRule, Rules};
use crate::sentence::{Proposal, Reason, Speaker};
use crate::terms::Sense;
use crate::units::Settled;

/// A cue that bears less than this on a figure does not count for it.
const BEARS: f64 = 0.15;

/// A hedge or plan that bears more than this on a figure concerns it: one in its clause or the next, not over a figure.
const CONCERNS: f64 = 0.4;

/// A cue that a measure excludes, or asks for with `!`, stands near: not over another figure.
const NEAR: f64 = 0.5;

/// A plan outweighs what is planned: "plans to send 5,000 workers home" is a plan.
const PLAN: f64 = 1.5;

/// What is left of cues that only hint at a measure: a cue that names it and bears half as much outweighs them.
const GUESSED: f64 = 0.5;

/// A denial stands within so many bytes of what it denies.
const DENIES: usize = 40;

/// What is left of the bearing of a place that no preposition or particle ties.
const UNTIED: f64 = 0.7;

/// What stands behind the name of a place in Korean and Chinese where English has "in", "to" or "from".
const PARTICLES_OF_PLACE: [&str; 9] = ["에서", "에", "로", "으로", " 내", "내", "境内", "国内", "境內"];

/// What a sentence says beside its figures.
pub(crate) struct Context<'a> {
    pub(crate) dates: &'a [Dated],
    pub(crate) speaker: Option<Speaker>,
    pub(crate) around: Surroundings<'a>,
}

impl Context<'_> {
    /// Whether a name is of those who speak.
    fn is_speaker(&self, name: &Range<usize>) -> bool {
        self.speaker.as_ref().is_some_and(|one| one.range.start < name.end && name.start < one.range.end)
    }
}

/// How much the words of a sentence bear on one figure.
struct Bearings<'r> {
    cues: BTreeMap<&'r str, f64>,
    plan: f64,
    hedge: f64,
    dated: bool,
}

impl Bearings<'_> {
    /// Of several cues, `send|return`, the one that bears most.
    fn cue(&self, names: &str) -> f64 {
        names.split('|').filter_map(|name| self.cues.get(name)).copied().fold(0.0, f64::max)
    }
}

/// A measure that fits, with how well.
struct Fit<'r> {
    rule: &'r MeasureRule,
    score: f64,
    named: bool,
}

impl Line<'_> {
    /// The claim of one figure.
    pub(crate) fn propose(
        &self,
        rules: &Rules,
        figure: &Counted,
        unit: &Settled,
        context: &Context<'_>,
        listed: Option<&Proposal>,
    ) -> Option<Proposal> {
        let bearings = self.bearings(figure, context, listed);
        let fits = measures(rules, figure, &unit.0, &bearings);
        let best = fits.first();
        let mut reasons = vec![unit.2];
        let name = self.unit_of(figure, &unit.0, best, &mut reasons);
        let stated = figure.stated(&name, unit.1.clone())?;
        reasons.extend(reasons_of_measure(&fits));
        let place = self.place(rules, figure, context, &mut reasons);
        let date = Self::date(figure, context, &mut reasons);
        let (planned, hedged) = (bearings.plan > CONCERNS, bearings.hedge > CONCERNS);
        let negated = self.is_negated(figure);
        reasons.extend(figure.is_vague.then_some(Reason::VagueNumber));
        reasons.extend(negated.then_some(Reason::Negated));
        reasons.extend(hedged.then_some(Reason::Hedged));
        reasons.extend(planned.then_some(Reason::Planned));
        let parts = [unit.1.as_ref(), place.as_ref().map(|(_, range)| range), date.as_ref().map(|(_, range)| range)];
        let range = parts.into_iter().flatten().fold(figure.range.clone(), |all, part| cover(&all, part));
        let measure = best.map(|fit| fit.rule.id.clone());
        let mut other_measures: Vec<String> = fits.iter().skip(1).map(|fit| fit.rule.id.clone()).collect();
        other_measures.retain(|other| measure.as_ref() != Some(other));
        other_measures.dedup();
        Some(Proposal {
            range,
            stated,
            measure,
            other_measures,
            place: place.map(|(code, _)| code),
            period: date.map(|(period, _)| period),
            actors: self.actors_near(&figure.range),
            nationality: self.nationality(figure, &context.around),
            speaker: context.speaker.clone(),
            negated,
            hedged,
            planned,
            confidence: reasons.iter().map(|reason| reason.weight()).product(),
            reasons,
        })
    }

    fn actors_near(&self, figure: &Range<usize>) -> Vec<String> {
        self.ids(|name| {
            between(&name.range, figure).len() <= FAR && matches!(name.kind, EntryKind::Actor | EntryKind::Site)
        })
    }

    /// The unit that the words and the measure give a figure.
    fn unit_of(&self, figure: &Counted, named: &str, fit: Option<&Fit<'_>>, reasons: &mut Vec<Reason>) -> String {
        let rule = fit.map(|fit| fit.rule);
        if let Some(counts) = rule.and_then(|rule| rule.counts.as_ref()).filter(|counts| *counts != named) {
            reasons.push(Reason::UnitOfMeasure);
            return counts.clone();
        }
        if !is_money(named) && named != "hours" {
            return named.to_owned();
        }
        let mut unit = named.split('/').next().unwrap_or_default().to_owned();
        if rule.is_some_and(|rule| rule.by_person) {
            unit.push_str("/person");
        }
        let usual = fit.filter(|fit| fit.named).and_then(|fit| fit.rule.per.clone());
        // hours are by the day unless their own unit says otherwise; "seven days a week" beside them does not
        let said = if is_money(named) || named.contains('/') { self.rate_of(named, figure) } else { None };
        reasons.extend((said.is_none() && usual.is_some()).then_some(Reason::UnitOfMeasure));
        said.or(usual).map_or(unit.clone(), |time| format!("{unit}/{time}"))
    }

    /// The time that a sum is for: of its own unit, else a word such as "annual" or "monthly" in the same clause.
    fn rate_of(&self, unit: &str, figure: &Counted) -> Option<String> {
        let times = ["hour", "day", "week", "month", "year"];
        if let Some(time) = unit.split('/').skip(1).find(|part| times.contains(part)) {
            return Some(time.to_owned());
        }
        // letters outside ASCII take two or three bytes
        let reach = if self.text.is_ascii() { 40 } else { 100 };
        let near = |range: &Range<usize>| between(range, &figure.range).len() <= reach;
        let words = self.items.iter().enumerate().filter(|(_, item)| near(&item.range));
        let named = words.filter_map(|(at, item)| {
            let time =
                self.sense(at, |sense| if let Sense::Per(Some(time)) = sense { Some(time.clone()) } else { None })?;
            times.contains(&time.as_str()).then_some((between(&item.range, &figure.range).len(), time))
        });
        named.min().map(|(_, time)| time)
    }

    /// All words that bear on a figure, each once. What is planned or hedged of the first of a list is so of the others.
    fn bearings(&self, figure: &Counted, context: &Context<'_>, listed: Option<&Proposal>) -> Bearings<'_> {
        let dated = !context.dates.is_empty();
        let of_list = |holds: fn(&Proposal) -> bool| if listed.is_some_and(holds) { 1.0 } else { 0.0 };
        let (plan, hedge) = (of_list(|first| first.planned), of_list(|first| first.hedged));
        let mut bearings = Bearings { cues: BTreeMap::new(), plan, hedge, dated };
        for word in &self.context {
            let bearing = context.around.bearing(&figure.range, &word.range);
            for sense in word.senses {
                let most = match sense {
                    Sense::Cue(name) => bearings.cues.entry(name).or_default(),
                    Sense::Plan => &mut bearings.plan,
                    Sense::Hedge => &mut bearings.hedge,
                    _ => continue,
                };
                *most = most.max(bearing);
            }
        }
        bearings
    }

    /// A denial stands close before its figure; in Korean and Chinese also behind it. One inside the qualifier is none.
    fn is_negated(&self, figure: &Counted) -> bool {
        let after_too = matches!(self.language, crate::Language::Korean | crate::Language::Chinese);
        self.context.iter().filter(|one| one.senses.contains(&Sense::Negation)).any(|one| {
            let gap = between(&figure.range, &one.range);
            let apart = one.range.end <= figure.range.start || (after_too && one.range.start >= figure.range.end);
            apart && gap.len() <= DENIES && !self.text.get(gap).is_some_and(|gap| gap.contains([',', ';', '，', '.']))
        })
    }

    /// The place that a figure is about, with its words.
    fn place(
        &self,
        rules: &Rules,
        figure: &Counted,
        context: &Context<'_>,
        reasons: &mut Vec<Reason>,
    ) -> Option<(String, Range<usize>)> {
        let around = &context.around;
        // "Seoul believes": a city that speaks is a government
        let speaks = |name: &Named<'_>| {
            context.is_speaker(&name.range) && name.id.contains(['-', '.']) && !self.is_tied(&name.range)
        };
        let is_place = |name: &&Named<'_>| name.kind == EntryKind::Place && !rules.is_home(name.id) && !speaks(name);
        let mut places: Vec<(f64, bool, &Named<'_>)> = (self.names.iter().filter(is_place))
            .map(|name| {
                let tied = self.is_tied(&name.range);
                let bearing = around.bearing_by_side(&figure.range, &name.range);
                (bearing * if tied { 1.0 } else { UNTIED }, tied, name)
            })
            .filter(|(bearing, ..)| *bearing > 0.0)
            .collect();
        // of several readings of one name the shortest code: a country before its parts
        places.sort_by(|one, two| two.0.total_cmp(&one.0).then_with(|| one.2.id.len().cmp(&two.2.id.len())));
        let Some((_, tied, best)) = places.first().copied() else {
            return self.place_of_people(rules, figure, context, reasons);
        };
        // the part of those abroad is where the place behind it says
        let is_part = figure.unit.as_ref().is_some_and(|(unit, _)| unit == "share");
        if !is_part && self.is_of_abroad(&figure.range, &best.range) || self.is_of_part(&figure.range, &best.range) {
            reasons.push(Reason::PlaceOfOthers);
            return None;
        }
        let others = || places.iter().filter(|one| one.2.range != best.range);
        if others().any(|other| self.are_joined(&best.range, &other.2.range)) {
            reasons.push(Reason::PlacesSeveral);
            return None;
        }
        reasons.push(match (tied, others().next()) {
            (true, _) => Reason::PlaceTied,
            (false, None) => Reason::PlaceAlone,
            (false, Some(_)) => Reason::PlaceNearest,
        });
        Some((best.id.to_owned(), best.range.clone()))
    }

    /// "100,000 abroad, most of them in Russia": what is said of all places abroad, nearer than of this one.
    fn is_of_abroad(&self, figure: &Range<usize>, place: &Range<usize>) -> bool {
        let abroad = self.context.iter().filter(|one| one.senses.contains(&Sense::Abroad));
        abroad.map(|one| between(&one.range, figure).len()).min().is_some_and(|gap| gap < between(place, figure).len())
    }

    /// "Of the 100,000 the majority is in Russia": a place behind a part of what was counted is that of the part.
    fn is_of_part(&self, figure: &Range<usize>, place: &Range<usize>) -> bool {
        let first = self.items.partition_point(|item| item.range.start < figure.end);
        let between = (first..self.items.len()).take_while(|at| self.span(*at, at + 1).end <= place.start);
        figure.end <= place.start && between.into_iter().any(|at| self.is(at, &Sense::Majority))
    }

    /// "Russian consulates issued": where no place is named, whose they are says where. Who is counted ("Chinese workers")
    /// or speaks ("Russian officials said") says nothing of it.
    fn place_of_people(
        &self,
        rules: &Rules,
        figure: &Counted,
        context: &Context<'_>,
        reasons: &mut Vec<Reason>,
    ) -> Option<(String, Range<usize>)> {
        let is_counted = |name: &Range<usize>| {
            let next = self.items.partition_point(|item| item.range.start < name.end);
            let gap = self.text.get(name.end..self.span(next, next + 1).start);
            self.counted(next).is_some_and(|unit| unit == "persons") && gap.is_some_and(|gap| gap.trim().is_empty())
        };
        let peoples = self.names.iter().filter(|name| {
            name.kind == EntryKind::Nationality
                && !rules.is_home(name.id)
                && !context.is_speaker(&name.range)
                && !is_counted(&name.range)
        });
        let bearing = |name: &Named<'_>| context.around.bearing(&figure.range, &name.range);
        let near = peoples.map(|name| (bearing(name), name)).filter(|(bearing, _)| *bearing > BEARS);
        let (_, best) = near.max_by(|one, two| one.0.total_cmp(&two.0))?;
        reasons.push(Reason::PlaceOfPeople);
        Some((best.id.to_owned(), best.range.clone()))
    }

    /// "in China and Russia": a figure for both is one for neither.
    fn are_joined(&self, one: &Range<usize>, two: &Range<usize>) -> bool {
        let gap = self.words(between(one, two)).trim();
        matches!(
            gap,
            "and"
                | "and the"
                | "and in"
                | "and in the"
                | "or"
                | "&"
                | "и"
                | "и в"
                | "和"
                | "与"
                | "與"
                | "及"
                | "와"
                | "과"
                | "및"
                | ","
                | "、"
        )
    }

    /// Whether a preposition stands before a name, or a particle of place behind it.
    fn is_tied(&self, name: &Range<usize>) -> bool {
        let before = self.items.partition_point(|item| item.range.end <= name.start).checked_sub(1);
        let preposed = before.is_some_and(|at| {
            let end = self.items.get(at).map_or(0, |item| item.range.end);
            let gap = self.text.get(end..name.start).unwrap_or_default();
            let over = self.is(at, &Sense::Filler).then(|| self.before(at)).flatten().unwrap_or(at);
            gap.trim().is_empty() && (self.is(at, &Sense::Placing) || self.is(over, &Sense::Placing))
        });
        let rest = self.folded.get(name.end..).unwrap_or_default();
        preposed || PARTICLES_OF_PLACE.iter().any(|particle| rest.starts_with(particle))
    }

    fn date(figure: &Counted, context: &Context<'_>, reasons: &mut Vec<Reason>) -> Option<(Period, Range<usize>)> {
        let bearing = |range: &Range<usize>| context.around.bearing_by_side(&figure.range, range);
        let dated = context.dates.iter().filter_map(|date| Some((bearing(&date.range), date.period?, &date.range)));
        let near = dated.filter(|(bearing, ..)| *bearing > 0.0);
        let (_, period, range) = near.max_by(|one, two| one.0.total_cmp(&two.0).then(two.2.start.cmp(&one.2.start)))?;
        reasons.push(Reason::DateInSentence);
        Some((period, range.clone()))
    }

    fn nationality(&self, figure: &Counted, around: &Surroundings<'_>) -> Option<String> {
        let peoples = self.names.iter().filter(|name| name.kind == EntryKind::Nationality);
        let near = peoples
            .map(|name| (around.bearing(&figure.range, &name.range), name))
            .filter(|(bearing, _)| *bearing > 0.0);
        near.max_by(|one, two| one.0.total_cmp(&two.0)).map(|(_, name)| name.id.to_owned())
    }

    /// The ids of some names, each once, in order.
    pub(crate) fn ids(&self, wanted: impl Fn(&Named<'_>) -> bool) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        for name in self.names.iter().filter(|name| wanted(name)) {
            if !ids.iter().any(|id| id == name.id) {
                ids.push(name.id.to_owned());
            }
        }
        ids
    }
}

impl Proposal {
    /// Both ends of a change are of one thing: of "tourist visas fell from 16,613 in 2019 to 2,750 in 2020" the words for
    /// what and where stand beside the first.
    pub(crate) fn with_first_end(mut self, first: Option<&Self>) -> Self {
        let Some(first) = first.filter(|first| first.stated.quantity.unit() == self.stated.quantity.unit()) else {
            return self;
        };
        self.measure.clone_from(&first.measure);
        self.other_measures.clone_from(&first.other_measures);
        self.place = self.place.or_else(|| first.place.clone());
        self
    }
}

/// The measures that fit, the best first.
fn measures<'r>(rules: &'r Rules, figure: &Counted, unit: &str, bearings: &Bearings<'_>) -> Vec<Fit<'r>> {
    let unit = money_as_one(unit);
    let size = figure.high.unwrap_or(figure.low);
    let fits = |rule: &MeasureRule| {
        rule.units.contains(&unit)
            && (bearings.plan > CONCERNS || !rule.planned)
            && (bearings.dated || !rule.dated)
            && rule.least.is_none_or(|least| size >= least.into())
            && rule.most.is_none_or(|most| size <= most.into())
            && rule.without.iter().all(|cue| bearings.cue(cue) <= NEAR)
    };
    let fit = |rule: &'r MeasureRule| {
        let needed = |cue: &str| if cue.ends_with('!') { NEAR } else { BEARS };
        let cues: Option<Vec<f64>> = (rule.cues.iter())
            .map(|cue| Some(bearings.cue(cue.trim_end_matches('!'))).filter(|bearing| *bearing > needed(cue)))
            .collect();
        if let Some(cues) = cues {
            let plan = if rule.planned { PLAN } else { 0.0 };
            // a guess yields to a name
            let share = if rule.guessed { GUESSED } else { 1.0 };
            return Some(Fit { rule, score: share * cues.iter().sum::<f64>() + plan, named: !rule.guessed });
        }
        rule.usual.then_some(Fit { rule, score: 0.0, named: false })
    };
    let mut all: Vec<Fit<'r>> = rules.measures.iter().filter(|rule| fits(rule)).filter_map(fit).collect();
    // a stable sort: of equals the one that stands first in the data
    all.sort_by(|one, two| two.score.total_cmp(&one.score));
    all
}

/// Whether words name the measure, and whether another fits them as well.
fn reasons_of_measure(fits: &[Fit<'_>]) -> Vec<Reason> {
    match fits {
        [] => vec![Reason::MeasureUnknown],
        [one, two, ..] if one.named && two.score >= one.score && two.rule.id != one.rule.id => {
            vec![Reason::MeasureNamed, Reason::MeasureUnclear]
        }
        [one, ..] => vec![if one.named { Reason::MeasureNamed } else { Reason::MeasureAssumed }],
    }
}

/// `MONEY/month` for `USD/month`: the rules of measures hold for every currency.
fn money_as_one(unit: &str) -> String {
    if !is_money(unit) {
        return unit.to_owned();
    }
    let time = unit.split('/').skip(1).find(|part| *part != "person");
    time.map_or("MONEY".to_owned(), |time| format!("MONEY/{time}"))
}
