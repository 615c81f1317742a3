//! What is drawn on a page: letters, boxes of one colour, and everything else, in the order in which it is drawn.

use std::collections::HashMap;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape, Vec2};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask};
use unicode_normalization::UnicodeNormalization;

/// Most letters of a page that are kept. A dense page of a newspaper has 30,000; a forged one can have any number.
const MOST_LETTERS: usize = 1_000_000;

/// Most boxes of a page that are kept. Every letter is held against every box; a large table has some thousand.
const MOST_BOXES: usize = 4_000;

/// Thinnest box, in points, that can cover words: thinner ones are rules and underlines.
const THINNEST: f64 = 3.0;

/// A letter, or the few that one sign stands for (ﬁ). Coordinates are points from the top left of the page as it is shown.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    /// `None` where the file has no character for it.
    pub(super) text: Option<String>,
    /// Where its baseline begins.
    pub(super) origin: Point,
    /// Where the next letter would begin.
    pub(super) end: Point,
    /// Height of an em.
    pub(super) size: f64,
    /// Its place among all that is drawn.
    pub(super) order: usize,
    /// Its colour, where it has one that covers.
    pub(super) colour: Option<[f32; 3]>,
    pub(super) invisible: bool,
    /// Whether it is drawn outside of what may be drawn on.
    pub(super) clipped: bool,
}

impl Letter {
    /// The middle of the letter, about where its body is.
    pub(super) fn centre(&self) -> Point {
        let along = self.end - self.origin;
        let up = Vec2::new(along.y, -along.x);
        let up = if up.hypot2() > 0.0 { up / up.hypot() } else { Vec2::new(0.0, -1.0) };
        self.origin.midpoint(self.end) + up * (self.size * 0.3)
    }
}

/// Something drawn over an area.
#[derive(Clone, Debug)]
pub(super) struct Area {
    pub(super) rect: Rect,
    pub(super) order: usize,
    /// Its colour where it has one and hides what is below; `None` for pictures, patterns and what one can see through.
    pub(super) colour: Option<[f32; 3]>,
    /// Whether it is a picture.
    pub(super) picture: bool,
}

/// A page on which everything is written down.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) bounds: Rect,
    pub(super) letters: Vec<Letter>,
    pub(super) areas: Vec<Area>,
    /// Whether letters or areas beyond the limits were left out.
    pub(super) overflow: bool,
    /// Rectangles around what may be drawn on, and whether what is within is all of it.
    clips: Vec<(Rect, bool)>,
    /// For each open group, whether one can see through it.
    groups: Vec<bool>,
    order: usize,
}

impl Sheet {
    pub(super) fn new(bounds: Rect) -> Self {
        Self {
            bounds,
            letters: Vec::new(),
            areas: Vec::new(),
            overflow: false,
            clips: Vec::new(),
            groups: Vec::new(),
            order: 0,
        }
    }

    fn clip(&self) -> (Rect, bool) {
        self.clips.last().copied().unwrap_or((self.bounds.inflate(1e6, 1e6), true))
    }

    fn next(&mut self) -> usize {
        self.order += 1;
        self.order
    }

    fn area(&mut self, rect: Rect, colour: Option<[f32; 3]>, picture: bool) {
        let order = self.next();
        let (clip, exact) = self.clip();
        let rect = rect.intersect(clip);
        if rect.width() < THINNEST || rect.height() < THINNEST {
            return;
        }
        if self.areas.len() >= MOST_BOXES {
            self.overflow = true;
            return;
        }
        let solid = exact && !self.groups.iter().any(|transparent| *transparent);
        self.areas.push(Area { rect, order, colour: colour.filter(|_| solid), picture });
    }

    fn letter(
        &mut self,
        glyph: &Glyph<'_>,
        transform: Affine,
        vertical: bool,
        colour: Option<[f32; 3]>,
        mode: &DrawMode,
    ) {
        let order = self.order;
        if self.letters.len() >= MOST_LETTERS {
            self.overflow = true;
            return;
        }
        let width = match glyph {
            Glyph::Outline(glyph) => glyph.advance_width(),
            Glyph::Type3(glyph) => glyph.advance_width(),
        };
        // hayro gives glyphs in thousandths of an em; half an em is the usual width of a letter
        let width = f64::from(width.unwrap_or(500.0));
        let step = if vertical { Point::new(0.0, -1000.0) } else { Point::new(width, 0.0) };
        let origin = transform * Point::ZERO;
        let text = glyph.as_unicode().map(plain);
        let size = (transform * Point::new(0.0, 1000.0) - origin).hypot();
        let end = transform * step;
        if !(origin.is_finite() && end.is_finite() && size.is_finite()) {
            return;
        }
        let mut letter = Letter {
            text,
            origin,
            end,
            size,
            order,
            colour,
            invisible: matches!(mode, DrawMode::Invisible),
            clipped: false,
        };
        letter.clipped = !self.clip().0.inflate(1.0, 1.0).contains(letter.centre());
        self.letters.push(letter);
    }
}

