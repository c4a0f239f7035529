//! What can be seen in the charts: texts that do not touch, lines that stand out, every site that
//! was hit, the minutes that matter.

use switchover::measures::Results;
use switchover::model::{Model, SiteId, Target};
use switchover::report::charts::{CHARTS, QUEUE_CHARTS, stamped};

use super::svg::{self, Chart, Words};
use super::{centre, gallery, long_names, run};
use crate::builder::{at, down};

/// One chart of a run, taken apart.
fn drawn(file: &str, results: &Results, model: &Model) -> Chart {
    let queues = QUEUE_CHARTS.iter().map(|one| &one.chart);
    let chart = CHARTS.iter().chain(queues).find(|chart| chart.file == file);
    let chart = chart.expect("a known chart");
    svg::read(&(chart.draw)(results, model))
}

/// Every chart of every kind of run.
fn all() -> impl Iterator<Item = (String, Chart)> {
    let runs = gallery().into_iter().chain([("long names", long_names())]);
    runs.flat_map(|(name, model)| {
        let (results, _) = run(&model);
        let queues = QUEUE_CHARTS.iter().filter(|one| (one.has_queue)(&results));
        let charts = CHARTS.iter().chain(queues.map(|one| &one.chart)).map(|chart| {
            let svg = stamped(&(chart.draw)(&results, &model), "a scenario, seed 1");
            (format!("{name}, {}", chart.file), svg::read(&svg))
        });
        charts.collect::<Vec<_>>()
    })
}

#[test]
fn what_is_served_has_a_plot_of_its_own_where_far_more_comes() {
    let labels = |number| {
        let model = super::queues(number, 20);
        let (results, _) = run(&model);
        let texts = |file| {
            let chart = drawn(file, &results, &model);
            let own = |text: &&str| text.starts_with("X") || text.starts_with("capacity");
            let all = chart.texts().into_iter().filter(own).map(str::to_owned);
            (chart.title.clone(), all.collect::<Vec<_>>().join("; "))
        };
        [texts("register-queues.svg"), texts("connection-queues.svg")]
    };
    let [registers, connections] = labels(300);
    let wanted = "Up to 278 REGISTERs waiting at X, for up to 13.8 s; 23 timed out";
    assert_eq!(registers.0, wanted);
    assert_eq!(
        registers.1,
        "X-sip-1: REGISTERs per second; capacity 20/s; X-sip-1: messages waiting"
    );
    let wanted = "Up to 209 desktops waiting at X, for up to 21 s; 827 attempts timed out";
    assert_eq!(connections.0, wanted);
    let own = "X: attempts to connect per second; X: connected per second; capacity 1/s; X: attempts waiting";
    assert_eq!(connections.1, own);
}

#[test]
fn queues_in_which_nobody_waits() {
    let model = super::queues(1, 20);
    let (results, _) = run(&model);
    for (file, title, capacity) in [
        ("register-queues.svg", "No REGISTER had to wait", "REGISTERs per second; capacity 20/s"),
        ("connection-queues.svg", "No desktop had to wait for a connection", "capacity 1/s"),
    ] {
        let chart = drawn(file, &results, &model);
        assert!(chart.title.starts_with(title), "{}", chart.title);
        assert!(chart.texts().iter().any(|text| text.ends_with(capacity)), "{:?}", chart.texts());
    }
}

#[test]
fn every_chart_has_a_title_and_a_description_and_says_where_it_comes_from() {
    for (name, chart) in all() {
        let first = &chart.words[0].text;
        assert!(!chart.title.is_empty() && chart.description.len() > 20, "{name}");
        assert!(chart.title.starts_with(first.trim_end_matches('.')), "{name}: {first}");
        let foot = chart.words.last().expect("a foot");
        assert_eq!(foot.text, "a scenario, seed 1", "{name}");
        assert!(chart.words.iter().rev().skip(1).all(|words| words.bottom <= foot.top + 1.0));
    }
}

