//! A reviewed text as one page: the text on the left, the evidence beside each paragraph; below it where the page is narrow.
//!
//! Words that were checked are links to their card, and each card links back. The page stands alone, without scripts or
//! requests, and prints. Text of the document and of the case is escaped, controls that reorder text are neutralised.

use std::collections::BTreeSet;
use std::ops::Range;

use maud::{Markup, html};
use plumb_document::{Block, BlockKind, Document};
use plumb_review::{Checked, Evidence, Review, Stance, Tension, Verdict};

use crate::layout::standalone;
use crate::words;

/// The review of a document as a page of HTML.
pub fn page(review: &Review, document: &Document) -> String {
    let title = review.document.title.as_deref().unwrap_or(&review.document.name);
    let main = html! {
        h1 { bdi { (title) } }
        p.lead { "Held against “" (review.case) "”, as of " (review.as_of) ": " (summary(review)) "." }
        (tensions(&review.tensions))
        div.review { @for block in &document.blocks { (row(review, document, block)) } }
        (meanings())
    };
    let styles = [include_str!("style.css"), include_str!("review.css")];
    standalone(&format!("Review of {title}"), &review.version, &styles, &main, &foot(review))
}

fn summary(review: &Review) -> String {
    let counts: Vec<String> =
        review.counts().iter().map(|(verdict, count)| format!("{count} {}", verdict.words())).collect();
    let total = review.statements.len();
    if counts.is_empty() { "nothing to check".to_owned() } else { format!("{total} statements, {}", counts.join(", ")) }
}

fn tensions(all: &[Tension]) -> Markup {
    html! {
        @if !all.is_empty() {
            section.tensions aria-labelledby="tensions" {
                h2 id="tensions" { "Cannot be true together" }
                @for tension in all {
                    p {
                        @for (at, id) in tension.statements.iter().enumerate() {
                            @if at > 0 { " and " }
                            a href={ "#" (id) } { "Statement " (number(id)) }
                        }
                        ": " (tension.words)
                    }
                    (records(&tension.evidence))
                }
            }
        }
    }
}

/// A paragraph with the cards of the statements that begin in it.
fn row(review: &Review, document: &Document, block: &Block) -> Markup {
    let here: Vec<&Checked> = review.statements.iter().filter(|one| block.range.contains(&one.range.start)).collect();
    let language = block.language.map(plumb_document::Language::code);
    html! {
        div.words lang=[language] dir="auto" { (paragraph(&here, document, block)) }
        div.cards { @for one in &here { (card(one)) } }
    }
}

fn paragraph(here: &[&Checked], document: &Document, block: &Block) -> Markup {
    let words = marked(here, document, &block.range);
    match block.kind {
        BlockKind::Heading(_) => html! { p.heading { (words) } },
        BlockKind::Quotation => html! { blockquote { p { (words) } } },
        BlockKind::Code => html! { pre { (words) } },
        _ => html! { p { (words) } },
    }
}

/// The words of a paragraph, those that were checked as links to their cards. Where statements overlap, each piece belongs to the
/// shortest, for links cannot stand within one another.
fn marked(here: &[&Checked], document: &Document, block: &Range<usize>) -> Markup {
    let ends = here.iter().flat_map(|one| [one.range.start, one.range.end]).filter(|at| block.contains(at));
    let cuts: BTreeSet<usize> = ends.chain([block.start, block.end]).collect();
    let cuts: Vec<usize> = cuts.into_iter().collect();
    let mut begun = BTreeSet::new();
    let pieces = cuts.windows(2).filter_map(|cut| {
        let [from, to] = cut else { return None };
        let over = here.iter().filter(|one| one.range.start <= *from && one.range.end >= *to);
        Some((*from..*to, over.min_by_key(|one| one.range.len())))
    });
    let pieces: Vec<_> =
        pieces.map(|(piece, over)| (piece, over, over.is_some_and(|one| begun.insert(&one.id)))).collect();
    // another statement has all of their words
    let covered = here.iter().filter(|one| !begun.contains(&one.id));
    html! {
        @for one in covered { a.checked id=(one.id) href={ "#card-" (one.id) } { sup { (number(&one.id)) } } }
        @for (piece, over, begins) in pieces {
            @if let Some(one) = over {
                a class={ "checked " (class(one.verdict)) } id=[begins.then_some(one.id.as_str())] href={ "#card-" (one.id) } {
                    @if begins { sup { (number(&one.id)) } }
                    (document.text.slice(piece))
                }
            } @else { (document.text.slice(piece)) }
        }
    }
}

fn card(one: &Checked) -> Markup {
    html! {
        section class={ "card " (class(one.verdict)) } id={ "card-" (one.id) } aria-label={ "Statement " (number(&one.id)) } {
            p.verdict {
                a href={ "#" (one.id) } title="Back to the words" { (number(&one.id)) } " "
                strong { (one.verdict.words()) }
            }
            p.about { bdi { (one.about.words) } }
            p { (one.why) }
            @if one.claimed.is_some() || one.estimate.is_some() {
                dl.facts {
                    @if let Some(claimed) = &one.claimed { dt { "Claimed" } dd { (claimed) } }
                    @if let Some(estimate) = &one.estimate { dt { "Estimated" } dd { (estimate.words) " " code { (estimate.name) } } }
                }
            }
            (records(&one.evidence))
            @if let Some(settle) = &one.settle { p.note { "Would settle it: " (settle) } }
        }
    }
}

/// The records on each side, folded where there are many; opened for print by the style.
fn records(evidence: &[Evidence]) -> Markup {
    let side = |stance: Stance| evidence.iter().filter(move |one| one.stance == stance);
    html! {
        @for (stance, label) in [(Stance::For, "For"), (Stance::Against, "Against"), (Stance::Beside, "Beside")] {
            @if side(stance).next().is_some() {
                details.records open[side(stance).count() <= SHOWN] {
                    summary { (label) ": " (side(stance).count()) }
                    ul { @for one in side(stance) { li { (record(one)) } } }
                }
            }
        }
    }
}

/// As many records stand open beside a paragraph; more would push the next one down by a screen.
const SHOWN: usize = 3;

fn record(one: &Evidence) -> Markup {
    html! {
        code { (one.record.id) } " " bdi { (one.words) }
        @if let Some(voice) = &one.repeats { " " (words::REPEATED.markup()) " " code { (voice) } }
    }
}

fn meanings() -> Markup {
    html! {
        section {
            h2 { "What the verdicts mean" }
            dl.facts { @for (_, word, meaning) in Verdict::ALL { dt { (word) } dd { (meaning) } } }
            p.note { "A verdict is about what is claimed, never about what is true. Origins count once however often they were copied." }
        }
    }
}

fn foot(review: &Review) -> Markup {
    html! {
        footer {
            p {
                "Made by plumb " (review.version) " from account "
                code { (review.account.get(..16).unwrap_or_default()) } " and the text with SHA-256 "
                code { (review.document.sha256.get(..16).unwrap_or_default()) } "."
            }
        }
    }
}

/// The class of a verdict in the style sheet.
fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Supported => "supported",
        Verdict::InsideTheRange => "inside",
        Verdict::AtTheEdge => "edge",
        Verdict::Contested => "contested",
        Verdict::Contradicted => "contradicted",
        Verdict::OutOfDate => "out-of-date",
        Verdict::NotCovered => "not-covered",
    }
}

fn number(id: &str) -> &str {
    id.trim_start_matches('s')
}
