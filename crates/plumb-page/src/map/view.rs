//! What a map shows: projection, frame, land.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::clip::{Frame, Point, crop, unroll};
use super::outlines::{Outlines, RUSSIA, WORLD};
use super::path::path;
use super::projection::Projection;

/// Width of every map in units of its drawing; at this width in pixels one unit is one pixel.
pub(super) const WIDTH: f64 = 720.0;

/// The part of the earth that a map shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// All countries but Antarctica, on Equal Earth. Codes are ISO 3166-1 alpha-2.
    World,
    /// Russia's federal subjects and the countries around them, on Albers' conic. Codes are ISO 3166-2 (`RU-PRI`), and
    /// ISO 3166-1 alpha-2 for the neighbours.
    Russia,
}

impl View {
    pub(super) fn outlines(self) -> &'static Outlines {
        match self {
            Self::World => &WORLD,
            Self::Russia => &RUSSIA,
        }
    }

    /// The outline of every territory as a path, by code. Drawn once: many pages show the same land.
    pub(super) fn land(self) -> &'static BTreeMap<&'static str, String> {
        static OF_WORLD: LazyLock<BTreeMap<&str, String>> = LazyLock::new(|| View::World.draw_land());
        static OF_RUSSIA: LazyLock<BTreeMap<&str, String>> = LazyLock::new(|| View::Russia.draw_land());
        match self {
            Self::World => &OF_WORLD,
            Self::Russia => &OF_RUSSIA,
        }
    }

    fn draw_land(self) -> BTreeMap<&'static str, String> {
        self.outlines().iter().map(|(code, territory)| (*code, path(&self.draw(&territory.rings)))).collect()
    }

    /// Whether a territory lies beyond what the map is about.
    pub(super) fn is_beyond(self, code: &str) -> bool {
        self == Self::Russia && !code.starts_with("RU-")
    }

    fn projection(self) -> Projection {
        match self {
            // 11° east puts the cut into the Bering Strait: it parts Russia from Alaska and no country from itself.
            Self::World => Projection::EqualEarth { meridian: 11.0 },
            // The parallels that atlases of Russia use; a sixth and a third into its breadth from either side.
            Self::Russia => Projection::Albers { meridian: 100.0, origin: 56.0, parallels: (52.0, 64.0) },
        }
    }

    /// The window on the projected plane.
    fn frame(self) -> Frame {
        match self {
            // From the Cook Islands to Samoa, from Tierra del Fuego to the north of Greenland.
            Self::World => Frame { left: -2.56, right: 2.67, low: -1.05, high: 1.33 },
            // From Kaliningrad to the Bering Strait, from Pyongyang to Franz Josef Land.
            Self::Russia => Frame { left: -0.685, right: 0.575, low: -0.24, high: 0.585 },
        }
    }

    /// Height of the map in units of its drawing.
    pub(super) fn height(self) -> f64 {
        let frame = self.frame();
        ((frame.high - frame.low) * self.scale()).ceil()
    }

    /// Units of the drawing to one unit of the projected plane.
    fn scale(self) -> f64 {
        let frame = self.frame();
        WIDTH / (frame.right - frame.left)
    }

    /// Where a point on the earth stands in the drawing; `None` when it lies outside the frame.
    pub(super) fn place(self, latitude: f64, longitude: f64) -> Option<Point> {
        if !(latitude.is_finite() && longitude.is_finite() && latitude.abs() <= 90.0 && longitude.abs() <= 360.0) {
            return None;
        }
        let from_middle = longitude - self.projection().meridian();
        let turned = from_middle - 360.0 * ((from_middle + 180.0) / 360.0).floor();
        let point = self.projection().project(turned, latitude);
        self.frame().contains(point).then(|| self.to_drawing(point))
    }

    /// The rings of a territory as they stand in the drawing, cut to it.
    fn draw(self, rings: &[Vec<Point>]) -> Vec<Vec<Point>> {
        let projection = self.projection();
        let parts = rings.iter().flat_map(|ring| unroll(ring, projection.meridian()));
        let flat = parts.map(|part| {
            let flat: Vec<Point> =
                part.iter().map(|(longitude, latitude)| projection.project(*longitude, *latitude)).collect();
            crop(&flat, &self.margin())
        });
        flat.filter(|ring| ring.len() > 2)
            .map(|ring| ring.into_iter().map(|point| self.to_drawing(point)).collect())
            .collect()
    }

    /// The frame with an edge of a few units around it, so that no line is drawn along the edge itself.
    fn margin(self) -> Frame {
        let (frame, edge) = (self.frame(), 4.0 / self.scale());
        Frame { left: frame.left - edge, right: frame.right + edge, low: frame.low - edge, high: frame.high + edge }
    }

    fn to_drawing(self, (x, y): Point) -> Point {
        let frame = self.frame();
        ((x - frame.left) * self.scale(), (frame.high - y) * self.scale())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extent(rings: &[Vec<Point>]) -> (f64, f64) {
        rings.iter().flatten().fold((f64::MAX, f64::MIN), |(low, high), (x, _)| (low.min(*x), high.max(*x)))
    }

    #[test]
    fn every_country_and_every_subject_has_a_place_in_its_frame() {
        for (code, territory) in WORLD.iter() {
            let (latitude, longitude) = territory.point;
            assert!(View::World.place(latitude, longitude).is_some(), "{code}");
        }
        for (code, territory) in RUSSIA.iter().filter(|(code, _)| code.starts_with("RU-")) {
            let (latitude, longitude) = territory.point;
            assert!(View::Russia.place(latitude, longitude).is_some(), "{code}");
        }
        assert!(View::Russia.place(39.02, 125.75).is_some(), "Pyongyang stands on the map of Russia");
    }

    #[test]
    fn all_of_russia_fits_its_map_and_chukotka_does_not_smear() {
        for (code, territory) in RUSSIA.iter().filter(|(code, _)| code.starts_with("RU-")) {
            let rings = View::Russia.draw(&territory.rings);
            let height = View::Russia.height();
            for (x, y) in rings.iter().flatten() {
                assert!((0.0..=WIDTH).contains(x) && (0.0..=height).contains(y), "{code} {x} {y}");
            }
        }
        let (west, east) = extent(&View::Russia.draw(&RUSSIA["RU-CHU"].rings));
        assert!(west > 500.0 && east < WIDTH, "{west} {east}");
    }

    #[test]
    fn russia_is_whole_on_the_map_of_the_world() {
        let (west, east) = extent(&View::World.draw(&WORLD["RU"].rings));
        assert!(west > 360.0 && east < WIDTH, "{west} {east}");
    }

    #[test]
    fn absurd_places_have_no_place() {
        for (latitude, longitude) in [(f64::NAN, 0.0), (0.0, f64::INFINITY), (91.0, 0.0), (0.0, 1e300)] {
            assert_eq!(View::World.place(latitude, longitude), None);
        }
        assert_eq!(View::World.place(-80.0, 0.0), None, "Antarctica lies outside the frame");
        assert_eq!(
            View::World.place(10.0, -170.0),
            View::World.place(10.0, 190.0),
            "a turn of the earth changes nothing"
        );
    }
}
