//! What the comparisons with closed forms share: sample means with their errors, and the few
//! special functions that the formulas need. It does not know the simulator.

/// A sample mean and its standard error.
#[derive(Clone, Copy, Debug)]
pub struct Estimate {
    /// Mean of the sample.
    pub mean: f64,
    /// Standard error of the mean.
    pub error: f64,
}

impl Estimate {
    /// The mean of independent values.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let values: Vec<f64> = values.into_iter().collect();
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
        Self { mean, error: (squares / (n - 1.0) / n).sqrt() }
    }

    /// Distance from the truth in standard errors.
    pub fn z(self, truth: f64) -> f64 {
        (self.mean - truth) / self.error
    }

    /// Fails unless the truth is within four standard errors.
    #[track_caller]
    pub fn agrees(self, truth: f64) {
        let z = self.z(truth);
        let Self { mean, error } = self;
        assert!(error > 0.0 && z.abs() < 4.0, "{mean} +/- {error}, expected {truth}: z = {z}");
    }
}

/// Fails unless a formula gives its published value to the digits that are published.
#[track_caller]
pub fn golden(value: f64, published: f64) {
    let error = (value / published - 1.0).abs();
    assert!(error < 1e-7, "{value}, published {published}: relative error {error}");
}
