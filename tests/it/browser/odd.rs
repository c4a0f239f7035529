//! The page of `serve` on odd scenarios: an empty file, names that are markup or turn the direction of a
//! text, many sites with long names, two pages at once; each on a phone and in the dark too.

use serde_json::{Value, json};

use super::Browser;
use super::explorer::{READY, TIMEOUT, give, scheme, until};
use super::report::{axe, barriers};
use crate::cli::program::Place;
use crate::serve::{SMALL, Served, random};

/// What the page says of the simulation.
const STATE: &str = "document.getElementById('state').textContent";

/// Looks at the page in light and dark: no barriers, and as wide as the window.
fn look(browser: &Browser, what: &str) {
    let axe = axe();
    for name in ["light", "dark"] {
        scheme(browser, name);
        let found = axe.as_deref().map_or_else(Vec::new, |axe| barriers(browser, axe));
        assert!(found.is_empty(), "{what}, {name}: {found:#?}");
    }
    let wide = "document.documentElement.scrollWidth <= window.innerWidth";
    assert_eq!(browser.value(wide), true, "{what}: nothing is wider than the window");
}

fn phone(browser: &Browser) {
    sized(browser, 390, 844, true);
}

fn sized(browser: &Browser, width: u32, height: u32, mobile: bool) {
    let screen =
        json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
    browser.tell("Emulation.setDeviceMetricsOverride", &screen);
}

#[test]
fn an_empty_file_has_no_answer_until_it_is_filled() {
    let Some(browser) = Browser::online() else { return };
    let place = Place::in_memory();
    place.write("s.toml", "");
    let served = Served::start(&place, &["s.toml"]);
    browser.visit(&served.url());
    until(&browser, "document.querySelector('#findings li.error') !== null");
    until(&browser, &format!("{STATE} === 'The scenario has errors: there is no answer.'"));
    look(&browser, "empty");
    phone(&browser);
    look(&browser, "empty on a phone");
    give(&browser, "#text", SMALL);
    until(&browser, READY);
    look(&browser, "filled on a phone");
    give(&browser, "#text", "horizon = 5");
    until(&browser, &format!("{STATE}.includes('that of the text before them')"));
    look(&browser, "an older answer, dimmed, on a phone");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

#[test]
fn names_that_are_markup_or_turn_the_text_are_harmless() {
    let Some(browser) = Browser::online() else { return };
    let place = Place::in_memory();
    let script = "</script><img src=x onerror=alert(1)>";
    let text = SMALL
        .replace("[site.X]", &format!("[site.\"{script}\"]"))
        .replace("\"X\"", &format!("\"{script}\""))
        .replace("[site.Y]", "[site.\"\\u202Eevil\"]")
        .replace("\"Y\"", "\"\\u202Eevil\"")
        .replace("path L-X", &format!("site {script}"));
    place.write("a b \u{5e9}<b>.toml", &text);
    let served = Served::start(&place, &["a b \u{5e9}<b>.toml"]);
    browser.visit(&served.url());
    until(&browser, READY);
    assert_eq!(browser.value("document.querySelectorAll('img, b:not(#lines b)').length"), 0);
    assert_eq!(browser.value("document.querySelector('h1').textContent"), "a b \u{5e9}<b>.toml");
    let said = browser.value("document.body.innerText");
    let said = said.as_str().unwrap();
    assert!(said.contains(script) && said.contains("\u{fffd}evil"), "{said}");
    assert!(!said.contains('\u{202e}'), "nothing turns the text: {said}");
    look(&browser, "names");
    assert_eq!(browser.complaints(), Vec::<String>::new());
}

/// Forty sites, each with a capacity; groups with a timeout each.
fn forty() -> String {
    let mut text =
        "title = \"What does a site cost?\"\nhorizon = \"1h\"\n[location.L]\n".to_owned();
    for at in 0..40 {
        let (own, next) = (format!("site-with-a-long-name-{at}"), (at + 1) % 40);
        text += &format!(
            "[site.{own}]\nlogin-capacity = \"25/s\"\n[agent-group.group-{at}]\nagents = 2\n\
            [agent-group.group-{at}.interaction-workspace]\ndisaster-recovery.enabled = true\n\
            disaster-recovery.preferred-site = \"{own}\"\ndisaster-recovery.timeout = 60\n\
            disaster-recovery.peer-site = \"site-with-a-long-name-{next}\"\n"
        );
    }
    text + "[[fault]]\nname = \""
        + &"x".repeat(200)
        + "\"\ntarget = \"site site-with-a-long-name-7\"\n\
            at = \"10m\"\nfor = \"10m\"\n"
}

#[test]
fn forty_sites_have_their_sliders_on_a_desk_and_on_a_phone() {
    let Some(browser) = Browser::online() else { return };
    let place = Place::in_memory();
    place.write("s.toml", &forty());
    sized(&browser, 1280, 900, false);
    let served = Served::start(&place, &["s.toml"]);
    browser.visit(&served.url());
    until(&browser, READY);
    let written = browser.value("document.querySelectorAll('#sliders > .dial').length");
    assert_eq!(written, 60, "not every capacity and timeout has one");
    let said = browser.value("document.querySelector('#sliders > .missing').textContent");
    assert_eq!(said, "There are 60 sliders at most; other values are changed in the text.");
    look(&browser, "on a desk");
    let high = "document.getElementById('controls').offsetHeight / window.innerHeight";
    assert!(browser.value(high).as_f64() < Some(0.6), "the sliders leave room for the rest");
    phone(&browser);
    look(&browser, "on a phone");
}

#[test]
fn two_pages_are_answered_side_by_side() {
    let Some(one) = Browser::online() else { return };
    let Some(other) = Browser::online() else { return };
    let place = Place::in_memory();
    place.write("s.toml", &random(50_000));
    let served = Served::start(&place, &["s.toml"]);
    one.visit(&served.url());
    until(&one, "document.querySelector('#one svg') !== null");
    other.visit(&served.url());
    until(&other, "document.querySelector('#one svg') !== null");
    let counts = format!("{STATE}.includes(' replications: ')");
    until(&one, &counts);
    let seen = one.value(STATE);
    until(&one, &format!("{counts} && {STATE} !== {seen}"));
    give(&other, TIMEOUT, "120");
    until(&other, "document.getElementById('text').value.includes('timeout = 120')");
    other.click("#save");
    until(&other, "document.getElementById('said').textContent === 'Saved.'");
    one.click("#save");
    until(&one, "document.getElementById('said').textContent.includes('reload the page')");
    assert_eq!(place.read("s.toml"), random(50_000).replace("timeout = 60", "timeout = 120"));
    assert_eq!(one.value("document.getElementById('text').value"), Value::from(random(50_000)));
}
