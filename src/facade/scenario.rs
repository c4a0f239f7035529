//! A scenario as a value: its text, what was set in it, and where its data files are.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::compared::Compared;
use super::error::Error;
use super::estimates::Estimates;
use super::finding::Finding;
use super::intake;
use super::kinds::{Comparison, Experiment, Sweep};
use super::once;
use super::pack::Pack;
use super::progress::{self, Progress, ProgressListener};
use super::ranges;
use super::replications::Replications;
use super::run::Run;
use super::swept::Swept;
use super::understood::{Examination, Understood};
use super::variants::Variants;
use crate::checks;
use crate::diagnostic::Source;
use crate::measures::names::Names;
use crate::model::Model;
use crate::scenario::set::{self, Changed, Setting, Sweep as Range, Written};
use crate::scenario::{self, Files};

/// A scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    name: String,
    text: Vec<u8>,
    settings: Vec<Setting>,
    folder: PathBuf,
    packed: Option<BTreeMap<String, String>>,
}

impl Files for Scenario {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        intake::beside(&self.folder, self.packed.as_ref(), path)
    }
}

impl Scenario {
    /// Reads a scenario file, or a pack. Data files that it names are looked for beside it when it is checked or
    /// simulated.
    ///
    /// # Errors
    /// [`Error::Read`]. Mistakes in the text are findings of [`Scenario::check`].
    pub fn read(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let wrong = |why: String| Error::Read { path: path.to_owned(), why };
        let bytes = intake::read(path, true).map_err(|error| wrong(intake::plain(&error)))?;
        if let Some(pack) = Pack::read(&bytes) {
            return pack.map(Self::of_pack).map_err(|why| wrong(broken(&why)));
        }
        Ok(Self {
            name: path.to_string_lossy().into_owned(),
            text: bytes,
            settings: Vec::new(),
            folder: path.parent().unwrap_or(Path::new("")).to_owned(),
            packed: None,
        })
    }

