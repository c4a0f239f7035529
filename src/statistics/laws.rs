//! Quantiles and tails of the laws that intervals are made of: normal, Student-t, beta, gamma,
//! binomial. Not the laws that a scenario draws from.
//!
//! Quantiles are found on the tail itself, by Newton's method or by bisection, so they are as
//! precise as the tails are.

use super::special::{self, Tails};

/// Degrees of freedom from which the expansion of the t quantile needs no correction.
const MANY: f64 = 300.0;
/// Most steps of Newton's method; from far left each doubles t, near the root three are enough.
const STEPS: u32 = 200;

/// The `p` quantile of the standard normal law, 0 < p < 1 (infinite at 0 and 1).
#[must_use]
pub fn normal(p: f64) -> f64 {
    if p > 0.5 {
        return -normal(1.0 - p);
    }
    if p == 0.5 {
        return 0.0;
    }
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    let below = |z: f64| 0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2);
    bisect(-39.0, 0.0, |z| below(z) < p)
}

/// The `p` quantile of Student's t law with `df` degrees of freedom (above 0, need not be whole).
#[must_use]
pub fn student(df: f64, p: f64) -> f64 {
    student_at(df, p, normal(p))
}

/// Quantiles of Student's t law at one probability for many degrees of freedom: cheap enough to
/// be asked for at every replication, because the normal quantile is found once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Student {
    p: f64,
    normal: f64,
}

impl Student {
    /// The quantiles at `p`, 0 < p < 1.
    #[must_use]
    pub fn at(p: f64) -> Self {
        Self { p, normal: normal(p) }
    }

    /// The quantiles that bound the middle `level` of the law.
    #[must_use]
    pub fn two_sided(level: f64) -> Self {
        Self::at(f64::midpoint(1.0, level))
    }

    /// The quantile for `df` degrees of freedom.
    #[must_use]
    pub fn quantile(&self, df: f64) -> f64 {
        student_at(df, self.p, self.normal)
    }
}

/// The t quantile, given the normal one.
fn student_at(df: f64, p: f64, z: f64) -> f64 {
    if p < 0.5 {
        return -student_at(df, 1.0 - p, -z);
    }
    if df >= MANY || !z.is_finite() || z == 0.0 {
        return expansion(df, z);
    }
    newton_student(df, 1.0 - p, if df < 20.0 { z } else { expansion(df, z) })
}

/// The t above 0 that Student's law exceeds with probability `tail`. The tail is convex there, so
/// Newton's steps come from the left and never pass the root (but for the first, which may fall
/// short of it from the right).
fn newton_student(df: f64, tail: f64, start: f64) -> f64 {
    let mut t = start;
    for _ in 0..STEPS {
        let (x, y) = (df / (df + t * t), t * t / (df + t * t));
        let beyond = 0.5 * special::beta(0.5 * df, 0.5, x, y).lower;
        let density = special::beta_front(0.5 * df, 0.5, x, y) / t;
        let step = (beyond - tail) / density;
        t += step;
        if step.abs() <= 4.0 * f64::EPSILON * t {
            break;
        }
    }
    t
}

