//! A browser that is driven by the WebDriver protocol: as much of it as the tests of the report need.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// How Chromium is started: without a window, and without anything that it would do by itself.
const ARGUMENTS: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-prefers-reduced-motion",
];

/// A browser; it ends when this is dropped.
pub struct Browser {
    driver: Child,
    session: String,
}

impl Browser {
    /// Starts a browser with its network off; `None`, with a message, where there is none.
    pub fn start(script: bool) -> Option<Self> {
        let browser = Self::begin(script)?;
        let off = json!({ "offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0 });
        browser.tell("Network.emulateNetworkConditions", &off);
        Some(browser)
    }

    /// Starts a browser that may talk to this machine; `None`, with a message, where there is none.
    pub fn online() -> Option<Self> {
        Self::begin(true)
    }

    fn begin(script: bool) -> Option<Self> {
        let mut command = Command::new("chromedriver");
        command.arg("--port=0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let Ok(mut driver) = command.spawn() else {
            eprintln!("skipped: there is no chromedriver on this machine");
            return None;
        };
        let lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let mut lines = lines.map_while(Result::ok);
        let started = lines.find(|line| line.contains("started successfully on port")).unwrap();
        let port: u16 = started.rsplit(' ').next().unwrap().trim_end_matches('.').parse().unwrap();
        let driver_url = format!("http://127.0.0.1:{port}");
        let options = json!({
            "args": ARGUMENTS,
            "prefs": { "profile.managed_default_content_settings.javascript": if script { 1 } else { 2 } },
        });
        let asked = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": options,
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        } } });
        let answer = request(&driver_url, "/session", Some(&asked));
        let Some(id) = answer["sessionId"].as_str() else {
            eprintln!("skipped: chromedriver starts no browser here: {answer}");
            let _ = driver.kill();
            return None;
        };
        Some(Self { session: format!("{driver_url}/session/{id}"), driver })
    }

    /// Opens a file.
    pub fn open(&self, path: &Path) {
        let url = format!("file://{}", path.display());
        assert!(self.post("/url", &json!({ "url": url })).is_null());
    }

    /// Opens an address.
    pub fn visit(&self, url: &str) {
        assert!(self.post("/url", &json!({ "url": url })).is_null());
    }

    /// Says something to the browser in its own protocol.
    pub fn tell(&self, command: &str, parameters: &Value) {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }));
    }

    /// The value of an expression in the page.
    pub fn value(&self, expression: &str) -> Value {
        let script = format!("return ({expression});");
        self.post("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// What a script passes on to its last argument.
    pub fn awaited(&self, script: &str) -> Value {
        self.post("/execute/async", &json!({ "script": script, "args": [] }))
    }

    /// Clicks the first element that a selector finds.
    pub fn click(&self, selector: &str) {
        let found = self.post("/element", &json!({ "using": "css selector", "value": selector }));
        let id = found.as_object().and_then(|found| found.values().next()?.as_str());
        let id = id.unwrap_or_else(|| panic!("{selector}: {found}"));
        let answer = self.post(&format!("/element/{id}/click"), &json!({}));
        assert!(answer.is_null(), "{selector}: {answer}");
    }

    /// Presses a key, as the protocol names it: what it types, or a private character.
    pub fn press(&self, key: &str) {
        let actions =
            json!([{ "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }]);
        let keyboard = json!([{ "type": "key", "id": "keyboard", "actions": actions }]);
        let answer = self.post("/actions", &json!({ "actions": keyboard }));
        assert!(answer.is_null(), "{key}: {answer}");
    }

    /// Everything in the console that is an error or a warning.
    pub fn complaints(&self) -> Vec<String> {
        let log = self.post("/se/log", &json!({ "type": "browser" }));
        let entries = log.as_array().expect("a log").iter();
        let bad = entries.filter(|entry| entry["level"] == "SEVERE" || entry["level"] == "WARNING");
        bad.map(|entry| entry["message"].to_string()).collect()
    }

    /// The addresses that were asked for since the last look.
    pub fn requests(&self) -> Vec<String> {
        let log = self.post("/se/log", &json!({ "type": "performance" }));
        let entries = log.as_array().expect("a log").iter();
        let read = |entry: &Value| {
            let message: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let message = &message["message"];
            let sent = message["method"] == "Network.requestWillBeSent";
            sent.then(|| message["params"]["request"]["url"].as_str().map(str::to_owned)).flatten()
        };
        entries.filter_map(read).collect()
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        request(&self.session, path, Some(body))
    }
}

/// What a driver answers.
fn request(base: &str, path: &str, body: Option<&Value>) -> Value {
    let asked =
        minreq::post(format!("{base}{path}")).with_timeout(Duration::from_secs(60).as_secs());
    let asked = match body {
        Some(body) => asked.with_json(body).expect("JSON"),
        None => asked,
    };
    let answer = asked.send().unwrap_or_else(|error| panic!("{path}: {error}"));
    let answer: Value = answer.json().unwrap_or_else(|error| panic!("{path}: {error}"));
    answer["value"].clone()
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = minreq::delete(&self.session).with_timeout(10).send();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
