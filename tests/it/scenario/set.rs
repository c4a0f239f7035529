//! Settings written into a scenario: what the text becomes, what is said of paths that lead
//! nowhere, and that a setting means the same as an edit by hand.

use std::fs;

use switchover::checks;
use switchover::measures::names::Names;
use switchover::model::Model;
use switchover::scenario::load;
use switchover::scenario::set::{Path, Setting, apply, full};

use super::shipped::Beside;

use crate::bless::root;

pub const TEXT: &str = "\
# A comment.
horizon = \"1h\" # an hour

[application.interaction-workspace]
disaster-recovery.enabled = true
disaster-recovery.timeout = 60 # seconds
\"sipendpoint.policy\" = 1

[site.X]
[site.Y]
stat = true
failover = { coverage = \"90%\" }

[agent-group.sales]
agents = 3

[[fault]]
name = \"link-cut\"
target = \"path office-X\"
at = \"5m\"
for = \"3m\"

[[fault]]
target = \"site X\"
mtbf = \"90d\"
mttr = \"1h\"

[[fault]]
name = \"twin\"
target = \"site X\"
at = \"1m\"

[[fault]]
name = \"twin\"
target = \"site Y\"
at = \"1m\"
";

fn settings(texts: &[&str]) -> Vec<Setting> {
    texts.iter().map(|text| Setting::parse(text).expect("a setting")).collect()
}

/// The lines that settings take away (`-`) and put in (`+`), in the order of the text. Empty lines
/// are not looked at.
fn difference(texts: &[&str]) -> String {
    let changed = match apply(TEXT, &settings(texts)) {
        Ok(changed) => changed,
        Err(wrong) => return wrong,
    };
    for written in &changed.written {
        assert!(!changed.text[written.key.start..written.key.end].is_empty(), "{texts:?}");
    }
    let old: Vec<&str> = TEXT.lines().filter(|line| !line.is_empty()).collect();
    let new = changed.text.lines().filter(|line| !line.is_empty());
    let (mut out, mut seen) = (Vec::new(), 0);
    for line in new {
        match old[seen..].iter().position(|other| *other == line) {
            Some(ahead) => {
                out.extend(old[seen..seen + ahead].iter().map(|gone| format!("-{gone}")));
                seen += ahead + 1;
            }
            None => out.push(format!("+{line}")),
        }
    }
    out.extend(old[seen..].iter().map(|gone| format!("-{gone}")));
    out.join("\n")
}

#[test]
fn values_are_replaced_in_place_and_missing_ones_added() {
    for (setting, expected) in [
        ("horizon=2h", "+horizon = \"2h\" # an hour\n-horizon = \"1h\" # an hour"),
        (
            "application.interaction-workspace.disaster-recovery.timeout=90",
            "+disaster-recovery.timeout = 90 # seconds\n-disaster-recovery.timeout = 60 # seconds",
        ),
        (
            "application.interaction-workspace.sipendpoint.policy=2",
            "+\"sipendpoint.policy\" = 2\n-\"sipendpoint.policy\" = 1",
        ),
        (
            "application.interaction-workspace.warm-standby.retry-delay=5",
            "+warm-standby.retry-delay = 5",
        ),
        ("seed=7", "+seed = 7"),
        ("desktop.login={ exponential = \"8s\" }", "+[desktop]\n+login = { exponential = \"8s\" }"),
        ("desktop.login.exponential=8s", "+[desktop.login]\n+exponential = \"8s\""),
        (
            "agent-group.sales.interaction-workspace.disaster-recovery.timeout=never",
            "+[agent-group.sales.interaction-workspace]\n+disaster-recovery.timeout = \"never\"",
        ),
        ("site.X.login-capacity=20/s", "+login-capacity = \"20/s\""),
        ("site.\"Z.1\"={ stat = true }", "+[site]\n+\"Z.1\" = { stat = true }"),
        ("tenant.\"A.1\".x=true", "+[tenant.\"A.1\"]\n+x = true"),
        (
            "site.Y.failover.coverage=95%",
            "+failover = { coverage = \"95%\" }\n-failover = { coverage = \"90%\" }",
        ),
        (
            "site.Y.failover.manual-recovery=5m",
            "+failover = { coverage = \"90%\" , manual-recovery = \"5m\" }\n\
             -failover = { coverage = \"90%\" }",
        ),
        ("fault.link-cut.for=5m", "+for = \"5m\"\n-for = \"3m\""),
        ("fault.1.for=5m", "+for = \"5m\"\n-for = \"3m\""),
        ("fault.2.mtbf=30d", "+mtbf = \"30d\"\n-mtbf = \"90d\""),
        ("fault.2.repair.exponential=30d", "+repair.exponential = \"30d\""),
        ("fault.4.for=1m", "+for = \"1m\""),
        ("title=\"90\"", "+title = \"90\""),
        ("title=it is 9", "+title = \"it is 9\""),
        ("title=say \"no\"", "+title = 'say \"no\"'"),
        (
            "experiment.measures=[\"outages.count\"]",
            "+[experiment]\n+measures = [\"outages.count\"]",
        ),
        ("policy.restore-needs-phone=false", "+[policy]\n+restore-needs-phone = false"),
    ] {
        assert_eq!(difference(&[setting]), expected, "{setting}");
    }
}

#[test]
fn paths_that_lead_nowhere_are_told() {
    for (setting, told) in [
        ("fault.link-ct.for=5m", "there is no fault `link-ct`; did you mean `link-cut`?"),
        ("fault.9.for=5m", "there is no fault `9`; there are: `link-cut`, 2, `twin`, `twin`"),
        ("fault.0.for=5m", "there is no fault `0`; there are: `link-cut`, 2, `twin`, `twin`"),
        ("fault.twin.for=5m", "more than one fault is called `twin`; write its number, 3 or 4 ..."),
        ("fault.1=5m", "`fault.1` is a whole table; name one of its keys"),
        ("threshold.1.at-most=5m", "the scenario has no [[threshold]]"),
        ("horizon.x=5", "`horizon` is a value and holds no `x`"),
        ("site.XX.stat=true", "there is no site `XX`; did you mean `X`?"),
        ("site.X2.stat=true", "there is no site `X2`; did you mean `X`?"),
        ("site.plant.stat=true", "there is no site `plant`; there are: `X`, `Y`"),
        ("sites.X.stat=true", "the scenario has no `sites.X.stat`; did you mean `site.X.stat`?"),
        ("sites.plant.stat=true", "the scenario has no `sites.plant.stat`; did you mean `site`?"),
        (
            "agent-groups.salse.agents=4",
            "the scenario has no `agent-groups.salse.agents`; did you mean `agent-group.sales.agents`?",
        ),
        ("desktp.login=4s", "the scenario has no `desktp.login`; did you mean `desktop.login`?"),
        ("agent-group.salse.agents=4", "there is no agent-group `salse`; did you mean `sales`?"),
        ("fault.1.for.x=5", "`fault.1.for` is a value and holds no `x`"),
    ] {
        assert_eq!(difference(&[setting]), format!("{setting}: {told}"), "{setting}");
    }
}

/// A path that does not begin at the top of the file is the only one that ends with it, or none.
#[test]
fn short_paths_mean_the_only_full_one() {
    let full = |typed: &str| {
        let path = Path::parse(typed).expect("a path");
        full(TEXT, &path).map(|path| path.to_string())
    };
    for (typed, meant) in [
        (
            "disaster-recovery.timeout",
            "application.interaction-workspace.disaster-recovery.timeout",
        ),
        (
            "interaction-workspace.disaster-recovery.timeout",
            "application.interaction-workspace.disaster-recovery.timeout",
        ),
        ("warm-standby.retry-delay", "application.interaction-workspace.warm-standby.retry-delay"),
        ("connect-timeout", "desktop.connect-timeout"),
        ("restore-when", "policy.restore-when"),
        ("agents", "agent-group.sales.agents"),
        ("link-cut.for", "fault.link-cut.for"),
        ("horizon", "horizon"),
    ] {
        assert_eq!(full(typed).as_deref(), Ok(meant), "{typed}");
    }
    for (typed, said) in [
        (
            "at",
            "`at` may mean several paths; write one of: fault.link-cut.at, fault.3.at, fault.4.at",
        ),
        (
            "disaster-recovery.timout",
            "the scenario has no `disaster-recovery.timout`; did you mean \
             application.interaction-workspace.disaster-recovery.timeout?",
        ),
        ("horizn", "the scenario has no `horizn`; did you mean `horizon`?"),
        (
            "agent-groups.sales.agents",
            "the scenario has no `agent-groups.sales.agents`; did you mean `agent-group.sales.agents`?",
        ),
        (
            "colour",
            "the scenario has no `colour`; write the path from the top of the file, such as horizon \
             or application.interaction-workspace.disaster-recovery.timeout",
        ),
    ] {
        assert_eq!(full(typed), Err(said.to_owned()), "{typed}");
    }
}

#[test]
fn the_last_of_two_wins_and_a_text_that_is_no_toml_stays_as_it_is() {
    let twice = difference(&["horizon=2h", "horizon=3h"]);
    assert_eq!(twice, "+horizon = \"3h\" # an hour\n-horizon = \"1h\" # an hour");
    let broken = "horizon = \n[site.X\n";
    let changed = apply(broken, &settings(&["horizon=2h"])).expect("nothing to object to");
    assert_eq!(changed.text, broken);
}

/// Keys of one table may stand apart; a key in between is not moved.
#[test]
fn what_is_not_touched_stays_where_it_is() {
    let apart = "horizon = \"1h\"\r\n[application.interaction-workspace]\n\
                 disaster-recovery.enabled = true\n# Between.\nreg_interval = 10\n\
                 disaster-recovery.timeout = 60\n\n[site]\nX.stat = true # why\nY.stat = true\n\
                 X.config = true\n# The end.\n";
    let path = "application.interaction-workspace.disaster-recovery.timeout";
    for value in ["60", "90"] {
        let changed = apply(apart, &settings(&[&format!("{path}={value}")])).expect("a place");
        let expected = apart.replace("= 60", &format!("= {value}")).replace("\r\n", "\n");
        assert_eq!(changed.text.replace("\r\n", "\n"), expected);
    }
}

fn model(text: &str) -> Model {
    let examined = checks::examine(&load("t.toml", text.as_bytes(), &Beside), &Names);
    examined.resolved.unwrap_or_else(|| panic!("{text}\n{:?}", examined.diagnostics)).model
}

/// The shipped scenarios: file and text.
pub fn shipped() -> Vec<(String, String)> {
    let entries = fs::read_dir(root("scenarios")).expect("the scenarios");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "toml"));
    paths.sort();
    let text = |path| fs::read_to_string(path).expect("a scenario");
    paths.iter().map(|path| (path.display().to_string(), text(path))).collect()
}