#[test]
fn no_text_leaves_the_sheet_and_no_two_touch() {
    let apart = |a: &Words, b: &Words| {
        a.right <= b.left + 1.0
            || b.right <= a.left + 1.0
            || a.bottom <= b.top + 1.0
            || b.bottom <= a.top + 1.0
    };
    for (name, chart) in all() {
        let (wide, high) = chart.size;
        for (number, words) in chart.words.iter().enumerate() {
            let inside = words.left >= 0.0 && words.right <= wide;
            assert!(inside && words.top >= 0.0 && words.bottom <= high, "{name}: {words:?}");
            for other in &chart.words[..number] {
                assert!(apart(words, other), "{name}: {words:?} touches {other:?}");
            }
        }
    }
}

#[test]
fn lines_and_texts_stand_out() {
    for (name, chart) in all() {
        let ground = chart.shapes.first().expect("the paper");
        assert_eq!(ground.colour, "#ffffff", "{name}");
        let lines = chart.marks().skip(1).map(|shape| &shape.colour);
        for colour in lines.chain(chart.words.iter().map(|words| &words.colour)) {
            assert!(svg::contrast(colour) >= 3.0, "{name}: {colour}");
        }
    }
}

#[test]
fn a_site_looks_the_same_in_all_charts_of_a_run_and_unlike_the_others() {
    for sites in [2, 4] {
        let model = centre(sites, &[1]);
        let (results, _) = run(&model);
        let styles = |file| {
            let chart = drawn(file, &results, &model);
            let names = model.sites.iter().map(|site| chart.style(&site.name).expect("a name"));
            names.collect::<Vec<_>>()
        };
        let found = styles("agents-in-service.svg");
        assert_eq!(found, styles("registers-and-logins.svg"));
        for (number, style) in found.iter().enumerate() {
            let alike = |other: &&(String, String)| other.0 == style.0 || other.1 == style.1;
            assert!(!found[..number].iter().any(|other| alike(&other)), "{found:?}");
        }
    }
}

#[test]
fn equal_lines_do_not_hide_each_other() {
    // Nothing happens: both sites have two agents all the time.
    let model = centre(2, &[]);
    let (results, _) = run(&model);
    let chart = drawn("agents-in-service.svg", &results, &model);
    let flat = |colour: &str| {
        let long = chart.shapes.iter().filter(|shape| {
            shape.colour == colour && shape.points.iter().any(|point| point.0 > 900.0)
        });
        long.map(|shape| (shape.points.clone(), shape.dash.clone())).next().expect("a line")
    };
    let [(x, first), (y, second)] =
        [0, 1].map(|site: usize| flat(&chart.style(&model.sites[site].name).expect("it").0));
    assert_eq!(x, y);
    assert!(first.is_empty() && !second.is_empty(), "the one on top is dashed");
}

#[test]
fn every_site_that_was_hit_is_drawn() {
    let everybody: Vec<u32> = (0..12).collect();
    for (sites, hit) in [(12, &everybody[..]), (12, &[7]), (40, &everybody), (40, &[])] {
        let model = centre(sites, hit);
        let (results, _) = run(&model);
        let chart = drawn("agents-in-service.svg", &results, &model);
        for site in hit {
            let name = &model.sites[*site as usize].name;
            assert!(chart.texts().contains(&name.as_str()), "{sites} sites: {name} is missing");
        }
        let left_out = chart.texts().iter().any(|text| text.contains("Nothing happened at"));
        assert_eq!(left_out, hit.len() + 1 < sites as usize, "{sites} sites, {} hit", hit.len());
    }
}

#[test]
fn a_long_run_shows_its_minutes_from_the_fault_on() {
    let mut model = centre(2, &[]);
    model.horizon = at(4 * 3_600);
    down(&mut model, Target::Site(SiteId(0)), 7_200, 7_380);
    let (results, _) = run(&model);
    let chart = drawn("agents-in-service.svg", &results, &model);
    let band = chart.shapes.iter().filter(|shape| shape.class == "fault");
    let widest = band.map(|shape| shape.points[1].0 - shape.points[0].0).fold(0.0, f64::max);
    assert!(widest > 500.0, "three minutes are most of the picture: {widest}");
    let texts = chart.texts();
    assert!(texts.contains(&"0 s") && texts.contains(&"time since the fault"), "{texts:?}");
    assert!(texts.contains(&"T+0: fault-0, at 2 h"), "{texts:?}");
}

