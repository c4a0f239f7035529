//! No text makes the front end panic: shipped scenarios, cut, spliced and overwritten.

use std::fs;
use std::sync::OnceLock;

use proptest::prelude::*;
use switchover::checks;
use switchover::diagnostic::Source;
use switchover::measures::names::Names;
use switchover::scenario::load;

use super::messages::OneFile;
use crate::bless::root;

/// The shipped scenarios, by name.
fn shipped() -> &'static [Vec<u8>] {
    static TEXTS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let folders = ["scenarios", "scenarios/invalid"].map(|folder| fs::read_dir(root(folder)));
        let entries = folders.into_iter().flat_map(|folder| folder.expect("the scenarios"));
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.retain(|path| path.extension().is_some_and(|end| end == "toml"));
        paths.sort();
        paths.iter().map(|path| fs::read(path).expect("a scenario")).collect()
    })
}

/// What is put into a text.
const PIECES: &[&str] = &[
    "",
    "\"",
    "[",
    "]]",
    "{",
    "}",
    "=",
    "\n",
    "'''",
    "\\u0000",
    "\u{feff}",
    "é",
    "-",
    "0",
    "-1",
    "1e309",
    "99999999999999999999",
    "nan",
    "inf",
    "true",
    "\"0s\"",
    "\"1ns\"",
    "\"100y\"",
    "\"200y\"",
    "\"-5s\"",
    "\"never\"",
    "\"off\"",
    "\"0%\"",
    "\"100%\"",
    "\"1/y\"",
    "\"0/s\"",
    "[]",
    "[[]]",
    "{}",
    "{ uniform = [\"3s\", \"1s\"] }",
    "{ empirical = { file = \"times.csv\", column = \
     \"site\" } }",
    "{ gamma = { shape = 0.01, mean = \"100y\" } }",
    "07:32:00",
    "1979-05-27",
    "site",
    "[server.X-sip-1]\n",
    "backup = \"X-sip-1\"\n",
    "[[fault]]\n",
    "[[drain]]\n",
    "target = \"every host\"\n",
    "failure = \"1000000000/s\"\n",
    "horizon = \"100y\"\n",
    "agents = 1073741824\n",
    "disaster-recovery = 1\n",
    "a.b.c.d.e.f.g = 1\n",
];

/// A change: where (a share of the length), how much is taken out, what is put in.
type Change = (f64, usize, usize);

fn change(text: &mut Vec<u8>, (place, cut, piece): Change) {
    let start = (place * text.len() as f64) as usize;
    let end = (start + cut).min(text.len());
    text.splice(start..end, PIECES[piece % PIECES.len()].bytes());
}

/// Loads, resolves and renders; the rendering reaches every span.
fn survive(bytes: &[u8]) -> Result<(), TestCaseError> {
    let source = Source::from_bytes("t.toml", bytes);
    let loaded = load("t.toml", bytes, &OneFile);
    let checks::Examined { diagnostics: found, resolved, .. } = checks::examine(&loaded, &Names);
    let refused = found.iter().any(switchover::diagnostic::Diagnostic::is_error);
    prop_assert!(resolved.is_some() || refused);
    for diagnostic in &found {
        prop_assert!(!diagnostic.render(&source, false).is_empty());
        prop_assert!(diagnostic.to_json(&source).primary.line > 0);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_scenarios_are_survived(
        which in 0usize..100,
        changes in prop::collection::vec((0.0..1.0f64, 0usize..40, 0usize..100), 0..6),
    ) {
        let texts = shipped();
        let mut text = texts[which % texts.len()].clone();
        for one in changes {
            change(&mut text, one);
        }
        survive(&text)?;
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        survive(&bytes)?;
    }

    #[test]
    fn any_value_is_survived_at_any_key(
        key in 0usize..400,
        piece in 0usize..100,
    ) {
        let keys: Vec<(&str, &str)> = switchover::scenario::keys::tables()
            .into_iter()
            .flat_map(|def| def.keys.iter().map(move |key| (def.header, key.name)))
            .collect();
        let (header, name) = keys[key % keys.len()];
        let text = format!(
            "{}\n{header}\n{name} = {}\n",
            super::messages::SOUND,
            PIECES[piece % PIECES.len()]
        );
        survive(text.as_bytes())?;
    }
}

#[test]
fn a_deep_nest_is_survived() {
    for deep in ["[".repeat(5_000), "{a=".repeat(5_000), "a.".repeat(5_000)] {
        survive(format!("x = {deep}").as_bytes()).expect("no panic");
        survive(deep.as_bytes()).expect("no panic");
    }
}