/// Every path to a value in a tree, as it is typed, and the value as it is written.
fn values(text: &str) -> Vec<(String, String)> {
    fn below(path: &str, item: &toml_edit::Item, found: &mut Vec<(String, String)>) {
        if let Some(table) = item.as_table_like() {
            for (key, inner) in table.iter() {
                let dot = if path.is_empty() { "" } else { "." };
                let quoted = key.contains(['.', '"', '=']);
                let key = if quoted { format!("\"{key}\"") } else { key.to_owned() };
                below(&format!("{path}{dot}{key}"), inner, found);
            }
        } else if let Some(tables) = item.as_array_of_tables() {
            for (index, table) in tables.iter().enumerate() {
                let table = toml_edit::Item::Table(table.clone());
                below(&format!("{path}.{}", index + 1), &table, found);
            }
        } else if let Some(value) = item.as_value() {
            let mut value = value.clone();
            value.decor_mut().clear();
            found.push((path.to_owned(), value.to_string()));
        }
    }
    let document: toml_edit::DocumentMut = text.parse().expect("TOML");
    let mut found = Vec::new();
    below("", document.as_item(), &mut found);
    found
}

#[test]
fn setting_a_value_that_is_there_changes_nothing() {
    let mut seen = 0;
    for (file, text) in shipped() {
        let before = model(&text);
        for (path, value) in values(&text) {
            let setting = Setting::parse(&format!("{path}={value}")).expect("a setting");
            let changed =
                apply(&text, &[setting]).unwrap_or_else(|wrong| panic!("{file}: {wrong}"));
            assert_eq!(changed.text, text, "{file}: {path}={value}");
            assert_eq!(model(&changed.text), before, "{file}: {path}={value}");
            seen += 1;
        }
    }
    assert!(seen > 300, "{seen} values");
}

