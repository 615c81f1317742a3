//! `plumb indicators`: the signs of forced labour about a site, an employer or a cohort, and the questionnaire for a supplier.

use plumb_account::Account;
use plumb_account::signs::{subject_name, subject_record};
use plumb_core::suggest;
use plumb_duty::indicators::subjects;

use super::Outcome;
use crate::arguments::{FindingFormat, Indicators};
use crate::exit::Exit;
use crate::render::indicators;
use crate::{load, terminal};

/// A subject that the case does not have.
#[derive(Debug, thiserror::Error)]
#[error("the case has nothing about `{subject}`; {hint}")]
struct NoSubject {
    subject: String,
    hint: String,
}

/// A questionnaire without a supplier.
#[derive(Debug, thiserror::Error)]
#[error("a questionnaire is for one supplier: name it behind the case, as the id of an actor, site:ID, or in words")]
struct NoSupplier;

/// Runs the command.
pub(crate) fn run(options: &Indicators) -> Outcome {
    let account = load::from_options(&options.case)?;
    if options.questionnaire {
        let supplier = options.subject.as_deref().map(str::trim).filter(|one| !one.is_empty()).ok_or(NoSupplier)?;
        return ask(&account, supplier);
    }
    let subject = match &options.subject {
        Some(text) => Some(account.find_subject(text).ok_or_else(|| no_subject(&account, text))?),
        None => None,
    };
    let text = match options.format {
        FindingFormat::Text => indicators::draw(&account, subject),
        FindingFormat::Json => format!("{:#}\n", indicators::document(&account, subject)),
    };
    terminal::data(&text)?;
    Ok(Exit::Done)
}

fn ask(account: &Account, supplier: &str) -> Outcome {
    let supplier = account.find_subject(supplier).unwrap_or(supplier);
    terminal::data(&String::from_utf8_lossy(&plumb_export::questionnaire_csv(account, supplier)?))?;
    if subject_record(account, supplier).is_none() {
        terminal::tell("hint: the case has no actor or site of that name; the supplier is kept in these words");
    }
    terminal::tell(
        "hint: answer with seen, not seen or not known; kept as questionnaire.csv in the case, the rows are its statements",
    );
    Ok(Exit::Done)
}

fn no_subject(account: &Account, text: &str) -> NoSubject {
    let all = subjects(&account.case);
    let names: Vec<String> = all.iter().map(|subject| subject_name(account, subject)).collect();
    let nearest = suggest::nearest(text, all.iter().copied().chain(names.iter().map(String::as_str)));
    let hint = nearest.map_or_else(|| format!("it has: {}", all.join(", ")), |near| format!("did you mean `{near}`?"));
    NoSubject { subject: text.to_owned(), hint }
}
