//! The summary of one run as it is published: names with units, numbers with all their digits.
//!
//! Only its shape; `digest` fills it in. It is the contract of `summary.json`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::closed_form::ClosedForms;

use super::call_disruption::{AllCalls, FaultCalls};
use super::calls::{QueueSummary, WindowSummary};
use super::money::MoneySummary;
use super::overload::Overload;
use super::planner::PlannerRow;
use super::quantity::{Ratio, Total};
use super::registrars::RegisterSummary;
use super::turns::ReconnectSummary;
use super::world::{PairSummary, PathSummary};

/// Every measure of one run. Times are seconds with nine decimals, exact.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Summary {
    /// Name of the scenario.
    pub scenario: String,
    /// The question it asks.
    pub title: String,
    /// Number of agents.
    pub agents: u64,
    /// The run covered [0, horizon).
    pub horizon_s: Total,
    /// Local time at the start, `09:30` or `Mon 09:30`; left out where the scenario does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<String>,
    /// Date and time at the start, `2027-01-04T00:00:00+01:00`; left out where the scenario does not say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// IANA name of the time zone; left out where the scenario has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Seed of all randomness.
    pub seed: u64,
    /// Which replication of an experiment it is; 0 for a run on its own.
    pub replication: u64,
    /// Time out of service.
    pub downtime_s: DowntimeSeconds,
    /// Share of all agents' time in service.
    pub availability: Ratio,
    /// Agents with at least one outage.
    pub agents_with_outage: u64,
    /// Agents that switched over or were restored at least once.
    pub agents_moved: u64,
    /// Time not at the preferred site, moves to and from the peer included, over all agents.
    pub away_from_preferred_s: Total,
    /// Maximal intervals in which one agent was out of service.
    pub outages: OutageSummary,
    /// Moves to the other site.
    pub switchovers: SwitchoverSummary,
    /// Outages without a switchover, compared with switching over at the noticing.
    pub stays: StaySummary,
    /// Moves back to the preferred site.
    pub restores: RestoreSummary,
    /// Switchovers soon after a restore of the same agent.
    pub flaps: FlapSummary,
    /// Per kind of connection.
    pub connections: PerKind<ConnectionSummary>,
    /// Phones.
    pub phones: PhoneSummary,
    /// Work counted, not recorded.
    pub tallies: TallySummary,
    /// Per site, in the order of declaration.
    pub sites: Vec<SiteSummary>,
    /// Per site with a reconnect capacity; left out where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reconnects: Vec<ReconnectSummary>,
    /// Per site whose registrar has a capacity; left out where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub registrars: Vec<RegisterSummary>,
    /// Per declared fault, then per drain, where some registrar has a capacity; else left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub storms: Vec<RegisterSummary>,
    /// Per queue of calls; left out where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<QueueSummary>,
    /// All queues together; left out where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub all_calls: Option<AllCalls>,
    /// Where calls were simulated; left out where all were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_windows: Option<WindowSummary>,
    /// What the outages cost; left out where the scenario names no price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money: Option<MoneySummary>,
    /// Agents on duty; left out where no agent has a shift.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub staff: Option<StaffSummary>,
    /// Capacities that sites are declared with and that the run exceeded. They slow nothing down.
    pub overloads: Vec<Overload>,
    /// What theory says of the random faults; left out where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_forms: Option<ClosedForms>,
    /// Per declared fault, then per drain.
    pub faults: Vec<FaultSummary>,
    /// Per server pair.
    pub pairs: Vec<PairSummary>,
    /// Per plane of every path that was ever down.
    pub paths_down: Vec<PathSummary>,
    /// What each site must be sized for, and what each fault did; left out where nothing can fail.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub planner: Vec<PlannerRow>,
}

/// Downtime in seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DowntimeSeconds {
    /// Of all agents together.
    pub total: Total,
    /// By cause; adds up to the total, exactly.
    pub by_cause: PerCause<Total>,
    /// Spread over the agents, those without any downtime included.
    pub per_agent: SpreadSeconds,
}