/// The letters without what is a matter of shapes only. Fonts share one shape between 工 and the radical ⼯, or have one for
/// "fi", and writers of PDF often name the wrong one of the two; no reader can tell, and no search would find it.
fn plain(letters: BfString) -> String {
    let letters = match letters {
        BfString::Char(letter) => letter.to_string(),
        BfString::String(letters) => letters,
    };
    let is_shape = |letter: char| matches!(letter, '\u{2E80}'..='\u{2FDF}' | '\u{FB00}'..='\u{FB06}');
    if letters.contains(is_shape) { letters.nfkc().collect() } else { letters }
}

/// The colour of a paint that hides what is below.
fn solid(paint: &Paint<'_>, mask: Option<&SoftMask<'_>>, blend: BlendMode) -> Option<[f32; 3]> {
    let Paint::Color(colour) = paint else { return None };
    let [red, green, blue, alpha] = colour.to_rgba().components();
    // below nine tenths the words can be read through it
    (mask.is_none() && blend == BlendMode::Normal && alpha > 0.9).then_some([red, green, blue])
}

impl<'a> Device<'a> for Sheet {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        let colour = solid(&props.paint, props.soft_mask.as_ref(), props.blend_mode);
        let path = props.transform * path.clone();
        let bounds = path.bounding_box();
        match mode {
            // what fills its bounding box but for a twentieth is a box with round corners or ragged edges
            DrawMode::Fill(_) | DrawMode::FillAndStroke(..) => {
                let fills = path.area().abs() >= 0.95 * bounds.area();
                self.area(bounds, colour.filter(|_| fills), false);
            }
            DrawMode::Stroke(stroke) => {
                let width = f64::from(stroke.line_width) * props.transform.determinant().abs().sqrt();
                // a thick line is a box; the outline of a shape is none
                if bounds.width() < THINNEST || bounds.height() < THINNEST {
                    self.area(bounds.inflate(width / 2.0, width / 2.0), colour, false);
                }
            }
            DrawMode::Invisible => {}
        }
    }

    fn draw_rect(&mut self, rect: &Rect, props: DrawProps<'a>, mode: &DrawMode) {
        if matches!(mode, DrawMode::Stroke(_)) {
            return self.draw_path(&rect.to_path(0.1), props, mode);
        }
        let colour = solid(&props.paint, props.soft_mask.as_ref(), props.blend_mode);
        self.area(props.transform.transform_rect_bbox(*rect), colour, false);
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        let (outer, exact) = self.clip();
        let bounds = clip.path.bounding_box();
        let is_box = clip.path.area().abs() >= 0.95 * bounds.area();
        self.clips.push((outer.intersect(bounds), exact && is_box));
    }

    fn push_transparency_group(&mut self, opacity: f32, mask: Option<SoftMask<'a>>, blend: BlendMode) {
        self.groups.push(opacity < 0.9 || mask.is_some() || blend != BlendMode::Normal);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        self.next();
        let colour = solid(&props.paint, props.soft_mask.as_ref(), props.blend_mode);
        let vertical = run.writing_mode() == WritingMode::Vertical;
        for glyph in run.glyphs() {
            self.letter(glyph, props.transform * glyph.transform(), vertical, colour, mode);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let (width, height) = (f64::from(image.width()), f64::from(image.height()));
        let unit = Rect::new(0.0, 0.0, width, height);
        self.area(props.transform.transform_rect_bbox(unit), None, true);
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {
        self.groups.pop();
    }
}

/// Letters of a cell that one is held against: more lie there only where somebody piles them up.
const PILED: usize = 8;

/// Letters that were drawn, by cells of half an em, to know one that is drawn a second time at nearly the same place.
#[derive(Debug, Default)]
pub(super) struct Drawn<'s>(HashMap<[u64; 2], Vec<&'s Letter>>);

impl<'s> Drawn<'s> {
    /// Whether the letter was drawn before, a twelfth of an em away or less: as bold is feigned.
    pub(super) fn again(&mut self, letter: &'s Letter) -> bool {
        if letter.text.as_ref().is_none_or(|text| text.trim().is_empty()) {
            return false;
        }
        let near = letter.size / 12.0;
        // the sum makes zero of minus zero, whose bits are others
        let cell = |value: f64| (value / (letter.size / 2.0).max(0.1)).floor() + 0.0;
        let (column, row) = (cell(letter.origin.x), cell(letter.origin.y));
        let is_same = |other: &&Letter| other.text == letter.text && other.origin.distance(letter.origin) < near;
        let beside = [-1.0, 0.0, 1.0];
        // what is near lies in this cell or in one beside it
        let mut around = beside.into_iter().flat_map(|x| beside.into_iter().map(move |y| (column + x, row + y)));
        let again = around.any(|(column, row)| {
            let cell = self.0.get(&[column.to_bits(), row.to_bits()]);
            cell.is_some_and(|cell| cell.iter().rev().take(PILED).copied().any(|other| is_same(&other)))
        });
        if !again {
            self.0.entry([column.to_bits(), row.to_bits()]).or_default().push(letter);
        }
        again
    }
}
