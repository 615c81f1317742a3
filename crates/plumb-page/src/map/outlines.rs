//! The outlines of countries and of Russia's federal subjects: Natural Earth's, reduced; see `data/map/README.md`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::clip::Point;

/// The land of one code.
#[derive(Debug)]
pub(super) struct Territory {
    /// Latitude and longitude of a point well inside its largest part, in degrees.
    pub(super) point: (f64, f64),
    /// Outer and inner edges, opposite in direction: longitude and latitude in degrees, longitudes beyond 180 where
    /// land goes on there. None for an island too small for the data.
    pub(super) rings: Vec<Vec<Point>>,
}

/// Territories by ISO 3166 code.
pub(super) type Outlines = BTreeMap<&'static str, Territory>;

/// Countries by ISO 3166-1 alpha-2 code; `-` is land that no code covers.
pub(super) static WORLD: LazyLock<Outlines> = LazyLock::new(|| parse(include_str!("../../data/map/world.tsv")));

/// Russia's federal subjects by ISO 3166-2 code, and the countries around them.
pub(super) static RUSSIA: LazyLock<Outlines> = LazyLock::new(|| parse(include_str!("../../data/map/russia.tsv")));

/// A point well inside a country or a federal subject of Russia, as latitude and longitude in degrees.
///
/// `code` is ISO 3166-1 alpha-2 or, for Russia's federal subjects, ISO 3166-2. `None` for every other code.
///
/// ```
/// let (latitude, longitude) = plumb_page::map::place_point("KP").unwrap();
/// assert!((latitude - 40.0).abs() < 2.0 && (longitude - 127.0).abs() < 2.0);
/// assert!(plumb_page::map::place_point("RU-PRI").is_some());
/// assert!(plumb_page::map::place_point("QQ").is_none());
/// ```
pub fn place_point(code: &str) -> Option<(f64, f64)> {
    WORLD.get(code).or_else(|| RUSSIA.get(code)).map(|territory| territory.point)
}

/// Reads a data file; its head explains the format. A line that does not fit is left out (a test sees that none is).
fn parse(text: &'static str) -> Outlines {
    let mut rows = text.lines().filter(|line| !line.starts_with('#'));
    let Some(scale) = rows.next().and_then(|line| line.strip_prefix("scale\t")?.parse().ok()) else {
        return Outlines::new();
    };
    rows.filter_map(|row| territory(row, scale)).collect()
}

fn territory(row: &'static str, scale: f64) -> Option<(&'static str, Territory)> {
    let mut cells = row.split('\t');
    let code = cells.next()?;
    let point = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
    let rings = cells.next()?.split(';').filter(|text| !text.is_empty());
    let rings = rings.map(|text| ring(text, scale)).collect::<Option<_>>()?;
    Some((code, Territory { point, rings }))
}

/// A ring from its first vertex and the steps to each next.
fn ring(text: &str, scale: f64) -> Option<Vec<Point>> {
    let numbers = text.split(' ').map(|number| number.parse::<f64>().ok()).collect::<Option<Vec<_>>>()?;
    let (mut x, mut y) = (0.0, 0.0);
    let steps = numbers.chunks_exact(2);
    if !steps.remainder().is_empty() {
        return None;
    }
    let points = steps.map(|step| {
        let [dx, dy] = step else { return (x, y) };
        x += dx;
        y += dy;
        (x / scale, y / scale)
    });
    Some(points.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a point lies in a territory.
    fn contains(territory: &Territory, (latitude, longitude): (f64, f64)) -> bool {
        let crossings = territory.rings.iter().flat_map(|ring| {
            let ends = ring.iter().skip(1).chain(ring.first());
            ring.iter().zip(ends).filter(|((ax, ay), (bx, by))| {
                (*ay > latitude) != (*by > latitude) && longitude < (bx - ax) * (latitude - ay) / (by - ay) + ax
            })
        });
        crossings.count() % 2 == 1
    }

    #[test]
    fn every_line_of_the_data_is_read() {
        for (text, outlines) in
            [(include_str!("../../data/map/world.tsv"), &*WORLD), (include_str!("../../data/map/russia.tsv"), &*RUSSIA)]
        {
            let rows = text.lines().filter(|line| !line.starts_with('#') && !line.starts_with("scale")).count();
            assert_eq!(outlines.len(), rows);
            assert!(rows > 80);
        }
    }

    #[test]
    fn russia_has_its_83_federal_subjects() {
        let subjects = RUSSIA.keys().filter(|code| code.starts_with("RU-"));
        assert_eq!(subjects.count(), 83);
    }

    #[test]
    fn label_points_lie_in_their_territories() {
        // Of islands and city states of a few kilometres, the data has little more than a dot.
        let near = |(x, y): &Point, (latitude, longitude): (f64, f64)| {
            (x - longitude).abs() < 0.25 && (y - latitude).abs() < 0.25
        };
        let small = |territory: &Territory| territory.rings.iter().flatten().all(|point| near(point, territory.point));
        for (code, territory) in WORLD.iter().chain(RUSSIA.iter()) {
            let (latitude, longitude) = territory.point;
            let inside =
                contains(territory, (latitude, longitude)) || contains(territory, (latitude, longitude + 360.0));
            assert!(inside || small(territory), "{code} has its label point outside");
        }
    }

    #[test]
    fn towns_lie_where_they_are() {
        for (code, latitude, longitude) in [
            ("KP", 39.02, 125.75),
            ("RU", 55.75, 37.62),
            ("RU", 66.0, 189.0),
            ("CN", 39.9, 116.4),
            ("UA", 45.0, 34.1),
            ("CY", 35.3, 33.4),
            ("SO", 9.6, 44.1),
            ("XK", 42.66, 21.16),
            ("TW", 24.0, 121.0),
        ] {
            assert!(contains(&WORLD[code], (latitude, longitude)), "{code}");
        }
        for (code, latitude, longitude) in [
            ("RU-MOW", 55.75, 37.62),
            ("RU-MOS", 55.1, 38.8),
            ("RU-PRI", 43.25, 132.1),
            ("RU-CHU", 66.3, 181.0),
            ("RU-TA", 55.8, 49.1),
        ] {
            assert!(contains(&RUSSIA[code], (latitude, longitude)), "{code}");
        }
    }

    #[test]
    fn borders_are_shared() {
        // Every vertex of a federal subject far from sea and state border must also belong to a neighbour.
        let owners = |x: f64, y: f64| {
            RUSSIA.values().filter(|one| one.rings.iter().flatten().any(|point| *point == (x, y))).count()
        };
        for (x, y) in RUSSIA["RU-TA"].rings.iter().flatten() {
            assert!(owners(*x, *y) > 1, "{x} {y} belongs to Tatarstan alone");
        }
    }

    #[test]
    fn damaged_lines_are_left_out() {
        assert_eq!(parse("").len(), 0);
        assert_eq!(parse("scale\tx\nAA\t1\t2\t3 4").len(), 0);
        let outlines = parse("scale\t10\nAA\t1\t2\t0 0 10 0 0 10\nBB\t1\nCC\t1\t2\t0 0 1\nDD\tx\t2\t\nEE\t1\t2\t");
        assert_eq!(outlines.keys().copied().collect::<Vec<_>>(), ["AA", "EE"]);
        assert_eq!(outlines["AA"].rings, [[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]]);
    }
}
