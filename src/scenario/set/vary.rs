//! A path with a range to search in: `PATH`, `PATH=LOW..HIGH`, `PATH=LOW..HIGH step STEP`. Without a
//! range it is taken from the value in force. It sets nothing and searches nothing.

use super::path::{self, Path, Setting};
use super::range::{Exact, Spaced, Written};
use super::sweep::quantity;
use crate::options;
use crate::time::NANOS;

/// How many times smaller and larger than the value in force a usual range reaches.
const REACH: i128 = 8;

/// About how many steps of a usual range lead from zero to the value in force.
const STEPS: i128 = 50;

/// About how many steps a range without a step has where its values are not whole by nature.
const FINE: i128 = 200;

/// Most values of a range.
const MOST: i128 = 1_000_000_000;

/// At most this many values are all tried.
const FEW: u64 = 9;

/// Ends of a range from which on its quarters are taken by factors.
const WIDE: f64 = 8.0;

/// A range whose end is at least this many times its beginning begins near 0.
const NEAR: f64 = 128.0;

/// How many times such a range is halved.
const HALVES: u32 = 6;

/// A path with a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vary {
    /// What is varied.
    pub path: Path,
    /// The range as typed.
    range: Option<String>,
    values: Option<Values>,
}

/// The values of a range, in rising order; at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Values(Spaced);

impl Vary {
    /// Reads `PATH`, `PATH=LOW..HIGH` or `PATH=LOW..HIGH step STEP`.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Ok((path, range)) = path::split(text) else {
            return Ok(Self { path: Path::parse(text)?, range: None, values: None });
        };
        let range = range.trim();
        let Some((low, high)) = range.split_once("..") else {
            return Err(format!("`{range}` is no range; write PATH=LOW..HIGH, or PATH alone"));
        };
        let (high, step) = match high.split_once(" step ") {
            Some((high, step)) => (quantity(high)?, Some(quantity(step)?)),
            None => (quantity(high)?, None),
        };
        let low = quantity(low)?;
        let step = step.map(|step| step.in_the_unit_of(low));
        let step = step.or_else(|| usual_step(low, high));
        let values = step.ok_or("has too many digits".to_owned());
        let values = values.and_then(|step| Values::new(low, high, step));
        let values = values.map_err(|wrong| format!("`{range}` {wrong}"))?;
        Ok(Self { path, range: Some(range.to_owned()), values: Some(values) })
    }

    /// The same of another path.
    #[must_use]
    pub fn of(self, path: Path) -> Self {
        Self { path, ..self }
    }

    /// As it is typed.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.range {
            Some(range) => format!("{}={range}", self.path),
            None => self.path.to_string(),
        }
    }

    /// The values to search in: those of its range, else some around the value in force, if that
    /// is a number above zero.
    #[must_use]
    pub fn values(&self, in_force: Option<&str>) -> Option<Values> {
        self.values.or_else(|| Values::around(Exact::typed(in_force?)?))
    }

    /// Its path set to one of the values.
    #[must_use]
    pub fn setting(&self, values: &Values, position: u64) -> Setting {
        Setting::new(self.path.clone(), &values.text(position))
    }
}

impl Values {
    fn new(low: Exact, high: Exact, step: Exact) -> Result<Self, String> {
        let spaced = Spaced::new(low, high, step)?;
        match spaced.count() {
            count if count > MOST => Err(format!("has {count} values; {MOST} is the most")),
            _ => Ok(Self(spaced)),
        }
    }

    /// From an eighth of a value to eight times the value; the value is one of them.
    fn around(value: Exact) -> Option<Self> {
        let percent = value.written == Written::Percent;
        let value = value.rescaled(if percent { FINEST } else { value.decimals })?;
        let step = match value.digits {
            ..1 => return None,
            _ if value.is_whole() => Some(1),
            digits if percent => nice_below(digits / STEPS).find(|step| digits % step == 0),
            digits => lengths_below(digits / STEPS).find(|step| digits % step == 0),
        }?;
        let low = (value.digits / REACH).max(step);
        let low = (low + step - 1) / step * step;
        let most = if percent { 100_000 } else { i128::MAX };
        let high = value.digits.checked_mul(REACH)?.min(most).max(value.digits);
        let [low, high, step] = [low, high, step].map(|digits| Exact { digits, ..value });
        Self::new(low, high, step.in_its_own_unit()).ok()
    }

