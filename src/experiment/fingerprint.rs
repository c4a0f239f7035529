//! Fingerprints of resolved scenarios: whether two of them have the same trajectories.
//!
//! Not of files: comments, names for people and the number of replications do not show in it.

use sha2::{Digest, Sha256};

use crate::model::{Experiment, Model};

/// A fingerprint of everything in a resolved scenario that the trajectories depend on: not its
/// names for people, nor how many replications are wanted of it.
#[must_use]
pub fn fingerprint(model: &Model) -> String {
    let bare = Model {
        name: String::new(),
        title: String::new(),
        seed: 0,
        experiment: Experiment::default(),
        thresholds: Vec::new(),
        ..model.clone()
    };
    // The program's own description of every field; it is the same within one version.
    let digest = Sha256::digest(format!("{bare:?}"));
    hex(&digest[..16])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
