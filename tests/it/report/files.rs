//! The files' headers and shapes: what others read them by.

use switchover::report::{FILES, Provenance, RowBytes, TraceCsv, summary_schema};
use switchover::scenario::calendar;
use switchover::simulation::{Simulation, trace};
use switchover::trace::Sink;

use super::{LUCK, cut, gallery, run, sketched};

/// First lines, word for word.
const HEADERS: [(&str, &str); 10] = [
    (
        "agents.csv",
        "agent,group,location,preferred_site,downtime_s,availability,outages,trips_home,longest_outage_s,\
         switchovers,needless,restores,flaps,off_s,undetected_s,no_site_s,restoring_s,switching_s,\
         reconnecting_s,phone_s,not_ready_s,away_from_preferred_s",
    ),
    (
        "outages.csv",
        "agent,from_s,to_s,duration_s,censored,largest_cause,site,started_by_restore,switchovers,\
         off_s,undetected_s,no_site_s,restoring_s,switching_s,reconnecting_s,phone_s,not_ready_s,\
         downtime_if_switched_s,stay_regret_s",
    ),
    (
        "moves.csv",
        "agent,move,reason,from,to,start_s,in_service_before,available_s,connected_s,connected_to,\
         logged_in_s,in_service_s,needless,flap,premature,downtime_if_stayed_s,regret_s",
    ),
    (
        "timeline.csv",
        "from_s,to_s,site,in_service,switching,out,in_service_lowest,switchovers_to,restores_to,\
         logins,recovery_registers,background_registers",
    ),
    (
        "world.csv",
        "part,name,kind,location,site,downtime_s,availability,outages,longest_outage_s,failovers,\
         uncovered_losses",
    ),
    ("states.csv", "part,name,kind,location,site,state,from_s,to_s"),
    (
        "downtime.csv",
        "by,name,outages,downtime_s,off_s,undetected_s,no_site_s,restoring_s,switching_s,reconnecting_s,\
         phone_s,not_ready_s",
    ),
    ("groups.csv", "group,from_s,to_s,in_service,out,away"),
    (
        "faults.csv",
        "fault,from_s,to_s,agents_hit,agents_not_back,half_back_s,most_back_s,all_back_s,\
         logins_peak,recovery_registers_peak,stale_binding_s,ghost_s,lost_s",
    ),
    (
        "planner.csv",
        "fault,site,in_service_peak,logins_peak,recovery_registers_peak,login_queue_longest,\
         offered_peak,register_queue_longest,most_back_s,calls_lost,calls_abandoned,\
         service_level_worst,met_again_s,not_met_again",
    ),
];

const TRACE_HEADER: &str = "at_s,agent,event,kind,site,member,reason,from,to,in_service_before,\
                            registered_elsewhere,since_s,until_s,downtime_s,rounds,registered,\
                            failed,probes,sip_rounds";

/// Every row has as many fields as the header; returns the number of rows below it.
fn rectangular(name: &str, bytes: &[u8]) -> usize {
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(bytes);
    let rows: Result<Vec<_>, _> = reader.records().collect();
    rows.unwrap_or_else(|wrong| panic!("{name}: {wrong}")).len()
}

#[test]
fn headers_stay_as_they_are_and_every_row_fits_its_header() {
    for (name, model) in gallery() {
        let (results, rows) = run(&model);
        let mut files: Vec<(&str, Vec<u8>)> = Vec::new();
        let none = Provenance::default();
        for ((file, header), (_, lines)) in
            RowBytes::headers(&model).files().into_iter().zip(rows.files())
        {
            files.push((file, [header, lines].concat()));
        }
        files.extend(FILES.map(|file| (file.name, (file.render)(&results, &model, &none))));
        for (file, header) in HEADERS {
            let (_, bytes) = files.iter().find(|(name, _)| *name == file).expect("a known file");
            let text = std::str::from_utf8(bytes).expect("text");
            assert_eq!(text.lines().next(), Some(header), "{file}");
            let number = rectangular(file, bytes);
            match file {
                "agents.csv" => assert_eq!(number as u64, results.counts.agents, "{name}"),
                "outages.csv" => assert_eq!(number as u64, results.outages.count(), "{name}"),
                "world.csv" => assert_eq!(number, results.world.len(), "{name}"),
                "states.csv" => assert_eq!(number, results.states.len(), "{name}"),
                "faults.csv" => assert_eq!(number, results.impacts.len(), "{name}"),
                _ => {}
            }
        }
    }
}

