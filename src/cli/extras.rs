//! Files of a set of results that are written if they are asked for: the report, the workbook, Parquet
//! files. All are made from the files that are in the set already.

use std::fs;

use super::args::Extras;
use super::failure::{Failure, Outcome};
use super::output::Staging;
use super::report;
use super::terminal;
use crate::facade::intake;
use crate::report::{PROVENANCE_FILE, XLSX_FILE, workbook};

impl Extras {
    /// Adds what is asked for to a set.
    ///
    /// # Errors
    /// [`Failure::World`] if the disk refuses, [`Failure::Interrupted`].
    pub fn add(self, staging: &Staging) -> Outcome {
        if self.xlsx {
            add_workbook(staging)?;
        }
        #[cfg(feature = "parquet")]
        if self.parquet {
            super::columnar::add(staging)?;
        }
        if self.report { report::add(staging) } else { Ok(()) }
    }
}

/// Why what was asked for cannot be written by this build of the program, if so.
#[must_use]
pub(super) fn missing(matches: &clap::ArgMatches) -> Option<&'static str> {
    let own = matches.subcommand().map(|(_, own)| own);
    let asked = own.and_then(|own| own.try_get_one::<bool>("parquet").ok().flatten().copied());
    (asked == Some(true) && !cfg!(feature = "parquet")).then_some(
        "--parquet needs a program that was built with Parquet: \
         `cargo install --path . --features parquet` builds one",
    )
}

fn add_workbook(staging: &Staging) -> Outcome {
    let folder = staging.folder();
    let wrong = |error: std::io::Error| Failure::disk("cannot read", folder, &error);
    let mut tables = Vec::new();
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let entry = entry.map_err(wrong)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let length = entry.metadata().map_err(wrong)?.len();
        if name.ends_with(".csv") && length > intake::MOST {
            let most = intake::MOST >> 20;
            let why = format!("{name} is larger than {most} MiB and is left out of {XLSX_FILE}");
            terminal::say(&why);
        } else if name.ends_with(".csv") {
            tables.push((name, intake::read(&entry.path(), false).map_err(wrong)?));
        }
    }
    tables.sort();
    let provenance = intake::read(&folder.join(PROVENANCE_FILE), false).map_err(wrong)?;
    let made = workbook(&tables, &provenance).map_err(|why| Failure::World(why.to_string()))?;
    staging.write(XLSX_FILE, &made)
}
