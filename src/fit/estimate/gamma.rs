//! Gamma: without censored lengths the mean is the sample's and the shape k solves
//! `ln k - digamma(k) = ln(mean) - mean of ln`; with them, the maximum of the likelihood found
//! from there.

use super::Misfit;
use crate::distribution::special::digamma;
use crate::fit::fitted::Fitted;
use crate::fit::optimise::{minimum, root};
use crate::fit::sample::Sample;

/// The estimate; the exact lengths are not all equal.
pub(super) fn estimate(sample: &Sample) -> Result<Fitted, Misfit> {
    let mean = sample.mean_exact(|x| x);
    let spread = libm::log(mean) - sample.mean_exact(libm::log);
    // In the logarithm of the shape, for it spans five decades.
    let score = |ln_shape: f64| digamma(libm::exp(ln_shape)) - ln_shape + spread;
    let (least, most) = (libm::log(0.01), libm::log(1000.0));
    let start = root(least, most, score);
    if sample.censored.is_empty() {
        let ln_shape = start.ok_or("its shape is beyond 0.01 to 1000")?;
        return Ok(Fitted::Gamma { shape: libm::exp(ln_shape), mean });
    }
    let law = |[ln_shape, ln_mean]: [f64; 2]| Fitted::Gamma {
        shape: libm::exp(ln_shape.clamp(least - 1.0, most + 1.0)),
        mean: libm::exp(ln_mean),
    };
    let from = [start.unwrap_or(0.0), libm::log(mean)];
    // The exact lengths count through their mean and the mean of their logarithms: their
    // log-likelihood per length, up to a constant.
    let (number, mean_log) = (sample.exact.len() as f64, libm::log(mean) - spread);
    let exact = |law: &Fitted| match *law {
        Fitted::Gamma { shape, mean: at } => {
            shape * (libm::log(shape / at) + mean_log - mean / at) - libm::lgamma(shape)
        }
        _ => f64::NEG_INFINITY,
    };
    Ok(law(minimum(from, 0.1, |at| {
        let law = law(at);
        -number * exact(&law) - sample.sum_censored(|x| law.ln_survival(x))
    })))
}
