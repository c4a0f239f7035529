//! Every kind of page: its numbers are those of the files, nothing reaches out, it is small enough.

use std::collections::BTreeMap;

use base64::Engine;
use serde_json::Value;
use sha2::{Digest, Sha256};
use switchover::report::page::{Folder, Refused, page};

use super::folders::{committed, json, of_model, text, values};
use crate::report::{centre, gallery, long_names};

/// One committed answer of every kind.
const KINDS: [&str; 4] = [
    "07-site-loss",
    "17-year-with-bounds",
    "17-year-with-bounds-compare",
    "17-year-with-bounds-sweep",
];

/// The numbers of an object by their paths; what a list holds by its name.
fn numbers(prefix: &str, value: &Value, all: &mut BTreeMap<String, f64>) {
    match value {
        Value::Number(number) => {
            all.insert(prefix.trim_start_matches('.').to_owned(), number.as_f64().unwrap());
        }
        Value::Object(object) => {
            object.iter().for_each(|(key, value)| numbers(&format!("{prefix}.{key}"), value, all));
        }
        Value::Array(list) => list.iter().for_each(|one| {
            if let Some(name) = one["name"].as_str() {
                numbers(&format!("{prefix}.{name}"), one, all);
            }
        }),
        _ => {}
    }
}

#[test]
fn numbers_of_a_run_are_those_of_its_summary() {
    for (name, model) in gallery() {
        let folder = of_model(&model);
        let mut known = BTreeMap::new();
        numbers("", &json(&folder, "summary.json"), &mut known);
        let found = values(&text(&[folder]));
        let least = if name.starts_with("nobody") { 10 } else { 30 };
        assert!(found.len() >= least, "{name}: {}", found.len());
        for (key, value) in found {
            assert_eq!(known.get(&key), Some(&value), "{name}: {key}");
        }
    }
}

#[test]
fn numbers_of_an_experiment_are_those_of_its_json_and_csv() {
    let folder = committed("17-year-with-bounds");
    let estimates = json(&folder, "experiment.json")["estimates"].clone();
    let table = String::from_utf8(folder.files["estimates.csv"].clone()).unwrap();
    let found = values(&text(&[folder]));
    assert!(found.len() > 30, "{}", found.len());
    for (key, value) in found {
        assert_eq!(estimates[&key]["value"].as_f64(), Some(value), "{key}");
        let row = table.lines().find(|row| row.starts_with(&format!("{key},"))).expect("a row");
        assert_eq!(row.split(',').nth(2).unwrap().parse(), Ok(value), "{key}: {row}");
    }
}

#[test]
fn what_is_due_to_data_and_what_to_chance_is_said() {
    let page = text(&[committed("18-fitted-faults")]);
    for words in [
        "400 replications; all that were asked for.",
        "40 sets of distributions are used in turn.",
        "96.9 % comes from the data behind the faults, 3.1 % from chance: more data would narrow it, more replications hardly.",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn nothing_in_a_page_reaches_out() {
    let mut pages: Vec<String> = KINDS.iter().map(|name| text(&[committed(name)])).collect();
    pages.push(text(&KINDS.map(committed)));
    pages.extend(gallery().iter().map(|(_, model)| text(&[of_model(model)])));
    for page in pages {
        let lower = page.to_lowercase();
        for reference in
            ["http://", "https://", "//cdn", "src=", "@import", "url(", "<link", "<iframe"]
        {
            assert!(!lower.contains(reference), "{reference}");
        }
        for href in page.split("href=\"").skip(1) {
            assert!(href.starts_with('#'), "{}", &href[..20]);
            let id = format!("id=\"{}\"", href[1..].split('"').next().unwrap());
            assert!(page.contains(&id), "a link leads to {id}");
        }
        let ids: Vec<&str> =
            page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        for (at, id) in ids.iter().enumerate() {
            assert!(!ids[..at].contains(id), "two things are called {id}");
        }
        assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\">"));
    }
}

