//! What this platform answers to a fixed set of draws: two platforms that answer differently may not
//! share the work of one experiment.
//!
//! All platforms are meant to answer the same; this notices the one that does not.

use std::sync::LazyLock;

use twox_hash::XxHash3_64;

use crate::distribution::{Branch, Law, normal_quantile};
use crate::random::{Entity, Purpose, RandomNumbers};
use crate::time::Span;

/// Draws of each law.
const DRAWS: u32 = 64;

/// A digest of draws of every law that needs more than whole numbers.
#[must_use]
pub(super) fn answer() -> &'static str {
    static ANSWER: LazyLock<String> = LazyLock::new(digest);
    &ANSWER
}

fn digest() -> String {
    let random = RandomNumbers { seed: 1, replication: 2 };
    let mut bytes = Vec::new();
    for (ordinal, law) in (0..).zip(laws()) {
        for number in 0..DRAWS {
            let mut draw = random.draw(Entity::fault(ordinal, 0), Purpose::Resample, number);
            bytes.extend(law.sample(&mut draw).0.to_le_bytes());
        }
    }
    for number in 1..DRAWS {
        let quantile = normal_quantile(f64::from(number) / f64::from(DRAWS));
        bytes.extend(quantile.to_bits().to_le_bytes());
    }
    format!("{:016x}", XxHash3_64::oneshot(&bytes))
}

fn laws() -> [Law; 6] {
    let mean = Span::from_secs(86_400);
    let short = Span::from_secs(60);
    let branches = [(0.25, short), (0.75, mean)];
    [
        Law::Uniform { lowest: short, highest: mean },
        Law::Exponential { mean },
        Law::Weibull { shape: 0.7, scale: mean },
        Law::Lognormal { median: short, p95: mean },
        Law::Gamma { shape: 0.4, mean },
        Law::Hyperexponential(
            branches.map(|(probability, mean)| Branch { probability, mean }).to_vec(),
        ),
    ]
}
