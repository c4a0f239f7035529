//! An answer about several variants that is not wanted any more is given up between two of its
//! contrasts; one that is made is the same as ever.

use std::sync::atomic::{AtomicUsize, Ordering};

use switchover::experiment::{SideBySide, Study, contrast, contrasts};

use super::{Waves, renewals, replicated};

#[test]
fn contrasts_are_given_up_when_they_are_not_wanted() {
    let quick = replicated(renewals(500.0, 20.0, 4_000, 3), 12, 0.95);
    let mut slow = renewals(500.0, 60.0, 4_000, 3);
    slow.seed = quick.seed;
    let study = Study::new(vec![&quick, &slow, &quick], quick.seed);
    let plan = SideBySide::new(&quick.experiment, None);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let gathered = plan.run(&study, &pool, &mut Waves(4)).unwrap().gathered;

    let asked = AtomicUsize::new(0);
    let stop = || asked.fetch_add(1, Ordering::Relaxed) == 10;
    assert_eq!(contrasts(&gathered[0], &gathered, 0.95, &stop), None);
    assert_eq!(asked.load(Ordering::Relaxed), 11, "nothing is made after a yes");

    asked.store(100, Ordering::Relaxed);
    let all = contrasts(&gathered[0], &gathered, 0.95, &stop).unwrap();
    let measures = study.measures(0).len();
    assert_eq!(asked.load(Ordering::Relaxed) - 100, 3 * measures, "asked before each");
    assert_eq!(all[0], all[2], "the same variant");
    assert_ne!(all[0], all[1]);
    // What is made once for all others is what is made for each alone.
    for (number, found) in all[1].iter().enumerate() {
        let alone = contrast((&gathered[0], number), (&gathered[1], number), 0.95);
        assert_eq!(format!("{found:?}"), format!("{alone:?}"));
    }
}
