//! A scenario as a value: its text, what was set in it, and where its data files are.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::compared::Compared;
use super::endless;
use super::error::Error;
use super::estimates::Estimates;
use super::finding::Finding;
use super::intake;
use super::pack::Pack;
use super::progress::{self, Ended, Progress};
use super::replications::Replications;
use super::run::Run;
use crate::agents::{Bounds, Endless, Unfinished};
use crate::checks::{self, Examined};
use crate::diagnostic::{Diagnostic, Source};
use crate::experiment::{Answer, Comparison, Study};
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
        let pool = progress::pool(replications.threads())?;
        let study = Study::new(vec![model], model.seed);
        let mut progress = Progress::new(&pool, told);
        let made = plan.run(&study, &pool, &mut progress).map_err(|ended| match ended {
            Ended::Stopped => Error::Stopped,
            Ended::Endless(_, found) => understood.endless(&found),
        })?;
        Ok(Estimates::of(&Answer::new(made, plan.level, model.input_sets()), model))
    }

    /// Compares it with others, each with its name, under the same faults and random draws: those of its own seed.
    /// How many replications, and which measures are watched, is asked of this scenario; where it says nothing, there
    /// are 100. A precision is one of differences.
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

    /// The same; `told` hears again and again how many replications of each are done, and may end it.
    ///
    /// # Errors
    /// As [`Scenario::compare`]; [`Error::Stopped`].
    pub fn compare_while(
        &self,
        others: &[(&str, &Self)],
        replications: &Replications,
        told: &mut (dyn FnMut(u64) -> ControlFlow<()> + Send + Sync),
    ) -> Result<Compared, Error> {
        if others.is_empty() {
            return Err(Error::Usage("there is nothing to compare with".to_owned()));
        }
        let all = std::iter::once(self).chain(others.iter().map(|(_, other)| *other));
        let mut all = all.map(Self::understood).collect::<Result<Vec<_>, _>>()?;
        let seed = all[0].model.seed;
        all.iter_mut().for_each(|one| one.model.seed = seed);
        let models: Vec<&Model> = all.iter().map(|one| &one.model).collect();
        let plan = replications.side_by_side(models[0])?;
        let pool = progress::pool(replications.threads())?;
        let study = Study::new(models.clone(), seed);
        let mut progress = Progress::new(&pool, told);
        let sides = plan.run(&study, &pool, &mut progress).map_err(|ended| match ended {
            Ended::Stopped => Error::Stopped,
            Ended::Endless(variant, found) => all[variant].endless(&found),
        })?;
        let names = std::iter::once(self.file()).chain(others.iter().map(|(name, _)| *name));
        let names = names.map(str::to_owned).collect();
        let made = Comparison::new(names, sides, plan.level, &|| false).ok_or(Error::Stopped)?;
        Ok(Compared::of(made, &models))
    }

    /// Its name without the folder.
    fn file(&self) -> &str {
        let name = Path::new(&self.name).file_name().and_then(|name| name.to_str());
        name.unwrap_or(&self.name)
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
