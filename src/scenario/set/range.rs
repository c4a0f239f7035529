//! Exact steps from one quantity to another: decimal numbers, percentages, durations, rates. Whole
//! numbers carry the arithmetic, so that no value drifts. It knows no key.

use toml_edit::Value;

use crate::model::Unit;
use crate::scenario::units;
use crate::time::NANOS;

/// The most values of a sweep.
pub(super) const MOST: usize = 1_000;

/// What a quantity is written in, from coarse to fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Plain,
    Percent,
    /// A duration, by the finest unit in it: name and nanoseconds.
    Length(&'static str, i128),
    /// A rate, by its unit of time: name and nanoseconds.
    Rate(&'static str, i128),
}

/// An exact quantity: `digits` / 10^`decimals`, a duration in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exact {
    pub(super) digits: i128,
    pub(super) decimals: u32,
    pub(super) written: Written,
}

impl Exact {
    /// Reads a number, a percentage, a duration or a rate; `None`: it is none of them.
    #[must_use]
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(number) = text.strip_suffix('%') {
            let (digits, decimals) = decimal(number.trim_end())?;
            return Some(Self { digits, decimals, written: Written::Percent });
        }
        if let Some((digits, decimals)) = decimal(text) {
            return Some(Self { digits, decimals, written: Written::Plain });
        }
        if let Some((number, per)) = text.split_once('/') {
            let (digits, decimals) = decimal(number.trim_end())?;
            let per = Some(per.trim()).filter(|per| per.chars().all(char::is_alphabetic));
            let (name, size) = units::finest(per?)?;
            return Some(Self { digits, decimals, written: Written::Rate(name, size) });
        }
        let (name, size) = units::finest(text)?;
        let nanos = units::duration(text).ok()?;
        let written = Written::Length(name, size);
        Some(Self { digits: i128::from(nanos.0), decimals: 0, written })
    }

    /// As [`Self::read`], of a value as it is typed: a text in quotes is read without them.
    #[must_use]
    pub(super) fn typed(text: &str) -> Option<Self> {
        let value = text.parse::<Value>().ok();
        match value.as_ref().and_then(Value::as_str) {
            Some(bare) => Self::read(bare).filter(|exact| exact.written != Written::Plain),
            None => Self::read(text),
        }
    }

    /// What it is counted in.
    #[must_use]
    pub(super) const fn unit(self) -> Unit {
        match self.written {
            Written::Plain | Written::Rate(..) => Unit::Count,
            Written::Percent => Unit::Share,
            Written::Length(..) => Unit::Time,
        }
    }

    /// In base units: a number, a share from 0 to 1, seconds, a number per second.
    #[must_use]
    pub(super) fn number(self) -> f64 {
        let whole = match self.written {
            Written::Plain => power(self.decimals),
            Written::Percent => 100 * power(self.decimals),
            Written::Length(..) => i128::from(NANOS),
            Written::Rate(_, size) => {
                let per_unit = self.digits as f64 / power(self.decimals) as f64;
                return per_unit * (NANOS as f64 / size as f64);
            }
        };
        self.digits as f64 / whole as f64
    }

    /// As it may be written in a scenario, without quotes.
    #[must_use]
    pub(super) fn text(self) -> String {
        match self.written {
            Written::Plain => quotient(self.digits, power(self.decimals)),
            Written::Percent => format!("{}%", quotient(self.digits, power(self.decimals))),
            Written::Length(name, size) => format!("{}{name}", quotient(self.digits, size)),
            Written::Rate(name, _) => {
                format!("{}/{name}", quotient(self.digits, power(self.decimals)))
            }
        }
    }

    /// Whether two quantities can be added: of one kind, and rates of one unit of time.
    fn is_like(self, other: Self) -> bool {
        match (self.written, other.written) {
            (Written::Rate(_, one), Written::Rate(_, other)) => one == other,
            (one, other) => std::mem::discriminant(&one) == std::mem::discriminant(&other),
        }
    }

    /// With this many decimals, if it has no more.
    pub(super) fn rescaled(self, decimals: u32) -> Option<Self> {
        let factor = power(decimals.checked_sub(self.decimals)?);
        Some(Self { digits: self.digits.checked_mul(factor)?, decimals, ..self })
    }
}

