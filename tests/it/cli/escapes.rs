//! Texts of others do not command the terminal, a spreadsheet or an XML reader.

use super::program::Place;

const SCENARIO: &str = "title = \"a\\u001B[2Jb\\u009Bc\\u202Ed\\uFFFF <&>\"\nhorizon = \"1h\"\n\
    [application.interaction-workspace]\ndisaster-recovery.enabled = true\n\
    disaster-recovery.preferred-site = \"X\\uFFFE\"\ndisaster-recovery.peer-site = \"=Y()\"\n\
    [site.\"X\\uFFFE\"]\n[site.\"=Y()\"]\n[location.\"-L\\u202E\"]\n\
    [agent-group.g]\nagents = 3\n[person.\"@anna\"]\n\
    [[fault]]\nname = \"+cut\\uFFFF\"\ntarget = \"site X\\uFFFE\"\nat = \"10m\"\nfor = \"10m\"\n";

/// Whether a terminal would do something with a text beside colouring it.
fn commands(text: &str) -> Option<String> {
    let plain = text.replace("\x1b[0m", "").replace("\x1b[1m", "");
    let mut rest = plain.as_str();
    while let Some(at) = rest.find('\x1b') {
        let end = rest[at..].find('m').map_or(rest.len(), |end| at + end);
        let sequence = &rest[at + 1..end];
        if !sequence.bytes().all(|byte| byte.is_ascii_digit() || b"[;".contains(&byte)) {
            return Some(sequence.to_owned());
        }
        rest = &rest[end..];
    }
    let obeyed = |letter: &char| {
        (letter.is_control() && !"\n\t\x1b".contains(*letter)) || *letter == '\u{202e}'
    };
    plain.chars().find(obeyed).map(|letter| format!("{letter:?}"))
}

#[test]
fn nothing_foreign_reaches_the_terminal_raw() {
    let place = Place::new();
    place.write("s\x1b[2J.toml", SCENARIO);
    place.write("log.csv", "component,start,end\nl\x1b[2J,2020-13-01,\u{9b}31m\nb,x\u{202e},y\n");
    place.write("part", "{\"format\":\"\x1b[2J\"}\n");
    for arguments in [
        &["--color", "always", "run", "s\x1b[2J.toml", "--out", "o"][..],
        &["--color", "always", "check", "s\x1b[2J.toml"],
        &["--color", "always", "run", "s\x1b[2J.toml", "--out", "o", "--format", "json"],
        &["--color", "always", "explain", "s\x1b[2J.toml", "--agent", "@anna"],
        &["--color", "always", "show", "s\x1b[2J.toml"],
        &["--color", "always", "check", "n\x1b[2J\u{9b}.toml"],
        &["--color", "always", "fit", "log.csv"],
        &["--color", "always", "merge", "s\x1b[2J.toml", "part"],
    ] {
        let ended = place.run(arguments);
        for text in [&ended.out, &ended.err] {
            assert_eq!(commands(text), None, "{arguments:?}: {text}");
        }
    }
}

#[test]
fn cells_are_no_formulas_and_charts_are_xml() {
    let place = Place::new();
    place.write("s.toml", SCENARIO);
    place.run(&["run", "s.toml", "--out", "o"]).expect(0);
    let mut charts = 0;
    for name in place.files().iter().filter(|name| name.starts_with("o/")) {
        let text = place.read(name);
        if name.ends_with(".svg") {
            charts += 1;
            let parsed = roxmltree::Document::parse(&text);
            assert!(parsed.is_ok(), "{name}: {parsed:?}");
        }
        if name.ends_with(".csv") {
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
            for cell in reader
                .records()
                .flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
            {
                let formula = cell.starts_with(['=', '+', '-', '@']);
                assert!(!formula || cell.parse::<f64>().is_ok(), "{name}: {cell}");
            }
        }
    }
    assert!(charts >= 5, "{charts}");
    assert!(place.read("o/agents.csv").contains("\n'@anna,"));
}
