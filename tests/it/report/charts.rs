//! Every chart of every kind of run: well-formed SVG, the same bytes each time, texts on the sheet.

use switchover::report::charts::CHARTS;

use super::{gallery, run};

/// The value of an attribute of a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[from..].split('"').next()
}

/// Walks through the tags: every one is closed, quotes are even, no `&` stands alone. Returns the
/// opening tags, each with the text behind it.
fn well_formed(svg: &str) -> Vec<(&str, &str)> {
    let (mut open, mut tags) = (Vec::new(), Vec::new());
    for part in svg.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("a tag ends");
        assert_eq!(tag.matches('"').count() % 2, 0, "quotes of <{tag}>");
        for entity in part.split('&').skip(1) {
            let known = ["amp;", "lt;", "gt;", "quot;", "#"];
            assert!(known.iter().any(|name| entity.starts_with(name)), "&{entity}");
        }
        let name = tag.split([' ', '/', '\n']).next().unwrap_or_default();
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed.trim())),
            None => {
                tags.push((tag, text));
                if !tag.ends_with('/') {
                    open.push(name);
                }
            }
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    tags
}

#[test]
fn charts_are_well_formed_whatever_the_run() {
    for (name, model) in gallery() {
        let (results, _) = run(&model);
        for chart in CHARTS {
            let svg = (chart.draw)(&results, &model);
            let tags = well_formed(&svg);
            assert!(svg.starts_with("<svg ") && svg.contains("xmlns="), "{name}: {}", chart.file);
            for (tag, _) in &tags {
                let family = attribute(tag, "font-family");
                assert!(family.is_none_or(|family| family == "sans-serif"), "{tag}");
            }
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{name}: {}", chart.file);
        }
    }
}

#[test]
fn charts_are_the_same_bytes_every_time_and_small() {
    for (name, model) in gallery() {
        let ((first, _), (second, _)) = (run(&model), run(&model));
        for chart in CHARTS {
            let svg = (chart.draw)(&first, &model);
            assert_eq!(svg, (chart.draw)(&second, &model), "{name}: {}", chart.file);
            assert!(svg.len() < 250_000, "{name}: {} has {} bytes", chart.file, svg.len());
        }
    }
}

#[test]
fn a_chart_without_data_says_so() {
    let model = crate::builder::base();
    let (results, _) = run(&model);
    let says = [
        ("downtime-by-cause.svg", "No agent was out of service."),
        ("outage-duration.svg", "There were no outages."),
        ("time-to-restore.svg", "There were no restores."),
        ("moves.svg", "No agent moved."),
        ("registers-and-logins.svg", "None."),
    ];
    for (file, words) in says {
        let chart = CHARTS.iter().find(|chart| chart.file == file).expect("a known chart");
        assert!((chart.draw)(&results, &model).contains(words), "{file}");
    }
}

#[test]
fn distributions_are_drawn_of_many_durations_too() {
    let model = super::cut(40);
    let (exact, _) = run(&model);
    let many = super::sketched(&exact);
    for file in ["outage-duration.svg", "time-to-restore.svg"] {
        let chart = CHARTS.iter().find(|chart| chart.file == file).expect("a known chart");
        let [exact, many] = [&exact, &many].map(|results| (chart.draw)(results, &model));
        assert!(many.contains("percentiles within 0.4 %") && !exact.contains("0.4 %"), "{file}");
        assert!(many.contains("<polyline") == exact.contains("<polyline"), "{file}");
    }
}

#[test]
fn files_of_charts_have_names_of_their_own() {
    let mut names: Vec<_> = CHARTS.iter().map(|chart| chart.file).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CHARTS.len());
}
