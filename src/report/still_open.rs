//! That outages were still open when runs ended, where several variants are shown; and what else was open behind a measure.

use crate::experiment::{Contrast, Open, contrast_of};
use crate::report::words;

/// The measure that counts them.
pub(super) const OPEN: &str = "outages.censored";

/// In how many variants there were such outages: in the first of each contrast, or in the other.
pub(super) fn sentence<'c>(
    others: impl Iterator<Item = &'c [Contrast]> + Clone,
    first: Option<&[Contrast]>,
    nouns: [&str; 2],
) -> Option<String> {
    let own = |contrasts: &[Contrast]| contrast_of(contrasts, OPEN).and_then(|open| open.b.value);
    let today = first.and_then(|all| contrast_of(all, OPEN)).map(|open| open.a.value);
    let all: Vec<Option<f64>> = today.into_iter().chain(others.map(own)).collect();
    let open = all.iter().flatten().filter(|open| **open > 0.0).count();
    let [one, many] = nouns;
    let of = words::counted(all.len() as u64, one, many);
    (open > 0).then(|| {
        format!(
            "In {} of {of} outages were still open at the end ({OPEN}): durations count them at the \
             length so far.",
            words::count(open as u64)
        )
    })
}

/// What was open behind a measure, as part of a sentence.
pub(super) fn what(open: Open) -> String {
    match open {
        Open::Outages(count) => {
            format!("{} still open at the end", words::counted(count, "outage was", "outages were"))
        }
        Open::Restores(count) => {
            format!(
                "{} still under way at the end",
                words::counted(count, "restore was", "restores were")
            )
        }
        Open::Replications(count) => {
            format!(
                "that was not reached in {}",
                words::counted(count, "replication", "replications")
            )
        }
    }
}

/// That it was open and how long it would have lasted, as the subject of a sentence.
pub(super) const fn length_of(open: Open) -> &'static str {
    match open {
        Open::Outages(_) => "outages were still open at the end, and how long they last",
        Open::Restores(_) => "restores were still under way at the end, and how long they take",
        Open::Replications(_) => "it was not reached in all replications, and how long it takes",
    }
}
