//! `registers.csv`: a row per second in which anything came to a registrar with a capacity;
//! `storms.csv`: a row per storm, and one per echo of it.

use crate::faults::Source;
use crate::measures::Results;
use crate::model::Model;
use crate::simulation::traffic::{Edge, Messages, Second, Wave};
use crate::time::{NANOS, Time};

use super::cells::Cells;
use super::columns::{Column, count, joined, number, text};
use super::run_table::RunTable;

/// The outcomes of messages.
const MESSAGES: [Column; 6] = [
    count("offered"),
    count("retransmitted"),
    count("served"),
    count("refused"),
    count("lost"),
    count("cut_off"),
];

pub(super) const SECONDS: [Column; 10] =
    joined(&[&[number("from_s"), text("site"), text("pair")], &MESSAGES, &[count("waiting")]]);

const STORMS: [Column; 23] = joined(&[
    &[
        text("site"),
        text("pair"),
        text("fault"),
        text("edge"),
        number("edge_s"),
        count("echo"),
        number("from_s"),
        number("busy_s"),
        number("idle_after_s"),
    ],
    &MESSAGES,
    &[
        count("timed_out"),
        count("offered_peak"),
        count("retransmitted_peak"),
        count("served_peak"),
        count("refused_peak"),
        count("lost_peak"),
        count("queue_longest"),
        number("wait_longest_s"),
    ],
]);

/// `registers.csv`.
pub(super) const SECONDS_TABLE: RunTable =
    RunTable { columns: &SECONDS, local: Some("from_local"), told: seconds, kept: seconds };

/// `storms.csv`.
pub(super) const STORMS_TABLE: RunTable =
    RunTable { columns: &STORMS, local: Some("from_local"), told: storms, kept: storms };

fn seconds(table: &mut impl Cells, results: &Results, model: &Model) {
    for messages in &results.traffic.registrars {
        for second in &messages.seconds {
            second_row(table, model, messages, second);
        }
    }
}

fn whose(table: &mut impl Cells, model: &Model, messages: &Messages) {
    let pair = &model.pairs[messages.pair.index()];
    table.text(&model.sites[pair.site.index()].name);
    table.text(&pair.name);
}

fn second_row(table: &mut impl Cells, model: &Model, messages: &Messages, second: &Second) {
    table.time(Time(second.number.saturating_mul(NANOS)));
    whose(table, model, messages);
    let Second { offered, again, served, refused, lost, cut_off, waiting, .. } = *second;
    for number in [offered, again, served, refused, lost, cut_off, waiting] {
        table.count(number);
    }
    table.local(model, Time(second.number.saturating_mul(NANOS)));
    table.end();
}

fn storms(table: &mut impl Cells, results: &Results, model: &Model) {
    for messages in &results.traffic.registrars {
        for storm in &messages.storms {
            for (echo, wave) in
                storm.waves.iter().enumerate().filter(|(_, it)| it.offered.total > 0)
            {
                whose(table, model, messages);
                edge(table, model, storm.edge);
                table.count(echo);
                wave_row(table, model, wave);
            }
        }
    }
}

fn edge(table: &mut impl Cells, model: &Model, edge: Option<Edge>) {
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

fn wave_row(table: &mut impl Cells, model: &Model, wave: &Wave) {
    table.time(wave.from);
    table.span(wave.busy);
    table.span(wave.idle_after());
    let Wave { offered, again, served, refused, lost, cut_off, timed_out, waiting, .. } = *wave;
    let flows = [offered, again, served, refused, lost];
    flows.iter().for_each(|flow| table.count(flow.total));
    table.count(cut_off);
    table.count(timed_out);
    flows.iter().for_each(|flow| table.count(flow.peak));
    table.count(waiting);
    table.span(wave.wait);
    table.local(model, wave.from);
    table.end();
}
