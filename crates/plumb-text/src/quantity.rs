//! Quantities: amounts with the qualifiers and units around them.

use std::ops::Range;

use plumb_core::quantity::{Qualifier, Quantity};
use plumb_core::unit::Unit;
use rust_decimal::Decimal;

use crate::Language;
use crate::amount::Amount;
use crate::gazetteer::EntryKind;
use crate::line::Line;
use crate::sentence::{Duration, Relation, Stated, TimeUnit};
use crate::terms::{Dating, Sense};

/// What a number in a sentence states.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Figure {
    /// A quantity; `None` as unit when no word names one.
    Quantity(Counted),
    /// A length of time.
    Duration(Range<usize>, Duration),
}

/// A quantity before its unit is settled.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Counted {
    /// All its words.
    pub(crate) range: Range<usize>,
    /// The number alone.
    pub(crate) number: Range<usize>,
    /// The words of the qualifier.
    pub(crate) qualifier_words: Option<Range<usize>>,
    pub(crate) qualifier: Qualifier,
    pub(crate) low: Decimal,
    pub(crate) high: Option<Decimal>,
    /// The unit as `plumb_core` writes it, and its words.
    pub(crate) unit: Option<(String, Range<usize>)>,
    pub(crate) is_vague: bool,
    pub(crate) is_figure: bool,
    /// Neither the translation of a sum into another currency, "2,300 yuan ($320)", nor "one", "один", "한", which are
    /// articles as often as counts.
    pub(crate) is_claim: bool,
}

impl Counted {
    /// The quantity in a unit.
    pub(crate) fn stated(&self, unit: &str, unit_words: Option<Range<usize>>) -> Option<Stated> {
        let unit: Unit = unit.parse().ok()?;
        let (low, high) = (Some(self.low), self.high);
        let numbers = match (self.qualifier, high) {
            (Qualifier::AtLeast, _) => (low, None, None),
            (Qualifier::AtMost, _) => (None, None, high.or(low)),
            (_, Some(_)) => (low, None, high),
            (_, None) => (None, low, None),
        };
        let qualifier = match (self.qualifier, high) {
            (Qualifier::Exact, Some(_)) => Qualifier::Range,
            (Qualifier::Range, None) => Qualifier::Exact,
            (qualifier, _) => qualifier,
        };
        let quantity = Quantity::new(qualifier, numbers, unit).ok()?;
        Some(Stated {
            quantity,
            number: self.number.clone(),
            qualifier: self.qualifier_words.clone(),
            unit: unit_words,
        })
    }
}

/// How many words may stand between a number and the noun that it counts: "511 still officially registered foreign workers".
const UNIT_WITHIN: usize = 5;

/// A qualifier before the verb stands at most so many bytes before its share: a dozen characters.
const OF_VERB: usize = 36;

