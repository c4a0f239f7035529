//! `compare.json`: every measure in every variant, and its paired difference from the first; and
//! its JSON Schema.
//!
//! Numbers have nine significant digits; what is not known is null.

use schemars::JsonSchema;
use serde::Serialize;

use crate::closed_form::ClosedForms;
use crate::experiment::{Comparison, Contrast};
use crate::report::advice::{ChangeSummary, FindingSummary, changes, findings};
use crate::report::between::{Between, between, unit_name};
use crate::report::experiment::ended;
use crate::report::numbers::nine;
use crate::report::{Provenance, schema, unlike};

/// A first variant against others.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct ComparisonSummary {
    /// What the first variant is called.
    pub first: String,
    /// Replications of each variant, with the same faults and the same random numbers.
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
    /// What each `--set` changes, with the value in force in the first variant.
    pub changes: Vec<ChangeSummary>,
    /// What `check` finds in the variants, each finding once.
    pub findings: Vec<FindingSummary>,
    /// What theory says of the variants that have random faults; left out where none has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub closed_forms: Vec<VariantForms>,
    /// Each other variant against the first.
    pub against: Vec<Against>,
}

/// The closed forms of a variant beside its replications.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct VariantForms {
    /// What the variant is called.
    pub name: String,
    /// The closed forms.
    #[serde(flatten)]
    pub forms: ClosedForms,
}

/// One variant against the first.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct Against {
    /// What it is called.
    pub name: String,
    /// Every measure that both have.
    pub measures: Vec<MeasureContrast>,
}

/// One measure in both.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct MeasureContrast {
    /// The measure.
    pub measure: String,
    /// `s`, `1` or `share`.
    pub unit: &'static str,
    /// In the first variant.
    pub first: Between,
    /// In this one.
    pub this: Between,
    /// This less the first.
    pub difference: Between,
    /// How the interval of the difference was found.
    pub method: &'static str,
    /// Share of the replications in which this variant is better (smaller, where neither direction
    /// is); null for percentiles.
    pub better: Option<Between>,
    /// Replications in which both are the same.
    pub ties: Option<u64>,
    /// How many times more replications the same interval would need with independent random
    /// numbers; null where the difference does not vary.
    pub variance_reduction: Option<f64>,
}

/// The file: indented, with a final newline.
pub(super) fn render(comparison: &Comparison, provenance: &Provenance) -> Vec<u8> {
    provenance.file(&summary(comparison))
}

/// The JSON Schema of `compare.json`.
#[must_use]
pub fn comparison_schema() -> serde_json::Value {
    schema::<ComparisonSummary>()
}

/// What `compare.json` holds.
pub(super) fn summary(comparison: &Comparison) -> ComparisonSummary {
    let others = comparison.names.iter().skip(1).zip(&comparison.contrasts);
    ComparisonSummary {
        first: comparison.names[0].clone(),
        replications: comparison.gathered[0].count(),
        ended: ended(comparison.ended),
        confidence: comparison.level,
        weighed: comparison.tradeoff.objectives.iter().map(|one| one.goal.name()).collect(),
        not_weighed: unlike::notes(&comparison.tradeoff, "variant"),
        changes: changes(&comparison.advice),
        findings: findings(&comparison.advice),
        closed_forms: forms(comparison),
        against: others
            .map(|(name, contrasts)| Against {
                name: name.clone(),
                measures: contrasts.iter().map(measure).collect(),
            })
            .collect(),
    }
}

fn forms(comparison: &Comparison) -> Vec<VariantForms> {
    let each = comparison.names.iter().zip(&comparison.closed_forms);
    let known = each.filter_map(|(name, forms)| {
        Some(VariantForms { name: name.clone(), forms: forms.clone()? })
    });
    known.collect()
}

fn measure(contrast: &Contrast) -> MeasureContrast {
    let paired = contrast.paired.as_ref();
    MeasureContrast {
        measure: contrast.name.clone(),
        unit: unit_name(contrast.unit),
        first: between(&contrast.a),
        this: between(&contrast.b),
        difference: between(&contrast.difference),
        method: contrast.difference.method.name(),
        better: paired.map(|paired| between(&paired.share_better)),
        ties: paired.map(|paired| paired.ties),
        variance_reduction: paired.and_then(|paired| paired.variance_reduction).and_then(nine),
    }
}
