//! Reported figures in a skeleton: those of each step as variables, those of none as constants, sums over steps as what has added up.

use plumb_core::case::Step;
use plumb_core::case::model::Output;
use plumb_weigh::language::{Formula, Kind, Part, Span, canonical};
use plumb_weigh::stockflow::{Role, Variable};

use super::super::ground::is_name;
use super::super::scenario::Wanted;
use super::{Writer, constant, from_time, reference, variable};

/// The formulas of a reported figure, each with the step that it is about.
type Dated<'f> = Vec<(Option<Step>, &'f Formula)>;

impl Writer<'_> {
    /// The variables of the reported figures. What is one quantity has a variable already; a figure that picks out times otherwise than
    /// a sum does is read off the variables.
    pub(super) fn outputs(&mut self, wanted: &[Wanted<'_>]) {
        let mut rest = wanted;
        while let Some(first) = rest.first() {
            let own = rest.iter().take_while(|one| one.output.id == first.output.id).count();
            let (group, others) = rest.split_at(own);
            rest = others;
            self.output(first.output, group);
        }
    }

    fn output(&mut self, output: &Output, group: &[Wanted<'_>]) {
        let (first, last) = self.layout.steps;
        let within: Vec<&Wanted<'_>> = (group.iter())
            .filter(|one| one.at.is_none_or(|at| first <= at && at <= last) && is_name(one.formula).is_none())
            .collect();
        let dated: Dated<'_> = within.iter().map(|one| (one.at, one.formula)).collect();
        let parts = match dated.as_slice() {
            [(None, formula)] if !self.layout.is_timeless(formula) => match self.parts(formula) {
                Some(parts) => parts,
                None => return,
            },
            [] => return,
            _ => Vec::new(),
        };
        let name = self.names.give(&[&output.id]);
        let whole = last.number().saturating_sub(first.number()).saturating_add(1);
        let gap = within.iter().any(|one| one.at.is_some()) && usize::try_from(whole) != Ok(within.len());
        let gap = gap.then_some("it is not reported at each time of the run");
        let lost = within.iter().find_map(|one| self.values.get(&one.name).err()).or(gap);
        if let Some(reason) = lost {
            self.left_out.push((name.clone(), reason.to_owned()));
            return self.out.variables.push(variable(&name, constant(0.0)));
        }
        let formula = if parts.is_empty() { self.dated(&dated) } else { self.added_up(output, &name, &parts) };
        self.out.variables.push(Variable { note: self.words.output(output), ..shown(output, &name, formula) });
    }

    /// The parts of a sum over steps that follow each other, each with its step: the last that it speaks of.
    fn parts<'f>(&self, formula: &'f Formula) -> Option<Dated<'f>> {
        let Kind::Sum(parts) = &formula.kind else { return None };
        let dated = |part: &'f Part| {
            let step = self.layout.last_step(&part.formula)?;
            (!part.inverted).then_some((step, &part.formula))
        };
        let dated: Vec<(Step, &Formula)> = parts.iter().map(dated).collect::<Option<_>>()?;
        let follow = dated
            .windows(2)
            .all(|pair| matches!(pair, [(one, left), (other, right)] if one.plus(1) == *other && alike(left, right)));
        let first = dated.first().is_some_and(|(step, _)| *step >= self.layout.steps.0);
        (follow && first && dated.len() > 1)
            .then(|| dated.into_iter().map(|(step, formula)| (Some(step), formula)).collect())
    }

    /// What has added up by the end of a step: a stock, and what flows into it.
    fn added_up(&mut self, output: &Output, name: &str, parts: &[(Option<Step>, &Formula)]) -> Formula {
        let [stock, flow] = ["before", "added"].map(|part| self.names.give(&[name, part]));
        let at =
            |part: Option<&(Option<Step>, &Formula)>| part.and_then(|(step, _)| *step).unwrap_or(self.layout.steps.0);
        let (from, until) = (self.layout.time(at(parts.first())), self.layout.time(at(parts.last()).plus(1)));
        let mut added = self.dated(parts);
        if from > self.out.start {
            added = from_time(from, added, constant(0.0));
        }
        if until <= self.out.stop {
            added = from_time(until, constant(0.0), added);
        }
        let role = Role::Flow { formula: added, non_negative: false };
        let note = self.words.added(output);
        self.out.variables.push(Variable { role, note, ..shown(output, &flow, constant(0.0)) });
        let role = Role::Stock {
            initial: constant(0.0),
            inflows: vec![canonical(&flow)],
            outflows: Vec::new(),
            non_negative: false,
        };
        let note = self.words.added_before(output);
        self.out.variables.push(Variable { role, note, ..shown(output, &stock, constant(0.0)) });
        let both = [stock, flow].map(|name| Part { inverted: false, formula: reference(&name) });
        Formula { span: Span::default(), kind: Kind::Sum(both.into()) }
    }
}

fn shown(output: &Output, name: &str, formula: Formula) -> Variable {
    Variable { unit: output.unit.as_str().to_owned(), ..variable(name, formula) }
}

/// Whether two formulas say the same of different times.
fn alike(one: &Formula, other: &Formula) -> bool {
    let stems = |formula: &Formula| -> Vec<String> {
        formula
            .references()
            .into_iter()
            .map(|(name, _)| name.split('[').next().unwrap_or_default().to_owned())
            .collect()
    };
    stems(one) == stems(other) && one.children().len() == other.children().len()
}
