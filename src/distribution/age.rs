//! The first time to failure of something that is not new at 0: drawn from the equilibrium of a
//! law, or given that an age is reached. It knows no fault.

use std::f64::consts::FRAC_1_SQRT_2;

use super::special::ln_upper_gamma;
use super::{Branch, Law, hyperexponential, normal_quantile, scaled, sigma, unit_gamma};
use crate::random::Draw;
use crate::time::Span;

/// How old something is at 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Age {
    /// New: its first time to failure is a whole one.
    #[default]
    New,
    /// In operation since long before: its first time to failure X has the density
    /// P(X > x) / mean.
    Equilibrium,
    /// Up since this long before 0.
    Reached(Span),
}

impl Law {
    /// The rest of a time that began before 0, as the age says: rounded to the nearest nanosecond,
    /// at least 0. An age that the law cannot reach gives 0.
    #[must_use]
    pub fn first(&self, age: Age, draw: &mut Draw) -> Span {
        match age {
            Age::New | Age::Reached(Span::ZERO) => self.sample(draw),
            Age::Equilibrium => self.equilibrium(draw),
            Age::Reached(age) => self.rest(age, draw),
        }
    }

    /// The probability to last longer than an age.
    #[must_use]
    pub fn survival(&self, age: Span) -> f64 {
        let secs = age.as_secs_f64();
        match self {
            Self::Constant(span) => f64::from(u8::from(*span > age)),
            Self::Uniform { lowest, highest } if lowest == highest => {
                f64::from(u8::from(*highest > age))
            }
            Self::Uniform { lowest, highest } => {
                let width = (*highest - *lowest).as_secs_f64();
                ((highest.as_secs_f64() - secs) / width).clamp(0.0, 1.0)
            }
            Self::Exponential { mean } => libm::exp(-secs / mean.as_secs_f64()),
            Self::Weibull { shape, scale } => {
                libm::exp(-libm::pow(secs / scale.as_secs_f64(), *shape))
            }
            Self::Lognormal { median, .. } if self.constant_median() => {
                f64::from(u8::from(*median > age))
            }
            Self::Lognormal { median, p95 } => normal_tail(score(*median, *p95, secs)),
            Self::Gamma { shape, mean } => {
                libm::exp(ln_upper_gamma(*shape, secs * shape / mean.as_secs_f64()))
            }
            Self::Hyperexponential(branches) => branches
                .iter()
                .map(|branch| branch.probability * libm::exp(-secs / branch.mean.as_secs_f64()))
                .sum(),
            Self::Empirical(values) => {
                let longer = values.iter().filter(|value| **value > age).count();
                longer as f64 / values.len() as f64
            }
        }
    }

    /// Whether a lognormal law does not vary.
    fn constant_median(&self) -> bool {
        matches!(self, Self::Lognormal { median, p95 } if median == p95)
    }

    /// A share, uniform on (0, 1), of a time that was met with a probability in proportion to its
    /// length; mixtures of exponentials in one step.
    fn equilibrium(&self, draw: &mut Draw) -> Span {
        match self {
            Self::Exponential { .. } => self.sample(draw),
            Self::Hyperexponential(branches) => {
                let weight = |branch: &Branch| branch.probability * branch.mean.as_secs_f64();
                hyperexponential(&weighted(branches, weight), draw.uniform())
            }
            _ => {
                let share = draw.uniform();
                Span::from_secs_f64(share * self.met_secs(draw))
            }
        }
    }

    /// A time that was met with a probability in proportion to its length: density x f(x) / mean.
    fn met_secs(&self, draw: &mut Draw) -> f64 {
        match self {
            Self::Constant(span) => span.as_secs_f64(),
            Self::Uniform { lowest, highest } => {
                let [low, high] = [lowest, highest].map(|end| end.as_secs_f64());
                libm::sqrt(low * low + draw.uniform() * (high * high - low * low))
            }
            // (x / scale)^shape is gamma with the shape 1 + 1/shape.
            Self::Weibull { shape, scale } => {
                let power = unit_gamma(1.0 + 1.0 / shape, draw);
                scale.as_secs_f64() * libm::pow(power, 1.0 / shape)
            }
            // Lognormal again, the mean of the logarithm moved by its variance.
            Self::Lognormal { median, p95 } => {
                let sigma = sigma(*median, *p95);
                let normal = normal_quantile(draw.uniform());
                median.as_secs_f64() * libm::exp(sigma * (sigma + normal))
            }
            Self::Gamma { shape, mean } => {
                mean.as_secs_f64() * unit_gamma(shape + 1.0, draw) / shape
            }
            Self::Exponential { .. } | Self::Hyperexponential(_) => self.mean_s(),
            Self::Empirical(values) => met(values, draw.uniform()).as_secs_f64(),
        }
    }

