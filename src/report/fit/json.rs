//! A fit as JSON with stable field names. Lengths are in seconds.

use serde::Serialize;

use super::{Kind, Telling, estimates};
use crate::fit::{
    Component, Family, FirstUpTime, Overlaps, Ranked, Side, Verdict, ZeroLengths, law_text,
};

/// A fit.
#[derive(Debug, Serialize)]
pub struct FitJson<'a> {
    /// Name of the log, as given.
    pub log: &'a str,
    /// Rows within the observation.
    pub rows: usize,
    /// Outages that they make.
    pub outages: usize,
    /// Rows that begin outside the observation.
    pub rows_outside: usize,
    /// Outages without length that count as the smallest unit.
    pub lengthened: usize,
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
    /// What the first up time of a component is.
    pub first_up_time: FirstUpTime,
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

/// One kind of length.
#[derive(Debug, Serialize)]
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
#[derive(Debug, Serialize)]
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
#[derive(Debug, Serialize)]
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
    /// Kolmogorov-Smirnov distance.
    pub ks: f64,
    /// Anderson-Darling figure; null: infinite.
    pub ad: Option<f64>,
    /// What the distance says.
    pub verdict: Verdict,
}

/// A family that could not be fitted.
#[derive(Debug, Serialize)]
pub struct LeftOutJson {
    /// Family.
    pub law: Family,
    /// Why it could not be fitted.
    pub reason: &'static str,
}

/// A fit, ready to be written as JSON.
#[must_use]
pub fn fit_json<'a>(telling: &'a Telling<'a>) -> FitJson<'a> {
    let observed = telling.observed;
    let [repair, failure] = telling.kinds();
    FitJson {
        log: telling.log,
        rows: observed.rows(),
        outages: observed.outages(),
        rows_outside: observed.outside,
        lengthened: observed.lengthened,
        unused_columns: telling.unused,
        from: observed.from.map(|at| telling.style.show(at)),
        until: telling.style.show(observed.until),
        overlaps: telling.policies.overlaps,
        zero_lengths: telling.policies.zero_lengths,
        first_up_time: telling.policies.first_up_time,
        components: &observed.components,
        repair: side(&repair),
        failure: side(&failure),
        bootstrap: telling.sets.len(),
        seed: telling.seed,
        replaced: telling.replaced,
        fault: telling.fault,
    }
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
        ks: one.ks,
        ad: one.ad,
        verdict: one.verdict,
    }
}
