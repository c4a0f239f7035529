//! When calls come, as written: a rate, a profile over the week, or the columns of a CSV file that the caller
//! hands in.

use crate::diagnostic::Diagnostic;
use crate::scenario::document::{Arrivals, Rush};
use crate::scenario::keys::{Key, PROFILE, Shape};
use crate::scenario::mistakes::{out_of_range, wrong_type};
use crate::scenario::tree::{Node, Value};

use super::context::{Context, left_behind};
use super::counts;
use super::reader::Reader;
use super::{calendar, values};

/// `arrivals`.
pub(super) fn read(
    context: &mut Context<'_>,
    node: &Node,
    key: &Key,
) -> Result<Arrivals, Diagnostic> {
    match &node.value {
        Value::String(_) => Ok(Arrivals::Constant(per_hour(context, node, key)?)),
        Value::Array(items) if items.is_empty() => {
            Err(out_of_range(key.name, node.span, "it must name at least one window"))
        }
        Value::Array(items) => {
            let rushes = items.iter().map(|item| rush(context, item, key));
            Ok(Arrivals::Weekly(rushes.collect::<Result<_, _>>()?))
        }
        Value::Table(table) => counts::read(context, node, table),
        _ => Err(wrong_type(key, node)),
    }
}

fn per_hour(context: &mut Context<'_>, node: &Node, key: &Key) -> Result<f64, Diagnostic> {
    let key = Key { shape: Shape::Rate, ..*key };
    Ok(values::rate(context, node, &key)?.per_hour())
}

fn rush(context: &mut Context<'_>, node: &Node, key: &Key) -> Result<Rush, Diagnostic> {
    let Value::Table(table) = &node.value else { return Err(wrong_type(key, node)) };
    let before = context.found.len();
    let mut reader = Reader::new(context, &PROFILE, table, node.span);
    let when = reader.value("when", calendar::weekly);
    let rate = reader.value("rate", per_hour);
    reader.finish();
    match (when, rate) {
        (Some(when), Some(rate)) if context.found.len() == before => {
            Ok(Rush { when: when.value, per_hour: rate.value })
        }
        _ => Err(left_behind(context, node)),
    }
}
