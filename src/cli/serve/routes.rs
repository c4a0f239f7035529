//! What the program answers to which address. Each handler reads what was asked and starts the work;
//! it does none itself.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Json, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::response::{Html, IntoResponse, Response, Sse};
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::mpsc::unbounded_channel;
use tokio::task::spawn_blocking;
use tokio_stream::wrappers::UnboundedReceiverStream;

use super::answer::{self, PageRequest};
use super::guard::{Guard, LARGEST, guard};
use super::save::{self, Unsaved};
use super::session::Session;
use super::talk::{Said, Talk};
use super::{compare, export};
use crate::cli::failure::Failure;
use crate::report::explorer::{self, Opened, SCRIPTS};

/// The header that names the page that asks.
const PAGE: &str = "x-switchover-page";

/// A text and nothing else.
#[derive(Debug, Deserialize)]
struct TextOnly {
    text: String,
}

/// A text to be saved, and the digest of the file that it was made from.
#[derive(Debug, Deserialize)]
struct Saved {
    text: String,
    known: String,
}

/// All routes, behind the guard.
pub(super) fn routes(session: Arc<Session>, port: u16) -> Router {
    let own = Arc::new(Guard { port, token: session.token.clone() });
    let scripts = SCRIPTS.into_iter().fold(Router::new(), |router, (name, text)| {
        router.route(&format!("/{name}"), get(async move || script(text)))
    });
    scripts
        .route("/", get(page))
        .route("/explorer.css", get(style))
        .route("/answer", post(answered))
        .route("/compare", post(compared))
        .route("/report", post(reported))
        .route("/save", post(saved))
        .with_state(session)
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(from_fn_with_state(own, guard))
}

async fn page(State(session): State<Arc<Session>>) -> Html<String> {
    let name = session.name();
    let (text, known) = session.now();
    let known = session.file.as_ref().map(|_| known.as_str());
    let opened = Opened { name: &name, text: &text, token: &session.token, known };
    Html(explorer::explorer(&opened))
}

async fn style() -> Response {
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], explorer::style()).into_response()
}

fn script(text: &'static str) -> Response {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], text).into_response()
}

async fn answered(
    State(session): State<Arc<Session>>,
    headers: HeaderMap,
    Json(asked): Json<PageRequest>,
) -> Response {
    told(&session, &headers, move |talk| answer::answer(talk, &asked))
}

async fn compared(
    State(session): State<Arc<Session>>,
    headers: HeaderMap,
    Json(asked): Json<TextOnly>,
) -> Response {
    told(&session, &headers, move |talk| compare::compare(talk, &asked.text))
}

/// Starts work that sends the page what it finds, as server-sent events.
fn told(
    session: &Arc<Session>,
    headers: &HeaderMap,
    work: impl FnOnce(&Talk) -> Result<String, Failure> + Send + 'static,
) -> Response {
    let (sender, receiver) = unbounded_channel::<Said>();
    let talk = Talk::begin(session, page_of(headers), sender);
    spawn_blocking(move || {
        let _alone = talk.alone();
        talk.end(talk.check().and_then(|()| work(&talk)));
    });
    Sse::new(UnboundedReceiverStream::new(receiver)).into_response()
}

/// The page that asks; those that do not say it are one.
fn page_of(headers: &HeaderMap) -> &str {
    headers.get(PAGE).and_then(|page| page.to_str().ok()).unwrap_or_default()
}

async fn reported(
    State(session): State<Arc<Session>>,
    headers: HeaderMap,
    Json(asked): Json<TextOnly>,
) -> Response {
    // The progress is not read, but while this is held, a page waits.
    let (sender, _waiting) = unbounded_channel::<Said>();
    let talk = Talk::begin(&session, page_of(&headers), sender);
    let made = spawn_blocking(move || {
        let _alone = talk.alone();
        talk.check().and_then(|()| export::export(&talk, &asked.text))
    });
    match made.await {
        Ok(Ok(bytes)) => {
            let headers = [
                (CONTENT_TYPE, "text/html; charset=utf-8"),
                (CONTENT_DISPOSITION, "attachment; filename=\"report.html\""),
            ];
            (headers, bytes).into_response()
        }
        Ok(Err(failure)) => refused(&failure),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn saved(State(session): State<Arc<Session>>, Json(asked): Json<Saved>) -> Response {
    match spawn_blocking(move || save::save(&session, &asked.text, &asked.known)).await {
        Ok(Ok(known)) => Json(json!({ "known": known })).into_response(),
        Ok(Err(Unsaved::Changed(why))) => (StatusCode::CONFLICT, why).into_response(),
        Ok(Err(Unsaved::Failed(failure))) => refused(&failure),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// Why there is no report, or nothing was saved.
fn refused(failure: &Failure) -> Response {
    let why = match failure {
        Failure::Interrupted => "something newer was asked".to_owned(),
        other => other.to_string(),
    };
    (StatusCode::UNPROCESSABLE_ENTITY, why).into_response()
}
