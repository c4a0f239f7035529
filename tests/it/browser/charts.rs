//! Charts of the report under a pointer and by keyboard: values, the cursor that charts share, switches,
//! and the whole page without a mouse.

use serde_json::{Value, json};
use tempfile::TempDir;

use super::Browser;
use crate::report::centre;
use crate::report::page::{committed, of_model, text};

/// A browser with the report of a run in it.
fn opened() -> Option<(Browser, TempDir)> {
    let browser = Browser::start(true)?;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    std::fs::write(&path, text(&[of_model(&centre(3, &[0, 1]))])).unwrap();
    browser.open(&path);
    Some((browser, folder))
}

/// Presses and releases a key.
fn press(browser: &Browser, key: &str) {
    let (code, text) = match key {
        "Tab" => (9, ""),
        "Enter" => (13, "\r"),
        " " => (32, " "),
        "Escape" => (27, ""),
        "End" => (35, ""),
        "Home" => (36, ""),
        "ArrowLeft" => (37, ""),
        "ArrowRight" => (39, ""),
        "ArrowDown" => (40, ""),
        other => panic!("no such key here: {other}"),
    };
    let event = |kind: &str, text: &str| json!({ "type": kind, "key": key, "windowsVirtualKeyCode": code, "text": text });
    browser.tell("Input.dispatchKeyEvent", &event("keyDown", text));
    browser.tell("Input.dispatchKeyEvent", &event("keyUp", ""));
}

fn number(browser: &Browser, what: &str) -> u64 {
    browser.value(&format!("document.querySelectorAll(\"{what}\").length")).as_u64().unwrap()
}

fn words(browser: &Browser, what: &str) -> String {
    let text = browser.value(&format!("document.querySelector(\"{what}\").textContent"));
    text.as_str().unwrap().to_owned()
}

#[test]
fn a_pointer_shows_values_and_the_same_moment_in_every_chart() {
    let Some((browser, _folder)) = opened() else { return };
    browser.value("document.querySelector('#in-service').scrollIntoView({ behavior: 'instant', block: 'center' })");
    // The middle of the plot that the first data table says.
    let at = "(() => {
        const table = document.querySelector('#in-service tbody[data-box]');
        const [left, top, right, bottom] = table.dataset.box.split(' ').map(Number);
        const matrix = document.querySelector('#in-service svg').getScreenCTM();
        return [matrix.e + matrix.a * (left + right) / 2, matrix.f + matrix.d * (top + bottom) / 2];
    })()";
    let at = browser.value(at);
    browser
        .tell("Input.dispatchMouseEvent", &json!({ "type": "mouseMoved", "x": at[0], "y": at[1] }));
    let said = words(&browser, "#in-service > .readout");
    // It is a row of the table: the last that begins before the middle.
    let row = "(() => {
        const table = document.querySelector('#in-service tbody[data-box]');
        const [from, to] = table.dataset.ends.split(' ').map(Number);
        const heads = Array.from(table.parentElement.querySelectorAll('thead th')).map((head) => head.textContent);
        const rows = Array.from(table.querySelectorAll('tr[data-x]')).filter((row) => Number(row.dataset.x) <= (from + to) / 2 + 1e-6);
        const cells = Array.from(rows.pop().cells).map((cell) => cell.textContent);
        return heads[0] + ' ' + cells[0] + ': ' + heads.slice(1).map((head, at) => head + ' ' + cells[at + 1]).join(', ');
    })()";
    assert_eq!(Value::from(said), browser.value(row));
    for chart in ["#in-service", "#moves", "#load"] {
        assert!(number(&browser, &format!("{chart} svg .cursor")) > 0, "{chart}");
        assert!(words(&browser, &format!("{chart} > .readout")).contains("time since"), "{chart}");
    }
    assert_eq!(number(&browser, "#lanes svg .cursor"), 1, "the timeline shows the moment, too");
    browser.tell("Input.dispatchMouseEvent", &json!({ "type": "mouseMoved", "x": 2, "y": 2 }));
    assert_eq!(number(&browser, "figure:not(#lanes) svg .cursor"), 0);
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

