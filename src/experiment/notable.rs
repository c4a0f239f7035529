//! The notable replications, by their index, so that `replay` can show them.

use super::gathered::Gathered;

/// A replication and why it is notable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Notable {
    /// Why, as a key.
    pub why: &'static str,
    /// The number of the measure by which it was found.
    pub measure: usize,
    /// Its index.
    pub replication: u64,
    /// Its value of that measure.
    pub value: f64,
}

/// Median, 95th percentile and worst by downtime, the longest outage, most flaps; of equals the
/// first. Nothing where nothing happened.
#[must_use]
pub(super) fn notable(gathered: &Gathered) -> Vec<Notable> {
    let picks = [
        ("median_downtime", "downtime_s.total", 50),
        ("p95_downtime", "downtime_s.total", 95),
        ("worst_downtime", "downtime_s.total", 100),
        ("longest_outage", "outages.service_lost.duration_s.max", 100),
        ("most_flaps", "flaps.count", 100),
    ];
    picks.iter().filter_map(|(why, name, percent)| pick(gathered, why, name, *percent)).collect()
}

fn pick(gathered: &Gathered, why: &'static str, name: &str, percent: usize) -> Option<Notable> {
    let measure = gathered.measure_named(name)?;
    let each = gathered.values(measure).into_iter().zip(gathered.replications());
    let mut found: Vec<(f64, u64)> =
        each.filter_map(|(value, replication)| Some((value?, replication))).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    let rank = (percent * found.len()).div_ceil(100).max(1);
    let value = found.get(rank - 1)?.0;
    let first = found.partition_point(|(other, _)| *other < value);
    let replication = found[first].1;
    (value > 0.0).then_some(Notable { why, measure, replication, value })
}
