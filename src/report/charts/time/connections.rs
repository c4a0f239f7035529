//! Connections at sites with a reconnect capacity: what came, what was made, what timed out (above), and
//! the queue (below).
//!
//! Lines show the busiest second (or slot of the fine grid) within a step, so that a short storm is
//! seen.

use crate::measures::{Results, TurnsCourse, Window};
use crate::model::{Model, SiteId};
use crate::report::charts::titles;
use crate::report::words;

use super::served::{Queue, Served, capacity};

/// The chart.
pub(in crate::report::charts) fn draw(results: &Results, model: &Model) -> String {
    let slot = results.grid.width().as_secs_f64();
    Served {
        title: titles::connections(results),
        note: format!(
            "Attempts of desktops to connect, per second, in the busiest {} of each step.",
            words::slot(results.grid.width())
        ),
        names: ["came", "connected", "timed out"],
        per_second: "attempts to connect per second",
        waits: "attempts waiting",
    }
    .draw(results, model, |window| {
        let busy = window.connections.iter().filter(|(site, _)| is_busy(results, *site));
        busy.map(|(site, course)| queue(model, *site, course, slot)).collect()
    })
}

/// Whether any attempt ever came to a site.
fn is_busy(results: &Results, site: SiteId) -> bool {
    let came = |window: &Window| {
        let own = window.connections.iter().filter(|(own, _)| *own == site);
        own.flat_map(|(_, course)| &course.asked).any(|count| *count > 0)
    };
    results.windows.shown.iter().any(came)
}

fn queue<'a>(model: &'a Model, site: SiteId, course: &TurnsCourse, slot: f64) -> Queue<'a> {
    let rates = [&course.asked, &course.made, &course.timed_out];
    let site = &model.sites[site.index()];
    Queue {
        name: &site.name,
        rates: rates.map(|counts| counts.iter().map(|count| *count as f64 / slot).collect()),
        waiting: course.waiting.iter().map(|count| *count as f64).collect(),
        limit: site.reconnect_gap.map(|gap| capacity(1.0 / gap.as_secs_f64(), "")),
    }
}
