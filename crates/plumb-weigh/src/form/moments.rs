//! Mean and standard deviation of each form.

use crate::statistics::{mean, sum};

use super::{Form, Kind};

impl Form {
    /// Its mean; `None` when it has none that a double can hold (a heavy metalog tail, an enormous sigma).
    pub fn mean(&self) -> Option<f64> {
        self.first().filter(|value| value.is_finite())
    }

    /// Its standard deviation; `None` as for [`Form::mean`].
    pub fn sd(&self) -> Option<f64> {
        let middle = self.mean()?;
        Some(self.second_about(middle)?.sqrt()).filter(|value| value.is_finite())
    }

    fn first(&self) -> Option<f64> {
        Some(match &self.0 {
            Kind::Point(value) => *value,
            Kind::Normal { mean, .. } => *mean,
            Kind::LogNormal { mu, sigma } => libm::exp(mu + 0.5 * sigma * sigma),
            Kind::Uniform { low, high } => 0.5 * low + 0.5 * high,
            Kind::LogUniform { low, high } => (high - low) / libm::log(high / low),
            Kind::Triangular { low, mode, high } => low / 3.0 + mode / 3.0 + high / 3.0,
            Kind::Beta { alpha, beta, low, high } => low + (high - low) * (alpha / (alpha + beta)),
            Kind::Metalog(metalog) => metalog.moment(1, 0.0)?,
            Kind::Empirical(values) => mean(values)?,
            Kind::Mixture(parts) => {
                parts.iter().map(|(weight, part)| Some(weight * part.first()?)).sum::<Option<f64>>()?
            }
        })
    }

    /// E (x − about)²; `about` need not be the mean of this form, as a mixture asks its parts about its own.
    fn second_about(&self, about: f64) -> Option<f64> {
        Some(match &self.0 {
            Kind::Metalog(metalog) => metalog.moment(2, about)?,
            Kind::Empirical(values) => {
                let squares: Vec<f64> = values.iter().map(|value| (value - about) * (value - about)).collect();
                mean(&squares)?
            }
            Kind::Mixture(parts) => {
                let squares = parts.iter().map(|(weight, part)| Some(weight * part.second_about(about)?));
                sum(squares.collect::<Option<Vec<f64>>>()?)
            }
            _ => {
                let shift = self.first()? - about;
                self.closed_variance() + shift * shift
            }
        })
    }

    /// The variance of the forms for which there is a formula; zero for the others.
    fn closed_variance(&self) -> f64 {
        match &self.0 {
            Kind::Normal { sd, .. } => sd * sd,
            Kind::LogNormal { mu, sigma } => {
                let middle = libm::exp(mu + 0.5 * sigma * sigma);
                middle * middle * libm::expm1(sigma * sigma)
            }
            Kind::Uniform { low, high } => (high - low) * (high - low) / 12.0,
            Kind::LogUniform { low, high } => {
                let (width, logs) = (high - low, libm::log(high / low));
                0.5 * width * (high + low) / logs - (width / logs) * (width / logs)
            }
            Kind::Triangular { low, mode, high } => {
                let (left, right, all) = (mode - low, high - mode, high - low);
                (left * left + right * right + all * all) / 36.0
            }
            Kind::Beta { alpha, beta, low, high } => {
                let size = alpha + beta;
                (high - low) * (high - low) * (alpha / size) * (beta / size) / (size + 1.0)
            }
            Kind::Point(_) | Kind::Metalog(_) | Kind::Mixture(_) | Kind::Empirical(_) => 0.0,
        }
    }
}
