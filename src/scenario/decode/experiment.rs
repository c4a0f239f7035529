//! The experiment and the thresholds: quantities, and keys that exclude each other. Whether a
//! measure exists is not known here.

use crate::diagnostic::{Diagnostic, TextSpan};
use crate::model::Unit;
use crate::scenario::document::{Experiment, Quantity, Spanned, Threshold};
use crate::scenario::keys::{EXPERIMENT, Key, Shape, THRESHOLD};
use crate::scenario::mistakes::{bad_quantity, combination, out_of_range, wrong_type};
use crate::scenario::tree::{Node, Table, Value};
use crate::scenario::units;

use super::context::Context;
use super::reader::Reader;
use super::values;

/// With a precision there is an estimate of the spread, which takes a few replications.
const FEWEST: u32 = 3;

/// `[experiment]`.
pub(super) fn experiment(context: &mut Context<'_>, table: &Table, span: TextSpan) -> Experiment {
    let mut reader = Reader::new(context, &EXPERIMENT, table, span);
    let experiment = Experiment {
        replications: reader.value("replications", values::small_count),
        precision: reader.value("precision", values::fraction),
        absolute_precision: reader.value("absolute-precision", quantity),
        measures: reader.value("measures", measures),
        confidence: reader.value("confidence", values::fraction),
        max_replications: reader.value("max-replications", values::small_count),
        max_time: reader.value("max-time", values::duration),
    };
    reader.finish();
    context.found.extend(excluded(&experiment));
    context.found.extend(too_few(&experiment));
    experiment
}

/// An exact number of replications beside a precision.
fn excluded(experiment: &Experiment) -> Vec<Diagnostic> {
    let Some(replications) = &experiment.replications else { return Vec::new() };
    let precision = experiment.precision.as_ref().map(|value| value.span);
    let absolute = experiment.absolute_precision.as_ref().map(|value| value.span);
    let precisions = [("`precision`", precision), ("`absolute-precision`", absolute)];
    let written = precisions.into_iter().filter_map(|(name, span)| Some((name, span?)));
    written
        .map(|(name, span)| {
            let message = format!("{name} and `replications` exclude each other");
            let help = "keep one of the two: a fixed number of replications, or as many as the \
                        precision needs";
            combination(&message, span, "as many as this needs", help)
                .also(replications.span, "a fixed number")
        })
        .collect()
}

/// Fewer replications than the rest of the table needs.
fn too_few(experiment: &Experiment) -> Option<Diagnostic> {
    let most = experiment.max_replications.as_ref()?;
    let precision = experiment.precision.as_ref().map(|value| value.span);
    let precision = precision.or(experiment.absolute_precision.as_ref().map(|value| value.span));
    match (&experiment.replications, precision) {
        (Some(exactly), _) if most.value < exactly.value => {
            let rule = "it must be at least `replications`";
            let found = out_of_range("max-replications", most.span, rule);
            Some(found.also(exactly.span, "a fixed number"))
        }
        (None, Some(precision)) if most.value < FEWEST => {
            let rule = format!("with a precision it must be at least {FEWEST}");
            let found = out_of_range("max-replications", most.span, rule);
            Some(found.also(precision, "the precision"))
        }
        _ => None,
    }
}

/// Names of measures: at least one, each once.
fn measures(
    context: &mut Context<'_>,
    node: &Node,
    key: &Key,
) -> Result<Vec<Spanned<String>>, Diagnostic> {
    values::each_once(context, node, key, "measure")
}

/// A duration, a bare number or a percentage.
fn quantity(_: &mut Context<'_>, node: &Node, key: &Key) -> Result<Quantity, Diagnostic> {
    let written = node.scalar_text().unwrap_or_default();
    let unread = |wrong: String| bad_quantity(key, node, &wrong);
    let (amount, unit) = match &node.value {
        Value::Integer(_) | Value::Float(_) => (number(key, node, &written)?, Unit::Count),
        Value::String(text) => units::quantity(text).map_err(unread)?,
        _ => return Err(wrong_type(key, node)),
    };
    if amount == 0.0 && matches!(key.shape, Shape::QuantityAboveZero) {
        return Err(out_of_range(key.name, node.span, "it must be above 0"));
    }
    Ok(Quantity { amount, unit, written })
}

/// A bare number of at least 0.
fn number(key: &Key, node: &Node, written: &str) -> Result<f64, Diagnostic> {
    let number = written.replace('_', "").parse::<f64>().ok();
    number.filter(|number| number.is_finite() && *number >= 0.0).ok_or_else(|| {
        out_of_range(key.name, node.span, "it must be a finite number of at least 0")
    })
}

/// `[[threshold]]`.
pub(super) fn threshold(context: &mut Context<'_>, table: &Table, span: TextSpan) -> Threshold {
    let mut reader = Reader::new(context, &THRESHOLD, table, span);
    let threshold = Threshold {
        measure: reader.value("measure", values::text),
        at_most: reader.value("at-most", quantity),
        at_least: reader.value("at-least", quantity),
        span,
    };
    let written = [reader.span_of("at-most"), reader.span_of("at-least")];
    reader.finish();
    let help = "write `at-most = \"2m\"` or `at-least = \"99.9%\"`, one of the two";
    match written {
        [None, None] => {
            let message = "the threshold has no bound";
            let label = "neither `at-most` nor `at-least`";
            context.found.push(combination(message, span, label, help));
        }
        [Some(most), Some(least)] => {
            let message = "the threshold has two bounds";
            let found = combination(message, least, "too much", "write two thresholds, one each");
            context.found.push(found.also(most, "the other bound"));
        }
        _ => {}
    }
    threshold
}
