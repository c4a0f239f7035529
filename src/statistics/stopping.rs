//! When there are replications enough: the automatic number after Hoad, Robinson and Davies,
//! "Automated Selection of the Number of Replications for a Discrete-Event Simulation", Journal of
//! the Operational Research Society 61 (2010), 1632-1644, with an absolute precision in addition to
//! their relative one. It runs nothing: it is given one value per replication, in order.

use super::estimate::{Estimate, Interval};
use super::laws::Student;
use super::mean::Moments;

/// What precision is asked for, and how it must show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precision {
    /// Half-width over |mean| that is enough.
    pub relative: Option<f64>,
    /// Half-width that is enough, in the unit of the values.
    pub absolute: Option<f64>,
    /// Confidence level of the interval.
    pub level: f64,
    /// Fewest replications, at least 2.
    pub first: u64,
    /// How many further replications the precision must last up to 100 replications; beyond, in
    /// proportion to their number.
    pub look_ahead: u64,
}

impl Precision {
    /// A relative precision at a level, with the authors' 3 first and 5 further replications.
    #[must_use]
    pub fn relative(relative: f64, level: f64) -> Self {
        Self { relative: Some(relative), absolute: None, level, first: 3, look_ahead: 5 }
    }

    /// How many further replications the precision reached at `n` must last.
    #[must_use]
    pub fn patience(&self, n: u64) -> u64 {
        if n <= 100 { self.look_ahead } else { self.look_ahead * n / 100 }
    }

    /// Whether a mean with this half-width is precise enough. One that does not vary is if it is
    /// not 0 or an absolute precision is asked for: what was always 0 may yet happen.
    #[must_use]
    pub fn suffices(&self, reached: &Reached) -> bool {
        let (Some(mean), Some(half_width)) = (reached.mean, reached.half_width) else {
            return false;
        };
        let relative =
            self.relative.is_some_and(|enough| mean != 0.0 && half_width <= enough * mean.abs());
        relative || self.absolute.is_some_and(|enough| half_width <= enough)
    }
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached {
    /// Replications so far.
    pub count: u64,
    /// Their mean.
    pub mean: Option<f64>,
    /// Its interval.
    pub interval: Option<Interval>,
    /// The distance from the mean to the end of the interval that is farther away.
    pub half_width: Option<f64>,
    /// Half-width over |mean|, if the mean is not 0.
    pub relative: Option<f64>,
}

impl Reached {
    /// What an estimate shows.
    #[must_use]
    pub fn of(estimate: &Estimate) -> Self {
        let (mean, half_width) = (estimate.value, estimate.half_width());
        let relative = half_width.zip(mean.filter(|mean| *mean != 0.0));
        Self {
            count: estimate.count,
            mean,
            interval: estimate.interval,
            half_width,
            relative: relative.map(|(half, mean)| half / mean.abs()),
        }
    }
}

/// The machine that is fed the values.
///
/// ```text
/// open --precise at n--> candidate n --still precise at n + patience(n)--> settled on n
///   ^                        |
///   +------ not precise -----+
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Stopping {
    precision: Precision,
    student: Student,
    moments: Moments,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Open,
    Candidate(u64),
    Settled(u64),
}

impl Stopping {
    /// Before the first replication.
    #[must_use]
    pub fn new(precision: Precision) -> Self {
        let student = Student::two_sided(precision.level);
        Self { precision, student, moments: Moments::default(), state: State::Open }
    }

    /// Takes the value of the next replication. Returns the number of replications that suffices,
    /// once the precision was reached there and has lasted; from then on always the same.
    pub fn push(&mut self, value: f64) -> Option<u64> {
        self.moments.push(value);
        let n = self.moments.count();
        self.state = match self.state {
            State::Settled(at) => State::Settled(at),
            _ if !self.precise() => State::Open,
            State::Open => State::Candidate(n),
            State::Candidate(at) => State::Candidate(at),
        };
        if let State::Candidate(at) = self.state
            && n >= at + self.precision.patience(at)
        {
            self.state = State::Settled(at);
        }
        self.settled()
    }

    /// The number of replications that suffices, once it is known.
    #[must_use]
    pub fn settled(&self) -> Option<u64> {
        match self.state {
            State::Settled(at) => Some(at),
            State::Open | State::Candidate(_) => None,
        }
    }

    /// The mean and the precision so far.
    #[must_use]
    pub fn reached(&self) -> Reached {
        Reached::of(&self.moments.mean_with(self.precision.level, &self.student))
    }

    fn precise(&self) -> bool {
        let reached = self.reached();
        reached.count >= self.precision.first && self.precision.suffices(&reached)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What every push returns.
    fn answers(precision: Precision, values: &[f64]) -> Vec<Option<u64>> {
        let mut stopping = Stopping::new(precision);
        values.iter().map(|value| stopping.push(*value)).collect()
    }

    #[test]
    fn a_constant_stops_at_the_third_after_five_more() {
        let answers = answers(Precision::relative(0.05, 0.95), &[4.0; 9]);
        assert_eq!(answers[..7], [None; 7]);
        assert_eq!(answers[7..], [Some(3), Some(3)]);
    }

    #[test]
    fn always_zero_needs_an_absolute_precision() {
        let relative = Precision::relative(0.05, 0.95);
        assert_eq!(answers(relative, &[0.0; 500]).last(), Some(&None));
        let absolute = Precision { absolute: Some(0.1), ..relative };
        assert_eq!(answers(absolute, &[0.0; 8]).last(), Some(&Some(3)));
        let neither = Precision { relative: None, ..relative };
        assert_eq!(answers(neither, &[1.0; 50]).last(), Some(&None));
    }

    #[test]
    fn a_precision_that_does_not_last_starts_over() {
        // Precise at 3, spoilt by the fifth, precise again later.
        let mut values = vec![10.0, 10.01, 9.99, 10.0, 14.0];
        values.extend([10.0, 10.1, 9.9].repeat(40));
        let precision = Precision::relative(0.05, 0.95);
        let answers = answers(precision, &values);
        let (at, settled) =
            answers.iter().enumerate().find_map(|(at, found)| Some((at, (*found)?))).unwrap();
        assert!(settled > 5, "{settled}");
        assert_eq!(at as u64 + 1, settled + 5);
        let mut moments = Moments::default();
        for (value, n) in values.iter().zip(1..) {
            moments.push(*value);
            let found = moments.mean(0.95);
            let precise =
                found.half_width().is_some_and(|half| half <= 0.05 * found.value.unwrap());
            if (6..settled).contains(&n) {
                assert!(!precise, "{n} would have done");
            } else if (settled..=settled + 5).contains(&n) {
                assert!(precise, "{n} is not precise");
            }
        }
    }

    #[test]
    fn patience_grows_beyond_a_hundred() {
        let precision = Precision::relative(0.05, 0.95);
        let patience: Vec<u64> =
            [3, 100, 101, 119, 120, 1000].map(|n| precision.patience(n)).into();
        assert_eq!(patience, [5, 5, 5, 5, 6, 50]);
    }

    #[test]
    fn progress_shows_mean_and_half_width() {
        let mut stopping = Stopping::new(Precision::relative(0.05, 0.95));
        assert_eq!(stopping.reached().mean, None);
        stopping.push(1.0);
        assert_eq!((stopping.reached().mean, stopping.reached().half_width), (Some(1.0), None));
        stopping.push(3.0);
        let half = 12.706204736174694;
        let reached = stopping.reached();
        assert!((reached.half_width.unwrap() - half).abs() < 1e-9);
        assert!((reached.relative.unwrap() - half / 2.0).abs() < 1e-9);
    }
}
