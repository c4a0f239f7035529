//! Logs of every kind through the command: transitions, samples, mapped columns, formats and zones
//! of dates, open rows; and what a hurried reader is warned of.

use crate::cli::program::Place;

/// What `fit` prints for a log, with some arguments.
fn fitted(log: &str, arguments: &[&str]) -> String {
    let place = Place::new();
    place.write("log.csv", log);
    place.run(&[&["fit", "log.csv"][..], arguments].concat()).expect(0).out
}

/// What `fit` says about a log that it refuses.
fn refused(log: &str, arguments: &[&str], code: i32) -> String {
    let place = Place::new();
    place.write("log.csv", log);
    let ended = place.run(&[&["fit", "log.csv"][..], arguments].concat()).expect(code);
    assert_eq!(ended.out, "");
    ended.err
}

#[track_caller]
fn has(text: &str, parts: &[&str]) {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in parts {
        assert!(flat.contains(part), "no {part:?} in:\n{text}");
    }
}

const TRANSITIONS: &str = "\
time,link,state
2024-03-01 08:00:05,wan-1,down
2024-03-01 08:02:22,wan-1,up
2024-03-02 11:30:00,wan-1,down
2024-03-02 11:31:10,wan-1,up
";

#[test]
fn transitions_are_read_by_a_rule_that_the_output_names() {
    // 137 s and 70 s down; 98,858 s up in between.
    let text = fitted(TRANSITIONS, &[]);
    has(
        &text,
        &[
            "log.csv: 4 rows of 1 component, which make 2 outages.",
            "Read as transitions (a row is a change of state): an outage lasts from a row \"down\" \
             to the next row \"up\" of the same component;",
            "Columns: component = `link`.",
            "mean time between failures 1 d 3 h -",
            "mean time to repair 1 min 44 s -",
            "availability 99.90 % -",
            "failure = { exponential = \"27.46h\" }",
            "Careful: 2 outages seen whole: too few to know the law.",
            "No intervals: fewer than 5 outages or up times were seen whole.",
        ],
    );
    let error = refused(TRANSITIONS, &["--rows", "outages"], 1);
    has(
        &error,
        &[
            "a row is one outage, with a start and an end or a duration; this looks like transitions",
            "leave `--rows` away, or write --rows transitions",
        ],
    );
}

#[test]
fn samples_are_read_by_a_rule_that_the_output_names() {
    let states = ["1", "1", "0", "0", "1", "1", "0", "1"];
    let rows =
        states.iter().enumerate().map(|(k, up)| format!("2025-01-01T00:{:02}Z,{up}\n", 5 * k));
    let text = fitted(&format!("time,up\n{}", rows.collect::<String>()), &[]);
    has(
        &text,
        &[
            "log.csv: 8 rows of 1 component, which make 2 outages.",
            "Read as samples (a row is a look at the state): an outage lasts from the first look \
             that finds a component down to the next look that finds it up;",
            "Half of the rows follow the one before within 5 min.",
            // 10 and 5 minutes down, 10 minutes up.
            "mean time between failures 10 min -",
            "mean time to repair 7 min 30 s -",
        ],
    );
}

#[test]
fn columns_units_and_dates_are_told_by_options() {
    let log = "site;Begin;Dauer (min)\nhq;01.03.2025 08:00;12\nhq;02.03.2025 08:00;6\n";
    let error = refused(log, &[], 1);
    has(&error, &["`--columns component=site,start=Begin` would read it"]);
    let columns = ["--columns", "component=site,start=Begin,duration=Dauer (min)"];
    let error = refused(log, &columns, 1);
    has(&error, &["--date-format \"%d.%m.%Y %H:%M\" would read it"]);
    mistakes_say_what_to_do();
    let format = ["--date-format", "%d.%m.%Y %H:%M", "--until", "2025-03-02T08:16"];
    let text = fitted(log, &[&columns[..], &format].concat());
    has(
        &text,
        &[
            "Columns: component = `site`, start = `Begin`, duration = `Dauer (min)`.",
            "Observed until 2025-03-02T08:16:00Z;",
            "mean time to repair 9 min -",
            // (23 h 48 min + 10 min without a failure) / 1.
            "mean time between failures 23 h 58 min -",
        ],
    );
    // The night in which the clocks of Berlin go forward is an hour shorter.
    let zone = ["--time-zone", "Europe/Berlin"];
    let night = "start,end\n2025-03-29T20:00,2025-03-29T21:00\n2025-03-30T06:00,2025-03-30T07:00\n";
    has(&fitted(night, &[]), &["mean time between failures 9 h -"]);
    let local = fitted(night, &zone);
    has(&local, &["mean time between failures 8 h -", "2025-03-30T07:00:00+02:00 (Europe/Berlin)"]);
    let error = refused(night, &["--time-zone", "Europe/Berlni"], 2);
    assert_eq!(
        error,
        "error: --time-zone: no time zone `Europe/Berlni`; did you mean Europe/Berlin?\n"
    );
    let error = refused(night, &["--columns", "begin=start"], 2);
    has(&error, &["WHAT is one of component, start, end, duration, time, state, up"]);
    let error = refused(night, &["--columns", "start=strat"], 1);
    has(&error, &["the log has no column `strat`", "did you mean `--columns start=start`?"]);
}

