//! What leaves the page: the scenario saved where it came from, the report downloaded.

use serde_json::json;

use super::{SMALL, Served};
use crate::cli::program::Place;

#[test]
fn a_scenario_is_saved_unless_somebody_else_changed_it() {
    let place = Place::in_memory();
    let path = place.write("s.toml", SMALL);
    let served = Served::start(&place, &["s.toml"]);
    let edited = SMALL.replace("timeout = 60", "timeout = 25");
    let reply = served.post("/save", &json!({ "text": edited }));
    assert_eq!((reply.status, reply.body.as_str()), (200, "Saved."));
    assert_eq!(place.read("s.toml"), edited);
    assert_eq!(served.post("/save", &json!({ "text": SMALL })).status, 200, "and again");
    assert_eq!(place.files(), ["s.toml"], "nothing is left beside it");

    std::fs::write(&path, "# mine\n").unwrap();
    let reply = served.post("/save", &json!({ "text": edited }));
    let why = "s.toml was changed by somebody else and is left as it is; copy your text and open it again";
    assert_eq!((reply.status, reply.body.as_str()), (409, why));
    assert_eq!(place.read("s.toml"), "# mine\n");
    std::fs::remove_file(&path).unwrap();
    assert_eq!(served.post("/save", &json!({ "text": edited })).status, 409, "also if it is gone");
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
    assert_eq!(served.post("/save", &json!({ "text": edited })).status, 200);
    assert_eq!(place.read("s.toml"), edited.replace('\n', "\r\n"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn without_a_file_nothing_is_written() {
    let place = Place::in_memory();
    let served = Served::start(&place, &[]);
    let reply = served.post("/save", &json!({ "text": SMALL }));
    let why = "the scenario has no file on this machine";
    assert_eq!((reply.status, reply.body.as_str()), (422, why));
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
