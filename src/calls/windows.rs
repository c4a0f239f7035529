//! Calls in windows around what disturbs them: where the staff is not what it would be without
//! faults and drains, and on until calls are as they would be. Outside of windows only the gaps
//! between callers are simulated.
//!
//! A window is entered with the calls that are there at its start. These are found by a warm-up on
//! the undisturbed staff, which is simulated twice: with no call at its start, and with twice as
//! many calls as there are agents on duty or off. Once both have the same calls, what was there
//! before the warm-up has no influence any more. If they do not have them in the middle of the
//! warm-up, it is made twice as long, at most as long as the time since the last window, whose end
//! is known exactly.

use std::ops::Range;

use crate::distribution::Law;
use crate::limits::Stop;
use crate::model::{Calls, Queue};
use crate::time::{Span, Time};

use super::day::Day;
use super::differ::stretches;
use super::draws::Draws;
use super::outcome::{CallObserver, Outcome};
use super::staff::{Staff, StaffEvent};
use super::stretch::Stopped;

/// The shortest warm-up, if calls are short.
const SHORTEST: Span = Span::from_secs(3600);

/// A warm-up is this many times as long as the longest mean of a call, with the wait for it and
/// until a caller calls again.
const MEANS: f64 = 8.0;

/// Reports calls that came in a window, and work in it.
#[derive(Clone)]
pub(super) struct Within<B> {
    book: B,
    from: Time,
    to: Time,
}

impl<B: CallObserver> CallObserver for Within<B> {
    fn call(&mut self, outcome: &Outcome) {
        if (self.from..self.to).contains(&outcome.offered) {
            self.book.call(outcome);
        }
    }

    fn busy(&mut self, agent: u32, queue: u32, from: Time, to: Time) {
        let (from, to) = (from.max(self.from), to.min(self.to));
        if from < to {
            self.book.busy(agent, queue, from, to);
        }
    }

    fn in_time_after_all(&mut self, queue: u32, offered: Time) {
        if (self.from..self.to).contains(&offered) {
            self.book.in_time_after_all(queue, offered);
        }
    }
}

type Lived<'d, B> = Day<'d, Draws<'d>, Option<Within<B>>>;

/// The calls of a run and those of the same run without faults, from window to window.
pub(super) struct Windows<'d, B> {
    /// As it is, and as it would be.
    staffs: [&'d Staff; 2],
    interval: Span,
    horizon: Time,
    warm_up: Span,
    /// Whether calls may wait for longer than any warm-up can show.
    lasting: bool,
    /// The undisturbed day without calls, and its callers so far.
    bare: Lived<'d, B>,
    /// The undisturbed day at the end of the last window.
    known: Lived<'d, B>,
    stop: Stop<'d>,
}

