//! XML → a tree of elements, within limits. Entities that a file defines itself are never followed.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::error::XmileError;

/// The largest file that is read. The largest sample model has 100 kB.
const LARGEST: usize = 16 << 20;
/// The deepest nesting that is read. Models stay below ten, views below twenty.
const DEEPEST: usize = 64;

/// An element with all that is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name, with the prefix of its namespace if it has one.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Element>,
    /// Its own text, without that of its children.
    pub(super) text: String,
    /// The line on which it begins, from 1.
    pub(super) line: usize,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first child of this name, without space around it.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim())
    }
}

/// The outermost element of a file.
pub(super) fn tree(bytes: &[u8]) -> Result<Element, XmileError> {
    if bytes.len() > LARGEST {
        return Err(XmileError::TooLarge { size: bytes.len(), limit: LARGEST });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| XmileError::NotText(error.valid_up_to()))?;
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = quick_xml::Reader::from_str(text);
    // an element that holds the outermost one keeps the loop plain
    let mut open = vec![Element::default()];
    let mut lines = Lines { text, at: 0, line: 1 };
    loop {
        let line = lines.line_at(reader.buffer_position());
        let event = reader.read_event().map_err(|error| XmileError::Markup { line, message: error.to_string() })?;
        match event {
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(XmileError::TooDeep { line, limit: DEEPEST });
                }
                open.push(element(&start, line)?);
            }
            Event::Empty(start) => adopt(&mut open, element(&start, line)?),
            Event::End(_) => {
                if let Some(closed) = open.pop() {
                    adopt(&mut open, closed);
                }
            }
            Event::Text(text) => add_text(&mut open, &text.xml10_content()),
            Event::CData(text) => add_text(&mut open, &text.xml10_content()),
            Event::GeneralRef(reference) => {
                add_text(&mut open, referenced(&reference, line)?.encode_utf8(&mut [0; 4]));
            }
            Event::DocType(_) => return Err(XmileError::DocumentType(line)),
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
    outermost(open)
}

fn outermost(mut open: Vec<Element>) -> Result<Element, XmileError> {
    if open.len() > 1 {
        let unclosed = open.pop().unwrap_or_default();
        let message = format!("`{}` is never closed", unclosed.name);
        return Err(XmileError::Markup { line: unclosed.line, message });
    }
    open.pop().and_then(|outside| outside.children.into_iter().next()).ok_or(XmileError::Missing("xmile"))
}

fn element(start: &BytesStart<'_>, line: usize) -> Result<Element, XmileError> {
    let markup = |message: String| XmileError::Markup { line, message };
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| markup(error.to_string()))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| markup(error.to_string()))?;
        attributes.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Ok(Element { name: start.name().as_ref().to_owned(), attributes, line, ..Element::default() })
}

fn adopt(open: &mut [Element], child: Element) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(child);
    }
}

fn add_text(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

/// The letter that a reference stands for: by its number, or one of the five that XML knows.
fn referenced(reference: &BytesRef<'_>, line: usize) -> Result<char, XmileError> {
    let name: &str = reference;
    let known = [("lt", '<'), ("gt", '>'), ("amp", '&'), ("quot", '"'), ("apos", '\'')];
    let named = || known.iter().find(|(known, _)| *known == name).map(|(_, letter)| *letter);
    let letter = reference.resolve_char_ref().ok().flatten().or_else(named);
    letter.ok_or_else(|| XmileError::Entity { line, name: name.to_owned() })
}

/// Counts lines as the reader moves on.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn line_at(&mut self, position: u64) -> usize {
        let position = usize::try_from(position).unwrap_or(usize::MAX);
        let passed = self.text.as_bytes().get(self.at..position).unwrap_or_default();
        self.line += passed.split(|byte| *byte == b'\n').count() - 1;
        self.at = self.at.max(position);
        self.line
    }
}
