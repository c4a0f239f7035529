//! The time that is estimated before the start, beside the processor time that the built program
//! takes, on one thread: ten shipped scenarios and ten large ones.

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use nix::sys::resource::{UsageWho, getrusage};
use switchover::checks::examine;
use switchover::experiment::{Cost, Study, Written};
use switchover::measures::names::Names;
use switchover::scenario::{NoFiles, load};

/// One agent, or many, whose path fails once in so many minutes.
fn path(agents: u32, minutes: u32, years: u32) -> String {
    let mut text = format!("horizon = \"{years}y\"\n{HEAD}agents = {agents}\n");
    _ = writeln!(text, "[[fault]]\ntarget = \"path agents-X\"");
    _ = writeln!(text, "mtbf = \"{minutes}m\"\nmttr = \"30s\"");
    text
}

/// Many sites with a location each, all of which fail now and then.
fn sites(number: u32) -> String {
    let mut text = format!("horizon = \"1y\"\n{HEAD}agents = 10\nlocation = \"agents\"\n");
    for n in 0..number {
        _ = writeln!(text, "[site.s{n}]\n[location.l{n}]");
        _ = writeln!(text, "[[fault]]\ntarget = \"site s{n}\"\nmtbf = \"300d\"\nmttr = \"10m\"");
    }
    text
}

const HEAD: &str = r#"
[application.interaction-workspace]
disaster-recovery.enabled = true
disaster-recovery.preferred-site = "X"
disaster-recovery.peer-site = "Y"
[site.X]
[site.Y]
[location.agents]
[agent-group.agents]
"#;

/// What is run: a name, the text, and the replications if more than one.
type Case = (String, String, Option<u64>);

fn shipped() -> Vec<Case> {
    let read = |name: &str, replications| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{name}.toml"));
        (name.to_owned(), std::fs::read_to_string(path).unwrap_or_default(), replications)
    };
    vec![
        read("00-smallest", Some(2_000)),
        read("01-w1-path-cut", Some(2_000)),
        read("04-w4-both-paths", Some(2_000)),
        read("07-site-loss", Some(50)),
        read("08-flapping-link", Some(500)),
        read("09-host-loss", Some(50)),
        read("10-phone-partition", Some(500)),
        read("11-random-year", Some(50)),
        read("12-drain", Some(500)),
        read("17-year-with-bounds", Some(200)),
    ]
}

fn large() -> Vec<Case> {
    let case = |name: &str, text, replications| (name.to_owned(), text, replications);
    vec![
        case("one agent, every 3 min, one year", path(1, 3, 1), None),
        case("the same, ten years", path(1, 3, 10), None),
        case("the same year, 20 replications", path(1, 3, 1), Some(20)),
        case("1,000 agents, every 8 h, one year", path(1_000, 480, 1), None),
        case("the same, 20 replications", path(1_000, 480, 1), Some(20)),
        case("100,000 agents, every 30 d", path(100_000, 43_200, 1), None),
        case("1,000,000 agents, every 60 d, 2 replications", path(1_000_000, 86_400, 1), Some(2)),
        case("200 sites", sites(200), None),
        case("500 sites", sites(500), None),
        case("500 sites, 20 replications", sites(500), Some(20)),
    ]
}

/// Prints the table.
pub fn print() {
    println!("estimate of the time | estimated, s | used, s | ratio");
    for (name, text, replications) in shipped().into_iter().chain(large()) {
        let Some(estimated) = estimated(&text, replications) else {
            println!("{name}: cannot be read");
            continue;
        };
        let Some(used) = used(&text, replications) else {
            println!("{name}: does not run");
            continue;
        };
        println!("{name} | {estimated:.2} | {used:.2} | {:.2}", estimated / used);
    }
}

fn estimated(text: &str, replications: Option<u64>) -> Option<f64> {
    let examined = examine(&load("s.toml", text.as_bytes(), &NoFiles), &Names);
    let model = examined.resolved?.model;
    let cost = match replications {
        None => Cost::of_run(&model, 1, Written { rows: true, trace: false }),
        Some(number) => {
            let study = Study::new(vec![&model], model.seed);
            Cost::of_experiment(&study, &(0..number), 1)
        }
    };
    Some(cost.time_s)
}

/// Processor time of the program, seconds.
fn used(text: &str, replications: Option<u64>) -> Option<f64> {
    let place = tempfile::tempdir().ok()?;
    std::fs::write(place.path().join("s.toml"), text).ok()?;
    let replications = replications.unwrap_or(1).to_string();
    let before = processor_s()?;
    let mut program = Command::new(env!("CARGO_BIN_EXE_switchover"));
    program.args(["run", "s.toml", "--quiet", "--threads", "1", "--replications", &replications]);
    let status = program.current_dir(place.path()).stdout(Stdio::null()).status().ok()?;
    (status.success() || status.code() == Some(4)).then_some(processor_s()? - before)
}

/// Processor time of all programs that were waited for, seconds.
fn processor_s() -> Option<f64> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).ok()?;
    let times = [usage.user_time(), usage.system_time()];
    Some(times.iter().map(|time| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6).sum())
}
