//! Every sentence about a comparison or a sweep is made again from the numbers of its JSON, in another
//! way.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::folders::{committed, facts, is_near, json as read, only, text};

/// Sets some keys of a measure in a list.
fn set(measures: &mut Value, name: &str, changes: &[(&str, Value)]) {
    let all = measures.as_array_mut().unwrap();
    let one = all.iter_mut().find(|one| one["measure"] == name).unwrap();
    changes.iter().for_each(|(key, value)| one[*key] = value.clone());
}

const DOWNTIME: &str = "downtime_s.per_agent.mean";

/// A difference: its value, and its interval, if there is one.
type Difference = (f64, Option<(f64, f64)>);

fn difference() -> impl Strategy<Value = Difference> {
    let around =
        |(value, below, above): (f64, f64, f64)| (value, Some((value - below, value + above)));
    prop_oneof![
        4 => (-1e5_f64..1e5, 0.001_f64..1e5, 0.001_f64..1e5).prop_map(around),
        1 => Just((0.0, Some((0.0, 0.0)))),
        1 => (-1e5_f64..1e5).prop_map(|value| (value, None)),
    ]
}

fn as_json((value, ends): Difference) -> Value {
    json!({ "value": value, "low": ends.map(|ends| ends.0), "high": ends.map(|ends| ends.1) })
}

/// Whether a text says a difference with its interval: `-46.9 s (95 % interval -52.6 to -41.7 s)`.
fn says(text: &str, (value, ends): Difference) -> bool {
    let Some((shown, rest)) = text.split_once(" (") else { return false };
    let unit = shown.rsplit_once(' ').unwrap().1;
    let interval = match ends {
        None => {
            return rest == "too few replications for an interval)" && is_near(shown, "", value);
        }
        Some(ends) => ends,
    };
    let Some(both) = rest.strip_prefix("95 % interval ").and_then(|rest| rest.strip_suffix(')'))
    else {
        return false;
    };
    let (from, to) = both.split_once(" to ").unwrap();
    is_near(shown, "", value) && is_near(from, unit, interval.0) && is_near(to, "", interval.1)
}

/// The same of a number without a unit.
fn counts(text: &str, (value, ends): Difference) -> bool {
    let (shown, rest) = text.split_once(" (").unwrap_or((text, ""));
    match ends {
        Some((low, high)) if low == high => text == "0 in every replication",
        None => rest == "too few replications for an interval)" && is_near(shown, "", value),
        Some((low, high)) => {
            let both = rest.strip_prefix("95 % interval ").and_then(|rest| rest.strip_suffix(')'));
            let both = both.and_then(|both| both.split_once(" to "));
            both.is_some_and(|(from, to)| {
                is_near(shown, "", value) && is_near(from, "", low) && is_near(to, "", high)
            })
        }
    }
}

/// The sentence about variant `at` behind the first, read again; `Err`: what is wrong with it.
fn a_variant(
    fact: &str,
    at: usize,
    found: Difference,
    better: f64,
    replications: u32,
) -> Result<(), &'static str> {
    let letter = ["B", "C", "D"][at];
    let rest = fact.strip_prefix(&format!("{letter} (")).ok_or("its letter")?;
    let (name, rest) = rest.split_once(") ").ok_or("its name")?;
    let is_named = name.ends_with(&format!("timeout={}", at + 1));
    is_named.then_some(()).ok_or("its name")?;
    let which = match found.1 {
        Some((low, high)) if low == high => {
            let same = rest == "has the same downtime as A in every replication.";
            return same.then_some(()).ok_or("that it is the same");
        }
        Some((_, high)) if high < 0.0 => "has less downtime than A",
        Some((low, _)) if low > 0.0 => "has more downtime than A",
        _ => "is not shown to differ from A in downtime",
    };
    let rest = rest.strip_prefix(&format!("{which}: {letter} - A is ")).ok_or("its verdict")?;
    let (number, share) = rest.split_once(" per agent. It is better in ").ok_or("its number")?;
    says(number, found).then_some(()).ok_or("its number")?;
    let share = share.strip_suffix(&format!(" of {replications} replications."));
    is_near(share.ok_or("its replications")?, "", better).then_some(()).ok_or("its share")
}

