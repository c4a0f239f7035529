//! The printed `[[fault]]` is read back by the scenario language: the same laws to four digits.

use proptest::prelude::*;
use switchover::distribution::Law;
use switchover::fit::{Fault, Fitted, fault_text};
use switchover::model::Schedule;
use switchover::resolve::resolve;
use switchover::scenario::{DrOff, NoFiles, load};

use crate::scenario::messages::SOUND;

/// The laws of a scenario with that fault.
fn read_back(failure: &Fitted, repair: &Fitted) -> (Law, Law) {
    let fault = fault_text(&Fault {
        name: "a log",
        target: Some("every site"),
        failure: Ok(failure),
        repair: Ok(repair),
        uncertainty: None,
    });
    let text = format!("{SOUND}{fault}");
    let loaded = load("t.toml", text.as_bytes(), &NoFiles);
    assert_eq!(loaded.diagnostics, [], "{text}");
    let model = resolve(&loaded.document.unwrap(), &DrOff::default()).0.unwrap().model;
    match model.faults[0].schedule.clone() {
        Schedule::Random { failure, repair, .. } => (failure, repair),
        other => panic!("{other:?}"),
    }
}

/// The numbers of a law.
fn numbers(law: &Law) -> Vec<f64> {
    let secs = |span: &switchover::time::Span| span.as_secs_f64();
    match law {
        Law::Constant(span) | Law::Exponential { mean: span } => vec![secs(span)],
        Law::Uniform { lowest, highest } => vec![secs(lowest), secs(highest)],
        Law::Weibull { shape, scale } => vec![*shape, secs(scale)],
        Law::Lognormal { median, p95 } => vec![secs(median), secs(p95)],
        Law::Gamma { shape, mean } => vec![*shape, secs(mean)],
        Law::Hyperexponential(branches) => {
            branches.iter().flat_map(|one| [one.probability, secs(&one.mean)]).collect()
        }
        Law::Empirical(_) => vec![],
    }
}

fn same(law: &Law, read: &Law) {
    assert_eq!(std::mem::discriminant(law), std::mem::discriminant(read));
    for (a, b) in numbers(law).into_iter().zip(numbers(read)) {
        assert!((a - b).abs() <= 1e-3 * a, "{law:?} {read:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn laws_are_read_back(
        ln_length in -6.0..20.0f64,
        factor in 1.001..20.0f64,
        ln_shape in -4.0..6.0f64,
        p in 0.001..0.999f64,
    ) {
        let (length, shape) = (ln_length.exp(), ln_shape.exp());
        let laws = [
            Fitted::Constant { value: length },
            Fitted::Uniform { lowest: length, highest: length * factor },
            Fitted::Exponential { mean: length },
            Fitted::Weibull { shape, scale: length },
            Fitted::Lognormal { mu: ln_length, sigma: factor.ln() },
            Fitted::Gamma { shape, mean: length },
            Fitted::Hyperexponential { p, mean: length, other: length * factor },
        ];
        for pair in laws.windows(2).filter(|pair| pair.iter().all(Fitted::expressible)) {
            let (failure, repair) = read_back(&pair[0], &pair[1]);
            same(&pair[0].law(), &failure);
            same(&pair[1].law(), &repair);
        }
    }
}

#[test]
fn without_a_target_the_table_is_refused_until_one_is_named() {
    let law = Fitted::Exponential { mean: 5.0 };
    let fault =
        Fault { name: "x", target: None, failure: Ok(&law), repair: Ok(&law), uncertainty: None };
    let text = format!("{SOUND}{}", fault_text(&fault));
    let found = load("t.toml", text.as_bytes(), &NoFiles).diagnostics;
    let told: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(told, ["[[fault]] needs `target`"]);
}
