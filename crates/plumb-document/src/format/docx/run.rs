//! How a run of letters looks, and whether a reader sees it.

use crate::Hiding;
use crate::format::xml::Start;

/// Size in half points below which nobody reads, as in PDF: 2 pt.
const SMALLEST: u32 = 4;

/// The properties of a run that decide whether it is seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    hidden: bool,
    colour: Option<String>,
    behind: Option<String>,
    size: Option<u32>,
}

/// How a run appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    Seen,
    /// Blackened by its own background.
    Covered,
    Hidden(Hiding),
}

impl Run {
    /// Takes a property.
    pub(super) fn set(&mut self, name: &str, start: &Start<'_>) {
        match name {
            "vanish" | "webHidden" => self.hidden = start.is_on(),
            "color" => self.colour = start.attribute("val").map(|value| colour(&value)),
            "highlight" => self.behind = start.attribute("val").map(|value| colour(&value)),
            "shd" => self.behind = self.behind.take().or_else(|| start.attribute("fill").map(|value| colour(&value))),
            "sz" => self.size = start.attribute("val").and_then(|size| size.parse().ok()),
            _ => {}
        }
    }

    pub(super) fn sight(&self) -> Sight {
        if self.hidden {
            return Sight::Hidden(Hiding::NotShown);
        }
        if self.size.is_some_and(|size| size < SMALLEST) {
            return Sight::Hidden(Hiding::TooSmall);
        }
        let behind = self.behind.as_deref().filter(|behind| *behind != "auto").unwrap_or("ffffff");
        // letters of automatic colour are black, and white on a dark shade; on a black highlight Word leaves them black
        let colour = self.colour.as_deref().filter(|colour| *colour != "auto").unwrap_or("000000");
        match (colour == behind, behind) {
            (true, "000000") => Sight::Covered,
            (true, _) => Sight::Hidden(Hiding::SameColour),
            (false, _) => Sight::Seen,
        }
    }
}

/// A colour as six hexadecimal digits where it is one; highlights have names.
fn colour(value: &str) -> String {
    match value.to_ascii_lowercase().as_str() {
        "black" => "000000".to_owned(),
        "white" => "ffffff".to_owned(),
        "none" => "auto".to_owned(),
        other => other.to_owned(),
    }
}
