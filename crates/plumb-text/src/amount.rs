//! Numbers as sentences state them: digits with scale words, number words, fractions, vague numbers, ranges.

use std::ops::Range;

use plumb_core::quantity::Qualifier;
use rust_decimal::Decimal;

use crate::Language;
use crate::line::Line;
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

/// One number.
#[derive(Clone, Debug)]
struct Single {
    to: usize,
    value: Decimal,
    /// The value without its scale words, where it is one numeral with one scale: 500 of "500 million".
    plain: Option<(Decimal, Decimal)>,
    is_fraction: bool,
    is_vague: bool,
    inner: Option<Qualifier>,
    is_figure: bool,
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
        let parts = self.run(whole.to + 1).filter(|_| joined)?;
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
        let ordinal = self.before(at).is_some_and(|before| self.touches(before) && self.numeral(before).is_some());
        if of_time || !plain || ordinal {
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

impl Single {
    fn plain(to: usize, value: Decimal) -> Self {
        Self { to, value, plain: None, is_fraction: false, is_vague: false, inner: None, is_figure: false }
    }
}

/// The first end with the scale of the second, where it has none of its own: "200 to 500 million".
fn shared_scale(first: &Single, second: &Single) -> Decimal {
    let (Some((one, first_scale)), Some((two, second_scale))) = (first.plain, second.plain) else { return first.value };
    let shares = first_scale == Decimal::ONE && second_scale > Decimal::ONE && one <= two;
    if shares { one.checked_mul(second_scale).unwrap_or(first.value) } else { first.value }
}

/// The sum while a number is read: `total` holds what a large scale word closed, `section` what a small one did.
struct Sum {
    total: Decimal,
    section: Decimal,
    current: Option<Decimal>,
    /// The last large scale.
    large: Option<Decimal>,
    scales: usize,
}

impl Line<'_> {
    /// Digits and number words with scale words: `1.2 bn`, `two hundred and fifty thousand`, `3만 5천`, `一百二十万`.
    fn run(&self, at: usize) -> Option<Single> {
        let mut sum = Sum { total: Decimal::ZERO, section: Decimal::ZERO, current: None, large: None, scales: 0 };
        let (mut to, mut inner, mut words, mut numerals) = (at, None, 0, 0);
        let mut figure = false;
        while to == at || self.touches(to - 1) {
            if let Some(numeral) = self.numeral(to) {
                let continues = numerals == 0 && words == 0 || self.is_east_asian() && sum.current.is_none();
                let value = numeral.value.filter(|_| continues && !numeral.is_code && !numeral.is_ordinal);
                let Some(value) = value else { break };
                figure |= numeral.grouped || numeral.fractional;
                sum.current = Some(value);
                numerals += 1;
                to += 1;
            } else if let Some(value) = self.number_word(to) {
                if numerals > 0 && !self.is_east_asian() || !sum.add_word(value) {
                    break;
                }
                words += 1;
                to += 1;
            } else if let Some(scale) =
                self.scale(to).filter(|_| words + numerals > 0 || self.is_east_asian() || to == at)
            {
                if !sum.scale(scale, self.is_east_asian()) {
                    break;
                }
                to += 1;
            } else if let Some(qualifier) = self.inner_qualifier(to, at) {
                inner = Some(qualifier);
                to += 1;
            } else if words > 0
                && sum.has_hundreds()
                && self.word(to) == "and"
                && self.touches(to)
                && self.number_word(to + 1).is_some()
            {
                to += 1;
            } else {
                break;
            }
        }
        self.finish(at, to, &sum, numerals + words).map(|single| Single {
            inner,
            is_figure: figure || sum.scales > 0,
            ..single
        })
    }

    fn finish(&self, at: usize, to: usize, sum: &Sum, count: usize) -> Option<Single> {
        if to == at {
            return None;
        }
        // a bare "million" or "만" is a number only where the language needs no "one" before it
        let bare = count == 0;
        let unit = |sense: &Sense| matches!(sense, Sense::Counted(_) | Sense::Currency(_)).then_some(());
        let counts_bare = match self.language {
            Language::Russian => true,
            Language::English => false,
            Language::Korean | Language::Chinese => self.touches(to - 1) && self.sense(to, unit).is_some(),
        };
        if bare && !counts_bare {
            return None;
        }
        let value = sum.value()?;
        let plain = (count == 1).then(|| {
            let scale = if sum.scales == 0 { Decimal::ONE } else { sum.large.unwrap_or(Decimal::ONE_HUNDRED) };
            (value.checked_div(scale).unwrap_or(value), scale)
        });
        Some(Single { plain, ..Single::plain(to, value.normalize()) })
    }

    fn is_east_asian(&self) -> bool {
        matches!(self.language, Language::Korean | Language::Chinese)
    }

    fn number_word(&self, at: usize) -> Option<Decimal> {
        self.sense(at, |sense| if let Sense::Number(value) = sense { Some(*value) } else { None })
    }

    fn scale(&self, at: usize) -> Option<Decimal> {
        let scale = self.sense(at, |sense| if let Sense::Scale(value) = sense { Some(*value) } else { None })?;
        // one letter is a scale only when it is glued to its number: 6m, 40k
        let letter = self.word(at).len() == 1;
        (!letter || at.checked_sub(1).is_some_and(|before| self.is_glued(before))).then_some(scale)
    }

    /// 여, 余 and 多 stand inside or right behind a number, and are glued to it.
    fn inner_qualifier(&self, at: usize, start: usize) -> Option<Qualifier> {
        if !self.is_east_asian() || at == start || !self.is_glued(at - 1) {
            return None;
        }
        let qualifier =
            self.sense(at, |sense| if let Sense::After(qualifier) = sense { Some(*qualifier) } else { None })?;
        matches!(self.word(at), "여" | "余" | "餘" | "多" | "几" | "幾").then_some(qualifier)
    }
}

impl Sum {
    /// Takes a number word; false when it cannot continue the number: "two three".
    fn add_word(&mut self, value: Decimal) -> bool {
        match self.current {
            None => self.current = Some(value),
            Some(tens)
                if tens >= Decimal::from(20)
                    && tens < Decimal::ONE_HUNDRED
                    && value < Decimal::TEN
                    && value > Decimal::ZERO =>
            {
                self.current = Some(tens + value);
            }
            // Russian hundreds are words of their own: "двести пятьдесят"
            Some(hundreds)
                if hundreds >= Decimal::ONE_HUNDRED
                    && hundreds < Decimal::ONE_THOUSAND
                    && value < Decimal::ONE_HUNDRED =>
            {
                self.current = Some(hundreds + value);
            }
            Some(_) => return false,
        }
        true
    }

