//! Differences of two ratios over the same replications, without the values: joint moments, updated one by one.

use super::estimate::{Estimate, Interval};
use super::mean::Moments;

/// Part and whole of a first, part and whole of a second.
const WIDTH: usize = 4;

/// Central moments of pairs of fractions up to the third, as the difference of the two ratios of sums needs them. It is the
/// estimator of `paired` on linearised ratios.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TwoRatios {
    count: u64,
    means: [f64; WIDTH],
    second: [[f64; WIDTH]; WIDTH],
    third: [[[f64; WIDTH]; WIDTH]; WIDTH],
}

impl TwoRatios {
    /// Takes part and whole of both in the next replication.
    pub fn push(&mut self, values: [f64; WIDTH]) {
        self.count += 1;
        let n = self.count as f64;
        let by: [f64; WIDTH] = std::array::from_fn(|at| values[at] - self.means[at]);
        let (square, cube) = ((n - 1.0) / n, (n - 1.0) * (n - 2.0) / (n * n));
        let second = self.second;
        for (i, j, k) in triples() {
            let mixed = by[i] * second[j][k] + by[j] * second[i][k] + by[k] * second[i][j];
            self.third[i][j][k] += by[i] * by[j] * by[k] * cube - mixed / n;
        }
        for (i, row) in self.second.iter_mut().enumerate() {
            row.iter_mut().zip(by).for_each(|(own, other)| *own += by[i] * other * square);
        }
        self.means.iter_mut().zip(by).for_each(|(mean, by)| *mean += by / n);
    }

    /// The second ratio less the first; without a value where one of them has no whole.
    #[must_use]
    pub fn difference(&self, level: f64) -> Estimate {
        let [part, whole, other_part, other_whole] = self.means;
        if whole <= 0.0 || other_whole <= 0.0 {
            return Estimate::too_few(None, level, self.count);
        }
        let (first, second) = (part / whole, other_part / other_whole);
        // How much each mean moves the difference.
        let weights = [-1.0 / whole, first / whole, 1.0 / other_whole, -second / other_whole];
        let squares =
            pairs().map(|(i, j)| weights[i] * weights[j] * self.second[i][j]).sum::<f64>();
        let cubes =
            triples().map(|(i, j, k)| weights[i] * weights[j] * weights[k] * self.third[i][j][k]);
        let squares = if self.is_noise(squares, weights) { 0.0 } else { squares.max(0.0) };
        let centred = Moments::from_sums(self.count, squares, cubes.sum()).mean(level);
        let value = second - first;
        let moved = |found: Interval| Interval { low: found.low + value, high: found.high + value };
        Estimate { value: Some(value), interval: centred.interval.map(moved), ..centred }
    }

    /// Whether a sum of squares is what rounding leaves of terms that cancel.
    fn is_noise(&self, squares: f64, weights: [f64; WIDTH]) -> bool {
        let largest = pairs().map(|(i, j)| (weights[i] * weights[j] * self.second[i][j]).abs());
        squares <= 1e-12 * largest.fold(0.0, f64::max)
    }
}

fn pairs() -> impl Iterator<Item = (usize, usize)> {
    (0..WIDTH).flat_map(|i| (0..WIDTH).map(move |j| (i, j)))
}

fn triples() -> impl Iterator<Item = (usize, usize, usize)> {
    pairs().flat_map(|(i, j)| (0..WIDTH).map(move |k| (i, j, k)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{self, Better};
    use proptest::prelude::*;

    /// Values per replication whose mean is the ratio of sums, and whose spread is its error.
    fn linearised(pairs: &[(f64, f64)]) -> Option<Vec<f64>> {
        let whole: f64 = pairs.iter().map(|(_, whole)| whole).sum();
        let ratio = pairs.iter().map(|(part, _)| part).sum::<f64>() / whole;
        let mean = whole / pairs.len() as f64;
        let each = pairs.iter().map(|(part, own)| ratio + (part - ratio * own) / mean);
        (whole > 0.0).then(|| each.collect())
    }

    proptest! {
        #[test]
        fn agrees_with_pairs_of_linearised_values(
            rows in prop::collection::vec((0.0..50.0_f64, 0..90_u32, 0.0..50.0_f64, 0..90_u32), 1..40),
        ) {
            let mut moments = TwoRatios::default();
            rows.iter().for_each(|(a, b, c, d)| moments.push([*a, f64::from(*b), *c, f64::from(*d)]));
            let pair = |part: f64, whole: u32| (part, f64::from(whole));
            let one: Vec<_> = rows.iter().map(|row| pair(row.0, row.1)).collect();
            let other: Vec<_> = rows.iter().map(|row| pair(row.2, row.3)).collect();
            let own = moments.difference(0.95);
            let (Some(one), Some(other)) = (linearised(&one), linearised(&other)) else {
                prop_assert_eq!(own.value, None);
                return Ok(());
            };
            let by_values = statistics::paired(&one, &other, Better::Less, 0.95).difference;
            let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * (1.0 + b.abs());
            prop_assert!(near(own.value.unwrap(), by_values.value.unwrap()), "{own:?} {by_values:?}");
            if let (Some(own), Some(found)) = (own.interval, by_values.interval) {
                prop_assert!(near(own.low, found.low) && near(own.high, found.high), "{own:?} {found:?}");
            }
        }
    }

    #[test]
    fn equal_ratios_do_not_differ() {
        let mut moments = TwoRatios::default();
        for (part, whole) in [(3.0, 7.0), (5.0, 9.0), (0.0, 0.0), (1.0, 3.0)] {
            moments.push([part, whole, part, whole]);
        }
        let found = moments.difference(0.95);
        assert_eq!((found.value, found.interval), (Some(0.0), Some(Interval::point(0.0))));
        assert_eq!(TwoRatios::default().difference(0.95).value, None);
    }
}