impl Line<'_> {
    /// All figures of the sentence in order; `taken` are the bytes of dates and the like, which are none.
    pub(crate) fn figures(&self, taken: &[Range<usize>]) -> Vec<Figure> {
        let mut figures = Vec::new();
        let mut at = 0;
        while at < self.items.len() {
            let Some(amount) = self.amount(at) else {
                at += 1;
                continue;
            };
            let next = amount.to.max(at + 1);
            let is_taken = taken.iter().any(|one| one.start < amount.range.end && amount.range.start < one.end);
            if !is_taken && !self.is_numbering(&amount) {
                figures.push(self.figure(&amount));
            }
            at = next;
        }
        figures
    }

    /// Whether the number is the name of something: "paragraph 8", "38th parallel".
    fn is_numbering(&self, amount: &Amount) -> bool {
        let before = self.before(amount.from).filter(|before| self.touches(*before) || self.gap(*before).trim() == "№");
        let numbered = before.is_some_and(|before| {
            self.is(before, &Sense::Numbering)
                || self.is(before, &Sense::Instrument)
                || self.is(before, &Sense::Paragraph)
        });
        let numbering = self.touches(amount.to - 1)
            && (self.is(amount.to, &Sense::Numbered) || self.is(amount.to, &Sense::ParagraphAfter));
        (numbered && !amount.is_figure) || numbering
    }

    fn figure(&self, amount: &Amount) -> Figure {
        if let Some(duration) = self.duration(amount) {
            return duration;
        }
        let (mut to, mut unit) = self.unit_after(amount);
        let mut start = self.span(amount.from, amount.to).start;
        let mut first = amount.from;
        if let Some((position, currency)) = self.currency_before(amount.from).filter(|_| unit.is_none()) {
            let words = self.span(position, position + 1);
            (first, start) = (position.min(amount.from), words.start.min(start));
            unit = Some((currency, words));
            to = amount.to;
        }
        if unit.is_none() {
            unit = self.people_after(amount);
        }
        if amount.is_fraction && unit.is_none() {
            unit = Some(("share".to_owned(), amount.range.clone()));
        }
        let is_days = unit.as_ref().is_some_and(|(unit, _)| unit == "days");
        let to = if is_days && self.is(to, &Sense::Filler) && self.touches(to - 1) { to + 1 } else { to };
        let (rate, to) = self.with_rate(unit.as_ref().map(|(unit, _)| unit.as_str()), to);
        let unit = unit.map(|(unit, words)| (rate.unwrap_or(unit), words));
        let (qualifier, words) = self.qualifiers(first, amount, to);
        let end = self.span(amount.from, to.max(amount.to)).end.max(unit.as_ref().map_or(0, |(_, words)| words.end));
        let start = words.as_ref().map_or(start, |words| words.start.min(start));
        let end = words.as_ref().map_or(end, |words| words.end.max(end));
        let (low, high) = Self::as_share(amount, unit.as_ref().map(|(unit, _)| unit.as_str()));
        Figure::Quantity(Counted {
            range: start..end,
            number: amount.range.clone(),
            qualifier_words: words,
            qualifier,
            low,
            high,
            is_vague: amount.is_vague,
            is_figure: amount.is_figure || self.is(amount.to, &Sense::Counter),
            is_claim: !self.is_conversion(start, end, unit.as_ref()) && !self.is_one_in_words(amount),
            unit,
        })
    }

    /// 90 percent is a share of 0.9; percentage points stay percent.
    fn as_share(amount: &Amount, unit: Option<&str>) -> (Decimal, Option<Decimal>) {
        if unit != Some("share") || amount.is_fraction {
            return (amount.low, amount.high);
        }
        let part = |value: Decimal| value.checked_div(Decimal::ONE_HUNDRED).map_or(value, |part| part.normalize());
        (part(amount.low), amount.high.map(part))
    }

    fn is_one_in_words(&self, amount: &Amount) -> bool {
        amount.low == Decimal::ONE && amount.high.is_none() && self.numeral(amount.to - 1).is_none()
    }

    /// In brackets behind another sum.
    fn is_conversion(&self, start: usize, end: usize, unit: Option<&(String, Range<usize>)>) -> bool {
        let opened = self.folded.get(..start).is_some_and(|before| before.trim_end().ends_with(['(', '（']));
        let closed = self.folded.get(end..).is_some_and(|after| after.trim_start().starts_with([')', '）']));
        opened && closed && unit.is_some_and(|(unit, _)| is_money(unit))
    }

    /// "$", "US$" and "USD" before a number.
    fn currency_before(&self, at: usize) -> Option<(usize, String)> {
        // the sign may stand behind the word that opens the range: "between $1.2bn and $2.3bn"
        let opens = self.is(at, &Sense::Open) || self.is(at, &Sense::From);
        let before = if opens { at + 1 } else { self.before(at)? };
        let glued = self.is_glued(before) || self.touches(before);
        let currency = self.currency(before).filter(|_| glued)?;
        Some((before, currency))
    }

    fn currency(&self, at: usize) -> Option<String> {
        self.sense(at, |sense| if let Sense::Currency(code) = sense { Some(code.clone()) } else { None })
    }

    /// The unit behind a number, and one behind its last item.
    fn unit_after(&self, amount: &Amount) -> (usize, Option<(String, Range<usize>)>) {
        let mut position = amount.to;
        let mut tight = true;
        let mut passed = 0;
        while position < self.items.len() {
            let gap = self.gap(position - 1);
            let words = gap.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
            passed += words;
            tight &= words == 0;
            if passed > UNIT_WITHIN
                || gap.contains([',', ';', ':', '.', '(', ')', '（', '）', '，', '、', '。', '!', '?'])
            {
                break;
            }
            if let Some(unit) = self.unit_at(position, tight) {
                let counted = amount.is_fraction && !matches!(unit.as_str(), "share" | "percent");
                if counted {
                    return (amount.to, None);
                }
                let (last, unit) = self.compound(position, unit);
                return (last + 1, Some((unit, self.span(last, last + 1))));
            }
            if self.numeral(position).is_some() || self.ends_noun(position) {
                break;
            }
            passed += usize::from(!self.is_passed(position));
            position += 1;
        }
        (amount.to, None)
    }

    /// "300 North Korean doctors": whoever a people's name is said of is a person, whatever the noun.
    fn people_after(&self, amount: &Amount) -> Option<(String, Range<usize>)> {
        let end = amount.range.end;
        let name = self.names.iter().find(|name| name.range.start >= end && name.kind == EntryKind::Nationality)?;
        let gap = self.words(end..name.range.start);
        let is_near =
            gap.split_whitespace().count() <= 1 && !gap.contains(|one: char| one.is_ascii_punctuation() || one == '，');
        let is_noun_phrase = !matches!(gap.trim(), "in" | "to" | "by" | "from" | "в" | "на");
        (is_near && is_noun_phrase && !amount.is_fraction).then(|| ("persons".to_owned(), name.range.clone()))
    }

    /// Of nouns side by side the last is the one that is counted in English: "student visas".
    pub(crate) fn compound(&self, at: usize, unit: String) -> (usize, String) {
        let (mut last, mut unit) = (at, unit);
        while self.language == Language::English && self.gap(last) == " " {
            let Some(next) = self.counted(last + 1) else { break };
            (last, unit) = (last + 1, next);
        }
        (last, unit)
    }

    pub(crate) fn counted(&self, at: usize) -> Option<String> {
        self.sense(at, |sense| if let Sense::Counted(atom) = sense { Some(plural(atom)) } else { None })
    }

    fn unit_at(&self, at: usize, tight: bool) -> Option<String> {
        self.sense(at, |sense| match sense {
            Sense::Currency(code) if tight => Some(code.clone()),
            Sense::Percent if tight => Some("share".to_owned()),
            Sense::Points if tight => Some("percent".to_owned()),
            Sense::Times if tight => Some("ratio".to_owned()),
            Sense::Hour if tight => Some("hours".to_owned()),
            Sense::Time(TimeUnit::Day) if tight && self.is_rest(at) => Some("days".to_owned()),
            Sense::Counted(atom) => Some(plural(atom)),
            _ => None,
        })
    }

    /// "two days off": days that are counted, and no length of time.
    fn is_rest(&self, at: usize) -> bool {
        let day = self.span(at, at + 1);
        let rest = |sense: &Sense| matches!(sense, Sense::Cue(cue) if cue == "rest");
        self.context
            .iter()
            .any(|one| one.range.start <= day.start && day.end <= one.range.end && one.senses.iter().any(rest))
    }

    /// Words behind which no noun of this number follows.
    fn ends_noun(&self, at: usize) -> bool {
        self.sense(at, |sense| {
            matches!(
                sense,
                Sense::Placing | Sense::Thing | Sense::Link | Sense::Dating(_) | Sense::Before(_) | Sense::Vague(_)
            )
            .then_some(())
        })
        .is_some()
            && self.word(at) != "of"
            && !self.is(at, &Sense::Join)
    }

    fn is_passed(&self, at: usize) -> bool {
        self.is(at, &Sense::Filler)
            || self.is(at, &Sense::Counter)
            || self.sense(at, |sense| matches!(sense, Sense::After(_)).then_some(())).is_some()
    }

    /// "a year", "per day" behind a unit; the new unit and one behind its last item.
    fn with_rate(&self, unit: Option<&str>, to: usize) -> (Option<String>, usize) {
        let Some(unit) = unit.filter(|unit| is_money(unit) || matches!(*unit, "hours" | "persons" | "days")) else {
            return (None, to);
        };
        if to == 0 || !self.touches(to - 1) {
            return (None, to);
        }
        let own = self.sense(to, |sense| if let Sense::Per(Some(time)) = sense { Some(time.clone()) } else { None });
        if let Some(time) = own {
            let further = self.with_rate(Some(unit), to + 1);
            let unit = format!("{unit}/{time}");
            return match further {
                (Some(more), end) => (more.rsplit_once('/').map(|(_, last)| format!("{unit}/{last}")), end),
                (None, _) => (Some(unit), to + 1),
            };
        }
        if !self.is(to, &Sense::Per(None)) || !self.touches(to) {
            return (None, to);
        }
        let time = self.sense(to + 1, |sense| match sense {
            Sense::Time(time) => Some(time_atom(*time).to_owned()),
            Sense::Hour => Some("hour".to_owned()),
            _ => None,
        });
        (time.as_ref().map(|time| format!("{unit}/{time}")), if time.is_some() { to + 2 } else { to })
    }

    /// A length of time, unless hours or days are what is counted.
    fn duration(&self, amount: &Amount) -> Option<Figure> {
        let at = amount.to;
        let unit =
            self.sense(at, |sense| self.time_unit(sense)).filter(|_| self.touches(at - 1) && !self.is_rest(at))?;
        let relation_at = |position: usize| {
            self.sense(position, |sense| if let Sense::Relation(relation) = sense { Some(*relation) } else { None })
        };
        let before = self.before(amount.from).filter(|before| self.touches(*before));
        let before_that = before.and_then(|position| self.before(position)).filter(|position| self.touches(*position));
        let own = relation_at(at).map(|relation| (relation, self.span(amount.from, at + 1)));
        let behind = relation_at(at + 1).filter(|relation| {
            self.touches(at) && (*relation != Relation::Within || self.language != Language::English)
        });
        let ahead = (before.and_then(relation_at).map(|relation| (relation, before)))
            .or_else(|| before_that.and_then(relation_at).map(|relation| (relation, before_that)));
        let ahead = ahead.filter(|(relation, _)| *relation == Relation::Within || self.language != Language::English);
        let (relation, range) = match (ahead, behind) {
            _ if own.is_some() => own?,
            (Some((relation, Some(from))), _) => (relation, self.span(from, at + 1)),
            (_, Some(relation)) => (relation, self.span(amount.from, at + 2)),
            _ => (Relation::Length, self.span(amount.from, at + 1)),
        };
        Some(Figure::Duration(range, Duration { count: amount.high.unwrap_or(amount.low), unit, relation }))
    }

    /// 년 and 年 mark a year after a number that can be one, and count years elsewhere; the former was read as a date.
    fn time_unit(&self, sense: &Sense) -> Option<TimeUnit> {
        match sense {
            Sense::Time(unit) => Some(*unit),
            Sense::Dating(Dating::Year) if matches!(self.language, Language::Korean | Language::Chinese) => {
                Some(TimeUnit::Year)
            }
            _ => None,
        }
    }

    /// The qualifier of an amount whose first item is `first` and whose unit ends at `to`, and its words.
    fn qualifiers(&self, first: usize, amount: &Amount, to: usize) -> (Qualifier, Option<Range<usize>>) {
        let mut found = self.qualifiers_before(first.min(amount.from));
        for after in [amount.to, to, to + 1] {
            let own =
                self.sense(after, |sense| if let Sense::After(qualifier) = sense { Some(*qualifier) } else { None });
            if let Some(qualifier) = own.filter(|_| after > 0 && self.touches(after - 1)) {
                found.push((qualifier, self.span(after, after + 1)));
            }
        }
        if found.is_empty() && amount.is_fraction {
            found.extend(self.qualifier_of_verb(amount.from));
        }
        found.extend(amount.inner.map(|qualifier| (qualifier, amount.range.clone())));
        found.extend(amount.is_vague.then(|| (Qualifier::AtLeast, amount.range.clone())));
        // an open end says more than "about": "more than about 500"
        let rank = |qualifier: Qualifier| match qualifier {
            Qualifier::AtLeast | Qualifier::AtMost => 0,
            Qualifier::About => 1,
            _ => 2,
        };
        let best = found.into_iter().min_by_key(|(qualifier, _)| rank(*qualifier));
        let Some((qualifier, words)) = best else { return (Qualifier::Exact, None) };
        // "up to 50,000 to 60,000" keeps both ends
        let is_range = amount.high.is_some() && qualifier != Qualifier::About;
        (if is_range { Qualifier::Range } else { qualifier }, Some(words))
    }

    /// "最多可拿走工资的九成", "최대 임금의 90%": in Korean and Chinese the qualifier of a share may stand before the verb or the whole.
    fn qualifier_of_verb(&self, at: usize) -> Option<(Qualifier, Range<usize>)> {
        matches!(self.language, Language::Korean | Language::Chinese).then_some(())?;
        let end = self.span(at, at + 1).start;
        let mut position = at;
        while let Some(before) = self.before(position).filter(|before| self.numeral(*before).is_none()) {
            let words = self.span(before, before + 1);
            let gap = self.text.get(words.end..end)?;
            if gap.len() > OF_VERB || gap.contains(['，', '。', ',', '、', '；']) {
                return None;
            }
            let own = |sense: &Sense| if let Sense::Before(qualifier) = sense { Some(*qualifier) } else { None };
            if let Some(qualifier) = self.sense(before, own) {
                return Some((qualifier, words));
            }
            position = before;
        }
        None
    }

    /// The qualifiers that stand before a position, over filler and a currency sign.
    fn qualifiers_before(&self, at: usize) -> Vec<(Qualifier, Range<usize>)> {
        let mut found = Vec::new();
        let mut position = at;
        while let Some(before) = self.before(position).filter(|before| self.touches(*before)) {
            match self.sense(before, |sense| if let Sense::Before(qualifier) = sense { Some(*qualifier) } else { None })
            {
                // "с 9 800 до 1 150" after a word of falling: two numbers, no limit
                Some(_) if self.is(before, &Sense::Link) && self.changes(before) => break,
                Some(qualifier) => found.push((qualifier, self.span(before, before + 1))),
                None if self.is(before, &Sense::Filler) || self.currency(before).is_some() => {}
                None => break,
            }
            position = before;
        }
        found
    }
}

/// Whether a unit begins with a currency.
pub(crate) fn is_money(unit: &str) -> bool {
    let head = unit.split('/').next().unwrap_or_default();
    head.len() == 3 && head.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The atoms of counted things as units write them.
pub(crate) fn plural(atom: &str) -> String {
    match atom {
        "country" => "countries".to_owned(),
        "entry" => "entries".to_owned(),
        "entity" => "entities".to_owned(),
        _ => format!("{atom}s"),
    }
}

fn time_atom(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Day => "day",
        TimeUnit::Week => "week",
        TimeUnit::Month => "month",
        TimeUnit::Year => "year",
    }
}
