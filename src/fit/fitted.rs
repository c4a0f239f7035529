//! A law with fitted parameters in seconds: density, survival, parameters by name. It does not
//! know how it was fitted.

use super::family::Family;
use super::sample::Sample;
use crate::distribution::special::{ln_normal_tail, ln_upper_gamma, lower_gamma, normal_cdf};
use crate::distribution::{Branch, Law, Z95};
use crate::time::{LONGEST, Span};

/// A law with its parameters; lengths are in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fitted {
    /// Always this length.
    Constant {
        /// The length.
        value: f64,
    },
    /// Uniform on [lowest, highest].
    Uniform {
        /// Lower end.
        lowest: f64,
        /// Upper end.
        highest: f64,
    },
    /// Exponential.
    Exponential {
        /// Mean.
        mean: f64,
    },
    /// Weibull.
    Weibull {
        /// Shape.
        shape: f64,
        /// Scale.
        scale: f64,
    },
    /// Lognormal: exp of a normal law.
    Lognormal {
        /// Mean of the logarithm.
        mu: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// Gamma.
    Gamma {
        /// Shape.
        shape: f64,
        /// Mean.
        mean: f64,
    },
    /// A mixture of two exponentials, the shorter first.
    Hyperexponential {
        /// Probability of the first.
        p: f64,
        /// Mean of the first.
        mean: f64,
        /// Mean of the other.
        other: f64,
    },
}

/// One parameter, as the scenario language names it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// Name.
    pub name: &'static str,
    /// Value; a length in seconds.
    pub value: f64,
    /// Whether it is a length.
    pub is_length: bool,
}

impl Fitted {
    /// Its family.
    #[must_use]
    pub const fn family(&self) -> Family {
        match self {
            Self::Constant { .. } => Family::Constant,
            Self::Uniform { .. } => Family::Uniform,
            Self::Exponential { .. } => Family::Exponential,
            Self::Weibull { .. } => Family::Weibull,
            Self::Lognormal { .. } => Family::Lognormal,
            Self::Gamma { .. } => Family::Gamma,
            Self::Hyperexponential { .. } => Family::Hyperexponential,
        }
    }

    /// ln of the density at `x` > 0; of a constant, infinite where it is.
    #[must_use]
    pub fn ln_density(&self, x: f64) -> f64 {
        match *self {
            Self::Constant { value } if x == value => f64::INFINITY,
            Self::Uniform { lowest, highest } if (lowest..=highest).contains(&x) => {
                -libm::log(highest - lowest)
            }
            Self::Constant { .. } | Self::Uniform { .. } => f64::NEG_INFINITY,
            Self::Exponential { mean } => -libm::log(mean) - x / mean,
            Self::Weibull { shape, scale } => {
                let ln = libm::log(x / scale);
                libm::log(shape / scale) + (shape - 1.0) * ln - libm::exp(shape * ln)
            }
            Self::Lognormal { mu, sigma } => {
                let z = (libm::log(x) - mu) / sigma;
                -libm::log(x * sigma) - 0.5 * libm::log(2.0 * std::f64::consts::PI) - 0.5 * z * z
            }
            Self::Gamma { shape, mean } => {
                let y = x * shape / mean;
                shape * libm::log(y) - y - libm::lgamma(shape) - libm::log(x)
            }
            Self::Hyperexponential { p, mean, other } => {
                let (first, second) = (x / mean, x / other);
                let least = first.min(second);
                let density = p / mean * libm::exp(least - first)
                    + (1.0 - p) / other * libm::exp(least - second);
                libm::log(density) - least
            }
        }
    }

    /// ln of the probability to last longer than `x` >= 0.
    #[must_use]
    pub fn ln_survival(&self, x: f64) -> f64 {
        match *self {
            Self::Constant { value } => {
                if x < value {
                    0.0
                } else {
                    f64::NEG_INFINITY
                }
            }
            Self::Uniform { .. } => libm::log1p(-self.cdf(x)),
            Self::Exponential { mean } => -x / mean,
            Self::Weibull { shape, scale } => -libm::pow(x / scale, shape),
            Self::Lognormal { .. } if x <= 0.0 => 0.0,
            Self::Lognormal { mu, sigma } => ln_normal_tail((libm::log(x) - mu) / sigma),
            Self::Gamma { shape, mean } => ln_upper_gamma(shape, x * shape / mean),
            Self::Hyperexponential { p, mean, other } => {
                let (first, second) = (x / mean, x / other);
                let least = first.min(second);
                let share = p * libm::exp(least - first) + (1.0 - p) * libm::exp(least - second);
                libm::log(share) - least
            }
        }
    }

