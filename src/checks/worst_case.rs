//! How long a failover may take for a desktop: the bound that check V26 compares the timeout with.

use crate::distribution::{Branch, Law, Z95};
use crate::time::Span;

/// The 95th percentile of a law: exact where it has a closed form, a good approximation else.
pub(super) fn p95(law: &Law) -> Span {
    let times = |span: Span, factor: f64| Span::from_secs_f64(span.as_secs_f64() * factor);
    let twenty = libm::log(20.0);
    match law {
        Law::Constant(span) => *span,
        Law::Uniform { lowest, highest } => *lowest + times(*highest - *lowest, 0.95),
        Law::Exponential { mean } => times(*mean, twenty),
        Law::Weibull { shape, scale } => times(*scale, libm::pow(twenty, 1.0 / shape)),
        Law::Lognormal { p95, .. } => *p95,
        Law::Gamma { shape, mean } => times(*mean, gamma(*shape)),
        Law::Hyperexponential(branches) => Span::from_secs_f64(mixture(branches)),
        Law::Empirical(values) => nearest_rank(values),
    }
}

/// 95th percentile of a gamma law of mean 1, after Wilson and Hilferty (1931).
fn gamma(shape: f64) -> f64 {
    let ninth = 1.0 / (9.0 * shape);
    let root = 1.0 - ninth + Z95 * libm::sqrt(ninth);
    root * root * root
}

/// 95th percentile of a mixture of exponentials in seconds, by bisection.
fn mixture(branches: &[Branch]) -> f64 {
    let survival = |t: f64| -> f64 {
        branches.iter().map(|b| b.probability * libm::exp(-t / b.mean.as_secs_f64())).sum()
    };
    let longest = branches.iter().map(|b| b.mean.as_secs_f64()).fold(0.0, f64::max);
    let (mut low, mut high) = (0.0, 3.0 * longest);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if survival(middle) > 0.05 { low = middle } else { high = middle }
    }
    high
}

/// The nearest-rank 95th percentile of observed values.
fn nearest_rank(values: &[Span]) -> Span {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * 95).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied().unwrap_or(Span::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(law: &Law) -> f64 {
        p95(law).as_secs_f64()
    }

    #[test]
    fn closed_forms() {
        let s = Span::from_secs;
        let table = [
            (Law::Constant(s(7)), 7.0),
            (Law::Uniform { lowest: s(10), highest: s(20) }, 19.5),
            (Law::Exponential { mean: s(10) }, 29.957_322_74),
            (Law::Weibull { shape: 1.0, scale: s(10) }, 29.957_322_74),
            (Law::Lognormal { median: s(20), p95: s(30) }, 30.0),
            (Law::Empirical((1..=100).rev().map(s).collect()), 95.0),
        ];
        for (law, expected) in table {
            assert!((seconds(&law) - expected).abs() < 1e-6, "{law:?}: {}", seconds(&law));
        }
    }

    #[test]
    fn approximations_meet_the_exponential() {
        let mean = Span::from_secs(10);
        let same = vec![Branch { probability: 0.5, mean }, Branch { probability: 0.5, mean }];
        assert!((seconds(&Law::Hyperexponential(same)) - 29.957).abs() < 0.01);
        assert!((seconds(&Law::Gamma { shape: 1.0, mean }) - 29.957).abs() < 0.3);
    }
}
