//! The picture of a scanned page, for a program that recognises letters.

use hayro_interpret::font::GlyphRun;
use hayro_interpret::kurbo::{BezPath, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, InterpreterCache, SoftMask,
};

use super::{bomb, context, open};
use crate::Limits;

/// The largest picture of the page.
pub(in crate::format) fn picture(bytes: &[u8], number: u32, limits: &Limits) -> Option<Vec<u8>> {
    bomb::check(bytes, limits).ok()?;
    let pdf = open(bytes).ok()?;
    let pages = pdf.pages();
    let page = pages.get(usize::try_from(number).ok()?.checked_sub(1)?)?;
    let cache = InterpreterCache::new();
    let mut largest = Largest { area: 0.0, most: limits.unpacked, picture: None };
    hayro_interpret::interpret_page(page, &mut context(&pdf, page, &cache), &mut largest);
    largest.picture
}

/// Keeps the picture that covers most.
struct Largest {
    area: f64,
    /// Most bytes that a picture may have.
    most: u64,
    picture: Option<Vec<u8>>,
}

impl<'a> Device<'a> for Largest {
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let (width, height) = (image.width(), image.height());
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let area = props.transform.transform_rect_bbox(bounds).area();
        if area <= self.area || u64::from(width) * u64::from(height) * 3 > self.most {
            return;
        }
        let mut picture = None;
        match image {
            Image::Raster(raster) => raster.with_rgba(
                |data, _| {
                    picture = Some(match data {
                        ImageData::Rgb(data) => pnm("P6", data.width, data.height, &data.data),
                        ImageData::Luma(data) => pnm("P5", data.width, data.height, &data.data),
                    });
                },
                None,
            ),
            // a stencil says where ink is; paper is what is white
            Image::Stencil(stencil) => stencil.with_stencil(
                |data, _| {
                    let paper: Vec<u8> = data.data.iter().map(|ink| 255 - ink).collect();
                    picture = Some(pnm("P5", data.width, data.height, &paper));
                },
                None,
            ),
        }
        if picture.is_some() {
            self.area = area;
            self.picture = picture;
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

/// A picture in the plainest format there is (Netpbm).
fn pnm(kind: &str, width: u32, height: u32, data: &[u8]) -> Vec<u8> {
    let mut file = format!("{kind}\n{width} {height}\n255\n").into_bytes();
    file.extend_from_slice(data);
    file
}
