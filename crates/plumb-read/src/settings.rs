//! `case.toml`: what the compilers of a case set.

use plumb_core::case::{Accepted, Grade, Headline, RELATION_KINDS, Relation, Settings, TraceQuestion};
use plumb_core::codes::{Code, P0101, P0110};
use plumb_core::date::Period;
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;
use plumb_core::reference::Kind;

use crate::cells::check_id;
use crate::context::{Complaint, Context};
use crate::dates::{parse_date, parse_period};
use crate::measures::choice;
use crate::schema::{UNKNOWN_LINK, check_relation};
use crate::toml_view::{self, View};

/// The file of the settings.
pub(crate) const FILE: &str = "case.toml";

/// Reads the settings into the case. Measures and places must have been read.
pub(crate) fn read(context: &mut Context<'_>) {
    context.known.begin_table();
    context.case.settings =
        Settings { id: "case".into(), title: "Untitled case".into(), language: "en".into(), ..Settings::default() };
    let Some(source) = context.open(FILE) else {
        return context.report(missing());
    };
    let mut root = toml_view::parse(context, &source);
    if let Some(view) = root.view(context, "case") {
        read_case(context, view);
    } else {
        let complaint = Complaint::new(P0110, format!("`{FILE}` has no table `[case]`"));
        let complaint = complaint.help("begin it with [case] and the keys id and title");
        context.report(complaint.at(source.locate(0..0), None));
    }
    read_tables(context, &mut root);
    read_lists(context, &mut root);
    root.finish(context);
}

fn missing() -> Diagnostic {
    Diagnostic::new(P0101, Location::file(FILE), format!("`{FILE}` is missing"))
        .note("the case is read all the same, without title, date, grades and relations")
        .help("`plumb new DIR` makes a case that has one")
}

/// Tables that may stand once each: `[grades]` and its like.
fn read_tables(context: &mut Context<'_>, root: &mut View<'_>) {
    if let Some(view) = root.view(context, "grades") {
        read_grades(context, view);
    }
    if let Some(view) = root.view(context, "relations") {
        read_relations(context, view);
    }
    if let Some(view) = root.view(context, "groups") {
        let named = view.into_texts(context).into_iter().map(|(group, name)| (group, name.text));
        context.case.settings.groups = named.collect();
    }
    if let Some(view) = root.view(context, "ftm") {
        context.ftm_sources = view.into_texts(context).into_iter().collect();
    }
}

/// Tables that may stand any number of times: `[[headline]]` and its like.
fn read_lists(context: &mut Context<'_>, root: &mut View<'_>) {
    for view in root.views(context, "headline") {
        let headline = headline(context, view);
        context.case.settings.headlines.extend(headline);
    }
    for view in root.views(context, "trace") {
        let trace = trace(context, view);
        context.case.settings.traces.extend(trace);
    }
    for view in root.views(context, "accept") {
        let accepted = accepted(context, view);
        context.case.settings.accepted.extend(accepted);
    }
}

fn read_case(context: &mut Context<'_>, mut view: View<'_>) {
    let id = view.required(context, "id", "a short name without blanks");
    let title = view.required(context, "title", "the name for readers");
    let as_of = view.text(context, "as_of");
    let texts = ["question", "language", "licence", "limits"].map(|key| view.text(context, key).map(|text| text.text));
    view.finish(context);
    let id = id.and_then(|id| checked(context, check_id(&id.text).map(|()| id.text), id.location));
    let as_of = as_of.and_then(|date| checked(context, parse_date(&date.text), date.location));
    let settings = &mut context.case.settings;
    settings.as_of = as_of;
    let put = |field: &mut String, text: Option<String>| {
        if let Some(text) = text {
            *field = text;
        }
    };
    put(&mut settings.id, id);
    put(&mut settings.title, title.map(|title| title.text));
    let [question, language, licence, limits] = texts;
    put(&mut settings.question, question);
    put(&mut settings.language, language);
    put(&mut settings.licence, licence);
    put(&mut settings.limits, limits);
}

fn checked<T>(context: &mut Context<'_>, result: Result<T, Complaint>, location: Location) -> Option<T> {
    result.map_err(|complaint| context.report(complaint.at(location, None))).ok()
}

