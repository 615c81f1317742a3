//! The words on a map, in two sizes: for wide screens, and for phones, where the drawing is half as large.

use std::collections::BTreeMap;

use super::clip::{Frame, Point};
use super::key::Key;
use super::labels::{Lean, Place, Sheet, Wish, fits, place, text_width};
use super::mark::{Mark, Scale};
use super::path::number;
use super::svg::Placed;
use super::view::{View, WIDTH};

/// A size of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lettering {
    /// The class of everything in this size; the style sheet shows one size and hides the other.
    pub(super) class: &'static str,
    /// In units of the drawing; the style sheet says the same.
    pub(super) size: f64,
    /// How many marks get a label, the largest first.
    most: usize,
    /// How far a label may stand from its mark, in lines.
    farthest: f64,
}

/// Both sizes. On a phone eight labels are what a map has room for.
pub(super) const LETTERINGS: [Lettering; 2] = [
    Lettering { class: "on-wide", size: 11.0, most: usize::MAX, farthest: 5.5 },
    Lettering { class: "on-narrow", size: 21.0, most: 8, farthest: 2.8 },
];

impl Lettering {
    /// Height of a line.
    pub(super) fn line(self) -> f64 {
        self.size * 1.15
    }

    /// Places the labels of marks, beside all marks and off the key.
    pub(super) fn place(self, marks: &[Placed<'_>], scale: Scale, key: Option<&Key>, view: View) -> Vec<Option<Place>> {
        let wish = |one: &Placed<'_>| {
            let name = text_width(&one.mark.label, self.size);
            // Figures are set in the regular weight, which is a little narrower than the bold of names.
            let figure = text_width(&one.mark.figure, self.size) * 0.93;
            Wish { center: one.center, radius: scale.reach(one.amount), name, figure }
        };
        let wishes: Vec<Wish> = marks.iter().map(wish).collect();
        let taken = key.map(|key| key.frame(self)).into_iter().collect();
        let mut places = place(&wishes, &self.sheet(taken, view));
        places.truncate(self.most);
        places
    }

    fn sheet(self, taken: Vec<Frame>, view: View) -> Sheet {
        // A hair of air at the edges, since the widths of texts are estimates.
        let frame = Frame { left: 4.0, right: WIDTH - 4.0, low: 1.0, high: view.height() - 1.0 };
        Sheet { frame, taken, line: self.line(), farthest: self.farthest }
    }

    /// A label: its leader, the name, and under it the figure.
    pub(super) fn write(self, mark: &Mark, place: &Place) -> String {
        let (lean, x) = match place.lean {
            Lean::Left => ("", place.frame.left),
            Lean::Middle => (" middle", f64::midpoint(place.frame.left, place.frame.right)),
            Lean::Right => (" end", place.frame.right),
        };
        let [x, name_y, figure_y] = [x, self.baseline(place), self.baseline(place) + self.line()].map(number);
        let figure = if place.with_figure {
            format!(" <tspan x=\"{x}\" y=\"{figure_y}\">{}</tspan>", escape(&mark.figure))
        } else {
            String::new()
        };
        let (leader, class, name) = (self.write_leader(place), self.class, escape(&mark.label));
        format!(
            "{leader}<text class=\"{class}{lean}\" x=\"{x}\" y=\"{name_y}\"><tspan class=\"name\">{name}</tspan>{figure}</text>"
        )
    }

    fn baseline(self, place: &Place) -> f64 {
        place.frame.low + self.size * 0.9
    }

    fn write_leader(self, place: &Place) -> String {
        let Some((from, to)) = place.leader else { return String::new() };
        let [from_x, from_y, to_x, to_y] = [from.0, from.1, to.0, to.1].map(number);
        format!("<path class=\"leader {}\" d=\"M{from_x} {from_y}L{to_x} {to_y}\"/>", self.class)
    }

    /// Names in the middle of territories that have no mark, where labels and marks leave room.
    pub(super) fn write_names(
        self,
        names: &BTreeMap<String, String>,
        places: &[Option<Place>],
        marks: &[Placed<'_>],
        view: View,
    ) -> String {
        let labels = places.iter().flatten().map(|place| place.frame);
        let mut sheet =
            self.sheet(labels.chain(marks.iter().map(|one| around(one.center, 16.0, 16.0))).collect(), view);
        let mut out = String::new();
        for (code, name) in names {
            let point = view.outlines().get(code.as_str()).map(|territory| territory.point);
            let Some(center) = point.and_then(|(latitude, longitude)| view.place(latitude, longitude)) else {
                continue;
            };
            let frame = around(center, text_width(name, self.size), self.line());
            if fits(&frame, &sheet) {
                out += &self.write_name(name, center);
                sheet.taken.push(frame);
            }
        }
        out
    }

    fn write_name(self, name: &str, center: Point) -> String {
        let [x, y] = [center.0, center.1 + self.size * 0.35].map(number);
        format!("<text class=\"place {} middle\" x=\"{x}\" y=\"{y}\">{}</text>\n", self.class, escape(name))
    }
}

fn around((x, y): Point, width: f64, height: f64) -> Frame {
    Frame { left: x - width / 2.0, right: x + width / 2.0, low: y - height / 2.0, high: y + height / 2.0 }
}

/// Text made safe for elements and attributes; control characters, which no page may contain, become U+FFFD.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            control if control.is_control() && control != '\n' && control != '\t' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}
