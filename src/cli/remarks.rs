//! What `check` finds in several variants of a scenario, shown; and whether their errors forbid to go on.

use super::failure::Failure;
use super::load::Study;
use super::terminal;
use crate::diagnostic::Severity;
use crate::experiment::Advice;
use crate::facade::meant::Seen;
use crate::facade::remarks::found;

/// Everything that was found today and in the other variants, warnings and errors only: kept in
/// `advice`, shown on standard error unless `quiet`.
///
/// # Errors
/// [`Failure::Findings`] if there are errors that are not allowed.
pub(super) fn gather(
    today: &Study,
    others: &[Study],
    advice: &mut Advice,
    (allow_errors, quiet): (bool, bool),
) -> Result<(), Failure> {
    let others: Vec<Seen<'_>> = others.iter().map(Study::seen).collect();
    let (all, left_out) = found(today.seen(), &others);
    advice.remarks = all.iter().map(|found| found.remark.clone()).collect();
    let refused = all.iter().any(|found| found.remark.severity == Severity::Error) && !allow_errors;
    for found in &all {
        let severe = found.remark.severity == Severity::Error;
        if severe || !quiet {
            let place = advice.place(&found.remark);
            terminal::say(&format!("{}\n  = found: {place}\n", found.shown));
        }
    }
    if left_out > 0 && !quiet {
        terminal::say(&format!("note: {left_out} more findings of one variant are not shown\n"));
    }
    if refused {
        let help = "--allow-errors simulates what the product would do instead";
        terminal::say(&format!("error: the variants have errors; {help}"));
        return Err(Failure::Findings);
    }
    Ok(())
}
