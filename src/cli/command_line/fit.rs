//! The command that makes a fit again: every option that is not at its default.

use clap::ValueEnum;

use super::CommandLine;
use crate::cli::args::{
    FirstUpTimeArg, Fit, Kind, OpenArg, OverlapsArg, RESAMPLES, SEED, ZeroLengthsArg,
};
use crate::report::Input;

impl CommandLine {
    /// The fit of a log.
    #[must_use]
    pub(crate) fn fit(asked: &Fit, log: &Input) -> Self {
        let columns = asked.columns.iter().map(|(role, name)| format!("{}={name}", role.name()));
        let columns: Vec<String> = columns.collect();
        let columns = Some(columns.join(",")).filter(|columns| !columns.is_empty());
        let laws = asked.laws.iter().map(|(kind, family)| match kind {
            Kind::Repair => format!("repair={}", family.name()),
            Kind::Failure => format!("failure={}", family.name()),
        });
        let own = Self::new("fit", std::slice::from_ref(log))
            .value("--component", asked.component.clone())
            .value("--columns", columns)
            .value("--rows", asked.rows.as_ref().and_then(name))
            .value("--date-format", asked.date_format.clone())
            .value("--time-zone", asked.time_zone.clone())
            .value("--overlaps", other(&asked.overlaps, &OverlapsArg::default()))
            .value("--zero-lengths", other(&asked.zero_lengths, &ZeroLengthsArg::default()))
            .value("--open", other(&asked.open, &OpenArg::default()))
            .value("--from", asked.from.clone())
            .value("--until", asked.until.clone())
            .value("--first-up-time", other(&asked.first_up_time, &FirstUpTimeArg::default()));
        laws.fold(own, |own, law| own.value("--law", Some(law)))
            .value("--target", asked.target.clone())
            .value("--bootstrap", Some(asked.bootstrap).filter(|number| *number != RESAMPLES))
            .value("--seed", Some(asked.seed).filter(|seed| *seed != SEED))
    }
}

/// The name of a value as it is typed.
fn name(value: &impl ValueEnum) -> Option<String> {
    value.to_possible_value().map(|value| value.get_name().to_owned())
}

/// The name of a value, unless it is the usual one.
fn other<V: ValueEnum + PartialEq>(value: &V, usual: &V) -> Option<String> {
    name(value).filter(|_| value != usual)
}
