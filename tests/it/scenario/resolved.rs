//! Models of scenarios: what the words come to mean.

use switchover::distribution::Law;
use switchover::model::{
    AgentId, Kind, Model, PairId, Planes, Retry, Role, Schedule, SiteId, Style, Target, Transport,
};
use switchover::resolve::{Resolved, resolve};
use switchover::scenario::document::Level;
use switchover::scenario::{DrOff, load};
use switchover::time::{Span, Time};

use super::messages::{OneFile, SOUND, said};
use super::shipped;

/// Resolves a text without findings.
fn resolved(text: &str) -> Resolved {
    assert_eq!(said(text), "");
    let document = load("t.toml", text.as_bytes(), &OneFile).document.expect("a document");
    resolve(&document, &DrOff::default()).0.expect("a model")
}

fn model(text: &str) -> Model {
    resolved(text).model
}

const fn s(seconds: i64) -> Span {
    Span::from_secs(seconds)
}

#[test]
fn w1_is_what_the_timeline_says() {
    let model = shipped::model("01-w1-path-cut.toml");
    assert_eq!((model.horizon, model.agents()), (Time::from_secs(1800), 1));
    assert_eq!(model.desktop.detection, Law::Constant(s(15)));
    assert_eq!(model.desktop.connect_timeout, s(5));
    let profile = &model.profiles[0];
    let peer = profile.peer.expect("a peer");
    assert_eq!((profile.preferred.site, peer.site), (SiteId(0), SiteId(1)));
    assert_eq!(profile.dr, [true, false, false]);
    assert_eq!((profile.dr_timeout, profile.phone_timeout), (s(60), s(30)));
    assert_eq!((profile.random_delay_range, &profile.retry_delay[..]), (s(0), &[s(10)][..]));
    let phone = &model.phones[profile.phone];
    assert_eq!((phone.style, phone.refresh), (Style::Dual, s(3240)));
    assert_eq!(phone.first_refresh, [2000, 2100].map(|at| Some(Time::from_secs(at))));
    let schedule =
        Schedule::Scripted { at: Time::from_secs(600), down: s(300), up: s(0), times: 1 };
    assert_eq!(model.faults[0].schedule, schedule);
    let path = Target::Path(switchover::model::LocationId(0), SiteId(0), Planes::Both);
    assert_eq!(model.faults[0].targets, [path]);
}

#[test]
fn implicit_servers_have_hosts_of_their_own() {
    let model = model(&SOUND.replace("[site.Y]", "[site.Y]\nstat = true"));
    let names: Vec<&str> = model.hosts.iter().map(|host| host.name.as_str()).collect();
    let expected = ["X-sip-1", "X-sip-2", "Y-sip-1", "Y-sip-2", "Y-stat-1", "Y-stat-2"];
    assert_eq!(names, expected);
    assert_eq!(model.pairs[2].kind, Kind::Stat);
    let profile = &model.profiles[0];
    assert_eq!(profile.preferred.stat, None);
    assert_eq!(profile.peer.and_then(|seat| seat.stat), Some(PairId(2)));
    assert_eq!(profile.dr, [true, false, false]);
}

#[test]
fn the_more_specific_level_wins_and_is_remembered() {
    let text = format!(
        "{SOUND}[tenant.t.interaction-workspace]\ndisaster-recovery.timeout = 70\n\
         [agent-group.sales.interaction-workspace]\ndisaster-recovery.timeout = \"80s\"\n\
         [person.anna]\n[person.anna.interaction-workspace]\ndisaster-recovery.timeout = \"never\"\n\
         [person.bob]\n"
    );
    let resolved = resolved(&text);
    let timeouts: Vec<Span> = resolved.model.profiles.iter().map(|p| p.dr_timeout).collect();
    assert_eq!(timeouts, [s(80), Span::NEVER, s(80)]);
    let from = |profile: usize, name: &str| {
        let option = resolved.provenance[profile].iter().find(|option| option.name == name);
        option.map(|option| (option.level, option.holder.clone(), option.value.clone()))
    };
    let timeout = "disaster-recovery.timeout";
    assert_eq!(from(0, timeout), Some((Level::AgentGroup, "sales".into(), "80s".into())));
    assert_eq!(from(1, timeout), Some((Level::Person, "anna".into(), "never".into())));
    let restore = "disaster-recovery.auto-restore";
    assert_eq!(from(0, restore), Some((Level::Default, String::new(), "true".into())));
    let model = &resolved.model;
    assert_eq!((model.agents(), model.groups[0].size), (5, 5));
    assert_eq!(model.agent_name(AgentId(2)), "sales-3");
    assert_eq!(model.agent_name(AgentId(4)), "bob");
    assert_eq!(model.cohorts[2].index, (1 << 30) + 1);
}

#[test]
fn without_disaster_recovery_there_is_no_peer() {
    let off = model(&SOUND.replace("enabled = true", "enabled = false"));
    assert_eq!((off.profiles[0].peer, off.profiles[0].dr), (None, [false; 3]));
    let nowhere = model(&SOUND.replace("\"Y\"\n", "\"Z\"\n"));
    assert_eq!(nowhere.profiles[0].peer, None);
    let itself = model(&SOUND.replace("\"Y\"\n", "\"X\"\n"));
    assert_eq!(itself.profiles[0].peer, None);
}

