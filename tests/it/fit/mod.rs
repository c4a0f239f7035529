//! Fitting laws to logs: messages word for word, estimates against closed forms and sampled data,
//! what is printed against the scenario language, the command end to end.

mod command;
mod direct;
mod estimates;
mod kinds;
mod mutated;
mod points;
mod refused;
mod written;

use switchover::distribution::Law;
use switchover::fit::{Length, Sample};
use switchover::random::{Entity, Purpose, RandomNumbers};

/// Values of a law, in seconds, by number.
pub fn drawn(law: &Law, number: u32, seed: u64) -> Vec<f64> {
    let random = RandomNumbers { seed, replication: 0 };
    let draw = |n| random.draw(Entity::agent(0, 0), Purpose::Login, n);
    (0..number).map(|n| law.sample(&mut draw(n)).as_secs_f64()).collect()
}

/// A sample of exact lengths, those above `limit` cut off there.
pub fn cut_at(values: &[f64], limit: f64) -> Sample {
    let cut = |secs: &f64| Length { secs: secs.min(limit), censored: *secs > limit };
    values.iter().map(cut).collect()
}
