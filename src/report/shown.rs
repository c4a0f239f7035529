//! The measures that tables on a terminal show, in groups that share a unit, each with a name for
//! people. All measures are in the files.

use std::collections::BTreeSet;

use crate::measures::{DOWNTIME_PER_AGENT, gauges};
use crate::model::Unit;

use super::measure_words;
use super::numbers::Scale;

/// Rows under one heading; their numbers have one unit and one precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// Shares of time in service.
    Availability,
    /// Time, summed over all agents.
    Downtime,
    /// Time of one agent.
    PerAgent,
    /// Lengths of outages, of restores, of waits.
    Durations,
    /// Events per agent and year.
    Rates,
    /// Shares of events.
    Shares,
    /// Numbers of events.
    Events,
    /// Levels and peaks at a site.
    Sites,
    /// Shares of calls, and of the time of those who take them.
    Answered,
    /// Numbers of calls.
    Calls,
    /// Waits of callers.
    Waits,
    /// Amounts of money.
    Money,
}

impl Group {
    /// All groups in the order of the tables.
    pub(super) const ALL: [Self; 12] = [
        Self::Availability,
        Self::Downtime,
        Self::PerAgent,
        Self::Durations,
        Self::Rates,
        Self::Shares,
        Self::Events,
        Self::Sites,
        Self::Answered,
        Self::Calls,
        Self::Waits,
        Self::Money,
    ];

    /// The heading.
    const fn title(self) -> &'static str {
        match self {
            Self::Availability => "Availability",
            Self::Downtime => "Downtime, all agents together",
            Self::PerAgent => "Downtime per agent",
            Self::Durations => "Durations",
            Self::Rates => "Per agent and year",
            Self::Shares => "Shares",
            Self::Events => "Events",
            Self::Sites => "Agents and load at the sites",
            Self::Answered => "Service level of calls, and occupancy of agents",
            Self::Calls => "Calls",
            Self::Waits => "Waits of callers",
            Self::Money => "Cost of the outages, in the scenario's currency",
        }
    }

    /// The heading with the unit of the scale: `Durations (s)`.
    pub(super) fn heading(self, scale: Scale) -> String {
        match scale.unit() {
            "" => self.title().to_owned(),
            unit => format!("{} ({unit})", self.title()),
        }
    }

    /// The unit of its measures.
    pub(super) const fn unit(self) -> Unit {
        match self {
            Self::Availability | Self::Shares | Self::Answered => Unit::Share,
            Self::Downtime => Unit::AgentTime,
            Self::PerAgent | Self::Durations | Self::Waits => Unit::Time,
            Self::Rates | Self::Events | Self::Sites | Self::Calls | Self::Money => Unit::Count,
        }
    }
}

/// Where a measure is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// Everywhere.
    Always,
    /// Where runs are long enough for rates per year.
    Long,
    /// Where they are not.
    Short,
    /// For a single run only.
    Single,
}

/// A measure, or a family of measures with a `*` for what they are about.
pub(super) struct Shown {
    pattern: &'static str,
    label: &'static str,
    /// The group that it is in.
    pub(super) group: Group,
    span: Span,
}

const fn shown(pattern: &'static str, label: &'static str, group: Group, span: Span) -> Shown {
    Shown { pattern, label, group, span }
}

