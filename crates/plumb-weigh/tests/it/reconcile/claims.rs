//! The shared cases of claims about products of quantities, as problems.

use std::collections::BTreeMap;

use plumb_weigh::reconcile::{BoundedScale, Claim, Expression, Figure, Identity, Problem, Quantity, Settings};
use serde_json::Value;

/// The settings that the shared cases state: shares on the plain logarithm, a flat prior.
pub(crate) fn plain() -> Settings {
    Settings { bounded_scale: BoundedScale::Log, ..Settings::default() }
}

/// The problem of a shared case with `base` quantities and `claims` with `terms` and `log_offset`.
pub(crate) fn problem(case: &Value) -> Problem {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let base: Vec<String> = case["base"].as_array().unwrap().iter().map(text).collect();
    let mut quantities: Vec<Quantity> = base.iter().map(|id| Quantity::positive(id)).collect();
    let mut identities: BTreeMap<String, Identity> = BTreeMap::new();
    let claims = case["claims"].as_array().unwrap().iter().map(|claim| {
        let offset = claim["log_offset"].as_f64().unwrap_or(0.0).exp();
        let powers: Vec<(&str, f64)> = claim["terms"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(id, power)| (id.as_str(), power.as_f64().unwrap()))
            .collect();
        if powers.len() > 1 {
            let identity = Identity::new("revenue", Expression::monomial(offset, &powers));
            identities.entry("revenue".to_owned()).or_insert(identity);
        }
        let figure = Figure::Interval {
            low: claim["low"].as_f64().unwrap(),
            high: claim["high"].as_f64().unwrap(),
            coverage: claim["coverage"].as_f64().unwrap_or(0.9),
        };
        let about =
            if powers.len() > 1 { Expression::quantity("revenue") } else { Expression::monomial(offset, &powers) };
        let mut made = Claim::new(claim["id"].as_str().unwrap(), about, figure);
        made.inflation = claim["sd_inflation"].as_f64().unwrap_or(1.0);
        made.right_with(claim["p_right"].as_f64().unwrap_or(1.0))
    });
    let claims = claims.collect();
    quantities.extend(identities.keys().map(|id| Quantity::positive(id)));
    Problem { quantities, claims, identities: identities.into_values().collect() }
}
