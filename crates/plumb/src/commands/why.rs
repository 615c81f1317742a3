//! `plumb why`: where a figure comes from.

use plumb_account::expression::ExpressionError;

use super::Outcome;
use crate::arguments::{FindingFormat, Why};
use crate::exit::Exit;
use crate::render::tree;
use crate::{load, terminal};

/// Runs the command.
pub(crate) fn run(options: &Why) -> Outcome {
    let account = load::account(&options.case, options.as_of)?;
    let wanted = options.figure.join(" ");
    let derivation = match account.find_key(&wanted) {
        Ok(key) => account.why(&key).map_err(|error| in_words(&error)),
        Err(error) => Err(error.to_string()),
    };
    match derivation {
        Ok(derivation) => {
            let text = match options.format {
                FindingFormat::Text => tree::draw(&derivation),
                FindingFormat::Json => format!("{}\n", serde_json::to_string_pretty(&derivation)?),
            };
            terminal::data(&text)?;
            Ok(Exit::Done)
        }
        Err(error) => {
            terminal::tell(&terminal::visible(&format!("error: {error}")));
            Ok(Exit::Findings)
        }
    }
}

/// The error with the id that may have been meant.
fn in_words(error: &ExpressionError) -> String {
    match error {
        ExpressionError::Unknown { suggestion: Some(word), .. } => format!("{error}\nhint: did you mean `{word}`?"),
        _ => error.to_string(),
    }
}
