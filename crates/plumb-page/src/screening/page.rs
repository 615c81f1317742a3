//! The report as one page: it stands alone, without scripts or requests, and prints.

use maud::{Markup, html};

use super::{Decided, Evidence, Leads, Match, Screening, Subject};
use crate::layout::standalone;
use crate::table::{head, scroll};
use crate::words;

/// Digits of a score that people see; the JSON form has them all.
fn two_digits(score: f64) -> String {
    // never rounded up over the threshold that it stays below
    format!("{:.2}", libm::floor(score * 100.0) / 100.0)
}

/// The report as a page of HTML. Text from lists and files is escaped, and controls that reorder text are neutralised.
pub fn page(screening: &Screening) -> String {
    let found: Vec<&Subject> = screening.subjects.iter().filter(|subject| subject.has_results()).collect();
    let nothing = screening.subjects.len() - found.len();
    let main = html! {
        h1 { "Screening report" }
        p.lead { (summary(screening, nothing)) }
        (how(screening))
        (lists(screening))
        h2 { "Potential matches" }
        @if found.is_empty() { p { "None." } }
        @for subject in &found { (subject_section(subject)) }
        @if nothing > 0 { (without(screening)) }
        (problems(screening))
        (reading())
    };
    let foot = html! { footer { p { "As of " (screening.as_of) ". Made by plumb " (screening.version) "." } } };
    let title = format!("Screening of {}", screening.as_of);
    standalone(&title, &screening.version, &[include_str!("../style.css")], &main, &foot)
}

impl Subject {
    fn has_results(&self) -> bool {
        !(self.matches.is_empty() && self.settled.is_empty() && self.near.is_empty())
    }
}

fn summary(screening: &Screening, nothing: usize) -> Markup {
    let (names, open) = (screening.subjects.len(), screening.open());
    html! {
        (names) @if names == 1 { " name was" } @else { " names were" } " held against "
        (screening.lists.len()) @if screening.lists.len() == 1 { " list" } @else { " lists" } ": "
        @if open == 0 { "no potential match is open" } @else if open == 1 { "1 potential match is open" } @else { (open) " potential matches are open" }
        "; for " (nothing) " nothing was found."
    }
}

fn how(screening: &Screening) -> Markup {
    let settings = &screening.settings;
    html! {
        dl.facts {
            dt { "As of" } dd { (screening.as_of) }
            dt { "Program" } dd { "plumb " (screening.version) }
            dt { "Threshold" } dd { "a score of " (settings.threshold) " or more is a potential match" }
            @if let Some(near) = settings.near { dt { "Near misses" } dd { "shown from a score of " (near) " on" } }
            dt { "Results" } dd { "at most " (settings.limit) " for each name" }
            @if let Some(day) = &settings.changed_since { dt { "Entries" } dd { "only those changed after " (day) } }
            @if let Some(case) = &settings.case { dt { "Case" } dd { bdi { (case) } } }
            @if let Some(file) = &settings.decisions { dt { "Decisions" } dd { "from " code { (file) } } }
            @for input in &screening.inputs {
                dt { "Names from" } dd { code { (input.path) } ", SHA-256 " code { (input.sha256) } }
            }
        }
    }
}

fn lists(screening: &Screening) -> Markup {
    let columns = [
        ("List", ""),
        ("Date", ""),
        ("Added", ""),
        ("Entries", "num"),
        ("Not read", "num"),
        ("SHA-256 of its files", ""),
    ];
    scroll(
        "Lists that were searched",
        &html! {
            table {
                caption { "Lists that were searched" }
                (head(&columns))
                tbody {
                    @for list in &screening.lists {
                        tr {
                            th scope="row" { bdi { (list.title) } " " span.meta { (list.name) } }
                            td.nowrap { @if let Some(date) = &list.date { (date) } @else { (words::UNKNOWN.markup()) } }
                            td.nowrap { (list.added) }
                            td.num { (list.entries) }
                            td.num { (list.refused) }
                            td.nowrap { code { (list.hash) } }
                        }
                    }
                }
            }
        },
    )
}

fn subject_section(subject: &Subject) -> Markup {
    html! {
        section.finding {
            h3 { bdi { (subject.name) } }
            p.meta {
                (known(subject.schema, &subject.properties))
                @if subject.subject != subject.name { "Known as " code { (subject.subject) } "." }
            }
            @if let Some(caution) = &subject.caution { p { strong { "Caution: " } bdi { (caution) } } }
            @if let Some(leads) = &subject.leads { (leads_markup(leads)) }
            @for one in &subject.matches { (match_markup(one, "Potential match")) }
            @for one in &subject.settled { (match_markup(one, "Decided to be different")) }
            @for one in &subject.near { (match_markup(one, "Near miss")) }
        }
    }
}

/// Schema and the properties that scoring looks at, in a line.
fn known(schema: &str, properties: &std::collections::BTreeMap<String, Vec<String>>) -> Markup {
    const SHOWN: [&str; 8] = [
        "birthDate",
        "incorporationDate",
        "nationality",
        "country",
        "gender",
        "imoNumber",
        "idNumber",
        "passportNumber",
    ];
    html! {
        @if schema == "Thing" { "Of any kind. " } @else { (schema) ". " }
        @for name in SHOWN {
            @if let Some(values) = properties.get(name) { (name) ": " bdi { (values.join("; ")) } ". " }
        }
    }
}

