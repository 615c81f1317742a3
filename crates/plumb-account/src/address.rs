//! Addresses: which page of the site shows a record or a finding, as a path from the root of the site.
//!
//! Pages, search and exports all point at records; this is the one place that knows where they lead.

use plumb_core::reference::{Kind, Reference};

use crate::key::Key;

/// The path of the page that answers for a key, from the root of the site, perhaps with a fragment.
pub fn path(key: &Key) -> String {
    match key {
        Key::Record(reference) => record(reference),
        Key::Standing { duty, bearer } if !bearer.is_empty() => format!("{}#{duty}", state(bearer)),
        Key::Standing { duty, .. } => record(&Reference::new(Kind::Duty, duty.clone())),
        Key::Ownership(actor) => format!("{}#ownership", record(&Reference::new(Kind::Actor, actor.clone()))),
        Key::Indicators(subject) if subject.is_empty() => "indicators.html".to_owned(),
        Key::Indicators(_) => format!("indicators/{}.html", key.slug()),
        Key::Owed(_) => format!("owed/{}.html", key.slug()),
        Key::Count(kind) => overview(*kind).to_owned(),
        Key::Origins(range) => path(&Key::Range(range.clone())),
        Key::Contradiction(_) => format!("contradictions.html#{}", key.slug()),
        Key::Range(_)
        | Key::Path { .. }
        | Key::Sum(_)
        | Key::Difference(..)
        | Key::Quotient(..)
        | Key::Conflict(_)
        | Key::Estimate(_) => {
            format!("why/{}.html", key.slug())
        }
    }
}

/// The path of the page of a record. Small records share a page and have an anchor there.
pub fn record(reference: &Reference) -> String {
    let id = &reference.id;
    match reference.kind {
        Kind::Source
        | Kind::Origin
        | Kind::Claim
        | Kind::Actor
        | Kind::Site
        | Kind::Duty
        | Kind::Place
        | Kind::Measure => {
            format!("{}/{id}.html", reference.kind.plural())
        }
        Kind::Link
        | Kind::Event
        | Kind::Answer
        | Kind::Indicator
        | Kind::Sign
        | Kind::Response
        | Kind::Rule
        | Kind::Observation
        | Kind::Defect
        | Kind::Wage => format!("{}#{id}", overview(reference.kind)),
    }
}

/// The path of the page of a state as one that is bound by duties.
pub fn state(code: &str) -> String {
    format!("states/{code}.html")
}

/// The path of the place where a section of the prose stands.
pub fn section(anchor: &str) -> String {
    match anchor {
        "answer" => "index.html".to_owned(),
        "limits" => "method.html#limits".to_owned(),
        other => format!("index.html#{other}"),
    }
}

/// The page that lists the records of a kind.
pub fn overview(kind: Kind) -> &'static str {
    match kind {
        Kind::Source | Kind::Origin => "sources.html",
        Kind::Claim | Kind::Measure => "ledger.html",
        Kind::Actor => "actors.html",
        Kind::Link => "links.html",
        Kind::Site => "sites.html",
        Kind::Event => "timeline.html",
        Kind::Duty | Kind::Answer => "duties.html",
        Kind::Indicator | Kind::Sign | Kind::Response => "indicators.html",
        Kind::Rule => "rules.html",
        Kind::Observation => "series.html",
        Kind::Defect => "defects.html",
        Kind::Wage => "wages.html",
        Kind::Place => "places.html",
    }
}