#[test]
fn headings_come_in_order() {
    let pages = KINDS.map(|name| text(&[committed(name)]));
    for page in pages.into_iter().chain([text(&KINDS.map(committed))]) {
        let levels = page.split("<h").skip(1).filter_map(|rest| rest[..1].parse::<u8>().ok());
        let levels: Vec<u8> = levels.collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        for pair in levels.windows(2) {
            assert!(pair[1] <= pair[0] + 1, "{levels:?}");
        }
    }
}

#[test]
fn pages_are_small_whatever_they_are_about() {
    let typical = page(&[of_model(&centre(2, &[0]))]).unwrap();
    assert!(typical.len() < 300_000, "{} bytes", typical.len());
    for (name, model) in gallery() {
        let size = page(&[of_model(&model)]).unwrap().len();
        assert!(size < 1_000_000, "{name}: {size} bytes");
    }
    // 10,000 replications, 100,000 intervals of the world.
    let mut many = committed("17-year-with-bounds");
    let rows = "1,2.5,3\n".repeat(10_000);
    many.files.insert(
        "replications.csv".to_owned(),
        format!("replication,downtime_s.total,availability\n{rows}").into_bytes(),
    );
    let page_text = text(&[many]);
    assert!(page_text.contains("9,900 further rows are in <code>replications.csv</code>."));
    assert!(page_text.len() < 300_000, "{}", page_text.len());
    let mut busy = of_model(&centre(40, &[7]));
    let states: String = (0..100_000)
        .map(|n| format!("pair,p{},sip,,site-{},down,{n}.0,{n}.5\n", n % 500, n % 40))
        .collect();
    let header = "part,name,kind,location,site,state,from_s,to_s\n";
    busy.files.insert("states.csv".to_owned(), format!("{header}{states}").into_bytes());
    let page_text = text(&[busy]);
    assert!(page_text.len() < 2_000_000, "{}", page_text.len());
    assert!(page_text.contains("shorter intervals are not drawn"));
}

#[test]
fn the_site_that_was_hit_is_shown_among_forty() {
    let page = text(&[of_model(&centre(40, &[33]))]);
    let lanes = page.split("id=\"lanes\"").nth(1).unwrap().split("</svg>").next().unwrap();
    assert!(lanes.contains(">site site-33<"), "the lane of the site");
    assert!(lanes.contains("site site-33: down from 10 min to 15 min"), "its state in words");
}

/// Also among two hundred paths that were down for longer, and of the groups those that were out of service at that time.
#[test]
fn an_incident_from_close_by_shows_what_was_hit_then() {
    let mut folder = of_model(&centre(40, &[33]));
    let mut add = |file: &str, rows: String| {
        let mut bytes = folder.files[file].clone();
        bytes.extend(rows.into_bytes());
        folder.files.insert(file.to_owned(), bytes);
    };
    let path = |n| format!("path,,cti,l{n},site-{},down,1800.0,3000.0\n", n % 40);
    let header = "part,name,kind,location,site,state,from_s,to_s\n";
    add("states.csv", (0..200).map(path).collect());
    let group = |n| format!("g{n},0,1800,90,0,0\ng{n},1800,3000,10,80,0\n");
    let late = "late,0,600,10,0,0\nlate,600,660,1,9,0\nlate,660,3600,10,0,0\n";
    add("groups.csv", (0..40).map(group).collect::<String>() + late);
    assert!(folder.files["states.csv"].starts_with(header.as_bytes()));
    let page = text(&[folder]);
    let chart = |id: &str| {
        let from = page.split(&format!("id=\"{id}\"")).nth(1).expect("a chart");
        from.split("</svg>").next().unwrap().to_owned()
    };
    let (whole, near) = (chart("lanes"), chart("incident-600"));
    assert!(whole.contains(">site site-33<") && near.contains(">site site-33<"));
    assert!(near.contains(">group late<") && !near.contains(">group g1<"), "{near}");
    assert!(!near.contains(">path l"), "{near}");
    assert!(whole.contains(">group g1<") && !whole.contains(">group late<"));
}

