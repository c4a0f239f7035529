//! Keys of the experiment and of thresholds. It holds no value.

use super::Absent::{Default, Means, Required};
use super::Shape::{Count, Duration, Percentage, Quantity, QuantityAboveZero, Text, Texts};
use super::{TableDef, key};

/// The most replications that may be asked for.
const MOST: u64 = 100_000_000;

/// `[experiment]`.
pub static EXPERIMENT: TableDef = TableDef {
    header: "[experiment]",
    name: "experiment",
    doc: "How many replications there are: a fixed number, or as many as a precision needs. An \
          interval is precise when its half-width is within `precision` of its value, or within \
          `absolute-precision`. Names of measures are in [measures.md](measures.md); what the \
          numbers mean is in [experiments.md](experiments.md).",
    keys: &[
        key(
            "replications",
            Count(1, MOST),
            Means("as many as the precision needs"),
            "Fixed number of replications.",
        ),
        key(
            "precision",
            Percentage(0, 100),
            Means("not asked for"),
            "Half-width of the interval over its value.",
        ),
        key(
            "absolute-precision",
            QuantityAboveZero,
            Means("not asked for"),
            "Half-width of the interval, in the unit of the measures, so that rare ones can stop.",
        ),
        key(
            "measures",
            Texts,
            Default("[\"downtime_s.total\"]"),
            "The measures that must become precise.",
        ),
        key("confidence", Percentage(50, 100), Default("\"95%\""), "Level of all intervals."),
        key(
            "max-replications",
            Count(1, MOST),
            Default("10000"),
            "Maximum number of replications.",
        ),
        key(
            "max-time",
            Duration,
            Means("no limit"),
            "No new replication is started after this much time (wall clock).",
        ),
    ],
    vendor: false,
};

/// `[[threshold]]`.
pub static THRESHOLD: TableDef = TableDef {
    header: "[[threshold]]",
    name: "threshold",
    doc: "A bound that a measure must keep: `at-most` or `at-least`, one of the two, in the \
          measure's unit: a duration for times, a bare number for counts, a percentage for shares.",
    keys: &[
        key("measure", Text, Required, "The measure; see [measures.md](measures.md)."),
        key("at-most", Quantity, Means("`at-least`"), "It must not be above this."),
        key("at-least", Quantity, Means("`at-most`"), "It must not be below this."),
    ],
    vendor: false,
};
