//! TOML with places: tables whose values are asked for one by one, so that each fault points at its words and the rest is
//! read. Keys that nobody asked for are reported as unknown.

use std::ops::Range;

use plumb_core::codes::{P0109, P0110};
use plumb_core::diagnostic::Diagnostic;
use plumb_core::location::Location;
use toml::de::{DeTable, DeValue};

use crate::context::{Complaint, Context, Source};
use crate::text::REPLACEMENT;

/// Errors of one file that are reported: behind the first few they are echoes.
const MOST_ERRORS: usize = 10;

/// Parses a file; errors are reported, and what could be read all the same is passed on.
pub(crate) fn parse<'t>(context: &mut Context<'_>, source: &'t Source) -> View<'t> {
    let (root, errors) = DeTable::parse_recoverable(&source.text);
    for error in errors.iter().take(MOST_ERRORS) {
        let location = source.locate(error.span().unwrap_or_default());
        context.report(
            Diagnostic::new(P0109, location, error.message().replace('\n', ", "))
                .help("see https://toml.io for how TOML is written; texts stand in \"quotes\""),
        );
    }
    View { source, path: String::new(), span: 0..0, table: root.into_inner(), asked: Vec::new() }
}

/// A table of a TOML file.
pub(crate) struct View<'t> {
    source: &'t Source,
    /// Its name, for messages: `case`, `relations.controls`.
    path: String,
    span: Range<usize>,
    table: DeTable<'t>,
    /// Keys that were asked for.
    asked: Vec<&'static str>,
}

/// A text of a TOML file with its place.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    /// What it says.
    pub(crate) text: String,
    /// Where its value stands.
    pub(crate) location: Location,
}

impl<'t> View<'t> {
    /// Where the table begins.
    pub(crate) fn location(&self) -> Location {
        self.source.locate(self.span.clone())
    }

    /// A value taken out of the table by its key.
    fn take(&mut self, key: &'static str) -> Option<(Range<usize>, DeValue<'t>)> {
        self.asked.push(key);
        let (_, value) = self.table.remove_entry(key)?;
        Some((value.span(), value.into_inner()))
    }

    /// A text; `None` when it is missing or of another type, which is reported.
    pub(crate) fn text(&mut self, context: &mut Context<'_>, key: &'static str) -> Option<Text> {
        let (span, value) = self.take(key)?;
        self.as_text(context, key, span, value)
    }

    /// A text that must be there.
    pub(crate) fn required(&mut self, context: &mut Context<'_>, key: &'static str, why: &str) -> Option<Text> {
        if !self.table.contains_key(key) {
            self.missing(context, key, "\"…\"", why);
            return None;
        }
        self.text(context, key)
    }

    fn as_text(&self, context: &mut Context<'_>, key: &str, span: Range<usize>, value: DeValue<'_>) -> Option<Text> {
        let location = self.source.locate(span);
        match value {
            // Bytes that are not UTF-8 were reported for the whole file.
            DeValue::String(text) if self.source.damaged && text.contains(REPLACEMENT) => None,
            DeValue::String(text) => Some(Text { text: text.trim().to_owned(), location }),
            other => {
                context.report(wrong_type(key, "a text in quotes", &other, location));
                None
            }
        }
    }

    /// A number; `None` when it is missing or of another type, which is reported.
    pub(crate) fn number(&mut self, context: &mut Context<'_>, key: &'static str) -> Option<f64> {
        let (span, value) = self.take(key)?;
        let number = match &value {
            DeValue::Integer(number) => number.to_string().parse::<f64>().ok(),
            DeValue::Float(number) => number.as_str().replace('_', "").parse::<f64>().ok(),
            _ => None,
        };
        let number = number.filter(|number| number.is_finite());
        if number.is_none() {
            let location = self.source.locate(span.clone());
            context.report(match &value {
                DeValue::Integer(_) | DeValue::Float(_) => {
                    not_finite(key, self.source.text.get(span).unwrap_or_default(), location)
                }
                other => wrong_type(key, "a number", other, location),
            });
        }
        number
    }

    /// Where the value of a key stands that was not asked for yet; where the table begins if it has none.
    pub(crate) fn place(&self, key: &str) -> Location {
        self.table.get(key).map_or_else(|| self.location(), |value| self.source.locate(value.span()))
    }

    /// A number that must be there.
    pub(crate) fn required_number(&mut self, context: &mut Context<'_>, key: &'static str, why: &str) -> Option<f64> {
        if !self.table.contains_key(key) {
            self.missing(context, key, "0", why);
            return None;
        }
        self.number(context, key)
    }