/// Of forty groups those that were out of service have lanes, the others are counted; a step of many changes
/// shows the most.
#[test]
fn groups_that_were_hit_have_lanes() {
    let mut folder = of_model(&centre(2, &[0]));
    let mut table = "group,from_s,to_s,in_service,out,away\n".to_owned();
    for group in 0..40 {
        let hit = match group {
            7 => "g7,0,600,10,0,0\ng7,600,660,0,10,0\ng7,660,900,8,2,6\ng7,900,3600,10,0,0\n"
                .to_owned(),
            other => format!("g{other},0,3600,10,0,0\n"),
        };
        table += &hit;
    }
    folder.files.insert("groups.csv".to_owned(), table.into_bytes());
    let page = text(&[folder.clone()]);
    let lanes = page.split("id=\"lanes\"").nth(1).unwrap().split("</svg>").next().unwrap();
    for said in [
        ">group g7<",
        "group g7: 10 of 10 agents out of service from 10 min to 11 min",
        "group g7: 2 of 10 agents out of service from 11 min to 15 min",
        "group g7: 6 of 10 agents in service away from home from 11 min to 15 min",
        "group g7: 2 of 10 agents in service at home from 11 min to 15 min",
    ] {
        assert!(lanes.contains(said), "{said}: {lanes}");
    }
    assert!(!lanes.contains(">group g8<"), "{lanes}");
    assert!(page.contains(
        "39 further groups, with less agent time out of service, are in <code>groups.csv</code>."
    ));
    folder.files.remove("groups.csv");
    let page = text(&[folder]);
    assert!(!page.contains(">group g") && page.contains("Not in this directory: groups.csv"));
}

/// 07-site-loss begins on `Mon 09:00`; what has no clock says times since the start only.
#[test]
fn names_that_are_cut_are_whole_where_the_pointer_rests() {
    let page = text(&[of_model(&long_names())]);
    let whole = "<title>site a site whose name has more than sixty letters, &lt;0&gt; &amp;";
    assert!(page.contains(whole), "a lane");
    // A fault that is called as a site.
    let mut model = centre(3, &[0]);
    model.faults[0].name = "site site-0".to_owned();
    let page = text(&[of_model(&model)]);
    for lane in [">fault: site site-0</text>", ">site site-0</text>"] {
        assert!(page.contains(lane), "{lane}");
    }
}

#[test]
fn instants_are_local_times_where_the_scenario_has_a_clock() {
    let page = text(&[committed("07-site-loss")]).replace('\u{a0}', " ");
    for said in [
        "Over 45 min from Mon 09:00, 5,000 agents were in service",
        "The worst fault, &quot;north lost&quot; at Mon 09:10 (10 min after the start), put 3,000 agents out of service",
        "north lost at Mon 09:10 (10 min after the start)</button>",
        "<title>site north: down from Mon 09:10 to Mon 09:30</title>",
        ">time since the start, Mon 09:00</text>",
        "data-clock=\"32400\" data-week",
        "<th scope=\"col\">from_<wbr>s</th><th scope=\"col\">from</th><th scope=\"col\">to_<wbr>s</th><th scope=\"col\">to</th>",
        "<td>600<td class=\"t\">Mon 09:10<td>1800<td class=\"t\">Mon 09:30",
        "T+0: north lost, Mon 09:10 (10 min after the start)",
        "<th scope=\"row\">+6 s, Mon 09:10:06</th>",
    ] {
        assert!(page.contains(said), "{said}");
    }
    let dated = text(&[committed("30-clocks-change")]);
    for said in [">Sun 28 Mar</text>", ">local time; the run starts Fri 2027-03-26 00:00</text>"] {
        assert!(dated.contains(said), "{said}");
    }
    let without = text(&[of_model(&centre(3, &[0]))]);
    assert!(!without.contains("data-clock") && !without.contains("<th scope=\"col\">from</th>"));
}

