//! `age` of a random fault against closed forms: the equilibrium law, the rest given an age, and
//! what the scenario language says about both.

use switchover::distribution::{Age, Branch, Law};
use switchover::faults::sample;
use switchover::model::{HostId, Schedule, Target};
use switchover::random::{Entity, Purpose, RandomNumbers};
use switchover::resolve::resolve;
use switchover::scenario::{DrOff, NoFiles, load};
use switchover::time::Span;

use crate::builder::{always, at, base, exponential, fault, s};
use crate::closed_form::Estimate;
use crate::scenario::messages::SOUND;

const LUCK: RandomNumbers = RandomNumbers { seed: 5, replication: 3 };
const DRAWS: u32 = 20_000;

/// Every law with its second moment in seconds, by its textbook formula.
fn laws() -> Vec<(Law, f64)> {
    let second = Span::from_secs(1);
    let gamma = |x: f64| libm::tgamma(x);
    let sigma = 3_f64.ln() / switchover::distribution::Z95;
    let branch = |probability, secs| Branch { probability, mean: Span::from_secs(secs) };
    vec![
        (Law::Constant(Span::from_secs(3)), 9.0),
        (Law::Uniform { lowest: second, highest: Span::from_secs(4) }, (64.0 - 1.0) / 9.0),
        (Law::Exponential { mean: second }, 2.0),
        (Law::Weibull { shape: 0.7, scale: second }, gamma(1.0 + 2.0 / 0.7)),
        (Law::Weibull { shape: 3.0, scale: second }, gamma(1.0 + 2.0 / 3.0)),
        (Law::Lognormal { median: second, p95: Span::from_secs(3) }, (2.0 * sigma * sigma).exp()),
        (Law::Gamma { shape: 0.5, mean: second }, 1.0 + 1.0 / 0.5),
        (Law::Gamma { shape: 4.0, mean: second }, 1.0 + 1.0 / 4.0),
        (Law::Hyperexponential(vec![branch(0.9, 1), branch(0.1, 9)]), 2.0 * (0.9 + 8.1)),
        (
            Law::Empirical([1, 2, 2, 7].map(Span::from_secs).to_vec()),
            (1.0 + 4.0 + 4.0 + 49.0) / 4.0,
        ),
    ]
}

fn first(law: &Law, age: Age) -> Vec<f64> {
    let random = RandomNumbers { seed: 5, replication: 0 };
    let draw = |n| random.draw(Entity::agent(0, 0), Purpose::Login, n);
    (0..DRAWS).map(|n| law.first(age, &mut draw(n)).as_secs_f64()).collect()
}

/// Fails unless the share of values above `at` is the expected one, within 4.5 standard errors.
#[track_caller]
fn share_above(values: &[f64], at: f64, expected: f64, law: &Law) {
    let n = values.len() as f64;
    let share = values.iter().filter(|value| **value > at).count() as f64 / n;
    let error = (expected * (1.0 - expected) / n).sqrt();
    assert!((share - expected).abs() <= 4.5 * error + 1e-9, "{law:?} at {at}: {share} {expected}");
}

#[test]
fn survival_is_the_share_of_longer_times() {
    for (law, _) in laws() {
        let new = first(&law, Age::New);
        for at in [0.3, 1.5, 2.5, 5.0] {
            share_above(&new, at, law.survival(Span::from_secs_f64(at)), &law);
        }
    }
}

#[test]
fn the_equilibrium_has_mean_and_shape_of_the_closed_form() {
    for (law, second_moment) in laws() {
        let values = first(&law, Age::Equilibrium);
        let mean = law.mean_s();
        Estimate::of(values.iter().copied()).agrees(second_moment / (2.0 * mean));
        // The share above x is the integral of the survival from x on, by the mean.
        for at in [0.25, 1.0, 2.75] {
            let steps = 4_000;
            let width = at / f64::from(steps);
            let middle = |k: i32| law.survival(Span::from_secs_f64((f64::from(k) + 0.5) * width));
            let below: f64 = (0..steps).map(middle).sum::<f64>() * width / mean;
            share_above(&values, at, 1.0 - below, &law);
        }
    }
}

#[test]
fn the_rest_at_an_age_has_the_conditional_survival() {
    for (law, _) in laws() {
        for age in [0.4, 1.7, 2.9] {
            let reached = law.survival(Span::from_secs_f64(age));
            if reached == 0.0 {
                continue;
            }
            let rest = first(&law, Age::Reached(Span::from_secs_f64(age)));
            for more in [0.2, 1.0, 3.0] {
                let expected = law.survival(Span::from_secs_f64(age + more)) / reached;
                share_above(&rest, more, expected, &law);
            }
        }
    }
}

