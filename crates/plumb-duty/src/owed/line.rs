//! One line: a stretch of a pay record reckoned to the end, for one person and then for all that it stands for.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::Date;
use plumb_core::band::Band;
use plumb_core::case::{Case, Wage};

use super::hours::{self, Usual, part_of};
use super::interest::{Accrued, accrued};
use super::pay::{self, Work};
use super::rule;
use super::stretch::Stretch;
use super::write::{amount, number};
use super::{Line, Step, Totals};

/// Reckons lines; remembers interest, which many lines share.
pub(crate) struct Reckoner<'a> {
    case: &'a Case,
    as_of: Date,
    usual: BTreeMap<&'a str, Usual>,
    interest: BTreeMap<(String, Date, Date), Option<Accrued>>,
}

impl<'a> Reckoner<'a> {
    pub(crate) fn new(case: &'a Case, wages: &'a [Wage], as_of: Date) -> Self {
        Self { case, as_of, usual: hours::usual(wages), interest: BTreeMap::new() }
    }

    /// The line of a stretch and its currency: that of the law of the place, else that of the record.
    pub(crate) fn line(&mut self, wage: &Wage, stretch: &Stretch) -> (String, Line) {
        let (mut steps, mut gaps) = (Vec::new(), Vec::new());
        let usual = self.usual.get(wage.worker.as_str()).copied().unwrap_or_default();
        let hours = hours::of(self.case, wage, stretch, usual, (&mut steps, &mut gaps));
        let least = pay::least(self.case, wage, stretch, hours.normal);
        let currency = least.as_ref().map_or_else(|| wage.currency.clone(), |least| least.currency.clone());
        let mut work = Work { case: self.case, wage, stretch, currency: currency.clone(), steps, gaps };
        let due = pay::due(&mut work, &hours, least);
        let due_on = due_on(self.case, wage, stretch, &mut work.gaps);
        let persons = wage.persons.unwrap_or(Band::exact(1.into()));
        let withheld = wage.withheld.and_then(|withheld| work.convert("withheld pay", part_of(withheld, stretch)));
        let withheld = withheld.and_then(|(withheld, ..)| withheld.by(persons));
        let amounts = if due_on > self.as_of {
            work.gaps.push(format!("was not due before {due_on}; left out of the totals"));
            None
        } else {
            let amounts = due.and_then(|due| self.amounts(&mut work, due, due_on, persons));
            if amounts.is_none() {
                work.gaps.push("a number gets too large to reckon; left out of the totals".to_owned());
            }
            amounts
        };
        let Work { steps, gaps, .. } = work;
        let line = Line {
            wage: wage.reference(),
            first: stretch.first,
            last: stretch.last,
            persons,
            steps,
            due_on,
            amounts,
            withheld,
            gaps,
        };
        (currency, line)
    }

    fn amounts(&mut self, work: &mut Work<'_>, due: Band, due_on: Date, persons: Band) -> Option<Totals> {
        let paid = paid(work, due);
        let owed = due.less(paid);
        let mut step = |what, arithmetic, value, basis| {
            work.steps.push(Step { what, arithmetic, value, unit: work.currency.clone(), basis });
        };
        step("Owed", format!("{} − {}", amount(due), amount(paid)), owed, vec![work.wage.reference()]);
        if paid.low > due.high.unwrap_or(paid.low) {
            work.gaps.push("more was paid than was due; it is not set against other stretches".to_owned());
        }
        let mut interest = self.interest_on(work, owed, (due_on, self.as_of), "Interest on what is owed")?;
        if let Some(paid_on) = work.wage.paid_on.map(|date| date.latest().min(self.as_of)).filter(|day| *day > due_on) {
            let late = self.interest_on(work, paid.min(due), (due_on, paid_on), "Interest on what came late")?;
            interest = interest.plus(late)?;
        }
        let total = owed.plus(interest)?;
        let one = Totals { due, paid, owed, interest, total };
        if persons == Band::exact(1.into()) {
            return Some(one);
        }
        let all = Totals {
            due: due.by(persons)?,
            paid: paid.by(persons)?,
            owed: owed.by(persons)?,
            interest: interest.by(persons)?,
            total: total.by(persons)?,
        };
        let arithmetic = format!("{} × {} persons", amount(total), number(persons));
        let unit = work.currency.clone();
        work.steps.push(Step { what: "For all persons", arithmetic, value: all.total, unit, basis: Vec::new() });
        Some(all)
    }

    /// Interest on a sum between two days; the step and the gaps go to `work`.
    fn interest_on(
        &mut self,
        work: &mut Work<'_>,
        sum: Band,
        (from, to): (Date, Date),
        what: &'static str,
    ) -> Option<Band> {
        if from >= to || sum == Band::ZERO {
            return Some(Band::ZERO);
        }
        let key = (work.wage.place.clone(), from, to);
        let make = || accrued(self.case, &work.wage.place, from, to);
        let accrued = self.interest.entry(key).or_insert_with(make).clone()?;
        let value = sum.by(accrued.factor)?;
        work.gaps.extend(accrued.gaps);
        let arithmetic = match accrued.arithmetic.as_str() {
            "" => format!("{} × nothing known", amount(sum)),
            rates => format!("{} × ({rates}), from {from} to {to}", amount(sum)),
        };
        work.steps.push(Step { what, arithmetic, value, unit: work.currency.clone(), basis: accrued.basis });
        Some(value)
    }
}

/// What was paid, in the currency of the reckoning. Not on record, it lies between nothing and all that was due.
fn paid(work: &mut Work<'_>, due: Band) -> Band {
    let Some(paid) = work.wage.paid else {
        work.gaps.push("pay is not on record; between nothing and all that was due".to_owned());
        return Band { low: Band::ZERO.low, high: due.high };
    };
    let of_stretch = part_of(paid, work.stretch);
    if of_stretch == Band::ZERO {
        return Band::ZERO;
    }
    let Some((value, arithmetic, mut basis)) = work.convert("pay", of_stretch) else {
        return Band { low: Band::ZERO.low, high: due.high };
    };
    basis.insert(0, work.wage.reference());
    work.steps.push(Step { what: "Paid", arithmetic, value, unit: work.currency.clone(), basis });
    value
}

/// The day on which the pay of a stretch was due: so many days after its end as the rule says.
fn due_on(case: &Case, wage: &Wage, stretch: &Stretch, gaps: &mut Vec<String>) -> Date {
    let rule = rule::in_force(case, rule::PAY_DAY, &wage.place, stretch.last);
    // a rule that gives a year or more for paying is a slip
    let days = rule.and_then(|rule| rule::term::<i64>(rule, "days")).filter(|days| (0..366).contains(days));
    if days.is_none() {
        gaps.push("the case has no rule on pay days here; interest runs from the last day of the work".to_owned());
    }
    stretch.last.checked_add(Span::new().days(days.unwrap_or(0))).unwrap_or(stretch.last)
}
