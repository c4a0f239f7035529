//! What `explain` tells of a phone that a registrar's queue keeps waiting, and of one that starts.

use super::program::Place;

/// 60 phones that start within five seconds, at a registrar that serves one message per second.
const QUEUE: &str = r#"horizon = "2h"

[application.interaction-workspace]
disaster-recovery.enabled = false
disaster-recovery.preferred-site = "main"

[site.main]
[site.main.registrar]
capacity = "1/s"

[phone.desk]
start-spread = "5s"

[location.hq]

[agent-group.all]
agents = 60

[[fault]]
name = "power cut"
target = "power hq"
at = "30m"
for = "10m"
"#;

/// The sentences of `all-1` with these words.
fn told(settings: &[&str], words: &[&str]) -> Vec<String> {
    let settings: Vec<&str> = settings.iter().flat_map(|one| ["--set", one]).collect();
    let asked = ["explain", "s.toml", "--agent", "all-1"];
    let place = Place::new();
    place.write("s.toml", QUEUE);
    let out = place.run(&[&asked[..], &settings].concat()).expect(0).out;
    let lines = out.lines().filter(|line| words.iter().any(|word| line.contains(word)));
    lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn a_phone_that_waits_in_a_queue_in_vain() {
    assert_eq!(
        told(&[], &["REGISTER", "has started, 4"]),
        [
            "+40m04.716s 2404.716013077 s The phone has started, 4.716s after the power was back (`start-spread`).",
            "+40m36.716s 2436.716013077 s A REGISTER at main times out: for 32s no answer has come from \
             the registrar, which is busy.",
            "+1h59m08.716s 7148.716013077 s Up to now 76 more REGISTERs at main have timed out.",
            "+1h59m38.716s 7178.716013077 s A REGISTER is sent that still waits in the queue of the registrar of main \
             when the run ends.",
        ]
    );
}

#[test]
fn a_phone_that_a_full_queue_refuses_until_it_is_served() {
    let full = ["site.main.registrar.queue-limit=20", "site.main.registrar.overload=reject"];
    assert_eq!(
        told(&full, &["REGISTER"]),
        [
            "+40m04.716s 2404.716013077 s A REGISTER at main is refused: too many wait in the registrar's queue.",
            "+56m13.216s 3373.216013077 s Up to now 32 more REGISTERs at main have been refused.",
            "+56m45.154s 3405.154017007 s A REGISTER is answered 1.938s after it was sent first: the registrar of main was busy, or did not answer before.",
        ]
    );
}

#[test]
fn a_phone_whose_registrar_is_gone_counts_its_tries() {
    let site = ["fault.power cut.target=site main", "site.main.registrar.capacity=1000/s"];
    assert_eq!(
        told(&site, &["REGISTER"]),
        [
            "+35m00.346s 2100.346369897 s A REGISTER at main times out: the phone knows that it is no longer registered \
             at main.",
            "+39m08.346s 2348.346369897 s Up to now 4 more REGISTERs at main have timed out.",
        ]
    );
}

#[test]
fn a_process_that_hangs_breaks_no_connection() {
    let hang = ["fault.power cut.target=process main-sip-1", "fault.power cut.effect=hang"];
    assert_eq!(
        told(&hang, &["connection to"]),
        [
            "The SIP Server connection to main-sip-1 (primary) at main stays open, but nothing is answered there any \
             more."
        ]
    );
}

#[test]
fn options_knows_the_phone_presets() {
    let asked = |more: &[&str]| Place::new().run(&[&["options"], more].concat());
    let text = asked(&["wde-endpoint"]).expect(0).out;
    let start = "wde-endpoint: a preset of [phone.NAME]\n\nWorkspace SIP Endpoint with the transaction timeout that the \
                 vendor\nrecommends.\n\n  kind = \"softphone\" (";
    assert!(text.starts_with(start), "{text}");
    let json = asked(&["wde-endpoint", "--format", "json"]).expect(0).out;
    assert!(json.contains("\"preset\": \"wde-endpoint\""), "{json}");
    let slip = asked(&["wde-endpont"]).expect(2).err;
    let said = "error: no option or key is called `wde-endpont`; did you mean the phone preset `wde-endpoint`?";
    assert_eq!(slip.trim_end(), said);
}

#[test]
fn a_registrar_that_refuses_says_how_long_to_wait() {
    let refuses = [
        "fault.power cut.target=registrar main",
        "fault.power cut.effect=refuse",
        "site.main.registrar.capacity=1000/s",
        "site.main.registrar.retry-after=45s",
    ];
    assert_eq!(
        told(&refuses, &["Retry-After", "is refused"]),
        [
            "+34m28.346s 2068.346369897 s The registrar of main refuses a REGISTER and asks for a wait of at least 45s \
             (Retry-After).",
            "A REGISTER at main is refused: the phone knows that it is no longer registered at main.",
        ]
    );
}
