//! A scenario as a value: its text, what was set in it, and where its data files are.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::endless;
use super::error::Error;
use super::estimates::Estimates;
use super::finding::Finding;
use super::intake;
use super::pack::Pack;
use super::replications::Replications;
use super::run::Run;
use crate::agents::{Bounds, Endless, Unfinished};
use crate::checks::{self, Examined};
use crate::diagnostic::{Diagnostic, Source};
use crate::experiment::{Answer, EndlessVariant, Keeper, Study, Turn};
use crate::measures::names::Names;
use crate::measures::{Frame, Measures, Results};
use crate::model::Model;
use crate::random::Luck;
use crate::scenario::set::{self, Setting, Written};
use crate::scenario::{self, Document, Files};
use crate::simulation::Simulation;

/// A scenario.
#[derive(Clone, Debug)]
pub struct Scenario {
    name: String,
    text: Vec<u8>,
    settings: Vec<Setting>,
    folder: PathBuf,
    packed: Option<BTreeMap<String, String>>,
}

/// As meant, with what is needed to show findings in it.
struct Understood {
    source: Source,
    document: Document,
    model: Model,
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
            let pack = pack.map_err(|why| wrong(format!("it is a broken pack: {why}")))?;
            let packed = Some(pack.data);
            return Ok(Self { packed, ..Self::parse(&pack.file, &pack.text) });
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

    /// Writes a setting into the text, as `--set PATH=VALUE` does: a short path is enough where it means one thing,
    /// and the value is written as in the file (text without its quotes will do).
    ///
    /// # Errors
    /// [`Error::Usage`] if the path means nothing; the scenario stays as it was.
    pub fn set(&mut self, path: &str, value: &str) -> Result<(), Error> {
        let path = set::Path::parse(path).map_err(Error::Usage)?;
        self.settings.push(Setting::new(path, value));
        let set = self.examined().map(|_| ());
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
        let (source, _, examined) = self.examined()?;
        Ok(shown(&examined.diagnostics, &source))
    }

    /// The scenario as meant, every default in its place.
    ///
    /// # Errors
    /// [`Error::Findings`] if it has errors.
    pub fn model(&self) -> Result<Model, Error> {
        self.understood().map(|understood| understood.model)
    }

    /// Simulates it once, with its own seed (`seed`; set another with [`Scenario::set`]).
    ///
    /// # Errors
    /// [`Error::Findings`], [`Error::Endless`].
    pub fn run(&self) -> Result<Run, Error> {
        self.run_while(&|| true)
    }

    /// The same as long as it is `wanted`; asked often, from one thread.
    ///
    /// # Errors
    /// As [`Scenario::run`]; [`Error::Stopped`].
    pub fn run_while(&self, wanted: &(dyn Fn() -> bool + Sync)) -> Result<Run, Error> {
        let understood = self.understood()?;
        let model = &understood.model;
        let stop = || !wanted();
        let results = simulate(model, Bounds { stop: &stop, ..Bounds::USUAL });
        let results = results.map_err(|why| match why {
            Unfinished::Stopped => Error::Stopped,
            Unfinished::Endless(found) => understood.endless(&found),
        })?;
        Ok(Run { results, model: understood.model })
    }

    /// Simulates it many times.
    ///
    /// # Errors
    /// [`Error::Findings`], [`Error::Endless`], [`Error::Usage`] for a measure or number that is none,
    /// [`Error::Threads`].
    pub fn experiment(&self, replications: &Replications) -> Result<Estimates, Error> {
        self.experiment_while(replications, &mut |_| ControlFlow::Continue(()))
    }

    /// The same; `told` hears again and again how many replications are done, and may end it.
    ///
    /// # Errors
    /// As [`Scenario::experiment`]; [`Error::Stopped`].
    pub fn experiment_while(
        &self,
        replications: &Replications,
        told: &mut (dyn FnMut(u64) -> ControlFlow<()> + Send + Sync),
    ) -> Result<Estimates, Error> {
        let understood = self.understood()?;
        let model = &understood.model;
        let plan = replications.plan(model)?;
        let pool = rayon::ThreadPoolBuilder::new().num_threads(replications.threads()).build();
        let pool = pool.map_err(|error| Error::Threads(error.to_string()))?;
        let study = Study::new(vec![model], model.seed);
        let wave = 2 * pool.current_num_threads();
        let mut progress = Progress { done: 0, wave, told };
        let made = plan.run(&study, &pool, &mut progress).map_err(|ended| match ended {
            Ended::Stopped => Error::Stopped,
            Ended::Endless(found) => understood.endless(&found),
        })?;
        Ok(Estimates::of(&Answer::new(made, plan.level, model.input_sets()), model))
    }

