//! Definitions in an order in which each needs only those before it, or the circle that makes this impossible.

use std::collections::BTreeMap;

use super::error::{Cause, LanguageError};
use super::formula::Span;
use super::program::Definition;

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    Open,
    Done,
}

/// The definitions that `outputs` need, by their places in the list, each after all that it needs itself.
/// Names without a definition are left to the compiler.
pub(super) fn order(definitions: &[Definition], outputs: &[&str]) -> Result<Vec<usize>, LanguageError> {
    let places: BTreeMap<&str, usize> =
        definitions.iter().enumerate().map(|(place, definition)| (definition.name.as_str(), place)).collect();
    let marks = vec![Mark::New; definitions.len()];
    let mut walk = Walk { definitions, places, marks, path: Vec::new(), sorted: Vec::new() };
    for name in outputs {
        if let Some(start) = walk.places.get(name).copied() {
            walk.visit(start, Span::default())?;
            walk.finish()?;
        }
    }
    Ok(walk.sorted)
}

/// A walk along what definitions need, depth first, with a stack of its own: chains of definitions may be long.
struct Walk<'d> {
    definitions: &'d [Definition],
    places: BTreeMap<&'d str, usize>,
    marks: Vec<Mark>,
    /// From the start to here, each with what it still needs.
    path: Vec<(usize, std::vec::IntoIter<(usize, Span)>)>,
    sorted: Vec<usize>,
}

impl Walk<'_> {
    fn finish(&mut self) -> Result<(), LanguageError> {
        while let Some((place, rest)) = self.path.last_mut() {
            let place = *place;
            match rest.next() {
                Some((next, span)) => self.visit(next, span)?,
                None => {
                    self.mark(place, Mark::Done);
                    self.sorted.push(place);
                    self.path.pop();
                }
            }
        }
        Ok(())
    }

    fn visit(&mut self, place: usize, span: Span) -> Result<(), LanguageError> {
        match self.marks.get(place) {
            Some(Mark::New) => {
                self.mark(place, Mark::Open);
                let needs = self.needs(place);
                self.path.push((place, needs.into_iter()));
                Ok(())
            }
            Some(Mark::Open) => Err(self.cycle(place, span)),
            _ => Ok(()),
        }
    }

    fn needs(&self, place: usize) -> Vec<(usize, Span)> {
        let references = self.definitions.get(place).map(|definition| definition.formula.references());
        let place = |(name, span): (String, Span)| Some((*self.places.get(name.as_str())?, span));
        references.unwrap_or_default().into_iter().filter_map(place).collect()
    }

    fn mark(&mut self, place: usize, value: Mark) {
        if let Some(mark) = self.marks.get_mut(place) {
            *mark = value;
        }
    }

    fn cycle(&self, closes: usize, span: Span) -> LanguageError {
        let name = |place: usize| self.definitions.get(place).map_or("", |definition| definition.name.as_str());
        let walked = || self.path.iter().map(|(place, _)| *place);
        let mut names: Vec<&str> = walked().skip_while(|place| *place != closes).map(name).collect();
        names.push(name(closes));
        let definition = walked().next_back().map(|place| name(place).to_owned());
        LanguageError { definition, span, cause: Cause::Cycle(names.join(" \u{2192} ")) }
    }
}
