//! Estimates as tables for the terminal: each figure with how sure, what cannot be true together, who is probably right.

use plumb_account::Account;
use plumb_account::estimate::{self, Estimate, Estimates, Outcome, Shares, Spread};
use plumb_account::index::claim_words;
use plumb_core::unit::Unit;

use crate::terminal::visible;

/// Sets of claims that are told; `--format json` and the account have all.
const MOST_CLASHES: usize = 8;
/// Verdicts that are told: those that moved most.
const MOST_VERDICTS: usize = 12;

/// Quantities that are told of the variance of a figure.
const MOST_SHARES: usize = 15;

/// What part of a figure's variance each quantity causes.
pub(crate) fn shares(found: &Shares) -> String {
    let head = format!("the variance of {}, from", visible(&found.of));
    let mut text = format!("{head:<58} {:>14}  error\n", "part");
    for one in found.quantities.iter().take(MOST_SHARES) {
        let percent = |share: f64| format!("{:.0}%", 100.0 * share);
        let error = one.index.standard_error.map_or_else(|| "unknown".to_owned(), percent);
        text.push_str(&format!("{:<58} {:>14}  {error}\n", visible(&one.input), percent(one.index.value.max(0.0))));
    }
    text.push_str(&format!(
        "\nThe part is what would vanish of the variance if the quantity were known (first-order Sobol index of {} draws).\n\
         Quantities of a posterior depend on one another: their parts overlap, and need not add up to 100%.\n",
        found.draws
    ));
    for warning in &found.warnings {
        text.push_str(&format!("\nwarning: {}\n", visible(warning)));
    }
    text
}

/// Draws all of it, the reported figures first.
pub(crate) fn draw(account: &Account, found: &Estimates) -> String {
    let mut text = format!("{}\n{} draws, seed {}\n", visible(&found.title), found.draws, found.seed);
    outputs(found, &mut text);
    scenarios(found, &mut text);
    quantities(account, found, &mut text);
    clashes(account, found, &mut text);
    verdicts(account, found, &mut text);
    worlds(account, found, &mut text);
    for warning in &found.warnings {
        text.push_str(&format!("\nwarning: {}\n", visible(warning)));
    }
    text
}

/// The middle and the interval; the reason why it is unknown, or is in some draws.
fn spread_words(spread: Option<&Spread>, unknown: Option<&String>, unit: &Unit) -> (String, String) {
    let reason = unknown.map(String::as_str).unwrap_or_default();
    let Some(spread) = spread else { return ("unknown".to_owned(), reason.to_owned()) };
    let interval = estimate::interval_words(spread, unit, true);
    let interval = if reason.is_empty() { interval } else { format!("{interval}, without the draws where {reason}") };
    (estimate::middle_words(spread, unit, false), interval)
}

fn outputs(found: &Estimates, text: &mut String) {
    text.push_str(&format!("\n{:<58} {:>14}  nine cases in ten within\n", "reported figures", "about"));
    for output in found.outputs.iter().filter(|output| output.year.is_none()) {
        let (middle, interval) = spread_words(output.base.as_ref(), output.unknown.as_ref(), &output.unit);
        text.push_str(&format!("{:<58} {middle:>14}  {interval}\n", visible(&output.label)));
    }
}

/// For each scenario, by how much each figure would differ.
fn scenarios(found: &Estimates, text: &mut String) {
    for (at, scenario) in found.scenarios.iter().enumerate() {
        text.push_str(&format!("\nscenario: {}\n", visible(&scenario.label)));
        for output in found.outputs.iter().filter(|output| output.year.is_none()) {
            text.push_str(&difference(output, at));
        }
    }
}

