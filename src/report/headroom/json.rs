//! `headroom.json`: the answers, every value that was tried, and the sentences; and its JSON Schema.
//!
//! Numbers have nine significant digits; what is not known is null.

use schemars::JsonSchema;
use serde::Serialize;

use super::remark::remark;
use super::sentences;
use crate::closed_form::ClosedForms;
use crate::experiment::{Answered, Edge, Finding, Headroom, Point, Side};
use crate::model::Bound;
use crate::report::advice::{ChangeSummary, FindingSummary, change, findings};
use crate::report::between::{Between, between, unit_name};
use crate::report::numbers::nine;
use crate::report::{Provenance, schema};

/// How far settings may be changed while a measure keeps its bound.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct HeadroomSummary {
    /// The measure.
    pub measure: String,
    /// `s`, `1` or `share`.
    pub unit: &'static str,
    /// `at-most` or `at-least`.
    pub bound: &'static str,
    /// The bound in the measure's unit.
    pub limit: Option<f64>,
    /// The bound as written.
    pub written: String,
    /// The only faults and drains that occur; empty: all of the scenario.
    pub faults: Vec<String>,
    /// Replications of each value, with the same faults and the same random numbers.
    pub replications: usize,
    /// Confidence level of all intervals.
    pub confidence: f64,
    /// The measure in the scenario as it is today.
    pub today: Between,
    /// `no end (S021)`: a run of today's scenario has no end, which keeps no bound; null: all have one.
    pub today_remark: Option<&'static str>,
    /// What theory says of the scenario as it is today; left out where it has no random faults.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_forms: Option<ClosedForms>,
    /// What was asked, in sentences.
    pub question: Vec<String>,
    /// One for each setting that was varied, the others as they are today.
    pub answers: Vec<AnswerSummary>,
}

/// The answer for one setting.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct AnswerSummary {
    /// What was varied, with the value in force today.
    pub varied: ChangeSummary,
    /// Number of values in the range.
    pub values_in_range: u64,
    /// The distance between two of them: the answer is exact to this.
    pub exact_to: String,
    /// `edge`: the bound is kept on one side of the answer; `always`, `never`: at every value that was
    /// tried, at none; `unaffected`: the measure is the same at every value that was tried;
    /// `not-monotone`: it is kept, broken and kept again, and the answer is on the safe side of all
    /// values that were tried; `unmeasured`: there is a value at which there is nothing to measure.
    pub finding: &'static str,
    /// `smallest` or `largest`: what the answer is among the values that keep the bound.
    pub answer_is: Option<&'static str>,
    /// The answer: the last value whose estimate keeps the bound.
    pub answer: Option<String>,
    /// The last value whose whole interval keeps it; null where there is no interval or no such value.
    pub keeps_with_confidence: Option<String>,
    /// The first value whose whole interval breaks it; null where there is no interval or no such value.
    pub breaks_with_confidence: Option<String>,
    /// Where it is not monotone: one value of each stretch in which it is kept or broken.
    pub turns_at: Vec<String>,
    /// The answer in one short sentence.
    pub title: String,
    /// The answer in sentences.
    pub sentences: Vec<String>,
    /// The values that were tried, in rising order.
    pub tried: Vec<TriedSummary>,
    /// What `check` finds at some of them, and not in the scenario as it is today.
    pub findings: Vec<FindingSummary>,
}

/// A value that was tried.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct TriedSummary {
    /// As it may be typed.
    pub value: String,
    /// In base units: a number, a share, seconds, a number per second.
    pub number: Option<f64>,
    /// Whether it is the value in force today.
    pub today: bool,
    /// The measure.
    pub measure: Between,
    /// `PASS`: the whole interval keeps the bound; `FAIL`: it breaks it; else `INCONCLUSIVE`. By the
    /// value where there is no interval.
    pub verdict: &'static str,
    /// `no end (S021)`: a run has no end at this value, which keeps no bound; null: all have one.
    pub remark: Option<&'static str>,
}

/// The file: indented, with a final newline.
pub(super) fn render(found: &Headroom, provenance: &Provenance) -> Vec<u8> {
    provenance.file(&summary(found))
}

/// The JSON Schema of `headroom.json`.
#[must_use]
pub fn headroom_schema() -> serde_json::Value {
    schema::<HeadroomSummary>()
}

/// What `headroom.json` holds.
pub(super) fn summary(found: &Headroom) -> HeadroomSummary {
    let target = &found.target;
    let (bound, limit) = match target.bound {
        Bound::AtMost(limit) => ("at-most", limit),
        Bound::AtLeast(limit) => ("at-least", limit),
    };
    HeadroomSummary {
        measure: target.measure.clone(),
        unit: unit_name(target.unit),
        bound,
        limit: nine(limit),
        written: target.written.clone(),
        faults: found.faults.clone(),
        replications: found.replications,
        confidence: found.level,
        today: between(&found.today.estimate),
        today_remark: remark(&found.today),
        closed_forms: found.closed_forms.clone(),
        question: sentences::question(found),
        answers: found.answers.iter().map(|one| answer(found, one)).collect(),
    }
}

fn answer(found: &Headroom, answer: &Answered) -> AnswerSummary {
    let parts = parts(answer);
    let turns = match &answer.finding {
        Finding::NotMonotone { turns, .. } => turns.as_slice(),
        _ => &[],
    };
    AnswerSummary {
        varied: change(&answer.change),
        values_in_range: answer.count,
        exact_to: answer.step.clone(),
        finding: finding_name(&answer.finding),
        answer_is: parts.side,
        answer: parts.answer,
        keeps_with_confidence: parts.keeps,
        breaks_with_confidence: parts.breaks,
        turns_at: turns.iter().map(|at| typed(answer, *at)).collect(),
        title: sentences::title(found, answer),
        sentences: sentences::answer(found, answer),
        tried: answer.tried.iter().map(|point| tried(found, point)).collect(),
        findings: findings(&answer.advice),
    }
}

fn tried(found: &Headroom, point: &Point) -> TriedSummary {
    TriedSummary {
        value: point.text.clone(),
        number: nine(point.number),
        today: point.today,
        measure: between(&point.tried.measured.estimate),
        verdict: point.tried.judged(found.target.bound).name(),
        remark: remark(&point.tried.measured),
    }
}

/// A value as it may be typed, by its position.
fn typed(answer: &Answered, position: u64) -> String {
    answer.point(position).map_or_else(String::new, |point| point.text.clone())
}

/// What an answer consists of, where there is one.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) side: Option<&'static str>,
    pub(super) answer: Option<String>,
    pub(super) keeps: Option<String>,
    pub(super) breaks: Option<String>,
}

pub(super) fn parts(answer: &Answered) -> Parts {
    let Some(Edge { side, at, confident }) = answer.finding.edge() else { return Parts::default() };
    let text = |position| typed(answer, position);
    Parts {
        side: Some(match side {
            Side::From => "smallest",
            Side::UpTo => "largest",
        }),
        answer: Some(text(*at)),
        keeps: confident.and_then(|confident| confident.keeps).map(text),
        breaks: confident.and_then(|confident| confident.breaks).map(text),
    }
}

/// The name of a finding in files.
pub(super) const fn finding_name(finding: &Finding) -> &'static str {
    match finding {
        Finding::Edge(_) => "edge",
        Finding::Always => "always",
        Finding::Never => "never",
        Finding::Unaffected(_) => "unaffected",
        Finding::NotMonotone { .. } => "not-monotone",
        Finding::Unmeasured(_) => "unmeasured",
    }
}
