//! The experiment and the thresholds of a scenario: what they come to mean, and what is said of
//! quantities that cannot be read. Measures are looked up in the table of measures.

use switchover::checks;
use switchover::diagnostic::Source;
use switchover::measures::names::Names;
use switchover::model::{Bound, Experiment, Model, Threshold, Unit};
use switchover::scenario::{NoFiles, load};
use switchover::time::Span;

use super::messages::SOUND;

/// Every error of a text, in one line each.
fn errors(added: &str) -> Vec<String> {
    let text = format!("{SOUND}{added}");
    let source = Source::from_bytes("t.toml", text.as_bytes());
    let examined = checks::examine(&load("t.toml", text.as_bytes(), &NoFiles), &Names);
    let errors = examined.diagnostics.iter().filter(|finding| finding.is_error());
    let told = errors.map(|d| {
        let line = source.position(d.primary.span.start).line;
        let help = d.help.as_ref().map_or(String::new(), |help| format!(" | {help}"));
        format!("{} {line} {} | {}{help}", d.code, d.message, d.primary.text)
    });
    told.collect()
}

fn model(added: &str) -> Model {
    let text = format!("{SOUND}{added}");
    let examined = checks::examine(&load("t.toml", text.as_bytes(), &NoFiles), &Names);
    examined.resolved.unwrap_or_else(|| panic!("{:?}", examined.diagnostics)).model
}

#[test]
fn without_a_word_of_it_there_are_defaults() {
    let model = model("");
    assert_eq!(model.experiment, Experiment::default());
    assert_eq!(model.experiment.measures, ["downtime_s.total"]);
    assert_eq!((model.experiment.confidence, model.experiment.max_replications), (0.95, 10_000));
    assert_eq!(model.thresholds, []);
}

#[test]
fn everything_can_be_said() {
    let model = model(
        "[[fault]]\nname = \"the cut\"\ntarget = \"site X\"\nat = \"5m\"\nfor = \"5m\"\n\
         [experiment]\nprecision = \"5%\"\nabsolute-precision = 0.5\nconfidence = \"99.5%\"\n\
         measures = [\"outages.count\", \"faults.the cut.agents_hit\"]\n\
         max-replications = 3\nmax-time = \"10m\"\n\
         [[threshold]]\nmeasure = \"outages.duration_s.p95\"\nat-most = \"2m\"\n\
         [[threshold]]\nmeasure = \"pairs.X-sip-1.availability\"\nat-least = \"99.9%\"\n\
         [[threshold]]\nmeasure = \"flaps.count\"\nat-most = 1_000\n",
    );
    let expected = Experiment {
        replications: None,
        precision: Some(0.05),
        absolute: Some(0.5),
        measures: vec!["outages.count".into(), "faults.the cut.agents_hit".into()],
        confidence: 0.995,
        max_replications: 3,
        max_time: Some(Span::from_secs(600)),
    };
    assert_eq!(model.experiment, expected);
    let threshold = |measure: &str, bound, unit, written: &str| {
        let (measure, written) = (measure.to_owned(), written.to_owned());
        Threshold { measure, bound, unit, written }
    };
    let expected = [
        threshold("outages.duration_s.p95", Bound::AtMost(120.0), Unit::Time, "2m"),
        threshold("pairs.X-sip-1.availability", Bound::AtLeast(0.999), Unit::Share, "99.9%"),
        threshold("flaps.count", Bound::AtMost(1000.0), Unit::Count, "1000"),
    ];
    assert_eq!(model.thresholds, expected);
    let told: Vec<String> = model.thresholds.iter().map(Threshold::to_string).collect();
    let expected = [
        "outages.duration_s.p95 at most 2m",
        "pairs.X-sip-1.availability at least 99.9%",
        "flaps.count at most 1000",
    ];
    assert_eq!(told, expected);
}

#[test]
fn quantities_that_cannot_be_read() {
    let bound = |value: &str| {
        errors(&format!("[[threshold]]\nmeasure = \"flaps.count\"\nat-most = {value}\n"))
    };
    let kinds = "write \"2m\", \"99.9%\" or a bare number, as the measure's unit is";
    let wrong = "S007 12 `at-most` must be a duration, a number or a percentage";
    assert_eq!(bound("\"5\""), [format!("{wrong} | the unit is missing | {kinds}")]);
    assert_eq!(bound("\"101%\""), [format!("{wrong} | more than 100% | {kinds}")]);
    let range = "S008 12 `at-most` is out of range | it must be a finite number of at least 0";
    for value in ["-1", "-0.5", "nan", "inf", "99999999999999999999"] {
        assert_eq!(bound(value), [range], "{value}");
    }
    let write = "write `at-most = \"30s\"`";
    let wrong = "S006 12 `at-most` must be a duration, a number or a percentage";
    assert_eq!(bound("true"), [format!("{wrong} | this is a boolean | {write}")]);
    assert_eq!(bound("0"), [""; 0]);
    assert_eq!(
        errors("[experiment]\nabsolute-precision = \"0s\"\nmeasures = []\n"),
        [
            "S008 11 `absolute-precision` is out of range | it must be above 0",
            "S008 12 `measures` is out of range | it must name at least one measure",
        ]
    );
}

/// A mistake may have hidden what a measure is about; without one, a run is refused.
#[test]
fn measures_are_looked_up_in_scenarios_that_are_understood() {
    let threshold = "[[threshold]]\nmeasure = \"sites.Z.logins\"\nat-most = 5\n";
    let unknown = "S019 11 there is no measure `sites.Z.logins` | no measure of this name | did \
                   you mean `sites.X.logins`?";
    assert_eq!(errors(threshold), [unknown]);
    let both = errors(&format!("{threshold}[desktop]\nlogin = 8\n"));
    assert_eq!(both.len(), 1, "{both:?}");
    let text = format!("{SOUND}{threshold}");
    let examined = checks::examine(&load("t.toml", text.as_bytes(), &NoFiles), &Names);
    assert!(examined.resolved.is_none(), "nothing is simulated in spite of it");
}
