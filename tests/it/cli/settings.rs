//! What `show`, `options` and `assumptions.csv` say of registrars, NATs and server objects, and that they say nothing of
//! what is not there.

use super::program::Place;

/// A site with a registrar table, one with an empty one, one without; a NAT at one of two locations; options of servers.
const SCENARIO: &str = "\
horizon = \"10m\"
[application.interaction-workspace]
disaster-recovery.enabled = true
disaster-recovery.preferred-site = \"X\"
disaster-recovery.peer-site = \"Y\"
sip_transaction_timeout = 4000
reg_interval = 10
[site.X]
[site.X.registrar]
capacity = \"300/s\"
queue-limit = 9000
[site.Y.registrar]
[site.Z]
[location.office]
nat-timeout = \"30m\"
[location.plant]
[server.y1]
kind = \"sip\"
site = \"Y\"
backup = \"y2\"
reconnect-timeout = 15
interaction-workspace.disaster-recovery.site = \"Y\"
[server.y2]
kind = \"sip\"
site = \"Y\"
warm-standby.backup-delay = 3
[agent-group.sales]
agents = 2
location = \"office\"
[[fault]]
target = \"site X\"
at = \"1m\"
for = \"2m\"
";

fn place() -> Place {
    let place = Place::new();
    place.write("s.toml", SCENARIO);
    place
}

#[test]
fn show_has_the_effective_values_of_a_registrar_where_one_is_written() {
    let out = place().run(&["show", "s.toml"]).expect(0).out;
    let expected = "
[site.X.registrar]
  expires-min        none       default
  expires-max        none       default
  expires-deviation  0s         default
  capacity           300/s      line 10
  service            constant   default
  challenge          false      default
  duplicate-cost     100%       default
  queue-limit        9000       line 11
  overload           queue      default
  refreshes          in-storms  default
  retry-after        none       default

[location.office]
  nat-timeout  30m  line 15
";
    assert!(out.contains(expected), "{out}");
    let servers = "
[server.y1]
  reconnect-timeout  15  line 21

[server.y2.warm-standby]
  backup-delay  3  line 26
";
    assert!(out.contains(servers), "{out}");
    for absent in ["[site.Y.registrar]", "[site.Z.registrar]", "[location.plant]", "[server.y2]"] {
        assert!(!out.contains(absent), "{absent}: {out}");
    }
    let heads = out.lines().filter(|line| *line == "[site.X]").count();
    assert_eq!(heads, 1, "a table is shown once: {out}");
}

#[test]
fn an_answer_holds_the_capacity_that_it_rests_on() {
    let place = place();
    place.run(&["run", "s.toml", "--out", "r", "--quiet"]).expect(0);
    let csv = place.read("r/assumptions.csv");
    let rows: Vec<&str> = csv.lines().filter(|row| row.contains("registrar]")).collect();
    assert_eq!(rows.len(), 11, "one for each key of the one registrar: {csv}");
    for row in [
        "setting,[site.X.registrar],capacity,300/s,line 10,,assumption",
        "setting,[site.X.registrar],overload,queue,default,,assumption",
        "setting,[location.office],nat-timeout,30m,line 15,,assumption",
        "setting,[server.y1],reconnect-timeout,15,line 21,,documented",
        "setting,[server.y2.warm-standby],backup-delay,3,line 26,,documented",
    ] {
        assert!(csv.lines().any(|line| line == row), "{row}: {csv}");
    }
}

#[test]
fn options_of_a_registrar_say_what_they_follow() {
    let told = |name: &str| place().run(&["options", name]).expect(0).out;
    let expected = "\
expires-min

The shortest expiry that the registrar grants: a phone that asks for less is
answered 423 and asks again with this at once.

  table         [site.NAME.registrar]
  set on        scenario
  type          scenario value
  valid         a duration above 0
  default       none (assumption)
  takes effect  for the whole run
  meaning       documented: RFC 3261, sections 10.2.8 and 21.4.17 (423, Min-Expires), rfc-editor.org/rfc/rfc3261
  drives        the expiry that is granted, and a message more for who asks for less
";
    assert_eq!(told("expires-min"), expected);
    let overload = told("overload");
    let words = "  valid         queue (it is lost, and the phone sends again or times out), reject (it is refused at \
                 once (503), at no cost)\n";
    assert!(overload.contains(words), "{overload}");
    for name in [
        "capacity",
        "expires-max",
        "queue-limit",
        "duplicate-cost",
        "challenge",
        "retry-after",
        "nat-timeout",
    ] {
        assert!(told(name).starts_with(&format!("{name}\n")), "{name}");
    }
}

/// The short path means the table that the file has; without one it is written in full.
#[test]
fn a_key_of_a_registrar_may_be_set_in_short() {
    let place = place();
    place.write("s.toml", &SCENARIO.replace("[site.Y.registrar]", "[site.Y]"));
    let short = place.run(&["show", "s.toml", "--set", "challenge=true"]).expect(0).out;
    assert!(short.contains("  challenge          true "), "{short}");
    let full =
        place.run(&["show", "s.toml", "--set", "site.Z.registrar.capacity=90/s"]).expect(0).out;
    assert!(full.contains("[site.Z.registrar]\n"), "{full}");
}