impl<'d, B: CallObserver + Clone> Windows<'d, B> {
    pub(super) fn new(
        calls: &'d Calls,
        staffs: [&'d Staff; 2],
        (draws, horizon): (Draws<'d>, Time),
        stop: Stop<'d>,
    ) -> Self {
        let bare = Day::new(&calls.queues, staffs[1], (draws, None), horizon);
        let mut known = bare.clone();
        known.begin();
        let (interval, warm_up) = (calls.interval, warm_up(&calls.queues));
        let lasting = lasting(&calls.queues, staffs[1]);
        Self { staffs, interval, horizon, warm_up, lasting, bare, known, stop }
    }

    /// Simulates all windows. Returns both observers, and where the windows were.
    pub(super) fn live(mut self, books: [B; 2]) -> Result<([B; 2], Vec<Range<Time>>), Stopped> {
        let (mut books, mut windows, horizon) = (books, Vec::new(), self.horizon);
        let disturbed = stretches(self.staffs[0], self.staffs[1]);
        let mut left = disturbed.into_iter().filter(|it| it.start < horizon).peekable();
        while let Some(first) = left.next() {
            let (opens, mut both) = self.open(first.start, books)?;
            let mut edge = self.ceil(first.end);
            let ended = loop {
                both.live_until(edge, self.stop)?;
                let next = left.peek().map_or(horizon, |next| next.start);
                if next < horizon && self.opening(next, self.warm_up) <= edge {
                    edge = left.next().map_or(edge, |near| edge.max(self.ceil(near.end)));
                } else if edge < horizon && !both.have_met() {
                    edge = self.ceil(edge + Span(1));
                } else if let Some(ended) = both.end(edge, (next, self.interval), self.stop)? {
                    break ended;
                } else {
                    edge = self.ceil(next + Span(1));
                }
            };
            self.known = both.undisturbed();
            books = ended;
            windows.push(opens..edge);
        }
        Ok((books, windows))
    }

    /// The start of the interval that holds an instant.
    fn floor(&self, at: Time) -> Time {
        Time(at.0 - at.0 % self.interval.0)
    }

    /// The first start of an interval that is not before an instant; at most the horizon.
    fn ceil(&self, at: Time) -> Time {
        let number = at.min(self.horizon).0.div_euclid(self.interval.0);
        let start = Time(number * self.interval.0);
        if start >= at { start } else { (start + self.interval).min(self.horizon) }
    }

    /// Where a window opens that opens `before` before something disturbs, at the end of the last
    /// one at the earliest.
    fn opening(&self, disturbed: Time, before: Span) -> Time {
        self.floor(disturbed - before).max(self.known.now)
    }

    /// A window opens, early enough that all calls that are disturbed first came in it: the disturbed day begins as
    /// the undisturbed one. Returns when it opens.
    fn open(&mut self, disturbed: Time, books: [B; 2]) -> Result<(Time, Both<'d, B>), Stopped> {
        let mut before = self.warm_up;
        let mut opens = self.opening(disturbed, before);
        let mut calm = loop {
            let bare = self.bare.clone();
            let calm = self.arrive(opens)?;
            let mut hit = calm.clone();
            hit.live_until(disturbed, self.stop)?;
            if opens == self.known.now || !hit.owes(opens) {
                break calm;
            }
            self.bare = bare;
            before = before + before;
            opens = self.opening(disturbed, before);
        };
        let mut upset = calm.clone();
        upset.staff = self.staffs[0];
        upset.changed = upset.staff.changes.partition_point(|change| change.at < opens);
        let [first, second] = books.map(|book| Some(Within { book, from: opens, to: Time::NEVER }));
        (upset.book, calm.book) = (first, second);
        Ok((opens, Both { upset, calm }))
    }

    /// The undisturbed day at an instant.
    fn arrive(&mut self, at: Time) -> Result<Lived<'d, B>, Stopped> {
        let mut starts = Vec::new();
        let mut length = self.warm_up;
        while !self.lasting && at - self.known.now > length {
            starts.push(at - length);
            length = length + length;
        }
        let mut days = Vec::new();
        for start in starts.into_iter().rev() {
            self.bare.live_until(start, self.stop)?;
            self.bare.callers.pass(start);
            days.push(self.bare.clone());
        }
        while let Some(mut day) = days.pop() {
            for queue in 0..day.queues.len() {
                day.came[queue] = day.callers.came(queue);
            }
            day.begin();
            let mut full = day.clone();
            full.rush();
            let middle = Time(day.now.0 + (at.0 - day.now.0) / 2);
            day.live_until(middle, self.stop)?;
            full.live_until(middle, self.stop)?;
            if day.portrait() == full.portrait() {
                day.live_until(at, self.stop)?;
                return Ok(day);
            }
        }
        let mut day = self.known.clone();
        day.live_until(at, self.stop)?;
        Ok(day)
    }
}

/// The window that holds an instant, of windows in order; `None`: none does.
pub(super) fn holding(windows: &[Range<Time>], at: Time) -> Option<&Range<Time>> {
    let next = windows.partition_point(|window| window.end <= at);
    windows.get(next).filter(|window| window.contains(&at))
}

/// Whether callers of some queue wait for ever while rates or staff change, even without faults: how many wait then
/// depends on all that was before.
fn lasting(queues: &[Queue], undisturbed: &Staff) -> bool {
    let leaves = |what: StaffEvent| matches!(what, StaffEvent::Agent { site: None, .. });
    let changes = undisturbed.changes.iter().any(|change| leaves(change.what));
    queues.iter().any(|queue| {
        let for_ever = queue.patience.law.is_none() && queue.patience.never < 1.0;
        let varies = queue.arrivals.pieces.len() > 1 || queue.day_factor.is_some();
        for_ever && (varies || changes)
    })
}

fn warm_up(queues: &[Queue]) -> Span {
    let means = queues.iter().map(|queue| {
        let again = queue.redial.as_ref().map_or(0.0, |redial| redial.delay.mean_s());
        let waits = queue.patience.law.as_ref().map_or(0.0, Law::mean_s);
        again + waits + queue.handling.mean_s() + queue.after_call.mean_s()
    });
    Span::from_secs_f64(MEANS * means.fold(0.0, f64::max)).max(SHORTEST)
}

/// A day as it is, and as it would be.
#[derive(Clone)]
struct Both<'d, B> {
    upset: Lived<'d, B>,
    calm: Lived<'d, B>,
}

impl<'d, B: CallObserver + Clone> Both<'d, B> {
    fn live_until(&mut self, until: Time, stop: Stop<'_>) -> Result<(), Stopped> {
        self.upset.live_until(until, stop)?;
        self.calm.live_until(until, stop)
    }

    fn have_met(&self) -> bool {
        self.upset.portrait() == self.calm.portrait()
    }

    /// The undisturbed day; its observer stays.
    fn undisturbed(&mut self) -> Lived<'d, B> {
        let book = self.calm.book.take();
        let calm = self.calm.clone();
        self.calm.book = book;
        calm
    }

    /// The window ends: callers who come later are not counted; the calls that are there are
    /// simulated to their end. Returns the observers; `None`: some call is still there at `until`,
    /// when the next disturbance comes.
    fn end(
        &self,
        end: Time,
        (until, step): (Time, Span),
        stop: Stop<'_>,
    ) -> Result<Option<[B; 2]>, Stopped> {
        let mut rest = self.clone();
        let days = [&mut rest.upset, &mut rest.calm];
        days.into_iter().filter_map(|day| day.book.as_mut()).for_each(|within| within.to = end);
        let mut now = end;
        while now < until && (rest.upset.owes(end) || rest.calm.owes(end)) {
            now = (now + step).min(until);
            rest.live_until(now, stop)?;
        }
        if until < rest.calm.horizon && (rest.upset.owes(end) || rest.calm.owes(end)) {
            return Ok(None);
        }
        let [upset, calm] = [rest.upset, rest.calm].map(|mut day| {
            day.close(now);
            day.book
        });
        Ok(upset.zip(calm).map(|(upset, calm)| [upset.book, calm.book]))
    }
}
