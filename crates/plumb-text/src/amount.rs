//! Numbers as sentences state them: digits with scale words, number words, fractions, vague numbers, ranges.

use std::ops::Range;

use plumb_core::quantity::Qualifier;
use rust_decimal::Decimal;

use crate::Language;
use crate::line::Line;
use crate::number::Single;
use crate::terms::Sense;

/// A number or the two ends of a range, without qualifier and unit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Amount {
    /// Its items, `from..to`; of a range with the word that opens it.
    pub(crate) from: usize,
    /// One behind its last item.
    pub(crate) to: usize,
    /// The bytes of the numbers alone.
    pub(crate) range: Range<usize>,
    /// The number, or the lower end.
    pub(crate) low: Decimal,
    /// The upper end of a range.
    pub(crate) high: Option<Decimal>,
    /// A part of a whole.
    pub(crate) is_fraction: bool,
    /// Thousands, dozens: nobody knows how many.
    pub(crate) is_vague: bool,
    /// What a syllable inside the number says of it: 여, 余, 多.
    pub(crate) inner: Option<Qualifier>,
    /// It has a scale word, or its thousands are set apart, or it has a decimal part: surely no year or label.
    pub(crate) is_figure: bool,
}

impl Line<'_> {
    /// The amount that begins at a position, if one does.
    pub(crate) fn amount(&self, at: usize) -> Option<Amount> {
        let first = self.single(at)?;
        let range = self.span(at, first.to);
        let mut amount = Amount {
            from: at,
            to: first.to,
            range,
            low: first.value,
            high: None,
            is_fraction: first.is_fraction,
            is_vague: first.is_vague,
            inner: first.inner,
            is_figure: first.is_figure,
        };
        if let Some((second, opened)) = self.second_end(at, &first) {
            let low = shared_scale(&first, &second);
            if low < second.value {
                amount.from = opened.unwrap_or(at);
                amount.to = second.to;
                amount.range = self.span(at, second.to);
                (amount.low, amount.high) = (low, Some(second.value));
                amount.inner = amount.inner.or(second.inner);
                amount.is_figure = true;
            }
        }
        Some(amount)
    }

    /// The other end of a range whose first end was read, and the word that opened it.
    fn second_end(&self, at: usize, first: &Single) -> Option<(Single, Option<usize>)> {
        let opener = self.opener(at);
        // a currency or percent sign may stand behind the first number: "$1.2bn and $2.3bn", "30% to 40%"
        let unit = |position: usize| {
            self.sense(position, |sense| match sense {
                Sense::Currency(_) | Sense::Percent | Sense::Counted(_) | Sense::After(_) => Some(()),
                _ => None,
            })
        };
        let mut next = first.to;
        if self.touches(next - 1) && unit(next).is_some() && !matches!(self.gap(next - 1), "-" | " - ") {
            next += 1;
        }
        let gap = self.gap(next - 1).trim();
        let is_dash = matches!(gap, "-" | "–" | "—" | "~" | "～" | "〜" | "‐" | "‑" | "−" | "∼");
        if !is_dash {
            let joins = gap.is_empty()
                && (self.is(next, &Sense::Link) && self.links(at, opener)
                    || self.is(next, &Sense::Join) && opener.is_some());
            if !joins || !self.gap(next).trim().is_empty() {
                return None;
            }
            next += 1;
        }
        // the second end may carry a qualifier of its own ("from 50,000 to more than 100,000") or a currency sign
        for _ in 0..2 {
            let passed = |sense: &Sense| {
                matches!(sense, Sense::Currency(_) | Sense::Filler | Sense::Before(Qualifier::About)).then_some(())
            };
            if self.sense(next, passed).is_some() && self.touches(next) {
                next += 1;
            }
        }
        let second = self.single(next)?;
        (!second.is_vague && second.is_fraction == first.is_fraction).then_some((second, opener))
    }

    /// The word that opens a range before a number, over a currency sign and filler.
    fn opener(&self, at: usize) -> Option<usize> {
        let mut position = at;
        for _ in 0..3 {
            position = self.before(position)?;
            if !self.touches(position) {
                return None;
            }
            let opens = |sense: &Sense| matches!(sense, Sense::Open | Sense::From).then_some(());
            if self.sense(position, opens).is_some() {
                let changes =
                    self.is(position, &Sense::From) && !self.is(position, &Sense::Open) && self.changes(position);
                return (!changes).then_some(position);
            }
            let passed =
                |sense: &Sense| matches!(sense, Sense::Currency(_) | Sense::Filler | Sense::Before(_)).then_some(());
            self.sense(position, passed)?;
        }
        None
    }

    /// Whether "to" may join: not when "from … to …" tells of a change.
    fn links(&self, at: usize, opener: Option<usize>) -> bool {
        opener.is_some() || {
            let mut position = at;
            let mut from = false;
            for _ in 0..3 {
                let Some(before) = self.before(position).filter(|before| self.touches(*before)) else { break };
                position = before;
                from |= self.is(position, &Sense::From);
            }
            !from
        }
    }

    /// Whether a word of rising or falling stands before a position.
    pub(crate) fn changes(&self, at: usize) -> bool {
        let end = self.items.get(at).map_or(0, |item| item.range.start);
        self.context.iter().any(|one| {
            one.range.end <= end
                && one
                    .senses
                    .iter()
                    .any(|sense| matches!(sense, Sense::Cue(cue) if cue == "change" || cue == "decline"))
        })
    }

    /// One number at a position.
    fn single(&self, at: usize) -> Option<Single> {
        if let Some(value) = self.sense(at, |sense| if let Sense::Vague(value) = sense { Some(*value) } else { None }) {
            return Some(Single { value, is_vague: true, is_figure: true, ..Single::plain(at + 1, value) });
        }
        if self.is(at, &Sense::Majority) {
            let half = Decimal::new(5, 1);
            return Some(Single { is_fraction: true, is_vague: true, is_figure: true, ..Single::plain(at + 1, half) });
        }
        if self.is(at, &Sense::PercentOf) && self.touches(at) {
            let hundredths = self.run(at + 1)?;
            let value = hundredths.value.checked_div(Decimal::ONE_HUNDRED)?.normalize();
            return Some(Single { is_fraction: true, is_figure: true, ..Single::plain(hundredths.to, value) });
        }
        if let Some(half) = self.lone_fraction(at) {
            return Some(half);
        }
        let run = self.run(at)?;
        if let Some(share) = self.parts_of_whole(&run).or_else(|| self.out_of(&run)) {
            return Some(share);
        }
        if self.is(run.to, &Sense::Tenths) && self.touches(run.to - 1) && run.value < Decimal::TEN {
            let value = run.value.checked_div(Decimal::TEN)?.normalize();
            return Some(Single { is_fraction: true, is_figure: true, ..Single::plain(run.to + 1, value) });
        }
        let next = |position| {
            self.sense(position, |sense| if let Sense::Fraction(parts) = sense { Some(*parts) } else { None })
        };
        if let Some(parts) = next(run.to).filter(|_| self.touches(run.to - 1) && run.value < Decimal::TEN) {
            let is_ordinal = run.value == Decimal::ONE && !self.is_followed_by_of(run.to);
            let value = run.value.checked_div(parts)?.round_dp(4).normalize();
            let ok = !is_ordinal && value < Decimal::ONE;
            return ok.then_some(Single {
                value,
                is_fraction: true,
                is_figure: true,
                ..Single::plain(run.to + 1, value)
            });
        }
        Some(run)
    }

    /// `3분의 2`, `三分之二`, `百分之九十`: the whole first, then its parts.
    fn parts_of_whole(&self, whole: &Single) -> Option<Single> {
        let joined = self.touches(whole.to - 1) && self.is(whole.to, &Sense::PartsOf) && self.touches(whole.to);
        let mut parts = self.run(whole.to + 1).filter(|_| joined)?;
        // "3분의 1만": 만 is "only" here, and no ten thousand
        let digits = self.numeral(whole.to + 1).and_then(|numeral| numeral.value);
        if let Some(digits) = digits.filter(|_| parts.value > whole.value) {
            parts = Single::plain(parts.to, digits);
        }
        let value = parts.value.checked_div(whole.value)?.round_dp(4).normalize();
        let is_part = value <= Decimal::ONE;
        is_part.then_some(Single { is_fraction: true, is_figure: true, ..Single::plain(parts.to, value) })
    }

    /// "two in three workers", "nine out of ten of them".
    fn out_of(&self, parts: &Single) -> Option<Single> {
        let joined = self.touches(parts.to - 1) && self.is(parts.to, &Sense::OutOf) && self.touches(parts.to);
        let whole = self
            .run(parts.to + 1)
            .filter(|whole| joined && whole.value > parts.value && whole.value <= Decimal::ONE_HUNDRED)?;
        let counted = |sense: &Sense| matches!(sense, Sense::Counted(_)).then_some(());
        let of_people =
            self.touches(whole.to - 1) && (self.sense(whole.to, counted).is_some() || self.word(whole.to) == "of");
        let value = parts.value.checked_div(whole.value)?.round_dp(4).normalize();
        of_people.then_some(Single { is_fraction: true, is_figure: true, ..Single::plain(whole.to, value) })
    }

    /// "half", "a third of": a fraction without a number before it.
    fn lone_fraction(&self, at: usize) -> Option<Single> {
        let parts = |position| {
            self.sense(position, |sense| if let Sense::Fraction(parts) = sense { Some(*parts) } else { None })
        };
        let (denominator, position) = match parts(at) {
            Some(parts) => (parts, at),
            None if self.is(at, &Sense::Filler) && self.touches(at) => (parts(at + 1)?, at + 1),
            None => return None,
        };
        let after = position + 1;
        // "half a million" is a number
        let over_filler = if self.is(after, &Sense::Filler) && self.touches(position) { after + 1 } else { after };
        let scale = self.sense(over_filler, |sense| if let Sense::Scale(scale) = sense { Some(*scale) } else { None });
        if let Some(scale) = scale.filter(|scale| *scale >= Decimal::ONE_THOUSAND && self.touches(over_filler - 1)) {
            let value = scale.checked_div(denominator)?;
            return Some(Single { is_figure: true, ..Single::plain(over_filler + 1, value) });
        }
        let is_half = denominator == Decimal::TWO;
        let time = |sense: &Sense| matches!(sense, Sense::Time(_) | Sense::Hour | Sense::Dating(_)).then_some(());
        let is_year = self.numeral(over_filler).is_some_and(|numeral| numeral.year().is_some());
        let of_time = (self.sense(over_filler, time).is_some() || is_year) && self.touches(over_filler - 1);
        let qualified = self.before(at).is_some_and(|before| {
            self.touches(before)
                && self.sense(before, |sense| matches!(sense, Sense::Before(_)).then_some(())).is_some()
        });
        let plain = if is_half {
            qualified || self.is_followed_by_of(position) || self.language != Language::English
        } else {
            self.is_followed_by_of(position)
        };
        // "between a third and a half of": the second end has the "of"
        let is_first_end = self.opener(at).is_some() && self.is(after, &Sense::Join) && self.touches(position);
        let ordinal = self.before(at).is_some_and(|before| self.touches(before) && self.numeral(before).is_some());
        if of_time || !(plain || is_first_end) || ordinal {
            return None;
        }
        let value = Decimal::ONE.checked_div(denominator)?.round_dp(4).normalize();
        Some(Single { is_fraction: true, is_figure: true, ..Single::plain(position + 1, value) })
    }

    /// A fraction is one of something. Languages with cases need no "of".
    fn is_followed_by_of(&self, at: usize) -> bool {
        if self.language != Language::English {
            return true;
        }
        let end = self.items.get(at).map_or(0, |item| item.range.end);
        let rest = self.folded.get(end..).unwrap_or_default().trim_start();
        ["of ", "the ", "their ", "its ", "his ", "all "].iter().any(|word| rest.starts_with(word))
    }
}

/// The first end with the scale of the second, where it has none of its own: "200 to 500 million".
fn shared_scale(first: &Single, second: &Single) -> Decimal {
    let (Some((one, first_scale)), Some((two, second_scale))) = (first.plain, second.plain) else { return first.value };
    let shares = first_scale == Decimal::ONE && second_scale > Decimal::ONE && one <= two;
    if shares { one.checked_mul(second_scale).unwrap_or(first.value) } else { first.value }
}