fn match_markup(one: &Match, word: &str) -> Markup {
    let (names, others): (Vec<_>, Vec<_>) = one.evidence.iter().partition(|evidence| evidence.feature == "name");
    html! {
        h4 { (word) ": " bdi { (one.name) } " " span.meta { "score " (two_digits(one.score)) " · " (one.list) " · " (one.entry) } }
        p.meta {
            (known(&one.schema, &one.properties))
            "Probability " (two_digits(one.probability)) " among pairs as the training had them."
            @if let Some(day) = &one.last_change { " Entry last changed " (day) "." }
        }
        (decision(one.decision.as_ref()))
        (evidence_table(&names, &others))
        @for listing in &one.listings {
            p.note {
                "Listed by " bdi { (listing.authority) }
                @if !listing.program.is_empty() { ", " bdi { (listing.program) } }
                @if !listing.date.is_empty() { ", " (listing.date) }
                "."
                @if !listing.reason.is_empty() { " Reason stated: " bdi { (listing.reason) } }
                @if !listing.source.is_empty() { " Source: " bdi { (listing.source) } }
            }
        }
        @if !one.linked.is_empty() {
            p.note { "The list joins it with: " }
            ul.note { @for linked in &one.linked { li { (linked.relation) ": " bdi { (linked.name) } " " code { (linked.entry) } } } }
        }
        @if let Some(leads) = &one.leads { (leads_markup(leads)) }
    }
}

fn decision(decision: Option<&Decided>) -> Markup {
    html! {
        @if let Some(decided) = decision {
            p.note {
                "Decision: " strong { (decided.verdict) } ", by " bdi { (decided.who) } " on " (decided.date)
                @if !decided.reason.is_empty() { ": " bdi { (decided.reason) } }
                @if decided.stale { " — the entry has changed since; it must be looked at again" }
            }
        }
    }
}

/// Evidence for and against side by side: names part by part, then the other features.
fn evidence_table(names: &[&Evidence], others: &[&Evidence]) -> Markup {
    let pieces = names.iter().flat_map(|names| &names.pieces);
    scroll(
        "Evidence",
        &html! {
            table.compact {
                (head(&[("", ""), ("Screened", ""), ("Entry", ""), ("Agreement", ""), ("For", "num"), ("Against", "num")]))
                tbody {
                    @for one in names { (evidence_row("name as a whole", &one.subject, &one.entry, &one.level, one.bits)) }
                    @for piece in pieces {
                        (evidence_row(
                            "part",
                            piece.subject.as_deref().unwrap_or("–"),
                            piece.entry.as_deref().unwrap_or("–"),
                            &format!("{}, {}", piece.level, piece.rule),
                            piece.bits,
                        ))
                    }
                    @for one in others { (evidence_row(one.feature, &one.subject, &one.entry, &one.level, one.bits)) }
                }
            }
            @for why_not in names.iter().chain(others).filter_map(|one| one.why_not.as_ref()) {
                p.note { "Against: " bdi { (why_not) } "." }
            }
        },
    )
}

fn evidence_row(what: &str, subject: &str, entry: &str, level: &str, bits: f64) -> Markup {
    let figure = format!("{bits:+.1}");
    html! {
        tr {
            th scope="row" { (what) }
            td { bdi { (subject) } }
            td { bdi { (entry) } }
            td { (level.replace('_', " ")) }
            td.num { @if bits >= 0.0 { (figure) } }
            td.num { @if bits < 0.0 { (figure) } }
        }
    }
}

fn leads_markup(leads: &Leads) -> Markup {
    let step = |lead: &super::Lead| {
        html! {
            li {
                bdi { (lead.says) }
                span.meta { " " (lead.support) " [" (lead.record) @if !lead.source.is_empty() { ", " bdi { (lead.source) } } "]" }
            }
        }
    };
    html! {
        p.note { "In the case as " code { (leads.actor) } "." @if leads.path.is_empty() { " No path to an official list is known." } }
        @if !leads.path.is_empty() {
            p.note { "Path to an official list:" }
            ol.note { @for lead in &leads.path { (step(lead)) } }
        }
        @if !leads.says.is_empty() {
            details open {
                summary { "What the case says of it: " (leads.says.len()) }
                ul.note { @for lead in &leads.says { (step(lead)) } }
            }
        }
    }
}

fn without(screening: &Screening) -> Markup {
    html! {
        h2 { "Nothing found" }
        ul.note {
            @for subject in screening.subjects.iter().filter(|subject| !subject.has_results()) {
                li {
                    bdi { (subject.name) }
                    @if subject.subject != subject.name { " " code { (subject.subject) } }
                    @if let Some(caution) = &subject.caution { ". " strong { "Caution: " } bdi { (caution) } }
                }
            }
        }
    }
}

fn problems(screening: &Screening) -> Markup {
    html! {
        @if !screening.problems.is_empty() {
            h2 { "What was not read, or read otherwise than it stands" }
            ul.note { @for problem in &screening.problems { li { bdi { (problem) } } } }
        }
    }
}

fn reading() -> Markup {
    html! {
        h2 { "How to read this" }
        p {
            "A potential match says that two records look alike. Whether they are one person, company or vessel is for a person to decide, "
            "with what else is known of them. No result means that nothing on these versions of these lists looked alike at these settings; "
            "it clears nobody."
        }
        p {
            "Evidence is counted in bits: each bit for doubles the odds that the two are one, each bit against halves them. "
            "The probability holds among pairs as the weights were learnt from; among many names and a long list, most pairs are of different people."
        }
    }
}
