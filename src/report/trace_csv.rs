//! `trace.csv`: every record of the trace as a row, written as it comes.
//!
//! A failed write stops the writing and is reported at the end. What fills the columns of an event is
//! in `trace_fields`.

use std::io::{self, Write};

use crate::model::{AgentId, Model, SiteId};
use crate::trace::{Record, Sink};

use super::cells::Cells;
use super::columns::{Column, count, flag, number, text};
use super::table::Table;
use super::trace_fields::{Fields, fields};

/// The header. `since_s` and `until_s` are second instants of an event, in the past and ahead.
pub(super) const COLUMNS: [Column; 19] = [
    number("at_s"),
    text("agent"),
    text("event"),
    text("kind"),
    text("site"),
    text("member"),
    text("reason"),
    text("from"),
    text("to"),
    flag("in_service_before"),
    flag("registered_elsewhere"),
    number("since_s"),
    number("until_s"),
    number("downtime_s"),
    count("rounds"),
    count("registered"),
    count("failed"),
    count("probes"),
    count("sip_rounds"),
];

/// Bytes kept before they are written.
const CHUNK: usize = 1 << 16;

/// Writes a trace as CSV.
pub struct TraceCsv<'m, W> {
    model: &'m Model,
    table: Table,
    /// Rows in the table since it was last written.
    rows: usize,
    named: Option<(AgentId, String)>,
    out: W,
    failed: Option<io::Error>,
}

impl<'m, W: Write> TraceCsv<'m, W> {
    /// Begins with the header.
    pub fn new(model: &'m Model, out: W) -> Self {
        let table = Table::with_columns(&COLUMNS, Some("at_local"), model);
        Self { model, table, rows: 0, named: None, out, failed: None }
    }

    /// Begins without a header, for a range of agents after the first.
    pub fn without_header(model: &'m Model, out: W) -> Self {
        Self { table: Table::new(), ..Self::new(model, out) }
    }

    /// Writes what is left and gives the writer back.
    ///
    /// # Errors
    /// The first write that failed, if any did; the file is incomplete then.
    pub fn finish(mut self) -> io::Result<W> {
        self.flush();
        match self.failed {
            Some(error) => Err(error),
            None => Ok(self.out),
        }
    }

    fn flush(&mut self) {
        self.rows = 0;
        if self.failed.is_none() {
            self.failed = self.out.write_all(&self.table.take()).err();
        }
    }

    fn site(&self, site: Option<SiteId>) -> Option<&'m str> {
        site.map(|site| self.model.sites[site.index()].name.as_str())
    }

    fn row(&mut self, name: &str, record: &Record) {
        let (event, fields) = fields(record.event);
        let [site, from, to] = [fields.site, fields.from, fields.to].map(|site| self.site(site));
        let Fields { kind, member, reason, since, until, downtime, rounds, tally, .. } = fields;
        let table = &mut self.table;
        table.time(record.at);
        table.text(name);
        table.text(event);
        table.maybe(kind.map(crate::model::Kind::name));
        table.maybe(site);
        table.maybe(member);
        table.text(reason);
        table.maybe(from);
        table.maybe(to);
        for answer in [fields.in_service_before, fields.registered_elsewhere] {
            table.maybe(answer.map(|is| if is { "true" } else { "false" }));
        }
        [since, until].into_iter().for_each(|instant| table.maybe_time(instant));
        table.maybe_span(downtime);
        table.text(&rounds.map_or_else(String::new, |rounds| rounds.to_string()));
        for at in 0..4 {
            table.text(&tally.map_or_else(String::new, |tally| tally[at].to_string()));
        }
        table.local(self.model, record.at);
        table.end();
    }
}

impl<W: Write> Sink for TraceCsv<'_, W> {
    fn record(&mut self, record: Record) {
        let name = match self.named.take() {
            Some((known, name)) if known == record.agent => name,
            _ => self.model.agent_name(record.agent),
        };
        self.row(&name, &record);
        self.named = Some((record.agent, name));
        self.rows += 1;
        if self.rows * 64 > CHUNK {
            self.flush();
        }
    }
}
