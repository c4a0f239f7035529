//! The calendar of a run, and what is written in it: instants and windows of the week.

use crate::diagnostic::Diagnostic;
use crate::model::{Clock, Weekly};
use crate::scenario::calendar;
use crate::scenario::document::Spanned;
use crate::scenario::keys::{Key, Shape};
use crate::scenario::mistakes::{bad_quantity, combination, out_of_range, wrong_type};
use crate::scenario::tree::{Node, Value};
use crate::time::{LONGEST, Span, Time};

use super::context::{Calendar, Context};
use super::reader::Reader;
use super::values;

/// `clock`, or `start` and `time-zone`.
pub(super) fn read(reader: &mut Reader<'_, '_>) -> Option<Spanned<Clock>> {
    let before = reader.context.found.len();
    let short = reader.value("clock", clock);
    let zone = reader.value("time-zone", values::text);
    let zone = zone.and_then(|zone| known_zone(reader.context, &zone).map(|tz| (zone, tz)));
    let written = reader.value("start", date_text);
    if let (Some(short), Some(start)) = (&short, &written) {
        let message = "`clock` and `start` say the same thing";
        let found = combination(message, start.span, "too much", "keep one of the two");
        reader.context.found.push(found.also(short.span, "said here"));
    }
    let is_there = reader.span_of("start").is_some();
    reader.context.needs("time-zone", zone.as_ref().map(|(zone, _)| zone), "start", is_there);
    let tz = zone.as_ref().map(|(_, tz)| tz);
    let dated = written.and_then(|written| match calendar::start(&written.value, tz) {
        Ok(clock) => Some(Spanned { value: clock, span: written.span }),
        Err(wrong) => {
            reader.context.found.push(bad_start(&written, &wrong));
            None
        }
    });
    let found = short.or(dated);
    reader.context.calendar = match &found {
        _ if reader.context.found.len() > before => Calendar::Broken,
        Some(clock) => Calendar::Known(clock.value.clone()),
        None => Calendar::Silent,
    };
    found
}

/// A time of day, after a weekday or without one, as text or as TOML's own.
fn clock(_: &mut Context<'_>, node: &Node, key: &Key) -> Result<Clock, Diagnostic> {
    let (Value::String(text) | Value::Datetime(text)) = &node.value else {
        return Err(wrong_type(key, node));
    };
    calendar::clock(text).map_err(|wrong| bad_quantity(key, node, &wrong))
}

/// A date, not yet read.
fn date_text(_: &mut Context<'_>, node: &Node, key: &Key) -> Result<String, Diagnostic> {
    match &node.value {
        Value::String(text) | Value::Datetime(text) => Ok(text.clone()),
        _ => Err(wrong_type(key, node)),
    }
}

fn bad_start(written: &Spanned<String>, wrong: &str) -> Diagnostic {
    Diagnostic::error("S007", "`start` must be a date with a time of day", written.span)
        .label(wrong)
        .help("write date and time, such as \"2027-01-04T00:00\"")
}

fn known_zone(context: &mut Context<'_>, name: &Spanned<String>) -> Option<jiff::tz::TimeZone> {
    let [message, help] = match calendar::zone(&name.value) {
        Ok(zone) => return Some(zone),
        Err(wrong) => wrong,
    };
    let label = "not in the time zone database of this program";
    context.found.push(Diagnostic::error("S010", message, name.span).label(label).help(help));
    None
}

/// An instant: a time since the start, or local time.
pub(super) fn instant(
    context: &mut Context<'_>,
    node: &Node,
    key: &Key,
) -> Result<Span, Diagnostic> {
    let text = match &node.value {
        Value::String(text) if calendar::is_local(text) => text,
        Value::Datetime(text) => text,
        _ => return values::duration(context, node, key),
    };
    let clock = match &context.calendar {
        Calendar::Known(clock) => clock,
        Calendar::Broken => return Ok(Span::ZERO),
        Calendar::Silent => {
            // What is no local time is reported as a wrong duration.
            calendar::local(text).map_err(|_| bad_quantity(key, node, "not a duration"))?;
            return Err(without_calendar("local time", node));
        }
    };
    let at = calendar::instant(text, clock).map_err(|wrong| bad_quantity(key, node, &wrong))?;
    if at - Time::ZERO > LONGEST {
        return Err(out_of_range(key.name, node.span, "more than 100 years after the start"));
    }
    Ok(at - Time::ZERO)
}

/// S012: something that needs a calendar where there is none.
pub(super) fn without_calendar(what: &str, node: &Node) -> Diagnostic {
    combination(
        &format!("{what} needs a calendar"),
        node.span,
        "the scenario does not say when it starts",
        "write `start = \"2027-01-04T00:00\"`, or at least `clock = \"Mon 00:00\"`, at the top of the file",
    )
}

/// A window of the week, or a list of them.
pub(super) fn weekly(
    context: &mut Context<'_>,
    node: &Node,
    key: &Key,
) -> Result<Vec<Weekly>, Diagnostic> {
    let Value::Array(items) = &node.value else { return Ok(vec![one_window(context, node, key)?]) };
    if items.is_empty() {
        return Err(out_of_range(key.name, node.span, "it must name at least one window"));
    }
    items.iter().map(|item| one_window(context, item, key)).collect()
}

fn one_window(context: &Context<'_>, node: &Node, key: &Key) -> Result<Weekly, Diagnostic> {
    debug_assert!(matches!(key.shape, Shape::Weekly));
    let Value::String(text) = &node.value else { return Err(wrong_type(key, node)) };
    let window = calendar::weekly(text).map_err(|wrong| bad_quantity(key, node, &wrong))?;
    in_calendar(context, window, (node, key))
}

/// A window that the calendar can follow.
pub(super) fn in_calendar(
    context: &Context<'_>,
    window: Weekly,
    (node, key): (&Node, &Key),
) -> Result<Weekly, Diagnostic> {
    match &context.calendar {
        Calendar::Silent => Err(without_calendar(&format!("`{}`", key.name), node)),
        Calendar::Known(clock) if clock.weekday.is_none() && window.days != [true; 7] => {
            let message = "days of the week need a calendar that knows them";
            let label = "the scenario does not say on which day of the week it starts";
            let help = "write the weekday before the time of `clock`: `clock = \"Mon 00:00\"`";
            Err(combination(message, node.span, label, help))
        }
        Calendar::Known(_) | Calendar::Broken => Ok(window),
    }
}
