//! Names of types: those that an engineer of the field would not guess are not taken, each with what to
//! write instead.

use super::source;

/// What no type is called, and what it would be.
const UNGUESSABLE: [(&str, &str); 20] = [
    ("Luck", "random numbers, draws"),
    ("Fortune", "draws"),
    ("Door", "endpoint"),
    ("Toll", "effect, cost"),
    ("Pile", "list"),
    ("Turn", "attempt, change, step, samples"),
    ("Keeper", "store"),
    ("Treadmill", "retry loop"),
    ("Wish", "options"),
    ("Crowd", "agents, group"),
    ("Crowds", "groups"),
    ("Telling", "report, output"),
    ("Desk", "desktop, store"),
    ("Bench", "store"),
    ("Hero", "agent"),
    ("Mind", "traits"),
    ("Upset", "disruption"),
    ("Ailment", "fault"),
    ("Portrait", "snapshot"),
    ("Blow", "fault"),
];

/// The name of the type that a line defines, if it defines one.
fn defined(line: &str) -> Option<&str> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let at = words.iter().position(|word| ["struct", "enum", "trait", "type"].contains(word))?;
    let plain = words[..at].iter().all(|word| word.starts_with("pub"));
    let name = words.get(at + 1).filter(|_| plain)?;
    name.split(|letter: char| !letter.is_alphanumeric()).next()
}

#[test]
fn types_have_names_of_the_field() {
    let mut findings = Vec::new();
    for file in source::below("src", &[".rs"]) {
        for (number, line) in file.code() {
            let name = defined(&line);
            for (_, instead) in UNGUESSABLE.iter().filter(|(word, _)| name == Some(*word)) {
                findings.push(format!("{}:{number}: {line} ({instead})", file.path));
            }
        }
    }
    source::none(&findings, "types have names that the field knows");
}

#[test]
fn definitions_are_recognised() {
    assert_eq!(defined("pub(super) struct Toll<'a> {"), Some("Toll"));
    assert_eq!(defined("type Pile = Vec<u8>;"), Some("Pile"));
    assert_eq!(defined("let a = \"no struct Toll\";"), None);
    assert_eq!(defined("use super::Toll;"), None);
}