#[test]
fn ages_far_in_the_tail_keep_their_closed_form() {
    // The rest of a Weibull time of scale 1 at age a: P(rest > x) = exp(a^k - (a + x)^k).
    let law = Law::Weibull { shape: 2.0, scale: Span::from_secs(1) };
    let rest = first(&law, Age::Reached(Span::from_secs(5)));
    share_above(&rest, 0.1, (25.0_f64 - 5.1 * 5.1).exp(), &law);
    // An Erlang time of two phases of 0.5 s: P(X > x) = (1 + 2 x) e^(-2 x).
    let law = Law::Gamma { shape: 2.0, mean: Span::from_secs(1) };
    let rest = first(&law, Age::Reached(Span::from_secs(12)));
    share_above(&rest, 0.5, 26.0 / 25.0 * (-1.0_f64).exp(), &law);
    // Of the mixture only the long branch is left.
    let (short, long) = (Span::from_secs(1), Span::from_secs(9));
    let law = Law::Hyperexponential(vec![
        Branch { probability: 0.9, mean: short },
        Branch { probability: 0.1, mean: long },
    ]);
    let rest = first(&law, Age::Reached(Span::from_secs(40_000)));
    Estimate::of(rest).agrees(9.0);
}

#[test]
fn an_exponential_time_has_no_memory() {
    let law = exponential(50.0);
    let new = first(&law, Age::New);
    assert_eq!(new, first(&law, Age::Equilibrium));
    assert_eq!(new, first(&law, Age::Reached(s(45))));
}

#[test]
fn only_the_first_time_to_failure_has_an_age() {
    let aged = |age| Schedule::Random {
        failure: always(30),
        repair: always(4),
        sets: vec![],
        age,
        when: None,
    };
    let spells = |age| {
        let mut model = base();
        model.horizon = at(70);
        fault(&mut model, Target::Host(HostId(0)), aged(age));
        sample(&model, LUCK).iter().map(|o| (o.from, o.to)).collect::<Vec<_>>()
    };
    assert_eq!(spells(Age::New), [(at(30), at(34)), (at(64), at(68))]);
    assert_eq!(spells(Age::Reached(s(22))), [(at(8), at(12)), (at(42), at(46))]);
    let met = spells(Age::Equilibrium);
    assert!(met[0].0 < at(30) && met[1].0 - met[0].1 == s(30), "{met:?}");
}

/// The age that a fault of the language gives, or what is wrong with it.
fn written(keys: &str) -> Result<Age, String> {
    let text = format!("{SOUND}[[fault]]\ntarget = \"every site\"\n{keys}");
    let loaded = load("t.toml", text.as_bytes(), &NoFiles);
    if let Some(found) = loaded.diagnostics.first() {
        let help = found.help.as_deref().unwrap_or_default();
        let said = format!("{} {} | {} | {help}", found.code, found.message, found.primary.text);
        return Err(said);
    }
    let model = resolve(&loaded.document.unwrap(), &DrOff::default()).0.unwrap().model;
    match model.faults[0].schedule {
        Schedule::Random { age, .. } => Ok(age),
        Schedule::Scripted { .. } => panic!("{text}"),
    }
}

#[test]
fn the_language_takes_an_age_of_a_random_fault() {
    let random = "failure = { weibull = { shape = 2, scale = \"10d\" } }\nrepair = \"1h\"\n";
    let of = |age: &str| written(&format!("{random}{age}"));
    assert_eq!(of(""), Ok(Age::New));
    assert_eq!(of("age = \"equilibrium\""), Ok(Age::Equilibrium));
    assert_eq!(of("age = \"0s\""), Ok(Age::Reached(Span::ZERO)));
    assert_eq!(of("age = \"45d\""), Ok(Age::Reached(Span::from_secs(45 * 86_400))));
    let never = "S012 nothing reaches this age | `failure` never gives a time as long as this | \
                 write a shorter age, or `age = \"equilibrium\"` if it is not known";
    assert_eq!(of("age = \"90d\"").expect_err("exp(-81)"), never);
    let word = "S009 `age` cannot be \"old\" | neither \"equilibrium\" nor a duration | \
                write \"equilibrium\", or a duration such as \"45d\"";
    assert_eq!(of("age = \"old\"").expect_err("a word"), word);
    let scripted = "S012 a scripted fault has no age | for random faults only | \
                    remove `age`, or write `failure` and `repair`";
    let flap = written("at = \"1m\"\nfor = \"1m\"\nage = \"equilibrium\"");
    assert_eq!(flap.expect_err("scripted"), scripted);
}
