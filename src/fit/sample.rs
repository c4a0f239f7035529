//! Lengths of time as statistics see them: seconds, each either exact or a lower bound.

use serde::Serialize;

use crate::time::Span;

/// One length.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Length {
    /// Seconds, above 0.
    pub secs: f64,
    /// Whether it was cut off by the end of the observation: the true length is longer.
    pub censored: bool,
}

impl Length {
    /// A length that was seen to its end (`censored`: was not); `None` if it is empty.
    #[must_use]
    pub fn new(span: Span, censored: bool) -> Option<Self> {
        (span > Span::ZERO).then(|| Self { secs: span.as_secs_f64(), censored })
    }
}

/// Lengths of one kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    /// Seen to their end, in seconds, ascending.
    pub exact: Vec<f64>,
    /// Cut off at these ages, in seconds, ascending.
    pub censored: Vec<f64>,
}

impl FromIterator<Length> for Sample {
    fn from_iter<I: IntoIterator<Item = Length>>(lengths: I) -> Self {
        let mut sample = Self::default();
        for length in lengths {
            let kind = if length.censored { &mut sample.censored } else { &mut sample.exact };
            kind.push(length.secs);
        }
        sample.exact.sort_by(f64::total_cmp);
        sample.censored.sort_by(f64::total_cmp);
        sample
    }
}

impl Sample {
    /// Every length, exact ones first.
    pub fn all(&self) -> impl Iterator<Item = f64> {
        self.exact.iter().chain(&self.censored).copied()
    }

    /// Sum over exact lengths.
    pub fn sum_exact(&self, of: impl Fn(f64) -> f64) -> f64 {
        self.exact.iter().map(|x| of(*x)).sum()
    }

    /// Sum over censored lengths.
    pub fn sum_censored(&self, of: impl Fn(f64) -> f64) -> f64 {
        self.censored.iter().map(|x| of(*x)).sum()
    }

    /// Mean over exact lengths.
    pub fn mean_exact(&self, of: impl Fn(f64) -> f64) -> f64 {
        self.sum_exact(of) / self.exact.len() as f64
    }

    /// The mean whatever the law: the time of all lengths by the number of those seen to their end.
    /// `None` if none was.
    #[must_use]
    pub fn total_mean(&self) -> Option<f64> {
        let number = self.exact.len() as f64;
        (number > 0.0).then(|| self.all().sum::<f64>() / number)
    }

    /// Whether all exact lengths are the same.
    #[must_use]
    pub fn all_equal(&self) -> bool {
        self.exact.first() == self.exact.last()
    }
}