    fn missing(&mut self, context: &mut Context<'_>, key: &'static str, example: &str, why: &str) {
        self.asked.push(key);
        let message = format!("the key `{key}` is missing in {}", self.name());
        context.report(Diagnostic::new(P0110, self.location(), message).help(format!("add {key} = {example}: {why}")));
    }

    /// Several texts.
    pub(crate) fn texts(&mut self, context: &mut Context<'_>, key: &'static str) -> Vec<Text> {
        match self.take(key) {
            Some((_, DeValue::Array(items))) => (items.into_iter())
                .filter_map(|item| self.as_text(context, key, item.span(), item.into_inner()))
                .collect(),
            Some((span, other)) => {
                let location = self.source.locate(span);
                context.report(wrong_type(key, "a list of texts", &other, location));
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// A table under a key.
    pub(crate) fn view(&mut self, context: &mut Context<'_>, key: &'static str) -> Option<View<'t>> {
        let (span, value) = self.take(key)?;
        self.as_view(context, key, span, value)
    }

    fn as_view(
        &self,
        context: &mut Context<'_>,
        key: &str,
        span: Range<usize>,
        value: DeValue<'t>,
    ) -> Option<View<'t>> {
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        match value {
            DeValue::Table(table) => Some(View { source: self.source, path, span, table, asked: Vec::new() }),
            other => {
                let location = self.source.locate(span);
                context.report(wrong_type(key, "a table", &other, location));
                None
            }
        }
    }

    /// All `[[key]]` tables in order.
    pub(crate) fn views(&mut self, context: &mut Context<'_>, key: &'static str) -> Vec<View<'t>> {
        match self.take(key) {
            Some((_, DeValue::Array(items))) => (items.into_iter())
                .filter_map(|item| self.as_view(context, key, item.span(), item.into_inner()))
                .collect(),
            Some((span, value)) => self.as_view(context, key, span, value).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// All tables below, each with its key and the place of the key, in the order of the file.
    pub(crate) fn into_views(mut self, context: &mut Context<'_>) -> Vec<(Text, View<'t>)> {
        let entries = std::mem::take(&mut self.table);
        let mut views: Vec<_> = (entries.into_iter())
            .filter_map(|(key, value)| {
                let span = key.span();
                let name = Text { location: self.source.locate(span), text: key.into_inner().into_owned() };
                let view = self.as_view(context, &name.text, value.span(), value.into_inner())?;
                Some((name, view))
            })
            .collect();
        views.sort_by(|(one, _), (other, _)| one.location.cmp(&other.location));
        views
    }

    /// All texts of the table, each with its key.
    pub(crate) fn into_texts(mut self, context: &mut Context<'_>) -> Vec<(String, Text)> {
        let entries = std::mem::take(&mut self.table);
        (entries.into_iter())
            .filter_map(|(key, value)| {
                let key = key.into_inner().into_owned();
                let text = self.as_text(context, &key, value.span(), value.into_inner())?;
                Some((key, text))
            })
            .collect()
    }

    fn name(&self) -> String {
        if self.path.is_empty() { format!("`{}`", self.source.file) } else { format!("`[{}]`", self.path) }
    }

    /// Reports the keys that nobody asked for.
    pub(crate) fn finish(self, context: &mut Context<'_>) {
        for key in self.table.keys() {
            let location = self.source.locate(key.span());
            let name = key.get_ref();
            let nearest = context.known.nearest(name, self.asked.iter().copied());
            let complaint = Complaint::new(P0110, format!("{} has no key `{name}`", self.name()))
                .help(format!("its keys are: {}", self.asked.join(", ")));
            context.report(complaint.at(location, None).did_you_mean(nearest));
        }
    }
}

fn wrong_type(key: &str, wanted: &str, found: &DeValue<'_>, location: Location) -> Diagnostic {
    let message = format!("`{key}` must be {wanted}, not {} {}", article(found.type_str()), found.type_str());
    Diagnostic::new(P0110, location, message).help(format!("write {key} as {wanted}"))
}

/// `nan`, `inf`, or digits beyond what a double can hold.
fn not_finite(key: &str, written: &str, location: Location) -> Diagnostic {
    let message = format!("`{key}` is `{written}`, which is no number that can be reckoned with");
    Diagnostic::new(P0110, location, message).help("write a finite number, as 12, 0.85 or 1.5e9")
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" }
}
