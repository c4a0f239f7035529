//! What people met in the field, said in the scenario language, with the right answer worked out by hand.
//! Every delay is constant, so that an answer is one instant.

use switchover::checks;
use switchover::measures::names::Names;
use switchover::model::{AgentId, Model, Role, SiteId};
use switchover::random::RandomNumbers;
use switchover::scenario::{self, NoFiles};
use switchover::simulation;
use switchover::time::{Span, Time};
use switchover::trace::{Event, Reason, Record};

const LUCK: RandomNumbers = RandomNumbers { seed: 1, replication: 0 };
const X: SiteId = SiteId(0);

/// Two sites, one agent at home at X; the rest is the case.
fn model(rest: &str) -> Model {
    lasting("3h", rest)
}

/// The same over another time.
pub fn lasting(horizon: &str, rest: &str) -> Model {
    beginning(&format!("horizon = \"{horizon}\"\n"), rest)
}

/// The same with some keys of the run.
fn beginning(keys: &str, rest: &str) -> Model {
    let text = format!(
        "{keys}\
         [application.interaction-workspace]\n\
         disaster-recovery.enabled = true\n\
         disaster-recovery.preferred-site = \"X\"\n\
         disaster-recovery.peer-site = \"Y\"\n\
         warm-standby.reconnection-random-delay-range = 0\n\
         [site.X]\n[site.Y]\n[location.office]\n[agent-group.a]\nagents = 1\n{rest}"
    );
    let loaded = scenario::load("case.toml", text.as_bytes(), &NoFiles);
    let examined = checks::examine(&loaded, &Names);
    assert!(!examined.has_errors(), "{:?}\n{text}", examined.diagnostics);
    examined.resolved.expect("it is resolved").model
}

