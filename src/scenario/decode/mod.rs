//! From the tree to the document: every key by its description, every mistake noted. Names are not
//! followed here, and nothing is inherited.

mod arrivals;
mod calendar;
mod calls;
mod context;
mod counts;
mod empirical;
mod experiment;
mod faults;
mod impairment;
mod laws;
mod people;
mod phones;
mod preempting;
mod reader;
mod registrar;
mod roster;
mod sections;
mod settings;
mod sheet;
mod shifts;
mod target_tables;
mod targets;
mod topology;
mod uncertainty;
mod values;

use super::document::{Document, Spanned};
use super::files::Files;
use super::keys::TOP;
use super::names;
use super::tree::Table;
use crate::diagnostic::{Attached, Diagnostic, TextSpan};
use context::{Calendar, Context};
use reader::Reader;

/// Decodes a whole scenario; `text` is what `tree` was read from.
pub(super) fn document(
    text: &str,
    tree: &Table,
    files: &dyn Files,
) -> (Document, Vec<Diagnostic>, Vec<Attached>) {
    let mut context = Context {
        text,
        files,
        sites: Vec::new(),
        locations: Vec::new(),
        calendar: Calendar::Silent,
        found: Vec::new(),
        attached: Vec::new(),
    };
    let mut reader = Reader::new(&mut context, &TOP, tree, TextSpan::default());
    let mut document = top(&mut reader);
    topology_of(&mut reader, &mut document);
    agents_of(&mut reader, &mut document);
    settings_of(&mut reader, &mut document);
    faults_of(&mut reader, &mut document);
    goals_of(&mut reader, &mut document);
    reader.finish();
    (document, context.found, context.attached)
}

fn top(reader: &mut Reader<'_, '_>) -> Document {
    Document {
        title: reader.value("title", values::text),
        seed: reader.value("seed", values::count),
        horizon: reader.value("horizon", values::duration),
        clock: calendar::read(reader),
        flap_window: reader.value("flap-window", values::duration),
        call_interval: calls::interval(reader),
        calls_simulated: calls::simulated(reader),
        ..Document::default()
    }
}

fn topology_of(reader: &mut Reader<'_, '_>, document: &mut Document) {
    if let Some((table, span)) = reader.table("failover") {
        document.failover = topology::failover(reader.context, table, span);
    }
    document.sites = each(reader, "site", topology::site);
    document.hosts = each(reader, "host", topology::host);
    document.servers = each(reader, "server", topology::server);
    document.switches = each(reader, "switch", topology::switch);
    document.places = each(reader, "place", topology::place);
    preempting::contradictions(reader.context, document);
}

fn agents_of(reader: &mut Reader<'_, '_>, document: &mut Document) {
    if let Some((table, span)) = reader.table("application") {
        document.application = people::application(reader.context, table, span);
    }
    document.tenants = each(reader, "tenant", people::tenant);
    document.locations = each(reader, "location", people::location);
    document.groups = each(reader, "agent-group", people::group);
    document.persons = each(reader, "person", people::person);
    let persons = roster::persons(reader, &document.persons);
    document.more_persons = persons.as_ref().is_some_and(Vec::is_empty);
    document.persons.extend(persons.into_iter().flatten());
    document.phones = each(reader, "phone", phones::phone);
}

fn settings_of(reader: &mut Reader<'_, '_>, document: &mut Document) {
    if let Some((table, span)) = reader.table("desktop") {
        document.desktop = settings::desktop(reader.context, table, span);
    }
    if let Some((table, span)) = reader.table("policy") {
        document.policy = settings::policy(reader.context, table, span);
    }
    if let Some((table, span)) = reader.table("what-if") {
        document.what_if = settings::what_if(reader.context, table, span);
    }
}

fn faults_of(reader: &mut Reader<'_, '_>, document: &mut Document) {
    reader.context.sites = document.sites.iter().map(|site| site.name.value.clone()).collect();
    reader.context.locations = names::locations(document);
    for (table, span) in reader.list("fault") {
        document.faults.push(faults::fault(reader.context, table, span));
    }
    for (table, span) in reader.list("drain") {
        document.drains.push(faults::drain(reader.context, table, span));
    }
}

fn goals_of(reader: &mut Reader<'_, '_>, document: &mut Document) {
    for (table, span) in reader.list("calls") {
        document.calls.push(calls::calls(reader.context, table, span));
    }
    let called = !document.calls.is_empty();
    reader.context.needs("call-interval", document.call_interval.as_ref(), "[[calls]]", called);
    let simulated = document.calls_simulated.as_ref();
    reader.context.needs("calls-simulated", simulated, "[[calls]]", called);
    if let Some((table, span)) = reader.table("prices") {
        document.prices = settings::prices(reader.context, table, span);
    }
    let lost = document.prices.lost_call.as_ref();
    reader.context.needs("cost-per-lost-call", lost, "[[calls]]", called);
    if let Some((table, span)) = reader.table("experiment") {
        document.experiment = experiment::experiment(reader.context, table, span);
    }
    for (table, span) in reader.list("threshold") {
        document.thresholds.push(experiment::threshold(reader.context, table, span));
    }
}

/// Decodes the tables by name under a key.
fn each<T>(
    reader: &mut Reader<'_, '_>,
    name: &'static str,
    decode: fn(&mut Context<'_>, Spanned<String>, &Table) -> T,
) -> Vec<T> {
    let tables = reader.tables(name);
    tables.into_iter().map(|(name, table)| decode(reader.context, name, table)).collect()
}
