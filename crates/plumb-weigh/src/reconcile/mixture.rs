//! A quantity in many worlds at once: a mixture of normal distributions on its scale.

use crate::statistics::{find_root, normal_cdf};

use super::cells::Cells;
use super::least_squares::Undetermined;
use super::model::Cluster;
use super::right_or_wrong::Posterior;
use super::scale::{Quantiles, Scale};
use super::worlds::{Mask, is_right, mean_of};

/// One world's part.
struct Part {
    mask: Mask,
    weight: f64,
    mu: f64,
    sigma: f64,
}

pub(super) struct Mixture {
    scale: Scale,
    parts: Vec<Part>,
}

/// Normals end here: beyond eight standard deviations lies less than a double can add to one.
const REACH: f64 = 8.3;
/// States of an origin less probable than this are not spoken of: the worlds left out might matter there.
const LEAST_STATE: f64 = 1e-3;

impl Mixture {
    /// From worlds with their probabilities, means and standard deviations.
    pub(super) fn new(scale: Scale, worlds: impl Iterator<Item = (Mask, f64, (f64, f64))>) -> Self {
        let mut parts: Vec<Part> =
            worlds.map(|(mask, weight, (mu, sigma))| Part { mask, weight, mu, sigma: sigma.max(1e-300) }).collect();
        let total: f64 = parts.iter().map(|part| part.weight).sum();
        for part in &mut parts {
            part.weight /= total;
        }
        Self { scale, parts }
    }

    fn cdf(&self, place: f64) -> f64 {
        self.parts.iter().map(|part| part.weight * part.cdf(place)).sum()
    }

    fn quantile(&self, p: f64) -> Option<f64> {
        let ends = |sign: f64| self.parts.iter().map(move |part| part.mu + sign * REACH * part.sigma);
        let (low, high) = (ends(-1.0).fold(f64::INFINITY, f64::min), ends(1.0).fold(f64::NEG_INFINITY, f64::max));
        // a place known to a billionth of a logarithm
        if high - low < 1e-9 { Some(low) } else { find_root(|place| self.cdf(place) - p, low, high, 1e-9) }
    }

    /// What is to be told of the quantity.
    pub(super) fn posterior(&self, cluster: &Cluster) -> Result<Posterior, Undetermined> {
        self.told(cluster).ok_or(Undetermined::TooWide)
    }

    /// Mean and quantiles.
    pub(super) fn summary(&self) -> Option<(f64, Quantiles)> {
        let quantiles = Quantiles::from(|p| Some(self.scale.value(self.quantile(p)?)))?;
        let mean = mean_of(self.scale, self.parts.iter().map(|part| (part.weight, part.mu, part.sigma)))?;
        Some((mean, quantiles))
    }

    fn told(&self, cluster: &Cluster) -> Option<Posterior> {
        let (mean, quantiles) = self.summary()?;
        let cells = self.cells(cluster)?;
        Some(Posterior {
            mean,
            quantiles,
            errors: None,
            histogram: cells.histogram(self.scale),
            humps: cells.humps(self.scale, 0.0),
            drivers: cells.drivers(self.scale, &cluster.origins, LEAST_STATE),
        })
    }

    /// The mixture in cells from its 0.1 % to its 99.9 % quantile.
    fn cells(&self, cluster: &Cluster) -> Option<Cells> {
        let mut cells = Cells::new(self.quantile(0.001)?, self.quantile(0.999)?, cluster.origins.len());
        let edges: Vec<f64> = cells.edges().collect();
        for part in &self.parts {
            let right: Vec<f64> =
                (0..cluster.origins.len()).map(|origin| f64::from(u8::from(is_right(part.mask, origin)))).collect();
            let mut before = 0.0;
            for (index, edge) in edges.iter().enumerate() {
                // the last cell holds all that lies beyond
                let up_to = if index + 1 == edges.len() { 1.0 } else { part.cdf(*edge) };
                let mass = part.weight * (up_to - before);
                if mass > 0.0 {
                    cells.add(index, mass, &right);
                }
                before = up_to;
            }
        }
        Some(cells)
    }
}

impl Part {
    fn cdf(&self, place: f64) -> f64 {
        let z = (place - self.mu) / self.sigma;
        // most parts are far away
        if z < -REACH {
            0.0
        } else if z > REACH {
            1.0
        } else {
            normal_cdf(z)
        }
    }
}