/// One value for each cause of downtime.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct PerCause<T> {
    /// No power, or starting until the first attempt.
    pub off: T,
    /// A logged-in desktop believed all was well.
    pub undetected: T,
    /// From a failed round at the target of a move to the next successful connection.
    pub no_site: T,
    /// A restore was open.
    pub restoring: T,
    /// A switchover was open.
    pub switching: T,
    /// Warm standby: the loss of the connection was noticed.
    pub reconnecting: T,
    /// The phone was not usable, and the desktop knew it.
    pub phone: T,
    /// Everything worked, but the agent was not ready yet.
    pub not_ready: T,
}

/// One value for each kind of server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PerKind<T> {
    /// SIP Server.
    pub sip: T,
    /// Stat Server.
    pub stat: T,
    /// Configuration Server.
    pub config: T,
}

/// How exact percentiles are, where they are not exact to the nanosecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub enum Percentiles {
    /// At most 0.4 % too long, and never too short.
    #[serde(rename = "within 0.4 %")]
    Sketched,
}

/// Spread of durations in seconds, percentiles by nearest rank; all null if there are none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SpreadSeconds {
    /// Mean, to the nearest nanosecond.
    pub mean: Option<Total>,
    /// Median.
    pub p50: Option<Total>,
    /// 95th percentile.
    pub p95: Option<Total>,
    /// 99th percentile.
    pub p99: Option<Total>,
    /// The longest.
    pub max: Option<Total>,
    /// How exact `p50`, `p95` and `p99` are; left out where they are exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percentiles: Option<Percentiles>,
}

/// Outages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OutageSummary {
    /// How many.
    pub count: u64,
    /// Those still open at the horizon, counted and kept at their cut length.
    pub censored: u64,
    /// Their durations.
    pub duration_s: SpreadSeconds,
    /// By the cause with the largest share of the outage.
    pub by_largest_cause: PerCause<CausedOutages>,
    /// Those in which service was lost: all that no restore opened.
    pub service_lost: OpenedOutages,
    /// Those that restores opened: the way back to the preferred site.
    pub trips_home: OpenedOutages,
}

/// Outages that were opened in one way: by a loss of service, or by a restore.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OpenedOutages {
    /// How many.
    pub count: u64,
    /// Agents with at least one of them.
    pub agents: u64,
    /// Their downtime, of all agents together.
    pub downtime_s: Total,
    /// Their durations.
    pub duration_s: SpreadSeconds,
}

/// Outages in which one cause had the largest share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CausedOutages {
    /// How many.
    pub count: u64,
    /// Their durations.
    pub duration_s: SpreadSeconds,
}

/// Switchovers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SwitchoverSummary {
    /// Begun.
    pub count: u64,
    /// The old site was usable again before the agent was in service at the new one.
    pub needless: u64,
    /// With a regret above zero.
    pub regretted: u64,
    /// What moving and coming back cost beyond having stayed.
    pub regret_s: Total,
    /// By reason.
    pub by_reason: PerReason,
    /// Held back by the cap per hour (what-if).
    pub capped: u64,
}

/// Switchovers by reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct PerReason {
    /// DR timer of the SIP Server connection.
    pub sip_timer: u64,
    /// DR timer of the Stat Server connection.
    pub stat_timer: u64,
    /// DR timer of the Configuration Server connection.
    pub config_timer: u64,
    /// Phone timer.
    pub phone_timer: u64,
    /// The site was drained.
    pub drain: u64,
}

/// Staying.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StaySummary {
    /// Outages without a switchover for which there was a comparison.
    pub compared: u64,
    /// With a regret above zero.
    pub regretted: u64,
    /// What staying cost beyond switching over at the noticing and coming back.
    pub regret_s: Total,
}

