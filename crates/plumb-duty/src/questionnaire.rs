//! A due-diligence questionnaire for a supplier: one question for each sign of the case, and one for each of the eleven
//! indicators that no sign stands for. Filled, its rows are `questionnaire.csv` of the case.

use plumb_core::case::Case;

use crate::indicators::ELEVEN;

/// A question to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Name of its row, unlike that of any row of the case.
    pub id: String,
    /// Id of the sign that it asks for; empty when it asks for an indicator itself.
    pub sign: String,
    /// The indicator that it bears on; empty: none of the eleven.
    pub indicator: String,
    /// What is asked.
    pub question: String,
}

/// The questions for a supplier, those of the indicators first, in the order of the ILO.
pub fn questions(case: &Case, supplier: &str) -> Vec<Question> {
    let covered = |name: &str| case.signs.iter().any(|sign| sign.indicator.eq_ignore_ascii_case(name));
    let indicators = ELEVEN.iter().filter(|one| !covered(one.name)).map(|one| (String::new(), one.name, one.sign));
    let signs = case.signs.iter().map(|sign| (sign.id.clone(), sign.indicator.as_str(), sign.sign.as_str()));
    let mut prefix = name(supplier);
    // a second questionnaire to the same supplier must not take the ids of the first
    while case.responses.ids().any(|id| id.starts_with(&format!("{prefix}-"))) {
        prefix.push_str("-next");
    }
    (indicators.chain(signs).enumerate())
        .map(|(at, (sign, indicator, question))| Question {
            id: format!("{prefix}-{:02}", at + 1),
            sign,
            indicator: indicator.to_owned(),
            question: question.to_owned(),
        })
        .collect()
}

/// A supplier as the beginning of ids: letters and digits, the rest as `-`, short enough for a file name.
fn name(supplier: &str) -> String {
    const LONGEST: usize = 40;
    let plain = supplier.chars().map(|one| if one.is_ascii_alphanumeric() { one.to_ascii_lowercase() } else { '-' });
    let name: String = plain.take(LONGEST).collect();
    format!("q-{}", name.trim_matches('-'))
}
