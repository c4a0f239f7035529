//! Reading one value of a vendor option: type, range and unit. It does not know where the value is,
//! so it makes no diagnostic.

use crate::time::Span;

use super::entry::{Entry, Kind, PAUSES, Unit};

/// A value as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Raw<'a> {
    /// `true` or `false`.
    Boolean(bool),
    /// A bare number: in the vendor's unit.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// A string; the vendor's own objects hold strings only, so `"60"` and `"true"` are taken too.
    Text(&'a str),
    /// A duration with a unit, or `"never"` ([`Span::NEVER`]): a what-if.
    Length(Span),
    /// An array, a table or a date.
    Other,
}

/// A value as meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A boolean.
    Boolean(bool),
    /// A number without a unit.
    Number(i64),
    /// A length of time; [`Span::NEVER`]: never.
    Length(Span),
    /// Lengths of time, one after the other; two or more.
    Lengths(Vec<Span>),
    /// A word, a name or an address.
    Text(String),
}

/// Why a value is none of the option's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Another type was expected: what was expected, in words.
    Type(&'static str),
    /// The type is right, the value is not: the valid values, in words.
    Range(String),
}

impl Entry {
    /// The default as meant; `None`: there is none, or it is not a vendor's value.
    #[must_use]
    pub fn default_value(&self) -> Option<Value> {
        let raw = Raw::Text(self.default);
        if self.default.is_empty() { None } else { read(self, &raw).ok() }
    }
}

/// Reads a value of an option.
///
/// # Errors
///
/// A [`Refusal`] if the type or the range is wrong; the product then uses the default.
pub fn read(entry: &Entry, raw: &Raw) -> Result<Value, Refusal> {
    match entry.kind {
        Kind::Boolean => boolean(raw),
        Kind::Integer { least, most } => number(entry, raw, least, most),
        Kind::Pauses => pauses(entry, raw),
        Kind::OneOf(words) => one_of(raw, words),
        Kind::Explained(_) => text(raw).map(Value::Text),
        Kind::Text | Kind::SiteName | Kind::Address | Kind::Ours(_) => text(raw).map(Value::Text),
    }
}

/// `true` and `false`, also as strings in any case.
fn boolean(raw: &Raw) -> Result<Value, Refusal> {
    match raw {
        Raw::Boolean(value) => Ok(Value::Boolean(*value)),
        Raw::Text(word) if word.eq_ignore_ascii_case("true") => Ok(Value::Boolean(true)),
        Raw::Text(word) if word.eq_ignore_ascii_case("false") => Ok(Value::Boolean(false)),
        _ => Err(Refusal::Type("true or false")),
    }
}

/// A whole number in range, converted if it has a unit of time.
fn number(entry: &Entry, raw: &Raw, least: i64, most: i64) -> Result<Value, Refusal> {
    if let (Raw::Length(span), Some(one)) = (raw, nanos(entry.unit)) {
        let low = least.saturating_mul(one);
        let high = most.saturating_mul(one);
        let fits = (low..=high).contains(&span.0) || (least == 1 && span.0 > 0 && span.0 <= high);
        return if fits { Ok(Value::Length(*span)) } else { Err(out_of_range(entry)) };
    }
    let value = match raw {
        Raw::Integer(value) => *value,
        Raw::Text(digits) => digits.trim().parse().map_err(|_| Refusal::Type("an integer"))?,
        _ => return Err(Refusal::Type("an integer")),
    };
    if !(least..=most).contains(&value) {
        return Err(out_of_range(entry));
    }
    Ok(match nanos(entry.unit) {
        Some(one) => Value::Length(Span(value.saturating_mul(one).min(crate::time::LONGEST.0))),
        None => Value::Number(value),
    })
}

/// One length of time, or several with commas between.
fn pauses(entry: &Entry, raw: &Raw) -> Result<Value, Refusal> {
    let one = |raw: &Raw| match number(entry, raw, 1, i64::MAX) {
        Err(Refusal::Type(_)) => Err(Refusal::Type(PAUSES)),
        other => other,
    };
    let Raw::Text(text) = raw else { return one(raw) };
    if !text.contains(',') {
        return one(raw);
    }
    let lengths = text.split(',').map(|part| match one(&Raw::Text(part)) {
        Ok(Value::Length(span)) => Ok(span),
        _ => {
            Err(Refusal::Range(format!("{}; {} is none", entry.kind.valid(), quoted(part.trim()))))
        }
    });
    lengths.collect::<Result<_, _>>().map(Value::Lengths)
}

