//! How soon the agents hit were back, put together: per incident, and per declared fault over all its
//! incidents.

use std::sync::Arc;

use super::frame::Frame;
use super::incident::{Backs, Incident, Recovery, Toll};

/// The agents hit by each incident and, per declared fault and then per drain, by all its incidents.
pub(super) fn recoveries(
    frame: &Frame,
    tolls: &[Toll],
    backs: Vec<Backs>,
) -> (Vec<Recovery>, Vec<Recovery>) {
    let declared = frame.model.faults.len() + frame.model.drains.len();
    let of = |incident: &Incident| incident.declared(frame.model);
    if frame.is_one_of_many() {
        let mut hit = vec![0; declared];
        frame.incidents.iter().zip(tolls).for_each(|(it, toll)| hit[of(it)] += toll.hit);
        let unknown = Arc::default();
        let each = tolls.iter().map(|toll| Recovery { hit: toll.hit, back: Arc::clone(&unknown) });
        let all = hit.into_iter().zip(backs).map(|(hit, back)| Recovery::new(hit, back.settle()));
        return (each.collect(), all.collect());
    }
    let each = tolls.iter().zip(backs).map(|(toll, back)| Recovery::new(toll.hit, back.settle()));
    let each: Vec<Recovery> = each.collect();
    let mut all = vec![Vec::new(); declared];
    frame.incidents.iter().zip(&each).for_each(|(incident, own)| all[of(incident)].push(own));
    let all = all.iter().map(|own| together(own)).collect();
    (each, all)
}

/// Several recoveries as one; a single one is shared and not copied.
fn together(each: &[&Recovery]) -> Recovery {
    if let [one] = each {
        return (*one).clone();
    }
    let mut back = Backs::default();
    each.iter().for_each(|recovery| back.add_all(&recovery.back));
    Recovery::new(each.iter().map(|recovery| recovery.hit).sum(), back.settle())
}
