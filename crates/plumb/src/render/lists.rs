//! Lists that are kept, as a table for people and as JSON.

use jiff::civil::Date;
use plumb_lists::{Manifest, Version};
use plumb_screen::lists::{Loss, Report};

/// Most problems that are shown; a list with more has one cause for most of them.
const SHOWN: usize = 20;

/// Digits of a hash that people see: enough to tell versions apart, short enough to read out.
const HASH_DIGITS: usize = 12;

/// What was added, in a line.
pub(crate) fn added(manifest: &Manifest) -> String {
    format!(
        "{} ({}) of {}, version {}: entries {}, records {}, refused {}, values lost or cut {}\n",
        manifest.name,
        manifest.format,
        manifest.date.as_deref().unwrap_or("unknown date"),
        short(&manifest.hash),
        manifest.entries,
        manifest.records,
        manifest.refused,
        manifest.values_lost,
    )
}

/// The problems of a reading, the gravest first.
pub(crate) fn problems(report: &Report) -> String {
    let mut problems: Vec<_> = report.problems.iter().collect();
    problems.sort_by_key(|problem| problem.loss);
    let shown = problems.iter().take(SHOWN).map(|problem| format!("{problem}\n  hint: {}", problem.cause.hint()));
    let mut lines: Vec<String> = shown.collect();
    let all: u64 =
        [Loss::Rest, Loss::Record, Loss::Row, Loss::Value, Loss::Nothing].map(|loss| report.count(loss)).iter().sum();
    let more = all.saturating_sub(u64::try_from(problems.len().min(SHOWN)).unwrap_or(u64::MAX));
    if more > 0 {
        lines.push(format!("… and {more} more"));
    }
    lines.join("\n")
}

fn short(hash: &str) -> &str {
    hash.get(..HASH_DIGITS).unwrap_or(hash)
}

/// The age of a list in days; unknown when its date is.
fn age(manifest: &Manifest, today: Date) -> Option<i64> {
    let date: Date = manifest.date.as_deref()?.parse().ok()?;
    Some((today - date).get_days().into())
}

/// One row a list.
pub(crate) fn table(versions: &[Version], today: Date) -> String {
    if versions.is_empty() {
        return "no list is kept here; add one with `plumb lists add` or `plumb lists update`\n".to_owned();
    }
    let head = ["LIST", "DATE", "AGE", "VERSION", "ENTRIES", "RECORDS", "REFUSED", "INDEX"].map(str::to_owned);
    let rows = versions.iter().map(|version| {
        let list = &version.manifest;
        let age = age(list, today).map_or("unknown".to_owned(), |days| format!("{days} days"));
        let index = if version.is_indexed() { "built" } else { "not built" };
        let date = list.date.clone().unwrap_or_else(|| "unknown".to_owned());
        let counts = [list.entries, list.records, list.refused].map(|count| count.to_string());
        let [entries, records, refused] = counts;
        [list.name.clone(), date, age, short(&list.hash).to_owned(), entries, records, refused, index.to_owned()]
    });
    let rows: Vec<[String; 8]> = std::iter::once(head).chain(rows).collect();
    let mut widths = [0; 8];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let line = |row: &[String; 8]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

/// The manifests, each with its age and whether its index is built.
pub(crate) fn json(versions: &[Version], today: Date) -> serde_json::Result<String> {
    let lists: Result<Vec<serde_json::Value>, serde_json::Error> = versions
        .iter()
        .map(|version| {
            let mut list = serde_json::to_value(&version.manifest)?;
            if let Some(object) = list.as_object_mut() {
                object.insert("age_days".to_owned(), age(&version.manifest, today).into());
                object.insert("index_built".to_owned(), version.is_indexed().into());
            }
            Ok(list)
        })
        .collect();
    Ok(serde_json::to_string_pretty(&serde_json::json!({ "lists": lists? }))? + "\n")
}
