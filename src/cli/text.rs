//! The text of a scenario, from a file, from standard input or out of a pack, with the data files
//! that it names.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::failure::Failure;
use super::origin::Origin;
use super::study::Study;
use crate::checks::{self, Examined};
use crate::diagnostic::{Diagnostic, Source};
use crate::facade::intake;
use crate::facade::pack::Pack;
use crate::measures::names::Names;
use crate::report::{self, Input};
use crate::scenario::set::{self, Changed, Setting};
use crate::scenario::{self, Files};

/// The argument for standard input; a file of that name is `./-`.
const DASH: &str = "-";

/// What standard input is called.
pub(super) const STDIN: &str = "stdin";

/// The text of a scenario, read once and studied as often as there are variants of it.
#[derive(Debug)]
pub(super) struct Text<'p> {
    path: &'p Path,
    name: String,
    bytes: Vec<u8>,
    /// The data files that it names, as far as they were read.
    data: RefCell<BTreeMap<String, Vec<u8>>>,
    /// Where it came in a pack: the data files there, and nowhere else.
    packed: Option<BTreeMap<String, String>>,
}

/// Whether a path means standard input.
#[must_use]
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == DASH
}

impl<'p> Text<'p> {
    /// Reads a scenario file, or standard input.
    ///
    /// # Errors
    /// [`Failure::World`] if it cannot be read.
    pub(super) fn read(path: &'p Path) -> Result<Self, Failure> {
        let wrong = |error: io::Error| Failure::disk("cannot read", path, &error);
        if is_stdin(path) {
            let bytes = intake::bounded(io::stdin().lock(), intake::MOST).map_err(wrong)?;
            return Self::of(path, STDIN.to_owned(), bytes);
        }
        let bytes = intake::read(path, true).map_err(wrong)?;
        Self::of(path, path.to_string_lossy().into_owned(), bytes)
    }

    /// A scenario's text, or what was packed.
    fn of(path: &'p Path, name: String, bytes: Vec<u8>) -> Result<Self, Failure> {
        let Some(pack) = Pack::read(&bytes) else { return Ok(Self::bare(path, name, bytes)) };
        let pack = pack.map_err(|error| {
            Failure::World(format!("cannot read {}: it is a broken pack: {error}", path.display()))
        })?;
        let packed = Some(pack.data);
        Ok(Self { packed, ..Self::bare(path, pack.file, pack.text.into_bytes()) })
    }

    fn bare(path: &'p Path, name: String, bytes: Vec<u8>) -> Self {
        Self { path, name, bytes, data: RefCell::default(), packed: None }
    }

    /// It and the data files that were read when it was studied, as one text under this name.
    ///
    /// # Errors
    /// [`Failure::Usage`] if one of them is no text.
    pub(super) fn pack(&self, file: &str) -> Result<Pack, Failure> {
        let text = |name: &str, bytes: &[u8]| {
            let wrong = |_| Failure::Usage(format!("{name} is not UTF-8 and cannot be packed"));
            String::from_utf8(bytes.to_vec()).map_err(wrong)
        };
        let data = self.data.borrow();
        let data = data.iter().map(|(name, bytes)| Ok((name.clone(), text(name, bytes)?)));
        let data = data.collect::<Result<_, Failure>>()?;
        Ok(Pack::new(file.to_owned(), text(&self.name, &self.bytes)?, data))
    }

    /// A text that is not on the disk as it is; data files are looked for beside `path`.
    #[must_use]
    pub(super) fn edited(path: &'p Path, name: &str, text: &str) -> Self {
        Self::bare(path, name.to_owned(), text.as_bytes().to_vec())
    }

    /// Where it was read, as it was typed.
    #[must_use]
    pub(super) const fn path(&self) -> &Path {
        self.path
    }

    /// The path of its file as it was typed, when it was packed if it came in a pack.
    #[must_use]
    pub(super) fn typed(&self) -> &Path {
        match self.packed {
            None => self.path,
            Some(_) if self.name == STDIN => Path::new(DASH),
            Some(_) => Path::new(&self.name),
        }
    }

