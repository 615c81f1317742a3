//! e to the power of each number in a list, several times as fast as one call for each.
//!
//! Only additions, multiplications and shifts of bits, which IEEE 754 fixes to the last digit, so the result is the same on
//! every machine whether or not the compiler works on several numbers at a time. Within one unit in the last place or so
//! of the true value; the tests hold it against `libm`.

/// log₂ e, and ln 2 in two parts of which the first has zeros enough that its product with any exponent is exact
/// (Cody and Waite 1980).
const LOG2_E: f64 = std::f64::consts::LOG2_E;
const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// 1.5·2⁵²: adding it rounds to a whole number, which then stands in the lowest bits.
const ROUND: f64 = 6_755_399_441_055_744.0;
/// Beyond this the result nears the limits of a double and is left to `libm`.
const FARTHEST: f64 = 700.0;
/// How many numbers are looked at together for one that is far out.
const BLOCK: usize = 128;

/// The polynomial of degree 11 that comes closest to eˣ on ±½ ln 2 in relative terms (exchange algorithm of Remez 1934, run
/// with 60 digits): its error is 3·10⁻¹⁸, a seventieth of what rounding does to a double.
const POLYNOMIAL: [f64; 12] = [
    1.0,
    1.0,
    0.500_000_000_000_001_8,
    0.166_666_666_666_661_7,
    0.041_666_666_666_492_63,
    0.008_333_333_333_559_434,
    0.001_388_888_895_126_104_1,
    0.000_198_412_694_324_704_88,
    2.480_148_648_143_64e-5,
    2.755_762_262_047_198e-6,
    2.763_230_817_489_448_7e-7,
    2.499_430_327_381_439_4e-8,
];

/// Replaces each number z by e to the power of mu + sigma·z.
pub(crate) fn exp_each(values: &mut [f64], mu: f64, sigma: f64) {
    for block in values.chunks_mut(BLOCK) {
        // no early end of the search: without branches the processor compares several at once
        let mut all_near = true;
        for value in block.iter_mut() {
            *value = mu + sigma * *value;
            all_near &= value.abs() <= FARTHEST;
        }
        if all_near {
            for value in block {
                *value = near(*value);
            }
        } else {
            for value in block {
                *value = if value.abs() <= FARTHEST { near(*value) } else { libm::exp(*value) };
            }
        }
    }
}

/// eˣ, in place of a call of `libm` in the innermost loops.
#[inline]
pub(crate) fn exp(x: f64) -> f64 {
    if x.abs() <= FARTHEST { near(x) } else { libm::exp(x) }
}

/// eˣ for |x| ≤ 700; something else beyond.
#[inline]
fn near(x: f64) -> f64 {
    let shifted = x * LOG2_E + ROUND;
    let whole = shifted - ROUND;
    let rest = (x - whole * LN_2_HIGH) - whole * LN_2_LOW;
    // the whole number of doublings goes into the exponent of the result
    f64::from_bits(polynomial(rest).to_bits().wrapping_add(shifted.to_bits() << 52))
}

/// The polynomial, its terms paired (Estrin 1960) so that a processor can work on them side by side.
#[inline]
#[expect(clippy::many_single_char_names, reason = "twelve coefficients of one polynomial")]
fn polynomial(x: f64) -> f64 {
    let [a, b, c, d, e, f, g, h, i, j, k, l] = POLYNOMIAL;
    let x2 = x * x;
    let x4 = x2 * x2;
    let low = (a + b * x) + (c + d * x) * x2;
    let middle = (e + f * x) + (g + h * x) * x2;
    let high = (i + j * x) + (k + l * x) * x2;
    low + (middle + high * x4) * x4
}

#[cfg(test)]
mod tests {
    use super::exp_each;

    #[test]
    fn agrees_with_libm_to_the_last_place() {
        let places: Vec<f64> = (-70_001..70_001).map(|step| f64::from(step) * 0.010_000_123).collect();
        let mut found = places.clone();
        exp_each(&mut found, 0.0, 1.0);
        for (x, value) in places.iter().zip(&found) {
            let expected = libm::exp(*x);
            assert!((value / expected - 1.0).abs() <= 4.5e-16, "exp({x}) = {value}, not {expected}");
        }
    }

    #[test]
    fn extremes_are_left_to_libm() {
        let mut values = [f64::NEG_INFINITY, -800.0, 0.0, 800.0, f64::INFINITY, f64::NAN];
        exp_each(&mut values, 0.0, 1.0);
        assert_eq!(values[..5], [0.0, 0.0, 1.0, f64::INFINITY, f64::INFINITY]);
        assert!(values[5].is_nan());
    }
}
