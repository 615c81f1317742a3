//! Stocks that must not fall below zero: their outflows are held to what is there (XMILE 1.0, section 4.2).

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Model, Role};
use super::states::{at_least_zero, reference};
use crate::language::{Formula, Function, Kind, Part, Span};

/// Holds each outflow of a non-negative stock to what is left in it: what is there at the beginning of the step, with what
/// flows in meanwhile, less what the outflows before it take. An inflow that itself depends on an outflow of the stock is
/// not counted, so two such stocks may feed each other.
pub(super) fn limit_outflows(model: &Model, definitions: &mut BTreeMap<String, Formula>) {
    for variable in &model.variables {
        let Role::Stock { inflows, outflows, non_negative: true, .. } = &variable.role else { continue };
        for (place, outflow) in outflows.iter().enumerate() {
            let Some(wanted) = definitions.get(outflow).cloned() else { continue };
            let kept = inflows.iter().filter(|inflow| !outflows.iter().any(|out| depends(definitions, inflow, out)));
            let mut parts = vec![Part { inverted: false, formula: per_step(&variable.name) }];
            parts.extend(kept.map(|inflow| Part { inverted: false, formula: reference(inflow) }));
            let before = outflows.iter().take(place);
            parts.extend(before.map(|outflow| Part { inverted: true, formula: reference(outflow) }));
            let left = at_least_zero(Formula { span: wanted.span, kind: Kind::Sum(parts) });
            let held = Formula { span: wanted.span, kind: Kind::Call(Function::Min, vec![wanted, left]) };
            definitions.insert(outflow.clone(), held);
        }
    }
}

/// What a stock could give away within one step, per unit of time.
fn per_step(stock: &str) -> Formula {
    let part = |inverted, name| Part { inverted, formula: reference(name) };
    Formula { span: Span::default(), kind: Kind::Product(vec![part(false, stock), part(true, "dt")]) }
}

/// Whether `from` needs `target` at the same moment.
fn depends(definitions: &BTreeMap<String, Formula>, from: &str, target: &str) -> bool {
    let mut open = vec![from.to_owned()];
    let mut seen = BTreeSet::new();
    while let Some(name) = open.pop() {
        if name == target {
            return true;
        }
        let needs = definitions.get(&name).map(Formula::references).unwrap_or_default();
        if seen.insert(name) {
            open.extend(needs.into_iter().map(|(name, _)| name));
        }
    }
    false
}
