//! What exists as long as the program serves: the scenario as it was opened, the secret of this
//! start, and the pages that are being answered.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::pages::{Page, Pages};
use crate::cli::args::Serve;
use crate::cli::failure::Failure;
use crate::cli::init::STARTER;
use crate::cli::load::Text;
use crate::cli::pool;
use crate::facade::intake;
use crate::facade::pack::Pack;
use crate::report::digest;
use crate::scenario::set::{Dial, dials};

/// The name of a scenario that has no file.
const UNNAMED: &str = "scenario.toml";

/// Bytes of the secret.
const SECRET: usize = 16;

/// The session.
#[derive(Debug)]
pub(super) struct Session {
    /// The scenario's file; `None`: it has none.
    pub file: Option<PathBuf>,
    /// Where data files are looked for, and what findings name.
    path: PathBuf,
    /// The text as it was when the program started, with line feeds only.
    pub opened: String,
    /// The digest of the file then.
    known: String,
    /// The sliders of that text.
    pub today: Vec<Dial>,
    /// Held while the file is written.
    pub saving: Mutex<()>,
    /// What every request must carry.
    pub token: String,
    /// Number of threads.
    pub threads: Option<u16>,
    pages: Pages,
}

impl Session {
    /// Opens the scenario of a command line.
    ///
    /// # Errors
    /// [`Failure::World`] if the file cannot be read, or is no text.
    pub(super) fn open(asked: &Serve) -> Result<Self, Failure> {
        let path = asked.file.clone().unwrap_or_else(|| PathBuf::from(UNNAMED));
        let bytes = match &asked.file {
            None => STARTER.as_bytes().to_vec(),
            Some(file) => intake::read(file, false)
                .map_err(|error| Failure::disk("cannot read", file, &error))?,
        };
        if Pack::is(&bytes) {
            let path = path.display();
            let why = "is a pack and cannot be edited; open the scenario that it was made of";
            return Err(Failure::World(format!("{path} {why}")));
        }
        let text = String::from_utf8(bytes).map_err(|_| {
            let path = path.display();
            Failure::World(format!(
                "{path} is not UTF-8 and cannot be edited; `switchover check` shows where"
            ))
        })?;
        let (opened, known) = (text.replace("\r\n", "\n"), digest(text.as_bytes()));
        Ok(Self {
            file: asked.file.clone(),
            path,
            today: dials(&opened),
            opened,
            known,
            saving: Mutex::new(()),
            token: secret()?,
            threads: asked.threads,
            pages: Pages::default(),
        })
    }

    /// The name of the scenario for people.
    #[must_use]
    pub(super) fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// The text of the file as it is now, and its digest; as it was at the start if it cannot be read.
    #[must_use]
    pub(super) fn now(&self) -> (String, String) {
        let at_start = || (self.opened.clone(), self.known.clone());
        let Some(file) = &self.file else { return at_start() };
        let bytes = intake::read(file, false).ok();
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        text.map_or_else(at_start, |text| (text.replace("\r\n", "\n"), digest(text.as_bytes())))
    }

    /// A text in the place of the scenario's own.
    #[must_use]
    pub(super) fn text(&self, text: &str) -> Text<'_> {
        Text::edited(&self.path, &self.path.to_string_lossy(), text)
    }

    /// Where the scenario is.
    #[must_use]
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The page of this name that asks.
    #[must_use]
    pub(super) fn page(&self, name: &str) -> Arc<Page> {
        self.pages.of(name)
    }

    /// Number of threads; 0: as many as the machine has.
    #[must_use]
    pub(super) fn threads(&self) -> usize {
        pool::threads(self.threads.map_or(0, usize::from))
    }
}

/// A secret that cannot be guessed, in letters and digits.
fn secret() -> Result<String, Failure> {
    let mut bytes = [0_u8; SECRET];
    getrandom::fill(&mut bytes)
        .map_err(|error| Failure::World(format!("the system gives no random bytes: {error}")))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