/// All that is shown.
const SHOWN: [Shown; 79] = [
    shown("availability", "agents in service", Group::Availability, Span::Always),
    shown("pairs.*.availability", "server pair *", Group::Availability, Span::Always),
    shown("downtime_s.total", "total", Group::Downtime, Span::Always),
    shown("downtime_s.by_cause.*", "cause: *", Group::Downtime, Span::Always),
    shown("switchovers.regret_s", "added by switching over", Group::Downtime, Span::Always),
    shown("stays.regret_s", "added by staying", Group::Downtime, Span::Always),
    shown("sites.*.stale_binding_s", "*: stale bindings", Group::Downtime, Span::Single),
    shown("sites.*.ghost_s", "*: ghosts", Group::Downtime, Span::Single),
    shown("downtime_s.per_agent_year", "per agent and year", Group::PerAgent, Span::Long),
    shown(DOWNTIME_PER_AGENT, "mean", Group::PerAgent, Span::Short),
    shown(
        "outages.service_lost.duration_s.mean",
        "service lost, mean",
        Group::Durations,
        Span::Always,
    ),
    shown(
        "outages.service_lost.duration_s.p50",
        "service lost, median",
        Group::Durations,
        Span::Always,
    ),
    shown(
        "outages.service_lost.duration_s.p95",
        "service lost, 95 % within",
        Group::Durations,
        Span::Always,
    ),
    shown(
        "outages.service_lost.duration_s.p99",
        "service lost, 99 % within",
        Group::Durations,
        Span::Always,
    ),
    shown(
        "outages.service_lost.duration_s.max",
        "service lost, longest",
        Group::Durations,
        Span::Always,
    ),
    shown("outages.trips_home.duration_s.p50", "trip home, median", Group::Durations, Span::Always),
    shown(
        "outages.trips_home.duration_s.p95",
        "trip home, 95 % within",
        Group::Durations,
        Span::Always,
    ),
    shown(
        "outages.trips_home.duration_s.max",
        "trip home, longest",
        Group::Durations,
        Span::Always,
    ),
    shown("restores.since_available_s.p50", "restore, median", Group::Durations, Span::Always),
    shown("restores.since_available_s.p95", "restore, 95 % within", Group::Durations, Span::Always),
    shown("faults.*.all_back_s", "*: until all were back", Group::Durations, Span::Always),
    shown("sites.*.login_wait_longest_s", "*: longest login wait", Group::Durations, Span::Always),
    shown(
        "reconnects.*.wait_longest_s",
        "*: longest wait to connect",
        Group::Durations,
        Span::Always,
    ),
    shown(
        "registrars.*.wait_longest_s",
        "*: longest wait of a REGISTER",
        Group::Durations,
        Span::Always,
    ),
    shown(
        "registrars.*.busy_longest_s",
        "*: busy with REGISTERs without a break",
        Group::Durations,
        Span::Always,
    ),
    shown("outages.service_lost.per_agent_year", "losses of service", Group::Rates, Span::Long),
    shown("outages.trips_home.per_agent_year", "trips home", Group::Rates, Span::Long),
    shown("switchovers.per_agent_year", "switchovers", Group::Rates, Span::Long),
    shown("flaps.per_agent_year", "flaps", Group::Rates, Span::Long),
    shown("switchovers.needless_share", "needless switchovers", Group::Shares, Span::Always),
    shown("outages.service_lost.count", "losses of service", Group::Events, Span::Short),
    shown("outages.trips_home.count", "trips home", Group::Events, Span::Short),
    shown("outages.censored", "outages still open", Group::Events, Span::Single),
    shown("switchovers.count", "switchovers", Group::Events, Span::Short),
    shown("switchovers.needless", "needless switchovers", Group::Events, Span::Single),
    shown("switchovers.by_reason.*", "switchovers by *", Group::Events, Span::Single),
    shown("restores.count", "restores", Group::Events, Span::Single),
    shown("restores.premature", "premature restores", Group::Events, Span::Always),
    shown("flaps.count", "flaps", Group::Events, Span::Short),
    shown("connections.*.losses", "* losses noticed", Group::Events, Span::Single),
    shown("connections.*.reconnects", "* reconnects", Group::Events, Span::Single),
    shown("connections.*.moved_alone", "* moves alone", Group::Events, Span::Single),
    shown("phones.registers_failed", "failed REGISTERs", Group::Events, Span::Always),
    shown(
        "reconnects.*.timed_out",
        "*: attempts to connect timed out",
        Group::Events,
        Span::Always,
    ),
    shown("registrars.*.retransmitted", "*: REGISTERs sent again", Group::Events, Span::Always),
    shown("registrars.*.refused", "*: REGISTERs refused", Group::Events, Span::Always),
    shown("registrars.*.lost", "*: REGISTERs lost at the queue", Group::Events, Span::Always),
    shown("registrars.*.cut_off", "*: REGISTERs cut off by a stop", Group::Events, Span::Always),
    shown("registrars.*.timed_out", "*: REGISTERs timed out", Group::Events, Span::Always),
    shown("tallies.without_site", "times without any site", Group::Events, Span::Always),
    shown("staff.most_staffed", "agents on duty, most", Group::Sites, Span::Always),
    shown("sites.*.in_service_lowest", "*: fewest in service", Group::Sites, Span::Single),
    shown("sites.*.in_service_peak", "*: most in service", Group::Sites, Span::Single),
    shown("sites.*.logins_peak", "*: peak logins", Group::Sites, Span::Always),
    shown(
        "sites.*.recovery_registers_peak",
        "*: peak REGISTERs answered",
        Group::Sites,
        Span::Always,
    ),
    shown("sites.*.login_queue_longest", "*: longest login queue", Group::Sites, Span::Single),
    shown("reconnects.*.queue_longest", "*: longest queue to connect", Group::Sites, Span::Single),
    shown(
        "registrars.*.offered_peak",
        "*: REGISTERs in the busiest second",
        Group::Sites,
        Span::Always,
    ),
    shown(
        "registrars.*.echo_peak",
        "*: REGISTERs in the busiest second of a later refresh cycle",
        Group::Sites,
        Span::Always,
    ),
    shown(
        "registrars.*.queue_longest",
        "*: longest queue of REGISTERs",
        Group::Sites,
        Span::Single,
    ),
    shown("pairs.*.failovers", "*: failovers", Group::Events, Span::Single),
    shown("switchovers.capped", "switchovers held back", Group::Events, Span::Single),
    shown("calls.*.cost.failed", "*: failed because of the faults", Group::Calls, Span::Always),
    shown(
        "calls.*.cost.abandoned",
        "*: abandoned because of the faults",
        Group::Calls,
        Span::Always,
    ),
    shown("calls.*.cost.lost", "*: lost because of the faults", Group::Calls, Span::Always),
    shown("calls.*.cost.blocked", "*: blocked because of the faults", Group::Calls, Span::Always),
    shown("calls.*.service_level", "*: answered in time", Group::Answered, Span::Always),
    shown("calls.*.occupancy", "*: occupancy", Group::Answered, Span::Always),
    shown("calls.*.answer_speed_s", "*: average speed of answer", Group::Waits, Span::Always),
    shown("calls.*.longest_wait_s", "*: longest wait", Group::Waits, Span::Always),
    shown("calls.*.offered", "*: offered", Group::Calls, Span::Always),
    shown("calls.*.answered", "*: answered", Group::Calls, Span::Always),
    shown("calls.*.abandoned", "*: abandoned", Group::Calls, Span::Always),
    shown("calls.*.lost", "*: lost", Group::Calls, Span::Always),
    shown("calls.*.blocked", "*: blocked", Group::Calls, Span::Always),
    shown("calls.*.rung_nowhere", "*: rung nowhere", Group::Calls, Span::Single),
    shown("money.total", "what the outages cost", Group::Money, Span::Always),
    shown("money.agents", "of that, agents out of service", Group::Money, Span::Always),
    shown("money.calls", "of that, calls that failed", Group::Money, Span::Always),
];

