//! Targets of faults written as a table: `{ path = { from = "hq", to = "X" }, plane = "sip" }`.

use crate::diagnostic::Diagnostic;
use crate::model::{Kind, Planes};
use crate::scenario::document::{Pattern, PatternKind, Spanned, Target};
use crate::scenario::keys::{ENDS, LINK_ENDS, TARGET, TableDef};
use crate::scenario::mistakes::bad_target;
use crate::scenario::tree::{Node, Table};

use super::context::Context;
use super::reader::Reader;
use super::values;

/// A target as a table: exactly one of its kinds.
pub(super) fn decode(
    context: &mut Context<'_>,
    node: &Node,
    table: &Table,
) -> Result<Target, Diagnostic> {
    let before = context.found.len();
    let mut reader = Reader::new(context, &TARGET, table, node.span);
    let plane = reader.value("plane", values::choice).map_or(2, |plane| plane.value);
    let planes = [Planes::Cti, Planes::Sip, Planes::Both][plane.min(2)];
    let mut targets: Vec<Target> = Vec::new();
    targets.extend(reader.value("process", values::text).map(|name| Target::Process(name.value)));
    targets.extend(reader.value("host", values::text).map(|name| Target::Host(name.value)));
    targets.extend(reader.value("site", values::text).map(|name| Target::Site(name.value)));
    let path = ends(&mut reader, "path", &ENDS);
    targets.extend(path.map(|(from, to)| Target::Path { from, to, planes }));
    let location = reader.value("location", values::text);
    targets.extend(location.map(|name| Target::Location(name.value, planes)));
    targets.extend(ends(&mut reader, "link", &LINK_ENDS).map(|(a, b)| Target::Link(a, b)));
    targets.extend(reader.value("ha-link", values::text).map(|name| Target::HaLink(name.value)));
    targets.extend(reader.value("power", values::text).map(|name| Target::Power(name.value)));
    targets.extend(reader.value("logins", values::text).map(|name| Target::Logins(name.value)));
    let registrar = reader.value("registrar", values::text);
    targets.extend(registrar.map(|name| Target::Registrar(name.value)));
    let class = reader.value("every", values::choice);
    let at = reader.value("at", values::text).map(|at| at.value);
    targets.extend(class.map(|class| every(&class, planes, at)));
    reader.finish();
    if context.found.len() > before {
        return Err(context.found.pop().unwrap_or_else(|| not_one(node)));
    }
    match (targets.pop(), targets.is_empty()) {
        (Some(target), true) => Ok(target),
        _ => Err(not_one(node)),
    }
}

fn not_one(node: &Node) -> Diagnostic {
    let help = "write one of `process`, `host`, `site`, `path`, `location`, `link`, `ha-link`, `power`, `logins`, \
                `registrar`, `every`";
    bad_target(node.span, "exactly one kind of target is needed".to_owned(), help)
}

fn ends(
    reader: &mut Reader<'_, '_>,
    name: &'static str,
    def: &'static TableDef,
) -> Option<(String, String)> {
    let (table, span) = reader.table(name)?;
    let mut inner = Reader::new(reader.context, def, table, span);
    let from = inner.value("from", values::text);
    let to = inner.value("to", values::text);
    inner.finish();
    Some((from?.value, to?.value))
}

/// The classes in the order of the key table's words.
fn every(class: &Spanned<usize>, planes: Planes, at: Option<String>) -> Target {
    let kinds = [
        PatternKind::Process(None),
        PatternKind::Process(Some(Kind::Sip)),
        PatternKind::Process(Some(Kind::Stat)),
        PatternKind::Process(Some(Kind::Config)),
        PatternKind::Host,
        PatternKind::Site,
        PatternKind::Path(planes),
        PatternKind::Location(planes),
        PatternKind::Link,
        PatternKind::HaLink,
        PatternKind::Power,
        PatternKind::Logins,
        PatternKind::Registrar,
    ];
    Target::Every(Pattern { kind: kinds[class.value.min(kinds.len() - 1)], at })
}
