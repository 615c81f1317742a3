//! A panel of estimators as a table for the terminal: never one number.

use plumb_weigh::count::{Answer, Asked, Interval, Panel, Row};

use crate::terminal::visible;

/// Draws the panel: the lists, the estimators side by side, what each assumes, what a reader must know.
pub(crate) fn draw(panel: &Panel) -> String {
    let lists: Vec<String> = panel.lists.iter().map(|(name, size)| format!("{} ({size})", visible(name))).collect();
    let mut text = format!("{} people on {} lists: {}\n\n", panel.observed, lists.len(), lists.join(", "));
    text.push_str(&format!("{:<34} {:>10}  {:<22} {:>8}  model\n", "estimator", "people", "interval", "AIC"));
    for row in &panel.rows {
        text.push_str(&line(row));
    }
    for asked in &panel.asked {
        text.push_str(&line_of_asked(asked));
    }
    text.push_str(&format!("\nAll of them assume: {}\n", panel.all_assume));
    for row in &panel.rows {
        text.push_str(&format!("{}: {}\n", row.name, row.assumes));
    }
    for warning in &panel.warnings {
        text.push_str(&format!("\nwarning: {}\n", visible(&warning.words)));
    }
    text
}

/// An estimator's line, with its intervals by other means below it; a refusal with its reason.
fn line(row: &Row) -> String {
    answer(row.name, &row.answer, &row.further, row.aic, row.model.as_deref())
}

/// The line of a model that was asked for.
fn line_of_asked(asked: &Asked) -> String {
    let further: Vec<Interval> = asked.profile.iter().copied().collect();
    answer("as asked for", &asked.answer, &further, asked.quality.map(|quality| quality.aic), Some(&asked.model))
}

fn answer(name: &str, answer: &Answer, further: &[Interval], aic: Option<f64>, model: Option<&str>) -> String {
    let model = model.map(visible).unwrap_or_default();
    let estimate = match answer {
        Answer::Estimated(estimate) => estimate,
        Answer::Refused { reason, .. } => return format!("{name:<34} {:>10}  {}\n", "refused", visible(reason)),
    };
    let aic = aic.map(|aic| format!("{aic:.1}")).unwrap_or_default();
    let main =
        format!("{name:<34} {:>10.0}  {:<22} {aic:>8}  {model}", estimate.population, interval(&estimate.interval));
    let further: String = further.iter().map(|one| format!("{:<34} {:>10}  {}\n", "", "", interval(one))).collect();
    format!("{}\n{further}", main.trim_end())
}

fn interval(one: &Interval) -> String {
    let high = one.high.map_or_else(|| "no upper end".to_owned(), |high| format!("{high:.0}"));
    format!("{:.0}–{high} ({:.0}%)", one.low, one.level * 100.0)
}
