//! Saving: the text in the place of the scenario's file, whole or not at all, and never over what
//! another program wrote since the page read it.

use std::fs;
use std::sync::PoisonError;

use super::session::Session;
use crate::cli::durable::{self, Readers};
use crate::cli::failure::Failure;
use crate::facade::intake;
use crate::report::digest;

/// Why a text was not saved.
#[derive(Debug)]
pub(super) enum Unsaved {
    /// The file is not what it was.
    Changed(String),
    /// It cannot be written.
    Failed(Failure),
}

/// Writes the text to the scenario's file, if that still has the digest `known`; returns the digest that
/// it has now.
///
/// # Errors
/// [`Unsaved`].
pub(super) fn save(session: &Session, text: &str, known: &str) -> Result<String, Unsaved> {
    let Some(file) = &session.file else {
        let help = "the scenario has no file on this machine";
        return Err(Unsaved::Failed(Failure::Usage(help.to_owned())));
    };
    let _alone = session.saving.lock().unwrap_or_else(PoisonError::into_inner);
    let target = fs::canonicalize(file).unwrap_or_else(|_| file.clone());
    let now = intake::read(&target, false).ok().filter(|now| digest(now) == known);
    let Some(now) = now else {
        let file = file.display();
        return Err(Unsaved::Changed(format!(
            "{file} is not what it was when this page read it, and is left as it is; copy your text and reload the page"
        )));
    };
    if fs::metadata(&target).is_ok_and(|found| found.permissions().readonly()) {
        let file = file.display();
        let why = format!("{file} is read-only and is left as it is; copy your text");
        return Err(Unsaved::Failed(Failure::World(why)));
    }
    let crlf = now.windows(2).any(|two| two == b"\r\n");
    let text = if crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
    let put = durable::replace(&target, &[text.as_bytes()], Readers::AsBefore);
    let failed = |error| Unsaved::Failed(Failure::disk("cannot write", file, &error));
    put.map_err(failed)?;
    Ok(digest(text.as_bytes()))
}
