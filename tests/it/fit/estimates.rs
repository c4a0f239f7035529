//! Maximum likelihood: closed forms, laws whose densities are the slopes of their survival, scores
//! that vanish, and samples of every law that give back its parameters.

use switchover::distribution::{Branch, Law, Z95};
use switchover::fit::{
    Cycle, Family, Fitted, Length, Resampling, Sample, Side, Verdict, estimate, intervals,
};
use switchover::time::Span;

use super::{cut_at, drawn};

fn near(actual: f64, expected: f64, share: f64) {
    assert!((actual - expected).abs() <= share * expected.abs(), "{actual}, expected {expected}");
}

const LAWS: [Fitted; 6] = [
    Fitted::Uniform { lowest: 20.0, highest: 90.0 },
    Fitted::Exponential { mean: 40.0 },
    Fitted::Weibull { shape: 0.7, scale: 50.0 },
    Fitted::Lognormal { mu: 3.0, sigma: 1.2 },
    Fitted::Gamma { shape: 2.5, mean: 40.0 },
    Fitted::Hyperexponential { p: 0.8, mean: 10.0, other: 200.0 },
];

/// The law as the simulator draws it.
fn law(fitted: &Fitted) -> Law {
    let span = Span::from_secs_f64;
    match *fitted {
        Fitted::Hyperexponential { p, mean, other } => Law::Hyperexponential(vec![
            Branch { probability: p, mean: span(mean) },
            Branch { probability: 1.0 - p, mean: span(other) },
        ]),
        Fitted::Lognormal { mu, sigma } => {
            Law::Lognormal { median: span(mu.exp()), p95: span((mu + Z95 * sigma).exp()) }
        }
        _ => fitted.law(),
    }
}

#[test]
fn densities_are_the_slopes_of_survival() {
    for fitted in LAWS {
        for x in [25.0, 33.0, 60.0, 85.0] {
            let h = 1e-4 * x;
            let survival = |x: f64| fitted.ln_survival(x).exp();
            let slope = (survival(x - h) - survival(x + h)) / (2.0 * h);
            near(fitted.ln_density(x).exp(), slope, 1e-5);
            near(fitted.cdf(x), 1.0 - survival(x), 1e-9);
        }
    }
}

#[test]
fn fitted_laws_and_drawn_laws_have_the_same_mean() {
    for fitted in LAWS {
        near(fitted.mean(), law(&fitted).mean_s(), 1e-6);
        assert_eq!(fitted.law(), law(&fitted));
    }
}

#[test]
fn an_exponential_mean_is_time_on_test_per_event() {
    let sample = cut_at(&[1.0, 2.0, 3.0, 10.0, 20.0], 8.0);
    assert_eq!(
        estimate(Family::Exponential, &sample),
        Ok(Fitted::Exponential { mean: 22.0 / 3.0 })
    );
}

#[test]
fn a_lognormal_law_has_the_moments_of_the_logarithms() {
    let sample = cut_at(&[1.0, 10.0, 100.0], f64::MAX);
    let Ok(Fitted::Lognormal { mu, sigma }) = estimate(Family::Lognormal, &sample) else {
        panic!()
    };
    let ten = 10.0_f64.ln();
    near(mu, ten, 1e-12);
    near(sigma, ten * (2.0_f64 / 3.0).sqrt(), 1e-12);
}

/// At the maximum no parameter can be moved to the better.
#[test]
fn estimates_are_maxima() {
    for (family, truth) in
        [(Family::Weibull, LAWS[2]), (Family::Lognormal, LAWS[3]), (Family::Gamma, LAWS[4])]
    {
        for limit in [f64::MAX, 60.0] {
            let sample = cut_at(&drawn(&law(&truth), 300, 5), limit);
            let best = estimate(family, &sample).unwrap();
            let top = best.ln_likelihood(&sample);
            for (a, b) in [(1.001, 1.0), (0.999, 1.0), (1.0, 1.001), (1.0, 0.999)] {
                let moved = match best {
                    Fitted::Weibull { shape, scale } => {
                        Fitted::Weibull { shape: shape * a, scale: scale * b }
                    }
                    Fitted::Lognormal { mu, sigma } => {
                        Fitted::Lognormal { mu: mu * a, sigma: sigma * b }
                    }
                    Fitted::Gamma { shape, mean } => {
                        Fitted::Gamma { shape: shape * a, mean: mean * b }
                    }
                    other => panic!("{other:?}"),
                };
                assert!(moved.ln_likelihood(&sample) < top, "{best:?} {moved:?}");
            }
        }
    }
}

