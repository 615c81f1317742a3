//! What an element means for the text: its role, what stands around it.

use html5ever::Attribute;

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
