//! Which of several alternatives, measured with common random numbers, may be the one with the
//! least mean; and which of them no other one dominates. Not for independent samples.

use super::laws::Student;
use super::mean::{Moments, skewed};

/// The alternatives that may have the least mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Least {
    /// The alternative whose average is the smallest; the first of equal ones.
    pub smallest: usize,
    /// Which alternatives no other one is shown to be smaller than.
    pub may_be: Vec<bool>,
}

/// Finds the alternatives that may have the least mean, from one value per alternative and
/// replication; `None` without alternatives or replications.
///
/// An alternative is left out if some other one is smaller by a paired, skewness-adjusted t test.
/// Each test is one-sided and may err with (1 - level) / (alternatives - 1), so the alternative
/// with the least mean is left out with probability 1 - level at most (Bonferroni). This is the
/// screening of Nelson, Swann, Goldsman and Song, "Simple Procedures for Selecting the Best
/// Simulated System", Operations Research 49 (2001), with paired differences.
#[must_use]
pub fn least(samples: &[Vec<f64>], level: f64) -> Option<Least> {
    let means: Vec<f64> =
        samples.iter().map(|own| Moments::of(own).average()).collect::<Option<_>>()?;
    let smallest = (0..means.len()).min_by(|a, b| means[*a].total_cmp(&means[*b]))?;
    let student = bonferroni(samples.len(), level);
    let beaten = |own: &Vec<f64>| samples.iter().any(|other| smaller(other, own, &student));
    Some(Least { smallest, may_be: samples.iter().map(|own| !beaten(own)).collect() })
}

/// The t quantiles of one of `alternatives - 1` one-sided tests.
fn bonferroni(alternatives: usize, level: f64) -> Student {
    let tests = alternatives.saturating_sub(1).max(1) as f64;
    Student::at(1.0 - (1.0 - level) / tests)
}

/// Whether the mean of `one` is shown to be smaller than that of `other`.
fn smaller(one: &[f64], other: &[f64], student: &Student) -> bool {
    let mut moments = Moments::default();
    one.iter().zip(other).for_each(|(one, other)| moments.push(other - one));
    let Some(center) = moments.average().filter(|center| *center > 0.0) else { return false };
    let (count, error) = (moments.count(), moments.standard_error());
    if count < 3 {
        return false;
    }
    let t = student.quantile((count - 1) as f64);
    error <= 1e-12 * center || skewed(center, error, t, moments.skewness(), count).low > 0.0
}

/// About how many replications would show that the mean of `one` is smaller than that of `other`,
/// with a chance of four in five if both the difference and its spread are as seen so far; `None`
/// if no difference was seen, or in fewer than three replications, which have no spread to speak of.
#[must_use]
pub fn replications_to_tell(
    one: &[f64],
    other: &[f64],
    alternatives: usize,
    level: f64,
) -> Option<u64> {
    const FOUR_IN_FIVE: f64 = 0.841_621_233_572_914_3;
    let mut moments = Moments::default();
    one.iter().zip(other).for_each(|(one, other)| moments.push(other - one));
    let center = moments.average().filter(|center| *center > 0.0 && moments.count() > 2)?;
    let z = bonferroni(alternatives, level).quantile(1e9) + FOUR_IN_FIVE;
    let ratio = z * moments.variance().sqrt() / center;
    Some(libm::ceil(ratio * ratio).max(3.0) as u64)
}

/// Which alternatives no other one dominates. One dominates another if its averages are at most
/// the other's for every objective, and it is shown to be smaller for at least one.
///
/// `objectives` holds, for every objective, one list of values per alternative; smaller is better.
#[must_use]
pub fn pareto(objectives: &[Vec<Vec<f64>>], level: f64) -> Vec<bool> {
    let number = objectives.first().map_or(0, Vec::len);
    let student = bonferroni(number, level);
    let average = |own: &[f64]| Moments::of(own).average().unwrap_or(0.0);
    let means: Vec<Vec<f64>> =
        objectives.iter().map(|all| all.iter().map(|own| average(own)).collect()).collect();
    let dominates = |one: usize, other: usize| {
        let never_larger = means.iter().all(|all| all[one] <= all[other]);
        never_larger && objectives.iter().any(|all| smaller(&all[one], &all[other], &student))
    };
    (0..number).map(|other| !(0..number).any(|one| dominates(one, other))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_always_larger_is_left_out() {
        let samples =
            [vec![1.0, 2.0, 3.0, 4.0], vec![2.0, 3.0, 4.0, 5.0], vec![1.0, 2.0, 3.0, 4.1]];
        let found = least(&samples, 0.95).unwrap();
        assert_eq!((found.smallest, found.may_be), (0, vec![true, false, true]));
        assert_eq!(least(&[], 0.95), None);
        assert_eq!(least(&[vec![]], 0.95), None);
    }

    #[test]
    fn two_replications_tell_nothing_apart() {
        let found = least(&[vec![1.0, 1.0], vec![9.0, 9.0]], 0.95).unwrap();
        assert_eq!(found.may_be, [true, true]);
    }

    #[test]
    fn replications_to_tell_by_hand() {
        // Differences 0, 0 and 3: mean 1, variance 3. One test at 95 %: (1.645 + 0.842)^2 x 3 = 18.5.
        let needed = replications_to_tell(&[0.0; 3], &[0.0, 0.0, 3.0], 2, 0.95);
        assert_eq!(needed, Some(19));
        assert_eq!(replications_to_tell(&[0.0; 2], &[0.0, 2.0], 2, 0.95), None, "too few");
        assert_eq!(replications_to_tell(&[1.0, 2.0], &[1.0, 2.0], 2, 0.95), None);
    }
}
