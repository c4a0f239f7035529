//! The tables of a run in memory hold what the program's CSV files say.

use std::path::Path;

use switchover::facade::{TypedTable, Values};
use switchover::{Error, Scenario};

use crate::cli::program::Place;

/// Says of a row whether its cell is what the file tells.
type Same<'v> = Box<dyn Fn(usize, &str) -> bool + 'v>;

/// Of a column; numbers are the nearest ones.
fn same(values: &Values) -> Same<'_> {
    match values {
        Values::Texts(texts) => {
            let all: Vec<&str> = texts.iter().collect();
            Box::new(move |row, told| all[row] == told)
        }
        Values::Numbers(all) => Box::new(|row, told| told.parse() == Ok(all[row])),
        Values::Counts(all) => Box::new(|row, told| told.parse() == Ok(all[row])),
        Values::Flags(all) => Box::new(|row, told| told.parse() == Ok(all[row])),
        other => panic!("{other:?}"),
    }
}

/// Compares a table with its file.
fn agrees(name: &str, table: &TypedTable, file: &str) {
    let mut reader = csv::ReaderBuilder::new().from_reader(file.as_bytes());
    let header: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    assert_eq!(reader.headers().unwrap(), header, "{name}");
    let told: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    for (at, column) in table.columns.iter().enumerate() {
        let (same, own) = (same(&column.values), column.name);
        assert_eq!(column.is_there.len(), told.len(), "{name}: {own}");
        for (row, record) in told.iter().enumerate() {
            let told = &record[at];
            assert_eq!(column.is_there[row], !told.is_empty(), "{name}: {own} {row}");
            assert!(told.is_empty() || same(row, told), "{name}: {own} {row}: {told}");
        }
    }
}

#[test]
fn tables_hold_what_files_say() {
    let mut seen = std::collections::BTreeSet::new();
    for (name, agents) in [
        ("14-cisco-srst", None),
        ("24-register-storm", None),
        ("30-clocks-change", None),
        ("31-monday-at-ten", None),
        // Several ranges of agents.
        ("08-flapping-link", Some("5000")),
    ] {
        let path = Path::new("scenarios").join(name).with_extension("toml");
        let mut scenario = Scenario::read(&path).unwrap();
        let place = Place::in_memory();
        let (file, out) = (std::fs::canonicalize(&path).unwrap(), place.path().join("out"));
        let mut asked = vec!["run", file.to_str().unwrap(), "--out", out.to_str().unwrap()];
        asked.extend(["--replications", "1", "--quiet"]);
        let set = agents.map(|agents| {
            let group = scenario.model().unwrap().groups[0].name.clone();
            (format!("agent-group.{group}.agents"), agents)
        });
        let setting = set.as_ref().map(|(path, value)| format!("{path}={value}"));
        if let (Some((path, value)), Some(setting)) = (&set, &setting) {
            scenario.set(path, value).unwrap();
            asked.extend(["--set", setting]);
        }
        assert_eq!(place.run(&asked).code, Some(0), "{name}");
        let run = scenario.run().unwrap();
        let rows = run.rows_while(2, &|| true).unwrap();
        for own in run.table_names() {
            let kept = rows.iter().find(|(row, _)| *row == own).map(|(_, table)| table.clone());
            let table = run.table(own).or(kept).unwrap();
            agrees(&format!("{name}/{own}"), &table, &place.read(&format!("out/{own}.csv")));
            seen.insert(own);
        }
        let files = place.files();
        let files = files.iter().filter_map(|file| file.strip_prefix("out/")?.strip_suffix(".csv"));
        let beside: Vec<&str> = files.filter(|file| !run.table_names().contains(file)).collect();
        assert_eq!(beside, ["assumptions"], "{name}");
        assert_eq!(run.table("assumptions"), None);
    }
    assert_eq!(seen.len(), 13, "{seen:?}");
}

#[test]
fn rows_that_are_not_wanted_are_not_made() {
    let run = Scenario::read("scenarios/07-site-loss.toml").unwrap().run().unwrap();
    assert!(matches!(run.rows_while(1, &|| false), Err(Error::Stopped)));
}
