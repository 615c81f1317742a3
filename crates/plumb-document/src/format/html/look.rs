//! Whether the words of an element are seen: by its attributes, the page's style sheets, and what stands around it.

use html5ever::Attribute;

use super::element::attribute;
use super::style::{Sheet, Style};
use crate::Hiding;

/// How an element looks, as far as it decides whether its words are seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    /// How its words are kept from the eyes of a reader.
    pub(super) hidden: Option<Hiding>,
    /// The colour of its letters, where one is stated.
    colour: Option<String>,
    behind: Behind,
}

/// What is behind words.
#[derive(Clone, Debug, Default, PartialEq)]
enum Behind {
    /// Nothing was stated: a page is white.
    #[default]
    Page,
    Colour(String),
    /// A picture, a gradient.
    Unknown,
}

impl Look {
    /// The look of an element within one that looks so.
    pub(super) fn of(sheet: &Sheet, tag: &str, attributes: &[Attribute], parent: Option<&Self>) -> Self {
        let mut look = parent.cloned().unwrap_or_default();
        let style = sheet.style(tag, attributes);
        if look.hidden == Some(Hiding::TooSmall) && style.get("font-size").is_some_and(|size| is_large(size)) {
            // blocks get no size to take the gaps from between them; what is in them has one again
            look.hidden = None;
        }
        let paints = look.paint(&style);
        if matches!(tag, "html" | "body") && look.is_same_colour() {
            // whoever makes the letters of a whole page white has made what is behind them dark, in a sheet that is not here
            look.behind = Behind::Unknown;
        }
        // the attribute is the weakest of styles: a sheet that displays the element outweighs it
        let by_attribute = attribute(attributes, "hidden").is_some() && !style.contains_key("display");
        let own = by_attribute.then_some(Hiding::NotShown).or_else(|| hiding(&style));
        let same = || (paints && look.is_same_colour()).then_some(Hiding::SameColour);
        look.hidden = look.hidden.or(own).or_else(same);
        look
    }

    /// Takes the colours of a style; whether there are any.
    fn paint(&mut self, style: &Style) -> bool {
        let colour = style.get("color").map(|colour| plain_colour(colour));
        let behind = style.get("background-color").or_else(|| style.get("background")).map(|value| plain_colour(value));
        let paints = colour.is_some() || behind.is_some();
        self.colour = colour.or(self.colour.take());
        match behind.as_deref() {
            None | Some("transparent" | "none" | "inherit" | "initial" | "unset") => {}
            Some(value) if value.contains("url(") || value.contains("gradient") => self.behind = Behind::Unknown,
            Some(value) => self.behind = Behind::Colour(value.to_owned()),
        }
        paints
    }

    fn is_same_colour(&self) -> bool {
        match &self.behind {
            Behind::Page => self.colour.as_deref() == Some("white"),
            Behind::Colour(behind) => self.colour.as_ref() == Some(behind),
            Behind::Unknown => false,
        }
    }
}

/// How a style hides words, colours aside.
fn hiding(style: &Style) -> Option<Hiding> {
    let is =
        |property: &str, values: &[&str]| style.get(property).is_some_and(|value| values.contains(&value.as_str()));
    if is("display", &["none"]) || is("visibility", &["hidden", "collapse"]) || is("mso-hide", &["all"]) {
        return Some(Hiding::NotShown);
    }
    if style.get("opacity").is_some_and(|value| value.parse::<f32>().is_ok_and(|share| share < 0.05)) {
        return Some(Hiding::Invisible);
    }
    if style.get("font-size").and_then(|size| pixels(size)).is_some_and(|size| size < SMALLEST) {
        return Some(Hiding::TooSmall);
    }
    let places = ["left", "top", "text-indent", "margin-left"];
    let is_off =
        |property: &&str| style.get(*property).and_then(|place| pixels(place)).is_some_and(|place| place < OFF_PAGE);
    places.iter().any(is_off).then_some(Hiding::OffPage)
}

/// Size of letters, in pixels, below which nobody reads: a third of the smallest print of newspapers (6 pt).
const SMALLEST: f32 = 2.5;
/// How far to the left, in pixels, text must be moved to be off any page. Sites write -9999px; no real layout moves so far.
const OFF_PAGE: f32 = -900.0;

/// A size that can be read, whatever stands around it: one in `em` is as small as what it is within.
fn is_large(size: &str) -> bool {
    let is_relative = size.ends_with("em") && !size.ends_with("rem");
    !is_relative && pixels(size).is_some_and(|size| size >= SMALLEST)
}

/// A length in pixels; units that depend on others are not known here.
fn pixels(length: &str) -> Option<f32> {
    let digits = length.trim_end_matches(|letter: char| letter.is_ascii_alphabetic() || letter == '%');
    let number: f32 = digits.trim().parse().ok()?;
    match length.get(digits.len()..)?.trim() {
        "px" => Some(number),
        "pt" => Some(number * 4.0 / 3.0),
        "em" | "rem" => Some(number * 16.0),
        "" | "%" if number == 0.0 => Some(0.0),
        _ => None,
    }
}

/// White is written in several ways; other colours are compared as they are written.
fn plain_colour(colour: &str) -> String {
    let tight: String = colour.chars().filter(|letter| !letter.is_whitespace()).collect();
    match tight.as_str() {
        "#fff" | "#ffffff" | "rgb(255,255,255)" | "rgba(255,255,255,1)" | "hsl(0,0%,100%)" => "white".to_owned(),
        "#000" | "#000000" | "rgb(0,0,0)" | "rgba(0,0,0,1)" => "black".to_owned(),
        _ => tight,
    }
}
