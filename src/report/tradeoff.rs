//! The first sentences about several variants: what they trade against each other, and which of
//! them the replications do not separate.
//!
//! No single winner is named where the replications do not show one.

use crate::experiment::{Goal, Objective, Tradeoff};
use crate::model::Unit;

use super::numbers::value;
use super::{unlike, words};

/// More variants than this are not named in one sentence: the table marks them.
const LISTED: usize = 8;

/// More replications than this are not proposed.
const MOST: u64 = 1_000_000;

/// Variants and what they are called.
pub(super) struct Variants<'a> {
    /// What they trade.
    pub(super) tradeoff: &'a Tradeoff,
    /// Number of replications.
    pub(super) replications: usize,
    /// What one of them is: a point, a variant.
    pub(super) noun: &'static str,
    /// The name of one, by its position.
    pub(super) name: &'a dyn Fn(usize) -> String,
}

impl Variants<'_> {
    /// The sentences, each on a line of its own.
    pub(super) fn sentences(&self) -> String {
        let mut all = unlike::notes(self.tradeoff, self.noun);
        if !self.tradeoff.objectives.is_empty() {
            all.extend(self.verdicts());
        }
        all.into_iter().map(|sentence| sentence + "\n").collect()
    }

    /// What is shown of what is weighed.
    fn verdicts(&self) -> Vec<String> {
        if !self.tradeoff.varies() {
            let runs = words::counted(self.replications as u64, "replication", "replications");
            let (noun, all) = (self.noun, self.goals());
            return vec![format!("No difference seen in {runs}: every {noun} has the same {all}.")];
        }
        let downtime = self.tradeoff.objective(Goal::Downtime);
        let all =
            [Some(self.first()), downtime.and_then(|own| self.apart(own)), Some(self.pareto())];
        all.into_iter().flatten().collect()
    }

    /// What is traded against what, as far as the replications show it.
    fn first(&self) -> String {
        let chosen = |of: fn(&Objective) -> bool| {
            let objectives = self.tradeoff.objectives.iter();
            objectives.filter(|one| of(one)).collect::<Vec<_>>()
        };
        let separated = chosen(Objective::is_separated);
        if separated.is_empty() {
            let (noun, all) = (self.noun, self.goals());
            return format!("The replications do not separate the {noun}s in any of {all}.");
        }
        let may_be_best = |variant: &usize| separated.iter().all(|one| one.least.may_be[*variant]);
        let best: Vec<usize> = (0..self.tradeoff.pareto.len()).filter(may_be_best).collect();
        let varying = chosen(Objective::varies);
        let bests = self.bests(&varying);
        match (&bests[..], best.is_empty()) {
            ([only], _) => format!("No trade-off seen: {only}."),
            (_, true) => format!("Trade-off: {}.", bests.join("; ")),
            (_, false) => format!(
                "A trade-off is possible, but these replications do not show it: {}.{}",
                bests.join("; "),
                self.would_show(&varying, &best)
            ),
        }
    }

    /// How many replications would show that a variant that may be best in everything is not; empty
    /// where that is not known.
    fn would_show(&self, varying: &[&Objective], best: &[usize]) -> String {
        let of = |variant: &usize| varying.iter().filter_map(|one| one.needed[*variant]).min();
        let needed: Option<Vec<u64>> = best.iter().map(of).collect();
        match needed.and_then(|all| all.into_iter().max()).filter(|needed| *needed <= MOST) {
            Some(needed) => format!(" About {} replications would.", words::count(needed)),
            None => String::new(),
        }
    }

    /// Everything that is weighed, in words.
    fn goals(&self) -> String {
        let goals = self.tradeoff.objectives.iter().map(|one| one.goal.name());
        listed(&goals.collect::<Vec<_>>())
    }

    fn pareto(&self) -> String {
        let pareto = &self.tradeoff.pareto;
        let all: Vec<usize> = (0..pareto.len()).filter(|one| pareto[*one]).collect();
        format!("Not dominated (Pareto set): {}.", self.list(&all))
    }

    /// The variants with the least of something, each once, with what all of the trade costs there. Of equal ones it is
    /// the one that has the least of most.
    fn bests(&self, objectives: &[&Objective]) -> Vec<String> {
        let mut left: Vec<usize> = (0..objectives.len()).collect();
        let mut bests: Vec<(Vec<usize>, usize)> = Vec::new();
        let variants = 0..self.tradeoff.pareto.len();
        while !left.is_empty() {
            let led = |variant: usize| -> Vec<usize> {
                left.iter().copied().filter(|at| objectives[*at].is_led_by(variant)).collect()
            };
            let each = variants.clone().map(|variant| (led(variant), variant));
            // The last of the largest is taken: turned round, it is the first.
            let Some(best) = each.rev().max_by_key(|(led, _)| led.len()) else { break };
            if best.0.is_empty() {
                break;
            }
            left.retain(|at| !best.0.contains(at));
            bests.push(best);
        }
        bests.sort();
        let each = bests.iter().map(|(led, variant)| {
            let names: Vec<&str> = led.iter().map(|at| objectives[*at].goal.name()).collect();
            format!("least {} with {}", listed(&names), self.costs(*variant))
        });
        each.collect()
    }

    /// A variant with what it costs.
    fn costs(&self, variant: usize) -> String {
        let varying = self.tradeoff.objectives.iter().filter(|one| one.varies());
        let costs = varying.map(|one| match one.goal {
            Goal::Downtime => format!("{} per agent", value(one.means[variant], Unit::Time)),
            Goal::LateCalls => {
                format!("{} of {}", value(one.means[variant], Unit::Share), one.goal.name())
            }
            goal => format!("{} {}", value(one.means[variant], Unit::Count), goal.name()),
        });
        let costs: Vec<String> = costs.collect();
        format!("{} ({})", (self.name)(variant), costs.join(", "))
    }

    /// Which variants cannot be distinguished in downtime, and what would separate them.
    fn apart(&self, downtime: &Objective) -> Option<String> {
        if !downtime.varies() {
            return None;
        }
        let number = downtime.means.len();
        let may_be: Vec<usize> = (0..number).filter(|one| downtime.least.may_be[*one]).collect();
        let how = format!(
            "paired differences, Bonferroni over {}",
            words::counted(number.saturating_sub(1) as u64, "comparison", "comparisons")
        );
        if let [only] = may_be[..] {
            let (only, noun) = ((self.name)(only), self.noun);
            return Some(format!("{only} has less downtime than every other {noun} ({how})."));
        }
        let others = may_be.iter().filter(|one| **one != downtime.least.smallest);
        let smallest = downtime.means[downtime.least.smallest];
        let known = |one: &&usize| downtime.needed[**one].is_some();
        let unknown = others.clone().find(|one| !known(one) && downtime.means[**one] > smallest);
        let needed: Option<Vec<u64>> = others.map(|one| downtime.needed[*one]).collect();
        let needed = needed.and_then(|all| all.into_iter().max()).filter(|needed| *needed <= MOST);
        let needed = match needed {
            Some(needed) => {
                format!("About {} replications would separate them.", words::count(needed))
            }
            None if unknown.is_some() => {
                "These are too few to say how many replications would separate them.".to_owned()
            }
            None => "More replications would hardly separate them.".to_owned(),
        };
        let set = self.list(&may_be);
        Some(format!("Any of {set} may have the least downtime ({how}). {needed}"))
    }

    fn list(&self, variants: &[usize]) -> String {
        let shown = variants.iter().take(LISTED).map(|one| (self.name)(*one));
        let mut all: Vec<String> = shown.collect();
        if variants.len() > LISTED {
            all.push(format!("{} more", words::count((variants.len() - LISTED) as u64)));
        }
        listed(&all.iter().map(String::as_str).collect::<Vec<_>>())
    }
}

