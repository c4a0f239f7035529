//! A comparison for a terminal: a verdict in sentences, then the measures side by side.
//!
//! A difference is never shown without its interval.

use crate::experiment::{Comparison, Contrast, Ended, Goal, contrast_of};
use crate::measures::DOWNTIME_PER_AGENT;
use crate::model::{Model, Unit};
use crate::report::advice;
use crate::report::experiment::has_rates;
use crate::report::layout::Screen;
use crate::report::numbers::{Scale, percent, value};
use crate::report::{still_open, unlike, words};
use crate::statistics::Paired;

use super::{overview, side_by_side};

/// The whole text of a comparison with this model as the first; laid out for a screen.
#[must_use]
pub fn text(comparison: &Comparison, first: &Model, screen: Screen) -> String {
    let mut out = advice::sentences(&comparison.advice);
    if !out.is_empty() {
        out.push('\n');
    }
    if comparison.contrasts.len() > 1 {
        out += &format!("{}\n", basis(comparison));
        out += &still_open(comparison).map_or_else(String::new, |open| format!("{open}\n"));
        out.push('\n');
        out += &overview::text(comparison, first, screen.width);
        return out + &advice::footnotes(&comparison.advice);
    }
    for (other, contrasts) in comparison.contrasts.iter().enumerate() {
        let (a, b) = (&comparison.names[0], &comparison.names[other + 1]);
        out += &format!("{}\n\n", screen.bold(&format!("A: {a}\nB: {b}")));
        for sentence in sentences(comparison, contrasts, &first.prices.currency) {
            out += &sentence;
            out.push('\n');
        }
        out.push('\n');
        let long = has_rates(first);
        out += &side_by_side::table(contrasts, comparison.level, long, screen.width);
        out.push('\n');
    }
    out += &advice::footnotes(&comparison.advice);
    out
}

/// How many replications, of what, and why not more.
fn basis(comparison: &Comparison) -> String {
    let number = comparison.gathered[0].count() as u64;
    let runs = words::counted(number, "replication", "replications");
    let of = if comparison.names.len() > 2 { "each variant" } else { "both" };
    let level = words::level(comparison.level);
    let why = match comparison.ended {
        Ended::Complete => "",
        Ended::Decided => "; then the differences were as precise as requested",
        Ended::AtMost => {
            "; the maximum was reached before the differences were as precise as requested"
        }
        Ended::OutOfTime => "; the time limit was reached before all of them were done",
    };
    format!("{runs} of {of} under the same faults and random draws, {level} intervals{why}.")
}

/// That outages were still open, if any was.
fn still_open(comparison: &Comparison) -> Option<String> {
    let contrasts = comparison.contrasts.iter().map(Vec::as_slice);
    let first = comparison.contrasts.first().map(Vec::as_slice);
    still_open::sentence(contrasts, first, ["variant", "variants"])
}

/// `currency`: of the prices; empty where none is named.
fn sentences(comparison: &Comparison, contrasts: &[Contrast], currency: &str) -> Vec<String> {
    let tradeoff = &comparison.tradeoff;
    let mut all = vec![basis(comparison)];
    all.extend(still_open(comparison));
    all.extend(unlike::notes(tradeoff, "variant"));
    let weighed = |goal: &Goal| tradeoff.objective(*goal).is_some();
    let main = contrast_of(contrasts, DOWNTIME_PER_AGENT).filter(|_| weighed(&Goal::Downtime));
    let too_few = || "There are not enough replications to distinguish the two.".to_owned();
    all.extend(main.map(|_| DOWNTIME.said(contrasts, "").unwrap_or_else(too_few)));
    all.extend(main.and_then(|contrast| wins(contrast.paired.as_ref()?)));
    let unit = |besides: &Weighed| if besides.measure == MONEY { currency } else { "" };
    let besides = BESIDES.iter().filter(|besides| match &besides.goal {
        Some(goal) => weighed(goal),
        None => !tradeoff.covers_other_times(),
    });
    all.extend(besides.filter_map(|besides| besides.said(contrasts, unit(besides))));
    all
}

