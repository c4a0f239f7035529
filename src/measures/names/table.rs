//! The table of measures: how each is named, what it is counted in, which way is better, what it
//! means. It takes no number.

use super::Better::{self, Less, More, Neither};
use crate::model::Unit::{self, Count, Share, Time};

/// One measure, or a family of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The path to it, as in `summary.json`; words in capitals stand for one of several.
    pub pattern: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    /// Which way is better.
    pub better: Better,
    /// What it is, in one line.
    pub meaning: &'static str,
}

const fn row(pattern: &'static str, unit: Unit, better: Better, meaning: &'static str) -> Row {
    Row { pattern, unit, better, meaning }
}

/// All measures that are one number per run, in the order of `summary.json`.
pub const TABLE: &[Row] = &[
    row("downtime_s.total", Time, Less, "time out of service, over all agents"),
    row("downtime_s.per_agent_year", Time, Less, "time out of service per agent and year"),
    row("downtime_s.by_cause.CAUSE", Time, Less, "time out of service with this cause"),
    row("downtime_s.per_agent.STATISTIC", Time, Less, "spread of the downtime over the agents"),
    row("availability", Share, More, "share of all agents' time in service"),
    row("agents_with_outage", Count, Less, "agents with at least one outage"),
    row("agents_moved", Count, Neither, "agents with at least one switchover or restore"),
    row("away_from_preferred_s", Time, Neither, "time not at the preferred site"),
    row("outages.count", Count, Less, "outages"),
    row("outages.per_agent_year", Count, Less, "outages per agent and year"),
    row("outages.censored", Count, Less, "outages still open at the horizon"),
    row("outages.duration_s.STATISTIC", Time, Less, "durations of outages"),
    row("outages.by_largest_cause.CAUSE.count", Count, Less, "outages with this largest cause"),
    row(
        "outages.by_largest_cause.CAUSE.duration_s.STATISTIC",
        Time,
        Less,
        "durations of outages with this largest cause",
    ),
    row("switchovers.count", Count, Neither, "switchovers begun"),
    row("switchovers.per_agent_year", Count, Neither, "switchovers per agent and year"),
    row("switchovers.needless", Count, Less, "switchovers that waiting would have spared"),
    row("switchovers.regretted", Count, Less, "switchovers that cost more than staying"),
    row("switchovers.regret_s", Time, Less, "what regretted switchovers cost beyond staying"),
    row("switchovers.by_reason.REASON", Count, Neither, "switchovers for this reason"),
    row("switchovers.capped", Count, Neither, "switchovers held back by the cap per hour"),
    row("stays.compared", Count, Neither, "outages without a switchover, compared with one"),
    row("stays.regretted", Count, Less, "stays that cost more than switching over"),
    row("stays.regret_s", Time, Less, "what regretted stays cost beyond switching over"),
    row("restores.count", Count, Neither, "restores begun"),
    row("restores.premature", Count, Less, "restores soon followed by another loss"),
    row("restores.completed", Count, Neither, "restores that ended in service at home"),
    row(
        "restores.since_available_s.STATISTIC",
        Time,
        Less,
        "from \"preferred site available\" to in service there",
    ),
    row("restores.outages_opened", Count, Less, "restores that took an agent out of service"),
    row("restores.downtime_s", Time, Less, "downtime of the outages that restores opened"),
    row("flaps.count", Count, Less, "switchovers soon after a restore of the same agent"),
    row("flaps.per_agent_year", Count, Less, "flaps per agent and year"),
    row("connections.KIND.broken", Count, Less, "breaks of connections, in truth"),
    row("connections.KIND.survived", Count, Neither, "breaks that healed unnoticed"),
    row("connections.KIND.losses", Count, Less, "losses noticed"),
    row("connections.KIND.pairs_lost", Count, Less, "losses whose first round failed"),
    row("connections.KIND.reconnects", Count, Neither, "reconnects at the same site"),
    row("connections.KIND.timers_fired", Count, Neither, "DR timers fired"),
    row("connections.KIND.moved_alone", Count, Neither, "moves of that connection alone"),
    row("phones.timers_fired", Count, Neither, "phone timers fired"),
    row("phones.registers_succeeded", Count, Neither, "REGISTER transactions that succeeded"),
    row("phones.registers_failed", Count, Less, "REGISTER transactions that failed"),
    row("tallies.sip_rounds", Count, Neither, "rounds begun by SIP Server connections"),
    row("tallies.restore_probes", Count, Neither, "restore probes made"),
    row("tallies.without_site", Count, Less, "times that an agent had no site"),
    row("sites.SITE.in_service_lowest", Count, More, "fewest agents in service at the site"),
    row("sites.SITE.in_service_peak", Count, Neither, "most agents in service at the site"),
    row("sites.SITE.logins", Count, Neither, "logins begun at the site"),
    row("sites.SITE.logins_peak", Count, Less, "most logins in one window"),
    row("sites.SITE.recovery_registers", Count, Neither, "REGISTERs that followed trouble"),
    row("sites.SITE.recovery_registers_peak", Count, Less, "most of them in one window"),
    row("sites.SITE.login_queue_longest", Count, Less, "most agents in the login queue at once"),
    row("sites.SITE.login_wait_longest_s", Time, Less, "the longest wait in the login queue"),
    row("sites.SITE.stale_binding_s", Time, Less, "time in which calls rang a dead contact"),
    row("sites.SITE.ghost_s", Time, Less, "time logged in after the desktop had left"),
    row("faults.FAULT.incidents", Count, Neither, "times that the fault struck"),
    row("faults.FAULT.agents_hit", Count, Less, "agents that it took out of service"),
    row("faults.FAULT.agents_not_back", Count, Less, "of them, those out until the horizon"),
    row("faults.FAULT.half_back_s", Time, Less, "time until half of them were back"),
    row("faults.FAULT.most_back_s", Time, Less, "time until 95 % of them were back"),
    row("faults.FAULT.all_back_s", Time, Less, "time until all of them were back"),
    row("faults.FAULT.stale_binding_s", Time, Less, "stale-binding time that began with it"),
    row("faults.FAULT.ghost_s", Time, Less, "ghost time that began with it"),
    row("pairs.PAIR.downtime_s", Time, Less, "time in which no member of the pair served"),
    row("pairs.PAIR.availability", Share, More, "share of the run in which a member served"),
    row("pairs.PAIR.outages", Count, Less, "spells in which no member served"),
    row("pairs.PAIR.failovers", Count, Neither, "times that the backup took over by itself"),
    row("pairs.PAIR.uncovered", Count, Less, "losses that the failover did not cover"),
    row("paths.LOCATION.SITE.PLANE.downtime_s", Time, Less, "time down of the path's plane"),
    row("paths.LOCATION.SITE.PLANE.availability", Share, More, "share of the run that it was up"),
    row("paths.LOCATION.SITE.PLANE.outages", Count, Less, "spells down of the path's plane"),
];