#[test]
fn a_browser_runs_our_scripts_and_no_others() {
    let scripts = [
        include_str!("../../../../src/report/page/page.js"),
        include_str!("../../../../src/report/page/lanes.js"),
        include_str!("../../../../src/report/page/charts.js"),
    ];
    let digests = scripts
        .map(|script| base64::engine::general_purpose::STANDARD.encode(Sha256::digest(script)));
    let [own, lanes, charts] = &digests;
    assert_eq!(include_str!("../../../../src/report/page/page.js.sha256").trim(), own);
    assert_eq!(include_str!("../../../../src/report/page/lanes.js.sha256").trim(), lanes);
    assert_eq!(include_str!("../../../../src/report/page/charts.js.sha256").trim(), charts);
    let page = text(&[committed("07-site-loss")]);
    assert!(page.contains(&format!(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{own}' 'sha256-{lanes}' 'sha256-{charts}'"
    )));
    for script in scripts {
        assert!(page.contains(&format!("<script>{script}</script>")));
    }
}

#[test]
fn what_is_no_result_or_garbled_is_refused_with_its_name() {
    let refused = |files: &[(&str, &str)]| {
        let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        let folder = Folder { name: "d".to_owned(), files: files.collect() };
        page(&[folder]).unwrap_err()
    };
    assert_eq!(refused(&[]), Refused::Foreign("d".to_owned()));
    assert_eq!(
        refused(&[]).to_string(),
        "d is not a result of `run`, `replay`, `merge`, `compare`, `sweep` or `headroom`: it has none of summary.json, experiment.json, compare.json, sweep.json, headroom.json"
    );
    assert_eq!(
        refused(&[("summary.json", "{\"agents\": ")]).to_string(),
        "d/summary.json cannot be understood: EOF while parsing a value at line 1 column 11"
    );
    assert_eq!(
        refused(&[("summary.json", "{\"format_version\": 2}")]).to_string(),
        "d/summary.json cannot be understood: it has format version 2, and this program knows 1"
    );
    assert_eq!(
        refused(&[("sweep.json", "[]")]).to_string(),
        "d/sweep.json cannot be understood: it is no JSON object"
    );
    assert_eq!(
        refused(&[("summary.json", "{}"), ("moves.svg", "<p/>")]).to_string(),
        "d/moves.svg cannot be understood: it is no SVG"
    );
}

/// Downtime by fault, by site and by group, each adding up to the whole.
#[test]
fn downtime_is_shared_out_without_a_rest() {
    for (name, model) in gallery() {
        let folder = of_model(&model);
        let whole = json(&folder, "summary.json")["downtime_s"]["total"].as_f64().unwrap();
        let mut reader = csv::Reader::from_reader(folder.files["downtime.csv"].as_slice());
        let mut sums: BTreeMap<String, f64> = BTreeMap::new();
        for row in reader.records().map(Result::unwrap) {
            let by_cause: f64 = (4..11).map(|at| row[at].parse::<f64>().unwrap()).sum();
            let seconds: f64 = row[3].parse().unwrap();
            assert!((by_cause - seconds).abs() < 1e-6, "{name}: {row:?}");
            *sums.entry(row[0].to_owned()).or_default() += seconds;
        }
        let ways: Vec<&String> = sums.keys().collect();
        assert!(ways.len() == 3 || whole == 0.0 || name == "nobody", "{name}: {ways:?}");
        for (by, sum) in &sums {
            assert!((sum - whole).abs() < 1e-6, "{name}: by {by} {sum}, in all {whole}");
        }
    }
    let table =
        String::from_utf8(of_model(&centre(4, &[0, 2])).files["downtime.csv"].clone()).unwrap();
    let of = |head: &str| table.lines().find(|line| line.starts_with(head)).unwrap().to_owned();
    assert!(
        of("site,site-1,").starts_with("site,site-1,2,"),
        "agents of site-0 return from site-1: {table}"
    );
    assert!(of("site,site-0,").starts_with("site,site-0,2,"), "{table}");
}
