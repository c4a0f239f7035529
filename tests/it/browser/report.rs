//! The report opened, clicked through, read without a script, on a phone, in the dark, on paper.

use std::path::PathBuf;

use serde_json::json;
use tempfile::TempDir;

use super::Browser;
use crate::bless::root;
use crate::report::page::{committed, of_model, text};
use crate::report::{centre, gallery};

/// Pages of every kind, on the disk.
struct Pages {
    _folder: TempDir,
    all: Vec<PathBuf>,
}

/// The first of them is a run with a site loss.
fn pages() -> Pages {
    let folder = tempfile::tempdir().unwrap();
    let mut folders = vec![vec![of_model(&centre(3, &[0, 1]))]];
    let names = ["17-year-with-bounds", "17-year-with-bounds-compare", "17-year-with-bounds-sweep"];
    folders.extend(names.map(|name| vec![committed(name)]));
    folders.push(names.map(committed).to_vec());
    let forty = gallery().into_iter().find(|(name, _)| *name == "forty sites in a year");
    folders.push(vec![of_model(&forty.unwrap().1)]);
    let write = |(at, folders): (usize, &Vec<_>)| {
        let path = folder.path().join(format!("{at}.html"));
        std::fs::write(&path, text(folders)).unwrap();
        path
    };
    let all = folders.iter().enumerate().map(write).collect();
    Pages { _folder: folder, all }
}

/// axe-core, which finds what keeps people from using a page: a file that is named by the environment,
/// or where `.ci/run` puts it.
pub fn axe() -> Option<String> {
    let own = root("target/axe/node_modules/axe-core/axe.min.js");
    let path = std::env::var_os("AXE_CORE").map_or(own, PathBuf::from);
    let script = std::fs::read_to_string(path).ok();
    if script.is_none() {
        eprintln!("skipped: axe-core is not here; AXE_CORE names its axe.min.js");
    }
    script
}

