//! Functions of time → formulas and hidden states.
//!
//! Delays and smoothings are chains of exponential stages, written as the standard defines them (XMILE 1.0, section 3.5.3);
//! steps, ramps and pulses are formulas of the time.

use super::error::ModelError;
use super::states::{STEP_TIME, State, Update, reference};
use crate::language::{Formula, Function, Kind, parse};

/// The highest order of a delay: beyond it a fixed delay is meant.
const HIGHEST_ORDER: usize = 64;

/// Replaces functions of time by references to what it adds.
#[derive(Default)]
pub(super) struct Rewriter {
    pub(super) states: Vec<State>,
    pub(super) definitions: Vec<(String, Formula)>,
    made: usize,
}

impl Rewriter {
    /// The formula of `variable` without functions of time.
    pub(super) fn rewrite(&mut self, variable: &str, formula: &Formula) -> Result<Formula, ModelError> {
        let formula = formula.map(|child| self.rewrite(variable, child))?;
        let Kind::Call(function, arguments) = &formula.kind else { return Ok(formula) };
        if !function.needs_time() {
            return Ok(formula);
        }
        self.made += 1;
        let call = format!("{} {} of {variable}", function.name(), self.made);
        // each argument gets a name, so that it is computed once and faults name it
        for (index, argument) in arguments.iter().enumerate() {
            self.define(&argument_name(&call, index), argument.clone());
        }
        self.replace(variable, *function, &call, arguments)?;
        Ok(Formula { span: formula.span, ..reference(&call) })
    }

    /// Defines `call` as this function of the named arguments.
    fn replace(
        &mut self,
        variable: &str,
        function: Function,
        call: &str,
        arguments: &[Formula],
    ) -> Result<(), ModelError> {
        let name = |index: usize| argument_name(call, index);
        let count = arguments.len();
        let optional =
            |index: usize, otherwise: &str| if index < count { quoted(&name(index)) } else { otherwise.to_owned() };
        let [input, second, third] = [0, 1, 2].map(|index| quoted(&name(index)));
        match function {
            // a millionth of a step makes up for the rounding of times
            Function::Step => self.formula(call, &format!("if(time + dt * 1e-6 >= {second}, {input}, 0)")),
            Function::Ramp => {
                let end = optional(2, "stoptime");
                self.formula(call, &format!("{input} * max(0, min(time, {end}) - {second})"));
            }
            Function::Pulse => self.pulse(call, &input, &optional(1, "starttime"), &optional(2, "0")),
            Function::Init => self.state(call, &input, Update::Hold),
            Function::Previous => self.state(call, &second, Update::Replace(name(0))),
            Function::Delay => self.state(call, &optional(2, &input), Update::Past(name(0), name(1))),
            Function::Delay1 => self.delay(call, &input, &second, 1, &optional(2, &input)),
            Function::Delay3 => self.delay(call, &input, &second, 3, &optional(2, &input)),
            Function::DelayN => {
                let order = order(variable, arguments.get(2))?;
                self.delay(call, &input, &second, order, &optional(3, &input));
            }
            Function::Smth1 => self.smooth(call, &input, &second, 1, &optional(2, &input)),
            Function::Smth3 => self.smooth(call, &input, &second, 3, &optional(2, &input)),
            Function::SmthN => {
                let order = order(variable, arguments.get(2))?;
                self.smooth(call, &input, &second, order, &optional(3, &input));
            }
            Function::Random | Function::Normal | Function::LogNormal | Function::Exponential => {
                self.random(variable, function, call, arguments);
            }
            Function::Forecast => self.forecast(call, [&input, &second, &third], &optional(3, "0")),
            _ => self.trend(call, &input, &second, &optional(2, "0")),
        }
        Ok(())
    }

    /// The input carried on for the horizon along its trend.
    fn forecast(&mut self, call: &str, [input, average, horizon]: [&str; 3], initial: &str) {
        let trend = format!("trend of {call}");
        self.trend(&trend, input, average, initial);
        self.formula(call, &format!("{input} * (1 + {} * {horizon})", quoted(&trend)));
    }

    pub(super) fn define(&mut self, name: &str, formula: Formula) {
        self.definitions.push((name.to_owned(), formula));
    }

    /// Adds a definition that is written here and therefore readable.
    fn formula(&mut self, name: &str, text: &str) {
        if let Ok(formula) = parse(text) {
            self.define(name, formula);
        }
    }

    fn state(&mut self, name: &str, initial: &str, update: Update) {
        if let Ok(initial) = parse(initial) {
            self.states.push(State { name: name.to_owned(), initial, update });
        }
    }

