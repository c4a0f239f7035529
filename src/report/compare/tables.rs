//! `compare.csv`, one row per measure and variant, and `differences.csv`, one row per replication
//! and variant.
//!
//! The second is what the charts draw and what other tools may test.

use crate::experiment::Comparison;
use crate::report::between::{between, unit_name};
use crate::report::cells::Cells;
use crate::report::numbers::nine;
use crate::report::table::Table;

/// The header of `compare.csv`.
const COLUMNS: [&str; 19] = [
    "variant",
    "measure",
    "unit",
    "first",
    "first_low",
    "first_high",
    "this",
    "this_low",
    "this_high",
    "difference",
    "difference_low",
    "difference_high",
    "level",
    "method",
    "better_share",
    "better_low",
    "better_high",
    "ties",
    "variance_reduction",
];

/// `compare.csv`.
pub(super) fn measures(comparison: &Comparison) -> Vec<u8> {
    let mut table = Table::with_header(&COLUMNS);
    for (name, contrasts) in comparison.names.iter().skip(1).zip(&comparison.contrasts) {
        for contrast in contrasts {
            table.text(name);
            table.text(&contrast.name);
            table.text(unit_name(contrast.unit));
            for estimate in [&contrast.a, &contrast.b, &contrast.difference] {
                let ends = between(estimate);
                [ends.value, ends.low, ends.high].iter().for_each(|end| table.maybe_show(*end));
            }
            table.show(comparison.level);
            table.text(contrast.difference.method.name());
            let paired = contrast.paired.as_ref();
            let better = paired.map(|paired| between(&paired.share_better));
            let ends = better.map_or([None; 3], |b| [b.value, b.low, b.high]);
            ends.iter().for_each(|end| table.maybe_show(*end));
            table.maybe_show(paired.map(|paired| paired.ties));
            let factor = paired.and_then(|paired| paired.variance_reduction);
            table.maybe_show(factor.and_then(nine));
            table.end();
        }
    }
    table.into_bytes()
}

/// `differences.csv`: every measure that has a value in each replication, less the first variant's.
pub(super) fn differences(comparison: &Comparison) -> Vec<u8> {
    let first = &comparison.gathered[0];
    let names: Vec<&str> = first.measures().iter().map(|measure| measure.name.as_str()).collect();
    let mut table = Table::new();
    ["variant", "replication"].iter().chain(&names).for_each(|name| table.text(name));
    table.end();
    for (variant, other) in comparison.gathered.iter().enumerate().skip(1) {
        let columns: Vec<Vec<Option<f64>>> = names
            .iter()
            .enumerate()
            .map(|(in_a, name)| match other.measure_named(name) {
                Some(in_b) => {
                    let pairs = first.values(in_a).into_iter().zip(other.values(in_b));
                    pairs.map(|(a, b)| Some(b? - a?)).collect()
                }
                None => vec![None; first.count()],
            })
            .collect();
        for (position, replication) in first.replications().enumerate() {
            table.text(&comparison.names[variant]);
            table.show(replication);
            columns.iter().for_each(|column| table.maybe_show(column[position].and_then(nine)));
            table.end();
        }
    }
    table.into_bytes()
}