    /// The probability to last at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        match *self {
            Self::Constant { value } => f64::from(u8::from(x >= value)),
            Self::Uniform { lowest, highest } => {
                ((x - lowest) / (highest - lowest)).clamp(0.0, 1.0)
            }
            Self::Lognormal { .. } if x <= 0.0 => 0.0,
            Self::Lognormal { mu, sigma } => normal_cdf((libm::log(x) - mu) / sigma),
            Self::Gamma { shape, mean } => lower_gamma(shape, x * shape / mean),
            _ => -libm::expm1(self.ln_survival(x)),
        }
    }

    /// The log-likelihood of a sample: densities of exact lengths, survival of censored ones.
    #[must_use]
    pub fn ln_likelihood(&self, sample: &Sample) -> f64 {
        sample.sum_exact(|x| self.ln_density(x)) + sample.sum_censored(|x| self.ln_survival(x))
    }

    /// The mean, in seconds.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match *self {
            Self::Constant { value } => value,
            Self::Uniform { lowest, highest } => f64::midpoint(lowest, highest),
            Self::Exponential { mean } | Self::Gamma { mean, .. } => mean,
            Self::Weibull { shape, scale } => scale * libm::tgamma(1.0 + 1.0 / shape),
            Self::Lognormal { mu, sigma } => libm::exp(mu + sigma * sigma / 2.0),
            Self::Hyperexponential { p, mean, other } => p * mean + (1.0 - p) * other,
        }
    }

    /// The parameters, as the scenario language names them.
    #[must_use]
    pub fn parameters(&self) -> Vec<Parameter> {
        let length = |name, value| Parameter { name, value, is_length: true };
        let bare = |name, value| Parameter { name, value, is_length: false };
        match *self {
            Self::Constant { value } => vec![length("value", value)],
            Self::Uniform { lowest, highest } => {
                vec![length("lowest", lowest), length("highest", highest)]
            }
            Self::Exponential { mean } => vec![length("mean", mean)],
            Self::Weibull { shape, scale } => vec![bare("shape", shape), length("scale", scale)],
            Self::Lognormal { mu, sigma } => {
                vec![length("median", libm::exp(mu)), length("p95", libm::exp(mu + Z95 * sigma))]
            }
            Self::Gamma { shape, mean } => vec![bare("shape", shape), length("mean", mean)],
            Self::Hyperexponential { p, mean, other } => {
                vec![bare("p", p), length("mean", mean), length("other_mean", other)]
            }
        }
    }

    /// Whether the scenario language can say it: lengths from a nanosecond to 100 years, shapes
    /// from 0.01 to 1000, shares of at least a ten-thousandth.
    #[must_use]
    pub fn expressible(&self) -> bool {
        self.parameters().iter().all(|parameter| {
            let range = match (parameter.name, parameter.is_length) {
                (_, true) => 1e-9..=LONGEST.as_secs_f64(),
                ("p", false) => 1e-4..=1.0 - 1e-4,
                (_, false) => 0.01..=1000.0,
            };
            range.contains(&parameter.value)
        })
    }

    /// The law as the simulator draws it.
    #[must_use]
    pub fn law(&self) -> Law {
        let span = Span::from_secs_f64;
        match *self {
            Self::Constant { value } => Law::Constant(span(value)),
            Self::Uniform { lowest, highest } => {
                Law::Uniform { lowest: span(lowest), highest: span(highest) }
            }
            Self::Exponential { mean } => Law::Exponential { mean: span(mean) },
            Self::Weibull { shape, scale } => Law::Weibull { shape, scale: span(scale) },
            Self::Lognormal { mu, sigma } => Law::Lognormal {
                median: span(libm::exp(mu)),
                p95: span(libm::exp(mu + Z95 * sigma)),
            },
            Self::Gamma { shape, mean } => Law::Gamma { shape, mean: span(mean) },
            Self::Hyperexponential { p, mean, other } => Law::Hyperexponential(vec![
                Branch { probability: p, mean: span(mean) },
                Branch { probability: 1.0 - p, mean: span(other) },
            ]),
        }
    }
}
