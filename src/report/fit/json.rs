//! A fit as JSON with stable field names. Lengths are in seconds.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{FitReport, Kind, estimates};
use crate::fit::{
    Component, Direct, Family, Figure, FirstUpTime, Open, Overlaps, Ranked, Rows, Side, Spread,
    Verdict, ZeroLengths, law_text,
};
use crate::report::schema;

/// A fit.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FitJson<'a> {
    /// Name of the log, as given.
    pub log: &'a str,
    /// The columns in use, by meaning.
    pub columns: BTreeMap<&'a str, &'a str>,
    /// What a row of it is.
    pub row: Rows,
    /// The time zone of dates without an offset.
    pub time_zone: &'a str,
    /// Rows within the observation.
    pub rows: usize,
    /// Outages that they make.
    pub outages: usize,
    /// Rows that begin outside the observation.
    pub rows_outside: usize,
    /// Outages without length that count as the smallest unit.
    pub lengthened: usize,
    /// Outages without an end whose length is unknown (`--open drop`).
    pub dropped: usize,
    /// Components that never failed in the log, and count for nothing.
    pub never_failed: usize,
    /// Most rows that one outage is made of.
    pub most_rows: usize,
    /// Columns that were not used.
    pub unused_columns: &'a [String],
    /// Start of the observation; null: nothing is known before a component's first row.
    pub from: Option<String>,
    /// End of the observation.
    pub until: String,
    /// What overlapping outages are.
    pub overlaps: Overlaps,
    /// What outages without length are.
    pub zero_lengths: ZeroLengths,
    /// What outages without an end are.
    pub open: Open,
    /// What the first up time of a component is.
    pub first_up_time: FirstUpTime,
    /// The plain figures of one component.
    pub answer: AnswerJson,
    /// The components.
    pub components: &'a [Component],
    /// Time to repair.
    pub repair: SideJson,
    /// Time to failure.
    pub failure: SideJson,
    /// Number of resamples behind the intervals.
    pub bootstrap: usize,
    /// Their seed.
    pub seed: u64,
    /// Resamples that could not be fitted and were replaced.
    pub replaced: u64,
    /// The `[[fault]]` to paste.
    pub fault: &'a str,
}

/// The plain figures of one component.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AnswerJson {
    /// Mean time from a repair to the next failure, in seconds.
    pub mean_time_between_failures_s: Option<FigureJson>,
    /// Mean time to repair, in seconds.
    pub mean_time_to_repair_s: Option<FigureJson>,
    /// Share of time in which it is up, in the long run.
    pub availability: Option<FigureJson>,
    /// Outages per year of 365 days.
    pub outages_per_year: Option<FigureJson>,
    /// Downtime per year, in seconds.
    pub downtime_per_year_s: Option<FigureJson>,
    /// Outages that begin in one year; 95 % of all years are in the range.
    pub outages_in_one_year: Option<SpreadJson>,
    /// Downtime in one year, in seconds.
    pub downtime_in_one_year_s: Option<SpreadJson>,
    /// Years that were drawn for that.
    pub years_drawn: u64,
    /// Outages per year by the means of the chosen laws.
    pub outages_per_year_by_laws: Option<f64>,
    /// Downtime per year by the means of the chosen laws, in seconds.
    pub downtime_per_year_by_laws_s: Option<f64>,
    /// Up time that the log shows, of all components together, in seconds.
    pub up_s: f64,
    /// Downtime that it shows, in seconds.
    pub down_s: f64,
}

/// An estimate with its interval over the resamples.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FigureJson {
    /// Estimate, from the sums of the log.
    pub value: f64,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// The range of a single year.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SpreadJson {
    /// Lower end.
    pub low: f64,
    /// Median.
    pub median: f64,
    /// Upper end.
    pub high: f64,
}

/// One kind of length.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SideJson {
    /// Lengths that were seen to their end.
    pub exact: usize,
    /// Lengths that the end of the observation cut off.
    pub censored: usize,
    /// Median, 95th percentile and 99th percentile of the empirical curve, in seconds.
    pub quantiles_s: [Option<f64>; 3],
    /// Why there is no law.
    pub without: Option<&'static str>,
    /// The chosen law as the scenario language writes it.
    pub law: Option<String>,
    /// Its parameters.
    pub parameters: Vec<ParameterJson>,
    /// All fitted laws, best first.
    pub ranked: Vec<RankedJson>,
    /// Families that could not be fitted.
    pub left_out: Vec<LeftOutJson>,
}

/// An estimate with its interval.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ParameterJson {
    /// Name.
    pub name: &'static str,
    /// `s` or none.
    pub unit: Option<&'static str>,
    /// Estimate.
    pub value: f64,
    /// Lower end of the interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Level of the interval.
    pub level: f64,
}

/// A law with its figures.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RankedJson {
    /// Family.
    pub law: Family,
    /// As the scenario language writes it.
    pub written: String,
    /// Number of parameters.
    pub parameters: usize,
    /// Whether it is the chosen one.
    pub chosen: bool,
    /// Log-likelihood; null: infinite.
    pub log_likelihood: Option<f64>,
    /// Akaike's information criterion; null: infinite.
    pub aic: Option<f64>,
    /// The same with the correction for small samples, by which laws are ranked; null: infinite.
    pub aicc: Option<f64>,
    /// Kolmogorov-Smirnov distance.
    pub ks: f64,
    /// Its mean, in seconds.
    pub mean_s: f64,
    /// Anderson-Darling figure; null: infinite.
    pub ad: Option<f64>,
    /// What the distance says.
    pub verdict: Verdict,
}

