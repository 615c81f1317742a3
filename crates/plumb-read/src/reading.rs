//! The whole of reading, in the order in which files refer to one another: each table after those that it names.

use plumb_core::case::Case;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;

use crate::context::Context;
use crate::folder::Folder;
use crate::tables::law;
use crate::{cited, evidence, files, ftm_lines, measures, model, places, prose, settings, table};

/// A case as far as it could be read, and what is wrong with its files.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The records that are in order.
    pub case: Case,
    /// What is wrong, in the order of files, lines and columns.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a case. It never fails as a whole: what cannot be read is reported and the rest goes on.
///
/// ```
/// use plumb_read::{new_case, read};
/// let reading = read(&new_case("A first case"));
/// assert!(reading.diagnostics.is_empty());
/// assert_eq!(reading.case.settings.title, "A first case");
/// ```
pub fn read(folder: &Folder) -> Reading {
    let mut context = Context::new(folder);
    files::report_unknown(&mut context);
    measures::read(&mut context);
    places::read(&mut context);
    settings::read(&mut context);
    read_tables(&mut context);
    model::read(&mut context);
    prose::read(&mut context);
    evidence::check(&mut context);
    let mut diagnostics = context.diagnostics;
    diagnostics.extend(cited::report(&context.known));
    diagnostics.sort_by(|one, other| order(one).cmp(&order(other)));
    Reading { case: context.case, diagnostics }
}

/// In order of place, then of code and message, so that the same case gives the same list.
fn order(diagnostic: &Diagnostic) -> (Option<&Location>, &str, &str) {
    (diagnostic.location(), diagnostic.code.id(), &diagnostic.message)
}

/// Each table after those that its columns name: what is read is known, and a reference to anything else is wrong.
fn read_tables(context: &mut Context<'_>) {
    context.case.sources = table::read(context);
    context.case.origins = table::read(context);
    context.case.claims = table::read(context);
    context.case.events = table::read(context);
    context.case.actors = table::read(context);
    let entities = ftm_lines::read(context);
    context.case.sites = table::read(context);
    context.case.links = table::read(context);
    ftm_lines::read_links(context, &entities);
    context.case.duties = table::read(context);
    law::check_replacements(context);
    context.case.answers = table::read(context);
    context.case.indicators = table::read(context);
    context.case.signs = table::read(context);
    context.case.responses = table::read(context);
    context.case.rules = table::read(context);
    context.case.observations = table::read(context);
    context.case.defects = table::read(context);
    context.case.wages = table::read(context);
}
