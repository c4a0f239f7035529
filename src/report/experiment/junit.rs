//! The thresholds of an experiment as JUnit XML, which build servers show: a test case per threshold.
//! A threshold that is broken is a failure, one that is undecided an error.
//!
//! The XML is written by the library that writes the charts; nothing here is a picture.

use svg::node::Node;
use svg::node::Text;
use svg::node::element::Element;

use crate::experiment::{Answer, Outcome, Verdict};
use crate::model::Model;
use crate::report::Provenance;
use crate::report::numbers::{Scale, value};

use super::text::open_behind;

/// By this a file is known as one of this program.
pub const JUNIT_NAME: &str = "name=\"switchover\"";

/// The file.
#[must_use]
pub fn junit(answer: &Answer, model: &Model, provenance: &Provenance) -> Vec<u8> {
    let number = |outcome| answer.verdicts.iter().filter(|one| one.outcome == outcome).count();
    let [failures, errors] = [Outcome::Fail, Outcome::Inconclusive].map(number);
    let counted = |name: &str, element: &str| {
        let mut element = Element::new(element);
        element.assign("name", plain(name));
        element.assign("tests", answer.verdicts.len());
        element.assign("failures", failures);
        element.assign("errors", errors);
        element
    };
    let mut suite = counted(&model.name, "testsuite");
    for verdict in &answer.verdicts {
        suite.append(case(verdict, answer, model));
    }
    let mut line = Element::new("system-out");
    line.append(Text::new(plain(&provenance.line())));
    suite.append(line);
    let mut all = counted("switchover", "testsuites");
    all.append(suite);
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{all}\n").into_bytes()
}

fn case(verdict: &Verdict, answer: &Answer, model: &Model) -> Element {
    let mut case = Element::new("testcase");
    case.assign("classname", plain(&model.name));
    case.assign("name", plain(&verdict.threshold.to_string()));
    let kind = match verdict.outcome {
        Outcome::Pass => return case,
        Outcome::Fail => "failure",
        Outcome::Inconclusive => "error",
    };
    let mut why = Element::new(kind);
    why.assign("type", verdict.outcome.name());
    let open = open_behind(verdict).map_or_else(String::new, |why| format!("; {why}"));
    why.assign("message", plain(&format!("{}{open}", found(verdict, answer))));
    case.append(why);
    case
}

/// The value with its interval.
fn found(verdict: &Verdict, answer: &Answer) -> String {
    let unit = answer.gathered.measures()[verdict.measure].gauge.unit;
    let estimate = &verdict.estimate;
    match (estimate.value, estimate.interval) {
        (None, _) => "no value".to_owned(),
        (Some(number), None) => format!("{} without an interval", value(number, unit)),
        (Some(number), Some(interval)) => {
            let scale = Scale::of_estimate(estimate, unit);
            format!("{} ({})", scale.full(number), scale.interval(interval))
        }
    }
}

/// A text without characters that XML cannot hold.
fn plain(text: &str) -> String {
    crate::diagnostic::plain(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
