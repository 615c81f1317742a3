//! A review for the terminal.

use plumb_review::{Checked, Evidence, Review, Stance};

/// Records shown on each side of a statement; the other formats have all of them.
const MOST: usize = 4;

/// Draws a review: each statement with its words, the verdict, why, and the records on both sides.
pub(crate) fn draw(review: &Review) -> String {
    let counts: Vec<String> =
        review.counts().iter().map(|(verdict, count)| format!("{count} {}", verdict.words())).collect();
    let mut text = format!(
        "{} held against “{}”, as of {}\n{} statements to check: {}\n{} sentences that name something carry nothing to check\n",
        review.document.name,
        review.case,
        review.as_of,
        review.statements.len(),
        if counts.is_empty() { "none".to_owned() } else { counts.join(", ") },
        review.silent,
    );
    for statement in &review.statements {
        text.push_str(&draw_statement(statement));
    }
    if !review.tensions.is_empty() {
        text.push_str("\nCannot be true together\n");
    }
    for tension in &review.tensions {
        text.push_str(&format!("\n{}: {}\n", tension.statements.join(" and "), tension.words));
        text.push_str(&records(&tension.evidence, Stance::Against, "held against"));
    }
    text.push_str(
        "\nA verdict is about what is claimed, not about what is true. docs/review.md says what each means.\n",
    );
    text
}

fn draw_statement(statement: &Checked) -> String {
    let mut text =
        format!("\n{} {}: “{}”\n", statement.id, statement.verdict.words(), one_line(&statement.anchor.exact));
    text.push_str(&format!("    {}\n    {}\n", statement.about.words, statement.why));
    let claimed = statement.claimed.as_ref().map(|words| format!("claimed: {words}"));
    let estimate = statement.estimate.as_ref().map(|one| format!("estimated: {} ({})", one.words, one.name));
    let both: Vec<String> = claimed.into_iter().chain(estimate).collect();
    if !both.is_empty() {
        text.push_str(&format!("    {}\n", both.join("; ")));
    }
    for stance in [Stance::For, Stance::Against, Stance::Beside] {
        text.push_str(&records(&statement.evidence, stance, stance.as_str()));
    }
    if let Some(settle) = &statement.settle {
        text.push_str(&format!("    would settle it: {settle}\n"));
    }
    text
}

fn records(evidence: &[Evidence], stance: Stance, label: &str) -> String {
    let on_side = || evidence.iter().filter(|one| one.stance == stance);
    let line = |one: &Evidence| {
        let repeats = one.repeats.as_ref().map(|voice| format!(" (repeats {voice})")).unwrap_or_default();
        format!("    {label:<8} {}: {}{repeats}\n", one.record.id, one.words)
    };
    let mut text: String = on_side().take(MOST).map(line).collect();
    let more = on_side().count().saturating_sub(MOST);
    if more > 0 {
        text.push_str(&format!("    {label:<8} and {more} more\n"));
    }
    text
}

/// Words of a text that may break its lines anywhere.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
