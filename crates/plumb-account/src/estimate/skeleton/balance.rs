//! Balances over time: which flows fill and drain the stocks of a skeleton.

use std::collections::BTreeSet;

use plumb_weigh::language::{Formula, to_terms};
use plumb_weigh::stockflow::{Model, Role, Variable};

/// A stock with the variable that it follows, the flow that stands for its change, and what fills and drains it instead.
struct Balance {
    stock: usize,
    change: String,
    inflows: Vec<String>,
    outflows: Vec<String>,
}

/// A stock with the variable whose last value it holds.
pub(super) struct Follows {
    /// Name of the stock.
    pub(super) stock: String,
    /// Name of the variable.
    pub(super) level: String,
    /// Name of the flow that is their difference.
    pub(super) change: String,
}

/// Lets flows of an equation fill and drain the stocks that it is a balance of, in the place of their difference.
pub(super) fn settle(model: &mut Model, stocks: &[Follows], yearly: &BTreeSet<String>) {
    let found: Vec<Balance> = stocks.iter().filter_map(|follows| balance(model, follows, yearly)).collect();
    let mut flows = BTreeSet::new();
    for Balance { stock, change, inflows: fills, outflows: drains } in found {
        flows.extend(fills.iter().chain(&drains).cloned());
        if let Some(Role::Stock { inflows, outflows, .. }) = model.variables.get_mut(stock).map(|one| &mut one.role) {
            (*inflows, *outflows) = (fills, drains);
        }
        model.variables.retain(|variable| variable.name != change);
    }
    for variable in model.variables.iter_mut().filter(|variable| flows.contains(&variable.name)) {
        if let Role::Auxiliary { formula } = &variable.role {
            variable.role = Role::Flow { formula: formula.clone(), non_negative: false };
        }
    }
}

/// The first equation that is a balance of a stock: `level = stock + flows`, whichever of them stands on the left.
fn balance(model: &Model, follows: &Follows, yearly: &BTreeSet<String>) -> Option<Balance> {
    let stock = model.variables.iter().position(|variable| variable.name == follows.stock)?;
    let (inflows, outflows) = model.variables.iter().find_map(|variable| flows(variable, follows, yearly))?;
    Some(Balance { stock, change: follows.change.clone(), inflows, outflows })
}

fn flows(variable: &Variable, follows: &Follows, yearly: &BTreeSet<String>) -> Option<(Vec<String>, Vec<String>)> {
    let Role::Auxiliary { formula } = &variable.role else { return None };
    let mut terms = signed(formula)?;
    terms.push((variable.name.clone(), false));
    let of = |name: &str| {
        let mut own = terms.iter().filter(|(term, _)| term == name);
        own.next().filter(|_| own.next().is_none()).map(|(_, plus)| *plus)
    };
    let (level, before) = (of(&follows.level)?, of(&follows.stock)?);
    let others = || terms.iter().filter(|(name, _)| *name != follows.level && *name != follows.stock);
    let distinct: BTreeSet<&str> = others().map(|(name, _)| name.as_str()).collect();
    let flows = others().count();
    if level == before || flows == 0 || distinct.len() != flows || !distinct.iter().all(|name| yearly.contains(*name)) {
        return None;
    }
    let on =
        |side: bool| others().filter(|(_, plus)| (*plus == before) == side).map(|(name, _)| name.clone()).collect();
    Some((on(true), on(false)))
}

/// The terms of a formula that adds and subtracts variables and does nothing else; `true` for those that are added.
fn signed(formula: &Formula) -> Option<Vec<(String, bool)>> {
    let one = |value: f64| value.total_cmp(&1.0).is_eq();
    let terms = to_terms(formula).ok()?.terms;
    let term = |term: &plumb_weigh::reconcile::Term| match term.powers.as_slice() {
        [(name, power)] if one(*power) && one(term.coefficient.abs()) => Some((name.clone(), term.coefficient > 0.0)),
        _ => None,
    };
    terms.iter().map(term).collect()
}

#[cfg(test)]
mod tests {
    use plumb_weigh::language::parse;

    use super::*;

    fn found(name: &str, formula: &str) -> Option<(Vec<String>, Vec<String>)> {
        let variable = Variable::auxiliary(name, parse(formula).ok()?);
        let yearly = ["sent", "left", "died"].map(str::to_owned).into();
        let [stock, level, change] = ["before", "here", "change"].map(str::to_owned);
        flows(&variable, &Follows { stock, level, change }, &yearly)
    }

    #[test]
    fn a_balance_is_seen_whichever_term_stands_on_the_left() {
        let expected = Some((vec!["sent".to_owned()], vec!["left".to_owned(), "died".to_owned()]));
        let sorted = |found: Option<(Vec<String>, Vec<String>)>| {
            found.map(|(fills, mut drains)| {
                drains.sort_by(|one, other| other.cmp(one));
                (fills, drains)
            })
        };
        assert_eq!(sorted(found("left", "before + sent - here - died")), expected);
        assert_eq!(sorted(found("here", "before + (sent - left) - died")), expected);
        assert_eq!(sorted(found("sent", "here - before + died + left")), expected);
        for other in ["before - sent + here - died", "2 * before + sent - here", "before * sent - here"] {
            assert_eq!(found("left", other), None, "{other}");
        }
        assert_eq!(found("left", "before + rate - here"), None, "a rate that is no quantity of years fills nothing");
    }
}
