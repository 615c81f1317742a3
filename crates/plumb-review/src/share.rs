//! Shares told in words: "the majority end up in Russia" against the claims about part and whole.

use std::collections::BTreeMap;
use std::ops::Range;

use plumb_account::estimate::rounded;
use plumb_core::case::Claim;
use plumb_core::figure::interval;
use plumb_core::measure::{Measure, Nature};
use plumb_core::place::WORLD;
use plumb_core::quantity::Quantity;
use rust_decimal::Decimal;

use crate::Verdict;
use crate::evidence::{of_claim, place_name};
use crate::figure::Figure;
use crate::outcome::{About, Checked, Estimated, Evidence, Stance};
use crate::told::{Bench, Finding, Told, When};

/// More than this is a majority.
const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// One origin on part and whole at a time: the lowest and highest share that its figures allow.
struct Pair<'a> {
    part: &'a Claim,
    whole: &'a Claim,
    low: Decimal,
    high: Decimal,
}

/// The pairs of all origins, counted by what they say of a stated share.
struct Tally<'a> {
    pairs: Vec<Pair<'a>>,
    /// The text says more than half, else less.
    is_major: bool,
    origins: usize,
    agree: usize,
    deny: usize,
}

impl<'a> Tally<'a> {
    fn of(pairs: Vec<Pair<'a>>, is_major: bool) -> Self {
        let mut by_origin: BTreeMap<&str, (Decimal, Decimal)> = BTreeMap::new();
        for pair in &pairs {
            let known = by_origin.entry(pair.part.origin.as_str()).or_insert((pair.low, pair.high));
            *known = (known.0.min(pair.low), known.1.max(pair.high));
        }
        let spans: Vec<(Decimal, Decimal)> = by_origin.into_values().collect();
        let mut tally = Self { pairs, is_major, origins: spans.len(), agree: 0, deny: 0 };
        tally.agree = spans.iter().filter(|span| tally.stance(**span) == Stance::For).count();
        tally.deny = spans.iter().filter(|span| tally.stance(**span) == Stance::Against).count();
        tally
    }

    /// What a lowest and highest share say of the stated one.
    fn stance(&self, (low, high): (Decimal, Decimal)) -> Stance {
        match self.is_major {
            true if low > HALF => Stance::For,
            true if high <= HALF => Stance::Against,
            false if high < HALF => Stance::For,
            false if low >= HALF => Stance::Against,
            _ => Stance::Beside,
        }
    }

    fn verdict(&self) -> Verdict {
        match (self.agree, self.deny, self.origins) {
            (0, 0, 0) => Verdict::NotCovered,
            (0, 0, _) => Verdict::InsideTheRange,
            (0, ..) => Verdict::Contradicted,
            (1, 0, _) => Verdict::AtTheEdge,
            (_, 0, _) => Verdict::Supported,
            _ => Verdict::Contested,
        }
    }

    /// The lowest and highest share of all pairs.
    fn claimed(&self) -> Option<String> {
        let percent = |value: Decimal| Some(value.round_dp(2).min(Decimal::ONE));
        let low = self.pairs.iter().map(|pair| pair.low).min()?;
        let high = self.pairs.iter().map(|pair| pair.high).max()?;
        Some(interval(percent(low), percent(high), &"share".parse().ok()?, true))
    }
}

impl<'a> Bench<'a> {
    /// Where the words for a part of a whole stand.
    pub(crate) fn part(&self, text: &str) -> Option<Range<usize>> {
        self.words.find("majority", text).or_else(|| self.words.find("minority", text))
    }

