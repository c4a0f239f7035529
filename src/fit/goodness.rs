//! How far a law is from the empirical curve: distances, and a rule of thumb for what they mean.

use schemars::JsonSchema;
use serde::Serialize;

use super::family::Family;
use super::fitted::Fitted;
use super::survival::Curve;

/// The Kolmogorov-Smirnov distance: the largest difference between the law and the curve, within
/// its steps.
#[must_use]
pub fn kolmogorov_smirnov(law: &Fitted, curve: &Curve) -> f64 {
    let (mut largest, mut before) = (0.0_f64, 0.0);
    for (at, over) in &curve.steps {
        let share = law.cdf(*at);
        // A constant jumps where the curve does.
        let jumps = matches!(law, Fitted::Constant { value } if value == at);
        let just_before = if jumps { 0.0 } else { share };
        largest = largest.max((just_before - before).abs()).max((share - over).abs());
        before = *over;
    }
    largest
}

/// The Anderson-Darling figure against the curve: `number` times the integral of
/// (curve - F)^2 / (F (1 - F)) over F, up to the last step if the curve does not reach 1. Without
/// censored lengths it is the classical figure. `None` where the law gives a seen length no chance.
#[must_use]
pub fn anderson_darling(law: &Fitted, curve: &Curve, number: usize) -> Option<f64> {
    let shares = curve.steps.iter().map(|(at, over)| (law.cdf(*at), *over));
    let (mut sum, mut from, mut level) = (0.0, 0.0, 0.0);
    for (share, over) in shares {
        sum += piece(from, share, level);
        (from, level) = (share, over);
    }
    if level > 1.0 - 1e-12 {
        sum += piece(from, 1.0, 1.0);
    }
    let figure = sum * number as f64;
    figure.is_finite().then_some(figure)
}

/// The integral of (level - u)^2 / (u (1 - u)) over u from `a` to `b`.
fn piece(a: f64, b: f64, level: f64) -> f64 {
    if b <= a {
        return 0.0;
    }
    let above = 1.0 - level;
    let low = if level > 0.0 { level * level * libm::log(b / a) } else { 0.0 };
    let high = if above > 0.0 { above * above * (libm::log1p(-a) - libm::log1p(-b)) } else { 0.0 };
    low + high - (b - a)
}

/// What the distance says about a law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The data do not speak against it.
    Fits,
    /// The data show that it is not the true law, but it is near everywhere.
    Near,
    /// It is far from the data somewhere.
    Bad,
}

/// Distance up to which a law that the data reject still counts as near.
const NEAR: f64 = 0.05;

/// The statistic that is held against [`five_percent_point`]: the distance D grown with the number n
/// of lengths, in the form in which its 5 % point hardly depends on n (Stephens 1974 for the
/// exponential and the lognormal law; our own for the Weibull law; D sqrt(n) for the others).
#[must_use]
pub fn grown(family: Family, distance: f64, number: usize) -> f64 {
    let n = number as f64;
    let root = libm::sqrt(n);
    match family {
        Family::Exponential => (distance - 0.2 / n) * (root + 0.26 + 0.5 / root),
        Family::Lognormal => distance * (root - 0.01 + 0.85 / root),
        Family::Weibull => distance * (root + 0.24),
        _ => distance * root,
    }
}

/// What a law with estimated parameters exceeds in 5 % of all samples that are drawn from it:
/// 1.094 exponential and 0.895 lognormal by Stephens (1974); 0.897 Weibull by Monte Carlo (an
/// ignored test makes it again); 0.9 for the others.
#[must_use]
pub const fn five_percent_point(family: Family) -> f64 {
    match family {
        Family::Exponential => 1.094,
        Family::Lognormal => 0.895,
        Family::Weibull => 0.897,
        _ => 0.9,
    }
}

/// The verdict on a distance from `number` lengths seen to their end. A rule of thumb, more so with
/// censored lengths.
#[must_use]
pub fn verdict(family: Family, distance: f64, number: usize) -> Verdict {
    if grown(family, distance, number) <= five_percent_point(family) {
        Verdict::Fits
    } else if distance <= NEAR {
        Verdict::Near
    } else {
        Verdict::Bad
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::sample::Sample;

    #[test]
    fn the_figures_are_the_classical_ones_without_censoring() {
        let exact = vec![0.1, 0.4, 0.7, 1.9, 2.5];
        let law = Fitted::Exponential { mean: 1.2 };
        let curve = Curve::of(&Sample { exact: exact.clone(), censored: vec![] });
        let n = exact.len();
        // -n - 1/n sum (2i - 1) (ln F(x_i) + ln S(x_(n+1-i)))
        let sum: f64 = (0..n)
            .map(|i| {
                let pair = libm::log(law.cdf(exact[i])) + law.ln_survival(exact[n - 1 - i]);
                (2 * i + 1) as f64 * pair
            })
            .sum();
        let classical = -(n as f64) - sum / n as f64;
        let figure = anderson_darling(&law, &curve, n).unwrap();
        assert!((figure - classical).abs() < 1e-12, "{figure} {classical}");
        let distance = (0..n)
            .map(|i| {
                let share = law.cdf(exact[i]);
                (share - i as f64 / n as f64).abs().max((share - (i + 1) as f64 / n as f64).abs())
            })
            .fold(0.0, f64::max);
        assert!((kolmogorov_smirnov(&law, &curve) - distance).abs() < 1e-15);
    }

    #[test]
    fn a_law_without_a_chance_has_no_figure() {
        let curve = Curve::of(&Sample { exact: vec![1.0, 2.0, 3.0], censored: vec![] });
        let law = Fitted::Uniform { lowest: 1.0, highest: 3.0 };
        assert_eq!(anderson_darling(&law, &curve, 3), None);
        let distance = kolmogorov_smirnov(&Fitted::Constant { value: 1.0 }, &curve);
        assert!((distance - 2.0 / 3.0).abs() < 1e-15, "{distance}");
    }
}
