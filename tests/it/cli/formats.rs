//! The same answer for other tools: Markdown, JUnit XML, a workbook.

use std::collections::BTreeMap;

use calamine::{Data, Reader, Xlsx};

use super::program::{Ended, Place, bytes};
use crate::cli::texts::recovery;

/// Random faults, and three thresholds: kept, broken, undecided.
const YEAR: &str = concat!(
    r#"
title = "A | pipe, <b> & *stars*"
horizon = "2h"
[site.X]
[site.Y]
[location.L]
"#,
    recovery!(),
    r#"[agent-group.g]
agents = 3
[[fault]]
name = "=cut"
target = "path L-X"
mtbf = "30m"
mttr = "2m"
[[threshold]]
measure = "availability"
at-least = "1%"
[[threshold]]
measure = "availability"
at-least = "99.9999%"
[[threshold]]
measure = "outages.service_lost.duration_s.p99"
at-most = "100s"
"#
);

fn place() -> Place {
    let place = Place::in_memory();
    place.write("s.toml", YEAR);
    place
}

fn run(place: &Place, more: &[&str]) -> Ended {
    place.run(&[&["run", "s.toml", "--out", "out"], more].concat())
}

#[test]
fn an_answer_as_markdown_is_made_of_the_same_numbers() {
    let place = place();
    let ended = run(&place, &["--replications", "8", "--format", "markdown"]).expect(4);
    let text = ended.out;
    assert!(
        text.starts_with(
            "# A \\| pipe, \\<b\\> \\& \\*stars\\*\n\nIn 2 h an agent is out of service for "
        ),
        "{text}"
    );
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ")).collect();
    assert_eq!(rows[0], "| Verdict | Threshold | Found |");
    assert_eq!(rows[1], "| --- | --- | --- |");
    for (row, head) in rows[2..].iter().zip([
        "| \u{2713} PASS | Agents in service: at least 1 % | ",
        "| \u{2717} FAIL | Agents in service: at least 99.9999 % | ",
        "| ? UNDECIDED | Service lost, 99 % within: at most 1 min 40 s | ",
    ]) {
        assert!(row.starts_with(head), "{row}");
    }
    assert_eq!(rows[5], "| Measure | Value | Interval | Key |");
    let table = place.read("out/estimates.csv");
    let of = |key: &str| {
        let row = table.lines().find(|line| line.starts_with(&format!("{key},"))).unwrap();
        row.split(',').nth(2).unwrap().parse::<f64>().unwrap()
    };
    let row = rows.iter().find(|row| row.ends_with(" | switchovers.count |")).expect("a row");
    let shown: f64 = row.split(" | ").nth(1).unwrap().parse().unwrap();
    assert!((shown - of("switchovers.count")).abs() < 0.1, "{row}");
    assert!(text.ends_with("    switchover run s.toml --replications 8\n"), "{text}");
}

#[test]
fn runs_comparisons_and_sweeps_are_answered_as_markdown_too() {
    let place = place();
    let one =
        run(&place, &["--replications", "1", "--format", "markdown", "--quiet"]).expect(5).out;
    assert!(one.contains("\nOver 2 h, 3 agents were in service for "), "{one}");
    let set = "disaster-recovery.timeout=20,40";
    for (command, rows) in [("compare", 2 + 3), ("sweep", 2 + 2)] {
        let arguments = [
            command,
            "s.toml",
            "--set",
            set,
            "--replications",
            "4",
            "--out",
            "out",
            "--format",
            "markdown",
        ];
        let text = place.run(&arguments).expect(0).out;
        assert_eq!(text.lines().filter(|line| line.starts_with('|')).count(), rows, "{text}");
    }
    let ended = place
        .run(&["replay", "s.toml", "--replication", "1", "--agent", "g-1", "--format", "markdown"])
        .expect(2);
    assert!(
        ended.err.ends_with(
            "--format markdown is for results; the timeline of an agent is text or json\n"
        )
    );
}

