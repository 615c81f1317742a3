//! Normal numbers by the ziggurat of Marsaglia and Tsang (2000, Journal of Statistical Software 5), in the form of Doornik
//! (2005, "An improved ziggurat method to generate normal random samples"), which is exact to the last bit of a double.
//!
//! The area under the density is cut into 256 layers of equal area. A point in a layer's inner rectangle, 99 of 100, is
//! taken at once; the rest is compared with the density itself.

use std::sync::LazyLock;

use super::Stream;

const LAYERS: usize = 256;
/// Where the tail begins, and the area of each layer (Marsaglia and Tsang 2000, for 256 layers).
const TAIL: f64 = 3.654_152_885_361_009;
const AREA: f64 = 0.004_928_673_233_974_655;

/// One layer: its width as a step of the 53-bit place, the width of the layer above, and the density at both.
#[derive(Clone, Copy, Debug, Default)]
struct Layer {
    step: f64,
    inner: f64,
    low: f64,
    high: f64,
}

/// The layers, from the tail upwards.
#[derive(Debug)]
pub(super) struct Tables([Layer; LAYERS]);

static TABLES: LazyLock<Tables> = LazyLock::new(build);

pub(super) fn tables() -> &'static Tables {
    &TABLES
}

/// The density without its constant.
fn density(x: f64) -> f64 {
    libm::exp(-0.5 * x * x)
}

fn build() -> Tables {
    let mut layers = [Layer::default(); LAYERS];
    // the lowest layer holds the tail as well, so its rectangle is wider than the point where the tail begins
    let mut width = AREA / density(TAIL);
    let mut inner = TAIL;
    for layer in &mut layers {
        *layer = Layer { step: width * (2.0 * super::UNIFORM_STEP), inner, low: density(width), high: density(inner) };
        width = inner;
        let height = density(inner) + AREA / inner;
        inner = if height >= 1.0 { 0.0 } else { (-2.0 * libm::log(height)).sqrt() };
    }
    Tables(layers)
}

/// The normal number that 64 random bits mean; `None` for one in a hundred, where [`hard`] must decide.
///
/// The lowest eight bits choose the layer, the upper 53 the place from −1 to 1 within it.
#[inline]
pub(super) fn easy(bits: u64, tables: &Tables) -> Option<f64> {
    let layer = tables.0.get(usize::from(bits.to_le_bytes()[0]))?;
    let x = place(bits) * layer.step;
    (x.abs() < layer.inner).then_some(x)
}

/// The upper 53 bits as a whole number from −2⁵² up to 2⁵².
#[inline]
#[expect(clippy::cast_precision_loss, reason = "53 bits fit a double")]
fn place(bits: u64) -> f64 {
    (bits.cast_signed() >> 11) as f64
}

/// The normal number for bits that [`easy`] refuses: further bits come from `spare`, until a point is kept.
#[cold]
pub(super) fn hard(bits: u64, tables: &Tables, spare: &mut Stream) -> f64 {
    let mut bits = bits;
    loop {
        if let Some(x) = easy(bits, tables).or_else(|| outside(bits, tables, spare)) {
            return x;
        }
        bits = spare.bits();
    }
}

/// A point outside the inner rectangle: in the tail, or kept if it lies under the density.
fn outside(bits: u64, tables: &Tables, spare: &mut Stream) -> Option<f64> {
    let index = bits.to_le_bytes()[0];
    let layer = tables.0.get(usize::from(index))?;
    let x = place(bits) * layer.step;
    if index == 0 {
        return Some(tail(spare).copysign(x));
    }
    let height = layer.low + spare.uniform() * (layer.high - layer.low);
    (height < density(x)).then_some(x)
}

/// A number beyond [`TAIL`] (Marsaglia 1964).
fn tail(stream: &mut Stream) -> f64 {
    loop {
        let x = stream.exponential() / TAIL;
        let y = stream.exponential();
        if 2.0 * y >= x * x {
            return TAIL + x;
        }
    }
}
