//! The page of `serve` clicked through: a slider moved, a mistake typed, the scenario saved, the report
//! downloaded, the program ended while the page is open.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Browser;
use super::report::{axe, barriers};
use crate::cli::program::Place;
use crate::serve::{SMALL, Served, random};

/// Waits until an expression is true in the page.
#[track_caller]
pub fn until(browser: &Browser, expression: &str) {
    let began = Instant::now();
    while browser.value(expression) != Value::Bool(true) {
        let state = browser.value("document.body.innerText");
        assert!(began.elapsed() < Duration::from_secs(30), "{expression}: {state}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

pub fn scheme(browser: &Browser, name: &str) {
    let feature = json!({ "features": [{ "name": "prefers-color-scheme", "value": name }] });
    browser.tell("Emulation.setEmulatedMedia", &feature);
}

pub const READY: &str =
    "document.getElementById('state').textContent.includes('Nothing more is being')";
const FRESH: &str = "!document.getElementById('several').classList.contains('old')";
const FACT: &str = "document.querySelector('#one .fact').textContent";
pub const TIMEOUT: &str =
    "[data-path=\"application.interaction-workspace.disaster-recovery.timeout\"] input[type=range]";

/// A value that somebody gives an element, with the event that says so.
pub fn give(browser: &Browser, selector: &str, value: &str) {
    let script = format!(
        "((one) => {{ one.value = {}; one.dispatchEvent(new Event('input', {{ bubbles: true }})); }})(document.querySelector({}))",
        json!(value),
        json!(selector)
    );
    browser.value(&script);
}

/// No barrier, and charts on a ground of their own.
fn in_light_and_in_dark(browser: &Browser) {
    let axe = axe();
    for name in ["light", "dark"] {
        scheme(browser, name);
        let found = axe.as_deref().map_or_else(Vec::new, |axe| barriers(browser, axe));
        assert!(found.is_empty(), "{name}: {found:#?}");
        let ground = "getComputedStyle(document.querySelector('.chart svg rect')).fill";
        let light = browser.value(ground) == "rgb(255, 255, 255)";
        assert_eq!(light, name == "light", "the charts' ground: {}", browser.value(ground));
    }
}

#[test]
fn the_page_answers_saves_exports_and_ends() {
    let Some(browser) = Browser::online() else { return };
    let place = Place::in_memory();
    place.write("s.toml", SMALL);
    let served = Served::start(&place, &["s.toml"]);
    let down = json!({ "behavior": "allow", "downloadPath": place.path() });
    browser.tell("Page.setDownloadBehavior", &down);
    browser.visit(&served.url());
    until(&browser, READY);
    let before = browser.value(FACT);
    assert!(before.as_str().unwrap().contains("3 agents were in service for"), "{before}");

    in_light_and_in_dark(&browser);

    give(&browser, TIMEOUT, "120");
    until(&browser, &format!("{FACT} !== {before}"));
    let text = "document.getElementById('text').value";
    let moved = browser.value(text);
    assert_eq!(moved.as_str(), Some(&*SMALL.replace("timeout = 60", "timeout = 120")));
    assert_eq!(browser.value("document.querySelectorAll('.dial.moved').length"), 1);
    until(&browser, READY);
    browser.click("#compare");
    until(&browser, "document.getElementById('compared').textContent.includes('95 % interval')");

    give(&browser, "#text", &SMALL.replace("agents = 3", "agents = 3\nagents = 4"));
    until(&browser, "document.querySelector('#findings li.error') !== null");
    assert_eq!(browser.value("document.querySelector('#lines b.error').textContent"), "13");
    let finding = browser.value("document.querySelector('#findings').textContent");
    assert!(finding.as_str().unwrap().contains("line 13: "), "{finding}");
    assert_eq!(browser.value("document.querySelectorAll('#one svg').length > 1"), true);

    give(&browser, "#text", moved.as_str().unwrap());
    until(&browser, "document.querySelector('#findings li.error') === null");
    until(&browser, READY);
    browser.click("#save");
    until(&browser, "document.getElementById('said').textContent === 'Saved.'");
    assert_eq!(Some(&*place.read("s.toml")), moved.as_str());
    browser.click("#export");
    until(&browser, "document.getElementById('said').textContent.includes('downloaded')");
    let began = Instant::now();
    while !place.path().join("report.html").exists() && began.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(place.read("report.html").contains("<title>What does the cut cost?</title>"));

    let outside: Vec<String> = browser.requests();
    let own = format!("http://127.0.0.1:{}/", served.port);
    let outside = outside.iter().filter(|url| !url.starts_with(&own));
    let outside: Vec<_> =
        outside.filter(|url| !url.starts_with("blob:http://127") && *url != "data:,").collect();
    assert!(outside.is_empty(), "{outside:?}");
    assert_eq!(browser.complaints(), Vec::<String>::new());
    #[cfg(unix)]
    assert_eq!(served.signalled("-INT"), Some(130));
}

/// The answer is made again under the hands of somebody who reads it.
#[test]
fn an_answer_that_grows_disturbs_nobody() {
    let Some(browser) = Browser::online() else { return };
    let place = Place::in_memory();
    place.write("s.toml", &random(50_000));
    let served = Served::start(&place, &["s.toml"]);
    browser.visit(&served.url());
    let title = "document.querySelector('#several h3')?.textContent";
    until(&browser, &format!("({title} ?? '').includes('so far')"));
    let held = "const own = document.querySelector('#several .fact a'); own.focus();
        own.scrollIntoView({ block: 'center' }); text.setSelectionRange(3, 9);
        window.kept = own; window.words = document.querySelector('#several .fact').textContent;
        window.chart = document.querySelector('#several svg').outerHTML; return true;";
    browser.value(&format!("(() => {{ const text = document.getElementById('text'); {held} }})()"));
    std::thread::sleep(Duration::from_millis(100));
    let (top, before) = (browser.value("window.scrollY"), browser.value(title));
    until(&browser, &format!("{title} !== {before}"));
    until(&browser, "document.querySelector('#several .fact').textContent !== window.words");
    until(&browser, "document.querySelector('#several svg').outerHTML !== window.chart");
    assert_eq!(browser.value("document.activeElement === window.kept"), true, "the focus stays");
    assert_eq!(browser.value("window.scrollY"), top, "nothing jumps");
    let text = "(({ selectionStart, selectionEnd, value }) => [selectionStart, selectionEnd, value])(document.getElementById('text'))";
    assert_eq!(browser.value(text), json!([3, 9, random(50_000)]), "the editor is left alone");

    let open = "document.querySelector('#one details').open";
    browser.click("#one summary");
    assert_eq!(browser.value(open), true);
    give(&browser, TIMEOUT, "120");
    until(&browser, "document.getElementById('several').classList.contains('old')");
    assert_eq!(browser.value(open), true, "an open table stays open");
    until(&browser, &format!("({title} ?? '').includes('so far') && {}", FRESH));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
