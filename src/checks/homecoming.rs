//! V53: a path that is up and so slow that connections over it are lost, and over which agents
//! restore nevertheless.

use super::report::Report;
use super::rules::V53;
use super::scene::Scene;
use super::words::plain;
use crate::model::{Fault, LocationId, Model, Profile, Schedule, SiteId, Target};
use crate::time::Span;

/// Runs the check.
pub(super) fn check(scene: &Scene, model: &Model, report: &mut Report) {
    let Some(patience) = model.desktop.keep_alive else { return };
    for (written, fault) in scene.document.faults.iter().zip(&model.faults) {
        let (Some(span), Some(delay)) = (written.delay.as_ref(), mean(fault)) else { continue };
        if delay <= patience {
            continue;
        }
        for (agents, _) in scene.between_sites() {
            let Some(profile) = agents.profile(model) else { continue };
            if delay > model.connect_timeout(profile) && comes_home(profile, fault) {
                let message = format!(
                    "agents come home over a path that they have just lost, for as long as `{}` lasts: restore probes do \
                     not see its delay of {}, which is longer than the ADDP timeout of {}",
                    fault.name,
                    plain(delay),
                    plain(patience)
                );
                let help = "no document says what probes do on such a path: a run shows the worst of it; to see the best, take the \
                            path down on its `cti` plane instead";
                report.add_for(agents, V53.at(span.span, message).help(help));
            }
        }
    }
}

/// The delay that a fault brings, on average.
fn mean(fault: &Fault) -> Option<Span> {
    let delay = fault.impairment.delay.as_ref()?;
    Some(Span::from_secs_f64(delay.mean_s()))
}

/// Whether agents leave their preferred site for such a fault, and go back while it lasts.
fn comes_home(profile: &Profile, fault: &Fault) -> bool {
    let leaves = match fault.schedule {
        Schedule::Scripted { down, .. } => down > profile.dr_timeout,
        Schedule::Random { .. } => profile.dr_timeout.ends(),
    };
    let (location, site) = (profile.location, profile.preferred.site);
    leaves && profile.auto_restore && fault.targets.iter().any(|it| slows(*it, location, site))
}

/// Whether a target is a path of the desktop's that is up.
fn slows(target: Target, location: LocationId, site: SiteId) -> bool {
    match target {
        Target::PoorPath(from, to, planes) => planes.cti() && (from, to) == (location, site),
        Target::PoorLocation(from, planes) => planes.cti() && from == location,
        _ => false,
    }
}
