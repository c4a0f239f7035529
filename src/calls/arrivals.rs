//! When calls come: a Poisson process by its operational time. Gap n between two callers is a function of
//! n alone; rates stretch it, nothing else does.

use crate::distribution::Law;
use crate::model::Queue;
use crate::random::{Entity, Four, Purpose, RandomNumbers};
use crate::time::{NANOS, Span, Time};

const HOUR_S: f64 = 3600.0;
const DAY: i64 = 86_400 * NANOS;

/// The callers of one queue, one after the other.
#[derive(Clone, Debug)]
pub struct ArrivalStream<'q> {
    queue: &'q Queue,
    ordinal: u32,
    random: RandomNumbers,
    memory: Four,
    caller: u32,
    /// Which piece, when it began, and how far it has gone, in seconds.
    piece: usize,
    began: Time,
    gone_s: f64,
    ends: Time,
    /// Calls per second in this part of the piece.
    rate: f64,
    horizon: Time,
    /// A caller who was looked at and not taken.
    ahead: Option<Time>,
}

impl<'q> ArrivalStream<'q> {
    /// The callers of the queue declared at `ordinal`, before the horizon.
    #[must_use]
    pub fn new(queue: &'q Queue, ordinal: u32, random: RandomNumbers, horizon: Time) -> Self {
        let mut comings = Self {
            queue,
            ordinal,
            random,
            memory: Four::NONE,
            caller: 0,
            piece: 0,
            began: Time::ZERO,
            gone_s: 0.0,
            ends: Time::ZERO,
            rate: 0.0,
            horizon,
            ahead: None,
        };
        comings.start();
        comings
    }

    /// Passes over all callers before an instant. O(callers passed).
    pub fn pass(&mut self, until: Time) {
        while let Some(at) = self.next() {
            if at >= until {
                self.ahead = Some(at);
                return;
            }
        }
    }

    /// Callers taken or passed over so far; the number of the next one.
    #[must_use]
    pub fn came(&self) -> u32 {
        self.caller - u32::from(self.ahead.is_some())
    }

    /// Finds the piece that holds at the start.
    fn start(&mut self) {
        let pieces = &self.queue.arrivals.pieces;
        let mut phase = self.queue.arrivals.phase.0;
        let period: i64 = pieces.iter().map(|piece| piece.lasts.0).sum();
        if self.queue.arrivals.repeats && period > 0 {
            phase = phase.rem_euclid(period);
        }
        while let Some(piece) = pieces.get(self.piece).filter(|piece| piece.lasts.0 <= phase) {
            phase -= piece.lasts.0;
            self.piece += 1;
        }
        let end = pieces.get(self.piece).map_or(0, |piece| piece.lasts.0 - phase);
        self.ends = Time(end);
        self.enter(Time::ZERO);
    }

    /// A part of the piece begins: its rate, and when its day ends.
    fn enter(&mut self, now: Time) {
        (self.began, self.gone_s) = (now, 0.0);
        let per_hour = self.queue.arrivals.pieces.get(self.piece).map_or(0.0, |it| it.per_hour);
        self.rate = per_hour / HOUR_S * self.factor(now);
    }

    fn day(&self, now: Time) -> i64 {
        (now.0 + self.queue.arrivals.phase.0).div_euclid(DAY)
    }

    fn factor(&self, now: Time) -> f64 {
        let Some(shape) = self.queue.day_factor else { return 1.0 };
        let entity = Entity::callers(self.ordinal, 0);
        let mut draw = self.random.draw(entity, Purpose::DayFactor, self.day(now) as u32);
        let mean = Span::from_secs(1_000_000);
        Law::Gamma { shape, mean }.sample(&mut draw).as_secs_f64() / mean.as_secs_f64()
    }

    /// When the part of the piece that holds now ends.
    fn until(&self) -> Time {
        if self.queue.day_factor.is_none() {
            return self.ends;
        }
        let midnight = (self.day(self.began) + 1) * DAY - self.queue.arrivals.phase.0;
        self.ends.min(Time(midnight))
    }

    /// The next part; `None`: no more calls come.
    fn advance(&mut self) -> Option<()> {
        let now = self.until();
        if now >= self.horizon {
            return None;
        }
        if now == self.ends {
            self.piece += 1;
            let arrivals = &self.queue.arrivals;
            if self.piece == arrivals.pieces.len() && arrivals.repeats {
                self.piece = 0;
            }
            self.ends = now + arrivals.pieces.get(self.piece)?.lasts;
        }
        self.enter(now);
        Some(())
    }
}

impl Iterator for ArrivalStream<'_> {
    type Item = Time;

    fn next(&mut self) -> Option<Time> {
        if let Some(at) = self.ahead.take() {
            return Some(at);
        }
        let entity = Entity::callers(self.ordinal, 0);
        let uniform = self.memory.uniform(&self.random, entity, Purpose::CallGap, self.caller);
        let mut need = -libm::log(uniform);
        loop {
            let left = (self.until() - self.began).as_secs_f64() - self.gone_s;
            if need <= self.rate * left {
                break;
            }
            need -= self.rate * left;
            self.advance()?;
        }
        self.caller = self.caller.checked_add(1)?;
        self.gone_s += need / self.rate;
        let at = (self.began + Span::from_secs_f64(self.gone_s)).min(self.until());
        (at < self.horizon).then_some(at)
    }
}