    /// What is left of a time that has lasted this long.
    fn rest(&self, age: Span, draw: &mut Draw) -> Span {
        let secs = age.as_secs_f64();
        match self {
            Self::Exponential { .. } => self.sample(draw),
            Self::Constant(span) => (*span - age).max(Span::ZERO),
            Self::Uniform { lowest, highest } => {
                let from = (*lowest).max(age);
                let width = (*highest - from).max(Span::ZERO);
                (from - age) + scaled(width, draw.uniform())
            }
            Self::Weibull { shape, scale } => {
                let hazard = libm::pow(secs / scale.as_secs_f64(), *shape);
                Span::from_secs_f64(weibull_rest(*shape, *scale, secs, hazard, draw.uniform()))
            }
            Self::Lognormal { median, .. } if self.constant_median() => {
                (*median - age).max(Span::ZERO)
            }
            Self::Lognormal { median, p95 } => {
                let tail = normal_tail(score(*median, *p95, secs)) * draw.uniform();
                let normal = -normal_quantile(tail.max(f64::MIN_POSITIVE));
                scaled(*median, libm::exp(sigma(*median, *p95) * normal)) - age
            }
            Self::Gamma { shape, mean } => {
                let unit = mean.as_secs_f64() / shape;
                Span::from_secs_f64(unit * gamma_rest(*shape, secs / unit, draw.uniform()))
            }
            Self::Hyperexponential(branches) => {
                let longest = branches.iter().map(|b| b.mean.as_secs_f64()).fold(0.0, f64::max);
                let weight = |branch: &Branch| {
                    let excess = secs / branch.mean.as_secs_f64() - secs / longest;
                    branch.probability * libm::exp(-excess)
                };
                hyperexponential(&weighted(branches, weight), draw.uniform())
            }
            Self::Empirical(values) => {
                let longer: Vec<Span> = values.iter().filter(|v| **v > age).copied().collect();
                let index = (draw.uniform() * longer.len() as f64) as usize;
                longer.get(index).map_or(Span::ZERO, |value| *value - age)
            }
        }
        .max(Span::ZERO)
    }
}

/// The standard normal score of a length under a lognormal law.
fn score(median: Span, p95: Span, secs: f64) -> f64 {
    libm::log(secs / median.as_secs_f64()) / sigma(median, p95)
}

/// The probability that a standard normal value is above `z`.
fn normal_tail(z: f64) -> f64 {
    0.5 * libm::erfc(z * FRAC_1_SQRT_2)
}

/// The branches with other probabilities, in proportion to a weight.
fn weighted(branches: &[Branch], weight: impl Fn(&Branch) -> f64) -> Vec<Branch> {
    let whole: f64 = branches.iter().map(&weight).sum();
    let of = |branch: &Branch| Branch { probability: weight(branch) / whole, mean: branch.mean };
    branches.iter().map(of).collect()
}

/// A value, met with a probability in proportion to its length.
fn met(values: &[Span], uniform: f64) -> Span {
    let whole: f64 = values.iter().map(|value| value.as_secs_f64()).sum();
    let mut left = uniform * whole;
    for value in values {
        left -= value.as_secs_f64();
        if left < 0.0 {
            return *value;
        }
    }
    values.last().copied().unwrap_or(Span::ZERO)
}

/// The rest of a Weibull time at an age whose cumulated hazard is known.
fn weibull_rest(shape: f64, scale: Span, age: f64, hazard: f64, uniform: f64) -> f64 {
    let more = -libm::log(uniform);
    if hazard < 1e-12 {
        return scale.as_secs_f64() * libm::pow(hazard + more, 1.0 / shape) - age;
    }
    // ((hazard + more)^(1/shape) - hazard^(1/shape)) x scale, without losing digits.
    age * libm::expm1(libm::log1p(more / hazard) / shape)
}

/// The rest of a gamma time of mean `shape` at an age: the root of Q(age + rest) = uniform x Q(age),
/// by bisection.
fn gamma_rest(shape: f64, age: f64, uniform: f64) -> f64 {
    let wanted = ln_upper_gamma(shape, age) + libm::log(uniform);
    let longer = |rest: f64| ln_upper_gamma(shape, age + rest) > wanted;
    let (mut low, mut high) = (0.0, 1.0);
    while longer(high) && high < 1e12 {
        (low, high) = (high, 2.0 * high);
    }
    while high - low > 1e-12 * high {
        let middle = f64::midpoint(low, high);
        if longer(middle) {
            low = middle;
        } else {
            high = middle;
        }
        if high < 1e-300 {
            break;
        }
    }
    f64::midpoint(low, high)
}