    /// "two hundred" may go on with "and fifty".
    fn has_hundreds(&self) -> bool {
        self.current.is_some_and(|hundreds| hundreds >= Decimal::ONE_HUNDRED && hundreds < Decimal::ONE_THOUSAND)
    }

    /// Takes a scale word; false when it cannot follow.
    fn scale(&mut self, scale: Decimal, east_asian: bool) -> bool {
        let large = if east_asian { Decimal::from(10_000) } else { Decimal::ONE_THOUSAND };
        self.scales += 1;
        if scale < large {
            let current = self.current.take().unwrap_or(Decimal::ONE);
            let Some(part) = current.checked_mul(scale) else { return false };
            self.section = self.section.checked_add(part).unwrap_or(self.section);
            if !east_asian {
                self.current = Some(self.section);
                self.section = Decimal::ZERO;
            }
            return true;
        }
        let pending = self.section.checked_add(self.current.take().unwrap_or(Decimal::ZERO)).unwrap_or(self.section);
        self.section = Decimal::ZERO;
        let base = if pending.is_zero() {
            // "thousand million", 万亿
            let base = if self.total.is_zero() { Decimal::ONE } else { self.total };
            self.total = Decimal::ZERO;
            base
        } else if self.large.is_some_and(|last| last <= scale) {
            return false;
        } else {
            pending
        };
        let Some(total) = base.checked_mul(scale).and_then(|part| self.total.checked_add(part)) else { return false };
        self.total = total;
        self.large = Some(scale);
        true
    }

    fn value(&self) -> Option<Decimal> {
        self.total.checked_add(self.section)?.checked_add(self.current.unwrap_or(Decimal::ZERO))
    }
}
