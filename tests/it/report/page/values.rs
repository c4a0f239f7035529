//! Every chart of a page has its values in a table under it, and they are those that were drawn.

use serde_json::Value;

use super::folders::{committed, is_near, json, of_model, read, text};
use crate::report::{centre, gallery};

/// The figures of a page, each with its id.
pub(super) fn figures(page: &str) -> Vec<(String, String)> {
    let all = page.split("<figure id=\"").skip(1).map(|rest| {
        let (id, rest) = rest.split_once('"').unwrap();
        (id.to_owned(), rest.split("</figure>").next().unwrap().to_owned())
    });
    all.collect()
}

fn figure(page: &str, id: &str) -> String {
    figures(page).into_iter().find(|(name, _)| name == id).expect("the figure").1
}

/// The cells of every row of the data tables of a figure.
fn rows(figure: &str) -> Vec<Vec<String>> {
    let rows = figure.split("<tr data-x=").skip(1).map(|row| {
        let row = row.split("</tr>").next().unwrap();
        let cells = row.split("</t").filter_map(|cell| cell.rsplit_once('>'));
        cells.map(|(_, text)| read(text)).filter(|text| !text.is_empty()).collect()
    });
    rows.collect()
}

#[test]
fn every_chart_has_a_table() {
    let mut pages: Vec<String> = [
        "07-site-loss",
        "11-random-year",
        "17-year-with-bounds",
        "17-year-with-bounds-compare",
        "17-year-with-bounds-sweep",
    ]
    .iter()
    .map(|name| text(&[committed(name)]))
    .collect();
    pages.extend(gallery().iter().map(|(_, model)| text(&[of_model(model)])));
    for page in pages {
        for (id, figure) in figures(&page) {
            let is_empty = ["There were no", "No agent", "There are no agents", "None."];
            let is_empty = is_empty.iter().any(|words| figure.contains(words));
            // An incident from close by shows a part of the lanes above it, whose tables are there.
            let known = figure.contains("<table") || id.contains("incident-") || is_empty;
            assert!(known, "{id} has no table");
        }
    }
}

#[test]
fn the_values_of_a_curve_are_those_of_the_summary() {
    let folder = committed("11-random-year");
    let lost = &json(&folder, "summary.json")["outages"]["service_lost"];
    let found = rows(&figure(&text(&[folder]), "durations"));
    assert!(found.len() >= 10, "{found:?}");
    for (share, key) in [("50 %", "p50"), ("95 %", "p95"), ("99 %", "p99"), ("100 %", "max")] {
        let seconds = lost["duration_s"][key].as_f64().unwrap();
        // The smallest length with that share or more.
        let of = |text: &str| text.trim_end_matches(" %").parse::<f64>().unwrap();
        let row = found.iter().find(|row| of(&row[1]) >= of(share)).unwrap();
        assert!(is_near(&row[0], "", seconds), "{key}: {row:?} {seconds}");
    }
}

#[test]
fn the_values_over_time_hold_the_deepest_dip() {
    let folder = of_model(&centre(2, &[0]));
    let summary = json(&folder, "summary.json");
    let page = text(&[folder]);
    let found = rows(&figure(&page, "in-service"));
    let number = |text: &String| text.replace(',', "").parse::<f64>().unwrap();
    for (site, at) in summary["sites"].as_array().unwrap().iter().zip(1..) {
        let least = found.iter().map(|row| number(&row[at])).reduce(f64::min).unwrap();
        assert_eq!(Some(least), site["in_service_lowest"].as_f64(), "{site}");
    }
    let moves = rows(&figure(&page, "moves"));
    for (key, at) in [("switchovers", 1), ("restores", 2)] {
        let most = moves.iter().map(|row| number(&row[at])).fold(0.0, f64::max);
        let all = summary[key]["count"].as_f64().unwrap();
        assert!(most > 0.0 && most <= all, "{key}: {most} of {all}");
    }
}

#[test]
fn series_can_be_switched_by_their_elements() {
    let page = text(&[of_model(&centre(2, &[0]))]);
    let figure = figure(&page, "in-service");
    let heads: Vec<&str> = figure.split("<th scope=\"col\" data-series=\"").skip(1).collect();
    let named = |number: &str, name: &str| {
        heads.iter().any(|head| head.starts_with(&format!("{number}\">{name}<")))
    };
    assert!(
        named("0", "site-0") && named("1", "site-1") && named("2", "out of service, all sites")
    );
    let svg = figure.split("</svg>").next().unwrap();
    for number in ["0", "1", "2"] {
        let own = svg.split('<').filter(|tag| tag.contains(&format!("data-series=\"{number}\"")));
        let own: Vec<&str> = own.collect();
        assert!(
            !own.is_empty()
                && own
                    .iter()
                    .all(|tag| ["poly", "path", "text"].iter().any(|one| tag.starts_with(one))),
            "{own:?}"
        );
        // Lines of one site have one colour, and their name has it, too; black is not said of texts.
        let colours = own.iter().filter_map(|tag| {
            let attribute = if tag.starts_with("text") { " fill=\"" } else { "stroke=\"" };
            tag.split(attribute).nth(1)?.split('"').next()
        });
        let colours: std::collections::BTreeSet<&str> = colours.collect();
        assert_eq!(colours.len(), 1, "{own:?}");
    }
}

/// What a chart says of itself is text; what is not a record of ours is left out.
#[test]
fn metadata_from_elsewhere_is_harmless() {
    let mut folder = committed("07-site-loss");
    let svg = String::from_utf8(folder.files["moves.svg"].clone()).unwrap();
    let (head, rest) = svg.split_once("<metadata>").unwrap();
    let (_, rest) = rest.split_once("</metadata>").unwrap();
    let mut with = |metadata: &str| {
        let svg = format!("{head}<metadata>{metadata}</metadata>{rest}");
        folder.files.insert("moves.svg".to_owned(), svg.into_bytes());
        figure(&text(&[folder.clone()]), "moves")
    };
    for garbage in ["", "[", "{}", "[1, 2]", "[{\"title\": 3}]"] {
        assert!(!with(garbage).contains("Data table"), "{garbage}");
    }
    let record = serde_json::json!([{
        "title": "</table><script>bad()</script>", "first": "x", "counts": "number",
        "across": null, "left_out": "", "names": ["<img src=x>"],
        "columns": [{ "name": "y\" onclick=\"bad()", "counts": "seconds", "parts": [0, 99999] }],
        "rows": [[0, 1e300, 5], [], [null, null]],
    }]);
    let escaped = record.to_string().replace('&', "&amp;").replace('<', "&lt;");
    let found = with(&escaped);
    assert!(found.contains("Data table") && !found.contains("<script") && !found.contains("<img"));
    assert!(!found.contains("\" onclick"), "{found}");
    assert_eq!(serde_json::from_str::<Value>(&record.to_string()).unwrap(), record);
}
