//! The sliders of the local page: each with its value, its unit and the way back to today's value.

use maud::{Markup, html};
use serde::Serialize;

use crate::diagnostic::plain;
use crate::scenario::set::{Dial, MOST_DIALS};

/// A slider as the script of the page gets it.
#[derive(Clone, Debug, Serialize)]
pub struct Slider {
    path: String,
    value: String,
    number: f64,
    suffix: String,
    /// The value in the file as it was opened, if there is one.
    today: Option<String>,
}

impl Slider {
    fn of(dial: &Dial, today: &[Dial]) -> Self {
        let before = today.iter().find(|other| other.path == dial.path);
        Self {
            path: dial.path.to_string(),
            value: dial.value.clone(),
            number: dial.number,
            suffix: dial.suffix.clone(),
            today: before.map(|other| other.value.clone()),
        }
    }
}

/// The sliders of a scenario, for the script and as markup; `today`: those of the file as it was
/// opened. The range of a slider is that of today's value, so that it does not change under the hand.
#[must_use]
pub fn sliders(dials: &[Dial], today: &[Dial]) -> (Vec<Slider>, String) {
    let written: Vec<&Dial> = dials.iter().filter(|dial| dial.written).collect();
    let defaults: Vec<&Dial> = dials.iter().filter(|dial| !dial.written).collect();
    let rows = |dials: &[&Dial]| html! { @for dial in dials { (row(dial, today)) } };
    let markup = html! {
        (rows(&written))
        @if written.is_empty() { p.missing { "The scenario sets no timeout and no capacity." } }
        @if dials.len() == MOST_DIALS {
            p.missing { "There are " (MOST_DIALS) " sliders at most; other values are changed in the text." }
        }
        @if !defaults.is_empty() {
            details { summary { "Values at their defaults" } (rows(&defaults)) }
        }
    };
    let each = dials.iter().map(|dial| Slider::of(dial, today)).collect();
    (each, markup.into_string())
}

fn row(dial: &Dial, today: &[Dial]) -> Markup {
    let path = dial.path.to_string();
    let shown = plain(&path);
    let base = today.iter().find(|other| other.path == dial.path && other.suffix == dial.suffix);
    let base = base.unwrap_or(dial);
    let most = base.most.max(dial.number);
    let (name, place) = named(&shown);
    html! {
        div.dial role="group" aria-label=(shown) data-path=(path) data-suffix=(dial.suffix) data-unit=(dial.unit) {
            p.name { strong { (name) } " " small { (place) } }
            input type="range" aria-label={ "Slider of " (shown) } min=(base.least) max=(most) step=(base.step) value=(dial.number);
            input type="text" aria-label={ "Value of " (shown) } value=(dial.value) autocomplete="off" spellcheck="false";
            span.unit { (if dial.suffix.is_empty() { dial.unit.as_str() } else { "" }) }
            button type="button" aria-label={ "Reset " (shown) " to its value today" } { "Reset" }
        }
    }
}

/// A path in two parts: what is set, and where.
fn named(path: &str) -> (String, String) {
    for section in ["interaction-workspace.", "TServer."] {
        if let Some((before, name)) = path.split_once(section) {
            return (name.to_owned(), before.trim_end_matches('.').to_owned());
        }
    }
    match path.rsplit_once('.') {
        Some((before, name)) => (name.to_owned(), before.to_owned()),
        None => (path.to_owned(), String::new()),
    }
}
