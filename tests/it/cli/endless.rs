//! An agent that takes more steps than it may ends the simulation with S021: who, what it does again
//! and again, and which values make it so. A check does not foresee it.

use super::program::{Ended, Place};

/// A phone of `sales` is lost for 300 days; what is added makes the agents step through them.
fn scenario(target: &str, added: &str) -> String {
    format!(
        "horizon = \"1y\"\n[site.X]\n[site.Y]\n[application.interaction-workspace]\n\
         disaster-recovery.enabled = true\ndisaster-recovery.preferred-site = \"X\"\n\
         disaster-recovery.peer-site = \"Y\"\n[agent-group.calm]\nagents = 3000\n\
         location = \"elsewhere\"\n[agent-group.sales]\nagents = 2\nlocation = \"office\"\n\
         [location.elsewhere]\n[location.office]\n\
         [[fault]]\ntarget = \"{target}\"\nat = \"1d\"\nfor = \"300d\"\n{added}"
    )
}

/// Back-off with one length for all.
pub fn back_off(length: &str) -> String {
    let added = format!(
        "[phone.p]\ntransaction-timeout = \"{length}\"\nretry = {{ backoff = {{ none = \
         \"{length}\", some = \"{length}\", cap = \"{length}\" }} }}\n"
    );
    scenario("path office-X sip", &added)
}

/// The first line of the finding, its caret's, and its help.
fn told(ended: &Ended) -> [String; 3] {
    let line = |mark: &str| {
        let found = ended.err.lines().find(|line| line.contains(mark));
        found.map(|line| line.split(mark).last().unwrap().trim().to_owned()).unwrap_or_default()
    };
    [line("error[S021]: "), line("^ "), line("= help: ")]
}

#[test]
fn the_agent_is_named_with_what_it_does_and_why() {
    let place = Place::new();
    let moves = "[desktop]\nlogin = \"3us\"\n[policy]\nphone-nowhere = \"switch\"\n\
                 [agent-group.sales.interaction-workspace]\n\
                 disaster-recovery.wait-for-sipphone-timeout = \"2us\"\n\
                 [[fault]]\ntarget = \"path office-Y sip\"\nat = \"1d\"\nfor = \"300d\"\n";
    let away = "[phone.p]\nmode = \"failover\"\nexpiry = \"2us\"\ntransaction-timeout = \"2us\"\n";
    let cases = [
        (
            back_off("2us"),
            "REGISTERs that fail, with back-off, come every 3.5us: `transaction-timeout` is 2us, \
             the `cap` of the back-off is 2us",
            "make `transaction-timeout` or the `cap` of the phone's back-off longer, or `horizon` \
             shorter",
        ),
        (
            scenario("path office-X sip", away),
            "refreshes of a phone away from home come every 1.3us: `expiry` is 2us, \
             `transaction-timeout` is 2us",
            "make the phone's `expiry` or `transaction-timeout` longer, or `horizon` shorter",
        ),
        (
            scenario("path office-X sip", moves),
            "moves for want of a phone come every 5us: \
             `disaster-recovery.wait-for-sipphone-timeout` is 2us, `login` is 3us",
            "make `disaster-recovery.wait-for-sipphone-timeout` or `login` longer, or set \
             `switchovers-per-hour`, or `horizon` shorter",
        ),
    ];
    for (text, label, help) in cases {
        place.write("s.toml", &text);
        place.run(&["check", "s.toml"]).expect(0);
        // The group of the first agents is calm, and simulated by itself.
        for threads in ["1", "2"].into_iter().skip(usize::from(text.contains("office-Y"))) {
            let ended = place.run(&["run", "s.toml", "--quiet", "--threads", threads]).expect(1);
            let [first, caret, advice] = told(&ended);
            let most = 10_000_000 + 100 * text.matches("[[fault]]").count();
            assert_eq!(first, format!("agent `sales-1` takes more than {most} steps"));
            assert_eq!(caret, format!("at 1d of the run {label}"));
            assert_eq!(advice, help);
            assert!(ended.err.contains(" s.toml:11:14\n"), "{}", ended.err);
            assert_eq!(ended.out, "");
            assert_eq!(place.files(), ["s.toml"], "nothing is left");
        }
    }
}

