//! The checks of timers against runs: on random small scenarios each fires where the run shows the harm
//! that it speaks of, and is silent where it does not. 200 cases each.

use proptest::prelude::*;
use switchover::checks::{self, Examined};
use switchover::faults;
use switchover::measures::names::Names;
use switchover::measures::{Frame, Kept, Measures, Results};
use switchover::random::RandomNumbers;
use switchover::scenario::{self, NoFiles};
use switchover::simulation;
use switchover::simulation::traffic::Traffic;
use switchover::trace::{Event, Record, Sink};
use switchover::world::World;

fn examined(text: &str) -> Examined {
    let examined = checks::examine(&scenario::load("t.toml", text.as_bytes(), &NoFiles), &Names);
    assert!(!examined.has_errors(), "{text}: {:?}", examined.diagnostics);
    examined
}

fn fires(examined: &Examined, codes: &[&str]) -> bool {
    examined.diagnostics.iter().any(|found| codes.contains(&found.code))
}

fn help<'e>(examined: &'e Examined, code: &str) -> &'e str {
    let found = examined.diagnostics.iter().find(|found| found.code == code);
    found.and_then(|found| found.help.as_deref()).unwrap_or_default()
}

/// The first run of a scenario.
fn run(examined: &Examined) -> (Results, Vec<Record>) {
    let model = &examined.resolved.as_ref().expect("it is resolved").model;
    let random = RandomNumbers { seed: model.seed, replication: 0 };
    let records = simulation::trace(model, random).unwrap();
    let occurrences = faults::sample(model, random);
    let world = World::simulate(model, random, &occurrences);
    let frame = Frame::new(model, &occurrences);
    let mut measures = Measures::new(&frame, Kept::default());
    records.iter().for_each(|record| measures.record(*record));
    (Results::new(measures.into_parts().0, &frame, (&world, &Traffic::default())), records)
}

/// One agent between two sites, nothing drawn at random, phones that refresh after two hours.
#[derive(Clone, Debug)]
struct Case {
    timeout: u32,
    wait: u32,
    retry: u32,
    connect: u32,
    detection: u32,
    first_disconnect: bool,
    restore: bool,
    transaction_ms: u32,
    again: u32,
    tcp: bool,
}

prop_compose! {
    fn case()(
        timeout in 1u32..120, wait in 1u32..150, retry in 1u32..=10, connect in 1u32..30,
        detection in 1u32..30, first_disconnect: bool, restore: bool,
        transaction_ms in 500u32..40_000, again in 1u32..60, tcp: bool,
    ) -> Case {
        Case {
            timeout, wait, retry, connect, detection, first_disconnect, restore, transaction_ms,
            again, tcp,
        }
    }
}

impl Case {
    /// The scenario, with the first refresh at home and what comes behind it.
    fn text(&self, refresh: &str, rest: &str) -> String {
        let starts = if self.first_disconnect { "first-disconnect" } else { "pair-lost" };
        let transport = if self.tcp { "tcp" } else { "udp" };
        format!(
            "horizon = \"2h\"\n[site.A]\n[site.B]\n[application.interaction-workspace]\n\
             disaster-recovery.enabled = true\ndisaster-recovery.preferred-site = \"A\"\n\
             disaster-recovery.peer-site = \"B\"\ndisaster-recovery.timeout = {}\n\
             disaster-recovery.wait-for-sipphone-timeout = {}\n\
             disaster-recovery.auto-restore = {}\nwarm-standby.retry-delay = {}\n\
             warm-standby.reconnection-random-delay-range = \"0s\"\n\
             [policy]\ndr-timer-starts = \"{starts}\"\n\
             [desktop]\nconnect-timeout = \"{}s\"\ndetection = \"{}s\"\nlogin = \"5s\"\n\
             [phone.p]\nexpiry = \"5h\"\nrefresh = \"60%\"\ntransport = \"{transport}\"\n\
             transaction-timeout = \"{}ms\"\nretry = \"{}s\"\n\
             first-refresh-preferred = \"{refresh}\"\nfirst-refresh-peer = \"3h\"\n\
             [agent-group.g]\nagents = 1\n{rest}",
            self.timeout,
            self.wait,
            self.restore,
            self.retry,
            self.connect,
            self.detection,
            self.transaction_ms,
            self.again
        )
    }

