//! Single values: text, counts, quantities with a unit, words of a choice.

use crate::diagnostic::{Diagnostic, TextSpan};
use crate::distribution::Age;
use crate::model::Price;
use crate::scenario::document::Spanned;
use crate::scenario::keys::{Key, Shape};
use crate::scenario::mistakes::{
    bad_choice, bad_quantity, out_of_range, too_long, twice, wrong_type,
};
use crate::scenario::tree::{Node, Value};
use crate::scenario::units::{self, Fraction, Rate};
use crate::time::{LONGEST, Span};

use super::context::Context;

type Decoded<T> = Result<T, Diagnostic>;

/// A string that is not empty.
pub(super) fn text(_: &mut Context<'_>, node: &Node, key: &Key) -> Decoded<String> {
    match &node.value {
        Value::String(text) if text.trim().is_empty() => {
            Err(out_of_range(key.name, node.span, "it may not be empty"))
        }
        Value::String(text) => Ok(text.clone()),
        _ => Err(wrong_type(key, node)),
    }
}

/// A list of strings.
pub(super) fn texts(
    context: &mut Context<'_>,
    node: &Node,
    key: &Key,
) -> Decoded<Vec<Spanned<String>>> {
    let Value::Array(items) = &node.value else { return Err(wrong_type(key, node)) };
    let one = |item: &Node| Ok(Spanned { value: text(context, item, key)?, span: item.span });
    items.iter().map(one).collect()
}

/// Names of things of one kind: at least one, each once.
pub(super) fn each_once(
    context: &mut Context<'_>,
    node: &Node,
    key: &Key,
    what: &str,
) -> Decoded<Vec<Spanned<String>>> {
    let names = texts(context, node, key)?;
    if names.is_empty() {
        let rule = format!("it must name at least one {what}");
        return Err(out_of_range(key.name, node.span, rule));
    }
    match again(names.iter()) {
        Some((name, first)) => {
            let message = format!("the {what} `{}` is named twice", name.value);
            Err(twice(message, name.span, first))
        }
        None => Ok(names),
    }
}

/// The first name that is there again, and where it was first.
pub(super) fn again<'n>(
    names: impl Iterator<Item = &'n Spanned<String>> + Clone,
) -> Option<(&'n Spanned<String>, TextSpan)> {
    names.clone().enumerate().find_map(|(index, name)| {
        let first = names.clone().take(index).find(|first| first.value == name.value)?;
        Some((name, first.span))
    })
}

/// A whole number in the key's range.
pub(super) fn count(_: &mut Context<'_>, node: &Node, key: &Key) -> Decoded<u64> {
    let Value::Integer(number) = node.value else { return Err(wrong_type(key, node)) };
    let Shape::Count(least, most) = key.shape else { return Err(wrong_type(key, node)) };
    number
        .and_then(|number| u64::try_from(number).ok())
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| {
            out_of_range(key.name, node.span, format!("it must be from {least} to {most}"))
        })
}

/// As [`count`], for ranges below 2^32.
pub(super) fn small_count(context: &mut Context<'_>, node: &Node, key: &Key) -> Decoded<u32> {
    let number = count(context, node, key)?;
    u32::try_from(number).map_err(|_| out_of_range(key.name, node.span, "it is too large"))
}

/// A shape parameter.
pub(super) fn number(_: &mut Context<'_>, node: &Node, key: &Key) -> Decoded<f64> {
    bare(node, key)?
        .filter(|number| (0.01..=1000.0).contains(number))
        .ok_or_else(|| out_of_range(key.name, node.span, "it must be from 0.01 to 1000"))
}

/// An amount of money.
pub(super) fn money(_: &mut Context<'_>, node: &Node, key: &Key) -> Decoded<Price> {
    bare(node, key)?
        .filter(|number| (0.0..=1e9).contains(number))
        .map(Price::new)
        .ok_or_else(|| out_of_range(key.name, node.span, "it must be from 0 to 1,000,000,000"))
}

/// A number without a unit; `None`: it is none that can be used.
fn bare(node: &Node, key: &Key) -> Decoded<Option<f64>> {
    let text = match &node.value {
        Value::Integer(_) | Value::Float(_) => node.scalar_text().unwrap_or_default(),
        _ => return Err(wrong_type(key, node)),
    };
    Ok(text.replace('_', "").parse::<f64>().ok())
}

/// `true` or `false`.
pub(super) fn flag(_: &mut Context<'_>, node: &Node, key: &Key) -> Decoded<bool> {
    match node.value {
        Value::Boolean(yes) => Ok(yes),
        _ => Err(wrong_type(key, node)),
    }
}

