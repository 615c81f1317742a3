//! Running: all draws through all steps, block by block.

use super::error::RunError;
use super::model::Method;
use super::simulation::{Change, Simulation};
use crate::draws::Stream;
use crate::language::{Fault, Faults, LANES, Layout, Machine, Value, Values, chosen, without};
use crate::statistics::count;

/// The most numbers that a run keeps: 2 GB.
const MOST_NUMBERS: usize = 1 << 28;

/// Seed of what formulas draw at random: one model gives one run.
const SEED: u64 = 1;

/// Which steps of a run are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Save {
    /// Every so many steps, from the first on; 0 counts as 1.
    Every(usize),
    /// The last alone.
    Last,
}

/// What a run gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The times that were kept.
    pub times: Vec<f64>,
    /// The variables that were kept.
    pub outputs: Vec<String>,
    /// The draws that went through without fault, by their places in the columns that were given.
    pub draws: Vec<usize>,
    /// What went wrong in the others.
    pub faults: Vec<Fault>,
    columns: Vec<Vec<f64>>,
}

impl Run {
    /// One finite number for each draw in [`draws`](Self::draws), of an output and a time by their places; `None` for
    /// places that do not exist.
    pub fn column(&self, output: usize, time: usize) -> Option<&[f64]> {
        if time >= self.times.len() {
            return None;
        }
        self.columns.get(output * self.times.len() + time).map(Vec::as_slice)
    }

    /// The course of an output in one draw, by their places; empty where they do not exist.
    pub fn course(&self, output: usize, draw: usize) -> Vec<f64> {
        (0..self.times.len()).filter_map(|time| self.column(output, time)?.get(draw).copied()).collect()
    }
}

impl Simulation {
    /// Runs all draws. `columns` holds `draws` numbers for each parameter, in their order; without parameters, one draw
    /// says all.
    pub fn run(&self, columns: &[&[f64]], draws: usize, save: Save) -> Result<Run, RunError> {
        let time = [self.first];
        let columns: Vec<&[f64]> = [&time[..], &time[..]].into_iter().chain(columns.iter().copied()).collect();
        self.start.check_columns(&columns, draws)?;
        let kept: Vec<usize> = (0..=self.steps).filter(|step| self.keeps(*step, save)).collect();
        let numbers = kept.len().saturating_mul(self.outputs.len()).saturating_mul(draws);
        if numbers > MOST_NUMBERS {
            return Err(RunError::TooLarge { numbers, limit: MOST_NUMBERS });
        }
        let mut out = vec![vec![0.0; draws]; kept.len() * self.outputs.len()];
        let mut faults = Faults::default();
        let layouts = (Layout::full(&self.start), Layout::compact(&self.step));
        for from in (0..draws).step_by(LANES) {
            let lanes = LANES.min(draws - from);
            let mut block = Block::new(self, (&layouts.0, &layouts.1), lanes);
            let mut bad = vec![false; lanes];
            let mut saved = 0;
            block.run(&columns, from, |step, machine| {
                if !self.keeps(step, save) {
                    return;
                }
                // for each output the columns of all kept times, one after the other
                let columns = out.iter_mut().skip(saved).step_by(kept.len().max(1));
                let columns = columns.map(|column| column.get_mut(from..from + lanes).unwrap_or_default());
                self.keep(machine, columns, &mut bad);
                saved += 1;
            });
            if bad.contains(&true) {
                self.explain(&columns, from, save, bad, &mut faults);
            }
        }
        let sound = without(draws, &faults.draws);
        Ok(Run {
            times: kept.into_iter().map(|step| self.time(step)).collect(),
            outputs: self.outputs.clone(),
            columns: out.into_iter().map(|column| chosen(column, &sound)).collect(),
            draws: sound,
            faults: faults.list(),
        })
    }

