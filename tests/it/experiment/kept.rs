//! What is kept of a replication does not grow with the number of agents: the row has the same
//! length, and a sketch has no more bins than there are numbers of bins between its ends.

use switchover::experiment::{Buffers, Sample, replicate};
use switchover::measures::{self, LISTS};
use switchover::model::{Model, Planes};
use switchover::random::RandomNumbers;
use switchover::statistics::bin_of;

use crate::builder::{at, base, exponential, populate, s};
use crate::oracles::{HOME, failing_paths};

/// Agents at one location whose path fails now and then, noticed after a while of their own.
fn model(agents: u32) -> Model {
    let mut model = base();
    model.horizon = at(30_000);
    model.desktop.detection =
        switchover::distribution::Law::Uniform { lowest: s(1), highest: s(30) };
    populate(&mut model, agents);
    failing_paths(&mut model, HOME, Planes::Both, exponential(2000.0), exponential(100.0));
    model
}

fn sample(agents: u32) -> Sample {
    let model = model(agents);
    let random = RandomNumbers { seed: 1, replication: 0 };
    replicate(&model, &measures::measures(&model), random, (&mut Buffers::default(), &|| false))
        .unwrap()
}

/// The numbers of bins between the smallest and the largest value: what a sketch may hold.
fn bound(sample: &Sample, pool: usize) -> usize {
    let bins = sample.pools[pool].bins();
    let ends = bins.first().zip(bins.last());
    ends.map_or(0, |(first, last)| (last.number - first.number + 1) as usize)
}

#[test]
fn ten_thousand_agents_leave_no_more_than_ten() {
    let (few, many) = (sample(10), sample(10_000));
    assert_eq!(few.row.len(), many.row.len());
    assert_eq!((few.pools.len(), many.pools.len()), (LISTS, LISTS));
    let all = |sample: &Sample| sample.pools.iter().map(|pool| pool.count()).sum::<u64>();
    assert!(all(&many) > 500 * all(&few), "{} and {}", all(&many), all(&few));
    for pool in 0..LISTS {
        let bins = many.pools[pool].bins().len();
        assert!(bins <= bound(&many, pool), "{bins}");
        // From a second to the horizon there are fifteen octaves of 256 bins.
        let (first, last) = (bin_of(1_000_000_000), bin_of(30_000_000_000_000));
        assert!(bins <= (last - first) as usize, "{bins}");
    }
    // Values are spread over a few octaves: a thousand times the agents fill them, no more.
    let bytes = |sample: &Sample| serde_json::to_vec(&sample).unwrap().len();
    assert!(bytes(&many) < 120_000, "{} bytes", bytes(&many));
}
