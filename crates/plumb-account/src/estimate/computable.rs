//! Values that cannot be computed, with their place in the model: divisions by zero, circles that only a scenario closes, numbers
//! beyond what can be written.

use std::collections::{BTreeMap, BTreeSet};

use plumb_core::case::Model;
use plumb_core::case::model::{LARGEST, SMALLEST};
use plumb_core::codes::{P0904, P0907};
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;
use plumb_weigh::draws::Stream;
use plumb_weigh::language::{Cause, Failure, Fault};

use super::ground::{Ground, GroundEquation};
use super::report::{Estimate, TOO_LARGE};
use super::scenario::{Computed, Draws, Wanted, World, failure_words};
use super::sound::further;

/// Points that stand for all that quantities could be. A value that cannot be computed at any of them hardly can at others: each
/// quantity takes a value of its own at each, over all magnitudes.
const POINTS: usize = 64;
/// The magnitudes: from shares of a thousandth to sums of a trillion.
const MAGNITUDES: (f64, f64) = (1e-3, 1e12);

/// What can never be computed, as the model stands and under each scenario, whatever the quantities are.
pub(super) fn faults(model: &Model, ground: &Ground) -> Vec<Diagnostic> {
    let points = points(model, ground);
    diagnostics(model, ground, &Computed::from(model, ground, &points), |fault| fault.draws == POINTS)
}

fn points(model: &Model, ground: &Ground) -> Draws {
    let (least, most) = MAGNITUDES;
    let cells = ground.cells.iter().map(|cell| {
        let most =
            model.quantities.get(cell.quantity).and_then(|quantity| quantity.high).map_or(most, |high| high.min(most));
        let span = libm::log((most / least).max(1.0));
        let mut stream = Stream::new(0, &cell.name);
        let points = (0..POINTS).map(|_| (most * libm::exp(-span * stream.uniform())).clamp(SMALLEST, LARGEST));
        (cell.name.clone(), points.collect())
    });
    cells.collect()
}

/// Diagnostics of the faults that count, one for each kind at each place of the model.
pub(super) fn diagnostics(
    model: &Model,
    ground: &Ground,
    computed: &Computed<'_>,
    counts: impl Fn(&Fault) -> bool,
) -> Vec<Diagnostic> {
    let mut found = Found::default();
    let scenarios = model.scenarios.iter().map(|one| one.label.as_str()).zip(&ground.scenarios);
    let worlds = [(&computed.base, "", &[][..])]
        .into_iter()
        .chain((computed.others.iter().zip(scenarios)).map(|(world, (label, sets))| (world, label, sets.as_slice())));
    for (world, scenario, sets) in worlds {
        let place = |name: &str| place(ground, sets, &computed.wanted, name);
        found.world(world, scenario, place, &counts);
    }
    found.diagnostics()
}

/// Quantities and outputs whose estimate is larger than can be written.
pub(super) fn too_large(model: &Model, quantities: &[Estimate], computed: &Computed<'_>) -> Vec<Diagnostic> {
    let mut found = Found::default();
    let large = |unknown: Option<&str>| unknown == Some(TOO_LARGE);
    for one in quantities.iter().filter(|one| large(one.unknown.as_deref())) {
        let quantity = model.quantities.iter().find(|quantity| quantity.id.text == one.quantity);
        if let Some(quantity) = quantity {
            found.add(
                &quantity.id.location,
                Some(Failure::Overflow),
                format!("the estimate of `{}` {BEYOND}", one.name),
            );
        }
    }
    for one in computed.wanted.iter().filter(|one| large(computed.base.reason(&one.name).as_deref())) {
        found.add(&one.output.value.location, Some(Failure::Overflow), format!("{} {BEYOND}", words(one)));
    }
    found.diagnostics()
}

const BEYOND: &str = "is larger than can be written, so it is unknown";

/// Where a definition or output of a program stands, and what it is in words.
fn place(ground: &Ground, sets: &[GroundEquation], wanted: &[Wanted<'_>], name: &str) -> Option<(Location, String)> {
    let equation = sets.iter().chain(&ground.equations).find(|one| one.left == name);
    let output = || wanted.iter().find(|one| one.name == name);
    let equation = equation.map(|one| (one.location.clone(), format!("`{name}`")));
    equation.or_else(|| output().map(|one| (one.output.value.location.clone(), words(one))))
}

fn words(wanted: &Wanted<'_>) -> String {
    let at = wanted.at.map(|at| format!(" of {}", at.label())).unwrap_or_default();
    format!("the reported figure `{}`{at}", wanted.output.id)
}

/// Faults by place and kind, each with all its cases in words.
#[derive(Default)]
struct Found {
    groups: BTreeMap<(Location, Option<Failure>), BTreeSet<String>>,
}

impl Found {
    /// Adds a case; without a failure it is a circle.
    fn add(&mut self, location: &Location, failure: Option<Failure>, words: String) {
        self.groups.entry((location.clone(), failure)).or_default().insert(words);
    }

    fn world(
        &mut self,
        world: &World,
        scenario: &str,
        place: impl Fn(&str) -> Option<(Location, String)>,
        counts: impl Fn(&Fault) -> bool,
    ) {
        let under = if scenario.is_empty() { String::new() } else { format!("under “{scenario}” ") };
        for fault in world.faults.values().flatten().filter(|fault| counts(fault)) {
            let Some((location, what)) = place(&fault.name) else { continue };
            self.add(&location, Some(fault.failure), format!("{under}{what} {}", failure_words(fault.failure)));
        }
        for error in world.errors.values() {
            let (Cause::Cycle(round), Some(name)) = (&error.cause, &error.definition) else { continue };
            let Some((location, _)) = place(name) else { continue };
            self.add(&location, None, format!("{under}{round} is defined by itself"));
        }
    }

    fn diagnostics(self) -> Vec<Diagnostic> {
        let diagnostic = |((location, failure), cases): ((Location, Option<Failure>), BTreeSet<String>)| {
            let first = cases.first().cloned().unwrap_or_default();
            let code = if failure.is_some() { P0907 } else { P0904 };
            further(Diagnostic::new(code, location, first).help(help(failure)), cases.len())
        };
        self.groups.into_iter().map(diagnostic).collect()
    }
}

fn help(failure: Option<Failure>) -> &'static str {
    match failure {
        None => "a scenario may set a quantity, but not from what follows from it",
        Some(Failure::DivisionByZero) => {
            "say what holds then: safediv(one, other) is 0 where the other is 0, safediv(one, other, 5) is 5"
        }
        Some(Failure::OutsideDomain) => "keep it where it can be computed, as with max or if(condition, one, other)",
        Some(Failure::Overflow | Failure::NotFinite) => "correct the numbers: nothing that can be counted is as large",
    }
}
