//! The report as one page: it stands alone, without scripts or requests, and prints.

use maud::{Markup, html};

use super::{Decided, Evidence, Leads, Match, Screening, Subject};
use crate::layout::standalone;
use crate::table::{head, scroll};

/// Digits of a score that people see; the JSON form has them all.
fn two_digits(score: f64) -> String {
    // never rounded up over the threshold that it stays below
    format!("{:.2}", libm::floor(score * 100.0) / 100.0)
}

/// The report as a page of HTML. Text from lists and files is escaped, and controls that reorder text are neutralised.
pub fn page(screening: &Screening) -> String {
    let (found, others): (Vec<&Subject>, Vec<&Subject>) =
        screening.subjects.iter().partition(|subject| !subject.matches.is_empty());
    let (below, nothing): (Vec<&Subject>, Vec<&Subject>) =
        others.into_iter().partition(|subject| !(subject.settled.is_empty() && subject.near.is_empty()));
    let main = html! {
        h1 { "Screening report" }
        p.lead { (summary(screening, found.len(), nothing.len())) }
        (how(screening))
        (lists(screening))
        (not_screened(screening))
        h2 { "Potential matches" }
        @if found.is_empty() { p { "None." } }
        @for subject in &found { (subject_section(subject)) }
        @if !below.is_empty() { h2 { "Nothing open" } }
        @for subject in &below { (subject_section(subject)) }
        (without(&nothing))
        (problems(screening))
        (reading())
    };
    let foot = html! { footer { p { "As of " (screening.as_of) ". Made by plumb " (screening.version) "." } } };
    let title = format!("Screening of {}", screening.as_of);
    standalone(&title, &screening.version, &[include_str!("../style.css")], &main, &foot)
}

/// What came of it, in a sentence that stands for the whole report: what was left out must be in it.
fn summary(screening: &Screening, found: usize, nothing: usize) -> Markup {
    let counted = |count: usize, one: &str, more: &str| format!("{count} {}", if count == 1 { one } else { more });
    let names = counted(screening.subjects.len(), "name was", "names were");
    let lists = counted(screening.lists.len(), "list", "lists");
    let open = counted(screening.open(), "potential match is open", "potential matches are open");
    html! {
        (names) " held against " (lists) ": " (open)
        @if found > 0 { ", for " (counted(found, "name", "names")) }
        "; for " (nothing) " nothing was found."
        @if screening.beyond() > 0 { " " strong { (screening.beyond()) " more are beyond the limit" } " and not shown." }
        @if !screening.not_screened.is_empty() {
            " " strong { (counted(screening.not_screened.len(), "row was not screened", "rows were not screened")) } ", see below."
        }
    }
}

fn not_screened(screening: &Screening) -> Markup {
    html! {
        @if !screening.not_screened.is_empty() {
            h2 { "Not screened" }
            p { "These were to be screened and could not be. Nothing is said about them here." }
            ul.note {
                @for one in &screening.not_screened {
                    li { @if !one.subject.is_empty() { code { (one.subject) } " " } bdi { (one.why) } }
                }
            }
        }
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
            @if let Some(day) = &settings.changed_since { dt { "Entries" } dd { "only those changed on " (day) " or later" } }
            @if let Some(schema) = &settings.schema { dt { "Kind of the names" } dd { (schema) } }
            @for (property, column) in &settings.columns { dt { "Column for " (property) } dd { bdi { (column) } } }
            @if let Some(case) = &settings.case { dt { "Case" } dd { bdi { (case) } } }
            @if let Some(file) = &settings.decisions { dt { "Decisions" } dd { "from " code { (file) } } }
            @for input in &screening.inputs {
                dt { "Read from" } dd { code { (input.path) } ", SHA-256 " code { (input.sha256) } }
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
                            td.nowrap { @if let Some(date) = &list.date { (date) } @else { "unknown" } }
                            td.nowrap { (list.added) }
                            td.num { (list.entries) }
                            td.num { (list.refused) }
                            td { code { (list.hash) } }
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
            @if subject.beyond > 0 {
                p { strong { "And " (subject.beyond) " more from the threshold on" } ", which the limit of results for each name leaves out." }
            }
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

fn without(nothing: &[&Subject]) -> Markup {
    html! {
        @if !nothing.is_empty() {
            h2 { "Nothing found" }
            ul.note {
                @for subject in nothing {
                    li {
                        bdi { (subject.name) }
                        @if subject.subject != subject.name { " " code { (subject.subject) } }
                        @if let Some(caution) = &subject.caution { ". " strong { "Caution: " } bdi { (caution) } }
                    }
                }
            }
        }
    }
}

fn problems(screening: &Screening) -> Markup {
    html! {
        @if !screening.problems.is_empty() {
            h2 { "What was read otherwise than it stands" }
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
