//! One number: digits and number words with the words that scale them.

use plumb_core::quantity::Qualifier;
use rust_decimal::Decimal;

use crate::Language;
use crate::line::Line;
use crate::terms::Sense;

/// "and a half" behind a whole number: it begins none.
const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// One number.
#[derive(Clone, Debug)]
pub(crate) struct Single {
    pub(crate) to: usize,
    pub(crate) value: Decimal,
    /// The value without its scale words, where it is one numeral with one scale: 500 of "500 million".
    pub(crate) plain: Option<(Decimal, Decimal)>,
    pub(crate) is_fraction: bool,
    pub(crate) is_vague: bool,
    pub(crate) inner: Option<Qualifier>,
    pub(crate) is_figure: bool,
}

impl Single {
    pub(crate) fn plain(to: usize, value: Decimal) -> Self {
        Self { to, value, plain: None, is_fraction: false, is_vague: false, inner: None, is_figure: false }
    }
}

/// The sum while a number is read: `total` holds what a large scale word closed, `section` what a small one did.
#[derive(Default)]
struct Sum {
    total: Decimal,
    section: Decimal,
    current: Option<Decimal>,
    /// The last large scale.
    large: Option<Decimal>,
    /// How many scale words, number words and numerals were taken.
    scales: usize,
    words: usize,
    numerals: usize,
    inner: Option<Qualifier>,
    is_figure: bool,
}

impl Line<'_> {
    /// Digits and number words with scale words: `1.2 bn`, `two hundred and fifty thousand`, `3만 5천`, `一百二十万`.
    pub(crate) fn run(&self, at: usize) -> Option<Single> {
        let mut sum = Sum::default();
        let mut to = at;
        while (to == at || self.touches(to - 1)) && self.take(at, to, &mut sum) {
            to += 1;
        }
        let single = self.finish(at, to, &sum)?;
        Some(Single { inner: sum.inner, is_figure: sum.is_figure || sum.scales > 0, ..single })
    }

    /// Adds the item at `to` to a number that began at `at`; false when it does not belong to it.
    fn take(&self, at: usize, to: usize, sum: &mut Sum) -> bool {
        let east_asian = self.is_east_asian();
        if let Some(numeral) = self.numeral(to) {
            let continues = sum.numerals + sum.words == 0 || east_asian && sum.current.is_none();
            let value = numeral.value.filter(|_| continues && !numeral.is_code && !numeral.is_ordinal);
            sum.is_figure |= value.is_some() && (numeral.grouped || numeral.fractional);
            sum.numerals += usize::from(value.is_some());
            sum.current = value.or(sum.current);
            return value.is_some();
        }
        if let Some(value) = self.number_word(to) {
            let fits = (sum.numerals == 0 || east_asian || value == HALF) && sum.add_word(value);
            sum.words += usize::from(fits);
            return fits;
        }
        if let Some(scale) = self.scale(to).filter(|_| sum.numerals + sum.words > 0 || east_asian || to == at) {
            let fits = sum.scale(scale, east_asian);
            sum.scales += usize::from(fits);
            return fits;
        }
        if let Some(qualifier) = self.inner_qualifier(to, at) {
            sum.inner = Some(qualifier);
            return true;
        }
        let joins = self.word(to) == "and" && self.touches(to) && self.number_word(to + 1).is_some();
        sum.words > 0 && sum.has_hundreds() && joins
    }

    fn finish(&self, at: usize, to: usize, sum: &Sum) -> Option<Single> {
        let count = sum.numerals + sum.words;
        if to == at {
            return None;
        }
        // a bare "million" or "만" is a number only where the language needs no "one" before it
        let bare = count == 0;
        let unit = |sense: &Sense| matches!(sense, Sense::Counted(_) | Sense::Currency(_)).then_some(());
        let counts_bare = match self.language {
            Language::Russian => true,
            // "over a thousand"
            Language::English => self.before(at).is_some_and(|before| self.word(before) == "a" && self.touches(before)),
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
            None if value == HALF => return false,
            None => self.current = Some(value),
            Some(whole) if value == HALF => self.current = whole.checked_add(value),
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