/// Samples of 600 with and without the longest tenth cut off: the true parameters lie within
/// four standard errors, as 100 resamples tell them, of the estimates.
#[test]
fn sampled_data_give_back_their_parameters() {
    for truth in LAWS {
        for share in [1.0, 0.9] {
            if truth.family() == Family::Uniform {
                continue;
            }
            let values = drawn(&law(&truth), 600, 11);
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let limit = sorted[(599.0 * share) as usize];
            let length = |secs: &f64| Length { secs: secs.min(limit), censored: *secs > limit };
            let cycle = |secs| Cycle { component: 0, outage: Some(length(secs)), up: None };
            let cycles: Vec<Cycle> = values.iter().map(cycle).collect();
            let best = estimate(truth.family(), &cut_at(&values, limit)).unwrap();
            let resampling =
                Resampling { cycles: &cycles, seed: 3, failure: None, repair: Some(&best) };
            let laws: Vec<Fitted> = (0..100).filter_map(|n| resampling.set(n)?.repair).collect();
            for ((found, wanted), interval) in
                best.parameters().iter().zip(truth.parameters()).zip(intervals(&laws))
            {
                // A 95 % interval is four standard errors wide, so this is |z| < 4.
                let slack = interval.high - interval.low;
                let z = (found.value - wanted.value).abs() / slack;
                assert!(z < 1.0, "{truth:?} {}: {} in {interval:?}", found.name, found.value);
            }
        }
    }
}

#[test]
fn the_right_family_wins() {
    for truth in &LAWS {
        let side = Side::fit(cut_at(&drawn(&law(truth), 3_000, 2), f64::MAX), None).unwrap();
        assert_eq!(side.chosen().law.family(), truth.family(), "{:?}", side.ranked);
        assert_eq!(side.chosen().verdict, Verdict::Fits, "{:?}", side.chosen());
    }
}

#[test]
fn equal_lengths_are_constant_and_few_lengths_are_no_law() {
    let sample = |exact: &[f64]| Sample { exact: exact.to_vec(), censored: vec![] };
    let side = Side::fit(sample(&[5.0, 5.0, 5.0]), None).unwrap();
    assert_eq!(side.chosen().law, Fitted::Constant { value: 5.0 });
    let alone = Side::fit(sample(&[5.0]), None).unwrap();
    assert_eq!(alone.chosen().law, Fitted::Exponential { mean: 5.0 });
    let none = Side::fit(Sample { exact: vec![], censored: vec![9.0] }, None);
    assert_eq!(none.unwrap_err(), "no length was seen to its end");
    let forced = Side::fit(sample(&[5.0, 6.0]), Some(Family::Constant));
    assert_eq!(forced.unwrap_err(), "the lengths are not all equal");
}

#[test]
fn resamples_are_functions_of_seed_and_number() {
    let truth = LAWS[2];
    let length = |secs| Some(Length { secs, censored: false });
    let cycles: Vec<Cycle> = drawn(&law(&truth), 50, 1)
        .into_iter()
        .map(|secs| Cycle { component: 0, outage: length(secs), up: length(2.0 * secs) })
        .collect();
    let sets = |seed| {
        let (failure, repair) = (Some(&truth), Some(&truth));
        let resampling = Resampling { cycles: &cycles, seed, failure, repair };
        [0, 1, 0].map(|number| resampling.set(number).unwrap())
    };
    let [first, second, again] = sets(1);
    assert_eq!(first, again);
    assert_ne!(first, second);
    assert_ne!(first, sets(2)[0]);
    // An outage is drawn together with the up time after it.
    let (Some(Fitted::Weibull { scale: down, .. }), Some(Fitted::Weibull { scale: up, .. })) =
        (first.repair, first.failure)
    else {
        panic!("{first:?}")
    };
    near(up, 2.0 * down, 1e-9);
}
