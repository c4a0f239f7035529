//! Checks of large scenarios: what their cost grows with, which is to be the length of the file.

use std::fmt::Write;
use std::hint::black_box;
use std::time::Instant;

use criterion::{BenchmarkId, Criterion, Throughput};
use switchover::checks::examine;
use switchover::measures::names::Names;
use switchover::scenario::{NoFiles, load};

/// Two sizes, to tell by how much more one costs than the other.
const SIZES: [u32; 2] = [10_000, 100_000];

const HEAD: &str = r#"
horizon = "1d"
[application.interaction-workspace]
disaster-recovery.enabled = true
disaster-recovery.preferred-site = "X"
disaster-recovery.peer-site = "Y"
"#;

/// What both sites and two agents need.
const TAIL: &str = "[site.X]\n[site.Y]\n[agent-group.agents]\nagents = 2\n";

/// A kind of scenario: what it is full of, and one of these.
type Kind = (&'static str, fn(&mut String, u32));

const KINDS: [Kind; 8] = [
    ("unknown keys", |text, n| _ = writeln!(text, "x.key-{n} = 1")),
    ("late faults", |text, n| {
        _ = writeln!(text, "[[fault]]\ntarget = \"site X\"\nat = \"{}h\"\nfor = \"1m\"", 25 + n);
    }),
    ("persons", |text, n| _ = writeln!(text, "[person.p{n}]\nagent-group = \"agents\"")),
    ("groups", |text, n| _ = writeln!(text, "[agent-group.g{n}]\nagents = 1")),
    ("locations", |text, n| _ = writeln!(text, "[location.l{n}]")),
    ("sites", |text, n| _ = writeln!(text, "[site.s{n}]")),
    ("wrong names", |text, n| {
        _ = writeln!(text, "[location.l{n}]\n[person.p{n}]\nlocation = \"k{n}\"");
    }),
    ("places", |text, n| {
        _ = writeln!(text, "[switch.x.dn.{n}]\n[switch.y.dn.{n}]\n[person.p{n}]\nplace = \"p{n}\"");
        _ = writeln!(
            text,
            "[place.p{n}]\ndns = [{{ switch = \"x\", number = \"{n}\" }}, {{ switch = \"y\", number = \"{n}\" }}]"
        );
    }),
];

fn scenario((name, write): Kind, size: u32) -> String {
    let mut text = HEAD.to_owned();
    if name == "places" {
        text += "[switch.x]\nserver = \"X-sip-1\"\n[switch.y]\nserver = \"Y-sip-1\"\n";
    }
    (0..size).for_each(|n| write(&mut text, n));
    text + TAIL
}

/// Everything that `check` does but to print.
fn check(text: &str) -> usize {
    let loaded = load("large.toml", text.as_bytes(), &NoFiles);
    examine(&loaded, &Names).diagnostics.len()
}

/// Each kind in both sizes; and the exponent of the time: 1 is in proportion, 2 a square.
pub fn measure(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("check");
    for kind in KINDS {
        let mut seconds = Vec::new();
        for size in SIZES {
            let text = scenario(kind, size);
            group.throughput(Throughput::Elements(size.into()));
            group.bench_function(BenchmarkId::new(kind.0, size), |bench| {
                bench.iter_custom(|times| {
                    let start = Instant::now();
                    (0..times).for_each(|_| _ = black_box(check(&text)));
                    let took = start.elapsed();
                    seconds.push((size, took.as_secs_f64() / times as f64));
                    took
                });
            });
        }
        print_exponent(kind.0, &seconds);
    }
    group.finish();
}

fn print_exponent(name: &str, seconds: &[(u32, f64)]) {
    let best = |size| {
        let own = seconds.iter().filter(|(own, _)| *own == size);
        own.map(|(_, seconds)| *seconds).min_by(f64::total_cmp)
    };
    if let [Some(small), Some(large)] = SIZES.map(best) {
        let ratio = f64::from(SIZES[1]) / f64::from(SIZES[0]);
        println!("check/{name}: time grows with the power {:.2}", (large / small).log(ratio));
    }
}
