//! Arrays: a variable for each member of an index.

use super::model::{Model, Role, Variable};
use crate::language::{Binding, Cause, Formula, Indices, Kind, LanguageError, Span, expand, free_indices, parse};

/// The most variables that a model may have when it is written out: 200 hosts times 50 variables.
const MOST_VARIABLES: usize = 10_000;

impl Model {
    /// The model with its arrays written out: a variable named `present[host]` becomes `present[RU]`, `present[CN]`, …, and
    /// in its formulas and flows `host` stands for the same member. Sums over an index become additions.
    ///
    /// ```
    /// use plumb_weigh::language::{Indices, parse};
    /// use plumb_weigh::stockflow::{Model, Variable};
    /// let hosts = Indices::from([("host".to_owned(), vec!["RU".to_owned(), "CN".to_owned()])]);
    /// let pay = Variable::auxiliary("pay[host]", parse("12 * wage[host]").unwrap());
    /// let model = Model { variables: vec![pay], ..Model::default() }.written_out(&hosts).unwrap();
    /// assert_eq!(model.variables[1].name, "pay[CN]");
    /// ```
    pub fn written_out(&self, indices: &Indices) -> Result<Self, LanguageError> {
        let mut variables = Vec::new();
        for variable in &self.variables {
            let within = |error: LanguageError| LanguageError { definition: Some(variable.name.clone()), ..error };
            let name = parse(&variable.name).ok().filter(|name| matches!(name.kind, Kind::Reference(..)));
            let free = name.as_ref().map(|name| free_indices(name, indices)).unwrap_or_default();
            let sizes = free.iter().filter_map(|index| indices.get(index)).map(Vec::len);
            if sizes.fold(1, usize::saturating_mul).saturating_add(variables.len()) > MOST_VARIABLES {
                let span = Span { start: 0, end: variable.name.len() };
                return Err(within(LanguageError::new(span, Cause::TooLarge(MOST_VARIABLES))));
            }
            for binding in bindings(&free, indices) {
                variables.push(member(variable, indices, &binding).map_err(within)?);
            }
        }
        Ok(Self { variables, ..self.clone() })
    }
}

/// Every choice of a member for each of these indices, the last changing fastest.
fn bindings(free: &[String], indices: &Indices) -> Vec<Binding> {
    free.iter().fold(vec![Binding::new()], |found, index| {
        let members = indices.get(index).map(Vec::as_slice).unwrap_or_default();
        let with = |binding: &Binding, member: &String| {
            let mut binding = binding.clone();
            binding.insert(index.clone(), member.clone());
            binding
        };
        found.iter().flat_map(|binding| members.iter().map(move |member| with(binding, member))).collect()
    })
}

fn member(variable: &Variable, indices: &Indices, binding: &Binding) -> Result<Variable, LanguageError> {
    let formula = |formula: &Formula| expand(formula, indices, binding);
    let names = |names: &[String]| names.iter().map(|name| name_of(name, indices, binding)).collect::<Result<_, _>>();
    let role = match &variable.role {
        Role::Stock { initial, inflows, outflows, non_negative } => Role::Stock {
            initial: formula(initial)?,
            inflows: names(inflows)?,
            outflows: names(outflows)?,
            non_negative: *non_negative,
        },
        Role::Flow { formula: rate, non_negative } => {
            Role::Flow { formula: formula(rate)?, non_negative: *non_negative }
        }
        Role::Auxiliary { formula: value } => Role::Auxiliary { formula: formula(value)? },
    };
    let name = name_of(&variable.name, indices, binding)?;
    let title = if variable.title == variable.name { name.clone() } else { variable.title.clone() };
    Ok(Variable { name, title, role, ..variable.clone() })
}

/// The name of one member. A name that is no reference of the language has no brackets and stays.
fn name_of(name: &str, indices: &Indices, binding: &Binding) -> Result<String, LanguageError> {
    match parse(name) {
        Ok(reference) if matches!(reference.kind, Kind::Reference(..)) => {
            let names = expand(&reference, indices, binding)?.references();
            Ok(names.into_iter().next().map_or_else(|| name.to_owned(), |(name, _)| name))
        }
        _ => Ok(name.to_owned()),
    }
}
