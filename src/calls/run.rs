//! The calls of a run: with the agents as they are, and with the same agents at the same time
//! without faults, from the same callers.

use std::ops::Range;

use crate::limits::{Bounds, Unfinished};
use crate::model::{Calls, GroupId, Model};
use crate::random::RandomNumbers;
use crate::time::Time;

use super::course::Course;
use super::day::Day;
use super::draws::Draws;
use super::staff::Staff;
use super::tally::Tally;
use super::windows::{Windows, holding};

/// The calls of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Books {
    /// Their outcomes.
    pub lived: Tally,
    /// Their outcomes without faults and drains; `None`: there are none.
    pub unharmed: Option<Tally>,
    /// The course of the first; `None` for a run of many.
    pub course: Option<Course>,
    /// The course of the second.
    pub unharmed_course: Option<Course>,
    /// Where calls were simulated, by whole intervals; `None`: everywhere. There are no calls in
    /// any other interval.
    pub windows: Option<Vec<Range<Time>>>,
}

impl Books {
    /// The window that holds an instant, all of the time where all calls are simulated; `None`:
    /// none does.
    #[must_use]
    pub fn window(&self, at: Time) -> Option<Range<Time>> {
        let Some(windows) = &self.windows else { return Some(Time::ZERO..Time::NEVER) };
        holding(windows, at).cloned()
    }
}

/// The tallies of a run before its first call.
#[must_use]
pub fn blank(model: &Model, staff: &Staff) -> (Tally, Course) {
    let course = Course::new(staff, &serving(&model.calls), model.horizon);
    (tally(model, staff), course)
}

fn tally(model: &Model, staff: &Staff) -> Tally {
    let within = model.calls.queues.iter().map(|queue| queue.level.within).collect();
    Tally::new(within, staff, model.calls.interval, model.horizon)
}

/// The calls of a run on some staff, with their course unless it is a run of many.
pub type Kept = (Tally, Option<Course>);

/// The calls of a run as it is and as it would be, and in which windows; `None`: everywhere.
pub type InWindows = ([Kept; 2], Option<Vec<Range<Time>>>);

/// The calls that are to be simulated.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// The random numbers of the callers.
    pub random: RandomNumbers,
    /// Whether the run is stopped.
    pub bounds: Bounds<'a>,
    /// It is one run of many, whose course is not reported.
    pub many: bool,
}

impl Asked<'_> {
    fn draws(&self) -> Draws<'_> {
        Draws::new(&self.model.calls.queues, self.random, self.model.horizon)
    }

    fn empty(&self, staff: &Staff) -> Kept {
        if self.many {
            return (tally(self.model, staff), None);
        }
        let (tally, course) = blank(self.model, staff);
        (tally, Some(course))
    }

    /// All calls.
    ///
    /// # Errors
    /// If the run is stopped.
    pub fn all(&self, staff: &Staff) -> Result<Kept, Unfinished> {
        let queues = &self.model.calls.queues;
        let day = Day::new(queues, staff, (self.draws(), self.empty(staff)), self.model.horizon);
        let (kept, _) = day.live_while(self.bounds.stop).map_err(|_| Unfinished::Stopped)?;
        Ok(kept)
    }

    /// Those of windows, on the staff as it is and as it would be.
    ///
    /// # Errors
    /// As [`Asked::all`].
    pub fn windows(&self, staffs: [&Staff; 2]) -> Result<InWindows, Unfinished> {
        let callers = (self.draws(), self.model.horizon);
        let windows = Windows::new(&self.model.calls, staffs, callers, self.bounds.stop);
        let books = staffs.map(|staff| self.empty(staff));
        let (mut books, windows) = windows.live(books).map_err(|_| Unfinished::Stopped)?;
        books.iter_mut().for_each(|(tally, _)| tally.only(&windows));
        Ok((books, Some(windows)))
    }
}

/// The groups that serve some queue, each once.
#[must_use]
pub fn serving(calls: &Calls) -> Vec<GroupId> {
    let mut groups: Vec<_> = calls.queues.iter().flat_map(|queue| queue.groups.clone()).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}