/// A measure in words that need no heading, by its complete name.
pub(super) fn words(name: &str) -> String {
    let Some(shown) = find(name) else {
        return measure_words::own(name).unwrap_or_else(|| spelt(name));
    };
    let label = shown.label(name);
    match (shown.group, label.as_str()) {
        (Group::Downtime, "total") => "downtime of all agents".to_owned(),
        (Group::Downtime, label) => format!("downtime, {label}"),
        (Group::PerAgent, "mean") => "downtime per agent".to_owned(),
        (Group::PerAgent, label) => format!("downtime {label}"),
        (Group::Rates, label) => format!("{label} per agent and year"),
        _ => label,
    }
}

/// The parts of a name that no table shows, as words; names of the scenario stay as they are.
fn spelt(name: &str) -> String {
    let keys: BTreeSet<&str> = gauges().flat_map(|gauge| gauge.name.split('.')).collect();
    let part = |part: &str| match keys.contains(part) {
        true => part.strip_suffix("_s").unwrap_or(part).replace('_', " "),
        false => part.to_owned(),
    };
    name.split('.').map(part).collect::<Vec<_>>().join(", ")
}

/// How a measure is shown, by its complete name.
pub(super) fn find(name: &str) -> Option<&'static Shown> {
    SHOWN.iter().find(|shown| shown.subject(name).is_some())
}

