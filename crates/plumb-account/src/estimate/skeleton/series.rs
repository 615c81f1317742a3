//! The cells of the model gathered: each quantity at each place through all years, with the rules that give it.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::case::model::{Model, ModelQuantity};
use plumb_weigh::language::canonical;

use super::super::ground::{Ground, GroundEquation};

/// When a formula reads a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reading {
    /// In the year that the formula is about, or always.
    Now,
    /// In the year before.
    Before,
    /// So many years later; below zero: earlier.
    Shifted(i16),
    /// In one and the same year, whatever year the formula is about.
    In(i16),
    /// In the years that no equation computes.
    Estimated,
}

/// What gives a series its values.
#[derive(Debug)]
pub(super) enum Rule<'a> {
    /// An equation of the model, as it is written out for each of the years.
    Equation(Vec<(Option<i16>, &'a GroundEquation)>),
    /// The posterior.
    Estimated,
}

/// Years in a row with one rule.
#[derive(Debug)]
pub(super) struct Stretch<'a> {
    /// The first of the years; that of the run for a series without years.
    pub(super) from: i16,
    /// The last.
    pub(super) to: i16,
    /// The rule.
    pub(super) rule: Rule<'a>,
}

/// A quantity at a place, through the years of the run.
#[derive(Debug)]
pub(super) struct Series<'a> {
    /// The quantity.
    pub(super) quantity: &'a ModelQuantity,
    /// The place, where it runs over places.
    pub(super) place: Option<&'a str>,
    /// Its cells by year, those before the run too; one without a year for a quantity that does not run over years.
    all: BTreeMap<Option<i16>, &'a str>,
    /// The cells of the run.
    pub(super) cells: BTreeMap<Option<i16>, &'a str>,
    /// Its rules, in the order of the years.
    pub(super) stretches: Vec<Stretch<'a>>,
}

impl Series<'_> {
    /// The cell of a year, or the one for all years.
    pub(super) fn cell_in(&self, year: i16) -> Option<&str> {
        self.all.get(&Some(year)).or_else(|| self.all.get(&None)).copied()
    }

    /// The years of the run that no equation computes.
    pub(super) fn estimated_years(&self) -> impl Iterator<Item = i16> {
        let estimated = self.stretches.iter().filter(|stretch| matches!(stretch.rule, Rule::Estimated));
        estimated.flat_map(|stretch| stretch.from..=stretch.to)
    }
}

/// All series of a model.
#[derive(Debug)]
pub(super) struct Layout<'a> {
    /// The first and last year of the run.
    pub(super) years: (i16, i16),
    /// The series in the order of the model.
    pub(super) series: Vec<Series<'a>>,
    /// For each cell its series and year.
    of: BTreeMap<&'a str, (usize, Option<i16>)>,
}

impl<'a> Layout<'a> {
    /// Gathers the cells, with these equations in the place of what the model says. The first year of the grid is there for the
    /// stocks at its end, so the run begins with the second.
    pub(super) fn of(model: &'a Model, ground: &'a Ground, sets: &'a [GroundEquation]) -> Self {
        let (first, last) = model.years;
        let years = (first.saturating_add(1).min(last), last);
        let mut layout = Self { years, series: Vec::new(), of: BTreeMap::new() };
        let mut places: BTreeMap<(usize, Option<&str>), usize> = BTreeMap::new();
        for cell in &ground.cells {
            let Some(quantity) = model.quantities.get(cell.quantity) else { continue };
            let place = cell.place.as_deref();
            let at = *places.entry((cell.quantity, place)).or_insert(layout.series.len());
            if at == layout.series.len() {
                let (all, cells, stretches) = Default::default();
                layout.series.push(Series { quantity, place, all, cells, stretches });
            }
            layout.of.insert(&cell.name, (at, cell.year));
            if let Some(series) = layout.series.get_mut(at) {
                series.all.insert(cell.year, &cell.name);
            }
        }
        let equations: BTreeMap<&str, &GroundEquation> =
            ground.equations.iter().chain(sets).map(|equation| (equation.left.as_str(), equation)).collect();
        layout.series.iter_mut().for_each(|series| rules(series, years, &equations));
        layout
    }

