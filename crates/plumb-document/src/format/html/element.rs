//! What an element means for the text: its role, whether it is shown, what stands around it.

use html5ever::Attribute;

use crate::Hiding;

/// The role of an element in the layout of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Runs on in the line.
    Inline,
    Heading(u8),
    Paragraph,
    Item,
    Quotation,
    Preformatted,
    Table,
    Row,
    Cell {
        span: u32,
    },
    /// A block of other blocks.
    Container,
    /// A block that is not what the page is about, by its name: navigation, footer, aside.
    Aside,
}

/// An element in the tree.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) role: Role,
    /// Whether its name says that it holds what the page is about: `main`, `article`.
    pub(super) main: bool,
    /// Whether it is a link.
    pub(super) link: bool,
    /// What its class and id say, in lower case.
    pub(super) labels: String,
}

/// The role of an element by its name.
pub(super) fn role(name: &str, attributes: &[Attribute]) -> Role {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            Role::Heading(name.as_bytes().get(1).map_or(1, |digit| digit - b'0'))
        }
        "p" | "dt" | "dd" | "figcaption" | "caption" | "legend" | "summary" | "address" | "option" => Role::Paragraph,
        "li" => Role::Item,
        "blockquote" => Role::Quotation,
        "pre" => Role::Preformatted,
        "table" => Role::Table,
        "tr" => Role::Row,
        "td" | "th" => Role::Cell { span: span(attributes) },
        "nav" | "aside" | "footer" | "menu" => Role::Aside,
        "div" | "section" | "article" | "main" | "header" | "body" | "html" | "ul" | "ol" | "dl" | "figure"
        | "form" | "fieldset" | "details" | "center" | "thead" | "tbody" | "tfoot" | "hgroup" | "dialog" | "search"
        | "select" => Role::Container,
        _ => Role::Inline,
    }
}

/// Most columns that a cell may span (HTML Standard §4.9.11).
const WIDEST_SPAN: u32 = 1_000;

fn span(attributes: &[Attribute]) -> u32 {
    attribute(attributes, "colspan").and_then(|span| span.trim().parse().ok()).unwrap_or(1).clamp(1, WIDEST_SPAN)
}

/// The value of an attribute.
pub(super) fn attribute<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a str> {
    attributes.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// Whether an element never has content.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether the content of an element is not text of the page. `noscript` is: readers with scripts do not see it.
pub(super) fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "svg"
            | "math"
            | "iframe"
            | "object"
            | "canvas"
            | "textarea"
            | "head"
    )
}

/// How an element is kept from the eyes of a reader by its own attributes. Style sheets are not followed: sites hide menus and
/// dialogs by them all the time, and show them again by script.
pub(super) fn hiding(attributes: &[Attribute]) -> Option<Hiding> {
    if attribute(attributes, "hidden").is_some() {
        return Some(Hiding::NotShown);
    }
    let style = attribute(attributes, "style")?.to_ascii_lowercase();
    let (mut colour, mut behind) = (None, None);
    for declaration in style.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let value = value.replace("!important", "");
        match (name.trim(), value.trim()) {
            ("display", "none") | ("visibility", "hidden" | "collapse") | ("mso-hide", "all") => {
                return Some(Hiding::NotShown);
            }
            ("opacity", value) if value.parse::<f32>().is_ok_and(|share| share < 0.05) => {
                return Some(Hiding::Invisible);
            }
            ("font-size", size) if pixels(size).is_some_and(|size| size < SMALLEST) => return Some(Hiding::TooSmall),
            ("left" | "top" | "text-indent" | "margin-left", place)
                if pixels(place).is_some_and(|place| place < OFF_PAGE) =>
            {
                return Some(Hiding::OffPage);
            }
            ("color", value) => colour = Some(plain_colour(value)),
            ("background" | "background-color", value) => behind = Some(plain_colour(value)),
            _ => {}
        }
    }
    // a page is white until something else is said
    let behind = behind.unwrap_or_else(|| "white".to_owned());
    colour.is_some_and(|colour| colour == behind).then_some(Hiding::SameColour)
}

/// Size of letters, in pixels, below which nobody reads: a third of the smallest print of newspapers (6 pt).
const SMALLEST: f32 = 2.5;
/// How far to the left, in pixels, text must be moved to be off any page. Sites write -9999px; no real layout moves so far.
const OFF_PAGE: f32 = -900.0;

/// A length in pixels; units that depend on others are not known here.
fn pixels(length: &str) -> Option<f32> {
    let digits = length.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let number: f32 = digits.trim().parse().ok()?;
    match length.get(digits.len()..)?.trim() {
        "px" => Some(number),
        "pt" => Some(number * 4.0 / 3.0),
        "em" | "rem" => Some(number * 16.0),
        "" if number == 0.0 => Some(0.0),
        _ => None,
    }
}

/// White is written in several ways; other colours are compared as they are written.
fn plain_colour(colour: &str) -> String {
    let tight: String = colour.chars().filter(|letter| !letter.is_whitespace()).collect();
    match tight.as_str() {
        "#fff" | "#ffffff" | "rgb(255,255,255)" | "rgba(255,255,255,1)" => "white".to_owned(),
        _ => tight,
    }
}
