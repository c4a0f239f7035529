//! The charts of the page of `serve`: values, switches and the timeline's window, while the answer is made again.

use serde_json::Value;

use super::Browser;
use super::explorer::{TIMEOUT, give, until};
use crate::cli::program::Place;
use crate::serve::{Served, random};

/// The number of replications so far, as the heading says it.
const TITLE: &str = "document.querySelector('#several h3')?.textContent";

/// Waits until the answer was made of more replications.
fn more(browser: &Browser) {
    until(browser, &format!("({TITLE} ?? '').includes('so far')"));
    let before = browser.value(TITLE);
    until(browser, &format!("{TITLE} !== {before}"));
}

fn has_text(browser: &Browser, selector: &str) -> bool {
    let text = browser.value(&format!("document.querySelector('{selector}').textContent"));
    !text.as_str().unwrap().is_empty()
}

#[test]
fn charts_show_values_and_keep_what_was_chosen_while_the_answer_is_made_again() {
    let Some(browser) = Browser::online() else { return };
    let place = Place::in_memory();
    place.write("s.toml", &random(50_000));
    let served = Served::start(&place, &["s.toml"]);
    browser.visit(&served.url());
    until(&browser, "document.querySelector('#one-in-service .toggles button') !== null");
    until(&browser, "document.querySelector('#several-convergence .chart') !== null");

    browser.value("document.querySelector('#several-convergence .chart').focus()");
    let press =
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'End' }))";
    browser.value(press);
    let readout = "#several-convergence > .readout";
    assert!(has_text(&browser, readout), "a value is shown");
    browser.value("window.card = document.activeElement");
    more(&browser);
    assert!(has_text(&browser, readout), "it is still shown");
    assert_eq!(browser.value("document.activeElement === window.card"), true, "the focus stays");
    let cursors = "document.querySelectorAll('#several-convergence svg .cursor').length";
    assert_eq!(browser.value(cursors), 1);
    browser.value("document.activeElement.blur()");

    browser.click("#one-in-service .toggles button");
    let hidden = "document.querySelector('#one-in-service svg [data-series]').style.display";
    assert_eq!(browser.value(hidden), "none");
    browser.click("#one .zoom button:nth-of-type(2)");
    let zoomed = "document.querySelector('#one .zoom .readout').textContent.startsWith('T+0 = ')";
    assert_eq!(browser.value(zoomed), true);
    browser.value("window.toggle = document.querySelector('#one-in-service .toggles button')");
    more(&browser);
    assert_eq!(browser.value(zoomed), true, "the window stays");

    // The same faults come in the run with another timeout.
    give(&browser, TIMEOUT, "120");
    until(&browser, "document.getElementById('several').classList.contains('old')");
    until(&browser, "!document.getElementById('several').classList.contains('old')");
    assert_eq!(browser.value(hidden), "none", "what was switched off stays off");
    assert_eq!(browser.value(zoomed), true, "the window stays over another run");
    let same = "document.querySelector('#one-in-service .toggles button') === window.toggle";
    assert_eq!(browser.value(same), true, "a button stays where it is");
    let pressed =
        "document.querySelector('#one-in-service .toggles button').getAttribute('aria-pressed')";
    assert_eq!(browser.value(pressed), "false");
    assert_eq!(browser.value("document.querySelectorAll('#one .toggles').length > 0"), true);
    let twice = "document.querySelectorAll('#one-in-service > .readout').length";
    assert_eq!(browser.value(twice), Value::from(1));
    assert_eq!(browser.complaints(), Vec::<String>::new());
}
