//! From latitude and longitude to the plane. Both projections keep areas, so that no country looks larger than it is.
//!
//! The trigonometry is `libm`'s, not the platform's: the same map has the same bytes on every machine.

use libm::{asin, cos, sin};

/// A projection of the unit sphere; `y` grows northwards.
#[derive(Clone, Copy, Debug)]
pub(super) enum Projection {
    /// Equal Earth (Šavrič, Patterson and Jenny 2018, <https://doi.org/10.1080/13658816.2018.1504949>), for the world.
    EqualEarth {
        /// Longitude of the middle of the map, in degrees; the map is cut on the other side of the earth.
        meridian: f64,
    },
    /// Albers' conic with two true parallels (Snyder 1987, *Map Projections: A Working Manual*, chapter 14), for a
    /// country that is wide and northern.
    Albers {
        /// Longitude of the middle of the map, in degrees.
        meridian: f64,
        /// Latitude at which `y` is 0, in degrees.
        origin: f64,
        /// The parallels along which the scale is true, in degrees.
        parallels: (f64, f64),
    },
}

impl Projection {
    /// The longitude, in degrees, that lies in the middle of the map.
    pub(super) fn meridian(self) -> f64 {
        match self {
            Self::EqualEarth { meridian } | Self::Albers { meridian, .. } => meridian,
        }
    }

    /// Places a point whose longitude is counted from the middle meridian, both in degrees.
    pub(super) fn project(self, longitude: f64, latitude: f64) -> (f64, f64) {
        let (lambda, phi) = (longitude.to_radians(), latitude.to_radians());
        match self {
            Self::EqualEarth { .. } => equal_earth(lambda, phi),
            Self::Albers { origin, parallels, .. } => albers(lambda, phi, origin, parallels),
        }
    }
}

/// The polynomial of the paper: a curve between the equator and the pole that looks right, and the width that keeps areas.
fn equal_earth(lambda: f64, phi: f64) -> (f64, f64) {
    const A1: f64 = 1.340_264;
    const A2: f64 = -0.081_106;
    const A3: f64 = 0.000_893;
    const A4: f64 = 0.003_796;
    let root_three = 3f64.sqrt();
    let theta = asin(root_three / 2.0 * sin(phi));
    let square = theta * theta;
    let sixth = square * square * square;
    let slope = A1 + 3.0 * A2 * square + sixth * (7.0 * A3 + 9.0 * A4 * square);
    let x = 2.0 * root_three * lambda * cos(theta) / (3.0 * slope);
    let y = theta * (A1 + A2 * square + sixth * (A3 + A4 * square));
    (x, y)
}

/// The cone through both parallels, unrolled.
fn albers(lambda: f64, phi: f64, origin: f64, (first, second): (f64, f64)) -> (f64, f64) {
    let (first, second) = (first.to_radians(), second.to_radians());
    let n = f64::midpoint(sin(first), sin(second));
    let c = cos(first) * cos(first) + 2.0 * n * sin(first);
    let radius = |phi: f64| (c - 2.0 * n * sin(phi)).max(0.0).sqrt() / n;
    let (here, there) = (radius(phi), radius(origin.to_radians()));
    (here * sin(n * lambda), there - here * cos(n * lambda))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EARTH: Projection = Projection::EqualEarth { meridian: 0.0 };
    const ALBERS: Projection = Projection::Albers { meridian: 100.0, origin: 56.0, parallels: (52.0, 64.0) };

    fn assert_close((x, y): (f64, f64), expected: (f64, f64)) {
        let apart = (x - expected.0).abs().max((y - expected.1).abs());
        assert!(apart < 1e-8, "({x}, {y}) is not {expected:?}");
    }

    #[test]
    fn equal_earth_is_as_published() {
        // PROJ 9.5.1, `+proj=eqearth +R=1`; the ends of the equator and of the pole also stand in the paper.
        for (longitude, latitude, expected) in [
            (0.0, 0.0, (0.0, 0.0)),
            (180.0, 0.0, (2.706_629_984, 0.0)),
            (0.0, 90.0, (0.0, 1.317_362_759)),
            (180.0, 90.0, (1.603_588_648, 1.317_362_759)),
            (100.0, 45.0, (1.288_727_221, 0.860_231_086)),
            (-75.0, -30.0, (-1.054_875_698, -0.592_935_120)),
        ] {
            assert_close(EARTH.project(longitude, latitude), expected);
        }
    }

    #[test]
    fn albers_is_as_published() {
        // PROJ 9.5.1, `+proj=aea +R=1 +lat_1=52 +lat_2=64 +lat_0=56 +lon_0=100`.
        for (longitude, latitude, expected) in [
            (0.0, 56.0, (0.0, 0.0)),
            (20.5 - 100.0, 54.7, (-0.628_719_902, 0.393_757_109)),
            (190.0 - 100.0, 66.0, (0.470_350_803, 0.541_889_534)),
            (131.9 - 100.0, 43.1, (0.399_956_648, -0.128_223_695)),
        ] {
            assert_close(ALBERS.project(longitude, latitude), expected);
        }
    }

    #[test]
    fn areas_are_kept_everywhere() {
        let step = 1e-4;
        for projection in [EARTH, ALBERS] {
            for latitude in [-60.0, -30.0, 0.0, 15.0, 45.0, 62.0, 80.0] {
                for longitude in [-170.0, -90.0, 0.0, 33.0, 120.0] {
                    let here = projection.project(longitude, latitude);
                    let east = projection.project(longitude + step, latitude);
                    let north = projection.project(longitude, latitude + step);
                    let (a, b) = (east.0 - here.0, east.1 - here.1);
                    let (c, d) = (north.0 - here.0, north.1 - here.1);
                    let area = (a * d - b * c) / (step.to_radians() * step.to_radians());
                    assert!((area - cos(latitude.to_radians())).abs() < 1e-4, "{projection:?} {longitude} {latitude}");
                }
            }
        }
    }
}
