//! A derivation as a tree for the terminal.

use plumb_account::why::Derivation;

use crate::terminal::visible;

/// Draws a derivation. A source that was drawn before is named, not drawn again.
pub(crate) fn draw(derivation: &Derivation) -> String {
    let mut lines = Vec::new();
    branch(derivation, "", "", &mut lines);
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

fn branch(node: &Derivation, first: &str, rest: &str, lines: &mut Vec<String>) {
    let value = if node.value.is_empty() { String::new() } else { format!(": {}", node.value) };
    let key = if node.key.is_empty() || node.key.starts_with("statement:") {
        String::new()
    } else {
        format!("  [{}]", node.key)
    };
    lines.push(format!("{first}{}{}{key}", visible(&node.title), visible(&value)));
    let stem = if node.rests_on.is_empty() { "  " } else { "│ " };
    for fact in &node.facts {
        lines.push(format!("{rest}{stem}  {}: {}", fact.name, visible(&fact.text).replace('\n', " ")));
    }
    let last = node.rests_on.len().saturating_sub(1);
    for (position, child) in node.rests_on.iter().enumerate() {
        let (fork, stem) = if position == last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        branch(child, &format!("{rest}{fork}"), &format!("{rest}{stem}"), lines);
    }
}