    /// Which of these names, in the order of the series, are of quantities that run over years.
    pub(super) fn yearly(&self, names: &[String]) -> BTreeSet<String> {
        let yearly = self.series.iter().zip(names).filter(|(series, _)| !series.all.contains_key(&None));
        yearly.map(|(_, name)| canonical(name)).collect()
    }

    /// What the formula of an equation reads, in the order of its references.
    pub(super) fn readings(&self, equations: &[(Option<i16>, &GroundEquation)]) -> Vec<(usize, Reading)> {
        let read: Vec<Vec<(usize, Option<i16>)>> = (equations.iter())
            .map(|(_, equation)| {
                let names = equation.right.references().into_iter();
                names.filter_map(|(name, _)| self.of.get(name.as_str()).copied()).collect()
            })
            .collect();
        let years: Vec<Option<i16>> = equations.iter().map(|(year, _)| *year).collect();
        let one = |position: usize| {
            let each: Vec<(usize, Option<i16>)> = read.iter().filter_map(|read| read.get(position).copied()).collect();
            let (series, _) = *each.first()?;
            let read: Vec<Option<i16>> = each.into_iter().map(|(_, year)| year).collect();
            Some((series, reading(&years, &read)))
        };
        (0..read.first().map_or(0, Vec::len)).filter_map(one).collect()
    }
}

/// How a reference stands to the years that its equation is about.
fn reading(years: &[Option<i16>], read: &[Option<i16>]) -> Reading {
    let Some(Some(first)) = read.first().copied() else { return Reading::Now };
    let apart = |(year, read): (&Option<i16>, &Option<i16>)| Some(read.as_ref()?.saturating_sub((*year)?));
    let distance = years.iter().zip(read).next().and_then(apart);
    let moves = years.iter().zip(read).all(|pair| apart(pair) == distance);
    match distance.filter(|_| moves) {
        Some(0) => Reading::Now,
        Some(-1) => Reading::Before,
        // in an equation about one year alone, what lies further off is a year of its own
        Some(distance) if years.len() > 1 => Reading::Shifted(distance),
        _ => Reading::In(first),
    }
}

/// Finds the rules of a series and the years that each holds for.
fn rules<'a>(series: &mut Series<'a>, (first, last): (i16, i16), equations: &BTreeMap<&str, &'a GroundEquation>) {
    let within = |year: &Option<i16>| year.is_none_or(|year| first <= year && year <= last);
    series.cells = series.all.iter().filter(|(year, _)| within(year)).map(|(year, cell)| (*year, *cell)).collect();
    for (year, cell) in &series.cells {
        let equation = equations.get(cell).copied();
        let (from, to) = (year.unwrap_or(first), year.unwrap_or(last));
        match (series.stretches.last_mut(), equation) {
            (Some(Stretch { rule: Rule::Estimated, to: end, .. }), None) => *end = to,
            (Some(Stretch { rule: Rule::Equation(before), to: end, .. }), Some(equation))
                if before.iter().all(|(_, one)| one.location == equation.location) =>
            {
                before.push((*year, equation));
                *end = to;
            }
            (_, Some(equation)) => {
                let rule = Rule::Equation(vec![(*year, equation)]);
                series.stretches.push(Stretch { from, to, rule });
            }
            (_, None) => series.stretches.push(Stretch { from, to, rule: Rule::Estimated }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_of_a_year_of_its_own_or_moves_along() {
        let years = |years: &[i16]| years.iter().map(|year| Some(*year)).collect::<Vec<_>>();
        let of = |about: &[i16], read: &[i16]| reading(&years(about), &years(read));
        assert_eq!(of(&[2018, 2019], &[2018, 2019]), Reading::Now);
        assert_eq!(of(&[2018, 2019], &[2017, 2018]), Reading::Before);
        assert_eq!(of(&[2018, 2019], &[2017, 2017]), Reading::In(2017));
        assert_eq!(of(&[2018, 2019], &[2015, 2016]), Reading::Shifted(-3));
        assert_eq!((of(&[2018], &[2017]), of(&[2018], &[2015])), (Reading::Before, Reading::In(2015)));
        assert_eq!(reading(&[Some(2018)], &[None]), Reading::Now);
        assert_eq!(reading(&[None], &[Some(2018)]), Reading::In(2018));
    }
}
