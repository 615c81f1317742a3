//! Which letters of a page a reader sees.

use hayro_interpret::kurbo::Point;

use super::sheet::{Area, Letter, Sheet};
use crate::Hiding;

/// Size in points below which nobody reads: a third of the smallest print of newspapers (6 pt).
const SMALLEST: f64 = 2.0;

/// Two colours whose channels differ by less cannot be told apart; WCAG 2 asks for far more.
const SAME: f32 = 0.06;

/// Share of a page that a picture covers when the page is a scan.
const SCAN: f64 = 0.5;

/// How a letter appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    Seen,
    /// Below a box that was drawn later, or black on black.
    Covered,
    Hidden(Hiding),
}

/// Whether a picture covers so much of the page that it is a scan.
pub(super) fn is_scan(sheet: &Sheet) -> bool {
    let page = sheet.bounds.area();
    let pictures = sheet.areas.iter().filter(|area| area.picture);
    // a scan may come in strips
    pictures.map(|area| area.rect.intersect(sheet.bounds).area()).sum::<f64>() >= SCAN * page
}

/// How each letter appears.
pub(super) fn sights(sheet: &Sheet) -> Vec<Sight> {
    let scan = is_scan(sheet);
    sheet.letters.iter().map(|letter| sight(sheet, letter, scan)).collect()
}

fn sight(sheet: &Sheet, letter: &Letter, scan: bool) -> Sight {
    let is_blank = letter.text.as_ref().is_some_and(|text| text.trim().is_empty());
    if is_blank {
        return Sight::Seen;
    }
    let centre = letter.centre();
    if letter.clipped || !sheet.bounds.inflate(letter.size, letter.size).contains(centre) {
        return Sight::Hidden(Hiding::OffPage);
    }
    if letter.invisible {
        // the words that OCR lays over or under a scan are what the scan shows
        return if scan { Sight::Seen } else { Sight::Hidden(Hiding::Invisible) };
    }
    if letter.size < SMALLEST {
        return Sight::Hidden(Hiding::TooSmall);
    }
    let over = |area: &&Area| area.rect.contains(centre);
    if sheet
        .areas
        .iter()
        .rev()
        .take_while(|area| area.order > letter.order)
        .filter(over)
        .any(|area| area.colour.is_some())
    {
        return Sight::Covered;
    }
    match (letter.colour, background(&sheet.areas, letter.order, centre)) {
        (Some(colour), Some(behind)) if same(colour, behind) => {
            if is_dark(behind) {
                Sight::Covered
            } else {
                Sight::Hidden(Hiding::SameColour)
            }
        }
        _ => Sight::Seen,
    }
}

/// The colour behind a letter, where it is one: that of the last thing drawn there before, or white.
fn background(areas: &[Area], order: usize, at: Point) -> Option<[f32; 3]> {
    let before = areas.iter().rev().skip_while(|area| area.order > order);
    let mut below = before.filter(|area| area.rect.contains(at));
    below.next().map_or(Some([1.0; 3]), |area| area.colour)
}

fn same(one: [f32; 3], other: [f32; 3]) -> bool {
    one.iter().zip(other).all(|(one, other)| (one - other).abs() < SAME)
}

/// Whether a box of this colour is one that blackens.
fn is_dark(colour: [f32; 3]) -> bool {
    colour.iter().all(|channel| *channel < 0.3)
}
