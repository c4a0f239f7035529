//! The program while it serves, and a client that speaks plain HTTP/1.0 over a TCP connection, so that
//! a test may send what no browser would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::cli::program::Place;

/// The program; it ends when this is dropped.
pub struct Served {
    pub child: Child,
    pub port: u16,
    pub token: String,
}

/// A reply.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: String,
}

/// What a page was given.
pub struct Page {
    /// The text of the scenario.
    pub text: String,
    /// The digest of its file.
    pub known: String,
}

impl Served {
    /// Starts it in a place and waits for its address.
    pub fn start(place: &Place, arguments: &[&str]) -> Self {
        let mut command = place.command(&[&["serve"], arguments].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let rest = line.trim().strip_prefix("http://127.0.0.1:");
        let (port, token) = rest.and_then(|rest| rest.split_once("/?token=")).expect(&line);
        Self { port: port.parse().unwrap(), token: token.to_owned(), child }
    }

    /// The address that it printed.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}/?token={}", self.port, self.token)
    }

    /// A connection on which something was sent.
    pub fn sent(&self, bytes: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        // Who is refused early may find the connection closed.
        let _ = stream.write_all(bytes);
        stream
    }

    /// The reply to these bytes.
    pub fn raw(&self, bytes: &[u8]) -> Reply {
        let mut all = Vec::new();
        let _ = self.sent(bytes).read_to_end(&mut all);
        let all = String::from_utf8_lossy(&all).into_owned();
        let (head, body) = all.split_once("\r\n\r\n").unwrap_or((&all, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Reply { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// The bytes of a request with these headers.
    pub fn request(&self, line: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
        let headers = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n"));
        let headers: String = headers.collect();
        format!("{line} HTTP/1.0\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len())
            .into_bytes()
    }

    /// The bytes of a request as the page makes it.
    pub fn own(&self, path: &str, body: &Value) -> Vec<u8> {
        self.from("one", path, body)
    }

    /// The same of another page.
    pub fn from(&self, page: &str, path: &str, body: &Value) -> Vec<u8> {
        let host = format!("127.0.0.1:{}", self.port);
        let origin = format!("http://{host}");
        let headers = [
            ("Host", host.as_str()),
            ("Origin", &origin),
            ("Content-Type", "application/json"),
            ("X-Switchover-Token", &self.token),
            ("X-Switchover-Page", page),
        ];
        self.request(&format!("POST {path}"), &headers, &body.to_string())
    }

    /// The page, loaded now.
    pub fn page(&self) -> Page {
        let host = format!("127.0.0.1:{}", self.port);
        let line = format!("GET /?token={}", self.token);
        let reply = self.raw(&self.request(&line, &[("Host", &host)], ""));
        let between = |begin: &str, end: &str| {
            let (_, rest) = reply.body.split_once(begin).expect(begin);
            rest.split_once(end).expect(end).0.to_owned()
        };
        let text = between("<textarea", "</textarea>").split_once(">\n").unwrap().1.to_owned();
        let text = text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
        Page { text: text.replace("&amp;", "&"), known: between("data-known=\"", "\"") }
    }

    /// The reply to a request as the page makes it.
    pub fn post(&self, path: &str, body: &Value) -> Reply {
        self.raw(&self.own(path, body))
    }

    /// All events of an answer to a text.
    pub fn answer(&self, text: &str, set: &[(&str, &str)]) -> Vec<(String, Value)> {
        self.post("/answer", &json!({ "text": text, "set": set })).events()
    }

    /// Ends it with a signal, and gives its exit code.
    #[cfg(unix)]
    pub fn signalled(mut self, name: &str) -> Option<i32> {
        let id = self.child.id().to_string();
        std::process::Command::new("kill").args([name, &id]).status().unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Reply {
    /// The server-sent events in it.
    pub fn events(&self) -> Vec<(String, Value)> {
        assert_eq!(self.status, 200, "{self:?}");
        let blocks = self.body.split("\n\n").filter(|block| !block.trim().is_empty());
        let one = |block: &str| {
            let (name, data) = block.trim().split_once('\n').expect(block);
            let name = name.strip_prefix("event: ").expect(block).to_owned();
            (name, serde_json::from_str(data.strip_prefix("data: ").expect(block)).expect(block))
        };
        blocks.map(one).collect()
    }
}

/// The data of the first event of that name.
#[track_caller]
pub fn event<'e>(events: &'e [(String, Value)], name: &str) -> &'e Value {
    let found = events.iter().find(|(own, _)| own == name);
    let names: Vec<&String> = events.iter().map(|(name, _)| name).collect();
    &found.unwrap_or_else(|| panic!("no {name} in {names:?}")).1
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
