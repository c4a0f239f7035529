//! `fit.csv`, the ranking; `bootstrap.csv`, the refitted laws of every resample; lengths for an
//! empirical law.

use super::FitReport;
use crate::fit::{Fitted, Sample, Set};

/// The ranking: a row per law, time to repair first.
#[must_use]
pub fn ranking_csv(telling: &FitReport<'_>) -> Vec<u8> {
    let mut out =
        String::from("time,rank,law,parameters,chosen,log_likelihood,aic,aicc,ks,ad,verdict\n");
    for kind in telling.kinds() {
        let Ok(side) = kind.side else { continue };
        for (index, one) in side.ranked.iter().enumerate() {
            let cells = [
                kind.key.to_owned(),
                (index + 1).to_string(),
                one.law.family().name().to_owned(),
                one.law.family().parameters().to_string(),
                (index == side.choice).to_string(),
                finite(one.ln_likelihood),
                finite(one.aic),
                finite(one.aicc),
                format!("{:.6}", one.ks),
                one.ad.map_or(String::new(), |ad| format!("{ad:.6}")),
                super::tables::verdict_word(one.verdict).to_owned(),
            ];
            out += &cells.join(",");
            out.push('\n');
        }
    }
    out.into_bytes()
}

/// A figure, empty where it is infinite.
fn finite(figure: f64) -> String {
    if figure.is_finite() { format!("{figure:.6}") } else { String::new() }
}

/// The resamples: a row per set, the laws of both times with their parameters; lengths in seconds.
/// A scenario reads it as `uncertainty`. Empty unless both times have laws.
#[must_use]
pub fn bootstrap_csv(sets: &[Set]) -> Option<Vec<u8>> {
    let complete: Option<Vec<(Fitted, Fitted)>> =
        sets.iter().map(|set| set.failure.zip(set.repair)).collect();
    let complete = complete.filter(|sets| !sets.is_empty())?;
    let (failure, repair) = complete[0];
    let header = [columns("failure", &failure), columns("repair", &repair)].concat();
    let mut out = format!("set,{}\n", header.join(","));
    for (number, (failure, repair)) in complete.iter().enumerate() {
        let cells = [cells(failure), cells(repair)].concat();
        out += &format!("{number},{}\n", cells.join(","));
    }
    Some(out.into_bytes())
}

fn columns(time: &str, law: &Fitted) -> Vec<String> {
    let own = law.parameters().into_iter().map(|one| {
        let unit = if one.is_length { "_s" } else { "" };
        format!("{time}_{}{unit}", one.name)
    });
    std::iter::once(format!("{time}_law")).chain(own).collect()
}

fn cells(law: &Fitted) -> Vec<String> {
    let values = law.parameters().into_iter().map(|one| decimal(one.value));
    std::iter::once(law.family().name().to_owned()).chain(values).collect()
}

/// Nine decimals, those of the simulator's clock, without closing zeros.
fn decimal(value: f64) -> String {
    let text = format!("{value:.9}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The exact lengths of a sample, ascending, in a column `seconds`.
pub(super) fn lengths_csv(sample: &Sample) -> Vec<u8> {
    let rows = sample.exact.iter().map(|secs| decimal(*secs) + "\n");
    std::iter::once("seconds\n".to_owned()).chain(rows).collect::<String>().into_bytes()
}
