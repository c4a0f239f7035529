//! The laws that a scenario may name for a time: how each is drawn, and its mean.
//!
//! All floating-point functions come from `libm`, so that every platform draws the same values.

mod age;
mod moments;
mod normal;
pub mod special;

pub use age::Age;
pub use normal::normal_quantile;

use crate::random::Draw;
use crate::time::Span;

/// A distribution of lengths of time. Every law but gamma is drawn by inversion from one uniform,
/// so that common random numbers stay monotone when a parameter changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Law {
    /// Always the same length.
    Constant(Span),
    /// Uniform on [lowest, highest].
    Uniform {
        /// Lower end.
        lowest: Span,
        /// Upper end.
        highest: Span,
    },
    /// Exponential by its mean.
    Exponential {
        /// Mean.
        mean: Span,
    },
    /// Weibull by shape k and scale eta.
    Weibull {
        /// Shape; below 1 the hazard decreases.
        shape: f64,
        /// Scale.
        scale: Span,
    },
    /// Lognormal by its median and its 95th percentile.
    Lognormal {
        /// Median.
        median: Span,
        /// 95th percentile, at least the median.
        p95: Span,
    },
    /// Gamma by shape and mean.
    Gamma {
        /// Shape.
        shape: f64,
        /// Mean.
        mean: Span,
    },
    /// A mixture of exponentials.
    Hyperexponential(Vec<Branch>),
    /// One of the observed values, each as likely as any other.
    Empirical(Vec<Span>),
}

/// One branch of a hyperexponential law.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Branch {
    /// Probability of this branch; the branches' probabilities sum to 1.
    pub probability: f64,
    /// Mean of this branch.
    pub mean: Span,
}

/// The 95 % point of the standard normal law.
pub const Z95: f64 = 1.644_853_626_951_472_2;

impl Law {
    /// The value of this law at a draw: rounded to the nearest nanosecond, at least 0.
    #[must_use]
    pub fn sample(&self, draw: &mut Draw) -> Span {
        match self {
            Self::Constant(span) => *span,
            Self::Gamma { shape, mean } => scaled(*mean, unit_gamma(*shape, draw) / shape),
            _ => self.invert(draw.uniform()),
        }
    }

    /// The value of this law at the first uniform of a draw, if it needs no more than that.
    #[must_use]
    pub fn at(&self, uniform: f64) -> Option<Span> {
        (!matches!(self, Self::Gamma { .. })).then(|| self.invert(uniform))
    }

    /// The inverse of the distribution function; a gamma law, which is drawn otherwise, gives
    /// its mean.
    fn invert(&self, uniform: f64) -> Span {
        match self {
            Self::Constant(span) | Self::Gamma { mean: span, .. } => *span,
            Self::Uniform { lowest, highest } => {
                let width = (*highest - *lowest).0 as f64;
                *lowest + Span(libm::rint(width * uniform) as i64)
            }
            Self::Exponential { mean } => scaled(*mean, -libm::log(uniform)),
            Self::Weibull { shape, scale } => {
                scaled(*scale, libm::pow(-libm::log(uniform), 1.0 / shape))
            }
            Self::Lognormal { median, p95 } => lognormal(*median, sigma(*median, *p95), uniform),
            Self::Hyperexponential(branches) => hyperexponential(branches, uniform),
            Self::Empirical(values) => {
                let index = (uniform * values.len() as f64) as usize;
                values[index.min(values.len() - 1)]
            }
        }
    }

    /// The mean, in seconds.
    #[must_use]
    pub fn mean_s(&self) -> f64 {
        match self {
            Self::Constant(span) => span.as_secs_f64(),
            Self::Uniform { lowest, highest } => {
                f64::midpoint(lowest.as_secs_f64(), highest.as_secs_f64())
            }
            Self::Exponential { mean } | Self::Gamma { mean, .. } => mean.as_secs_f64(),
            Self::Weibull { shape, scale } => scale.as_secs_f64() * libm::tgamma(1.0 + 1.0 / shape),
            Self::Lognormal { median, p95 } => {
                let sigma = sigma(*median, *p95);
                median.as_secs_f64() * libm::exp(sigma * sigma / 2.0)
            }
            Self::Hyperexponential(branches) => {
                branches.iter().map(|b| b.probability * b.mean.as_secs_f64()).sum()
            }
            Self::Empirical(values) => {
                values.iter().map(|v| v.as_secs_f64()).sum::<f64>() / values.len() as f64
            }
        }
    }

    /// The one length that this law always gives, if there is only one.
    #[must_use]
    pub fn constant(&self) -> Option<Span> {
        match self {
            Self::Constant(span) => Some(*span),
            Self::Uniform { lowest, highest } if lowest == highest => Some(*lowest),
            _ => None,
        }
    }
}

