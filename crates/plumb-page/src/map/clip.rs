//! Cutting rings: at the meridian where the map is cut, and at the frame.

/// A point as two coordinates; in degrees before projection, in the units of the drawing after it.
pub(super) type Point = (f64, f64);

/// A rectangle that contains its edges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Frame {
    /// Whether a point lies in it.
    pub(super) fn contains(&self, (x, y): Point) -> bool {
        (self.left..=self.right).contains(&x) && (self.low..=self.high).contains(&y)
    }
}

/// The parts of a ring on one turn of the earth: longitudes from −180 to 180, counted from the middle of the map.
///
/// Rings come whole, with longitudes that go on beyond 180 where land does. A ring across the cut gives one part at
/// each end of the map instead of a smear across it.
pub(super) fn unroll(ring: &[Point], meridian: f64) -> Vec<Vec<Point>> {
    let parts = [-1.0, 0.0, 1.0].into_iter().map(|turn| {
        let shift = turn * 360.0 - meridian;
        let moved: Vec<Point> = ring.iter().map(|(longitude, latitude)| (longitude + shift, *latitude)).collect();
        half(&half(&moved, |(x, _)| x + 180.0), |(x, _)| 180.0 - x)
    });
    parts.filter(|part| part.len() > 2).collect()
}

/// The part of a ring inside a frame; may run along the edges of the frame where the ring lies in pieces.
pub(super) fn crop(ring: &[Point], frame: &Frame) -> Vec<Point> {
    let ring = half(ring, |(x, _)| x - frame.left);
    let ring = half(&ring, |(x, _)| frame.right - x);
    let ring = half(&ring, |(_, y)| y - frame.low);
    half(&ring, |(_, y)| frame.high - y)
}

/// The part of a ring where `inside` is not negative; `inside` must be linear (Sutherland and Hodgman 1974).
fn half(ring: &[Point], inside: impl Fn(Point) -> f64) -> Vec<Point> {
    let mut kept = Vec::with_capacity(ring.len());
    let Some(mut before) = ring.last().copied() else { return kept };
    for &point in ring {
        let (a, b) = (inside(before), inside(point));
        if (a < 0.0) != (b < 0.0) {
            let share = a / (a - b);
            kept.push((before.0 + share * (point.0 - before.0), before.1 + share * (point.1 - before.1)));
        }
        if b >= 0.0 {
            kept.push(point);
        }
        before = point;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_away_from_the_cut_is_only_moved() {
        let ring = [(20.0, 0.0), (30.0, 0.0), (30.0, 10.0)];
        assert_eq!(unroll(&ring, 10.0), vec![vec![(10.0, 0.0), (20.0, 0.0), (20.0, 10.0)]]);
    }

    #[test]
    fn a_ring_across_the_cut_becomes_two_parts_that_do_not_smear() {
        let ring = [(170.0, 60.0), (190.0, 60.0), (190.0, 70.0), (170.0, 70.0)];
        let parts = unroll(&ring, 0.0);
        assert_eq!(parts.len(), 2);
        for part in &parts {
            let (west, east) =
                part.iter().fold((f64::MAX, f64::MIN), |(low, high), (x, _)| (low.min(*x), high.max(*x)));
            assert!((east - west - 10.0).abs() < 1e-9, "{part:?}");
            assert!(west >= -180.0 && east <= 180.0);
        }
    }

    #[test]
    fn a_ring_whole_beyond_180_comes_back_on_the_other_side() {
        let ring = [(181.0, 60.0), (190.0, 60.0), (190.0, 70.0)];
        assert_eq!(unroll(&ring, 0.0), vec![vec![(-179.0, 60.0), (-170.0, 60.0), (-170.0, 70.0)]]);
        assert_eq!(unroll(&ring, 11.0), vec![vec![(170.0, 60.0), (179.0, 60.0), (179.0, 70.0)]]);
    }

    #[test]
    fn a_crop_stays_in_its_frame_and_drops_what_lies_outside() {
        let frame = Frame { left: 0.0, right: 10.0, low: 0.0, high: 10.0 };
        let crossing = crop(&[(-5.0, 2.0), (5.0, 2.0), (5.0, 15.0), (-5.0, 15.0)], &frame);
        assert_eq!(crossing.len(), 4);
        assert!(crossing.iter().all(|point| frame.contains(*point)), "{crossing:?}");
        assert!(crop(&[(20.0, 0.0), (30.0, 0.0), (30.0, 5.0)], &frame).is_empty());
        assert!(crop(&[], &frame).is_empty());
    }
}
