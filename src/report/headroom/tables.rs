//! `headroom.csv`: one row per setting that was varied; `headroom-values.csv`: one row per value that was
//! tried.

use super::json::{finding_name, parts};
use super::remark::remark;
use crate::experiment::Headroom;
use crate::report::between::{between, unit_name};
use crate::report::cells::Cells;
use crate::report::table::Table;

/// The answers.
pub(super) fn answers(found: &Headroom) -> Vec<u8> {
    let mut table = Table::with_header(&[
        "path",
        "target",
        "today",
        "finding",
        "answer_is",
        "answer",
        "keeps_with_confidence",
        "breaks_with_confidence",
        "level",
        "exact_to",
        "values_in_range",
        "values_tried",
    ]);
    for answer in &found.answers {
        let parts = parts(answer);
        table.text(&answer.path);
        table.text(&found.target.to_string());
        let today: Vec<&str> =
            answer.change.in_force.iter().map(|one| one.value.as_str()).collect();
        table.text(&today.join(" and "));
        table.text(finding_name(&answer.finding));
        table.text(parts.side.unwrap_or_default());
        for value in [parts.answer, parts.keeps, parts.breaks] {
            table.text(&value.unwrap_or_default());
        }
        table.show(found.level);
        table.text(&answer.step);
        table.show(answer.count);
        table.show(answer.tried.len());
        table.end();
    }
    table.into_bytes()
}

/// The values.
pub(super) fn values(found: &Headroom) -> Vec<u8> {
    let mut table = Table::with_header(&[
        "path", "value", "number", "today", "measure", "unit", "estimate", "low", "high", "level",
        "count", "method", "verdict", "remark",
    ]);
    for answer in &found.answers {
        for point in &answer.tried {
            table.text(&answer.path);
            table.text(&point.text);
            table.maybe_show(Some(point.number));
            table.show(point.today);
            table.text(&found.target.measure);
            table.text(unit_name(found.target.unit));
            let here = between(&point.tried.measured.estimate);
            [here.value, here.low, here.high].iter().for_each(|end| table.maybe_show(*end));
            table.show(found.level);
            table.show(point.tried.measured.estimate.count);
            table.text(point.tried.measured.estimate.method.name());
            table.text(point.tried.judged(found.target.bound).name());
            table.text(remark(&point.tried.measured).unwrap_or_default());
            table.end();
        }
    }
    table.into_bytes()
}
