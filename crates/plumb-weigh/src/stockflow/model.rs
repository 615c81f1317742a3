//! What a model is made of.

use std::collections::BTreeMap;

use crate::language::{Formula, Table};

/// How stocks are carried from one step to the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// Stock plus step times flow; the rule of the standard, exact for flows that are constant within a step.
    #[default]
    Euler,
    /// The classical Runge–Kutta rule of fourth order.
    RungeKutta4,
}

/// A model of stocks and flows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// Its title.
    pub name: String,
    /// The time at which it begins, in its unit of time.
    pub start: f64,
    /// The time at which it ends.
    pub stop: f64,
    /// The step from one time to the next; above 0.
    pub step: f64,
    /// How stocks are carried on.
    pub method: Method,
    /// The unit of time, for people: `month`.
    pub time_unit: String,
    /// Stocks, flows and auxiliaries, in any order. `time`, `dt`, `starttime`, `stoptime` and `pi` are always there.
    pub variables: Vec<Variable>,
    /// Graphical functions by name. A variable that is a graphical function of its own formula has
    /// `lookup(its own name, …)` as its formula.
    pub tables: BTreeMap<String, Table>,
}

/// A variable of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// Its name, as formulas use it.
    pub name: String,
    /// Its name as people read it.
    pub title: String,
    /// Its unit; empty when none is given.
    pub unit: String,
    /// What it means.
    pub note: String,
    /// What it does.
    pub role: Role,
}

/// What a variable does.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    /// Grows by its inflows and shrinks by its outflows.
    Stock {
        /// Its value at the start.
        initial: Formula,
        /// The names of what flows in.
        inflows: Vec<String>,
        /// The names of what flows out. When the stock must not fall below 0, the first is served first.
        outflows: Vec<String>,
        /// Whether outflows are held to what is there.
        non_negative: bool,
    },
    /// Fills or drains stocks, per unit of time.
    Flow {
        /// Its formula.
        formula: Formula,
        /// Whether a negative value counts as 0.
        non_negative: bool,
    },
    /// Any other value.
    Auxiliary {
        /// Its formula.
        formula: Formula,
    },
}

impl Variable {
    /// A variable with a name and no more said about it.
    pub fn new(name: &str, role: Role) -> Self {
        Self { name: name.to_owned(), title: name.to_owned(), unit: String::new(), note: String::new(), role }
    }

    /// A stock that may be below 0.
    pub fn stock(name: &str, initial: Formula, inflows: &[&str], outflows: &[&str]) -> Self {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let (inflows, outflows) = (owned(inflows), owned(outflows));
        Self::new(name, Role::Stock { initial, inflows, outflows, non_negative: false })
    }

    /// A flow that may run backwards.
    pub fn flow(name: &str, formula: Formula) -> Self {
        Self::new(name, Role::Flow { formula, non_negative: false })
    }

    /// An auxiliary.
    pub fn auxiliary(name: &str, formula: Formula) -> Self {
        Self::new(name, Role::Auxiliary { formula })
    }
}
