//! The cells of the model gathered: each quantity at each place through time, with the rules that give it.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::case::model::{Model, ModelQuantity};
use plumb_core::case::{Step, StepLength};
use plumb_weigh::language::{Formula, canonical};

use super::super::ground::{Ground, GroundEquation};

/// When a formula reads a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reading {
    /// At the time that the formula is about, or always.
    Now,
    /// A step before.
    Before,
    /// So many steps later; below zero: earlier.
    Shifted(i32),
    /// At one and the same time, whatever time the formula is about.
    In(Step),
    /// At the times that no equation computes.
    Estimated,
}

/// What gives a series its values.
#[derive(Debug)]
pub(super) enum Rule<'a> {
    /// An equation of the model, as it is written out for each of the times.
    Equation(Vec<(Option<Step>, &'a GroundEquation)>),
    /// The posterior.
    Estimated,
}

/// Steps of time in a row with one rule.
#[derive(Debug)]
pub(super) struct Stretch<'a> {
    /// The first of the steps; that of the run for a series without time.
    pub(super) from: Step,
    /// The last.
    pub(super) to: Step,
    /// The rule.
    pub(super) rule: Rule<'a>,
}

/// A quantity at a place, through the run.
#[derive(Debug)]
pub(super) struct Series<'a> {
    /// The quantity.
    pub(super) quantity: &'a ModelQuantity,
    /// The place, where it runs over places.
    pub(super) place: Option<&'a str>,
    /// Its cells by time, those before the run too; one without a time for a quantity that does not run over time.
    all: BTreeMap<Option<Step>, &'a str>,
    /// The cells of the run.
    pub(super) cells: BTreeMap<Option<Step>, &'a str>,
    /// Its rules, in the order of time.
    pub(super) stretches: Vec<Stretch<'a>>,
}

impl Series<'_> {
    /// The cell of a step, or the one for all of them.
    pub(super) fn cell_at(&self, step: Step) -> Option<&str> {
        self.all.get(&Some(step)).or_else(|| self.all.get(&None)).copied()
    }

    /// The steps of the run that no equation computes.
    pub(super) fn estimated_steps(&self) -> impl Iterator<Item = Step> {
        let estimated = self.stretches.iter().filter(|stretch| matches!(stretch.rule, Rule::Estimated));
        estimated.flat_map(|stretch| steps(stretch.from, stretch.to))
    }
}

/// All series of a model.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    /// The first and last step of the run.
    pub(super) steps: (Step, Step),
    /// The series in the order of the model.
    pub(super) series: Vec<Series<'a>>,
    /// For each cell its series and time.
    of: BTreeMap<&'a str, (usize, Option<Step>)>,
}

impl<'a> Layout<'a> {
    /// Gathers the cells, with these equations in the place of what the model says. The first step of the grid is there for the
    /// stocks at its end, so the run begins with the second.
    pub(super) fn of(model: &'a Model, ground: &'a Ground, sets: &'a [GroundEquation]) -> Self {
        let (first, last) = model.grid;
        let steps = (first.plus(1).min(last), last);
        let mut layout = Self { steps, series: Vec::new(), of: BTreeMap::new() };
        let mut places: BTreeMap<(usize, Option<&str>), usize> = BTreeMap::new();
        for cell in &ground.cells {
            let Some(quantity) = model.quantities.get(cell.quantity) else { continue };
            let place = cell.place.as_deref();
            let at = *places.entry((cell.quantity, place)).or_insert(layout.series.len());
            if at == layout.series.len() {
                let (all, cells, stretches) = Default::default();
                layout.series.push(Series { quantity, place, all, cells, stretches });
            }
            layout.of.insert(&cell.name, (at, cell.at));
            if let Some(series) = layout.series.get_mut(at) {
                series.all.insert(cell.at, &cell.name);
            }
        }
        let equations: BTreeMap<&str, &GroundEquation> =
            ground.equations.iter().chain(sets).map(|equation| (equation.left.as_str(), equation)).collect();
        layout.series.iter_mut().for_each(|series| rules(series, steps, &equations));
        layout
    }

    /// The time of a run at a step: the year of a year, else its number from the first of the run, 1.
    pub(super) fn time(&self, step: Step) -> f64 {
        let first = if step.length() == StepLength::Year { 0 } else { self.steps.0.number() - 1 };
        f64::from(step.number() - first)
    }

    /// Which of these names, in the order of the series, are of quantities that run over time.
    pub(super) fn yearly(&self, names: &[String]) -> BTreeSet<String> {
        let yearly = self.series.iter().zip(names).filter(|(series, _)| !series.all.contains_key(&None));
        yearly.map(|(_, name)| canonical(name)).collect()
    }

