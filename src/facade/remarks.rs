//! What `check` finds in several variants of a scenario, each finding once, with the variants that
//! it concerns. It shows nothing.

use super::meant::Seen;
use super::shown::Shown;
use crate::diagnostic::{Diagnostic, Severity, Source};
use crate::experiment::{Advice, Exceeded, Remark, exceeded_in};
use crate::report;

/// A finding by which those of other variants are known to be the same: its code, and its key, with
/// the table around it, wherever the lines have moved to.
type Locus = (&'static str, String);

/// A finding and its text.
pub struct ReadableFinding {
    locus: Locus,
    /// The finding, and the variants that it concerns.
    pub remark: Remark,
    /// Its text, in colours.
    pub shown: String,
}

/// Adds what was found in other variants and not today, warnings and errors only.
pub fn add_new(today: Seen<'_>, others: &[Seen<'_>], advice: &mut Advice) {
    let remarks = found(today, others).0.into_iter().map(|found| found.remark);
    advice.remarks.extend(remarks.filter(|remark| !remark.today));
}

/// Every finding once, warnings and errors only, and how many of one variant are not shown.
#[must_use]
pub fn found(today: Seen<'_>, others: &[Seen<'_>]) -> (Vec<ReadableFinding>, usize) {
    let mut all: Vec<ReadableFinding> = Vec::new();
    let mut left_out = 0;
    for (position, seen) in std::iter::once(&today).chain(others).enumerate() {
        let shown = Shown::of(seen.findings, Severity::Warning);
        for finding in shown.findings {
            add(&mut all, finding, seen.source, position.checked_sub(1));
        }
        left_out = left_out.max(shown.left_out);
    }
    (all, left_out)
}

/// Adds the capacities that replications exceeded to the findings, under the check of the same
/// matter. `today`: those of the scenario as it is; `points`: those of each point.
pub fn add_exceeded(advice: &mut Advice, today: Vec<Exceeded>, points: Vec<Vec<Exceeded>>) {
    let all: Vec<_> = std::iter::once(today).chain(points).collect();
    for found in exceeded_in(&all) {
        let others = found.variants.iter().filter_map(|variant| variant.checked_sub(1));
        advice.remarks.push(Remark {
            code: "V40",
            severity: Severity::Warning,
            message: format!(
                "{}; {}",
                report::overload_finding(&found.worst),
                report::OVERLOAD_MEANING
            ),
            help: None,
            today: found.variants.contains(&0),
            points: others.collect(),
        });
    }
}

/// Adds a finding of today (`None`) or of another variant.
fn add(
    all: &mut Vec<ReadableFinding>,
    finding: &Diagnostic,
    source: &Source,
    other: Option<usize>,
) {
    let locus = locus(finding, source);
    let known = all.iter().position(|found| found.locus == locus).unwrap_or_else(|| {
        all.push(ReadableFinding {
            locus,
            remark: Remark {
                code: finding.code,
                severity: finding.severity,
                message: finding.message.clone(),
                help: finding.help.clone(),
                today: false,
                points: Vec::new(),
            },
            shown: finding.render(source, true),
        });
        all.len() - 1
    });
    let remark = &mut all[known].remark;
    match other {
        None => remark.today = true,
        Some(at) if !remark.points.contains(&at) => remark.points.push(at),
        Some(_) => {}
    }
}

/// The header above a finding, how many equal ones are before it, and the key of its line.
fn locus(finding: &Diagnostic, source: &Source) -> Locus {
    let text = &source.text()[..source.clamp(finding.primary.span).start];
    let headers = || text.lines().filter(|line| line.trim_start().starts_with('['));
    let header = headers().next_back().unwrap_or_default();
    let before = headers().filter(|other| *other == header).count();
    let line = source.line(source.position(finding.primary.span.start).line);
    let key = line.split('=').next().unwrap_or_default().trim();
    (finding.code, format!("{before} {header} {key}"))
}