/// A setting, and the same by hand: what is replaced by what (nothing: put at the end).
const BY_HAND: &[(&str, &str, &str)] = &[
    (
        "application.interaction-workspace.disaster-recovery.timeout=20",
        "disaster-recovery.timeout = 60",
        "disaster-recovery.timeout = 20",
    ),
    (
        "tenant.bank.interaction-workspace.disaster-recovery.timeout=20",
        "",
        "[tenant.bank.interaction-workspace]\ndisaster-recovery.timeout = 20",
    ),
    (
        "agent-group.mill.interaction-workspace.disaster-recovery.timeout=2m",
        "[agent-group.mill.interaction-workspace]",
        "[agent-group.mill.interaction-workspace]\ndisaster-recovery.timeout = \"2m\"",
    ),
    (
        "person.anna.interaction-workspace.disaster-recovery.auto-restore=false",
        "",
        "[person.anna.interaction-workspace]\ndisaster-recovery.auto-restore = false",
    ),
    (
        "agent-group.tower.agents=40",
        "agents = 400\nlocation = \"tower\"",
        "agents = 40\nlocation = \"tower\"",
    ),
    ("failover.coverage=100%", "coverage = \"95%\"", "coverage = \"100%\""),
    (
        "site.south.login-capacity=5/s",
        "[site.south]\nlogin-capacity = \"20/s\"",
        "[site.south]\nlogin-capacity = \"5/s\"",
    ),
    ("fault.host failure.failure.weibull.shape=0.8", "shape = 0.7", "shape = 0.8"),
    ("fault.micro-flaps.times=50", "times = 5\n", "times = 50\n"),
    ("fault.1.mtbf=20d", "mtbf = \"2000h\"", "mtbf = \"20d\""),
    (
        "drain.spring maintenance.grace=5m",
        "at = \"100d\"\ngrace = \"10m\"",
        "at = \"100d\"\ngrace = \"5m\"",
    ),
    ("policy.restore-when=immediate", "", "[policy]\nrestore-when = \"immediate\""),
    ("policy.phone-nowhere=switch", "", "[policy]\nphone-nowhere = \"switch\""),
    ("what-if.hold-down=5m", "", "[what-if]\nhold-down = \"5m\""),
    ("desktop.login={ exponential = \"9s\" }", "", "[desktop]\nlogin = { exponential = \"9s\" }"),
    ("phone.hard.kind=desk", "", "[phone.hard]\nkind = \"desk\""),
    ("horizon=30d", "horizon = \"1y\"", "horizon = \"30d\""),
    ("experiment.precision=5%", "", "[experiment]\nprecision = \"5%\""),
];

