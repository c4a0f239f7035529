//! `serve` over the wire: who may ask, what is answered, what is saved, how it ends. The page in a
//! browser is the matter of `browser::explorer`.

use crate::cli::texts::recovery;

mod answers;
mod client;
mod ends;
mod files;
mod growing;
mod guarded;

pub use client::Served;

/// One agent, a cut of five minutes; the phrase `timeout = 60` is there to be changed.
pub const SMALL: &str = concat!(
    r#"title = "What does the cut cost?"
horizon = "20m"
[site.X]
[site.Y]
[location.L]
"#,
    recovery!(),
    r#"disaster-recovery.timeout = 60
[agent-group.g]
agents = 3
[[fault]]
name = "cut"
target = "path L-X"
at = "5m"
for = "5m"
"#
);

/// The same with a year of random faults, and this number of replications.
pub fn random(replications: u32) -> String {
    let random = SMALL.replace("at = \"5m\"\nfor = \"5m\"", "mtbf = \"10d\"\nmttr = \"10m\"");
    format!("{}[experiment]\nreplications = {replications}\n", random.replace("20m", "1y"))
}
