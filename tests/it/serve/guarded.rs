//! Only the page that the program itself serves may ask; and whatever is sent, the program goes on.

use serde_json::json;

use super::client::event;
use super::{SMALL, Served};
use crate::cli::program::Place;

/// The line of a request, its headers, the status of the reply.
type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], u16);

#[test]
fn foreign_hosts_origins_and_secrets_are_refused() {
    let place = Place::in_memory();
    let served = Served::start(&place, &[]);
    let port = served.port;
    let (here, name) = (format!("127.0.0.1:{port}"), format!("localhost:{port}"));
    let own = format!("http://{here}");
    let page = format!("GET /?token={}", served.token);
    let other = format!("GET /?token={}", "0".repeat(served.token.len()));
    let foreign = format!("evil.example:{port}");
    let cases: [Case<'_>; 14] = [
        (&page, &[("Host", &here)], 200),
        (&page, &[("Host", &name)], 200),
        (&page, &[], 421),
        (&page, &[("Host", &foreign)], 421),
        (&page, &[("Host", "127.0.0.1")], 421),
        (&page, &[("Host", "127.0.0.1:1")], 421),
        (&page, &[("Host", &here), ("Host", &foreign)], 421),
        (&page, &[("Host", &here), ("Origin", "http://evil.example")], 403),
        (&page, &[("Host", &here), ("Origin", "null")], 403),
        ("GET /", &[("Host", &here)], 403),
        (&other, &[("Host", &here)], 403),
        ("POST /save", &[("Host", &here), ("Origin", &own)], 403),
        ("POST /save", &[("Host", &here), ("X-Switchover-Token", "x")], 403),
        ("POST /save", &[("Host", &foreign), ("X-Switchover-Token", &served.token)], 421),
    ];
    for (line, headers, status) in cases {
        let reply = served.raw(&served.request(line, headers, ""));
        assert_eq!(reply.status, status, "{line} {headers:?}: {reply:?}");
        let head = reply.head.to_ascii_lowercase();
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self'",
            "x-content-type-options: nosniff",
            "cache-control: no-store",
            "referrer-policy: no-referrer",
        ] {
            assert!(head.contains(header), "{header} in {head}");
        }
        assert!(!head.contains("access-control-allow"), "{head}");
    }
}

#[test]
fn every_start_has_another_secret() {
    let place = Place::in_memory();
    let (one, other) = (Served::start(&place, &[]), Served::start(&place, &[]));
    assert_eq!((one.token.len(), other.token.len()), (32, 32));
    assert_ne!(one.token, other.token);
    assert_ne!(one.port, other.port, "a free port is chosen");
}

#[test]
fn garbage_is_refused_and_the_program_goes_on() {
    let place = Place::in_memory();
    let served = Served::start(&place, &[]);
    let host = format!("127.0.0.1:{}", served.port);
    let headers = [
        ("Host", host.as_str()),
        ("Content-Type", "application/json"),
        ("X-Switchover-Token", &served.token),
    ];
    for (path, body, status) in [
        ("/answer", "{", 400),
        ("/answer", "[1, 2]", 422),
        ("/answer", "{\"text\": 5}", 422),
        ("/answer", "\u{0}\u{1}", 400),
        ("/report", "{\"text\": \"horizon = \"}", 422),
        ("/report", "{\"text\": \"horizon = 5\"}", 422),
        ("/save", "{\"text\": \"\"}", 422),
        ("/save", "{\"text\": \"\", \"known\": \"\"}", 422),
        ("/nowhere", "{}", 404),
        ("/explorer.js", "{}", 405),
    ] {
        let reply = served.raw(&served.request(&format!("POST {path}"), &headers, body));
        assert_eq!(reply.status, status, "{path} {body}: {reply:?}");
    }
    let large = format!(
        "POST /answer HTTP/1.0\r\nHost: {host}\r\nX-Switchover-Token: {}\r\n\
        Content-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n",
        served.token
    );
    assert_eq!(served.raw(large.as_bytes()).status, 413);
    for bytes in [&b"\xff\xfe\x00\r\n\r\n"[..], b"GET\r\n\r\n"] {
        assert!([0, 400].contains(&served.raw(bytes).status));
    }
    let refused = served.answer(SMALL, &[("no.such..path", "1")]);
    let message = event(&refused, "refused")["message"].as_str().unwrap().to_owned();
    assert!(message.contains("a part of the path"), "{message}");
    assert_eq!(served.post("/answer", &json!({ "text": "\u{0}\u{feff}[" })).status, 200);
    event(&served.answer(SMALL, &[]), "run");
}
