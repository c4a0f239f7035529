//! The calls of a run: on the agents as they are, and on the same agents in the same time without faults, called by
//! the same callers.

use crate::agents::{Bounds, Unfinished};
use crate::model::Model;
use crate::random::Luck;
use crate::simulation::Simulation;

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
}

/// The calls of a simulation; `None`: nobody calls. Lives through all agents once, and, where there are faults or
/// drains, through a second simulation without them.
///
/// # Errors
/// As [`Simulation::agents`].
pub fn books(
    model: &Model,
    simulation: &Simulation<'_>,
    (luck, bounds): (Luck, Bounds<'_>),
) -> Result<Option<Books>, Unfinished> {
    if model.calls.queues.is_empty() {
        return Ok(None);
    }
    let lived = tally(model, &staff(model, simulation)?, luck);
    if model.faults.is_empty() && model.drains.is_empty() {
        return Ok(Some(Books { lived, unharmed: None }));
    }
    let without = Model { faults: Vec::new(), drains: Vec::new(), ..model.clone() };
    let simulation = Simulation::within(&without, luck, bounds)?;
    let unharmed = tally(&without, &staff(&without, &simulation)?, luck);
    Ok(Some(Books { lived, unharmed: Some(unharmed) }))
}

/// The calls of a run on a staff.
#[must_use]
pub fn tally(model: &Model, staff: &Staff, luck: Luck) -> Tally {
    let queues = &model.calls.queues[..];
    let within = queues.iter().map(|queue| queue.level.within).collect();
    let tally = Tally::new(within, staff, model.calls.interval, model.horizon);
    let draws = Draws::new(queues, luck, model.horizon);
    Day::new(queues, staff, (draws, tally), model.horizon).live().0
}
