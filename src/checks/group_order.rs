//! V54: queues that several groups serve, in an order that is not written down.

use super::report::Report;
use super::rules::V54;
use super::scene::Scene;
use crate::model::{GroupId, Model};

/// Most groups that are named.
const NAMED: usize = 4;

/// Runs the check: once, at the first such queue.
pub(super) fn check(scene: &Scene, model: &Model, report: &mut Report) {
    let Some(written) = scene.document.calls.iter().find(|queue| queue.groups.is_none()) else {
        return;
    };
    let staffed = |group: &GroupId| {
        model.cohorts.iter().any(|cohort| cohort.group == *group && cohort.count > 0)
    };
    let groups = (0..model.groups.len() as u32).map(GroupId).filter(staffed);
    let names: Vec<String> =
        groups.map(|id| format!("{:?}", model.groups[id.index()].name)).collect();
    if names.len() < 2 {
        return;
    }
    let queue = written.name.as_ref().map_or("", |name| name.value.as_str());
    let message = format!(
        "a call of `{queue}` takes an agent of the first group that has an idle one, in the order in which the {} groups \
         are declared",
        names.len()
    );
    let rest = if names.len() > NAMED { ", ..." } else { "" };
    let listed = names[..names.len().min(NAMED)].join(", ");
    let help = format!(
        "what a fault costs in calls depends on this order: write the one that is meant, as in `groups = [{listed}{rest}]`; \
         agents who share calls alike belong in one group"
    );
    report.add(V54.at(written.span, message).help(help));
}
