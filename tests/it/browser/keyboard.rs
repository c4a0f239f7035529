//! The page of `serve` without a mouse: the order of the stops, a focus that is seen, sliders and buttons
//! by their keys, and what a screen reader is given to speak.

use serde_json::json;

use super::Browser;
use super::explorer::{READY, until};
use crate::cli::program::Place;
use crate::serve::{SMALL, Served, random};

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const RIGHT: &str = "\u{e014}";
const LEFT: &str = "\u{e012}";

/// What is moved.
const TIMED: &str = "application.interaction-workspace.disaster-recovery.timeout";

/// The name of what has the focus.
const FOCUS: &str = "((one) => one.getAttribute('aria-label') || one.id || one.textContent.trim())\
                     (document.activeElement)";

/// Whether the focus is seen.
const SEEN: &str = "((style) => style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2)\
                    (getComputedStyle(document.activeElement))";

/// Presses Tab this often; what has the focus each time.
fn tabs(browser: &Browser, number: usize) -> Vec<String> {
    let next = |_| {
        browser.press(TAB);
        let name = browser.value(FOCUS).as_str().unwrap().to_owned();
        assert_eq!(browser.value(SEEN), true, "the focus on {name} is seen");
        name
    };
    (0..number).map(next).collect()
}

/// The page on a scenario of its own.
fn open(browser: &Browser, place: &Place) -> Served {
    place.write("s.toml", SMALL);
    let served = Served::start(place, &["s.toml"]);
    browser.visit(&served.url());
    until(browser, READY);
    served
}

#[test]
fn everything_is_reached_in_the_order_of_the_page() {
    let Some(browser) = Browser::online() else { return };
    let place = Place::in_memory();
    let _served = open(&browser, &place);
    let stops = tabs(&browser, 12);
    let (slider, field) = (format!("Slider of {TIMED}"), format!("Value of {TIMED}"));
    let wanted = [
        "Skip to the text of the scenario",
        "Skip to the answer",
        "save",
        "compare",
        "export",
        &slider,
        &field,
        "Values at their defaults",
        "text",
    ];
    assert_eq!(stops[..9], wanted);
    assert!(stops[9].starts_with("warning V38, line 7: "), "{stops:?}");
    assert!(stops[10].starts_with("info V44, line 8: "), "{stops:?}");
    let inside = browser.value("document.activeElement.closest('#answer') !== null");
    assert_eq!(inside, true, "{stops:?}");
}

#[test]
fn sliders_and_buttons_obey_their_keys() {
    let Some(browser) = Browser::online() else { return };
    let place = Place::in_memory();
    let _served = open(&browser, &place);
    let (slider, field) = (format!("Slider of {TIMED}"), format!("Value of {TIMED}"));
    browser.value("document.querySelector('.dial input').focus()");
    browser.press(RIGHT);
    until(&browser, "document.querySelectorAll('.dial.moved').length === 1");
    let step = browser.value("Number(document.activeElement.step)").as_f64().unwrap();
    let value = "document.querySelector('.dial input[type=text]').value";
    assert_eq!(browser.value(value), json!((60.0 + step).to_string()));
    let spoken = browser.value("document.activeElement.getAttribute('aria-valuetext')");
    assert_eq!(spoken, json!(format!("{} s", 60.0 + step)));
    assert_eq!(browser.value(FOCUS), json!(slider), "the focus stays on the slider");
    assert_eq!(tabs(&browser, 2)[1], format!("Reset {TIMED} to its value today"));
    browser.press(" ");
    assert_eq!(
        browser.value(FOCUS),
        json!(field),
        "the button that is disabled gives the focus on"
    );
    until(&browser, "document.querySelectorAll('.dial.moved').length === 0");
    browser.value("document.querySelector('.dial input').focus()");
    browser.press(LEFT);
    until(&browser, "document.querySelectorAll('.dial.moved').length === 1");
    until(&browser, READY);

    browser.value("document.getElementById('compare').focus()");
    browser.press(" ");
    until(&browser, "document.getElementById('compared').textContent.includes('as edited')");
    browser.value("document.getElementById('save').focus()");
    browser.press(ENTER);
    until(&browser, "document.getElementById('said').textContent === 'Saved.'");
    let saved = SMALL.replace("timeout = 60", &format!("timeout = {}", 60.0 - step));
    assert_eq!(place.read("s.toml"), saved);
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

/// Numbers run by on the page; a screen reader speaks how it ended, and no number of them.
#[test]
fn a_screen_reader_is_not_flooded() {
    let Some(browser) = Browser::online() else { return };
    let place = Place::in_memory();
    place.write("s.toml", &random(2_000));
    let served = Served::start(&place, &["s.toml"]);
    browser.visit(&served.url());
    let watch = "(() => { window.spoken = []; window.seen = [];
        for (const one of document.querySelectorAll('[role=status]')) new MutationObserver(() => {
          window.spoken.push(one.textContent); }).observe(one, { childList: true, characterData: true, subtree: true });
        new MutationObserver(() => window.seen.push(1)).observe(document.getElementById('state'), { childList: true });
        return true; })()";
    browser.value(watch);
    until(&browser, READY);
    let spoken = browser.value("window.spoken");
    let spoken: Vec<&str> =
        spoken.as_array().unwrap().iter().filter_map(|one| one.as_str()).collect();
    assert!(spoken.len() <= 2, "the findings and the end: {spoken:?}");
    assert!(
        spoken.last().unwrap().starts_with("2,000 replications: downtime per agent"),
        "{spoken:?}"
    );
    assert!(browser.value("window.seen.length").as_u64() > Some(2), "more is seen than spoken");
    let loud = "document.querySelectorAll('[aria-live]:not([aria-live=off])').length";
    assert_eq!(browser.value(loud), 0, "a chart is read while it has the focus only");
}
