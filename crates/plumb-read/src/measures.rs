//! `measures.toml`: what the figures of the case measure.

use std::str::FromStr;

use plumb_core::codes::{P0207, P0209, P0302};
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;
use plumb_core::measure::{Group, Measure, Nature, Scale};
use plumb_core::reference::{Kind, Reference};
use plumb_core::unit::Unit;

use crate::cells::{check_id, parse_unit};
use crate::context::{Complaint, Context};
use crate::toml_view::{self, Text, View};

/// The file of the measures.
pub(crate) const FILE: &str = "measures.toml";

/// Whether parts add up to the whole.
const ADDS: [(&str, bool); 2] = [("adds", true), ("does not add", false)];

/// The axes of a chart.
const SCALES: [(&str, Scale); 2] = [("linear", Scale::Linear), ("log", Scale::Logarithmic)];

/// Reads the measures into the case.
pub(crate) fn read(context: &mut Context<'_>) {
    context.known.begin_table();
    let Some(source) = context.open(FILE) else {
        return context.known.absent(Kind::Measure, FILE, "is missing");
    };
    let mut wholes: Vec<(String, Vec<Text>)> = Vec::new();
    for (id, view) in toml_view::parse(context, &source).into_views(context) {
        let about = Reference::new(Kind::Measure, id.text.as_str());
        if let Err(complaint) = check_id(&id.text) {
            context.report(complaint.at(id.location, None).note("the measure was left out"));
            continue;
        }
        let before = context.diagnostics.len();
        let measure = measure(context, id.text.clone(), view, &mut wholes);
        for diagnostic in context.diagnostics.iter_mut().skip(before) {
            diagnostic.rows.push(about.clone());
        }
        match measure {
            Some(measure) => {
                context.known.read(Kind::Measure, &id.text);
                context.case.measures.insert(id.text, measure);
            }
            None => context.known.left_out(Kind::Measure, &id.text, Some(id.location)),
        }
    }
    for (id, wholes) in wholes {
        link_wholes(context, &id, wholes);
    }
}

/// A measure; `None` when something that it needs is missing or wrong, which is reported.
fn measure(
    context: &mut Context<'_>,
    id: String,
    mut view: View<'_>,
    wholes: &mut Vec<(String, Vec<Text>)>,
) -> Option<Measure> {
    let label = view.required(context, "label", "the name for readers");
    let definition = view.required(context, "definition", "what exactly is counted");
    let group = view.required(context, "group", "the chapter of the ledger");
    let nature = view.required(context, "nature", "stock, flow, rate or share");
    let unit = view.required(context, "unit", "the unit that its figures are shown in");
    let population = view.text(context, "population");
    let (places, time) = (view.text(context, "over_places"), view.text(context, "over_time"));
    wholes.push((id.clone(), view.texts(context, "part_of")));
    let (scale, note) = (view.text(context, "scale"), view.text(context, "note"));
    view.finish(context);
    let (group, nature) = (word(context, group, Group::ALL), word(context, nature, Nature::ALL));
    let unit = unit.and_then(|unit| fitting_unit(context, &unit, nature));
    let text = |text: Option<Text>| text.map(|text| text.text).unwrap_or_default();
    Some(Measure {
        id,
        label: label?.text,
        definition: definition?.text,
        group: group?,
        nature: nature?,
        unit: unit?,
        population: text(population),
        adds_over_places: choice(context, places, &ADDS).unwrap_or_default(),
        adds_over_time: choice(context, time, &ADDS).unwrap_or_default(),
        part_of: Vec::new(),
        scale: choice(context, scale, &SCALES).unwrap_or_default(),
        note: text(note),
    })
}

/// One of the words of a closed list of the core.
fn word<T: FromStr + ToString + Copy>(context: &mut Context<'_>, text: Option<Text>, all: &[T]) -> Option<T> {
    let words: Vec<(String, T)> = all.iter().map(|one| (one.to_string(), *one)).collect();
    let words: Vec<(&str, T)> = words.iter().map(|(word, one)| (word.as_str(), *one)).collect();
    choice(context, text, &words)
}

/// What one of several words stands for; reports any other word.
pub(crate) fn choice<T: Copy>(context: &mut Context<'_>, text: Option<Text>, words: &[(&str, T)]) -> Option<T> {
    let text = text?;
    if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == text.text) {
        return Some(*meaning);
    }
    let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let nearest = context.known.nearest(&text.text, all.iter().copied());
    let complaint = Complaint::new(P0207, format!("`{}` is not a word for this", text.text));
    let complaint = complaint.help(format!("write one of: {}", all.join(", ")));
    context.report(complaint.at(text.location, None).did_you_mean(nearest));
    None
}

/// The unit of a measure; a share has none but a part of the whole.
fn fitting_unit(context: &mut Context<'_>, text: &Text, nature: Option<Nature>) -> Option<Unit> {
    let unit =
        parse_unit(&text.text).map_err(|complaint| context.report(complaint.at(text.location.clone(), None))).ok()?;
    if nature == Some(Nature::Share) && !unit.dimension().is_empty() {
        let message = format!("a share cannot be in {unit}");
        let diagnostic = Diagnostic::new(P0209, text.location.clone(), message);
        context.report(diagnostic.help("give a share the unit `share` or `percent`, or make it a rate"));
        return None;
    }
    Some(unit)
}

/// Sets the measures that contain one, now that all are known.
fn link_wholes(context: &mut Context<'_>, id: &str, wholes: Vec<Text>) {
    let about = Reference::new(Kind::Measure, id);
    let known = |whole: Text| {
        if whole.text == id {
            context.report(part_of_itself(id, whole.location, about.clone()));
            return None;
        }
        context.refer(Kind::Measure, &whole.text, whole.location, Some(&about)).then_some(whole.text)
    };
    let part_of: Vec<String> = wholes.into_iter().filter_map(known).collect();
    if let Some(measure) = context.case.measures.get_mut(id) {
        measure.part_of = part_of;
    }
}

fn part_of_itself(id: &str, location: Location, about: Reference) -> Diagnostic {
    Diagnostic::new(P0302, location, format!("the measure `{id}` cannot be a part of itself"))
        .help("name a measure whose population is larger")
        .about(about)
}
