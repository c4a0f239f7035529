//! Keys of registrars, phones, pairs, networks and power, one after the other: what is said where a key is
//! misspelt, has a value of the wrong type, and a value out of range. The words are in `key_messages.txt`.

use std::fmt::Write;

use super::messages::{SOUND, said};
use crate::bless::differs;

/// The section, its keys, and for each values of a wrong type and out of range.
type Section = (&'static str, &'static [(&'static str, &'static [&'static str])]);

const SECTIONS: [Section; 10] = [
    (
        "[phone.p]",
        &[
            ("preset", &["9641", "\"nortel\""]),
            ("refresh-before", &["60", "\"0s\""]),
            ("refresh-of", &["true", "\"wanted\""]),
            ("retry", &["30", "\"0s\""]),
            ("retry-after-refusal", &["30", "\"0s\""]),
            ("retry-limit", &["\"two\"", "-1", "1000001"]),
            ("keep-alive", &["30", "\"0s\""]),
            ("boot", &["5", "\"-1s\""]),
            ("start-spread", &["30", "\"-1s\""]),
            ("failback", &["120", "\"0s\""]),
        ],
    ),
    (
        "[site.Z.registrar]",
        &[
            ("expires-min", &["60", "\"0s\""]),
            ("expires-max", &["60", "\"0s\""]),
            ("expires-deviation", &["5", "\"-1s\""]),
            ("capacity", &["300", "\"0/s\""]),
            ("service", &["true", "\"erlang\""]),
            ("challenge", &["\"yes\""]),
            ("duplicate-cost", &["0.5", "\"120%\"", "\"-1%\""]),
            ("queue-limit", &["\"many\"", "-1"]),
            ("overload", &["true", "\"drop\""]),
            ("refreshes", &["true", "\"some\""]),
            ("retry-after", &["5", "\"-1s\""]),
        ],
    ),
    ("[site.Z]", &[("reconnect-capacity", &["10", "\"0/s\""])]),
    ("[location.far]", &[("nat-timeout", &["30", "\"0s\""])]),
    (
        "[failover]",
        &[
            ("hang", &["5", "\"-1s\""]),
            ("preempt", &["\"yes\""]),
            ("preempt-delay", &["5", "\"-1s\""]),
            ("preempt-gap", &["5", "\"-1s\""]),
            ("split", &["true", "\"both\""]),
        ],
    ),
    (
        "[[fault]]\nat = \"5m\"\ntarget = \"path office-X\"",
        &[
            ("effect", &["1", "\"freeze\""]),
            ("loss", &["0.2", "\"100%\"", "\"0%\""]),
            ("delay", &["true", "\"0s\""]),
        ],
    ),
    ("[desktop]", &[("boot", &["5", "\"-1s\""])]),
    (
        "[prices]",
        &[
            ("currency", &["\"EUR\"", "5"]),
            ("cost-per-agent-hour", &["\"38 EUR\"", "-1", "1e10"]),
            ("cost-per-lost-call", &["12.5", "\"x\"", "-0.01"]),
        ],
    ),
    (
        "[policy]",
        &[
            ("round-order", &["1", "\"random\""]),
            ("phone-unknown", &["1", "\"wait\""]),
            ("login-needs", &["\"sip\"", "1", "[\"sip\", \"stat\"]", "[\"config\"]"]),
            ("login-wait", &["60", "\"0s\""]),
        ],
    ),
    (
        "[[fault]]\nat = \"5m\"",
        &[(
            "target",
            &[
                "{ powr = \"office\" }",
                "{ power = 3 }",
                "{ power = \"nowhere\" }",
                "{ registrar = 3 }",
                "{ registrar = \"nowhere\" }",
                "{ logins = 3 }",
                "{ logins = \"nowhere\" }",
                "{ ha-link = 3 }",
                "{ ha-link = \"nowhere\" }",
            ],
        )],
    ),
];

/// What is said of one line in a section.
fn tell(out: &mut String, section: &str, line: &str) {
    let found = said(&format!("{SOUND}{section}\n{line}\n"));
    assert!(!found.is_empty(), "nothing is wrong with `{line}` in {section}");
    let found = found.replace('\n', "\n    ");
    writeln!(out, "  {line}\n    {found}").expect("text");
}

#[test]
fn every_key_says_what_is_wrong_with_it() {
    let mut out = String::new();
    for (section, keys) in SECTIONS {
        writeln!(out, "{}", section.replace('\n', " ")).expect("text");
        for (key, values) in keys {
            tell(&mut out, section, &format!("{} = 1", &key[..key.len() - 1]));
            for value in *values {
                tell(&mut out, section, &format!("{key} = {value}"));
            }
        }
    }
    if let Some(differs) = differs("tests/it/scenario/key_messages.txt", &out) {
        panic!("{differs}");
    }
}

/// Keys of a registrar without a capacity, and keys that say the same or contradict each other.
#[test]
fn keys_that_do_nothing_without_another() {
    for (key, value) in [
        ("service", "\"exponential\""),
        ("challenge", "true"),
        ("duplicate-cost", "\"20%\""),
        ("queue-limit", "10"),
        ("refreshes", "\"all\""),
    ] {
        let column = key.len() + 4;
        assert_eq!(
            said(&format!("{SOUND}[site.Z.registrar]\n{key} = {value}\n")),
            format!(
                "S012 11:{column} `{key}` does nothing without `capacity` | has no effect | add `capacity`, or leave \
                 `{key}` out"
            )
        );
    }
}

/// A failback of a phone type that never fails over; beside a preset, only what the phone type itself says.
#[test]
fn a_failback_needs_the_mode_failover() {
    let said = |lines: &str| said(&format!("{SOUND}[phone.p]\n{lines}\n"));
    let finding = |line: u32| {
        format!(
            "S012 {line}:12 `failback` does nothing without `mode = \"failover\"` | has no effect | add `mode = \
             \"failover\"`, or leave `failback` out"
        )
    };
    assert_eq!(said("failback = \"120s\""), finding(11));
    for mode in ["dual", "follow"] {
        assert_eq!(said(&format!("mode = \"{mode}\"\nfailback = \"120s\"")), finding(12));
    }
    assert_eq!(said("mode = \"failover\"\nfailback = \"120s\""), "");
    assert_eq!(said("preset = \"yealink-timer\"\nfailback = \"120s\""), "");
    assert_eq!(said("preset = \"yealink-timer\"\nmode = \"dual\""), "");
    assert!(!said("mode = \"failovr\"\nfailback = \"120s\"").contains("S012"));
}

/// Each section of `[failover]` takes `preempt` from the one above it where it says nothing.
#[test]
fn preempt_delay_and_gap_need_preempt() {
    let said = |text: &str| said(&format!("{SOUND}{text}\n"));
    for key in ["preempt-delay", "preempt-gap"] {
        for section in ["[failover]", "[site.Z]\n[site.Z.failover]"] {
            let (line, column) = (10 + section.lines().count(), key.len() + 4);
            let finding = format!(
                "S012 {line}:{column} `{key}` does nothing without `preempt = true` | has no effect | add `preempt = \
                 true`, or leave `{key}` out"
            );
            let text = format!("{section}\n{key} = \"5s\"\n");
            assert_eq!(said(&text), finding);
            assert_eq!(said(&format!("{text}preempt = true")), "");
            assert_eq!(said(&format!("{text}preempt = false")), "");
        }
        let gap = format!("{key} = \"5s\"");
        assert_eq!(said(&format!("[failover]\npreempt = true\n[site.Z.failover]\n{gap}")), "");
        assert_eq!(said(&format!("[failover]\n{gap}\n[site.Z.failover]\npreempt = true")), "");
        let other = format!("[site.Y.failover]\npreempt = true\n[site.Z.failover]\n{gap}");
        assert!(said(&other).starts_with("S012 13:"), "{}", said(&other));
    }
}
