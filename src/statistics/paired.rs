//! Two policies with common random numbers: differences within pairs. Not for independent samples,
//! whose differences mean nothing pair by pair.

use super::estimate::Estimate;
use super::mean::Moments;
use super::proportion::clopper_pearson;

/// Which of two values is the better one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// The smaller: downtime, lost calls.
    Less,
    /// The larger: availability.
    More,
}

/// What pairs (a, b) say about changing from A to B.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// The mean of b - a.
    pub difference: Estimate,
    /// The share of all pairs in which B is better, with exact binomial limits.
    pub share_better: Estimate,
    /// Pairs in which B is better.
    pub better: u64,
    /// Pairs in which both are the same.
    pub ties: u64,
    /// Pairs in which B is worse.
    pub worse: u64,
    /// (Var A + Var B) / Var(B - A): how many times more replications the same interval would need
    /// with independent random numbers. `None` if the differences do not vary.
    pub variance_reduction: Option<f64>,
}

/// Compares B with A on pairs in the same order; a longer list's surplus is left out.
#[must_use]
pub fn paired(a: &[f64], b: &[f64], direction: Better, level: f64) -> Paired {
    let (mut of_a, mut of_b, mut of_difference) =
        (Moments::default(), Moments::default(), Moments::default());
    let (mut better, mut ties, mut worse) = (0, 0, 0);
    for (a, b) in a.iter().zip(b) {
        of_a.push(*a);
        of_b.push(*b);
        of_difference.push(b - a);
        let wins = match direction {
            Better::Less => b < a,
            Better::More => b > a,
        };
        let tally = if a == b {
            &mut ties
        } else if wins {
            &mut better
        } else {
            &mut worse
        };
        *tally += 1;
    }
    let spread = of_difference.variance();
    Paired {
        difference: of_difference.mean(level),
        share_better: clopper_pearson(better, of_difference.count(), level),
        better,
        ties,
        worse,
        variance_reduction: (spread > 0.0).then(|| (of_a.variance() + of_b.variance()) / spread),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::estimate::Method;

    const A: [f64; 5] = [10.0, 20.0, 30.0, 40.0, 50.0];
    const B: [f64; 5] = [9.0, 18.0, 30.0, 41.0, 46.0];

    #[test]
    fn by_hand() {
        let found = paired(&A, &B, Better::Less, 0.95);
        assert_eq!(found.difference.value, Some(-1.2));
        assert_eq!((found.better, found.ties, found.worse), (3, 1, 1));
        assert_eq!((found.share_better.value, found.share_better.count), (Some(0.6), 5));
        // Var A = 250, Var B = 238.7; differences -1, -2, 0, 1, -4: 3.7.
        let factor = found.variance_reduction.unwrap();
        assert!((factor - (250.0 + 238.7) / 3.7).abs() < 1e-10, "{factor}");
    }

    #[test]
    fn the_direction_swaps_better_and_worse_only() {
        let (less, more) = (paired(&A, &B, Better::Less, 0.95), paired(&A, &B, Better::More, 0.95));
        assert_eq!((less.better, less.worse), (more.worse, more.better));
        assert_eq!((less.difference, less.ties), (more.difference, more.ties));
    }

    #[test]
    fn differences_that_do_not_vary() {
        let shifted: Vec<f64> = A.iter().map(|a| a - 4.0).collect();
        let found = paired(&A, &shifted, Better::Less, 0.95);
        assert_eq!(found.difference, Estimate::constant(-4.0, 0.95, 5));
        assert_eq!((found.variance_reduction, found.better), (None, 5));
        let nothing = paired(&[], &[], Better::Less, 0.95);
        assert_eq!(nothing.difference.method, Method::TooFew);
        assert_eq!(nothing.share_better.value, None);
    }
}
