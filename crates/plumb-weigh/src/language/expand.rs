//! Writing formulas out: index variables become members, sums over an index become additions.

use std::collections::BTreeMap;

use super::error::{Cause, LanguageError, nearest};
use super::formula::{Fold, Formula, Index, Kind, Part, Span, full_name};

/// The most parts that a formula may have when it is written out: 200 places times 50 years.
const LARGEST: usize = 10_000;

/// The indices of a model: each with its members in order (`host` → `RU`, `CN`; `year` → `2010`, `2011`, …).
pub type Indices = BTreeMap<String, Vec<String>>;

/// Which member each index variable stands for.
pub type Binding = BTreeMap<String, String>;

/// The index variables of a formula that no sum or product in it binds, each once, in order of the alphabet.
pub fn free_indices(formula: &Formula, indices: &Indices) -> Vec<String> {
    let mut found = Vec::new();
    collect_free(formula, indices, &mut Vec::new(), &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

fn collect_free<'f>(formula: &'f Formula, indices: &Indices, bound: &mut Vec<&'f str>, found: &mut Vec<String>) {
    match &formula.kind {
        Kind::Reference(_, entries) => {
            let free = entries.iter().map(|entry| &entry.name);
            found.extend(free.filter(|name| indices.contains_key(*name) && !bound.contains(&name.as_str())).cloned());
        }
        Kind::Fold(fold) => {
            bound.push(&fold.variable);
            collect_free(&fold.body, indices, bound, found);
            bound.pop();
        }
        _ => formula.children().into_iter().for_each(|child| collect_free(child, indices, bound, found)),
    }
}

/// The formula for these members: every reference gets a plain name (`workers[RU,2017]`), every sum or product over an
/// index is written out, in the order of the members.
///
/// ```
/// use plumb_weigh::language::{expand, parse, Indices};
/// let indices = Indices::from([("host".to_owned(), vec!["RU".to_owned(), "CN".to_owned()])]);
/// let formula = parse("sum(host, workers[host])").unwrap();
/// let names = expand(&formula, &indices, &Default::default()).unwrap().references();
/// assert_eq!(names[0].0, "workers[RU]");
/// ```
pub fn expand(formula: &Formula, indices: &Indices, binding: &Binding) -> Result<Formula, LanguageError> {
    let mut room = LARGEST;
    Expansion { indices, room: &mut room }.formula(formula, binding)
}

struct Expansion<'a> {
    indices: &'a Indices,
    room: &'a mut usize,
}

