//! Exact numbers for output: seconds from integer nanoseconds, ratios from two integers.
//!
//! Never through a float: what is printed is the integer, cut at nine decimals where it must be.

use std::fmt;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::time::{NANOS, Span, seconds};

/// A sum of lengths of time in nanoseconds; 128 bits, since it may run over all agents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Total(pub i128);

impl Total {
    /// Adds one length.
    pub fn add(&mut self, span: Span) {
        self.0 += i128::from(span.0);
    }

    /// Seconds as a float, for pictures only.
    #[must_use]
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / NANOS as f64
    }
}

impl From<Span> for Total {
    fn from(span: Span) -> Self {
        Self(i128::from(span.0))
    }
}

/// Seconds with nine decimals.
impl fmt::Display for Total {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&seconds(self.0))
    }
}

impl Serialize for Total {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        decimal(seconds(self.0), serializer)
    }
}

impl JsonSchema for Total {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Seconds".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "number",
            "description": "Seconds, with exactly nine decimals."
        })
    }
}

/// A part of a whole, kept as two integers; a part of nothing has no value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ratio {
    /// The part, 0 to `whole`.
    pub part: i128,
    /// The whole.
    pub whole: i128,
}

impl Ratio {
    /// Billionths, rounded down, so that 1 means all of it; `None` of an empty whole.
    #[must_use]
    pub fn billionths(self) -> Option<i128> {
        (self.whole > 0).then(|| self.part * i128::from(NANOS) / self.whole)
    }

    /// The ratio as a float, for pictures and sentences only; `None` of an empty whole.
    #[must_use]
    pub fn as_f64(self) -> Option<f64> {
        self.billionths().map(|billionths| billionths as f64 / NANOS as f64)
    }
}

/// Nine decimals, rounded down; empty if there is no whole.
impl fmt::Display for Ratio {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.billionths().map_or(Ok(()), |billionths| out.write_str(&seconds(billionths)))
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.billionths() {
            Some(billionths) => decimal(seconds(billionths), serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl JsonSchema for Ratio {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Ratio".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": ["number", "null"],
            "description": "Part of the whole in [0, 1], nine decimals, rounded down; null of an empty whole."
        })
    }
}

/// A number with exactly the digits given.
pub(super) fn decimal<S: Serializer>(digits: String, serializer: S) -> Result<S::Ok, S::Error> {
    RawValue::from_string(digits).map_err(serde::ser::Error::custom)?.serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_digits() {
        let cases = [
            (0, "0.000000000"),
            (1, "0.000000001"),
            (101 * i128::from(NANOS), "101.000000000"),
            (123_456_789_012_345_678_901_234_567_890, "123456789012345678901.234567890"),
        ];
        for (nanos, digits) in cases {
            assert_eq!(serde_json::to_string(&Total(nanos)).ok().as_deref(), Some(digits));
        }
    }

    #[test]
    fn a_ratio_is_rounded_down_and_of_nothing_is_null() {
        let json = |part, whole| serde_json::to_string(&Ratio { part, whole }).unwrap_or_default();
        assert_eq!(json(2, 3), "0.666666666");
        assert_eq!(json(i128::from(i64::MAX) - 1, i128::from(i64::MAX)), "0.999999999");
        assert_eq!(json(5, 5), "1.000000000");
        assert_eq!(json(0, 0), "null");
    }
}
