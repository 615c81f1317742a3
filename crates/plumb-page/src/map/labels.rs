//! Where labels go: beside their marks, never over one another, and always in the same place for the same map.

use super::clip::{Frame, Point};

/// A mark that wants a label.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    /// Middle of the mark.
    pub(super) center: Point,
    /// Radius of all that is drawn of the mark.
    pub(super) radius: f64,
    /// Width of the first line, the name.
    pub(super) name: f64,
    /// Width of the second line, the figure; 0 when there is none.
    pub(super) figure: f64,
}

/// What labels are placed into.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    /// The drawing.
    pub(super) frame: Frame,
    /// Boxes that are taken.
    pub(super) taken: Vec<Frame>,
    /// Height of a line of text; gaps grow with it.
    pub(super) line: f64,
    /// The widest gap between mark and label, in lines.
    pub(super) farthest: f64,
}

/// A label that found its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    /// The box of the text; `low` is its upper edge, since the drawing counts downwards.
    pub(super) frame: Frame,
    /// Which side of the box the text leans on: the one nearer to its mark.
    pub(super) lean: Lean,
    /// From the edge of the mark to the box, where the label stands too far off to be read with its mark.
    pub(super) leader: Option<(Point, Point)>,
    /// Whether the second line has found room too.
    pub(super) with_figure: bool,
}

/// How text stands in its box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lean {
    /// Begins at the left edge.
    Left,
    /// Is centred.
    Middle,
    /// Ends at the right edge.
    Right,
}

/// The text of a label as a box without a place.
#[derive(Clone, Copy)]
struct Block {
    width: f64,
    height: f64,
    with_figure: bool,
}

/// Where a label may stand from its mark, the best first: eastwards a reader expects it.
const DIRECTIONS: [Point; 8] =
    [(1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0), (0.7, -0.7), (0.7, 0.7), (-0.7, -0.7), (-0.7, 0.7)];

/// Gaps between mark and label that are tried, in lines of text; from the second on a leader joins them.
const GAPS: [f64; 6] = [0.3, 1.0, 1.8, 2.8, 4.0, 5.5];

/// Places labels one after the other: the first wish chooses first. One that finds no room for two lines takes one, and
/// one that finds none at all goes without.
pub(super) fn place(wishes: &[Wish], sheet: &Sheet) -> Vec<Option<Place>> {
    let mut placed: Vec<Option<Place>> = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let free = |candidate: &Place| {
            fits(&candidate.frame, sheet)
                && !wishes.iter().any(|other| over_mark(&candidate.frame, other) || through(candidate, wish, other))
                && !placed.iter().flatten().any(|other| clash(candidate, other))
        };
        placed.push(candidates(wish, sheet).find(free));
    }
    placed
}

/// All places of a label, the best first.
fn candidates<'a>(wish: &'a Wish, sheet: &'a Sheet) -> impl Iterator<Item = Place> + 'a {
    let line = sheet.line;
    let full = Block { width: wish.name.max(wish.figure), height: 2.0 * line, with_figure: true };
    let short = Block { width: wish.name, height: line, with_figure: false };
    let blocks = [full, short].into_iter().filter(|block| !block.with_figure || wish.figure > 0.0);
    blocks.flat_map(move |block| {
        let gaps = GAPS.iter().enumerate().take_while(|(_, gap)| **gap <= sheet.farthest);
        gaps.flat_map(move |(at, gap)| {
            DIRECTIONS.iter().map(move |direction| candidate(wish, block, *direction, gap * line, at > 0))
        })
    })
}

/// A label that hangs from the end of its gap by the side or corner that faces the mark.
fn candidate(wish: &Wish, block: Block, (dx, dy): Point, gap: f64, led: bool) -> Place {
    let (x, y) = wish.center;
    let reach = wish.radius + gap;
    let (tip_x, tip_y) = (x + dx * reach, y + dy * reach);
    let (lean, left) = match dx {
        dx if dx > 0.0 => (Lean::Left, tip_x),
        dx if dx < 0.0 => (Lean::Right, tip_x - block.width),
        _ => (Lean::Middle, tip_x - block.width / 2.0),
    };
    let top = match dy {
        dy if dy > 0.0 => tip_y,
        dy if dy < 0.0 => tip_y - block.height,
        _ => tip_y - block.height / 2.0,
    };
    let edge = (x + dx * wish.radius, y + dy * wish.radius);
    Place {
        frame: Frame { left, right: left + block.width, low: top, high: top + block.height },
        lean,
        leader: led.then_some((edge, (tip_x - dx, tip_y - dy))),
        with_figure: block.with_figure,
    }
}

/// Whether a box lies in the drawing and on nothing that is taken.
pub(super) fn fits(frame: &Frame, sheet: &Sheet) -> bool {
    inside(frame, &sheet.frame) && !sheet.taken.iter().any(|taken| overlap(frame, taken))
}

fn inside(inner: &Frame, outer: &Frame) -> bool {
    outer.contains((inner.left, inner.low)) && outer.contains((inner.right, inner.high))
}

