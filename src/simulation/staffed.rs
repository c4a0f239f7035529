//! The calls of a run: with the agents as they are, and with the same agents at the same time
//! without faults, from the same callers.

use crate::calls::{Asked, Books, Kept, Staff, Watch, surroundings};
use crate::limits::{Bounds, Unfinished};
use crate::model::Model;
use crate::random::RandomNumbers;
use crate::time::Time;

use super::Simulation;

/// What calls see of a simulation; simulates all agents once.
///
/// # Errors
/// As [`Simulation::agents`].
pub fn staff(model: &Model, simulation: &Simulation<'_>) -> Result<Staff, Unfinished> {
    let mut watch = Watch::new(model);
    simulation.agents(0..model.agents(), &mut watch)?;
    let mut changes = watch.changes();
    changes.extend(surroundings(model, simulation.world()));
    changes.sort_unstable();
    Ok(Staff { sites: model.sites.len(), groups: groups(model), changes })
}

/// The group of each agent.
pub(super) fn groups(model: &Model) -> Vec<u32> {
    let of =
        |cohort: &crate::model::Cohort| std::iter::repeat_n(cohort.group.0, cohort.count as usize);
    model.cohorts.iter().flat_map(of).collect()
}

/// The calls of a simulation; `None`: there are no calls. Simulates all agents once and, where
/// there are faults or drains, once more without them. `many`: it is one run of many, whose course
/// is not reported.
///
/// # Errors
/// As [`Simulation::agents`].
pub fn books(
    model: &Model,
    simulation: &Simulation<'_>,
    (random, bounds, many): (RandomNumbers, Bounds<'_>, bool),
) -> Result<Option<Books>, Unfinished> {
    if model.calls.queues.is_empty() {
        return Ok(None);
    }
    let asked = Asked { model, random, bounds, many };
    if model.faults.is_empty() && model.drains.is_empty() {
        let (lived, course) = all(asked, (model, simulation))?;
        let whole = || vec![Time::ZERO..model.horizon];
        let windows = model.calls.in_windows().then(whole);
        return Ok(Some(Books { lived, unharmed: None, course, unharmed_course: None, windows }));
    }
    let without = Model { faults: Vec::new(), drains: Vec::new(), ..model.clone() };
    let unharmed = Simulation::within(&without, random, bounds)?;
    let (books, windows) = if model.calls.in_windows() {
        let staffs = [staff(model, simulation)?, staff(&without, &unharmed)?];
        asked.windows(staffs.each_ref())?
    } else {
        let [lived, unharmed] = [(model, simulation), (&without, &unharmed)];
        ([all(asked, lived)?, all(asked, unharmed)?], None)
    };
    let [(lived, course), (unharmed, unharmed_course)] = books;
    Ok(Some(Books { lived, unharmed: Some(unharmed), course, unharmed_course, windows }))
}

/// All calls of a simulation, as they were simulated, if they were.
fn all(
    asked: Asked<'_>,
    (model, simulation): (&Model, &Simulation<'_>),
) -> Result<Kept, Unfinished> {
    match &simulation.lived {
        Some((lived, course)) => Ok((lived.clone(), (!asked.many).then(|| course.clone()))),
        None => asked.all(&staff(model, simulation)?),
    }
}
