//! O9, two imperfect sites and a sticky policy: a switchover when the site has been gone for T,
//! no restore; when both are gone, the desktop enters the first that returns.
//!
//! The scenario: the paths from every agent to its two sites fail by their own clocks, moving costs
//! nothing, `auto-restore` is off. An attempt lasts one millisecond and so does the pause, so that
//! the search over both sites finds the first that answers within a few of them. A switchover that
//! ends at the old site again is none here.

use switchover::model::{Model, Planes, SiteId};
use switchover::time::{Span, Time};
use switchover::trace::{Event, Record};

use crate::builder::exponential;
use crate::closed_form::{Estimate, golden};

use super::{AWAY, HOME, apart, downtime_s, failing_paths, of_each_agent, plain, random};

type Matrix = [[f64; 2]; 2];

fn product(a: Matrix, b: Matrix) -> Matrix {
    let cell = |i: usize, j: usize| a[i][0] * b[0][j] + a[i][1] * b[1][j];
    [[cell(0, 0), cell(0, 1)], [cell(1, 0), cell(1, 1)]]
}

fn inverse([[a, b], [c, d]]: Matrix) -> Matrix {
    let det = a * d - b * c;
    [[d / det, -b / det], [-c / det, a / det]]
}

/// exp(g t) by scaling and squaring of the Taylor series.
fn exponential_of(g: Matrix, t: f64) -> Matrix {
    let scale = t / 1024.0;
    let small = [[g[0][0] * scale, g[0][1] * scale], [g[1][0] * scale, g[1][1] * scale]];
    let (mut term, mut sum) = ([[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]);
    for n in 1..30 {
        term = product(term, small).map(|row| row.map(|x| x / f64::from(n)));
        sum = [[0, 1].map(|j| sum[0][j] + term[0][j]), [0, 1].map(|j| sum[1][j] + term[1][j])];
    }
    (0..10).fold(sum, |power, _| product(power, power))
}

/// Unavailability and switchovers per second: failure rate l, repair rate m, timeout t.
///
/// Service is up in state 0 (standby up) or 1 (standby down). A failure of the active site starts
/// the timer, under which the standby moves by `g` and the active site returns at rate m.
pub fn long_run(l: f64, m: f64, t: f64) -> (f64, f64) {
    let g = [[-(l + m), l], [m, -2.0 * m]];
    let end = exponential_of(g, t);
    let spent = product(inverse(g), [[end[0][0] - 1.0, end[0][1]], [end[1][0], end[1][1] - 1.0]]);
    let mut chain = [[0.0; 2]; 2];
    let (mut down, mut cycle, mut switched) = ([0.0; 2], [0.0; 2], [0.0; 2]);
    for from in 0..2 {
        let leave = if from == 0 { l } else { m };
        let fails = l / (l + leave);
        let both = end[from][1];
        down[from] = fails * (spent[from][0] + spent[from][1] + both / (2.0 * m));
        cycle[from] = 1.0 / (l + leave) + down[from];
        switched[from] = fails * (end[from][0] + both / 2.0);
        chain[from] =
            [fails * m * spent[from][0], fails * (m * spent[from][1] + end[from][0] + both)];
        chain[from][1 - from] += 1.0 - fails;
    }
    // Stationary weights of the embedded chain.
    let weight = [chain[1][0], chain[0][1]];
    let mean = |x: [f64; 2]| weight[0] * x[0] + weight[1] * x[1];
    (mean(down) / mean(cycle), mean(switched) / mean(cycle))
}

/// The horizon.
pub const HORIZON_S: i64 = 3_000_000;

/// The scenario.
pub fn scenario(dr_timeout: Span, agents: u32) -> Model {
    let mut model = plain();
    model.horizon = Time::from_secs(HORIZON_S);
    model.desktop.connect_timeout = Span::from_millis(1);
    model.profiles[0].retry_delay = vec![Span::from_millis(1)];
    model.profiles[0].dr_timeout = dr_timeout;
    model.profiles[0].auto_restore = false;
    apart(&mut model, agents);
    for site in [HOME, AWAY] {
        failing_paths(&mut model, site, Planes::Cti, exponential(500.0), exponential(60.0));
    }
    model
}

/// Times that an agent entered another site than the one it had been at.
fn changes(records: &[Record]) -> usize {
    let entered = records.iter().filter_map(|record| match record.event {
        Event::Connected { site, .. } => Some(site),
        _ => None,
    });
    let sites: Vec<SiteId> = std::iter::once(HOME).chain(entered).collect();
    sites.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

#[track_caller]
fn agrees(dr_timeout: Span, agents: u32, (unavailability, rate): (f64, f64)) {
    let agents = of_each_agent(&scenario(dr_timeout, agents), random(8), |records| {
        [downtime_s(records), changes(records) as f64].map(|total| total / HORIZON_S as f64)
    });
    Estimate::of(agents.iter().map(|agent| agent[0])).agrees(unavailability);
    if rate > 0.0 {
        Estimate::of(agents.iter().map(|agent| agent[1])).agrees(rate);
    }
}

#[test]
fn a_timeout_of_45_seconds() {
    let expected = long_run(1.0 / 500.0, 1.0 / 60.0, 45.0);
    golden(expected.0, 0.062679452);
    golden(expected.1, 0.00082998356);
    agrees(Span::from_secs(45), 40, expected);
}

#[test]
fn both_limits() {
    let (l, m) = (1.0 / 500.0, 1.0 / 60.0);
    golden(long_run(l, m, 0.0).0, (l / (l + m)) * (l / (l + m)));
    golden((l / (l + m)) * (l / (l + m)), 0.0114795918);
    golden(l / (l + m), 0.107142857);
    golden(long_run(l, m, 10_000.0).0, l / (l + m));
    agrees(Span(1), 15, long_run(l, m, 0.0));
    agrees(Span::NEVER, 15, (l / (l + m), 0.0));
}
