//! What the variants of a sweep trade against each other: downtime against needless switchovers,
//! flaps, peak logins and failed calls. Which of them may have the least of each, and which none dominates.
//!
//! What the difference of the variants forbids to weigh is shown, and not weighed.
//!
//! Values come from the replications; the tests are those of `statistics`.

use crate::model::Model;
use crate::statistics::{self, Least, Moments};

use super::gathered::Gathered;
use super::goal::Goal;
use super::unlike::{Unlike, unlike};

/// A goal in several variants.
#[derive(Clone, Debug, PartialEq)]
pub struct Objective {
    /// Which.
    pub goal: Goal,
    /// Its mean in every variant.
    pub means: Vec<f64>,
    /// The variants that may have the least of it.
    pub least: Least,
    /// About how many replications would separate the smallest from each other variant that may
    /// have the least; `None` where no difference was seen.
    pub needed: Vec<Option<u64>>,
}

impl Objective {
    /// Whether any two variants differ in it.
    #[must_use]
    pub fn varies(&self) -> bool {
        vary(&self.means)
    }

    /// Whether no variant has a smaller mean than this one.
    #[must_use]
    pub fn is_led_by(&self, variant: usize) -> bool {
        self.means[variant] <= self.means[self.least.smallest]
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
    /// What is weighed; downtime first, if it is.
    pub objectives: Vec<Objective>,
    /// The means, in every variant, of goals that are not weighed.
    pub besides: Vec<(Goal, Vec<f64>)>,
    /// Why they are not.
    pub unlike: Vec<Unlike>,
    /// Whether outages have a price.
    pub priced: bool,
    /// Which variants no other one dominates.
    pub pareto: Vec<bool>,
}

impl Tradeoff {
    /// Weighs variants of these models that were gathered with common random numbers.
    #[must_use]
    pub fn new(gathered: &[Gathered], models: &[&Model], level: f64) -> Self {
        let unlike = unlike(models);
        let all = Goal::ALL.into_iter().filter_map(|goal| {
            let samples = gathered.iter().map(|one| goal.values(one));
            Some((goal, samples.collect::<Option<Vec<_>>>()?))
        });
        let allowed = |goal: Goal| unlike.iter().all(|unlike| unlike.allows(goal));
        let (weighed, shown): (Vec<_>, Vec<_>) = all.partition(|(goal, _)| allowed(*goal));
        let (goals, samples): (Vec<_>, Vec<_>) = weighed.into_iter().unzip();
        let objectives = goals.into_iter().zip(&samples);
        let besides = shown.into_iter().map(|(goal, all)| (goal, means(&all)));
        Self {
            objectives: objectives.filter_map(|(goal, all)| objective(goal, all, level)).collect(),
            besides: besides.filter(|(_, means)| means.len() == gathered.len()).collect(),
            priced: gathered.iter().any(|one| one.measure_named("money.total").is_some()),
            pareto: match samples.is_empty() {
                true => vec![true; gathered.len()],
                false => statistics::pareto(&samples, level),
            },
            unlike,
        }
    }

    /// A goal, if it is weighed.
    #[must_use]
    pub fn objective(&self, goal: Goal) -> Option<&Objective> {
        self.objectives.iter().find(|objective| objective.goal == goal)
    }

    /// The means of a goal in every variant, whether it is weighed or not; `None`: they have none of it.
    fn means(&self, goal: Goal) -> Option<&[f64]> {
        let besides = || self.besides.iter().find(|(own, _)| *own == goal);
        let weighed = self.objective(goal).map(|objective| &objective.means);
        weighed.or_else(|| besides().map(|(_, means)| means)).map(Vec::as_slice)
    }

    /// Whether the variants have anything of a goal, weighed or not.
    #[must_use]
    pub fn has(&self, goal: Goal) -> bool {
        self.means(goal).is_some()
    }

    /// The mean of a goal in a variant.
    #[must_use]
    pub fn mean(&self, goal: Goal, variant: usize) -> Option<f64> {
        self.means(goal).map(|means| means[variant])
    }

    /// Whether the variants differ in a goal, weighed or not.
    #[must_use]
    pub fn varies_in(&self, goal: Goal) -> bool {
        self.means(goal).is_some_and(vary)
    }

    /// Whether the variants cover different times, so that nothing is weighed.
    #[must_use]
    pub fn covers_other_times(&self) -> bool {
        self.unlike.iter().any(|unlike| matches!(unlike, Unlike::Times(_)))
    }

    /// That they do, behind a note; else nothing.
    #[must_use]
    pub(crate) fn other_times(&self) -> &'static str {
        if self.covers_other_times() { "; they cover different times" } else { "" }
    }

    /// Whether the variants differ in anything that is weighed.
    #[must_use]
    pub fn varies(&self) -> bool {
        self.objectives.iter().any(Objective::varies)
    }

    /// Whether a variant may have the least downtime, as far as the replications show.
    #[must_use]
    pub fn may_have_least_downtime(&self, variant: usize) -> bool {
        let downtime = self.objective(Goal::Downtime);
        downtime.is_none_or(|downtime| downtime.least.may_be[variant])
    }

    /// What a table or a chart marks a variant with; what is true of every variant is no mark.
    #[must_use]
    pub fn marks(&self, variant: usize) -> Marks {
        let separated = self.objective(Goal::Downtime).is_some_and(Objective::is_separated);
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
    Some(Objective { goal, means: means(samples), needed: needed.collect(), least })
}

fn means(samples: &[Vec<f64>]) -> Vec<f64> {
    samples.iter().filter_map(|own| Moments::of(own).average()).collect()
}

fn vary(means: &[f64]) -> bool {
    means.iter().any(|mean| *mean != means[0])
}
