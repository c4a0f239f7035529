//! The command that makes an answer again, and where the answer comes from.
//!
//! The command holds what the answer depends on and nothing else: no `--out`, `--threads`,
//! `--format`, `--trace` or `--no-rows`, no folder of this machine, no `--max-time`.

mod fit;

use super::args::Replicate;
use super::load::STDIN;
use super::origin::Origin;
use crate::experiment::Ended;
use crate::model::Experiment;
use crate::report::{Input, Provenance, Replicated};

/// Name and version of the program. Two builds of one version are the same here.
const PROGRAM: &str = concat!("switchover ", env!("CARGO_PKG_VERSION"));

/// A command line, word by word.
#[derive(Clone, Debug)]
pub(super) struct CommandLine(Vec<String>);

impl CommandLine {
    /// A command and its files.
    #[must_use]
    pub(super) fn new(command: &str, inputs: &[Input]) -> Self {
        let files = inputs.iter().map(|input| match input.file.as_str() {
            STDIN => "-".to_owned(),
            file if file.starts_with('-') => format!("./{file}"),
            file => file.to_owned(),
        });
        Self(["switchover", command].map(str::to_owned).into_iter().chain(files).collect())
    }

    /// The command on what a scenario was made of.
    #[must_use]
    pub(super) fn of(command: &str, origin: &Origin) -> Self {
        Self::new(command, origin.inputs()).set(origin.texts()).seeded(origin.seed, origin.errors)
    }

    /// With an option and its value, if there is one.
    #[must_use]
    pub(super) fn value(mut self, option: &str, value: Option<impl ToString>) -> Self {
        match value.map(|value| value.to_string()) {
            Some(value) if value.starts_with('-') => self.0.push(format!("{option}={value}")),
            Some(value) => self.0.extend([option.to_owned(), value]),
            None => {}
        }
        self
    }

    /// With an option that has no value, if it is given.
    #[must_use]
    pub(super) fn flag(mut self, option: &str, given: bool) -> Self {
        self.0.extend(given.then(|| option.to_owned()));
        self
    }

    /// With these settings.
    #[must_use]
    pub(super) fn set(self, settings: impl IntoIterator<Item = String>) -> Self {
        settings.into_iter().fold(self, |own, setting| own.value("--set", Some(setting)))
    }

    /// With a seed other than the scenario's, and errors allowed where there are some.
    #[must_use]
    pub(super) fn seeded(self, seed: Option<u64>, errors: bool) -> Self {
        self.value("--seed", seed).flag("--allow-errors", errors)
    }

    /// With the replications that were asked for, or those that there are if time ran out.
    #[must_use]
    pub(super) fn replicated(self, asked: &Replicate, own: &Experiment, made: Made) -> Self {
        let Made { replications, ended } = made;
        let fixed = ended == Ended::OutOfTime || asked.replications.is_some();
        let usual = Replicated { first: 0, count: own.replications.unwrap_or(0).into() };
        let range = Some(range(replications)).filter(|_| fixed && replications != usual);
        let open = |text: &Option<String>| text.clone().filter(|_| !fixed);
        let (relative, absolute) = (open(&asked.precision), open(&asked.absolute_precision));
        // A time limit alone makes an experiment too.
        let nothing = relative.is_none() && absolute.is_none() && asked.measures.is_empty();
        let timed = Some(own.max_replications).filter(|_| nothing && asked.max_time.is_some());
        let most = asked.max_replications.or(timed).filter(|_| !fixed);
        let own = self
            .value("--replications", range)
            .value("--precision", relative)
            .value("--absolute-precision", absolute);
        let measure = |own: Self, name: &String| own.value("--measure", Some(name));
        asked
            .measures
            .iter()
            .fold(own, measure)
            .value("--confidence", asked.confidence.clone())
            .value("--max-replications", most)
    }

    /// Where an answer comes from that this command makes again.
    #[must_use]
    pub(super) fn provenance(&self, inputs: &[Input], seed: Option<u64>) -> Provenance {
        Provenance {
            program: PROGRAM.to_owned(),
            inputs: inputs.to_vec(),
            settings: Vec::new(),
            seed,
            replications: None,
            command: self.text(),
        }
    }

    /// Where one replication of a scenario comes from.
    #[must_use]
    pub(super) fn single(&self, origin: &Origin, seed: u64, replication: u64) -> Provenance {
        self.on(origin, seed, Replicated { first: replication, count: 1 })
    }

