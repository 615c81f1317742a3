//! Variables that name what the model does not have are left out, then those that need them, and so on; the rest can run.

use std::collections::{BTreeMap, BTreeSet};

use crate::language::{Formula, Kind, nearest};
use crate::stockflow::{Model, Role, Variable};

/// Names that the run itself gives a value.
pub(super) const RUN: [&str; 4] = ["time", "dt", "starttime", "stoptime"];
/// Names that have a value unless the model defines them.
const CONSTANTS: [&str; 2] = ["pi", "inf"];

/// Takes a variable out of a model for this reason, and all that need it. Gives the variables that were taken out, each with the
/// reason, in their order.
///
/// ```
/// let text = r#"<xmile><sim_specs><start>0</start><stop>2</stop></sim_specs><model><variables>
///   <aux name="a"><eqn>1 / TIME</eqn></aux><aux name="b"><eqn>a + 1</eqn></aux><aux name="c"><eqn>3</eqn></aux></variables></model></xmile>"#;
/// let (mut model, _) = plumb_weigh::xmile::read(text.as_bytes()).unwrap();
/// let gone = plumb_weigh::xmile::take_out(&mut model, "a", "division by zero");
/// assert_eq!(gone.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
/// assert_eq!(model.variables[0].name, "c");
/// ```
pub fn take_out(model: &mut Model, variable: &str, reason: &str) -> Vec<(String, String)> {
    take_out_all(model, |one| (one.name == variable).then(|| reason.to_owned()))
}

/// Takes the variables out of the model that need something it does not have, with the reason for each, in their order.
pub(super) fn take_out_what_lacks(model: &mut Model) -> Vec<(String, String)> {
    take_out_all(model, |_| None)
}

fn take_out_all(model: &mut Model, fault: impl Fn(&Variable) -> Option<String>) -> Vec<(String, String)> {
    let reasons = reasons(model, fault);
    let names: Vec<String> = model.variables.iter().map(|variable| variable.name.clone()).collect();
    let mut each = reasons.iter();
    model.variables.retain(|_| each.next().is_none_or(Option::is_none));
    names.into_iter().zip(reasons).filter_map(|(name, reason)| Some((name, reason?))).collect()
}

/// For each variable why it must be left out.
fn reasons(model: &Model, fault: impl Fn(&Variable) -> Option<String>) -> Vec<Option<String>> {
    let variables = model.variables.iter().map(|variable| variable.name.as_str());
    let names: BTreeSet<&str> = variables.chain(RUN).chain(CONSTANTS).collect();
    let needs: Vec<Vec<String>> = model.variables.iter().map(needs).collect();
    let mut users: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, needed) in needs.iter().enumerate() {
        for name in needed {
            users.entry(name).or_default().push(place);
        }
    }
    let absent = |place: usize, variable: &Variable| {
        let name = needs.get(place)?.iter().find(|name| !names.contains(name.as_str()));
        fault(variable)
            .or_else(|| name.map(|name| lacks(name, &names)))
            .or_else(|| lost_table(formula(variable), model))
    };
    let mut reasons: Vec<Option<String>> =
        model.variables.iter().enumerate().map(|(place, variable)| absent(place, variable)).collect();
    let mut open: Vec<usize> =
        (0..reasons.len()).filter(|place| reasons.get(*place).is_some_and(Option::is_some)).collect();
    while let Some(gone) = open.pop() {
        let Some(variable) = model.variables.get(gone) else { continue };
        for user in users.get(variable.name.as_str()).into_iter().flatten() {
            if let Some(reason @ None) = reasons.get_mut(*user) {
                *reason = Some(format!("it needs `{}`, which is left out", variable.name));
                open.push(*user);
            }
        }
    }
    reasons
}

fn lacks(name: &str, names: &BTreeSet<&str>) -> String {
    let suggestion = nearest(name, names.iter().copied());
    let suggestion = suggestion.map(|known| format!("; did you mean `{known}`?")).unwrap_or_default();
    format!("it needs `{name}`, which is not in the model{suggestion}")
}

fn formula(variable: &Variable) -> &Formula {
    match &variable.role {
        Role::Stock { initial, .. } => initial,
        Role::Flow { formula, .. } | Role::Auxiliary { formula } => formula,
    }
}

/// The values that a variable needs: those in its formula, and its flows.
fn needs(variable: &Variable) -> Vec<String> {
    let mut needs: Vec<String> = formula(variable).references().into_iter().map(|(name, _)| name).collect();
    if let Role::Stock { inflows, outflows, .. } = &variable.role {
        needs.extend(inflows.iter().chain(outflows).cloned());
    }
    needs
}

/// Why a formula cannot be computed whose graphical function, or what was taken for one, does not exist.
fn lost_table(formula: &Formula, model: &Model) -> Option<String> {
    match &formula.kind {
        Kind::Lookup(name, _) if !model.tables.contains_key(name) => {
            Some(format!("there is no function `{name}`, and no graphical function of that name"))
        }
        _ => formula.children().into_iter().find_map(|child| lost_table(child, model)),
    }
}
