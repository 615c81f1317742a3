//! P0615, P0616: indicators that are none of the eleven, answers to questionnaires that cannot be followed up.

use plumb_core::codes;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::RowLocation;
use plumb_core::reference::Reference;
use plumb_core::suggest;
use plumb_duty::indicators::{ELEVEN, is_known, names};

use super::Input;

/// Rows that name an indicator which is none of the eleven.
pub(super) fn unknown(input: &Input<'_>) -> Vec<Diagnostic> {
    let case = input.case;
    let eleven = |name: &str| ELEVEN.iter().any(|one| one.name.eq_ignore_ascii_case(name));
    let rows = case.indicators.iter().filter(|row| !is_known(&row.indicator));
    let rows = rows.map(|row| (&row.indicator, &row.row, row.reference()));
    let signs = case.signs.iter().filter(|row| !row.indicator.is_empty() && !eleven(&row.indicator));
    let signs = signs.map(|row| (&row.indicator, &row.row, row.reference()));
    let responses = case.responses.iter().filter(|row| !row.indicator.is_empty() && !eleven(&row.indicator));
    let responses = responses.map(|row| (&row.indicator, &row.row, row.reference()));
    rows.chain(signs).chain(responses).map(|(name, row, about)| report(name, row, about)).collect()
}

fn report(name: &str, row: &RowLocation, about: Reference) -> Diagnostic {
    let message = format!("`{name}` is none of the eleven indicators");
    Diagnostic::new(codes::P0615, row.cell("indicator"), message)
        .help("write the name of the ILO; `plumb explain P0615` lists them")
        .did_you_mean(suggest::nearest(name, names()))
        .about(about)
}

/// Answers without a source or a day.
pub(super) fn loose(input: &Input<'_>) -> Vec<Diagnostic> {
    let answered = input.case.responses.iter().filter(|row| !row.answer.is_empty());
    answered
        .filter_map(|row| {
            let column = if row.source.is_empty() { "source" } else { "date" };
            (row.source.is_empty() || row.date.is_none()).then(|| {
                Diagnostic::new(
                    codes::P0616,
                    row.row.cell(column),
                    format!("`{}` is answered without a {column}", row.id),
                )
                .also(row.row.cell("answer"), "the answer")
                .help("name the record of the visit, call or letter, with a row in sources.csv, and its day")
                .about(row.reference())
            })
        })
        .collect()
}