/// Restores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RestoreSummary {
    /// Begun.
    pub count: u64,
    /// Followed by a loss of the preferred site within the flap window.
    pub premature: u64,
    /// Restores that ended in service at the preferred site.
    pub completed: u64,
    /// From "preferred available" to in service there, over the completed ones.
    pub since_available_s: SpreadSeconds,
}

/// Flaps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FlapSummary {
    /// Switchovers begun within the window after a restore of the same agent.
    pub count: u64,
    /// The window.
    pub window_s: Total,
}

/// What happened to the connections of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ConnectionSummary {
    /// Breaks that really happened.
    pub broken: u64,
    /// Breaks that healed unnoticed.
    pub survived: u64,
    /// Losses noticed.
    pub losses: u64,
    /// Losses whose first round failed at every member.
    pub pairs_lost: u64,
    /// Reconnects at the same site.
    pub reconnects: u64,
    /// DR timers that fired.
    pub timers_fired: u64,
    /// Moves of that connection alone.
    pub moved_alone: u64,
}

/// Phones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PhoneSummary {
    /// Phone timers that fired.
    pub timers_fired: u64,
    /// REGISTER transactions that succeeded.
    pub registers_succeeded: u64,
    /// REGISTER transactions that failed.
    pub registers_failed: u64,
}

/// Work counted, not recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TallySummary {
    /// Rounds begun by SIP Server connections.
    pub sip_rounds: u64,
    /// Restore probes made.
    pub restore_probes: u64,
    /// Times that a round at a target failed, so that the agent had no site.
    pub without_site: u64,
}

/// One site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SiteSummary {
    /// Name.
    pub name: String,
    /// Fewest agents in service here at any whole `peak_window_s`.
    pub in_service_lowest: i64,
    /// Most agents in service here at any whole `peak_window_s`.
    pub in_service_peak: i64,
    /// Length of the window that the peaks are counted in.
    pub peak_window_s: Total,
    /// Logins begun.
    pub logins: u64,
    /// Most logins begun in one window.
    pub logins_peak: u64,
    /// REGISTERs that succeeded after a failure, late, or at a new site.
    pub recovery_registers: u64,
    /// Most of them in one window.
    pub recovery_registers_peak: u64,
    /// Most agents in the login queue at once.
    pub login_queue_longest: u64,
    /// The longest wait in it.
    pub login_wait_longest_s: Total,
    /// Time in which calls would have rung a dead contact.
    pub stale_binding_s: Total,
    /// Time logged in, as this site sees it, after the desktop had left.
    pub ghost_s: Total,
}

/// One declared fault, over all its occurrences.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FaultSummary {
    /// Name.
    pub name: String,
    /// Times that it occurred (targets that go down together count once).
    pub incidents: u64,
    /// Agents in service until it occurred and not from then, each time counted; of a drain also
    /// those who go out of service at its site later, while it lasts and nothing else begins.
    pub agents_hit: u64,
    /// Those not in service again before the horizon.
    pub agents_not_back: u64,
    /// Time until 50 % of the agents hit were in service again; null: none hit, or never.
    pub half_back_s: Option<Total>,
    /// Time until 95 % were.
    pub most_back_s: Option<Total>,
    /// Time until all were.
    pub all_back_s: Option<Total>,
    /// How exact `half_back_s` and `most_back_s` are; left out where they are exact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percentiles: Option<Percentiles>,
    /// Stale-binding time that began with it or after it, and before the next fault.
    pub stale_binding_s: Total,
    /// Ghost time that began with it or after it, and before the next fault.
    pub ghost_s: Total,
    /// What it did to calls; left out where there are no calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calls: Option<FaultCalls>,
}

/// Agents on duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StaffSummary {
    /// Time in which agents were staffed, over all of them: on duty, less signing in without any delay.
    pub staffed_s: Total,
    /// Most agents that were staffed at once.
    pub most_staffed: u64,
}
