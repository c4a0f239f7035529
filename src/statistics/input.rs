//! How much of an interval is sampling error (too few replications) and how much is data
//! (parameters fitted to a short log). Not a fit: it is given which replications shared a set of
//! parameters.

use super::estimate::{Estimate, Interval, Method};
use super::laws::student;
use super::mean::Moments;

/// A mean over sets of parameters, its uncertainty split in two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// The mean of all values with the interval for both kinds of uncertainty together.
    pub combined: Estimate,
    /// Standard error from sampling alone, called `luck`: the standard deviation within a set /
    /// sqrt(all values); `None` where there are too few values for it.
    pub luck: Option<f64>,
    /// Standard error from data: the standard deviation between sets. More replications do not
    /// reduce it, more data does.
    pub data: Option<f64>,
    /// The share of the interval's squared width that is due to data, 0 to 1; the rest is sampling
    /// error.
    pub data_share: Option<f64>,
}

/// The mean squares of a one-way analysis of variance.
struct Variances {
    /// Mean square between sets, s - 1 degrees of freedom.
    between: f64,
    /// Mean square within sets, n - s degrees of freedom.
    within: f64,
    /// What a set counts for: the size of the sets, or slightly less if they differ.
    size: f64,
    sets: f64,
    values: f64,
}

impl Variances {
    fn of(values: &[f64], sets: usize) -> Self {
        let mut groups = vec![Moments::default(); sets];
        for (index, value) in values.iter().enumerate() {
            groups[index % sets].push(*value);
        }
        let grand = Moments::of(values).average().unwrap_or(0.0);
        let (mut between, mut within, mut squares) = (0.0, 0.0, 0.0);
        for group in &groups {
            let size = group.count() as f64;
            let off = group.average().unwrap_or(grand) - grand;
            between += size * off * off;
            within += group.variance() * (size - 1.0);
            squares += size * size;
        }
        let (s, n) = (sets as f64, values.len() as f64);
        Self {
            between: between / (s - 1.0),
            within: within / (n - s),
            size: (n - squares / n) / (s - 1.0),
            sets: s,
            values: n,
        }
    }

    /// The variance of the truth from set to set.
    fn data(&self) -> f64 {
        ((self.between - self.within) / self.size).max(0.0)
    }

    fn luck(&self) -> f64 {
        self.within / self.values
    }

    /// Degrees of freedom of data + sampling error, a weighted sum of the two mean squares
    /// (Satterthwaite, "An Approximate Distribution of Estimates of Variance Components",
    /// Biometrics Bulletin 2 (1946)), but no more than the sets have; where no data variance shows,
    /// those within sets.
    fn freedom(&self) -> f64 {
        if self.data() == 0.0 {
            return self.values - self.sets;
        }
        let one = self.between / self.size;
        let other = self.within * (1.0 / self.values - 1.0 / self.size);
        let sum = one + other;
        let spread = one * one / (self.sets - 1.0) + other * other / (self.values - self.sets);
        (sum * sum / spread).clamp(1.0, self.sets - 1.0)
    }
}

/// Splits the uncertainty of a mean where replication k used parameter set k mod `sets`, by the
/// one-way analysis of variance with random effects (Searle, Casella and McCulloch, "Variance
/// Components", 1992, chapter 3), for sets whose sizes differ by one at most.
///
/// The sets are taken to scatter about the fitted parameters as those do about the true ones (a
/// bootstrap of the log), so the data variance is that of one set, not of their mean. The error of
/// the mean of the sets is left out: 1/sets of the data variance, 2.5 % of the width at 20 sets.
/// Fewer than two sets, or than two replications to a set, are too few.
#[must_use]
pub fn input_uncertainty(values: &[f64], sets: usize, level: f64) -> Split {
    let count = values.len() as u64;
    let value = Moments::of(values).average();
    if sets < 2 || values.len() / sets < 2 {
        let combined = Estimate::too_few(value, level, count);
        return Split { combined, luck: None, data: None, data_share: None };
    }
    let variances = Variances::of(values, sets);
    let (luck, data) = (variances.luck(), variances.data());
    let total = luck + data;
    let center = value.unwrap_or(0.0);
    let combined = if total > 0.0 {
        let t = student(variances.freedom(), f64::midpoint(1.0, level));
        let interval = Some(Interval::around(center, t * total.sqrt()));
        Estimate { value, interval, level, count, method: Method::DataAndLuck }
    } else {
        Estimate::constant(center, level, count)
    };
    let data_share = (total > 0.0).then(|| data / total);
    Split { combined, luck: Some(luck.sqrt()), data: Some(data.sqrt()), data_share }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(value: Option<f64>, expected: f64) {
        let value = value.unwrap();
        assert!((value - expected).abs() < 1e-12, "{value}, expected {expected}");
    }

    #[test]
    fn balanced_by_hand() {
        // Sets {1, 3}, {5, 7}, {9, 11}: within 2, between 2 x 32 / 2 = 32; data (32 - 2)/2.
        let found = input_uncertainty(&[1.0, 5.0, 9.0, 3.0, 7.0, 11.0], 3, 0.95);
        near(found.combined.value, 6.0);
        near(found.luck, (2.0f64 / 6.0).sqrt());
        near(found.data, 15.0f64.sqrt());
        near(found.data_share, 15.0 / (15.0 + 1.0 / 3.0));
    }

    #[test]
    fn unbalanced_by_one() {
        // Sets {0, 2, 4} and {10, 14}: means 2 and 12, grand 6; within (8 + 8)/3; between
        // 3 x 16 + 2 x 36 = 120; size (5 - 13/5)/1 = 2.4.
        let found = input_uncertainty(&[0.0, 10.0, 2.0, 14.0, 4.0], 2, 0.95);
        near(found.combined.value, 6.0);
        near(found.luck, (16.0f64 / 15.0).sqrt());
        near(found.data, ((120.0f64 - 16.0 / 3.0) / 2.4).sqrt());
    }

    #[test]
    fn equal_sets_show_no_data_variance() {
        let found = input_uncertainty(&[1.0, 1.0, 3.0, 3.0, 5.0, 5.0], 2, 0.95);
        assert_eq!((found.data, found.data_share), (Some(0.0), Some(0.0)));
        let half = student(4.0, 0.975) * (4.0f64 / 6.0).sqrt();
        near(found.combined.half_width(), half);
    }

    #[test]
    fn too_few_and_constant() {
        for (values, sets) in [(vec![], 3), (vec![1.0; 5], 3), (vec![1.0; 9], 1), (vec![1.0], 0)] {
            let found = input_uncertainty(&values, sets, 0.95);
            assert_eq!((found.combined.method, found.luck), (Method::TooFew, None));
        }
        let same = input_uncertainty(&[2.0; 6], 3, 0.95);
        assert_eq!(same.combined, Estimate::constant(2.0, 0.95, 6));
        assert_eq!((same.luck, same.data, same.data_share), (Some(0.0), Some(0.0), None));
    }
}
