//! Order statistics: which two ranks hold a quantile, and the quantile of independent values.
//! For values that depend on each other within replications see `pooled`.

use super::estimate::{Estimate, Interval, Method};
use super::laws::{binomial, normal};

/// The nearest rank of the `p` quantile of `n` values, from 1: the smallest k with k/n >= p; 0 of
/// no values. A few units in the last place are forgiven, so that 7 % of 100 is rank 7.
#[must_use]
pub fn nearest_rank(n: u64, p: f64) -> u64 {
    let exact = p * n as f64 * (1.0 - 4.0 * f64::EPSILON);
    (exact.ceil().max(1.0) as u64).min(n)
}

/// The probability that the `p` quantile of a continuous law lies between the `low`-th and
/// `high`-th smallest of `n` values: P(low <= Bin(n, p) <= high - 1).
#[must_use]
pub fn coverage(n: u64, p: f64, low: u64, high: u64) -> f64 {
    1.0 - below(n, p, low) - above(n, p, high)
}

/// The ranks (from 1) of two of `n` values that hold the `p` quantile with probability `level` at
/// least, whatever the law; `None` if there are too few values for any two.
///
/// Each side may err with half of what the level leaves, and the interval is then made as short
/// as one rank more or less on either side allows; among the shortest, the one whose sides err
/// most alike. Where one side cannot err so little, the other takes what it leaves. (Order-statistic
/// intervals: David and Nagaraja, "Order Statistics", 2003, section 7.1.)
#[must_use]
pub fn order_statistics(n: u64, p: f64, level: f64) -> Option<(u64, u64)> {
    if n < 2 || !(p > 0.0 && p < 1.0) {
        return None;
    }
    let error = 1.0 - level;
    let low = last_rank(n, p, error / 2.0).unwrap_or(1);
    let high = first_rank(n, p, error / 2.0).unwrap_or(n);
    best_nearby(n, p, level, (low, high))
        .or_else(|| last_rank(n, p, error - above(n, p, n)).map(|low| (low, n)))
        .or_else(|| first_rank(n, p, error - below(n, p, 1)).map(|high| (1, high)))
        .filter(|(low, high)| low < high)
}

/// The shortest, most symmetric pair of ranks that covers, among those at most one rank away.
fn best_nearby(n: u64, p: f64, level: f64, (low, high): (u64, u64)) -> Option<(u64, u64)> {
    let around = |rank: u64| rank.saturating_sub(1).max(1)..=(rank + 1).min(n);
    let lows: Vec<(u64, f64)> = around(low).map(|rank| (rank, below(n, p, rank))).collect();
    let highs: Vec<(u64, f64)> = around(high).map(|rank| (rank, above(n, p, rank))).collect();
    let pairs = lows.iter().flat_map(|low| highs.iter().map(move |high| (*low, *high)));
    pairs
        .filter(|((low, left), (high, right))| low < high && 1.0 - left - right >= level)
        .map(|((low, left), (high, right))| ((high - low, (left - right).abs()), (low, high)))
        .min_by(|(one, _), (other, _)| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)))
        .map(|(_, ranks)| ranks)
}

/// P(Bin(n, p) < rank): the quantile lies left of that rank's value.
fn below(n: u64, p: f64, rank: u64) -> f64 {
    if rank == 0 { 0.0 } else { binomial(n, p, rank - 1).lower }
}

/// P(Bin(n, p) >= rank): the quantile lies right of that rank's value.
fn above(n: u64, p: f64, rank: u64) -> f64 {
    if rank == 0 { 1.0 } else { binomial(n, p, rank - 1).upper }
}

/// The largest rank with `below` at most `error`.
fn last_rank(n: u64, p: f64, error: f64) -> Option<u64> {
    let holds = |rank: u64| below(n, p, rank) <= error;
    (error > 0.0 && holds(1)).then(|| boundary(n, p, error, holds))
}

/// The smallest rank with `above` at most `error`.
fn first_rank(n: u64, p: f64, error: f64) -> Option<u64> {
    let fails = |rank: u64| above(n, p, rank) > error;
    if error <= 0.0 || fails(n) {
        return None;
    }
    Some(if fails(1) { boundary(n, p, 1.0 - error, fails) + 1 } else { 1 })
}

/// The last rank in 1..=n at which `holds` (true at 1, later false) is true, looked for from the
/// normal approximation to the `share` quantile of the binomial law.
fn boundary(n: u64, p: f64, share: f64, holds: impl Fn(u64) -> bool) -> u64 {
    let mean = n as f64 * p;
    let guess = mean + normal(share) * (mean * (1.0 - p)).sqrt();
    let mut low = (guess.clamp(1.0, n as f64) as u64).clamp(1, n);
    let mut step = 1;
    while !holds(low) {
        low = low.saturating_sub(step).max(1);
        step *= 2;
    }
    step = 1;
    let mut high = low;
    while high <= n && holds(high) {
        low = high;
        high += step;
        step *= 2;
    }
    high = high.min(n + 1);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle) { low = middle } else { high = middle }
    }
    low
}