#[test]
fn a_duration_without_a_unit_is_said_to_be_in_seconds() {
    let assumed = "Bare numbers of the duration count as seconds;";
    has(&fitted("start,duration\n0,60\n1000,120\n", &[]), &[assumed]);
    let text = fitted("start_time,duration_minutes\n0,1\n1000,2\n", &[]);
    assert!(!text.contains(assumed), "{text}");
    has(&text, &["mean time to repair 1 min 30 s -"]);
}

#[test]
fn open_rows_are_censored_or_dropped() {
    let log = "start,end\n0,60\n1000,\n5000,5060\n";
    has(&refused(log, &[], 1), &["error[L011]", "--open drop counts the failure"]);
    let text = fitted(log, &["--open", "drop"]);
    has(
        &text,
        &[
            "1 outage has no end: counted as a failure, its length and the up time after it left out.",
            "Time to repair: 2 outages seen whole.",
            // 940 s up before it; the up time after it is unknown.
            "mean time between failures 15 min 40 s -",
        ],
    );
}

#[test]
fn what_merging_did_to_the_counts_is_said_in_words() {
    let rows: String = (0..20).map(|k| format!("{},{}\n", 100 * k, 100 * k + 150)).collect();
    let text = fitted(&format!("start,end\n{rows}9000,9100\n"), &["--overlaps", "merge"]);
    has(
        &text,
        &[
            "Careful: 21 rows became 2 outages, the largest of 20 rows: \"down\" here means that at \
             least one of the things behind a name is down,",
            "give each its own name with --columns component=NAME and fit again;",
        ],
    );
    let site = "site,start,end\nhq,0,10\nlab,100,110\n";
    has(
        &fitted(site, &[]),
        &["All rows count as one component, but the column `site` could name several"],
    );
}

/// Most up times are cut off, and a few long ones are what a lognormal law makes a mean of months of.
#[test]
fn a_law_whose_mean_is_not_that_of_the_log_is_passed_over() {
    let mut log = "component,start,end\n".to_owned();
    for component in 0..40_i64 {
        let mut at = 0;
        // Up times spread over four orders of magnitude; half of the components fail once only.
        for number in 0..(component % 2) * 6 {
            log += &format!("c{component},{at},{}\n", at + 60);
            at += 60 + (20.0 * 3_f64.powi(((component * 7 + number * 5) % 9) as i32)) as i64;
        }
        log += &format!("c{component},{at},{}\n", at + 60);
    }
    let text = fitted(&log, &["--until", "400000"]);
    has(
        &text,
        &["are passed over, for their means are not that of the log,", "--law failure=NAME"],
    );
    let asked = fitted(&log, &["--until", "400000", "--law", "failure=lognormal"]);
    assert!(!asked.contains("passed over") && asked.contains("failure = { lognormal"), "{asked}");
}

/// A time that the clocks skip has the right form; one of another form does not go with the one that is given.
fn mistakes_say_what_to_do() {
    let log = "site;start;end\nhq;30.03.2025 02:30;30.03.2025 03:10\nhq;2025-04-09 10:00;09.04.2025 11:00\n\
               hq;;12.05.2025 09:00\n";
    let options = ["--date-format", "%d.%m.%Y %H:%M", "--time-zone", "Europe/Berlin"];
    let error = refused(log, &options, 1);
    has(
        &error,
        &[
            "the clocks of Europe/Berlin skip this time in spring",
            "help: write the time that was meant; with an offset from UTC (in ISO 8601, or as %z of --date-format) every time is clear",
            "not a time as \"%d.%m.%Y %H:%M\"",
            "help: --date-format \"%d.%m.%Y %H:%M\" is for all times of the log: write this one like the others",
            "it is empty",
            "help: write the time, or remove the row; an empty `end`: still down",
        ],
    );
    assert!(!error.contains("would read it"), "{error}");
}
