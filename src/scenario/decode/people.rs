//! The four levels of agent options, and locations.

use crate::diagnostic::TextSpan;
use crate::scenario::document::{AgentGroup, Location, Person, Sections, Spanned, Tenant};
use crate::scenario::keys::{AGENT_GROUP, APPLICATION, LOCATION, PERSON, TENANT};
use crate::scenario::tree::Table;

use super::context::Context;
use super::reader::Reader;
use super::shifts::shifts;
use super::values;

/// `[application]`.
pub(super) fn application(context: &mut Context<'_>, table: &Table, span: TextSpan) -> Sections {
    Reader::new(context, &APPLICATION, table, span).finish_with_sections()
}

/// `[tenant.NAME]`.
pub(super) fn tenant(context: &mut Context<'_>, name: Spanned<String>, table: &Table) -> Tenant {
    let sections = Reader::new(context, &TENANT, table, name.span).finish_with_sections();
    Tenant { name, sections }
}

/// `[location.NAME]`.
pub(super) fn location(
    context: &mut Context<'_>,
    name: Spanned<String>,
    table: &Table,
) -> Location {
    let mut reader = Reader::new(context, &LOCATION, table, name.span);
    let nat_timeout = reader.value("nat-timeout", values::duration);
    reader.finish();
    Location { name, nat_timeout, implicit: false }
}

/// `[agent-group.NAME]`.
pub(super) fn group(context: &mut Context<'_>, name: Spanned<String>, table: &Table) -> AgentGroup {
    let mut reader = Reader::new(context, &AGENT_GROUP, table, name.span);
    let agents = reader.value("agents", values::small_count);
    let counted = agents.is_some() || reader.span_of("agents").is_none();
    let tenant = reader.value("tenant", values::text);
    let location = reader.value("location", values::text);
    let phone = reader.value("phone", values::text);
    let place = reader.value("place", values::text);
    let shift = reader.value("shift", shifts);
    let arrive_spread = reader.value("arrive-spread", values::duration);
    let sections = reader.finish_with_sections();
    AgentGroup {
        name,
        agents,
        counted,
        tenant,
        location,
        phone,
        place,
        shift,
        arrive_spread,
        sections,
    }
}

/// `[person.NAME]`.
pub(super) fn person(context: &mut Context<'_>, name: Spanned<String>, table: &Table) -> Person {
    let mut reader = Reader::new(context, &PERSON, table, name.span);
    let group = reader.value("agent-group", values::text);
    let also_in = reader.value("also-in", values::texts).map_or(Vec::new(), |names| names.value);
    let location = reader.value("location", values::text);
    let phone = reader.value("phone", values::text);
    let place = reader.value("place", values::text);
    let login = reader.value("login", values::text);
    let shift = reader.value("shift", shifts);
    let sections = reader.finish_with_sections();
    Person { name, group, also_in, location, phone, place, login, shift, sections }
}