fn difference(output: &Outcome, scenario: usize) -> String {
    let under = output.scenarios.get(scenario);
    let Some(under) = under else { return String::new() };
    let (middle, interval) = spread_words(under.spread.as_ref(), under.unknown.as_ref(), &output.unit);
    let change = match &under.difference {
        Some(difference) if difference.low == 0.0 && difference.high == 0.0 => return String::new(),
        Some(difference) => format!("; differs by {}", estimate::change_words(difference.median, &output.unit, false)),
        None => String::new(),
    };
    format!("  {:<56} {middle:>14}  {}{change}\n", visible(&output.label), visible(&interval))
}

/// Every quantity that does not run over years.
fn quantities(account: &Account, found: &Estimates, text: &mut String) {
    text.push_str(&format!("\n{:<58} {:>14}  nine cases in ten within\n", "quantities of all years", "about"));
    for one in found.quantities.iter().filter(|one| one.year.is_none()) {
        text.push_str(&line(account, one));
    }
}

fn line(account: &Account, one: &Estimate) -> String {
    let (middle, interval) = spread_words(one.spread.as_ref(), one.unknown.as_ref(), &one.unit);
    format!("{:<58} {middle:>14}  {interval}\n", visible(&estimate::title(account, one)))
}

fn clashes(account: &Account, found: &Estimates, text: &mut String) {
    let head = match found.clashes.len() {
        0 => "no set of claims was found that cannot all be true".to_owned(),
        1 => "one set of claims cannot all be true:".to_owned(),
        all if all <= MOST_CLASHES => format!("{all} sets of claims cannot all be true:"),
        all => format!("{all} sets of claims cannot all be true; the most telling {MOST_CLASHES}:"),
    };
    text.push_str(&format!("\n{head}\n"));
    for clash in found.clashes.iter().take(MOST_CLASHES) {
        text.push_str(&format!("  {}\n", clash.claims.join(" + ")));
        for need in &clash.needs {
            let claim = account.case.claims.get(&need.claim);
            let says = claim.map(|claim| claim_words(&account.case, claim)).unwrap_or_default();
            let needed = estimate::need_words(need);
            text.push_str(&format!("    {:<6} {}\n", need.claim, visible(&says)));
            text.push_str(&format!("           the others need {}\n", visible(&needed)));
        }
    }
    text.push_str(&format!("  {}\n", estimate::search_words(found.clash_search.as_ref())));
}

fn verdicts(account: &Account, found: &Estimates, text: &mut String) {
    let mut moved: Vec<_> = found.claims.iter().filter_map(|one| Some((one, one.after?))).collect();
    moved.sort_by(|(one, one_after), (two, two_after)| {
        let shift = |before: f64, after: f64| (before - after).abs();
        shift(two.before, *two_after).total_cmp(&shift(one.before, *one_after)).then_with(|| one.claim.cmp(&two.claim))
    });
    text.push_str("\nprobability of being right, by grade and beside all other claims; those that moved most:\n");
    for (one, after) in moved.into_iter().take(MOST_VERDICTS) {
        let claim = account.case.claims.get(&one.claim);
        let words = claim.map(|claim| format!("{}, {}", claim.said_by, claim.quantity.figure())).unwrap_or_default();
        let (before, after) = (one.before * 100.0, after * 100.0);
        text.push_str(&format!("  {:<6} {before:>4.0}% → {after:>3.0}%  {}\n", one.claim, visible(&words)));
    }
}

/// The likeliest choices of who is right together, where any stands out.
fn worlds(account: &Account, found: &Estimates, text: &mut String) {
    for question in found.questions.iter().filter(|question| !question.worlds.is_empty()) {
        let figures = if question.quantities == 1 {
            "one figure".to_owned()
        } else {
            format!("the same {} figures", question.quantities)
        };
        text.push_str(&format!(
            "\nthe likeliest choices among {} origins that bear on {figures}:\n",
            question.origins.len()
        ));
        for world in &question.worlds {
            let words = estimate::world_words(&account.case, &found.outputs, question, world);
            text.push_str(&format!("  {:>4.0}%  {}\n", world.probability * 100.0, visible(&words)));
        }
    }
}
