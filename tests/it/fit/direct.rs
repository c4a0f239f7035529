//! The plain figures of a fit against sums by hand and the Poisson law; small samples; the schema.

use switchover::fit::{
    Cycle, Direct, Family, Fitted, Length, Policies, Reading, Sample, Set, Side, observe, read,
};

use crate::bless::root;

/// Twenty outages of 1 h with 36.5 days up between them.
fn regular() -> switchover::fit::Observed {
    let mut log = "start,duration\n".to_owned();
    for number in 0..20_i64 {
        log += &format!("{},1h\n", number * (365 * 8_640 + 3_600));
    }
    let log = read(log.as_bytes(), &Reading::default()).expect("it is sound");
    observe(&log, &Policies::default()).expect("nothing overlaps")
}

#[test]
fn the_long_run_follows_from_the_sums_of_the_log() {
    let observed = regular();
    let (up, down) =
        (Fitted::Exponential { mean: 365.0 * 8_640.0 }, Fitted::Constant { value: 3_600.0 });
    let set = Set {
        failure: Some(up),
        repair: Some(down),
        up_mean_s: Some(365.0 * 8_640.0),
        outage_mean_s: Some(3_600.0),
    };
    let direct = Direct::of(&observed, Some((&up, &down)), (&[set], 1));
    assert_eq!(direct.between_s.map(|one| one.value), Some(365.0 * 8_640.0));
    assert_eq!(direct.repair_s.map(|one| one.value), Some(3_600.0));
    let both = direct.both.expect("both laws");
    let share = 3_600.0 / (365.0 * 8_640.0 + 3_600.0);
    let near =
        |value: f64, expected: f64| assert!((value / expected - 1.0).abs() < 1e-12, "{value}");
    near(both.availability.value, 1.0 - share);
    near(both.downtime_s.value, 365.0 * 86_400.0 * share);
    near(both.outages.value, 365.0 * 86_400.0 / (365.0 * 8_640.0 + 3_600.0));
    near(both.by_laws[1], both.downtime_s.value);
    // Failures at a rate of ten per year of up time: Poisson, whose points are 4, 10 and 17.
    let years = both.years.expect("a set");
    let outages = years.outages;
    assert_eq!((outages.range.low, outages.median, outages.range.high), (4.0, 10.0, 17.0));
    assert_eq!(years.downtime_s.median, 36_000.0);
    // The same log and seed, the same years.
    assert_eq!(Direct::of(&observed, Some((&up, &down)), (&[set], 1)), direct);
}

#[test]
fn without_resamples_no_single_year_is_promised() {
    let observed = regular();
    let law = Fitted::Exponential { mean: 3_600.0 };
    let direct = Direct::of(&observed, Some((&law, &law)), (&[], 1));
    assert_eq!(direct.both.and_then(|both| both.years), None);
    assert_eq!(direct.between_s.and_then(|one| one.interval), None);
    let alone = Direct::of(&observed, None, (&[], 1));
    assert!(alone.both.is_none() && alone.repair_s.is_some());
}

#[test]
fn a_censored_length_counts_for_the_mean() {
    let cycle =
        |secs, censored| Cycle { component: 0, outage: None, up: Some(Length { secs, censored }) };
    let sample: Sample = [cycle(10.0, false), cycle(20.0, false), cycle(60.0, true)]
        .iter()
        .filter_map(|c| c.up)
        .collect();
    assert_eq!(sample.total_mean(), Some(45.0));
    assert_eq!(Sample::default().total_mean(), None);
}

/// Four lengths that laws of two parameters fit better, but not by what four can prove.
#[test]
fn few_lengths_are_judged_by_aicc() {
    let sample: Sample =
        [20.0, 25.0, 40.0, 70.0].map(|secs| Length { secs, censored: false }).into_iter().collect();
    let side = Side::fit(sample, None).expect("a law");
    assert_eq!(side.chosen().law.family(), Family::Exponential);
    let best_by_aic = side.ranked.iter().min_by(|a, b| a.aic.total_cmp(&b.aic)).expect("laws");
    assert_ne!(best_by_aic.law.family(), Family::Exponential);
    let mut by_hand = side.ranked.iter().filter(|one| one.law.family() == Family::Exponential);
    let exponential = by_hand.next().expect("it is there");
    // k = 1, n = 4: 2 x 1 x 2 / (4 - 1 - 1) = 2.
    assert!((exponential.aicc - exponential.aic - 2.0).abs() < 1e-12);
}

#[test]
fn the_committed_fit_has_the_fields_of_its_schema() {
    let schema = switchover::report::fit::fit_schema();
    let text = std::fs::read_to_string(root("results/outages-fit/fit.json")).expect("a fit");
    let fit: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let names = |value: &serde_json::Value| {
        value.as_object().expect("a table").keys().cloned().collect::<Vec<String>>()
    };
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    assert_eq!(sorted(names(&schema["properties"])), sorted(names(&fit)));
    let answer = &schema["$defs"]["AnswerJson"]["properties"];
    assert_eq!(sorted(names(answer)), sorted(names(&fit["answer"])));
}
