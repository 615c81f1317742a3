//! A model → XMILE: what every program that reads the standard can run.

use std::collections::BTreeMap;

use super::error::XmileError;
use crate::language::{Dialect, Formula, Kind, Shape, Table, canonical, quoted};
use crate::stockflow::{Method, Model, Role, Variable};

/// Writes a model. The same model gives the same bytes; read again, it gives the same run.
///
/// Uncertainty is not part of the standard: what is drawn is written with the value of its formula.
pub fn write(model: &Model) -> Result<String, XmileError> {
    check_names(model)?;
    let method = match model.method {
        Method::Euler => "euler",
        Method::RungeKutta4 => "rk4",
    };
    let mut out = format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">
  <header>
    <name>{}</name>
    <vendor>Plumbline</vendor>
    <product version="1.0">Plumbline</product>
  </header>
  <sim_specs method="{method}" time_units="{}">
    <start>{}</start>
    <stop>{}</stop>
    <dt>{}</dt>
  </sim_specs>
  <model>
    <variables>
"#,
        escape(&model.name),
        escape(&model.time_unit),
        model.start,
        model.stop,
        model.step
    );
    model.variables.iter().for_each(|variable| write_variable(&mut out, model, variable));
    let own =
        |name: &String| model.variables.iter().any(|variable| curve_of(variable).is_some() && variable.name == *name);
    for (name, table) in model.tables.iter().filter(|(name, _)| !own(name)) {
        write_table(&mut out, "      ", Some(name), table);
    }
    out.push_str("    </variables>\n  </model>\n</xmile>\n");
    Ok(out)
}

fn check_names(model: &Model) -> Result<(), XmileError> {
    let mut seen = BTreeMap::new();
    for variable in &model.variables {
        if let Some(other) = seen.insert(canonical(&variable.name), &variable.name) {
            return Err(XmileError::SameName(other.clone(), variable.name.clone()));
        }
    }
    Ok(())
}

fn formula_of(variable: &Variable) -> &Formula {
    match &variable.role {
        Role::Stock { initial, .. } => initial,
        Role::Flow { formula, .. } | Role::Auxiliary { formula } => formula,
    }
}

/// What a variable's own graphical function is applied to, if it has one.
fn curve_of(variable: &Variable) -> Option<&Formula> {
    match &formula_of(variable).kind {
        Kind::Lookup(table, inside) if *table == variable.name => Some(inside),
        _ => None,
    }
}

fn write_variable(out: &mut String, model: &Model, variable: &Variable) {
    let kind = match variable.role {
        Role::Stock { .. } => "stock",
        Role::Flow { .. } => "flow",
        Role::Auxiliary { .. } => "aux",
    };
    let same = canonical(&variable.title) == canonical(&variable.name);
    let title = if same { &variable.title } else { &variable.name };
    out.push_str(&format!("      <{kind} name=\"{}\">\n", escape(title)));
    let mut line = |name: &str, text: &str| out.push_str(&format!("        <{name}>{}</{name}>\n", escape(text)));
    if !variable.note.is_empty() {
        line("doc", &variable.note);
    }
    let formula = curve_of(variable).unwrap_or(formula_of(variable));
    line("eqn", &formula.in_dialect(Dialect::Xmile));
    let mut held = false;
    match &variable.role {
        Role::Stock { inflows, outflows, non_negative, .. } => {
            for (kind, flows) in [("inflow", inflows), ("outflow", outflows)] {
                flows.iter().map(|flow| quoted(flow)).for_each(|flow| line(kind, &flow));
            }
            held = *non_negative;
        }
        Role::Flow { non_negative, .. } => held = *non_negative,
        Role::Auxiliary { .. } => {}
    }
    if !variable.unit.is_empty() {
        line("units", &variable.unit);
    }
    if held {
        out.push_str("        <non_negative/>\n");
    }
    if let (Some(_), Some(table)) = (curve_of(variable), model.tables.get(&variable.name)) {
        write_table(out, "        ", None, table);
    }
    out.push_str(&format!("      </{kind}>\n"));
}

fn write_table(out: &mut String, indent: &str, name: Option<&str>, table: &Table) {
    let kind = match table.shape() {
        Shape::Continuous => "continuous",
        Shape::Extrapolate => "extrapolate",
        Shape::Discrete => "discrete",
    };
    let name = name.map(|name| format!(" name=\"{}\"", escape(name))).unwrap_or_default();
    let list = |pick: fn(&(f64, f64)) -> f64| {
        let numbers: Vec<String> = table.points().iter().map(|point| pick(point).to_string()).collect();
        numbers.join(",")
    };
    let (places, heights) = (list(|point| point.0), list(|point| point.1));
    out.push_str(&format!(
        "{indent}<gf{name} type=\"{kind}\">\n{indent}  <xpts>{places}</xpts>\n{indent}  <ypts>{heights}</ypts>\n{indent}</gf>\n"
    ));
}

/// Text that XML takes as it is; characters that XML cannot hold are left out.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(letter),
            control if control.is_control() => {}
            '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
    out
}
