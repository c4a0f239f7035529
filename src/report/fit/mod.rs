//! A fit as files, text and charts. It computes nothing that `fit` could.

mod cautions;
mod csv;
mod direct;
mod intake;
mod json;
mod tables;
mod text;

use csv::lengths_csv;
pub use csv::{bootstrap_csv, ranking_csv};
pub use json::{FitJson, fit_json, fit_schema};
pub use text::{brief, text};

use crate::fit::{Direct, Family, Fitted, Interval, Log, Observed, Policies, Set, Side};
use crate::report::charts::FittedChart;
use crate::report::words;
use crate::time::Time;

/// Everything that is reported of a fit.
#[derive(Debug)]
pub struct FitReport<'a> {
    /// Name of the log, as given.
    pub name: &'a str,
    /// The log as read.
    pub log: &'a Log,
    /// How it was understood.
    pub policies: Policies,
    /// Its result.
    pub observed: &'a Observed,
    /// The outages with their laws, or why there are none.
    pub repair: Result<&'a Side, &'static str>,
    /// The up times with their laws, or why there are none.
    pub failure: Result<&'a Side, &'static str>,
    /// The resamples.
    pub sets: &'a [Set],
    /// Seed of the resamples.
    pub seed: u64,
    /// Resamples that could not be fitted and were replaced.
    pub replaced: u64,
    /// The folder of the files, as a scenario beside it would name it.
    pub folder: &'a str,
    /// The plain figures.
    pub direct: &'a Direct,
    /// The `[[fault]]` to paste.
    pub fault: &'a str,
}

/// One of the two kinds of lengths, with the words for it.
pub(super) struct Kind<'a> {
    /// The key of a `[[fault]]`.
    pub(super) key: &'static str,
    /// File name of its chart.
    pub(super) chart: &'static str,
    /// Folder of its files.
    pub(super) folder: &'a str,
    /// File name of its lengths.
    pub(super) lengths: &'static str,
    /// What it is called.
    pub(super) title: &'static str,
    /// One length.
    pub(super) one: &'static str,
    /// Several lengths.
    pub(super) many: &'static str,
    /// The laws.
    pub(super) side: Result<&'a Side, &'static str>,
    /// The laws of the resamples.
    pub(super) refitted: Vec<Fitted>,
}

impl FitReport<'_> {
    /// The lengths that were all seen to their end, by file name: columns for an empirical law.
    #[must_use]
    pub fn lengths(&self) -> Vec<(&'static str, Vec<u8>)> {
        let whole = |kind: Kind<'_>| {
            let side = kind.side.ok().filter(|side| side.sample.censored.is_empty())?;
            Some((kind.lengths, lengths_csv(&side.sample)))
        };
        self.kinds().into_iter().filter_map(whole).collect()
    }

    /// The charts, by file name.
    #[must_use]
    pub fn charts(&self) -> Vec<(&'static str, String)> {
        let drawn = |kind: Kind<'_>| {
            let side = kind.side.ok()?;
            let (exact, cut) = (side.sample.exact.len() as u64, side.sample.censored.len());
            let mut note = words::counted(exact, kind.one, kind.many);
            if cut > 0 {
                note += &format!(" seen whole, {cut} cut off by the end of the observation");
            }
            let file = self.name.rsplit(['/', '\\']).next().unwrap_or(self.name);
            let title = format!("{} ({file})", kind.title);
            let (note, refitted) = (&format!("{note}."), &kind.refitted[..]);
            let chart = FittedChart { title: &title, note, side, refitted };
            Some((kind.chart, chart.draw()))
        };
        self.kinds().into_iter().filter_map(drawn).collect()
    }

    /// An instant as the log writes it.
    pub(super) fn instant(&self, at: Time) -> String {
        self.log.clock.show(self.log.style, at)
    }

    /// Time to repair and time to failure.
    pub(super) fn kinds(&self) -> [Kind<'_>; 2] {
        let refitted = |of: fn(&Set) -> Option<Fitted>| self.sets.iter().filter_map(of).collect();
        [
            Kind {
                key: "repair",
                chart: "fit-repair.svg",
                folder: self.folder,
                lengths: "repair-lengths.csv",
                title: "Time to repair",
                one: "outage",
                many: "outages",
                side: self.repair,
                refitted: refitted(|set| set.repair),
            },
            Kind {
                key: "failure",
                chart: "fit-failure.svg",
                folder: self.folder,
                lengths: "failure-lengths.csv",
                title: "Time to failure",
                one: "up time",
                many: "up times",
                side: self.failure,
                refitted: refitted(|set| set.failure),
            },
        ]
    }
}

/// The parameters of a law and its mean, each with its interval, if there is one: name, value,
/// whether it is a length, interval.
pub(super) fn estimates(
    law: &Fitted,
    refitted: &[Fitted],
) -> Vec<(&'static str, f64, bool, Option<Interval>)> {
    let intervals = crate::fit::intervals(refitted);
    let mut all: Vec<_> =
        law.parameters().iter().map(|one| (one.name, one.value, one.is_length)).collect();
    // Of an exponential or gamma law the mean is a parameter already.
    let has_mean = matches!(law.family(), Family::Exponential | Family::Gamma | Family::Constant);
    if !has_mean {
        let name = if law.family() == Family::Hyperexponential { "overall mean" } else { "mean" };
        all.push((name, law.mean(), true));
    }
    let place =
        |(index, (name, value, is_length))| (name, value, is_length, intervals.get(index).copied());
    all.into_iter().enumerate().map(place).collect()
}
