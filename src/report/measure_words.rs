//! Words for measures that no table on a terminal shows, and that people ask for by name: bounds, targets, axes.

/// By their names; `*` is what they are about.
const WORDS: [(&str, &str); 30] = [
    ("outages.count", "outages"),
    ("outages.duration_s.mean", "outage, mean"),
    ("outages.duration_s.p50", "outage, median"),
    ("outages.duration_s.p95", "outage, p95"),
    ("outages.duration_s.p99", "outage, p99"),
    ("outages.duration_s.max", "longest outage"),
    ("downtime_s.per_agent.p50", "downtime per agent, median"),
    ("downtime_s.per_agent.p95", "downtime per agent, p95"),
    ("downtime_s.per_agent.p99", "downtime per agent, p99"),
    ("downtime_s.per_agent.max", "most downtime of an agent"),
    ("agents_with_outage", "agents with an outage"),
    ("faults.*.agents_hit", "*: agents out of service"),
    ("faults.*.half_back_s", "*: until half were back"),
    ("faults.*.most_back_s", "*: until 95 % were back"),
    ("faults.*.calls.lost", "*: calls lost because of it"),
    ("faults.*.calls.abandoned", "*: calls abandoned because of it"),
    ("faults.*.calls.service_level_worst", "*: worst service level of an interval"),
    ("faults.*.calls.met_again_s", "*: until the targets are met again"),
    ("all_calls.service_level", "calls answered in time"),
    ("all_calls.abandoned", "abandoned calls"),
    ("all_calls.lost", "lost calls"),
    ("all_calls.failed", "failed calls"),
    ("all_calls.answer_speed_s", "average speed of answer"),
    ("all_calls.longest_wait_s", "longest wait of a call"),
    ("all_calls.occupancy", "occupancy of the agents"),
    ("all_calls.cost.failed", "calls that failed because of the faults"),
    ("all_calls.cost.abandoned", "calls abandoned because of the faults"),
    ("all_calls.cost.lost", "calls lost because of the faults"),
    ("all_calls.faults.service_level_worst", "worst service level of an interval"),
    ("all_calls.faults.met_again_s", "time until the targets are met again"),
];

/// The words for a measure; `None`: there are none of its own.
pub(super) fn own(name: &str) -> Option<String> {
    WORDS.iter().find_map(|(pattern, words)| match pattern.split_once('*') {
        None => (*pattern == name).then(|| (*words).to_owned()),
        Some((head, tail)) => {
            let about = name.strip_prefix(head)?.strip_suffix(tail)?;
            Some(words.replace('*', about))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_one_is_a_measure() {
        let names: Vec<&str> = crate::measures::gauges().map(|gauge| gauge.name).collect();
        for (pattern, _) in WORDS {
            let name = pattern.replace('*', "FAULT");
            assert!(names.contains(&name.as_str()), "{name}");
            let is_shown = crate::report::shown::find(&name).is_some();
            assert!(!is_shown, "{name} has its words in the tables of a terminal");
        }
    }

    #[test]
    fn names_of_the_scenario_stay_as_they_are() {
        assert_eq!(own("outages.duration_s.max").as_deref(), Some("longest outage"));
        let fault = own("faults.WAN. failure.most_back_s");
        assert_eq!(fault.as_deref(), Some("WAN. failure: until 95 % were back"));
        assert_eq!(own("tallies.sip_rounds"), None);
    }
}
