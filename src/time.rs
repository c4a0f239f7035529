//! Instants and lengths of time: integer nanoseconds, never a float, never an epsilon.
//!
//! Not a calendar: an instant counts from the start of the run, and a registration may lie
//! before it, so instants are signed.

use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// An instant: nanoseconds since the start of the run (negative: before it).
///
/// Arithmetic saturates at [`Time::NEVER`], so an unset timer needs no special case.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Time(pub i64);

/// A length of time in nanoseconds.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Span(pub i64);

/// Nanoseconds in a second.
pub const NANOS: i64 = 1_000_000_000;

/// The longest horizon and the longest duration a scenario may name: 100 years of 365 days.
/// Sums of two of them stay far from the end of the clock (292 years).
pub const LONGEST: Span = Span::from_secs(100 * 365 * 86_400);

impl Time {
    /// The start of the run.
    pub const ZERO: Self = Self(0);
    /// An instant that never comes.
    pub const NEVER: Self = Self(i64::MAX);

    /// The instant `secs` whole seconds after the start.
    #[must_use]
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs * NANOS)
    }

    /// Whether this instant is ever reached.
    #[must_use]
    pub const fn comes(self) -> bool {
        self.0 != i64::MAX
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// A length that never ends (a timer set to `"never"`).
    pub const NEVER: Self = Self(i64::MAX);

    /// A length of `secs` whole seconds.
    #[must_use]
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs * NANOS)
    }

    /// A length of `millis` whole milliseconds.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis * 1_000_000)
    }

    /// The nearest whole number of nanoseconds, ties to even, at least 0 and at most [`LONGEST`].
    #[must_use]
    pub fn from_secs_f64(secs: f64) -> Self {
        let nanos = libm::rint(secs * NANOS as f64);
        if nanos.is_nan() || nanos <= 0.0 {
            Self::ZERO
        } else if nanos >= LONGEST.0 as f64 {
            LONGEST
        } else {
            Self(nanos as i64)
        }
    }

    /// Seconds as a float, for statistics and pictures only.
    #[must_use]
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / NANOS as f64
    }

    /// Whether this length ends.
    #[must_use]
    pub const fn ends(self) -> bool {
        self.0 != i64::MAX
    }
}

/// The sum, or the end of the clock. Hardly any sum comes there, so a jump that is never taken costs least.
#[inline(always)]
fn sum(one: i64, other: i64) -> i64 {
    one.checked_add(other).unwrap_or_else(|| end(other > 0))
}

/// The difference, or the end of the clock.
#[inline(always)]
fn difference(one: i64, other: i64) -> i64 {
    one.checked_sub(other).unwrap_or_else(|| end(other < 0))
}

#[cold]
#[inline(never)]
const fn end(late: bool) -> i64 {
    if late { i64::MAX } else { i64::MIN }
}

impl Add<Span> for Time {
    type Output = Self;
    fn add(self, span: Span) -> Self {
        Self(sum(self.0, span.0))
    }
}

impl AddAssign<Span> for Time {
    fn add_assign(&mut self, span: Span) {
        *self = *self + span;
    }
}

impl Sub<Span> for Time {
    type Output = Self;
    fn sub(self, span: Span) -> Self {
        Self(difference(self.0, span.0))
    }
}

impl Sub for Time {
    type Output = Span;
    fn sub(self, earlier: Self) -> Span {
        Span(difference(self.0, earlier.0))
    }
}

impl Add for Span {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(sum(self.0, other.0))
    }
}

impl AddAssign for Span {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Span {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(difference(self.0, other.0))
    }
}

impl SubAssign for Span {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

/// Seconds with nine decimals, from the integer: `-1.500000000`.
impl fmt::Display for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&seconds(i128::from(self.0)))
    }
}

/// Seconds since the start with nine decimals.
impl fmt::Display for Time {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        Span(self.0).fmt(out)
    }
}

/// Prints a count of nanoseconds as seconds with nine decimals; sums over agents are 128-bit.
#[must_use]
pub fn seconds(nanos: i128) -> String {
    let sign = if nanos < 0 { "-" } else { "" };
    let size = nanos.unsigned_abs();
    let one = NANOS as u128;
    format!("{sign}{}.{:09}", size / one, size % one)
}
