//! The world's timelines against the reference's own world: who serves, and the failovers.

use proptest::prelude::*;
use switchover::faults;
use switchover::model::{LocationId, PairId, SiteId};
use switchover::world::World;

use super::over_cases;
use super::sanity::LUCK;
use crate::reference;

#[test]
fn pairs_serve_and_fail_over_alike() {
    over_cases(3, 500, |mut case| {
        case.agents.truncate(1);
        let model = case.model();
        let world = World::simulate(&model, LUCK, &faults::sample(&model, LUCK));
        for (id, expected) in (0..).zip(reference::run(&model, LUCK).pairs) {
            let pair = world.pair(PairId(id));
            prop_assert_eq!(pair.serving.changes(), &expected.serving[..], "pair {}", id);
            prop_assert_eq!(pair.failovers(), expected.failovers as usize, "pair {}", id);
        }
        Ok(())
    });
}

#[test]
fn paths_and_drains_hold_alike() {
    over_cases(4, 300, |case| {
        let model = case.model();
        let world = World::simulate(&model, LUCK, &faults::sample(&model, LUCK));
        for (t, expected) in reference::world(&model, LUCK) {
            for (site, drained) in (0..).map(SiteId).zip(&expected.drained) {
                prop_assert_eq!(world.drained(site).at(t), *drained);
                for location in (0..).map(LocationId).take(model.locations.len()) {
                    let path = world.path(location, site);
                    let (l, s) = (location.index(), site.index());
                    prop_assert_eq!(path.cti.at(t), expected.cti[l][s]);
                    prop_assert_eq!(path.sip.at(t), expected.sip[l][s]);
                }
            }
        }
        Ok(())
    });
}
