//! Reports in a real browser, opened from the disk with the network off, and the page of `serve`: Chromium, driven by
//! ChromeDriver. A machine that has no ChromeDriver skips these tests and says so.

mod charts;
mod driver;
mod explorer;
mod keyboard;
mod live;
mod odd;
mod report;

pub use driver::Browser;
