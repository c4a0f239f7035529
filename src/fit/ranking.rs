//! One kind of length with every law that can be fitted to it, in the order of AIC, and the one
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
}

impl Side {
    /// Fits every family and takes the best, or the one that is asked for.
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
        ranked.sort_by(|a, b| a.aic.total_cmp(&b.aic));
        let position = |family: Family| ranked.iter().position(|one| one.law.family() == family);
        let misfit = |family: Family| left_out.iter().find(|(other, _)| *other == family);
        let choice = match wanted {
            Some(family) => position(family).ok_or_else(|| misfit(family).map_or("", |one| one.1)),
            None if ranked.is_empty() => Err(left_out.first().map_or("", |one| one.1)),
            None => Ok(0),
        }?;
        Ok(Self { sample, curve, ranked, left_out, choice })
    }

    /// The chosen law.
    #[must_use]
    pub fn chosen(&self) -> &Ranked {
        &self.ranked[self.choice]
    }

    /// The laws worth drawing: the chosen one and the next best, at most `most`.
    #[must_use]
    pub fn shown(&self, most: usize) -> Vec<&Ranked> {
        let others = self.ranked.iter().enumerate().filter(|(index, _)| *index != self.choice);
        std::iter::once(self.chosen()).chain(others.map(|(_, one)| one)).take(most).collect()
    }
}

fn figures(law: Fitted, sample: &Sample, curve: &Curve) -> Ranked {
    let ln_likelihood = law.ln_likelihood(sample);
    let ks = kolmogorov_smirnov(&law, curve);
    Ranked {
        law,
        ln_likelihood,
        aic: 2.0 * law.family().parameters() as f64 - 2.0 * ln_likelihood,
        ks,
        ad: anderson_darling(&law, curve, sample.exact.len()),
        verdict: verdict(law.family(), ks, sample.exact.len()),
    }
}
