//! Laws: a bare duration, or a table with one key that names the distribution.

use crate::diagnostic::Diagnostic;
use crate::distribution::{Branch, Law};
use crate::scenario::document::Spanned;
use crate::scenario::keys::{Absent, BRANCH, GAMMA, Key, LOGNORMAL, Shape, TableDef, WEIBULL};
use crate::scenario::mistakes::{bad_choice, bad_law, wrong_type};
use crate::scenario::tree::{Entry, Node, Table, Value};
use crate::scenario::units::Fraction;
use crate::time::Span;

use super::context::{Context, left_behind};
use super::empirical;
use super::reader::Reader;
use super::values;

/// The names of the laws.
pub(super) const LAWS: [&str; 8] = [
    "constant",
    "uniform",
    "exponential",
    "weibull",
    "lognormal",
    "gamma",
    "hyperexponential",
    "empirical",
];

/// A law.
pub(super) fn law(context: &mut Context<'_>, node: &Node, key: &Key) -> Result<Law, Diagnostic> {
    match &node.value {
        Value::String(text) if text.contains('/') && matches!(key.shape, Shape::LawOrRate) => {
            let key = Key { shape: Shape::Rate, ..*key };
            Ok(Law::Exponential { mean: values::gap(context, node, &key)? })
        }
        Value::String(_) => Ok(Law::Constant(values::duration(context, node, key)?)),
        Value::Table(table) => match &table.entries[..] {
            [entry] => named(context, entry, key),
            _ => Err(one_name(key, node)),
        },
        _ => Err(wrong_type(key, node)),
    }
}

fn one_name(key: &Key, node: &Node) -> Diagnostic {
    let message = format!("`{}` must name exactly one law", key.name);
    bad_law(&message, node.span, "several keys, or none")
        .help(format!("the laws are {}", LAWS.join(", ")))
}

fn named(context: &mut Context<'_>, entry: &Entry, key: &Key) -> Result<Law, Diagnostic> {
    let node = &entry.node;
    let parameter = |name| Key { name, shape: Shape::Duration, ..*key };
    match entry.key.as_str() {
        "constant" => Ok(Law::Constant(values::duration(context, node, key)?)),
        "uniform" => uniform(context, node),
        "exponential" => {
            let mean = values::duration(context, node, &parameter("exponential"))?;
            Ok(Law::Exponential { mean })
        }
        "weibull" => with_table(context, node, &WEIBULL, weibull),
        "lognormal" => with_table(context, node, &LOGNORMAL, lognormal),
        "gamma" => with_table(context, node, &GAMMA, gamma),
        "hyperexponential" => hyperexponential(context, node),
        "empirical" => empirical::decode(context, node),
        other => {
            let at = Node { span: entry.key_span, value: Value::Boolean(false) };
            Err(bad_choice(key, &at, other, &LAWS))
        }
    }
}

fn with_table(
    context: &mut Context<'_>,
    node: &Node,
    def: &'static TableDef,
    decode: fn(&mut Reader<'_, '_>) -> Option<Law>,
) -> Result<Law, Diagnostic> {
    let Value::Table(table) = &node.value else {
        let key =
            Key { name: def.name, shape: Shape::Table(def), absent: Absent::Required, doc: "" };
        return Err(wrong_type(&key, node));
    };
    let before = context.found.len();
    let law = read(context, node, def, table, decode);
    match law {
        Some(law) if context.found.len() == before => Ok(law),
        _ => Err(left_behind(context, node)),
    }
}

fn read(
    context: &mut Context<'_>,
    node: &Node,
    def: &'static TableDef,
    table: &Table,
    decode: fn(&mut Reader<'_, '_>) -> Option<Law>,
) -> Option<Law> {
    let mut reader = Reader::new(context, def, table, node.span);
    let law = decode(&mut reader);
    reader.finish();
    law
}

fn weibull(reader: &mut Reader<'_, '_>) -> Option<Law> {
    let shape = reader.value("shape", values::number);
    let scale = reader.value("scale", values::duration);
    Some(Law::Weibull { shape: shape?.value, scale: scale?.value })
}

fn gamma(reader: &mut Reader<'_, '_>) -> Option<Law> {
    let shape = reader.value("shape", values::number);
    let mean = reader.value("mean", values::duration);
    Some(Law::Gamma { shape: shape?.value, mean: mean?.value })
}

fn lognormal(reader: &mut Reader<'_, '_>) -> Option<Law> {
    let median = reader.value("median", values::duration);
    let p95 = reader.value("p95", values::duration);
    let (median, p95) = (median?, p95?);
    if p95.value < median.value {
        let found = bad_law("`p95` is below the median", p95.span, "shorter than the median");
        reader.context.found.push(found.also(median.span, "the median"));
    }
    Some(Law::Lognormal { median: median.value, p95: p95.value })
}

fn uniform(context: &mut Context<'_>, node: &Node) -> Result<Law, Diagnostic> {
    let key =
        Key { name: "uniform", shape: Shape::DurationOrZero, absent: Absent::Required, doc: "" };
    let ends = match &node.value {
        Value::Array(items) => &items[..],
        _ => &[],
    };
    let [lowest, highest] = ends else {
        return Err(bad_law("`uniform` needs two ends", node.span, "not a list of two durations")
            .help("write `uniform = [\"1s\", \"3s\"]`"));
    };
    let low: Span = values::duration(context, lowest, &key)?;
    let high: Span = values::duration(context, highest, &key)?;
    if high < low {
        let found = bad_law("the ends of `uniform` are the wrong way round", highest.span, "");
        return Err(found.also(lowest.span, "the lower end"));
    }
    Ok(Law::Uniform { lowest: low, highest: high })
}

fn hyperexponential(context: &mut Context<'_>, node: &Node) -> Result<Law, Diagnostic> {
    let items = match &node.value {
        Value::Array(items) if !items.is_empty() => items,
        _ => {
            let found = bad_law("`hyperexponential` needs branches", node.span, "not a list");
            return Err(found.help("write `[{ p = \"90%\", mean = \"20s\" }, { ... }]`"));
        }
    };
    let mut branches = Vec::new();
    for item in items {
        branches.push(branch(context, item)?);
    }
    let nothing = Fraction::NOTHING;
    let sum = branches.iter().try_fold(nothing, |sum, (p, _)| sum.plus(p.value));
    if !sum.is_some_and(Fraction::is_whole) {
        let found = bad_law("the probabilities do not add up to 100%", node.span, "");
        return Err(found.help("make the `p` of all branches add up to 100%"));
    }
    let branches =
        branches.iter().map(|(p, mean)| Branch { probability: p.value.as_f64(), mean: mean.value });
    Ok(Law::Hyperexponential(branches.collect()))
}

fn branch(
    context: &mut Context<'_>,
    node: &Node,
) -> Result<(Spanned<Fraction>, Spanned<Span>), Diagnostic> {
    let Value::Table(table) = &node.value else {
        return Err(bad_law("a branch is a table", node.span, node.kind())
            .help("write `{ p = \"90%\", mean = \"20s\" }`"));
    };
    let before = context.found.len();
    let mut reader = Reader::new(context, &BRANCH, table, node.span);
    let p = reader.value("p", values::fraction);
    let mean = reader.value("mean", values::duration);
    reader.finish();
    match (p, mean) {
        (Some(p), Some(mean)) if context.found.len() == before => Ok((p, mean)),
        _ => Err(left_behind(context, node)),
    }
}
