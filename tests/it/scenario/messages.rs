//! Messages of the language, word for word: a table of texts and of what is said about them.

use switchover::diagnostic::Source;
use switchover::resolve::resolve;
use switchover::scenario::{DrOff, Files, load};

/// A scenario without a mistake, to which mistakes are added.
pub const SOUND: &str = "\
horizon = \"1h\"
[application.interaction-workspace]
disaster-recovery.enabled = true
disaster-recovery.preferred-site = \"X\"
disaster-recovery.peer-site = \"Y\"
[site.X]
[site.Y]
[agent-group.sales]
agents = 3
";

/// One file, `times.csv`.
pub struct OneFile;

impl Files for OneFile {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        match path {
            "times.csv" => Ok(b"seconds,site\n1.5,X\n2m,Y\n,X\n".to_vec()),
            _ => Err("no such file".to_owned()),
        }
    }
}

/// Everything that is said about a text: code, place, message, label, help; one line each.
pub fn said(text: &str) -> String {
    let loaded = load("t.toml", text.as_bytes(), &OneFile);
    let source = Source::from_bytes("t.toml", text.as_bytes()).with(&loaded.attached);
    let mut found = loaded.diagnostics;
    if let Some(document) = loaded.document {
        found.extend(resolve(&document, &DrOff::default()).1);
    }
    let lines = found.iter().map(|d| {
        let at = source.position(d.primary.span.start);
        let file = source.other(d.primary.span.start);
        let file = file.map_or(String::new(), |file| format!("{file}:"));
        let place = format!("{file}{}:{}", at.line, at.column);
        let help = d.help.as_ref().map_or(String::new(), |help| format!(" | {help}"));
        format!("{} {place} {} | {}{help}", d.code, d.message, d.primary.text)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn check(added: &str, expected: &str) {
    assert_eq!(said(&format!("{SOUND}{added}")), expected, "{added}");
}

#[test]
fn a_sound_scenario_has_no_finding() {
    check("", "");
}

#[test]
fn keys_and_types() {
    check(
        "[site.Z]\nlogin-capcity = \"20/s\"\n",
        "S004 11:1 [site.NAME] has no key `login-capcity` | unknown key | did you mean \
         `login-capacity`?",
    );
    check(
        "[desktop]\nlogin = 8\n",
        "S006 11:9 `login` must be a duration or a law | this is an integer | write `login = \
         \"8s\"`",
    );
    check(
        "[site.Z]\nlogin-capacity = \"20\"\n",
        "S007 11:18 `login-capacity` must be a rate | not a rate | write a number per unit of \
         time, such as \"20/s\" or \"4/year\"",
    );
    check(
        "[site.Z]\nreconnect-capacity = \"0/s\"\n",
        "S008 11:22 `reconnect-capacity` is out of range | it must be at least one in 100 years",
    );
    check(
        "[site.Z]\nreconnect-capacity = 50\n",
        "S006 11:22 `reconnect-capacity` must be a rate | this is an integer | write \
         `reconnect-capacity = \"50/s\"`",
    );
    check(
        "[site.Z]\nreconect-capacity = \"50/s\"\n",
        "S004 11:1 [site.NAME] has no key `reconect-capacity` | unknown key | did you mean \
         `reconnect-capacity`?",
    );
    check(
        "[what-if]\nswitchovers-per-hour = 9\n",
        "S008 11:24 `switchovers-per-hour` is out of range | it must be from 1 to 8",
    );
    check(
        "[policy]\nphone-nowhere = \"sty\"\n",
        "S009 11:17 `phone-nowhere` cannot be \"sty\" | not one of \"stay\", \"switch\" | did you \
         mean \"stay\"?",
    );
    check(
        "[[drain]]\nsite = \"X\"\nat = \"5m\"\ngrace = \"2m\"\n",
        "S005 10:1 [[drain]] needs `for` | `for` is missing | write `for = \"30s\"`",
    );
}

#[test]
fn syntax() {
    check(
        "[[fault]]\ntarget = \"site X\"\nat = 90s\n",
        "S002 12:6 this is not TOML: string values must be quoted, expected literal string |  | \
         write text and quantities with a unit in quotes: \"90s\"",
    );
    check(
        "[site.X]\n",
        "S003 10:7 the key is written twice | it is already written above | a table \
         or key may be written once; keep one of the two",
    );
}

#[test]
fn names() {
    check(
        "[[fault]]\ntarget = [\"site Z\", \"path office-Q\"]\nat = \"5m\"\n",
        "S010 11:11 there is no site `Z` | no site of this name | declared: X, Y\n\
         S010 11:21 there is no site `Q` | no site of this name | declared: X, Y",
    );
    check(
        "[person.anna]\nagent-group = \"sale\"\n",
        "S010 11:15 there is no agent-group `sale` | no agent-group of this name | did you mean \
         `sales`?",
    );
    check(
        "[[fault]]\ntarget = \"stie X\"\nat = \"5m\"\n",
        "S013 11:10 the target cannot be read | `stie` is no kind of target | write \"process \
         NAME\", \"host NAME\", \"site NAME\", \"path LOCATION-SITE\", \"location NAME\", \"link \
         SITE-SITE\", \"ha-link SERVER\", \"power LOCATION\", \"logins SITE\", \"registrar SITE\" or \"every host at SITE\"",
    );
    check(
        "[[fault]]\ntarget = \"logins Z\"\nat = \"5m\"\n",
        "S010 11:10 there is no site `Z` | no site of this name | declared: X, Y",
    );
}

#[test]
fn presets() {
    let known = "\"wde-endpoint\", \"wde-endpoint-default\", \"avaya-j100\", \"avaya-j100-ip-office\", \
                 \"cisco-spa\", \"yealink-at-renewal\", \"yealink-timer\", \"polycom\", \"audiocodes\", \
                 \"panasonic\", \"unify-openstage\", \"unify-openstage-recommended\"";
    check(
        "[phone.p]\npreset = \"avaya-j10\"\n",
        &format!(
            "S009 11:10 `preset` cannot be \"avaya-j10\" | not one of {known} | did you mean \"avaya-j100\"?"
        ),
    );
    check(
        "[phone.p]\npreset = \"nortel\"\n",
        &format!(
            "S009 11:10 `preset` cannot be \"nortel\" | not one of {known} | it is one of {known}"
        ),
    );
    check(
        "[phone.p]\npreset = 9641\n",
        "S006 11:10 `preset` must be a string | this is an integer | write `preset = \"wde-endpoint\"`",
    );
}

#[test]
fn phones_that_come_home() {
    check(
        "[phone.p]\nmode = \"failover\"\nfailback = \"refersh\"\n",
        "S009 12:12 `failback` cannot be \"refersh\" | neither \"refresh\" nor \"never\" nor a duration | did you mean \"refresh\"?",
    );
    check(
        "[phone.p]\nfailback = 120\n",
        "S006 11:12 `failback` must be \"refresh\", \"never\" or a duration | this is an integer | write `failback = \"120s\"`",
    );
    check(
        "[phone.p]\nfailback = \"0s\"\n",
        "S008 11:12 `failback` is out of range | it must be longer than nothing",
    );
}

#[test]
fn registrars() {
    check(
        "[site.Z.registrar]\nexpires-min = \"1m\"\nexpires-deviation = \"60s\"\n",
        "S008 12:21 `expires-deviation` is out of range | it must be shorter than any expiry that is granted",
    );
    check(
        "[phone.p]\nexpiry = \"60s\"\n[site.X.registrar]\nexpires-deviation = \"1m\"\n",
        "S008 13:21 `expires-deviation` is out of range | phones of type `p` are granted 60 s here | it must be shorter than any expiry that is granted",
    );
    check(
        "[site.Z.registrar]\ncapacity = 300\n",
        "S006 11:12 `capacity` must be a rate | this is an integer | write `capacity = \"300/s\"`",
    );
    check(
        "[site.Z.registrar]\ncapacity = \"0/s\"\n",
        "S008 11:12 `capacity` is out of range | it must be at least one in 100 years",
    );
    check(
        "[policy]\nlogin-wait = \"never\"\n",
        "S007 11:14 `login-wait` must be a duration or \"off\" | not a duration | did you mean \"off\"?",
    );
    check(
        "[site.Z.registrar]\nchallenge = true\n",
        "S012 11:13 `challenge` does nothing without `capacity` | has no effect | add `capacity`, or leave `challenge` out",
    );
    check(
        "[site.Z.registrar]\ncapacity = \"50/s\"\noverload = \"reject\"\n",
        "S012 12:12 `overload` does nothing without `queue-limit` | has no effect | add `queue-limit`, or leave `overload` out",
    );
    check(
        "[site.Z.registrar]\ncapacity = \"50/s\"\nservice = \"erlang\"\n",
        "S009 12:11 `service` cannot be \"erlang\" | not one of \"constant\", \"exponential\" | it is one of \"constant\", \"exponential\"",
    );
    check(
        "[site.Z.registrar]\ncapacity = \"50/s\"\nduplicate-cost = \"120%\"\n",
        "S008 12:18 `duplicate-cost` is out of range | it must be at most 100%",
    );
    check(
        "[site.Z.registrar]\nretry-after = \"soon\"\n",
        "S007 11:15 `retry-after` must be a duration or a law | not a duration | write a number and a unit, such as \"90s\", \"1.5h\" or \"2h30m\"",
    );
    check(
        "[site.Z.registrar]\ncapacty = \"50/s\"\n",
        "S004 11:1 [site.NAME.registrar] has no key `capacty` | unknown key | did you mean `capacity`?",
    );
}

#[test]
fn refreshes() {
    check(
        "[phone.p]\nrefresh = \"50%\"\nrefresh-before = \"1m\"\n",
        "S012 12:18 `refresh` and `refresh-before` say the same thing | too much | keep one of the two",
    );
    check("[phone.p]\nrefresh-of = \"asked\"\nrefresh-before = \"1m\"\n", "");
    check(
        "[phone.p]\nrefresh-of = \"wanted\"\n",
        "S009 11:14 `refresh-of` cannot be \"wanted\" | not one of \"granted\", \"asked\" | did you mean \"granted\"?",
    );
    check(
        "[phone.p]\nrefresh-of = \"90%\"\n",
        "S009 11:14 `refresh-of` cannot be \"90%\" | not one of \"granted\", \"asked\" | it is one of \"granted\", \"asked\"",
    );
    check(
        "[phone.p]\nrefresh-of = true\n",
        "S006 11:14 `refresh-of` must be a string | this is a boolean | write `refresh-of = \"granted\"`",
    );
    check(
        "[phone.p]\nexpiry = \"60s\"\nrefresh-before = \"60s\"\n",
        "S008 12:18 `refresh-before` is out of range | it leaves no time between two refreshes",
    );
}

#[test]
fn effects_waits_and_logins() {
    check(
        "[[fault]]\ntarget = [\"process X-sip-1\", \"site X\"]\neffect = \"hang\"\nat = \"5m\"\n",
        "S012 12:10 only a process or a registrar can hang | this does not fit the target | write \"process NAME\" or \"registrar SITE\" as `target`, or remove `effect`",
    );
    check(
        "[[fault]]\ntarget = \"process X-sip-1\"\neffect = \"freeze\"\nat = \"5m\"\n",
        "S009 12:10 `effect` cannot be \"freeze\" | not one of \"stop\", \"hang\", \"refuse\", \"slow\" | it is one of \"stop\", \"hang\", \"refuse\", \"slow\"",
    );
    check(
        "[[fault]]\ntarget = \"registrar X\"\nat = \"5m\"\n",
        "S012 10:1 a registrar does not stop by itself | this does not fit the target | write `effect = \"hang\"` (no REGISTER is answered), `effect = \"refuse\"` (503 at once) or `effect = \"slow\"` with a `delay`; it stops with its SIP Server pair",
    );
    check(
        "[[fault]]\ntarget = \"site X\"\neffect = \"refuse\"\nat = \"5m\"\n",
        "S012 12:10 only a registrar can refuse | this does not fit the target | write \"registrar SITE\" as `target`, or remove `effect`",
    );
    check(
        "[phone.p]\nretry-after-refusal = \"0s\"\n",
        "S008 11:23 `retry-after-refusal` is out of range | it must be longer than nothing",
    );
    check(
        "[phone.p]\nretry = { law = \"30s\" }\n",
        "S009 11:11 `retry` cannot be \"law\" | not one of \"backoff\", \"constant\", \"uniform\", \"exponential\", \"weibull\", \"lognormal\", \"gamma\", \"hyperexponential\", \"empirical\" | it is one of \"backoff\", \"constant\", \"uniform\", \"exponential\", \"weibull\", \"lognormal\", \"gamma\", \"hyperexponential\", \"empirical\"",
    );
    check(
        "[site.Z.registrar]\nexpires-min = \"10m\"\nexpires-max = \"5m\"\n",
        "S008 12:15 `expires-max` is out of range | it must be at least `expires-min`",
    );
    check(
        "[phone.p]\nretry-limit = -1\n",
        "S008 11:15 `retry-limit` is out of range | it must be from 0 to 1000000",
    );
    check(
        "[policy]\nlogin-needs = [\"sip\", \"stat\"]\n",
        "S009 11:23 `login-needs` cannot be \"stat\" | not one of \"sip\", \"config\" | it is one of \"sip\", \"config\"",
    );
    check(
        "[policy]\nlogin-needs = [\"config\"]\n",
        "S008 11:15 `login-needs` is out of range | a login always needs `sip`",
    );
    check(
        "[policy]\nlogin-wait = \"0s\"\n",
        "S008 11:14 `login-wait` is out of range | it must be longer than nothing",
    );
    check(
        "[[fault]]\ntarget = \"every stat process\"\nat = \"5m\"\n",
        "S013 11:10 the target names nothing | the class is empty",
    );
}

#[test]
fn laws() {
    let law = |law: &str| format!("[desktop]\nlogin = {law}\n");
    check(
        &law("{ lognormal = { median = \"8s\", p95 = \"2s\" } }"),
        "S014 11:46 `p95` is below the median | shorter than the median",
    );
    check(
        &law(
            "{ hyperexponential = [{ p = \"90%\", mean = \"1s\" }, { p = \"9%\", mean = \"9s\" }] }",
        ),
        "S014 11:30 the probabilities do not add up to 100% |  | make the `p` of all branches add \
         up to 100%",
    );
    check(
        &law("{ empirical = { file = \"times.csv\", column = \"seconds\" } }"),
        "S015 times.csv:4:1 a bad value in the column `seconds` | a duration is missing",
    );
    check(
        &law("{ empirical = { file = \"times.csv\", column = \"second\" } }"),
        "S015 11:54 the file `times.csv` has no column `second` | no such column | its columns: \
         seconds, site",
    );
    check(
        &law("{ weibul = { shape = 0.7, scale = \"1h\" } }"),
        "S009 11:11 `login` cannot be \"weibul\" | not one of \"constant\", \"uniform\", \
         \"exponential\", \"weibull\", \"lognormal\", \"gamma\", \"hyperexponential\", \
         \"empirical\" | did you mean \"weibull\"?",
    );
}

#[test]
fn schedules() {
    check(
        "[[fault]]\ntarget = \"site X\"\nat = \"5m\"\ntimes = 3\nfor = \"10s\"\n",
        "S012 14:7 a flap has no `for` | too much | `down` is the length of each outage, `times` their number",
    );
    check(
        "[[fault]]\ntarget = \"site X\"\nmtbf = \"90d\"\n",
        "S012 10:1 a random fault needs two laws | no time to repair | write `failure = \
         \"4/year\"` (or `mtbf`) and `repair = \"1h\"` (or `mttr`)",
    );
    check(
        "[[fault]]\ntarget = \"site X\"\nfailure = \"1ns\"\nrepair = \"0s\"\n",
        "S021 10:1 the fault happens too often | more than 20 million outages within the horizon | \
         make the time to failure longer, or the horizon shorter",
    );
    let twice = "target = \"site X\"\nfailure = \"160us\"\nrepair = \"100us\"\n";
    check(
        &format!("[[fault]]\n{twice}[[fault]]\nname = \"b\"\n{twice}"),
        "S021 10:1 the fault happens too often | with the other faults, more than 20 million outages within the horizon | make the time to failure longer, or the horizon shorter\n\
         S021 14:1 the fault happens too often | with the other faults, more than 20 million outages within the horizon | make the time to failure longer, or the horizon shorter",
    );
    check(
        "[[fault]]\ntarget = \"site X\"\nat = \"90m\"\n",
        "S018 10:1 this begins after the end of the run | never happens",
    );
}

/// A century of ordinary faults, with what is added.
fn century(added: &str) -> String {
    let faults = "[[fault]]\ntarget = \"every path sip\"\nmtbf = \"30d\"\nmttr = \"1h\"\n\
                  [[fault]]\ntarget = \"every process\"\nmtbf = \"90d\"\nmttr = \"10m\"\n";
    said(&(SOUND.replace("\"1h\"", "\"100y\"") + faults + added))
}

/// Back-off with one length for all, and a REGISTER that fails after as long.
fn back_off(length: &str) -> String {
    format!(
        "[phone.p]\ntransaction-timeout = \"{length}\"\nretry = {{ backoff = {{ none = \
         \"{length}\", some = \"{length}\", cap = \"{length}\" }} }}\n"
    )
}

/// A failover phone whose binding runs out before the next refresh away from home.
fn failover(length: &str) -> String {
    format!(
        "[phone.p]\nmode = \"failover\"\nexpiry = \"{length}\"\ntransaction-timeout = \
         \"{length}\"\n"
    )
}

/// Everybody leaves a site where the phone is dead, for one where it may be dead too.
fn nowhere(length: &str) -> String {
    format!(
        "[desktop]\nlogin = \"{length}\"\n[policy]\nphone-nowhere = \"switch\"\n\
         [agent-group.sales.interaction-workspace]\n\
         disaster-recovery.wait-for-sipphone-timeout = \"{length}\"\n"
    )
}

/// Stat Servers at both sites, and a Person who moves with hers.
fn stat(length: &str) -> String {
    format!(
        "[policy]\nstat-loss = \"move-agent\"\n[person.ann]\n\
         [person.ann.interaction-workspace]\ndisaster-recovery.timeout = \"{length}\"\n\
         warm-standby.reconnection-random-delay-range = \"{length}\"\n\
         [server.s]\nkind = \"stat\"\nsite = \"X\"\n\
         interaction-workspace.disaster-recovery.site = \"X\"\n\
         [server.t]\nkind = \"stat\"\nsite = \"Y\"\n\
         interaction-workspace.disaster-recovery.site = \"Y\"\n"
    )
}

/// How many steps an agent takes is not foreseen: the simulation counts them.
#[test]
fn work_without_end() {
    for length in ["2s", "100ms", "2ns"] {
        for work in [back_off(length), failover(length), nowhere(length), stat(length)] {
            assert_eq!(century(&work), "", "{work}");
        }
    }
}

#[test]
fn networks_that_are_bad() {
    let fault = |rest: &str| format!("[[fault]]\nat = \"5m\"\n{rest}\n");
    for fits in [
        "target = \"path office-X\"\nloss = \"20%\"\ndelay = \"12s\"",
        "target = [\"location office sip\", \"link X-Y\", \"every path\"]\nloss = \"0.5%\"",
        "target = \"path office-X cti\"\ndelay = { uniform = [\"1s\", \"2s\"] }",
        "target = \"every registrar\"\neffect = \"slow\"\ndelay = \"20s\"",
    ] {
        check(&fault(fits), "");
    }
    check(
        &fault("target = \"path office-X\"\nloss = \"100%\""),
        "S008 13:8 `loss` is out of range | it must be above 0% and below 100%",
    );
    check(
        &fault("target = \"path office-X\"\nloss = \"0%\""),
        "S008 13:8 `loss` is out of range | it must be above 0% and below 100%",
    );
    check(
        &fault("target = \"path office-X\"\nloss = 0.2"),
        "S006 13:8 `loss` must be a percentage | this is a float | write `loss = \"20%\"`",
    );
    check(
        &fault("target = \"path office-X\"\ndelay = \"0s\""),
        "S008 13:9 `delay` is out of range | it must be longer than nothing",
    );
    check(
        &fault("target = \"path office-X\"\ndelay = \"soon\""),
        "S007 13:9 `delay` must be a duration or a law | not a duration | write a number and a unit, such as \"90s\", \"1.5h\" or \"2h30m\"",
    );
    check(
        &fault("target = \"path office-X\"\ndelay = true"),
        "S006 13:9 `delay` must be a duration or a law | this is a boolean | write `delay = \"8s\"` or `{ exponential = \"8s\" }`",
    );
}

#[test]
fn impairments_that_do_not_fit() {
    let fault = |rest: &str| format!("[[fault]]\nat = \"5m\"\n{rest}\n");
    check(
        &fault("target = [\"path office-X\", \"process X-sip-1\"]\nloss = \"5%\""),
        "S012 13:8 only a network can lose packets | this does not fit the target | write \"path LOCATION-SITE sip\" or \"location NAME sip\" as `target`, or remove `loss`",
    );
    check(
        &fault("target = \"path office-X cti\"\nloss = \"5%\""),
        "S012 13:8 `loss` is of the phone's plane | nothing is lost over TCP | over TCP lost packets are sent again and come late: write `delay`, or \"sip\" as the plane",
    );
    check(
        &fault("target = \"site X\"\ndelay = \"5s\""),
        "S012 13:9 only networks and slow registrars have a `delay` | this does not fit the target | write a path, a location or a link as `target`, or \"registrar SITE\" with `effect = \"slow\"`",
    );
    check(
        &fault("target = \"registrar X\"\neffect = \"hang\"\ndelay = \"5s\""),
        "S012 14:9 only networks and slow registrars have a `delay` | this does not fit the target | write a path, a location or a link as `target`, or \"registrar SITE\" with `effect = \"slow\"`",
    );
    check(
        &fault("target = \"registrar X\"\neffect = \"slow\""),
        "S012 13:10 a slow registrar needs a `delay` | how slow? | write `delay = \"20s\"`, or another law",
    );
    check(
        &fault("target = \"path office-X\"\neffect = \"slow\"\ndelay = \"5s\""),
        "S012 13:10 only a registrar can be slow | this does not fit the target | write \"registrar SITE\" as `target`; a path, a location or a link has a `delay` without an `effect`",
    );
    check(
        &fault("target = \"path office-X\"\neffect = \"stop\"\ndelay = \"5s\""),
        "S012 13:10 what is down loses everything | this is down | remove `effect`: with `loss` or `delay` the target is not down",
    );
}

#[test]
fn power() {
    let fault = |target: &str| format!("[[fault]]\nat = \"5m\"\ntarget = {target}\n");
    check(&fault("[\"power office\", { power = \"office\" }, \"every power\"]"), "");
    check(
        &fault("\"power offce\""),
        "S010 12:10 there is no location `offce` | no location of this name | did you mean `office`?",
    );
    check(
        &fault("\"power office sip\""),
        "S010 12:10 there is no location `office sip` | no location of this name | declared: office",
    );
    check(
        &fault("{ power = \"office\", site = \"X\" }"),
        "S013 12:10 the target cannot be read | exactly one kind of target is needed | write one of `process`, `host`, `site`, `path`, `location`, `link`, `ha-link`, `power`, `logins`, `registrar`, `every`",
    );
    check(
        &fault("{ power = 3 }"),
        "S006 12:20 `power` must be a string | this is an integer | write `power = \"...\"`",
    );
    check(
        &fault("\"power office\"\neffect = \"hang\""),
        "S012 13:10 only a process or a registrar can hang | this does not fit the target | write \"process NAME\" or \"registrar SITE\" as `target`, or remove `effect`",
    );
    check(
        &fault("\"power office\"\nloss = \"5%\""),
        "S012 13:8 only a network can lose packets | this does not fit the target | write \"path LOCATION-SITE sip\" or \"location NAME sip\" as `target`, or remove `loss`",
    );
    check(
        &fault("\"power office\"\ndelay = \"5s\""),
        "S012 13:9 only networks and slow registrars have a `delay` | this does not fit the target | write a path, a location or a link as `target`, or \"registrar SITE\" with `effect = \"slow\"`",
    );
}

#[test]
fn starts() {
    check(
        "[phone.p]\nboot = \"soon\"\n",
        "S007 11:8 `boot` must be a duration or a law | not a duration | write a number and a unit, such as \"90s\", \"1.5h\" or \"2h30m\"",
    );
    check(
        "[phone.p]\nboot = 5\n",
        "S006 11:8 `boot` must be a duration or a law | this is an integer | write `boot = \"5s\"`",
    );
    check(
        "[phone.p]\nstart-spread = \"-5s\"\n",
        "S007 11:16 `start-spread` must be a duration | a duration is not negative | write a number and a unit, such as \"90s\", \"1.5h\" or \"2h30m\"",
    );
    check(
        "[phone.p]\nstart-spread = { uniform = [\"0s\", \"5s\"] }\n",
        "S006 11:16 `start-spread` must be a duration | this is a table | write `start-spread = \"30s\"`",
    );
    check(
        "[phone.p]\nstart-spred = \"5s\"\n",
        "S004 11:1 [phone.NAME] has no key `start-spred` | unknown key | did you mean `start-spread`?",
    );
    check(
        "[desktop]\nboot = true\n",
        "S006 11:8 `boot` must be a duration or a law | this is a boolean | write `boot = \"8s\"` or `{ exponential = \"8s\" }`",
    );
}

#[test]
fn members_at_two_sites() {
    check(
        "[[fault]]\ntarget = \"ha-link X-sip-2\"\nat = \"5m\"\n",
        "S013 11:10 the target names nothing | this server object is no primary with a backup",
    );
    check(
        "[[fault]]\ntarget = \"ha-link X\"\nat = \"5m\"\n",
        "S010 11:10 there is no server `X` | no server of this name | declared: X-sip-1, X-sip-2, Y-sip-1, Y-sip-2",
    );
    let pair = "[server.a]\nkind = \"sip\"\nsite = \"X\"\nbackup = \"b\"\n";
    let near = format!("{pair}[server.b]\nkind = \"sip\"\nsite = \"X\"\n");
    let far = format!("{pair}[server.b]\nkind = \"sip\"\nsite = \"Y\"\n");
    let split = "split = \"both-primary\"\n";
    check(&format!("{far}[failover]\n{split}"), "");
    check(&format!("{far}[server.a.failover]\n{split}"), "");
    check(&format!("{near}[failover]\nsplit = \"none\"\n"), "");
    let refused = |place: &str, label: &str| {
        format!(
            "S012 {place} `split` needs a pair whose members are at two sites | {label} | give the \
             backup another `site`, or leave `split` out"
        )
    };
    check(
        &format!("{near}[failover]\n{split}"),
        &refused("18:9", "no pair has its members at two sites"),
    );
    check(
        &format!("{far}[site.Y.failover]\n{split}"),
        &refused("18:9", "no pair of this site has its backup elsewhere"),
    );
    check(
        &format!("{near}[server.a.failover]\n{split}"),
        &refused("18:9", "the members of this pair are at one site"),
    );
    check(
        "[failover]\nsplit = \"both\"\n",
        "S009 11:9 `split` cannot be \"both\" | not one of \"none\", \"both-primary\" | did you mean \"both-primary\"?",
    );
    check(
        "[failover]\nsplit = true\n",
        "S006 11:9 `split` must be a string | this is a boolean | write `split = \"none\"`",
    );
}

#[test]
fn structure() {
    check(
        "[server.a]\nkind = \"sip\"\nsite = \"X\"\nbackup = \"b\"\n[server.b]\nkind = \"stat\"\n\
         site = \"X\"\n",
        "S016 13:10 `b` cannot back up `a` | a server of another kind",
    );
    check(
        "[agent-group.more]\nagents = 1073741824\n",
        "S008 11:10 `agents` is out of range | all groups together have at most 2^30 agents",
    );
    for wrong in ["99999999999", "99999999999999999999", "-1"] {
        assert_eq!(
            said(&SOUND.replace("agents = 3", &format!("agents = {wrong}"))),
            "S008 9:10 `agents` is out of range | it must be from 0 to 1073741824",
            "how many there are is not known, so nobody says that there are none"
        );
    }
    assert_eq!(
        said(&SOUND.replace("agents = 3", "agents = 0")),
        "S008 8:14 `agents` is out of range | there is no agent at all | write `agents = 100`"
    );
    check(
        "[phone.desk]\nfirst-refresh-preferred = \"1h\"\n",
        "S008 11:27 the first refresh is out of range | refreshes are 1620 s apart: the \
         first comes within that time",
    );
    check(
        "[agent-group.other]\ndisaster-recovery.timeout = 60\n",
        "S017 11:1 `disaster-recovery` is outside a vendor section | a vendor option, not a \
         section | put it into the section `interaction-workspace` of this object",
    );
}

#[test]
fn everything_at_once_in_the_order_of_the_text() {
    let text =
        "horizon = 3600\nsed = 1\n[site.X]\n[agent-group.a]\nagents = -1\nlocation = \"q\"\n";
    assert_eq!(
        said(text),
        "S006 1:11 `horizon` must be a duration | this is an integer | write `horizon = \
         \"3600s\"`\n\
         S004 2:1 the top of a scenario has no key `sed` | unknown key | did you mean `seed`?\n\
         S008 5:10 `agents` is out of range | it must be from 0 to 1073741824\n\
         S010 6:12 there is no location `q` | no location of this name | declared: office"
    );
}

#[test]
fn a_finding_is_shown_with_its_line_a_caret_and_a_help() {
    let text = "horizon = \"1 fortnight\"\n";
    let source = Source::from_bytes("t.toml", text.as_bytes());
    let loaded = load("t.toml", text.as_bytes(), &OneFile);
    let found = loaded.diagnostics.iter().find(|d| d.code == "S007").expect("a bad unit");
    let expected = "\
error[S007]: `horizon` must be a duration
 --> t.toml:1:11
  |
1 | horizon = \"1 fortnight\"
  |           ^^^^^^^^^^^^^ `fortnight` is no unit of time
  |
  = help: write a number and a unit, such as \"90s\", \"1.5h\" or \"2h30m\"";
    assert_eq!(found.render(&source, false), expected);
    let json = serde_json::to_value(found.to_json(&source)).expect("JSON");
    assert_eq!(json["line"], 1);
    assert_eq!(json["column"], 11);
    assert_eq!((&json["start"], &json["end"]), (&10.into(), &23.into()));
    assert_eq!(json["severity"], "error");
}