/// What axe-core finds serious or critical.
pub fn barriers(browser: &Browser, axe: &str) -> Vec<String> {
    let run = "const done = arguments[arguments.length - 1];
        axe.run(document).then((found) => done(found.violations
          .filter((one) => one.impact === 'serious' || one.impact === 'critical')
          .map((one) => one.id + ': ' + one.nodes[0].html + ' ' + one.nodes[0].failureSummary)));";
    let found = browser.awaited(&format!("{axe};{run}"));
    let found = found.as_array().unwrap_or_else(|| panic!("{found}"));
    found.iter().map(|one| one.as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_page_opens_without_network_error_or_barrier() {
    let Some(browser) = Browser::start(true) else { return };
    let (pages, axe) = (pages(), axe());
    for page in &pages.all {
        browser.requests();
        browser.open(page);
        let millis = "performance.getEntriesByType('navigation')[0].domComplete";
        assert!(browser.value(millis).as_f64() < Some(2_000.0), "{page:?} opens in two seconds");
        let outside: Vec<String> =
            browser.requests().into_iter().filter(|url| !url.starts_with("file://")).collect();
        assert!(outside.is_empty(), "{outside:?}");
        for scheme in ["light", "dark"] {
            let feature =
                json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
            browser.tell("Emulation.setEmulatedMedia", &feature);
            let found = axe.as_deref().map_or_else(Vec::new, |axe| barriers(&browser, axe));
            assert!(found.is_empty(), "{page:?} in {scheme}: {found:#?}");
        }
        assert_eq!(browser.complaints(), Vec::<String>::new(), "{page:?}");
    }
}

#[test]
fn the_script_zooms_opens_tables_and_shows_keys() {
    let Some(browser) = Browser::start(true) else { return };
    let pages = pages();
    browser.open(&pages.all[0]);
    let width = "document.querySelector('#lanes rect[data-from=\"600\"]').getAttribute('width')";
    let before: f64 = browser.value(width).as_str().unwrap().parse().unwrap();
    browser.click(".zoom button:nth-of-type(2)");
    let after: f64 = browser.value(width).as_str().unwrap().parse().unwrap();
    assert!(after > 3.0 * before, "the fault fills the window: {before} {after}");
    assert_eq!(browser.value("document.querySelector('.readout').textContent"), "T+0 = 10 min");
    let ticks = "Array.from(document.querySelectorAll('#lanes text[data-tick]')).map((t) => t.textContent).join(' | ')";
    let shown = browser.value(ticks);
    assert!(shown.as_str().unwrap().contains("T+0 | +"), "{shown}");
    assert_eq!(
        browser.value("document.querySelector('.zoom button').getAttribute('aria-pressed')"),
        "false"
    );
    browser.value("document.querySelector('#lanes .chart').dispatchEvent(new KeyboardEvent('keydown', { key: '0' }))");
    let whole: f64 = browser.value(width).as_str().unwrap().parse().unwrap();
    assert!((whole - before).abs() < 1.5, "0 shows the whole run again: {whole} {before}");

    assert_eq!(browser.value("document.querySelectorAll('details[open]').length"), 0);
    browser.click("#open-tables");
    assert_eq!(browser.value("document.querySelectorAll('details:not([open])').length"), 0);
    let key = "getComputedStyle(document.querySelector('#measures td.key')).display";
    assert_eq!(browser.value(key), "none");
    browser.click("#show-keys");
    assert_eq!(browser.value(key), "table-cell");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn without_a_script_everything_is_there() {
    let Some(browser) = Browser::start(false) else { return };
    let pages = pages();
    for page in &pages.all {
        browser.open(page);
        assert_eq!(
            browser.value(
                "document.querySelectorAll('.zoom:not([hidden]), .switches:not([hidden])').length"
            ),
            0
        );
        assert!(
            browser.value("document.querySelectorAll('svg[role=img] > title').length").as_u64()
                > Some(0)
        );
        assert!(
            browser.value("document.querySelector('main').innerText.length").as_u64() > Some(500)
        );
        assert_eq!(browser.complaints(), Vec::<String>::new());
    }
}

#[test]
fn a_phone_scrolls_down_and_not_sideways() {
    let Some(browser) = Browser::start(true) else { return };
    let pages = pages();
    let phone = json!({ "width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": true });
    browser.tell("Emulation.setDeviceMetricsOverride", &phone);
    for page in &pages.all {
        browser.open(page);
        let wide = browser.value("document.documentElement.scrollWidth");
        assert!(wide.as_u64() <= Some(390), "{page:?}: {wide} pixels wide");
        // Captions and the heads of charts are read without scrolling sideways.
        let heads = "Array.from(document.querySelectorAll('caption span, .told')).filter((one) => one.offsetWidth > 0)";
        let cut =
            format!("{heads}.filter((one) => one.getBoundingClientRect().right > 390).length");
        assert_eq!(browser.value(&cut), 0, "{page:?}");
        assert!(browser.value(&format!("{heads}.length")).as_u64() > Some(2));
        let twice = "Array.from(document.querySelectorAll('.chart .head')).filter((one) => getComputedStyle(one).display !== 'none').length";
        assert_eq!(browser.value(twice), 0, "{page:?}: the head stands above the chart");
    }
}

#[test]
fn on_paper_nothing_is_cut_at_the_right() {
    let Some(browser) = Browser::start(true) else { return };
    let pages = pages();
    browser.tell("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    // A4 without its margins, at 96 pixels to the inch.
    let paper = json!({ "width": 680, "height": 1_009, "deviceScaleFactor": 1, "mobile": false });
    browser.tell("Emulation.setDeviceMetricsOverride", &paper);
    for page in &pages.all {
        browser.open(page);
        browser.value(
            "document.querySelectorAll('details').forEach((table) => { table.open = true; })",
        );
        let wide = "Array.from(document.querySelectorAll('main *')).filter((e) => e.getBoundingClientRect().right > 690 && !e.closest('svg')).map((e) => e.tagName + ' ' + e.className + ' ' + e.textContent.slice(0, 60))";
        assert_eq!(browser.value(wide), json!([]), "{page:?}");
        let anywhere = "Array.from(document.querySelectorAll('thead th')).filter((head) => getComputedStyle(head).overflowWrap === 'anywhere').length";
        assert_eq!(browser.value(anywhere), 0, "{page:?}: a heading breaks between words only");
    }
}

#[test]
fn on_paper_long_tables_stay_shut_until_they_are_opened() {
    let Some(browser) = Browser::start(true) else { return };
    browser.open(&pages().all[1]);
    let count = |which: &str| {
        let script = format!("document.querySelectorAll('details{which}').length");
        browser.value(&script).as_u64().unwrap()
    };
    let (all, long) = (count(""), count(".long"));
    assert!(0 < long && long < all, "{long} of {all} are long");
    browser.value("window.dispatchEvent(new Event('beforeprint'))");
    assert_eq!([count("[open]"), count(".long[open]")], [all - long, 0]);
    browser.value("window.dispatchEvent(new Event('afterprint'))");
    assert_eq!(count("[open]"), 0);
    browser.click("#open-tables");
    browser.value("window.dispatchEvent(new Event('beforeprint'))");
    assert_eq!(count("[open]"), all, "what the reader opened is printed");
}