impl Expansion<'_> {
    fn formula(&mut self, formula: &Formula, binding: &Binding) -> Result<Formula, LanguageError> {
        *self.room = self.room.checked_sub(1).ok_or(LanguageError::new(formula.span, Cause::TooLarge(LARGEST)))?;
        match &formula.kind {
            Kind::Reference(name, entries) => {
                let members = entries.iter().map(|entry| self.member(entry, binding)).collect::<Result<Vec<_>, _>>()?;
                Ok(Formula::reference(&full_name(name, &members), formula.span))
            }
            Kind::Fold(fold) => self.fold(fold, formula, binding),
            _ => formula.map(|child| self.formula(child, binding)),
        }
    }

    fn fold(&mut self, fold: &Fold, formula: &Formula, binding: &Binding) -> Result<Formula, LanguageError> {
        let members = self.members(fold, formula.span)?;
        let mut inner = binding.clone();
        let mut parts = Vec::new();
        for member in members {
            inner.insert(fold.variable.clone(), member);
            parts.push(Part { inverted: false, formula: self.formula(&fold.body, &inner)? });
        }
        let kind = match (parts.is_empty(), fold.product) {
            (true, product) => Kind::Number(if product { 1.0 } else { 0.0 }, None),
            (false, true) => Kind::Product(parts),
            (false, false) => Kind::Sum(parts),
        };
        Ok(Formula { span: formula.span, kind })
    }

    /// The members that a sum or product runs over.
    fn members(&self, fold: &Fold, span: Span) -> Result<Vec<String>, LanguageError> {
        let known = || {
            let unknown = || LanguageError::new(span, unknown(&fold.variable, self.indices.keys()));
            self.indices.get(&fold.variable).ok_or_else(unknown)
        };
        let Some((first, last)) = &fold.range else { return known().cloned() };
        let whole = |members: &Vec<String>| members.iter().all(|member| member.parse::<i64>().is_ok());
        if let (Ok(first), Ok(last)) = (first.parse::<i64>(), last.parse::<i64>())
            && self.indices.get(&fold.variable).is_none_or(whole)
        {
            let size = last.checked_sub(first).and_then(|size| usize::try_from(size).ok()).unwrap_or(0);
            if size >= LARGEST {
                return Err(LanguageError::new(span, Cause::TooLarge(LARGEST)));
            }
            return Ok((first..=last).map(|member| member.to_string()).collect());
        }
        let members = known()?;
        let outside = |member: &String| {
            LanguageError::new(span, Cause::OutsideIndex { index: fold.variable.clone(), member: member.clone() })
        };
        let from = members.iter().position(|member| is_within(member, first)).ok_or_else(|| outside(first))?;
        let to = members.iter().rposition(|member| is_within(member, last)).ok_or_else(|| outside(last))?;
        Ok(members.get(from..=to).unwrap_or_default().to_vec())
    }

    /// The index that a member stands in, with its place there, where the members have an order: they begin with numbers, as `2017Q3`.
    fn in_order(&self, member: &String) -> Option<(&[String], usize)> {
        let members = self.indices.values().find(|members| members.contains(member))?;
        let place = members.iter().position(|other| other == member)?;
        member.starts_with(|letter: char| letter.is_ascii_digit()).then_some((members, place))
    }

    /// The member that an entry of brackets means, as an entry without offset.
    fn member(&self, entry: &Index, binding: &Binding) -> Result<Index, LanguageError> {
        let fail = |cause| Err(LanguageError::new(entry.span, cause));
        let base = match binding.get(&entry.name) {
            Some(member) => member,
            None if self.indices.contains_key(&entry.name) => return fail(Cause::NotExpanded(entry.name.clone())),
            None => &entry.name,
        };
        let name = match (entry.offset, base.parse::<i64>()) {
            (0, _) => base.clone(),
            (offset, Ok(number)) => number.saturating_add(offset).to_string(),
            (offset, Err(_)) => {
                let Some((members, place)) = self.in_order(base) else { return fail(unknown(&entry.to_string(), [])) };
                let other = usize::try_from(offset.unsigned_abs())
                    .ok()
                    .and_then(|steps| if offset < 0 { place.checked_sub(steps) } else { place.checked_add(steps) });
                let Some(name) = other.and_then(|other| members.get(other)) else {
                    let (index, member) = (entry.name.clone(), format!("{base}{offset:+}"));
                    return fail(Cause::OutsideIndex { index, member });
                };
                name.clone()
            }
        };
        let all = || self.indices.values().flatten();
        match self.indices.get(&entry.name) {
            Some(members) if !members.contains(&name) => {
                fail(Cause::OutsideIndex { index: entry.name.clone(), member: name })
            }
            None if !all().any(|member| *member == name) => fail(unknown(&name, all().chain(self.indices.keys()))),
            _ => Ok(Index { span: entry.span, name, offset: 0 }),
        }
    }
}

/// Whether a member is what stands at an end of a range, or a part of it: a year stands for all of its quarters.
fn is_within(member: &str, end: &str) -> bool {
    let rest = member.strip_prefix(end);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(|letter: char| letter.is_alphabetic()))
}

fn unknown<'a>(name: &str, known: impl IntoIterator<Item = &'a String>) -> Cause {
    let suggestion = nearest(name, known.into_iter().map(String::as_str));
    Cause::UnknownIndex { name: name.to_owned(), suggestion }
}
