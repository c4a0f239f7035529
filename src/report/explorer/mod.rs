//! The local page of `serve`: a scenario that is edited beside its answer. It makes the page and its
//! parts; it serves nothing, simulates nothing and knows no network.

mod sliders;

use maud::{DOCTYPE, Markup, html};

pub use sliders::{Slider, sliders};

use crate::diagnostic::plain;
use crate::experiment::{Gathered, estimate};
use crate::measures::DOWNTIME_PER_AGENT;
use crate::report::numbers::with_interval;
use crate::report::{page, words};
use crate::statistics::Reached;

/// How the page looks: as the report, its charts dark on a dark screen, and what an editor needs beside it.
#[must_use]
pub fn style() -> String {
    [page::STYLE, &page::dark_charts(), include_str!("explorer.css")].concat()
}

/// What the page does: modules by their names; the last of them begins, the first two are those of the report.
pub const SCRIPTS: [(&str, &str); 8] = [
    ("lanes.js", page::LANES_SCRIPT),
    ("charts.js", page::CHARTS_SCRIPT),
    ("page.js", include_str!("page.js")),
    ("patch.js", include_str!("patch.js")),
    ("wire.js", include_str!("wire.js")),
    ("editor.js", include_str!("editor.js")),
    ("dials.js", include_str!("dials.js")),
    ("explorer.js", include_str!("explorer.js")),
];

/// What the page is made for.
#[derive(Clone, Copy, Debug)]
pub struct Opened<'a> {
    /// The name of the scenario's file.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
    /// What every request must carry.
    pub token: &'a str,
    /// The digest of its file, in whose place it can be saved; without one it is downloaded.
    pub known: Option<&'a str>,
}

/// The page.
#[must_use]
pub fn explorer(opened: &Opened<'_>) -> String {
    let name = plain(opened.name);
    let whole = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="token" content=(opened.token);
                link rel="icon" href="data:,";
                link rel="stylesheet" href="explorer.css";
                title { (name) " - switchover" }
                script src="lanes.js" type="module" {}
                script src="charts.js" type="module" {}
                script src="explorer.js" type="module" {}
            }
            body {
                a.skip href="#text" { "Skip to the text of the scenario" }
                a.skip href="#answer" { "Skip to the answer" }
                header {
                    h1 { (name) }
                    (buttons(opened.known))
                }
                main.explorer {
                    div.hand { (scenario(opened)) }
                    (answer())
                }
                footer { p { "This page talks to the program on this machine only. Ctrl-C in its terminal ends it." } }
            }
        }
    };
    whole.into_string()
}

fn buttons(known: Option<&str>) -> Markup {
    html! {
        div.actions role="group" aria-label="Scenario" {
            button type="button" #save data-known=[known] { @if known.is_some() { "Save" } @else { "Download" } }
            button type="button" #compare { "Compare with today" }
            button type="button" #export { "Export report" }
            span #said role="status" {}
        }
    }
}

fn scenario(opened: &Opened<'_>) -> Markup {
    html! {
        section #controls aria-label="Timeouts and capacities" {
            h2 { "Timeouts and capacities" }
            noscript { p.missing { "This page needs its script, which comes from the same program." } }
            div #sliders {}
        }
        section #scenario aria-label="Scenario" {
            h2 { "Scenario" }
            label for="text" { "Text of the scenario" }
            div.editor {
                div #lines aria-hidden="true" {}
                // The first line end behind the tag is not part of the text.
                textarea #text spellcheck="false" autocomplete="off" wrap="off" aria-describedby="tally" { "\n" (opened.text) }
            }
            p #tally role="status" {}
            ol #findings {}
        }
    }
}

fn answer() -> Markup {
    html! {
        section #answer aria-label="Answer" tabindex="-1" {
            h2 { "Answer" }
            // What is seen changes often; what is spoken does not.
            p #state { "The scenario is being read." }
            p #spoken.hidden role="status" {}
            div #compared {}
            div #one {}
            div #several {}
        }
    }
}

/// The heading of an answer of this number of replications; `more`: others follow.
#[must_use]
pub fn title(count: usize, more: bool) -> String {
    let count = words::counted(count as u64, "replication", "replications");
    if more { format!("{count} so far") } else { count }
}

/// How far an experiment has come: number of replications, downtime per agent with its interval.
#[must_use]
pub fn progress(gathered: &Gathered<'_>, level: f64) -> String {
    let count = words::counted(gathered.count() as u64, "replication", "replications");
    let known = gathered.measure_named(DOWNTIME_PER_AGENT).and_then(|measure| {
        let unit = gathered.measures()[measure].gauge.unit;
        with_interval(&Reached::of(&estimate(gathered, measure, level)), unit)
    });
    match known {
        Some(known) => {
            format!("{count}: downtime per agent {known}, {} interval", words::level(level))
        }
        None => count,
    }
}