    /// The last send of a REGISTER that may succeed, in milliseconds from its start.
    fn last_chance_ms(&self) -> u32 {
        if self.tcp {
            return self.transaction_ms;
        }
        let (mut last, mut gap) = (0, 500);
        while last + gap < self.transaction_ms {
            last += gap;
            gap = (2 * gap).min(4000);
        }
        last
    }
}

/// How long the agent stayed after the loss was noticed, in nanoseconds.
fn stayed(records: &[Record], noticed_ms: u32) -> Option<i64> {
    let leaves = |record: &&Record| matches!(record.event, Event::MoveBegun { .. });
    let first = records.iter().find(leaves)?;
    Some(first.at.0 - i64::from(noticed_ms) * 1_000_000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn v26_speaks_of_those_who_leave_and_its_help_is_what_the_run_says(
        case in case(), failover in 1u32..240, host: bool,
    ) {
        let (law, target) = if host { ("host", "host A-sip-1") } else { ("process", "process A-sip-1") };
        let rest = format!(
            "[failover]\n{law} = \"{failover}s\"\n[[fault]]\ntarget = \"{target}\"\nat = \"10m\"\nfor = \"1h\"\n"
        );
        let found = examined(&case.text("3h", &rest));
        let (before, _) = run(&found);
        prop_assert_eq!(fires(&found, &["V26"]), before.switchovers() > 0);
        let help = help(&found, "V26");
        let enough = help.split("at least ").nth(1).and_then(|rest| rest.split(' ').next());
        if let Some(enough) = enough {
            let raised = Case { timeout: enough.parse().expect("whole seconds"), ..case };
            let (after, _) = run(&examined(&raised.text("3h", &rest)));
            prop_assert_eq!(after.switchovers(), 0);
            let (before, after) = (before.downtime().0, after.downtime().0);
            if help.starts_with("set") {
                prop_assert!(after < before, "raising costs {} instead of {}", after, before);
            } else {
                prop_assert!(after >= before, "raising costs only {} instead of {}", after, before);
            }
        }
    }

    #[test]
    fn v27_and_v38_speak_of_a_second_register_that_would_have_been_in_time(case in case()) {
        let needed = case.transaction_ms + 1000 * case.again + case.last_chance_ms();
        let rest = format!(
            "[[fault]]\ntarget = \"path office-A sip\"\nat = \"599s\"\nfor = \"{}ms\"\n", 1000 + needed
        );
        let found = examined(&case.text("600s", &rest));
        let (results, _) = run(&found);
        prop_assert_eq!(fires(&found, &["V27", "V38"]), results.switchovers() > 0);
        prop_assert_eq!(fires(&found, &["V38"]), fires(&found, &["V27", "V38"]) && case.transaction_ms > 1000 * case.wait);
    }

    #[test]
    fn v28_speaks_of_agents_who_stay_longer_for_a_phone_than_for_a_site(case in case()) {
        let fault = |target: &str| format!("[[fault]]\ntarget = \"{target}\"\nat = \"599s\"\nfor = \"1h\"\n");
        let site = examined(&case.text("3h", &fault("site A")));
        let phone = examined(&case.text("600s", &fault("path office-A sip")));
        let of_site = stayed(&run(&site).1, 1000 * (599 + case.detection));
        let of_phone = stayed(&run(&phone).1, 600_000 + case.transaction_ms);
        prop_assert!(of_site.is_some() && of_phone.is_some());
        prop_assert_eq!(fires(&site, &["V28"]), of_phone > of_site);
    }

    #[test]
    fn v41_speaks_of_agents_who_flap(case in case()) {
        let rest = "[[fault]]\ntarget = \"path office-A cti\"\nat = \"10m\"\ntimes = 10\n\
                    down = \"60s\"\nup = \"60s\"\n";
        let found = examined(&case.text("3h", rest));
        let (results, _) = run(&found);
        prop_assert_eq!(fires(&found, &["V41"]), results.counts.flaps > 0);
    }
}

/// The cases that engineers brought: what `check` says of them.
#[test]
fn a_host_that_is_replaced_before_the_timer_starts() {
    let text = |timeout: u32, starts: &str| {
        format!(
            "horizon = \"1h\"\n[application.interaction-workspace]\ndisaster-recovery.enabled = true\n\
             disaster-recovery.timeout = {timeout}\ndisaster-recovery.preferred-site = \"A\"\n\
             disaster-recovery.peer-site = \"B\"\nsip_transaction_timeout = 4000\nreg_interval = 20\n\
             [site.A]\n[site.B]\n[policy]\ndr-timer-starts = \"{starts}\"\n[phone.p]\nexpiry = \"3h\"\n\
             transport = \"tcp\"\nfirst-refresh-preferred = \"2h\"\nfirst-refresh-peer = \"2h\"\n\
             [agent-group.g]\nagents = 500\n[[fault]]\ntarget = \"host A-sip-1\"\nat = \"10m\"\nfor = \"20m\"\n"
        )
    };
    for timeout in 1..=41 {
        let found = examined(&text(timeout, "pair-lost"));
        assert!(!fires(&found, &["V26"]), "{timeout} s");
        assert_eq!(run(&found).0.switchovers(), 0, "{timeout} s");
    }
    let found = examined(&text(20, "first-disconnect"));
    let v26 = found.diagnostics.iter().find(|d| d.code == "V26").expect("a warning");
    assert_eq!(
        v26.message,
        "the DR timeout of 20 s ends before the backup of `A-sip-1` serves: 100 of 100 agents leave \
         after the loss of its primary host"
    );
    assert_eq!((run(&found).0.switchovers(), run(&found).0.counts.needless), (500, 500));
}

#[test]
fn a_process_that_is_replaced_too_late() {
    let text = "horizon = \"1h\"\n[application.interaction-workspace]\ndisaster-recovery.enabled = true\n\
        disaster-recovery.timeout = 20\ndisaster-recovery.auto-restore = false\n\
        disaster-recovery.preferred-site = \"A\"\ndisaster-recovery.peer-site = \"B\"\n\
        sip_transaction_timeout = 4000\nreg_interval = 20\n[failover]\nprocess = \"25s\"\nhost = \"5s\"\n\
        [site.A]\n[site.B]\n[agent-group.g]\nagents = 100\n\
        [[fault]]\ntarget = \"process A-sip-1\"\nat = \"10m\"\nfor = \"20m\"\n";
    let found = examined(text);
    assert!(fires(&found, &["V26"]));
    assert!(help(&found, "V26").contains("at least 30 s"), "{}", help(&found, "V26"));
    assert_eq!(run(&found).0.switchovers(), 100);
}

/// The pair that is named is that of the agent's preferred site, whichever was declared first.
#[test]
fn the_pair_of_the_preferred_site_is_named() {
    for (preferred, peer) in [("A", "B"), ("B", "A")] {
        let text = format!(
            "horizon = \"1h\"\n[application.interaction-workspace]\ndisaster-recovery.enabled = true\n\
             disaster-recovery.timeout = 1\ndisaster-recovery.preferred-site = \"{preferred}\"\n\
             disaster-recovery.peer-site = \"{peer}\"\nsip_transaction_timeout = 4000\nreg_interval = 20\n\
             [site.A]\n[site.B]\n[agent-group.g]\nagents = 1\n"
        );
        let found = examined(&text);
        let v26 = found.diagnostics.iter().find(|d| d.code == "V26").expect("a warning");
        let expected = format!(
            "the DR timeout of 1 s ends before the backup of `{preferred}-sip-1` serves: 100 of 100 agents leave \
             after the loss of its primary process"
        );
        assert_eq!(v26.message, expected);
    }
}
