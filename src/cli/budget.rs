//! Whether there is enough memory, disk and time for a simulation, asked before it begins.
//!
//! What it takes is estimated by `experiment`; here are the limits, which depend on the machine.

use std::path::Path;

use super::failure::{Failure, Outcome};
use super::terminal;
use crate::experiment::Cost;
use crate::report::length_in_words;
use crate::time::{NANOS, Span};

/// Share of the memory that is free now.
const SHARE: f64 = 0.75;
/// The most memory, bytes.
const MEMORY: f64 = 8e9;
/// Memory that a program reserves and does not use: its own text, stacks, heaps of threads.
const RESERVED: f64 = 3e8;
/// Disk where the system does not say what is free, bytes.
const DISK: f64 = 1e11;
/// The longest time, seconds: 30 days.
const LONGEST_S: f64 = 30.0 * 86_400.0;
/// A share of a limit from which on the figures are said.
const WORTH_SAYING: f64 = 0.25;
/// A time from which on the figures are said, seconds.
const WORTH_SAYING_S: f64 = 600.0;

/// The command that asks.
#[derive(Clone, Copy, Debug)]
pub struct Asking {
    /// Whatever it takes.
    pub force: bool,
    /// Say nothing but errors.
    pub quiet: bool,
}

/// Fails if a simulation that writes to `out` needs more than there is; says what a large one
/// needs.
///
/// # Errors
/// [`Failure::Usage`] with the figures, unless forced.
pub(super) fn check(cost: &Cost, out: &Path, asking: Asking) -> Outcome {
    let limits = limits(out);
    if exceeds(cost, &limits, 1.0) && !asking.force {
        return Err(Failure::Usage(format!(
            "this needs about {}; --force starts it all the same",
            figures(cost, &limits)
        )));
    }
    let large = exceeds(cost, &limits, WORTH_SAYING) || cost.time_s > WORTH_SAYING_S;
    if large && !asking.quiet {
        terminal::say(&format!("note: this needs about {}", figures(cost, &limits)));
    }
    Ok(())
}

/// The same for a shard: memory and disk that are short now may be there later, or elsewhere.
///
/// # Errors
/// [`Failure::World`] with the figures; [`Failure::Usage`] if it takes too long, unless forced.
pub(super) fn check_shard(cost: &Cost, folder: &Path, asking: Asking) -> Outcome {
    check(cost, folder, asking).map_err(|why| match why {
        Failure::Usage(said) if cost.time_s <= LONGEST_S => Failure::World(said),
        other => other,
    })
}

/// What a simulation needs, if that is more than there is.
#[must_use]
pub(super) fn excess(cost: &Cost, out: &Path) -> Option<String> {
    let limits = limits(out);
    exceeds(cost, &limits, 1.0).then(|| format!("this needs about {}", figures(cost, &limits)))
}

fn limits(out: &Path) -> Cost {
    Cost {
        memory: memory().map_or(MEMORY, |free| (free * SHARE).min(MEMORY)),
        disk: disk(out).unwrap_or(DISK),
        time_s: LONGEST_S,
    }
}

fn exceeds(cost: &Cost, limits: &Cost, share: f64) -> bool {
    cost.memory > limits.memory * share
        || cost.disk > limits.disk * share
        || cost.time_s > limits.time_s * share
}

/// All figures, including those above their limit.
fn figures(cost: &Cost, limits: &Cost) -> String {
    let over = |own: f64, limit: f64, shown: String| {
        if own > limit { format!(" (limit: {shown})") } else { String::new() }
    };
    format!(
        "{} of memory{}, {} of disk{} and {}{}",
        bytes(cost.memory),
        over(cost.memory, limits.memory, bytes(limits.memory)),
        bytes(cost.disk),
        over(cost.disk, limits.disk, bytes(limits.disk)),
        time(cost.time_s),
        over(cost.time_s, limits.time_s, time(limits.time_s)),
    )
}

/// A number of bytes to two digits.
fn bytes(number: f64) -> String {
    let units = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB")];
    let (unit, name) = units.into_iter().find(|(unit, _)| number >= *unit).unwrap_or((1e6, "MB"));
    let value = number / unit;
    if value < 9.95 { format!("{value:.1} {name}") } else { format!("{value:.0} {name}") }
}

fn time(seconds: f64) -> String {
    let longest = Span::from_secs(100 * 365 * 86_400);
    let shown = if seconds < longest.as_secs_f64() {
        Span((seconds.max(1.0).round() * NANOS as f64) as i64)
    } else {
        return "more than 100 years".to_owned();
    };
    length_in_words(shown)
}

/// Bytes of memory that this process can still get.
fn memory() -> Option<f64> {
    let free = std::fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
        let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kilobytes * 1024.0)
    });
    match (free, address_space()) {
        (Some(free), Some(limit)) => Some(free.min(limit)),
        (free, limit) => free.or(limit),
    }
}

/// What the limit of the session on the memory of a process (`ulimit -v`) leaves, bytes: it counts
/// the program itself and what threads reserve.
fn address_space() -> Option<f64> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::process::{Resource, getrlimit};
        let limit = getrlimit(Resource::As).current?;
        Some((limit as f64 - RESERVED).max(0.0))
    }
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    None
}

/// Bytes that are free where something will be written.
fn disk(out: &Path) -> Option<f64> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        let absolute = std::path::absolute(out).ok()?;
        let there = absolute.ancestors().find(|path| path.exists())?;
        let found = rustix::fs::statvfs(there).ok()?;
        // What has no blocks at all holds no files, and says so itself.
        (found.f_blocks > 0).then_some(found.f_bavail as f64 * found.f_frsize as f64)
    }
    #[cfg(not(any(target_os = "linux", target_os = "macos")))]
    {
        let _ = out;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_say_the_limits_that_they_exceed() {
        let limits = Cost { memory: 8e9, disk: 1e11, time_s: LONGEST_S };
        let small = Cost { memory: 3.21e9, disk: 4e5, time_s: 90.0 };
        assert_eq!(figures(&small, &limits), "3.2 GB of memory, 0.4 MB of disk and 1 min 30 s");
        let large = Cost { memory: 2.8e12, disk: 2e11, time_s: 1e10 };
        assert_eq!(
            figures(&large, &limits),
            "2.8 TB of memory (limit: 8.0 GB), 200 GB of disk (limit: 100 GB) and more than 100 \
             years (limit: 30 d)"
        );
        assert!(exceeds(&large, &limits, 1.0) && !exceeds(&small, &limits, 1.0));
        assert!(exceeds(&small, &limits, WORTH_SAYING));
    }
}