    /// Number of its bytes.
    pub(super) fn length(&self) -> usize {
        self.bytes.len()
    }

    /// Studies it with settings written into it.
    ///
    /// # Errors
    /// [`Failure::Usage`] if a setting leads nowhere, or to an option that the product does not
    /// know; mistakes in the text are findings.
    pub(super) fn study(&self, settings: &[Setting]) -> Result<Study, Failure> {
        let Changed { text, written } = self.changed(settings)?;
        let bytes = if written.is_empty() { &self.bytes } else { text.as_bytes() };
        let with = if written.is_empty() { "" } else { " (with --set)" };
        let source = Source::from_bytes(format!("{}{with}", self.name), bytes);
        let beside = SideFiles { text: self, read: RefCell::default() };
        let loaded = scenario::load(&self.name, bytes, &beside);
        let source = source.with(&loaded.attached);
        let unknown = loaded.document.as_ref().and_then(|read| set::unknown(read, &written));
        if let Some(wrong) = unknown {
            return Err(Failure::Usage(format!("--set {wrong}")));
        }
        let Examined { diagnostics, resolved, off } = checks::examine(&loaded, &Names);
        let resolved = resolved.map(|resolved| (resolved, off));
        let origin = Origin {
            input: Input::new(&self.file(), &self.bytes, &beside.read.into_inner()),
            settings: written.iter().map(|one| one.setting.clone()).collect(),
            seed: None,
            errors: diagnostics.iter().any(Diagnostic::is_error),
            assumptions: Vec::new(),
        };
        let document = loaded.document;
        Ok(Study { source, written, origin, document, resolved, findings: diagnostics })
    }

    /// Its name without its directory.
    #[must_use]
    pub(super) fn file(&self) -> String {
        let name = Path::new(&self.name).file_name().unwrap_or_default();
        name.to_string_lossy().into_owned()
    }

    /// The full path that a path means in it.
    ///
    /// # Errors
    /// [`Failure::Usage`] if a short one means nothing, or more than one thing.
    pub(super) fn full(&self, path: &set::Path) -> Result<set::Path, Failure> {
        self.full_of("--set", path)
    }

    /// The same of a path that is given with another option.
    ///
    /// # Errors
    /// As [`Text::full`].
    pub(super) fn full_of(&self, option: &str, path: &set::Path) -> Result<set::Path, Failure> {
        let Ok(text) = std::str::from_utf8(&self.bytes) else { return Ok(path.clone()) };
        set::full(text, path).map_err(|wrong| Failure::Usage(format!("{option} {path}: {wrong}")))
    }

    /// Every path that a setting may have in it; none if it is no TOML.
    #[must_use]
    pub(super) fn paths(&self) -> Vec<String> {
        std::str::from_utf8(&self.bytes).map(set::paths).unwrap_or_default()
    }

    /// The text with settings written into it. What is no text stays as it is: that is a finding.
    fn changed(&self, settings: &[Setting]) -> Result<Changed, Failure> {
        match std::str::from_utf8(&self.bytes) {
            Ok(text) if !settings.is_empty() => {
                set::apply(text, settings).map_err(|wrong| Failure::Usage(format!("--set {wrong}")))
            }
            _ => Ok(Changed { text: String::new(), written: Vec::new() }),
        }
    }
}

/// The files beside a scenario, or packed with it, and the digests of those that were read.
struct SideFiles<'t> {
    text: &'t Text<'t>,
    read: RefCell<BTreeMap<String, String>>,
}

impl Files for SideFiles<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let bytes = self.text.data(path)?;
        self.read.borrow_mut().insert(path.to_owned(), report::digest(&bytes));
        Ok(bytes)
    }
}

impl Text<'_> {
    /// The bytes of a data file; each is read once.
    fn data(&self, path: &str) -> Result<Vec<u8>, String> {
        if let Some(known) = self.data.borrow().get(path) {
            return Ok(known.clone());
        }
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let bytes = intake::beside(folder, self.packed.as_ref(), path)?;
        self.data.borrow_mut().insert(path.to_owned(), bytes.clone());
        Ok(bytes)
    }
}
