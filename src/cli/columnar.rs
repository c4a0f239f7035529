//! Parquet files beside the CSV files of the large tables, made from those in the set, row by row.

use std::fs::File;
use std::path::Path;

use super::failure::{Failure, Outcome};
use super::output::Staging;
use crate::facade::intake;
use crate::report::{LARGE_TABLES, LargeTable, NoParquet, PROVENANCE_FILE, Parquet};

/// Adds a Parquet file for every large table of a set.
///
/// # Errors
/// [`Failure::World`] if the disk refuses, [`Failure::Interrupted`].
pub(super) fn add(staging: &Staging) -> Outcome {
    let folder = staging.folder();
    let wrong = |error: std::io::Error| Failure::disk("cannot read", folder, &error);
    let provenance = intake::read(&folder.join(PROVENANCE_FILE), false).map_err(wrong)?;
    let provenance = String::from_utf8_lossy(&provenance);
    for table in LARGE_TABLES {
        match File::open(folder.join(table.csv)) {
            Ok(csv) => convert(staging, table, csv, &provenance)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(wrong(error)),
        }
    }
    Ok(())
}

/// Writes one table, group by group.
fn convert(staging: &Staging, table: LargeTable, csv: File, provenance: &str) -> Outcome {
    let unread = |error: csv::Error| unread(&staging.folder().join(table.csv), error);
    let unmade = |why: NoParquet| Failure::World(why.to_string());
    let mut reader = csv::ReaderBuilder::new().buffer_capacity(1 << 16).from_reader(csv);
    let header = reader.headers().map_err(unread)?;
    let mut made = Parquet::new(table, header.iter(), provenance).map_err(unmade)?;
    let mut file = staging.create(table.parquet)?;
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(unread)? {
        made.row(record.iter()).map_err(unmade)?;
        let bytes = made.take();
        if !bytes.is_empty() {
            file.append(&bytes)?;
        }
    }
    file.append(&made.finish().map_err(unmade)?)?;
    file.close()
}

fn unread(path: &Path, error: csv::Error) -> Failure {
    let text = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Failure::disk("cannot read", path, &error),
        _ => Failure::World(format!("cannot read {}: {text}", path.display())),
    }
}
