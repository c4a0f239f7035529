//! The charts of `sweep` and of several variants, read back: what is drawn, and that no text touches another.

use super::program::Place;
use crate::bless::root;
use crate::cli::texts::TIMEOUT;
use crate::report::svg::{self, Words};

const TEXT: &str = r#"
horizon = "30d"
[application.interaction-workspace]
disaster-recovery.enabled = true
disaster-recovery.timeout = 60
disaster-recovery.preferred-site = "X"
disaster-recovery.peer-site = "Y"
[site.X]
[site.Y]
[location.L]
[agent-group.agents]
agents = 5
[desktop]
login = "8s"
[[fault]]
name = "cut"
target = "path L-X"
mtbf = "5d"
mttr = "10m"
"#;

/// What a command has written.
fn made(command: &str, arguments: &[&str]) -> Place {
    let place = Place::new();
    place.write("s.toml", TEXT);
    let fixed = [command, "s.toml", "--replications", "5", "--out", "out"];
    place.run(&[&fixed[..], arguments].concat()).expect(0);
    place
}

/// A chart: no text leaves the sheet, no two touch, and lines and texts stand out against the paper.
fn chart(place: &Place, name: &str) -> svg::Chart {
    let chart = svg::read(&place.read(&format!("out/{name}")));
    let apart = |a: &Words, b: &Words| {
        a.right <= b.left + 1.0
            || b.right <= a.left + 1.0
            || a.bottom <= b.top + 1.0
            || b.bottom <= a.top + 1.0
    };
    let (wide, high) = chart.size;
    for (number, words) in chart.words.iter().enumerate() {
        assert!(words.left >= 0.0 && words.right <= wide && words.bottom <= high, "{words:?}");
        for other in &chart.words[..number] {
            assert!(apart(words, other), "{words:?} touches {other:?}");
        }
    }
    for shape in chart.marks().skip(1) {
        let on_dark = shape.colour == "#ffffff";
        assert!(on_dark || svg::contrast(&shape.colour) >= 3.0, "{shape:?}");
    }
    assert!(chart.description.len() > 20);
    chart
}

#[test]
fn curves_show_level_and_difference_of_what_occurred() {
    let place = made("sweep", &["--set", &format!("{TIMEOUT}=15,30,45,60,90,120")]);
    let chart = chart(&place, "sweep-curves.svg");
    let texts = chart.texts();
    for text in [
        "What disaster-recovery.timeout does to downtime and to moves",
        "downtime per agent",
        "difference from today",
        "disaster-recovery.timeout (s)",
        "may have the least downtime",
    ] {
        assert!(texts.contains(&text), "{text}: {texts:?}");
    }
    assert!(texts[1].contains("Shaded: 95 % intervals."), "{texts:?}");
    for none in ["needless switchovers", "flaps"] {
        assert!(!texts.contains(&none), "there were none: {texts:?}");
    }
    let committed = root("results/17-year-with-bounds-sweep/sweep-curves.svg");
    let year = svg::read(&std::fs::read_to_string(committed).unwrap());
    assert!(year.texts().contains(&"needless switchovers"));
}

#[test]
fn today_is_drawn_where_it_is_also_between_two_points() {
    let place = made("sweep", &["--set", &format!("{TIMEOUT}=30,90")]);
    let chart = chart(&place, "sweep-curves.svg");
    let of = |text: &str| chart.words.iter().filter(|words| words.text == text).collect::<Vec<_>>();
    let middle = |words: &Words| (words.left + words.right) / 2.0;
    // The label begins four pixels to the right of its line.
    let today = of("today")[0].left - 4.0;
    let between = (middle(of("30")[0]) + middle(of("90")[0])) / 2.0;
    assert!((today - between).abs() < 2.0, "{today} {between}");
}

#[test]
fn a_constant_measure_is_a_flat_line() {
    // What a site is sized for slows nothing down.
    let place = made("sweep", &["--set", "site.Y.agent-capacity=10,20"]);
    let curves = chart(&place, "sweep-curves.svg");
    assert_eq!(curves.texts()[0], "Y.agent-capacity does not change the downtime");
    let sets = ["--set", "site.Y.agent-capacity=10,20", "--set", "site.X.agent-capacity=10,20"];
    let heat = chart(&made("sweep", &sets), "sweep-heat.svg");
    let everywhere = |text: &&&str| text.ends_with(": downtime per agent, in every cell");
    assert_eq!(heat.texts().iter().filter(everywhere).count(), 1, "{:?}", heat.texts());
}

#[test]
fn heat_maps_of_2_x_2_and_of_20_x_12() {
    for (across, down) in [("30,60", "8s,16s"), ("10..200 step 10", "2s..24s step 2s")] {
        let set = [format!("{TIMEOUT}={across}"), format!("desktop.login={down}")];
        let place = made("sweep", &["--set", &set[0], "--set", &set[1]]);
        let chart = chart(&place, "sweep-heat.svg");
        let texts = chart.texts();
        for text in ["disaster-recovery.timeout (s)", "desktop.login"] {
            assert!(texts.contains(&text), "{text}: {texts:?}");
        }
        assert!(texts.iter().any(|text| text.ends_with(": downtime per agent")), "a colour key");
        // The second parameter grows upward.
        let height = |text: &str| chart.words.iter().find(|words| words.text == text).unwrap().top;
        assert!(height("16s") < height("8s"), "{texts:?}");
        let cells = chart.shapes.iter().filter(|shape| shape.tag == "rect").count();
        assert!(cells >= if across == "30,60" { 4 } else { 240 }, "{cells}");
    }
}

#[test]
fn every_chart_of_a_comparison_names_its_variant() {
    let place = made("compare", &["--set", &format!("{TIMEOUT}=30,90")]);
    for (file, letter) in [("differences.svg", "B"), ("differences-2.svg", "C")] {
        let chart = chart(&place, file);
        let title = format!("Downtime per agent: {letter} less A, replication by replication");
        assert_eq!(chart.texts()[0], title);
        let better = format!("{letter} is better below 0");
        assert!(chart.texts().iter().any(|text| text.contains(&better)), "{:?}", chart.texts());
    }
    let variants = chart(&place, "variants.svg");
    assert_eq!(variants.texts()[0], "What the variants change: downtime");
    for text in ["B", "disaster-recovery.timeout=30", "C", "disaster-recovery.timeout=90"] {
        assert!(variants.texts().contains(&text), "{text}: {:?}", variants.texts());
    }
}