/// A part of a list in quotes; nothing between two commas has a name.
fn quoted(part: &str) -> String {
    if part.is_empty() { "an empty part".to_owned() } else { format!("\"{part}\"") }
}

/// The refusal of a number that is too small or too large.
fn out_of_range(entry: &Entry) -> Refusal {
    Refusal::Range(entry.kind.valid())
}

/// Nanoseconds in one unit.
const fn nanos(unit: Unit) -> Option<i64> {
    match unit {
        Unit::None => None,
        Unit::Seconds => Some(crate::time::NANOS),
        Unit::Milliseconds => Some(1_000_000),
    }
}

/// One of the words, whatever its case.
fn one_of(raw: &Raw, words: &[&str]) -> Result<Value, Refusal> {
    let given = text(raw)?;
    let word = words.iter().find(|word| word.eq_ignore_ascii_case(given.trim()));
    let refusal = || Refusal::Range(format!("one of {}", words.join(", ")));
    word.map(|word| Value::Text((*word).into())).ok_or_else(refusal)
}

/// A string; a bare number or boolean is its text, as in the vendor's objects.
fn text(raw: &Raw) -> Result<String, Refusal> {
    match raw {
        Raw::Text(text) => Ok((*text).into()),
        Raw::Integer(number) => Ok(number.to_string()),
        Raw::Boolean(value) => Ok(value.to_string()),
        Raw::Length(Span::NEVER) => Ok("never".into()),
        Raw::Float(_) | Raw::Length(_) | Raw::Other => Err(Refusal::Type("a string")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::find;

    fn reads(name: &str, raw: Raw, expected: Result<Value, Refusal>) {
        let result = find(name).map(|entry| read(entry, &raw));
        assert_eq!(result, Some(expected), "{name} = {raw:?}");
    }

    #[test]
    fn numbers_take_the_vendors_unit() {
        let name = "disaster-recovery.timeout";
        let range = || Err(Refusal::Range("a positive integer".into()));
        reads(name, Raw::Integer(60), Ok(Value::Length(Span::from_secs(60))));
        reads(name, Raw::Text("90"), Ok(Value::Length(Span::from_secs(90))));
        reads(name, Raw::Length(Span::NEVER), Ok(Value::Length(Span::NEVER)));
        reads(name, Raw::Length(Span::from_millis(500)), Ok(Value::Length(Span::from_millis(500))));
        reads(name, Raw::Integer(0), range());
        reads(name, Raw::Integer(-5), range());
        reads(name, Raw::Length(Span::ZERO), range());
        reads(name, Raw::Float(2.5), Err(Refusal::Type("an integer")));
        reads(name, Raw::Text("soon"), Err(Refusal::Type("an integer")));
        reads("sip_transaction_timeout", Raw::Integer(4000), Ok(Value::Length(Span::from_secs(4))));
        let bounds = "an integer from 1 to 32000".into();
        reads("sip_transaction_timeout", Raw::Integer(40_000), Err(Refusal::Range(bounds)));
    }

    #[test]
    fn pauses_are_one_number_or_a_list() {
        let (name, secs) = ("warm-standby.retry-delay", |n| Span::from_secs(n));
        let range = "a positive integer, or several with commas between";
        reads(name, Raw::Integer(10), Ok(Value::Length(secs(10))));
        reads(name, Raw::Text("10"), Ok(Value::Length(secs(10))));
        let list = vec![secs(10), secs(30), secs(60)];
        reads(name, Raw::Text("10, 30,60"), Ok(Value::Lengths(list)));
        let refused = |part: &str| Err(Refusal::Range(format!("{range}; {part} is none")));
        reads(name, Raw::Text("10,0"), refused("\"0\""));
        reads(name, Raw::Text("10,"), refused("an empty part"));
        reads(name, Raw::Text("10, x,60"), refused("\"x\""));
        reads(name, Raw::Integer(0), Err(Refusal::Range(range.into())));
        reads(name, Raw::Text("soon"), Err(Refusal::Type(range)));
        reads(name, Raw::Boolean(true), Err(Refusal::Type(range)));
    }

    #[test]
    fn words_names_and_booleans() {
        reads("disaster-recovery.enabled", Raw::Text("TRUE"), Ok(Value::Boolean(true)));
        reads("disaster-recovery.enabled", Raw::Integer(1), Err(Refusal::Type("true or false")));
        reads("dr-forward", Raw::Text("OOS"), Ok(Value::Text("oos".into())));
        let words = "one of off, oos, no-agent".into();
        reads("dr-forward", Raw::Text("on"), Err(Refusal::Range(words)));
        reads("disaster-recovery.site", Raw::Text("East 1"), Ok(Value::Text("East 1".into())));
    }
}
