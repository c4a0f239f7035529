//! The calls of a run: on the agents as they are, and on the same agents in the same time without faults, called by
//! the same callers.

use std::ops::Range;

use crate::agents::{Bounds, Unfinished};
use crate::model::{Calls, GroupId, Model, Simulated};
use crate::random::Luck;
use crate::simulation::Simulation;
use crate::time::Time;

use super::course::Course;
use super::day::Day;
use super::draws::Draws;
use super::staff::Staff;
use super::tally::Tally;
use super::watch::staff;
use super::windows::{Windows, holding};

/// The calls of one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Books {
    /// What became of them.
    pub lived: Tally,
    /// What would have become of them without faults and drains; `None`: there are none.
    pub unharmed: Option<Tally>,
    /// The course of the first; `None` for a run of many.
    pub course: Option<Course>,
    /// The course of the second.
    pub unharmed_course: Option<Course>,
    /// Where calls were lived through, by whole intervals; `None`: everywhere. There is no call anywhere else.
    pub windows: Option<Vec<Range<Time>>>,
}

impl Books {
    /// The window that holds an instant, all of the time where all calls are lived through; `None`: none does.
    #[must_use]
    pub fn window(&self, at: Time) -> Option<Range<Time>> {
        let Some(windows) = &self.windows else { return Some(Time::ZERO..Time::NEVER) };
        holding(windows, at).cloned()
    }
}

/// The calls of a simulation; `None`: nobody calls. Lives through all agents once, and, where there are faults or
/// drains, through a second simulation without them. `many`: it is a run of many, whose course nobody looks at.
///
/// # Errors
/// As [`Simulation::agents`].
pub fn books(
    model: &Model,
    simulation: &Simulation<'_>,
    (luck, bounds, many): (Luck, Bounds<'_>, bool),
) -> Result<Option<Books>, Unfinished> {
    if model.calls.queues.is_empty() {
        return Ok(None);
    }
    let asked = Asked { model, luck, bounds, many };
    let lived = staff(model, simulation)?;
    if model.faults.is_empty() && model.drains.is_empty() {
        let (lived, course) = asked.all(&lived)?;
        let whole = || vec![Time::ZERO..model.horizon];
        let windows = model.calls.in_windows().then(whole);
        return Ok(Some(Books { lived, unharmed: None, course, unharmed_course: None, windows }));
    }
    let without = Model { faults: Vec::new(), drains: Vec::new(), ..model.clone() };
    let simulation = Simulation::within(&without, luck, bounds)?;
    let unharmed = staff(&without, &simulation)?;
    let staffs = [&lived, &unharmed];
    let (books, windows) = match model.calls.simulated {
        Simulated::Full => ([asked.all(&lived)?, asked.all(&unharmed)?], None),
        Simulated::Windows => asked.windows(staffs)?,
    };
    let [(lived, course), (unharmed, unharmed_course)] = books;
    Ok(Some(Books { lived, unharmed: Some(unharmed), course, unharmed_course, windows }))
}

/// The calls of a run on some staff, with their course unless it is a run of many.
type Kept = (Tally, Option<Course>);

/// The calls of a run as it is and as it would be, and in which windows; `None`: everywhere.
type InWindows = ([Kept; 2], Option<Vec<Range<Time>>>);

/// Whose calls are asked for.
struct Asked<'a> {
    model: &'a Model,
    luck: Luck,
    bounds: Bounds<'a>,
    many: bool,
}

impl Asked<'_> {
    fn draws(&self) -> Draws<'_> {
        Draws::new(&self.model.calls.queues, self.luck, self.model.horizon)
    }

    fn empty(&self, staff: &Staff) -> Kept {
        let calls = &self.model.calls;
        let within = calls.queues.iter().map(|queue| queue.level.within).collect();
        let tally = Tally::new(within, staff, calls.interval, self.model.horizon);
        let course = || Course::new(staff, &serving(calls), self.model.horizon);
        (tally, (!self.many).then(course))
    }

    /// All calls.
    fn all(&self, staff: &Staff) -> Result<Kept, Unfinished> {
        let queues = &self.model.calls.queues;
        let day = Day::new(queues, staff, (self.draws(), self.empty(staff)), self.model.horizon);
        let (kept, _) = day.live_while(self.bounds.stop).map_err(|_| Unfinished::Stopped)?;
        Ok(kept)
    }

    /// Those of windows, on the staff as it is and as it would be.
    fn windows(&self, staffs: [&Staff; 2]) -> Result<InWindows, Unfinished> {
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
