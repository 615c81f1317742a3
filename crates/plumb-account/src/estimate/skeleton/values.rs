//! What every quantity is when those that no equation computes are at the medians of their posteriors.

use std::collections::BTreeMap;

use plumb_weigh::language::{Cause, Program, Source};

use super::super::ground::{Ground, GroundEquation};
use super::super::report::{Estimates, rounded};
use super::super::scenario::{Draws, Wanted, evaluate, failure_words, source};

/// Digits of a median that are written: more than draws can tell, and as many as a table of the run shows.
const DIGITS: u32 = 6;

/// The values of all quantities by name, or why one has none.
pub(super) struct Values(BTreeMap<String, Result<f64, String>>);

impl Values {
    /// Computes them, and these reported figures, with these equations in the place of what the model says.
    pub(super) fn of(ground: &Ground, sets: &[GroundEquation], wanted: &[Wanted<'_>], found: &Estimates) -> Self {
        let medians: Draws = (found.quantities.iter())
            .filter_map(|one| Some((one.name.clone(), vec![number(one.spread?.median)])))
            .collect();
        let source = source(ground, sets, &medians, wanted);
        let cells = ground.cells.iter().map(|cell| cell.name.as_str());
        let names: Vec<&str> = cells.chain(wanted.iter().map(|one| one.name.as_str())).collect();
        let mut values = BTreeMap::new();
        fill(&source, &medians, &names, &mut values);
        Self(values)
    }

    /// The value of a quantity.
    ///
    /// # Errors
    /// Why it has none, in words that can follow its name and a colon.
    pub(super) fn get(&self, name: &str) -> Result<f64, &str> {
        match self.0.get(name) {
            Some(Ok(value)) => Ok(*value),
            Some(Err(reason)) => Err(reason),
            None => Err("the model has no such quantity"),
        }
    }
}

/// A number as it is written into the file.
pub(super) fn number(value: f64) -> f64 {
    use rust_decimal::prelude::ToPrimitive as _;
    rounded(value, DIGITS).to_f64().unwrap_or(value)
}

/// All at once where nothing fails, else halves of them, down to the one that does: it must not take the others with it.
fn fill(source: &Source, medians: &Draws, names: &[&str], values: &mut BTreeMap<String, Result<f64, String>>) {
    let reason = match computed(source, medians, names) {
        Ok(found) => return values.extend(found.into_iter().map(|(name, value)| (name, Ok(value)))),
        Err(reason) => reason,
    };
    match names {
        [] => {}
        [name] => {
            values.insert((*name).to_owned(), Err(reason));
        }
        _ => {
            let (left, right) = names.split_at(names.len() / 2);
            fill(source, medians, left, values);
            fill(source, medians, right, values);
        }
    }
}

fn computed(source: &Source, medians: &Draws, names: &[&str]) -> Result<Vec<(String, f64)>, String> {
    let program = Program::compile_for(source, names).map_err(|error| match error.cause {
        Cause::UnknownName { name, .. } => format!("there is no estimate of `{name}`"),
        other => other.to_string(),
    })?;
    let evaluation = evaluate(&program, medians).ok_or("it cannot be computed")?;
    if let Some(fault) = evaluation.faults.first() {
        let what = failure_words(fault.failure);
        let own = names.iter().all(|name| *name == fault.name);
        return Err(if own { format!("it {what}") } else { format!("`{}` {what}", fault.name) });
    }
    Ok(evaluation.columns.into_iter().filter_map(|(name, values)| Some((name, *values.first()?))).collect())
}