/// A point of a sweep: may have the least downtime, is on the front, downtime, half its interval, what it
/// changes.
type Point = (bool, bool, f64, f64, Difference);

fn point() -> impl Strategy<Value = Point> {
    let (least, pareto) = (prop::bool::weighted(0.3), prop::bool::weighted(0.6));
    (least, pareto, 1.0_f64..1e5, 0.001_f64..0.9, difference())
}

/// The committed sweep with other points.
fn swept(points: &[Point], today: usize, replications: u32) -> Value {
    let mut answer = read(&committed("17-year-with-bounds-sweep"), "sweep.json");
    let one = answer["points"][0].clone();
    answer["replications"] = json!(replications);
    let made = points.iter().enumerate().map(|(at, (least, pareto, value, half, difference))| {
        let mut point = one.clone();
        point["values"] = json!([(10 + at).to_string()]);
        point["today"] = json!(at == today);
        point["may_have_least_downtime"] = json!(least);
        point["pareto"] = json!(pareto);
        let here = as_json((*value, Some((value * (1.0 - half), value * (1.0 + half)))));
        let changes = [("here", here), ("difference", as_json(*difference))];
        set(&mut point["measures"], DOWNTIME, &changes);
        point
    });
    answer["points"] = made.collect();
    answer
}

/// Names of points as a sentence lists them.
fn listed(all: &[usize]) -> String {
    let names: Vec<String> = all.iter().take(8).map(|at| (10 + at).to_string()).collect();
    let names = names.join(", ");
    if all.len() > 8 { format!("{names} and {} more", all.len() - 8) } else { names }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_comparison_is_summed_up_by_its_own_numbers(
        variants in prop::collection::vec((difference(), 0_u32..=1_000), 1..6),
        needless in (0_u32..3_000, 0_u32..3_000),
        replications in 2_u32..900,
    ) {
        let mut answer = read(&committed("17-year-with-bounds-compare"), "compare.json");
        let one = answer["against"][0].clone();
        answer["replications"] = json!(replications);
        let made = variants.iter().zip(1..).map(|((found, better), number)| {
            let mut other = one.clone();
            other["name"] = json!(format!("17-year-with-bounds.toml with a.b.timeout={number}"));
            let better = json!({ "value": f64::from(*better) / 1_000.0 });
            let difference = as_json(*found);
            set(&mut other["measures"], DOWNTIME, &[("difference", difference), ("better", better)]);
            let means = [needless.0, needless.1].map(|n| json!({ "value": f64::from(n) / 8.0 }));
            let [first, this] = means;
            let changes = [("first", first), ("this", this), ("difference", as_json(*found))];
            set(&mut other["measures"], "switchovers.needless", &changes);
            other
        });
        answer["against"] = made.collect();
        let facts = facts(&text(&[only("compare.json", &answer)]));

        for (at, (found, better)) in variants.iter().take(3).enumerate() {
            let made = a_variant(&facts[at], at, *found, f64::from(*better) / 1_000.0, replications);
            prop_assert_eq!(made, Ok(()), "{} {:?}", facts[at], found);
        }
        let mut more = facts[variants.len().min(3)..].iter();
        if needless != (0, 0) {
            let rest = more.next().unwrap().strip_prefix("Needless switchovers in a replication: ").unwrap();
            let (means, differences) = rest.strip_suffix('.').unwrap().split_once("; ").unwrap();
            for (told, ((found, _), letter)) in differences.split("; ").zip(variants.iter().zip("BCD".chars())) {
                let told = told.strip_prefix(&format!("{letter} - A is ")).unwrap();
                prop_assert!(counts(told, *found), "{told} {found:?}");
            }
            let each: Vec<&str> = means.split(", ").collect();
            prop_assert_eq!(each.len(), variants.len().min(3) + 1, "{}", rest);
            for (told, (at, letter)) in each.iter().zip("ABCD".chars().enumerate()) {
                let (number, of) = told.split_once(" in ").unwrap();
                prop_assert_eq!(of, letter.to_string(), "{}", rest);
                let own = if at == 0 { needless.0 } else { needless.1 };
                prop_assert!(is_near(number, "", f64::from(own) / 8.0), "{rest}");
            }
        }
        if variants.len() > 3 {
            let left = format!("{} more variants are in the table.", variants.len() - 3);
            prop_assert_eq!(more.next(), Some(&left));
        }
        prop_assert_eq!(more.next(), None);
    }

    #[test]
    fn a_sweep_is_summed_up_by_its_own_numbers(
        points in prop::collection::vec(point(), 2..14),
        today in 0_usize..20,
        replications in 2_u32..900,
    ) {
        let answer = swept(&points, today, replications);
        let facts = facts(&text(&[only("sweep.json", &answer)]));
        let mut facts = facts.iter();

        let of = |pick: fn(&Point) -> bool| -> Vec<usize> {
            points.iter().enumerate().filter(|(_, point)| pick(point)).map(|(at, _)| at).collect()
        };
        let least = of(|point| point.0);
        let first = facts.next().unwrap();
        match &least[..] {
            [] => prop_assert_eq!(first, "Today's scenario has less downtime than every point."),
            [only] => {
                let head = format!("disaster-recovery.timeout = {} has less downtime than every other point: ", 10 + only);
                let rest = first.strip_prefix(&head).and_then(|rest| rest.strip_suffix(" per agent."));
                prop_assert!(rest.is_some(), "{first}");
                let (_, _, value, half, _) = points[*only];
                let found = (value, Some((value * (1.0 - half), value * (1.0 + half))));
                prop_assert!(says(rest.unwrap(), found), "{first} {found:?}");
            }
            all => prop_assert_eq!(first, &format!(
                "Any of {} for disaster-recovery.timeout may have the least downtime: {replications} replications do not separate them.",
                listed(all)
            )),
        }
        let best = least.iter().find(|at| **at != today);
        if let Some((at, found)) = best.map(|at| (at, points[*at].4)).filter(|(_, found)| found.1.is_some()) {
            let head = format!("Compared with today, disaster-recovery.timeout = {} changes the downtime per agent by ", 10 + at);
            let said = facts.next().unwrap();
            let rest = said.strip_prefix(&head).and_then(|rest| rest.strip_suffix('.'));
            prop_assert!(rest.is_some_and(|rest| says(rest, found)), "{said} {found:?}");
        }
        let pareto = of(|point| point.1);
        let goals = "downtime, needless switchovers, flaps and peak logins";
        if pareto.len() == points.len() {
            prop_assert_eq!(facts.next(), Some(&format!("No point can be ruled out: each is better than any other in one of {goals}.")));
        } else if !pareto.is_empty() {
            prop_assert_eq!(facts.next(), Some(&format!(
                "Every other point is shown to be worse in something, and is on average better in nothing ({goals}), than one of {}.",
                listed(&pareto)
            )));
        }
        prop_assert_eq!(facts.next(), None);
    }
}

/// The tests above can fail: they see a number, an end, a word and a letter that is wrong.
#[test]
fn a_wrong_sentence_is_seen() {
    let found = (-46.887, Some((-52.633, -41.677)));
    assert!(says("-46.9 s (95 % interval -52.6 to -41.7 s)", found));
    for wrong in [
        "46.9 s (95 % interval -52.6 to -41.7 s)",
        "-46.8 s (95 % interval -52.6 to -41.7 s)",
        "-46.9 min (95 % interval -52.6 to -41.7 min)",
        "-46.9 s (95 % interval -52.7 to -41.7 s)",
        "-46.9 s (95 % interval -41.7 to -52.6 s)",
        "-46.9 s (90 % interval -52.6 to -41.7 s)",
        "-46.9 s (too few replications for an interval)",
    ] {
        assert!(!says(wrong, found), "{wrong}");
    }
    assert!(says("12 s (too few replications for an interval)", (12.0, None)));
    assert!(!says("12 s (95 % interval 11 to 13 s)", (12.0, None)));
}