    /// Number of values.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.0.count() as u64
    }

    /// A value as it may be typed.
    #[must_use]
    pub fn text(&self, position: u64) -> String {
        self.0.at(position.into()).text()
    }

    /// A value in base units: a number, a share from 0 to 1, seconds, a number per second.
    #[must_use]
    pub fn number(&self, position: u64) -> f64 {
        self.0.at(position.into()).number()
    }

    /// The distance between two neighbours, as it may be typed.
    #[must_use]
    pub fn step(&self) -> String {
        self.0.step().text()
    }

    /// The unit that a path's bare numbers have, if the values are bare numbers; else empty.
    #[must_use]
    pub fn unit_of(&self, path: &Path) -> &'static str {
        match self.0.at(0).written {
            Written::Plain => options::unit_of(&path.to_string()),
            _ => "",
        }
    }

    /// The position of a value as it is typed; `None`: it is none of them.
    #[must_use]
    pub fn position(&self, value: &str) -> Option<u64> {
        self.0.position(Exact::typed(value)?).and_then(|found| found.try_into().ok())
    }

    /// What is tried before anything is known: both ends and three values between them, evenly by
    /// distance or, over a wide range, by factors; of a range that begins at or near 0 also halves of
    /// it, again and again, and the first value after its beginning; of a short range all values. In
    /// rising order.
    #[must_use]
    pub fn first_tries(&self, in_force: Option<u64>) -> Vec<u64> {
        let last = self.count() - 1;
        if last < FEW {
            return (0..=last).collect();
        }
        let (low, high) = (self.number(0), self.number(last));
        let place = |quarter: f64| {
            let value = if low > 0.0 && high / low >= WIDE {
                low * libm::pow(high / low, quarter)
            } else {
                low + (high - low) * quarter
            };
            let share = (value - low) / (high - low);
            (libm::round(share * last as f64) as u64).min(last)
        };
        let quarters = [0.25, 0.5, 0.75].map(place);
        let mut all: Vec<u64> = quarters.into_iter().chain(in_force).chain([0, last]).collect();
        if low * NEAR <= high {
            all.extend((1..=HALVES).map(|times| last >> times));
            all.push(1);
        }
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Decimals of a percentage whose steps are not whole by nature.
const FINEST: u32 = 3;

impl Exact {
    /// Whether its values are whole by nature, or written with a fixed number of decimals: numbers
    /// and rates.
    const fn is_whole(self) -> bool {
        matches!(self.written, Written::Plain | Written::Rate(..))
    }

    /// A duration in the unit of another, or the coarsest below it in which it has no decimals.
    fn in_the_unit_of(self, other: Self) -> Self {
        match (self.written, other.written) {
            (Written::Length(..), Written::Length(..)) => {
                Self { written: other.written, ..self }.in_its_own_unit()
            }
            _ => self,
        }
    }

    /// A duration in the coarsest unit up to its own in which it has no decimals; one that is counted
    /// in seconds or longer is not written in less than seconds.
    fn in_its_own_unit(self) -> Self {
        let Written::Length(own, size) = self.written else { return self };
        let second = i128::from(NANOS);
        if size >= second && self.digits % second != 0 {
            return Self { written: Written::Length("s", second), ..self };
        }
        let long =
            [("d", 86_400 * second), ("h", 3_600 * second), ("m", 60 * second), ("s", second)];
        let short = [("ms", second / 1_000), ("us", second / 1_000_000), ("ns", 1)];
        let units = std::iter::once((own, size)).chain(long).chain(short);
        let fits = |(_, unit): &(&str, i128)| *unit <= size && self.digits % unit == 0;
        let unit = units.into_iter().find(fits);
        unit.map_or(self, |(name, unit)| Self { written: Written::Length(name, unit), ..self })
    }
}

/// The step of a range that has none: the last digit of numbers and rates, else a 1, 2 or 5 with
/// zeros that makes about two hundred steps.
fn usual_step(low: Exact, high: Exact) -> Option<Exact> {
    let decimals = low.decimals.max(high.decimals);
    if low.is_whole() {
        return Some(Exact { digits: 1, decimals, ..low });
    }
    let decimals = if low.written == Written::Percent { decimals.max(FINEST) } else { decimals };
    let length = high.rescaled(decimals)?.digits - low.rescaled(decimals)?.digits;
    let digits = match low.written {
        Written::Length(..) => lengths_below(length / FINE).next(),
        _ => nice_below(length / FINE).next(),
    };
    let digits = digits.unwrap_or(1);
    Some(Exact { digits, decimals, ..low }.in_its_own_unit())
}

/// Every 1, 2 or 5 with zeros up to a number, the largest first; at least 1.
fn nice_below(most: i128) -> impl Iterator<Item = i128> {
    let powers = (0..30).rev().map(|zeros| 10_i128.pow(zeros));
    let all = powers.flat_map(|power| [5, 2, 1].map(|digit| digit * power));
    all.filter(move |nice| *nice <= most.max(1))
}

/// Every length that people count in up to one in nanoseconds, the longest first: above a second halves
/// and quarters of minutes, of hours and of days.
fn lengths_below(most: i128) -> impl Iterator<Item = i128> {
    let second = i128::from(NANOS);
    let days = nice_below(most / (86_400 * second)).map(move |days| days * 86_400 * second);
    let days = days.filter(move |length| *length <= most);
    let long = LENGTHS.into_iter().map(move |seconds| seconds * second);
    let short = nice_below(most.min(second / 2));
    days.chain(long.filter(move |length| *length <= most)).chain(short)
}

/// Lengths from a second to half a day, in seconds, the longest first.
const LENGTHS: [i128; 16] =
    [43_200, 21_600, 7_200, 3_600, 1_800, 900, 600, 300, 120, 60, 30, 15, 10, 5, 2, 1];

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(values: &Values) -> [String; 4] {
        let last = values.count() - 1;
        [values.count().to_string(), values.text(0), values.text(last), values.step()]
    }

    #[test]
    fn ranges_have_a_step() {
        for (range, expected) in [
            ("1/s..60/s", ["60", "1/s", "60/s", "1/s"]),
            ("100..5000", ["4901", "100", "5000", "1"]),
            ("100..5000 step 50", ["99", "100", "5000", "50"]),
            ("0.5/s..2/s", ["16", "0.5/s", "2/s", "0.1/s"]),
            ("30s..5m", ["271", "30s", "300s", "1s"]),
            ("0s..1h", ["241", "0s", "3600s", "15s"]),
            ("1h..9h", ["241", "60m", "540m", "2m"]),
            ("1h..30d", ["360", "1h", "719h", "2h"]),
            ("10%..100%", ["451", "10%", "100%", "0.2%"]),
            ("0s..30s", ["301", "0s", "30s", "0.1s"]),
            ("0s..2m step 100ms", ["1201", "0s", "120s", "0.1s"]),
            ("0ms..2s", ["201", "0ms", "2000ms", "10ms"]),
        ] {
            let vary = Vary::parse(&format!("a.b={range}")).unwrap();
            let found = shown(&vary.values(None).unwrap());
            assert_eq!(found, expected, "{range}");
            assert_eq!(vary.text(), format!("a.b={range}"));
        }
    }

    #[test]
    fn without_a_range_the_value_in_force_is_in_the_middle() {
        for (value, expected) in [
            ("25/s", ["198", "3/s", "200/s", "1/s"]),
            ("\"25/s\"", ["198", "3/s", "200/s", "1/s"]),
            ("600", ["4726", "75", "4800", "1"]),
            ("3", ["24", "1", "24", "1"]),
            ("60s", ["473", "8s", "480s", "1s"]),
            ("5s", ["394", "0.7s", "40s", "0.1s"]),
            ("30m", ["473", "240s", "14400s", "30s"]),
            ("90%", ["89", "12%", "100%", "1%"]),
        ] {
            let values = Vary::parse("a").unwrap().values(Some(value)).unwrap();
            assert_eq!(shown(&values), expected, "{value}");
            assert!(values.position(value).is_some(), "{value}");
        }
        for value in ["0", "0s", "never", "stay", "{ uniform = [1, 2] }"] {
            assert_eq!(Vary::parse("a").unwrap().values(Some(value)), None, "{value}");
        }
    }

    #[test]
    fn what_is_tried_first() {
        let tries = |range: &str, in_force: &str| {
            let values = Vary::parse(&format!("a={range}")).unwrap().values(None).unwrap();
            let tried = values.first_tries(values.position(in_force));
            tried.into_iter().map(|at| values.text(at)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(tries("1/s..9/s", ""), "1/s 2/s 3/s 4/s 5/s 6/s 7/s 8/s 9/s");
        assert_eq!(tries("4/s..64/s", "25/s"), "4/s 8/s 16/s 25/s 32/s 64/s");
        assert_eq!(tries("10s..110s step 1s", "200s"), "10s 18s 33s 60s 110s");
        assert_eq!(tries("50s..150s step 1s", "200s"), "50s 75s 100s 125s 150s");
        let halves = "0s 1s 3s 6s 12s 25s 50s 75s 100s";
        assert_eq!(tries("0s..100s step 1s", "200s"), halves);
        let halves = "0s 0.5s 1.5s 3.5s 5s 7.5s 15s 30s 60s 90s 120s";
        assert_eq!(tries("0s..120s", "5s"), halves);
        let halves = "1s 2s 5s 10s 20s 25s 40s 80s 127s 160s 320s 640s";
        assert_eq!(tries("1s..640s step 1s", ""), halves);
    }

    #[test]
    fn what_is_no_range_is_said() {
        for (text, said) in [
            ("a=5", "`5` is no range; write PATH=LOW..HIGH, or PATH alone"),
            ("a=9..5", "`9..5` is empty: it ends before it begins"),
            ("a=1..x", "`x` is no number, duration, percentage or rate"),
            ("a=1..2s", "`1..2s` mixes units"),
            ("a=1/s..2/m", "`1/s..2/m` mixes units"),
            ("a=1..5 step 0", "`1..5 step 0` has a step of zero, which leads nowhere"),
            (
                "a=0..1 step 0.0000000001",
                "`0..1 step 0.0000000001` has 10000000001 values; 1000000000 is the most",
            ),
        ] {
            assert_eq!(Vary::parse(text), Err(said.to_owned()), "{text}");
        }
    }
}
