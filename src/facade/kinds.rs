//! An experiment, a comparison and a sweep before their replications are made, and the answers that follow from
//! replications, wherever these come from.

use rayon::ThreadPool;

use super::compared::Compared;
use super::error::Error;
use super::estimates::Estimates;
use super::progress::Ended;
use super::ranges;
use super::reach;
use super::remarks;
use super::swept::Swept;
use super::variants::Variants;
use crate::experiment::{
    Advice, Answer, Comparison as Made, Grid, Plan, ReplicationStore, SideBySide, closed_forms,
    exceeded,
};
use crate::scenario::set::{Setting, Sweep as Range, Written};

/// An experiment.
pub(crate) struct Experiment {
    pub variants: Variants,
    pub plan: Plan,
}

impl Experiment {
    pub(crate) fn answer<K: ReplicationStore>(
        &self,
        pool: &ThreadPool,
        store: &mut K,
    ) -> Result<Estimates, Error>
    where
        Ended: From<K::Error>,
    {
        let study = self.variants.study();
        let made = self.plan.run(&study, pool, store);
        let made = made.map_err(|ended| self.variants.error(ended.into()))?;
        let model = study.models()[0];
        Ok(Estimates::of(&Answer::new(made, self.plan.level, model.input_sets()), model))
    }
}

/// A comparison. The others are compared with the first variant.
pub(crate) struct Comparison {
    pub variants: Variants,
    pub plan: SideBySide,
    pub names: Vec<String>,
    /// What is set in each of the others and not in the first, where both have the same text.
    pub set: Vec<Vec<Written>>,
}

impl Comparison {
    pub(crate) fn answer<K: ReplicationStore>(
        &self,
        pool: &ThreadPool,
        store: &mut K,
    ) -> Result<Compared, Error>
    where
        Ended: From<K::Error>,
    {
        let study = self.variants.study();
        let sides = self.plan.run(&study, pool, store);
        let sides = sides.map_err(|ended| self.variants.error(ended.into()))?;
        let mut advice = self.advice();
        let each = sides.gathered.iter().zip(study.models());
        let mut found = each.map(|(gathered, model)| exceeded(gathered, model));
        let of_first = found.next().unwrap_or_default();
        remarks::add_exceeded(&mut advice, of_first, found.collect());
        let (names, level) = (self.names.clone(), self.plan.level);
        let made =
            Made::new(names, (sides, study.models()), level, &|| false).ok_or(Error::Stopped)?;
        Ok(Compared::of(Made { advice, ..made }, study.models()))
    }

    /// What is found in the variants before they are simulated, and what is set in them.
    fn advice(&self) -> Advice {
        let (first, others) = (&self.variants.all[0], &self.variants.all[1..]);
        let seen: Vec<_> = others.iter().map(|other| other.seen()).collect();
        let found = remarks::found(first.seen(), &seen).0;
        let set = others.iter().zip(&self.set).map(|(other, set)| (other.meant(), &set[..]));
        Advice {
            remarks: found.into_iter().map(|found| found.remark).collect(),
            changes: reach::changes(first.meant(), set),
            labels: self.names[1..].to_vec(),
            ..Advice::default()
        }
    }
}

/// A sweep. Of the variants the first is today's scenario, the others are the points.
pub(crate) struct Sweep {
    pub variants: Variants,
    pub plan: SideBySide,
    /// What is set, with full paths.
    pub ranges: Vec<Range>,
    /// The settings of the points.
    pub settings: Vec<Vec<Setting>>,
}

impl Sweep {
    pub(crate) fn answer<K: ReplicationStore>(
        &self,
        pool: &ThreadPool,
        store: &mut K,
    ) -> Result<Swept, Error>
    where
        Ended: From<K::Error>,
    {
        let study = self.variants.study();
        let sides = self.plan.run(&study, pool, store);
        let sides = sides.map_err(|ended| self.variants.error(ended.into()))?;
        let distinct = self.variants.distinct();
        let mut advice = ranges::advice(&self.ranges, &self.settings);
        let (today, points) = (&self.variants.all[0], &self.variants.all[1..]);
        let seen: Vec<_> = points.iter().map(|point| point.seen()).collect();
        let found = remarks::found(today.seen(), &seen).0;
        advice.remarks = found.into_iter().map(|found| found.remark).collect();
        let number = self.ranges.len();
        let pairs = points.iter().map(|point| {
            // What was set before, today's scenario has as well.
            let own = point.written.len().saturating_sub(number);
            (point.meant(), &point.written[own..])
        });
        advice.changes = reach::changes(today.meant(), pairs);
        ranges::settle(&mut advice, &self.ranges, distinct.models.len() == 1);
        let (of_today, of_points) = distinct.exceeded(&sides.gathered);
        remarks::add_exceeded(&mut advice, of_today, of_points);
        let parameters = ranges::parameters(&self.ranges, &distinct.at, &advice);
        let how = (self.plan.level, sides.ended);
        let of = (&sides.gathered[..], &distinct.models[..]);
        let grid = Grid::new(parameters, of, &distinct.at, how, &|| false);
        let grid = grid.ok_or(Error::Stopped)?;
        let closed_forms = closed_forms(&sides.gathered[0], &today.model);
        Ok(Swept::of(&Grid { advice, closed_forms, ..grid }, &today.model))
    }
}
