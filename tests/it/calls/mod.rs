//! Calls: the simulator against a stepping reference, call by call, on random small days; what must hold of any
//! day; and the arrivals, by themselves.

mod agree;
mod arrivals;
mod compared;
mod conserved;
mod days;
mod held;
mod intervals;
mod money;
mod planned;
mod program;
mod reference;
mod runs;
mod tallied;
mod watched;
mod windows;

/// Two numbers that are the same but for rounding, or both none.
#[track_caller]
fn near(one: Option<f64>, other: Option<f64>, what: &str) {
    match (one, other) {
        (Some(one), Some(other)) => {
            assert!((one - other).abs() <= 1e-8 * (1.0 + other.abs()), "{what}: {one}, {other}");
        }
        (one, other) => assert_eq!(one, other, "{what}"),
    }
}