/// A law made ready for many draws: what does not depend on the draw is worked out once.
#[derive(Clone, Copy, Debug)]
pub struct Sampler<'l> {
    law: &'l Law,
    constant: Option<Span>,
    sigma: f64,
}

impl<'l> Sampler<'l> {
    /// Makes a law ready.
    #[must_use]
    pub fn new(law: &'l Law) -> Self {
        let sigma = match law {
            Law::Lognormal { median, p95 } => sigma(*median, *p95),
            _ => 0.0,
        };
        Self { law, constant: law.constant(), sigma }
    }

    /// The law.
    #[must_use]
    pub const fn law(&self) -> &'l Law {
        self.law
    }

    /// A value of the law. Nothing is drawn for one that never varies; `first` gives the first uniform
    /// of the draw, `whole` the draw itself, for a law that needs more.
    pub fn draw(&self, first: impl FnOnce() -> f64, whole: impl FnOnce() -> Draw) -> Span {
        self.constant
            .unwrap_or_else(|| self.at(first()).unwrap_or_else(|| self.law.sample(&mut whole())))
    }

    /// As [`Law::at`].
    fn at(&self, uniform: f64) -> Option<Span> {
        match self.law {
            Law::Lognormal { median, .. } => Some(lognormal(*median, self.sigma, uniform)),
            law => law.at(uniform),
        }
    }
}

/// The standard deviation of a lognormal law's logarithm.
fn sigma(median: Span, p95: Span) -> f64 {
    libm::log(p95.as_secs_f64() / median.as_secs_f64()) / Z95
}

fn lognormal(median: Span, sigma: f64, uniform: f64) -> Span {
    scaled(median, libm::exp(sigma * normal_quantile(uniform)))
}

/// `span` times `factor`.
fn scaled(span: Span, factor: f64) -> Span {
    Span::from_secs_f64(span.as_secs_f64() * factor)
}

/// Inverts a mixture by spending one uniform twice: first on the branch, then inside it.
fn hyperexponential(branches: &[Branch], uniform: f64) -> Span {
    let mut left = uniform;
    for branch in &branches[..branches.len() - 1] {
        if left < branch.probability {
            return scaled(branch.mean, -libm::log1p(-left / branch.probability));
        }
        left -= branch.probability;
    }
    let last = branches[branches.len() - 1];
    let inside = (left / last.probability).min(1.0 - f64::EPSILON);
    scaled(last.mean, -libm::log1p(-inside))
}

/// Marsaglia and Tsang, "A simple method for generating gamma variables" (2000), with the
/// boost `U^(1/k)` for shapes below 1.
fn unit_gamma(shape: f64, draw: &mut Draw) -> f64 {
    if shape < 1.0 {
        let boost = libm::pow(draw.uniform(), 1.0 / shape);
        return boost * unit_gamma(shape + 1.0, draw);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / libm::sqrt(9.0 * d);
    loop {
        let x = normal_quantile(draw.uniform());
        let v = 1.0 + c * x;
        if v > 0.0 {
            let v = v * v * v;
            if libm::log(draw.uniform()) < 0.5 * x * x + d - d * v + d * libm::log(v) {
                return d * v;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Purpose, RandomNumbers};

    #[test]
    fn sample_means_agree_with_the_laws() {
        let second = Span::from_secs(1);
        let laws = [
            Law::Uniform { lowest: second, highest: Span::from_secs(3) },
            Law::Exponential { mean: second },
            Law::Weibull { shape: 0.7, scale: second },
            Law::Lognormal { median: second, p95: Span::from_secs(3) },
            Law::Gamma { shape: 0.5, mean: second },
            Law::Gamma { shape: 4.0, mean: second },
            Law::Hyperexponential(vec![
                Branch { probability: 0.9, mean: second },
                Branch { probability: 0.1, mean: Span::from_secs(9) },
            ]),
        ];
        let random = RandomNumbers { seed: 1, replication: 0 };
        for (index, law) in laws.iter().enumerate() {
            let n = 40_000;
            let draws = (0..n).map(|k| {
                let entity = Entity::agent(0, index as u32);
                law.sample(&mut random.draw(entity, Purpose::Login, k)).as_secs_f64()
            });
            let (mut sum, mut squares) = (0.0, 0.0);
            for x in draws {
                sum += x;
                squares += x * x;
            }
            let mean = sum / f64::from(n);
            let error = ((squares / f64::from(n) - mean * mean) / f64::from(n)).sqrt();
            let z = (mean - law.mean_s()) / error;
            assert!(z.abs() < 4.0, "{law:?}: mean {mean}, expected {}, z {z}", law.mean_s());
        }
    }
}