    /// The share that a sentence states in words.
    pub(crate) fn share(&self, told: &Told<'_>, figures: &[(Checked, Figure<'a>)]) -> Option<Checked> {
        let words = self.part(told.text)?;
        let place = told.place_after(words.start)?.to_owned();
        let whole = figures.iter().map(|(_, figure)| figure).find(|figure| figure.measure.nature == Nature::Stock);
        let measure = match whole {
            Some(figure) => figure.measure,
            None if self.words.has("labour", told.text) => self.counted("person")?,
            None => return None,
        };
        let when = whole.map_or_else(|| told.when(None), |figure| figure.when);
        let is_major = self.words.has("majority", told.text);
        let end =
            told.sentence.mentions.iter().find(|one| one.range.start >= told.sentence.range.start + words.start)?;
        let range = told.sentence.range.start + words.start..end.range.end;
        Some(self.checked(told, range, self.judge_share(measure, &place, when, is_major)))
    }

    /// The measure of a counted thing that most claims of all places together are about.
    pub(crate) fn counted(&self, unit: &str) -> Option<&'a Measure> {
        let measures = self.account.case.measures.values();
        let counts = measures.filter(|measure| measure.unit.as_str().trim_end_matches('s') == unit);
        let claims = |measure: &Measure| {
            self.account.case.claims.iter().filter(|claim| claim.measure == measure.id && claim.place == WORLD).count()
        };
        counts.max_by_key(|measure| (claims(measure), std::cmp::Reverse(&measure.id)))
    }

    fn judge_share(&self, measure: &'a Measure, place: &str, when: When, is_major: bool) -> Finding {
        let then = self.pairs(measure, place, when);
        let of_another_time = then.is_empty() && !matches!(when, When::Unknown);
        let pairs = if of_another_time { self.pairs(measure, place, When::Unknown) } else { then };
        let tally = Tally::of(pairs, is_major);
        let (part, whole) = (place_name(self.account, place), place_name(self.account, WORLD));
        let (claimed, verdict) = (tally.claimed(), tally.verdict());
        let why = match &claimed {
            None => format!("No origin of the case gives both {part} and {whole} for one time."),
            Some(words) => format!(
                "{}Of {} origins that give both {part} and {whole} for one time, {} speak for it and {} against; their figures make it {words}.",
                if of_another_time { "Nobody gives both at that time. " } else { "" },
                tally.origins,
                tally.agree,
                tally.deny,
            ),
        };
        let settle = format!("Counts of {part} and of all hosts by one origin, at one time and of one population.");
        let half = if is_major { "more than half" } else { "less than half" };
        Finding {
            about: About {
                words: format!("{}: {half} of them in {part}", measure.label),
                measure: Some(measure.id.clone()),
                place: Some(place.to_owned()),
                period: when.period(),
                quantity: None,
            },
            verdict,
            why,
            claimed,
            estimate: self.estimated_share(measure, place, when),
            evidence: self.both_sides(&tally),
            settle: (verdict != Verdict::Supported).then_some(settle),
        }
    }

    /// The claims of the pairs, each once.
    fn both_sides(&self, tally: &Tally<'_>) -> Vec<Evidence> {
        let mut evidence: Vec<Evidence> = (tally.pairs.iter())
            .flat_map(|pair| {
                [pair.part, pair.whole].map(|claim| of_claim(self.account, claim, tally.stance((pair.low, pair.high))))
            })
            .collect();
        evidence.sort_by(|one, two| (one.stance, &one.record).cmp(&(two.stance, &two.record)));
        evidence.dedup_by(|one, two| one.record == two.record);
        evidence
    }

    /// The share that the account's own estimates of part and whole allow.
    fn estimated_share(&self, measure: &Measure, place: &str, when: When) -> Option<Estimated> {
        let year = when.period()?.latest()?.year();
        let (part, whole) =
            (self.estimate(&measure.id, place, Some(year))?, self.estimate(&measure.id, WORLD, Some(year))?);
        let (one, all) = (part.spread.as_ref()?, whole.spread.as_ref()?);
        let end = |share: f64| Some(rounded(share.min(1.0), 2));
        let words = interval(end(one.low / all.high), end(one.high / all.low), &"share".parse().ok()?, true);
        Some(Estimated { name: format!("{} / {}", part.name, whole.name), words })
    }

    /// Part and whole of one origin whose periods meet.
    fn pairs(&self, measure: &'a Measure, place: &str, when: When) -> Vec<Pair<'a>> {
        let wholes: Vec<_> = self.claims(measure, WORLD).filter(|(claim, _)| when.meets(claim.period)).collect();
        let mut pairs = Vec::new();
        for (part, quantity) in self.claims(measure, place).filter(|(claim, _)| when.meets(claim.period)) {
            for (whole, total) in &wholes {
                let meet = part
                    .period
                    .zip(whole.period)
                    .is_some_and(|(one, two)| one.overlaps(&two) || same_year(part, whole));
                if meet && part.origin == whole.origin {
                    pairs.extend(quotient(&quantity, total).map(|(low, high)| Pair { part, whole, low, high }));
                }
            }
        }
        pairs
    }
}

fn same_year(one: &Claim, two: &Claim) -> bool {
    let year = |claim: &Claim| claim.period.map(|period| period.sort_day().year());
    year(one).is_some() && year(one) == year(two)
}

/// The lowest and highest quotient that two closed quantities allow. An open end says nothing about a share.
fn quotient(part: &Quantity, whole: &Quantity) -> Option<(Decimal, Decimal)> {
    let ((low, high), (least, most)) = (part.bounds(), whole.bounds());
    Some((low?.checked_div(most?)?, high?.checked_div(least?)?))
}