    /// A scenario from its text; data files that it names are looked for in the current directory.
    #[must_use]
    pub fn parse(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            text: text.as_bytes().to_vec(),
            settings: Vec::new(),
            folder: PathBuf::new(),
            packed: None,
        }
    }

    /// A scenario from the bytes of a pack.
    ///
    /// # Errors
    /// [`Error::Usage`] if they are none.
    pub fn unpack(pack: &[u8]) -> Result<Self, Error> {
        let read = Pack::read(pack).unwrap_or_else(|| Err("it does not begin like one".to_owned()));
        read.map(Self::of_pack).map_err(|why| Error::Usage(broken(&why)))
    }

    fn of_pack(pack: Pack) -> Self {
        Self { packed: Some(pack.data), ..Self::parse(&pack.file, &pack.text) }
    }

    /// The scenario and the data files that it names as one file, which can be used in its place;
    /// what was set is in its text.
    ///
    /// # Errors
    /// [`Error::Usage`] if one of them is no text, and those of settings.
    pub fn pack(&self) -> Result<Vec<u8>, Error> {
        let reading = Reading { scenario: self, read: RefCell::default() };
        let changed = self.changed(&[])?.text;
        let _ = scenario::load(&self.name, &changed, &reading);
        let text = |name: &str, bytes: Vec<u8>| {
            let wrong = |_| Error::Usage(format!("{name} is not UTF-8 and cannot be packed"));
            String::from_utf8(bytes).map_err(wrong)
        };
        let data = reading.read.into_inner().into_iter();
        let data = data.map(|(name, bytes)| text(&name, bytes).map(|text| (name, text)));
        let data = data.collect::<Result<_, Error>>()?;
        Ok(Pack::new(self.file().to_owned(), text(&self.name, changed)?, data).bytes())
    }

    /// Writes a setting into the text, as `--set PATH=VALUE` does: a short path is enough where it means one thing,
    /// and the value is written as in the file (text without its quotes will do).
    ///
    /// # Errors
    /// [`Error::Usage`] if the path means nothing; the scenario stays as it was.
    pub fn set(&mut self, path: &str, value: &str) -> Result<(), Error> {
        let path = set::Path::parse(path).map_err(Error::Usage)?;
        self.settings.push(Setting::new(path, value));
        let set = self.examined(&[]).map(|_| ());
        if set.is_err() {
            self.settings.pop();
        }
        set
    }

    /// Everything that checks find, errors, warnings and remarks, in the order of the text.
    ///
    /// # Errors
    /// None but those of settings.
    pub fn check(&self) -> Result<Vec<Finding>, Error> {
        Ok(self.examined(&[])?.shown())
    }

    /// The scenario as meant, every default in its place.
    ///
    /// # Errors
    /// [`Error::Findings`] if it has errors.
    pub fn model(&self) -> Result<Model, Error> {
        self.understood(&[]).map(|understood| understood.model)
    }

    /// Simulates the scenario once, with its own seed (`seed`; set another with [`Scenario::set`]).
    ///
    /// # Errors
    /// [`Error::Findings`], [`Error::Endless`].
    pub fn run(&self) -> Result<Run, Error> {
        self.run_while(0, &|| true)
    }

    /// The same on `threads` threads (0: as many as there are; no result depends on it), as long as
    /// it is `wanted`; that is asked often, from this thread.
    ///
    /// # Errors
    /// As [`Scenario::run`]; [`Error::Stopped`], [`Error::Threads`].
    pub fn run_while(
        &self,
        threads: usize,
        wanted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Run, Error> {
        let understood = self.understood(&[])?;
        let results = once::simulate(&understood, threads, wanted)?;
        Ok(Run { results, model: understood.model })
    }

    /// Simulates the scenario many times.
    ///
    /// # Errors
    /// [`Error::Findings`], [`Error::Endless`], [`Error::Usage`] for a measure or number that does
    /// not exist, [`Error::Threads`].
    pub fn experiment(&self, replications: &Replications) -> Result<Estimates, Error> {
        self.experiment_while(replications, &mut |_| ControlFlow::Continue(()))
    }

    /// The same; `told` is called again and again with the number of replications done, and may end
    /// it.
    ///
    /// # Errors
    /// As [`Scenario::experiment`]; [`Error::Stopped`].
    pub fn experiment_while(
        &self,
        replications: &Replications,
        told: &mut (dyn FnMut(u64) -> ControlFlow<()> + Send + Sync),
    ) -> Result<Estimates, Error> {
        let made = self.as_experiment(replications)?;
        let pool = progress::pool(replications.threads())?;
        made.answer(&pool, &mut Progress::new(&pool, told))
    }

    pub(super) fn as_experiment(&self, replications: &Replications) -> Result<Experiment, Error> {
        let understood = self.understood(&[])?;
        let plan = replications.plan(&understood.model)?;
        Ok(Experiment { variants: Variants::each(vec![understood]), plan })
    }

    /// Compares the scenario with others, each with its name, under the same faults and random
    /// draws: those of its own seed. This scenario says how many replications there are, and which
    /// measures are watched; where it says nothing, there are 100 replications. A precision is one
    /// of differences.
    ///
    /// # Errors
    /// As [`Scenario::experiment`]; [`Error::Usage`] if there is no other.
    pub fn compare(
        &self,
        others: &[(&str, &Self)],
        replications: &Replications,
    ) -> Result<Compared, Error> {
        self.compare_while(others, replications, &mut |_| ControlFlow::Continue(()))
    }

    /// The same; `told` is called again and again with the number of replications of each done, and
    /// may end it.
    ///
    /// # Errors
    /// As [`Scenario::compare`]; [`Error::Stopped`].
    pub fn compare_while(
        &self,
        others: &[(&str, &Self)],
        replications: &Replications,
        told: &mut (dyn FnMut(u64) -> ControlFlow<()> + Send + Sync),
    ) -> Result<Compared, Error> {
        let made = self.as_comparison(others, replications)?;
        let pool = progress::pool(replications.threads())?;
        made.answer(&pool, &mut Progress::new(&pool, told))
    }

    pub(super) fn as_comparison(
        &self,
        others: &[(&str, &Self)],
        replications: &Replications,
    ) -> Result<Comparison, Error> {
        if others.is_empty() {
            return Err(Error::Usage("there is nothing to compare with".to_owned()));
        }
        let all = std::iter::once(self).chain(others.iter().map(|(_, other)| *other));
        let all = all.map(|one| one.understood(&[])).collect::<Result<Vec<_>, _>>()?;
        let plan = replications.side_by_side(&all[0].model)?;
        let names = std::iter::once(self.file()).chain(others.iter().map(|(name, _)| *name));
        let names = names.map(str::to_owned).collect();
        let set = others.iter().zip(&all[1..]).map(|((_, other), read)| {
            if self.has_text_of(other) { read.set_beyond(&all[0]) } else { Vec::new() }
        });
        let set = set.collect();
        Ok(Comparison { variants: Variants::each(all), plan, names, set })
    }

    /// Sets one or two keys to many values, each `PATH=VALUE,VALUE` or `PATH=FROM..TO step STEP`, and compares every
    /// point with the scenario as it is, as [`Scenario::compare`] does.
    ///
    /// # Errors
    /// As [`Scenario::experiment`]; [`Error::Usage`] for a path or a range that is not valid.
    pub fn sweep(&self, ranges: &[&str], replications: &Replications) -> Result<Swept, Error> {
        self.sweep_while(ranges, replications, &mut |_| ControlFlow::Continue(()))
    }

    /// The same; `told` is called again and again with the number of replications of each point
    /// done, and may end it.
    ///
    /// # Errors
    /// As [`Scenario::sweep`]; [`Error::Stopped`].
    pub fn sweep_while(
        &self,
        ranges: &[&str],
        replications: &Replications,
        told: ProgressListener<'_>,
    ) -> Result<Swept, Error> {
        let made = self.as_sweep(ranges, replications)?;
        let pool = progress::pool(replications.threads())?;
        made.answer(&pool, &mut Progress::new(&pool, told))
    }

    pub(super) fn as_sweep(
        &self,
        ranges: &[&str],
        replications: &Replications,
    ) -> Result<Sweep, Error> {
        if ranges.is_empty() || ranges.len() > 2 {
            return Err(Error::Usage("a sweep has one parameter or two".to_owned()));
        }
        let ranges = ranges.iter().map(|range| self.range(range)).collect::<Result<Vec<_>, _>>()?;
        let settings = ranges::combinations(&ranges).map_err(Error::Usage)?;
        let mut all = vec![self.understood(&[])?];
        for point in &settings {
            all.push(self.understood(point)?);
        }
        let plan = replications.side_by_side(&all[0].model)?;
        Ok(Sweep { variants: Variants::once(all), plan, ranges, settings })
    }

    /// A path and its values, with the full path.
    fn range(&self, range: &str) -> Result<Range, Error> {
        let parsed = Range::parse(range).map_err(Error::Usage)?;
        Ok(Range { path: self.full(&parsed.path)?, ..parsed })
    }

    /// The full path that a path means.
    pub(super) fn full(&self, path: &set::Path) -> Result<set::Path, Error> {
        let text = self.changed(&[])?.text;
        let Ok(text) = std::str::from_utf8(&text) else { return Ok(path.clone()) };
        set::full(text, path).map_err(|why| Error::Usage(format!("{path}: {why}")))
    }

    /// Whether another differs from it in settings alone.
    fn has_text_of(&self, other: &Self) -> bool {
        (&self.text, &self.folder, &self.packed) == (&other.text, &other.folder, &other.packed)
    }

    /// Its name without the folder.
    fn file(&self) -> &str {
        let name = Path::new(&self.name).file_name().and_then(|name| name.to_str());
        name.unwrap_or(&self.name)
    }

    /// The text with its settings in it and some more, and their positions.
    fn changed(&self, more: &[Setting]) -> Result<InPlace, Error> {
        let settings: Vec<Setting> = self.settings.iter().chain(more).cloned().collect();
        match std::str::from_utf8(&self.text) {
            Ok(text) if !settings.is_empty() => {
                let Changed { text, written } =
                    set::apply(text, &settings).map_err(Error::Usage)?;
                Ok(InPlace { text: text.into_bytes(), written })
            }
            // A text that cannot be read is a finding.
            _ => Ok(InPlace { text: self.text.clone(), written: Vec::new() }),
        }
    }

    fn examined(&self, more: &[Setting]) -> Result<Examination, Error> {
        let InPlace { text, written } = self.changed(more)?;
        let loaded = scenario::load(&self.name, &text, self);
        let source = Source::from_bytes(self.name.clone(), &text).with(&loaded.attached);
        let unknown = loaded.document.as_ref().and_then(|read| set::unknown(read, &written));
        if let Some(wrong) = unknown {
            return Err(Error::Usage(wrong));
        }
        let examined = checks::examine(&loaded, &Names);
        Ok(Examination { source, document: loaded.document, examined, written })
    }

    pub(super) fn understood(&self, more: &[Setting]) -> Result<Understood, Error> {
        self.examined(more)?.understood()
    }
}

/// A text with its settings in it.
struct InPlace {
    text: Vec<u8>,
    written: Vec<Written>,
}

/// Remembers the data files that are read.
struct Reading<'s> {
    scenario: &'s Scenario,
    read: RefCell<BTreeMap<String, Vec<u8>>>,
}

impl Files for Reading<'_> {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let bytes = Files::read(self.scenario, path)?;
        self.read.borrow_mut().insert(path.to_owned(), bytes.clone());
        Ok(bytes)
    }
}

fn broken(why: &str) -> String {
    format!("it is a broken pack: {why}")
}
