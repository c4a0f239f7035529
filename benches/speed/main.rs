//! Benchmarks: what the event list, the world, the agents, whole runs, calls and checks cost, and what that cost
//! grows with. Not a test: nothing is asserted, and only ratios taken in one run count.
//!
//! `cargo bench -- record` measures the benchmark of record alone, `cargo bench -- estimate` prints
//! estimated times beside those used (Linux on x86-64); `docs/performance.md` has the figures.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a bench looks at the clock, and starts the program"
)]

mod agents;
mod calls;
mod check;
#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
mod estimate;
mod event_list;
mod fleet;
mod runs;
mod world;

use std::time::Duration;

use criterion::Criterion;

fn main() {
    if std::env::args().any(|word| word == "estimate") {
        #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
        estimate::print();
        return;
    }
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
    calls::measure(&mut criterion);
    check::measure(&mut criterion);
    criterion.final_summary();
}
