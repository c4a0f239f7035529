//! `registers.csv`: a row per second in which anything came to a registrar with a capacity;
//! `storms.csv`: a row per storm, and one per echo of it.

use crate::faults::Source;
use crate::measures::Results;
use crate::model::Model;
use crate::simulation::traffic::{Edge, Messages, Second, Wave};
use crate::time::{NANOS, Time};

use super::columns::{Column, count, number, text};
use super::table::Table;

pub(super) const SECONDS: [Column; 10] = [
    number("from_s"),
    text("site"),
    text("pair"),
    count("offered"),
    count("retransmitted"),
    count("served"),
    count("refused"),
    count("lost"),
    count("cut_off"),
    count("waiting"),
];

const STORMS: [&str; 23] = [
    "site",
    "pair",
    "fault",
    "edge",
    "edge_s",
    "echo",
    "from_s",
    "busy_s",
    "idle_after_s",
    "offered",
    "retransmitted",
    "served",
    "refused",
    "lost",
    "cut_off",
    "timed_out",
    "offered_peak",
    "retransmitted_peak",
    "served_peak",
    "refused_peak",
    "lost_peak",
    "queue_longest",
    "wait_longest_s",
];

/// `registers.csv`.
pub(super) fn seconds(results: &Results, model: &Model) -> Vec<u8> {
    let mut table = Table::with_columns(&SECONDS, "from_local", model);
    for messages in &results.traffic.registrars {
        for second in &messages.seconds {
            second_row(&mut table, model, messages, second);
        }
    }
    table.into_bytes()
}

fn whose(table: &mut Table, model: &Model, messages: &Messages) {
    let pair = &model.pairs[messages.pair.index()];
    table.text(&model.sites[pair.site.index()].name);
    table.text(&pair.name);
}

fn second_row(table: &mut Table, model: &Model, messages: &Messages, second: &Second) {
    table.time(Time(second.number.saturating_mul(NANOS)));
    whose(table, model, messages);
    let Second { offered, again, served, refused, lost, cut_off, waiting, .. } = *second;
    for number in [offered, again, served, refused, lost, cut_off, waiting] {
        table.show(number);
    }
    table.local(model, Time(second.number.saturating_mul(NANOS)));
    table.end();
}

/// `storms.csv`.
pub(super) fn storms(results: &Results, model: &Model) -> Vec<u8> {
    let mut table = Table::with_local(&STORMS, "from_local", model);
    for messages in &results.traffic.registrars {
        for storm in &messages.storms {
            for (echo, wave) in
                storm.waves.iter().enumerate().filter(|(_, it)| it.offered.total > 0)
            {
                whose(&mut table, model, messages);
                edge(&mut table, model, storm.edge);
                table.show(echo);
                wave_row(&mut table, model, wave);
            }
        }
    }
    table.into_bytes()
}

fn edge(table: &mut Table, model: &Model, edge: Option<Edge>) {
    let Some(Edge { at, source, ends }) = edge else {
        (0..3).for_each(|_| table.empty());
        return;
    };
    table.text(match source {
        Source::Fault(fault) => &model.faults[fault.index()].name,
        Source::Drain(drain) => &model.drains[drain as usize].name,
    });
    table.text(if ends { "end" } else { "begin" });
    table.time(at);
}

fn wave_row(table: &mut Table, model: &Model, wave: &Wave) {
    table.time(wave.from);
    table.span(wave.busy);
    table.span(wave.idle_after());
    let Wave { offered, again, served, refused, lost, cut_off, timed_out, waiting, .. } = *wave;
    let flows = [offered, again, served, refused, lost];
    flows.iter().for_each(|flow| table.show(flow.total));
    table.show(cut_off);
    table.show(timed_out);
    flows.iter().for_each(|flow| table.show(flow.peak));
    table.show(waiting);
    table.span(wave.wait);
    table.local(model, wave.from);
    table.end();
}
