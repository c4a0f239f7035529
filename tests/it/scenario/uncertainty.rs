//! `uncertainty`: sets of laws from a file, one per replication in turn, and what is said about
//! files that hold none.

use switchover::diagnostic::Source;
use switchover::distribution::{Branch, Law};
use switchover::faults;
use switchover::model::Model;
use switchover::random::RandomNumbers;
use switchover::resolve::resolve;
use switchover::scenario::{DrOff, Files, load};
use switchover::time::Span;

use super::messages::SOUND;

const TWO: &str = "\
set,failure_law,failure_shape,failure_scale_s,repair_law,repair_median_s,repair_p95_s
0,weibull,0.8,1000,lognormal,30,90
1,weibull,0.9,2000,lognormal,40,80
";

const MIXED: &str = "\
failure_law,failure_mean_s,failure_p,failure_other_mean_s,repair_law,repair_value_s
exponential,50,,,constant,5
hyperexponential,10,0.25,90,constant,6
exponential,70,,,constant,7
";

/// Files by name.
struct Given(Vec<(&'static str, String)>);

impl Files for Given {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        let found = self.0.iter().find(|(name, _)| *name == path);
        found.map(|(_, text)| text.clone().into_bytes()).ok_or_else(|| "no such file".to_owned())
    }
}

const FAULT: &str = "\
[[fault]]
target = \"every site\"
failure = \"1/m\"
repair = \"5s\"
uncertainty = \"sets.csv\"
";

fn given(text: &str) -> Given {
    Given(vec![("sets.csv", text.to_owned()), ("mixed.csv", MIXED.to_owned())])
}

fn model(added: &str, sets: &str) -> Model {
    let text = format!("{SOUND}{added}");
    let loaded = load("t.toml", text.as_bytes(), &given(sets));
    assert_eq!(loaded.diagnostics, []);
    resolve(&loaded.document.unwrap(), &DrOff::default()).0.unwrap().model
}

/// Message, label and help of everything that is said.
fn said(added: &str, sets: &str) -> String {
    let text = format!("{SOUND}{added}");
    let loaded = load("t.toml", text.as_bytes(), &given(sets));
    let source = Source::from_bytes("t.toml", text.as_bytes()).with(&loaded.attached);
    let lines = loaded.diagnostics.iter().map(|d| {
        let at = source.position(d.primary.span.start);
        let help = d.help.as_deref().unwrap_or_default();
        let place = match source.other(d.primary.span.start) {
            Some(file) => format!("{file}:{}:{}", at.line, at.column),
            None => format!("line {}", at.line),
        };
        format!("{} {place}: {} | {} | {help}", d.code, d.message, d.primary.text)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_replication_has_its_set_and_begins_again_after_the_last() {
    let model = model(FAULT, TWO);
    assert_eq!(model.input_sets(), Some(2));
    let schedule = &model.faults[0].schedule;
    let scale = |replication| match schedule.laws(replication).unwrap().0 {
        Law::Weibull { scale, .. } => *scale,
        other => panic!("{other:?}"),
    };
    assert_eq!([0, 1, 2, 7].map(scale), [1000, 2000, 1000, 2000].map(Span::from_secs));
}

#[test]
fn every_law_can_be_read() {
    let model = model(&FAULT.replace("sets.csv", "mixed.csv"), TWO);
    let laws = |replication| model.faults[0].schedule.laws(replication).unwrap();
    assert_eq!(laws(0).0, &Law::Exponential { mean: Span::from_secs(50) });
    let branch = |probability, mean| Branch { probability, mean: Span::from_secs(mean) };
    assert_eq!(laws(1).0, &Law::Hyperexponential(vec![branch(0.25, 10), branch(0.75, 90)]));
    assert_eq!(laws(2).1, &Law::Constant(Span::from_secs(7)));
}

/// A set is another law on the same luck: with exponential laws all times scale together.
#[test]
fn sets_share_their_luck() {
    let header = "failure_law,failure_mean_s,repair_law,repair_mean_s\n";
    let one = |factor: i64| format!("exponential,{},exponential,{}\n", 50 * factor, 5 * factor);
    let sampled = |sets: String| {
        let model = model(FAULT, &format!("{header}{sets}"));
        faults::sample(&model, RandomNumbers { seed: 3, replication: 1 })
    };
    let (plain, doubled) = (sampled(one(1)), sampled(one(1) + &one(2)));
    for (a, b) in plain.iter().zip(&doubled).take(20) {
        let twice = 2 * a.from.0 - b.from.0;
        assert!(twice.abs() < 100, "{a:?} {b:?}");
    }
}

#[test]
fn without_the_key_nothing_is_uncertain() {
    let model = model(&FAULT.replace("uncertainty = \"sets.csv\"\n", ""), TWO);
    assert_eq!((model.input_sets(), model.faults[0].schedule.sets()), (None, 0));
}

#[test]
fn mistakes_are_told() {
    let help = "`switchover fit` writes such a file: bootstrap.csv";
    let bad = |place: &str, column: &str, label: &str| {
        format!("S015 sets.csv:{place}: a bad value in the column `{column}` | {label} | {help}")
    };
    let cases = [
        (
            TWO.replace("0.8", "0").replace("2000", "many"),
            [
                bad("2:11", "failure_shape", "no number from 0.01 to 1000"),
                bad("3:15", "failure_scale_s", "no number from 0.000000001 to 3153600000"),
            ]
            .join("\n"),
        ),
        (
            TWO.replace("40,80", "40,8"),
            bad("3:33", "repair_p95_s", "less than `repair_median_s`"),
        ),
        (
            TWO.replace("lognormal", "normal"),
            ["2", "3"]
                .map(|line| bad(&format!("{line}:20"), "repair_law", "no law of such a file"))
                .join("\n"),
        ),
        (
            TWO.replace("p95", "p99"),
            format!("S015 sets.csv:1:1: there is no column `repair_p95_s` | the header | {help}"),
        ),
        (
            TWO.lines().next().unwrap().to_owned(),
            format!("S015 line 14: the file `sets.csv` has no rows |  | {help}"),
        ),
        (
            TWO.replace("0,weibull", "weibull"),
            "S015 sets.csv:2:1: a row does not fit the header | 6 cells, but there are 7 columns | "
                .to_owned(),
        ),
    ];
    for (sets, expected) in cases {
        assert_eq!(said(FAULT, &sets), expected);
    }
    assert_eq!(
        said(&FAULT.replace("sets.csv", "none.csv"), TWO),
        format!("S015 line 14: the file `none.csv` cannot be read | no such file | {help}")
    );
}

#[test]
fn keys_that_do_not_go_together_are_told() {
    let scripted = "[[fault]]\ntarget = \"every site\"\nat = \"1s\"\nfor = \"1s\"\nuncertainty = \"sets.csv\"\n";
    assert_eq!(
        said(scripted, TWO),
        "S012 line 14: a scripted fault has no laws that could be uncertain | for random faults only | remove `uncertainty`, or write `failure` and `repair`"
    );
    let both = format!("{FAULT}{}", FAULT.replace("sets.csv", "mixed.csv"));
    assert_eq!(
        said(&both, TWO),
        "S012 line 19: the files of `uncertainty` have different numbers of rows | 3 rows | give `switchover fit` the same --bootstrap for all of them"
    );
}