    /// A number that is drawn anew at each step.
    fn random(&mut self, variable: &str, function: Function, call: &str, arguments: &[Formula]) {
        let [first, second] = [0, 1].map(|index| quoted(&argument_name(call, index)));
        let seed = arguments.get(if function == Function::Exponential { 1 } else { 2 });
        let normal = matches!(function, Function::Normal | Function::LogNormal);
        let drawn = self.noise(variable, call, normal, seed);
        let text = match function {
            Function::Random => format!("{first} + ({second} - {first}) * {drawn}"),
            Function::Normal => format!("{first} + {second} * {drawn}"),
            Function::Exponential => format!("-{first} * ln({drawn})"),
            _ => {
                // the variance of the logarithm, from mean and standard deviation of the number itself
                let variance = format!("ln(1 + ({second} / {first}) ^ 2)");
                format!("{first} * exp(sqrt({variance}) * {drawn} - {variance} / 2)")
            }
        };
        self.formula(call, &text);
    }

    /// A normal number, or one between 0 and 1. Calls of one seed draw the same numbers; others have their own, whatever else the
    /// model draws. What stocks begin with is computed before the first draw, from the median.
    fn noise(&mut self, variable: &str, call: &str, normal: bool, seed: Option<&Formula>) -> String {
        let own = format!("{variable}, call ");
        let is_own = |state: &&State| matches!(&state.update, Update::Draw { stream, .. } if stream.starts_with(&own));
        let stream = match seed.map(|seed| &seed.kind) {
            Some(Kind::Number(seed, _)) => format!("seed {seed}"),
            _ => format!("{own}{}", self.states.iter().filter(is_own).count()),
        };
        let name = format!("number of {call}");
        self.state(&name, if normal { "0" } else { "0.5" }, Update::Draw { normal, stream });
        quoted(&name)
    }

    /// A volume within one step: once, or at every interval above 0. What lasts a step must not change within it, or a rule
    /// that looks at the middle of steps would find another volume.
    fn pulse(&mut self, call: &str, volume: &str, first: &str, interval: &str) {
        let since = format!("({} - {first} + dt / 2)", quoted(STEP_TIME));
        let now = format!("if({interval} > 0, {since} mod {interval} < dt, {since} < dt)");
        self.formula(call, &format!("if({since} >= 0 and {now}, {volume} / dt, 0)"));
    }

    /// Stages that each hold what flows in for an equal part of the time, on average; all that flows in flows out.
    fn delay(&mut self, call: &str, input: &str, time: &str, order: usize, initial: &str) {
        let mut inflow = input.to_owned();
        for stage in 1..=order {
            let level = format!("stage {stage} of {call}");
            let outflow = format!("{} / ({time} / {order})", quoted(&level));
            let change = format!("change of {level}");
            self.formula(&change, &format!("{inflow} - {outflow}"));
            self.state(&level, &format!("{initial} * ({time} / {order})"), Update::Integrate(change, false));
            let name = format!("outflow of {level}");
            self.formula(&name, &outflow);
            inflow = quoted(&name);
        }
        self.formula(call, &inflow);
    }

    /// Stages that each move towards the one before.
    fn smooth(&mut self, call: &str, input: &str, time: &str, order: usize, initial: &str) {
        let mut before = input.to_owned();
        for stage in 1..=order {
            let level = format!("stage {stage} of {call}");
            let change = format!("change of {level}");
            self.formula(&change, &format!("({before} - {}) / ({time} / {order})", quoted(&level)));
            self.state(&level, initial, Update::Integrate(change, false));
            before = quoted(&level);
        }
        self.formula(call, &before);
    }

    fn trend(&mut self, call: &str, input: &str, time: &str, initial: &str) {
        let average = format!("average of {call}");
        let change = format!("change of {average}");
        self.formula(&change, &format!("({input} - {}) / {time}", quoted(&average)));
        self.state(&average, &format!("{input} / (1 + {initial} * {time})"), Update::Integrate(change, false));
        self.formula(call, &format!("({input} - {0}) / ({0} * {time})", quoted(&average)));
    }
}

fn argument_name(call: &str, index: usize) -> String {
    format!("argument {} of {call}", index + 1)
}

/// Names made here hold spaces and those of variables, which may hold anything but quotation marks.
fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a small whole number")]
fn order(variable: &str, argument: Option<&Formula>) -> Result<usize, ModelError> {
    match argument.map(|argument| &argument.kind) {
        Some(Kind::Number(order, _)) if order.fract() == 0.0 && (1.0..=64.0).contains(order) => Ok(*order as usize),
        _ => Err(ModelError::Order { variable: variable.to_owned(), most: HIGHEST_ORDER }),
    }
}