/// The committed report of a run that begins on a Monday at nine.
#[test]
fn the_timeline_says_local_times() {
    let Some(browser) = Browser::start(true) else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    std::fs::write(&path, text(&[committed("07-site-loss")])).unwrap();
    browser.open(&path);
    assert_eq!(words(&browser, "#lanes [data-axis]"), "time since the start, Mon 09:00");
    browser.click(".zoom button:nth-of-type(2)");
    assert_eq!(words(&browser, ".zoom .readout"), "T+0 = Mon 09:10 (10 min)");
    assert_eq!(words(&browser, "#lanes [data-axis]"), "time since T+0, Mon 09:10");
    browser.click(".zoom button:nth-of-type(1)");
    assert_eq!(words(&browser, "#lanes [data-axis]"), "time since the start, Mon 09:00");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn a_chart_is_read_and_switched_by_keyboard() {
    let Some((browser, _folder)) = opened() else { return };
    browser.value("document.querySelector('#in-service .chart').focus()");
    assert_eq!(
        browser.value("document.querySelector('#in-service > .readout').getAttribute('aria-live')"),
        "polite"
    );
    press(&browser, "ArrowRight");
    let first = words(&browser, "#in-service > .readout");
    press(&browser, "End");
    let last = words(&browser, "#in-service > .readout");
    assert!(
        first.contains("site-0 ") && last.contains("site-0 ") && first != last,
        "{first} {last}"
    );
    press(&browser, "ArrowLeft");
    press(&browser, "ArrowRight");
    assert_eq!(words(&browser, "#in-service > .readout"), last);
    press(&browser, "Escape");
    assert_eq!(words(&browser, "#in-service > .readout"), "");
    // The load has one plot above the other.
    browser.value("document.querySelector('#load .chart').focus()");
    press(&browser, "Home");
    let above = browser.value("document.querySelector('#load svg .cursor').getAttribute('y1')");
    press(&browser, "ArrowDown");
    let all = "Array.from(document.querySelectorAll('#load svg .cursor')).map((line) => line.getAttribute('y1'))";
    let below = browser.value(all);
    assert!(below.as_array().unwrap().iter().any(|y| *y != above), "{above} {below}");

    let shown =
        "getComputedStyle(document.querySelector('#in-service svg [data-series=\"1\"]')).display";
    assert_eq!(browser.value(shown), "inline");
    browser.value("document.querySelector('#in-service .toggles button:nth-of-type(2)').focus()");
    press(&browser, " ");
    assert_eq!(browser.value(shown), "none");
    let pressed = "document.activeElement.getAttribute('aria-pressed')";
    assert_eq!(browser.value(pressed), "false");
    press(&browser, "Enter");
    assert_eq!(browser.value(shown), "inline");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

/// Everything that can be used is reached with Tab, in order, and shows that it has the focus.
#[test]
fn the_page_is_used_without_a_mouse() {
    let Some((browser, _folder)) = opened() else { return };
    let usable = "Array.from(document.querySelectorAll('a[href], button, input, summary, [tabindex=\"0\"]'))
        .filter((one) => one.checkVisibility() && !(one.closest('details:not([open])') && one.tagName !== 'SUMMARY'))";
    let wanted = browser.value(&format!("({usable}).length")).as_u64().unwrap();
    assert!(wanted > 40, "{wanted}");
    browser.value(
        "(() => { window.reached = new Set(); window.hidden = []; document.body.focus(); })()",
    );
    let look = "(() => {
        const one = document.activeElement;
        const style = getComputedStyle(one);
        if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) window.hidden.push(one.outerHTML.slice(0, 80));
        window.reached.add(one);
        return one === document.body;
    })()";
    for _ in 0..wanted {
        press(&browser, "Tab");
        browser.value(look);
    }
    let missing = format!(
        "({usable}).filter((one) => !window.reached.has(one)).map((one) => one.outerHTML.slice(0, 80))"
    );
    assert_eq!(browser.value(&missing), json!([]));
    assert_eq!(browser.value("window.hidden"), json!([]), "the focus is seen");
    for chart in ["#lanes", "#durations", "#restores", "#in-service", "#moves", "#load"] {
        let reached = format!("window.reached.has(document.querySelector('{chart} .chart'))");
        assert_eq!(browser.value(&reached), true, "{chart}");
    }

    browser.value("document.querySelector('summary').focus()");
    press(&browser, "Enter");
    assert_eq!(browser.value("document.querySelector('details').open"), true);
    browser.value("document.querySelector('#show-keys').focus()");
    press(&browser, " ");
    assert_eq!(browser.value("document.body.classList.contains('keys')"), true);
    browser.value("document.querySelector('#open-tables').focus()");
    press(&browser, "Enter");
    assert_eq!(browser.value("document.querySelectorAll('details:not([open])').length"), 0);
    browser.value("document.querySelector('.zoom button:nth-of-type(2)').focus()");
    press(&browser, "Enter");
    assert_eq!(words(&browser, ".zoom .readout"), "T+0 = 10 min");
    let from = "document.querySelector('#lanes rect[data-from]').getAttribute('x')";
    browser.value("document.querySelector('#lanes .chart').focus()");
    let before = browser.value(from);
    press(&browser, "ArrowLeft");
    assert_ne!(browser.value(from), before, "arrows move the timeline");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn charts_are_dark_on_a_dark_screen_and_light_on_paper() {
    let Some((browser, _folder)) = opened() else { return };
    let ground = "getComputedStyle(document.querySelector('#moves svg > rect')).fill";
    let media = |media: &str, scheme: &str| {
        let scheme = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        let wanted = json!({ "media": media, "features": scheme });
        browser.tell("Emulation.setEmulatedMedia", &wanted);
        browser.value(ground)
    };
    assert_eq!(media("screen", "light"), "rgb(255, 255, 255)");
    assert_eq!(media("screen", "dark"), "rgb(32, 37, 43)");
    assert_eq!(media("print", "dark"), "rgb(255, 255, 255)");
}