#[test]
fn a_setting_means_the_same_as_an_edit_by_hand() {
    let text = fs::read_to_string(root("scenarios/11-random-year.toml")).expect("a scenario");
    // A Person may be declared only where it is clear which group it belongs to.
    let text = text.clone() + "\n[person.anna]\nagent-group = \"mill\"\n";
    for (setting, old, new) in BY_HAND {
        let by_hand = if old.is_empty() {
            format!("{text}\n{new}\n")
        } else {
            assert_eq!(text.matches(old).count(), 1, "{old}");
            text.replace(old, new)
        };
        let changed = apply(&text, &settings(&[setting])).expect("a place");
        assert_ne!(model(&changed.text), model(&text), "{setting} changes something");
        assert_eq!(model(&changed.text), model(&by_hand), "{setting}\n{}", changed.text);
    }
    let all: Vec<&str> = BY_HAND.iter().map(|(setting, ..)| *setting).collect();
    let changed = apply(&text, &settings(&all)).expect("places");
    let mut twice = apply(&text, &settings(&all[..9])).expect("places").text;
    twice = apply(&twice, &settings(&all[9..])).expect("places").text;
    assert_eq!(changed.text, twice, "one after the other is the same as at once");
}

#[test]
fn a_table_may_become_a_value() {
    let text = "horizon = \"1h\"\n[site.X]\n[desktop.login]\nexponential = \"8s\"\n[desktop.ready]\n\
                constant = \"1s\"\n[[fault]]\ntarget = \"site X\"\nat = \"1m\"\n";
    let changed = apply(text, &settings(&["desktop.login=9s", "fault=[]"])).expect("places");
    let expected = "horizon = \"1h\"\nfault = []\n[site.X]\n\n[desktop]\nlogin = \"9s\"\n\
                    [desktop.ready]\nconstant = \"1s\"\n";
    assert_eq!(changed.text, expected);
}
