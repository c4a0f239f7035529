//! Texts that scenarios of several tests have in common.

/// The application of a scenario with sites X and Y: everybody prefers X and goes to Y.
macro_rules! recovery {
    () => {
        r#"[application.interaction-workspace]
disaster-recovery.enabled = true
disaster-recovery.preferred-site = "X"
disaster-recovery.peer-site = "Y"
"#
    };
}
pub(crate) use recovery;

/// The path of the DR timeout of everybody.
pub const TIMEOUT: &str = "application.interaction-workspace.disaster-recovery.timeout";
