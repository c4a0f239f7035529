//! The report: one HTML file made from directories of results, which needs nothing beside it.
//!
//! It is pure: it gets the files of the directories and gives the bytes of the page; it touches no
//! disk and says nothing that is not in those files.
//!
//! The first page answers: the question, the answer with its intervals, thresholds, what to do next.
//! The chapters after it prove the answer. Without a script everything is there; the script adds zoom,
//! values under the pointer and switches.

mod answer;
mod assumptions;
mod chapters;
mod closed_forms;
mod group_lanes;
mod figures;
mod found;
mod fragment;
mod grounds;
mod inline;
mod lanes;
mod local;
mod markdown;
mod measures;
mod parts;
mod planner;
mod records;
mod set;
mod shares;
mod side_by_side;
mod timeline;

use maud::{DOCTYPE, Markup, PreEscaped, html};

pub use fragment::fragment;
pub use markdown::markdown;
pub use set::{Folder, Refused, TELLING_FILES, is_read};

use answer::{answer, question};
use chapters::{chapters, contents};
use grounds::grounds;
use parts::{chosen, heading};
use set::{Kind, Set};

use crate::report::charts::dark_rules;

/// How the page looks.
pub(in crate::report) const STYLE: &str = include_str!("page.css");

/// What the script adds.
const SCRIPT: &str = include_str!("page.js");

/// What the script of the timeline adds: an incident from close by, states under the pointer.
pub(in crate::report) const LANES_SCRIPT: &str = include_str!("lanes.js");

/// What the script of charts adds: values, cursors, switches.
pub(in crate::report) const CHARTS_SCRIPT: &str = include_str!("charts.js");

/// The scripts of a page.
const SCRIPTS: [&str; 3] = [SCRIPT, LANES_SCRIPT, CHARTS_SCRIPT];

/// The digests by which a browser knows the scripts as ours and runs no other.
const DIGESTS: [&str; 3] = [
    include_str!("page.js.sha256"),
    include_str!("lanes.js.sha256"),
    include_str!("charts.js.sha256"),
];

/// By this a file is known as a report of this program.
pub const GENERATOR: &str = "switchover report";

/// The file that `--report` writes beside the results.
pub const REPORT_FILE: &str = "report.html";

/// The report on directories of results.
///
/// # Errors
/// [`Refused`] if a directory is no result, or a file in it cannot be understood.
pub fn page(folders: &[Folder]) -> Result<Vec<u8>, Refused> {
    let alone = folders.len() == 1;
    let prefix = |at: usize| if alone { String::new() } else { format!("r{}-", at + 1) };
    let sets = folders.iter().enumerate().map(|(at, folder)| Set::read(folder, prefix(at)));
    let sets = sets.collect::<Result<Vec<_>, _>>()?;
    let page = match &sets[..] {
        [only] => one(only)?,
        all => several(all)?,
    };
    Ok(page.into_string().into_bytes())
}

/// The page of one directory.
fn one(set: &Set<'_>) -> Result<Markup, Refused> {
    let main = html! {
        section #answer { (heading(2, "Answer")) (answer(set)) }
        (chapters(set, 2)?)
        (grounds(set, 2)?)
    };
    let links = contents(set);
    let links = links.iter().map(|(id, name)| (id.as_str(), *name));
    let links: Vec<_> = std::iter::once(("answer", "Answer")).chain(links).collect();
    Ok(document(&question(set), &subtitle(set), &links, &main))
}

/// The page of several directories: side by side, then one part after the other.
fn several(sets: &[Set<'_>]) -> Result<Markup, Refused> {
    let ids: Vec<String> = sets.iter().map(|set| set.id("part")).collect();
    let names: Vec<String> = sets.iter().map(question).collect();
    let main = html! {
        section #answer {
            (heading(2, "Side by side"))
            (side_by_side::directories(sets))
        }
        @for (set, id) in sets.iter().zip(&ids) {
            section.part id=(id) {
                (heading(2, &question(set)))
                p.subtitle { (subtitle(set)) }
                (heading(3, "Answer"))
                (answer(set))
                (chapters(set, 3)?)
                (grounds(set, 3)?)
            }
        }
    };
    let links = ids.iter().zip(&names).map(|(id, name)| (id.as_str(), name.as_str()));
    let links: Vec<_> = std::iter::once(("answer", "Side by side")).chain(links).collect();
    let title = format!("{} results side by side", sets.len());
    Ok(document(&title, "Each part below proves its own answer", &links, &main))
}

/// What kind of results it is, of which scenario, by which version.
fn subtitle(set: &Set<'_>) -> String {
    let kind = match set.kind {
        Kind::Run => "One run",
        Kind::Experiment => "An experiment",
        Kind::Compare => "A comparison",
        Kind::Sweep => "A sweep",
        Kind::Headroom => "Head-room",
    };
    let program = set.provenance("program").as_str().unwrap_or("an older version");
    chosen(&format!("{kind} of {}, by {program}", set.scenario()))
}

/// Charts on a dark screen; on paper they stay light.
pub(in crate::report) fn dark_charts() -> String {
    let rules = dark_rules(".chart:not(.shaded)");
    format!("@media screen and (prefers-color-scheme: dark) {{\n{rules}}}\n")
}

/// The document around its contents.
fn document(title: &str, subtitle: &str, links: &[(&str, &str)], main: &Markup) -> Markup {
    let digests = DIGESTS.map(|digest| format!("'sha256-{}'", digest.trim())).join(" ");
    let policy = format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src {digests}; base-uri 'none'; form-action 'none'"
    );
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="generator" content=(GENERATOR);
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(STYLE)) (PreEscaped(dark_charts())) }
            }
            body {
                a.skip href="#answer" { "Skip to the answer" }
                header { (heading(1, title)) p.subtitle { (subtitle) } }
                nav aria-label="Contents" {
                    ul { @for (id, name) in links { li { a href={ "#" (id) } { (name) } } } }
                    div.switches hidden {
                        label { input type="checkbox" #show-keys; " Show keys" }
                        button type="button" #open-tables { "Open all tables" }
                    }
                }
                main { (main) }
                footer { p { "Made by " (GENERATOR) ". This file needs no network and sends nothing." } }
                @for script in SCRIPTS { script { (PreEscaped(script)) } }
            }
        }
    }
}
