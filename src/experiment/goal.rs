//! What is weighed between variants, and its values by replication.

use crate::measures::DOWNTIME_PER_AGENT;

use super::estimate::linearised;
use super::gathered::Gathered;

/// Something of which less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// Time out of service per agent.
    Downtime,
    /// Switchovers from a site that was usable again before the agent was in service.
    NeedlessSwitchovers,
    /// Switchovers soon after a restore.
    Flaps,
    /// The largest number of logins in one window at any site.
    PeakLogins,
    /// Calls that failed, with or without faults, where all calls are simulated.
    FailedCalls,
    /// Share of the calls that were not answered in time, where all calls are simulated.
    LateCalls,
    /// Calls that failed because of the faults, where calls are simulated in windows.
    CallsOfFaults,
}

impl Goal {
    /// All of them, the first being weighed first.
    pub const ALL: [Self; 7] = [
        Self::Downtime,
        Self::NeedlessSwitchovers,
        Self::Flaps,
        Self::PeakLogins,
        Self::FailedCalls,
        Self::LateCalls,
        Self::CallsOfFaults,
    ];

    /// What it is called in sentences.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Downtime => "downtime",
            Self::NeedlessSwitchovers => "needless switchovers",
            Self::Flaps => "flaps",
            Self::PeakLogins => "peak logins",
            Self::FailedCalls => "failed calls",
            Self::LateCalls => "calls not in time",
            Self::CallsOfFaults => "calls that failed because of the faults",
        }
    }

    /// Its value in every replication; `None`: one of them has none.
    pub(super) fn values(self, gathered: &Gathered) -> Option<Vec<f64>> {
        let of = |name| linearised(gathered, gathered.measure_named(name)?);
        let in_windows = gathered.measure_named("call_windows.count").is_some();
        match self {
            Self::Downtime => of(DOWNTIME_PER_AGENT),
            Self::NeedlessSwitchovers => of("switchovers.needless"),
            Self::Flaps => of("flaps.count"),
            Self::PeakLogins => Some(peaks(gathered)),
            Self::FailedCalls => of("all_calls.failed").filter(|_| !in_windows),
            Self::LateCalls => {
                let in_time = of("all_calls.service_level").filter(|_| !in_windows)?;
                Some(in_time.into_iter().map(|in_time| 1.0 - in_time).collect())
            }
            Self::CallsOfFaults => of("all_calls.cost.failed").filter(|_| in_windows),
        }
    }
}

/// The largest number of logins in one window at any site, per replication.
fn peaks(gathered: &Gathered) -> Vec<f64> {
    let mut peaks = vec![0.0_f64; gathered.count()];
    for (number, measure) in gathered.measures().iter().enumerate() {
        if measure.name.starts_with("sites.") && measure.name.ends_with(".logins_peak") {
            for (peak, own) in peaks.iter_mut().zip(gathered.values(number)) {
                *peak = peak.max(own.unwrap_or(0.0));
            }
        }
    }
    peaks
}