/// A family that could not be fitted.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LeftOutJson {
    /// Family.
    pub law: Family,
    /// Why it could not be fitted.
    pub reason: &'static str,
}

/// A fit, ready to be written as JSON.
#[must_use]
pub fn fit_json<'a>(telling: &'a FitReport<'a>) -> FitJson<'a> {
    let observed = telling.observed;
    let [repair, failure] = telling.kinds();
    FitJson {
        log: telling.name,
        columns: telling.log.used.iter().map(|(role, name)| (*role, name.as_str())).collect(),
        row: telling.log.kind,
        time_zone: telling.log.clock.zone().unwrap_or("UTC"),
        rows: observed.rows(),
        outages: observed.outages(),
        rows_outside: observed.outside,
        lengthened: observed.lengthened,
        dropped: observed.dropped,
        never_failed: observed.never_failed,
        most_rows: observed.most_rows,
        unused_columns: &telling.log.unused,
        from: observed.from.map(|at| telling.instant(at)),
        until: telling.instant(observed.until),
        overlaps: telling.policies.overlaps,
        zero_lengths: telling.policies.zero_lengths,
        open: telling.policies.open,
        first_up_time: telling.policies.first_up_time,
        answer: answer(telling.direct),
        components: &observed.components,
        repair: side(&repair),
        failure: side(&failure),
        bootstrap: telling.sets.len(),
        seed: telling.seed,
        replaced: telling.replaced,
        fault: telling.fault,
    }
}

fn answer(direct: &Direct) -> AnswerJson {
    let figure = |one: Figure| FigureJson {
        value: one.value,
        low: one.interval.map(|interval| interval.low),
        high: one.interval.map(|interval| interval.high),
    };
    let spread =
        |one: Spread| SpreadJson { low: one.range.low, median: one.median, high: one.range.high };
    let (both, years) = (direct.both, direct.both.and_then(|both| both.years));
    AnswerJson {
        mean_time_between_failures_s: direct.between_s.map(figure),
        mean_time_to_repair_s: direct.repair_s.map(figure),
        availability: both.map(|both| figure(both.availability)),
        outages_per_year: both.map(|both| figure(both.outages)),
        downtime_per_year_s: both.map(|both| figure(both.downtime_s)),
        outages_in_one_year: years.map(|years| spread(years.outages)),
        downtime_in_one_year_s: years.map(|years| spread(years.downtime_s)),
        years_drawn: years.map_or(0, |years| years.drawn),
        outages_per_year_by_laws: both.map(|both| both.by_laws[0]),
        downtime_per_year_by_laws_s: both.map(|both| both.by_laws[1]),
        up_s: direct.up_s,
        down_s: direct.down_s,
    }
}

/// The JSON Schema of `fit.json`.
#[must_use]
pub fn fit_schema() -> serde_json::Value {
    schema::<FitJson<'_>>()
}

fn side(kind: &Kind<'_>) -> SideJson {
    let given = kind.side.ok();
    let ranked = |side: &Side| {
        let each = side.ranked.iter().enumerate();
        each.map(|(index, one)| self::ranked(one, index == side.choice)).collect()
    };
    let left_out = |side: &Side| {
        side.left_out.iter().map(|(law, why)| LeftOutJson { law: *law, reason: why }).collect()
    };
    SideJson {
        exact: given.map_or(0, |side| side.sample.exact.len()),
        censored: given.map_or(0, |side| side.sample.censored.len()),
        quantiles_s: [0.5, 0.95, 0.99].map(|share| given?.curve.quantile(share)),
        without: kind.side.err(),
        law: given.map(|side| law_text(&side.chosen().law)),
        parameters: given.map_or(Vec::new(), |side| parameters(side, kind)),
        ranked: given.map_or(Vec::new(), ranked),
        left_out: given.map_or(Vec::new(), left_out),
    }
}

fn parameters(side: &Side, kind: &Kind<'_>) -> Vec<ParameterJson> {
    let all = estimates(&side.chosen().law, &kind.refitted).into_iter();
    all.map(|(name, value, is_length, interval)| ParameterJson {
        name,
        unit: is_length.then_some("s"),
        value,
        low: interval.map(|interval| interval.low),
        high: interval.map(|interval| interval.high),
        level: crate::fit::LEVEL / 100.0,
    })
    .collect()
}

fn ranked(one: &Ranked, chosen: bool) -> RankedJson {
    let finite = |figure: f64| figure.is_finite().then_some(figure);
    RankedJson {
        law: one.law.family(),
        written: law_text(&one.law),
        parameters: one.law.family().parameters(),
        chosen,
        log_likelihood: finite(one.ln_likelihood),
        aic: finite(one.aic),
        aicc: finite(one.aicc),
        ks: one.ks,
        mean_s: one.law.mean(),
        ad: one.ad,
        verdict: one.verdict,
    }
}
