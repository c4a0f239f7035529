//! Special functions for likelihoods: digamma, the incomplete gamma function, the normal tail; all
//! on `libm`, so that every platform gives the same bits.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// The derivative of ln Gamma, for x > 0: recurrence up to 10, then the asymptotic series
/// (Abramowitz and Stegun 6.3.5 and 6.3.18).
#[must_use]
pub fn digamma(mut x: f64) -> f64 {
    let mut below = 0.0;
    while x < 10.0 {
        below += 1.0 / x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let series =
        square * (1.0 / 12.0 - square * (1.0 / 120.0 - square * (1.0 / 252.0 - square / 240.0)));
    libm::log(x) - 0.5 / x - series - below
}

/// ln of the regularised upper incomplete gamma function Q(a, x), for a > 0, x >= 0.
#[must_use]
pub fn ln_upper_gamma(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x < a + 1.0 {
        libm::log1p(-libm::exp(ln_lower_series(a, x)).min(1.0))
    } else {
        ln_upper_fraction(a, x)
    }
}

/// The regularised lower incomplete gamma function P(a, x).
#[must_use]
pub fn lower_gamma(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x < a + 1.0 {
        libm::exp(ln_lower_series(a, x)).min(1.0)
    } else {
        -libm::expm1(ln_upper_fraction(a, x))
    }
}

/// Most terms of a series or fraction; they converge in about sqrt(a) terms around x = a.
const TERMS: u32 = 10_000;

/// ln of x^a e^-x / Gamma(a).
fn ln_front(a: f64, x: f64) -> f64 {
    a * libm::log(x) - x - libm::lgamma(a)
}

/// ln P(a, x) by its power series (Abramowitz and Stegun 6.5.29).
fn ln_lower_series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
    for _ in 0..TERMS {
        n += 1.0;
        term *= x / n;
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    ln_front(a, x) + libm::log(sum)
}

/// ln Q(a, x) by its continued fraction (6.5.31), evaluated with Lentz's method.
fn ln_upper_fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut h = d;
    for n in 1..TERMS {
        let n = f64::from(n);
        let an = n * (a - n);
        b += 2.0;
        d = an * d + b;
        d = 1.0 / if d.abs() < TINY { TINY } else { d };
        c = b + an / c;
        c = if c.abs() < TINY { TINY } else { c };
        let factor = c * d;
        h *= factor;
        if (factor - 1.0).abs() < 1e-15 {
            break;
        }
    }
    ln_front(a, x) + libm::log(h)
}

/// The standard normal distribution function.
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// ln of the standard normal upper tail; far out by its asymptotic series.
#[must_use]
pub fn ln_normal_tail(z: f64) -> f64 {
    if z < 30.0 {
        return libm::log(0.5 * libm::erfc(z * FRAC_1_SQRT_2));
    }
    let square = 1.0 / (z * z);
    let series = libm::log1p(-square * (1.0 - 3.0 * square));
    -0.5 * z * z - libm::log(z) - 0.5 * libm::log(2.0 * PI) + series
}

#[cfg(test)]
mod tests {
    use statrs::function::gamma;

    use super::*;

    #[test]
    fn digamma_and_incomplete_gamma_agree_with_another_library() {
        for a in [0.01, 0.3, 1.0, 2.5, 40.0, 900.0] {
            assert!((digamma(a) - gamma::digamma(a)).abs() < 1e-11 * (1.0 + 1.0 / a), "{a}");
            for share in [0.01, 0.5, 0.9, 1.0, 1.1, 2.0, 5.0] {
                let x = a * share;
                let (p, q) = (gamma::gamma_lr(a, x), gamma::gamma_ur(a, x));
                assert!((lower_gamma(a, x) - p).abs() < 1e-10, "{a} {x}");
                if q > 1e-12 {
                    assert!((ln_upper_gamma(a, x) - libm::log(q)).abs() < 1e-9, "{a} {x}");
                }
            }
        }
        // Q(1, x) = e^-x, however far out.
        assert!((ln_upper_gamma(1.0, 5_000.0) + 5_000.0).abs() < 1e-9);
    }

    #[test]
    fn the_normal_tail_joins_its_series() {
        assert!((normal_cdf(1.644_853_626_951_472_2) - 0.95).abs() < 1e-14);
        let slope = ln_normal_tail(30.01) - ln_normal_tail(29.99);
        assert!((slope + 0.02 * (30.0 + 1.0 / 30.0 - 2.0 / 27_000.0)).abs() < 1e-7, "{slope}");
    }
}