    /// The series and times that a formula speaks of, in the order of its references.
    fn read(&self, formula: &Formula) -> Vec<(usize, Option<Step>)> {
        let names = formula.references().into_iter();
        names.filter_map(|(name, _)| self.of.get(name.as_str()).copied()).collect()
    }

    /// Whether a formula speaks of no time.
    pub(super) fn is_timeless(&self, formula: &Formula) -> bool {
        self.last_step(formula).is_none()
    }

    /// The last step that a formula speaks of.
    pub(super) fn last_step(&self, formula: &Formula) -> Option<Step> {
        self.read(formula).into_iter().filter_map(|(_, step)| step).max()
    }

    /// What a formula reads that is written out for each of these steps, in the order of its references.
    pub(super) fn readings(&self, formulas: &[(Option<Step>, &Formula)]) -> Vec<(usize, Reading)> {
        let read: Vec<Vec<(usize, Option<Step>)>> = formulas.iter().map(|(_, formula)| self.read(formula)).collect();
        let times: Vec<Option<Step>> = formulas.iter().map(|(time, _)| *time).collect();
        let one = |position: usize| {
            let each: Vec<(usize, Option<Step>)> = read.iter().filter_map(|read| read.get(position).copied()).collect();
            let (series, _) = *each.first()?;
            let read: Vec<Option<Step>> = each.into_iter().map(|(_, time)| time).collect();
            Some((series, reading(&times, &read)))
        };
        (0..read.first().map_or(0, Vec::len)).filter_map(one).collect()
    }
}

/// How a reference stands to the times that its equation is about.
fn reading(times: &[Option<Step>], read: &[Option<Step>]) -> Reading {
    let Some(Some(first)) = read.first().copied() else { return Reading::Now };
    let apart =
        |(time, read): (&Option<Step>, &Option<Step>)| Some(read.as_ref()?.number().saturating_sub((*time)?.number()));
    let distance = times.iter().zip(read).next().and_then(apart);
    let moves = times.iter().zip(read).all(|pair| apart(pair) == distance);
    match distance.filter(|_| moves) {
        Some(0) => Reading::Now,
        Some(-1) => Reading::Before,
        // in an equation about one step alone, what lies further off is a time of its own
        Some(distance) if times.len() > 1 => Reading::Shifted(distance),
        _ => Reading::In(first),
    }
}

/// Finds the rules of a series and the steps that each holds for.
fn rules<'a>(series: &mut Series<'a>, (first, last): (Step, Step), equations: &BTreeMap<&str, &'a GroundEquation>) {
    let within = |at: &Option<Step>| at.is_none_or(|at| first <= at && at <= last);
    series.cells = series.all.iter().filter(|(at, _)| within(at)).map(|(at, cell)| (*at, *cell)).collect();
    for (at, cell) in &series.cells {
        let equation = equations.get(cell).copied();
        let (from, to) = (at.unwrap_or(first), at.unwrap_or(last));
        match (series.stretches.last_mut(), equation) {
            (Some(Stretch { rule: Rule::Estimated, to: end, .. }), None) => *end = to,
            (Some(Stretch { rule: Rule::Equation(before), to: end, .. }), Some(equation))
                if before.iter().all(|(_, one)| one.location == equation.location) =>
            {
                before.push((*at, equation));
                *end = to;
            }
            (_, Some(equation)) => {
                let rule = Rule::Equation(vec![(*at, equation)]);
                series.stretches.push(Stretch { from, to, rule });
            }
            (_, None) => series.stretches.push(Stretch { from, to, rule: Rule::Estimated }),
        }
    }
}

/// All steps from one to another.
pub(super) fn steps(from: Step, to: Step) -> impl Iterator<Item = Step> {
    (0..=to.number().saturating_sub(from.number())).map(move |further| from.plus(further))
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::*;

    #[test]
    fn a_reference_is_of_a_year_of_its_own_or_moves_along() {
        let at = |year: i16| Step::of(StepLength::Year, Date::constant(year, 1, 1));
        let times = |years: &[i16]| years.iter().map(|year| Some(at(*year))).collect::<Vec<_>>();
        let of = |about: &[i16], read: &[i16]| reading(&times(about), &times(read));
        assert_eq!(of(&[2018, 2019], &[2018, 2019]), Reading::Now);
        assert_eq!(of(&[2018, 2019], &[2017, 2018]), Reading::Before);
        assert_eq!(of(&[2018, 2019], &[2017, 2017]), Reading::In(at(2017)));
        assert_eq!(of(&[2018, 2019], &[2015, 2016]), Reading::Shifted(-3));
        assert_eq!((of(&[2018], &[2017]), of(&[2018], &[2015])), (Reading::Before, Reading::In(at(2015))));
        assert_eq!(reading(&[Some(at(2018))], &[None]), Reading::Now);
        assert_eq!(reading(&[None], &[Some(at(2018))]), Reading::In(at(2018)));
    }
}