fn read_grades(context: &mut Context<'_>, view: View<'_>) {
    let letters = Grade::ALL.map(|(grade, letter, _)| (letter, grade));
    for (kind, letter) in view.into_texts(context) {
        if let Some(grade) = choice(context, Some(letter), &letters) {
            context.case.settings.grades.insert(kind, grade);
        }
    }
}

/// A relation with a wrong schema is kept as an unknown link, so that the links that use it are not lost.
fn read_relations(context: &mut Context<'_>, view: View<'_>) {
    for (name, mut view) in view.into_views(context) {
        let schema = view.required(context, "schema", "the FollowTheMoney schema, `UnknownLink` where there is none");
        let verb = view.required(context, "verb", "how it reads between the two names");
        let (kind, runs) = (view.text(context, "kind"), view.text(context, "runs"));
        view.finish(context);
        let kind = choice(context, kind, &RELATION_KINDS.map(|kind| (kind, kind))).unwrap_or_default().to_owned();
        let reversed = choice(context, runs, &[("forward", false), ("backward", true)]).unwrap_or_default();
        let schema = schema
            .and_then(|schema| checked(context, check_relation(&schema.text).map(|()| schema.text), schema.location));
        let schema = schema.unwrap_or_else(|| UNKNOWN_LINK.to_owned());
        let verb = verb.map_or_else(|| verb_of(&name.text), |verb| verb.text);
        context.case.settings.relations.insert(name.text, Relation { schema, verb, kind, reversed });
    }
}

/// How a relation reads that has no verb of its own: `affiliated_with` as "affiliated with".
pub(crate) fn verb_of(relation: &str) -> String {
    relation.replace('_', " ")
}

/// A headline; `None` when its measure or place is not known, which is reported.
fn headline(context: &mut Context<'_>, mut view: View<'_>) -> Option<Headline> {
    let location = view.location();
    let question = view.required(context, "question", "the question in words");
    let measure = view.required(context, "measure", "the measure that answers it");
    let place = view.required(context, "place", "the code of the place");
    let (period, population) = (view.text(context, "period"), view.text(context, "population"));
    view.finish(context);
    let measure = measure.filter(|measure| context.refer(Kind::Measure, &measure.text, measure.location.clone(), None));
    let place = place.filter(|place| context.place(&place.text, place.location.clone(), None));
    let period: Option<Period> =
        period.and_then(|period| checked(context, parse_period(&period.text), period.location));
    Some(Headline {
        question: question?.text,
        measure: measure?.text,
        place: place?.text,
        period,
        population: population.map(|population| population.text).unwrap_or_default(),
        location,
    })
}

/// A question for a trace. Its ends are looked up by the account, once all links are known.
fn trace(context: &mut Context<'_>, mut view: View<'_>) -> Option<TraceQuestion> {
    let location = view.location();
    let question = view.required(context, "question", "the question in words");
    let follow = view.text(context, "follow");
    let mut ends =
        |key: &'static str| -> Vec<String> { view.texts(context, key).into_iter().map(|end| end.text).collect() };
    let (from, to) = (ends("from"), ends("to"));
    view.finish(context);
    let money = choice(context, follow, &[("any", false), ("money", true)]).unwrap_or_default();
    Some(TraceQuestion { question: question?.text, from, to, money, location })
}

/// An accepted diagnostic; `None` when its code is not known or its reason is missing, which is reported.
fn accepted(context: &mut Context<'_>, mut view: View<'_>) -> Option<Accepted> {
    let location = view.location();
    let code = view.required(context, "code", "the code of the diagnostic");
    let reason = view.required(context, "reason", "why it stands; readers see it");
    let rows: Vec<String> = view.texts(context, "rows").into_iter().map(|row| row.text).collect();
    view.finish(context);
    let codes: Vec<(&str, Code)> = Code::all().iter().map(|code| (code.id(), *code)).collect();
    let code = choice(context, code, &codes)?;
    Some(Accepted { code: code.id().to_owned(), rows, reason: reason?.text, location })
}
