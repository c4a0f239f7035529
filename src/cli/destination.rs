//! The directory that an answer goes to, and what the answer there now was made from: a known name
//! shall not hold another answer without a message.
//!
//! It writes nothing.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::failure::Failure;
use super::target::{self, Ours};
use super::terminal;
use crate::report::{PROVENANCE_FILE, Provenance};

/// The directory of an answer.
#[derive(Debug)]
pub(super) struct Destination {
    path: PathBuf,
    /// What the answer in it was made from, if there is one.
    older: Option<Value>,
}

impl Destination {
    /// Looks at the directory before work is spent on an answer.
    ///
    /// # Errors
    /// [`Failure::World`] if an answer may not be put there.
    pub(super) fn look(path: PathBuf, ours: Ours) -> Result<Self, Failure> {
        target::check(&path, ours)?;
        let older = fs::read(path.join(PROVENANCE_FILE)).ok();
        let older = older.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Ok(Self { path, older })
    }

    /// Its path.
    #[must_use]
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Says where the answer is, and what other answer it has replaced, unless nothing is to be
    /// said. `what`: "the results are".
    pub(super) fn say(&self, what: &str, provenance: &Provenance, quiet: bool) {
        if !quiet {
            let replaced = self.older.as_ref().and_then(|older| replaced(older, provenance));
            let replaced =
                replaced.map_or_else(String::new, |of| format!(", in place of those of {of}"));
            terminal::say(&format!("{what} in {}{replaced}", self.path.display()));
        }
    }
}

/// What an older answer was made from, if not from the same by the same command.
fn replaced(older: &Value, provenance: &Provenance) -> Option<String> {
    let older = &older["provenance"];
    let command = older["command"].as_str()?.replace(char::is_control, " ");
    if command != provenance.command.replace(char::is_control, " ") {
        return Some(format!("`{command}`"));
    }
    let digests = older["inputs"].as_array()?.iter().map(|input| input["digest"].as_str());
    let mut pairs = provenance.inputs.iter().zip(digests);
    let changed = pairs.find(|(input, digest)| *digest != Some(&input.digest));
    let program = older["program"].as_str()?.replace(char::is_control, " ");
    let other = Some(program).filter(|program| *program != provenance.program);
    changed.map(|(input, _)| format!("an older {}", input.file)).or(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Input;

    fn made(text: &str, command: &str) -> Provenance {
        Provenance {
            program: "switchover 1.0".to_owned(),
            inputs: vec![Input::new("a.toml", text.as_bytes(), &[].into())],
            command: command.to_owned(),
            ..Provenance::default()
        }
    }

    #[test]
    fn an_answer_of_another_command_file_or_program_is_named() {
        let new = made("seed = 1", "switchover run a.toml");
        let of =
            |older: &Provenance| replaced(&serde_json::from_slice(&older.sidecar()).unwrap(), &new);
        assert_eq!(of(&new), None);
        let seed = made("seed = 1", "switchover run a.toml --seed 2");
        assert_eq!(of(&seed).as_deref(), Some("`switchover run a.toml --seed 2`"));
        assert_eq!(of(&made("seed = 2", &new.command)).as_deref(), Some("an older a.toml"));
        let program = Provenance { program: "switchover 0.9".to_owned(), ..new.clone() };
        assert_eq!(of(&program).as_deref(), Some("switchover 0.9"));
        assert_eq!(replaced(&Value::Null, &new), None);
    }
}
