//! What incidents did, put together: how soon the agents hit were back, per incident, and per declared fault over all its
//! incidents; and what all incidents of a fault did in numbers.

use std::sync::Arc;

use super::frame::Frame;
use super::incident::{FaultIncidents, Incident, IncidentEffect, Recovery, ReturnTimes};

/// The agents hit by each incident, if that is needed, and, per declared fault and then per drain,
/// by all its incidents.
pub(super) fn recoveries(
    frame: &Frame,
    effects: &[IncidentEffect],
    backs: Vec<ReturnTimes>,
) -> (Vec<Recovery>, Vec<Recovery>) {
    let of = |incident: &Incident| incident.declared(frame.model);
    if frame.is_one_of_many() {
        let mut hit = vec![0; frame.declared()];
        frame.incidents.iter().zip(effects).for_each(|(it, effect)| hit[of(it)] += effect.hit);
        let unknown = Arc::default();
        let asked = effects.iter().filter(|_| frame.wants_incidents());
        let each = asked.map(|effect| Recovery { hit: effect.hit, back: Arc::clone(&unknown) });
        let all = hit.into_iter().zip(backs).map(|(hit, back)| Recovery::new(hit, back.settle()));
        return (each.collect(), all.collect());
    }
    let each =
        effects.iter().zip(backs).map(|(effect, back)| Recovery::new(effect.hit, back.settle()));
    let each: Vec<Recovery> = each.collect();
    let mut all = vec![Vec::new(); frame.declared()];
    frame.incidents.iter().zip(&each).for_each(|(incident, own)| all[of(incident)].push(own));
    let all = all.iter().map(|own| together(own)).collect();
    (each, all)
}

/// What each declared fault, then each drain, did in numbers.
pub(super) fn strikes(frame: &Frame, effects: &[IncidentEffect]) -> Vec<FaultIncidents> {
    let mut all = vec![FaultIncidents::default(); frame.declared()];
    for (incident, effect) in frame.incidents.iter().zip(effects) {
        let own = &mut all[incident.declared(frame.model)];
        own.number += 1;
        own.stale.0 += effect.stale.0;
        own.ghost.0 += effect.ghost.0;
    }
    all
}

/// Several recoveries as one; a single one is shared and not copied.
fn together(each: &[&Recovery]) -> Recovery {
    if let [one] = each {
        return (*one).clone();
    }
    let mut back = ReturnTimes::default();
    each.iter().for_each(|recovery| back.add_all(&recovery.back));
    Recovery::new(each.iter().map(|recovery| recovery.hit).sum(), back.settle())
}
