//! The configuration checks as a table: a sound scenario with everything in it, one change, and the
//! codes that it raises.

use switchover::checks::{self, Examined};
use switchover::measures::names::Names;
use switchover::scenario::{self, NoFiles};

/// A scenario with every kind of object that a check looks at, and nothing to object to.
const SOUND: &str = include_str!("checks_sound.toml");

fn examined(text: &str) -> Examined {
    checks::examine(&scenario::load("t.toml", text.as_bytes(), &NoFiles), &Names)
}

/// Replaces parts of the sound scenario; each must be there.
fn changed(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(SOUND.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old:?} is not in the sound scenario");
        text.replace(old, new)
    })
}

/// The codes that a changed scenario raises, each once, in order.
fn codes(changes: &[(&str, &str)]) -> Vec<&'static str> {
    let mut codes: Vec<_> =
        examined(&changed(changes)).diagnostics.iter().map(|d| d.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

#[test]
fn the_sound_scenario_is_sound() {
    let examined = examined(SOUND);
    assert_eq!(examined.diagnostics, []);
    let model = &examined.resolved.expect("it is resolved").model;
    assert!(model.profiles.iter().all(|profile| profile.dr == [true; 3]));
}

/// One row: what is replaced by what, and the codes.
type Row<'a> = (&'a str, &'a str, &'a [&'a str]);

fn table(rows: &[Row]) {
    for (old, new, expected) in rows {
        assert_eq!(codes(&[(old, new)]), *expected, "{old:?} -> {new:?}");
    }
}

#[test]
fn agents_and_their_sites() {
    table(&[
        ("preferred-site = \"east\"", "preferred-site = \"\"", &["V01"]),
        ("peer-site = \"west\"", "peer-site = \" \"", &["V02", "V42"]),
        ("preferred-site = \"east\"", "preferred-site = \"West\"", &["V03", "V04"]),
        ("preferred-site = \"east\"", "preferred-site = \" east\"", &["V42"]),
        ("peer-site = \"west\"", "peer-site = \"north\"", &["V05"]),
        ("also-in = []", "also-in = [\"night\"]", &[]),
        (
            "[person.ann]",
            "[agent-group.sales.interaction-workspace]\n\
          disaster-recovery.preferred-site = \"east\"\n[person.ann]",
            &[],
        ),
        ("enabled\" = true", "enabled\" = false", &[]),
        ("login = \"1001\"", "interaction-workspace.disaster-recovery.enabled = false", &["V29"]),
    ]);
    let both = ("also-in = []", "also-in = [\"night\"]");
    let own = "[agent-group.sales.interaction-workspace]\n\
               disaster-recovery.preferred-site = \"east\"\n[person.ann]";
    // The preferred site of one group, the peer of the other: the same site.
    assert_eq!(codes(&[both, ("[person.ann]", own)]), ["V03", "V30"]);
}

#[test]
fn servers_and_pairs() {
    table(&[
        ("\"stat-w2\"\ninteraction-workspace", "\"stat-w2\"\nlog", &["V06", "V07", "V10", "V42"]),
        ("backup = \"sip-w2\"\n", "", &["V12", "V14"]),
        ("host = \"he2\"", "host = \"he1\"", &["V13"]),
        ("[server.sip-w2]\n", "[server.sip-w2]\nbackup = \"stat-x\"\n", &["S010"]),
        (
            "# third pair",
            "[server.sip-n]\nkind = \"sip\"\nsite = \"west\"\nbackup = \"sip-n2\"\n\
          interaction-workspace.disaster-recovery.site = \"west\"\n[server.sip-n2]\nkind = \"sip\"\n\
          site = \"west\"\ninteraction-workspace.disaster-recovery.site = \"west\"",
            &["V14"],
        ),
        ("disaster-recovery.name = \"one\" # w", "disaster-recovery.name = \"two\" # w", &["V18"]),
    ]);
}

#[test]
fn numbers_and_places() {
    table(&[
        ("{ switch = \"sw-w\", number = \"7001\" },\n", "", &["V19"]),
        ("dn.7001 = { dr-number = \"7001\" } # w", "dn.7001 = { dr-number = \"9\" }", &["V20"]),
        ("dn.7002 = { dr-number = \"7002\" } # w", "", &["V21"]),
        (
            "{ switch = \"sw-w\", number = \"7001\" },",
            "{ switch = \"sw-w\", number = \"7001\" }, \
          { switch = \"sw-w\", number = \"7002\" },",
            &["V22"],
        ),
        ("agent-logins = [\"1001\"] # w", "agent-logins = []", &["V23"]),
        ("agent-logins = [\"1001\"] # w", "", &[]),
        (
            "[person.ann]",
            "[person.bob]\nagent-group = \"sales\"\nplace = \"desk\"\nlogin = \"1001\"\n\
          [person.ann]\nplace = \"desk\"",
            &["V24", "V40"],
        ),
    ]);
}

#[test]
fn timers_and_values() {
    table(&[
        ("timeout = 90", "timeout = -1", &["V25"]),
        ("timeout = 90", "timeout = 2.5", &["V25"]),
        ("timeout = 90", "timeout = \"never\"", &[]),
        ("timeout = 90", "timeout = \"90\"", &[]),
        ("timeout = 90", "timeout = 50", &[]),
        ("timeout = 90", "timeout = 39", &["V41"]),
        ("wait-for-sipphone-timeout = 40", "wait-for-sipphone-timeout = 13", &["V27"]),
        ("wait-for-sipphone-timeout = 40", "wait-for-sipphone-timeout = 14", &[]),
        ("wait-for-sipphone-timeout = 40", "wait-for-sipphone-timeout = 3", &["V38"]),
        ("wait-for-sipphone-timeout = 40", "wait-for-sipphone-timeout = 100", &[]),
        ("wait-for-sipphone-timeout = 40", "wait-for-sipphone-timeout = 101", &["V28"]),
        ("[desktop]", "[desktop]\naddp-timeout = \"off\"", &["V34"]),
        ("[desktop]", "[desktop]\naddp-timeout = \"off\"\ndetection = \"5s\"", &[]),
    ]);
}

/// The ADDP timeout is 10 s, the connect timeout 5 s and the DR timeout 90 s.
#[test]
fn paths_that_are_up_and_too_slow() {
    let fault = |target: &str, rest: &str| {
        let table = format!(
            "[location.hq]\n[[fault]]\ntarget = \"{target}\"\nat = \"10m\"\n{rest}\n[desktop]"
        );
        codes(&[
            ("[desktop]", &table),
            ("agents = 4\nplace", "agents = 4\nlocation = \"hq\"\nplace"),
        ])
    };
    let long = "for = \"20m\"\ndelay = \"11s\"";
    assert_eq!(fault("path hq-east cti", long), ["V53"]);
    assert_eq!(fault("location hq", long), ["V53"]);
    for (target, rest) in [
        ("path hq-east sip", long),
        ("path hq-east cti", "for = \"20m\"\ndelay = \"10s\""),
        ("path hq-east cti", "for = \"90s\"\ndelay = \"11s\""),
        ("path hq-east cti", "for = \"20m\""),
    ] {
        assert!(!fault(target, rest).contains(&"V53"), "{target} {rest}");
    }
}

/// Two groups that serve a queue and no word of who comes first.
#[test]
fn groups_that_serve_in_the_order_in_which_they_stand() {
    let codes = |groups: &str, second: u32| {
        let text = format!(
            "horizon = \"1h\"\nseed = 1\n[site.X]\n[site.Y]\n[application.interaction-workspace]\n\
             disaster-recovery.enabled = true\ndisaster-recovery.preferred-site = \"X\"\n\
             disaster-recovery.peer-site = \"Y\"\nsip_transaction_timeout = 4000\n[agent-group.a]\nagents = 10\n\
             [agent-group.b]\nagents = {second}\n[[calls]]\nname = \"line\"\narrivals = \"60/h\"\nhandling = \"4m\"\n{groups}"
        );
        let found = examined(&text).diagnostics;
        found.iter().filter(|one| one.code == "V54").count()
    };
    assert_eq!(codes("", 10), 1);
    // Somebody chose the order, or there is none to choose.
    assert_eq!(codes("groups = [\"b\", \"a\"]", 10), 0);
    assert_eq!(codes("", 0), 0);
}

#[test]
fn trunks_and_forwarding() {
    table(&[
        ("dr-peer-trunk = \"to-east\"", "dr-peer-trunk = \"\"", &["V31"]),
        ("dr-peer-trunk = \"to-east\"", "dr-peer-trunk = \"to-esat\"", &["V31"]),
        ("contact = \"sip:10.1.0.10:5060\"", "contact = \"10.9.9.9\"", &["V31"]),
        ("dr-forward = \"oos\" # w", "dr-forward = \"off\"", &["V33"]),
        ("dr-forward = \"oos\"", "dr-forward = \"no-agent\"", &["V33"]),
        ("dr-forward = \"oos\"", "dr-forward = \"sometimes\"", &["V25"]),
    ]);
    let failover = ("[phone.soft]", "[phone.soft]\nmode = \"failover\"");
    assert_eq!(codes(&[failover]), [""; 0]);
    assert_eq!(codes(&[failover, ("dr-forward = \"oos\"", "dr-forward = \"off\"")]), ["V32"]);
}

#[test]
fn the_endpoint() {
    let port = "sbc-register-port\" = 5060";
    table(&[
        (
            "sbc-register-address\" = \"sbc.east.example\"",
            "sbc-register-address\" = \"\"",
            &["V35"],
        ),
        (port, "sbc-register-port\" = 0", &[]),
        ("\"sbc.east.example\"", "\"_sip._udp.east.example\"", &["V36"]),
        ("\"sbc.east.example\"", "\"sbc-east\"", &[]),
        ("[phone.soft]", "[phone.soft]\nkind = \"desk\"", &[]),
        ("reg_interval = 10", "reg_interval = 10\nreg_timeout = \"\"", &["V37"]),
        ("reg_interval = 10", "reg_interval = 10\nreg_timeout = 3600", &[]),
        ("reg_interval = 10", "reg_interval = 0", &["V39"]),
        ("reg_interval = 10", "reg_interval = 0\nsipendpoint.transport-protocol = \"TCP\"", &[]),
    ]);
    let (srv, zero) =
        (("\"sbc.east.example\"", "\"_sip._udp.east\""), (port, "sbc-register-port\" = 0"));
    assert_eq!(codes(&[srv, zero]), [""; 0]);
    let own = ("[phone.soft]", "[phone.soft]\nexpiry = \"300s\"");
    assert_eq!(codes(&[own, ("reg_interval = 10", "reg_timeout = 0")]), ["V37"]);
}

#[test]
fn capacity_and_spelling() {
    table(&[
        ("agent-capacity = 9", "agent-capacity = 8", &["V40"]),
        ("register-capacity = \"1/s\"", "register-capacity = \"8/h\"", &["V40"]),
        ("eservices-site = \"east\"", "eservices-site = \"west\"", &["V43"]),
        ("\"disaster-recovery.enabled\"", "\"disaster-recovery.enabled \"", &["V42", "V46"]),
        ("warm-standby.retry-delay = 10", "warm-standby.retry-dleay = 10", &["V42"]),
        ("warm-standby.retry-delay = 10", "some.other = 10", &["V45"]),
    ]);
}

/// Code, message, label and help of each finding about a value or place of an option.
fn said(changes: &[(&str, &str)]) -> Vec<String> {
    let found = examined(&changed(changes)).diagnostics;
    let line = |d: &switchover::diagnostic::Diagnostic| {
        format!(
            "{} {} | {} | {}",
            d.code,
            d.message,
            d.primary.text,
            d.help.as_deref().unwrap_or("-")
        )
    };
    found.iter().map(line).collect()
}

#[test]
fn options_of_warm_standby_word_for_word() {
    let delay = "warm-standby.retry-delay = 10";
    let whom = ", for agent group `sales`, person `ann` and 1 more";
    let list = "expected a positive integer, or several with commas between";
    for (value, wrong) in [
        ("\"10,x,60\"", "; \"x\" is none"),
        ("\"10,0,60\"", "; \"0\" is none"),
        ("\"10,,60\"", "; an empty part is none"),
        ("\"soon\"", ", not a string"),
        ("true", ", not a boolean"),
        ("0", ""),
    ] {
        let new = format!("warm-standby.retry-delay = {value}");
        let expected = format!(
            "V25 `warm-standby.retry-delay` cannot have this value | {list}{wrong}{whom} | the product falls back to the \
             default, 10 s"
        );
        assert_eq!(said(&[(delay, &new)]), [expected], "{value}");
    }
    for (value, wrong) in [("\"soon\"", "an integer, not a string"), ("0", "a positive integer")] {
        let new = format!("{delay}\nwarm-standby.open-timeout = {value}");
        let expected = format!(
            "V25 `warm-standby.open-timeout` cannot have this value | expected {wrong}{whom} | the product takes it as not set"
        );
        assert_eq!(said(&[(delay, &new)]), [expected], "{value}");
    }
    let new = format!("{delay}\nwarm-standby.backup-delay = 5");
    assert_eq!(
        said(&[(delay, &new)]),
        [
            "V42 `warm-standby.backup-delay` has no effect in the section `interaction-workspace` of this Application |  \
             | set `backup-delay` in the section `warm-standby` of: SIP Server Application, Stat Server Application, \
             Configuration Server Application"
        ]
    );
}

/// `backup-delay` belongs to the server object of the backup.
#[test]
fn backup_delay_word_for_word() {
    let server = "[server.sip-e1]";
    for (value, wrong) in [("\"soon\"", "an integer, not a string"), ("-1", "an integer from 0")] {
        let new = format!("{server}\nwarm-standby.backup-delay = {value}");
        let expected = format!(
            "V25 `backup-delay` cannot have this value | expected {wrong} | the product falls back to the default, 0 s"
        );
        assert_eq!(said(&[(server, &new)]), [expected], "{value}");
    }
}

#[test]
fn errors_switch_off_what_they_cost() {
    let off = |old, new| examined(&changed(&[(old, new)])).off;
    let stat = off("site = \"west\" # stat-w2", "site = \"east\"");
    assert!(stat.agents.is_empty() && !stat.connections.is_empty(), "{stat:?}");
    let value = off("timeout = 90", "timeout = 0");
    assert_eq!(value, scenario::DrOff::default());
    assert!(!off("peer-site = \"west\"", "peer-site = \"north\"").agents.is_empty());
}

/// Two pairs at each of two sites, told apart by name; each group's Place names its pair.
fn named_pairs() -> String {
    let mut text = "horizon = \"1h\"\n[[fault]]\ntarget = \"every site\"\nat = \"10m\"\n\
        [site.east]\n[site.west]\n\
        [application.interaction-workspace]\ndisaster-recovery.enabled = true\n\
        disaster-recovery.peer-site = \"west\"\ndisaster-recovery.preferred-site = \"east\"\n\
        sip_transaction_timeout = 4000\nreg_interval = 10\n"
        .to_owned();
    for name in ["north", "south"] {
        for site in ["east", "west"] {
            let pair = format!("{name}-{site}");
            text += &format!(
                "[server.{pair}-1]\nkind = \"sip\"\nsite = \"{site}\"\nbackup = \"{pair}-2\"\n\
                 interaction-workspace.disaster-recovery = {{ site = \"{site}\", name = \"{name}\" }}\n\
                 [server.{pair}-2]\nkind = \"sip\"\nsite = \"{site}\"\n\
                 interaction-workspace.disaster-recovery.site = \"{site}\"\n\
                 [switch.{pair}]\nserver = \"{pair}-1\"\ndn.7001.dr-number = \"7001\"\n"
            );
        }
        text += &format!(
            "[place.{name}]\ndns = [{{ switch = \"{name}-east\", number = \"7001\" }}, \
             {{ switch = \"{name}-west\", number = \"7001\" }}]\n\
             [agent-group.{name}]\nagents = 1\nplace = \"{name}\"\n"
        );
    }
    text
}

#[test]
fn pairs_are_told_apart_by_name_and_place() {
    let raised = |text: &str| -> Vec<&str> {
        examined(text).diagnostics.iter().filter(|d| d.code != "V44").map(|d| d.code).collect()
    };
    let sound = named_pairs();
    assert_eq!(raised(&sound), [""; 0]);
    let model = examined(&sound).resolved.expect("it is resolved").model;
    let seats = model.profiles.iter().map(|p| (p.preferred.sip.0, p.peer.map(|peer| peer.sip.0)));
    assert_eq!(seats.collect::<Vec<_>>(), [(0, Some(1)), (2, Some(3))]);
    let unnamed = sound.replacen(", name = \"south\"", "", 1);
    assert_eq!(raised(&unnamed), ["V14", "V15"]);
    let one_name = sound.replace("name = \"south\"", "name = \"north\"");
    assert_eq!(raised(&one_name), ["V16"]);
    let crossed = sound.replacen("\"north-west\", number", "\"south-west\", number", 1);
    assert!(raised(&crossed).contains(&"V24"), "{:?}", raised(&crossed));
}

/// Options of Business Continuity in the servers' own section instead of `interaction-workspace`.
#[test]
fn sites_that_are_named_in_the_wrong_section() {
    let server = |site: &str| {
        format!(
            "[site.{site}]\n[host.h{site}]\nsite = \"{site}\"\n[server.sip{site}]\nkind = \"sip\"\n\
             site = \"{site}\"\nhost = \"h{site}\"\n[server.sip{site}.TServer]\n\
             disaster-recovery.site = \"{site}\"\n"
        )
    };
    let text = "horizon = \"1h\"\n[application.interaction-workspace]\ndisaster-recovery.enabled = true\n\
                disaster-recovery.preferred-site = \"A\"\ndisaster-recovery.peer-site = \"B\"\n\
                sip_transaction_timeout = 4000\nreg_interval = 20\n[agent-group.g]\nagents = 10\n\
                [[fault]]\ntarget = \"site A\"\nat = \"10m\"\nfor = \"10m\"\n";
    let found = examined(&(text.to_owned() + &server("A") + &server("B")));
    let mut codes: Vec<_> = found.diagnostics.iter().map(|d| d.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["V04", "V05", "V10", "V10", "V12", "V12", "V42", "V42", "V44"]);
    let v42 = found.diagnostics.iter().find(|d| d.code == "V42").expect("a warning");
    assert_eq!(
        v42.message,
        "`disaster-recovery.site` has no effect in the section `TServer` of this SIP Server Application"
    );
}

/// The helps of S010 where `locations` are declared and as many persons as `wrong` name another,
/// with one letter wrong.
fn proposals(locations: usize, wrong: usize) -> Vec<String> {
    let declared = (0..locations).map(|n| format!("[location.place-{n}]\n"));
    let persons =
        (0..wrong).map(|n| format!("[person.p{n}]\nlocation = \"plase-{}\"\n", n % locations));
    let group = "[agent-group.agents]\nagents = 1\nlocation = \"elsewhere\"\n";
    let text: String = declared.chain(persons).chain([group.to_owned()]).collect();
    let found = examined(&format!("horizon = \"1h\"\n[site.X]\n{text}")).diagnostics;
    found.into_iter().filter(|d| d.code == "S010").filter_map(|d| d.help).collect()
}

#[test]
fn long_lists_of_names_are_cut() {
    let names = |number| (0..number).map(|n| format!("place-{n}")).collect::<Vec<_>>().join(", ");
    assert_eq!(proposals(20, 0), [format!("declared: {}", names(20))]);
    assert_eq!(proposals(23, 0), [format!("declared: {} and 3 more", names(20))]);
}

/// A proposal compares a wrong name with every right one: there is an end to that.
#[test]
fn of_very_many_wrong_names_not_every_one_gets_a_proposal() {
    let helps = proposals(2_000, 600);
    let proposed = helps.iter().filter(|help| help.starts_with("did you mean `place-")).count();
    assert_eq!((helps.len(), proposed), (601, 499), "a million comparisons, one for the group");
}

/// A bad link alone hits nobody; with a path that is bad too the fault hits those on the path, and of a link that is down
/// the language says that no desktop notices.
#[test]
fn a_link_that_carries_badly_hits_nobody() {
    let with = |target: &str, what: &str| {
        let fault = format!("\n[[fault]]\ntarget = {target}\n{what}at = \"1m\"\nfor = \"1m\"\n");
        let found = examined(&(SOUND.to_owned() + &fault)).diagnostics;
        found.iter().map(|d| (d.code, d.primary.text.clone())).collect::<Vec<_>>()
    };
    let bad = "nothing that is simulated goes over a link between two sites".to_owned();
    let expected = [("S023", bad)];
    assert_eq!(with("\"link east-west\"", "loss = \"20%\"\n"), expected);
    assert_eq!(with("\"every link\"", "delay = \"2s\"\n"), expected);
    assert_eq!(with("[\"link east-west\", \"every path\"]", "delay = \"2s\"\n"), []);
    assert_eq!(with("\"link east-west\"", ""), []);
}
