//! Wages owed for the terminal and as JSON.

use std::collections::BTreeSet;

use plumb_account::Account;
use plumb_core::band::Band;
use plumb_core::reference::Reference;
use plumb_duty::owed::{Line, Owed, Step, Totals, amount, number};
use serde_json::{Value, json};

use crate::terminal::visible;

/// Draws what is owed to each worker: the lines, the sums, what is left open.
pub(crate) fn draw(account: &Account, currency: Option<&str>) -> String {
    if account.owed.is_empty() {
        return "no pay record that can be reckoned\n".to_owned();
    }
    let day = account.as_of;
    let text: String = account.owed.iter().map(|owed| statement(account, owed, currency)).collect();
    visible(&format!(
        "as of {day}\n{text}\nA band runs from the least to the most that the records allow. `--format html` shows the arithmetic.\n"
    ))
}

fn statement(account: &Account, owed: &Owed, currency: Option<&str>) -> String {
    let mut text = format!("\n{}, in {}\n", owed.worker, owed.currency);
    let rows: Vec<[String; 6]> = (owed.lines.iter())
        .map(|line| {
            let days = format!("{} to {}", line.first, line.last);
            match &line.amounts {
                Some(amounts) => row(days, amounts),
                None => [days, "left out".into(), String::new(), String::new(), String::new(), String::new()],
            }
        })
        .collect();
    let head = ["", "due", "paid", "owed", "interest", "together"].map(str::to_owned);
    let all: Vec<[String; 6]> = [head].into_iter().chain(rows).chain([row("all".to_owned(), &owed.totals)]).collect();
    let widths: Vec<usize> = (0..6)
        .map(|at| all.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(0))
        .collect();
    for row in &all {
        let cells: Vec<String> = (row.iter().zip(&widths).enumerate())
            .map(|(at, (cell, width))| if at == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") })
            .collect();
        text.push_str(&format!("  {}\n", cells.join("  ").trim_end()));
    }
    match converted(account, owed, currency) {
        Some(Ok((code, totals))) => text.push_str(&format!("  together in {code}: {}\n", amount(totals.total))),
        Some(Err(gap)) => text.push_str(&format!("  not converted: {gap}\n")),
        None => {}
    }
    let gaps: BTreeSet<&str> = owed.lines.iter().flat_map(|line| &line.gaps).map(String::as_str).collect();
    for gap in gaps {
        text.push_str(&format!("  open: {gap}\n"));
    }
    text
}

fn row(name: String, totals: &Totals) -> [String; 6] {
    let Totals { due, paid, owed, interest, total } = *totals;
    [name, amount(due), amount(paid), amount(owed), amount(interest), amount(total)]
}

/// The totals in another currency, where one was asked for: at the rate of the day of the reckoning, or the gap.
fn converted(account: &Account, owed: &Owed, currency: Option<&str>) -> Option<Result<(String, Totals), String>> {
    let code = currency?;
    let wage = account.case.wages.get(&owed.lines.first()?.wage.id)?;
    let totals = owed.totals_in(&account.case, code, &wage.place, account.as_of);
    Some(totals.map(|(totals, _)| (code.to_owned(), totals)))
}

/// What is owed as one JSON document; numbers are strings, so that none loses a digit.
pub(crate) fn document(account: &Account, currency: Option<&str>) -> Value {
    let statements: Vec<Value> = (account.owed.iter())
        .map(|owed| {
            let converted = match converted(account, owed, currency) {
                Some(Ok((code, other))) => json!({ "currency": code, "totals": totals(&other) }),
                Some(Err(gap)) => json!({ "gap": gap }),
                None => Value::Null,
            };
            json!({
                "worker": owed.worker,
                "currency": owed.currency,
                "totals": totals(&owed.totals),
                "converted": converted,
                "lines": owed.lines.iter().map(line).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({ "as_of": account.as_of.to_string(), "account": account.hash, "owed": statements })
}

fn line(line: &Line) -> Value {
    json!({
        "record": line.wage.id,
        "first": line.first.to_string(),
        "last": line.last.to_string(),
        "persons": band(line.persons),
        "due_on": line.due_on.to_string(),
        "amounts": line.amounts.as_ref().map(totals),
        "withheld": line.withheld.map(band),
        "steps": line.steps.iter().map(step).collect::<Vec<_>>(),
        "gaps": line.gaps,
    })
}

fn step(step: &Step) -> Value {
    let shown = if step.unit == "hours" { number(step.value) } else { amount(step.value) };
    json!({
        "what": step.what,
        "arithmetic": step.arithmetic,
        "value": band(step.value),
        "shown": shown,
        "unit": step.unit,
        "rests_on": step.basis.iter().map(Reference::to_string).collect::<Vec<_>>(),
    })
}

fn totals(totals: &Totals) -> Value {
    json!({
        "due": band(totals.due),
        "paid": band(totals.paid),
        "owed": band(totals.owed),
        "interest": band(totals.interest),
        "total": band(totals.total),
    })
}

/// Two ends; `null` above is open.
fn band(band: Band) -> Value {
    let high = band.high.map(|high| high.normalize().to_string());
    json!({ "low": band.low.normalize().to_string(), "high": high })
}
