//! `--parquet`: the large tables in typed columns, read back cell by cell.

use super::program::{Ended, Place};
use crate::cli::texts::recovery;

/// A cut and random faults; a group whose name looks like a formula, one whose name looks like a number.
const SCENARIO: &str = concat!(
    r#"
horizon = "2h"
[site.X]
[site.Y]
[location.L]
"#,
    recovery!(),
    r#"[agent-group."=g"]
agents = 3
[agent-group.007]
agents = 1
[[fault]]
target = "path L-X"
at = "10m"
for = "20m"
[[fault]]
target = "path L-X"
mtbf = "1h"
mttr = "2m"
"#
);

fn place() -> Place {
    let place = Place::in_memory();
    place.write("s.toml", SCENARIO);
    place
}

fn run(place: &Place, more: &[&str]) -> Ended {
    place.run(&[&["run", "s.toml", "--out", "out", "--parquet", "--quiet"], more].concat())
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_program_without_parquet_says_how_to_get_it() {
    let ended = run(&place(), &[]).expect(2);
    let wanted = "error: --parquet needs a program that was built with Parquet: \
                  `cargo install --path . --features parquet` builds one\n";
    assert!(ended.err.starts_with(wanted), "{}", ended.err);
}

#[cfg(feature = "parquet")]
mod with {
    use std::fs::File;
    use std::path::Path;

    use parquet::basic::Type;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    use switchover::report::{LARGE_TABLES, Parquet};

    use super::super::program::bytes;
    use super::{place, run};

    fn open(path: &Path) -> SerializedFileReader<File> {
        SerializedFileReader::new(File::open(path).unwrap()).unwrap()
    }

    /// A cell as CSV has it.
    fn shown(field: &Field, text: &str) -> bool {
        match field {
            Field::Null => text.is_empty(),
            Field::Bool(value) => value.to_string() == text,
            Field::Long(value) => value.to_string() == text,
            Field::Double(value) => text.parse() == Ok(*value),
            Field::Str(value) if value.starts_with('=') => text == format!("'{value}"),
            Field::Str(value) => value == text,
            other => panic!("{other:?}"),
        }
    }

    /// Compares a Parquet file with its CSV file; the number of its rows.
    fn compare(folder: &Path, csv: &str, parquet: &str) -> usize {
        let reader = open(&folder.join(parquet));
        let mut records = csv::Reader::from_path(folder.join(csv)).unwrap();
        let header = records.headers().unwrap().clone();
        let columns = reader.metadata().file_metadata().schema_descr().columns();
        let names: Vec<&str> = columns.iter().map(|column| column.name()).collect();
        let second = |name: &str| matches!(name.rsplit_once('.'), Some((_, "1")));
        let once =
            names.iter().map(|name| if second(name) { &name[..name.len() - 2] } else { name });
        assert!(header.iter().eq(once), "{csv}: {names:?}");
        let mut sorted = names.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted.len(), names.len(), "{csv}: no name twice");
        let mut rows = reader.get_row_iter(None).unwrap();
        let mut number = 0;
        for record in records.records() {
            let (record, row) = (record.unwrap(), rows.next().expect("a row").unwrap());
            for ((name, field), text) in row.get_column_iter().zip(&record) {
                assert!(shown(field, text), "{csv}, row {number}, {name}: {field:?}, {text}");
            }
            number += 1;
        }
        assert!(rows.next().is_none(), "{csv}: no more rows");
        number
    }

    #[test]
    fn every_cell_is_that_of_the_csv_file() {
        let place = place();
        let out = place.path().join("out");
        let single = ["agents", "outages", "moves", "timeline", "groups", "states", "trace"];
        for (more, names) in [
            (&["--replications", "1", "--trace"][..], &single[..]),
            (&["--replications", "8"], &["replications"]),
        ] {
            run(&place, more).expect(0);
            let made = place.files();
            let parquet = made.iter().filter(|name| name.ends_with(".parquet"));
            let mut wanted: Vec<String> =
                names.iter().map(|name| format!("out/{name}.parquet")).collect();
            wanted.sort();
            assert!(parquet.eq(&wanted), "{made:?}");
            for name in names {
                let rows = compare(&out, &format!("{name}.csv"), &format!("{name}.parquet"));
                assert!(rows > 1, "{name}: {rows} rows");
            }
        }
        let set = "application.interaction-workspace.disaster-recovery.timeout=20";
        let arguments = ["compare", "s.toml", "--set", set, "--replications", "4", "--out", "out"];
        place.run(&[&arguments[..], &["--parquet", "--quiet"]].concat()).expect(0);
        assert_eq!(compare(&out, "differences.csv", "differences.parquet"), 4);
    }

    #[test]
    fn columns_have_types_and_the_file_says_where_it_comes_from() {
        let place = place();
        let answer = |threads: &str| {
            run(&place, &["--replications", "1", "--threads", threads]).expect(0);
            bytes(&place.path().join("out"))
        };
        let files = answer("1");
        let reader = open(&place.path().join("out/moves.parquet"));
        let columns = reader.metadata().file_metadata().schema_descr().columns();
        let types = columns.iter().map(|column| (column.name(), column.physical_type()));
        let types: Vec<_> = types.collect();
        for wanted in [
            ("agent", Type::BYTE_ARRAY),
            ("start_s", Type::DOUBLE),
            ("in_service_before", Type::BOOLEAN),
            ("needless", Type::BOOLEAN),
            ("regret_s", Type::DOUBLE),
        ] {
            assert!(types.contains(&wanted), "{wanted:?} in {types:?}");
        }
        let reader = open(&place.path().join("out/agents.parquet"));
        let columns = reader.metadata().file_metadata().schema_descr().columns();
        let needless = columns.iter().find(|column| column.name() == "needless").unwrap();
        assert_eq!(needless.physical_type(), Type::INT64);
        let first = reader.get_row_iter(None).unwrap().map(Result::unwrap);
        let groups: Vec<String> =
            first.map(|row| row.get_column_iter().nth(1).unwrap().1.to_string()).collect();
        assert_eq!(groups, ["\"=g\"", "\"=g\"", "\"=g\"", "\"007\""]);

        let metadata = reader.metadata().file_metadata();
        assert!(metadata.created_by().unwrap().starts_with("switchover version 0."));
        let pairs = metadata.key_value_metadata().unwrap();
        let own = pairs.iter().find(|pair| pair.key == "switchover.provenance").unwrap();
        assert_eq!(own.value.as_deref().map(str::as_bytes), Some(&*files["provenance.json"]));
        for (name, bytes) in answer("2") {
            assert!(files[&name] == bytes, "{name}: the same bytes on any number of threads");
        }
    }

    #[test]
    fn a_table_grows_group_by_group_and_may_be_empty() {
        let table = *LARGE_TABLES.iter().find(|table| table.csv == "replications.csv").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.parquet");
        for count in [0, 300_000] {
            let header = ["replication", "availability"];
            let mut made = Parquet::new(table, header.into_iter(), "{}").unwrap();
            let (mut bytes, mut pieces) = (Vec::new(), 0);
            for number in 0..count {
                let cells = [number.to_string(), String::new()];
                made.row(cells.iter().map(String::as_str)).unwrap();
                let piece = made.take();
                pieces += usize::from(!piece.is_empty());
                bytes.extend(piece);
            }
            bytes.extend(made.finish().unwrap());
            std::fs::write(&path, bytes).unwrap();
            let reader = open(&path);
            let metadata = reader.metadata();
            assert_eq!(metadata.num_row_groups(), if count == 0 { 0 } else { 3 });
            assert!(pieces <= 4, "{pieces} pieces");
            let rows = reader.get_row_iter(None).unwrap().map(Result::unwrap);
            let numbers = rows.map(|row| row.get_column_iter().next().unwrap().1.clone());
            assert!(numbers.eq((0..count).map(Field::Long)), "{count} rows");
        }
        let mut made = Parquet::new(table, ["replication"].into_iter(), "{}").unwrap();
        let refused = made.row(["x"].into_iter()).unwrap_err().to_string();
        assert_eq!(refused, "`x` is in column replication of replications.csv, which holds Count");
    }
}
