//! The calls of a run: on the agents as they are, and on the same agents in the same time without faults, called by
//! the same callers.

use crate::agents::{Bounds, Unfinished};
use crate::model::{Calls, GroupId, Model};
use crate::random::Luck;
use crate::simulation::Simulation;

use super::course::Course;
use super::day::Day;
use super::draws::Draws;
use super::staff::Staff;
use super::tally::Tally;
use super::watch::staff;

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
    let (lived, course) = kept(model, &staff(model, simulation)?, (luck, bounds, many))?;
    if model.faults.is_empty() && model.drains.is_empty() {
        return Ok(Some(Books { lived, unharmed: None, course, unharmed_course: None }));
    }
    let without = Model { faults: Vec::new(), drains: Vec::new(), ..model.clone() };
    let simulation = Simulation::within(&without, luck, bounds)?;
    let staff = staff(&without, &simulation)?;
    let (unharmed, unharmed_course) = kept(&without, &staff, (luck, bounds, many))?;
    Ok(Some(Books { lived, unharmed: Some(unharmed), course, unharmed_course }))
}

/// The calls of a run on a staff, with their course unless it is a run of many.
fn kept(
    model: &Model,
    staff: &Staff,
    (luck, bounds, many): (Luck, Bounds<'_>, bool),
) -> Result<(Tally, Option<Course>), Unfinished> {
    let queues = &model.calls.queues[..];
    let within = queues.iter().map(|queue| queue.level.within).collect();
    let tally = Tally::new(within, staff, model.calls.interval, model.horizon);
    let draws = Draws::new(queues, luck, model.horizon);
    if many {
        let day = Day::new(queues, staff, (draws, tally), model.horizon);
        let (tally, _) = day.live_while(bounds.stop).map_err(|_| Unfinished::Stopped)?;
        return Ok((tally, None));
    }
    let course = Course::new(staff, &serving(&model.calls), model.horizon);
    let book = (tally, course);
    let day = Day::new(queues, staff, (draws, book), model.horizon);
    let ((tally, course), _) = day.live_while(bounds.stop).map_err(|_| Unfinished::Stopped)?;
    Ok((tally, Some(course)))
}

/// The groups that serve some queue, each once.
#[must_use]
pub fn serving(calls: &Calls) -> Vec<GroupId> {
    let mut groups: Vec<_> = calls.queues.iter().flat_map(|queue| queue.groups.clone()).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}
