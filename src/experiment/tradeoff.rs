//! What the variants of a sweep trade against each other: downtime against needless switchovers,
//! flaps, peak logins and failed calls. Which of them may have the least of each, and which none dominates.
//!
//! Values come from the replications; the tests are those of `statistics`.

use crate::measures::DOWNTIME_PER_AGENT;
use crate::statistics::{self, Least, Moments};

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
    /// Calls that failed because of the faults, where there are calls.
    FailedCalls,
}

impl Goal {
    /// All of them, the first being weighed first.
    pub const ALL: [Self; 5] = [
        Self::Downtime,
        Self::NeedlessSwitchovers,
        Self::Flaps,
        Self::PeakLogins,
        Self::FailedCalls,
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
        }
    }

    /// Its value in every replication; `None`: one of them has none.
    fn values(self, gathered: &Gathered) -> Option<Vec<f64>> {
        let of = |name| linearised(gathered, gathered.measure_named(name)?);
        match self {
            Self::Downtime => of(DOWNTIME_PER_AGENT),
            Self::NeedlessSwitchovers => of("switchovers.needless"),
            Self::Flaps => of("flaps.count"),
            Self::PeakLogins => Some(peaks(gathered)),
            Self::FailedCalls => of("all_calls.cost.failed"),
        }
    }
}

/// A goal in several variants.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// Which.
    pub goal: Goal,
    /// Its mean in every variant.
    pub means: Vec<f64>,
    /// The variants that may have the least of it.
    pub least: Least,
    /// About how many replications would tell the smallest from each other variant that may have
    /// the least; `None` where no difference was seen.
    pub needed: Vec<Option<u64>>,
}

impl Objective {
    /// Whether any two variants differ in it.
    #[must_use]
    pub fn varies(&self) -> bool {
        self.means.iter().any(|mean| *mean != self.means[0])
    }

    /// Whether some variant is shown not to have the least of it.
    #[must_use]
    pub fn is_separated(&self) -> bool {
        self.least.may_be.iter().any(|may_be| !may_be)
    }
}

/// What variants trade against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Tradeoff {
    /// Downtime first.
    pub objectives: Vec<Objective>,
    /// Which variants no other one dominates.
    pub pareto: Vec<bool>,
}

impl Tradeoff {
    /// Weighs variants that were gathered on the same luck.
    #[must_use]
    pub fn new(gathered: &[Gathered], level: f64) -> Self {
        let all = Goal::ALL.into_iter().filter_map(|goal| {
            let samples = gathered.iter().map(|one| goal.values(one));
            Some((goal, samples.collect::<Option<Vec<_>>>()?))
        });
        let (goals, samples): (Vec<_>, Vec<_>) = all.unzip();
        let objectives = goals.into_iter().zip(&samples);
        Self {
            objectives: objectives.filter_map(|(goal, all)| objective(goal, all, level)).collect(),
            pareto: statistics::pareto(&samples, level),
        }
    }

    /// The mean of a goal in a variant, if it is weighed.
    #[must_use]
    pub fn mean(&self, goal: Goal, variant: usize) -> Option<f64> {
        let found = self.objectives.iter().find(|objective| objective.goal == goal);
        found.map(|objective| objective.means[variant])
    }

    /// Whether the variants differ in anything that is weighed.
    #[must_use]
    pub fn varies(&self) -> bool {
        self.objectives.iter().any(Objective::varies)
    }

    /// Whether a variant may have the least downtime, as far as the replications show.
    #[must_use]
    pub fn may_have_least_downtime(&self, variant: usize) -> bool {
        self.objectives.first().is_some_and(|downtime| downtime.least.may_be[variant])
    }

    /// What a table or a chart marks a variant with; what is true of every variant is no mark.
    #[must_use]
    pub fn marks(&self, variant: usize) -> Marks {
        let separated = self.objectives.first().is_some_and(Objective::is_separated);
        let some_dominated = self.pareto.iter().any(|pareto| !pareto);
        Marks {
            least: separated && self.may_have_least_downtime(variant),
            pareto: some_dominated && self.pareto[variant],
        }
    }
}

/// Marks of a variant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// It may have the least downtime, and some other may not.
    pub least: bool,
    /// No other dominates it, and some other is dominated.
    pub pareto: bool,
}

fn objective(goal: Goal, samples: &[Vec<f64>], level: f64) -> Option<Objective> {
    let least = statistics::least(samples, level)?;
    let smallest = &samples[least.smallest];
    let needed = samples
        .iter()
        .map(|own| statistics::replications_to_tell(smallest, own, samples.len(), level));
    let means = samples.iter().filter_map(|own| Moments::of(own).average()).collect();
    Some(Objective { goal, means, needed: needed.collect(), least })
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