/// The `p` quantile of independent values, which are sorted: the value at the nearest rank, with
/// the order-statistic interval. Three or more equal values are `Constant`; where there are too
/// few values for the level, there is a value but no interval.
#[must_use]
pub fn quantile(sorted: &[f64], p: f64, level: f64) -> Estimate {
    let count = sorted.len() as u64;
    let at = |rank: u64| sorted.get(rank.saturating_sub(1) as usize).copied();
    let Some(value) = at(nearest_rank(count, p)) else {
        return Estimate::too_few(None, level, 0);
    };
    if count > 2 && sorted.first() == sorted.last() {
        return Estimate::constant(value, level, count);
    }
    let ranks = order_statistics(count, p, level);
    match ranks.and_then(|(low, high)| Some(Interval { low: at(low)?, high: at(high)? })) {
        Some(interval) => Estimate {
            value: Some(value),
            interval: Some(interval),
            level,
            count,
            method: Method::OrderStatistics,
        },
        None => Estimate::too_few(Some(value), level, count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_hundred_values_and_their_95_percent_point() {
        assert_eq!(order_statistics(200, 0.95, 0.95), Some((183, 196)));
        assert!((coverage(200, 0.95, 183, 196) - 0.9615).abs() < 5e-5);
    }

    #[test]
    fn too_few_values_for_the_99_percent_point() {
        // 1 - .99^n passes .95 at 299.
        assert_eq!(order_statistics(298, 0.99, 0.95), None);
        assert_eq!(order_statistics(299, 0.99, 0.95).map(|(_, high)| high), Some(299));
        assert_eq!(order_statistics(5, 0.5, 0.95), None);
        assert_eq!(order_statistics(6, 0.5, 0.95), Some((1, 6)));
        assert_eq!(order_statistics(0, 0.5, 0.95), None);
        assert_eq!(order_statistics(1, 0.5, 0.95), None);
    }

    #[test]
    fn ranks_cover_and_exist_whenever_any_do() {
        for n in (2..400).chain([1000, 50_000, 1_000_003]) {
            for p in [0.05, 0.5, 0.9, 0.95, 0.99] {
                for level in [0.8, 0.95, 0.99] {
                    let any = coverage(n, p, 1, n) >= level;
                    let found = order_statistics(n, p, level);
                    assert_eq!(found.is_some(), any, "{n} {p} {level}");
                    let Some((low, high)) = found else { continue };
                    assert!(1 <= low && low < high && high <= n);
                    assert!(coverage(n, p, low, high) >= level, "{n} {p} {level}");
                    let rank = nearest_rank(n, p);
                    assert!(low <= rank && rank <= high, "{n} {p} {level}: {low} {high}");
                }
            }
        }
    }

    #[test]
    fn many_values_are_quick_and_near_the_normal_ranks() {
        let (low, high) = order_statistics(1_000_000_000, 0.95, 0.95).unwrap();
        let half = 1.959963984540054 * (1e9f64 * 0.95 * 0.05).sqrt();
        assert!((low as f64 - (9.5e8 - half)).abs() < 3.0, "{low}");
        assert!((high as f64 - (9.5e8 + half)).abs() < 3.0, "{high}");
    }

    #[test]
    fn nearest_ranks() {
        for (n, p, rank) in
            [(0, 0.5, 0), (1, 0.99, 1), (100, 0.07, 7), (200, 0.95, 190), (3, 0.5, 2)]
        {
            assert_eq!(nearest_rank(n, p), rank, "{p} of {n}");
        }
    }

    #[test]
    fn quantiles_of_values() {
        let values: Vec<f64> = (1..=200).map(f64::from).collect();
        let found = quantile(&values, 0.95, 0.95);
        assert_eq!(found.value, Some(190.0));
        assert_eq!(found.interval, Some(Interval { low: 183.0, high: 196.0 }));
        assert_eq!((found.count, found.method), (200, Method::OrderStatistics));
        assert_eq!(quantile(&values, 0.99, 0.95), Estimate::too_few(Some(198.0), 0.95, 200));
        assert_eq!(quantile(&[], 0.5, 0.95), Estimate::too_few(None, 0.95, 0));
        assert_eq!(quantile(&[4.0; 5], 0.99, 0.95), Estimate::constant(4.0, 0.95, 5));
    }
}
