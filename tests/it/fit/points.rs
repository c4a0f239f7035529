//! The 5 % points of the rule of thumb on KS, made again by Monte Carlo: half a million fits, so it
//! is not part of the suite.

use switchover::distribution::Law;
use switchover::fit::{
    Curve, Family, Sample, estimate, five_percent_point, grown, kolmogorov_smirnov,
};
use switchover::random::{Entity, Purpose, RandomNumbers};
use switchover::time::Span;

/// The 95 % point of the grown distance of samples of a size to the law fitted to each, and of
/// D sqrt(n).
fn points(family: Family, drawn: &Law, size: u32, samples: u32) -> [f64; 2] {
    let mut figures: Vec<[f64; 2]> = Vec::new();
    for number in 0..samples {
        let random = RandomNumbers { seed: 11, replication: u64::from(number) };
        let draw = |place| random.draw(Entity::agent(0, 0), Purpose::Login, place);
        let value = |place| drawn.sample(&mut draw(place)).as_secs_f64();
        let mut exact: Vec<f64> = (0..size).map(value).collect();
        exact.sort_by(f64::total_cmp);
        let sample = Sample { exact, censored: Vec::new() };
        let law = estimate(family, &sample).expect("a fit");
        let distance = kolmogorov_smirnov(&law, &Curve::of(&sample));
        let root = f64::from(size).sqrt();
        figures.push([grown(family, distance, size as usize), distance * root]);
    }
    [0, 1].map(|which| {
        let mut all: Vec<f64> = figures.iter().map(|figure| figure[which]).collect();
        all.sort_by(f64::total_cmp);
        all[(0.95 * f64::from(samples)) as usize]
    })
}

#[test]
#[ignore = "half a million fits; prints the points that docs/fit.md quotes"]
fn five_percent_points_by_monte_carlo() {
    let day = Span::from_secs(86_400);
    let cases = [
        (Family::Exponential, Law::Exponential { mean: day }),
        (Family::Lognormal, Law::Lognormal { median: day, p95: Span::from_secs(432_000) }),
        (Family::Weibull, Law::Weibull { shape: 0.8, scale: day }),
        (Family::Gamma, Law::Gamma { shape: 2.0, mean: day }),
    ];
    for (family, law) in cases {
        for size in [20, 50, 200, 1_000] {
            let samples = if size == 1_000 { 10_000 } else { 40_000 };
            let [grown, plain] = points(family, &law, size, samples);
            println!("{:12} n {size:5}: {grown:.4}  D sqrt(n) {plain:.4}", family.name());
            if family != Family::Gamma {
                assert!((grown - five_percent_point(family)).abs() < 0.02, "{}", family.name());
            }
        }
    }
}