/// The codes of what `check` finds in a text, each once, in order.
fn codes(text: &str) -> Vec<&'static str> {
    let loaded = scenario::load("case.toml", text.as_bytes(), &NoFiles);
    let mut codes: Vec<_> =
        checks::examine(&loaded, &Names).diagnostics.iter().map(|found| found.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn run(rest: &str) -> Vec<Record> {
    simulation::trace(&model(rest), LUCK).unwrap()
}

/// When something happened, in seconds.
fn times(records: &[Record], wanted: impl Fn(&Event) -> bool) -> Vec<i64> {
    let found = records.iter().filter(|record| wanted(&record.event));
    found.map(|record| (record.at - Time::ZERO).as_secs_f64() as i64).collect()
}

/// A server hangs with its sockets open; the desktop polls it every 30 s and gives it up after three polls
/// without an answer: it notices 60 to 90 s later, and not by a reset.
#[test]
fn a_server_that_hangs_is_given_up_after_three_polls() {
    let records = run("[desktop]\n\
         detection = { uniform = [\"60s\", \"90s\"] }\n\
         [[fault]]\ntarget = \"process X-sip-1\"\neffect = \"hang\"\nat = \"10m\"\nfor = \"1h\"\n");
    let noticed = times(&records, |event| matches!(event, Event::LossNoticed { .. }));
    assert!(matches!(noticed[..], [at] if (660..=690).contains(&at)), "{noticed:?}");
}

/// The link of an office with 600 agents is cut for 18 s, and all of them come back at once to servers that take one
/// connection a second. Noticed after 15 s, the first attempts last until 20 s after the cut: three are taken
/// from its end on. Then 100 rounds, each 15 s after the one before, take six each: the last agent is back after
/// 1517 s, 25 min after a cut of 18 s. With servers that take any number it is back at the end of the cut.
#[test]
fn the_storm_of_reconnects_decides_and_not_the_cut() {
    let flap = |capacity: &str| {
        lasting(
            "3h",
            &format!(
                "interaction-workspace.disaster-recovery.enabled = false\n[agent-group.b]\n\
                 agents = 599\ninteraction-workspace.disaster-recovery.enabled = false\n\
                 [desktop]\ndetection = \"15s\"\nconnect-timeout = \"5s\"\n{capacity}\
                 [[fault]]\ntarget = \"path office-X cti\"\nat = \"10m\"\nfor = \"18s\"\n"
            ),
        )
    };
    let is_back = |event: &Event| matches!(event, Event::Reconnected { .. });
    let free = simulation::trace(&flap(""), LUCK).unwrap();
    assert_eq!(times(&free, is_back), [618; 600]);
    let mut model = flap("");
    model.sites[0].reconnect_gap = Some(Span::from_secs(1));
    let records = simulation::trace(&model, LUCK).unwrap();
    let mut back = times(&records, is_back);
    back.sort_unstable();
    let rounds = (0..100).flat_map(|round| (0..6).map(move |turn| 630 + 15 * round + turn));
    let expected: Vec<i64> = (618..=620).chain(rounds).take(600).collect();
    assert_eq!(back, expected);
    assert_eq!(back.last(), Some(&2117));
    let failed = times(&records, |event| matches!(event, Event::ConnectionTimedOut { .. }));
    assert_eq!(failed.len(), 30_000);
}

/// A phone gives up after ten retries in a row (transaction 32 s, wait 60 s): 32 + 10 x 92 = 952 s after the
/// first failure began. A cut of 15 minutes it survives, one of 20 minutes it does not.
#[test]
fn a_phone_that_gives_up() {
    let cut = |minutes: u32| {
        run(&format!(
            "[phone.p]\nkind = \"desk\"\nexpiry = \"1h\"\nrefresh = \"50%\"\n\
             transaction-timeout = \"32s\"\nretry = \"60s\"\nretry-limit = 10\n\
             first-refresh-preferred = \"601s\"\nfirst-refresh-peer = \"700s\"\n\
             [[fault]]\ntarget = \"path office-X sip\"\nat = \"10m\"\nfor = \"{minutes}m\"\n"
        ))
    };
    let registered =
        |records: &[Record]| times(records, |event| *event == Event::Registered { site: X });
    // Retries begin at 693 + 92 k; that of 1521 finds the path up again.
    assert_eq!(registered(&cut(15)), [1521]);
    // The last one ends at 601 + 952 = 1553, the cut at 1800.
    assert_eq!(registered(&cut(20)), Vec::<i64>::new());
    let ended = times(&cut(20), |event| *event == Event::BindingEnded { site: X });
    assert_eq!(ended, [601 - 1800 + 3600]);
}

/// One kind of phone waits 1800 s after a refusal and 120 s when nobody answers.
#[test]
fn the_wait_after_a_refusal_is_another_one() {
    let fails = |effect: &str| {
        let records = run(&format!(
            "[phone.p]\nexpiry = \"1h\"\nrefresh = \"50%\"\ntransaction-timeout = \"32s\"\n\
             retry = \"120s\"\nretry-after-refusal = \"1800s\"\n\
             first-refresh-preferred = \"650s\"\nfirst-refresh-peer = \"700s\"\n\
             [[fault]]\ntarget = \"registrar X\"\neffect = \"{effect}\"\nat = \"10m\"\nfor = \"100s\"\n"
        ));
        let refused = effect == "refuse";
        let failed = times(&records, |e| *e == Event::RegistrationFailed { site: X, refused });
        (failed, times(&records, |event| *event == Event::Registered { site: X }))
    };
    assert_eq!(fails("refuse"), (vec![650], vec![2450]));
    assert_eq!(fails("hang"), (vec![682], vec![802]));
}

/// Another kind waits 300 s, 10 % more or less; a cut that ends meanwhile is over for each of 400 phones 270 to 330 s
/// after its only failure.
#[test]
fn the_wait_after_silence_is_drawn() {
    let records = run("[agent-group.b]\nagents = 399\n\
         [phone.p]\nexpiry = \"1h\"\nrefresh = \"50%\"\ntransaction-timeout = \"32s\"\n\
         retry = { uniform = [\"270s\", \"330s\"] }\n\
         first-refresh-preferred = \"601s\"\nfirst-refresh-peer = \"700s\"\n\
         [[fault]]\ntarget = \"path office-X sip\"\nat = \"10m\"\nfor = \"1m\"\n");
    spread_evenly(&times(&records, |event| *event == Event::Registered { site: X }), 633 + 270);
}

/// 400 phones that wait a random time of up to a minute after their start.
#[test]
fn phones_that_do_not_register_at_once() {
    let records =
        run("[agent-group.b]\nagents = 399\n[phone.p]\nboot = \"30s\"\nstart-spread = \"60s\"\n\
         [[fault]]\ntarget = \"power office\"\nat = \"10m\"\nfor = \"10m\"\n");
    spread_evenly(&times(&records, |event| *event == Event::Registered { site: X }), 1200 + 30);
}

/// 400 times within a minute: a quarter of them in each quarter of it, with a standard deviation of 8.7.
fn spread_evenly(times: &[i64], from: i64) {
    assert_eq!(times.len(), 400);
    let mut quarters = [0; 4];
    times.iter().for_each(|at| quarters[((at - from) / 15) as usize] += 1);
    assert!(quarters.iter().all(|number| (65..=135).contains(number)), "{quarters:?}");
}

/// Power is back after ten minutes at a location with 2,000 phones, whose registrations last an hour, and as many
/// desktops: all of them register, and all log in. When the paths are cut for so long, nobody logs in and only those
/// register whose refresh falls due.
#[test]
fn everything_boots_when_the_power_is_back() {
    let after = |target: &str| {
        let records = run(&format!(
            "[agent-group.a.interaction-workspace]\ndisaster-recovery.enabled = false\n\
             [agent-group.b]\nagents = 1999\n\
             [agent-group.b.interaction-workspace]\ndisaster-recovery.enabled = false\n\
             [phone.p]\nmode = \"failover\"\nexpiry = \"3600s\"\nboot = {{ uniform = [\"30s\", \"90s\"] }}\n\
             [desktop]\nboot = \"3m\"\nlogin = \"8s\"\n\
             [[fault]]\ntarget = \"{target} office\"\nat = \"1h\"\nfor = \"10m\"\n"
        ));
        let registered = times(&records, |event| *event == Event::Registered { site: X });
        let logged_in = times(&records, |event| matches!(event, Event::LoggedIn { site: X, .. }));
        (registered, logged_in)
    };
    let (registered, logged_in) = after("power");
    assert_eq!((registered.len(), logged_in.len()), (2000, 2000));
    assert!(registered.iter().all(|at| (4230..=4290).contains(at)), "{registered:?}");
    assert!(logged_in.iter().all(|at| *at == 4388), "{logged_in:?}");
    let (registered, logged_in) = after("location");
    // 600 s of 3,240 s between two refreshes, of 2,000: 370, with a standard deviation of 17.
    assert!((300..=440).contains(&registered.len()), "{}", registered.len());
    assert_eq!(logged_in.len(), 0);
}

/// Nobody can log in at Y for more than four hours (who is in works on), and X is lost for 20 minutes
/// meanwhile: the agents of X do not get in, and are back with X.
#[test]
fn logins_that_fail_at_the_peer() {
    let records = run("[desktop]\ndetection = \"15s\"\nconnect-timeout = \"5s\"\nlogin = \"8s\"\n\
         [[fault]]\ntarget = \"logins Y\"\nat = \"10m\"\nfor = \"263m\"\n\
         [[fault]]\ntarget = \"site X\"\nat = \"1h\"\nfor = \"20m\"\n");
    let back = times(&records, |event| matches!(event, Event::LoggedIn { .. }));
    assert_eq!(back, [4843]);
    assert!(times(&records, |event| matches!(event, Event::LoginGivenUp { .. })).len() > 10);
}

/// The members of one pair are at two sites, X and Z, and cannot see each other: both become primary. The office
/// reaches the one, the branch the other. When they see each other again, the one that served before stays, and the
/// connections to the other one break.
#[test]
fn two_halves_of_a_pair_both_become_primary() {
    let records = run("location = \"office\"\n[location.branch]\n\
         [agent-group.b]\nagents = 1\nlocation = \"branch\"\n\
         [site.Z]\n[server.x1]\nkind = \"sip\"\nsite = \"X\"\nbackup = \"x2\"\n\
         interaction-workspace.disaster-recovery.site = \"X\"\n\
         [server.x2]\nkind = \"sip\"\nsite = \"Z\"\n\
         interaction-workspace.disaster-recovery.site = \"X\"\n\
         [failover]\nhost = \"22s\"\nsplit = \"both-primary\"\n\
         [desktop]\ndetection = \"15s\"\nconnect-timeout = \"5s\"\n\
         [[fault]]\ntarget = [\"ha-link x1\", \"path branch-X\", \"path office-Z\"]\n\
         at = \"10m\"\nfor = \"20m\"\n");
    let (office, branch): (Vec<_>, Vec<_>) =
        records.into_iter().partition(|record| record.agent == AgentId(0));
    // The office stays with the member that it has.
    let states = |records: &[Record]| times(records, |e| matches!(e, Event::State { .. }));
    assert_eq!(states(&office), [0]);
    // The branch: noticed at 615; the primary is out of reach until 620, the backup does not serve before
    // 622, so the next round, at 630: primary 630-635, backup 635.
    let back = |member: Role| {
        times(
            &branch,
            |e| matches!(e, Event::Reconnected { member: other, .. } if *other == member),
        )
    };
    assert_eq!(states(&branch), [0, 600, 615, 635]);
    assert_eq!(back(Role::Backup), [635]);
    // The lines are back at 1800: the backup steps down, which is noticed at once, and the primary answers.
    assert_eq!(times(&branch, |e| matches!(e, Event::LossNoticed { .. })), [615, 1800]);
    assert_eq!(back(Role::Primary), [1800]);
}

/// A registrar grants half an hour, and a phone that asked for an hour refreshes after 54 minutes: it can be called for
/// half an hour, then not for 24 minutes; its last success before the start was at -27 minutes. One that goes by what was granted can be called all the time.
#[test]
fn a_phone_that_refreshes_too_late() {
    let states = |refresh_of: &str| {
        let records = run(&format!(
            "[site.X.registrar]\nexpires-max = \"30m\"\n\
             [phone.p]\nexpiry = \"1h\"\nrefresh = \"90%\"\nrefresh-of = \"{refresh_of}\"\n\
             first-refresh-preferred = \"27m\"\nfirst-refresh-peer = \"20m\"\n"
        ));
        times(&records, |event| matches!(event, Event::State { .. }))
    };
    let minutes = |all: &[i64]| all.iter().map(|at| at * 60).collect::<Vec<_>>();
    assert_eq!(states("granted"), [0]);
    assert_eq!(states("asked"), minutes(&[0, 3, 27, 57, 81, 111, 135, 165]));
}

/// Home's voice plane is down from 1000 to 1600 s. A refresh is due at 1200, fails after 3.5 s and succeeds at the
/// other site; from then on the phone probes home every 120 s: 1323.5, 1443.5, 1563.5, and 1683.5 succeeds.
#[test]
fn a_phone_that_probes_its_home() {
    let home = |failback: &str| {
        let records = run(&format!(
            "[phone.p]\nmode = \"failover\"\nexpiry = \"3600s\"\ntransaction-timeout = \"3.5s\"\n\
             failback = \"{failback}\"\nfirst-refresh-preferred = \"1200s\"\n\
             [[fault]]\ntarget = \"path office-X sip\"\nat = \"1000s\"\nfor = \"600s\"\n"
        ));
        let registered = records.iter().filter_map(|record| match record.event {
            Event::Registered { site } => Some((site == X, (record.at - Time::ZERO).0 / 1_000_000)),
            _ => None,
        });
        registered.collect::<Vec<_>>()
    };
    assert_eq!(home("120s"), [(false, 1_203_500), (true, 1_683_500)]);
    // With the refresh at the other site, 3240 s later; and not at all.
    assert_eq!(home("refresh"), [(false, 1_203_500), (true, 4_443_500)]);
    assert_eq!(home("never"), [(false, 1_203_500)]);
}

/// A registrar answers slowly for 27 minutes. A phone whose first answer comes in time stays; one whose refresh is
/// due after 270 s and whose answers come after 40 s is lost after 32 s, waits 30 s for its phone timer and logs in
/// for 9.3 s: 341.3 s.
#[test]
fn a_registrar_that_answers_slowly() {
    let fault = |delay: &str| {
        run(&format!(
            "[phone.p]\nexpiry = \"600s\"\nrefresh = \"90%\"\ntransaction-timeout = \"32s\"\nretry = \"30s\"\n\
             first-refresh-preferred = \"540s\"\nfirst-refresh-peer = \"500s\"\n\
             [desktop]\nlogin = \"9.3s\"\n\
             [[fault]]\ntarget = \"registrar X\"\neffect = \"slow\"\ndelay = \"{delay}\"\n\
             at = \"270s\"\nfor = \"27m\"\n"
        ))
    };
    let logged_in = |records: &[Record]| {
        let found = records.iter().find(|it| matches!(it.event, Event::LoggedIn { .. }));
        found.map(|record| record.at - Time::from_secs(270))
    };
    assert_eq!(logged_in(&fault("40s")), Some(Span::from_millis(341_300)));
    assert_eq!(logged_in(&fault("20s")), None);
    let registered = times(&fault("20s"), |event| *event == Event::Registered { site: X });
    assert_eq!(registered[..2], [560, 560 + 540 + 20]);
}

/// Of many phones whose only message is answered within 32 s with a probability of one half, half move away.
#[test]
fn half_of_the_answers_come_in_time() {
    let records = run("[agent-group.b]\nagents = 399\n\
         [phone.p]\nexpiry = \"600s\"\nrefresh = \"90%\"\ntransaction-timeout = \"32s\"\ntransport = \"tcp\"\n\
         [[fault]]\ntarget = \"registrar X\"\neffect = \"slow\"\ndelay = { uniform = [\"0s\", \"64s\"] }\n\
         at = \"1h\"\nfor = \"540s\"\n");
    let moves = times(&records, |event| {
        matches!(event, Event::MoveBegun { reason: Reason::PhoneTimer, .. })
    });
    assert!((160..=240).contains(&moves.len()), "{}", moves.len());
}

/// The WAN delays packets by 12 s for 12 s; the keep-alive timeout is 9 s, so a silence is noticed after 9 to
/// 18 s. Who notices is dropped, and back after the 12 s that a connect takes; who does not notice loses nothing.
#[test]
fn a_wan_that_delays() {
    let records = run("[agent-group.b]\nagents = 399\n[desktop]\naddp-timeout = \"9s\"\n\
         [[fault]]\ntarget = \"path office-X\"\ndelay = \"12s\"\nat = \"10m\"\nfor = \"12s\"\n");
    let noticed = |record: &&Record| matches!(record.event, Event::LossNoticed { .. });
    let noticed: Vec<&Record> = records.iter().filter(noticed).collect();
    // A third of 400, with a standard deviation of 9.4.
    assert!((96..=171).contains(&noticed.len()), "{}", noticed.len());
    for agent in (0..400).map(AgentId) {
        let own = records.iter().filter(|record| record.agent == agent);
        let told = |record: &&Record| matches!(record.event, Event::State { .. });
        let changes: Vec<Time> = own.filter(told).map(|record| record.at).collect();
        match noticed.iter().find(|record| record.agent == agent) {
            None => assert_eq!(changes, [Time::ZERO]),
            Some(lost) => assert_eq!(changes, [Time::ZERO, lost.at, lost.at + Span::from_secs(12)]),
        }
    }
}

/// The sites of the servers stand in a section of the annex in which the product does not look: no site has a SIP
/// Server then, and every server object says that it names none.
#[test]
fn a_site_in_the_wrong_section_of_the_annex() {
    let text = |section: &str| {
        let server = |name: &str, site: &str, backup: &str| {
            format!(
                "[server.{name}]\nkind = \"sip\"\nsite = \"{site}\"\n{backup}\
                 {section}.disaster-recovery.site = \"{site}\"\n"
            )
        };
        format!(
            "horizon = \"1h\"\n[application.interaction-workspace]\n\
             disaster-recovery.enabled = true\ndisaster-recovery.preferred-site = \"X\"\n\
             disaster-recovery.peer-site = \"Y\"\n\
             disaster-recovery.wait-for-sipphone-timeout = 120\n\
             [site.X]\n[site.Y]\n[location.office]\n[agent-group.a]\nagents = 1\n{}{}{}{}\
             [[fault]]\ntarget = \"every site\"\nat = \"10m\"\nfor = \"10m\"\n",
            server("x1", "X", "backup = \"x2\"\n"),
            server("x2", "X", ""),
            server("y1", "Y", "backup = \"y2\"\n"),
            server("y2", "Y", "")
        )
    };
    let found = |section: &str| {
        let mut codes = codes(&text(section));
        codes.retain(|code| ["V04", "V05", "V10", "V42"].contains(code));
        codes
    };
    assert_eq!(found("TServer"), ["V04", "V05", "V10", "V42"]);
    assert_eq!(found("interaction-workspace"), Vec::<&str>::new());
}

/// 600 people go home in six stages of ten minutes, and only from three to five in the morning: the stages count
/// from the start of the window, though the site has been back for an hour and forty minutes by then.
#[test]
fn stages_count_from_the_start_of_the_window() {
    let rest = "[agent-group.many]\nagents = 600\n\
         [policy]\nrestore-when = { from = \"03:00\", to = \"05:00\" }\n\
         [what-if]\nstaged-restore = { stages = 6, step = \"10m\" }\n\
         [desktop]\nlogin = \"8s\"\n\
         [[fault]]\ntarget = \"site X\"\nat = \"1h\"\nfor = \"20m\"\n";
    let records = simulation::trace(&lasting("6h", rest), LUCK).unwrap();
    let begun =
        times(&records, |event| matches!(event, Event::MoveBegun { reason: Reason::Restore, .. }));
    let mut each = [0; 7];
    begun.iter().for_each(|at| each[((at - 10_800) / 600) as usize] += 1);
    // The one agent of the other group is a stage by itself, the first.
    assert_eq!(each, [101, 100, 100, 100, 100, 100, 0]);
    assert!(
        begun.iter().all(|at| (at - 10_800) % 600 < 30),
        "each stage with its first probe: {begun:?}"
    );
}

/// In the night in which the clocks skip the hour from two on, a window from two to half past three opens at three, and
/// stages count from there: three of six have their time, the others go home in the next night.
#[test]
fn stages_count_from_when_the_window_really_opens() {
    let keys = "horizon = \"2d\"\nstart = \"2027-03-27T12:00\"\ntime-zone = \"Europe/Berlin\"\n";
    let rest = "[agent-group.many]\nagents = 60\n\
         [policy]\nrestore-when = { from = \"02:00\", to = \"03:30\" }\n\
         [what-if]\nstaged-restore = { stages = 6, step = \"10m\" }\n\
         [desktop]\nlogin = \"8s\"\n\
         [[fault]]\ntarget = \"site X\"\nat = \"1h\"\nfor = \"20m\"\n";
    let records = simulation::trace(&beginning(keys, rest), LUCK).unwrap();
    let begun =
        times(&records, |event| matches!(event, Event::MoveBegun { reason: Reason::Restore, .. }));
    let from =
        |minute: i64| begun.iter().filter(|at| (0..30).contains(&(*at - 60 * minute))).count();
    // Three o'clock is fourteen hours after noon; two in the next night is 23 hours later.
    let first = [0, 10, 20].map(|minutes| from(14 * 60 + minutes));
    let second = [30, 40, 50].map(|minutes| from(37 * 60 + minutes));
    assert_eq!((first, second, begun.len()), ([11, 10, 10], [10, 10, 10], 61));
}

/// What a login at a site without Configuration Server comes to is a policy, and the check says which.
#[test]
fn the_check_of_configuration_servers_follows_the_policy() {
    let help = |policy: &str| {
        let text = format!("{}{policy}", include_str!("../../scenarios/invalid/V09.toml"));
        let loaded = scenario::load("case.toml", text.as_bytes(), &NoFiles);
        let mut found = checks::examine(&loaded, &Names).diagnostics.into_iter();
        found.find(|found| found.code == "V09").and_then(|found| found.help).unwrap()
    };
    let set =
        "set `disaster-recovery.site = \"Y\"` in the annex of a Configuration Server, or add one; ";
    assert_eq!(help(""), format!("{set}a login itself needs none (policy `login-needs`)"));
    let both = "\n[policy]\nlogin-needs = [\"sip\", \"config\"]\n";
    let expected = format!("{set}nobody could log in at `Y`, for `login-needs` names `config`");
    assert_eq!(help(both), expected);
}
