//! The data of the search field: one line a record, as a script that defines a constant, because a page from disk may
//! load a script but not fetch a file.

use plumb_account::index::name_of;
use plumb_core::case::{Case, Claim};
use plumb_core::reference::{Kind, Reference};

use super::common::source_name;
use super::shelf::Shelf;
use crate::link;
use crate::words::{date_words, maybe_period_words, neutralise};

/// The kinds that can be found, in the order in which results are grouped, with the words over each group.
const KINDS: [(Kind, &str); 15] = [
    (Kind::Actor, "Actors"),
    (Kind::Place, "Places"),
    (Kind::Site, "Places of work"),
    (Kind::Measure, "Measures"),
    (Kind::Claim, "Claims"),
    (Kind::Duty, "Duties"),
    (Kind::Answer, "Answers of states"),
    (Kind::Event, "Events"),
    (Kind::Source, "Sources"),
    (Kind::Origin, "Origins"),
    (Kind::Link, "Links"),
    (Kind::Rule, "Rules of labour law"),
    (Kind::Indicator, "Signs of forced labour"),
    (Kind::Sign, "Signs for buyers and auditors"),
    (Kind::Defect, "Known errors"),
];

/// A record as the script knows it: kind, id, title, context, and further words by which it is found.
type Row = (usize, String, String, String, String);

/// The script.
pub(super) fn script(shelf: &Shelf<'_>) -> String {
    let mut out =
        String::from("// The records of this account for search.js: [kind, id, title, context, further words].\n");
    out.push_str("const plumbSearch = {\"kinds\": ");
    let kinds: Vec<(&str, String, String)> = KINDS.iter().map(|(kind, words)| kind_row(*kind, words)).collect();
    out.push_str(&serde_json::to_string(&kinds).unwrap_or_default());
    out.push_str(", \"rows\": [\n");
    for (at, (kind, _)) in KINDS.iter().enumerate() {
        for (id, title, context, words) in rows(shelf, *kind) {
            let row: Row = (at, id, title, context, words);
            out.push_str(&serde_json::to_string(&row).unwrap_or_default());
            out.push_str(",\n");
        }
    }
    out.push_str("]};\n");
    neutralise(out)
}

/// The words over a kind, and what stands before and after an id in the address of its page.
fn kind_row(kind: Kind, words: &'static str) -> (&'static str, String, String) {
    // an id holds no `*`, so the address of one shows where the id goes
    let path = link::record(&Reference::new(kind, "*"));
    let (before, after) = path.split_once('*').unwrap_or((&path, ""));
    (words, before.to_owned(), after.to_owned())
}

/// The records of a kind: id, title, context, further words.
fn rows(shelf: &Shelf<'_>, kind: Kind) -> Vec<(String, String, String, String)> {
    let case = &shelf.account.case;
    match kind {
        Kind::Claim => case.claims.iter().map(|claim| claim_row(case, claim)).collect(),
        Kind::Actor => (case.actors.iter())
            .map(|actor| {
                let context =
                    [actor.aliases.join(", "), actor.role.clone()].into_iter().filter(|part| !part.is_empty());
                let context = context.collect::<Vec<_>>().join("; ");
                (actor.id.clone(), actor.name.clone(), context, place_name(case, &actor.country))
            })
            .collect(),
        Kind::Place => places(shelf),
        Kind::Source => (case.sources.iter())
            .map(|source| {
                let date = source.date.map(date_words).unwrap_or_default();
                (source.id.clone(), source_name(source), date, String::new())
            })
            .collect(),
        Kind::Measure => {
            let row = |measure: &plumb_core::measure::Measure| {
                (measure.id.clone(), measure.label.clone(), measure.definition.clone(), String::new())
            };
            case.measures.values().map(row).collect()
        }
        _ => others(case, kind),
    }
}

fn claim_row(case: &Case, claim: &Claim) -> (String, String, String, String) {
    let measure = case.measures.get(&claim.measure).map_or(claim.measure.as_str(), |measure| &measure.label);
    let context = format!(
        "{measure}, {}, {}; {}",
        place_name(case, &claim.place),
        maybe_period_words(claim.period.as_ref()),
        claim.said_by
    );
    (claim.id.clone(), claim.quantity.figure().to_string(), context, claim.population.clone())
}

fn place_name(case: &Case, code: &str) -> String {
    case.places.get(code).map_or_else(|| code.to_owned(), |place| place.name.to_string())
}

fn places(shelf: &Shelf<'_>) -> Vec<(String, String, String, String)> {
    let places = shelf.places.iter().filter_map(|code| shelf.account.case.places.get(code));
    places
        .map(|place| {
            let names = place.names.iter().map(|(_, name)| name.as_ref()).collect::<Vec<&str>>().join(", ");
            (
                place.code.to_string(),
                place.name.to_string(),
                names,
                place.official.as_deref().unwrap_or_default().to_owned(),
            )
        })
        .collect()
}

/// Records whose name says enough, with what stands beside it.
fn others(case: &Case, kind: Kind) -> Vec<(String, String, String, String)> {
    let beside: Vec<(&String, String)> = match kind {
        Kind::Site => case.sites.iter().map(|site| (&site.id, place_name(case, &site.place))).collect(),
        Kind::Duty => case.duties.iter().map(|duty| (&duty.id, duty.duty.clone())).collect(),
        Kind::Answer => case.answers.iter().map(|answer| (&answer.id, place_name(case, &answer.state))).collect(),
        Kind::Event => case.events.iter().map(|event| (&event.id, date_words(event.date))).collect(),
        Kind::Origin => case.origins.iter().map(|origin| (&origin.id, origin.basis.clone())).collect(),
        Kind::Link => case.links.iter().map(|link| (&link.id, link.note.clone())).collect(),
        Kind::Rule => {
            case.rules.iter().map(|rule| (&rule.id, format!("{}: {}", rule.instrument, rule.effect))).collect()
        }
        Kind::Indicator => case.indicators.iter().map(|row| (&row.id, row.evidence.clone())).collect(),
        Kind::Sign => case.signs.iter().map(|sign| (&sign.id, sign.from.clone())).collect(),
        Kind::Defect => case.defects.iter().map(|defect| (&defect.id, defect.better.clone())).collect(),
        _ => Vec::new(),
    };
    let row = |(id, context): (&String, String)| {
        (id.clone(), name_of(case, &Reference::new(kind, id.clone())), context, String::new())
    };
    beside.into_iter().map(row).collect()
}