    /// Writes the outputs of a step, and marks the draws in which one is no number.
    fn keep<'o>(&self, machine: &Machine<'_>, columns: impl Iterator<Item = &'o mut [f64]>, bad: &mut [bool]) {
        for (column, value) in columns.zip(self.step.output_values()) {
            machine.values(value).write_to(column);
            if !all_finite(column) {
                bad.iter_mut().zip(column).for_each(|(bad, value)| *bad |= !value.is_finite());
            }
        }
    }

    fn keeps(&self, step: usize, save: Save) -> bool {
        match save {
            Save::Every(every) => step.is_multiple_of(every.max(1)),
            Save::Last => step == self.steps,
        }
    }

    /// Runs a block again, keeping all values, to find where the faults of its bad draws began.
    fn explain(&self, columns: &[&[f64]], from: usize, save: Save, mut bad: Vec<bool>, faults: &mut Faults) {
        let layouts = (Layout::full(&self.start), Layout::full(&self.step));
        let mut block = Block::new(self, (&layouts.0, &layouts.1), bad.len());
        let mut look = |machine: &Machine<'_>, values: &[Value], time: f64| {
            for (lane, bad) in bad.iter_mut().enumerate().filter(|(_, bad)| **bad) {
                if let Some(value) = values.iter().find(|value| !machine.values(**value).at(lane).is_finite()) {
                    *bad = false;
                    faults.add(machine, *value, lane, from + lane, Some(time));
                }
            }
        };
        block.start(columns, from);
        look(&block.begin, &self.start.output_values().collect::<Vec<_>>(), self.first);
        let values: Vec<Value> = self.step.output_values().collect();
        block.run(columns, from, |step, machine| {
            // what is not kept matters only where it is carried on
            let skip = if self.keeps(step, save) { 0 } else { self.outputs.len() };
            look(machine, values.get(skip..).unwrap_or_default(), self.time(step));
        });
        faults.draws.sort_unstable();
    }
}

/// Whether all numbers are finite: 0 times any other is not 0. The sum of eight at a time keeps the processor busy.
fn all_finite(values: &[f64]) -> bool {
    let mut sums = [0.0; 8];
    for part in values.chunks(8) {
        sums.iter_mut().zip(part).for_each(|(sum, value)| *sum += value * 0.0);
    }
    sums.iter().all(|sum| *sum == 0.0)
}

/// A block of draws on its way through the steps.
struct Block<'s> {
    simulation: &'s Simulation,
    begin: Machine<'s>,
    machine: Machine<'s>,
    /// The place among the inputs of the step at which states begin.
    states: Value,
    next: Vec<Vec<f64>>,
    /// What each state that looks back has seen, step by step.
    past: Vec<Vec<Vec<f64>>>,
    /// For each state that is drawn the streams of all draws.
    streams: Vec<Vec<Stream>>,
    lanes: usize,
}

impl<'s> Block<'s> {
    fn new(simulation: &'s Simulation, layouts: (&'s Layout, &'s Layout), lanes: usize) -> Self {
        let states = simulation.changes.len();
        Self {
            simulation,
            begin: Machine::new(&simulation.start, layouts.0, lanes),
            machine: Machine::new(&simulation.step, layouts.1, lanes),
            states: simulation.step.inputs().len() - states,
            next: vec![vec![0.0; lanes]; states],
            past: vec![Vec::new(); states],
            streams: Vec::new(),
            lanes,
        }
    }

    /// Sets parameters and the states at the start.
    fn start(&mut self, columns: &[&[f64]], from: usize) {
        self.begin.give(columns, from);
        self.begin.run_fixed();
        self.begin.run_changing();
        self.machine.give(columns, from);
        self.machine.run_fixed();
        for (place, value) in self.simulation.start.output_values().enumerate() {
            self.begin.values(value).write_to(self.machine.input_mut(self.states + place));
        }
        let streams = |(_, _, stream): &(usize, bool, String)| {
            (from..from + self.lanes).map(|draw| Stream::new(SEED, &format!("{stream}, draw {draw}"))).collect()
        };
        self.streams = self.simulation.drawn.iter().map(streams).collect();
        self.draw();
    }

    /// Draws the states that are drawn at each step.
    fn draw(&mut self) {
        for ((place, normal, _), streams) in self.simulation.drawn.iter().zip(&mut self.streams) {
            for (slot, stream) in self.machine.input_mut(self.states + place).iter_mut().zip(streams) {
                *slot = if *normal { stream.normal() } else { stream.uniform() };
            }
        }
    }

