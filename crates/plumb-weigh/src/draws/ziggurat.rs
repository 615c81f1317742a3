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

/// One layer: its width, the width of the layer above, and the density at both.
#[derive(Clone, Copy, Debug, Default)]
struct Layer {
    width: f64,
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
        *layer = Layer { width, inner, low: density(width), high: density(inner) };
        width = inner;
        let height = density(inner) + AREA / inner;
        inner = if height >= 1.0 { 0.0 } else { (-2.0 * libm::log(height)).sqrt() };
    }
    Tables(layers)
}

/// A standard normal number. Of each 64 bits the lowest eight choose the layer, one the sign and 53 the place.
#[inline]
pub(super) fn normal(stream: &mut Stream, tables: &Tables) -> f64 {
    loop {
        let bits = stream.bits();
        let index = bits & 0xFF;
        let Some(layer) = tables.0.get(index as usize) else { continue };
        let sign = if bits & 0x100 == 0 { 1.0 } else { -1.0 };
        let x = place(bits) * layer.width;
        if x < layer.inner {
            return sign * x;
        }
        if let Some(x) = outside(stream, layer, x, index == 0) {
            return sign * x;
        }
    }
}

/// The upper 53 bits as a number from 0 up to 1.
#[inline]
#[expect(clippy::cast_precision_loss, reason = "53 bits fit a double")]
fn place(bits: u64) -> f64 {
    (bits >> 11) as f64 * super::UNIFORM_STEP
}

/// A point outside the inner rectangle: in the tail, or kept if it lies under the density.
#[cold]
fn outside(stream: &mut Stream, layer: &Layer, x: f64, lowest: bool) -> Option<f64> {
    if lowest {
        return Some(tail(stream));
    }
    let height = layer.low + stream.uniform() * (layer.high - layer.low);
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
