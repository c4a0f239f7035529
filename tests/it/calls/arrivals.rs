//! Arrivals by themselves: gaps are unit exponentials in operational time, whatever the profile; rates stretch them; a
//! day's factor is gamma.

use switchover::calls::ArrivalStream;
use switchover::model::{Arrivals, Piece, Queue};
use switchover::random::{Entity, Purpose, RandomNumbers};
use switchover::time::{Span, Time};

use super::days::queue;
use crate::builder::{at, s};
use crate::closed_form::Estimate;

const LUCK: RandomNumbers = RandomNumbers { seed: 20_260_501, replication: 0 };

fn with(arrivals: Arrivals) -> Queue {
    Queue { arrivals, ..queue("q") }
}

fn times(queue: &Queue, random: RandomNumbers, horizon: Time) -> Vec<Time> {
    ArrivalStream::new(queue, 0, random, horizon).collect()
}

/// Calls expected from one instant to another, second by second.
fn expected(arrivals: &Arrivals, from: f64, to: f64) -> f64 {
    let period: f64 = arrivals.pieces.iter().map(|it| it.lasts.as_secs_f64()).sum();
    let phase = arrivals.phase.as_secs_f64();
    let mut total = 0.0;
    for round in 0..if arrivals.repeats { 100 } else { 1 } {
        let mut start = f64::from(round) * period - phase;
        for piece in &arrivals.pieces {
            let end = start + piece.lasts.as_secs_f64();
            let overlap = (end.min(to) - start.max(from)).max(0.0);
            total += overlap * piece.per_hour / 3600.0;
            start = end;
        }
    }
    total
}

#[test]
fn gaps_are_unit_exponentials_in_operational_time() {
    let pieces = [(600, 120.0), (900, 0.0), (300, 900.0), (3600, 30.0)];
    let piece = |(lasts, per_hour)| Piece { lasts: s(lasts), per_hour };
    let pieces: Vec<Piece> = pieces.into_iter().map(piece).collect();
    for (repeats, phase) in [(true, 0), (true, 700), (true, 99_999), (false, 0), (false, 700)] {
        let arrivals = Arrivals { pieces: pieces.clone(), repeats, phase: s(phase) };
        let found = times(&with(arrivals.clone()), LUCK, at(40_000));
        let phase = if repeats { phase % 5400 } else { phase };
        let arrivals = Arrivals { phase: s(phase), ..arrivals };
        let mut before = 0.0;
        for (number, &time) in (0..).zip(&found) {
            let gap = expected(&arrivals, before, time.0 as f64 / 1e9);
            let mut draw = LUCK.draw(Entity::callers(0, 0), Purpose::CallGap, number);
            assert!((gap + draw.uniform().ln()).abs() < 1e-6, "caller {number}: {gap}");
            before = time.0 as f64 / 1e9;
        }
        let all = expected(&arrivals, 0.0, 40_000.0);
        assert!((found.len() as f64 - all).abs() < 4.0 * all.sqrt(), "{} of {all}", found.len());
    }
}

#[test]
fn twice_the_rate_is_half_the_time() {
    let [slow, fast] =
        [60.0, 120.0].map(|rate| times(&with(Arrivals::constant(rate)), LUCK, at(1_000_000)));
    for (slow, fast) in slow.iter().zip(&fast) {
        assert!((slow.0 - 2 * fast.0).abs() <= 1000, "{slow} and {fast}");
    }
}

#[test]
fn no_rate_no_calls() {
    assert_eq!(times(&with(Arrivals::constant(0.0)), LUCK, at(1_000_000)), []);
    let none = Arrivals { pieces: vec![], repeats: false, phase: Span::ZERO };
    assert_eq!(times(&with(none), LUCK, at(1_000_000)), []);
}

#[test]
fn a_day_factor_is_gamma_with_mean_one() {
    let (mean, shape) = (240.0, 8.0);
    let queue = Queue { day_factor: Some(shape), ..with(Arrivals::constant(10.0)) };
    let found = times(&queue, LUCK, at(2000 * 86_400));
    let mut days = vec![0.0; 2000];
    for time in found {
        days[(time.0 / at(86_400).0) as usize] += 1.0;
    }
    Estimate::of(days.iter().copied()).agrees(mean);
    let squares = days.iter().map(|day| (day - mean) * (day - mean));
    Estimate::of(squares).agrees(mean + mean * mean / shape);
}