impl Shown {
    /// What the measure of this name is about, if it belongs here; empty for the whole run.
    fn subject<'n>(&self, name: &'n str) -> Option<&'n str> {
        match self.pattern.split_once('*') {
            None => (self.pattern == name).then_some(""),
            Some((head, tail)) => name.strip_prefix(head)?.strip_suffix(tail),
        }
    }

    /// The name for people.
    pub(super) fn label(&self, name: &str) -> String {
        self.label.replace('*', self.subject(name).unwrap_or_default())
    }

    /// Whether it is one of a family, left out where nothing happened.
    pub(super) fn is_optional(&self) -> bool {
        self.pattern.contains('*') || self.span == Span::Single
    }

    /// Whether an experiment shows it; `long`: runs are long enough for rates per year.
    pub(super) fn is_for(&self, long: bool) -> bool {
        match self.span {
            Span::Always => true,
            Span::Long => long,
            Span::Short => !long,
            Span::Single => false,
        }
    }

    /// Whether a single run shows it: numbers, no rates.
    pub(super) fn is_for_one_run(&self) -> bool {
        self.span != Span::Long && self.group != Group::Shares
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_name_what_a_measure_is_about() {
        for (name, label) in [
            ("availability", "agents in service"),
            ("downtime_s.by_cause.no-site", "cause: no-site"),
            ("faults.WAN failure.all_back_s", "WAN failure: until all were back"),
            ("pairs.north-sip-1.availability", "server pair north-sip-1"),
        ] {
            assert_eq!(find(name).map(|shown| shown.label(name)).as_deref(), Some(label));
        }
        assert!(find("tallies.sip_rounds").is_none());
    }

    #[test]
    fn a_measure_alone_has_words_that_need_no_heading() {
        for (name, said) in [
            ("downtime_s.total", "downtime of all agents"),
            ("downtime_s.by_cause.no-site", "downtime, cause: no-site"),
            (DOWNTIME_PER_AGENT, "downtime per agent"),
            ("downtime_s.per_agent_year", "downtime per agent and year"),
            ("availability", "agents in service"),
            ("flaps.per_agent_year", "flaps per agent and year"),
            ("outages.service_lost.duration_s.p95", "service lost, 95 % within"),
            ("outages.by_largest_cause.no-site.count", "outages, by largest cause, no-site, count"),
            ("sites.a_s.ghost_s", "downtime, a_s: ghosts"),
            ("sites.a_s.away_from_preferred_s", "sites, a_s, away from preferred"),
        ] {
            assert_eq!(words(name), said);
        }
    }

    #[test]
    fn every_measure_shown_exists_with_the_unit_of_its_group() {
        for shown in &SHOWN {
            let mut gauges = crate::measures::gauges();
            let word = |name: &str| shown.subject(name).is_some();
            let gauge = gauges.find(|gauge| word(gauge.name));
            assert_eq!(
                gauge.map(|gauge| gauge.unit),
                Some(shown.group.unit()),
                "{}",
                shown.pattern
            );
        }
    }
}