/// The agents are cut off over the hour that is skipped in Berlin.
#[test]
fn tables_have_a_column_of_local_time_where_there_is_a_calendar() {
    let zone = calendar::zone("Europe/Berlin").unwrap();
    let mut model = cut(3);
    model.clock = Some(calendar::start("2027-03-28T01:49:00.5", Some(&zone)).unwrap());
    let (results, rows) = run(&model);
    let none = Provenance::default();
    let headers = RowBytes::headers(&model);
    let mut files = vec![
        ("outages.csv", [headers.outages, rows.outages].concat()),
        ("moves.csv", [headers.moves, rows.moves].concat()),
    ];
    files.extend(FILES.map(|file| (file.name, (file.render)(&results, &model, &none))));
    let mut said = Vec::new();
    for (file, bytes) in files {
        let text = String::from_utf8(bytes.clone()).unwrap();
        let header = text.lines().next().unwrap();
        if !header.ends_with("_local") {
            continue;
        }
        assert!(rectangular(file, &bytes) > 0, "{file}");
        let of = |line: &str| line.rsplit_once(',').unwrap().1.to_owned();
        said.push(format!("{file} {} {}", of(header), of(text.lines().nth(1).unwrap())));
    }
    let cut = "2027-03-28T01:59:00.5+01:00";
    assert_eq!(
        said[..2],
        [
            format!("outages.csv from_local {cut}"),
            "moves.csv start_local 2027-03-28T03:00:25.5+02:00".to_owned()
        ],
        "{said:?}"
    );
    assert!(
        said.contains(&"timeline.csv from_local 2027-03-28T01:49:00.5+01:00".to_owned()),
        "{said:?}"
    );
    assert!(
        said.contains(&"groups.csv from_local 2027-03-28T01:49:00.5+01:00".to_owned()),
        "{said:?}"
    );
    for file in ["states.csv", "faults.csv"] {
        assert!(said.contains(&format!("{file} from_local {cut}")), "{said:?}");
    }
    let trace = TraceCsv::new(&model, Vec::new()).finish().unwrap();
    assert!(String::from_utf8(trace).unwrap().ends_with(",sip_rounds,at_local\n"));
    model.clock = Some(calendar::clock("Sun 01:45").unwrap());
    let outages = String::from_utf8(run(&model).1.outages).unwrap();
    assert!(outages.lines().next().unwrap().ends_with(",Sun 01:55"), "{outages}");
}

#[test]
fn the_trace_is_a_row_per_record_wherever_it_is_cut() {
    let model = cut(40);
    let run = Simulation::new(&model, LUCK).unwrap();
    let mut all = TraceCsv::new(&model, Vec::new());
    run.agents(0..40, &mut all).unwrap();
    let all = all.finish().expect("memory does not fail");
    assert!(all.starts_with(TRACE_HEADER.as_bytes()));
    assert_eq!(rectangular("trace.csv", &all), trace(&model, LUCK).unwrap().len());
    let mut first = TraceCsv::new(&model, Vec::new());
    run.agents(0..17, &mut first).unwrap();
    let mut second = TraceCsv::without_header(&model, Vec::new());
    run.agents(17..40, &mut second).unwrap();
    let [first, second] = [first, second].map(|part| part.finish().expect("memory"));
    assert_eq!(all, [first, second].concat());
}

#[test]
fn a_failed_write_of_the_trace_is_told_at_the_end() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("disk full"))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let model = cut(3);
    let mut sink = TraceCsv::new(&model, Full);
    trace(&model, LUCK).unwrap().into_iter().for_each(|record| sink.record(record));
    assert_eq!(sink.finish().err().map(|wrong| wrong.to_string()).as_deref(), Some("disk full"));
}

/// The value at a path of keys.
fn at<'v>(value: &'v serde_json::Value, path: &str) -> &'v serde_json::Value {
    path.split('.').fold(value, |value, key| &value[key])
}

/// The keys that were promised, with their values for one agent cut off from 600 to 900 s (W1).
const PROMISED: [(&str, &str); 27] = [
    ("agents", "1"),
    ("horizon_s", "10000.000000000"),
    ("seed", "1"),
    ("downtime_s.total", "101.000000000"),
    ("downtime_s.by_cause.off", "0.000000000"),
    ("downtime_s.by_cause.undetected", "15.000000000"),
    ("downtime_s.by_cause.no-site", "0.000000000"),
    ("downtime_s.by_cause.restoring", "8.000000000"),
    ("downtime_s.by_cause.switching", "8.000000000"),
    ("downtime_s.by_cause.reconnecting", "70.000000000"),
    ("downtime_s.by_cause.phone", "0.000000000"),
    ("downtime_s.by_cause.not-ready", "0.000000000"),
    ("availability", "0.989900000"),
    ("outages.count", "2"),
    ("outages.duration_s.mean", "50.500000000"),
    ("outages.duration_s.p50", "8.000000000"),
    ("outages.duration_s.p95", "93.000000000"),
    ("outages.duration_s.p99", "93.000000000"),
    ("outages.duration_s.max", "93.000000000"),
    ("switchovers.count", "1"),
    ("switchovers.needless", "0"),
    ("switchovers.regret_s", "0.000000000"),
    ("stays.regret_s", "0.000000000"),
    ("restores.count", "1"),
    ("restores.premature", "0"),
    ("flaps.count", "0"),
    ("restores.since_available_s.max", "11.000000000"),
];

