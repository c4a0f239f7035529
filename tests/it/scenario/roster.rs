//! Rosters: the same Persons as in a scenario of their own, and places of mistakes in both files.

use switchover::diagnostic::Source;
use switchover::resolve::resolve;
use switchover::scenario::{DrOff, Files, Loaded, load};

/// One roster.
struct Given(String);

impl Files for Given {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let found = (path == "people/r.csv").then(|| self.0.clone().into_bytes());
        found.ok_or_else(|| "no such file".to_owned())
    }
}

const HEAD: &str = "\
horizon = \"1h\"
ROSTER
[application.interaction-workspace]
disaster-recovery.enabled = true
[site.X]
[site.Y]
[location.tower]
[location.hall]
[phone.soft]
[phone.hard]
mode = \"dual\"
[agent-group.sales]
agents = 2
location = \"hall\"
phone = \"soft\"
[agent-group.service]
location = \"hall\"
phone = \"soft\"
[person.zoe]
agent-group = \"sales\"
";

fn loaded(keys: &str, people: &str, roster: &str) -> (Source, Loaded) {
    let text = HEAD.replace("ROSTER", keys) + people;
    let loaded = load("dir/t.toml", text.as_bytes(), &Given(roster.to_owned()));
    (Source::new("dir/t.toml", text).with(&loaded.attached), loaded)
}

fn model(keys: &str, people: &str, roster: &str) -> String {
    let (_, loaded) = loaded(keys, people, roster);
    assert_eq!(loaded.diagnostics, []);
    format!("{:#?}", resolve(&loaded.document.unwrap(), &DrOff::default()).0.unwrap().model)
}

const WRITTEN: &str = "\
[person.\"Anna B\"]
agent-group = \"sales\"
location = \"tower\"
phone = \"hard\"
[person.\"Anna B\".interaction-workspace]
disaster-recovery.preferred-site = \"X\"
disaster-recovery.peer-site = \"Y\"
disaster-recovery.timeout = 20
warm-standby.retry-delay = \"10,30\"
[person.\"ben \\\"bo\\\" x\"]
agent-group = \"service\"
";

#[test]
fn a_row_is_the_person_that_it_could_be_in_the_scenario() {
    let from = "agents-from = \"people/r.csv\"";
    let wanted = model("", WRITTEN, "");
    let rows = "\
name,group,location,phone,preferred,peer,disaster-recovery.timeout,warm-standby.retry-delay
Anna B,sales,tower,hard,X,Y,20,\"10,30\"
\"ben \"\"bo\"\" x\",service,,,,,,
";
    assert_eq!(model(from, "", rows), wanted);
    let other = rows.replace("\"10,30\"", "10|30").replace(',', ";").replace("10|30", "\"10,30\"");
    assert_eq!(
        model(from, "", &format!("\u{feff}# a note\r\n{}", other.replace('\n', "\r\n"))),
        wanted
    );
    let keys = format!(
        "{from}\nagents-columns = [\"name=Who\", \"disaster-recovery.peer-site = B\", \"agent-group=T\"]\n\
         agents-ignored = [\"Mail\"]"
    );
    let rows = "\
T\tMail\tWho\tlocation\tphone\tpreferred\tB\tdisaster-recovery.timeout\twarm-standby.retry-delay
sales\ta@b\tAnna B\ttower\thard\tX\tY\t20\t10,30
service\t\tben \"bo\" x\t\t\t\t\t\t
";
    assert_eq!(model(&keys, "", rows), wanted);
}

fn said(keys: &str, roster: &str) -> String {
    let (source, loaded) = loaded(keys, "", roster);
    let found = loaded.diagnostics.iter().map(|found| found.render(&source, false));
    found.collect::<Vec<_>>().join("\n")
}

#[test]
fn mistakes_stand_in_the_file_that_has_them() {
    let from = "agents-from = \"people/r.csv\"";
    let told = said(from, "name,group\nben,sales\nzoe,sales\n");
    let wanted = "\
error[S011]: the person `zoe` is declared twice
  --> dir/people/r.csv:3:1
   |
 3 | zoe,sales
   | ^^^ again
   |
  ::: dir/t.toml:19:9
   |
19 | [person.zoe]
   |         --- first";
    assert_eq!(told, wanted);
    let (source, loaded) = loaded(from, "", "name,group\nben,sales\nzoe,sales\n");
    let json = serde_json::to_value(loaded.diagnostics[0].to_json(&source)).unwrap();
    let place = (&json["file"], &json["line"], &json["start"]);
    assert_eq!(place, (&"dir/people/r.csv".into(), &3.into(), &21.into()));
    assert_eq!(json["related"][0]["other_file"], "dir/t.toml");
}

#[test]
fn cells_are_what_values_of_a_person_are() {
    let rows = "name,group,location,disaster-recovery.peer-site\nben,sals,cellar,Y\n,sales,hall,Y\ncarl,sales\n";
    let told = said("agents-from = \"people/r.csv\"", rows);
    let first: Vec<&str> = told.lines().filter(|line| line.starts_with("error")).collect();
    assert_eq!(
        first,
        [
            "error[S010]: there is no agent-group `sals`",
            "error[S010]: there is no location `cellar`",
            "error[S015]: a row has no name",
            "error[S015]: a row does not fit the header",
        ]
    );
    assert_eq!(told.matches("--> dir/people/r.csv:2:10").count(), 1, "{told}");
}

#[test]
fn many_mistakes_of_a_roster_are_counted() {
    let rows: String = (0..120).map(|n| format!("a{n},sals\n")).collect();
    let told = said("agents-from = \"people/r.csv\"", &format!("name,group\n{rows}"));
    assert_eq!(told.matches("there is no agent-group `sals`").count(), 50);
    assert!(told.contains("error[S015]: `people/r.csv` has 70 more mistakes"), "{told}");
}

#[test]
fn what_cannot_be_read_is_said_where_it_is_named() {
    for (keys, roster, wanted) in [
        ("agents-from = \"r.csv\"", "", "the file `r.csv` cannot be read"),
        ("agents-from = \"people/r.csv\"", "", "the file `people/r.csv` has no rows"),
        ("agents-from = \"people/r.csv\"", "name\n", "the file `people/r.csv` has no rows"),
        ("agents-from = \"people/r.csv\"", "name\n\"a\n", "a quote is never closed"),
        ("agents-ignored = [\"x\"]", "", "`agents-ignored` does nothing without `agents-from`"),
        (
            "agents-columns = [\"name=x\"]",
            "",
            "`agents-columns` does nothing without `agents-from`",
        ),
    ] {
        assert!(said(keys, roster).contains(wanted), "{}", said(keys, roster));
    }
}