#[test]
fn a_wait_that_is_too_short_is_named() {
    let place = Place::new();
    let cases = [
        (
            "retry = \"2us\"",
            "every 2us: `retry` is 2us, `transaction-timeout` is 32s",
            "make the phone's `retry` or `transaction-timeout` longer, or `horizon` shorter",
        ),
        (
            "retry-after-refusal = \"3us\"",
            "every 3us: `retry` is 30s, `retry-after-refusal` is 3us, `transaction-timeout` is 32s",
            "make the phone's `retry`, `retry-after-refusal` or `transaction-timeout` longer, or `horizon` shorter",
        ),
    ];
    for (wait, label, help) in cases {
        let refuses = format!("effect = \"refuse\"\n[phone.p]\n{wait}\n");
        place.write("s.toml", &scenario("registrar X", &refuses));
        let ended = place.run(&["run", "s.toml", "--quiet"]).expect(1);
        let [first, caret, advice] = told(&ended);
        assert_eq!(first, "agent `calm-1` takes more than 10000100 steps");
        assert_eq!(caret, format!("at 1d of the run REGISTERs that fail come {label}"));
        assert_eq!(advice, help);
    }
}

#[test]
fn every_command_that_simulates_says_so() {
    let place = Place::new();
    place.write("calm.toml", &back_off("90s"));
    place.write("s.toml", &back_off("2us"));
    let set = "phone.p.transaction-timeout";
    let sweep = format!("{set}=90s,2us");
    let commands: [&[&str]; 5] = [
        &["run", "s.toml", "--replications", "3", "--quiet"],
        &["replay", "s.toml", "--replication", "7", "--quiet"],
        &["explain", "s.toml", "--agent", "sales-2"],
        &["compare", "calm.toml", "s.toml", "--replications", "2", "--quiet"],
        &[
            "sweep",
            "calm.toml",
            "--set",
            &sweep,
            "--set",
            "phone.p.retry.backoff.cap=2us,1us",
            "--replications",
            "2",
            "--quiet",
        ],
    ];
    let named = commands.map(|command| {
        let ended = place.run(command).expect(1);
        assert_eq!(place.files(), ["calm.toml", "s.toml"], "{command:?}");
        let [first, caret, _] = told(&ended);
        assert!(caret.contains("REGISTERs that fail, with back-off"), "{}", ended.err);
        let place = ended.err.split("--> ").nth(1).and_then(|rest| rest.lines().next());
        format!("{} | {first}", place.unwrap_or_default())
    });
    let steps = "takes more than 10000100 steps";
    assert_eq!(
        named,
        [
            format!("s.toml:11:14 | agent `sales-1` {steps}"),
            format!("s.toml:11:14 | agent `sales-1` {steps} in replication 7"),
            format!("s.toml:11:14 | agent `sales-2` {steps}"),
            format!("s.toml:11:14 | agent `sales-1` {steps}"),
            format!("calm.toml (with --set):11:14 | agent `sales-1` {steps}"),
        ]
    );
}

#[test]
fn probes_home_are_named_too() {
    let place = Place::new();
    let added = "effect = \"refuse\"\n[phone.p]\nmode = \"failover\"\nfailback = \"2us\"\n";
    place.write("s.toml", &scenario("registrar X", added));
    let [_, caret, advice] = told(&place.run(&["run", "s.toml", "--quiet"]).expect(1));
    let label = "probes of a phone away from home come every 2us: `failback` is 2us, \
                 `transaction-timeout` is 32s";
    assert!(caret.ends_with(label), "{caret}");
    assert_eq!(advice, "make the phone's `failback` longer, or `horizon` shorter");
}