/// Whether a box covers part of a mark.
fn over_mark(frame: &Frame, mark: &Wish) -> bool {
    let (x, y) = mark.center;
    let (dx, dy) = (x - x.clamp(frame.left, frame.right), y - y.clamp(frame.low, frame.high));
    // Corners of a text box are mostly empty: a mark may reach a little way under one.
    let reach = mark.radius * 0.9;
    dx * dx + dy * dy < reach * reach
}

/// Whether the leader of a label runs through the mark of another.
fn through(place: &Place, own: &Wish, other: &Wish) -> bool {
    let ((x, y), inner) = (other.center, other.radius * 0.7);
    let core = Frame { left: x - inner, right: x + inner, low: y - inner, high: y + inner };
    own.center != other.center && place.leader.is_some_and(|leader| crosses(leader, &core))
}

/// Whether two labels, or a label and a leader, lie over one another.
fn clash(one: &Place, other: &Place) -> bool {
    overlap(&one.frame, &other.frame)
        || one.leader.is_some_and(|leader| crosses(leader, &other.frame))
        || other.leader.is_some_and(|leader| crosses(leader, &one.frame))
}

fn overlap(one: &Frame, other: &Frame) -> bool {
    one.left < other.right && other.left < one.right && one.low < other.high && other.low < one.high
}

/// Whether a line runs into a box (looked for at a score of points; leaders are short).
fn crosses((from, to): (Point, Point), frame: &Frame) -> bool {
    let at = |share: f64| (from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1));
    (0..=20).any(|step| frame.contains(at(f64::from(step) / 20.0)))
}

/// About how wide a bold text is in a sans of the given size: never much less than it is in any of the usual faces.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(|character| em(character) * size).sum()
}

/// Widths, in ems, of the bold `DejaVu Sans` and Verdana, the widest of the usual sans faces: in another, labels only have
/// more air.
fn em(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | '.' | ',' | '\'' | '|' | ':' | ';' | '’' => 0.36,
        ' ' | 'f' | 't' | 'r' | 'I' | '(' | ')' | '-' | '/' | '\u{2009}' | '\u{202f}' => 0.47,
        'm' | 'w' | 'M' | 'W' | '—' | '%' | '@' => 1.02,
        'A'..='Z' => 0.77,
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{ff00}'..='\u{ff60}' => 1.0,
        _ => 0.7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let frame = Frame { left: 0.0, right: 200.0, low: 0.0, high: 200.0 };
        Sheet { frame, taken: Vec::new(), line: 10.0, farthest: 5.5 }
    }

    fn wish(x: f64, y: f64) -> Wish {
        Wish { center: (x, y), radius: 5.0, name: 40.0, figure: 30.0 }
    }

    #[test]
    fn a_lone_label_stands_to_the_right_without_a_leader() {
        let place = place(&[wish(50.0, 50.0)], &sheet())[0].unwrap();
        assert_eq!(place.lean, Lean::Left);
        assert_eq!(place.leader, None);
        assert!(place.with_figure);
        let expected = Frame { left: 58.0, right: 98.0, low: 40.0, high: 60.0 };
        assert_eq!(place.frame, expected);
    }

    #[test]
    fn labels_cover_neither_marks_nor_one_another() {
        let wishes: Vec<Wish> =
            (0..20).map(|i| wish(60.0 + 9.0 * f64::from(i % 5), 60.0 + 9.0 * f64::from(i / 5))).collect();
        let places: Vec<Place> = place(&wishes, &sheet()).into_iter().flatten().collect();
        assert!(places.len() > 4, "{}", places.len());
        for (at, one) in places.iter().enumerate() {
            assert!(inside(&one.frame, &sheet().frame));
            assert!(places.iter().skip(at + 1).all(|other| !clash(one, other)));
            assert!(wishes.iter().all(|mark| !over_mark(&one.frame, mark)));
        }
    }

    #[test]
    fn what_is_taken_stays_free() {
        let all = sheet().frame;
        let right = Frame { left: 50.0, ..all };
        let place = place(&[wish(50.0, 50.0)], &Sheet { taken: vec![right], ..sheet() })[0].unwrap();
        assert_eq!(place.lean, Lean::Right);
        assert_eq!(super::place(&[wish(50.0, 50.0)], &Sheet { taken: vec![all], ..sheet() }), vec![None]);
    }

    #[test]
    fn a_figure_too_wide_for_the_sheet_is_left_out() {
        let wide = Wish { figure: 300.0, ..wish(100.0, 100.0) };
        assert!(!place(&[wide], &sheet())[0].unwrap().with_figure);
    }

    #[test]
    fn a_label_that_fits_nowhere_is_left_out() {
        let wide = Wish { name: 300.0, ..wish(100.0, 100.0) };
        assert_eq!(place(&[wide], &sheet()), vec![None]);
    }

    #[test]
    fn the_same_wishes_get_the_same_places() {
        let wishes: Vec<Wish> = (0..12).map(|i| wish(80.0 + f64::from(i), 90.0)).collect();
        assert_eq!(place(&wishes, &sheet()), place(&wishes, &sheet()));
    }

    #[test]
    fn wide_letters_are_wide() {
        assert!(text_width("모스크바", 10.0) > text_width("illi", 10.0) * 2.0);
        assert!(text_width("", 10.0).abs() < 1e-9);
    }
}
