//! Lognormal: mean and standard deviation of the logarithms; with censored lengths, the maximum of
//! the likelihood found from there.

use crate::fit::fitted::Fitted;
use crate::fit::optimise::minimum;
use crate::fit::sample::Sample;

/// The estimate; the exact lengths are not all equal.
pub(super) fn estimate(sample: &Sample) -> Fitted {
    let mu = sample.mean_exact(libm::log);
    let sigma = libm::sqrt(sample.mean_exact(|x| {
        let deviation = libm::log(x) - mu;
        deviation * deviation
    }));
    if sample.censored.is_empty() {
        return Fitted::Lognormal { mu, sigma };
    }
    let law = |[mu, ln_sigma]: [f64; 2]| Fitted::Lognormal { mu, sigma: libm::exp(ln_sigma) };
    // The exact lengths count through their two moments: their log-likelihood per length, up to a
    // constant.
    let number = sample.exact.len() as f64;
    let exact = |[at, ln_sigma]: [f64; 2]| {
        let square = sigma * sigma + (mu - at) * (mu - at);
        -ln_sigma - 0.5 * square * libm::exp(-2.0 * ln_sigma)
    };
    law(minimum([mu, libm::log(sigma)], 0.1, |at| {
        -number * exact(at) - sample.sum_censored(|x| law(at).ln_survival(x))
    }))
}
