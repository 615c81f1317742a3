//! Estimates as tables for the terminal: each figure with how sure, what cannot be true together, who is probably right.

use plumb_account::Account;
use plumb_account::estimate::{self, Estimate, Estimates, Index, Outcome, Shares, Spread};
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
    let under = found.scenario.as_ref().map(|scenario| format!(" under {}", visible(scenario))).unwrap_or_default();
    let head = format!("the variance of {}{under}, from", visible(&found.of));
    let mut text = format!("{head:<40}  {:>20}  {:>20}  {:>20}\n", "first", "total", "Shapley");
    for one in found.quantities.iter().take(MOST_SHARES) {
        let [first, total, shapley] = [one.first, one.total, one.shapley].map(index_words);
        text.push_str(&format!("{:<40}  {first:>20}  {total:>20}  {shapley:>20}\n", visible(&one.input)));
    }
    let whole = found.summed.iter().map(|(quantity, part)| format!("{} {}", visible(quantity), percent(part.max(0.0))));
    let whole: Vec<String> = whole.collect();
    if !whole.is_empty() {
        text.push_str(&format!("\nShapley, summed over places and years: {}\n", whole.join(", ")));
    }
    text.push_str(&format!(
        "\nfirst    what would vanish if the quantity were known (first-order Sobol index of {} draws, as they are)\n",
        found.draws
    ));
    match &found.without_effects {
        None => text.push_str(
            "total    what would remain if all others were known (total Sobol index)\n\
             Shapley  what knowing it takes away, averaged over all orders of getting to know them: adds up to 100%\n\
             Quantities of a posterior depend on one another: their first parts overlap, and need not add up to 100%. For total\n\
             and Shapley each has the values of its draws, tied to the others as their ranks are (a Gaussian copula).\n",
        ),
        Some(reason) => text.push_str(&format!(
            "total and Shapley parts are unknown: {}\n\
             Quantities of a posterior depend on one another: their first parts overlap, and need not add up to 100%.\n",
            visible(reason)
        )),
    }
    text.push_str("Nine in ten of the intervals hold what endless draws would give.\n");
    for warning in &found.warnings {
        text.push_str(&format!("\nwarning: {}\n", visible(warning)));
    }
    text
}

fn percent(share: f64) -> String {
    format!("{:.0}%", 100.0 * share)
}

/// An index with its interval. What the error of estimation takes below nothing is nothing.
fn index_words(index: Option<Index>) -> String {
    let held = |share: f64| percent(share.max(0.0));
    index.map_or_else(|| "—".to_owned(), |one| format!("{} ({}–{})", held(one.value), held(one.low), held(one.high)))
}

/// Draws all of it, the reported figures first.
pub(crate) fn draw(account: &Account, found: &Estimates) -> String {
    let mut text = format!("{}\n{} draws, seed {}\n", visible(&found.title), found.draws, found.seed);
    figures(account, found, &mut text);
    clashes(account, found, &mut text);
    verdicts(account, found, &mut text);
    worlds(account, found, &mut text);
    for warning in &found.warnings {
        text.push_str(&format!("\nwarning: {}\n", visible(warning)));
    }
    text
}

/// A figure in a table: its name, its middle, what is said of it besides.
type Row = [String; 3];

/// A table with what stands above it.
struct Block {
    head: Row,
    /// What a scenario assumes; empty for none.
    note: String,
    rows: Vec<Row>,
}

/// The figures as tables whose columns stand one under the other: reported, under each scenario, of all years.
fn figures(account: &Account, found: &Estimates, text: &mut String) {
    const WITHIN: &str = "nine cases in ten within";
    let head = |name: &str| [name.to_owned(), "about".to_owned(), WITHIN.to_owned()];
    let reported = || found.outputs.iter().filter(|output| output.at.is_none());
    let mut blocks = vec![Block {
        head: head("reported figures"),
        note: String::new(),
        rows: reported().map(|one| row(&one.label, one.base.as_ref(), one.unknown.as_ref(), &one.unit)).collect(),
    }];
    for (at, scenario) in found.scenarios.iter().enumerate() {
        let rows = reported().filter_map(|output| difference(output, at)).collect();
        blocks.push(Block { head: head(&format!("scenario: {}", scenario.label)), note: scenario.note.clone(), rows });
    }
    let lasting = found.quantities.iter().filter(|one| one.at.is_none());
    let of = |one: &Estimate| row(&estimate::title(account, one), one.spread.as_ref(), one.unknown.as_ref(), &one.unit);
    blocks.push(Block { head: head("quantities of all years"), note: String::new(), rows: lasting.map(of).collect() });
    let width = |at: usize| {
        let lines = blocks.iter().flat_map(|block| std::iter::once(&block.head).chain(&block.rows));
        lines.filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let (name, about) = (width(0), width(1));
    for Block { head, note, rows } in blocks {
        text.push('\n');
        for (at, [one, two, three]) in std::iter::once(&head).chain(&rows).enumerate() {
            let line = format!("{:<name$}  {:>about$}  {}", visible(one), visible(two), visible(three));
            text.push_str(&format!("{}\n", line.trim_end()));
            if at == 0 && !note.is_empty() {
                text.push_str(&indented(&visible(&note)));
            }
        }
    }
}

/// Breadth that words are broken at, as a terminal of common size has it.
const BREADTH: usize = 100;

/// Words in lines, indented.
fn indented(words: &str) -> String {
    let mut lines = vec![String::from(" ")];
    for word in words.split_whitespace() {
        let length = lines.last().map_or(0, |line| line.chars().count());
        if length > 1 && length + 1 + word.chars().count() > BREADTH {
            lines.push(String::from(" "));
        }
        if let Some(line) = lines.last_mut() {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// A figure with its interval; the reason where it is unknown, or is in some draws.
fn row(name: &str, spread: Option<&Spread>, unknown: Option<&String>, unit: &Unit) -> Row {
    let reason = unknown.map(String::as_str).unwrap_or_default();
    let (about, within) = match spread {
        None => ("unknown".to_owned(), reason.to_owned()),
        Some(spread) => {
            let interval = estimate::interval_words(spread, unit, true);
            let interval =
                if reason.is_empty() { interval } else { format!("{interval}, without the draws where {reason}") };
            (estimate::middle_words(spread, unit, false), interval)
        }
    };
    [name.to_owned(), about, within]
}

/// A figure under a scenario that changes it, or leaves it unknown.
fn difference(output: &Outcome, scenario: usize) -> Option<Row> {
    let under = output.scenarios.get(scenario)?;
    let [name, about, within] = row(&output.label, under.spread.as_ref(), under.unknown.as_ref(), &output.unit);
    let change = match &under.difference {
        Some(difference) if difference.low == 0.0 && difference.high == 0.0 => return None,
        Some(difference) => format!("; differs by {}", estimate::change_words(difference.median, &output.unit, false)),
        None => String::new(),
    };
    Some([name, about, format!("{within}{change}")])
}

fn clashes(account: &Account, found: &Estimates, text: &mut String) {
    let head = match found.clashes.len() {
        1 if found.clashes.iter().all(|one| one.claims.len() == 1) => "one claim is ruled out by the model:".to_owned(),
        0 => "no set of claims was found that cannot all be true".to_owned(),
        1 => "one set of claims cannot all be true:".to_owned(),
        all if all <= MOST_CLASHES => format!("{all} sets of claims cannot all be true:"),
        all => format!(
            "{all} sets of claims cannot all be true; the most telling {MOST_CLASHES} (`plumb build` makes a page of each):"
        ),
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
        for equation in &clash.ties {
            text.push_str(&format!("    by     {}\n", visible(equation)));
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
