//! Places: `places.csv` laid over the built-in ones, and the check of codes in other tables.

use plumb_core::codes::{P0107, P0213, P0303, P0304};
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::{Location, RowLocation};
use plumb_core::place::{Gazetteer, PlaceInfo, PlaceKind, lookup};
use plumb_core::reference::{Kind, Reference};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::context::Context;
use crate::row::Row;
use crate::table::{self, Record};

/// A row of `places.csv`.
#[derive(Debug)]
struct OwnPlace {
    info: PlaceInfo,
    row: RowLocation,
}

impl Record for OwnPlace {
    const KIND: Kind = Kind::Place;

    fn from_row(row: &mut Row, context: &mut Context<'_>) -> Option<Self> {
        let id: String = row.take("id")?;
        if let Some(built_in) = lookup(&id) {
            let message = format!("`{id}` is a code of its own already: {}", built_in.name);
            let diagnostic = Diagnostic::new(P0107, row.cell("id"), message).about(row.reference.clone());
            context.report(diagnostic.note("the row was left out").help("give the place another id"));
            return None;
        }
        let kind = PlaceKind::from_word(&row.take::<String>("kind")?)?;
        let names: Vec<String> = row.take("names")?;
        let names = names.into_iter().map(|name| match name.split_once(':') {
            Some((language, name)) => (language.trim().to_owned().into(), name.trim().to_owned().into()),
            None => ("en".into(), name.into()),
        });
        let (within, members): (String, Vec<String>) = (row.take("within")?, row.take("members")?);
        let info = PlaceInfo {
            names: names.collect(),
            within: (!within.is_empty()).then(|| within.into()),
            members: members.into_iter().map(Into::into).collect(),
            position: position(row, context),
            ..PlaceInfo::new(id, row.take::<String>("name")?, kind)
        };
        Some(Self { info, row: row.location() })
    }
}

/// Degrees north and east, where both are told and on the globe.
fn position(row: &mut Row, context: &mut Context<'_>) -> Option<(f64, f64)> {
    let mut degrees = |column: &str, limit: i64| {
        let number: Decimal = row.take(column)?;
        if number.abs() > Decimal::from(limit) {
            let message = format!("{number} degrees of {column}: there are {limit} at most");
            let diagnostic = Diagnostic::new(P0213, row.cell(column), message).about(row.reference.clone());
            context.report(
                diagnostic.help("give degrees, south and west with a minus; check that the two are not swapped"),
            );
            return None;
        }
        number.to_f64()
    };
    let (latitude, longitude) = (degrees("latitude", 90), degrees("longitude", 180));
    Some((latitude?, longitude?))
}

/// Reads `places.csv` into the places of the case.
pub(crate) fn read(context: &mut Context<'_>) {
    let records = table::read::<OwnPlace>(context);
    context.expected_places.clear();
    let mut places: Vec<(PlaceInfo, RowLocation)> =
        records.iter().map(|place| (place.info.clone(), place.row.clone())).collect();
    for (info, row) in &mut places {
        drop_left_out(context, info, row);
    }
    let gazetteer = Gazetteer::new(places.iter().map(|(info, _)| info.clone()));
    if report_circles(context, &gazetteer, &places) {
        for (info, _) in places.iter_mut().filter(|(info, _)| gazetteer.is_circular(&info.code)) {
            info.within = None;
            info.members.clear();
        }
    }
    context.case.places = Gazetteer::new(places.into_iter().map(|(info, _)| info));
}

/// Forgets references to rows of `places.csv` that were left out: only now is it known which those are.
fn drop_left_out(context: &mut Context<'_>, info: &mut PlaceInfo, row: &RowLocation) {
    let about = Reference::new(Kind::Place, info.code.as_ref());
    let mut keep = |code: &str, column: &str| context.place(code, row.cell(column), Some(&about));
    if info.within.as_ref().is_some_and(|within| !keep(within, "within")) {
        info.within = None;
    }
    info.members.retain(|member| keep(member, "members"));
}

/// Reports places that contain each other, once for each such circle. Whether there is any.
fn report_circles(context: &mut Context<'_>, gazetteer: &Gazetteer, places: &[(PlaceInfo, RowLocation)]) -> bool {
    let mut open: Vec<_> = places.iter().filter(|(info, _)| gazetteer.is_circular(&info.code)).collect();
    let found = !open.is_empty();
    while let Some((first, row)) = open.first().copied() {
        let same = |other: &PlaceInfo| {
            gazetteer.contains(&first.code, &other.code) && gazetteer.contains(&other.code, &first.code)
        };
        let (circle, rest): (Vec<_>, Vec<_>) = open.into_iter().partition(|(info, _)| same(info));
        open = rest;
        let names: Vec<String> = circle.iter().map(|(info, _)| format!("`{}`", info.code)).collect();
        let message = match names.as_slice() {
            [one] => format!("{one} contains itself"),
            several => format!("{} contain each other", several.join(" and ")),
        };
        let mut diagnostic = Diagnostic::new(P0304, row.cell("within"), message)
            .note("`within` and `members` of these places were left empty")
            .help("let each place lie in a larger one only");
        for (info, row) in &circle {
            if info.code != first.code {
                diagnostic = diagnostic.also(row.cell("within"), "and this one");
            }
            diagnostic = diagnostic.about(Reference::new(Kind::Place, info.code.as_ref()));
        }
        context.report(diagnostic);
    }
    found
}

impl Context<'_> {
    /// Whether there is a place of this code; reports it when not.
    pub(crate) fn place(&mut self, code: &str, location: Location, about: Option<&Reference>) -> bool {
        if lookup(code).is_some() || self.expected_places.contains(code) {
            return true;
        }
        if self.known.has_row(Kind::Place, code) {
            return self.refer(Kind::Place, code, location, about);
        }
        let suggested = if self.known.may_suggest() { self.case.places.suggest(code) } else { Vec::new() };
        let suggested: Vec<String> =
            suggested.iter().map(|place| format!("`{}` ({})", place.code, place.name)).collect();
        let help = match suggested.as_slice() {
            [] => {
                "use an ISO 3166 code such as RU or RU-PRI, a group such as WORLD or EU, or add the place to places.csv"
                    .into()
            }
            some => format!("did you mean {}?", some.join(" or ")),
        };
        let mut diagnostic = Diagnostic::new(P0303, location, format!("there is no place `{code}`")).help(help);
        diagnostic.rows.extend(about.cloned());
        self.report(diagnostic);
        false
    }
}
