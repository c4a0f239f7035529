//! How a command can fail, and the exit code of each failure: a stable promise.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use crate::facade::broken::Broken;
use crate::facade::endless;
use crate::facade::intake::plain;

use crate::diagnostic::did_you_mean;
use crate::experiment::EndlessVariant;
use crate::limits::Unfinished;

/// Why a command stops without having done its work.
#[derive(Debug)]
pub enum Failure {
    /// The scenario has errors, already shown.
    Findings,
    /// The command line asks for something that does not exist.
    Usage(String),
    /// A file or directory cannot be read or written: no permission, a full disk.
    World(String),
    /// Ctrl-C or a request to terminate.
    Interrupted,
    /// The same, with something kept to go on from; says what and where.
    Kept(String),
    /// An agent takes too many steps; shown as a finding by the command, which knows the scenario.
    Endless(EndlessVariant),
    /// Thresholds that are broken, and those that are open; already shown.
    Thresholds {
        /// Broken.
        failed: usize,
        /// Neither kept nor broken for certain.
        open: usize,
    },
    /// This many thresholds, which a single run leaves undecided; already shown.
    Unjudged(usize),
    /// Settings for which `headroom` has no answer; already shown.
    Headroom {
        /// No value keeps the bound.
        never: usize,
        /// There is no single answer, or nothing to measure.
        open: usize,
        /// All settings that were varied.
        all: usize,
    },
}

/// What every command returns.
pub(super) type Outcome = Result<(), Failure>;

/// The exit codes, as `--help` and the manual list them.
pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0    success (`check`: no errors; there may be warnings)
  1    the scenario (`fit`: the log) has errors; they are printed
  2    wrong command line: unknown option, setting, measure or agent; or more memory, disk or
       time than the limit without --force
  3    a file or directory cannot be read or written, or is not a result of this program
  4    at least one threshold failed (`headroom`: no value that was tried keeps the bound)
  5    no threshold failed, but at least one is undecided: more replications are needed
       (`headroom`: there is no single answer)
  130  interrupted; no incomplete files are left, finished replications are kept";

impl Failure {
    /// The exit code of this failure.
    #[must_use]
    pub fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Findings | Self::Endless(_) => 1,
            Self::Usage(_) => 2,
            Self::World(_) => 3,
            Self::Thresholds { failed: 1.., .. } | Self::Headroom { never: 1.., .. } => 4,
            Self::Thresholds { .. } | Self::Unjudged(_) | Self::Headroom { .. } => 5,
            Self::Interrupted | Self::Kept(_) => 130,
        })
    }

    /// A failure of the disk at a path, in words that say what to do about it.
    #[must_use]
    pub fn disk(doing: &str, path: &Path, error: &io::Error) -> Self {
        let help = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "; free some space, or choose another place with --out"
            }
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
                "; check the permissions, or choose another place"
            }
            io::ErrorKind::FileTooLarge => {
                "; raise the limit (`ulimit -f`), or choose another file system with --out"
            }
            _ => "",
        };
        let near = Some(path).filter(|_| error.kind() == io::ErrorKind::NotFound).and_then(near);
        let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        Self::World(format!("{doing} {}: {}{help}{near}", path.display(), plain(error)))
    }

    /// A failure to write to standard output; a reader that has left is none.
    ///
    /// # Errors
    /// [`Failure::World`].
    pub fn stdout(error: &io::Error) -> Outcome {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Ok(());
        }
        Err(Self::World(format!("cannot write to standard output: {}", plain(error))))
    }
}

/// The file beside a missing one that was probably meant.
fn near(missing: &Path) -> Option<String> {
    let folder = missing.parent()?;
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = fs::read_dir(here).ok()?;
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.collect();
    names.sort_unstable();
    let wanted = missing.file_name()?.to_str()?;
    // `scenario` is meant to be `scenario.toml` rather than another folder.
    let ending = names.iter().find(|name| Path::new(name).file_stem().is_some_and(|s| s == wanted));
    let others = names.iter().map(String::as_str).filter(|name| *name != wanted);
    let spelt = || did_you_mean(wanted, others);
    let found = ending.map(String::as_str).or_else(spelt)?;
    Some(folder.join(found).display().to_string())
}

impl From<EndlessVariant> for Failure {
    fn from(found: EndlessVariant) -> Self {
        Self::Endless(found)
    }
}

impl From<Broken> for Failure {
    fn from(why: Broken) -> Self {
        match why {
            Broken::Usage(text) => Self::Usage(text),
            Broken::World(text) => Self::World(text),
            Broken::Disk(path, error) => Self::disk("cannot read", &path, &error),
            Broken::Endless(found) => Self::Endless(found),
        }
    }
}

/// Of a single run, which is its own only variant.
impl From<Unfinished> for Failure {
    fn from(why: Unfinished) -> Self {
        match why {
            Unfinished::Stopped => Self::Interrupted,
            Unfinished::Endless(found) => Self::Endless(EndlessVariant { variant: 0, found }),
        }
    }
}

/// The message for standard error; empty where there is nothing left to say.
impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(text) | Self::World(text) | Self::Kept(text) => out.write_str(text),
            Self::Thresholds { failed, open } => write!(out, "{}", thresholds(*failed, *open)),
            Self::Unjudged(number) => write!(
                out,
                "{}: thresholds are judged over replications only (`--replications N`)",
                thresholds(0, *number)
            ),
            Self::Headroom { never, open, all } => {
                let (number, what) = match never {
                    0 => (open, "there is no single answer"),
                    _ => (never, "no value that was tried keeps the bound"),
                };
                match all {
                    1 => out.write_str(what),
                    _ => write!(out, "for {number} of {all} settings {what}"),
                }
            }
            Self::Interrupted => out.write_str("interrupted; no incomplete files are left"),
            Self::Endless(EndlessVariant { found, .. }) => {
                write!(out, "{}", endless::said(found))
            }
            Self::Findings => Ok(()),
        }
    }
}

fn thresholds(failed: usize, open: usize) -> String {
    let counted = |number: usize, what: (&str, &str)| match number {
        0 => None,
        1 => Some(format!("1 threshold {}", what.0)),
        _ => Some(format!("{number} thresholds {}", what.1)),
    };
    let parts =
        [counted(failed, ("failed", "failed")), counted(open, ("is undecided", "are undecided"))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
