//! P0503: two sources that give the same two numbers the other way round.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::case::Case;
use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;
use rust_decimal::Decimal;

use super::Input;
use super::figure::{Figure, significant_digits};

/// Significant digits that the numbers of a figure must have together: round numbers stand under two labels by chance.
const DIGITS: usize = 3;

/// How many figures may share a number before the number is too common to show that labels were swapped.
const COMMON: usize = 32;

/// Two measures with two sources: the first source gives a number to the first measure, the second gives it to the second.
type Crossing<'a> = (&'a str, &'a str, &'a str, &'a str);

/// Looks, within each place, population and time, for numbers that change their measure from one source to another.
pub(super) fn check(input: &Input<'_>) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<_, Vec<&Figure<'_>>> = BTreeMap::new();
    for figure in input.figures {
        if let Some(days) = figure.days() {
            groups.entry((figure.topic.place, figure.topic.population, days)).or_default().push(figure);
        }
    }
    groups.values().flat_map(|figures| swapped(input.case, figures)).collect()
}

fn swapped(case: &Case, figures: &[&Figure<'_>]) -> Vec<Diagnostic> {
    let mut by_numbers: BTreeMap<[Option<Decimal>; 3], Vec<&Figure<'_>>> = BTreeMap::new();
    for figure in figures {
        let (low, best, high) = figure.quantity.numbers();
        let numbers = [low, best, high].map(|number| number.map(|number| number.normalize()));
        if numbers.into_iter().flatten().map(significant_digits).sum::<usize>() >= DIGITS {
            by_numbers.entry(numbers).or_default().push(figure);
        }
    }
    let mut crossings: BTreeMap<Crossing<'_>, (&Figure<'_>, &Figure<'_>)> = BTreeMap::new();
    for same in by_numbers.values().filter(|same| (2..=COMMON).contains(&same.len())) {
        for one in same {
            for two in same.iter().filter(|two| one.topic.measure < two.topic.measure && one.source != two.source) {
                crossings.entry((one.topic.measure, two.topic.measure, one.source, two.source)).or_insert((one, two));
            }
        }
    }
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for ((measure, other, one, two), first) in &crossings {
        let back = crossings.get(&(*measure, *other, *two, *one));
        if let Some(second) = back.filter(|_| told.insert((measure, other, one.min(two), one.max(two)))) {
            found.push(report(case, *first, *second));
        }
    }
    found
}

/// `first` is the number that source one gives to the first measure, `second` the one that it gives to the second.
fn report(case: &Case, first: (&Figure<'_>, &Figure<'_>), second: (&Figure<'_>, &Figure<'_>)) -> Diagnostic {
    let ((a_one, b_two), (a_two, b_one)) = (first, second);
    let (measure, other) = (&a_one.measure.label, &b_two.measure.label);
    let message = format!(
        "`{}` and `{}` give {} and {} the other way round: one has swapped “{measure}” and “{other}”",
        a_one.source,
        a_two.source,
        a_one.stated.bare_figure(),
        b_one.stated.bare_figure()
    );
    let mut diagnostic = Diagnostic::new(codes::P0503, b_two.cell(), message).saying(b_two.label(case));
    for figure in [a_two, a_one, b_one] {
        diagnostic = diagnostic.also(figure.cell(), figure.label(case));
    }
    diagnostic.rows.extend([a_one, b_one, a_two, b_two].map(|figure| figure.reference.clone()));
    diagnostic.help("look in both sources, and in the one that they copied; give the wrong rows the status `weak`")
}
