//! The run of a model of stocks and flows: each variable over time.

use std::error::Error;

use plumb_weigh::stockflow::{Model, Run};
use serde_json::json;

use crate::terminal::visible;

use super::spreadsheet::{BYTE_ORDER_MARK, row, safe};

/// A row a time, a column a variable, as wide as its title and its numbers of six digits.
pub(crate) fn table(model: &Model, run: &Run) -> String {
    let titles = std::iter::once("time").chain(model.variables.iter().map(|variable| variable.title.as_str()));
    let columns = std::iter::once(run.times.clone()).chain(courses(model, run));
    let columns: Vec<Vec<String>> = titles
        .zip(columns)
        .map(|(title, values)| {
            let cells: Vec<String> =
                std::iter::once(visible(title).replace('\n', " ")).chain(values.into_iter().map(six_digits)).collect();
            let width = cells.iter().map(|cell| cell.chars().count()).max().unwrap_or(0);
            cells.iter().map(|cell| format!("{cell:>width$}")).collect()
        })
        .collect();
    let row = |place: usize| columns.iter().filter_map(move |column| column.get(place).map(String::as_str));
    (0..=run.times.len()).map(|place| format!("{}\n", row(place).collect::<Vec<_>>().join("  "))).collect()
}

/// A number without what lies beyond its sixth digit.
fn six_digits(value: f64) -> String {
    format!("{value:.5e}").parse::<f64>().unwrap_or(value).to_string()
}

/// A row a time, a column a variable, headed by the title that the model gives it.
pub(crate) fn csv(model: &Model, run: &Run) -> Result<String, Box<dyn Error>> {
    let titles = model.variables.iter().map(|variable| safe(&variable.title));
    let mut bytes = BYTE_ORDER_MARK.to_vec();
    bytes.extend(row(&std::iter::once("time".to_owned()).chain(titles).collect::<Vec<_>>())?);
    let courses = courses(model, run);
    for (place, time) in run.times.iter().enumerate() {
        let values = courses.iter().filter_map(|course| course.get(place));
        let cells: Vec<String> = std::iter::once(time).chain(values).map(f64::to_string).collect();
        bytes.extend(row(&cells)?);
    }
    Ok(String::from_utf8(bytes)?)
}

/// One document: the times, and for each variable its name in formulas, its title, unit and values.
pub(crate) fn json(model: &Model, run: &Run) -> Result<String, Box<dyn Error>> {
    let named = model.variables.iter().zip(courses(model, run));
    let variables = named.map(|(variable, values)| {
        json!({ "name": variable.name, "title": variable.title, "unit": variable.unit, "values": values })
    });
    let document = json!({
        "model": model.name,
        "time_unit": model.time_unit,
        "times": run.times,
        "variables": variables.collect::<Vec<_>>(),
    });
    Ok(format!("{}\n", serde_json::to_string_pretty(&document)?))
}

fn courses(model: &Model, run: &Run) -> Vec<Vec<f64>> {
    (0..model.variables.len()).map(|output| run.course(output, 0)).collect()
}
