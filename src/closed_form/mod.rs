//! Closed forms of a scenario: what the theory of renewal processes says of its random faults and
//! of the machines that they stop, without simulating anything; and how far a simulation is from it.
//!
//! It is a check of the simulation by something that shares no code with it: every form follows
//! from the scenario alone. The forms (a target fails after an exponential time of rate l = 1/MTBF
//! and is repaired after a time D of any law; horizon h):
//!
//! - *Incidents.* In [0, h) a target fails (h + E(r)) / (MTBF + MTTR) times in the mean, r being what
//!   is left at h of a repair (Wald's identity). 0 <= E(r) <= l E(D^2) / 2, so the number is
//!   h / (MTBF + MTTR) and an [edge](Form::edge) of at most l E(D^2) / (2 (MTBF + MTTR)).
//! - *Time down.* A target is up for MTBF times its number of failures, in the mean. So it is down
//!   for h MTTR / (MTBF + MTTR), less an edge of at most E(D^2) / (2 (MTBF + MTTR)).
//! - *Poisson.* The failures are those of a Poisson process of rate l per target but for the ones that
//!   would fall in a repair. In the mean those are at most l h MTTR / (MTBF + MTTR) per target, and
//!   no probability differs by more than that number.
//!
//! No form is known here for agents: their downtime follows from detection, rounds, timers, logins
//! and phones together.

mod compare;
pub mod erlang;
mod parts;

pub use compare::{ClosedForms, Compared, NotCompared, in_one_run, over_replications};

use schemars::JsonSchema;
use serde::Serialize;

use crate::distribution::Law;
use crate::model::{Fault, Model, Schedule};
use crate::time::Time;

/// What a form is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// How often a fault occurs.
    Incidents,
    /// How long a part of the world is down.
    TimeDown,
}

/// What theory says of one measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The measure's name in the results.
    pub measure: String,
    /// What it is about.
    pub about: About,
    /// Targets that it counts.
    pub targets: u64,
    /// Mean time to failure, in seconds.
    pub mtbf_s: f64,
    /// Mean time to repair, in seconds.
    pub mttr_s: f64,
    /// Mean of the measure in one run, up to the edge.
    pub mean: f64,
    /// What the cut at the horizon changes of the mean at most.
    pub edge: f64,
    /// Failures that are expected in one run.
    pub incidents: f64,
    /// By how much no probability of the number of incidents differs from Poisson's law; 1 for a
    /// time down.
    pub poisson_error: f64,
    /// Skewness of what one incident adds.
    pub skewness: f64,
}

/// Why a measure has no form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Absent {
    /// Times to failure have a memory.
    NotExponential,
    /// A fit gave many sets of laws.
    Uncertain,
    /// The time to failure passes in some hours only.
    Hours,
    /// Repairs of zero length are no incidents.
    NoRepair,
    /// Several faults act on one part.
    Several,
    /// A pair has a backup: its failovers come in.
    Backup,
}

impl Absent {
    /// The reason in words, after "because".
    #[must_use]
    pub const fn because(self) -> &'static str {
        match self {
            Self::NotExponential => "the times to failure are not exponential",
            Self::Uncertain => "the laws of the fault differ from replication to replication",
            Self::Hours => "the time to failure passes in the hours of `when` only",
            Self::NoRepair => "a repair may take no time, and then there is no incident",
            Self::Several => "more than one fault or target acts on it",
            Self::Backup => "the pair has a backup, so failovers decide how long it is down",
        }
    }
}

/// The forms of a scenario, and the measures of random faults that have none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forms {
    /// What theory says.
    pub known: Vec<Form>,
    /// Measures without a form, each with the reason.
    pub absent: Vec<(String, Absent)>,
}

impl Forms {
    /// The forms of a scenario: its faults in order, then the machines that they stop.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let mut forms = Self::default();
        for fault in &model.faults {
            if let Schedule::Random { .. } = fault.schedule {
                let measure = format!("faults.{}.incidents", fault.name);
                match Renewal::of(fault) {
                    Ok(renewal) => forms.known.push(renewal.incidents(measure, fault, model)),
                    Err(absent) => forms.absent.push((measure, absent)),
                }
            }
        }
        parts::add(model, &mut forms);
        forms
    }
}

/// A random fault whose targets fail without a memory.
#[derive(Clone, Copy, Debug)]
struct Renewal<'f> {
    mtbf_s: f64,
    repair: &'f Law,
}

impl<'f> Renewal<'f> {
    fn of(fault: &'f Fault) -> Result<Self, Absent> {
        let Schedule::Random { failure, repair, sets, when, .. } = &fault.schedule else {
            return Err(Absent::Several);
        };
        match failure {
            _ if !sets.is_empty() => Err(Absent::Uncertain),
            _ if when.is_some() => Err(Absent::Hours),
            Law::Exponential { mean } if mean.0 > 0 => match repair.may_be_zero() {
                true => Err(Absent::NoRepair),
                false => Ok(Self { mtbf_s: mean.as_secs_f64(), repair }),
            },
            _ => Err(Absent::NotExponential),
        }
    }

    /// From one failure to the next, in the mean.
    fn cycle_s(self) -> f64 {
        self.mtbf_s + self.repair.mean_s()
    }

    fn incidents(self, measure: String, fault: &Fault, model: &Model) -> Form {
        let targets = fault.targets.len() as u64;
        let (number, horizon) = (targets as f64, horizon_s(model));
        let mean = number * horizon / self.cycle_s();
        let share_down = self.repair.mean_s() / self.cycle_s();
        Form {
            measure,
            about: About::Incidents,
            targets,
            mtbf_s: self.mtbf_s,
            mttr_s: self.repair.mean_s(),
            mean,
            edge: number * self.repair.moment_s(2) / (2.0 * self.mtbf_s * self.cycle_s()),
            incidents: mean,
            poisson_error: (number * horizon / self.mtbf_s * share_down).min(1.0),
            skewness: 1.0,
        }
    }

    fn time_down(self, measure: String, model: &Model) -> Form {
        let horizon = horizon_s(model);
        let (first, second) = (self.repair.mean_s(), self.repair.moment_s(2));
        Form {
            measure,
            about: About::TimeDown,
            targets: 1,
            mtbf_s: self.mtbf_s,
            mttr_s: first,
            mean: horizon * first / self.cycle_s(),
            edge: second / (2.0 * self.cycle_s()),
            incidents: horizon / self.cycle_s(),
            poisson_error: 1.0,
            skewness: self.repair.moment_s(3) / libm::pow(second, 1.5),
        }
    }
}

fn horizon_s(model: &Model) -> f64 {
    (model.horizon - Time::ZERO).as_secs_f64()
}
