//! Tables on a terminal: 80 characters wide unless `COLUMNS` says otherwise, the numbers of a group
//! in one unit, the key of a measure with its name.

use super::program::{Ended, Place};
use crate::bless::root;
use crate::cli::texts::TIMEOUT;

/// The table that a command prints; `columns`: what `COLUMNS` says, if it is set.
fn table(arguments: &[&str], columns: Option<&str>) -> Vec<String> {
    let place = Place::new();
    let scenario = root("scenarios/17-year-with-bounds.toml").to_string_lossy().into_owned();
    let own = [arguments[0], &scenario, "--replications=5", "--out=out"];
    let mut command = place.command(&[&own[..], &arguments[1..]].concat());
    if let Some(columns) = columns {
        command.env("COLUMNS", columns);
    }
    let out = Ended::of(&mut command).out;
    let lines: Vec<String> = out.lines().map(str::to_owned).collect();
    let rule = lines.iter().position(|line| line.starts_with("----")).expect("a rule");
    let after = |line: &String| line.starts_with("Notable repl") || line.starts_with("switchover ");
    let end = lines.iter().position(after).expect("where it comes from");
    lines[rule..end].to_vec()
}

#[test]
fn tables_in_a_pipe_are_at_most_80_characters_wide() {
    let (compare, sweep) = (format!("--set={TIMEOUT}=45"), format!("--set={TIMEOUT}=15,30,120"));
    for arguments in [&["run"][..], &["compare", &compare], &["sweep", &sweep]] {
        for line in table(arguments, None) {
            assert!(line.chars().count() <= 80, "{arguments:?}: {line}");
        }
    }
}

#[test]
fn the_key_of_a_measure_stands_below_its_name_or_beside_it_where_there_is_room() {
    let narrow = table(&["run"], Some("80"));
    let at = narrow
        .iter()
        .position(|line| line.starts_with(" service lost, 95 % within "))
        .expect("a row");
    assert!(
        narrow[at + 1].starts_with("  outages.service_lost.duration_s.p95 "),
        "{}",
        narrow[at + 1]
    );
    let wide = table(&["run"], Some("160"));
    let row =
        wide.iter().find(|line| line.starts_with(" service lost, 95 % within ")).expect("a row");
    assert!(row.contains("  outages.service_lost.duration_s.p95  "), "{row}");
}

#[test]
fn numbers_of_a_group_have_one_number_of_decimals() {
    let wide = table(&["run"], Some("160"));
    let group = wide.iter().skip_while(|line| *line != "Durations (s)").skip(1);
    let decimals: Vec<usize> = group
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().last())
        .map(|number| number.split_once('.').map_or(0, |(_, fraction)| fraction.len()))
        .collect();
    assert!(decimals.len() >= 7, "{decimals:?}");
    assert!(decimals.iter().all(|number| *number == decimals[0]), "{decimals:?}");
}
