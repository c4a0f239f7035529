//! The engine of switchover as a Python module, `switchover._engine`. The package around it is written in Python;
//! nothing is decided here.

#![warn(unreachable_pub)]

mod errors;
mod job;
mod made;
mod scenario;
mod table;
mod tables;
mod values;
// It asks Python again after some time; no answer depends on the clock.
#[allow(clippy::disallowed_methods, clippy::disallowed_types)]
mod waiting;

use pyo3::prelude::*;

#[pymodule]
fn _engine(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("VERSION", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<job::Job>()?;
    module.add_class::<made::Made>()?;
    module.add_class::<scenario::Run>()?;
    module.add_class::<scenario::Scenario>()?;
    module.add_class::<table::Numbers>()?;
    module.add_class::<table::Table>()
}