    /// The text with its settings in it, and where they are.
    fn changed(&self) -> Result<(Vec<u8>, Vec<Written>), Error> {
        match std::str::from_utf8(&self.text) {
            Ok(text) if !self.settings.is_empty() => {
                let changed = set::apply(text, &self.settings).map_err(Error::Usage)?;
                Ok((changed.text.into_bytes(), changed.written))
            }
            // What is no text is a finding.
            _ => Ok((self.text.clone(), Vec::new())),
        }
    }

    fn examined(&self) -> Result<(Source, Option<Document>, Examined), Error> {
        let (text, written) = self.changed()?;
        let source = Source::from_bytes(self.name.clone(), &text);
        let loaded = scenario::load(&self.name, &text, self);
        let unknown = loaded.document.as_ref().and_then(|read| set::unknown(read, &written));
        if let Some(wrong) = unknown {
            return Err(Error::Usage(wrong));
        }
        let examined = checks::examine(&loaded, &Names);
        Ok((source, loaded.document, examined))
    }

    fn understood(&self) -> Result<Understood, Error> {
        let (source, document, examined) = self.examined()?;
        let errors = examined.diagnostics.iter().any(Diagnostic::is_error);
        match (examined.resolved, document) {
            (Some(resolved), Some(document)) if !errors => {
                Ok(Understood { source, document, model: resolved.model })
            }
            _ => {
                let errors = examined.diagnostics.into_iter().filter(Diagnostic::is_error);
                Err(Error::Findings(shown(&errors.collect::<Vec<_>>(), &source)))
            }
        }
    }
}

impl Understood {
    fn endless(&self, found: &Endless) -> Error {
        let finding = endless::finding(found, &self.document, &self.model);
        Error::Endless(Box::new(Finding::of(&finding, &self.source)))
    }
}

fn shown(found: &[Diagnostic], source: &Source) -> Vec<Finding> {
    found.iter().map(|found| Finding::of(found, source)).collect()
}

fn simulate(model: &Model, bounds: Bounds<'_>) -> Result<Results, Unfinished> {
    let luck = Luck { seed: model.seed, replication: 0 };
    let simulation = Simulation::within(model, luck, bounds)?;
    let frame = Frame::new(model, simulation.occurrences());
    let mut measures = Measures::new(&frame, ());
    simulation.agents(0..model.agents(), &mut measures)?;
    let (totals, ()) = measures.into_parts();
    Ok(Results::new(totals, &frame, (simulation.world(), simulation.traffic())))
}

/// Nothing is kept; the caller is told.
struct Progress<'t> {
    done: u64,
    wave: usize,
    told: &'t mut (dyn FnMut(u64) -> ControlFlow<()> + Send + Sync),
}

/// Why an experiment ended too early.
enum Ended {
    Stopped,
    Endless(Endless),
}

impl From<EndlessVariant> for Ended {
    fn from(found: EndlessVariant) -> Self {
        Self::Endless(found.found)
    }
}

impl Keeper for Progress<'_> {
    type Error = Ended;
    type Line = ();

    fn recall(&mut self, _: u64) -> Result<Option<Turn>, Ended> {
        Ok(None)
    }

    fn line(&self, _: &Turn) {}

    fn keep(&mut self, (): ()) -> Result<(), Ended> {
        self.done += 1;
        Ok(())
    }

    fn next_wave(&mut self) -> Result<ControlFlow<(), usize>, Ended> {
        match (self.told)(self.done) {
            ControlFlow::Continue(()) => Ok(ControlFlow::Continue(self.wave)),
            ControlFlow::Break(()) => Err(Ended::Stopped),
        }
    }
}
