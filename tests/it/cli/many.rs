//! Scenarios with very many things in them: findings are shown up to a number, the worst first.

use super::program::Place;

/// A scenario with more unknown keys than are shown, and a warning behind them.
fn wrong(keys: usize) -> String {
    let keys: String = (0..keys).map(|n| format!("key-{n} = {n}\n")).collect();
    let rest = "horizon = \"1h\"\n[site.X]\n[agent-group.g]\nagents = 1\n\
                [[fault]]\ntarget = \"site X\"\nat = \"2h\"\nfor = \"1m\"\n";
    keys + rest
}

#[test]
fn no_more_findings_are_shown_than_people_read() {
    let place = Place::new();
    place.write("s.toml", &wrong(70));
    let ended = place.run(&["check", "s.toml"]).expect(1);
    assert_eq!(ended.out.matches("error[S004]").count(), 50);
    assert!(!ended.out.contains("warning["), "errors first: {}", ended.out);
    assert!(ended.out.contains("--> s.toml:50:1"), "{}", ended.out);
    let last = ended.out.lines().last().unwrap();
    assert_eq!(last, "s.toml: 70 errors, 1 warning, 21 not shown");

    let ended = place.run(&["run", "s.toml"]).expect(1);
    assert_eq!(ended.err.matches("error[S004]").count(), 50);
    let last = ended.err.lines().last().unwrap();
    assert_eq!(last, "error: s.toml: 70 errors, 1 warning, 21 not shown");
}

#[test]
fn the_json_says_how_many_are_not_in_it() {
    let place = Place::new();
    for (keys, shown, left_out) in [(70, 50, 21), (49, 50, 0)] {
        place.write("s.toml", &wrong(keys));
        let ended = place.run(&["check", "s.toml", "--format", "json"]).expect(1);
        let found: serde_json::Value = serde_json::from_str(&ended.out).unwrap();
        assert_eq!(found["findings"].as_array().unwrap().len(), shown);
        assert_eq!(found["left_out"], left_out);
    }
}

#[test]
fn a_finding_late_in_a_long_text_has_its_line() {
    let place = Place::new();
    let comments = "# a comment\n".repeat(5_000);
    place.write("s.toml", &format!("{comments}{}", wrong(1)));
    let ended = place.run(&["check", "s.toml"]).expect(1);
    let shown = "error[S004]: the top of a scenario has no key `key-0`\n    \
                 --> s.toml:5001:1\n     |\n5001 | key-0 = 0\n     | ^^^^^ unknown key";
    assert!(ended.out.contains(shown), "{}", ended.out);
}
