//! Rings as the `d` of an SVG path: one decimal, relative steps, no character that is not needed.

use super::clip::Point;

/// The path of closed rings. Steps too short for one decimal are left out, and rings of which too little is left.
///
/// Steps are between rounded points, so that rounding does not add up along a ring.
pub(super) fn path(rings: &[Vec<Point>]) -> String {
    let mut out = String::new();
    for ring in rings {
        let mut points: Vec<(i32, i32)> = ring.iter().map(|(x, y)| (tenths(*x), tenths(*y))).collect();
        points.dedup();
        while points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        write_ring(&mut out, &points);
    }
    out
}

fn write_ring(out: &mut String, points: &[(i32, i32)]) {
    let [start, rest @ ..] = points else { return };
    if rest.len() < 2 {
        return;
    }
    out.push('M');
    write_pair(out, *start);
    out.push('l');
    let mut before = start;
    for point in rest {
        write_pair(out, (point.0 - before.0, point.1 - before.1));
        before = point;
    }
    out.push('z');
}

fn write_pair(out: &mut String, (x, y): (i32, i32)) {
    for tenths in [x, y] {
        if tenths >= 0 && out.ends_with(|last: char| last.is_ascii_digit()) {
            out.push(' ');
        }
        out.push_str(&decimal(tenths));
    }
}

/// A length with at most one decimal.
pub(super) fn number(value: f64) -> String {
    decimal(tenths(value))
}

/// Tenths as a decimal without needless zeros: 5 is `.5`, -12 is `-1.2`, 30 is `3`.
fn decimal(tenths: i32) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (0, part) => format!("{sign}.{part}"),
        (whole, part) => format!("{sign}{whole}.{part}"),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the cast saturates, and a drawing is some hundreds of units wide")]
fn tenths(value: f64) -> i32 {
    (value * 10.0).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_written_short() {
        let ring = vec![(10.0, 20.04), (10.5, 20.04), (10.5, 18.0), (10.5, 18.01), (10.0, 20.0)];
        assert_eq!(path(&[ring]), "M10 20l.5 0 0-2z");
    }

    #[test]
    fn what_is_too_small_is_left_out() {
        assert_eq!(path(&[vec![(1.0, 1.0), (1.01, 1.0), (1.0, 1.02)], vec![]]), "");
    }

    #[test]
    fn rounding_does_not_add_up() {
        let ring: Vec<Point> = (0..100).map(|i| (f64::from(i) * 0.14, if i % 2 == 0 { 0.0 } else { 5.0 })).collect();
        let text = path(&[ring]);
        let steps = text.trim_start_matches("M0 0l").trim_end_matches('z');
        assert!(steps.matches(".2").count() > 30 && steps.matches(".1").count() > 30);
    }

    #[test]
    fn numbers_have_at_most_one_decimal() {
        for (value, text) in [(0.0, "0"), (-0.04, "0"), (0.25, ".3"), (-1.25, "-1.3"), (720.0, "720")] {
            assert_eq!(number(value), text);
        }
    }
}
