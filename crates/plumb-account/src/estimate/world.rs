//! Who is right together: the likeliest choices among origins that are in question together, where any choice stands out.
//!
//! With a handful of origins the best worlds tell the story; with seventy each single choice is improbable, and only the chance of
//! each origin by itself says something. Then no world is shown.

use plumb_core::case::Case;
use plumb_weigh::reconcile::{Part, Spread};
use serde::Serialize;

use super::report::{Outcome, ends_words};

/// A choice below one in a hundred stands out from nothing: draws cannot tell it from its neighbours.
const LEAST: f64 = 0.01;
/// Choices that are shown: further ones are as improbable as what is left out.
const MOST: usize = 4;

/// Origins whose claims bear on the same figures.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// The origins, or claims that name none.
    pub origins: Vec<String>,
    /// How many quantities they bear on.
    pub quantities: usize,
    /// The likeliest choices of who is right, the best first; empty when none stands out.
    pub worlds: Vec<World>,
}

/// A choice of who is right, with what reported figures are then.
#[derive(Clone, Debug, Serialize)]
pub struct World {
    /// Its probability.
    pub probability: f64,
    /// The origins that are wrong in it.
    pub wrong: Vec<String>,
    /// Reported figures that it bears on: the quantity, and where nine cases in ten lie.
    pub figures: Vec<(String, Spread)>,
}

/// The questions of a solved model, the largest first.
pub(super) fn questions(parts: &[Part], outputs: &[Outcome]) -> Vec<Question> {
    let mut found: Vec<Question> =
        parts.iter().filter(|part| part.origins.len() > 1).map(|part| question(part, outputs)).collect();
    found.sort_by(|one, two| two.origins.len().cmp(&one.origins.len()).then_with(|| one.origins.cmp(&two.origins)));
    found
}

fn question(part: &Part, outputs: &[Outcome]) -> Question {
    let stands_out = part.worlds.iter().filter(|world| world.probability >= LEAST).take(MOST);
    let worlds = stands_out.map(|world| World {
        probability: world.probability,
        wrong: part.origins.iter().filter(|origin| !world.right.contains(origin)).cloned().collect(),
        figures: (world.quantities.iter())
            .filter(|one| outputs.iter().any(|output| output.of.as_ref() == Some(&one.quantity)))
            .map(|one| (one.quantity.clone(), one.spread))
            .collect(),
    });
    Question { origins: part.origins.clone(), quantities: part.quantities.len(), worlds: worlds.collect() }
}

/// A choice in words: `Chosun Ilbo is wrong, the other 5 right; then workers in Russia 24,000–37,000 persons`.
pub fn world_words(case: &Case, outputs: &[Outcome], question: &Question, world: &World) -> String {
    let name = |id: &String| match case.origins.get(id) {
        Some(origin) => origin.name.clone(),
        None => format!("claim {id}"),
    };
    let wrong = world.wrong.iter().map(name).collect::<Vec<_>>().join(" and ");
    let right = question.origins.len() - world.wrong.len().min(question.origins.len());
    let who = match (world.wrong.len(), right) {
        (0, _) => format!("all {right} origins are right"),
        (_, 0) => format!("none of the {} origins is right", question.origins.len()),
        (_, 1) => format!("off: {wrong}; the other right"),
        _ => format!("off: {wrong}; the other {right} right"),
    };
    let figures = world.figures.iter().filter_map(|(quantity, spread)| {
        let output = outputs.iter().find(|output| output.of.as_ref() == Some(quantity))?;
        Some(format!("{} {}", output.label, ends_words(spread.low, spread.high, &output.unit, true)))
    });
    let figures: Vec<String> = figures.collect();
    if figures.is_empty() { who } else { format!("{who}; then {}", figures.join(", ")) }
}
