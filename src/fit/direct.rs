//! What a log says about one component in plain figures: mean times, availability, downtime per
//! year, and the range of a single year. The long run follows from the sums of the log itself, the
//! single year is drawn from the laws of the resamples.

use super::bootstrap::{Interval, Set, at_share, ends};
use super::fitted::Fitted;
use super::sample::Sample;
use super::spells::Observed;
use crate::distribution::{Age, Law};
use crate::random::{Entity, Purpose, RandomNumbers};
use crate::time::{Span, Time};

/// A year of 365 days, as the scenario language counts it.
pub const YEAR: Span = Span::from_secs(365 * 86_400);

/// Years that are drawn for the range of one.
const YEARS: f64 = 2_000.0;

/// Outages of all those years together, at most.
const OUTAGES: f64 = 4e6;

/// A figure with its interval over the resamples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// From the log.
    pub value: f64,
    /// Over the resamples, if there are any.
    pub interval: Option<Interval>,
}

/// The median and the two-sided range of a single year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Half of the years have at most this.
    pub median: f64,
    /// 95 % of all years are in between.
    pub range: Interval,
}

/// Single years of one component, each with the laws of one resample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Years {
    /// How many years were drawn.
    pub drawn: u64,
    /// Outages that begin in a year.
    pub outages: Spread,
    /// Downtime within a year, in seconds.
    pub downtime_s: Spread,
}

/// The figures of one component, where both mean times are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Both {
    /// Share of time in which it is up, in the long run.
    pub availability: Figure,
    /// Outages per year, in the long run.
    pub outages: Figure,
    /// Downtime per year in seconds, in the long run.
    pub downtime_s: Figure,
    /// Outages and downtime (s) per year by the means of the chosen laws.
    pub by_laws: [f64; 2],
    /// Single years; `None` without resamples, and where a year has too many outages to draw them.
    pub years: Option<Years>,
}

/// The plain figures of a log: of its own sums, whatever the laws are; a mean is `None` where no length
/// was seen to its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Direct {
    /// Mean time from a repair to the next failure, in seconds: all up time by the failures in it.
    pub between_s: Option<Figure>,
    /// Mean time to repair, in seconds: all downtime by the repairs in it.
    pub repair_s: Option<Figure>,
    /// What needs both.
    pub both: Option<Both>,
    /// Up time of all components together, in seconds.
    pub up_s: f64,
    /// Downtime of all components together, in seconds.
    pub down_s: f64,
}

impl Direct {
    /// Works the figures out. A function of its arguments: the years have addresses of their own
    /// under the seed.
    #[must_use]
    pub fn of(
        observed: &Observed,
        laws: Option<(&Fitted, &Fitted)>,
        (sets, seed): (&[Set], u64),
    ) -> Self {
        let (ups, outages) = (observed.up_times(), observed.repairs());
        let figure = |sample: &Sample, of: fn(&Set) -> Option<f64>| {
            let value = sample.total_mean()?;
            Some(Figure { value, interval: interval(sets.iter().filter_map(of).collect()) })
        };
        let between_s = figure(&ups, |set| set.up_mean_s);
        let repair_s = figure(&outages, |set| set.outage_mean_s);
        let means = between_s.zip(repair_s).map(|(up, down)| (up.value, down.value));
        Self {
            between_s,
            repair_s,
            both: means.zip(laws).map(|(means, laws)| both(means, laws, (sets, seed))),
            up_s: ups.all().sum(),
            down_s: outages.all().sum(),
        }
    }
}

/// Outages per year.
fn outages_a_year(up: f64, down: f64) -> f64 {
    YEAR.as_secs_f64() / (up + down)
}

/// Downtime per year, in seconds.
fn downtime_a_year(up: f64, down: f64) -> f64 {
    outages_a_year(up, down) * down
}

fn both((up, down): (f64, f64), laws: (&Fitted, &Fitted), (sets, seed): (&[Set], u64)) -> Both {
    let figure = |of: fn(f64, f64) -> f64| {
        let own = sets.iter().filter_map(|set| set.up_mean_s.zip(set.outage_mean_s));
        Figure { value: of(up, down), interval: interval(own.map(|(u, d)| of(u, d)).collect()) }
    };
    let outages = figure(outages_a_year);
    let complete = sets.iter().filter_map(|set| set.failure.zip(set.repair));
    let complete: Vec<(Fitted, Fitted)> = complete.collect();
    let means = (laws.0.mean(), laws.1.mean());
    Both {
        availability: figure(|up, down| up / (up + down)),
        outages,
        downtime_s: figure(downtime_a_year),
        by_laws: [outages_a_year(means.0, means.1), downtime_a_year(means.0, means.1)],
        years: years(&complete, outages.value, seed),
    }
}

fn interval(mut values: Vec<f64>) -> Option<Interval> {
    values.sort_by(f64::total_cmp);
    (!values.is_empty()).then(|| ends(&values))
}

/// Years of a component that is up at their beginning, in operation since long before.
fn years(sets: &[(Fitted, Fitted)], outages_a_year: f64, seed: u64) -> Option<Years> {
    let drawn = (OUTAGES / outages_a_year.max(1.0)).min(YEARS);
    if drawn < 200.0 || sets.is_empty() {
        return None;
    }
    let laws: Vec<(Law, Law)> = sets.iter().map(|(f, r)| (f.law(), r.law())).collect();
    let (mut outages, mut downtimes) = (Vec::new(), Vec::new());
    for number in 0..drawn as u64 {
        let (failure, repair) = &laws[(number % laws.len() as u64) as usize];
        let (count, down) = year(failure, repair, RandomNumbers { seed, replication: number });
        outages.push(count);
        downtimes.push(down);
    }
    let spread = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        Spread { median: at_share(&values, 0.5), range: ends(&values) }
    };
    Some(Years { drawn: drawn as u64, outages: spread(outages), downtime_s: spread(downtimes) })
}

/// Number of outages that begin in a year, and the downtime within it in seconds.
fn year(failure: &Law, repair: &Law, random: RandomNumbers) -> (f64, f64) {
    let end = Time::ZERO + YEAR;
    let entity = Entity::fault(0, 0);
    let draw = |purpose, number| random.draw(entity, purpose, number);
    let next = |law: &Law, purpose, number| law.sample(&mut draw(purpose, number));
    let (mut at, mut count, mut down) = (Time::ZERO, 0, Span::ZERO);
    loop {
        at += match count {
            0 => failure.first(Age::Equilibrium, &mut draw(Purpose::TimeToFailure, 0)),
            number => next(failure, Purpose::TimeToFailure, number),
        };
        if at >= end || count == u32::MAX {
            return (f64::from(count), down.as_secs_f64());
        }
        let back = at + next(repair, Purpose::TimeToRepair, count);
        down += back.min(end) - at;
        (at, count) = (back, count + 1);
    }
}
