//! The pages that are being answered. A newer request of a page ends the one before; pages do not end each
//! other's, and are answered side by side. A page is known only as long as one of its requests is.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// One page.
#[derive(Debug, Default)]
pub(super) struct Page {
    latest: AtomicU64,
    busy: Mutex<()>,
}

/// All of them, by their names.
#[derive(Debug, Default)]
pub(super) struct Pages(Mutex<BTreeMap<String, Weak<Page>>>);

impl Pages {
    /// The page of that name.
    #[must_use]
    pub(super) fn of(&self, name: &str) -> Arc<Page> {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.retain(|_, page| page.strong_count() > 0);
        if let Some(known) = pages.get(name).and_then(Weak::upgrade) {
            return known;
        }
        let page = Arc::new(Page::default());
        pages.insert(name.to_owned(), Arc::downgrade(&page));
        page
    }
}

impl Page {
    /// The number of a new request; those before it are cancelled.
    pub(super) fn begin(&self) -> u64 {
        self.latest.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Whether a request is the latest of this page.
    pub(super) fn is_latest(&self, number: u64) -> bool {
        self.latest.load(Ordering::SeqCst) == number
    }

    /// Waits until no other request of this page simulates.
    pub(super) fn alone(&self) -> MutexGuard<'_, ()> {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_end_older_ones_of_their_page_only() {
        let pages = Pages::default();
        let (one, other) = (pages.of("one"), pages.of("other"));
        let (first, of_other) = (one.begin(), other.begin());
        let second = pages.of("one").begin();
        assert!(!one.is_latest(first) && one.is_latest(second) && other.is_latest(of_other));
        drop((one, other));
        let _third = pages.of("third");
        assert_eq!(pages.0.lock().unwrap().len(), 1, "who asks nothing is forgotten");
    }
}