#[test]
fn a_year_is_a_strip_of_incidents_and_a_panel_for_each_telling_one() {
    let mut model = centre(2, &[]);
    model.horizon = at(365 * 86_400);
    for day in [10, 100, 200] {
        down(&mut model, Target::Site(SiteId(0)), day * 86_400, day * 86_400 + 180);
    }
    let (results, _) = run(&model);
    for file in ["agents-in-service.svg", "registers-and-logins.svg", "moves.svg"] {
        let chart = drawn(file, &results, &model);
        let texts = chart.texts();
        for heading in ["on day 10", "on day 100", "on day 200"] {
            assert!(texts.iter().any(|text| text.ends_with(heading)), "{file}: {heading}");
        }
        assert!(texts.contains(&"agents gone from") && texts.contains(&"day 350"), "{file}");
        // The strip shows each of them as a bar, however short.
        let colour = chart.shapes.iter().filter(|shape| shape.colour == "#0072b2");
        let bars = colour
            .filter(|shape| shape.tag == "rect" && shape.points[1].0 - shape.points[0].0 <= 4.0);
        assert!(bars.count() >= 3, "{file}");
    }
}

#[test]
fn capacities_are_lines_with_their_names() {
    let mut model = centre(2, &[0]);
    model.sites[0].register_capacity = Some(3.0);
    model.sites[1].login_gap = Some(crate::builder::s(1));
    let (results, _) = run(&model);
    let chart = drawn("registers-and-logins.svg", &results, &model);
    for label in ["register-capacity of site-0 3/s", "login-capacity of site-1 1/s"] {
        assert!(chart.texts().iter().any(|text| text.ends_with(label)), "{label}");
    }
}

#[test]
fn causes_are_drawn_from_the_largest_and_without_those_that_never_occurred() {
    let model = super::cut(40);
    let (results, _) = run(&model);
    let chart = drawn("downtime-by-cause.svg", &results, &model);
    let bars = chart.marks().filter(|shape| shape.tag == "rect").skip(1);
    let lengths: Vec<f64> = bars.map(|bar| bar.points[1].0 - bar.points[0].0).collect();
    assert!(lengths.is_sorted_by(|a, b| a >= b) && lengths.len() >= 2, "{lengths:?}");
    let occurred = results.counts.downtime.iter().filter(|total| total.0 > 0).count();
    assert_eq!(lengths.len(), occurred);
    assert!(!chart.texts().contains(&"not-ready"), "it never occurred");
    assert!(chart.title.contains("% of the downtime is "), "{}", chart.title);
}

#[test]
fn two_replications_are_a_point_with_its_interval_below_the_threshold() {
    let place = crate::cli::program::Place::new();
    let scenario = crate::bless::root("scenarios/17-year-with-bounds.toml");
    let scenario = scenario.to_string_lossy();
    let ended = place.run(&["run", &scenario, "--replications=2", "--out", "out", "--quiet"]);
    assert!(ended.code == Some(4) || ended.code == Some(5), "{ended:?}");
    let chart = svg::read(&place.read("out/convergence.svg"));
    let point = chart.marks().filter(|shape| shape.tag == "rect").nth(1).expect("a point");
    let middle = (point.points[0].0 + point.points[1].0) / 2.0;
    let bar = chart.shapes.iter().find(|shape| {
        shape.tag == "polyline"
            && shape.points.len() == 2
            && shape.colour == point.colour
            && shape.points.iter().all(|(x, _)| (x - middle).abs() < 2.0)
    });
    let bar = bar.expect("an interval");
    assert!((bar.points[0].1 - bar.points[1].1).abs() > 50.0, "{bar:?}");
    assert!(middle < chart.size.0 - 50.0, "not on the frame");
    assert!(chart.texts().iter().any(|text| text.starts_with("threshold: at most 15m")));
    assert!(chart.title.starts_with("Downtime per agent and year = "), "{}", chart.title);
    assert!(chart.texts().iter().any(|text| text.ends_with(" of replications up to 2.")));
}
