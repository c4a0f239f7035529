//! Properties of the sketch, of moments, ratios and ranks on random values.

use proptest::prelude::*;
use switchover::statistics::{Moments, Pool, Sketch, mean, nearest_rank, ratio};

/// Nonnegative values over all magnitudes, with lumps.
fn values() -> impl Strategy<Value = Vec<i64>> {
    let one = prop_oneof![
        0i64..600,
        Just(60_000_000_000),
        (0u32..62, any::<u64>()).prop_map(|(octave, low)| {
            let start = 1i64 << octave;
            start + (low % start as u64) as i64
        }),
    ];
    prop::collection::vec(one, 0..200).prop_map(|mut values| {
        values.sort_unstable();
        values
    })
}

fn sketch_of(parts: &[Vec<i64>]) -> Sketch {
    let mut all: Vec<i64> = parts.concat();
    all.sort_unstable();
    Sketch::from_sorted(&all)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn quantiles_are_never_too_small_and_hardly_too_large(values in values(), p in 0.0..1.0f64) {
        let sketch = Sketch::from_sorted(&values);
        let rank = nearest_rank(values.len() as u64, p);
        let Some(found) = sketch.nearest_rank(p) else {
            prop_assert!(values.is_empty());
            return Ok(());
        };
        let exact = values[rank as usize - 1];
        prop_assert!(exact <= found && found - exact <= exact / 256, "{exact} {found}");
        prop_assert_eq!(sketch.sum(), values.iter().map(|value| i128::from(*value)).sum::<i128>());
        prop_assert_eq!(sketch.min(), values.first().copied());
        prop_assert_eq!(sketch.max(), values.last().copied());
        // Exact at every value that the sketch can name.
        for bin in sketch.bins() {
            let exact = values.iter().filter(|value| **value <= bin.max).count() as u64;
            prop_assert_eq!(sketch.count_at_most(bin.max), exact);
        }
    }

    #[test]
    fn merging_is_exact_in_any_order(parts in prop::collection::vec(values(), 0..6)) {
        let whole = sketch_of(&parts);
        let sketches: Vec<Sketch> = parts.iter().map(|part| Sketch::from_sorted(part)).collect();
        let mut forwards = Sketch::default();
        sketches.iter().for_each(|sketch| forwards.merge(sketch));
        let mut backwards = Sketch::default();
        sketches.iter().rev().for_each(|sketch| backwards.merge(sketch));
        prop_assert_eq!(&forwards, &whole);
        prop_assert_eq!(&backwards, &whole);
        prop_assert_eq!(&Sketch::of_all(&sketches), &whole);
        let text = serde_json::to_string(&whole).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Sketch>(&text).unwrap(), &whole);
    }

    #[test]
    fn pooled_intervals_hold_the_value(
        parts in prop::collection::vec(values(), 0..40),
        p in 0.01..0.99f64,
    ) {
        let sketches: Vec<Sketch> = parts.iter().map(|part| Sketch::from_sorted(part)).collect();
        let pool = Pool::new(&sketches);
        let found = pool.quantile(p, 0.95);
        prop_assert_eq!(found.count, pool.all().count());
        if let (Some(value), Some(interval)) = (found.value, found.interval) {
            prop_assert!(interval.contains(value), "{:?}", found);
        }
    }

    #[test]
    fn moments_agree_with_two_passes(values in prop::collection::vec(-1e6..1e6f64, 3..60)) {
        let n = values.len() as f64;
        let center = values.iter().sum::<f64>() / n;
        let sum = |power: i32| values.iter().map(|value| (value - center).powi(power)).sum::<f64>();
        let moments = Moments::of(&values);
        let deviation = (sum(2) / (n - 1.0)).sqrt();
        prop_assert!((moments.average().unwrap() - center).abs() < 1e-9 * deviation);
        prop_assert!((moments.variance().sqrt() / deviation - 1.0).abs() < 1e-9);
        let skewness = n / ((n - 1.0) * (n - 2.0)) * sum(3) / deviation.powi(3);
        prop_assert!((moments.skewness() - skewness).abs() < 1e-9);
    }

    #[test]
    fn intervals_move_with_the_values(
        values in prop::collection::vec(0.0..100.0f64, 3..40),
        factor in 0.5..2.0f64,
    ) {
        let one = mean(&values, 0.9);
        let scaled: Vec<f64> = values.iter().map(|value| value * factor).collect();
        let other = mean(&scaled, 0.9);
        let (one_in, other_in) = (one.interval.unwrap(), other.interval.unwrap());
        prop_assert!((other_in.low - factor * one_in.low).abs() < 1e-8);
        prop_assert!((other_in.high - factor * one_in.high).abs() < 1e-8);
        // Mirrored values have the mirrored interval.
        let mirrored: Vec<f64> = values.iter().map(|value| -value).collect();
        let mirror = mean(&mirrored, 0.9).interval.unwrap();
        prop_assert!((mirror.low + one_in.high).abs() < 1e-9);
        // A higher level is wider.
        prop_assert!(mean(&values, 0.99).half_width() >= one.half_width());
    }

    #[test]
    fn a_ratio_over_equal_wholes_is_a_mean(
        parts in prop::collection::vec(0.0..100.0f64, 2..40),
        whole in 0.1..1000.0f64,
    ) {
        let found = ratio(&parts, &vec![whole; parts.len()], 0.95);
        let shares: Vec<f64> = parts.iter().map(|part| part / whole).collect();
        let expected = mean(&shares, 0.95);
        prop_assert!((found.value.unwrap() - expected.value.unwrap()).abs() * whole < 1e-9);
        let (one, other) = (found.interval.unwrap(), expected.interval.unwrap());
        prop_assert!((one.low - other.low).abs() * whole < 1e-6);
        prop_assert!((one.high - other.high).abs() * whole < 1e-6);
    }
}
