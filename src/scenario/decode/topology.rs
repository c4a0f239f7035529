//! Sites, hosts, server objects, switches and Places.

use crate::diagnostic::TextSpan;
use crate::model::{Kind, Split};
use crate::scenario::document::{
    Dn, DnReference, Failover, Host, Place, Server, Site, Spanned, Switch,
};
use crate::scenario::keys::{
    DN, DN_REFERENCE, FAILOVER, HOST, PLACE, SERVER, SERVER_FAILOVER, SITE, SITE_FAILOVER, SWITCH,
    TableDef,
};
use crate::scenario::mistakes::wrong_type;
use crate::scenario::tree::{Table, Value};

use super::context::Context;
use super::laws::law;
use super::phones::pick;
use super::reader::Reader;
use super::registrar::registrar;
use super::values;

/// `[site.NAME]`.
pub(super) fn site(context: &mut Context<'_>, name: Spanned<String>, table: &Table) -> Site {
    let mut reader = Reader::new(context, &SITE, table, name.span);
    let site = Site {
        login_gap: reader.value("login-capacity", values::gap),
        reconnect_gap: reader.value("reconnect-capacity", values::gap),
        agent_capacity: reader.value("agent-capacity", values::small_count),
        register_capacity: reader.value("register-capacity", values::per_second),
        eservices: reader.value("eservices", values::flag),
        stat: reader.value("stat", values::flag),
        config: reader.value("config", values::flag),
        registrar: registrar(&mut reader),
        failover: failover_in(&mut reader, &SITE_FAILOVER),
        name,
    };
    reader.finish();
    site
}

fn failover_in(reader: &mut Reader<'_, '_>, def: &'static TableDef) -> Failover {
    match reader.table("failover") {
        Some((table, span)) => failover_of(reader.context, def, table, span),
        None => Failover::default(),
    }
}

/// `[failover]`.
pub(super) fn failover(context: &mut Context<'_>, table: &Table, span: TextSpan) -> Failover {
    failover_of(context, &FAILOVER, table, span)
}

fn failover_of(
    context: &mut Context<'_>,
    def: &'static TableDef,
    table: &Table,
    span: TextSpan,
) -> Failover {
    let mut reader = Reader::new(context, def, table, span);
    let failover = Failover {
        process: reader.value("process", law),
        host: reader.value("host", law),
        hang: reader.value("hang", law),
        coverage: reader.value("coverage", values::probability),
        manual_recovery: reader.value("manual-recovery", values::duration),
        preempt: reader.value("preempt", values::flag),
        preempt_delay: reader.value("preempt-delay", values::duration),
        preempt_gap: reader.value("preempt-gap", law),
        split: pick(reader.value("split", values::choice), &[Split::None, Split::BothPrimary]),
    };
    reader.finish();
    failover
}

/// `[host.NAME]`.
pub(super) fn host(context: &mut Context<'_>, name: Spanned<String>, table: &Table) -> Host {
    let mut reader = Reader::new(context, &HOST, table, name.span);
    let site = reader.value("site", values::text);
    let address = reader.value("address", values::text);
    reader.finish();
    Host { name, site, address, implicit: false }
}

/// `[server.NAME]`.
pub(super) fn server(context: &mut Context<'_>, name: Spanned<String>, table: &Table) -> Server {
    let mut reader = Reader::new(context, &SERVER, table, name.span);
    let kind = reader.value("kind", values::choice);
    let site = reader.value("site", values::text);
    let host = reader.value("host", values::text);
    let backup = reader.value("backup", values::text);
    let reconnect_timeout = reader.value("reconnect-timeout", values::duration);
    let address = reader.value("address", values::text);
    let failover = failover_in(&mut reader, &SERVER_FAILOVER);
    let sections = reader.finish_with_sections();
    Server {
        name,
        kind: kind.map(|kind| Spanned { value: Kind::ALL[kind.value.min(2)], span: kind.span }),
        site,
        host,
        backup,
        reconnect_timeout,
        address,
        failover,
        sections,
        implicit: false,
    }
}

/// `[switch.NAME]`.
pub(super) fn switch(context: &mut Context<'_>, name: Spanned<String>, table: &Table) -> Switch {
    let mut reader = Reader::new(context, &SWITCH, table, name.span);
    let server = reader.value("server", values::text);
    let agent_logins = reader.value("agent-logins", values::texts).map(|logins| logins.value);
    let mut dns = Vec::new();
    for (number, table) in reader.tables("dn") {
        dns.push(dn(reader.context, number, table));
    }
    reader.finish();
    Switch { name, server, agent_logins, dns }
}

fn dn(context: &mut Context<'_>, number: Spanned<String>, table: &Table) -> Dn {
    let mut reader = Reader::new(context, &DN, table, number.span);
    let kind = reader.value("type", values::text);
    let dr_number = reader.value("dr-number", values::text);
    let media = reader.value("media", values::texts).map(|media| media.value);
    let contact = reader.value("contact", values::text);
    let sections = reader.finish_with_sections();
    Dn { number, kind, dr_number, media, contact, sections }
}

/// `[place.NAME]`.
pub(super) fn place(context: &mut Context<'_>, name: Spanned<String>, table: &Table) -> Place {
    let mut reader = Reader::new(context, &PLACE, table, name.span);
    let mut dns = Vec::new();
    if let Some((entry, key)) = reader.entry("dns") {
        match &entry.node.value {
            Value::Array(items) => {
                for item in items {
                    match &item.value {
                        Value::Table(table) => {
                            dns.extend(dn_reference(reader.context, table, item.span));
                        }
                        _ => reader.context.found.push(wrong_type(key, item)),
                    }
                }
            }
            _ => reader.context.found.push(wrong_type(key, &entry.node)),
        }
    }
    reader.finish();
    Place { name, dns }
}

fn dn_reference(context: &mut Context<'_>, table: &Table, span: TextSpan) -> Option<DnReference> {
    let mut reader = Reader::new(context, &DN_REFERENCE, table, span);
    let switch = reader.value("switch", values::text);
    let number = reader.value("number", values::text);
    reader.finish();
    Some(DnReference { switch: switch?, number: number? })
}
