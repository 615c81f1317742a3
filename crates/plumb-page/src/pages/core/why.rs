//! Why a figure stands: the tree from a finding down to statements, places in sources and sources.

use maud::{Markup, html};
use plumb_account::Key;
use plumb_account::range::Range;
use plumb_account::why::{Derivation, Fact};

use crate::chart::interval;
use crate::layout::{Context, Page, crumbs};
use crate::words::count_words;

/// A derivation that is deeper or wider than these is cut, with a word that it is.
const DEEPEST: usize = 12;
const WIDEST: usize = 400;

/// The page of one key.
pub(super) fn page(context: Context<'_>, key: &Key) -> Page {
    let found = context.account.why(key);
    let body = html! {
        (crumbs(context, &[("index.html", "Answer")], "Why"))
        @match &found {
            Ok(derivation) => {
                h1 { @if derivation.value.is_empty() { (derivation.title) } @else { (derivation.value) } }
                div.lead { p { @if !derivation.value.is_empty() { (derivation.title) ". " } (explanation(key)) } }
                (facts(&derivation.facts))
                (drawing(context, key))
                @if !derivation.rests_on.is_empty() {
                    h2 { "What it rests on" }
                    p.meta {
                        (count_words(derivation.rests_on.len(), "record", "records")) ". The same in the terminal: "
                        code { "plumb why \"" (key) "\" --case CASE" }
                    }
                    ul.tree { @for child in derivation.rests_on.iter().take(WIDEST) { (node(context, child, 1)) } }
                    @if derivation.rests_on.len() > WIDEST { p.note { "Only the first " (WIDEST) " are shown here." } }
                }
            },
            Err(error) => {
                h1 { (key) }
                p { "This figure has no derivation: " (error) "." }
            },
        }
    };
    let title = found.map_or_else(|_| key.to_string(), |derivation| derivation.title);
    Page { title: format!("Why: {title}"), body }
}

/// The claims of a range on one scale.
fn drawing(context: Context<'_>, key: &Key) -> Markup {
    let (Key::Range(range) | Key::Origins(range)) = key else { return html! {} };
    let claims = Range::of(context.case(), range.clone()).map(|range| range.claims).unwrap_or_default();
    interval::of_claims(context, "claims", None, &claims).unwrap_or_default()
}

/// How a finding of this kind is made, in a sentence.
fn explanation(key: &Key) -> &'static str {
    match key {
        Key::Range(_) | Key::Origins(_) => {
            "A range runs from the lowest number that anybody claims to the highest. It is no estimate: nothing is averaged, and \
             a figure that is repeated counts once, with its origin."
        }
        Key::Sum(_) => "The claims are added, lower end to lower end and upper end to upper end.",
        Key::Difference(..) => {
            "The second claim is taken from the first: the lower end is the lower end of the first less the upper end of \
             the second."
        }
        Key::Quotient(..) => "The first claim is divided by the second, end by end, to three significant digits.",
        Key::Contradiction(_) | Key::Conflict(_) => "These claims exclude each other.",
        Key::Estimate(_) => {
            "An estimate is no claim: it is what the claims allow under the model of the case, when each origin may be right or \
             off by up to a factor of ten."
        }
        Key::Count(_) => "The number of rows in a table of the case.",
        Key::Standing { .. } => "Where a bearer of a duty stands, and by which answers.",
        Key::Path { .. } => "What leads from one to the other, step by step, or where the trace breaks off.",
        Key::Ownership(_) => "What rules about ownership and control say, with the sums.",
        Key::Indicators(_) => "The evidence about each indicator of forced labour. Not a finding of forced labour.",
        Key::Owed(_) => "What is owed to a worker or cohort, line by line.",
        Key::Record(_) => "A record of the case with the statements in it.",
    }
}

/// One step, with the steps under it.
pub(super) fn node(context: Context<'_>, derivation: &Derivation, depth: usize) -> Markup {
    let key: Option<Key> = derivation.key.parse().ok();
    html! {
        li {
            @match &key {
                Some(key) => a href=(context.why(key)) { bdi { (derivation.title) } },
                None => bdi { (statement_title(context, &derivation.title)) },
            }
            @if !derivation.value.is_empty() { ": " strong { (derivation.value) } }
            (facts(&derivation.facts))
            @if !derivation.rests_on.is_empty() && depth < DEEPEST {
                ul { @for child in derivation.rests_on.iter().take(WIDEST) { (node(context, child, depth + 1)) } }
            }
        }
    }
}

/// A statement is named by its property; that of a claim is a measure, which has a name for readers.
fn statement_title(context: Context<'_>, property: &str) -> String {
    let measure = context.case().measures.get(property);
    measure.map_or_else(|| property.to_owned(), |measure| format!("{}, as stated", measure.label))
}

fn facts(facts: &[Fact]) -> Markup {
    html! {
        @if !facts.is_empty() {
            dl.facts {
                @for fact in facts {
                    dt { (fact.name) }
                    dd { (fact_text(fact)) }
                }
            }
        }
    }
}

/// A quotation in its marks, a web address as a link, anything else as it stands.
fn fact_text(fact: &Fact) -> Markup {
    let is_address = fact.name == "address" && (fact.text.starts_with("https://") || fact.text.starts_with("http://"));
    html! {
        @if fact.name == "quotation" { q { bdi { (fact.text) } } }
        @else if is_address { a href=(fact.text) rel="nofollow noreferrer" { (fact.text) } }
        @else { bdi { (fact.text) } }
    }
}
