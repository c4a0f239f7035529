//! `sweep.json`: every measure at every point, and its paired difference from today; and its JSON
//! Schema.
//!
//! Numbers have nine significant digits; what is not known is null.

use schemars::JsonSchema;
use serde::Serialize;

use crate::closed_form::ClosedForms;
use crate::experiment::{Contrast, Grid, GridPoint};
use crate::report::advice::{ChangeSummary, FindingSummary, changes, findings};
use crate::report::between::{Between, between, unit_name};
use crate::report::experiment::ended;
use crate::report::{Provenance, schema, unlike};

/// One or two parameters over a range.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct SweepSummary {
    /// What is set, as typed.
    pub parameters: Vec<String>,
    /// Replications of each point, with the same faults and the same random numbers.
    pub replications: usize,
    /// Why there are not more: `complete`, `decided`, `at-most`, `out-of-time`.
    pub ended: &'static str,
    /// Confidence level of all intervals.
    pub confidence: f64,
    /// What is weighed: `downtime`, `needless switchovers`, `flaps`, `peak logins`, and of calls `failed
    /// calls`, `calls not in time` or `calls that failed because of the faults`.
    pub weighed: Vec<&'static str>,
    /// Why something is not weighed, in sentences; left out where all of it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_weighed: Vec<String>,
    /// The scenario as it is today.
    pub today: Today,
    /// What each parameter changes, with the value in force today.
    pub changes: Vec<ChangeSummary>,
    /// What `check` finds in the scenario and at the points, each finding once.
    pub findings: Vec<FindingSummary>,
    /// What theory says of today's scenario; left out where it has no random faults.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_forms: Option<ClosedForms>,
    /// The points.
    pub points: Vec<Point>,
}

/// The scenario as it is today.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct Today {
    /// Position among the points, from 0; null: it is none of them.
    pub point: Option<usize>,
    /// How it compares with the points.
    #[serde(flatten)]
    pub standing: Standing,
    /// Every measure.
    pub measures: Vec<PointMeasure>,
}

/// How a variant compares with the others.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(super) struct Standing {
    /// Whether no other is shown to have less downtime per agent: paired differences, with
    /// Bonferroni's correction. True of all where downtime is not weighed.
    pub may_have_least_downtime: bool,
    /// Whether no other dominates it in what is weighed.
    pub pareto: bool,
}

/// One point.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct Point {
    /// The value of each parameter, as typed.
    pub values: Vec<String>,
    /// Whether it is the scenario as it is today.
    pub today: bool,
    /// How it compares with the others.
    #[serde(flatten)]
    pub standing: Standing,
    /// Codes of what `check` finds at this point.
    pub findings: Vec<&'static str>,
    /// Every measure.
    pub measures: Vec<PointMeasure>,
}

/// One measure at one point.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct PointMeasure {
    /// The measure.
    pub measure: String,
    /// `s`, `1` or `share`.
    pub unit: &'static str,
    /// Here.
    pub here: Between,
    /// Here less today.
    pub difference: Between,
}

/// The file: indented, with a final newline.
pub(super) fn render(grid: &Grid, provenance: &Provenance) -> Vec<u8> {
    provenance.file(&summary(grid))
}

/// The JSON Schema of `sweep.json`.
#[must_use]
pub fn sweep_schema() -> serde_json::Value {
    schema::<SweepSummary>()
}

/// What `sweep.json` holds.
pub(super) fn summary(grid: &Grid) -> SweepSummary {
    SweepSummary {
        parameters: grid.parameters.iter().map(|parameter| parameter.path.clone()).collect(),
        replications: grid.replications,
        ended: ended(grid.ended),
        confidence: grid.level,
        weighed: grid.tradeoff.objectives.iter().map(|one| one.goal.name()).collect(),
        not_weighed: unlike::notes(&grid.tradeoff, "point"),
        today: Today {
            point: grid.today_point(),
            standing: standing(grid, 0),
            measures: grid.today.iter().map(measure).collect(),
        },
        changes: changes(&grid.advice),
        findings: findings(&grid.advice),
        closed_forms: grid.closed_forms.clone(),
        points: (0..).zip(&grid.points).map(|(at, point)| self::point(grid, at, point)).collect(),
    }
}

fn point(grid: &Grid, position: usize, point: &GridPoint) -> Point {
    let values = grid.parameters.iter().zip(&point.at);
    Point {
        values: values.map(|(parameter, at)| parameter.values[*at].clone()).collect(),
        today: point.variant == 0,
        standing: standing(grid, point.variant),
        findings: grid.advice.codes(position).collect(),
        measures: point.contrasts.iter().map(measure).collect(),
    }
}

fn standing(grid: &Grid, variant: usize) -> Standing {
    Standing {
        may_have_least_downtime: grid.tradeoff.may_have_least_downtime(variant),
        pareto: grid.tradeoff.pareto[variant],
    }
}

fn measure(contrast: &Contrast) -> PointMeasure {
    PointMeasure {
        measure: contrast.name.clone(),
        unit: unit_name(contrast.unit),
        here: between(&contrast.b),
        difference: between(&contrast.difference),
    }
}
