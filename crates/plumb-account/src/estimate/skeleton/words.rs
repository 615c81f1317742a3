//! What the variables of a skeleton say of themselves.

use plumb_core::case::Step;
use plumb_core::case::model::{Model, Output};
use plumb_core::reference::{Kind, Reference};
use plumb_core::unit::Unit;

use super::super::ground::GroundEquation;
use super::super::report::{Estimates, Spread, interval_words, middle_words};
use super::series::{Rule, Series};
use crate::Account;

/// What documentation is made from.
pub(super) struct Words<'a> {
    pub(super) account: &'a Account,
    pub(super) model: &'a Model,
    pub(super) found: &'a Estimates,
}

/// Medians with the intervals that hold nine cases in ten, each at its time; nothing where there are none.
fn sure(spreads: impl Iterator<Item = (Option<Step>, Spread)>, unit: &Unit) -> Option<String> {
    let one = |(at, spread): (Option<Step>, Spread)| {
        let at = at.map(|at| format!("{}: ", at.label())).unwrap_or_default();
        format!("{at}{} ({})", middle_words(&spread, unit, false), interval_words(&spread, unit, false))
    };
    let all: Vec<String> = spreads.map(one).collect();
    (!all.is_empty()).then(|| format!("Median of the posterior and where nine cases in ten lie: {}.", all.join("; ")))
}

impl Words<'_> {
    /// What a series is: `Workers present at the end of the year, Russia`.
    fn title(&self, series: &Series<'_>) -> String {
        let place = series.place.map(|code| Reference::new(Kind::Place, code.to_owned()));
        let place = place.map(|place| format!(", {}", crate::index::name_of(&self.account.case, &place)));
        format!("{}{}", series.quantity.label, place.unwrap_or_default())
    }

    /// A quantity: what it is, what computes it, and how sure it is.
    pub(super) fn series(&self, series: &Series<'_>) -> String {
        let mut lines = vec![format!("{}.", self.title(series))];
        lines.extend((!series.quantity.note.is_empty()).then(|| series.quantity.note.clone()));
        for stretch in &series.stretches {
            let Rule::Equation(equations) = &stretch.rule else { continue };
            let Some((at, equation)) = equations.first() else { continue };
            let when = match (at, series.stretches.len()) {
                (Some(_), 2..) => format!(", {} to {}", stretch.from.label(), stretch.to.label()),
                _ => String::new(),
            };
            let reason = self.reason(equation);
            lines.push(format!("Computed{when}: {}{reason}", equation.text));
        }
        let cells = series.cells.iter().filter_map(|(at, cell)| Some((*at, self.found.get(cell)?.spread?)));
        lines.extend(sure(cells, &series.quantity.unit));
        lines.join("\n")
    }

    fn reason(&self, equation: &GroundEquation) -> String {
        let own = self.model.identities.iter().find(|one| one.equation.location == equation.location);
        own.filter(|one| !one.reason.is_empty()).map(|one| format!(" ({})", one.reason)).unwrap_or_default()
    }

    /// A reported figure, with how sure it is.
    pub(super) fn output(&self, output: &Output) -> String {
        let mut lines = vec![format!("{}.", output.label)];
        lines.extend((!output.note.is_empty()).then(|| output.note.clone()));
        lines.push(format!("Computed: {}", output.value.text));
        let own = self.found.outputs.iter().filter(|one| one.id == output.id);
        lines.extend(sure(own.filter_map(|one| Some((one.at, one.base?))), &output.unit));
        lines.join("\n")
    }

    /// What is added to a reported figure.
    pub(super) fn added(&self, output: &Output) -> String {
        format!("{}: what is added in the {}.", output.label, self.model.step().word())
    }

    /// The stock that a reported figure adds up in.
    pub(super) fn added_before(&self, output: &Output) -> String {
        format!("{}: what has added up before the {}.", output.label, self.model.step().word())
    }

    /// The stock beside a quantity.
    pub(super) fn before(&self, series: &Series<'_>) -> String {
        let step = self.model.step().word();
        format!("{}: what it was in the {step} before, so at the beginning of the {step}.", self.title(series))
    }

    /// The flow that fills it where there is no balance.
    pub(super) fn change(&self, series: &Series<'_>) -> String {
        format!("{}: the change over the {}.", self.title(series), self.model.step().word())
    }

    /// A quantity at one time.
    pub(super) fn in_step(&self, series: &Series<'_>, step: Step) -> String {
        format!("{}: what it is in {}.", self.title(series), step.label())
    }

    /// A quantity so many steps later, or earlier.
    pub(super) fn shifted(&self, series: &Series<'_>, by: i32) -> String {
        let way = if by > 0 { "later" } else { "earlier" };
        format!(
            "{}: what it is {} {}s {way}, as a course that does not follow what is changed.",
            self.title(series),
            by.unsigned_abs(),
            self.model.step().word()
        )
    }

    /// The estimated steps of a quantity that is computed in others.
    pub(super) fn estimated(&self, series: &Series<'_>) -> String {
        format!("{}: the medians of the posterior, where no equation computes it.", self.title(series))
    }
}