/// The t quantile by its expansion in 1/df about the normal quantile `x` (Abramowitz and Stegun
/// 26.7.5); from 300 degrees of freedom on its relative error is at most 2e-13 at 97.5 %, 1e-11 at
/// 99.95 %.
fn expansion(df: f64, x: f64) -> f64 {
    if !x.is_finite() {
        return x;
    }
    let s = x * x;
    let g1 = (s + 1.0) / 4.0;
    let g2 = ((5.0 * s + 16.0) * s + 3.0) / 96.0;
    let g3 = (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
    let g4 = ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92_160.0;
    x * (1.0 + (g1 + (g2 + (g3 + g4 / df) / df) / df) / df)
}

/// The x at which a beta law has the probability `tail` below it.
#[must_use]
pub fn beta_below(a: f64, b: f64, tail: f64) -> f64 {
    bisect(0.0, 1.0, |x| special::beta(a, b, x, 1.0 - x).lower < tail)
}

/// The x at which a beta law has the probability `tail` above it.
#[must_use]
pub fn beta_above(a: f64, b: f64, tail: f64) -> f64 {
    bisect(0.0, 1.0, |x| special::beta(a, b, x, 1.0 - x).upper > tail)
}

/// The x at which a gamma law of scale 1 has the probability `tail` below it.
#[must_use]
pub fn gamma_below(shape: f64, tail: f64) -> f64 {
    bisect_upwards(shape + 1.0, |x| special::gamma(shape, x).lower < tail)
}

/// The x at which a gamma law of scale 1 has the probability `tail` above it.
#[must_use]
pub fn gamma_above(shape: f64, tail: f64) -> f64 {
    bisect_upwards(shape + 1.0, |x| special::gamma(shape, x).upper > tail)
}

/// The tails of the binomial law of `n` trials at `k`: P(X <= k) and P(X > k).
#[must_use]
pub fn binomial(n: u64, p: f64, k: u64) -> Tails {
    if k >= n {
        return Tails { lower: 1.0, upper: 0.0 };
    }
    let Tails { lower, upper } = special::beta(k as f64 + 1.0, (n - k) as f64, p, 1.0 - p);
    Tails { lower: upper, upper: lower }
}

/// Where `is_left` changes from true to false above 0, first looked for below `high`.
fn bisect_upwards(mut high: f64, is_left: impl Fn(f64) -> bool) -> f64 {
    while high.is_finite() && is_left(high) {
        high *= 2.0;
    }
    bisect(0.0, high, is_left)
}

/// Where `is_left` changes from true to false between `low` and `high`, to the last digits.
fn bisect(mut low: f64, mut high: f64, is_left: impl Fn(f64) -> bool) -> f64 {
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high || (high - low) <= f64::EPSILON * middle.abs() {
            return middle;
        }
        if is_left(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(value: f64, expected: f64, tolerance: f64) {
        let error = (value / expected - 1.0).abs();
        assert!(error < tolerance, "{value}, expected {expected}: relative error {error}");
    }

    #[test]
    fn student_quantiles() {
        // Degrees of freedom; 95 %, 97.5 %, 99.5 %, 99.99 % points.
        let table = [
            (1.0, 6.313751514675037, 12.706204736174694, 63.656741162871526, 3183.098757118502),
            (2.0, 2.9199855803537242, 4.302652729749462, 9.924843200918287, 70.70007107496818),
            (9.0, 1.833112932656237, 2.262157162798205, 3.249835541592126, 6.010132129081531),
            (49.0, 1.6765508926168535, 2.0095752371292392, 2.679951973631552, 4.020490058782638),
            (999.0, 1.646380345427535, 1.9623414611334493, 2.5807596372676365, 3.732865499608313),
            (1e4, 1.645006018069243, 1.960201239890626, 2.5763210466685282, 3.7203958691176684),
        ];
        for (df, p95, p975, p995, p9999) in table {
            near(student(df, 0.95), p95, 1e-12);
            near(student(df, 0.975), p975, 1e-12);
            near(student(df, 0.995), p995, 1e-12);
            near(student(df, 0.9999), p9999, 1e-11);
            near(student(df, 0.025), -p975, 1e-12);
            assert_eq!(student(df, 0.5), 0.0);
        }
        near(student(3.7, 0.975), 2.8675207071911895, 1e-12);
        near(Student::two_sided(0.95).quantile(9.0), 2.262157162798205, 1e-12);
    }

    #[test]
    fn the_expansion_joins_the_exact_quantile() {
        for p in [0.9, 0.975, 0.999] {
            let exact = newton_student(MANY, 1.0 - p, normal(p));
            near(expansion(MANY, normal(p)), exact, 1e-11);
        }
    }

    #[test]
    fn normal_quantiles() {
        near(normal(0.975), 1.959963984540054, 1e-14);
        near(normal(1e-10), -6.361340902404056, 1e-13);
        assert_eq!(normal(0.5), 0.0);
        assert_eq!(normal(0.0), f64::NEG_INFINITY);
        assert_eq!(normal(1.0), f64::INFINITY);
    }

    #[test]
    fn quantiles_invert_the_tails() {
        for (a, b) in [(1.0, 1.0), (0.5, 3.0), (4.0, 997.0), (2e5, 1e5)] {
            for tail in [1e-6, 0.025, 0.5, 0.9] {
                let (low, high) = (beta_below(a, b, tail), beta_above(a, b, tail));
                near(special::beta(a, b, low, 1.0 - low).lower, tail, 1e-9);
                near(special::beta(a, b, high, 1.0 - high).upper, tail, 1e-9);
                near(special::gamma(a, gamma_below(a, tail)).lower, tail, 1e-9);
                near(special::gamma(a, gamma_above(a, tail)).upper, tail, 1e-9);
            }
        }
    }

    #[test]
    fn binomial_tails() {
        near(binomial(200, 0.95, 182).lower, 0.012089443730889634, 1e-12);
        near(binomial(200, 0.95, 195).upper, 0.026446800009119954, 1e-12);
        assert_eq!(binomial(3, 0.5, 3), Tails { lower: 1.0, upper: 0.0 });
        near(binomial(3, 0.5, 0).lower, 0.125, 1e-14);
    }
}
