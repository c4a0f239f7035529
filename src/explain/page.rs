//! All explanations as a page of the documentation. It returns text; a test keeps the page in step.

use std::fmt::Write;

use super::{all, heading, severity_word};

const OPENING: &str = "\
# Diagnostics

Generated from the table of explanations; `switchover check --explain CODE` prints one of them. `V`
codes are checks of the Business Continuity configuration, `S` codes are mistakes of the scenario
language, `L` codes mistakes in a log of outages that `fit` reads. With an error a run is refused;
`--allow-errors` simulates what the product would do instead. `scenarios/invalid/` holds a scenario
or a log for each code, beside the exact words.
";

/// The page, in Markdown.
#[must_use]
pub fn page() -> String {
    let mut out = OPENING.to_owned();
    for entry in all() {
        let Some((severity, title)) = heading(entry.code) else { continue };
        let _ = write!(out, "\n## {} ({}): {title}\n", entry.code, severity_word(severity));
        for text in [entry.means, entry.matters, entry.mend] {
            let _ = write!(out, "\n{text}\n");
        }
    }
    out
}
