//! Which requests are accepted: those that name this machine, come from this page, and carry the
//! secret of this start; and what every reply forbids the browser. It knows no route but the page
//! itself.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, HOST, HeaderMap, HeaderName,
    HeaderValue, ORIGIN, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// The largest request, bytes.
pub(super) const LARGEST: usize = 16 << 20;

/// The header that carries the secret.
pub(super) const TOKEN: &str = "x-switchover-token";

/// What the page may load: its own style and script, nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What a reply says besides its contents.
const HEADERS: [(HeaderName, &str); 5] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (CACHE_CONTROL, "no-store"),
    (REFERRER_POLICY, "no-referrer"),
    (X_FRAME_OPTIONS, "DENY"),
];

/// What a request must fit.
#[derive(Debug)]
pub(super) struct Guard {
    /// The port that is listened on.
    pub port: u16,
    /// The secret of this start.
    pub token: String,
}

/// Lets a request in, or says why not.
pub(super) async fn guard(
    State(guard): State<Arc<Guard>>,
    request: Request,
    next: Next,
) -> Response {
    let wrong = guard.wrong(request.method(), request.uri(), request.headers());
    let mut reply = match wrong {
        Some((status, why)) => (status, why).into_response(),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        reply.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    reply
}

impl Guard {
    fn wrong(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Option<(StatusCode, &'static str)> {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok());
        if !host.is_some_and(|host| self.is_here(host)) || headers.get_all(HOST).iter().count() > 1
        {
            return Some((StatusCode::MISDIRECTED_REQUEST, "this is not the host that was asked"));
        }
        let is_own = |origin: &HeaderValue| {
            let host = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
            host.is_some_and(|host| self.is_here(host))
        };
        if !headers.get_all(ORIGIN).iter().all(is_own) {
            return Some((StatusCode::FORBIDDEN, "another page may not use this program"));
        }
        let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        if length
            .is_some_and(|length| length.parse().is_ok_and(|length: u64| length > LARGEST as u64))
        {
            return Some((StatusCode::PAYLOAD_TOO_LARGE, "the request is too large"));
        }
        let given = match (method, uri.path()) {
            (&Method::GET, "/") => uri.query().and_then(|query| query.strip_prefix("token=")),
            (&Method::GET, _) => return None,
            _ => headers.get(TOKEN).and_then(|token| token.to_str().ok()),
        };
        let help = "the secret is missing or old: open the address that the program printed";
        (!given.is_some_and(|given| same(given, &self.token)))
            .then_some((StatusCode::FORBIDDEN, help))
    }

    /// Whether a host with its port is this program.
    fn is_here(&self, host: &str) -> bool {
        let Some((name, port)) = host.rsplit_once(':') else { return false };
        let name = name.to_ascii_lowercase();
        port == self.port.to_string() && ["127.0.0.1", "localhost"].contains(&name.as_str())
    }
}

/// Whether two texts are the same, compared in a time that does not depend on where they differ.
fn same(one: &str, other: &str) -> bool {
    let differs = one.bytes().zip(other.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    one.len() == other.len() && differs == 0
}
