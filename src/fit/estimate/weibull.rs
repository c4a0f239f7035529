//! Weibull: the scale follows from the shape, and the shape is the root of its profile likelihood
//! (Cohen 1965), censored lengths included.

use super::Misfit;
use crate::fit::fitted::Fitted;
use crate::fit::optimise::root;
use crate::fit::sample::Sample;

/// The estimate. With `r` exact lengths and all sums over exact and censored ones, the shape k is
/// the root of `sum x^k ln x / sum x^k - 1/k - (mean of ln x over the exact ones)`, which
/// increases, and the scale is `(sum x^k / r)^(1/k)`. Lengths are taken relative to the longest.
pub(super) fn estimate(sample: &Sample) -> Result<Fitted, Misfit> {
    let longest = sample.all().fold(0.0, f64::max);
    let logs: Vec<f64> = sample.all().map(|x| libm::log(x / longest)).collect();
    let mean_log = sample.mean_exact(|x| libm::log(x / longest));
    let profile = |shape: f64| {
        let (mut weighted, mut sum) = (0.0, 0.0);
        for ln in &logs {
            let power = libm::exp(shape * ln);
            weighted += power * ln;
            sum += power;
        }
        weighted / sum - 1.0 / shape - mean_log
    };
    let shape = root(0.01, 1000.0, profile).ok_or("its shape is beyond 0.01 to 1000")?;
    let sum: f64 = logs.iter().map(|ln| libm::exp(shape * ln)).sum();
    let scale = longest * libm::pow(sum / sample.exact.len() as f64, 1.0 / shape);
    Ok(Fitted::Weibull { shape, scale })
}