/// Two pairs at each site, told apart by name; Places name the pair.
const FOUR_PAIRS: &str = "\
horizon = \"1h\"
[application.interaction-workspace]
disaster-recovery.enabled = true
disaster-recovery.preferred-site = \"X\"
disaster-recovery.peer-site = \"Y\"
[site.X]
[site.Y]
[server.xa]
kind = \"sip\"
site = \"X\"
interaction-workspace = { disaster-recovery.site = \"X\", disaster-recovery.name = \"a\" }
[server.xb]
kind = \"sip\"
site = \"X\"
reconnect-timeout = 5
interaction-workspace = { disaster-recovery.site = \"X\", disaster-recovery.name = \"b\" }
[server.ya]
kind = \"sip\"
site = \"Y\"
interaction-workspace = { disaster-recovery.site = \"Y\", disaster-recovery.name = \"a\" }
[server.yb]
kind = \"sip\"
site = \"Y\"
interaction-workspace = { disaster-recovery.site = \"Y\", disaster-recovery.name = \"b\" }
[switch.sxb]
server = \"xb\"
dn.7001 = {}
[switch.syb]
server = \"yb\"
dn.7001 = {}
[place.p]
dns = [{ switch = \"sxb\", number = \"7001\" }, { switch = \"syb\", number = \"7001\" }]
[agent-group.placed]
agents = 1
place = \"p\"
[agent-group.first]
agents = 1
";

#[test]
fn the_place_names_the_pair_and_the_name_its_peer() {
    let model = model(FOUR_PAIRS);
    let pairs: Vec<_> =
        model.profiles.iter().map(|p| (p.preferred.sip, p.peer.map(|s| s.sip))).collect();
    assert_eq!(pairs, [(PairId(1), Some(PairId(3))), (PairId(0), Some(PairId(2)))]);
    assert_eq!(model.pairs[1].reconnect, Some(s(5)));
    assert_eq!(model.pairs[0].backup, None);
}

#[test]
fn vendor_options_drive_the_default_softphone() {
    let options = "sip_transaction_timeout = 4000\nreg_timeout = 600\nreg_interval = 20\n\
                   sipendpoint.transport-protocol = \"TCP\"\n[site.X]";
    let text = SOUND.replace("[site.X]", options);
    let phone = model(&text).phones[0].clone();
    assert_eq!((phone.expiry, phone.refresh), (s(600), s(540)));
    assert_eq!((phone.transaction_timeout, phone.retry), (s(4), Retry::Fixed(s(20))));
    assert_eq!(phone.transport, Transport::Tcp);
    let desk = model(&format!("{text}[phone.desk]\nkind = \"desk\"\n")).phones[0].clone();
    assert_eq!((desk.expiry, desk.transaction_timeout), (s(1800), s(32)));
}

#[test]
fn classes_expand_in_the_order_of_declaration() {
    let model = model(&format!(
        "{SOUND}[[fault]]\ntarget = [\"every sip process at Y\", \"host X-sip-2\", \"every link\"]\n\
         failure = \"4/year\"\nmttr = \"2h\"\n"
    ));
    let y = PairId(1);
    let expected = [
        Target::Process(y, Role::Primary),
        Target::Process(y, Role::Backup),
        Target::Host(switchover::model::HostId(1)),
        Target::InterSite(SiteId(0), SiteId(1)),
    ];
    assert_eq!(model.faults[0].targets, expected);
    let schedule = Schedule::random(
        Law::Exponential { mean: s(365 * 86_400 / 4) },
        Law::Exponential { mean: s(7200) },
    );
    assert_eq!(model.faults[0].schedule, schedule);
    assert_eq!(model.faults[0].name, "every sip process at Y, host X-sip-2, every link");
}

#[test]
fn every_law_can_be_written() {
    let law = |law: &str| model(&format!("{SOUND}[desktop]\nready = {law}\n")).desktop.ready;
    let (one, three) = (s(1), s(3));
    assert_eq!(law("\"0s\""), Law::Constant(s(0)));
    assert_eq!(law("{ uniform = [\"1s\", \"3s\"] }"), Law::Uniform { lowest: one, highest: three });
    assert_eq!(law("{ exponential = \"1s\" }"), Law::Exponential { mean: one });
    let weibull = Law::Weibull { shape: 0.7, scale: one };
    assert_eq!(law("{ weibull = { shape = 0.7, scale = \"1s\" } }"), weibull);
    let lognormal = Law::Lognormal { median: one, p95: three };
    assert_eq!(law("{ lognormal = { median = \"1s\", p95 = \"3s\" } }"), lognormal);
    assert_eq!(
        law("{ gamma = { shape = 2, mean = \"1s\" } }"),
        Law::Gamma { shape: 2.0, mean: one }
    );
    let mixed =
        "{ hyperexponential = [{ p = \"90%\", mean = \"1s\" }, { p = \"10%\", mean = \"3s\" }] }";
    assert!(matches!(law(mixed), Law::Hyperexponential(branches) if branches.len() == 2));
}

#[test]
fn renaming_changes_nothing_but_names() {
    let one = model(SOUND);
    let other = model(&SOUND.replace("\"X\"", "\"north\"").replace("[site.X]", "[site.north]"));
    assert_eq!(one.profiles, other.profiles);
    assert_eq!(one.cohorts, other.cohorts);
}