/// A duration, in the range and with the words that the key's shape allows.
pub(super) fn duration(_: &mut Context<'_>, node: &Node, key: &Key) -> Decoded<Span> {
    let span = match (&node.value, key.shape) {
        (Value::String(text), Shape::DurationOrOff) if text == "off" => return Ok(Span::NEVER),
        (Value::String(text), _) => units::duration(text),
        (Value::Integer(Some(seconds)), Shape::VendorSeconds) => whole_seconds(*seconds),
        _ => return Err(wrong_type(key, node)),
    };
    let span = span.map_err(|wrong| match wrong.as_str() {
        units::TOO_LONG => too_long(key, node.span),
        _ => bad_quantity(key, node, &wrong),
    })?;
    if span == Span::ZERO
        && !matches!(key.shape, Shape::DurationOrZero | Shape::Instant | Shape::Law)
    {
        return Err(out_of_range(key.name, node.span, "it must be longer than nothing"));
    }
    Ok(span)
}

/// How old something is at 0: `"equilibrium"`, or a duration.
pub(super) fn age(context: &mut Context<'_>, node: &Node, key: &Key) -> Decoded<Age> {
    match &node.value {
        Value::String(text) if text == "equilibrium" => Ok(Age::Equilibrium),
        Value::String(text) if !text.starts_with(|letter: char| letter.is_ascii_digit()) => {
            Err(bad_choice(key, node, text, &["equilibrium"])
                .label("neither \"equilibrium\" nor a duration")
                .help("write \"equilibrium\", or a duration such as \"45d\""))
        }
        _ => {
            let key = Key { shape: Shape::DurationOrZero, ..*key };
            Ok(Age::Reached(duration(context, node, &key)?))
        }
    }
}

fn whole_seconds(seconds: i64) -> Result<Span, String> {
    let range = 0..=LONGEST.0 / Span::from_secs(1).0;
    if range.contains(&seconds) {
        Ok(Span::from_secs(seconds))
    } else {
        Err("negative, or longer than 100 years".to_owned())
    }
}

/// A rate above 0.
pub(super) fn rate(_: &mut Context<'_>, node: &Node, key: &Key) -> Decoded<Rate> {
    let Value::String(text) = &node.value else { return Err(wrong_type(key, node)) };
    let rate = units::rate(text).map_err(|wrong| bad_quantity(key, node, &wrong))?;
    match rate.gap() {
        Some(gap) if gap > Span::ZERO => Ok(rate),
        Some(_) => Err(out_of_range(key.name, node.span, "it must be at most one per nanosecond")),
        None => Err(out_of_range(key.name, node.span, "it must be at least one in 100 years")),
    }
}

/// The time between two, from a rate.
pub(super) fn gap(context: &mut Context<'_>, node: &Node, key: &Key) -> Decoded<Span> {
    let rate = rate(context, node, key)?;
    Ok(rate.gap().unwrap_or(LONGEST))
}

/// The number per second, from a rate.
pub(super) fn per_second(context: &mut Context<'_>, node: &Node, key: &Key) -> Decoded<f64> {
    Ok(rate(context, node, key)?.per_second())
}

/// A percentage.
pub(super) fn fraction(_: &mut Context<'_>, node: &Node, key: &Key) -> Decoded<Fraction> {
    let Value::String(text) = &node.value else { return Err(wrong_type(key, node)) };
    let fraction = units::fraction(text).map_err(|wrong| match wrong.as_str() {
        units::TOO_MUCH => out_of_range(key.name, node.span, "it must be at most 100%"),
        _ => bad_quantity(key, node, &wrong),
    })?;
    if fraction.as_f64() == 0.0 && matches!(key.shape, Shape::FractionAboveZero) {
        return Err(out_of_range(key.name, node.span, "it must be above 0%"));
    }
    if let Shape::Percentage(above, below) = key.shape
        && !fraction.is_between(above, below)
    {
        let rule = format!("it must be above {above}% and below {below}%");
        return Err(out_of_range(key.name, node.span, rule));
    }
    Ok(fraction)
}

/// A percentage as a probability.
pub(super) fn probability(context: &mut Context<'_>, node: &Node, key: &Key) -> Decoded<f64> {
    Ok(fraction(context, node, key)?.as_f64())
}

/// A time of day, as text or as TOML's own.
pub(super) fn time_of_day(_: &mut Context<'_>, node: &Node, key: &Key) -> Decoded<Span> {
    let (Value::String(text) | Value::Datetime(text)) = &node.value else {
        return Err(wrong_type(key, node));
    };
    units::time_of_day(text).map_err(|wrong| bad_quantity(key, node, &wrong))
}

/// One of the key's words, by its position among them.
pub(super) fn choice(_: &mut Context<'_>, node: &Node, key: &Key) -> Decoded<usize> {
    let Value::String(word) = &node.value else { return Err(wrong_type(key, node)) };
    let Shape::Choice(choices) = key.shape else { return Err(wrong_type(key, node)) };
    let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
    let found = words.iter().position(|known| known == word);
    found.ok_or_else(|| bad_choice(key, node, word, &words))
}
