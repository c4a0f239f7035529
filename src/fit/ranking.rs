//! One kind of length with every law that can be fitted to it, in the order of AICc, and the one
//! that is chosen.

use super::estimate::{Misfit, estimate};
use super::family::Family;
use super::fitted::Fitted;
use super::goodness::{Verdict, anderson_darling, kolmogorov_smirnov, verdict};
use super::sample::Sample;
use super::survival::Curve;

/// A fitted law with its figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The law.
    pub law: Fitted,
    /// Log-likelihood; infinite for a constant.
    pub ln_likelihood: f64,
    /// Akaike's information criterion: 2 x parameters - 2 x log-likelihood; the smaller, the better.
    pub aic: f64,
    /// The same with the correction for small samples, by which laws are ranked; infinite where there
    /// are too few lengths for the parameters.
    pub aicc: f64,
    /// Kolmogorov-Smirnov distance.
    pub ks: f64,
    /// Anderson-Darling figure.
    pub ad: Option<f64>,
    /// What the distance says.
    pub verdict: Verdict,
}

/// Outages or up times with the laws that were fitted to them.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The lengths.
    pub sample: Sample,
    /// Their empirical curve.
    pub curve: Curve,
    /// The laws, best first.
    pub ranked: Vec<Ranked>,
    /// Families that could not be fitted, and why.
    pub left_out: Vec<(Family, Misfit)>,
    /// Position of the chosen law among the ranked ones.
    pub choice: usize,
    /// Whether the user asked for it.
    pub asked: bool,
}

impl Side {
    /// Fits every family and takes the best that is in keeping with the log, or the one that is asked for.
    ///
    /// # Errors
    /// Why no law, or not the one that is asked for, can be fitted.
    pub fn fit(sample: Sample, wanted: Option<Family>) -> Result<Self, Misfit> {
        let curve = Curve::of(&sample);
        let (mut ranked, mut left_out) = (Vec::new(), Vec::new());
        for family in Family::ALL {
            match estimate(family, &sample) {
                Ok(law) => ranked.push(figures(law, &sample, &curve)),
                Err(misfit) => left_out.push((family, misfit)),
            }
        }
        ranked.sort_by(|a, b| a.aicc.total_cmp(&b.aicc));
        let position = |family: Family| ranked.iter().position(|one| one.law.family() == family);
        let misfit = |family: Family| left_out.iter().find(|(other, _)| *other == family);
        let choice = match wanted {
            Some(family) => position(family).ok_or_else(|| misfit(family).map_or("", |one| one.1)),
            None if ranked.is_empty() => Err(left_out.first().map_or("", |one| one.1)),
            None => {
                let total = sample.total_mean().unwrap_or(0.0);
                Ok(ranked.iter().position(|one| in_keeping(&one.law, total)).unwrap_or(0))
            }
        }?;
        Ok(Self { sample, curve, ranked, left_out, choice, asked: wanted.is_some() })
    }

    /// The chosen law.
    #[must_use]
    pub fn chosen(&self) -> &Ranked {
        &self.ranked[self.choice]
    }

    /// The laws that rank before the chosen one and are not in keeping with the log; none if the
    /// chosen one was asked for.
    #[must_use]
    pub fn passed_over(&self) -> &[Ranked] {
        if self.asked { &[] } else { &self.ranked[..self.choice] }
    }

    /// The laws worth drawing: the chosen one and the next best, at most `most`.
    #[must_use]
    pub fn shown(&self, most: usize) -> Vec<&Ranked> {
        let others = self.ranked.iter().enumerate().filter(|(index, _)| *index != self.choice);
        std::iter::once(self.chosen()).chain(others.map(|(_, one)| one)).take(most).collect()
    }
}

/// A law whose mean is more than this many times that of the log, or less than one part in this
/// many of it, is not taken unless it is asked for.
const APART: f64 = 1.5;

/// Whether the mean of a law is about that of the log. A law with a long tail may fit every length
/// that was observed, and owe its mean to lengths that were not.
fn in_keeping(law: &Fitted, total_mean: f64) -> bool {
    (total_mean / APART..=total_mean * APART).contains(&law.mean())
}

fn figures(law: Fitted, sample: &Sample, curve: &Curve) -> Ranked {
    let ln_likelihood = law.ln_likelihood(sample);
    let ks = kolmogorov_smirnov(&law, curve);
    let parameters = law.family().parameters();
    let aic = 2.0 * parameters as f64 - 2.0 * ln_likelihood;
    Ranked {
        law,
        ln_likelihood,
        aic,
        aicc: aic + correction(parameters, sample.exact.len()),
        ks,
        ad: anderson_darling(&law, curve, sample.exact.len()),
        verdict: verdict(law.family(), ks, sample.exact.len()),
    }
}

/// What AICc adds to AIC: 2 k (k + 1) / (n - k - 1) for k parameters and n lengths seen to their
/// end (Hurvich and Tsai 1989). A law of one parameter stays in the race however few they are.
#[must_use]
pub(super) fn correction(parameters: usize, number: usize) -> f64 {
    let k = parameters as f64;
    match number.checked_sub(parameters + 1) {
        Some(left) if left > 0 => 2.0 * k * (k + 1.0) / left as f64,
        _ if parameters == 1 => 0.0,
        _ => f64::INFINITY,
    }
}

#[cfg(test)]
mod tests {
    use super::correction;

    #[test]
    fn the_correction_grows_as_lengths_become_few() {
        assert!((correction(1, 10) - 4.0 / 8.0).abs() < 1e-15);
        assert!((correction(3, 10) - 24.0 / 6.0).abs() < 1e-15);
        assert!((correction(2, 1_000) - 12.0 / 997.0).abs() < 1e-15);
        assert_eq!(
            (correction(2, 3), correction(1, 1), correction(3, 0)),
            (f64::INFINITY, 0.0, f64::INFINITY)
        );
    }
}
