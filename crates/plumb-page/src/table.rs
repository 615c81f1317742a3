//! Tables: claims as rows, and the box in which a wide table scrolls.

use maud::{Markup, html};
use plumb_core::case::Claim;
use plumb_core::reference::Kind;

use crate::layout::Context;
use crate::words::maybe_period_words;

/// The columns that not every table of claims needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// What is measured.
    pub measure: bool,
    /// Where.
    pub place: bool,
    /// Leaves out the source, on its own page.
    pub no_source: bool,
}

/// A table of claims: figure, who says so, when, origin, source, and what must be known of each.
pub fn claims<'a>(
    context: Context<'_>,
    caption: &str,
    ids: impl IntoIterator<Item = &'a str>,
    columns: Columns,
) -> Markup {
    let claims = ids.into_iter().filter_map(|id| context.case().claims.get(id));
    scroll(
        caption,
        &html! {
            table {
                caption { (caption) }
                thead {
                    tr {
                        th scope="col" { "Who says so" }
                        @if columns.measure { th scope="col" { "What" } }
                        @if columns.place { th scope="col" { "Where" } }
                        th scope="col" { "When" }
                        th.num scope="col" { "Figure" }
                        th scope="col" { "Status" }
                        th scope="col" { "First said in" }
                        @if !columns.no_source { th scope="col" { "Read in" } }
                    }
                }
                tbody { @for claim in claims { (claim_row(context, claim, columns)) } }
            }
        },
    )
}

fn claim_row(context: Context<'_>, claim: &Claim, columns: Columns) -> Markup {
    html! {
        tr {
            th scope="row" {
                bdi { (claim.said_by) }
                @if !claim.population.is_empty() { " " span.meta { "(" (claim.population) ")" } }
            }
            @if columns.measure { td { (context.name(Kind::Measure, &claim.measure)) } }
            @if columns.place { td { (context.place(&claim.place)) } }
            td { (maybe_period_words(claim.period.as_ref())) }
            td.num { (context.claim_figure(claim)) }
            td { (context.claim_marks(claim)) " " (context.contested_mark(claim)) }
            td { (context.name(Kind::Origin, &claim.origin)) }
            @if !columns.no_source { td { (context.source_brief(&claim.source)) } }
        }
    }
}

/// The head of a table: words of the columns with their class, `num` for figures.
pub fn head(columns: &[(&str, &str)]) -> Markup {
    html! {
        thead {
            tr {
                @for (words, class) in columns {
                    th scope="col" class=[Some(class).filter(|class| !class.is_empty())] { (words) }
                }
            }
        }
    }
}

/// The box in which a wide table scrolls by itself; it can be reached and scrolled with the keyboard.
pub fn scroll(label: &str, table: &Markup) -> Markup {
    html! { div.scroll tabindex="0" role="region" aria-label=(label) { (table) } }
}
