//! What leaves the page: the scenario saved where it came from, the report downloaded.

use serde_json::{Value, json};

use super::{SMALL, Served};
use crate::cli::program::Place;

/// Saves a text on a page that knows the file by this digest; the status and the digest it has now,
/// or why it was not saved.
fn save(served: &Served, text: &str, known: &str) -> (u16, String) {
    let reply = served.post("/save", &json!({ "text": text, "known": known }));
    let found: Result<Value, _> = serde_json::from_str(&reply.body);
    let known = found.ok().and_then(|found| found["known"].as_str().map(str::to_owned));
    (reply.status, known.unwrap_or(reply.body))
}

#[test]
fn a_scenario_is_saved_unless_it_is_not_what_the_page_read() {
    let place = Place::in_memory();
    let path = place.write("s.toml", SMALL);
    let served = Served::start(&place, &["s.toml"]);
    let edited = SMALL.replace("timeout = 60", "timeout = 25");
    let (one, other) = (served.page(), served.page());
    assert_eq!((one.text.as_str(), &one.known), (SMALL, &other.known));
    let (status, known) = save(&served, &edited, &one.known);
    assert_eq!((status, place.read("s.toml")), (200, edited.clone()));
    let (status, known) = save(&served, SMALL, &known);
    assert_eq!((status, place.read("s.toml")), (200, SMALL.to_owned()), "and again");
    save(&served, &edited, &known);
    assert_eq!(place.files(), ["s.toml"], "nothing is left beside it");

    let why = "s.toml is not what it was when this page read it, and is left as it is; copy your text and reload the page";
    assert_eq!(save(&served, "", &other.known), (409, why.to_owned()), "the other page is older");
    assert_eq!(place.read("s.toml"), edited);
    std::fs::write(&path, "# mine\n").unwrap();
    assert_eq!(save(&served, &edited, &known), (409, why.to_owned()));
    assert_eq!(place.read("s.toml"), "# mine\n");
    let fresh = served.page();
    assert_eq!(fresh.text, "# mine\n", "a page that is loaded again has the file as it is");
    assert_eq!(save(&served, "# ours\n", &fresh.known).0, 200);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(save(&served, &edited, &fresh.known).0, 409, "also if it is gone");
    assert!(place.files().is_empty());
}

#[test]
fn line_ends_and_permissions_stay() {
    let place = Place::in_memory();
    let path = place.write("s.toml", &SMALL.replace('\n', "\r\n"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    let served = Served::start(&place, &["s.toml"]);
    let edited = SMALL.replace("timeout = 60", "timeout = 25");
    let page = served.page();
    assert_eq!(page.text, SMALL, "the page has line feeds only");
    assert_eq!(save(&served, &edited, &page.known).0, 200);
    assert_eq!(place.read("s.toml"), edited.replace('\n', "\r\n"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn a_file_that_may_not_be_written_is_left_as_it_is() {
    let place = Place::in_memory();
    let path = place.write("my s.toml", SMALL);
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let served = Served::start(&place, &["my s.toml"]);
    let why = "my s.toml is read-only and is left as it is; copy your text";
    assert_eq!(save(&served, "# new\n", &served.page().known), (422, why.to_owned()));
    assert_eq!(place.read("my s.toml"), SMALL);
}

#[test]
fn without_a_file_nothing_is_written() {
    let place = Place::in_memory();
    let served = Served::start(&place, &[]);
    let why = "the scenario has no file on this machine";
    assert_eq!(save(&served, SMALL, ""), (422, why.to_owned()));
    assert!(place.files().is_empty());
}

#[test]
fn the_report_is_that_of_run() {
    let many = SMALL.to_owned() + "[experiment]\nreplications = 5\n";
    for text in [SMALL, &many] {
        let place = Place::in_memory();
        place.write("s.toml", text);
        let served = Served::start(&place, &["s.toml"]);
        place.run(&["run", "s.toml", "--out", "out", "--report", "--quiet"]).expect(0);
        let reply = served.post("/report", &json!({ "text": text }));
        assert_eq!(reply.status, 200, "{}", reply.head);
        assert!(reply.head.contains("attachment; filename=\"report.html\""), "{}", reply.head);
        assert!(reply.body == place.read("out/report.html"), "the same bytes");
    }
}
