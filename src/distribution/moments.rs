//! The moments of the laws: the means of their powers, without drawing anything.

use super::{Law, sigma};

impl Law {
    /// The mean of the `power`-th power of a time, in seconds to that power. `power` is at least 1.
    #[must_use]
    pub fn moment_s(&self, power: u32) -> f64 {
        let k = f64::from(power);
        let to_power = |seconds: f64| libm::pow(seconds, k);
        match self {
            Self::Constant(span) => to_power(span.as_secs_f64()),
            Self::Uniform { lowest, highest } => {
                let (low, high) = (lowest.as_secs_f64(), highest.as_secs_f64());
                let terms = (0..=power)
                    .map(|i| libm::pow(low, f64::from(i)) * libm::pow(high, f64::from(power - i)));
                terms.sum::<f64>() / (k + 1.0)
            }
            Self::Exponential { mean } => to_power(mean.as_secs_f64()) * factorial(power),
            Self::Weibull { shape, scale } => {
                to_power(scale.as_secs_f64()) * libm::tgamma(1.0 + k / shape)
            }
            Self::Lognormal { median, p95 } => {
                let sigma = sigma(*median, *p95);
                to_power(median.as_secs_f64()) * libm::exp(k * k * sigma * sigma / 2.0)
            }
            Self::Gamma { shape, mean } => {
                let rising = (0..power).map(|i| (shape + f64::from(i)) / shape).product::<f64>();
                to_power(mean.as_secs_f64()) * rising
            }
            Self::Hyperexponential(branches) => {
                let each = branches.iter().map(|b| b.probability * to_power(b.mean.as_secs_f64()));
                each.sum::<f64>() * factorial(power)
            }
            Self::Empirical(values) => {
                let each = values.iter().map(|value| to_power(value.as_secs_f64()));
                each.sum::<f64>() / values.len() as f64
            }
        }
    }

    /// Whether a time of zero length has a probability above 0.
    #[must_use]
    pub fn may_be_zero(&self) -> bool {
        match self {
            Self::Empirical(values) => values.iter().any(|value| value.0 == 0),
            Self::Hyperexponential(branches) => {
                branches.iter().any(|b| b.mean.0 == 0 && b.probability > 0.0)
            }
            _ => self.mean_s() <= 0.0,
        }
    }
}

fn factorial(n: u32) -> f64 {
    (1..=n).map(f64::from).product()
}

#[cfg(test)]
mod tests {
    use crate::distribution::{Branch, Law};
    use crate::time::Span;

    #[test]
    fn moments_are_those_of_the_textbooks() {
        let s = Span::from_secs;
        // Law, then the means of the first three powers.
        let cases = [
            (Law::Constant(s(3)), [3.0, 9.0, 27.0]),
            (Law::Uniform { lowest: s(1), highest: s(3) }, [2.0, 13.0 / 3.0, 10.0]),
            (Law::Exponential { mean: s(2) }, [2.0, 8.0, 48.0]),
            (Law::Weibull { shape: 0.5, scale: s(1) }, [2.0, 24.0, 720.0]),
            (Law::Gamma { shape: 2.0, mean: s(4) }, [4.0, 24.0, 192.0]),
            (
                Law::Hyperexponential(vec![
                    Branch { probability: 0.75, mean: s(1) },
                    Branch { probability: 0.25, mean: s(5) },
                ]),
                [2.0, 14.0, 192.0],
            ),
            (Law::Empirical(vec![s(1), s(2), s(3)]), [2.0, 14.0 / 3.0, 12.0]),
        ];
        for (law, moments) in cases {
            for (power, expected) in (1..).zip(moments) {
                let found = law.moment_s(power);
                assert!((found / expected - 1.0).abs() < 1e-12, "{law:?}: {power}: {found}");
            }
            assert!((law.moment_s(1) / law.mean_s() - 1.0).abs() < 1e-12, "{law:?}");
        }
        let p95 = Span::from_secs_f64(libm::exp(crate::distribution::Z95));
        let lognormal = Law::Lognormal { median: s(1), p95 };
        assert!((lognormal.moment_s(2) / libm::exp(2.0) - 1.0).abs() < 1e-8);
        assert!((lognormal.moment_s(3) / libm::exp(4.5) - 1.0).abs() < 1e-8);
    }

    #[test]
    fn a_time_may_be_zero_where_the_law_says_so() {
        assert!(Law::Constant(Span::ZERO).may_be_zero());
        assert!(Law::Empirical(vec![Span::ZERO, Span(1)]).may_be_zero());
        assert!(!Law::Empirical(vec![Span(1)]).may_be_zero());
        assert!(!Law::Uniform { lowest: Span::ZERO, highest: Span(9) }.may_be_zero());
    }
}