fn summary(model: &switchover::model::Model) -> String {
    let (results, _) = run(model);
    let file = FILES.iter().find(|file| file.name == "summary.json").expect("a known file");
    String::from_utf8((file.render)(&results, model, &Provenance::default())).expect("text")
}

#[test]
fn the_summary_keeps_its_promised_keys_and_all_digits() {
    let mut model = cut(1);
    // No refresh of the phone falls due while anything happens.
    model.phones[0].first_refresh = [Some(crate::builder::at(3_000)); 2];
    let text = summary(&model);
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    for (path, digits) in PROMISED {
        let key = path.rsplit('.').next().expect("a key");
        assert!(text.contains(&format!("\"{key}\": {digits}")), "{path}: {digits}");
        let expected: f64 = digits.parse().expect("a number");
        assert_eq!(at(&value, path).as_f64(), Some(expected), "{path}");
    }
}

#[test]
fn without_outages_there_are_no_percentiles() {
    let value: serde_json::Value =
        serde_json::from_str(&summary(&crate::builder::base())).expect("JSON");
    for key in ["mean", "p50", "p95", "p99", "max"] {
        assert!(value["outages"]["duration_s"][key].is_null(), "{key}");
    }
    assert_eq!(value["availability"].as_f64(), Some(1.0));
}

#[test]
fn percentiles_that_are_not_exact_say_so_and_no_others() {
    let model = cut(40);
    let (exact, _) = run(&model);
    let results = sketched(&exact);
    let file = FILES.iter().find(|file| file.name == "summary.json").expect("a known file");
    let none = Provenance::default();
    let of = |results| serde_json::from_slice((file.render)(results, &model, &none).as_slice());
    let [exact, value]: [serde_json::Value; 2] = [&exact, &results].map(|r| of(r).expect("JSON"));
    assert!(!exact.to_string().contains("percentiles"));
    for path in
        ["outages.duration_s", "outages.service_lost.duration_s", "restores.since_available_s"]
    {
        assert_eq!(at(&value, path)["percentiles"], "within 0.4 %", "{path}");
        for key in ["p50", "p95", "p99"] {
            let [told, exact] = [&value, &exact].map(|v| at(v, path)[key].as_f64().expect(key));
            assert!((exact..=exact * 257.0 / 256.0).contains(&told), "{path}.{key}: {told}");
        }
        assert_eq!(at(&value, path)["max"], at(&exact, path)["max"]);
    }
    assert_eq!(value["faults"][0]["percentiles"], "within 0.4 %");
    assert_eq!(value["faults"][0]["all_back_s"], exact["faults"][0]["all_back_s"]);
    assert!(at(&value, "downtime_s.per_agent").get("percentiles").is_none());
    let schema = summary_schema();
    for known in ["SpreadSeconds", "FaultSummary"] {
        let known = &schema["$defs"][known];
        assert!(known["properties"]["percentiles"].is_object());
        let required = known["required"].as_array().map_or(&[][..], Vec::as_slice);
        assert!(required.iter().all(|name| name != "percentiles"));
    }
    assert!(schema.to_string().contains("\"within 0.4 %\""));
}

#[test]
fn the_schema_knows_every_key_of_the_summary() {
    let schema = summary_schema();
    let value: serde_json::Value = serde_json::from_str(&summary(&cut(2))).expect("JSON");
    let keys = value.as_object().expect("an object").keys();
    let known = schema["properties"].as_object().expect("properties");
    assert_eq!(schema["title"], "Summary");
    let required = schema["required"].as_array().expect("required");
    for key in keys {
        assert!(known.contains_key(key), "{key}");
        assert!(required.iter().any(|name| name == key) || value[key].is_null(), "{key}");
    }
    for path in
        ["Provenance", "DowntimeSeconds", "OutageSummary", "SwitchoverSummary", "Seconds", "Ratio"]
    {
        assert!(schema["$defs"][path].is_object(), "{path}");
    }
}
