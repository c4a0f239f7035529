//! A mixture of two exponentials by expectation and maximisation (Dempster, Laird and Rubin 1977)
//! from several fixed starts, censored lengths included.

use super::Misfit;
use crate::fit::fitted::Fitted;
use crate::fit::sample::Sample;

/// Most steps of one start.
const STEPS: usize = 2_000;

/// Shares of the lengths that the first branch takes at a start.
const STARTS: [f64; 4] = [0.5, 0.75, 0.9, 0.97];

/// The parameters: probability and mean of one branch, mean of the other.
#[derive(Clone, Copy)]
struct Mixture {
    p: f64,
    mean: f64,
    other: f64,
}

/// The best end of all starts, or the end of one start near a known law.
pub(super) fn estimate(sample: &Sample, near: Option<&Fitted>) -> Result<Fitted, Misfit> {
    let starts = match near {
        Some(Fitted::Hyperexponential { p, mean, other }) => {
            vec![Mixture { p: *p, mean: *mean, other: *other }]
        }
        _ => STARTS.iter().map(|share| split(sample, *share)).collect(),
    };
    let ends = starts.into_iter().map(|start| climb(start, sample));
    let likely = |law: &Fitted| law.ln_likelihood(sample);
    let best = ends.max_by(|a, b| likely(a).total_cmp(&likely(b)));
    best.filter(|law| {
        matches!(law, Fitted::Hyperexponential { p, mean, other }
            if *other > mean * 1.01 && (1e-4..=1.0 - 1e-4).contains(p))
    })
    .ok_or("no second branch can be distinguished")
}

/// A start: the shortest lengths against the longest.
fn split(sample: &Sample, share: f64) -> Mixture {
    let mut all: Vec<f64> = sample.all().collect();
    all.sort_by(f64::total_cmp);
    let cut = ((all.len() as f64 * share) as usize).clamp(1, all.len() - 1);
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    Mixture { p: share, mean: mean(&all[..cut]), other: mean(&all[cut..]) }
}

/// Steps until they change next to nothing.
fn climb(start: Mixture, sample: &Sample) -> Fitted {
    let mut now = start;
    for _ in 0..STEPS {
        let next = step(now, sample);
        let moved = [(now.p, next.p), (now.mean, next.mean), (now.other, next.other)];
        now = next;
        if !(now.mean > 0.0 && now.other > 0.0 && now.p > 0.0 && now.p < 1.0) {
            break;
        }
        if moved.iter().all(|(a, b)| (a - b).abs() <= 1e-7 * a) {
            break;
        }
    }
    let Mixture { p, mean, other } = now;
    if mean <= other {
        Fitted::Hyperexponential { p, mean, other }
    } else {
        Fitted::Hyperexponential { p: 1.0 - p, mean: other, other: mean }
    }
}

/// One step: each length belongs to the first branch with some probability; a censored one goes
/// on for another mean of its branch.
fn step(now: Mixture, sample: &Sample) -> Mixture {
    let Mixture { p, mean, other } = now;
    let share = |ratio: f64, x: f64| {
        let odds = ratio * libm::exp(x / mean - x / other);
        1.0 / (1.0 + odds)
    };
    let (mut first, mut time) = (0.0, [0.0; 2]);
    for x in &sample.exact {
        let own = share((1.0 - p) / p * mean / other, *x);
        first += own;
        time[0] += own * x;
        time[1] += (1.0 - own) * x;
    }
    for x in &sample.censored {
        let own = share((1.0 - p) / p, *x);
        first += own;
        time[0] += own * (x + mean);
        time[1] += (1.0 - own) * (x + other);
    }
    let number = (sample.exact.len() + sample.censored.len()) as f64;
    Mixture { p: first / number, mean: time[0] / first, other: time[1] / (number - first) }
}
