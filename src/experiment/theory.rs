//! Replications next to the closed forms of their scenario.

use super::Gathered;
use crate::closed_form::{ClosedForms, Forms, over_replications};
use crate::model::Model;

/// The closed forms of a scenario next to its replications; `None`: nothing in it is random.
#[must_use]
pub fn closed_forms(gathered: &Gathered<'_>, model: &Model) -> Option<ClosedForms> {
    let values = |name: &str| {
        let measure = gathered.measure_named(name)?;
        gathered.values(measure).into_iter().collect()
    };
    model.has_random_faults().then(|| over_replications(&Forms::of(model), values))
}
