//! `plumb review`: a text held against the account of a case.

use std::path::PathBuf;

use plumb_document::Document;
use plumb_review::{Publication, annotations, claim_reviews, review, sentences};
use plumb_text::Reader;

use super::Outcome;
use crate::arguments::{Review, ReviewFormat};
use crate::exit::Exit;
use crate::reading::alone::{self, Unread};
use crate::render::review as render;
use crate::{load, terminal};

/// Why a text could not be reviewed.
#[derive(Debug, thiserror::Error)]
enum ReviewError {
    /// It cannot be opened.
    #[error("{path} cannot be opened; check the path and its permissions")]
    Closed { path: String, source: std::io::Error },
    /// It cannot be read.
    #[error("{path}: {cause}; {}", cause.hint())]
    Text { path: String, cause: Unread },
    /// The review cannot be written.
    #[error("cannot write {}", path.display())]
    Output { path: PathBuf, source: std::io::Error },
}

/// Runs the command.
pub(crate) fn run(options: &Review) -> Outcome {
    let account = load::account(&options.case, options.as_of)?;
    let document = read(options)?;
    for note in &document.notes {
        terminal::tell(&terminal::visible(&format!("warning: {}: {note}; {}", document.name, note.hint())));
    }
    let reader = Reader::for_case(&account.case)?;
    let found = review(&account, &document, &sentences(&reader, &document));
    let source = options.text_url.as_deref().unwrap_or(&document.name);
    let written = match options.format {
        ReviewFormat::Text => terminal::visible(&render::draw(&found)),
        ReviewFormat::Json => format!("{}\n", serde_json::to_string_pretty(&found)?),
        ReviewFormat::ClaimReview => format!("{:#}\n", claim_reviews(&found, &publication(options))),
        ReviewFormat::Annotations => format!("{:#}\n", annotations(&found, source)),
        ReviewFormat::Html => plumb_page::review::page(&found, &document),
    };
    match &options.output {
        None => terminal::data(&written)?,
        Some(path) => {
            plumb_disk::write(path, written.as_bytes())
                .map_err(|source| ReviewError::Output { path: path.clone(), source })?;
        }
    }
    Ok(Exit::Done)
}

/// The text, read in a process of its own.
fn read(options: &Review) -> Result<Document, ReviewError> {
    let path = &options.text;
    let shown = || path.display().to_string();
    std::fs::File::open(path).map_err(|source| ReviewError::Closed { path: shown(), source })?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    alone::read(path, &name, options.bounds).map_err(|cause| ReviewError::Text { path: shown(), cause })
}

fn publication(options: &Review) -> Publication {
    Publication {
        author: options.author.clone().unwrap_or_default(),
        date: options.date.map(|date| date.to_string()).unwrap_or_default(),
        url: options.url.clone(),
        appearance: options.text_url.clone(),
        text_author: options.text_author.clone(),
    }
}
