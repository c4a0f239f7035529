//! No log makes `fit` panic: shipped logs, cut, spliced and overwritten, and any bytes at all.

use proptest::prelude::*;
use switchover::diagnostic::Source;
use switchover::fit::{
    FirstUpTime, Open, Overlaps, Policies, Reading, Resampling, Side, ZeroLengths, fault_text,
    law_text, observe, read,
};
use switchover::time::Time;

use crate::bless::root;
use crate::invalid::{FOLDER, files_ending};

/// What is put into a log.
const PIECES: &[&str] = &[
    "",
    ",",
    "\"",
    "\n",
    "\r\n",
    ";",
    "\t",
    "#",
    "-",
    "1e9",
    "0",
    "99999999999",
    "3153600000",
    "-3153600000",
    "2025-02-30",
    "1970-01-01T00:00Z",
    "9999-12-31T23:59:59Z",
    "100y",
    "1ns",
    "é",
    "\u{feff}",
    "component",
    "start",
    "end",
    "duration",
    "time",
    "state",
    "up",
    "down",
    ".",
    "2025-01-01T10:00Z",
];

fn logs() -> Vec<Vec<u8>> {
    let names = files_ending(".csv").into_iter().map(|name| format!("{FOLDER}/{name}"));
    let names = names.chain(["scenarios/logs/outages.csv".to_owned()]);
    names.map(|name| std::fs::read(root(&name)).expect("a log")).collect()
}

/// Reads, orders, fits, resamples and writes under both kinds of policies.
fn survive(bytes: &[u8]) -> Result<(), TestCaseError> {
    let source = Source::from_bytes("log.csv", bytes);
    let lenient = Policies {
        overlaps: Overlaps::Merge,
        zero_lengths: ZeroLengths::Smallest,
        first_up_time: FirstUpTime::Whole,
        open: Open::Drop,
        from: Some(Time::ZERO),
        ..Policies::default()
    };
    for policies in [Policies::default(), lenient] {
        match read(bytes, &Reading::default()).and_then(|log| observe(&log, &policies)) {
            Err(found) => {
                for one in &found.found {
                    prop_assert!(!one.render(&source, false).is_empty());
                    prop_assert!(one.to_json(&source).primary.line > 0);
                }
            }
            Ok(observed) => {
                for sample in [observed.repairs(), observed.up_times()] {
                    let Ok(side) = Side::fit(sample, None) else { continue };
                    prop_assert!(side.ranked.iter().all(|one| one.law.expressible()));
                    prop_assert!(!law_text(&side.chosen().law).is_empty());
                    let law = Some(&side.chosen().law);
                    let cycles = &observed.cycles;
                    let resampling = Resampling { cycles, seed: 1, failure: law, repair: None };
                    let _ = resampling.set(0);
                }
            }
        }
    }
    let fault = switchover::fit::Fault {
        name: &source.text()[..source.text().floor_char_boundary(20)],
        target: None,
        failure: Err(""),
        repair: Err(""),
        uncertainty: None,
    };
    prop_assert!(fault_text(&fault).parse::<toml::Table>().is_ok());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_logs_are_survived(
        which in 0usize..100,
        changes in prop::collection::vec((0.0..1.0f64, 0usize..30, 0usize..100), 0..6),
    ) {
        let logs = logs();
        let mut text = logs[which % logs.len()].clone();
        for (place, cut, piece) in changes {
            let start = (place * text.len() as f64) as usize;
            let end = (start + cut).min(text.len());
            text.splice(start..end, PIECES[piece % PIECES.len()].bytes());
        }
        survive(&text)?;
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        survive(&bytes)?;
    }

    #[test]
    fn any_lengths_are_survived(lengths in prop::collection::vec((0u64..40, 0u64..40), 1..30)) {
        let mut text = "start,duration\n".to_owned();
        let mut at = 0_u64;
        for (up, down) in lengths {
            // Spread over many orders of magnitude, with ties.
            at += 1 << up;
            text += &format!("{},{}ns\n", at / 1_000_000_000, 1u64 << down);
        }
        survive(text.as_bytes())?;
    }
}
