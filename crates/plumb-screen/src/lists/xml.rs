//! XML in a stream: each record as a small tree, the rest never in memory.
//!
//! Lists are data from outside. A document that declares a DTD is refused whole, so no entity can be expanded; depth, number
//! of elements and attributes of a record have limits, its length the one of [`Input`].

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::report::{Cause, Loss, shown};
use super::{Input, Reading};

/// Deepest nesting of a record. OFAC's advanced format, the deepest, has 12.
const DEEPEST: usize = 40;
/// Most elements of a record. The largest real record (a bank with 300 addresses) has some 5,000.
const MOST_ELEMENTS: usize = 100_000;
/// Most attributes of an element. The EU's format, the richest, has 20.
const MOST_ATTRIBUTES: usize = 100;

/// An element with all that is in it. Names are without namespace prefix.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) children: Vec<Node>,
}

impl Node {
    /// The text of the attribute, empty where there is none.
    pub(crate) fn attribute(&self, name: &str) -> &str {
        self.attributes.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim())
    }

    /// The children of this name.
    pub(crate) fn all(&self, name: &'static str) -> impl Iterator<Item = &Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The elements at the end of the path, such as `akaList/aka`.
    pub(crate) fn path<'n>(&'n self, path: &str) -> Vec<&'n Self> {
        let mut nodes = vec![self];
        for name in path.split('/') {
            nodes = nodes.into_iter().flat_map(|node| &node.children).filter(|node| node.name == name).collect();
        }
        nodes
    }

    /// The text of the first child of this name, empty where there is none.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.children.iter().find(|child| child.name == name).map_or("", |child| child.text.trim())
    }

    /// The texts of children of these names, in this order, without the empty ones.
    pub(crate) fn texts(&self, names: &[&str]) -> Vec<&str> {
        names.iter().map(|name| self.text(name)).filter(|text| !text.is_empty()).collect()
    }
}

/// Why the reading of a document ends early.
struct Stop(Loss, Cause);

/// Gives each element of one of these names with all that is in it, wherever it stands, and every element around them with
/// its attributes only.
pub(crate) fn records(
    file: &mut Input,
    names: &[&str],
    reading: &mut Reading<'_>,
    mut take: impl FnMut(Node, &mut Reading<'_>),
) {
    let mut reader = quick_xml::Reader::from_reader(file);
    let mut buffer = Vec::new();
    let mut tree = Tree::default();
    loop {
        buffer.clear();
        if tree.open.is_empty() {
            reader.get_mut().next_record();
        }
        let event = reader.read_event_into(&mut buffer).map_err(|error| Stop(Loss::Rest, cause(&error)));
        if matches!(event, Ok(Event::Eof)) && tree.depth == 0 {
            return;
        }
        let inside = !tree.open.is_empty();
        let done = event.and_then(|event| tree.take(&event, names));
        reading.line = Some(if inside { tree.line } else { reader.get_ref().line() });
        match done {
            Ok(Some(node)) => take(node, reading),
            Ok(None) if !inside => tree.line = reader.get_ref().line(),
            Ok(None) => {}
            Err(Stop(loss, cause)) => {
                reading.line = Some(reader.get_ref().line());
                return reading.problem(loss, None, cause);
            }
        }
    }
}

/// The record being read: the elements that are open.
#[derive(Default)]
struct Tree {
    open: Vec<Node>,
    /// How many elements are open in the document, also around the record.
    depth: usize,
    elements: usize,
    line: u64,
}

impl Tree {
    /// Takes what comes next; gives an element that is whole: a record, or one around records with its attributes only.
    fn take(&mut self, event: &Event<'_>, names: &[&str]) -> Result<Option<Node>, Stop> {
        let refused = |cause: &str| Err(Stop(Loss::Rest, Cause::Xml(cause.to_owned())));
        let inside = !self.open.is_empty();
        let is_record = |node: &Node| inside || names.contains(&node.name.as_str());
        match event {
            Event::Eof => refused("the file ends inside an element"),
            Event::DocType(_) => refused("it declares a DTD, which is refused"),
            Event::Start(start) => {
                self.depth += 1;
                node(start).and_then(|node| if is_record(&node) { self.start(node) } else { Ok(Some(node)) })
            }
            Event::Empty(start) => {
                let node = node(start)?;
                if !is_record(&node) {
                    return Ok(Some(node));
                }
                self.start(node)?;
                Ok(self.end())
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Ok(if inside { self.end() } else { None })
            }
            Event::Text(text) => Ok(self.text(&text.xml10_content())),
            Event::CData(text) => Ok(self.text(&text.xml10_content())),
            Event::GeneralRef(entity) => resolve(entity).map(|letter| self.text(letter.encode_utf8(&mut [0; 4]))),
            _ => Ok(None),
        }
    }

    fn start(&mut self, node: Node) -> Result<Option<Node>, Stop> {
        if self.open.is_empty() {
            self.elements = 0;
        }
        self.elements += 1;
        if self.open.len() >= DEEPEST {
            return Err(Stop(Loss::Rest, Cause::Xml(format!("elements are nested deeper than {DEEPEST}"))));
        }
        if self.elements > MOST_ELEMENTS {
            return Err(Stop(Loss::Rest, Cause::Xml(format!("a record has more than {MOST_ELEMENTS} elements"))));
        }
        self.open.push(node);
        Ok(None)
    }

    /// Closes an element; the record, when it was the outermost.
    fn end(&mut self) -> Option<Node> {
        let node = self.open.pop()?;
        match self.open.last_mut() {
            Some(parent) => {
                parent.children.push(node);
                None
            }
            None => Some(node),
        }
    }

    fn text(&mut self, text: &str) -> Option<Node> {
        if let Some(node) = self.open.last_mut() {
            node.text.push_str(text);
        }
        None
    }
}

fn cause(error: &quick_xml::Error) -> Cause {
    match error {
        quick_xml::Error::Io(error) => Cause::Input(error.to_string()),
        other => Cause::Xml(other.to_string()),
    }
}

fn node(start: &BytesStart<'_>) -> Result<Node, Stop> {
    let name = start.local_name().as_ref().to_owned();
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let refuse = |error: String| Stop(Loss::Rest, Cause::Xml(error));
        let attribute = attribute.map_err(|error| refuse(error.to_string()))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| refuse(error.to_string()))?;
        if attributes.len() >= MOST_ATTRIBUTES {
            return Err(refuse(format!("an element has more than {MOST_ATTRIBUTES} attributes")));
        }
        attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
    }
    Ok(Node { name, attributes, ..Node::default() })
}

/// A character that is written by number or as one of the five names that XML itself knows.
fn resolve(entity: &BytesRef<'_>) -> Result<char, Stop> {
    let by_number = entity.resolve_char_ref().map_err(|error| Stop(Loss::Rest, cause(&error)))?;
    let name = entity.xml10_content();
    by_number
        .or(match name.as_ref() {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => None,
        })
        .ok_or_else(|| Stop(Loss::Rest, Cause::Xml(format!("unknown entity `&{};`", shown(&name)))))
}
