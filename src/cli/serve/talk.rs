//! The messages to the page while an answer is made: server-sent events with JSON in them. It also
//! knows whether a page is still connected.

use std::sync::{Arc, MutexGuard};

use axum::response::sse::Event;
use serde::Serialize;
use serde_json::json;
use tokio::sync::mpsc::UnboundedSender;

use super::pages::Page;
use super::session::Session;
use crate::cli::failure::Failure;
use crate::cli::interrupt;

/// An event on its way; it cannot fail.
pub(super) type Said = Result<Event, std::convert::Infallible>;

/// The way to the page that asked.
pub(super) struct Talk {
    session: Arc<Session>,
    page: Arc<Page>,
    number: u64,
    sender: UnboundedSender<Said>,
}

impl Talk {
    /// A new request of the page of this name, which cancels those before it.
    #[must_use]
    pub(super) fn begin(session: &Arc<Session>, page: &str, sender: UnboundedSender<Said>) -> Self {
        let page = session.page(page);
        Self { number: page.begin(), page, session: Arc::clone(session), sender }
    }

    /// Waits until no other request of the page simulates.
    pub(super) fn alone(&self) -> MutexGuard<'_, ()> {
        self.page.alone()
    }

    /// The session.
    #[must_use]
    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// Sends something; a page that has left does not receive it.
    pub(super) fn say(&self, name: &str, data: &impl Serialize) {
        // Structs and maps with text keys: there is nothing in them that could fail.
        let text = serde_json::to_string(data).unwrap_or_default();
        let _ = self.sender.send(Ok(Event::default().event(name).data(text)));
    }

    /// Says how it ended: with this text, or why there is none.
    pub(super) fn end(&self, outcome: Result<String, Failure>) {
        match outcome {
            Ok(text) => self.say("done", &json!({ "text": text })),
            // Something newer was asked, or the program ends.
            Err(Failure::Interrupted) => {}
            Err(failure) => self.say("refused", &json!({ "message": failure.to_string() })),
        }
    }

    /// Whether no page waits for the answer any more.
    #[must_use]
    pub(super) fn is_unwanted(&self) -> bool {
        !self.page.is_latest(self.number) || self.sender.is_closed() || interrupt::is_asked()
    }

    /// Fails if no page waits for the answer any more.
    ///
    /// # Errors
    /// [`Failure::Interrupted`].
    pub(super) fn check(&self) -> Result<(), Failure> {
        if self.is_unwanted() { Err(Failure::Interrupted) } else { Ok(()) }
    }
}