/// Something of which less is better, in words: of which there is less, more, or as much.
struct Weighed {
    /// As what it is weighed; `None`: it is said only.
    goal: Option<Goal>,
    measure: &'static str,
    less: &'static str,
    more: &'static str,
    unknown: &'static str,
    same: &'static str,
    /// What the difference is per: ` per agent`.
    per: &'static str,
}

/// What is weighed in money.
const MONEY: &str = "money.total";

/// What decides.
const DOWNTIME: Weighed = Weighed {
    goal: Some(Goal::Downtime),
    measure: DOWNTIME_PER_AGENT,
    less: "B has less downtime than A",
    more: "B has more downtime than A",
    unknown: "It is not certain which has less downtime",
    same: "Downtime is the same in both, in every replication.",
    per: " per agent",
};

/// What is said besides, where a scenario has it: of calls the failed ones of both variants, since what faults add to them
/// is less where fewer calls are served anyway.
const BESIDES: [Weighed; 4] = [
    Weighed {
        goal: Some(Goal::FailedCalls),
        measure: "all_calls.failed",
        less: "Fewer calls fail in B",
        more: "More calls fail in B",
        unknown: "It is not certain in which fewer calls fail",
        same: "As many calls fail in both, in every replication.",
        per: " per replication",
    },
    Weighed {
        goal: Some(Goal::LateCalls),
        measure: "all_calls.service_level",
        less: "A smaller share of the calls is answered in time in B",
        more: "A larger share of the calls is answered in time in B",
        unknown: "It is not certain in which a larger share of the calls is answered in time",
        same: "The same share of the calls is answered in time in both, in every replication.",
        per: "",
    },
    Weighed {
        goal: Some(Goal::CallsOfFaults),
        measure: "all_calls.cost.failed",
        less: "Fewer calls fail because of the faults in B",
        more: "More calls fail because of the faults in B",
        unknown: "It is not certain in which fewer calls fail because of the faults",
        same: "As many calls fail because of the faults in both, in every replication.",
        per: " per replication",
    },
    Weighed {
        goal: None,
        measure: MONEY,
        less: "The outages cost less in B",
        more: "The outages cost more in B",
        unknown: "It is not certain in which the outages cost less",
        same: "The outages cost the same in both, in every replication.",
        per: " per replication",
    },
];

impl Weighed {
    /// What can be said of it, in a unit that is no unit of measures; `None`: the scenario has none of it, or there are not
    /// enough replications.
    fn said(&self, contrasts: &[Contrast], unit: &str) -> Option<String> {
        let contrast = contrast_of(contrasts, self.measure)?;
        let (value, interval) = (contrast.difference.value?, contrast.difference.interval?);
        let told = match interval {
            _ if interval.low == 0.0 && interval.high == 0.0 => return Some(self.same.to_owned()),
            i if i.high < 0.0 => self.less,
            i if i.low > 0.0 => self.more,
            _ => self.unknown,
        };
        let scale = Scale::of_difference(&contrast.difference, contrast.unit);
        let (value, ends, per) = (scale.full(value), scale.interval(interval), self.per);
        let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        Some(format!("{told}: B - A is {value}{unit}{per} ({ends})."))
    }
}

fn wins(paired: &Paired) -> Option<String> {
    let pairs = paired.better + paired.ties + paired.worse;
    let share = |number: u64| percent(number as f64 / pairs.max(1) as f64);
    let ties = match paired.ties {
        0 => String::new(),
        ties => format!(", the same in {}", share(ties)),
    };
    let factor = paired.variance_reduction?;
    Some(format!(
        "B is better in {} of the replications, worse in {}{ties}. With independent random draws the same interval \
         would need {} times as many replications.",
        share(paired.better),
        share(paired.worse),
        value(libm::round(factor * 10.0) / 10.0, Unit::Count)
    ))
}