/// `a, b and c`; where a name has a comma of its own, `a, b; c, d and e, f`.
pub(super) fn listed(all: &[&str]) -> String {
    let between = if all.iter().any(|one| one.contains(", ")) { "; " } else { ", " };
    match all {
        [] => "none".to_owned(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(between)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Least;

    /// An objective: the means, which variants may have the least, what would separate them.
    fn objective(
        goal: Goal,
        means: [f64; 3],
        may_be: [bool; 3],
        needed: [Option<u64>; 3],
    ) -> Objective {
        let smallest = (0..3).min_by(|a, b| means[*a].total_cmp(&means[*b])).unwrap_or(0);
        let least = Least { smallest, may_be: may_be.to_vec() };
        Objective { goal, means: means.to_vec(), least, needed: needed.to_vec() }
    }

    /// Between variants that differ in nothing that forbids to weigh.
    fn tradeoff(objectives: Vec<Objective>, pareto: Vec<bool>) -> Tradeoff {
        Tradeoff { objectives, besides: vec![], unlike: vec![], priced: false, pareto }
    }

    /// Flaps and peak logins that are the same everywhere.
    fn told(downtime: Objective, needless: Objective, pareto: [bool; 3]) -> String {
        let same = |goal| objective(goal, [4.0; 3], [true; 3], [None; 3]);
        let objectives = vec![downtime, needless, same(Goal::Flaps), same(Goal::PeakLogins)];
        let tradeoff = tradeoff(objectives, pareto.to_vec());
        let name = |variant: usize| ["today", "20", "90"][variant].to_owned();
        Variants { tradeoff: &tradeoff, replications: 7, noun: "point", name: &name }.sentences()
    }

    const ALL: [bool; 3] = [true; 3];
    const NONE: [Option<u64>; 3] = [None; 3];

    #[test]
    fn a_trade_off_is_said_with_both_costs() {
        let downtime = objective(Goal::Downtime, [120.0, 60.0, 180.0], [false, true, false], NONE);
        let needless =
            objective(Goal::NeedlessSwitchovers, [30.0, 900.0, 0.0], [false, false, true], NONE);
        assert_eq!(
            told(downtime, needless, ALL),
            "Trade-off: least downtime with 20 (60.0 s per agent, 900 needless switchovers); \
             least needless switchovers with 90 (3.00 min per agent, 0 needless switchovers).\n\
             20 has less downtime than every other point (paired differences, Bonferroni over 2 comparisons).\n\
             Not dominated (Pareto set): today, 20 and 90.\n"
        );
    }

    #[test]
    fn one_that_is_best_in_everything_is_no_trade_off() {
        let downtime = objective(Goal::Downtime, [120.0, 60.0, 180.0], [false, true, false], NONE);
        let needless =
            objective(Goal::NeedlessSwitchovers, [30.0, 0.0, 40.0], [false, true, false], NONE);
        assert_eq!(
            told(downtime, needless, [false, true, false]),
            "No trade-off seen: least downtime and needless switchovers with 20 (60.0 s per agent, 0 needless \
             switchovers).\n\
             20 has less downtime than every other point (paired differences, Bonferroni over 2 comparisons).\n\
             Not dominated (Pareto set): 20.\n"
        );
    }

    #[test]
    fn points_that_are_not_separated_have_no_winner() {
        let needless = || objective(Goal::NeedlessSwitchovers, [0.0; 3], ALL, NONE);
        let open = |needed| {
            let downtime = objective(Goal::Downtime, [62.0, 60.0, 61.0], ALL, needed);
            told(downtime, needless(), ALL)
        };
        let first = "The replications do not separate the points in any of downtime, needless switchovers, \
                     flaps and peak logins.\n\
                     Any of today, 20 and 90 may have the least downtime (paired differences, Bonferroni over \
                     2 comparisons). ";
        let last = "Not dominated (Pareto set): today, 20 and 90.\n";
        let few = "About 4,000 replications would separate them.\n";
        assert_eq!(open([Some(300), None, Some(4_000)]), format!("{first}{few}{last}"));
        let hardly = "More replications would hardly separate them.\n";
        assert_eq!(open([Some(300), None, Some(2_000_000)]), format!("{first}{hardly}{last}"));
        let unknown = "These are too few to say how many replications would separate them.\n";
        assert_eq!(open([None, None, Some(300)]), format!("{first}{unknown}{last}"));
    }

    #[test]
    fn what_is_not_shown_yet_is_no_absence_of_a_trade_off() {
        let downtime = objective(Goal::Downtime, [120.0, 60.0, 180.0], [false, true, false], NONE);
        let needed = [Some(9), Some(40), None];
        let needless = objective(Goal::NeedlessSwitchovers, [90.0, 147.0, 25.0], ALL, needed);
        assert_eq!(
            told(downtime.clone(), needless, ALL).lines().next(),
            Some(
                "A trade-off is possible, but these replications do not show it: least downtime with 20 (60.0 s per \
                 agent, 147 needless switchovers); least needless switchovers with 90 (3.00 min per agent, 25 needless \
                 switchovers). About 40 replications would."
            )
        );
        let unknown = objective(Goal::NeedlessSwitchovers, [90.0, 147.0, 25.0], ALL, NONE);
        let told = told(downtime, unknown, ALL);
        assert!(
            told.lines().next().is_some_and(|line| line.ends_with("25 needless switchovers)."))
        );
    }

    #[test]
    fn of_equal_variants_the_one_that_leads_in_the_rest_is_named() {
        let downtime = objective(Goal::Downtime, [120.0, 60.0, 180.0], [false, true, false], NONE);
        let needless = objective(Goal::NeedlessSwitchovers, [0.0, 0.0, 7.0], ALL, NONE);
        let told = told(downtime, needless, ALL);
        assert_eq!(
            told.lines().next(),
            Some(
                "No trade-off seen: least downtime and needless switchovers with 20 (60.0 s per agent, 0 needless \
                 switchovers)."
            )
        );
    }

    #[test]
    fn names_with_commas_are_told_apart() {
        assert_eq!(listed(&["timeout 10, login 5", "today"]), "timeout 10, login 5 and today");
        let three = ["timeout 10, login 5", "timeout 20, login 5", "today"];
        assert_eq!(listed(&three), "timeout 10, login 5; timeout 20, login 5 and today");
    }

    #[test]
    fn a_long_list_is_cut() {
        let tradeoff = tradeoff(vec![], vec![true; 20]);
        let name = |variant: usize| variant.to_string();
        let variants =
            Variants { tradeoff: &tradeoff, replications: 7, noun: "point", name: &name };
        let all: Vec<usize> = (0..20).collect();
        assert_eq!(variants.list(&all), "0, 1, 2, 3, 4, 5, 6, 7 and 12 more");
        assert_eq!(variants.list(&all[..8]), "0, 1, 2, 3, 4, 5, 6 and 7");
    }

    #[test]
    fn nothing_differs() {
        let downtime = objective(Goal::Downtime, [60.0; 3], ALL, NONE);
        let needless = objective(Goal::NeedlessSwitchovers, [1.0; 3], ALL, NONE);
        assert_eq!(
            told(downtime, needless, ALL),
            "No difference seen in 7 replications: every point has the same downtime, needless switchovers, flaps and \
             peak logins.\n"
        );
    }
}