    /// Where replications of a scenario come from.
    #[must_use]
    pub(super) fn on(&self, origin: &Origin, seed: u64, replications: Replicated) -> Provenance {
        Provenance {
            settings: origin.texts(),
            replications: Some(replications),
            ..self.provenance(origin.inputs(), Some(seed))
        }
    }

    /// Its words behind the name of the program.
    #[must_use]
    pub(super) fn words(&self) -> &[String] {
        self.0.get(1..).unwrap_or_default()
    }

    /// As a POSIX shell takes it.
    fn text(&self) -> String {
        // Only a NUL cannot be quoted, and no argument of a program holds one.
        shlex::try_join(self.0.iter().map(String::as_str)).unwrap_or_default()
    }
}

/// Replications that were made, and why not more.
#[derive(Clone, Copy, Debug)]
pub(super) struct Made {
    /// The replications.
    pub replications: Replicated,
    /// Why there are not more.
    pub ended: Ended,
}

impl Made {
    /// The replications from `first` on.
    #[must_use]
    pub(super) const fn new(first: u64, count: usize, ended: Ended) -> Self {
        Self { replications: Replicated { first, count: count as u64 }, ended }
    }
}

/// As `--replications` takes it; `1` would be a single run.
fn range(replications: Replicated) -> String {
    match replications {
        Replicated { first: 0, count } if count > 1 => count.to_string(),
        Replicated { first, count } => format!("{first}..{}", first + count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::set::Setting;

    fn origin(settings: &[&str]) -> Origin {
        let input = Input::default().named("my year.toml");
        let settings = settings.iter().map(|text| Setting::parse(text).unwrap()).collect();
        Origin { input, settings, seed: Some(7), errors: true, ..Origin::default() }
    }

    #[test]
    fn words_are_quoted_for_a_shell() {
        let again = CommandLine::of("run", &origin(&["title=it's $HOME", "a.\"b c\"=5%"]));
        let expected = "switchover run 'my year.toml' --set \"title=it's \"'$HOME' \
                        --set 'a.b c=5%' --seed 7 --allow-errors";
        assert_eq!(again.text(), expected);
    }

    #[test]
    fn a_file_or_a_value_that_begins_with_a_dash_is_no_option() {
        let inputs = ["-x.toml", STDIN].map(|file| Input::default().named(file));
        let again = CommandLine::new("compare", &inputs).value("--from", Some("-5"));
        assert_eq!(again.text(), "switchover compare ./-x.toml - '--from=-5'");
    }

    fn replicated(asked: &Replicate, own: Option<u32>, made: Made) -> String {
        let own = Experiment { replications: own, ..Experiment::default() };
        CommandLine::new("run", &[]).replicated(asked, &own, made).text()
    }

    #[test]
    fn replications_are_those_that_were_asked_for() {
        let fixed =
            |text: &str| Replicate { replications: Some(text.to_owned()), ..Replicate::default() };
        let complete = |first, count| Made::new(first, count, Ended::Complete);
        let of = |text, own, made| replicated(&fixed(text), own, made);
        assert_eq!(of(" 0..40", None, complete(0, 40)), "switchover run --replications 40");
        assert_eq!(of("0..1", None, complete(0, 1)), "switchover run --replications 0..1");
        assert_eq!(
            of("200..400", None, complete(200, 200)),
            "switchover run --replications 200..400"
        );
        assert_eq!(of("40", Some(40), complete(0, 40)), "switchover run", "as the scenario says");
        let precise = Replicate {
            precision: Some("5%".to_owned()),
            measures: vec!["availability".to_owned()],
            confidence: Some("90%".to_owned()),
            max_time: Some("10m".to_owned()),
            ..Replicate::default()
        };
        let decided = replicated(&precise, None, Made::new(0, 33, Ended::Decided));
        let rest = "--measure availability --confidence '90%'";
        assert_eq!(decided, format!("switchover run --precision '5%' {rest}"));
        let late = replicated(&precise, None, Made::new(0, 33, Ended::OutOfTime));
        assert_eq!(late, format!("switchover run --replications 33 {rest}"));
        let timed = Replicate { max_time: Some("10m".to_owned()), ..Replicate::default() };
        let ended = replicated(&timed, None, Made::new(0, 33, Ended::Decided));
        assert_eq!(ended, "switchover run --max-replications 10000");
    }
}