    /// From the start to the end; `see` looks at each step before the states move on.
    fn run(&mut self, columns: &[&[f64]], from: usize, mut see: impl FnMut(usize, &Machine<'s>)) {
        self.start(columns, from);
        for step in 0..=self.simulation.steps {
            self.machine.set_same(0, self.simulation.time(step));
            self.machine.set_same(1, self.simulation.time(step));
            self.machine.run_changing();
            see(step, &self.machine);
            if step == self.simulation.steps {
                break;
            }
            self.carry_others(step);
            match self.simulation.method {
                Method::Euler => self.euler(),
                Method::RungeKutta4 => self.runge_kutta(step),
            }
            for (place, change) in self.simulation.changes.iter().enumerate() {
                if let (false, Some(next)) = (matches!(change, Change::Hold), self.next.get(place)) {
                    self.machine.input_mut(self.states + place).copy_from_slice(next);
                }
            }
            self.draw();
        }
    }

    fn euler(&mut self) {
        let dt = self.simulation.dt;
        for (place, change) in self.simulation.changes.iter().enumerate() {
            let (Change::Integrate(rate, non_negative), Some(next)) = (change, self.next.get_mut(place)) else {
                continue;
            };
            let Values::Each(state) = self.machine.values(self.states + place) else { continue };
            add_scaled(next, state, dt, self.machine.values(*rate));
            if *non_negative {
                not_below_zero(next);
            }
        }
    }

    /// The classical rule: the mean of four slopes, the two in the middle counting twice.
    fn runge_kutta(&mut self, step: usize) {
        let dt = self.simulation.dt;
        let now = self.simulation.time(step);
        let states: Vec<Vec<f64>> =
            (0..self.next.len()).map(|place| column(self.machine.values(self.states + place), self.lanes)).collect();
        let mut total = states.clone();
        for (stage, weight) in [dt / 6.0, dt / 3.0, dt / 3.0, dt / 6.0].into_iter().enumerate() {
            if stage > 0 {
                self.machine.run_changing();
            }
            let ahead = if stage == 2 { dt } else { dt / 2.0 };
            self.machine.set_same(0, now + ahead);
            let mut trial = states.clone();
            for (place, change) in self.simulation.changes.iter().enumerate() {
                let Change::Integrate(rate, _) = change else { continue };
                let rate = self.machine.values(*rate);
                if let (Some(total), Some(trial), Some(state)) =
                    (total.get_mut(place), trial.get_mut(place), states.get(place))
                {
                    let before = total.clone();
                    add_scaled(total, &before, weight, rate);
                    add_scaled(trial, state, ahead, rate);
                }
            }
            for (place, trial) in trial.iter().enumerate() {
                self.machine.input_mut(self.states + place).copy_from_slice(trial);
            }
        }
        for ((change, next), total) in self.simulation.changes.iter().zip(&mut self.next).zip(total) {
            if let Change::Integrate(_, non_negative) = change {
                *next = total;
                if *non_negative {
                    not_below_zero(next);
                }
            }
        }
    }

    /// The states that are no stocks: what was before.
    fn carry_others(&mut self, step: usize) {
        for (place, change) in self.simulation.changes.iter().enumerate() {
            let Some(next) = self.next.get_mut(place) else { continue };
            match change {
                Change::Replace(value) => self.machine.values(*value).write_to(next),
                Change::Past(value, delay) => {
                    let Some(past) = self.past.get_mut(place) else { continue };
                    if step == 0 {
                        past.clear();
                        past.push(column(self.machine.values(self.states + place), self.lanes));
                    }
                    past.push(column(self.machine.values(*value), self.lanes));
                    let delay = self.machine.values(*delay);
                    for (lane, next) in next.iter_mut().enumerate() {
                        *next = look_back(past, lane, step, delay.at(lane) / self.simulation.dt);
                    }
                }
                Change::Integrate(..) | Change::Hold => {}
            }
        }
    }
}

/// What a state that looks back is after `step`: the first entry of its past is what it began with, the next is what it
/// saw at step 0. A delay of less than one step counts as one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 1 and the number of steps")]
fn look_back(past: &[Vec<f64>], lane: usize, step: usize, delay: f64) -> f64 {
    if !delay.is_finite() {
        return f64::NAN;
    }
    let steps = delay.round().clamp(1.0, count(past)) as usize;
    let seen = (step + 2).saturating_sub(steps);
    past.get(seen).and_then(|column| column.get(lane)).copied().unwrap_or(f64::NAN)
}

fn column(values: Values<'_>, lanes: usize) -> Vec<f64> {
    let mut column = vec![0.0; lanes];
    values.write_to(&mut column);
    column
}

fn add_scaled(out: &mut [f64], state: &[f64], scale: f64, rate: Values<'_>) {
    match rate {
        Values::Same(rate) => out.iter_mut().zip(state).for_each(|(out, state)| *out = state + scale * rate),
        Values::Each(rates) => {
            out.iter_mut().zip(state.iter().zip(rates)).for_each(|(out, (state, rate))| *out = state + scale * rate);
        }
    }
}

/// Rounding may leave a hair below zero; what is no number stays none.
fn not_below_zero(column: &mut [f64]) {
    column.iter_mut().filter(|value| **value < 0.0).for_each(|value| *value = 0.0);
}
