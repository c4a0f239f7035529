//! Shifts: windows of the week joined by `+`, with a share of the agents before them or without one.

use crate::diagnostic::Diagnostic;
use crate::scenario::calendar;
use crate::scenario::document::{Shift, Spanned};
use crate::scenario::keys::{Key, Shape};
use crate::scenario::mistakes::{bad_quantity, out_of_range, wrong_type};
use crate::scenario::tree::{Node, Value};
use crate::scenario::units::{self, Fraction};

use super::calendar::in_calendar;
use super::context::Context;

/// The shifts of a group, or the one of a Person.
pub(super) fn shifts(
    context: &mut Context<'_>,
    node: &Node,
    key: &Key,
) -> Result<Vec<Spanned<Shift>>, Diagnostic> {
    let items = match &node.value {
        Value::Array(items) if matches!(key.shape, Shape::Shifts) => &items[..],
        _ => std::slice::from_ref(node),
    };
    if items.is_empty() {
        return Err(out_of_range(key.name, node.span, "it must name at least one shift"));
    }
    let mut shifts = Vec::new();
    for item in items {
        shifts.push(Spanned { value: shift(context, item, key)?, span: item.span });
    }
    let shared = shifts.iter().filter(|shift| shift.value.share.is_some()).count();
    if shared > 0 && shared < shifts.len() {
        let rule = "either each shift has a share, or none has";
        return Err(out_of_range(key.name, node.span, rule));
    }
    let each = shifts.iter().filter_map(|shift| shift.value.share);
    let sum = each.into_iter().try_fold(Fraction::NOTHING, Fraction::plus);
    if shared > 0 && !sum.is_some_and(Fraction::is_whole) {
        return Err(out_of_range(key.name, node.span, "the shares do not add up to 100%"));
    }
    Ok(shifts)
}

fn shift(context: &Context<'_>, node: &Node, key: &Key) -> Result<Shift, Diagnostic> {
    let Value::String(text) = &node.value else { return Err(wrong_type(key, node)) };
    let wrong = |wrong: String| bad_quantity(key, node, &wrong);
    let (share, windows) = shared(text).map_err(wrong)?;
    if share.is_some() && !matches!(key.shape, Shape::Shifts) {
        return Err(wrong("a share is for the shifts of a group".to_owned()));
    }
    let mut found = Vec::new();
    for window in windows.split('+') {
        found.push(in_calendar(context, calendar::weekly(window).map_err(wrong)?, (node, key))?);
    }
    Ok(Shift { text: windows.trim().to_owned(), windows: found, share })
}

/// The share before the windows, if there is one.
fn shared(text: &str) -> Result<(Option<Fraction>, &str), String> {
    let text = text.trim();
    match text.split_once('%') {
        None => Ok((None, text)),
        Some((share, windows)) => {
            let share = units::fraction(&format!("{}%", share.trim_end()))?;
            Ok((Some(share), windows))
        }
    }
}
