//! `plumb refer`: a draft of a referral, filled from a case.

use plumb_account::referral::{Pack, State};

use super::Outcome;
use crate::arguments::{FindingFormat, Refer};
use crate::exit::Exit;
use crate::{load, terminal};

/// Runs the command. A pack with gaps is done all the same: it says so itself.
pub(crate) fn run(options: &Refer) -> Outcome {
    let account = load::from_options(&options.case)?;
    let Some(pack) = account.referral(&options.to, options.with_victims) else { return Ok(Exit::Findings) };
    let text = match options.format {
        FindingFormat::Text => draw(&pack),
        FindingFormat::Json => format!("{}\n", serde_json::to_string_pretty(&pack)?),
    };
    terminal::data(&text)?;
    Ok(Exit::Done)
}

fn draw(pack: &Pack) -> String {
    let mut text = format!(
        "# {}\n\nUnder {}. Demands read in {}; to check: {}.\n",
        pack.name, pack.basis, pack.read_in, pack.verify
    );
    text.push_str(
        "\nA draft. Texts stand as in the case: read them for names of workers and witnesses before anything leaves.\n",
    );
    if pack.victims_left_out > 0 {
        text.push_str(&format!(
            "Left out: {} whom the case marks as victims (--with-victims keeps them).\n",
            pack.victims_left_out
        ));
    }
    let open = pack.items.iter().filter(|item| item.state != State::Filled);
    text.push_str("\n## Still open\n\n");
    for item in open {
        text.push_str(&format!("- {}: {}\n", state(item.state), item.asks));
    }
    for (at, item) in pack.items.iter().enumerate() {
        text.push_str(&format!("\n## {}. {}\n\n", at + 1, item.asks));
        for entry in &item.entries {
            text.push_str(&format!("- {} [{}]\n", entry.text, entry.key));
            if !entry.source.is_empty() {
                text.push_str(&format!("  Source: {}\n", entry.source));
            }
        }
        if item.entries.is_empty() {
            text.push_str(&format!("{}.\n", state(item.state)));
        }
    }
    terminal::visible(&text)
}

fn state(state: State) -> &'static str {
    match state {
        State::Filled => "From the case",
        State::Gap => "Gap, the case has no record of it",
        State::ForTheSender => "For the sender",
    }
}
