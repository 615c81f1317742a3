//! The scorer: what it is called, which names and settings of yente's scorers it stands in for, and `/algorithms`.

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::fault::Fault;
use super::parameters::{Warnings, shortened};

/// What the scorer is called.
const OWN: &str = "plumb";

/// What asks for the best there is: its own name, and that of the scorer in whose scale it scores and which clients ask for by default.
const BEST: [&str; 3] = [OWN, "best", "logic-v2"];

/// yente's other scorers: a client that asks for one is answered, by ours, and told so.
const STOOD_IN_FOR: [&str; 5] = ["logic-v1", "name-based", "name-qualified", "regression-v1", "ofac"];

/// Settings of logic-v2. Weights are learnt here, so they change nothing, and the caller is told so.
const SETTINGS: [&str; 6] = [
    "nm_name_property",
    "nm_number_mismatch",
    "nm_extra_query_name",
    "nm_extra_result_name",
    "nm_family_name_weight",
    "nm_fuzzy_cutoff_factor",
];

/// Features of the scorer, each with what it is about.
const FEATURES: [(&str, &str); 7] = [
    ("name", "how the parts of the names agree, in any script, with the rarity of each part"),
    ("identifier", "numbers such as IMO, INN or a passport's, with their check digits"),
    ("date", "dates of birth, incorporation or building, by how far apart they are and how a slip could explain it"),
    ("country", "countries of any kind"),
    ("gender", "gender"),
    ("address", "words of the addresses; they help and do not decide"),
    ("schema", "kinds of entity that cannot be one"),
];

/// Takes the name of a scorer, upper case and blanks as they come; a name that ours only stands in for is warned of.
pub(crate) fn check_algorithm(name: Option<&str>, warnings: &mut Warnings) -> Result<(), Fault> {
    let Some(name) = name else { return Ok(()) };
    let is = |known: &&str| known.eq_ignore_ascii_case(name.trim());
    if let Some(other) = STOOD_IN_FOR.iter().find(|known| is(known)) {
        warnings.add(format!("scored by {OWN}, not by {other}"));
    } else if !BEST.iter().any(is) {
        return Err(Fault::bad(format!("Invalid algorithm: {}", shortened(name))));
    }
    Ok(())
}

/// Takes settings; what ours has no use for is told in the answer's problems.
pub(crate) fn check_settings<'a>(names: impl Iterator<Item = &'a String>) -> Result<Vec<String>, Fault> {
    names
        .map(|name| {
            if SETTINGS.contains(&name.as_str()) {
                return Ok(format!("setting {name} is not used: the scoring is learnt from data"));
            }
            let name = shortened(name);
            Err(Fault::bad(format!("Invalid configuration parameter: {name} for algorithm {OWN}")))
        })
        .collect()
}

/// Answers `/algorithms`: one scorer under each name that it answers to.
pub(crate) async fn algorithms() -> Response {
    // clients read a number and a text here: the bits of each feature are added up as they are, and no page tells of it alone
    let feature = |about: &str| json!({ "description": about, "coefficient": 1.0, "url": "" });
    let features: Map<String, Value> =
        FEATURES.iter().map(|(name, about)| ((*name).to_owned(), feature(about))).collect();
    let described = |name: &str| {
        let about = about(name);
        let docs = json!({ "name": name, "description": about, "config": {}, "features": features });
        json!({ "name": name, "description": about, "features": features, "docs": docs })
    };
    let names = BEST.iter().filter(|name| **name != "best").chain(&STOOD_IN_FOR);
    let all: Vec<Value> = names.map(|name| described(name)).collect();
    Json(json!({ "algorithms": all, "default": "best", "best": OWN })).into_response()
}

fn about(name: &str) -> String {
    let same = if name == OWN { "" } else { "Answered by `plumb`, for clients that ask for it by this name. " };
    format!(
        "{same}Evidence for and against, feature by feature, as log-likelihood ratios learnt from labelled pairs (Fellegi and Sunter \
         1969), added up and calibrated; mapped so that 0.7 divides potential matches from the rest, as in logic-v2. Not the code of \
         yente's scorers, and their settings change nothing here."
    )
}