#[test]
fn thresholds_as_junit_are_counted_like_the_verdicts() {
    let place = place();
    run(&place, &["--replications", "8", "--junit", "t.xml", "--quiet"]).expect(4);
    let text = place.read("t.xml");
    let xml = roxmltree::Document::parse(&text).unwrap();
    let root = xml.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    for (key, value) in [("name", "switchover"), ("tests", "3"), ("failures", "1"), ("errors", "1")]
    {
        assert_eq!(root.attribute(key), Some(value), "{key}");
    }
    let cases: Vec<_> = root.descendants().filter(|node| node.has_tag_name("testcase")).collect();
    let names: Vec<_> = cases.iter().map(|case| case.attribute("name").unwrap()).collect();
    assert_eq!(
        names,
        [
            "availability at least 1%",
            "availability at least 99.9999%",
            "outages.service_lost.duration_s.p99 at most 100s"
        ]
    );
    let inside = |case: &roxmltree::Node<'_, '_>| {
        let child = case.children().find(roxmltree::Node::is_element);
        child.map(|child| {
            (child.tag_name().name().to_owned(), child.attribute("type").unwrap().to_owned())
        })
    };
    let found: Vec<_> = cases.iter().map(inside).collect();
    let of = |tag: &str, kind: &str| Some((tag.to_owned(), kind.to_owned()));
    assert_eq!(found, [None, of("failure", "FAIL"), of("error", "INCONCLUSIVE")]);
    // An older one is replaced, another file is not.
    run(&place, &["--replications", "8", "--junit", "t.xml", "--quiet"]).expect(4);
    place.write("mine.xml", "<mine/>");
    let ended = run(&place, &["--replications", "8", "--junit", "mine.xml"]).expect(3);
    assert_eq!(
        ended.err.lines().last().unwrap(),
        "error: mine.xml exists and is no JUnit file of this program; remove it, or name another with --junit"
    );
    assert_eq!(place.read("mine.xml"), "<mine/>");
    let ended = run(&place, &["--replications", "1", "--junit", "t.xml"]).expect(2);
    assert!(
        ended.err.ends_with("--junit judges thresholds, which needs more than one replication\n")
    );
    place.write(
        "s.toml",
        &YEAR
            .replace("[[threshold]]", "[[threshold]] # none")
            .split("[[threshold]]")
            .next()
            .unwrap()
            .replace(" # none", ""),
    );
    let ended = run(&place, &["--replications", "4", "--junit", "t.xml"]).expect(2);
    assert!(
        ended.err.ends_with("--junit writes thresholds, and the scenario has no [[threshold]]\n"),
        "{}",
        ended.err
    );
}

/// The cells of a CSV file: numbers as numbers, without the apostrophe before a formula.
fn cells(text: &[u8]) -> Vec<Vec<Data>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    let cell = |(row, text): (usize, &str)| match text.parse::<f64>() {
        _ if text.is_empty() => Data::Empty,
        Ok(number) if row > 0 => Data::Float(number),
        _ if text.starts_with("'=") => Data::String(text[1..].to_owned()),
        _ => Data::String(text.to_owned()),
    };
    let records = reader.records().enumerate();
    records
        .map(|(row, record)| record.unwrap().iter().map(|text| cell((row, text))).collect())
        .collect()
}

#[test]
fn a_workbook_holds_every_table_with_typed_numbers() {
    let place = place();
    let answer = |more: &[&str]| {
        run(&place, &[&["--replications", "1", "--xlsx", "--quiet"][..], more].concat()).expect(5);
        bytes(&place.path().join("out"))
    };
    let files: BTreeMap<String, Vec<u8>> = answer(&[]);
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(files["tables.xlsx"].clone())).unwrap();
    let tables: Vec<&String> = files.keys().filter(|name| name.ends_with(".csv")).collect();
    assert_eq!(tables.len(), 11, "{tables:?}");
    let names: Vec<String> =
        tables.iter().map(|name| name.trim_end_matches(".csv").to_owned()).collect();
    assert_eq!(book.sheet_names()[0], "about");
    assert_eq!(book.sheet_names()[1..], names);
    for name in names {
        let sheet = book.worksheet_range(&name).unwrap();
        let expected = cells(&files[&format!("{name}.csv")]);
        for (row, expected) in expected.iter().enumerate() {
            for (column, expected) in expected.iter().enumerate() {
                let found = sheet.get_value((row as u32, column as u32)).unwrap_or(&Data::Empty);
                assert_eq!(found, expected, "{name}: row {row}, column {column}");
            }
        }
    }
    let about = book.worksheet_range("about").unwrap();
    let text = format!("{:?}", about.rows().collect::<Vec<_>>());
    for words in
        ["switchover run s.toml --replications 1", "SHA-256", "rows of agents.csv", "s.toml"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(text.contains("switchover 0"), "{text}");
    assert!(answer(&["--threads", "2"])["tables.xlsx"] == files["tables.xlsx"], "the same bytes");
}