/// Values a step apart, which are not listed one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spaced {
    first: Exact,
    /// In the digits of `first`.
    step: i128,
    /// At least 1.
    count: i128,
}

impl Spaced {
    /// Everything from `from` to `to`, a step apart, both ends included if they are hit.
    ///
    /// # Errors
    ///
    /// What is wrong with the range, in words.
    pub(super) fn new(from: Exact, to: Exact, step: Exact) -> Result<Self, String> {
        if !from.is_like(to) || !from.is_like(step) {
            return Err("mixes units".to_owned());
        }
        let decimals = from.decimals.max(to.decimals).max(step.decimals);
        let scaled =
            |exact: Exact| exact.rescaled(decimals).ok_or("has too many digits".to_owned());
        let (from, to, step) = (scaled(from)?, scaled(to)?, scaled(step)?);
        match step.digits {
            0 => return Err("has a step of zero, which leads nowhere".to_owned()),
            ..0 => return Err("has a negative step; write a range that rises".to_owned()),
            _ if to.digits < from.digits => {
                return Err("is empty: it ends before it begins".to_owned());
            }
            _ => {}
        }
        let count = (to.digits - from.digits) / step.digits + 1;
        let first = Exact { written: finer(from.written, step.written), ..from };
        Ok(Self { first, step: step.digits, count })
    }

    /// Number of values.
    #[must_use]
    pub(super) const fn count(&self) -> i128 {
        self.count
    }

    /// A value by its position, from 0.
    #[must_use]
    pub(super) const fn at(&self, position: i128) -> Exact {
        Exact { digits: self.first.digits + position * self.step, ..self.first }
    }

    /// The distance between two neighbours.
    #[must_use]
    pub(super) const fn step(&self) -> Exact {
        Exact { digits: self.step, ..self.first }
    }

    /// The position of a value; `None`: it is none of them.
    #[must_use]
    pub(super) fn position(&self, value: Exact) -> Option<i128> {
        let value = Some(value).filter(|value| value.is_like(self.first))?;
        let from_first = value.rescaled(self.first.decimals)?.digits - self.first.digits;
        let position = from_first / self.step;
        let hit = from_first % self.step == 0 && (0..self.count).contains(&position);
        hit.then_some(position)
    }
}

/// Everything from `from` to `to`, a step apart, both ends included if they are hit.
///
/// # Errors
///
/// What is wrong with the range, in words.
pub(super) fn steps(from: Exact, to: Exact, step: Exact) -> Result<Vec<Exact>, String> {
    let spaced = Spaced::new(from, to, step)?;
    let count = spaced.count();
    if count > MOST as i128 {
        return Err(format!("has {count} values; {MOST} is the most"));
    }
    Ok((0..count).map(|position| spaced.at(position)).collect())
}

/// The finer of two units of time.
const fn finer(one: Written, other: Written) -> Written {
    match (one, other) {
        (Written::Length(_, a), Written::Length(_, b)) if b < a => other,
        _ => one,
    }
}

/// Digits and decimals of a decimal number of at most 18 digits.
fn decimal(text: &str) -> Option<(i128, u32)> {
    let (sign, number) = match text.strip_prefix('-') {
        Some(number) => (-1, number),
        None => (1, text),
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = format!("{whole}{part}");
    let complete = !whole.is_empty() && (!part.is_empty() || !number.contains('.'));
    let plain = digits.len() <= 18 && digits.bytes().all(|byte| byte.is_ascii_digit());
    (complete && plain).then_some(())?;
    Some((sign * digits.parse::<i128>().ok()?, u32::try_from(part.len()).ok()?))
}

const fn power(decimals: u32) -> i128 {
    10_i128.pow(decimals)
}

/// A quotient as a decimal number, without zeros at its end; at most 18 decimals.
fn quotient(digits: i128, by: i128) -> String {
    let sign = if digits < 0 { "-" } else { "" };
    let (whole, mut rest) = (digits.abs() / by, digits.abs() % by);
    let mut decimals = String::new();
    while rest != 0 && decimals.len() < 18 {
        rest *= 10;
        decimals.push_str(&(rest / by).to_string());
        rest %= by;
    }
    let dot = if decimals.is_empty() { "" } else { "." };
    format!("{sign}{whole}{dot}{decimals}")
}
