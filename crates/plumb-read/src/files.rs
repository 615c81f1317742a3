//! The top folder of a case: which files are its own, and which look as if they ought to be.

use plumb_core::codes::P0112;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;
use plumb_core::suggest::nearest;

use crate::context::Context;
use crate::{ftm_lines, measures, model, prose, settings, spec};

/// Endings of files that somebody may think are read.
const LOOKS_READ: [&str; 8] = [".csv", ".tsv", ".toml", ".xlsx", ".xls", ".ods", ".json", ".jsonl"];

/// Every file that a case may have in its top folder.
pub(crate) fn own_files() -> impl Iterator<Item = &'static str> {
    let tables = spec::tables().iter().map(|table| table.file.as_str());
    tables.chain([settings::FILE, measures::FILE, model::FILE, prose::FILE])
}

/// Reports files that look like tables or settings, but belong to nothing.
pub(crate) fn report_unknown(context: &mut Context<'_>) {
    let is_top = |path: &&String| !path.contains('/');
    for path in context.folder.files.keys().filter(is_top) {
        let lower = path.to_lowercase();
        let is_own = own_files().any(|own| own == path) || ftm_lines::is_ftm(path);
        if is_own || !LOOKS_READ.iter().any(|ending| lower.ends_with(ending)) {
            continue;
        }
        let (stem, ending) = lower.rsplit_once('.').unwrap_or((&lower, ""));
        let by_stem = own_files().find(|own| own.strip_suffix(".csv") == Some(stem));
        let meant = by_stem.or_else(|| nearest(path, own_files()));
        let diagnostic = Diagnostic::new(P0112, Location::file(path.as_str()), format!("`{path}` belongs to no table"))
            .note("it is not read")
            .help("rename it to the file of a table, or move it into a folder such as `documents`");
        let diagnostic = match meant {
            Some(meant) if by_stem.is_some() && ending != "csv" => {
                diagnostic.help(format!("save it as `{meant}` (CSV in UTF-8)"))
            }
            meant => diagnostic.did_you_mean(meant),
        };
        context.diagnostics.push(diagnostic);
    }
}
