//! The empirical distribution of a sample with censored lengths (Kaplan and Meier 1958): the
//! reference that laws are held against.

use super::sample::Sample;

/// The share that is over by a length, as steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Length in seconds and the share that lasts at most that long; both ascend.
    pub steps: Vec<(f64, f64)>,
}

impl Curve {
    /// The curve of a sample; without censored lengths the ordinary distribution function.
    #[must_use]
    pub fn of(sample: &Sample) -> Self {
        let mut at_risk = sample.exact.len() + sample.censored.len();
        let (mut survival, mut steps) = (1.0, Vec::new());
        let mut cut = sample.censored.iter().copied().peekable();
        for group in sample.exact.chunk_by(|a, b| a == b) {
            // A length cut off exactly when another ends was still at risk then.
            while cut.next_if(|cut| *cut < group[0]).is_some() {
                at_risk -= 1;
            }
            survival *= (at_risk - group.len()) as f64 / at_risk as f64;
            at_risk -= group.len();
            steps.push((group[0], 1.0 - survival));
        }
        Self { steps }
    }

    /// The shortest length by which this share is over; `None` if the curve does not get there.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let index = self.steps.partition_point(|(_, over)| *over < share - 1e-12);
        self.steps.get(index).map(|(at, _)| *at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn censored_lengths_leave_without_a_step() {
        let exact = vec![1.0, 2.0, 2.0, 5.0];
        let plain = Curve::of(&Sample { exact: exact.clone(), censored: vec![] });
        assert_eq!(plain.steps, [(1.0, 0.25), (2.0, 0.75), (5.0, 1.0)]);
        assert_eq!((plain.quantile(0.5), plain.quantile(1.0)), (Some(2.0), Some(5.0)));
        // Worked by hand: 5/6, then 5/6 x 3/5 (one cut at 2 still counts), then x 1/2.
        let curve =
            Curve::of(&Sample { exact: vec![1.0, 2.0, 2.0, 5.0], censored: vec![2.0, 9.0] });
        let expected = [(1.0, 1.0 / 6.0), (2.0, 0.5), (5.0, 0.75)];
        for (step, wanted) in curve.steps.iter().zip(expected) {
            assert!(step.0 == wanted.0 && (step.1 - wanted.1).abs() < 1e-12, "{step:?}");
        }
        assert_eq!(curve.quantile(0.9), None);
    }
}
