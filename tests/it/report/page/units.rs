//! A chart has one unit: what is written at a bar or a point is in the unit of its axis, and is what the axis says.

use std::collections::BTreeSet;

use super::folders::{committed, of_model, read, text};
use super::values::figures;
use crate::report::gallery;
use crate::report::svg::{self, Chart};

/// Charts in which a value is written behind its bar or its point, by the ends of their ids.
const LABELLED: [&str; 6] =
    ["by-fault", "by-site", "by-group", "causes", "variants", "side-by-side"];

fn pages() -> Vec<String> {
    let names = [
        "00-smallest",
        "07-site-loss",
        "11-random-year",
        "13-peer-groups",
        "17-year-with-bounds",
        "17-year-with-bounds-compare",
        "17-year-with-bounds-sweep",
        "27-reconnect-storm-headroom",
        "30-clocks-change",
    ];
    let committed_pages = names.map(|name| text(&[committed(name)]));
    let several = [committed(names[1]), committed(names[3]), committed(names[4])];
    let models = gallery();
    let made = models.iter().map(|(_, model)| text(&[of_model(model)]));
    committed_pages.into_iter().chain([text(&several)]).chain(made).collect()
}

/// The number before a unit, and the unit: `1,235 agent-hours`.
fn measured(text: &str) -> Option<(f64, &str)> {
    let (number, unit) = text.split_once(' ').unwrap_or((text, ""));
    Some((number.replace(',', "").parse().ok()?, unit.split(' ').next().unwrap_or_default()))
}

/// Where an axis of a chart puts a value: two of its ticks, with their unit or that of the whole axis.
fn across(chart: &Chart) -> Option<(f64, f64, String)> {
    // A run of one agent has lengths in two units: `1 min 33 s`.
    if chart.words.iter().any(|words| words.text == "time out of service") {
        return None;
    }
    let middle = |words: &svg::Words| (words.left + words.right) / 2.0;
    let ticks = chart.words.iter().filter_map(|words| {
        let (value, unit) = measured(&words.text)?;
        let rest = words.text.split(' ').count() <= 2 && words.top > chart.size.1 - 80.0;
        (rest && unit.len() < 20).then(|| (value, middle(words), unit.to_owned()))
    });
    let ticks: Vec<_> = ticks.collect();
    let ((a, from, unit), (b, to, _)) = (ticks.get(1)?, ticks.get(2)?);
    let name = |words: &svg::Words| words.text.strip_suffix(" out of service").map(str::to_owned);
    let unit = if unit.is_empty() { chart.words.iter().find_map(name)? } else { unit.clone() };
    let scale = (to - from) / (b - a);
    Some((from - a * scale, scale, unit))
}

#[test]
fn a_chart_has_one_unit_of_agent_time() {
    for (id, figure) in pages().iter().flat_map(|page| figures(page)) {
        let svg = read(figure.split("</svg>").next().unwrap());
        let units = ["agent-hours", "agent-min", "agent-s "];
        let found: Vec<_> = units.iter().filter(|unit| svg.contains(*unit)).collect();
        assert!(found.len() < 2, "{id}: {found:?}");
    }
}

#[test]
fn labels_say_what_their_axis_says() {
    let mut seen = BTreeSet::new();
    for (id, figure) in pages().iter().flat_map(|page| figures(page)) {
        let Some(kind) = LABELLED.into_iter().find(|name| id.ends_with(name)) else { continue };
        let svg = &figure[figure.find("<svg").unwrap()..figure.find("</svg>").unwrap() + 6];
        let chart = svg::read(svg);
        let Some((zero, scale, unit)) = across(&chart) else { continue };
        let foot = chart.size.1 - 80.0;
        for label in chart.words.iter().filter(|words| words.top < foot && words.top > 70.0) {
            let Some((value, own)) = measured(&label.text) else { continue };
            if own.is_empty() || own == "%" || label.text.starts_with("< ") {
                continue;
            }
            assert_eq!(own, unit, "{id}: {}", label.text);
            let end = zero + value * scale;
            let near = (label.left - end).abs() < 30.0 || kind == "causes";
            let whiskers = matches!(kind, "variants" | "side-by-side") && label.left > end;
            assert!(near || whiskers, "{id}: {} at {} of {end}", label.text, label.left);
            seen.insert(kind);
        }
    }
    assert_eq!(seen.len(), LABELLED.len(), "{seen:?}");
}
