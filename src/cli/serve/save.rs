//! Saving: the text in the place of the scenario's file, whole or not at all, and never over what
//! somebody else wrote meanwhile.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::PoisonError;

use super::session::Session;
use crate::cli::durable::{self, Aside};
use crate::cli::failure::{Failure, Outcome};
use crate::cli::intake;

/// Why a text was not saved.
#[derive(Debug)]
pub enum Unsaved {
    /// The file is not what it was.
    Changed(String),
    /// It cannot be written.
    Failed(Failure),
}

/// Writes the text to the scenario's file.
///
/// # Errors
/// [`Unsaved`].
pub fn save(session: &Session, text: &str) -> Result<(), Unsaved> {
    let Some(file) = &session.file else {
        let help = "the scenario has no file on this machine";
        return Err(Unsaved::Failed(Failure::Usage(help.to_owned())));
    };
    let text = if session.crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
    let mut known = session.on_disk.lock().unwrap_or_else(PoisonError::into_inner);
    let target = fs::canonicalize(file).unwrap_or_else(|_| file.clone());
    let now = intake::read(&target, false);
    if now.is_err() || now.is_ok_and(|now| now != *known) {
        let file = file.display();
        return Err(Unsaved::Changed(format!(
            "{file} was changed by somebody else and is left as it is; copy your text and open it again"
        )));
    }
    write(&target, text.as_bytes()).map_err(Unsaved::Failed)?;
    *known = text.into_bytes();
    Ok(())
}

fn write(target: &Path, bytes: &[u8]) -> Outcome {
    let put = || -> io::Result<()> {
        let mut aside = Aside::create(durable::above(target), durable::HIDDEN)?;
        aside.append(bytes)?;
        aside.permit_as(target)?;
        aside.place(target)
    };
    put().map_err(|error| Failure::disk("cannot write", target, &error))
}
