//! XML of office documents, element by element. A document that declares a DTD is refused, so no entity can be expanded.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// The beginning of an element. Names are without namespace prefix: the office formats use each name for one thing.
pub(super) struct Start<'e>(BytesStart<'e>);

impl Start<'_> {
    pub(super) fn name(&self) -> String {
        self.0.local_name().as_ref().to_owned()
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let found = self.0.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
    }

    /// Whether a switch such as `<w:b/>` or `<w:b w:val="0"/>` is on.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.attribute("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// What takes the parts of a document.
pub(super) trait Take {
    fn start(&mut self, start: &Start<'_>);
    fn end(&mut self, name: &str);
    fn text(&mut self, text: &str);
}

/// Reads a document; `Err` says what is wrong with it, after what stands before that was taken.
pub(super) fn read(text: &str, depth: u32, take: &mut impl Take) -> Result<(), String> {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut open = 0_u32;
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Eof if open > 0 => return Err("it ends inside an element".to_owned()),
            Event::Eof => return Ok(()),
            Event::DocType(_) => return Err("it declares a DTD, which is refused".to_owned()),
            Event::Start(start) => {
                open += 1;
                if open > depth {
                    return Err(format!("elements are nested deeper than {depth}"));
                }
                take.start(&Start(start));
            }
            Event::End(end) => {
                open = open.saturating_sub(1);
                take.end(end.local_name().as_ref());
            }
            Event::Text(text) => take.text(&text.xml10_content()),
            Event::CData(text) => take.text(&text.xml10_content()),
            Event::GeneralRef(entity) => take.text(letter(&entity).encode_utf8(&mut [0; 4])),
            _ => {}
        }
    }
}

/// A character that is written by number or as one of the five names that XML itself knows.
fn letter(entity: &BytesRef<'_>) -> char {
    let by_number = entity.resolve_char_ref().ok().flatten();
    by_number.unwrap_or(match entity.xml10_content().as_ref() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => char::REPLACEMENT_CHARACTER,
    })
}
