//! Benchmarks: what the event list, the world, the agents, whole runs and checks cost, and what that cost
//! grows with. Not a test: nothing is asserted, and only ratios taken in one run count.
//!
//! `cargo bench -- record` measures the benchmark of record alone; `docs/performance.md` has the
//! figures.

mod agents;
#[allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "it looks at the clock")]
mod check;
mod event_list;
mod fleet;
mod runs;
mod world;

use std::time::Duration;

use criterion::Criterion;

fn main() {
    let mut criterion = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .sample_size(10)
        .without_plots()
        .configure_from_args();
    event_list::measure(&mut criterion);
    world::measure(&mut criterion);
    agents::measure(&mut criterion);
    runs::measure(&mut criterion);
    check::measure(&mut criterion);
    criterion.final_summary();
}
