//! `serve`: a scenario on a local page, edited beside its answer. It listens on the loopback
//! interface alone and ends with Ctrl-C.
//!
//! The page is made in `report::explorer`; what it says is made as `check`, `run` and `compare` make it.

mod answer;
mod compare;
mod export;
mod folder;
mod guard;
mod page_store;
mod pace;
mod pages;
mod routes;
mod save;
mod session;
mod talk;

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use super::args::Serve;
use super::failure::{Failure, Outcome};
use super::interrupt;
use super::terminal;
use crate::facade::intake::plain;
use session::Session;

/// How often an interruption is looked for that had to wait for a file.
const OFTEN: Duration = Duration::from_millis(100);

/// How long a file that is being written is waited for at the end.
const LAST: Duration = Duration::from_secs(5);

/// Opens the scenario and serves its page until Ctrl-C.
pub(super) fn run(asked: &Serve) -> Outcome {
    let session = Session::open(asked)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Failure::World(format!("cannot start: {}", plain(&error))))?;
    let outcome = runtime.block_on(serve(session, asked.port.unwrap_or(0)));
    runtime.shutdown_timeout(LAST);
    outcome
}

async fn serve(session: Session, port: u16) -> Outcome {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    let listener = listener.map_err(|error| refused(port, &error))?;
    let port = listener.local_addr().map_err(|error| refused(port, &error))?.port();
    terminal::print(&format!("http://127.0.0.1:{port}/?token={}\n", session.token))?;
    terminal::say("open this address in a browser on this machine; Ctrl-C ends the program");
    let routes = routes::routes(Arc::new(session), port);
    let server = tokio::spawn(async move { axum::serve(listener, routes).await });
    while !server.is_finished() {
        interrupt::check()?;
        tokio::time::sleep(OFTEN).await;
    }
    Err(Failure::World("the connection to the loopback interface was lost".to_owned()))
}

fn refused(port: u16, error: &io::Error) -> Failure {
    let help = match error.kind() {
        io::ErrorKind::AddrInUse => "; name another with --port, or leave it out for a free one",
        io::ErrorKind::PermissionDenied => "; ports from 1024 on need no permission",
        _ => "",
    };
    Failure::World(format!("cannot listen on 127.0.0.1:{port}: {}{help}", plain(error)))
}
